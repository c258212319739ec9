/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A week of the chart as a row of the table. */

#include "config.h"

#include "ruf-reach-week-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-axis.h"

enum
{
  PROP_0,
  PROP_WEEK,
  PROP_FACEBOOK,
  PROP_METRIC,
  PROP_READ,
  PROP_DELIVERED,
  N_PROPS
};

struct _RufReachWeekItem
{
  GObject  parent_instance;
  char    *words[N_PROPS];
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufReachWeekItem, ruf_reach_week_item, G_TYPE_OBJECT)

static void
ruf_reach_week_item_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  if (prop_id > PROP_0 && prop_id < N_PROPS)
    g_value_set_string (value, RUF_REACH_WEEK_ITEM (object)->words[prop_id]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_reach_week_item_finalize (GObject *object)
{
  RufReachWeekItem *self = RUF_REACH_WEEK_ITEM (object);

  for (guint i = 0; i < N_PROPS; i++)
    g_free (self->words[i]);

  G_OBJECT_CLASS (ruf_reach_week_item_parent_class)->finalize (object);
}

static void
ruf_reach_week_item_class_init (RufReachWeekItemClass *klass)
{
  const char *names[N_PROPS] = { NULL, "week", "facebook", "metric", "read", "delivered" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ruf_reach_week_item_finalize;
  object_class->get_property = ruf_reach_week_item_get_property;

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_reach_week_item_init (RufReachWeekItem *self)
{
}

static char *
format (double value)
{
  return value < 0 ? g_strdup ("–") : ruf_axis_format_number (value);
}

static const char *
get_metric (const RufReachWeek *week)
{
  if (week->facebook_metric == NULL)
    return "–";

  return strcmp (week->facebook_metric, "viewers") == 0 ? _("Viewers") : _("Reach");
}

/**
 * ruf_reach_week_item_new:
 * @week: a week
 *
 * Returns: (transfer full): its figures in words; a dash where nothing was measured
 */
RufReachWeekItem *
ruf_reach_week_item_new (const RufReachWeek *week)
{
  RufReachWeekItem *self = g_object_new (RUF_TYPE_REACH_WEEK_ITEM, NULL);
  g_autofree char *year = g_strndup (week->week, strcspn (week->week, "-"));

  /* Translators: a week of the year and the year: "Wk 46, 2026" */
  self->words[PROP_WEEK] = g_strdup_printf (_("%s, %s"), week->label, year);
  self->words[PROP_FACEBOOK] = format (week->facebook);
  self->words[PROP_METRIC] = g_strdup (get_metric (week));
  self->words[PROP_READ] = format (week->messenger);
  self->words[PROP_DELIVERED] = format (week->messenger_high);

  return self;
}

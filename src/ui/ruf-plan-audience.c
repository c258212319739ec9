/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who will get a message, who will not and why, and what it will cost. Each number opens the
 * people behind it, by the action "plan.people" of whoever shows it. */

#include "config.h"

#include "ruf-plan-audience.h"

#include <glib/gi18n-lib.h>

#include "ruf-open-row.h"
#include "ruf-words.h"

struct _RufPlanAudience
{
  AdwBin               parent_instance;

  AdwActionRow        *ready;
  AdwActionRow        *cost;
  AdwPreferencesGroup *left_out;

  GPtrArray           *rows;      /* GtkWidget: what left_out holds */
  GArray              *excluded;  /* RufExcludeCount: what they show */
};

G_DEFINE_FINAL_TYPE (RufPlanAudience, ruf_plan_audience, ADW_TYPE_BIN)

static void
show_ready (RufPlanAudience *self,
            gint64           ready)
{
  g_autofree char *people = ruf_words_people (ready);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ready), people);
  adw_action_row_set_subtitle (self->ready, _("Get the message"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->ready), ready > 0);
}

static void
show_cost (RufPlanAudience *self,
           const RufCost   *cost)
{
  g_autofree char *words = NULL;

  if (cost->high <= 0)
    words = g_strdup (_("The channel itself charges nothing"));
  else
    /* Translators: likely price, currency, low and high price */
    words = g_strdup_printf (_("About %.2f %s (%.2f to %.2f) by list prices and usual delivery "
                               "rates"), cost->likely, cost->currency, cost->low, cost->high);
  adw_action_row_set_subtitle (self->cost, words);
  gtk_widget_set_visible (GTK_WIDGET (self->cost), TRUE);
}

static void
add_reason (RufPlanAudience       *self,
            const RufExcludeCount *count)
{
  g_autofree char *number = ruf_words_number (count->count);
  g_autofree char *title = ruf_words_capitalise (ruf_words_exclude (count->reason));
  GtkWidget *row = ruf_open_row_new (title, NULL);

  ruf_open_row_set_value (RUF_OPEN_ROW (row), number, "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "plan.people");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", count->reason);
  adw_preferences_group_add (self->left_out, row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
is_shown (RufPlanAudience *self,
          GArray          *excluded)
{
  if (self->excluded == NULL || self->excluded->len != excluded->len)
    return FALSE;

  for (guint i = 0; i < excluded->len; i++)
    {
      const RufExcludeCount *a = &g_array_index (self->excluded, RufExcludeCount, i);
      const RufExcludeCount *b = &g_array_index (excluded, RufExcludeCount, i);

      if (a->reason != b->reason || a->count != b->count)
        return FALSE;
    }
  return TRUE;
}

static void
show_left_out (RufPlanAudience *self,
               GArray          *excluded)
{
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;
  gint64 sum = 0;

  /* Rows stay, and with them the focus, as long as they say the same. */
  if (is_shown (self, excluded))
    return;

  g_clear_pointer (&self->excluded, g_array_unref);
  self->excluded = g_array_ref (excluded);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->left_out, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < excluded->len; i++)
    {
      add_reason (self, &g_array_index (excluded, RufExcludeCount, i));
      sum += g_array_index (excluded, RufExcludeCount, i).count;
    }
  number = ruf_words_number (sum);
  /* Translators: heading over the reasons: "43 Left Out" */
  title = g_strdup_printf (_("%s Left Out"), number);
  adw_preferences_group_set_title (self->left_out, title);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), excluded->len > 0);
}

static void
ruf_plan_audience_finalize (GObject *object)
{
  RufPlanAudience *self = RUF_PLAN_AUDIENCE (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->excluded, g_array_unref);

  G_OBJECT_CLASS (ruf_plan_audience_parent_class)->finalize (object);
}

static void
ruf_plan_audience_class_init (RufPlanAudienceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ruf_plan_audience_finalize;

  g_type_ensure (RUF_TYPE_OPEN_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-plan-audience.ui");
  gtk_widget_class_bind_template_child (widget_class, RufPlanAudience, ready);
  gtk_widget_class_bind_template_child (widget_class, RufPlanAudience, cost);
  gtk_widget_class_bind_template_child (widget_class, RufPlanAudience, left_out);
}

static void
ruf_plan_audience_init (RufPlanAudience *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_plan_audience_show:
 * @self: an audience
 * @ready: how many will get it
 * @excluded: (element-type RufExcludeCount): who will not, most first
 * @cost: what it will cost
 */
void
ruf_plan_audience_show (RufPlanAudience *self,
                        gint64           ready,
                        GArray          *excluded,
                        const RufCost   *cost)
{
  g_return_if_fail (RUF_IS_PLAN_AUDIENCE (self));

  show_ready (self, ready);
  show_cost (self, cost);
  show_left_out (self, excluded);
}

/**
 * ruf_plan_audience_say:
 * @self: an audience
 * @words: why there is no number yet
 */
void
ruf_plan_audience_say (RufPlanAudience *self,
                       const char      *words)
{
  g_return_if_fail (RUF_IS_PLAN_AUDIENCE (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ready), words);
  adw_action_row_set_subtitle (self->ready, "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->ready), FALSE);
}

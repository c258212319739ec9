/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A reach report in a few sentences, as one would say it. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-axis.h"
#include "ruf-reach.h"
#include "ruf-words.h"

static GDateTime *
to_local (gint64 moment)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static gboolean
is_midnight (GDateTime *time)
{
  return g_date_time_get_hour (time) == 0 && g_date_time_get_minute (time) == 0;
}

/* Whether [from, to) is one month of the calendar. */
static gboolean
is_month (GDateTime *from,
          GDateTime *to)
{
  g_autoptr (GDateTime) next = g_date_time_add_months (from, 1);

  return g_date_time_get_day_of_month (from) == 1 && is_midnight (from)
         && g_date_time_equal (next, to);
}

static char *
make_range (gint64     from,
            gint64     to,
            GTimeZone *zone)
{
  g_autofree char *first_day = ruf_words_day (from, zone);
  g_autofree char *last_day = ruf_words_day (to - G_TIME_SPAN_SECOND, zone);

  /* Translators: a period, two dates; sentences begin with it. */
  return g_strdup_printf (_("From %1$s to %2$s"), first_day, last_day);
}

static char *
make_since (gint64     from,
            GTimeZone *zone)
{
  g_autofree char *day = ruf_words_day (from, zone);

  /* Translators: a day; sentences begin with it. */
  return g_strdup_printf (_("Since %s"), day);
}

static char *
make_period (const RufReachReport *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) from = to_local (self->from);
  g_autoptr (GDateTime) to = to_local (self->to);

  if (self->from == 0 || from == NULL)
    return g_strdup (_("So far"));
  if (self->to == 0 || to == NULL)
    return make_since (self->from, zone);

  /* Translators: a month as in "In October 2026", for g_date_time_format(); sentences
   * begin with it. */
  return is_month (from, to) ? g_date_time_format (from, _("In %B %Y"))
                             : make_range (self->from, self->to, zone);
}

/* Plural forms depend on the count's last digits only, and a long may be short. */
static gulong
for_plural (double value)
{
  return value < 1000000 ? (gulong) value : 1000000;
}

static char *
tell_one_metric (const char *period,
                 double      times)
{
  g_autofree char *number = ruf_axis_format_number (times);

  /* Translators: first a period such as "In October 2026". */
  return g_strdup_printf (ngettext ("%1$s, your posts were on someone’s screen %2$s time, "
                                    "counted post by post.",
                                    "%1$s, your posts were on someone’s screen %2$s times, "
                                    "counted post by post.", for_plural (times)),
                          period, number);
}

static char *
tell_both_metrics (const RufReachReport *self,
                   const char           *period)
{
  g_autofree char *reach = ruf_axis_format_number (self->facebook_reach.value);
  g_autofree char *viewers = ruf_axis_format_number (self->facebook_viewers.value);

  /* Translators: first a period such as "In June 2026". */
  return g_strdup_printf (_("%1$s, your posts were on someone’s screen %2$s times by Meta’s old "
                            "count and, since it changed, %3$s times by its new one, counted "
                            "post by post; the two cannot be added up."),
                          period, reach, viewers);
}

static char *
tell_facebook (const RufReachReport *self)
{
  g_autofree char *period = make_period (self);
  gboolean has_reach = self->facebook_reach.value >= 0;
  gboolean has_viewers = self->facebook_viewers.value >= 0;

  if (has_reach && has_viewers)
    return tell_both_metrics (self, period);
  if (has_reach || has_viewers)
    return tell_one_metric (period, has_reach ? self->facebook_reach.value
                                              : self->facebook_viewers.value);

  /* Translators: first a period such as "In October 2026". */
  return g_strdup_printf (_("%s, nothing is known of your Facebook posts."), period);
}

static char *
tell_messenger (const RufReachReport *self)
{
  g_autofree char *seen = ruf_axis_format_number (self->messenger_read.value);
  g_autofree char *delivered = ruf_axis_format_number (self->messenger_delivered.value);
  g_autofree char *people = ruf_axis_format_number (self->messenger_people.value);

  if (self->n_runs == 0)
    return g_strdup (_("No messages were sent."));
  if (self->messenger_read.value <= 0)
    return g_strdup_printf (ngettext ("%s message was delivered; nothing is known yet of it "
                                      "being read.",
                                      "%s messages were delivered; nothing is known yet of them "
                                      "being read.",
                                      for_plural (self->messenger_delivered.value)), delivered);

  return g_strdup_printf (ngettext ("Your messages were read at least %1$s times, by %2$s person.",
                                    "Your messages were read at least %1$s times, by %2$s people.",
                                    for_plural (self->messenger_people.value)), seen, people);
}

/**
 * ruf_reach_report_to_sentence:
 * @self: a report
 *
 * Says what the report says: what was seen on Facebook, what was read in the messenger, and
 * that a sum over posts is no number of people. Numbers and dates as in the locale.
 *
 * Returns: (transfer full): two or three sentences
 */
char *
ruf_reach_report_to_sentence (const RufReachReport *self)
{
  g_autofree char *facebook = NULL;
  g_autofree char *messenger = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  facebook = tell_facebook (self);
  messenger = tell_messenger (self);

  return g_strjoin (" ", facebook, messenger, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the calendar: runs, campaigns without a run, posts of the page; and days, which
 * are numbers here so that moving by a week is adding seven. */

#include "config.h"

#include "ruf-calendar-entry.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-moment.h"
#include "ruf-reach-table.h"
#include "ruf-record-words.h"
#include "ruf-words.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCalendarEntry, ruf_calendar_entry_free)

static RufCalendarEntry *
entry_new (RufCalendarKind  kind,
           const char      *title,
           gint64           at,
           GTimeZone       *zone)
{
  RufCalendarEntry *self = g_new0 (RufCalendarEntry, 1);

  self->kind = kind;
  self->title = title != NULL ? g_strndup (title, strcspn (title, "\r\n")) : g_strdup ("");
  self->at = at;
  self->day = ruf_calendar_day_of (at, zone);
  self->people = -1;

  return self;
}

static void
add_runs (GPtrArray  *entries,
          GHashTable *frozen,
          GPtrArray  *runs,
          GTimeZone  *zone)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const RufRun *run = g_ptr_array_index (runs, i);
      RufCalendarEntry *entry;

      g_hash_table_add (frozen, g_memdup2 (&run->campaign_id, sizeof run->campaign_id));
      if (run->state == RUF_RUN_CANCELLED)
        continue;

      entry = entry_new (RUF_CALENDAR_RUN, run->title, run->due_at, zone);
      entry->key = g_strdup_printf ("run:%" G_GINT64_FORMAT, run->id);
      entry->id = run->id;
      entry->campaign_id = run->campaign_id;
      entry->channel = run->channel;
      entry->state = run->state;
      entry->people = ruf_run_get_ready (run);
      g_ptr_array_add (entries, entry);
    }
}

static void
add_campaigns (GPtrArray  *entries,
               GHashTable *frozen,
               GPtrArray  *campaigns,
               GTimeZone  *zone)
{
  for (guint i = 0; i < campaigns->len; i++)
    {
      const RufCampaign *campaign = g_ptr_array_index (campaigns, i);
      RufCalendarEntry *entry;

      if (g_hash_table_contains (frozen, &campaign->id))
        continue;

      entry = entry_new (RUF_CALENDAR_CAMPAIGN, campaign->name, campaign->send_at, zone);
      entry->key = g_strdup_printf ("campaign:%" G_GINT64_FORMAT, campaign->id);
      entry->campaign_id = campaign->id;
      entry->message = g_strdup (campaign->message_name);
      entry->channel = campaign->channel;
      g_ptr_array_add (entries, entry);
    }
}

static void
add_posts (GPtrArray *entries,
           GPtrArray *posts,
           GTimeZone *zone)
{
  for (guint i = 0; i < posts->len; i++)
    {
      const RufPostRecord *post = g_ptr_array_index (posts, i);
      RufCalendarEntry *entry;
      gint64 at;

      if (post->published_at == NULL ||
          ruf_moment_parse (post->published_at, zone, &at) == RUF_MOMENT_NONE)
        continue;

      entry = entry_new (RUF_CALENDAR_POST, post->title, at, zone);
      entry->key = g_strdup_printf ("post:%s", post->post_id);
      entry->permalink = g_strdup (post->permalink);
      entry->people = post->reach >= 0 ? post->reach : post->viewers;
      g_ptr_array_add (entries, entry);
    }
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const RufCalendarEntry *left = *(const RufCalendarEntry **) a;
  const RufCalendarEntry *right = *(const RufCalendarEntry **) b;

  if (left->day != right->day)
    return left->day < right->day ? -1 : 1;
  if ((left->kind == RUF_CALENDAR_POST) != (right->kind == RUF_CALENDAR_POST))
    return left->kind == RUF_CALENDAR_POST ? 1 : -1;
  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;

  return g_strcmp0 (left->key, right->key);
}

/**
 * ruf_calendar_entries_read:
 * @db: a connection
 * @zone: where the user is
 * @error: return location
 *
 * Reads everything that has a day. Runs that were cancelled have none any more.
 *
 * Returns: (transfer full) (element-type RufCalendarEntry): the entries by day, one's own
 *   before posts, then by time
 */
GPtrArray *
ruf_calendar_entries_read (RufDb      *db,
                           GTimeZone  *zone,
                           GError    **error)
{
  g_autoptr (GHashTable) frozen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                         NULL);
  g_autoptr (GPtrArray) runs = ruf_outbox_table_list_runs (db, error);
  g_autoptr (GPtrArray) campaigns = NULL, posts = NULL;
  GPtrArray *entries;

  campaigns = runs != NULL ? ruf_campaign_table_list (db, error) : NULL;
  posts = campaigns != NULL ? ruf_reach_table_list_posts (db, NULL, NULL, error) : NULL;
  if (posts == NULL)
    return NULL;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_calendar_entry_free);
  add_runs (entries, frozen, runs, zone);
  add_campaigns (entries, frozen, campaigns, zone);
  add_posts (entries, posts, zone);
  g_ptr_array_sort (entries, compare_entries);

  return entries;
}

/**
 * ruf_calendar_entries_hash:
 * @entries: (element-type RufCalendarEntry): what stands in the calendar
 *
 * Returns: a number that differs where anything looks different
 */
guint
ruf_calendar_entries_hash (GPtrArray *entries)
{
  guint hash = entries->len;

  for (guint i = 0; i < entries->len; i++)
    {
      const RufCalendarEntry *entry = g_ptr_array_index (entries, i);

      hash = hash * 31 + g_str_hash (entry->key);
      hash = hash * 31 + g_str_hash (entry->title);
      hash = hash * 31 + g_int64_hash (&entry->at);
      hash = hash * 31 + g_int64_hash (&entry->people);
      hash = hash * 31 + entry->channel * RUF_RUN_PAST + entry->state;
    }
  return hash;
}

/**
 * ruf_calendar_entry_free:
 * @self: an entry
 *
 * Frees it.
 */
void
ruf_calendar_entry_free (RufCalendarEntry *self)
{
  g_free (self->key);
  g_free (self->title);
  g_free (self->message);
  g_free (self->permalink);
  g_free (self);
}

/**
 * ruf_calendar_entry_is_movable:
 * @self: an entry
 *
 * Returns: whether it waits still, so that it can be put on another day
 */
gboolean
ruf_calendar_entry_is_movable (const RufCalendarEntry *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == RUF_CALENDAR_CAMPAIGN ||
         (self->kind == RUF_CALENDAR_RUN && self->state == RUF_RUN_PLANNED);
}

/**
 * ruf_calendar_entry_is_over:
 * @self: an entry
 *
 * Returns: whether nothing more happens to it
 */
gboolean
ruf_calendar_entry_is_over (const RufCalendarEntry *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == RUF_CALENDAR_RUN &&
         (self->state == RUF_RUN_DONE || self->state == RUF_RUN_PAST);
}

static char *
say_what (const RufCalendarEntry *self)
{
  if (self->kind == RUF_CALENDAR_POST)
    return g_strdup (_("Facebook post"));
  if (self->kind == RUF_CALENDAR_CAMPAIGN)
    /* Translators: channel: "WhatsApp, not planned yet" */
    return g_strdup_printf (_("%s, not planned yet"), ruf_words_channel (self->channel));

  /* Translators: channel and state: "WhatsApp, planned" */
  return g_strdup_printf (_("%s, %s"), ruf_words_channel (self->channel),
                          ruf_record_words_run_state (self->state));
}

/**
 * ruf_calendar_entry_say:
 * @self: an entry
 * @zone: where the user is
 *
 * Returns: (transfer full): "10:00, WhatsApp, planned, 139 people"
 */
char *
ruf_calendar_entry_say (const RufCalendarEntry *self,
                        GTimeZone              *zone)
{
  g_autofree char *what = NULL, *people = NULL, *time = NULL;
  g_autoptr (GDateTime) utc = NULL, local = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  utc = g_date_time_new_from_unix_utc (self->at / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, zone);
  time = g_date_time_format (local, "%H:%M");
  what = say_what (self);
  if (self->people < 0)
    return g_strdup_printf ("%s, %s", time, what);

  people = ruf_words_people (self->people);
  return g_strdup_printf ("%s, %s, %s", time, what, people);
}

/**
 * ruf_calendar_day_of:
 * @moment: UTC microseconds
 * @zone: where the user is
 *
 * Returns: the day it falls on, as g_date_get_julian() counts
 */
guint
ruf_calendar_day_of (gint64     moment,
                     GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));

  return g_date_get_julian (&date);
}

/**
 * ruf_calendar_day_at:
 * @day: a day, as g_date_get_julian() counts
 * @hour: of the local day
 * @minute: of that hour
 * @zone: where the user is
 *
 * Returns: the moment in UTC microseconds
 */
gint64
ruf_calendar_day_at (guint      day,
                     int        hour,
                     int        minute,
                     GTimeZone *zone)
{
  g_autoptr (GDateTime) local = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  local = g_date_time_new (zone, g_date_get_year (&date), g_date_get_month (&date),
                           g_date_get_day (&date), hour, minute, 0);

  return g_date_time_to_unix (local) * G_USEC_PER_SEC;
}

/**
 * ruf_calendar_week_of:
 * @first: the first of seven days that stand in one row, as g_date_get_julian() counts
 *
 * Wherever a week begins, its number is that of its Thursday: ISO 8601 says so for weeks that
 * begin on Monday, and no other day is in all of them.
 *
 * Returns: the number of the week, from 1
 */
guint
ruf_calendar_week_of (guint first)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, first);
  while (g_date_get_weekday (&date) != G_DATE_THURSDAY)
    g_date_add_days (&date, 1);

  return g_date_get_iso8601_week_of_year (&date);
}

/**
 * ruf_calendar_day_format:
 * @day: a day, as g_date_get_julian() counts
 * @format: as g_date_time_format() takes it
 *
 * Returns: (transfer full): the day in words
 */
char *
ruf_calendar_day_format (guint       day,
                         const char *format)
{
  g_autoptr (GDateTime) noon = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  noon = g_date_time_new_utc (g_date_get_year (&date), g_date_get_month (&date),
                              g_date_get_day (&date), 12, 0, 0);

  return g_date_time_format (noon, format);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Facebook and messenger beside each other, week by week: the series behind the chart. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "ruf-axis.h"
#include "ruf-moment.h"
#include "ruf-reach-data.h"
#include "ruf-reach.h"
#include "ruf-words.h"

/* What is known of one ISO week of local time. */
typedef struct
{
  char   *week;       /* "2026-W46" */
  gint64  reach;      /* sum over its posts; -1 = none was measured so */
  gint64  viewers;
  gint64  read;       /* sum over its runs; -1 = nothing was sent */
  gint64  delivered;
} Week;

static void
week_free (gpointer data)
{
  Week *self = data;

  g_free (self->week);
  g_free (self);
}

static void
add (gint64 *sum,
     gint64  value)
{
  *sum = MAX (*sum, 0) + value;
}

static Week *
ensure_week (GHashTable *weeks,
             GTimeZone  *zone,
             gint64      moment)
{
  gint64 start = ruf_moment_week_start (moment, zone);
  Week *week = g_hash_table_lookup (weeks, &start);

  if (week != NULL)
    return week;

  week = g_new (Week, 1);
  *week = (Week) { ruf_moment_get_week (moment, zone), -1, -1, -1, -1 };
  g_hash_table_insert (weeks, g_memdup2 (&start, sizeof start), week);

  return week;
}

static void
add_posts (GHashTable         *weeks,
           const RufReachData *data)
{
  for (guint i = 0; i < data->posts->len; i++)
    {
      const RufPostRecord *post = g_ptr_array_index (data->posts, i);
      gint64 moment = ruf_reach_data_get_moment (data, post);
      gint64 value;
      RufReachMetric metric = ruf_reach_data_get_value (post, &value);

      if (moment == 0)
        continue;

      if (metric == RUF_REACH_METRIC_VIEWERS)
        add (&ensure_week (weeks, data->zone, moment)->viewers, value);
      else if (metric == RUF_REACH_METRIC_REACH)
        add (&ensure_week (weeks, data->zone, moment)->reach, value);
    }
}

static void
add_runs (GHashTable         *weeks,
          const RufReachData *data)
{
  for (guint i = 0; i < data->runs->len; i++)
    {
      const RufRunFigures *run = &g_array_index (data->runs, RufRunFigures, i);
      Week *week = ensure_week (weeks, data->zone, run->due_at);

      add (&week->read, run->read);
      add (&week->delivered, run->delivered);
    }
}

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  gint64 first = **(const gint64 * const *) a;
  gint64 second = **(const gint64 * const *) b;

  return (first > second) - (first < second);
}

/* Weeks in which nothing happened stand between the others, so that time runs evenly. */
static void
fill_gaps (GHashTable *weeks,
           GTimeZone  *zone)
{
  g_autofree gint64 **starts = (gint64 **) g_hash_table_get_keys_as_array (weeks, NULL);
  guint n_starts = g_hash_table_size (weeks);
  gint64 last, moment;

  if (n_starts == 0)
    return;

  qsort (starts, n_starts, sizeof *starts, compare_starts);
  last = *starts[n_starts - 1];
  /* Half a day more than a week is inside the next one, whatever the clocks do. */
  for (moment = *starts[0]; moment < last;
       moment = ruf_moment_week_start (moment + 7 * G_TIME_SPAN_DAY + 12 * G_TIME_SPAN_HOUR, zone))
    ensure_week (weeks, zone, moment + 12 * G_TIME_SPAN_HOUR);
}

static RufReachMetric
get_metric (const Week *week)
{
  if (week->viewers >= 0)
    return RUF_REACH_METRIC_VIEWERS;

  return week->reach >= 0 ? RUF_REACH_METRIC_REACH : RUF_REACH_METRIC_NONE;
}

static char *
make_label (const char *week)
{
  const char *number = strchr (week, 'W');

  /* Translators: a week of the year, as short as can be. */
  return g_strdup_printf (_("Wk %d"), number != NULL ? atoi (number + 1) : 0);
}

/* A week that has posts of both metrics counts by the newer one, and is marked. */
static void
append_week (RufReachSeries *series,
             const Week     *week,
             RufReachMetric *last_metric)
{
  RufReachMetric metric = get_metric (week);
  RufReachWeek point = {
    .label = make_label (week->week),
    .week = g_strdup (week->week),
    .facebook = metric == RUF_REACH_METRIC_VIEWERS ? week->viewers : week->reach,
    .messenger = week->read,
    .messenger_high = week->delivered,
    .facebook_metric = ruf_reach_metric_to_string (metric),
  };

  point.metric_changed = metric != RUF_REACH_METRIC_NONE
                         && ((*last_metric != RUF_REACH_METRIC_NONE && metric != *last_metric)
                             || (week->viewers >= 0 && week->reach >= 0
                                 && *last_metric != RUF_REACH_METRIC_VIEWERS));
  if (metric != RUF_REACH_METRIC_NONE)
    *last_metric = metric;

  g_array_append_val (series->weeks, point);
}

static void
append_weeks (RufReachSeries *series,
              GHashTable     *weeks)
{
  g_autofree gint64 **starts = (gint64 **) g_hash_table_get_keys_as_array (weeks, NULL);
  guint n_starts = g_hash_table_size (weeks);
  RufReachMetric last_metric = RUF_REACH_METRIC_NONE;

  if (n_starts > 0)
    qsort (starts, n_starts, sizeof *starts, compare_starts);

  for (guint i = 0; i < n_starts; i++)
    append_week (series, g_hash_table_lookup (weeks, starts[i]), &last_metric);
}

static gboolean
has_metric (const RufReachData *data,
            RufReachMetric      metric)
{
  for (guint i = 0; i < data->posts->len; i++)
    {
      gint64 value;

      if (ruf_reach_data_get_value (g_ptr_array_index (data->posts, i), &value) == metric)
        return TRUE;
    }

  return FALSE;
}

static const char *
get_facebook_name (const RufReachData *data)
{
  if (!has_metric (data, RUF_REACH_METRIC_VIEWERS))
    return _("Facebook: reach per post, added up");
  if (!has_metric (data, RUF_REACH_METRIC_REACH))
    return _("Facebook: viewers per post, added up");

  return _("Facebook: reach, later viewers per post, added up");
}

static char *
make_source (const RufReachData *data,
             gint64              now)
{
  g_autofree char *n_posts = ruf_axis_format_number (data->posts->len);
  g_autofree char *n_runs = ruf_axis_format_number (data->runs->len);
  g_autofree char *today = ruf_words_day (now, data->zone);
  g_autofree char *posts =
    g_strdup_printf (ngettext ("Meta Business Suite, export of %s post",
                               "Meta Business Suite, export of %s posts", data->posts->len),
                     n_posts);
  g_autofree char *runs =
    g_strdup_printf (ngettext ("delivery receipts of %s batch",
                               "delivery receipts of %s batches", data->runs->len), n_runs);

  /* Translators: where the figures come from (posts; receipts) and the date of today. */
  return g_strdup_printf (_("Sources: %1$s; %2$s. As of %3$s."), posts, runs, today);
}

static void
set_words (RufReachSeries     *series,
           const RufReachData *data,
           gint64              now)
{
  series->title = g_strdup (_("Facebook and messenger, week by week"));
  series->facebook_name = g_strdup (get_facebook_name (data));
  series->facebook_definition =
    g_strdup (_("Each post counts the people on whose screen it was; here the posts of a week "
                "are added up. That is not a number of people: whoever saw three posts counts "
                "three times."));
  series->messenger_name = g_strdup (_("Messenger: read"));
  series->messenger_definition =
    g_strdup (_("Messages of the week that were read, at least: some people have switched read "
                "receipts off. The line above the bar reaches up to the messages delivered."));
  series->break_label = g_strdup (_("metric changed"));
  series->source = make_source (data, now);
}

/**
 * ruf_reach_get_series:
 * @context: where the database is
 * @from: UTC microseconds, 0 = from the beginning
 * @to: UTC microseconds, not included, 0 = without end
 * @error: return location
 *
 * Facebook and messenger beside each other per ISO week of local time, from the first week
 * that has anything to the last; weeks in between in which nothing was measured are there.
 *
 * Facebook is the sum over the week's posts of "reach", or of "viewers" from Meta's change
 * on; the two are never added up, and the week from which the other counts is marked.
 * Messenger is what was read, with what was delivered as the upper bound, in the week in
 * which the run was due.
 *
 * Returns: (transfer full): the series with its words, or %NULL with the error of the store
 */
RufReachSeries *
ruf_reach_get_series (RufContext  *context,
                      gint64       from,
                      gint64       to,
                      GError     **error)
{
  g_autoptr (RufReachData) data = NULL;
  g_autoptr (RufReachSeries) series = NULL;
  g_autoptr (GHashTable) weeks =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, week_free);

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);

  data = ruf_reach_data_load (context, from, to, error);
  if (data == NULL)
    return NULL;

  add_posts (weeks, data);
  add_runs (weeks, data);
  fill_gaps (weeks, data->zone);

  series = ruf_reach_series_new ();
  append_weeks (series, weeks);
  set_words (series, data, ruf_context_get_now (context));

  return g_steal_pointer (&series);
}

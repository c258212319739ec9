/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reach: Meta's exports into the store, and what a period's figures say. */

#include "config.h"

#include "ruf-reach.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-axis.h"
#include "ruf-moment.h"
#include "ruf-reach-data.h"

typedef struct
{
  const RufMetaFile *file;
  gint64             now;
  guint              changed;
} Import;

static RufPostRecord
borrow_post (const RufPost *post)
{
  return (RufPostRecord) {
    .post_id = post->post_id,
    .page_id = post->page_id,
    .page_name = post->page_name,
    .title = post->title,
    .type = post->type,
    .permalink = post->permalink,
    .published_at = post->published_at,
    .reach = post->reach,
    .viewers = post->viewers,
    .views = post->views,
    .impressions = post->impressions,
    .reactions = post->reactions,
    .comments = post->comments,
    .shares = post->shares,
    .link_clicks = post->link_clicks,
  };
}

static gboolean
save_posts (RufDb         *db,
            Import        *import,
            GCancellable  *cancellable,
            GError       **error)
{
  for (guint i = 0; i < import->file->posts->len; i++)
    {
      RufPostRecord post = borrow_post (g_ptr_array_index (import->file->posts, i));
      gboolean changed = FALSE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !ruf_reach_table_save_post (db, &post, import->now, &changed, error))
        return FALSE;
      import->changed += changed ? 1 : 0;
    }

  return TRUE;
}

static gboolean
save_days (RufDb         *db,
           Import        *import,
           GCancellable  *cancellable,
           GError       **error)
{
  for (guint i = 0; i < import->file->days->len; i++)
    {
      const RufPageDay *day = &g_array_index (import->file->days, RufPageDay, i);
      gboolean changed = FALSE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !ruf_reach_table_save_day (db, import->file->metric, day->day, day->value, &changed,
                                        error))
        return FALSE;
      import->changed += changed ? 1 : 0;
    }

  return TRUE;
}

static gboolean
save_file (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Import *import = data;

  import->changed = 0;
  return save_posts (db, import, cancellable, error)
         && save_days (db, import, cancellable, error);
}

/**
 * ruf_reach_import:
 * @context: where the database is
 * @path: an export of Meta Business Suite
 * @changed: (out) (optional): how many posts or days were new or had other figures
 * @cancellable: (nullable): to stop; nothing is stored then
 * @error: return location
 *
 * Reads an export and stores what it holds in one transaction. Figures are totals: those of
 * a later export replace the earlier ones, and the same file twice changes nothing.
 *
 * Returns: (transfer full): what was read, with the rows that were not; %NULL with the error
 *   of the file or of the store
 */
RufMetaFile *
ruf_reach_import (RufContext    *context,
                  const char    *path,
                  guint         *changed,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (RufMetaFile) file = NULL;
  Import import = { 0 };

  g_return_val_if_fail (RUF_IS_CONTEXT (context) && path != NULL, NULL);

  file = ruf_meta_file_read (path, cancellable, error);
  if (file == NULL)
    return NULL;

  import.file = file;
  import.now = ruf_context_get_now (context);
  if (!ruf_store_write_sync (ruf_context_get_store (context), save_file, &import, cancellable,
                             error))
    return NULL;

  if (changed != NULL)
    *changed = import.changed;
  return g_steal_pointer (&file);
}

/* The sum over posts lies between two numbers of people that it is not: at least those who
 * saw the most seen post, at most the sum. */
static RufFigure
sum_posts (const RufReachData *data,
           RufReachMetric      metric)
{
  RufFigure figure = { .value = -1, .low = -1, .high = -1, .level = "sum-not-people" };

  for (guint i = 0; i < data->posts->len; i++)
    {
      gint64 value;

      if (ruf_reach_data_get_value (g_ptr_array_index (data->posts, i), &value) != metric)
        continue;
      figure.value = MAX (figure.value, 0) + value;
      figure.low = MAX (figure.low, value);
    }

  figure.high = figure.value;
  figure.source = g_strdup (_("Meta Business Suite, figures of each post, added up"));
  return figure;
}

static RufFigure
make_figure (double      low,
             double      high,
             const char *level)
{
  return (RufFigure) {
    .value = low,
    .low = low,
    .high = high,
    .level = level,
    .source = g_strdup (_("Delivery receipts of the sending backends")),
  };
}

static void
sum_runs (RufReachReport     *report,
          const RufReachData *data)
{
  double sent = 0, delivered = 0, seen = 0;

  for (guint i = 0; i < data->runs->len; i++)
    {
      const RufRunFigures *run = &g_array_index (data->runs, RufRunFigures, i);

      sent += run->sent;
      delivered += run->delivered;
      seen += run->read;
    }

  report->n_runs = data->runs->len;
  report->messenger_sent = make_figure (sent, sent, "measured");
  report->messenger_delivered = make_figure (delivered, sent, "lower-bound");
  report->messenger_read = make_figure (seen, delivered, "lower-bound");
  report->messenger_people = make_figure (data->people_read, data->people_delivered,
                                          "lower-bound");
}

/* Meta's own day where the posts do not speak against it, else the first post that was
 * measured by the other metric. */
static void
find_break (RufReachReport     *report,
            const RufReachData *data)
{
  const char *last_reach = NULL;
  const char *first_viewers = NULL;

  for (guint i = 0; i < data->posts->len; i++)
    {
      const RufPostRecord *post = g_ptr_array_index (data->posts, i);
      gint64 value;
      RufReachMetric metric = ruf_reach_data_get_value (post, &value);

      if (metric == RUF_REACH_METRIC_VIEWERS && first_viewers == NULL)
        first_viewers = post->published_at;
      if (metric == RUF_REACH_METRIC_REACH)
        last_reach = post->published_at;
    }

  if (first_viewers == NULL || last_reach == NULL)
    return;

  if (strcmp (last_reach, RUF_REACH_BREAK_DAY) < 0
      && strncmp (first_viewers, RUF_REACH_BREAK_DAY, strlen (RUF_REACH_BREAK_DAY)) >= 0)
    g_ptr_array_add (report->breaks, g_strdup (RUF_REACH_BREAK_DAY));
  else
    g_ptr_array_add (report->breaks, g_strndup (first_viewers, strlen (RUF_REACH_BREAK_DAY)));
}

static void
widen (RufReachReport *report,
       gint64          moment,
       gboolean        open_start,
       gboolean        open_end)
{
  if (moment == 0)
    return;
  if (open_start && (report->from == 0 || moment < report->from))
    report->from = moment;
  if (open_end && moment >= report->to)
    report->to = moment + 1;
}

/* An open period ends where the figures do. */
static void
close_period (RufReachReport     *report,
              const RufReachData *data)
{
  gboolean open_start = report->from == 0;
  gboolean open_end = report->to == 0;

  for (guint i = 0; i < data->posts->len; i++)
    widen (report, ruf_reach_data_get_moment (data, g_ptr_array_index (data->posts, i)),
           open_start, open_end);

  for (guint i = 0; i < data->runs->len; i++)
    widen (report, g_array_index (data->runs, RufRunFigures, i).due_at, open_start, open_end);
}

/**
 * ruf_reach_get_report:
 * @context: where the database is
 * @from: UTC microseconds, 0 = from the first figure
 * @to: UTC microseconds, not included, 0 = to the last figure
 * @error: return location
 *
 * The figures of a period, each with its bounds, how sure it is, and where it comes from.
 * The sum over posts is not a number of people; its bounds are: at least those who saw the
 * most seen post, at most the sum. What was read is a lower bound, what was delivered the
 * upper one.
 *
 * Returns: (transfer full): the report, or %NULL with the error of the store
 */
RufReachReport *
ruf_reach_get_report (RufContext  *context,
                      gint64       from,
                      gint64       to,
                      GError     **error)
{
  g_autoptr (RufReachData) data = NULL;
  RufReachReport *report;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);

  data = ruf_reach_data_load (context, from, to, error);
  if (data == NULL)
    return NULL;

  report = g_new0 (RufReachReport, 1);
  report->from = from;
  report->to = to;
  report->n_posts = data->posts->len;
  report->breaks = g_ptr_array_new_with_free_func (g_free);
  report->facebook_reach = sum_posts (data, RUF_REACH_METRIC_REACH);
  report->facebook_viewers = sum_posts (data, RUF_REACH_METRIC_VIEWERS);
  sum_runs (report, data);
  find_break (report, data);
  close_period (report, data);

  return report;
}

/**
 * ruf_reach_report_free:
 * @self: a report
 *
 * Frees @self and its figures.
 */
void
ruf_reach_report_free (RufReachReport *self)
{
  g_clear_pointer (&self->facebook_reach.source, g_free);
  g_clear_pointer (&self->facebook_viewers.source, g_free);
  g_clear_pointer (&self->messenger_sent.source, g_free);
  g_clear_pointer (&self->messenger_delivered.source, g_free);
  g_clear_pointer (&self->messenger_read.source, g_free);
  g_clear_pointer (&self->messenger_people.source, g_free);
  g_clear_pointer (&self->breaks, g_ptr_array_unref);
  g_free (self);
}

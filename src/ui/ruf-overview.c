/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what the first page says. */

#include "config.h"

#include "ruf-overview.h"

#include "ruf-campaign-table.h"
#include "ruf-moment.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define N_WEEKS 8

typedef struct
{
  RufContext  *context;
  RufOverview *overview;
} Read;

static gint64
get_month_start (RufContext *context)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) utc = g_date_time_add (epoch, ruf_context_get_now (context));
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, ruf_context_get_zone (context));
  g_autoptr (GDateTime) start = NULL;

  start = g_date_time_new (ruf_context_get_zone (context), g_date_time_get_year (now),
                           g_date_time_get_month (now), 1, 0, 0, 0);

  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

/* Both lists come latest first; what is to come reads better the other way. */
static void
sort_runs (RufOverview *overview,
           GPtrArray   *runs)
{
  for (guint i = runs->len; i > 0; i--)
    {
      RufRun *run = g_ptr_array_index (runs, i - 1);
      gboolean active = run->state == RUF_RUN_PLANNED || run->state == RUF_RUN_SENDING
                        || run->state == RUF_RUN_PAUSED;
      gboolean left = run->state != RUF_RUN_CANCELLED && ruf_run_get_sent (run) > 0;

      if (run->counts[RUF_MESSAGE_UNKNOWN] > 0)
        g_ptr_array_add (overview->unclear, run);
      else if (active)
        g_ptr_array_add (overview->next, run);
      else if (left)
        {
          g_clear_pointer (&overview->last, ruf_run_free);
          overview->last = run;
        }
      else
        ruf_run_free (run);
    }
  g_ptr_array_set_free_func (runs, NULL);
}

static gboolean
has_run (GPtrArray *runs,
         gint64     campaign_id)
{
  for (guint i = 0; i < runs->len; i++)
    if (((RufRun *) g_ptr_array_index (runs, i))->campaign_id == campaign_id)
      return TRUE;

  return FALSE;
}

static void
pick_drafts (RufOverview *overview,
             GPtrArray   *campaigns,
             GPtrArray   *runs,
             gint64       now)
{
  for (guint i = campaigns->len; i > 0; i--)
    {
      RufCampaign *campaign = g_ptr_array_index (campaigns, i - 1);

      if (campaign->send_at > now && !has_run (runs, campaign->id))
        g_ptr_array_add (overview->drafts, campaign);
      else
        ruf_campaign_free (campaign);
    }
  g_ptr_array_set_free_func (campaigns, NULL);
}

static gboolean
read_plans (RufDb        *db,
            Read         *read,
            GError      **error)
{
  RufOverview *overview = read->overview;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) campaigns = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  runs = ruf_outbox_table_list_runs (db, error);
  if (runs == NULL)
    return FALSE;
  campaigns = ruf_campaign_table_list (db, error);
  if (campaigns == NULL)
    return FALSE;
  messages = ruf_message_table_list (db, error);
  if (messages == NULL)
    return FALSE;

  overview->messages = messages->len;
  overview->plans = runs->len + campaigns->len;
  pick_drafts (overview, campaigns, runs, ruf_context_get_now (read->context));
  sort_runs (overview, runs);

  return TRUE;
}

static gboolean
read_overview (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Read *read = data;
  RufOverview *overview = read->overview;
  RufPeopleQuery everyone = { 0 };

  if (!ruf_people_table_count (db, &everyone, &overview->people, error)
      || !read_plans (db, read, error))
    return FALSE;

  overview->replies = ruf_reply_table_list (db, TRUE, 0, error);
  if (overview->replies == NULL)
    return FALSE;
  overview->consents = ruf_people_table_count_consents (db, get_month_start (read->context),
                                                        error);

  return overview->consents != NULL;
}

static RufReachSeries *
read_series (RufContext  *context,
             GError     **error)
{
  gint64 now = ruf_context_get_now (context);
  gint64 week = ruf_moment_week_start (now, ruf_context_get_zone (context));
  gint64 from = week - (N_WEEKS - 1) * 7 * G_TIME_SPAN_DAY;
  g_autoptr (RufReachSeries) series = ruf_reach_get_series (context, from, 0, error);

  if (series == NULL || series->weeks->len == 0)
    return NULL;

  return g_steal_pointer (&series);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  RufContext *context = source;
  g_autoptr (RufOverview) overview = g_new0 (RufOverview, 1);
  Read read = { context, overview };
  GError *error = NULL;

  overview->next = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_run_free);
  overview->unclear = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_run_free);
  overview->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_campaign_free);

  if (ruf_store_read_sync (ruf_context_get_store (context), read_overview, &read,
                           cancellable, &error))
    overview->series = read_series (context, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&overview),
                           (GDestroyNotify) ruf_overview_free);
}

/**
 * ruf_overview_free:
 * @self: an overview
 */
void
ruf_overview_free (RufOverview *self)
{
  g_clear_pointer (&self->next, g_ptr_array_unref);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->unclear, g_ptr_array_unref);
  g_clear_pointer (&self->last, ruf_run_free);
  g_clear_pointer (&self->replies, g_ptr_array_unref);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->series, ruf_reach_series_free);
  g_free (self);
}

/**
 * ruf_overview_read_async:
 * @context: where everything is
 * @cancellable: (nullable): what ends it early
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Reads what the first page says, in a thread.
 */
void
ruf_overview_read_async (RufContext          *context,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);

  g_task_set_source_tag (task, ruf_overview_read_async);
  g_task_run_in_thread (task, read_thread);
}

/**
 * ruf_overview_read_finish:
 * @context: as given to ruf_overview_read_async()
 * @result: the result
 * @error: why it could not be read
 *
 * Returns: (transfer full) (nullable): what the first page says
 */
RufOverview *
ruf_overview_read_finish (RufContext    *context,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

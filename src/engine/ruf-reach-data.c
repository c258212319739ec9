/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The posts and runs of a period, as the weekly series and the report both need them. */

#include "config.h"

#include "ruf-reach-data.h"

#include "ruf-moment.h"

/* Posts carry the local time of the page; the shop's zone is taken for it. */
static char *
to_local (gint64     moment,
          GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (moment == 0)
    return NULL;

  utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M") : NULL;
}

static gboolean
load (RufDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  RufReachData *self = data;
  g_autofree char *from = to_local (self->from, self->zone);
  g_autofree char *to = to_local (self->to, self->zone);

  self->posts = ruf_reach_table_list_posts (db, from, to, error);
  if (self->posts == NULL)
    return FALSE;

  self->runs = ruf_reach_table_list_runs (db, self->from, self->to, error);

  return self->runs != NULL
         && ruf_reach_table_count_people (db, self->from, self->to, &self->people_delivered,
                                          &self->people_read, error);
}

/* A run that still waits has reached nobody yet: that is not a zero. */
static void
drop_unsent (GArray *runs)
{
  for (guint i = runs->len; i > 0; i--)
    {
      if (g_array_index (runs, RufRunFigures, i - 1).sent == 0)
        g_array_remove_index (runs, i - 1);
    }
}

/**
 * ruf_reach_data_load:
 * @context: where the database is
 * @from: UTC microseconds, 0 = from the beginning
 * @to: UTC microseconds, not included, 0 = without end
 * @error: return location
 *
 * Returns: (transfer full): what is known of [@from, @to), or %NULL with the error of the store
 */
RufReachData *
ruf_reach_data_load (RufContext  *context,
                     gint64       from,
                     gint64       to,
                     GError     **error)
{
  g_autoptr (RufReachData) self = g_new0 (RufReachData, 1);

  self->zone = g_time_zone_ref (ruf_context_get_zone (context));
  self->from = from;
  self->to = to;
  if (!ruf_store_read_sync (ruf_context_get_store (context), load, self, NULL, error))
    return NULL;

  drop_unsent (self->runs);
  return g_steal_pointer (&self);
}

/**
 * ruf_reach_data_free:
 * @self: data
 *
 * Frees @self and its records.
 */
void
ruf_reach_data_free (RufReachData *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->runs, g_array_unref);
  g_free (self);
}

/**
 * ruf_reach_data_get_moment:
 * @self: data
 * @post: one of its posts
 *
 * Returns: when @post went out, in UTC microseconds, its time taken as local; 0 where the
 *   stored text is no time
 */
gint64
ruf_reach_data_get_moment (const RufReachData  *self,
                           const RufPostRecord *post)
{
  gint64 moment = 0;

  if (ruf_moment_parse (post->published_at, self->zone, &moment) == RUF_MOMENT_NONE)
    return 0;

  return moment;
}

/**
 * ruf_reach_data_get_value:
 * @post: a post
 * @value: (out): people who saw it, by the metric that is returned
 *
 * Says by which of Meta's two metrics @post was measured; the newer one where it has both,
 * because they are never added up.
 *
 * Returns: the metric, %RUF_REACH_METRIC_NONE where neither was measured
 */
RufReachMetric
ruf_reach_data_get_value (const RufPostRecord *post,
                          gint64              *value)
{
  *value = post->viewers >= 0 ? post->viewers : post->reach;

  if (post->viewers >= 0)
    return RUF_REACH_METRIC_VIEWERS;

  return post->reach >= 0 ? RUF_REACH_METRIC_REACH : RUF_REACH_METRIC_NONE;
}

/**
 * ruf_reach_metric_to_string:
 * @metric: a metric
 *
 * Returns: (transfer none) (nullable): its name in files, %NULL for none
 */
const char *
ruf_reach_metric_to_string (RufReachMetric metric)
{
  switch (metric)
    {
    case RUF_REACH_METRIC_REACH:
      return "reach";
    case RUF_REACH_METRIC_VIEWERS:
      return "viewers";
    case RUF_REACH_METRIC_NONE:
    default:
      return NULL;
    }
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What was reached: the page's posts and days as Meta exports them, and the messenger's
 * figures per run, which triggers keep in the transaction of each receipt (I6).
 */

#include "config.h"

#include "ruf-reach-table.h"
#include "ruf-step.h"

#define NOT_MEASURED (-1)

/**
 * ruf_post_record_free:
 * @self: (transfer full): a post as it was read from the store
 */
void
ruf_post_record_free (RufPostRecord *self)
{
  g_free (self->post_id);
  g_free (self->page_id);
  g_free (self->page_name);
  g_free (self->title);
  g_free (self->type);
  g_free (self->permalink);
  g_free (self->published_at);
  g_free (self);
}

static void
bind_figure (RufStmt *stmt,
             int      index,
             gint64   value)
{
  /* What was not measured stays unbound, and so NULL. */
  if (value != NOT_MEASURED)
    ruf_stmt_bind_int (stmt, index, value);
}

static void
bind_post (RufStmt             *stmt,
           const RufPostRecord *post)
{
  ruf_stmt_bind_text (stmt, 1, post->post_id);
  ruf_stmt_bind_text (stmt, 2, post->page_id);
  ruf_stmt_bind_text (stmt, 3, post->page_name);
  ruf_stmt_bind_text (stmt, 4, post->title ? post->title : "");
  ruf_stmt_bind_text (stmt, 5, post->type);
  ruf_stmt_bind_text (stmt, 6, post->permalink);
  ruf_stmt_bind_text (stmt, 7, post->published_at);
  bind_figure (stmt, 8, post->reach);
  bind_figure (stmt, 9, post->viewers);
  bind_figure (stmt, 10, post->views);
  bind_figure (stmt, 11, post->impressions);
  bind_figure (stmt, 12, post->reactions);
  bind_figure (stmt, 13, post->comments);
  bind_figure (stmt, 14, post->shares);
  bind_figure (stmt, 15, post->link_clicks);
}

/* A file that lacks a column says nothing about it: what was known stays. */
#define SAVE_POST \
  "INSERT INTO posts AS p (post_id, page_id, page_name, title, type, permalink, published_at," \
  " reach, viewers, views, impressions, reactions, comments, shares, link_clicks, imported_at) " \
  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) " \
  "ON CONFLICT (post_id) DO UPDATE SET" \
  " page_id = coalesce (?2, p.page_id), page_name = coalesce (?3, p.page_name)," \
  " title = iif (?4 = '', p.title, ?4), type = coalesce (?5, p.type)," \
  " permalink = coalesce (?6, p.permalink), published_at = ?7," \
  " reach = coalesce (?8, p.reach), viewers = coalesce (?9, p.viewers)," \
  " views = coalesce (?10, p.views), impressions = coalesce (?11, p.impressions)," \
  " reactions = coalesce (?12, p.reactions), comments = coalesce (?13, p.comments)," \
  " shares = coalesce (?14, p.shares), link_clicks = coalesce (?15, p.link_clicks)," \
  " imported_at = ?16 " \
  "WHERE (?2 IS NOT NULL AND p.page_id IS NOT ?2) OR (?3 IS NOT NULL AND p.page_name IS NOT ?3)" \
  " OR (?4 <> '' AND p.title <> ?4) OR (?5 IS NOT NULL AND p.type IS NOT ?5)" \
  " OR (?6 IS NOT NULL AND p.permalink IS NOT ?6) OR p.published_at <> ?7" \
  " OR (?8 IS NOT NULL AND p.reach IS NOT ?8) OR (?9 IS NOT NULL AND p.viewers IS NOT ?9)" \
  " OR (?10 IS NOT NULL AND p.views IS NOT ?10)" \
  " OR (?11 IS NOT NULL AND p.impressions IS NOT ?11)" \
  " OR (?12 IS NOT NULL AND p.reactions IS NOT ?12)" \
  " OR (?13 IS NOT NULL AND p.comments IS NOT ?13)" \
  " OR (?14 IS NOT NULL AND p.shares IS NOT ?14)" \
  " OR (?15 IS NOT NULL AND p.link_clicks IS NOT ?15)"

/**
 * ruf_reach_table_save_post:
 * @db: a writing connection, in a transaction
 * @post: a post; figures of −1 were not measured
 * @now: UTC µs
 * @changed: (out) (optional): room for whether anything is other than before
 * @error: return location
 *
 * Stores a post or brings it up to date. Its figures are totals since it was published, so
 * the newer export replaces the older; what an export does not tell stays as it was.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_reach_table_save_post (RufDb                *db,
                           const RufPostRecord  *post,
                           gint64                now,
                           gboolean             *changed,
                           GError              **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, SAVE_POST, error);

  g_return_val_if_fail (post->post_id != NULL && post->published_at != NULL, FALSE);

  if (stmt == NULL)
    return FALSE;

  bind_post (stmt, post);
  ruf_stmt_bind_int (stmt, 16, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  if (changed != NULL)
    *changed = ruf_db_get_changes (db) > 0;
  return TRUE;
}

/**
 * ruf_reach_table_save_day:
 * @db: a writing connection, in a transaction
 * @metric: the metric's name
 * @day: ISO date
 * @value: its value on that day
 * @changed: (out) (optional): room for whether it is other than before
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean
ruf_reach_table_save_day (RufDb       *db,
                          const char  *metric,
                          const char  *day,
                          gint64       value,
                          gboolean    *changed,
                          GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "INSERT INTO page_days (metric, day, value) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (metric, day) DO UPDATE SET value = ?3 WHERE value <> ?3", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, metric);
  ruf_stmt_bind_text (stmt, 2, day);
  ruf_stmt_bind_int (stmt, 3, value);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  if (changed != NULL)
    *changed = ruf_db_get_changes (db) > 0;
  return TRUE;
}

static gint64
get_figure (RufStmt *stmt,
            int      column)
{
  return ruf_stmt_is_null (stmt, column) ? NOT_MEASURED : ruf_stmt_get_int (stmt, column);
}

static RufPostRecord *
read_post (RufStmt *stmt)
{
  RufPostRecord *post = g_new0 (RufPostRecord, 1);

  post->post_id = g_strdup (ruf_stmt_get_text (stmt, 0));
  post->page_id = g_strdup (ruf_stmt_get_text (stmt, 1));
  post->page_name = g_strdup (ruf_stmt_get_text (stmt, 2));
  post->title = g_strdup (ruf_stmt_get_text (stmt, 3));
  post->type = g_strdup (ruf_stmt_get_text (stmt, 4));
  post->permalink = g_strdup (ruf_stmt_get_text (stmt, 5));
  post->published_at = g_strdup (ruf_stmt_get_text (stmt, 6));
  post->reach = get_figure (stmt, 7);
  post->viewers = get_figure (stmt, 8);
  post->views = get_figure (stmt, 9);
  post->impressions = get_figure (stmt, 10);
  post->reactions = get_figure (stmt, 11);
  post->comments = get_figure (stmt, 12);
  post->shares = get_figure (stmt, 13);
  post->link_clicks = get_figure (stmt, 14);
  return post;
}

/**
 * ruf_reach_table_list_posts:
 * @db: a connection
 * @from: (nullable): first local day or moment, as "2026-10-26"
 * @to: (nullable): the day or moment before which
 * @error: return location
 *
 * Returns: (transfer container) (element-type RufPostRecord) (nullable): posts published in
 *   between, the oldest first
 */
GPtrArray *
ruf_reach_table_list_posts (RufDb       *db,
                            const char  *from,
                            const char  *to,
                            GError     **error)
{
  g_autoptr (GPtrArray) posts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_post_record_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT post_id, page_id, page_name, title, type, permalink, published_at, reach, viewers,"
    " views, impressions, reactions, comments, shares, link_clicks FROM posts "
    "WHERE (?1 IS NULL OR published_at >= ?1) AND (?2 IS NULL OR published_at < ?2) "
    "ORDER BY published_at, post_id", error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 1, from);
  ruf_stmt_bind_text (stmt, 2, to);
  while (ruf_stmt_step (stmt, &local))
    g_ptr_array_add (posts, read_post (stmt));
  return ruf_step_ended (local, error) ? g_steal_pointer (&posts) : NULL;
}

/**
 * ruf_reach_table_list_runs:
 * @db: a connection
 * @from: first moment, UTC µs, 0 = open
 * @to: the moment before which, UTC µs, 0 = open
 * @error: return location
 *
 * The messenger's side: each run of which something left, by the time it was due. Sent counts
 * what the backend took, delivered includes what was read.
 *
 * Returns: (transfer full) (element-type RufRunFigures) (nullable): the oldest first
 */
GArray *
ruf_reach_table_list_runs (RufDb   *db,
                           gint64   from,
                           gint64   to,
                           GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (RufRunFigures));
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT r.id, r.due_at,"
    " sum (iif (k.status IN ('sent', 'delivered', 'read'), k.n, 0)) AS sent,"
    " sum (iif (k.status IN ('delivered', 'read'), k.n, 0)),"
    " sum (iif (k.status = 'read', k.n, 0)),"
    " sum (iif (k.status = 'failed', k.n, 0)) AS failed "
    "FROM runs r JOIN run_counts k ON k.run_id = r.id "
    "WHERE (?1 = 0 OR r.due_at >= ?1) AND (?2 = 0 OR r.due_at < ?2) "
    "GROUP BY r.id HAVING sent + failed > 0 ORDER BY r.due_at, r.id", error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_int (stmt, 1, from);
  ruf_stmt_bind_int (stmt, 2, to);
  while (ruf_stmt_step (stmt, &local))
    {
      RufRunFigures figures = {
        .run_id = ruf_stmt_get_int (stmt, 0),
        .due_at = ruf_stmt_get_int (stmt, 1),
        .sent = ruf_stmt_get_int (stmt, 2),
        .delivered = ruf_stmt_get_int (stmt, 3),
        .read = ruf_stmt_get_int (stmt, 4),
        .failed = ruf_stmt_get_int (stmt, 5),
      };

      g_array_append_val (runs, figures);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&runs) : NULL;
}

/**
 * ruf_reach_table_count_people:
 * @db: a connection
 * @from: first moment, UTC µs, 0 = open
 * @to: the moment before which, UTC µs, 0 = open
 * @delivered: (out): room for the people whom at least one message reached
 * @read: (out): room for the people who read at least one
 * @error: return location
 *
 * Counts people, not messages: somebody who read four counts once. An address without a
 * person counts as one.
 *
 * Returns: whether it could be counted
 */
gboolean
ruf_reach_table_count_people (RufDb   *db,
                              gint64   from,
                              gint64   to,
                              gint64  *delivered,
                              gint64  *read,
                              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT count (*), coalesce (sum (seen), 0) FROM ("
    " SELECT max (o.status = 'read') AS seen FROM runs r JOIN outbox o ON o.run_id = r.id"
    " WHERE (?1 = 0 OR r.due_at >= ?1) AND (?2 = 0 OR r.due_at < ?2)"
    "  AND o.status IN ('delivered', 'read')"
    " GROUP BY coalesce (o.person_id, -o.point_id))", error);
  GError *local = NULL;

  g_return_val_if_fail (delivered != NULL && read != NULL, FALSE);

  if (stmt == NULL)
    return FALSE;

  *delivered = *read = 0;
  ruf_stmt_bind_int (stmt, 1, from);
  ruf_stmt_bind_int (stmt, 2, to);
  if (ruf_stmt_step (stmt, &local))
    {
      *delivered = ruf_stmt_get_int (stmt, 0);
      *read = ruf_stmt_get_int (stmt, 1);
    }
  return ruf_step_ended (local, error);
}

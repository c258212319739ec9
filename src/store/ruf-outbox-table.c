/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The outbox: runs with their counts, and the rows behind each number. How rows come in
 * stands in ruf-plan.c, how they leave in ruf-claim.c, what comes back in
 * ruf-receipt-table.c. The invariants I1–I8 stand atop the table in the schema.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-outbox-row.h"
#include "ruf-outbox-table.h"
#include "ruf-step.h"

#define RUN_COLUMNS \
  "SELECT r.id, r.campaign_id, r.message_version_id, r.title, r.batch_id, r.channel, r.purpose," \
  " r.state, r.planned_at, r.due_at, r.not_after, r.finished_at, b.name, r.problem, r.planned " \
  "FROM runs r LEFT JOIN backends b ON b.id = r.backend_id "

static const char * const run_states[] = {
  [RUF_RUN_PLANNED] = "planned",
  [RUF_RUN_SENDING] = "sending",
  [RUF_RUN_PAUSED] = "paused",
  [RUF_RUN_DONE] = "done",
  [RUF_RUN_CANCELLED] = "cancelled",
  [RUF_RUN_PAST] = "past",
};

/**
 * ruf_run_state_to_string:
 * @state: a state
 *
 * Returns: its word in the database and in JSON
 */
const char *
ruf_run_state_to_string (RufRunState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (run_states), NULL);

  return run_states[state];
}

static RufRunState
run_state_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (run_states); i++)
    if (g_strcmp0 (text, run_states[i]) == 0)
      return i;
  return RUF_RUN_PAUSED;
}

/**
 * ruf_run_free:
 * @self: (transfer full): a run
 */
void
ruf_run_free (RufRun *self)
{
  g_free (self->title);
  g_free (self->batch_id);
  g_free (self->purpose);
  g_free (self->backend);
  g_free (self->problem);
  g_free (self);
}

/**
 * ruf_run_get_sent:
 * @self: a run
 *
 * Returns: the rows that the backend took, whatever came after
 */
gint64
ruf_run_get_sent (const RufRun *self)
{
  return self->counts[RUF_MESSAGE_SENT] + ruf_run_get_delivered (self);
}

/**
 * ruf_run_get_delivered:
 * @self: a run
 *
 * Returns: the rows that reached a device; what was read was delivered
 */
gint64
ruf_run_get_delivered (const RufRun *self)
{
  return self->counts[RUF_MESSAGE_DELIVERED] + self->counts[RUF_MESSAGE_READ];
}

/**
 * ruf_run_get_ready:
 * @self: a run
 *
 * Returns: the rows that were not left out
 */
gint64
ruf_run_get_ready (const RufRun *self)
{
  return self->planned - self->counts[RUF_MESSAGE_EXCLUDED];
}

/**
 * ruf_run_get_left:
 * @self: a run
 *
 * Returns: the rows of which something may have left, whatever came of it
 */
gint64
ruf_run_get_left (const RufRun *self)
{
  return ruf_run_get_sent (self) + self->counts[RUF_MESSAGE_SENDING] +
         self->counts[RUF_MESSAGE_UNKNOWN] + self->counts[RUF_MESSAGE_FAILED];
}

static RufRun *
read_run (RufStmt *stmt)
{
  RufRun *run = g_new0 (RufRun, 1);

  run->id = ruf_stmt_get_int (stmt, 0);
  run->campaign_id = ruf_stmt_get_int (stmt, 1);
  run->message_version_id = ruf_stmt_get_int (stmt, 2);
  run->title = g_strdup (ruf_stmt_get_text (stmt, 3));
  run->batch_id = g_strdup (ruf_stmt_get_text (stmt, 4));
  ruf_channel_from_string (ruf_stmt_get_text (stmt, 5), &run->channel);
  run->purpose = g_strdup (ruf_stmt_get_text (stmt, 6));
  run->state = run_state_from_string (ruf_stmt_get_text (stmt, 7));
  run->planned_at = ruf_stmt_get_int (stmt, 8);
  run->due_at = ruf_stmt_get_int (stmt, 9);
  run->not_after = ruf_stmt_get_int (stmt, 10);
  run->finished_at = ruf_stmt_get_int (stmt, 11);
  run->backend = g_strdup (ruf_stmt_get_text (stmt, 12));
  run->problem = g_strdup (ruf_stmt_get_text (stmt, 13));
  run->planned = ruf_stmt_get_int (stmt, 14);
  return run;
}

static gboolean
read_counts (RufDb   *db,
             RufRun  *run,
             GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT status, n FROM run_counts WHERE run_id = ?1", run->id, error);
  GError *local = NULL;
  RufMessageStatus status;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    if (ruf_message_status_from_string (ruf_stmt_get_text (stmt, 0), &status))
      run->counts[status] = ruf_stmt_get_int (stmt, 1);
  return ruf_step_ended (local, error);
}

/**
 * ruf_outbox_table_get_run:
 * @db: a connection
 * @run_id: a run
 * @error: return location; NOT_FOUND where there is none
 *
 * Returns: (transfer full) (nullable): the run with its counts as they are now
 */
RufRun *
ruf_outbox_table_get_run (RufDb   *db,
                          gint64   run_id,
                          GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, RUN_COLUMNS "WHERE r.id = ?1",
                                                  run_id, error);
  g_autoptr (RufRun) run = NULL;
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  if (ruf_stmt_step (stmt, &local))
    run = read_run (stmt);
  if (!ruf_step_ended (local, error))
    return NULL;

  if (run == NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                   _("There is no run %lld. Plan the campaign again, or look at the list "
                     "of runs."), (long long) run_id);
      return NULL;
    }
  return read_counts (db, run, error) ? g_steal_pointer (&run) : NULL;
}

/**
 * ruf_outbox_table_list_runs:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer container) (element-type RufRun) (nullable): all runs, the one due
 *   latest first
 */
GPtrArray *
ruf_outbox_table_list_runs (RufDb   *db,
                            GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_run_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, RUN_COLUMNS "ORDER BY r.due_at DESC, r.id DESC",
                                             error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      g_ptr_array_add (runs, read_run (stmt));
      if (!read_counts (db, g_ptr_array_index (runs, runs->len - 1), error))
        return NULL;
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&runs) : NULL;
}

/**
 * ruf_outbox_count_rows:
 * @db: a writing connection, in the transaction that put or moved the rows
 * @run_id: a run
 * @error: return location
 *
 * Counts the rows of a run anew. From then on the trigger keeps the figures (I6, I8).
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_count_rows (RufDb   *db,
                       gint64   run_id,
                       GError **error)
{
  return ruf_step_run_id (db, "DELETE FROM run_counts WHERE run_id = ?1", run_id, error) &&
         ruf_step_run_id (db,
           "INSERT INTO run_counts (run_id, status, n) "
           "SELECT run_id, status, count (*) FROM outbox WHERE run_id = ?1 GROUP BY status",
           run_id, error);
}

/**
 * ruf_outbox_table_get_excluded:
 * @db: a connection
 * @run_id: a run
 * @error: return location
 *
 * Returns: (transfer full) (element-type RufExcludeCount) (nullable): how many were left out
 *   for each reason, the most frequent first
 */
GArray *
ruf_outbox_table_get_excluded (RufDb   *db,
                               gint64   run_id,
                               GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT reason, count (*) AS n FROM outbox WHERE run_id = ?1 AND status = 'excluded' "
    "GROUP BY reason ORDER BY n DESC, reason", run_id, error);

  return stmt != NULL ? ruf_exclude_counts_read (stmt, error) : NULL;
}

/**
 * ruf_exclude_counts_read:
 * @stmt: a statement whose rows are reason and number
 * @error: return location
 *
 * Returns: (transfer full) (element-type RufExcludeCount) (nullable): its rows
 */
GArray *
ruf_exclude_counts_read (RufStmt  *stmt,
                         GError  **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (RufExcludeCount));
  GError *local = NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      RufExcludeCount count = { RUF_EXCLUDE_NONE, ruf_stmt_get_int (stmt, 1) };

      if (ruf_exclude_reason_from_string (ruf_stmt_get_text (stmt, 0), &count.reason))
        g_array_append_val (counts, count);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&counts) : NULL;
}

/**
 * ruf_outbox_table_set_state:
 * @db: a writing connection
 * @run_id: a run
 * @state: its new state
 * @problem: (nullable): why it stands still, for people
 * @now: UTC µs
 * @error: return location
 *
 * States that a run ends in note when that was.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_set_state (RufDb        *db,
                            gint64        run_id,
                            RufRunState   state,
                            const char   *problem,
                            gint64        now,
                            GError      **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE runs SET state = ?2, problem = ?3, finished_at = ?4 WHERE id = ?1", run_id, error);
  gboolean ends = state == RUF_RUN_DONE || state == RUF_RUN_CANCELLED || state == RUF_RUN_PAST;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, ruf_run_state_to_string (state));
  ruf_stmt_bind_text (stmt, 3, problem);
  ruf_stmt_bind_int (stmt, 4, ends ? now : 0);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_outbox_table_cancel:
 * @db: a writing connection, in a transaction
 * @run_id: a run
 * @now: UTC µs
 * @rows: (out) (optional): room for how many were taken out
 * @error: return location
 *
 * Takes everything that waits out and ends the run. What is out already stays as it is:
 * nothing claims to have called it back.
 *
 * Errors: NOT_FOUND; REFUSED for history.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_cancel (RufDb   *db,
                         gint64   run_id,
                         gint64   now,
                         gint64  *rows,
                         GError **error)
{
  g_autoptr (RufRun) run = ruf_outbox_table_get_run (db, run_id, error);
  g_autoptr (RufStmt) stmt = NULL;

  if (run == NULL)
    return FALSE;
  if (run->state == RUF_RUN_PAST)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("“%s” was handed over long ago and cannot be taken back."), run->title);
      return FALSE;
    }

  stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'excluded', reason = 'cancelled', changed_at = ?2 "
    "WHERE run_id = ?1 AND status = 'queued'", run_id, error);
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  if (rows != NULL)
    *rows = ruf_db_get_changes (db);
  return ruf_outbox_table_set_state (db, run_id, RUF_RUN_CANCELLED, NULL, now, error);
}

/* Undone is what nobody has acted upon: no message has left, and no other plan took its place. */
static gboolean
check_uncancel (RufDb         *db,
                const RufRun  *run,
                GError       **error)
{
  gint64 others;

  if (!ruf_step_get_int (db,
        "SELECT count (*) FROM runs r WHERE r.campaign_id = (SELECT campaign_id FROM runs"
        " WHERE id = ?1) AND r.id <> ?1 AND r.state IN ('planned', 'sending', 'paused')",
        run->id, &others, error))
    return FALSE;

  if (run->state == RUF_RUN_CANCELLED && others == 0 && ruf_run_get_left (run) == 0)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("“%s” cannot be taken up again. Plan the campaign anew."), run->title);
  return FALSE;
}

/**
 * ruf_outbox_table_uncancel:
 * @db: a writing connection, in a transaction
 * @run_id: a run that was cancelled
 * @now: UTC µs
 * @error: return location
 *
 * Undoes ruf_outbox_table_cancel(): who was taken out waits again, less those whose consent
 * is not valid any more. What was cancelled had not left, so that no status is lowered that
 * anybody outside has seen (I3).
 *
 * Errors: NOT_FOUND; REFUSED where something has left, or the campaign is planned anew.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_uncancel (RufDb   *db,
                           gint64   run_id,
                           gint64   now,
                           GError **error)
{
  g_autoptr (RufRun) run = ruf_outbox_table_get_run (db, run_id, error);
  g_autoptr (RufStmt) stmt = NULL;
  gint64 rows;

  if (run == NULL || !check_uncancel (db, run, error))
    return FALSE;

  stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'queued', reason = NULL, changed_at = ?2 "
    "WHERE run_id = ?1 AND status = 'excluded' AND reason = 'cancelled'", run_id, error);
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  return ruf_stmt_run (stmt, error) &&
         ruf_outbox_exclude_invalid (db, run_id, now, &rows, error) &&
         ruf_outbox_table_set_state (db, run_id, RUF_RUN_PLANNED, NULL, now, error);
}

/**
 * ruf_outbox_table_expire:
 * @db: a writing connection, in a transaction
 * @run_id: a run
 * @now: UTC µs
 * @rows: (out) (optional): room for how many came too late
 * @error: return location
 *
 * Where the run's not-after time has come, what still waits becomes expired, so that
 * Tuesday's lunch offer never goes out on Wednesday.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_expire (RufDb   *db,
                         gint64   run_id,
                         gint64   now,
                         gint64  *rows,
                         GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'expired', changed_at = ?2 "
    "WHERE run_id = ?1 AND status = 'queued' AND"
    " (SELECT not_after > 0 AND not_after <= ?2 FROM runs WHERE id = ?1)", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  if (rows != NULL)
    *rows = ruf_db_get_changes (db);
  return TRUE;
}

/**
 * ruf_outbox_row_free:
 * @self: (transfer full): a row
 */
void
ruf_outbox_row_free (RufOutboxRow *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self->error_code);
  g_free (self->message_id);
  g_free (self);
}

/**
 * ruf_outbox_row_read:
 * @stmt: a statement on a row of RUF_OUTBOX_ROW_COLUMNS
 *
 * Returns: (transfer full): that row
 */
RufOutboxRow *
ruf_outbox_row_read (RufStmt *stmt)
{
  RufOutboxRow *row = g_new0 (RufOutboxRow, 1);
  const char *reason = ruf_stmt_get_text (stmt, 6);

  row->id = ruf_stmt_get_int (stmt, 0);
  row->person_id = ruf_stmt_get_int (stmt, 1);
  row->point_id = ruf_stmt_get_int (stmt, 2);
  row->name = g_strdup (ruf_stmt_get_text (stmt, 3));
  row->address = g_strdup (ruf_stmt_get_text (stmt, 4));
  ruf_message_status_from_string (ruf_stmt_get_text (stmt, 5), &row->status);
  if (reason != NULL)
    ruf_exclude_reason_from_string (reason, &row->reason);
  row->error_code = g_strdup (ruf_stmt_get_text (stmt, 7));
  row->message_id = g_strdup (ruf_stmt_get_text (stmt, 8));
  row->changed_at = ruf_stmt_get_int (stmt, 9);
  return row;
}

/**
 * ruf_outbox_rows_read:
 * @stmt: a bound statement over RUF_OUTBOX_ROW_COLUMNS
 * @error: return location
 *
 * Returns: (transfer container) (element-type RufOutboxRow) (nullable): all of its rows
 */
GPtrArray *
ruf_outbox_rows_read (RufStmt  *stmt,
                      GError  **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_outbox_row_free);
  GError *local = NULL;

  while (ruf_stmt_step (stmt, &local))
    g_ptr_array_add (rows, ruf_outbox_row_read (stmt));
  return ruf_step_ended (local, error) ? g_steal_pointer (&rows) : NULL;
}

static RufStmt *
prepare_rows (RufDb   *db,
              gint64   run_id,
              int      status,
              int      reason,
              guint    limit,
              guint    offset,
              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    RUF_OUTBOX_ROW_COLUMNS
    "WHERE o.run_id = ?1 AND (?2 IS NULL OR o.status = ?2) AND (?3 IS NULL OR o.reason = ?3) "
    "ORDER BY p.name_key, o.id LIMIT ?4 OFFSET ?5", run_id, error);

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 2, status < 0 ? NULL : ruf_message_status_to_string (status));
  ruf_stmt_bind_text (stmt, 3, reason < 0 ? NULL : ruf_exclude_reason_to_string (reason));
  ruf_stmt_bind_int (stmt, 4, limit == 0 ? -1 : (gint64) limit);
  ruf_stmt_bind_int (stmt, 5, offset);
  return g_steal_pointer (&stmt);
}

/**
 * ruf_outbox_table_list_people:
 * @db: a connection
 * @run_id: a run
 * @status: which number of it
 * @reason: a #RufExcludeReason, or -1 for any
 * @error_code: (nullable): the backend's code of a failure, "" for none; %NULL for any
 * @error: return location
 *
 * The people behind a number of a run.
 *
 * Returns: (transfer full) (element-type RufRecipientId) (nullable): them, in order of name
 */
GArray *
ruf_outbox_table_list_people (RufDb             *db,
                              gint64             run_id,
                              RufMessageStatus   status,
                              int                reason,
                              const char        *error_code,
                              GError           **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT o.person_id, o.point_id FROM outbox o LEFT JOIN people p ON p.id = o.person_id "
    "WHERE o.run_id = ?1 AND o.status = ?2 AND (?3 IS NULL OR o.reason = ?3) AND"
    " (?4 IS NULL OR coalesce (o.error_code, '') = ?4) ORDER BY p.name_key, o.id", run_id, error);

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 2, ruf_message_status_to_string (status));
  ruf_stmt_bind_text (stmt, 3, reason < 0 ? NULL : ruf_exclude_reason_to_string (reason));
  ruf_stmt_bind_text (stmt, 4, error_code);
  return ruf_recipient_ids_read (stmt, error);
}

/**
 * ruf_outbox_table_list_recipients:
 * @db: a connection
 * @run_id: a run
 * @limit: how many at most, 0 = all
 * @error: return location
 *
 * Everybody who gets or got the message: neither left out nor too late.
 *
 * Returns: (transfer full) (element-type RufRecipientId) (nullable): them, in order of name
 */
GArray *
ruf_outbox_table_list_recipients (RufDb   *db,
                                  gint64   run_id,
                                  guint    limit,
                                  GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT o.person_id, o.point_id FROM outbox o LEFT JOIN people p ON p.id = o.person_id "
    "WHERE o.run_id = ?1 AND o.status NOT IN ('excluded', 'expired') "
    "ORDER BY p.name_key, o.id LIMIT ?2", run_id, error);

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_int (stmt, 2, limit == 0 ? -1 : (gint64) limit);
  return ruf_recipient_ids_read (stmt, error);
}

/**
 * ruf_failure_count_free:
 * @self: (transfer full): a number
 */
void
ruf_failure_count_free (RufFailureCount *self)
{
  g_free (self->error_code);
  g_free (self);
}

/**
 * ruf_outbox_table_count_failures:
 * @db: a connection
 * @run_id: a run
 * @error: return location
 *
 * Returns: (transfer full) (element-type RufFailureCount) (nullable): how many failed with each
 *   code of the backend, the most frequent first
 */
GPtrArray *
ruf_outbox_table_count_failures (RufDb   *db,
                                 gint64   run_id,
                                 GError **error)
{
  g_autoptr (GPtrArray) counts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_failure_count_free);
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT coalesce (error_code, '') AS code, count (*) AS n FROM outbox "
    "WHERE run_id = ?1 AND status = 'failed' GROUP BY code ORDER BY n DESC, code", run_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      RufFailureCount *count = g_new0 (RufFailureCount, 1);

      count->error_code = g_strdup (ruf_stmt_get_text (stmt, 0));
      count->count = ruf_stmt_get_int (stmt, 1);
      g_ptr_array_add (counts, count);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&counts) : NULL;
}

/**
 * ruf_outbox_table_each_row:
 * @db: a connection
 * @run_id: a run
 * @status: a #RufMessageStatus, or -1 for any
 * @reason: a #RufExcludeReason, or -1 for any
 * @limit: how many at most, 0 = all
 * @offset: how many to leave out first
 * @func: (scope call): is handed each row
 * @data: for @func
 * @error: return location
 *
 * The rows behind each number of a run, in order of name, one by one: a million of them must
 * not be held at once.
 *
 * Returns: whether all were read
 */
gboolean
ruf_outbox_table_each_row (RufDb             *db,
                           gint64             run_id,
                           int                status,
                           int                reason,
                           guint              limit,
                           guint              offset,
                           RufOutboxRowFunc   func,
                           gpointer           data,
                           GError           **error)
{
  g_autoptr (RufStmt) stmt = prepare_rows (db, run_id, status, reason, limit, offset, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    {
      g_autoptr (RufOutboxRow) row = ruf_outbox_row_read (stmt);

      func (row, data);
    }
  return ruf_step_ended (local, error);
}

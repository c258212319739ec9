/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows on their way out, with what a message may say about their person, streamed in the
 * order in which they were planned; and the batch that leaves as a file, in two statements
 * however long it is.
 */

#include "config.h"

#include "ruf-error.h"
#include "ruf-outbox-row.h"
#include "ruf-step.h"

#define HANDOVER_COLUMNS \
  "SELECT o.id, " RUF_OUTBOX_MESSAGE_ID ", c.address, p.name, p.first_name, p.last_name," \
  " p.organisation, p.city FROM runs r CROSS JOIN outbox o ON o.run_id = r.id " \
  "JOIN contact_points c ON c.id = o.point_id LEFT JOIN people p ON p.id = o.person_id "

/**
 * ruf_handover_each:
 * @stmt: a bound statement whose rows are id, message id, address, name, first and last name,
 *   organisation and city
 * @func: (scope call): called for each row
 * @data: for @func
 * @error: return location
 *
 * Returns: %FALSE where the store or @func failed
 */
gboolean
ruf_handover_each (RufStmt          *stmt,
                   RufHandoverFunc   func,
                   gpointer          data,
                   GError          **error)
{
  GError *local = NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      RufHandover row = {
        .id = ruf_stmt_get_int (stmt, 0),
        .message_id = ruf_stmt_get_text (stmt, 1),
        .address = ruf_stmt_get_text (stmt, 2),
        .name = ruf_stmt_get_text (stmt, 3),
        .first_name = ruf_stmt_get_text (stmt, 4),
        .last_name = ruf_stmt_get_text (stmt, 5),
        .organisation = ruf_stmt_get_text (stmt, 6),
        .city = ruf_stmt_get_text (stmt, 7),
      };

      if (!func (&row, data, error))
        return FALSE;
    }
  return ruf_step_ended (local, error);
}

/**
 * ruf_outbox_table_each_claimed:
 * @db: a connection
 * @attempt_id: an attempt of which no answer has come
 * @func: (scope call): called for each row
 * @data: for @func
 * @error: return location
 *
 * Goes through what was just claimed, in the order of the plan.
 *
 * Returns: %FALSE where the store or @func failed
 */
gboolean
ruf_outbox_table_each_claimed (RufDb            *db,
                               gint64            attempt_id,
                               RufHandoverFunc   func,
                               gpointer          data,
                               GError          **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    HANDOVER_COLUMNS "WHERE r.id = (SELECT run_id FROM attempts WHERE id = ?1) AND"
    " o.attempt_id = ?1 AND o." RUF_OUTBOX_OPEN " ORDER BY o.id", attempt_id, error);

  return stmt != NULL && ruf_handover_each (stmt, func, data, error);
}

/**
 * ruf_outbox_table_each_of_attempt:
 * @db: a connection
 * @attempt_id: an attempt
 * @func: (scope call): called for each row
 * @data: for @func
 * @error: return location
 *
 * Goes through every row that left under this attempt, wherever it stands now, in the order
 * of the plan: the same rows that ruf_outbox_table_each_claimed() gave.
 *
 * Returns: %FALSE where the store or @func failed
 */
gboolean
ruf_outbox_table_each_of_attempt (RufDb            *db,
                                  gint64            attempt_id,
                                  RufHandoverFunc   func,
                                  gpointer          data,
                                  GError          **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    HANDOVER_COLUMNS "WHERE r.id = (SELECT run_id FROM attempts WHERE id = ?1) AND"
    " o.attempt_id = ?1 ORDER BY o.id", attempt_id, error);

  return stmt != NULL && ruf_handover_each (stmt, func, data, error);
}

#define HANDED_OVER \
  "WHERE r.id = ?1 AND o.attempt_id IN" \
  " (SELECT a.id FROM attempts a WHERE a.run_id = ?1 AND a.backend_id IS NULL) "
#define STILL_CONSENTING "AND " RUF_OUTBOX_REASON_NOW " IS NULL "

/**
 * ruf_outbox_table_each_handed_over:
 * @db: a connection
 * @run_id: a run
 * @func: (scope call): called for each row
 * @data: for @func
 * @error: return location
 *
 * Goes through every row of the run that left as a file, less those whose people have
 * withdrawn since, in the order of the plan.
 *
 * Returns: %FALSE where the store or @func failed
 */
gboolean
ruf_outbox_table_each_handed_over (RufDb            *db,
                                   gint64            run_id,
                                   RufHandoverFunc   func,
                                   gpointer          data,
                                   GError          **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    HANDOVER_COLUMNS RUF_OUTBOX_CONSENT_JOIN "WHERE r.id = ?1 AND o.attempt_id IN"
    " (SELECT a.id FROM attempts a WHERE a.run_id = ?1 AND a.backend_id IS NULL) AND "
    RUF_OUTBOX_REASON_NOW " IS NULL ORDER BY o.id", run_id, error);

  return stmt != NULL && ruf_handover_each (stmt, func, data, error);
}

/**
 * ruf_outbox_table_each_waiting:
 * @db: a connection
 * @run_id: a run
 * @ask: whether to leave out those whose people do not consent now
 * @func: (scope call): called for each row
 * @data: for @func
 * @error: return location
 *
 * Goes through every row that waits, in the order of the plan.
 *
 * While a writing transaction hands a run over, a reading connection sees the run as it was
 * before, and nobody else can change it: so that the rows can be written as a file at the same
 * time. Without @ask these are the rows that the transaction sends if it left nobody out.
 *
 * Returns: %FALSE where the store or @func failed
 */
gboolean
ruf_outbox_table_each_waiting (RufDb            *db,
                               gint64            run_id,
                               gboolean          ask,
                               RufHandoverFunc   func,
                               gpointer          data,
                               GError          **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, ask
    ? HANDOVER_COLUMNS RUF_OUTBOX_CONSENT_JOIN "WHERE r.id = ?1 AND o.status = 'queued' AND "
      RUF_OUTBOX_REASON_NOW " IS NULL ORDER BY o.id"
    : HANDOVER_COLUMNS "WHERE r.id = ?1 AND o.status = 'queued' ORDER BY o.id", run_id, error);

  return stmt != NULL && ruf_handover_each (stmt, func, data, error);
}

/**
 * ruf_outbox_table_was_handed_over:
 * @db: a connection
 * @run_id: a run
 * @was: (out): room for whether rows of it left as a file before
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
ruf_outbox_table_was_handed_over (RufDb     *db,
                                  gint64     run_id,
                                  gboolean  *was,
                                  GError   **error)
{
  gint64 n;

  if (!ruf_step_get_int (db,
        "SELECT count (*) FROM attempts WHERE run_id = ?1 AND backend_id IS NULL",
        run_id, &n, error))
    return FALSE;
  *was = n > 0;
  return TRUE;
}

/**
 * ruf_outbox_exclude_invalid:
 * @db: a writing connection, in a transaction
 * @run_id: a run
 * @now: UTC µs
 * @rows: (out): room for how many were left out
 * @error: return location
 *
 * Leaves out who waits without consent that is valid now. One statement for all: leaving a
 * million out one by one takes minutes.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_exclude_invalid (RufDb   *db,
                            gint64   run_id,
                            gint64   now,
                            gint64  *rows,
                            GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "WITH judged AS MATERIALIZED (SELECT o.id AS id, "
    RUF_OUTBOX_REASON_NOW " AS why "
    "FROM runs r JOIN outbox o ON o.run_id = r.id " RUF_OUTBOX_CONSENT_JOIN
    "WHERE r.id = ?1 AND o.status = 'queued' AND why IS NOT NULL) "
    "UPDATE outbox SET status = 'excluded', reason = why, changed_at = ?2 "
    "FROM judged WHERE outbox.id = judged.id", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *rows = ruf_db_get_changes (db);
  return TRUE;
}

static gboolean
insert_attempt (RufDb       *db,
                gint64       run_id,
                const char  *key,
                gint64       now,
                gint64      *attempt_id,
                GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "INSERT INTO attempts (run_id, idempotency_key, started_at, consent_seq) "
    "VALUES (?1, ?2, ?3, " RUF_OUTBOX_CONSENT_SEQ ")", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, key);
  ruf_stmt_bind_int (stmt, 3, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *attempt_id = ruf_db_get_last_id (db);
  return TRUE;
}

/* The trigger that keeps the counts row by row costs more than the change itself. It rests
 * while all that waits in a run moves at once: the figures follow by one statement in the same
 * transaction, so that they are right at each commit all the same (I6, I8). */
static gboolean
suspend_counting (RufDb    *db,
                  char    **trigger,
                  GError  **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'outbox_count_update'",
    error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  if (ruf_stmt_step (stmt, &local))
    *trigger = g_strdup (ruf_stmt_get_text (stmt, 0));
  ruf_stmt_reset (stmt);
  return ruf_step_ended (local, error) &&
         ruf_db_exec (db, "DROP TRIGGER outbox_count_update", error);
}

static gboolean
resume_counting (RufDb       *db,
                 gint64       run_id,
                 const char  *trigger,
                 GError     **error)
{
  return ruf_step_run_id (db,
           "INSERT INTO run_counts (run_id, status, n) SELECT run_id, 'sent', n FROM run_counts "
           "WHERE run_id = ?1 AND status = 'queued' "
           "ON CONFLICT DO UPDATE SET n = n + excluded.n", run_id, error) &&
         ruf_step_run_id (db,
           "UPDATE run_counts SET n = 0 WHERE run_id = ?1 AND status = 'queued'", run_id, error) &&
         ruf_db_exec (db, trigger, error);
}

/* A run that was paused may still be handed over: whoever exports it has decided so. */
static gboolean
send_waiting (RufDb   *db,
              gint64   run_id,
              gint64   attempt_id,
              gint64   now,
              gint64  *rows,
              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'sent', attempt_id = ?2, changed_at = ?3 "
    "WHERE run_id = ?1 AND status = 'queued'", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, attempt_id);
  ruf_stmt_bind_int (stmt, 3, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *rows = ruf_db_get_changes (db);
  return TRUE;
}

/* An attempt without rows is none. */
static gboolean
forget_empty (RufDb   *db,
              gint64   rows,
              gint64  *attempt_id,
              GError **error)
{
  gint64 id = *attempt_id;

  if (rows > 0)
    return TRUE;

  *attempt_id = 0;
  return ruf_step_run_id (db, "DELETE FROM attempts WHERE id = ?1", id, error);
}

/* Waiting → sent, with the figures. */
static gboolean
move_waiting (RufDb   *db,
              gint64   run_id,
              gint64   attempt_id,
              gint64   now,
              gint64  *rows,
              GError **error)
{
  g_autofree char *trigger = NULL;

  return suspend_counting (db, &trigger, error) &&
         send_waiting (db, run_id, attempt_id, now, rows, error) &&
         resume_counting (db, run_id, trigger, error);
}

/**
 * ruf_outbox_table_hand_over:
 * @db: a writing connection, in a transaction
 * @run_id: a run
 * @key: a key for the attempt
 * @now: UTC µs
 * @settled: (nullable) (scope call): called with the number of rows that were left out, once
 *   it is settled who may leave, before the rows move
 * @data: for @settled
 * @attempt_id: (out): room for the attempt, 0 where nothing waits
 * @rows: (out): room for how many rows left
 * @error: return location
 *
 * Claims everything that waits for a batch that leaves as a file. The rules of a claim hold:
 * rows without consent now become excluded, or expired where it is too late (I1). The rows
 * are sent from the moment of the commit, so put the file in place after it, and end the
 * attempt with ruf_outbox_table_finish_hand_over() (I4).
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_hand_over (RufDb           *db,
                            gint64           run_id,
                            const char      *key,
                            gint64           now,
                            RufSettledFunc   settled,
                            gpointer         data,
                            gint64          *attempt_id,
                            gint64          *rows,
                            GError         **error)
{
  gint64 expired, excluded;

  g_return_val_if_fail (key != NULL && attempt_id != NULL && rows != NULL, FALSE);

  if (!ruf_outbox_table_expire (db, run_id, now, &expired, error) ||
      !ruf_outbox_exclude_invalid (db, run_id, now, &excluded, error) ||
      !insert_attempt (db, run_id, key, now, attempt_id, error))
    return FALSE;

  /* What expired is not left over: all that waited did. */
  if (settled != NULL && expired == 0)
    settled (excluded, data);
  return move_waiting (db, run_id, *attempt_id, now, rows, error) &&
         forget_empty (db, *rows, attempt_id, error);
}

static gboolean
take_back (RufDb   *db,
           gint64   attempt_id,
           gint64   now,
           GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'queued', attempt_id = NULL, changed_at = ?2 "
    "WHERE run_id = (SELECT run_id FROM attempts WHERE id = ?1) AND attempt_id = ?1 AND"
    " status = 'sent'", attempt_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  return ruf_stmt_run (stmt, error);
}

/* A new file holds what a file that was never finished should have held. */
static gboolean
take_attempts (RufDb   *db,
               gint64   run_id,
               gint64   now,
               GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE attempts SET outcome = 'taken', ended_at = ?2 "
    "WHERE run_id = ?1 AND backend_id IS NULL AND outcome IS NOT 'taken'", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_outbox_table_finish_hand_over:
 * @db: a writing connection, in a transaction
 * @run_id: a run
 * @attempt_id: as handed over, 0 = nothing new
 * @in_place: whether the file is there
 * @now: UTC µs
 * @error: return location
 *
 * Ends an attempt by file. Where the file could not be put in place nobody can have got it,
 * and its rows wait again.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_finish_hand_over (RufDb     *db,
                                   gint64     run_id,
                                   gint64     attempt_id,
                                   gboolean   in_place,
                                   gint64     now,
                                   GError   **error)
{
  if (in_place)
    return take_attempts (db, run_id, now, error);
  return attempt_id == 0 ||
         (ruf_outbox_table_finish_attempt (db, attempt_id, RUF_ATTEMPT_NOT_SENT, NULL, now,
                                           error) &&
          take_back (db, attempt_id, now, error));
}

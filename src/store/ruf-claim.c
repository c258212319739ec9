/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How rows leave the outbox: claimed with consent checked once more and the attempt written
 * in the same transaction (I1, I4), then finished with what the backend said.
 *
 * Where a row stands moves forward only (I3): a receipt may come before the answer to the
 * request that caused it, so answers touch only what is still sending or unknown.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-outbox-row.h"
#include "ruf-step.h"

static const char * const outcomes[] = {
  [RUF_ATTEMPT_TAKEN] = "taken",
  [RUF_ATTEMPT_UNKNOWN] = "unknown",
  [RUF_ATTEMPT_NOT_SENT] = "not-sent",
};

/* One waiting row and what speaks against it now. */
typedef struct
{
  gint64      id;
  char       *reason;      /* NULL = may go */
  gboolean    answered;    /* receipts know it: it went before a backup was restored */
} Candidate;

static void
candidate_clear (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->reason);
}

/* Nothing is claimed of a run that was paused or cancelled in between. */
static GArray *
list_candidates (RufDb   *db,
                 gint64   run_id,
                 guint    limit,
                 GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT o.id, "
    RUF_OUTBOX_REASON_NOW
    ", EXISTS (SELECT 1 FROM receipts x WHERE x.message_id = " RUF_OUTBOX_MESSAGE_ID ") "
    "FROM runs r JOIN outbox o ON o.run_id = r.id " RUF_OUTBOX_CONSENT_JOIN
    "WHERE r.id = ?1 AND r.state NOT IN ('paused', 'cancelled', 'past') AND o.status = 'queued' "
    "ORDER BY o.id LIMIT ?2", run_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  g_array_set_clear_func (candidates, candidate_clear);
  ruf_stmt_bind_int (stmt, 2, limit);
  while (ruf_stmt_step (stmt, &local))
    {
      Candidate candidate = {
        ruf_stmt_get_int (stmt, 0),
        g_strdup (ruf_stmt_get_text (stmt, 1)),
        ruf_stmt_get_int (stmt, 2) != 0,
      };

      g_array_append_val (candidates, candidate);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&candidates) : NULL;
}

static gboolean
exclude_row (RufDb            *db,
             const Candidate  *candidate,
             gint64            now,
             GError          **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'excluded', reason = ?2, changed_at = ?3 WHERE id = ?1",
    candidate->id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, candidate->reason);
  ruf_stmt_bind_int (stmt, 3, now);
  return ruf_stmt_run (stmt, error);
}

static gboolean
take_row (RufDb            *db,
          const Candidate  *candidate,
          gint64            attempt_id,
          gint64            now,
          GError          **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'sending', attempt_id = ?2, changed_at = ?3 WHERE id = ?1",
    candidate->id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_id (stmt, 2, attempt_id);
  ruf_stmt_bind_int (stmt, 3, now);
  return ruf_stmt_run (stmt, error);
}

static gboolean
insert_attempt (RufDb       *db,
                gint64       run_id,
                gint64       backend_id,
                const char  *idempotency_key,
                gint64       now,
                gint64      *attempt_id,
                GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "INSERT INTO attempts (run_id, backend_id, idempotency_key, started_at, consent_seq) "
    "VALUES (?1, ?2, ?3, ?4, " RUF_OUTBOX_CONSENT_SEQ ")", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_id (stmt, 2, backend_id);
  ruf_stmt_bind_text (stmt, 3, idempotency_key);
  ruf_stmt_bind_int (stmt, 4, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *attempt_id = ruf_db_get_last_id (db);
  return TRUE;
}

static gboolean
note_backend (RufDb   *db,
              gint64   run_id,
              gint64   backend_id,
              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE runs SET backend_id = ?2 WHERE id = ?1 AND backend_id IS NOT ?2", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_id (stmt, 2, backend_id);
  return ruf_stmt_run (stmt, error);
}

static gboolean
may_leave (const Candidate *candidate)
{
  return candidate->reason == NULL && !candidate->answered;
}

/* Leaves out who may not get it any more, adopts what had gone before; counts the others. */
static gboolean
settle_others (RufDb   *db,
               GArray  *candidates,
               gint64   now,
               guint   *n_valid,
               GError **error)
{
  *n_valid = 0;
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (may_leave (candidate))
        (*n_valid)++;
      else if (candidate->answered ? !take_row (db, candidate, 0, now, error) ||
                                     !ruf_receipts_replay (db, candidate->id, now, error)
                                   : !exclude_row (db, candidate, now, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_valid (RufDb   *db,
            GArray  *candidates,
            gint64   attempt_id,
            gint64   now,
            GError **error)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (may_leave (candidate) && !take_row (db, candidate, attempt_id, now, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
list_claimed (RufDb   *db,
              gint64   attempt_id,
              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    RUF_OUTBOX_ROW_COLUMNS "WHERE o.attempt_id = ?1 AND o." RUF_OUTBOX_OPEN " ORDER BY o.id",
    attempt_id, error);

  return stmt != NULL ? ruf_outbox_rows_read (stmt, error) : NULL;
}

/**
 * ruf_outbox_table_claim:
 * @db: a writing connection, in the caller's transaction
 * @run_id: a run
 * @backend_id: by which backend it goes
 * @idempotency_key: under which the attempt is known, also to the backend
 * @limit: how many rows at most
 * @now: UTC µs
 * @attempt_id: (out): room for the attempt, 0 where nothing was claimed
 * @rows: (out) (element-type RufOutboxRow): room for what is to be sent
 * @error: return location
 *
 * Takes waiting rows. Consent and the not-after time are checked again: rows that fail become
 * excluded or expired. The others get their message id, the attempt is written, and they
 * become sending. Commit before you call the network (I1, I4).
 *
 * An empty @rows says that nothing may leave: nothing waits, or the run stands still.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_claim (RufDb       *db,
                        gint64       run_id,
                        gint64       backend_id,
                        const char  *idempotency_key,
                        guint        limit,
                        gint64       now,
                        gint64      *attempt_id,
                        GPtrArray  **rows,
                        GError     **error)
{
  g_autoptr (GArray) candidates = NULL;
  guint n_valid = 0;

  g_return_val_if_fail (idempotency_key != NULL && limit > 0, FALSE);

  *attempt_id = 0;
  if (!ruf_outbox_table_expire (db, run_id, now, NULL, error))
    return FALSE;

  do
    {
      g_clear_pointer (&candidates, g_array_unref);
      candidates = list_candidates (db, run_id, limit, error);
      if (candidates == NULL || !settle_others (db, candidates, now, &n_valid, error))
        return FALSE;
    }
  while (n_valid == 0 && candidates->len > 0);

  if (n_valid > 0 &&
      (!insert_attempt (db, run_id, backend_id, idempotency_key, now, attempt_id, error) ||
       !take_valid (db, candidates, *attempt_id, now, error) ||
       !note_backend (db, run_id, backend_id, error)))
    return FALSE;

  *rows = list_claimed (db, *attempt_id, error);
  return *rows != NULL;
}

static gboolean
end_attempt (RufDb              *db,
             gint64              attempt_id,
             RufAttemptOutcome   outcome,
             gint64              now,
             GError            **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE attempts SET outcome = ?2, ended_at = ?3 WHERE id = ?1", attempt_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, outcomes[outcome]);
  ruf_stmt_bind_int (stmt, 3, now);
  return ruf_stmt_run (stmt, error);
}

static gboolean
fail_row (RufDb       *db,
          gint64       attempt_id,
          gint64       row_id,
          const char  *error_code,
          gint64       now,
          GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'failed', error_code = ?2, changed_at = ?3 "
    "WHERE id = ?1 AND attempt_id = ?4 AND " RUF_OUTBOX_OPEN, row_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, error_code);
  ruf_stmt_bind_int (stmt, 3, now);
  ruf_stmt_bind_int (stmt, 4, attempt_id);
  return ruf_stmt_run (stmt, error);
}

static gboolean
fail_refused (RufDb       *db,
              gint64       attempt_id,
              GHashTable  *refused,
              gint64       now,
              GError     **error)
{
  GHashTableIter iter;
  gpointer row_id, error_code;

  g_hash_table_iter_init (&iter, refused);
  while (g_hash_table_iter_next (&iter, &row_id, &error_code))
    if (!fail_row (db, attempt_id, *(gint64 *) row_id, error_code, now, error))
      return FALSE;
  return TRUE;
}

/* A row that goes back waits again, or is out where the run was cancelled meanwhile. */
static const char * const move_rows[] = {
  [RUF_ATTEMPT_TAKEN] =
    "UPDATE outbox SET status = 'sent', changed_at = ?2 "
    "WHERE attempt_id = ?1 AND " RUF_OUTBOX_OPEN,
  [RUF_ATTEMPT_UNKNOWN] =
    "UPDATE outbox SET status = 'unknown', changed_at = ?2 "
    "WHERE attempt_id = ?1 AND " RUF_OUTBOX_OPEN " AND status = 'sending'",
  [RUF_ATTEMPT_NOT_SENT] =
    "UPDATE outbox SET attempt_id = NULL, changed_at = ?2,"
    " status = iif (r.state = 'cancelled', 'excluded', 'queued'),"
    " reason = iif (r.state = 'cancelled', 'cancelled', NULL) FROM runs r "
    "WHERE r.id = run_id AND attempt_id = ?1 AND " RUF_OUTBOX_OPEN " AND status = 'sending'",
};

/**
 * ruf_outbox_table_finish_attempt:
 * @db: a writing connection, in a transaction
 * @attempt_id: as claimed
 * @outcome: what became of it
 * @refused: (nullable) (element-type gint64 utf8): rows that the backend did not take (keys by
 *   g_int64_hash()) and its word for why
 * @now: UTC µs
 * @error: return location
 *
 * Writes down what the backend said. Rows that receipts have moved already stay where they
 * are (I3). An attempt that was unknown may be finished again, when it was repeated under its
 * key.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_finish_attempt (RufDb              *db,
                                 gint64              attempt_id,
                                 RufAttemptOutcome   outcome,
                                 GHashTable         *refused,
                                 gint64              now,
                                 GError            **error)
{
  g_autoptr (RufStmt) stmt = NULL;

  g_return_val_if_fail (attempt_id > 0, FALSE);
  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (outcomes), FALSE);

  if (!end_attempt (db, attempt_id, outcome, now, error) ||
      (refused != NULL && !fail_refused (db, attempt_id, refused, now, error)))
    return FALSE;

  stmt = ruf_step_prepare_id (db, move_rows[outcome], attempt_id, error);
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_open_attempt_free:
 * @self: (transfer full): an attempt
 */
void
ruf_open_attempt_free (RufOpenAttempt *self)
{
  g_free (self->idempotency_key);
  g_free (self);
}

/**
 * ruf_outbox_table_list_open_attempts:
 * @db: a connection
 * @run_id: a run
 * @error: return location
 *
 * Attempts of which nobody knows what became of some of their rows. A backend that honours
 * idempotency keys may be asked again under the same key; no other.
 *
 * Returns: (transfer container) (element-type RufOpenAttempt) (nullable): the oldest first
 */
GPtrArray *
ruf_outbox_table_list_open_attempts (RufDb   *db,
                                     gint64   run_id,
                                     GError **error)
{
  g_autoptr (GPtrArray) attempts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_open_attempt_free);
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT a.id, a.run_id, a.backend_id, a.idempotency_key FROM attempts a "
    "WHERE a.run_id = ?1 AND (a.outcome IS NULL OR a.outcome = 'unknown') AND"
    " EXISTS (SELECT 1 FROM outbox o WHERE o.attempt_id = a.id AND"
    "  o." RUF_OUTBOX_OPEN ") ORDER BY a.id", run_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      RufOpenAttempt *attempt = g_new0 (RufOpenAttempt, 1);

      attempt->id = ruf_stmt_get_int (stmt, 0);
      attempt->run_id = ruf_stmt_get_int (stmt, 1);
      attempt->backend_id = ruf_stmt_get_int (stmt, 2);
      attempt->idempotency_key = g_strdup (ruf_stmt_get_text (stmt, 3));
      g_ptr_array_add (attempts, attempt);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&attempts) : NULL;
}

/**
 * ruf_outbox_table_list_attempt_rows:
 * @db: a connection
 * @attempt_id: an attempt
 * @error: return location
 *
 * Every row that went out under this attempt, in the order in which it went, wherever it
 * stands now: a repetition must be the same request.
 *
 * Returns: (transfer container) (element-type RufOutboxRow) (nullable): its rows
 */
GPtrArray *
ruf_outbox_table_list_attempt_rows (RufDb   *db,
                                    gint64   attempt_id,
                                    GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    RUF_OUTBOX_ROW_COLUMNS "WHERE o.run_id = (SELECT run_id FROM attempts WHERE id = ?1) AND"
    " o.attempt_id = ?1 ORDER BY o.id", attempt_id, error);

  return stmt != NULL ? ruf_outbox_rows_read (stmt, error) : NULL;
}

/**
 * ruf_outbox_table_attempt_may_repeat:
 * @db: a connection
 * @attempt_id: an open attempt
 * @now: UTC µs
 * @may: (out): room for the answer
 * @error: return location
 *
 * A repetition may be the first that arrives, so it needs what a claim needs: each of its
 * people consents now, and the not-after time has not come.
 *
 * Returns: whether it could be read
 */
gboolean
ruf_outbox_table_attempt_may_repeat (RufDb     *db,
                                     gint64     attempt_id,
                                     gint64     now,
                                     gboolean  *may,
                                     GError   **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT NOT EXISTS (SELECT 1 FROM outbox o JOIN runs r ON r.id = o.run_id "
    RUF_OUTBOX_CONSENT_JOIN
    "WHERE o.attempt_id = ?1 AND o." RUF_OUTBOX_OPEN " AND (r.state = 'cancelled' OR"
    " (r.not_after > 0 AND r.not_after <= ?2) OR "
    RUF_OUTBOX_REASON_NOW
    " IS NOT NULL))", attempt_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  *may = ruf_stmt_step (stmt, &local) && ruf_stmt_get_int (stmt, 0) != 0;
  return ruf_step_ended (local, error);
}

static gboolean
recover_rows (RufDb   *db,
              gint64   run_id,
              gint64   now,
              gint64  *rows,
              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = 'unknown', changed_at = ?2 "
    "WHERE " RUF_OUTBOX_OPEN " AND status = 'sending' AND attempt_id IN"
    " (SELECT id FROM attempts WHERE outcome IS NULL AND (?1 IS NULL OR run_id = ?1))",
    run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  if (rows != NULL)
    *rows = ruf_db_get_changes (db);
  return TRUE;
}

static gboolean
recover_attempts (RufDb   *db,
                  gint64   run_id,
                  gint64   now,
                  GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE attempts SET outcome = 'unknown', ended_at = ?2 "
    "WHERE outcome IS NULL AND (?1 IS NULL OR run_id = ?1)", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, now);
  return ruf_stmt_run (stmt, error);
}

/* Nothing goes on by itself: stale news is not sent because a program was started. */
static gboolean
recover_runs (RufDb   *db,
              gint64   run_id,
              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE runs SET state = 'paused', problem = ?2 "
    "WHERE state = 'sending' AND (?1 IS NULL OR id = ?1)", run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, _("The program ended while this run was on its way. "
                                 "Start the run again to go on; nobody gets it twice."));
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_outbox_table_recover:
 * @db: a writing connection, in a transaction
 * @now: UTC µs
 * @rows: (out) (optional): room for how many rows became unknown
 * @error: return location
 *
 * For the start of the program, while nothing is being sent: rows that a crash left in
 * sending become unknown (I4), and their runs stand still until somebody starts them again.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_recover (RufDb   *db,
                          gint64   now,
                          gint64  *rows,
                          GError **error)
{
  return ruf_outbox_table_recover_run (db, 0, now, rows, error);
}

/**
 * ruf_outbox_table_recover_run:
 * @db: a writing connection, in a transaction
 * @run_id: a run that nobody is sending, or 0 for all
 * @now: UTC µs
 * @rows: (out) (optional): room for how many rows became unknown
 * @error: return location
 *
 * ruf_outbox_table_recover() for one run, where others may be on their way.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_recover_run (RufDb   *db,
                              gint64   run_id,
                              gint64   now,
                              gint64  *rows,
                              GError **error)
{
  return recover_rows (db, run_id, now, rows, error) &&
         recover_attempts (db, run_id, now, error) &&
         recover_runs (db, run_id, error);
}

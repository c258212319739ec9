/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What comes back: receipts, kept for ever as they came, and the rows that they move
 * forward. Receipts may come in any order, twice, and before the message they are about.
 */

#include "config.h"

#include <string.h>

#include "ruf-consent.h"
#include "ruf-outbox-row.h"
#include "ruf-step.h"

/* The row that a message id names. */
typedef struct
{
  gint64            id;          /* 0 = none */
  gint64            point_id;
  RufMessageStatus  status;
  RufChannel        channel;
} Target;

static gboolean
read_target (RufStmt  *stmt,
             Target   *target,
             GError  **error)
{
  GError *local = NULL;

  if (ruf_stmt_step (stmt, &local))
    {
      target->id = ruf_stmt_get_int (stmt, 0);
      target->point_id = ruf_stmt_get_int (stmt, 1);
      ruf_message_status_from_string (ruf_stmt_get_text (stmt, 2), &target->status);
      ruf_channel_from_string (ruf_stmt_get_text (stmt, 3), &target->channel);
    }
  return ruf_step_ended (local, error);
}

/* Splits "batch-row"; FALSE where it is not of this form. */
static gboolean
parse_own_id (const char  *message_id,
              char       **batch_id,
              gint64      *row_id)
{
  const char *dash = strrchr (message_id, '-');
  guint64 number;

  if (dash == NULL || dash[1] == '0' ||
      !g_ascii_string_to_unsigned (dash + 1, 10, 1, G_MAXINT64, &number, NULL))
    return FALSE;

  *batch_id = g_strndup (message_id, dash - message_id);
  *row_id = number;
  return TRUE;
}

/* A row that was not claimed has no name that anybody could know. */
static gboolean
find_own (RufDb       *db,
          const char  *message_id,
          Target      *target,
          GError     **error)
{
  g_autofree char *batch_id = NULL;
  g_autoptr (RufStmt) stmt = NULL;
  gint64 row_id;

  if (!parse_own_id (message_id, &batch_id, &row_id))
    return TRUE;

  stmt = ruf_step_prepare_id (db,
    "SELECT o.id, o.point_id, o.status, r.channel FROM outbox o JOIN runs r ON r.id = o.run_id "
    "WHERE o.id = ?1 AND r.batch_id = ?2 AND o.message_id IS NULL AND"
    " o.status NOT IN ('queued', 'excluded', 'expired')", row_id, error);
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, batch_id);
  return read_target (stmt, target, error);
}

static gboolean
find_target (RufDb       *db,
             const char  *message_id,
             Target      *target,
             GError     **error)
{
  g_autoptr (RufStmt) stmt = NULL;

  *target = (Target) { 0 };
  if (!find_own (db, message_id, target, error))
    return FALSE;
  if (target->id != 0)
    return TRUE;

  stmt = ruf_db_prepare (db,
    "SELECT o.id, o.point_id, o.status, r.channel FROM outbox o JOIN runs r ON r.id = o.run_id "
    "WHERE o.message_id = ?1", error);
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, message_id);
  return read_target (stmt, target, error);
}

static gboolean
append_receipt (RufDb             *db,
                const char        *message_id,
                RufMessageStatus   status,
                gint64             at,
                const char        *error_code,
                gint64             backend_id,
                gint64             now,
                GError           **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "INSERT OR IGNORE INTO receipts (message_id, status, at, error_code, backend_id, received_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, message_id);
  ruf_stmt_bind_text (stmt, 2, ruf_message_status_to_string (status));
  ruf_stmt_bind_int (stmt, 3, at);
  ruf_stmt_bind_text (stmt, 4, error_code ? error_code : "");
  ruf_stmt_bind_id (stmt, 5, backend_id);
  ruf_stmt_bind_int (stmt, 6, now);
  return ruf_stmt_run (stmt, error);
}

/* The one place where a receipt moves a row (I3); the trigger keeps the figures (I6). */
static gboolean
advance_row (RufDb             *db,
             gint64             row_id,
             RufMessageStatus   status,
             const char        *error_code,
             gint64             now,
             GError           **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE outbox SET status = ?2, error_code = ?3, changed_at = ?4 WHERE id = ?1",
    row_id, error);
  gboolean failed = status == RUF_MESSAGE_FAILED;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, ruf_message_status_to_string (status));
  ruf_stmt_bind_text (stmt, 3, failed ? error_code : NULL);
  ruf_stmt_bind_int (stmt, 4, now);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_receipt_table_add:
 * @db: a writing connection, in a transaction
 * @message_id: the message's name at the backend
 * @status: SENT, DELIVERED, READ or FAILED
 * @at: when that was, UTC µs
 * @error_code: (nullable): the backend's word for a failure
 * @backend_id: who said so, 0 for a file
 * @now: UTC µs
 * @result: (out): room for what it did
 * @point_id: (out): room for whose message it was, 0 = unknown
 * @channel: (out): room for the channel; as it was where the message is unknown
 * @error: return location
 *
 * Appends a receipt and moves its row forward (I3); the run's figures follow in the same
 * transaction (I6). One about a message that is not known yet is kept and applied when the
 * message comes in.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_receipt_table_add (RufDb             *db,
                       const char        *message_id,
                       RufMessageStatus   status,
                       gint64             at,
                       const char        *error_code,
                       gint64             backend_id,
                       gint64             now,
                       RufReceiptResult  *result,
                       gint64            *point_id,
                       RufChannel        *channel,
                       GError           **error)
{
  Target target;
  gboolean added;

  g_return_val_if_fail (message_id != NULL && result != NULL, FALSE);

  if (!append_receipt (db, message_id, status, at, error_code, backend_id, now, error))
    return FALSE;
  added = ruf_db_get_changes (db) > 0;
  if (!find_target (db, message_id, &target, error))
    return FALSE;

  if (point_id != NULL)
    *point_id = target.point_id;
  if (channel != NULL && target.id != 0)
    *channel = target.channel;

  *result = !added                                               ? RUF_RECEIPT_DUPLICATE
            : target.id == 0                                     ? RUF_RECEIPT_UNKNOWN
            : ruf_message_status_can_advance (target.status, status) ? RUF_RECEIPT_APPLIED
                                                                 : RUF_RECEIPT_STALE;
  return *result != RUF_RECEIPT_APPLIED ||
         advance_row (db, target.id, status, error_code, now, error);
}

/**
 * ruf_receipts_replay:
 * @db: a writing connection, in a transaction
 * @row_id: an outbox row that has just got its message id
 * @now: UTC µs
 * @error: return location
 *
 * Moves the row by the receipts that came before it.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_receipts_replay (RufDb   *db,
                     gint64   row_id,
                     gint64   now,
                     GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT o.status, x.status, x.error_code FROM outbox o JOIN runs r ON r.id = o.run_id "
    "JOIN receipts x ON x.message_id = " RUF_OUTBOX_MESSAGE_ID " WHERE o.id = ?1 "
    "ORDER BY x.at, x.id",
    row_id, error);
  GError *local = NULL;
  RufMessageStatus status = RUF_MESSAGE_QUEUED, next;
  g_autofree char *error_code = NULL;
  gboolean moved = FALSE;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    {
      if (!moved)
        ruf_message_status_from_string (ruf_stmt_get_text (stmt, 0), &status);
      if (!ruf_message_status_from_string (ruf_stmt_get_text (stmt, 1), &next) ||
          !ruf_message_status_can_advance (status, next))
        continue;

      status = next;
      moved = TRUE;
      g_free (error_code);
      error_code = g_strdup (ruf_stmt_get_text (stmt, 2));
    }
  return ruf_step_ended (local, error) &&
         (!moved || advance_row (db, row_id, status, error_code, now, error));
}

/**
 * ruf_failure_free:
 * @self: (nullable): a failure
 *
 * Frees a failure.
 */
void
ruf_failure_free (RufFailure *self)
{
  if (self == NULL)
    return;

  g_free (self->error_code);
  g_free (self);
}

/**
 * ruf_receipt_table_list_failures:
 * @db: a connection
 * @message_id: the message's name at the backend
 * @error: return location
 *
 * Lists the failures that were reported for a message, so that one that says "this person
 * stopped us" can be heeded even where it came before the message.
 *
 * Returns: (transfer full) (element-type RufFailure): failures with a code, oldest first
 */
GPtrArray *
ruf_receipt_table_list_failures (RufDb       *db,
                                 const char  *message_id,
                                 GError     **error)
{
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_failure_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT error_code, at FROM receipts "
    "WHERE message_id = ?1 AND status = 'failed' AND error_code <> '' ORDER BY at", error);
  GError *local = NULL;

  g_return_val_if_fail (message_id != NULL, NULL);

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 1, message_id);
  while (ruf_stmt_step (stmt, &local))
    {
      RufFailure *failure = g_new0 (RufFailure, 1);

      failure->error_code = g_strdup (ruf_stmt_get_text (stmt, 0));
      failure->at = ruf_stmt_get_int (stmt, 1);
      g_ptr_array_add (failures, failure);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&failures) : NULL;
}

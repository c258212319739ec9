/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Replies of people, each once by its message id, and whether somebody has looked at them.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-keyword.h"
#include "ruf-outbox-table.h"
#include "ruf-step.h"

/**
 * ruf_reply_record_free:
 * @self: (transfer full): a reply
 */
void
ruf_reply_record_free (RufReplyRecord *self)
{
  g_free (self->address);
  g_free (self->name);
  g_free (self->channel);
  g_free (self->text);
  g_free (self);
}

/**
 * ruf_reply_table_add:
 * @db: a writing connection, in a transaction
 * @message_id: the reply's own name at the platform
 * @point_id: who wrote
 * @channel: by which channel
 * @at: when, UTC µs
 * @text: what, may be ""
 * @kind: a #RufReplyKind
 * @added: (out): room for whether it is new
 * @id: (out) (optional): room for its id, where it is new
 * @error: return location
 *
 * Keeps a reply. Only those that a person has to look at start out as not handled.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_reply_table_add (RufDb       *db,
                     const char  *message_id,
                     gint64       point_id,
                     RufChannel   channel,
                     gint64       at,
                     const char  *text,
                     int          kind,
                     gboolean    *added,
                     gint64      *id,
                     GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "INSERT OR IGNORE INTO replies (message_id, point_id, channel, at, text, kind, handled) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", error);

  g_return_val_if_fail (message_id != NULL && text != NULL && added != NULL, FALSE);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, message_id);
  ruf_stmt_bind_int (stmt, 2, point_id);
  ruf_stmt_bind_text (stmt, 3, ruf_channel_to_string (channel));
  ruf_stmt_bind_int (stmt, 4, at);
  ruf_stmt_bind_text (stmt, 5, text);
  ruf_stmt_bind_text (stmt, 6, ruf_reply_kind_to_string (kind));
  ruf_stmt_bind_int (stmt, 7, kind != RUF_REPLY_REVIEW);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;

  *added = ruf_db_get_changes (db) > 0;
  if (*added && id != NULL)
    *id = ruf_db_get_last_id (db);
  return TRUE;
}

static RufReplyRecord *
read_reply (RufStmt *stmt)
{
  RufReplyRecord *reply = g_new0 (RufReplyRecord, 1);
  RufReplyKind kind = RUF_REPLY_OTHER;

  reply->id = ruf_stmt_get_int (stmt, 0);
  reply->point_id = ruf_stmt_get_int (stmt, 1);
  reply->address = g_strdup (ruf_stmt_get_text (stmt, 2));
  reply->name = g_strdup (ruf_stmt_get_text (stmt, 3));
  reply->channel = g_strdup (ruf_stmt_get_text (stmt, 4));
  reply->text = g_strdup (ruf_stmt_get_text (stmt, 5));
  reply->at = ruf_stmt_get_int (stmt, 6);
  ruf_reply_kind_from_string (ruf_stmt_get_text (stmt, 7), &kind);
  reply->kind = kind;
  reply->handled = ruf_stmt_get_int (stmt, 8) != 0;
  return reply;
}

#define SELECT_REPLIES \
  "SELECT y.id, y.point_id, c.address, p.name, y.channel, y.text, y.at, y.kind, y.handled " \
  "FROM replies y JOIN contact_points c ON c.id = y.point_id " \
  "LEFT JOIN people p ON p.id = c.person_id "

/**
 * ruf_reply_table_get:
 * @db: a connection
 * @id: a reply
 * @error: return location
 *
 * Errors: NOT_FOUND.
 *
 * Returns: (transfer full): the reply
 */
RufReplyRecord *
ruf_reply_table_get (RufDb   *db,
                     gint64   id,
                     GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_REPLIES "WHERE y.id = ?1", id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;
  if (ruf_stmt_step (stmt, &local))
    return read_reply (stmt);
  if (ruf_step_ended (local, error))
    g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                 _("There is no answer %lld. See which there are with “rundruf-cli replies list”."),
                 (long long) id);
  return NULL;
}

/**
 * ruf_reply_table_list:
 * @db: a connection
 * @only_to_review: only what a person has to look at
 * @person_id: only what this person wrote, 0 = everybody
 * @error: return location
 *
 * Returns: (transfer container) (element-type RufReplyRecord) (nullable): the newest first
 */
GPtrArray *
ruf_reply_table_list (RufDb     *db,
                      gboolean   only_to_review,
                      gint64     person_id,
                      GError   **error)
{
  g_autoptr (GPtrArray) replies =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_reply_record_free);
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    SELECT_REPLIES "WHERE (?1 IS NULL OR c.person_id = ?1) AND (?2 = 0 OR y.handled = 0) "
    "ORDER BY y.at DESC, y.id DESC", person_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_int (stmt, 2, only_to_review);
  while (ruf_stmt_step (stmt, &local))
    g_ptr_array_add (replies, read_reply (stmt));
  return ruf_step_ended (local, error) ? g_steal_pointer (&replies) : NULL;
}

/**
 * ruf_reply_table_set_handled:
 * @db: a writing connection
 * @id: a reply
 * @handled: whether somebody has looked at it
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean
ruf_reply_table_set_handled (RufDb     *db,
                             gint64     id,
                             gboolean   handled,
                             GError   **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE replies SET handled = ?2 WHERE id = ?1", id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, handled != FALSE);
  return ruf_stmt_run (stmt, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Messages keep every version of their text: a run shows for ever what it said, however
 * often the message was changed since.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-error.h"
#include "ruf-step.h"
#include "ruf-template.h"

#define MESSAGE_COLUMNS \
  "SELECT m.id, v.id, v.version, m.name, v.channel, v.body, v.created_at " \
  "FROM messages m JOIN message_versions v ON v.message_id = m.id "
#define NEWEST \
  "v.version = (SELECT max (w.version) FROM message_versions w WHERE w.message_id = m.id) "

/**
 * ruf_message_free:
 * @self: (transfer full): a message
 */
void
ruf_message_free (RufMessage *self)
{
  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

static RufMessage *
read_message (RufStmt *stmt)
{
  RufMessage *message = g_new0 (RufMessage, 1);

  message->id = ruf_stmt_get_int (stmt, 0);
  message->version_id = ruf_stmt_get_int (stmt, 1);
  message->version = ruf_stmt_get_int (stmt, 2);
  message->name = g_strdup (ruf_stmt_get_text (stmt, 3));
  ruf_channel_from_string (ruf_stmt_get_text (stmt, 4), &message->channel);
  message->body = g_strdup (ruf_stmt_get_text (stmt, 5));
  message->changed_at = ruf_stmt_get_int (stmt, 6);
  return message;
}

/* NULL without an error: there is none. */
static gboolean
try_get (RufDb       *db,
         const char  *name,
         RufMessage **message,
         GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    MESSAGE_COLUMNS "WHERE m.name = ?1 AND m.removed = 0 AND " NEWEST, error);
  GError *local = NULL;

  *message = NULL;
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, name);
  if (ruf_stmt_step (stmt, &local))
    *message = read_message (stmt);
  return ruf_step_ended (local, error);
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  if (*stripped != '\0')
    return TRUE;

  g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                       _("The message has no name. Give it one by which you will find it again."));
  return FALSE;
}

static gboolean
check_body (const char  *name,
            const char  *body,
            GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (body));

  if (*stripped != '\0')
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("The message “%s” has no text. Write one and save it again."), name);
  return FALSE;
}

/* The row of @name, brought back where it had been removed. */
static gboolean
ensure_message (RufDb       *db,
                const char  *name,
                GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "INSERT INTO messages (name) VALUES (?1) ON CONFLICT (name) DO UPDATE SET removed = 0", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, name);
  return ruf_stmt_run (stmt, error);
}

static gboolean
add_version (RufDb       *db,
             const char  *name,
             RufChannel   channel,
             const char  *body,
             gint64       now,
             GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "INSERT INTO message_versions (message_id, version, channel, body, created_at) "
    "SELECT m.id, 1 + coalesce ((SELECT max (w.version) FROM message_versions w"
    " WHERE w.message_id = m.id), 0), ?2, ?3, ?4 FROM messages m WHERE m.name = ?1", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, name);
  ruf_stmt_bind_text (stmt, 2, ruf_channel_to_string (channel));
  ruf_stmt_bind_text (stmt, 3, body);
  ruf_stmt_bind_int (stmt, 4, now);
  return ruf_stmt_run (stmt, error);
}

/* FALSE in @done where a run shows the version. */
static gboolean
write_over (RufDb             *db,
            const RufMessage  *newest,
            RufChannel         channel,
            const char        *body,
            gint64             now,
            gboolean          *done,
            GError           **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE message_versions SET channel = ?2, body = ?3, created_at = ?4 WHERE id = ?1 AND"
    " NOT EXISTS (SELECT 1 FROM runs WHERE message_version_id = ?1)", newest->version_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, ruf_channel_to_string (channel));
  ruf_stmt_bind_text (stmt, 3, body);
  ruf_stmt_bind_int (stmt, 4, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;

  *done = ruf_db_get_changes (db) > 0;
  return TRUE;
}

/* @over: whether a version that no run has used is written over. */
static gboolean
store (RufDb       *db,
       const char  *name,
       RufChannel   channel,
       const char  *body,
       gint64       now,
       gboolean     over,
       RufMessage **message,
       GError     **error)
{
  g_autoptr (RufMessage) newest = NULL;
  gboolean done = FALSE;

  if (!ensure_message (db, name, error) || !try_get (db, name, &newest, error))
    return FALSE;

  if (newest == NULL || newest->channel != channel || strcmp (newest->body, body) != 0)
    {
      if ((over && newest != NULL &&
           !write_over (db, newest, channel, body, now, &done, error)) ||
          (!done && !add_version (db, name, channel, body, now, error)))
        return FALSE;

      g_clear_pointer (&newest, ruf_message_free);
      if (!try_get (db, name, &newest, error))
        return FALSE;
    }

  if (message != NULL)
    *message = g_steal_pointer (&newest);
  return TRUE;
}

/**
 * ruf_message_table_save:
 * @db: a writing connection, in a transaction
 * @name: by which people find it
 * @channel: the channel it is written for
 * @body: the text, with placeholders
 * @now: UTC µs
 * @message: (out) (optional): room for the newest version
 * @error: return location
 *
 * Saves a message: a new version where channel or text changed, the same one otherwise.
 *
 * Errors: INVALID for an empty name, an empty text, or placeholders that are not closed.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_message_table_save (RufDb       *db,
                        const char  *name,
                        RufChannel   channel,
                        const char  *body,
                        gint64       now,
                        RufMessage **message,
                        GError     **error)
{
  g_autoptr (RufTemplate) template = NULL;

  g_return_val_if_fail (name != NULL && body != NULL, FALSE);

  if (!check_name (name, error) || !check_body (name, body, error))
    return FALSE;

  template = ruf_template_parse (body, error);
  return template != NULL && store (db, name, channel, body, now, FALSE, message, error);
}

/**
 * ruf_message_table_keep:
 * @db: a writing connection, in a transaction
 * @name: by which people find it
 * @channel: the channel it is written for
 * @body: the text as far as it is written
 * @now: UTC µs
 * @message: (out) (optional): room for the newest version
 * @error: return location
 *
 * Saves a message while somebody writes it: its placeholders need not be closed yet, and a
 * version that no run has used is written over, so that typing leaves no trail.
 *
 * Errors: INVALID for an empty name or an empty text.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_message_table_keep (RufDb       *db,
                        const char  *name,
                        RufChannel   channel,
                        const char  *body,
                        gint64       now,
                        RufMessage **message,
                        GError     **error)
{
  g_return_val_if_fail (name != NULL && body != NULL, FALSE);

  return check_name (name, error) && check_body (name, body, error) &&
         store (db, name, channel, body, now, TRUE, message, error);
}

/**
 * ruf_message_table_get:
 * @db: a connection
 * @name: the message's name
 * @error: return location; NOT_FOUND where there is none
 *
 * Returns: (transfer full) (nullable): its newest version
 */
RufMessage *
ruf_message_table_get (RufDb       *db,
                       const char  *name,
                       GError     **error)
{
  RufMessage *message;

  if (try_get (db, name, &message, error) && message == NULL)
    g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                 _("There is no message “%s”. Save it first."), name);
  return message;
}

/**
 * ruf_message_table_get_version:
 * @db: a connection
 * @version_id: as in a run
 * @error: return location; NOT_FOUND where there is none
 *
 * Returns: (transfer full) (nullable): that version, also of a message that was removed
 */
RufMessage *
ruf_message_table_get_version (RufDb   *db,
                               gint64   version_id,
                               GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, MESSAGE_COLUMNS "WHERE v.id = ?1",
                                                  version_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;
  if (ruf_stmt_step (stmt, &local))
    return read_message (stmt);

  if (ruf_step_ended (local, error))
    g_set_error_literal (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                         _("The text of this run is not stored here."));
  return NULL;
}

/**
 * ruf_message_table_list:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer container) (element-type RufMessage) (nullable): every message in its
 *   newest version, the latest change first
 */
GPtrArray *
ruf_message_table_list (RufDb   *db,
                        GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_message_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    MESSAGE_COLUMNS "WHERE m.removed = 0 AND " NEWEST "ORDER BY v.created_at DESC, v.id DESC",
    error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    g_ptr_array_add (list, read_message (stmt));
  return ruf_step_ended (local, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * ruf_message_table_remove:
 * @db: a writing connection
 * @id: a message
 * @error: return location
 *
 * Takes it off the list. Its versions stay for the runs that used them.
 *
 * Returns: whether that is stored
 */
gboolean
ruf_message_table_remove (RufDb   *db,
                          gint64   id,
                          GError **error)
{
  return ruf_step_run_id (db, "UPDATE messages SET removed = 1 WHERE id = ?1", id, error);
}

/**
 * ruf_message_table_restore:
 * @db: a writing connection
 * @id: a message that was removed
 * @error: return location
 *
 * Undoes ruf_message_table_remove().
 *
 * Returns: whether that is stored
 */
gboolean
ruf_message_table_restore (RufDb   *db,
                           gint64   id,
                           GError **error)
{
  return ruf_step_run_id (db, "UPDATE messages SET removed = 0 WHERE id = ?1", id, error);
}

/**
 * ruf_message_table_rename:
 * @db: a writing connection
 * @id: a message
 * @name: its new name
 * @error: return location
 *
 * Errors: EXISTS where another message has that name, removed ones included.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_message_table_rename (RufDb       *db,
                          gint64       id,
                          const char  *name,
                          GError     **error)
{
  g_autoptr (RufStmt) stmt = NULL;
  g_autoptr (GError) local = NULL;

  if (!check_name (name, error))
    return FALSE;
  stmt = ruf_step_prepare_id (db, "UPDATE messages SET name = ?2 WHERE id = ?1", id, error);
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, name);
  if (ruf_stmt_run (stmt, &local))
    return TRUE;

  if (g_error_matches (local, RUF_ERROR, RUF_ERROR_EXISTS))
    g_set_error (error, RUF_ERROR, RUF_ERROR_EXISTS,
                 _("There is a message “%s” already. Choose another name."), name);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Backends by name, with their settings as a JSON object of strings and the cursor up to
 * which their receipts were taken. Secrets are never here.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-error.h"
#include "ruf-step.h"

/**
 * ruf_backend_record_free:
 * @self: (transfer full): a backend's record
 */
void
ruf_backend_record_free (RufBackendRecord *self)
{
  g_free (self->name);
  g_free (self->type);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_free (self);
}

static gboolean
read_settings (RufDb             *db,
               RufBackendRecord  *record,
               GError           **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT s.key, s.value FROM backends b, json_each (b.settings) s WHERE b.id = ?1",
    record->id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    g_hash_table_insert (record->settings, g_strdup (ruf_stmt_get_text (stmt, 0)),
                         g_strdup (ruf_stmt_get_text (stmt, 1)));
  return ruf_step_ended (local, error);
}

static RufBackendRecord *
read_backend (RufDb    *db,
              RufStmt  *stmt,
              GError  **error)
{
  g_autoptr (RufBackendRecord) record = g_new0 (RufBackendRecord, 1);

  record->id = ruf_stmt_get_int (stmt, 0);
  record->name = g_strdup (ruf_stmt_get_text (stmt, 1));
  record->type = g_strdup (ruf_stmt_get_text (stmt, 2));
  record->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return read_settings (db, record, error) ? g_steal_pointer (&record) : NULL;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (a, b);
}

/* Appends "key":"value" as SQLite quotes JSON. */
static gboolean
append_pair (RufStmt     *quote,
             const char  *key,
             const char  *value,
             GString     *object,
             GError     **error)
{
  GError *local = NULL;

  ruf_stmt_bind_text (quote, 1, key);
  ruf_stmt_bind_text (quote, 2, value);
  if (ruf_stmt_step (quote, &local))
    g_string_append_printf (object, "%s%s", object->len > 1 ? "," : "",
                            ruf_stmt_get_text (quote, 0));
  ruf_stmt_reset (quote);
  return ruf_step_ended (local, error);
}

/* Keys in order, so that the same settings are the same text. */
static char *
dup_settings_json (RufDb       *db,
                   GHashTable  *settings,
                   GError     **error)
{
  g_autoptr (GString) object = g_string_new ("{");
  g_autoptr (RufStmt) quote = ruf_db_prepare (db,
    "SELECT json_quote (?1) || ':' || json_quote (?2)", error);
  g_autoptr (GList) keys = settings ? g_hash_table_get_keys (settings) : NULL;

  if (quote == NULL)
    return NULL;

  keys = g_list_sort (keys, compare_keys);
  for (GList *l = keys; l != NULL; l = l->next)
    if (!append_pair (quote, l->data, g_hash_table_lookup (settings, l->data), object, error))
      return NULL;
  g_string_append_c (object, '}');
  return g_string_free (g_steal_pointer (&object), FALSE);
}

/**
 * ruf_backend_table_save:
 * @db: a writing connection, in a transaction
 * @name: by which people choose it
 * @type: as in ruf_backend_get_types()
 * @settings: (nullable) (element-type utf8 utf8): its settings; no secrets
 * @id: (out) (optional): room for its id
 * @error: return location
 *
 * Adds a backend or replaces the settings of the one of that name. Its cursor stays, unless
 * its type or settings are others now: then it may be another server.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_backend_table_save (RufDb       *db,
                        const char  *name,
                        const char  *type,
                        GHashTable  *settings,
                        gint64      *id,
                        GError     **error)
{
  g_autofree char *json = NULL;
  g_autoptr (RufStmt) stmt = NULL;
  GError *local = NULL;

  g_return_val_if_fail (name != NULL && type != NULL, FALSE);

  if (*name == '\0')
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           _("The backend has no name. Give it one."));
      return FALSE;
    }

  json = dup_settings_json (db, settings, error);
  stmt = json == NULL ? NULL : ruf_db_prepare (db,
    "INSERT INTO backends (name, type, settings) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (name) DO UPDATE SET type = excluded.type, settings = excluded.settings,"
    " cursor = iif (type = excluded.type AND settings = excluded.settings, cursor, '') "
    "RETURNING id", error);
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, name);
  ruf_stmt_bind_text (stmt, 2, type);
  ruf_stmt_bind_text (stmt, 3, json);
  if (ruf_stmt_step (stmt, &local) && id != NULL)
    *id = ruf_stmt_get_int (stmt, 0);
  return ruf_step_ended (local, error);
}

/**
 * ruf_backend_table_get:
 * @db: a connection
 * @name: a backend's name
 * @error: return location; NOT_FOUND where there is none
 *
 * Returns: (transfer full) (nullable): its record
 */
RufBackendRecord *
ruf_backend_table_get (RufDb       *db,
                       const char  *name,
                       GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT id, name, type FROM backends WHERE name = ?1", error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 1, name);
  if (ruf_stmt_step (stmt, &local))
    return read_backend (db, stmt, error);

  if (ruf_step_ended (local, error))
    g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                 _("There is no backend “%s”. Add it first."), name);
  return NULL;
}

/**
 * ruf_backend_table_list:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer container) (element-type RufBackendRecord) (nullable): all, by name
 */
GPtrArray *
ruf_backend_table_list (RufDb   *db,
                        GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_backend_record_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT id, name, type FROM backends ORDER BY name", error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      RufBackendRecord *record = read_backend (db, stmt, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (list, record);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * ruf_backend_table_get_cursor:
 * @db: a connection
 * @id: a backend
 * @error: return location
 *
 * Returns: (transfer full) (nullable): up to where its receipts were taken; "" at first
 */
char *
ruf_backend_table_get_cursor (RufDb   *db,
                              gint64   id,
                              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, "SELECT cursor FROM backends WHERE id = ?1",
                                                  id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;
  if (ruf_stmt_step (stmt, &local))
    return g_strdup (ruf_stmt_get_text (stmt, 0));

  if (ruf_step_ended (local, error))
    g_set_error_literal (error, RUF_ERROR, RUF_ERROR_NOT_FOUND, _("This backend was removed."));
  return NULL;
}

/**
 * ruf_backend_table_set_cursor:
 * @db: a writing connection, in the transaction that stores the receipts before @cursor
 * @id: a backend
 * @cursor: as the backend gave it
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean
ruf_backend_table_set_cursor (RufDb       *db,
                              gint64       id,
                              const char  *cursor,
                              GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE backends SET cursor = ?2 WHERE id = ?1", id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, cursor);
  return ruf_stmt_run (stmt, error);
}

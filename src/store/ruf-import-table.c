/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What each import did, and the settings of the database.
 */

#include "config.h"

#include "ruf-import-table.h"

#include "ruf-change-table.h"

#define SELECT_IMPORTS \
  "SELECT id, file_name, sha256, format, encoding, origin, started_at, finished_at," \
  " rows, people, n_new, n_updated, n_unchanged, n_duplicates, n_consents, n_rejected," \
  " (SELECT undone_at FROM steps WHERE import_id = imports.id) " \
  "FROM imports ORDER BY id DESC"

static RufImportRecord *
read_record (RufStmt *stmt)
{
  RufImportRecord *self = g_new0 (RufImportRecord, 1);

  self->id = ruf_stmt_get_int (stmt, 0);
  self->file_name = g_strdup (ruf_stmt_get_text (stmt, 1));
  self->sha256 = g_strdup (ruf_stmt_get_text (stmt, 2));
  self->format = g_strdup (ruf_stmt_get_text (stmt, 3));
  self->encoding = g_strdup (ruf_stmt_get_text (stmt, 4));
  self->origin = g_strdup (ruf_stmt_get_text (stmt, 5));
  self->started_at = ruf_stmt_get_int (stmt, 6);
  self->finished_at = ruf_stmt_get_int (stmt, 7);
  self->rows = ruf_stmt_get_int (stmt, 8);
  self->people = ruf_stmt_get_int (stmt, 9);
  self->n_new = ruf_stmt_get_int (stmt, 10);
  self->n_updated = ruf_stmt_get_int (stmt, 11);
  self->n_unchanged = ruf_stmt_get_int (stmt, 12);
  self->n_duplicates = ruf_stmt_get_int (stmt, 13);
  self->n_consents = ruf_stmt_get_int (stmt, 14);
  self->n_rejected = ruf_stmt_get_int (stmt, 15);
  self->undone_at = ruf_stmt_get_int (stmt, 16);
  return self;
}

/**
 * ruf_import_record_free:
 * @self: (transfer full): a record
 *
 * Frees it with its strings.
 */
void
ruf_import_record_free (RufImportRecord *self)
{
  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self->format);
  g_free (self->encoding);
  g_free (self->origin);
  g_free (self);
}

/**
 * ruf_import_table_begin:
 * @db: a connection in a transaction
 * @record: the import's file, and when it started
 * @id: (out): room for its id
 * @error: return location
 *
 * Records that an import begins, and the step that can be taken back. Until
 * ruf_import_table_finish() it counts as cut off.
 *
 * Returns: whether it is recorded
 */
gboolean
ruf_import_table_begin (RufDb                  *db,
                        const RufImportRecord  *record,
                        gint64                 *id,
                        GError                **error)
{
  gint64 step_id;
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db,
                    "INSERT INTO imports (file_name, sha256, format, encoding, origin, started_at) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, record->file_name);
  ruf_stmt_bind_text (stmt, 2, record->sha256);
  ruf_stmt_bind_text (stmt, 3, record->format);
  ruf_stmt_bind_text (stmt, 4, record->encoding);
  ruf_stmt_bind_text (stmt, 5, record->origin);
  ruf_stmt_bind_int (stmt, 6, record->started_at);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;

  *id = ruf_db_get_last_id (db);
  return ruf_change_table_begin (db, RUF_STEP_IMPORT, record->file_name, *id, record->started_at,
                                 &step_id, error);
}

/**
 * ruf_import_table_finish:
 * @db: a connection in a transaction
 * @record: the import by its id, with finished_at and all counts
 * @error: return location
 *
 * Records what an import did.
 *
 * Returns: whether it is recorded
 */
gboolean
ruf_import_table_finish (RufDb                  *db,
                         const RufImportRecord  *record,
                         GError                **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db,
                    "UPDATE imports SET finished_at = ?2, rows = ?3, people = ?4, n_new = ?5,"
                    " n_updated = ?6, n_unchanged = ?7, n_duplicates = ?8, n_consents = ?9,"
                    " n_rejected = ?10 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 1, record->id);
  ruf_stmt_bind_int (stmt, 2, record->finished_at);
  ruf_stmt_bind_int (stmt, 3, record->rows);
  ruf_stmt_bind_int (stmt, 4, record->people);
  ruf_stmt_bind_int (stmt, 5, record->n_new);
  ruf_stmt_bind_int (stmt, 6, record->n_updated);
  ruf_stmt_bind_int (stmt, 7, record->n_unchanged);
  ruf_stmt_bind_int (stmt, 8, record->n_duplicates);
  ruf_stmt_bind_int (stmt, 9, record->n_consents);
  ruf_stmt_bind_int (stmt, 10, record->n_rejected);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_import_table_list:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (element-type RufImportRecord): all imports, newest first
 */
GPtrArray *
ruf_import_table_list (RufDb   *db,
                       GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_import_record_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, SELECT_IMPORTS, error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local_error))
    g_ptr_array_add (list, read_record (stmt));
  if (local_error == NULL)
    return g_steal_pointer (&list);

  g_propagate_error (error, local_error);
  return NULL;
}

/**
 * ruf_setting_get:
 * @db: a connection
 * @key: name of the setting
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its value; %NULL without @error where it is not set
 */
char *
ruf_setting_get (RufDb       *db,
                 const char  *key,
                 GError     **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "SELECT value FROM settings WHERE key = ?1", error);

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 1, key);
  return ruf_stmt_step (stmt, error) ? g_strdup (ruf_stmt_get_text (stmt, 0)) : NULL;
}

/**
 * ruf_setting_set:
 * @db: a connection in a transaction
 * @key: name of the setting
 * @value: (nullable): its value, or %NULL to forget it
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean
ruf_setting_set (RufDb       *db,
                 const char  *key,
                 const char  *value,
                 GError     **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db,
                    value != NULL ? "INSERT OR REPLACE INTO settings VALUES (?1, ?2)"
                                  : "DELETE FROM settings WHERE key = ?1", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, key);
  if (value != NULL)
    ruf_stmt_bind_text (stmt, 2, value);
  return ruf_stmt_run (stmt, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * RufStmt is one prepared statement of a connection: bound, stepped through, given back.
 */

#include "config.h"

#include <string.h>

#include "ruf-db-private.h"

/* Searches and segments make their own text; beyond this many nothing more is kept. */
#define MAX_CACHED_STATEMENTS 256

struct _RufStmt
{
  RufDb        *db;
  sqlite3_stmt *handle;
  gboolean      cached;
  gboolean      busy;
};

/* For the connection's cache alone; everybody else releases. */
void
ruf_stmt_free (gpointer data)
{
  RufStmt *stmt = data;

  sqlite3_finalize (stmt->handle);
  g_free (stmt);
}

static RufStmt *
compile (RufDb       *self,
         const char  *sql,
         GError     **error)
{
  sqlite3_stmt *handle = NULL;
  int code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  RufStmt *stmt;

  if (code != SQLITE_OK)
    {
      ruf_db_set_error (self, code, error);
      return NULL;
    }

  stmt = g_new0 (RufStmt, 1);
  stmt->db = self;
  stmt->handle = handle;
  return stmt;
}

/* Hashing long texts took a tenth of a large import; the same constant mostly comes again from
 * the same place. The text decides all the same: other callers build theirs. */
static RufStmt *
find_cached (RufDb      *self,
             const char *sql)
{
  RufStmt **place = &self->shelf[GPOINTER_TO_SIZE (sql) / 8 % RUF_DB_SHELF_SIZE];

  if (*place == NULL || strcmp (sqlite3_sql ((*place)->handle), sql) != 0)
    *place = g_hash_table_lookup (self->statements, sql);
  return *place;
}

/**
 * ruf_db_prepare:
 * @self: a connection
 * @sql: one statement, made of constants
 * @error: return location
 *
 * Gives a statement ready to be bound, from the connection's cache where it is there and free.
 * Never put a value into @sql: bind it.
 *
 * Returns: (transfer full): the statement; give it back with ruf_stmt_release()
 */
RufStmt *
ruf_db_prepare (RufDb       *self,
                const char  *sql,
                GError     **error)
{
  RufStmt *stmt = find_cached (self, sql);

  if (stmt == NULL || stmt->busy)
    {
      gboolean cached = stmt == NULL &&
                        g_hash_table_size (self->statements) < MAX_CACHED_STATEMENTS;

      stmt = compile (self, sql, error);
      if (stmt == NULL)
        return NULL;
      stmt->cached = cached;
      if (cached)
        g_hash_table_insert (self->statements, g_strdup (sql), stmt);
    }

  stmt->busy = TRUE;
  return stmt;
}

/**
 * ruf_stmt_release:
 * @self: (transfer full): a statement
 *
 * Gives it back to its connection, reset and without bindings.
 */
void
ruf_stmt_release (RufStmt *self)
{
  if (!self->cached)
    {
      ruf_stmt_free (self);
      return;
    }

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->busy = FALSE;
}

/**
 * ruf_stmt_bind_int:
 * @self: a statement
 * @index: which parameter, from 1
 * @value: a number
 */
void
ruf_stmt_bind_int (RufStmt *self,
                   int      index,
                   gint64   value)
{
  int code = sqlite3_bind_int64 (self->handle, index, value);

  g_return_if_fail (code == SQLITE_OK);
}

/**
 * ruf_stmt_bind_id:
 * @self: a statement
 * @index: which parameter, from 1
 * @value: an id, or 0 for NULL
 */
void
ruf_stmt_bind_id (RufStmt *self,
                  int      index,
                  gint64   value)
{
  int code = value != 0 ? sqlite3_bind_int64 (self->handle, index, value)
                        : sqlite3_bind_null (self->handle, index);

  g_return_if_fail (code == SQLITE_OK);
}

/**
 * ruf_stmt_bind_text:
 * @self: a statement
 * @index: which parameter, from 1
 * @value: (nullable): UTF-8 that lives until the next reset, or %NULL for NULL
 */
void
ruf_stmt_bind_text (RufStmt    *self,
                    int         index,
                    const char *value)
{
  int code = sqlite3_bind_text (self->handle, index, value, -1, SQLITE_STATIC);

  g_return_if_fail (code == SQLITE_OK);
}

/**
 * ruf_stmt_bind_blob:
 * @self: a statement
 * @index: which parameter, from 1
 * @data: bytes that live until the next reset
 * @size: how many
 */
void
ruf_stmt_bind_blob (RufStmt       *self,
                    int            index,
                    gconstpointer  data,
                    gsize          size)
{
  int code = sqlite3_bind_blob64 (self->handle, index, data, size, SQLITE_STATIC);

  g_return_if_fail (code == SQLITE_OK);
}

/**
 * ruf_stmt_step:
 * @self: a statement
 * @error: return location
 *
 * Goes to the next row.
 *
 * Returns: %TRUE where a row is there; %FALSE at the end, or with @error set
 */
gboolean
ruf_stmt_step (RufStmt  *self,
               GError  **error)
{
  int code = sqlite3_step (self->handle);

  if (code == SQLITE_ROW)
    return TRUE;

  if (code != SQLITE_DONE)
    ruf_db_set_error (self->db, code, error);
  sqlite3_reset (self->handle);
  return FALSE;
}

/**
 * ruf_stmt_run:
 * @self: a statement
 * @error: return location
 *
 * Runs it to the end, whatever rows it gives, and resets it; the bindings stay.
 *
 * Returns: whether it ran to the end
 */
gboolean
ruf_stmt_run (RufStmt  *self,
              GError  **error)
{
  int code;

  do
    code = sqlite3_step (self->handle);
  while (code == SQLITE_ROW);

  if (code != SQLITE_DONE)
    ruf_db_set_error (self->db, code, error);
  sqlite3_reset (self->handle);
  return code == SQLITE_DONE;
}

/**
 * ruf_stmt_reset:
 * @self: a statement
 *
 * Starts over; the bindings stay.
 */
void
ruf_stmt_reset (RufStmt *self)
{
  sqlite3_reset (self->handle);
}

/**
 * ruf_stmt_get_int:
 * @self: a statement on a row
 * @column: which column, from 0
 *
 * Returns: its number, 0 for NULL
 */
gint64
ruf_stmt_get_int (RufStmt *self,
                  int      column)
{
  return sqlite3_column_int64 (self->handle, column);
}

/**
 * ruf_stmt_get_text:
 * @self: a statement on a row
 * @column: which column, from 0
 *
 * Returns: (nullable): its text, borrowed until the next step; %NULL for NULL
 */
const char *
ruf_stmt_get_text (RufStmt *self,
                   int      column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

/**
 * ruf_stmt_get_blob:
 * @self: a statement on a row
 * @column: which column, from 0
 * @size: (out): room for the number of bytes
 *
 * Returns: (nullable): its bytes, borrowed until the next step; %NULL for none
 */
gconstpointer
ruf_stmt_get_blob (RufStmt *self,
                   int      column,
                   gsize   *size)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  *size = sqlite3_column_bytes (self->handle, column);
  return data;
}

/**
 * ruf_stmt_is_null:
 * @self: a statement on a row
 * @column: which column, from 0
 *
 * Returns: whether it is NULL
 */
gboolean
ruf_stmt_is_null (RufStmt *self,
                  int      column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * ruf_db_get_int:
 * @self: a connection
 * @sql: one constant statement without parameters
 * @value: (out): room for the number
 * @error: return location
 *
 * Asks for one number: the first column of the first row, 0 where there is none.
 *
 * Returns: whether it could be asked
 */
gboolean
ruf_db_get_int (RufDb       *self,
                const char  *sql,
                gint64      *value,
                GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (self, sql, error);
  g_autoptr (GError) step_error = NULL;

  if (stmt == NULL)
    return FALSE;

  *value = ruf_stmt_step (stmt, &step_error) ? ruf_stmt_get_int (stmt, 0) : 0;
  if (step_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&step_error));
  return FALSE;
}

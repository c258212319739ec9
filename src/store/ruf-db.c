/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * RufDb is one connection to the database, used by one thread at a time. It is the only
 * place that knows SQLite's result codes: they become RUF_ERROR_* here, in words that
 * name the file and say what to do next.
 */

#include "config.h"

#include "ruf-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "ruf-error.h"
#include "ruf-migrations.h"

/* Searches and segments make their own text; beyond this many nothing more is kept. */
#define MAX_CACHED_STATEMENTS 256
#define APPLICATION_ID 1383427684
#define N_MIGRATIONS 1
#define BUSY_TIMEOUT_MS 10000
#define PROGRESS_STEPS 4000
#define MIGRATION_PATH "/io/github/rundruf/Rundruf/migrations/"

struct _RufDb
{
  sqlite3      *handle;
  char         *path;
  GHashTable   *statements;    /* text of the SQL → RufStmt */
  GCancellable *cancellable;
};

struct _RufStmt
{
  RufDb        *db;
  sqlite3_stmt *handle;
  gboolean      cached;
  gboolean      busy;
};

static const char * const connection_pragmas[] = {
  "PRAGMA foreign_keys = ON",
  "PRAGMA trusted_schema = OFF",
  /* In WAL mode FULL syncs on each commit: what was confirmed survives a power cut. */
  "PRAGMA synchronous = FULL",
  "PRAGMA journal_size_limit = 67108864",
  NULL
};

static const char * const reader_pragmas[] = {
  "PRAGMA query_only = ON",
  "PRAGMA cache_size = -16384",
  NULL
};

static const char * const writer_pragmas[] = {
  /* 20,000 upserts a transaction touch pages all over the indexes. */
  "PRAGMA cache_size = -98304",
  "PRAGMA wal_autocheckpoint = 4000",
  NULL
};

static void
statement_free (gpointer data)
{
  RufStmt *stmt = data;

  sqlite3_finalize (stmt->handle);
  g_free (stmt);
}

static void
set_constraint_error (RufDb   *self,
                      int      code,
                      GError **error)
{
  gboolean exists = code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                    code == SQLITE_CONSTRAINT_ROWID;

  g_set_error (error, RUF_ERROR, exists ? RUF_ERROR_EXISTS : RUF_ERROR_INVALID,
               exists ? _("There is one already (%s).")
                      : _("The database does not accept this (%s)."),
               sqlite3_errmsg (self->handle));
}

static void
set_damaged_error (RufDb       *self,
                   const char  *detail,
                   GError     **error)
{
  g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
               _("The database “%s” is damaged or is no database of Rundruf (%s). "
                 "Put it aside and restore a backup."),
               self->path, detail);
}

/* The one place where SQLite's codes turn into ours. */
static void
set_error (RufDb   *self,
           int      code,
           GError **error)
{
  const char *detail = self->handle ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);

  switch (code & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was cancelled."));
      break;
    case SQLITE_FULL:
      g_set_error (error, RUF_ERROR, RUF_ERROR_FULL,
                   _("There is no room left for the database “%s”. Nothing was changed. "
                     "Free some space on that disk and try again."),
                   self->path);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, RUF_ERROR, RUF_ERROR_BUSY,
                   _("Another program holds the database “%s”. Nothing was changed. "
                     "Wait until it is done and try again."),
                   self->path);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
      set_damaged_error (self, detail, error);
      break;
    case SQLITE_CONSTRAINT:
      set_constraint_error (self, sqlite3_extended_errcode (self->handle), error);
      break;
    default:
      g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                   _("The database “%s” cannot be read or written (%s). "
                     "Check that the file and its folder belong to you and that the disk is well."),
                   self->path, detail);
      break;
    }
}

static int
progress_cb (void *data)
{
  RufDb *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* Waits in growing steps for the other program, but not for somebody who has cancelled. */
static int
busy_cb (void *data,
         int   tries)
{
  RufDb *self = data;
  int pause = MIN (1 + tries, 25);

  if (g_cancellable_is_cancelled (self->cancellable) || tries > BUSY_TIMEOUT_MS / 25)
    return 0;

  g_usleep (pause * G_TIME_SPAN_MILLISECOND);
  return 1;
}

/* The file is created here and not by SQLite, so that nobody else can read it at any moment. */
static gboolean
create_file (RufDb   *self,
             GError **error)
{
  int fd = g_open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int saved_errno = errno;

  if (fd >= 0)
    return g_close (fd, error);
  if (saved_errno == EEXIST)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               _("The database “%s” cannot be created: %s. Choose a folder that belongs to you."),
               self->path, g_strerror (saved_errno));
  return FALSE;
}

static gboolean
check_file (RufDb      *self,
            RufDbMode   mode,
            GError    **error)
{
  GStatBuf info;

  if (g_stat (self->path, &info) != 0)
    {
      if (mode == RUF_DB_WRITER)
        return create_file (self, error);
      g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                   _("There is no database “%s”."), self->path);
      return FALSE;
    }
  if (S_ISREG (info.st_mode))
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               S_ISDIR (info.st_mode)
                 ? _("“%s” is a folder. Name a file in it as the database.")
                 : _("“%s” is not a file. Name a file as the database."),
               self->path);
  return FALSE;
}

static gboolean
open_handle (RufDb   *self,
             GError **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  int code = sqlite3_open_v2 (self->path, &self->handle, flags, NULL);

  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      return FALSE;
    }

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_handler (self->handle, busy_cb, self);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return TRUE;
}

static gboolean
exec_all (RufDb              *self,
          const char * const *pragmas,
          GError            **error)
{
  for (guint i = 0; pragmas[i] != NULL; i++)
    if (!ruf_db_exec (self, pragmas[i], error))
      return FALSE;
  return TRUE;
}

/* One number of one row. */
static gboolean
query_int (RufDb       *self,
           const char  *sql,
           gint64      *value,
           GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (self, sql, error);
  GError *step_error = NULL;

  if (stmt == NULL)
    return FALSE;

  *value = ruf_stmt_step (stmt, &step_error) ? ruf_stmt_get_int (stmt, 0) : 0;
  if (step_error == NULL)
    return TRUE;
  g_propagate_error (error, step_error);
  return FALSE;
}

/* Whose file is this, and how far is it? */
static gboolean
read_version (RufDb   *self,
              gint64  *version,
              GError **error)
{
  gint64 application, tables;

  if (!query_int (self, "PRAGMA user_version", version, error) ||
      !query_int (self, "PRAGMA application_id", &application, error) ||
      !query_int (self, "SELECT count (*) FROM sqlite_schema", &tables, error))
    return FALSE;

  if (application != APPLICATION_ID && (tables > 0 || application != 0))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” is a database of another program. Choose another file."), self->path);
      return FALSE;
    }
  if (*version > N_MIGRATIONS)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("The database “%s” was written by a newer version of Rundruf. "
                     "Install that version to open it."), self->path);
      return FALSE;
    }
  return TRUE;
}

/* One step: the script, and the version that it sets, in one transaction. */
static gboolean
migrate_once (RufDb   *self,
              GError **error)
{
  GResource *resource = ruf_migrations_get_resource ();
  g_autoptr (GBytes) script = NULL;
  g_autofree char *path = NULL;
  gint64 version;

  /* Another process may have migrated while this one waited for the lock. */
  if (!read_version (self, &version, error))
    return FALSE;
  if (version == N_MIGRATIONS)
    return TRUE;

  path = g_strdup_printf (MIGRATION_PATH "%04d.sql", (int) version + 1);
  script = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  return script != NULL && ruf_db_exec (self, g_bytes_get_data (script, NULL), error);
}

static gboolean
migrate (RufDb   *self,
         GError **error)
{
  gint64 version;

  if (!read_version (self, &version, error))
    return FALSE;

  while (version < N_MIGRATIONS)
    {
      if (!ruf_db_exec (self, "BEGIN IMMEDIATE", error))
        return FALSE;
      if (!migrate_once (self, error) || !ruf_db_exec (self, "COMMIT", error))
        {
          ruf_db_exec (self, "ROLLBACK", NULL);
          return FALSE;
        }
      if (!read_version (self, &version, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_up (RufDb      *self,
        RufDbMode   mode,
        GError    **error)
{
  gint64 version;

  if (!check_file (self, mode, error) || !open_handle (self, error) ||
      !exec_all (self, connection_pragmas, error))
    return FALSE;

  if (mode == RUF_DB_READER)
    return exec_all (self, reader_pragmas, error) && read_version (self, &version, error);

  /* First whose file it is, then the journal: a foreign database stays as it was. */
  return read_version (self, &version, error) &&
         ruf_db_exec (self, "PRAGMA journal_mode = WAL", error) &&
         exec_all (self, writer_pragmas, error) &&
         migrate (self, error);
}

/**
 * ruf_db_open:
 * @path: the database file
 * @mode: what the connection is for
 * @error: return location
 *
 * Opens a connection. A writer creates the file where there is none, readable by its owner
 * only from the first moment, and brings an older database up to date, each step in one
 * transaction.
 *
 * Errors: IO for a folder or a file that cannot be opened, DAMAGED for a file that is no
 * database, INVALID for one of another program, REFUSED for one of a newer Rundruf, BUSY,
 * FULL.
 *
 * Returns: (transfer full): the connection
 */
RufDb *
ruf_db_open (const char  *path,
             RufDbMode    mode,
             GError     **error)
{
  g_autoptr (RufDb) self = g_new0 (RufDb, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);
  if (!set_up (self, mode, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * ruf_db_close:
 * @self: (transfer full): a connection
 *
 * Closes it. All of its statements must have been released; an open transaction is rolled back.
 */
void
ruf_db_close (RufDb *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A statement of the database was not released");
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

/**
 * ruf_db_exec:
 * @self: a connection
 * @sql: constant SQL, one statement or several
 * @error: return location
 *
 * Runs @sql and ignores its rows.
 *
 * Returns: whether all of it ran
 */
gboolean
ruf_db_exec (RufDb       *self,
             const char  *sql,
             GError     **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;

  set_error (self, code, error);
  return FALSE;
}

/**
 * ruf_db_get_path:
 * @self: a connection
 *
 * Returns: the file that it was opened on
 */
const char *
ruf_db_get_path (RufDb *self)
{
  return self->path;
}

/**
 * ruf_db_in_transaction:
 * @self: a connection
 *
 * SQLite ends a transaction by itself when the disk is full or a change is cancelled.
 *
 * Returns: whether a transaction is open
 */
gboolean
ruf_db_in_transaction (RufDb *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

/**
 * ruf_db_get_last_id:
 * @self: a connection
 *
 * Returns: the id of the row inserted last by this connection
 */
gint64
ruf_db_get_last_id (RufDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * ruf_db_get_changes:
 * @self: a connection
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE changed
 */
gint64
ruf_db_get_changes (RufDb *self)
{
  return sqlite3_changes64 (self->handle);
}

/**
 * ruf_db_set_cancellable:
 * @self: a connection
 * @cancellable: (nullable): what may end a running statement
 *
 * While a statement runs or waits for another program, @cancellable is polled; the statement
 * then fails with %G_IO_ERROR_CANCELLED.
 */
void
ruf_db_set_cancellable (RufDb        *self,
                        GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS,
                            cancellable ? progress_cb : NULL, self);
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
      set_error (self, code, error);
      return NULL;
    }

  stmt = g_new0 (RufStmt, 1);
  stmt->db = self;
  stmt->handle = handle;
  return stmt;
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
  RufStmt *stmt = g_hash_table_lookup (self->statements, sql);

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
      statement_free (self);
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
    set_error (self->db, code, error);
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
    set_error (self->db, code, error);
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

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * RufDb is one connection to the database, used by one thread at a time. It is the only
 * place that knows SQLite's result codes: they become RUF_ERROR_* here, in words that
 * name the file and say what to do next.
 */

#include "config.h"

#include "ruf-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "ruf-error.h"

#define BUSY_TIMEOUT_MS 10000
#define PROGRESS_STEPS 4000

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
  "PRAGMA cache_size = -32768",
  NULL
};

static const char * const writer_pragmas[] = {
  /* 20,000 upserts a transaction touch pages all over the indexes. */
  "PRAGMA cache_size = -98304",
  "PRAGMA wal_autocheckpoint = 4000",
  NULL
};

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
void
ruf_db_set_error (RufDb   *self,
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
                   _("There is no database “%s”. Check the name."), self->path);
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

/* SQLite keeps account of its memory under a lock that each small allocation takes: a tenth of a
 * large import, for figures that nobody reads. Where another library has started it first, it
 * stays as that library wants it. */
static void
set_up_library (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

static gboolean
open_handle (RufDb   *self,
             GError **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  int code;

  set_up_library ();
  code = sqlite3_open_v2 (self->path, &self->handle, flags, NULL);
  if (code != SQLITE_OK)
    {
      ruf_db_set_error (self, code, error);
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

static gboolean
set_up (RufDb      *self,
        RufDbMode   mode,
        GError    **error)
{
  if (!check_file (self, mode, error) || !open_handle (self, error) ||
      !exec_all (self, connection_pragmas, error))
    return FALSE;

  if (mode == RUF_DB_READER)
    return exec_all (self, reader_pragmas, error) && ruf_db_check_owner (self, error);

  /* First whose file it is, then the journal: a foreign database stays as it was. */
  return ruf_db_check_owner (self, error) &&
         ruf_db_exec (self, "PRAGMA journal_mode = WAL", error) &&
         exec_all (self, writer_pragmas, error) &&
         ruf_db_migrate (self, error);
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
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ruf_stmt_free);
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

  ruf_db_set_error (self, code, error);
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

gint64
ruf_db_get_total_changes (RufDb *self)
{
  return sqlite3_total_changes64 (self->handle);
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

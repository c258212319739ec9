/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Backup and restore: consistent copies while others go on working.
 *
 * A restore never swaps the file under a running program. The backup is copied, migrated and
 * checked beside the database; only then its pages go in, as one transaction of SQLite's, so
 * that every open connection sees either the old or the restored database.
 */

#include "config.h"

#include "ruf-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "ruf-error.h"
#include "ruf-suppression-table.h"

/* An empty file that nobody else can read, for SQLite to fill. */
static gboolean
create_private_file (const char  *path,
                     GError     **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int code = errno;

  if (fd >= 0)
    return g_close (fd, error);

  if (code == EEXIST && g_file_test (path, G_FILE_TEST_IS_DIR))
    code = EISDIR;
  ruf_error_set_unwritable (error, path, code);
  return FALSE;
}

static gboolean
sync_file (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  int saved_errno = errno;

  if (fd >= 0)
    {
      saved_errno = fsync (fd) == 0 ? 0 : errno;
      g_close (fd, NULL);
    }
  if (saved_errno == 0)
    return TRUE;

  ruf_error_set_unwritable (error, path, saved_errno);
  return FALSE;
}

static gboolean
vacuum_into (RufDb       *db,
             const char  *to,
             GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, "VACUUM INTO ?1", error);
  g_autoptr (GError) local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  ruf_stmt_bind_text (stmt, 1, to);
  if (ruf_stmt_run (stmt, &local_error))
    return TRUE;

  /* SQLite knows the source only; it is the copy that found no room. */
  if (g_error_matches (local_error, RUF_ERROR, RUF_ERROR_FULL))
    ruf_error_set_unwritable (error, to, ENOSPC);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The key of the suppression list goes along: without it nobody on it could be recognised. It is
 * written beside and moved into place, so that no half of it is ever seen. */
static gboolean
copy_key (const char  *from_database,
          const char  *to_database,
          GError     **error)
{
  g_autofree char *from = ruf_suppression_key_path (from_database);
  g_autofree char *to = ruf_suppression_key_path (to_database);
  g_autoptr (GError) local = NULL;
  g_autofree char *key = NULL;
  gsize size;

  if (!g_file_get_contents (from, &key, &size, &local))
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                   _("The key “%s” cannot be read: %s. Check that it belongs to you."), from,
                   local->message);
      return FALSE;
    }
  if (g_file_set_contents_full (to, key, size, G_FILE_SET_CONTENTS_CONSISTENT |
                                G_FILE_SET_CONTENTS_DURABLE, 0600, NULL))
    return TRUE;

  ruf_error_set_unwritable (error, to, ENOSPC);
  return FALSE;
}

/**
 * ruf_backup_write:
 * @path: a database, which may be in use
 * @to: the file to be written; must not exist
 * @cancellable: (nullable): what may end it
 * @error: return location
 *
 * Writes a consistent, compact copy that only its owner can read, and beside it the key of its
 * suppression list. What was written is removed again where it fails.
 *
 * Returns: whether the copy is complete and on the disk
 */
gboolean
ruf_backup_write (const char    *path,
                  const char    *to,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (RufDb) db = ruf_db_open (path, RUF_DB_READER, error);

  if (db == NULL || !create_private_file (to, error))
    return FALSE;

  ruf_db_set_cancellable (db, cancellable);
  /* VACUUM INTO counts as a write, though to the other file only. */
  if (ruf_db_exec (db, "PRAGMA query_only = OFF", error) &&
      vacuum_into (db, to, error) && sync_file (to, error) && copy_key (path, to, error))
    return TRUE;

  g_unlink (to);
  return FALSE;
}

static gboolean
check_integrity (RufDb   *db,
                 GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, "PRAGMA integrity_check (1)", error);

  if (stmt == NULL || !ruf_stmt_step (stmt, error))
    return FALSE;
  if (g_strcmp0 (ruf_stmt_get_text (stmt, 0), "ok") == 0)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
               _("The backup “%s” is damaged (%s). Nothing was changed. Try an older backup."),
               ruf_db_get_path (db), ruf_stmt_get_text (stmt, 0));
  return FALSE;
}

/* To SQLite an empty file is a database without tables; to us it is no backup. */
static gboolean
check_holds_something (const char  *backup,
                       GError     **error)
{
  g_autoptr (RufDb) db = ruf_db_open (backup, RUF_DB_READER, error);
  gint64 version;

  if (db == NULL || !ruf_db_get_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > 0)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
               _("“%s” holds no backup of Rundruf. Nothing was changed. Choose another file."),
               backup);
  return FALSE;
}

/* A checked copy of @backup as @to, brought up to date; @backup itself stays as it is. */
static RufDb *
open_checked_copy (const char  *backup,
                   const char  *to,
                   GError     **error)
{
  g_autoptr (RufDb) copy = NULL;

  if (!check_holds_something (backup, error) || !ruf_backup_write (backup, to, NULL, error))
    return NULL;

  copy = ruf_db_open (to, RUF_DB_WRITER, error);
  if (copy == NULL || !check_integrity (copy, error))
    return NULL;
  return g_steal_pointer (&copy);
}

/* Moves a database that cannot be opened any more aside, with its journal. */
static gboolean
put_aside (const char  *path,
           GError     **error)
{
  static const char * const suffixes[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (path, ".damaged", suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          ruf_error_set_unwritable (error, to, errno);
          return FALSE;
        }
    }
  return TRUE;
}

static RufDb *
open_target (const char  *path,
             GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  RufDb *db = ruf_db_open (path, RUF_DB_WRITER, &local_error);

  if (db != NULL)
    return db;
  if (g_error_matches (local_error, RUF_ERROR, RUF_ERROR_DAMAGED))
    return put_aside (path, error) ? ruf_db_open (path, RUF_DB_WRITER, error) : NULL;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* All pages in one step, which SQLite makes one transaction of. */
static gboolean
copy_pages (RufDb   *from,
            RufDb   *to,
            GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->handle, "main", from->handle, "main");
  int code;

  if (backup == NULL)
    {
      ruf_db_set_error (to, sqlite3_errcode (to->handle), error);
      return FALSE;
    }

  sqlite3_backup_step (backup, -1);
  code = sqlite3_backup_finish (backup);
  if (code != SQLITE_OK)
    ruf_db_set_error (to, code, error);
  return code == SQLITE_OK;
}

static void
remove_with_journal (const char *path)
{
  static const char * const suffixes[] = { "", "-wal", "-shm", ".key" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/**
 * ruf_backup_restore:
 * @backup: a backup
 * @path: the database whose contents it replaces; made where it is not there
 * @error: return location
 *
 * Puts a backup back. A database too damaged to be opened is kept as `PATH.damaged`.
 *
 * Errors: DAMAGED and REFUSED about the backup, BUSY while another program writes; the
 * database is then as before.
 *
 * Returns: whether the database now holds what the backup holds
 */
gboolean
ruf_backup_restore (const char  *backup,
                    const char  *path,
                    GError     **error)
{
  g_autofree char *name = g_strconcat (path, ".restore", NULL);
  g_autoptr (RufDb) copy = NULL;
  g_autoptr (RufDb) target = NULL;
  gboolean done;

  /* What a restore that was cut off left behind. */
  remove_with_journal (name);
  copy = open_checked_copy (backup, name, error);
  target = copy != NULL ? open_target (path, error) : NULL;
  done = target != NULL && copy_pages (copy, target, error) && copy_key (backup, path, error);

  g_clear_pointer (&copy, ruf_db_close);
  remove_with_journal (name);
  return done;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Migrations: PRAGMA user_version says how many of migrations/NNNN.sql a database has behind
 * it; each is applied in one transaction and sets that number itself.
 */

#include "config.h"

#include "ruf-db-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ruf-error.h"
#include "ruf-migrations.h"

#define APPLICATION_ID 1383427684
#define N_MIGRATIONS 3
#define MIGRATION_PATH "/io/github/rundruf/Rundruf/migrations/"

/* SQLite takes a file that is cut off within its first page for a new database. */
static gboolean
check_not_cut (RufDb   *self,
               GError **error)
{
  GStatBuf status;
  gint64 pages;

  if (!ruf_db_get_int (self, "PRAGMA page_count", &pages, error))
    return FALSE;
  if (pages > 0 || g_stat (self->path, &status) != 0 || status.st_size == 0)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
               _("“%s” is damaged: most of it is missing. Put a backup back."), self->path);
  return FALSE;
}

/* Whose file is this, and how far is it? */
static gboolean
read_version (RufDb   *self,
              gint64  *version,
              GError **error)
{
  gint64 application, tables;

  if (!check_not_cut (self, error) ||
      !ruf_db_get_int (self, "PRAGMA user_version", version, error) ||
      !ruf_db_get_int (self, "PRAGMA application_id", &application, error) ||
      !ruf_db_get_int (self, "SELECT count (*) FROM sqlite_schema", &tables, error))
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

/* Brings the database up to date, step by step. */
gboolean
ruf_db_migrate (RufDb   *self,
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

/* Refuses the database of another program and one of a newer Rundruf. */
gboolean
ruf_db_check_owner (RufDb   *self,
                    GError **error)
{
  gint64 version;

  return read_version (self, &version, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("ruf-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "rundruf.db", NULL);
}

void
fixture_set_up_db (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture_set_up (fixture, data);
  fixture->db = ruf_db_open (fixture->path, RUF_DB_WRITER, &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&fixture->db, ruf_db_close);
  dir = g_dir_open (fixture->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
  g_free (fixture->path);
}

gint64
fixture_count (RufDb      *db,
               const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  ruf_db_get_int (db, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

void
fixture_raw_exec (const char *path,
                  const char *sql)
{
  sqlite3 *raw = NULL;

  g_assert_cmpint (sqlite3_open (path, &raw), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (raw, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (raw), ==, SQLITE_OK);
}

static int
digest_row_cb (void  *data,
               int    n_columns,
               char **values,
               char **names)
{
  for (int i = 0; i < n_columns; i++)
    {
      g_checksum_update (data, (const guint8 *) (values[i] != NULL ? values[i] : "\1NULL"), -1);
      g_checksum_update (data, (const guint8 *) "", 1);
    }
  return 0;
}

char *
fixture_digest (const char *path)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3 *raw = NULL;
  sqlite3_stmt *tables = NULL;

  g_assert_cmpint (sqlite3_open (path, &raw), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (raw,
                                       "SELECT name, sql FROM sqlite_schema "
                                       "WHERE type = 'table' ORDER BY name",
                                       -1, &tables, NULL), ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY 1, 2",
                                              sqlite3_column_text (tables, 0));

      g_checksum_update (checksum, sqlite3_column_text (tables, 0), -1);
      sqlite3_exec (raw, sql, digest_row_cb, checksum, NULL);
    }
  sqlite3_finalize (tables);
  g_assert_cmpint (sqlite3_close (raw), ==, SQLITE_OK);
  return g_strdup (g_checksum_get_string (checksum));
}

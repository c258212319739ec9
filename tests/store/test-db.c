/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "ruf-check.h"
#include "ruf-error.h"

static void
test_create (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufDb) db = ruf_db_open (fixture->path, RUF_DB_WRITER, &error);
  static const char * const suffixes[] = { "", "-wal", "-shm" };

  g_assert_no_error (error);
  g_assert_nonnull (db);
  g_assert_true (ruf_db_exec (db, "INSERT INTO settings VALUES ('a', 'b')", &error));
  g_assert_cmpint (fixture_count (db, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (fixture_count (db, "PRAGMA foreign_keys"), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
}

static void
test_reopen (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufDb) writer = ruf_db_open (fixture->path, RUF_DB_WRITER, &error);
  g_autoptr (RufDb) reader = NULL;
  g_autoptr (RufDb) again = NULL;

  g_assert_no_error (error);
  g_assert_true (ruf_db_exec (writer, "INSERT INTO settings VALUES ('a', 'b')", &error));
  again = ruf_db_open (fixture->path, RUF_DB_WRITER, &error);
  g_assert_no_error (error);
  reader = ruf_db_open (fixture->path, RUF_DB_READER, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (reader, "SELECT count (*) FROM settings"), ==, 1);
  g_assert_cmpint (fixture_count (again, "SELECT count (*) FROM settings"), ==, 1);

  g_assert_false (ruf_db_exec (reader, "DELETE FROM settings", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
  g_assert_cmpint (fixture_count (writer, "SELECT count (*) FROM settings"), ==, 1);
}

typedef enum
{
  MAKE_DIRECTORY,
  MAKE_TEXT,
  MAKE_FOREIGN,
  MAKE_NEWER,
  MAKE_NO_FOLDER,
  MAKE_DEVICE,
} Kind;

static const struct
{
  const char *name;
  Kind        kind;
  RufError    code;
} refused[] = {
  { "directory", MAKE_DIRECTORY, RUF_ERROR_IO },
  { "text", MAKE_TEXT, RUF_ERROR_DAMAGED },
  { "foreign", MAKE_FOREIGN, RUF_ERROR_INVALID },
  { "newer", MAKE_NEWER, RUF_ERROR_REFUSED },
  { "no-folder", MAKE_NO_FOLDER, RUF_ERROR_IO },
  { "device", MAKE_DEVICE, RUF_ERROR_IO },
};

static char *
make_refused (Fixture *fixture,
              Kind     kind)
{
  switch (kind)
    {
    case MAKE_DIRECTORY:
      return g_strdup (fixture->dir);
    case MAKE_TEXT:
      g_assert_true (g_file_set_contents (fixture->path, "Name;Telefon\nAnna;+49151\n", -1, NULL));
      break;
    case MAKE_FOREIGN:
      fixture_raw_exec (fixture->path, "CREATE TABLE notes (text)");
      break;
    case MAKE_NEWER:
      ruf_db_close (ruf_db_open (fixture->path, RUF_DB_WRITER, NULL));
      fixture_raw_exec (fixture->path, "PRAGMA user_version = 999");
      break;
    case MAKE_NO_FOLDER:
      return g_build_filename (fixture->dir, "absent", "rundruf.db", NULL);
    case MAKE_DEVICE:
      return g_strdup ("/dev/null");
    }
  return g_strdup (fixture->path);
}

/* What cannot be our database is refused by name, and stays as it was. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree char *path = make_refused (fixture, refused[row].kind);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean file = g_file_test (path, G_FILE_TEST_IS_REGULAR);
  gsize size_before, size_after;

  if (file)
    g_assert_true (g_file_get_contents (path, &before, &size_before, NULL));

  for (RufDbMode mode = RUF_DB_READER; mode <= RUF_DB_WRITER; mode++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ruf_db_open (path, mode, &error));
      g_assert_error (error, RUF_ERROR, (int) refused[row].code);
      g_assert_nonnull (strstr (error->message, path));
    }

  if (file)
    {
      g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
      g_assert_cmpmem (before, size_before, after, size_after);
    }
}

static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read every file");
      return;
    }

  ruf_db_close (ruf_db_open (fixture->path, RUF_DB_WRITER, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0000), ==, 0);
  g_assert_null (ruf_db_open (fixture->path, RUF_DB_WRITER, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
}

/* Opens a copy of a database that an older version wrote. */
static void
open_stored (Fixture    *fixture,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = g_test_build_filename (G_TEST_DIST, "store", "data", name, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (stored, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (fixture->path, bytes, size, NULL));

  fixture->db = ruf_db_open (fixture->path, RUF_DB_WRITER, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture->db, "PRAGMA user_version"), ==, 3);
}

/* A stored database of each version that ever was opens, and keeps every row that it had. */
static void
test_migrate (Fixture       *fixture,
              gconstpointer  data)
{
  open_stored (fixture, "0001.db");
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM people"), ==, 2);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM contact_points"), ==, 3);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM settings"), ==, 1);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT rowid FROM people_search "
                                               "WHERE people_search MATCH 'bogac'"), ==, 2);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT reach FROM posts"), ==, 812);
}

/* One that sent a run, then a second one in a rehearsal of a day to come, after which somebody
 * said stop. Nobody noted then what the log said when the messages left. */
static void
test_migrate_rehearsed (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  open_stored (fixture, "0001-rehearsed.db");
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM outbox"), ==, 6);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM attempts"
                                               " WHERE consent_seq IS NULL"), ==, 2);
  problems = ruf_check_run (fixture->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/db/create", Fixture, NULL, fixture_set_up, test_create, fixture_tear_down);
  g_test_add ("/store/db/reopen", Fixture, NULL, fixture_set_up, test_reopen, fixture_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/store/db/refused/", refused[i].name, NULL);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), fixture_set_up, test_refused, fixture_tear_down);
    }
  g_test_add ("/store/db/migrate", Fixture, NULL, fixture_set_up, test_migrate, fixture_tear_down);
  g_test_add ("/store/db/migrate-rehearsed", Fixture, NULL, fixture_set_up, test_migrate_rehearsed,
              fixture_tear_down);
  g_test_add ("/store/db/unreadable", Fixture, NULL, fixture_set_up, test_unreadable, fixture_tear_down);
  return g_test_run ();
}

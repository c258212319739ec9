/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "fixture.h"
#include "ruf-error.h"
#include "ruf-store.h"
#include "ruf-suppression-table.h"

static gboolean
insert (RufDb         *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, "INSERT INTO settings VALUES (?1, 'x')", error);

  if (stmt == NULL)
    return FALSE;
  ruf_stmt_bind_text (stmt, 1, data);
  return ruf_stmt_run (stmt, error);
}

static gboolean
insert_then_fail (RufDb         *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  if (!insert (db, data, cancellable, error))
    return FALSE;
  g_set_error_literal (error, RUF_ERROR, RUF_ERROR_REFUSED, "no");
  return FALSE;
}

static gboolean
count (RufDb         *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  return ruf_db_get_int (db, "SELECT count (*) FROM settings", data, error);
}

/* Runs until somebody cancels it; far beyond any test's patience otherwise. */
static gboolean
run_forever (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gint64 n;

  if (data != NULL)
    g_atomic_int_set ((int *) data, TRUE);
  return ruf_db_get_int (db,
                         "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
                         "SELECT count (*) FROM c", &n, error);
}

static RufStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  RufStore *store = ruf_store_open (path, &error);

  g_assert_no_error (error);
  return store;
}

static gint64
count_sync (RufStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  ruf_store_read_sync (store, count, &n, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static gboolean
write_sync (RufStore      *store,
            RufStoreFunc   func,
            const char    *key,
            GError       **error)
{
  return ruf_store_write_sync (store, func, (gpointer) key, NULL, error);
}

static void
count_changed_cb (RufStore *store,
                  guint    *n)
{
  (*n)++;
}

static void
iterate_until (guint *n,
               guint  wanted)
{
  while (*n < wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_sync (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  RufStore *store = open_store (fixture->path);

  g_assert_cmpstr (ruf_store_get_path (store), ==, fixture->path);
  g_assert_true (write_sync (store, insert, "a", &error));
  g_assert_cmpint (count_sync (store), ==, 1);

  g_assert_false (write_sync (store, insert_then_fail, "b", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (write_sync (store, insert, "a", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_EXISTS);
  g_assert_cmpint (count_sync (store), ==, 1);
  g_assert_finalize_object (store);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  guint *done = user_data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_assert_cmpstr (ruf_store_get_task_data (result), !=, NULL);
  g_assert_true (ruf_store_run_finish (RUF_STORE (object), result, &error));
  g_assert_no_error (error);
  (*done)++;
}

/* Many writes, answered each; one ::changed or few, never none. */
static void
test_async (Fixture       *fixture,
            gconstpointer  data)
{
  RufStore *store = open_store (fixture->path);
  guint done = 0, changed = 0;

  g_signal_connect (store, "changed", G_CALLBACK (count_changed_cb), &changed);
  for (int i = 0; i < 50; i++)
    ruf_store_write_async (store, insert, g_strdup_printf ("%d", i), g_free,
                           NULL, written_cb, &done);
  iterate_until (&done, 50);
  iterate_until (&changed, 1);
  g_assert_cmpuint (changed, <=, 50);
  g_assert_cmpint (count_sync (store), ==, 50);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (store);
}

/* The last reference goes with the answer: the store ends in the caller's thread. */
static void
test_dropped (Fixture       *fixture,
              gconstpointer  data)
{
  RufStore *store = open_store (fixture->path);
  guint done = 0;

  ruf_store_write_async (store, insert, g_strdup ("a"), g_free, NULL, written_cb, &done);
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_object_unref (store);
  while (store != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (done, ==, 1);
}

static void
cancelled_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  guint *done = user_data;

  g_assert_false (ruf_store_run_finish (RUF_STORE (object), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  (*done)++;
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RufStore *store = open_store (fixture->path);
  int running = FALSE;
  guint done = 0;

  ruf_store_write_async (store, run_forever, &running, NULL, cancellable, cancelled_cb, &done);
  ruf_store_read_async (store, run_forever, NULL, NULL, cancellable, cancelled_cb, &done);
  while (!g_atomic_int_get (&running))
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  iterate_until (&done, 2);

  g_assert_true (write_sync (store, insert, "a", NULL));
  g_assert_cmpint (count_sync (store), ==, 1);
  g_assert_finalize_object (store);
}

/* Another program writes to the file: the store tells, and sees it. */
static void
test_other_process (Fixture       *fixture,
                    gconstpointer  data)
{
  RufStore *store = open_store (fixture->path);
  guint changed = 0;

  g_signal_connect (store, "changed", G_CALLBACK (count_changed_cb), &changed);
  g_assert_true (write_sync (store, insert, "a", NULL));
  iterate_until (&changed, 1);
  fixture_raw_exec (fixture->path, "INSERT INTO settings VALUES ('b', 'x')");
  iterate_until (&changed, 2);
  g_assert_cmpint (count_sync (store), ==, 2);
  g_assert_finalize_object (store);
}

static void
test_backup (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autofree char *absent = g_build_filename (fixture->dir, "absent", "copy.db", NULL);
  g_autofree char *key = ruf_suppression_key_path (fixture->path);
  g_autofree char *copied_key = ruf_suppression_key_path (copy);
  g_autofree char *restored = NULL;
  RufStore *store = open_store (fixture->path);
  GStatBuf info;

  g_assert_true (write_sync (store, insert, "a", &error));
  g_assert_true (g_file_set_contents (key, "the key of the suppression list", -1, &error));
  g_assert_true (ruf_store_backup (store, copy, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (copied_key, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_unlink (key), ==, 0);

  g_assert_false (ruf_store_backup (store, copy, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (ruf_store_backup (store, absent, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
  g_clear_error (&error);

  /* Back again while the store has the file open: it sees the old state at once. */
  g_assert_true (write_sync (store, insert, "b", &error));
  g_assert_true (ruf_store_restore_file (copy, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_sync (store), ==, 1);
  g_assert_true (g_file_get_contents (key, &restored, NULL, &error));
  g_assert_cmpstr (restored, ==, "the key of the suppression list");
  g_assert_true (write_sync (store, insert, "b", &error));
  g_assert_cmpint (count_sync (store), ==, 2);
  g_assert_finalize_object (store);
}

/* A backup that is none leaves the database as it was. */
static void
test_restore_refused (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *bad = g_build_filename (fixture->dir, "bad.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  fixture_raw_exec (fixture->path, "SELECT 1");
  g_clear_pointer (&fixture->db, ruf_db_close);
  before = fixture_digest (fixture->path);

  g_assert_false (ruf_store_restore_file (bad, fixture->path, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
  g_clear_error (&error);

  /* A backup cut off in the middle. */
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (bad, bytes, size / 2, NULL));
  g_assert_false (ruf_store_restore_file (bad, fixture->path, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, bad));

  after = fixture_digest (fixture->path);
  g_assert_cmpstr (before, ==, after);
}

/* A database that cannot be opened any more is kept beside the restored one. */
static void
test_restore_over_damage (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autofree char *aside = g_strconcat (fixture->path, ".damaged", NULL);
  g_autoptr (GError) error = NULL;
  RufStore *store = open_store (fixture->path);

  g_assert_true (write_sync (store, insert, "a", &error));
  g_assert_true (ruf_store_backup (store, copy, NULL, &error));
  g_assert_finalize_object (store);
  g_assert_true (g_file_set_contents (fixture->path, "scrambled", -1, NULL));

  g_assert_null (ruf_store_open (fixture->path, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (ruf_store_restore_file (copy, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  store = open_store (fixture->path);
  g_assert_cmpint (count_sync (store), ==, 1);
  g_assert_finalize_object (store);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*set_up) (Fixture *, gconstpointer);
    void      (*run) (Fixture *, gconstpointer);
  } cases[] = {
    { "/store/store/sync", fixture_set_up, test_sync },
    { "/store/store/async", fixture_set_up, test_async },
    { "/store/store/dropped", fixture_set_up, test_dropped },
    { "/store/store/cancel", fixture_set_up, test_cancel },
    { "/store/store/other-process", fixture_set_up, test_other_process },
    { "/store/store/backup", fixture_set_up, test_backup },
    { "/store/store/restore-refused", fixture_set_up_db, test_restore_refused },
    { "/store/store/restore-over-damage", fixture_set_up, test_restore_over_damage },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, cases[i].set_up, cases[i].run, fixture_tear_down);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "ruf-campaign-table.h"
#include "ruf-context.h"
#include "ruf-error.h"

#define NOW (G_GINT64_CONSTANT (1795000000) * G_TIME_SPAN_SECOND)

typedef struct
{
  char     *dir;
  char     *path;
  RufClock *clock;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("ruf-context-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "rundruf.db", NULL);
  fixture->clock = ruf_clock_new_at (NOW);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_object_unref (fixture->clock);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static RufContext *
open_context (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  RufContext *context = ruf_context_new (fixture->path, fixture->clock, &error);

  g_assert_no_error (error);
  return context;
}

static gboolean
exec (RufDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return ruf_db_exec (db, data, error);
}

/* Preferences set the country in the database; whatever reads a number heeds it. */
static void
test_region (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (RufContext) context = open_context (fixture);
  g_autofree char *unset = ruf_context_dup_region (context, NULL);
  g_autofree char *set = NULL;

  g_assert_cmpstr (unset, ==, "DE");
  g_assert_true (ruf_store_write_sync (ruf_context_get_store (context), exec,
                                       (gpointer) "INSERT INTO settings VALUES ('region', 'AT')",
                                       NULL, NULL));
  set = ruf_context_dup_region (context, NULL);
  g_assert_cmpstr (set, ==, "AT");
}

static gboolean
count_unknown (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return ruf_db_get_int (db, "SELECT count (*) FROM outbox WHERE status = 'unknown'", data, error);
}

static gint64
get_unknown (RufContext *context)
{
  gint64 n = -1;

  g_assert_true (ruf_store_read_sync (ruf_context_get_store (context), count_unknown, &n,
                                      NULL, NULL));
  return n;
}

/* A row of which the network is being told. */
static char sending_row[] =
  "INSERT INTO campaigns (id, name, channel, purpose, send_at, changed_at)"
  " VALUES (1, 'c', 'sms', 'news', 1, 1);"
  "INSERT INTO runs (id, campaign_id, title, batch_id, channel, purpose, segment, floor, state,"
  " planned_at, due_at, planned) VALUES (1, 1, 'c', 'b', 'sms', 'news', '', 1, 'sending', 1, 1, 1);"
  "INSERT INTO run_counts VALUES (1, 'sending', 1);"
  "INSERT INTO attempts (id, run_id, idempotency_key, started_at) VALUES (1, 1, 'k', 1);"
  "INSERT INTO contact_points (id, kind, address) VALUES (1, 'phone', '+4915112345001');"
  "INSERT INTO outbox (id, run_id, point_id, status, attempt_id, message_id, changed_at)"
  " VALUES (1, 1, 1, 'sending', 1, 'b-1', 1);";

/* I4: rows that are being sent by somebody else stay; once nobody is there, they are unknown. */
static void
test_i4_recover (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  RufContext *sender = open_context (fixture);
  RufContext *window;

  g_assert_true (ruf_store_write_sync (ruf_context_get_store (sender), exec, sending_row,
                                       NULL, &error));
  g_assert_no_error (error);
  window = open_context (fixture);
  g_assert_cmpint (get_unknown (window), ==, 0);
  g_assert_finalize_object (sender);
  g_assert_finalize_object (window);

  window = open_context (fixture);
  g_assert_cmpint (get_unknown (window), ==, 1);
  g_assert_finalize_object (window);
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  RufContext *context = open_context (fixture);
  GStatBuf info;

  g_assert_true (ruf_context_get_clock (context) == fixture->clock);
  g_assert_cmpint (ruf_context_get_now (context), ==, NOW);
  g_assert_nonnull (ruf_context_get_zone (context));
  g_assert_cmpstr (ruf_store_get_path (ruf_context_get_store (context)), ==, fixture->path);
  g_assert_cmpint (g_stat (lock, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (context);

  g_assert_null (ruf_context_new (fixture->dir, fixture->clock, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
}

/* The folder of the default database is made, for its owner alone; no other folder is. */
static void
test_default_path (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ruf_context_get_default_path ();
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *elsewhere = g_build_filename (fixture->dir, "absent", "x.db", NULL);
  RufContext *context = ruf_context_new (path, fixture->clock, &error);
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_finalize_object (context);
  g_assert_cmpint (g_remove (lock), ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  g_assert_null (ruf_context_new (elsewhere, fixture->clock, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
}

static gboolean
save_backends (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 id;

  g_hash_table_insert (settings, (gpointer) "url", (gpointer) "http://127.0.0.1:9");
  return ruf_backend_table_save (db, "practice", "sandbox", settings, &id, error) &&
         ruf_backend_table_save (db, "with a secret", "sandbox", settings, &id, error);
}

static void
test_backends (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  RufContext *context = open_context (fixture);
  RufBackend *backend;
  gint64 id = 0;

  g_assert_true (ruf_store_write_sync (ruf_context_get_store (context), save_backends,
                                       NULL, NULL, &error));
  backend = ruf_context_dup_backend (context, "practice", &id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ruf_backend_get_type_name (backend), ==, "sandbox");
  g_assert_cmpint (id, >, 0);
  g_object_unref (backend);

  g_assert_null (ruf_context_dup_backend (context, "nobody", NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The secret comes from the environment: one that no header can carry is refused. */
  g_assert_null (ruf_context_dup_backend (context, "with a secret", NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
  g_assert_finalize_object (context);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*run) (Fixture *, gconstpointer);
  } cases[] = {
    { "/engine/context/region", test_region },
    { "/engine/context/open", test_open },
    { "/engine/context/default-path", test_default_path },
    { "/engine/context/i4-recover", test_i4_recover },
    { "/engine/context/backends", test_backends },
  };

  g_autofree char *home = g_dir_make_tmp ("ruf-home-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("RUNDRUF_SECRET_WITH_A_SECRET", "two\nlines", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].run, tear_down);
  result = g_test_run ();
  g_assert_cmpint (g_rmdir (home), ==, 0);
  return result;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sandbox as a child. */

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ruf-error.h"
#include "ruf-sandbox-process.h"

typedef struct
{
  char *dir;
  char *db;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->dir = g_dir_make_tmp ("rundruf-XXXXXX", NULL);
  self->db = g_build_filename (self->dir, "practice.db", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  static const char * const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->db, endings[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->dir);
  g_free (self->dir);
  g_free (self->db);
}

static gboolean
answers (const char *url)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (RufBackend) backend = NULL;
  g_autofree char *detail = NULL;

  g_hash_table_insert (settings, (char *) "url", (char *) url);
  backend = ruf_backend_new ("practice", "sandbox", settings, NULL, NULL);
  return ruf_backend_test (backend, &detail, NULL, NULL);
}

static void
test_start_stop (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (RufSandboxProcess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  process = ruf_sandbox_process_start (self->db, &error);
  g_assert_no_error (error);
  url = g_strdup (ruf_sandbox_process_get_url (process));
  g_assert_true (answers (url));
  ruf_sandbox_process_stop (process);
  ruf_sandbox_process_stop (process);
  g_assert_false (answers (url));
  g_assert_finalize_object (g_steal_pointer (&process));
}

static void
test_ends_with_object (Fixture       *self,
                       gconstpointer  data)
{
  RufSandboxProcess *process = ruf_sandbox_process_start (self->db, NULL);
  g_autofree char *url = g_strdup (ruf_sandbox_process_get_url (process));

  g_assert_true (answers (url));
  g_assert_finalize_object (process);
  g_assert_false (answers (url));
}

static gpointer
start_in_thread (gpointer db)
{
  return ruf_sandbox_process_start (db, NULL);
}

/* The window starts it from a thread that ends before the sandbox should. */
static void
test_outlives_its_thread (Fixture       *self,
                          gconstpointer  data)
{
  GThread *thread = g_thread_new ("starter", start_in_thread, self->db);
  g_autoptr (RufSandboxProcess) process = g_thread_join (thread);

  g_assert_true (answers (ruf_sandbox_process_get_url (process)));
}

/* As another program: starts the sandbox, tells its address and waits to be killed. */
G_NORETURN static void
start_and_wait (const char *db)
{
  RufSandboxProcess *process = ruf_sandbox_process_start (db, NULL);

  printf ("%s\n", ruf_sandbox_process_get_url (process));
  fflush (stdout);
  for (;;)
    pause ();
}

/* Killed programs cannot clean up; the sandbox ends all the same. */
static void
test_ends_with_program (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr (GSubprocess) other = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  gint64 deadline;

  other = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "--hold",
                            self->db, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (other));
  url = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_true (answers (url));

  g_subprocess_force_exit (other);
  deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while (answers (url) && g_get_monotonic_time () < deadline)
    g_thread_yield ();
  g_assert_false (answers (url));
}

static void
test_register (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->dir, "rundruf.db", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autoptr (RufClock) clock = ruf_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RufContext) context = ruf_context_new (path, clock, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RufSandboxProcess) process = ruf_sandbox_process_start (self->db, &error);
      g_autoptr (RufBackend) backend = NULL;
      g_autofree char *detail = NULL;
      gint64 id;

      g_assert_true (ruf_sandbox_process_register (process, context, &error));
      g_assert_no_error (error);
      backend = ruf_context_dup_backend (context, "practice", &id, &error);
      g_assert_no_error (error);
      g_assert_true (ruf_backend_test (backend, &detail, NULL, &error));
      g_assert_nonnull (strstr (detail, ruf_sandbox_process_get_url (process)));
    }
  g_clear_object (&context);
  g_unlink (path);
  g_unlink (lock);
}

static void
test_file_cannot_be (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ruf_sandbox_process_start ("/nonexistent/practice.db", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "/nonexistent/practice.db"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--hold"))
    start_and_wait (argv[2]);

  g_test_init (&argc, &argv, NULL);
  ADD ("/engine/sandbox-process/start-stop", test_start_stop);
  ADD ("/engine/sandbox-process/ends-with-object", test_ends_with_object);
  ADD ("/engine/sandbox-process/outlives-its-thread", test_outlives_its_thread);
  ADD ("/engine/sandbox-process/ends-with-program", test_ends_with_program);
  ADD ("/engine/sandbox-process/register", test_register);
  g_test_add_func ("/engine/sandbox-process/file-cannot-be", test_file_cannot_be);
  return g_test_run ();
}

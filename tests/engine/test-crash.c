/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The process ends without a word at each step of sending, as in a power cut; started again it
 * reaches everybody, and nobody twice. The sandbox, a process of its own, counts. */

#include "shop.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <sys/wait.h>

#include "ruf-dispatcher.h"
#include "ruf-error.h"

#define N_PEOPLE     2500   /* three chunks */
#define CRASH_STATUS 77
#define GREETING     "listening on "

static const char *self_path;

typedef struct
{
  Shop         shop;
  GSubprocess *sandbox;
  char        *url;
} Fixture;

static void
start_sandbox (Fixture            *fixture,
               const char * const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *line = NULL;

  g_ptr_array_add (words, (gpointer) g_getenv ("RUNDRUF_SANDBOX"));
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) arguments[i]);
  g_ptr_array_add (words, NULL);

  fixture->sandbox = g_subprocess_newv ((const char * const *) words->pdata,
                                        G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->sandbox));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (line, GREETING));
  fixture->url = g_strdup (line + strlen (GREETING));
}

static void
set_up (Fixture            *fixture,
        const char * const *arguments)
{
  start_sandbox (fixture, arguments);
  shop_open (&fixture->shop, N_PEOPLE);
  shop_add_backend (&fixture->shop, "practice", "sandbox", "url", fixture->url);
  shop_plan (&fixture->shop, "Hallo {{first_name|Kundin}}!", SHOP_NOON - 1, 0);
}

static void
tear_down (Fixture *fixture)
{
  shop_close (&fixture->shop);
  g_subprocess_send_signal (fixture->sandbox, SIGTERM);
  g_assert_true (g_subprocess_wait_check (fixture->sandbox, NULL, NULL));
  g_clear_object (&fixture->sandbox);
  g_clear_pointer (&fixture->url, g_free);
}

/* What arrived; asked until a sandbox that drops connections answers. */
static gint64
get_stat (Fixture    *fixture,
          const char *member)
{
  g_autofree char *url = g_strconcat (fixture->url, "/stats", NULL);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (SoupSession) session = soup_session_new ();
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();

      if (body != NULL && soup_message_get_status (message) == 200 &&
          json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                      g_bytes_get_size (body), NULL))
        return json_object_get_int_member (json_node_get_object (json_parser_get_root (parser)),
                                           member);
    }
  g_assert_not_reached ();
}

/* A process of its own sends the run; returns how it ended. */
static int
send_in_child (Fixture    *fixture,
               const char *crash_at)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *run = g_strdup_printf ("%d", (int) fixture->shop.run_id);

  shop_leave (&fixture->shop);
  g_subprocess_launcher_setenv (launcher, "RUNDRUF_SECOND_MS", "1", TRUE);
  if (crash_at != NULL)
    g_subprocess_launcher_setenv (launcher, "RUNDRUF_CRASH_AT", crash_at, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, self_path, "--send", fixture->shop.path,
                                       run, NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  shop_return (&fixture->shop);
  g_assert_true (g_subprocess_get_if_exited (child));
  return g_subprocess_get_exit_status (child);
}

static void
assert_everybody_once (Fixture *fixture)
{
  g_autoptr (RufRun) run = shop_get_run (&fixture->shop);

  g_assert_cmpint (run->state, ==, RUF_RUN_DONE);
  g_assert_null (run->problem);
  g_assert_cmpint (get_stat (fixture, "messages"), ==, N_PEOPLE);
  g_assert_cmpint (get_stat (fixture, "recipients"), ==, N_PEOPLE);
  g_assert_cmpint (get_stat (fixture, "doubles"), ==, 0);
  g_assert_cmpint (ruf_run_get_sent (run) + run->counts[RUF_MESSAGE_FAILED], ==, N_PEOPLE);
  g_assert_cmpint (run->counts[RUF_MESSAGE_QUEUED], ==, 0);
  g_assert_cmpint (run->counts[RUF_MESSAGE_SENDING], ==, 0);
  g_assert_cmpint (run->counts[RUF_MESSAGE_UNKNOWN], ==, 0);
}

/* After the crash the run stands still by itself: nothing goes on because a program starts. */
static void
assert_stands_still (Fixture    *fixture,
                     const char *step)
{
  g_autoptr (RufRun) run = shop_get_run (&fixture->shop);
  gboolean ended = g_str_equal (step, "collected");

  g_assert_cmpint (run->state, ==, ended ? RUF_RUN_DONE : RUF_RUN_PAUSED);
  g_assert_cmpint (run->counts[RUF_MESSAGE_SENDING], ==, 0);
}

static void
test_crash (gconstpointer data)
{
  const char *step = data;
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  g_assert_cmpint (send_in_child (&fixture, step), ==, CRASH_STATUS);
  assert_stands_still (&fixture, step);
  g_assert_cmpint (send_in_child (&fixture, NULL), ==, 0);
  assert_everybody_once (&fixture);
  tear_down (&fixture);
}

/* One crash after the other on one run. */
static void
test_crashes (void)
{
  static const char * const steps[] = {
    "claimed", "claimed", "submitted", "claimed", "recorded", "submitted", "committed", "collected",
  };
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      int status = send_in_child (&fixture, steps[i]);

      /* Once nothing is left to claim, that step is not reached any more. */
      g_assert_true (status == CRASH_STATUS || status == 0);
      g_assert_cmpint (get_stat (&fixture, "doubles"), ==, 0);
    }
  g_assert_cmpint (send_in_child (&fixture, NULL), ==, 0);
  assert_everybody_once (&fixture);
  tear_down (&fixture);
}

/* Who withdraws between crash and restart gets nothing, wherever their row stood. */
static void
test_crash_and_stop (void)
{
  Fixture fixture = { 0 };
  g_autoptr (RufRun) run = NULL;

  set_up (&fixture, NULL);
  g_assert_cmpint (send_in_child (&fixture, "claimed"), ==, CRASH_STATUS);
  shop_withdraw (&fixture.shop, "+4917100000007");
  shop_withdraw (&fixture.shop, "+4917100002007");
  g_assert_cmpint (send_in_child (&fixture, NULL), ==, 0);

  /* The chunk of the first stays unknown as a whole, as nobody may repeat it as it was. */
  g_assert_cmpint (get_stat (&fixture, "messages"), ==, N_PEOPLE - 1000 - 1);
  run = shop_get_run (&fixture.shop);
  g_assert_cmpint (run->counts[RUF_MESSAGE_UNKNOWN], ==, 1000);
  g_assert_cmpint (run->counts[RUF_MESSAGE_EXCLUDED], ==, 1);
  tear_down (&fixture);
}

/* A run taken back while its batch lies open: the backend drops it too. */
static void
test_cancel (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RufBackend) backend = NULL;
  g_autoptr (RufRun) run = NULL;
  gint64 rows, id;

  set_up (&fixture, NULL);
  g_assert_cmpint (send_in_child (&fixture, "recorded"), ==, CRASH_STATUS);
  ruf_dispatcher_cancel_run (fixture.shop.context, fixture.shop.run_id, &rows, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rows, ==, N_PEOPLE - 1000);
  shop_assert_counts (&fixture.shop, "excluded 1500, sent 1000");
  g_assert_cmpint (send_in_child (&fixture, NULL), ==, 1);

  backend = ruf_context_dup_backend (fixture.shop.context, "practice", &id, &error);
  run = shop_get_run (&fixture.shop);
  g_assert_false (ruf_backend_commit (backend, run->batch_id, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
  tear_down (&fixture);
}

/* A server that fails, drops connections before and after taking the request, and limits. */
static void
test_bad_server (gconstpointer data)
{
  const char *arguments[] = { "--drop", "0.3", "--fail", "0.2", "--seed", data, NULL };
  Fixture fixture = { 0 };
  guint starts = 0;

  set_up (&fixture, arguments);
  while (send_in_child (&fixture, starts % 2 ? "submitted" : NULL) != 0)
    {
      g_assert_cmpint (get_stat (&fixture, "doubles"), ==, 0);
      g_assert_cmpuint (++starts, <, 100);
    }
  assert_everybody_once (&fixture);
  tear_down (&fixture);
}

static int
send_run (const char *path,
          const char *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufClock) clock = ruf_clock_new_at (SHOP_NOON);
  g_autoptr (RufContext) context = ruf_context_new (path, clock, &error);
  g_autoptr (RufDispatcher) dispatcher = NULL;

  g_assert_no_error (error);
  dispatcher = ruf_dispatcher_new (context, g_ascii_strtoll (run, NULL, 10), "practice");
  return ruf_job_run_sync (RUF_JOB (dispatcher), NULL) ? 0 : 1;
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--send"))
    return send_run (argv[2], argv[3]);

  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/engine/crash/i4-claimed", "claimed", test_crash);
  g_test_add_data_func ("/engine/crash/i4-submitted", "submitted", test_crash);
  g_test_add_data_func ("/engine/crash/i4-recorded", "recorded", test_crash);
  g_test_add_data_func ("/engine/crash/i4-committed", "committed", test_crash);
  g_test_add_data_func ("/engine/crash/i4-collected", "collected", test_crash);
  g_test_add_func ("/engine/crash/i4-one-after-the-other", test_crashes);
  g_test_add_func ("/engine/crash/i1-stop-in-between", test_crash_and_stop);
  g_test_add_func ("/engine/crash/cancel", test_cancel);
  g_test_add_data_func ("/engine/crash/i4-bad-server-1", "1", test_bad_server);
  g_test_add_data_func ("/engine/crash/i4-bad-server-2", "2", test_bad_server);
  g_test_add_data_func ("/engine/crash/i4-bad-server-3", "3", test_bad_server);

  return g_test_run ();
}

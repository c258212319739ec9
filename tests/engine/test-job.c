/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-error.h"
#include "ruf-job.h"

#define STEPS 200000

/* Counts to STEPS, then ends as it was told to. */
#define COUNT_TYPE_JOB (count_job_get_type ())
G_DECLARE_FINAL_TYPE (CountJob, count_job, COUNT, JOB, RufJob)

struct _CountJob
{
  RufJob    parent_instance;
  gboolean  fails;
  gboolean  waits;     /* for being cancelled */
  GThread  *thread;
};

G_DEFINE_FINAL_TYPE (CountJob, count_job, RUF_TYPE_JOB)

static gboolean
count_job_run (RufJob        *job,
               GCancellable  *cancellable,
               GError       **error)
{
  CountJob *self = COUNT_JOB (job);

  self->thread = g_thread_self ();
  for (guint i = 1; i <= STEPS || self->waits; i++)
    {
      ruf_job_set_progress (job, i, STEPS);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  if (self->fails)
    g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID, "no");
  return !self->fails;
}

static void
count_job_class_init (CountJobClass *klass)
{
  RUF_JOB_CLASS (klass)->run = count_job_run;
}

static void
count_job_init (CountJob *self)
{
}

typedef struct
{
  CountJob  *job;
  GMainLoop *loop;
  GThread   *thread;      /* where notifications must arrive */
  guint      n_notified;
  GString   *states;
  gboolean   result;
  GError    *error;
} Watch;

static void
done_notified_cb (GObject    *object,
                  GParamSpec *pspec,
                  Watch      *watch)
{
  g_assert_true (g_thread_self () == watch->thread);
  watch->n_notified++;
}

static void
state_notified_cb (GObject    *object,
                   GParamSpec *pspec,
                   Watch      *watch)
{
  g_assert_true (g_thread_self () == watch->thread);
  g_string_append_printf (watch->states, "%d", ruf_job_get_state (RUF_JOB (object)));
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Watch *watch = user_data;

  g_assert_cmpint (ruf_job_get_state (RUF_JOB (object)), >, RUF_JOB_RUNNING);
  watch->result = ruf_job_run_finish (RUF_JOB (object), result, &watch->error);
  g_main_loop_quit (watch->loop);
}

static void
set_up (Watch         *watch,
        gconstpointer  data)
{
  watch->job = g_object_new (COUNT_TYPE_JOB, NULL);
  watch->loop = g_main_loop_new (NULL, FALSE);
  watch->thread = g_thread_self ();
  watch->states = g_string_new (NULL);
  g_signal_connect (watch->job, "notify::done", G_CALLBACK (done_notified_cb), watch);
  g_signal_connect (watch->job, "notify::state", G_CALLBACK (state_notified_cb), watch);
}

static void
tear_down (Watch         *watch,
           gconstpointer  data)
{
  /* The worker thread drops its reference a moment after the callback ran. */
  while (g_atomic_int_get (&G_OBJECT (watch->job)->ref_count) > 1)
    g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (watch->job);
  g_main_loop_unref (watch->loop);
  g_string_free (watch->states, TRUE);
  g_clear_error (&watch->error);
}

static void
test_sync (Watch         *watch,
           gconstpointer  data)
{
  g_assert_true (ruf_job_run_sync (RUF_JOB (watch->job), &watch->error));
  g_assert_no_error (watch->error);
  g_assert_true (watch->job->thread == watch->thread);
  g_assert_cmpstr (watch->states->str, ==, "12");
  g_assert_cmpuint (ruf_job_get_done (RUF_JOB (watch->job)), ==, STEPS);
  g_assert_cmpuint (ruf_job_get_total (RUF_JOB (watch->job)), ==, STEPS);
}

/* Far fewer notifications than reports, and the last one shows the end. */
static void
test_async (Watch         *watch,
            gconstpointer  data)
{
  ruf_job_run_async (RUF_JOB (watch->job), finished_cb, watch);
  g_assert_cmpint (ruf_job_get_state (RUF_JOB (watch->job)), ==, RUF_JOB_RUNNING);
  g_main_loop_run (watch->loop);
  g_assert_no_error (watch->error);
  g_assert_true (watch->result);
  g_assert_true (watch->job->thread != watch->thread);
  g_assert_cmpstr (watch->states->str, ==, "12");
  g_assert_cmpuint (ruf_job_get_done (RUF_JOB (watch->job)), ==, STEPS);
  g_assert_cmpuint (watch->n_notified, >=, 1);
  g_assert_cmpuint (watch->n_notified, <, STEPS / 100);
}

static void
test_failure (Watch         *watch,
              gconstpointer  data)
{
  watch->job->fails = TRUE;
  ruf_job_run_async (RUF_JOB (watch->job), finished_cb, watch);
  g_main_loop_run (watch->loop);
  g_assert_false (watch->result);
  g_assert_error (watch->error, RUF_ERROR, RUF_ERROR_INVALID);
  g_assert_error (ruf_job_get_error (RUF_JOB (watch->job)), RUF_ERROR, RUF_ERROR_INVALID);
  g_assert_cmpint (ruf_job_get_state (RUF_JOB (watch->job)), ==, RUF_JOB_FAILED);
}

static gboolean
cancel_cb (gpointer user_data)
{
  ruf_job_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Watch         *watch,
             gconstpointer  data)
{
  watch->job->waits = TRUE;
  ruf_job_run_async (RUF_JOB (watch->job), finished_cb, watch);
  g_idle_add (cancel_cb, watch->job);
  g_main_loop_run (watch->loop);
  g_assert_error (watch->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (ruf_job_get_state (RUF_JOB (watch->job)), ==, RUF_JOB_CANCELLED);
}

static void
test_cancelled_before (Watch         *watch,
                       gconstpointer  data)
{
  ruf_job_cancel (RUF_JOB (watch->job));
  g_assert_false (ruf_job_run_sync (RUF_JOB (watch->job), &watch->error));
  g_assert_error (watch->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (watch->job->thread);
}

#define ADD(name, func) g_test_add ("/engine/job/" name, Watch, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sync", test_sync);
  ADD ("async", test_async);
  ADD ("failure", test_failure);
  ADD ("cancel", test_cancel);
  ADD ("cancelled-before", test_cancelled_before);
  return g_test_run ();
}

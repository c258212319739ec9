/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verbs block the main thread; a second one with a main context of its own draws the
 * bar and hears the signals.
 */

#include "config.h"

#include "ruf-cli-progress.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include <glib-unix.h>

#define TICK_MS    100
#define SHOW_AFTER (G_USEC_PER_SEC / 2)
#define BAR_WIDTH  24

struct _RufCliProgress
{
  GCancellable *cancellable;
  gboolean      visible;
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;

  GMutex        mutex;      /* guards what follows */
  char         *label;      /* NULL while nothing is under way */
  RufJob       *job;
  gint64        begun_at;
  gboolean      drawn;
};

static void
erase (RufCliProgress *self)
{
  if (self->drawn)
    fputs ("\r\033[K", stderr);
  self->drawn = FALSE;
}

static void
draw_bar (guint64 done,
          guint64 total)
{
  guint filled = BAR_WIDTH * MIN (done, total) / total;

  fputs (" [", stderr);
  for (guint i = 0; i < BAR_WIDTH; i++)
    fputc (i < filled ? '#' : '.', stderr);
  fprintf (stderr, "] %u %%", (guint) (100 * MIN (done, total) / total));
}

static void
draw (RufCliProgress *self)
{
  guint64 done = self->job != NULL ? ruf_job_get_done (self->job) : 0;
  guint64 total = self->job != NULL ? ruf_job_get_total (self->job) : 0;

  erase (self);
  fputs (self->label, stderr);
  if (total > 0)
    draw_bar (done, total);
  else if (done > 0)
    fprintf (stderr, " %'" G_GUINT64_FORMAT, done);
  else
    fputs (" …", stderr);
  fflush (stderr);
  self->drawn = TRUE;
}

static gboolean
tick_cb (gpointer data)
{
  RufCliProgress *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->label != NULL && g_get_monotonic_time () - self->begun_at > SHOW_AFTER)
    draw (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_working (RufCliProgress *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->label != NULL;
}

/* The first signal asks long work for a clean end; the second one gets its way, and so
 * does one that comes while we only wait for the standard input. */
static gboolean
interrupt_cb (gpointer data)
{
  RufCliProgress *self = data;

  if (!is_working (self) || g_cancellable_is_cancelled (self->cancellable))
    {
      signal (SIGINT, SIG_DFL);
      raise (SIGINT);
    }

  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
attach (RufCliProgress *self,
        GSource        *source,
        GSourceFunc     func)
{
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

static gpointer
run_thread (gpointer data)
{
  RufCliProgress *self = data;

  g_main_loop_run (self->loop);

  return NULL;
}

/**
 * ruf_cli_progress_new:
 * @cancellable: is cancelled by Ctrl-C or SIGTERM
 * @visible: may something be drawn on stderr
 *
 * Starts to listen. Nothing is ever drawn where stderr is no terminal.
 *
 * Returns: (transfer full): a progress
 */
RufCliProgress *
ruf_cli_progress_new (GCancellable *cancellable,
                      gboolean      visible)
{
  RufCliProgress *self = g_new0 (RufCliProgress, 1);

  self->cancellable = g_object_ref (cancellable);
  self->visible = visible && isatty (STDERR_FILENO);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);

  attach (self, g_unix_signal_source_new (SIGINT), interrupt_cb);
  attach (self, g_unix_signal_source_new (SIGTERM), interrupt_cb);
  if (self->visible)
    attach (self, g_timeout_source_new (TICK_MS), tick_cb);
  self->thread = g_thread_new ("progress", run_thread, self);

  return self;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

/**
 * ruf_cli_progress_free:
 * @self: a progress
 *
 * Wipes the bar away and stops listening.
 */
void
ruf_cli_progress_free (RufCliProgress *self)
{
  GSource *quit = g_idle_source_new ();

  ruf_cli_progress_end (self);
  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_source_unref (quit);
  g_thread_join (self->thread);

  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * ruf_cli_progress_begin:
 * @self: a progress
 * @label: translated words for what is done
 * @job: (nullable): the job that tells how far it is
 *
 * Work begins; after half a second it is shown.
 */
void
ruf_cli_progress_begin (RufCliProgress *self,
                        const char     *label,
                        RufJob         *job)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->label);
  self->label = g_strdup (label);
  g_set_object (&self->job, job);
  self->begun_at = g_get_monotonic_time ();
}

/**
 * ruf_cli_progress_remark:
 * @self: a progress
 * @line: translated words
 *
 * Writes a line to stderr that stays, whether the bar shows or not. From any thread.
 */
void
ruf_cli_progress_remark (RufCliProgress *self,
                         const char     *line)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  erase (self);
  fprintf (stderr, "%s\n", line);
}

/**
 * ruf_cli_progress_end:
 * @self: a progress
 *
 * Work has ended; the bar goes away.
 */
void
ruf_cli_progress_end (RufCliProgress *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  erase (self);
  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->job);
}

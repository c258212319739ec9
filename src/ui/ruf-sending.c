/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The runs that this window is sending, each a job that goes on while pages change.
 *
 * Emits ::stopped (run id, GError or NULL) when a run needs no more of this window: all has
 * left, it was paused, or it failed. */

#include "config.h"

#include "ruf-sending.h"

#include "ruf-dispatcher.h"
#include "ruf-practice.h"

struct _RufSending
{
  GObject parent_instance;

  RufContext *context;
  GHashTable *jobs;      /* gint64 * → RufDispatcher */
};

enum
{
  STOPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RufSending, ruf_sending, G_TYPE_OBJECT)

typedef struct
{
  RufSending *self;
  gint64      run_id;
} Start;

static void
start_free (Start *start)
{
  g_object_unref (start->self);
  g_free (start);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Start, start_free)

static void
finish (RufSending *self,
        gint64      run_id,
        GError     *error)
{
  g_hash_table_remove (self->jobs, &run_id);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    error = NULL;
  g_signal_emit (self, signals[STOPPED], 0, run_id, error);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Start) start = user_data;
  g_autoptr (GError) error = NULL;

  ruf_job_run_finish (RUF_JOB (source), result, &error);
  finish (start->self, start->run_id, error);
}

static void
dispatch (Start      *start,
          const char *backend)
{
  RufDispatcher *job = ruf_dispatcher_new (start->self->context, start->run_id, backend);

  ruf_dispatcher_set_at_once (job, TRUE);
  g_hash_table_insert (start->self->jobs, g_memdup2 (&start->run_id, sizeof (gint64)), job);
  ruf_job_run_async (RUF_JOB (job), sent_cb, start);
}

static void
practice_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Start) start = user_data;
  g_autoptr (GError) error = NULL;

  if (ruf_practice_start_finish (RUF_PRACTICE (source), result, &error))
    dispatch (g_steal_pointer (&start), RUF_PRACTICE_BACKEND);
  else
    finish (start->self, start->run_id, error);
}

static void
ruf_sending_dispose (GObject *object)
{
  RufSending *self = RUF_SENDING (object);

  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (ruf_sending_parent_class)->dispose (object);
}

static void
ruf_sending_class_init (RufSendingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ruf_sending_dispose;
  signals[STOPPED] = g_signal_new ("stopped", RUF_TYPE_SENDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_ERROR);
}

static void
ruf_sending_init (RufSending *self)
{
  self->jobs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/**
 * ruf_sending_new:
 * @context: what the window works on
 *
 * Returns: (transfer full): nothing being sent yet
 */
RufSending *
ruf_sending_new (RufContext *context)
{
  RufSending *self = g_object_new (RUF_TYPE_SENDING, NULL);

  self->context = g_object_ref (context);
  return self;
}

/**
 * ruf_sending_start:
 * @self: the window's sending
 * @run_id: what to send
 * @backend: (nullable): by which way; NULL starts the practice service and sends to it
 *
 * Sends in the background, before its planned time too: somebody asked for it. Nothing happens where @run_id is being sent already.
 */
void
ruf_sending_start (RufSending *self,
                   gint64      run_id,
                   const char *backend)
{
  g_autoptr (Start) start = NULL;

  g_return_if_fail (RUF_IS_SENDING (self));

  if (ruf_sending_is_sending (self, run_id))
    return;

  start = g_new0 (Start, 1);
  start->self = g_object_ref (self);
  start->run_id = run_id;
  if (backend != NULL && !g_str_equal (backend, RUF_PRACTICE_BACKEND))
    dispatch (g_steal_pointer (&start), backend);
  else
    ruf_practice_start_async (ruf_practice_get (self->context), NULL, practice_cb,
                              g_steal_pointer (&start));
}

/**
 * ruf_sending_is_sending:
 * @self: the window's sending
 * @run_id: a run
 *
 * Returns: whether a job of this window is at it
 */
gboolean
ruf_sending_is_sending (RufSending *self,
                        gint64      run_id)
{
  g_return_val_if_fail (RUF_IS_SENDING (self), FALSE);

  return g_hash_table_contains (self->jobs, &run_id);
}

/**
 * ruf_sending_stop:
 * @self: the window's sending
 * @run_id: a run
 *
 * Lets go of @run_id after the chunk that is under way; what has not left goes on waiting.
 */
void
ruf_sending_stop (RufSending *self,
                  gint64      run_id)
{
  RufJob *job;

  g_return_if_fail (RUF_IS_SENDING (self));

  job = g_hash_table_lookup (self->jobs, &run_id);
  if (job != NULL)
    ruf_job_cancel (job);
}

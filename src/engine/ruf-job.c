/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Work that takes long: a thread, progress, an end. */

#include "config.h"

#include "ruf-job.h"

/* Ten looks a second are all that an eye can use. */
#define NOTIFY_INTERVAL_MS 100

typedef struct
{
  GMainContext *context;         /* where the job was made; notifications go there */
  GCancellable *cancellable;
  GMutex        lock;
  RufJobState   state;
  guint64       done;
  guint64       total;
  GError       *error;
  GSource      *notify_source;   /* a notification that waits, or NULL */
  GThread      *sync_thread;     /* the one that blocks in run_sync() */
  gint64        notified_at;     /* monotonic, of the last one from sync_thread */
} RufJobPrivate;

enum
{
  PROP_0,
  PROP_STATE,
  PROP_DONE,
  PROP_TOTAL,
  PROP_ERROR,
  PROP_CANCELLABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RufJob, ruf_job, G_TYPE_OBJECT)

static RufJobPrivate *
get_private (RufJob *self)
{
  return ruf_job_get_instance_private (self);
}

static void
notify_progress (RufJob *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
notify_cb (gpointer user_data)
{
  RufJob *self = user_data;
  RufJobPrivate *priv = get_private (self);

  g_mutex_lock (&priv->lock);
  g_clear_pointer (&priv->notify_source, g_source_unref);
  g_mutex_unlock (&priv->lock);
  notify_progress (self);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
queue_notify (RufJob *self)
{
  RufJobPrivate *priv = get_private (self);

  if (priv->notify_source != NULL)
    return;
  priv->notify_source = g_timeout_source_new (NOTIFY_INTERVAL_MS);
  g_source_set_callback (priv->notify_source, notify_cb, g_object_ref (self), g_object_unref);
  g_source_attach (priv->notify_source, priv->context);
}

static void
drop_notify (RufJob *self)
{
  RufJobPrivate *priv = get_private (self);
  GSource *source;

  g_mutex_lock (&priv->lock);
  source = g_steal_pointer (&priv->notify_source);
  g_mutex_unlock (&priv->lock);
  if (source == NULL)
    return;
  g_source_destroy (source);
  g_source_unref (source);
}

static void
begin (RufJob *self)
{
  RufJobPrivate *priv = get_private (self);

  g_mutex_lock (&priv->lock);
  priv->state = RUF_JOB_RUNNING;
  g_mutex_unlock (&priv->lock);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* The last figures and the outcome arrive together. */
static void
end (RufJob       *self,
     const GError *error)
{
  RufJobPrivate *priv = get_private (self);

  drop_notify (self);
  g_mutex_lock (&priv->lock);
  if (error == NULL)
    priv->state = RUF_JOB_DONE;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    priv->state = RUF_JOB_CANCELLED;
  else
    priv->state = RUF_JOB_FAILED;
  priv->error = error != NULL ? g_error_copy (error) : NULL;
  g_mutex_unlock (&priv->lock);
  g_object_freeze_notify (G_OBJECT (self));
  notify_progress (self);
  if (error != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
run (RufJob  *self,
     GError **error)
{
  RufJobPrivate *priv = get_private (self);

  if (g_cancellable_set_error_if_cancelled (priv->cancellable, error))
    return FALSE;
  return RUF_JOB_GET_CLASS (self)->run (self, priv->cancellable, error);
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (run (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  end (RUF_JOB (source), error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
ruf_job_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  RufJob *self = RUF_JOB (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, ruf_job_get_state (self));
      break;
    case PROP_DONE:
      g_value_set_uint64 (value, ruf_job_get_done (self));
      break;
    case PROP_TOTAL:
      g_value_set_uint64 (value, ruf_job_get_total (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, ruf_job_get_error (self));
      break;
    case PROP_CANCELLABLE:
      g_value_set_object (value, ruf_job_get_cancellable (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_job_finalize (GObject *object)
{
  RufJobPrivate *priv = get_private (RUF_JOB (object));

  g_clear_pointer (&priv->context, g_main_context_unref);
  g_clear_object (&priv->cancellable);
  g_clear_error (&priv->error);
  g_mutex_clear (&priv->lock);

  G_OBJECT_CLASS (ruf_job_parent_class)->finalize (object);
}

static void
ruf_job_class_init (RufJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ruf_job_get_property;
  object_class->finalize = ruf_job_finalize;

  /**
   * RufJob:state:
   *
   * A RufJobState.
   */
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, RUF_JOB_NEW, RUF_JOB_CANCELLED, RUF_JOB_NEW, flags);
  /**
   * RufJob:done:
   *
   * How much of the total is done.
   */
  properties[PROP_DONE] =
    g_param_spec_uint64 ("done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * RufJob:total:
   *
   * All there is to do, 0 while that is not known.
   */
  properties[PROP_TOTAL] =
    g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * RufJob:error:
   *
   * Why it failed or that it was cancelled.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  /**
   * RufJob:cancellable:
   *
   * What stops it.
   */
  properties[PROP_CANCELLABLE] =
    g_param_spec_object ("cancellable", NULL, NULL, G_TYPE_CANCELLABLE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_job_init (RufJob *self)
{
  RufJobPrivate *priv = get_private (self);

  g_mutex_init (&priv->lock);
  priv->context = g_main_context_ref_thread_default ();
  priv->cancellable = g_cancellable_new ();
}

/**
 * ruf_job_get_state:
 * @self: a job
 *
 * Returns: where it stands
 */
RufJobState
ruf_job_get_state (RufJob *self)
{
  RufJobPrivate *priv = get_private (self);
  RufJobState state;

  g_return_val_if_fail (RUF_IS_JOB (self), RUF_JOB_NEW);

  g_mutex_lock (&priv->lock);
  state = priv->state;
  g_mutex_unlock (&priv->lock);
  return state;
}

/**
 * ruf_job_get_done:
 * @self: a job
 *
 * Returns: how much is done, in the job's own unit
 */
guint64
ruf_job_get_done (RufJob *self)
{
  RufJobPrivate *priv = get_private (self);
  guint64 done;

  g_return_val_if_fail (RUF_IS_JOB (self), 0);

  g_mutex_lock (&priv->lock);
  done = priv->done;
  g_mutex_unlock (&priv->lock);
  return done;
}

/**
 * ruf_job_get_total:
 * @self: a job
 *
 * Returns: all there is to do, or 0 while that is not known
 */
guint64
ruf_job_get_total (RufJob *self)
{
  RufJobPrivate *priv = get_private (self);
  guint64 total;

  g_return_val_if_fail (RUF_IS_JOB (self), 0);

  g_mutex_lock (&priv->lock);
  total = priv->total;
  g_mutex_unlock (&priv->lock);
  return total;
}

/**
 * ruf_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why it failed; set once, when it has ended
 */
const GError *
ruf_job_get_error (RufJob *self)
{
  g_return_val_if_fail (RUF_IS_JOB (self), NULL);
  return get_private (self)->error;
}

/**
 * ruf_job_get_cancellable:
 * @self: a job
 *
 * Returns: (transfer none): what stops it
 */
GCancellable *
ruf_job_get_cancellable (RufJob *self)
{
  g_return_val_if_fail (RUF_IS_JOB (self), NULL);
  return get_private (self)->cancellable;
}

/**
 * ruf_job_cancel:
 * @self: a job
 *
 * Asks the job to stop as soon as it can; it then ends as %RUF_JOB_CANCELLED. From any thread.
 */
void
ruf_job_cancel (RufJob *self)
{
  g_return_if_fail (RUF_IS_JOB (self));
  g_cancellable_cancel (get_private (self)->cancellable);
}

/**
 * ruf_job_set_progress:
 * @self: a job
 * @done: how much is done
 * @total: all there is to do, or 0
 *
 * Reports how far the job is. From any thread and as often as one likes: the properties
 * notify at most ten times a second, on the main context the job was made in, or on the
 * thread that waits in ruf_job_run_sync() when it is the one that reports.
 */
void
ruf_job_set_progress (RufJob  *self,
                      guint64  done,
                      guint64  total)
{
  RufJobPrivate *priv = get_private (self);
  gboolean notify_now = FALSE;

  g_return_if_fail (RUF_IS_JOB (self));

  g_mutex_lock (&priv->lock);
  priv->done = done;
  priv->total = total;
  if (priv->sync_thread != NULL)
    {
      gint64 now = g_get_monotonic_time ();

      notify_now = priv->sync_thread == g_thread_self ()
                   && now - priv->notified_at >= NOTIFY_INTERVAL_MS * 1000;
      priv->notified_at = notify_now ? now : priv->notified_at;
    }
  else
    queue_notify (self);
  g_mutex_unlock (&priv->lock);
  if (notify_now)
    notify_progress (self);
}

/**
 * ruf_job_run_sync:
 * @self: a job that has not run yet
 *
 * Does the work in the calling thread, which must be the one the job was made in.
 *
 * Errors: those of the job; %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether it was done
 */
gboolean
ruf_job_run_sync (RufJob  *self,
                  GError **error)
{
  RufJobPrivate *priv = get_private (self);
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (RUF_IS_JOB (self), FALSE);
  g_return_val_if_fail (ruf_job_get_state (self) == RUF_JOB_NEW, FALSE);

  priv->sync_thread = g_thread_self ();
  begin (self);
  run (self, &local_error);
  end (self, local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * ruf_job_run_async:
 * @self: a job that has not run yet
 * @callback: (nullable): called when it has ended, after state, done and error have notified
 *
 * Does the work in a thread of its own.
 */
void
ruf_job_run_async (RufJob              *self,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) work = NULL;

  g_return_if_fail (RUF_IS_JOB (self));
  g_return_if_fail (ruf_job_get_state (self) == RUF_JOB_NEW);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, ruf_job_run_async);
  g_task_set_return_on_cancel (task, FALSE);
  work = g_task_new (self, NULL, run_done_cb, g_steal_pointer (&task));
  begin (self);
  g_task_run_in_thread (work, run_in_thread);
}

/**
 * ruf_job_run_finish:
 * @self: a job
 * @result: what the callback got
 *
 * Errors: those of the job; %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether the work was done
 */
gboolean
ruf_job_run_finish (RufJob        *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

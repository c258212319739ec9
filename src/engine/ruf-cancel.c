/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Taking a run back: what waits here at once and for certain, what lies in an open batch at
 * the backend where it can still be reached.
 */

#include "config.h"

#include "ruf-dispatcher.h"

typedef struct
{
  gint64  run_id;
  gint64  now;
  gint64  rows;
  RufRun *run;     /* as it was before */
} Cancel;

static gboolean
write_cancel (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Cancel *cancel = data;

  g_clear_pointer (&cancel->run, ruf_run_free);
  cancel->run = ruf_outbox_table_get_run (db, cancel->run_id, error);
  return cancel->run != NULL &&
         ruf_outbox_table_cancel (db, cancel->run_id, cancel->now, &cancel->rows, error);
}

/* A batch that was closed is on its way; one that was never opened is not there. */
static gboolean
may_lie_open (const RufRun *run)
{
  return run->backend != NULL &&
         (run->state == RUF_RUN_SENDING || run->state == RUF_RUN_PAUSED);
}

/**
 * ruf_dispatcher_cancel_run:
 * @context: the context
 * @run_id: a run
 * @rows: (out) (optional): room for how many were taken out
 * @cancellable: (nullable): ends the call to the backend
 * @error: return location; NOT_FOUND, or REFUSED for history
 *
 * Takes everything that waits out and ends the run; a dispatcher that is sending it stops
 * before its next chunk. Where a batch lies open at the backend, the backend is asked to drop
 * it. Whether it does so is not certain: receipts tell what has arrived.
 *
 * Returns: whether the run is cancelled here
 */
gboolean
ruf_dispatcher_cancel_run (RufContext    *context,
                           gint64         run_id,
                           gint64        *rows,
                           GCancellable  *cancellable,
                           GError       **error)
{
  Cancel cancel = { .run_id = run_id };
  g_autoptr (RufBackend) backend = NULL;
  g_autoptr (RufRun) run = NULL;
  gboolean done;
  gint64 id;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);

  cancel.now = ruf_context_get_now (context);
  done = ruf_store_write_sync (ruf_context_get_store (context), write_cancel, &cancel, NULL, error);
  run = cancel.run;
  if (!done)
    return FALSE;
  if (rows != NULL)
    *rows = cancel.rows;

  if (may_lie_open (run))
    backend = ruf_context_dup_backend (context, run->backend, &id, NULL);
  if (backend != NULL)
    ruf_backend_cancel (backend, run->batch_id, cancellable, NULL);
  return TRUE;
}

static void
cancel_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  const gint64 *run_id = data;
  GError *error = NULL;

  if (ruf_dispatcher_cancel_run (source, *run_id, NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * ruf_dispatcher_cancel_run_async:
 * @context: the context
 * @run_id: a run
 * @callback: called when the run is cancelled here and the backend was asked
 * @user_data: for @callback
 *
 * ruf_dispatcher_cancel_run() in a thread of its own: the backend may take its time.
 */
void
ruf_dispatcher_cancel_run_async (RufContext          *context,
                                 gint64               run_id,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RUF_IS_CONTEXT (context));

  task = g_task_new (context, NULL, callback, user_data);
  g_task_set_source_tag (task, ruf_dispatcher_cancel_run_async);
  g_task_set_task_data (task, g_memdup2 (&run_id, sizeof run_id), g_free);
  g_task_run_in_thread (task, cancel_in_thread);
}

/**
 * ruf_dispatcher_cancel_run_finish:
 * @context: the context
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the run is cancelled here
 */
gboolean
ruf_dispatcher_cancel_run_finish (RufContext    *context,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RUF_JOB_NEW,
  RUF_JOB_RUNNING,
  RUF_JOB_DONE,
  RUF_JOB_FAILED,
  RUF_JOB_CANCELLED,
} RufJobState;

/**
 * RufJob:
 * Long work with progress. Properties state, done, total (guint64; total 0 = not known),
 * error (boxed) and cancellable notify on the main context the job was made in: the window
 * binds them to a progress bar, the command line prints them.
 *
 * A subclass implements run(), which blocks, in a thread of its own (async) or the caller's
 * (sync), and reports with ruf_job_set_progress().
 */
#define RUF_TYPE_JOB (ruf_job_get_type ())
G_DECLARE_DERIVABLE_TYPE (RufJob, ruf_job, RUF, JOB, GObject)

struct _RufJobClass
{
  GObjectClass parent_class;
  gboolean (*run) (RufJob *self, GCancellable *cancellable, GError **error);
};

RufJobState   ruf_job_get_state       (RufJob *self);
guint64       ruf_job_get_done        (RufJob *self);
guint64       ruf_job_get_total       (RufJob *self);
const GError *ruf_job_get_error       (RufJob *self);
GCancellable *ruf_job_get_cancellable (RufJob *self);
void          ruf_job_cancel          (RufJob *self);
/* any thread, cheap */
void ruf_job_set_progress (RufJob  *self,
                           guint64  done,
                           guint64  total);

gboolean ruf_job_run_sync (RufJob  *self,
                           GError **error);
void ruf_job_run_async (RufJob              *self,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data);
gboolean ruf_job_run_finish (RufJob        *self,
                             GAsyncResult  *result,
                             GError       **error);

G_END_DECLS

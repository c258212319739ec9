/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"
#include "ruf-job.h"
#include "ruf-outbox-table.h"
#include "ruf-patience.h"

G_BEGIN_DECLS

/**
 * RufDispatcher:
 * Sends one run by one backend until nothing waits that may go now: claim, render, submit,
 * record; backoff and Retry-After obeyed; open attempts repeated under their key where the
 * backend is idempotent, left UNKNOWN where not. Then collects receipts until none are new.
 * Stops between chunks when the run is paused or cancelled.
 */
#define RUF_TYPE_DISPATCHER (ruf_dispatcher_get_type ())
G_DECLARE_FINAL_TYPE (RufDispatcher, ruf_dispatcher, RUF, DISPATCHER, RufJob)

RufDispatcher *ruf_dispatcher_new (RufContext *context,
                                   gint64      run_id,
                                   const char *backend);
/* A backend that is at hand instead of one by its name. */
void ruf_dispatcher_set_backend (RufDispatcher *self,
                                 RufBackend    *backend,
                                 gint64         backend_id);
/* Sends before the planned time, which becomes the present where anything may leave. */
void ruf_dispatcher_set_at_once (RufDispatcher *self,
                                 gboolean       at_once);
void ruf_dispatcher_set_wait_func (RufDispatcher *self,
                                   RufWaitFunc    func,
                                   gpointer       data);
/* For crash tests: the process ends at once behind this step ("claimed", "submitted",
 * "recorded", "committed", "collected"). NULL = never. Also RUNDRUF_CRASH_AT. */
void ruf_dispatcher_set_crash_at (RufDispatcher *self,
                                  const char    *step);

/* Takes a run back: what waits, and what lies in an open batch at the backend. */
gboolean ruf_dispatcher_cancel_run (RufContext    *context,
                                    gint64         run_id,
                                    gint64        *rows,
                                    GCancellable  *cancellable,
                                    GError       **error);
void     ruf_dispatcher_cancel_run_async  (RufContext           *context,
                                           gint64                run_id,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean ruf_dispatcher_cancel_run_finish (RufContext           *context,
                                           GAsyncResult         *result,
                                           GError              **error);

/* Hands the batch over as a file; rows become SENT, the same claim rules hold. A second export
 * of the same run writes the rows handed over before (less those withdrawn since). */
#define RUF_TYPE_EXPORTER (ruf_exporter_get_type ())
G_DECLARE_FINAL_TYPE (RufExporter, ruf_exporter, RUF, EXPORTER, RufJob)

RufExporter *ruf_exporter_new (RufContext *context,
                               gint64      run_id,
                               const char *format,
                               const char *path);
guint64        ruf_exporter_get_rows   (RufExporter *self);
const char    *ruf_exporter_get_sha256 (RufExporter *self);

/* The text of @version for one person; placeholders filled from the store. */
char *ruf_render_message (RufContext  *context,
                          const char  *body,
                          gint64       person_id,
                          GError     **error);

G_END_DECLS

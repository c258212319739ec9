/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-job.h"

G_BEGIN_DECLS

/**
 * RufCliProgress:
 * Looks after a blocking main thread: shows on a terminal how far the work is, and
 * turns Ctrl-C into a cancel.
 */
typedef struct _RufCliProgress RufCliProgress;

RufCliProgress *ruf_cli_progress_new    (GCancellable   *cancellable,
                                         gboolean        visible);
void            ruf_cli_progress_free   (RufCliProgress *self);
void            ruf_cli_progress_begin  (RufCliProgress *self,
                                         const char     *label,
                                         RufJob         *job);
void            ruf_cli_progress_remark (RufCliProgress *self,
                                         const char     *line);
void            ruf_cli_progress_end    (RufCliProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCliProgress, ruf_cli_progress_free)

G_END_DECLS

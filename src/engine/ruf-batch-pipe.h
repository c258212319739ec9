/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-batch-writer.h"
#include "ruf-outbox-table.h"
#include "ruf-template.h"

G_BEGIN_DECLS

/**
 * RufBatchPipe:
 * Renders and writes a batch in a thread of its own, while the store's thread reads on. It
 * holds a few thousand rows at most, however long the batch is.
 */
typedef struct _RufBatchPipe RufBatchPipe;

RufBatchPipe *ruf_batch_pipe_new    (RufBatchWriter *writer, const RufTemplate *template);
/* Takes a copy; waits where the writing is behind. FALSE with what went wrong in writing. */
gboolean      ruf_batch_pipe_add    (RufBatchPipe *self, const RufHandover *row, GError **error);
/* Waits until all is written. */
gboolean      ruf_batch_pipe_finish (RufBatchPipe *self, GError **error);
void          ruf_batch_pipe_free   (RufBatchPipe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufBatchPipe, ruf_batch_pipe_free)

G_END_DECLS

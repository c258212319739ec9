/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RufRunLock:
 * Held while a run is being sent or exported, by one job of one process at a time. The
 * kernel lets go of it when the process ends, however it ends.
 */
typedef struct _RufRunLock RufRunLock;

/* BUSY where somebody else holds it. */
RufRunLock *ruf_run_lock_take (const char *database, gint64 run_id, GError **error);
void        ruf_run_lock_free (RufRunLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufRunLock, ruf_run_lock_free)

G_END_DECLS

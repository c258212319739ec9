/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ruf-context.h"
#include "ruf-patience.h"

G_BEGIN_DECLS

gboolean ruf_collect_receipts (RufContext         *context,
                               gint64              backend_id,
                               const RufPatience  *patience,
                               GCancellable       *cancellable,
                               GError            **error);

G_END_DECLS

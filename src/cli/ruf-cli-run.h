/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-cli-call.h"
#include "ruf-outbox-table.h"

G_BEGIN_DECLS

gboolean ruf_cli_run_read           (RufCliCall  *call,
                                     gint64       run_id,
                                     RufRun     **run,
                                     GArray     **excluded,
                                     GError     **error);
void     ruf_cli_run_write_excluded (RufCliCall  *call,
                                     const char  *name,
                                     GArray      *excluded);

G_END_DECLS

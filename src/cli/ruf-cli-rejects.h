/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-cli-call.h"

G_BEGIN_DECLS

void ruf_cli_rejects_write (RufCliCall *call,
                            const char *path,
                            GPtrArray  *rejects,
                            gint64      n_rejected);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-page.h"

G_BEGIN_DECLS

void ruf_export_dialog_present (RufPage    *page,
                                gint64      run_id,
                                const char *title);

G_END_DECLS

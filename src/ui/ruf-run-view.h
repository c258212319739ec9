/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-context.h"
#include "ruf-outbox-table.h"

G_BEGIN_DECLS

#define RUF_TYPE_RUN_VIEW (ruf_run_view_get_type ())
G_DECLARE_FINAL_TYPE (RufRunView, ruf_run_view, RUF, RUN_VIEW, AdwBin)

void     ruf_run_view_show    (RufRunView   *self,
                               RufContext   *context,
                               const RufRun *run,
                               GArray       *excluded,
                               GPtrArray    *failures,
                               const char   *text);
gboolean ruf_run_view_go_back (RufRunView   *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-outbox-table.h"

G_BEGIN_DECLS

#define RUF_TYPE_RUN_ROW (ruf_run_row_get_type ())
G_DECLARE_FINAL_TYPE (RufRunRow, ruf_run_row, RUF, RUN_ROW, GtkListBoxRow)

GtkWidget *ruf_run_row_new        (void);
gint64     ruf_run_row_get_run_id (RufRunRow    *self);
void       ruf_run_row_set_run    (RufRunRow    *self,
                                   const RufRun *run,
                                   gint64        now,
                                   GTimeZone    *zone);

G_END_DECLS

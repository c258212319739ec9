/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-context.h"
#include "ruf-outbox-table.h"

G_BEGIN_DECLS

/**
 * RufSendChosen:
 * @run_id: what to send
 * @backend: (nullable): by which way; NULL for the practice service
 * @user_data: as given
 */
typedef void (*RufSendChosen) (gint64      run_id,
                               const char *backend,
                               gpointer    user_data);

void ruf_send_dialog_present (GtkWidget     *parent,
                              RufContext    *context,
                              const RufRun  *run,
                              GPtrArray     *backends,
                              const char    *last,
                              RufSendChosen  chosen,
                              gpointer       user_data);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-campaign-table.h"

G_BEGIN_DECLS

#define RUF_TYPE_MESSAGE_ROW (ruf_message_row_get_type ())
G_DECLARE_FINAL_TYPE (RufMessageRow, ruf_message_row, RUF, MESSAGE_ROW, AdwActionRow)

GtkWidget        *ruf_message_row_new         (void);
const RufMessage *ruf_message_row_get_message (RufMessageRow *self);
void              ruf_message_row_set_message (RufMessageRow *self,
                                               RufMessage    *message);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-outbox-table.h"
#include "ruf-page.h"

G_BEGIN_DECLS

#define RUF_TYPE_REPLY_ROW (ruf_reply_row_get_type ())
G_DECLARE_FINAL_TYPE (RufReplyRow, ruf_reply_row, RUF, REPLY_ROW, AdwPreferencesRow)

GtkWidget *ruf_reply_row_new (RufPage              *page,
                              const RufReplyRecord *reply);

G_END_DECLS

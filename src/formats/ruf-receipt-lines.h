/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUF_N_RECEIPT_CELLS 4

/**
 * RufReceiptLine:
 * One line of a JSON Lines file of receipts that is not empty; valid until the next call.
 */
typedef struct
{
  guint       row;                          /* from 1, empty lines counted */
  gboolean    malformed;                    /* no JSON object */
  const char *text;                         /* the line */
  char       *cells[RUF_N_RECEIPT_CELLS];   /* message_id, status, at, error_code; "" = none */
} RufReceiptLine;

typedef struct _RufReceiptLines RufReceiptLines;

RufReceiptLines      *ruf_receipt_lines_open         (const char       *path,
                                                      GError          **error);
void                  ruf_receipt_lines_free         (RufReceiptLines  *self);
gboolean              ruf_receipt_lines_is_json      (RufReceiptLines  *self);
const char           *ruf_receipt_lines_get_encoding (RufReceiptLines  *self);
const RufReceiptLine *ruf_receipt_lines_next         (RufReceiptLines  *self,
                                                      GCancellable     *cancellable,
                                                      GError          **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReceiptLines, ruf_receipt_lines_free)

G_END_DECLS

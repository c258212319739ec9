/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* ISO 216 in points. */
#define RUF_PDF_MM        (72.0 / 25.4)
#define RUF_PDF_A4_WIDTH  (210 * RUF_PDF_MM)
#define RUF_PDF_A4_HEIGHT (297 * RUF_PDF_MM)
#define RUF_PDF_A5_WIDTH  (148 * RUF_PDF_MM)
#define RUF_PDF_A5_HEIGHT (210 * RUF_PDF_MM)

/**
 * RufPdf:
 * A PDF file that grows in memory. Whoever asked for it puts it on the disk: this room
 * knows no files.
 */
typedef struct _RufPdf RufPdf;

RufPdf  *ruf_pdf_new       (double        width,
                            double        height,
                            const char   *title,
                            gint64        made_at);
void     ruf_pdf_free      (RufPdf       *self);
cairo_t *ruf_pdf_get_cairo (RufPdf       *self);
GBytes  *ruf_pdf_finish    (RufPdf       *self,
                            GError      **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufPdf, ruf_pdf_free)

G_END_DECLS

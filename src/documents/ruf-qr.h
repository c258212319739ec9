/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Light modules around the code on each side (ISO/IEC 18004). */
#define RUF_QR_QUIET 4

gboolean ruf_qr_draw (cairo_t     *cr,
                      const char  *text,
                      double       x,
                      double       y,
                      double       size,
                      GError     **error);

G_END_DECLS

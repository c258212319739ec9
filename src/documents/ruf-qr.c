/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* QR codes as squares that no enlargement blurs. */

#include "config.h"

#include "ruf-qr.h"

#include <glib/gi18n-lib.h>
#include <qrencode.h>

#include "ruf-error.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QRcode, QRcode_free)

/* One rectangle for each run of dark modules of a row. */
static void
add_row (cairo_t      *cr,
         const QRcode *code,
         int           row)
{
  const unsigned char *modules = code->data + row * code->width;

  for (int i = 0; i < code->width; i++)
    {
      int from = i;

      while (i < code->width && (modules[i] & 1) != 0)
        i++;
      if (i > from)
        cairo_rectangle (cr, RUF_QR_QUIET + from, RUF_QR_QUIET + row, i - from, 1);
    }
}

/**
 * ruf_qr_draw:
 * @cr: where to draw
 * @text: what a camera shall read
 * @x: left edge of the quiet zone
 * @y: top edge of the quiet zone
 * @size: of the code with its quiet zone
 * @error: return location; INVALID where @text is too long for any code
 *
 * Draws @text as a QR code, black on white, so redundant (level Q) that a quarter of it may be
 * dirty or torn.
 *
 * Returns: whether it was drawn
 */
gboolean
ruf_qr_draw (cairo_t     *cr,
             const char  *text,
             double       x,
             double       y,
             double       size,
             GError     **error)
{
  g_autoptr (QRcode) code = NULL;
  double modules;

  g_return_val_if_fail (cr != NULL && text != NULL, FALSE);

  code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_Q);
  if (code == NULL)
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           _("This is too long for a QR code. Choose a shorter address or "
                             "code."));
      return FALSE;
    }

  modules = code->width + 2 * RUF_QR_QUIET;
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / modules, size / modules);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, modules, modules);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int row = 0; row < code->width; row++)
    add_row (cr, code, row);
  cairo_fill (cr);
  cairo_restore (cr);
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A PDF surface over memory, with what a reader shows of the file: title, maker, date. */

#include "config.h"

#include "ruf-pdf.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-moment.h"

struct _RufPdf
{
  GByteArray      *bytes;
  cairo_surface_t *surface;
  cairo_t         *cr;
};

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * ruf_pdf_new:
 * @width: of a page, points
 * @height: of a page, points
 * @title: what the file is about
 * @made_at: UTC µs; the same moment and content make the same bytes
 *
 * Returns: (transfer full): a file without pages
 */
RufPdf *
ruf_pdf_new (double      width,
             double      height,
             const char *title,
             gint64      made_at)
{
  RufPdf *self = g_new0 (RufPdf, 1);
  g_autofree char *date = ruf_moment_to_iso8601 (made_at);
  g_autofree char *valid = g_utf8_make_valid (title, -1);

  self->bytes = g_byte_array_new ();
  self->surface = cairo_pdf_surface_create_for_stream (append_cb, self->bytes, width, height);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, valid);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "Rundruf");
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  self->cr = cairo_create (self->surface);

  return self;
}

/**
 * ruf_pdf_free:
 * @self: (nullable) (transfer full): a file
 */
void
ruf_pdf_free (RufPdf *self)
{
  if (self == NULL)
    return;

  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/**
 * ruf_pdf_get_cairo:
 * @self: a file
 *
 * Returns: (transfer none): where its pages are drawn; cairo_show_page() ends each
 */
cairo_t *
ruf_pdf_get_cairo (RufPdf *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cr;
}

/**
 * ruf_pdf_finish:
 * @self: a file whose last page has ended
 * @error: return location; IO where cairo gave up
 *
 * Returns: (transfer full) (nullable): the whole file
 */
GBytes *
ruf_pdf_finish (RufPdf  *self,
                GError **error)
{
  cairo_status_t status;

  g_return_val_if_fail (self != NULL, NULL);

  status = cairo_status (self->cr);
  cairo_surface_finish (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_bytes_new (self->bytes->data, self->bytes->len);

  g_set_error (error, RUF_ERROR, RUF_ERROR_IO, _("The pages could not be drawn: %s."),
               cairo_status_to_string (status));
  return NULL;
}

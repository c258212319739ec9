/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The reach chart as a file: SVG, PNG, PDF, and its figures as CSV. Each is made in memory
 * and put in place whole, so that a failed write leaves the file as it was. */

#include "config.h"

#include "ruf-reach-chart.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ruf-chart-palette.h"
#include "ruf-error.h"

#define PNG_SCALE 2
#define MIN_SIZE 120
#define MAX_SIZE 10000
#define CSV_FORMAT_VERSION "1"

typedef gboolean (*Encode) (const RufReachSeries *series,
                            int                   width,
                            int                   height,
                            GByteArray           *bytes,
                            GError              **error);

static const RufChartStyle paper = { .highlight = -1 };

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
append_text (GByteArray *bytes,
             const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, strlen (text));
}

static gboolean
check_status (cairo_status_t   status,
              GError         **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               _("The chart could not be drawn (%s). Try a smaller width and height."),
               cairo_status_to_string (status));
  return FALSE;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

static gboolean
draw_on_paper (cairo_surface_t       *surface,
               const RufReachSeries  *series,
               int                    width,
               int                    height,
               GError               **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  ruf_color_set_source (&ruf_chart_palette_get (paper.dark)->surface, cr);
  cairo_paint (cr);
  ruf_reach_chart_draw (cr, series, &paper, width, height);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);

  return check_status (status, error);
}

static gboolean
finish_paper (cairo_surface_t  *surface,
              GError          **error)
{
  cairo_surface_finish (surface);
  return check_status (cairo_surface_status (surface), error);
}

/* Drawn letters are shapes; the words go in as title and description, for screen readers
 * and for searching. */
static void
insert_svg_words (GByteArray           *drawn,
                  const RufReachSeries *series,
                  GByteArray           *bytes)
{
  g_autofree char *words = ruf_reach_series_describe (series);
  g_autofree char *markup =
    g_markup_printf_escaped ("\n<title>%s</title>\n<desc>%s</desc>",
                             series->title != NULL ? series->title : "", words);
  const char *svg = (const char *) drawn->data;
  const char *root = g_strstr_len (svg, drawn->len, "<svg");
  const char *inside = root != NULL ? memchr (root, '>', drawn->len - (root - svg)) : NULL;
  gsize head = inside != NULL ? (gsize) (inside + 1 - svg) : 0;

  g_byte_array_append (bytes, drawn->data, head);
  if (inside != NULL)
    append_text (bytes, markup);
  g_byte_array_append (bytes, drawn->data + head, drawn->len - head);
}

static gboolean
encode_svg (const RufReachSeries  *series,
            int                    width,
            int                    height,
            GByteArray            *bytes,
            GError               **error)
{
  g_autoptr (GByteArray) drawn = g_byte_array_new ();
  g_autoptr (cairo_surface_t) surface =
    cairo_svg_surface_create_for_stream (append_cb, drawn, width, height);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  if (!draw_on_paper (surface, series, width, height, error) || !finish_paper (surface, error))
    return FALSE;

  insert_svg_words (drawn, series, bytes);
  return TRUE;
}

static gboolean
encode_pdf (const RufReachSeries  *series,
            int                    width,
            int                    height,
            GByteArray            *bytes,
            GError               **error)
{
  g_autoptr (cairo_surface_t) surface =
    cairo_pdf_surface_create_for_stream (append_cb, bytes, width, height);

  if (series->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, series->title);

  return draw_on_paper (surface, series, width, height, error) && finish_paper (surface, error);
}

static gboolean
encode_png (const RufReachSeries  *series,
            int                    width,
            int                    height,
            GByteArray            *bytes,
            GError               **error)
{
  g_autoptr (cairo_surface_t) surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * PNG_SCALE, height * PNG_SCALE);

  cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
  if (!draw_on_paper (surface, series, width, height, error))
    return FALSE;

  return check_status (cairo_surface_write_to_png_stream (surface, append_cb, bytes), error);
}

/* RFC 4180: quoted only where it has to be. */
static void
append_csv_text (GByteArray *bytes,
                 const char *text)
{
  g_autoptr (GString) cell = g_string_new (text);

  if (cell->str[strcspn (cell->str, ",\"\r\n")] != '\0')
    {
      g_string_replace (cell, "\"", "\"\"", 0);
      g_string_prepend_c (cell, '"');
      g_string_append_c (cell, '"');
    }

  append_text (bytes, cell->str);
}

/* An empty cell is "not measured", never 0. */
static void
append_csv_number (GByteArray *bytes,
                   double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  append_text (bytes, ",");
  if (value >= 0)
    append_text (bytes, g_ascii_formatd (buffer, sizeof buffer, "%.0f", value));
}

static void
append_csv_week (GByteArray           *bytes,
                 const RufReachSeries *series,
                 const RufReachWeek   *week)
{
  const char *words[] = {
    series->facebook_definition, series->messenger_definition, series->source,
  };

  append_text (bytes, CSV_FORMAT_VERSION ",");
  append_csv_text (bytes, week->week);
  append_csv_number (bytes, week->facebook);
  append_text (bytes, ",");
  append_csv_text (bytes, week->facebook_metric);
  append_text (bytes, week->metric_changed ? ",true" : ",false");
  append_csv_number (bytes, week->messenger);
  append_csv_number (bytes, week->messenger_high);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      append_text (bytes, ",");
      append_csv_text (bytes, words[i]);
    }
  append_text (bytes, "\n");
}

static gboolean
encode_csv (const RufReachSeries  *series,
            int                    width,
            int                    height,
            GByteArray            *bytes,
            GError               **error)
{
  append_text (bytes, "format_version,week,facebook,facebook_metric,metric_changed,"
                      "messenger_read,messenger_delivered,facebook_definition,"
                      "messenger_definition,source\n");

  for (guint i = 0; i < ruf_reach_series_get_n_weeks (series); i++)
    append_csv_week (bytes, series, ruf_reach_series_get_week (series, i));

  return TRUE;
}

static Encode
find_encoder (const char *path)
{
  const struct
  {
    const char *ending;
    Encode      encode;
  } encoders[] = {
    { ".svg", encode_svg },
    { ".png", encode_png },
    { ".pdf", encode_pdf },
    { ".csv", encode_csv },
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++)
    {
      if (g_str_has_suffix (lower, encoders[i].ending))
        return encoders[i].encode;
    }

  return NULL;
}

/* GLib tells what failed by its own codes. */
static int
get_errno (const GError *cause)
{
  static const int codes[] = { ENOSPC, EISDIR, ENOENT, ENOTDIR, EACCES, EROFS, EPERM };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (cause, G_FILE_ERROR, g_file_error_from_errno (codes[i])))
      return codes[i];

  return EIO;
}

static gboolean
put_in_place (const char  *path,
              GByteArray  *bytes,
              GError     **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_set_contents_full (path, (const char *) bytes->data, bytes->len,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0644, &cause))
    return TRUE;

  ruf_error_set_unwritable (error, path, get_errno (cause));
  return FALSE;
}

/**
 * ruf_reach_chart_write:
 * @series: what is drawn
 * @path: the file; its ending, svg, png, pdf or csv, says what is written
 * @width: logical pixels, 120 to 10,000; points for PDF; PNG files have twice as many pixels
 * @height: logical pixels, 120 to 10,000; more where definitions and source need it
 * @error: return location
 *
 * Writes the chart, or its figures, in light colours, beside @path and puts it in place.
 *
 * Returns: %TRUE if the file is there; else %RUF_ERROR_INVALID for an ending or a size that
 *   is none of these, %RUF_ERROR_FULL or %RUF_ERROR_IO where writing failed
 */
gboolean
ruf_reach_chart_write (const RufReachSeries  *series,
                       const char            *path,
                       int                    width,
                       int                    height,
                       GError               **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Encode encode;

  g_return_val_if_fail (series != NULL && path != NULL, FALSE);

  encode = find_encoder (path);
  if (encode == NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” does not end in .svg, .png, .pdf or .csv. Give the file one of "
                     "these endings."), path);
      return FALSE;
    }
  if (width < MIN_SIZE || width > MAX_SIZE || height < MIN_SIZE || height > MAX_SIZE)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("A chart of %d × %d pixels cannot be made. Choose width and height from "
                     "%d to %d."), width, height, MIN_SIZE, MAX_SIZE);
      return FALSE;
    }

  height = MAX (height, (int) ceil (ruf_reach_chart_get_min_height (series, &paper, width)));

  return encode (series, width, height, bytes, error) && put_in_place (path, bytes, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Type on paper: one family, few sizes, two greys. */

#include "config.h"

#include "ruf-paper-text.h"

#include "ruf-chart-text.h"

#define FAMILIES      "Cantarell, Adwaita Sans, Inter, Noto Sans, Sans"
#define CODE_FAMILIES "Source Code Pro, Adwaita Mono, DejaVu Sans Mono, Monospace"
#define LINE_SPACING  1.15f

static const struct
{
  double      points;
  PangoWeight weight;
  gboolean    is_dim;
} styles[RUF_N_PAPER_STYLES] = {
  [RUF_PAPER_TITLE] = { 20, PANGO_WEIGHT_BOLD, FALSE },
  [RUF_PAPER_HEADING] = { 13, PANGO_WEIGHT_BOLD, FALSE },
  [RUF_PAPER_SUBHEADING] = { 10.5, PANGO_WEIGHT_BOLD, FALSE },
  [RUF_PAPER_BODY] = { 9.5, PANGO_WEIGHT_NORMAL, FALSE },
  [RUF_PAPER_STRONG] = { 9.5, PANGO_WEIGHT_BOLD, FALSE },
  [RUF_PAPER_LABEL] = { 9.5, PANGO_WEIGHT_NORMAL, TRUE },
  [RUF_PAPER_SMALL] = { 8, PANGO_WEIGHT_NORMAL, TRUE },
  [RUF_PAPER_CODE] = { 7, PANGO_WEIGHT_NORMAL, FALSE },
};

/**
 * ruf_paper_text_create_context:
 *
 * Returns: (transfer full): a context for text on paper
 */
PangoContext *
ruf_paper_text_create_context (void)
{
  return ruf_chart_text_create_context (FAMILIES);
}

/* A hyphen that nobody wrote would change a hash, a link and a quotation. */
static void
forbid_hyphens (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static PangoLayout *
lay_out (PangoContext *context,
         const char   *families,
         double        points,
         PangoWeight   weight,
         const char   *text,
         double        width)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoFontDescription) font =
    pango_font_description_copy (pango_context_get_font_description (context));
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  if (families != NULL)
    pango_font_description_set_family (font, families);
  pango_font_description_set_absolute_size (font, points * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_line_spacing (layout, LINE_SPACING);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, valid, -1);
  forbid_hyphens (layout);

  return layout;
}

/**
 * ruf_paper_text_new:
 * @context: from [func@paper_text_create_context]
 * @style: how it looks
 * @text: plain text
 * @width: where lines break, points
 *
 * Returns: (transfer full): the text, laid out
 */
PangoLayout *
ruf_paper_text_new (PangoContext  *context,
                    RufPaperStyle  style,
                    const char    *text,
                    double         width)
{
  g_return_val_if_fail (style < RUF_N_PAPER_STYLES && text != NULL, NULL);

  return lay_out (context, style == RUF_PAPER_CODE ? CODE_FAMILIES : NULL, styles[style].points,
                  styles[style].weight, text, width);
}

/**
 * ruf_paper_text_new_sized:
 * @context: from [func@paper_text_create_context]
 * @points: how big
 * @weight: how bold
 * @text: plain text
 * @width: where lines break, points
 *
 * For what hangs on a wall and is read from afar: sizes of its own.
 *
 * Returns: (transfer full): the text, laid out
 */
PangoLayout *
ruf_paper_text_new_sized (PangoContext *context,
                          double        points,
                          PangoWeight   weight,
                          const char   *text,
                          double        width)
{
  g_return_val_if_fail (text != NULL, NULL);

  return lay_out (context, NULL, points, weight, text, width);
}

/**
 * ruf_paper_text_get_color:
 * @style: how a text looks
 *
 * Returns: (transfer none): its colour on white paper
 */
const RufColor *
ruf_paper_text_get_color (RufPaperStyle style)
{
  const RufChartPalette *palette = ruf_chart_palette_get (FALSE);

  g_return_val_if_fail (style < RUF_N_PAPER_STYLES, &palette->text);

  return styles[style].is_dim ? &palette->dim_text : &palette->text;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Text on charts: one measure for screen, picture and paper. Hinting of metrics is off,
 * so that a line breaks at the same word wherever it is drawn. */

#include "config.h"

#include "ruf-chart-text.h"

/* What GNOME uses, newest first; any sans-serif where none of them is there. */
#define DEFAULT_FONT "Adwaita Sans, Cantarell, Inter, Sans"

static const struct
{
  double      pixels;
  PangoWeight weight;
} sizes[] = {
  [RUF_CHART_TEXT_TITLE] = { 17, PANGO_WEIGHT_BOLD },
  [RUF_CHART_TEXT_BODY] = { 13, PANGO_WEIGHT_NORMAL },
  [RUF_CHART_TEXT_STRONG] = { 13, PANGO_WEIGHT_BOLD },
  [RUF_CHART_TEXT_SMALL] = { 12, PANGO_WEIGHT_NORMAL },
};

/**
 * ruf_chart_text_create_context:
 * @font: (nullable): families, the best first, or %NULL for those of GNOME
 *
 * Returns: (transfer full): a context whose measures hold on every surface
 */
PangoContext *
ruf_chart_text_create_context (const char *font)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) description = pango_font_description_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);

  pango_font_description_set_family (description, font != NULL ? font : DEFAULT_FONT);
  pango_context_set_font_description (context, description);
  pango_context_set_round_glyph_positions (context, FALSE);

  return context;
}

/**
 * ruf_chart_text_new:
 * @context: from [func@chart_text_create_context]
 * @size: how big
 * @text: (nullable): plain text, %NULL for none
 * @width: where to break lines, in pixels, or -1 for a single line
 *
 * Returns: (transfer full): the text, laid out
 */
PangoLayout *
ruf_chart_text_new (PangoContext     *context,
                    RufChartTextSize  size,
                    const char       *text,
                    double            width)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoFontDescription) font =
    pango_font_description_copy (pango_context_get_font_description (context));

  pango_font_description_set_absolute_size (font, sizes[size].pixels * PANGO_SCALE);
  pango_font_description_set_weight (font, sizes[size].weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);

  if (width >= 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }

  return layout;
}

/**
 * ruf_chart_text_get_width:
 * @layout: a text
 *
 * Returns: how many pixels its longest line takes
 */
double
ruf_chart_text_get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/**
 * ruf_chart_text_get_height:
 * @layout: a text
 *
 * Returns: how many pixels its lines take together
 */
double
ruf_chart_text_get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/**
 * ruf_chart_text_draw:
 * @layout: a text
 * @cr: where to draw
 * @color: its colour
 * @x: left edge
 * @y: top edge
 *
 * Draws @layout with its upper left corner at (@x, @y).
 */
void
ruf_chart_text_draw (PangoLayout    *layout,
                     cairo_t        *cr,
                     const RufColor *color,
                     double          x,
                     double          y)
{
  ruf_color_set_source (color, cr);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

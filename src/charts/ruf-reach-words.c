/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The layers of a reach chart that are words: title, key, definitions and source. */

#include "config.h"

#include "ruf-reach-layers.h"

#include <glib/gi18n-lib.h>

#include "ruf-chart-text.h"
#include "ruf-reach-bar.h"

#define SWATCH 12.0

/**
 * ruf_reach_layer_title:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Writes the title; small charts have none.
 */
void
ruf_reach_layer_title (cairo_t               *cr,
                       const RufReachLayout  *layout,
                       const RufChartPalette *palette)
{
  g_autoptr (PangoLayout) title = NULL;

  if (layout->title.height <= 0)
    return;

  title = ruf_reach_layout_create_title (layout);
  ruf_chart_text_draw (title, cr, &palette->text, layout->title.x, layout->title.y);
}

static double
draw_key_entry (cairo_t               *cr,
                const RufReachLayout  *layout,
                const RufChartPalette *palette,
                RufReachBar            bar,
                double                 x,
                double                 y)
{
  g_autoptr (PangoLayout) name =
    ruf_chart_text_new (layout->context, RUF_CHART_TEXT_SMALL,
                        ruf_reach_layout_get_key_name (layout, bar),
                        layout->key.width - 2 * SWATCH);
  double width = ruf_chart_text_get_width (name);
  double line;

  pango_layout_set_height (name, -1);
  pango_layout_set_ellipsize (name, PANGO_ELLIPSIZE_END);
  line = ruf_chart_text_get_height (name);

  ruf_reach_bar_draw (cr, palette, bar, x, y + (line - SWATCH) / 2, SWATCH, SWATCH);
  ruf_chart_text_draw (name, cr, &palette->text, x + 1.5 * SWATCH, y);

  return x + 1.5 * SWATCH + width;
}

/**
 * ruf_reach_layer_key:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Says which bars are whose, in one line or in two.
 */
void
ruf_reach_layer_key (cairo_t               *cr,
                     const RufReachLayout  *layout,
                     const RufChartPalette *palette)
{
  g_autoptr (PangoLayout) probe =
    ruf_chart_text_new (layout->context, RUF_CHART_TEXT_SMALL,
                        ruf_reach_layout_get_key_name (layout, RUF_REACH_FACEBOOK), -1);
  gboolean two_lines = layout->key.height > ruf_chart_text_get_height (probe) + 1;
  double x = layout->key.x;
  double y = layout->key.y;
  double end = draw_key_entry (cr, layout, palette, RUF_REACH_FACEBOOK, x, y);

  if (two_lines)
    y += layout->key.height / 2 + 2;
  else
    x = end + 2 * SWATCH;

  draw_key_entry (cr, layout, palette, RUF_REACH_MESSENGER, x, y);
}

static double
draw_definition (cairo_t               *cr,
                 const RufReachLayout  *layout,
                 const RufChartPalette *palette,
                 RufReachBar            bar,
                 double                 y)
{
  g_autoptr (PangoLayout) text = ruf_reach_layout_create_definition (layout, bar);

  ruf_reach_bar_draw (cr, palette, bar, layout->footer.x, y + 2, SWATCH, SWATCH);
  ruf_chart_text_draw (text, cr, &palette->dim_text, layout->footer.x + 1.5 * SWATCH, y);

  return y + ruf_chart_text_get_height (text) + 6;
}

/**
 * ruf_reach_layer_footer:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Writes what "reached" means for each of the two, and where the figures come from.
 */
void
ruf_reach_layer_footer (cairo_t               *cr,
                        const RufReachLayout  *layout,
                        const RufChartPalette *palette)
{
  g_autoptr (PangoLayout) source = NULL;
  double y = layout->footer.y;

  if (layout->footer.height <= 0)
    return;

  y = draw_definition (cr, layout, palette, RUF_REACH_FACEBOOK, y);
  y = draw_definition (cr, layout, palette, RUF_REACH_MESSENGER, y);
  source = ruf_reach_layout_create_source (layout);
  ruf_chart_text_draw (source, cr, &palette->dim_text, layout->footer.x, y);
}

/**
 * ruf_reach_layer_nothing:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Says in the middle that there is nothing to show yet, and what to do about it.
 */
void
ruf_reach_layer_nothing (cairo_t               *cr,
                         const RufReachLayout  *layout,
                         const RufChartPalette *palette)
{
  g_autoptr (PangoLayout) text =
    ruf_chart_text_new (layout->context, RUF_CHART_TEXT_BODY,
                        _("Nothing to compare yet. Bring in an export of your Facebook page, "
                          "or send a first message."),
                        MAX (1, MIN (360, layout->width - 2 * layout->margin)));

  pango_layout_set_alignment (text, PANGO_ALIGN_CENTER);
  ruf_chart_text_draw (text, cr, &palette->dim_text,
                       (layout->width - (double) pango_layout_get_width (text) / PANGO_SCALE) / 2,
                       (layout->height - ruf_chart_text_get_height (text)) / 2);
}

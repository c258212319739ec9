/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The reach chart: per week two bars, Facebook and messenger, on any cairo surface. */

#include "config.h"

#include "ruf-reach-chart.h"

#include "ruf-reach-layers.h"

static const RufReachLayer layers[] = {
  ruf_reach_layer_band,
  ruf_reach_layer_grid,
  ruf_reach_layer_bars,
  ruf_reach_layer_base,
  ruf_reach_layer_breaks,
  ruf_reach_layer_values,
  ruf_reach_layer_weeks,
  ruf_reach_layer_title,
  ruf_reach_layer_key,
  ruf_reach_layer_footer,
};

static const RufReachLayer empty_layers[] = {
  ruf_reach_layer_title,
  ruf_reach_layer_nothing,
};

/**
 * ruf_reach_chart_draw:
 * @cr: where to draw
 * @series: what is drawn
 * @style: how
 * @width: logical pixels
 * @height: logical pixels
 *
 * Draws the chart into (0, 0, @width, @height), without a background.
 *
 * Where the height is too small for a plot that can be read and for the words under it,
 * the words are left out; see [func@reach_chart_get_min_height].
 */
void
ruf_reach_chart_draw (cairo_t              *cr,
                      const RufReachSeries *series,
                      const RufChartStyle  *style,
                      double                width,
                      double                height)
{
  g_auto (RufReachLayout) layout = { 0 };
  gboolean empty;
  guint n_layers;

  g_return_if_fail (cr != NULL && series != NULL && style != NULL);

  empty = ruf_reach_series_get_n_weeks (series) == 0;
  n_layers = empty ? G_N_ELEMENTS (empty_layers) : G_N_ELEMENTS (layers);
  ruf_reach_layout_init (&layout, series, style, width, height);

  cairo_save (cr);
  for (guint i = 0; i < n_layers; i++)
    (empty ? empty_layers : layers)[i] (cr, &layout, ruf_chart_palette_get (style->dark));
  cairo_restore (cr);
}

/**
 * ruf_reach_chart_pick:
 * @series: what is drawn
 * @style: how
 * @width: logical pixels
 * @height: logical pixels
 * @x: where the pointer is
 * @y: where the pointer is
 *
 * Returns: the week at (@x, @y) of such a drawing, its label included, or -1
 */
int
ruf_reach_chart_pick (const RufReachSeries *series,
                      const RufChartStyle  *style,
                      double                width,
                      double                height,
                      double                x,
                      double                y)
{
  g_auto (RufReachLayout) layout = { 0 };
  double bottom;
  guint n_weeks;

  g_return_val_if_fail (series != NULL && style != NULL, -1);

  n_weeks = ruf_reach_series_get_n_weeks (series);
  ruf_reach_layout_init (&layout, series, style, width, height);
  bottom = layout.height - layout.footer.height;

  if (n_weeks == 0 || x < layout.plot.x || x >= layout.plot.x + layout.plot.width
      || y < layout.plot.y || y >= bottom)
    return -1;

  return MIN ((int) ((x - layout.plot.x) / layout.slot), (int) n_weeks - 1);
}

/**
 * ruf_reach_chart_get_min_height:
 * @series: what is drawn
 * @style: how
 * @width: logical pixels
 *
 * How high a chart of @width must be to show its definitions and its source under a plot
 * that can be read.
 *
 * Returns: logical pixels
 */
double
ruf_reach_chart_get_min_height (const RufReachSeries *series,
                                const RufChartStyle  *style,
                                double                width)
{
  g_auto (RufReachLayout) layout = { 0 };

  g_return_val_if_fail (series != NULL && style != NULL, 0);

  ruf_reach_layout_init (&layout, series, style, width, 1000);
  return ruf_reach_layout_get_min_height (&layout);
}

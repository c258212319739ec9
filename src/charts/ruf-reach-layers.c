/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The layers of a reach chart that show figures: grid, bars with whiskers, the line where
 * Meta changed its metric, values and weeks. */

#include "config.h"

#include "ruf-reach-layers.h"

#include <math.h>
#include <string.h>

#include "ruf-chart-text.h"
#include "ruf-reach-bar.h"

#define LABEL_GAP 8.0
#define VALUE_GAP 3.0
#define BREAK_LABEL_PAD 5.0

/* Lines of one pixel stay sharp between pixel edges. */
static double
sharp (double place)
{
  return floor (place) + 0.5;
}

/**
 * ruf_reach_layer_band:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Draws the band behind the week under the pointer.
 */
void
ruf_reach_layer_band (cairo_t               *cr,
                      const RufReachLayout  *layout,
                      const RufChartPalette *palette)
{
  int week = layout->style.highlight;

  if (week < 0 || (guint) week >= ruf_reach_series_get_n_weeks (layout->series))
    return;

  ruf_color_set_source (&palette->band, cr);
  cairo_rectangle (cr, ruf_reach_layout_get_slot_x (layout, week), layout->plot.y - LABEL_GAP,
                   layout->slot, layout->plot.height + LABEL_GAP);
  cairo_fill (cr);
}

static void
draw_tick_label (cairo_t               *cr,
                 const RufReachLayout  *layout,
                 const RufChartPalette *palette,
                 guint                  tick,
                 double                 y)
{
  g_autofree char *text = ruf_axis_format_tick (&layout->axis, tick);
  g_autoptr (PangoLayout) label =
    ruf_chart_text_new (layout->context, RUF_CHART_TEXT_SMALL, text, -1);

  ruf_chart_text_draw (label, cr, &palette->dim_text,
                       layout->plot.x - LABEL_GAP - ruf_chart_text_get_width (label),
                       y - ruf_chart_text_get_height (label) / 2);
}

/**
 * ruf_reach_layer_grid:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Draws a thin line and a number at each tick of the scale.
 */
void
ruf_reach_layer_grid (cairo_t               *cr,
                      const RufReachLayout  *layout,
                      const RufChartPalette *palette)
{
  cairo_set_line_width (cr, 1);

  for (guint i = 0; i < layout->axis.n_ticks; i++)
    {
      double y = ruf_reach_layout_get_y (layout, ruf_axis_get_tick (&layout->axis, i));

      draw_tick_label (cr, layout, palette, i, y);
      if (i == 0)
        continue;

      ruf_color_set_source (&palette->grid, cr);
      cairo_move_to (cr, layout->plot.x, sharp (y));
      cairo_line_to (cr, layout->plot.x + layout->plot.width, sharp (y));
      cairo_stroke (cr);
    }
}

static void
draw_bar (cairo_t               *cr,
          const RufReachLayout  *layout,
          const RufChartPalette *palette,
          guint                  week,
          RufReachBar            bar,
          double                 value)
{
  double x = ruf_reach_layout_get_bar_x (layout, week, bar);
  double bottom = layout->plot.y + layout->plot.height;
  double top = ruf_reach_layout_get_y (layout, value);

  cairo_save (cr);
  if (ruf_reach_layout_is_cut (layout, value))
    ruf_reach_bar_clip_cut (cr, x, top, layout->bar, bottom - top);

  if (value < 0)
    ruf_reach_bar_draw_missing (cr, palette, x, bottom, layout->bar);
  else if (value > 0)
    ruf_reach_bar_draw (cr, palette, bar, x, MIN (top, bottom - 1), layout->bar,
                        MAX (1, bottom - top));
  cairo_restore (cr);
}

/**
 * ruf_reach_layer_bars:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Draws two bars a week; on the messenger's a whisker from "read", the lower bound, to
 * "delivered", the upper one. What was not measured has a dash instead of a bar; what goes
 * on beyond the scale is cut, and has its value beside it.
 */
void
ruf_reach_layer_bars (cairo_t               *cr,
                      const RufReachLayout  *layout,
                      const RufChartPalette *palette)
{
  for (guint i = 0; i < ruf_reach_series_get_n_weeks (layout->series); i++)
    {
      const RufReachWeek *week = ruf_reach_series_get_week (layout->series, i);

      draw_bar (cr, layout, palette, i, RUF_REACH_FACEBOOK, week->facebook);
      draw_bar (cr, layout, palette, i, RUF_REACH_MESSENGER, week->messenger);

      if (week->messenger >= 0 && week->messenger_high > week->messenger)
        ruf_reach_bar_draw_whisker (cr, palette,
                                    ruf_reach_layout_get_bar_x (layout, i, RUF_REACH_MESSENGER),
                                    ruf_reach_layout_get_y (layout, week->messenger),
                                    ruf_reach_layout_get_y (layout, week->messenger_high),
                                    layout->bar);
    }
}

/**
 * ruf_reach_layer_base:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Draws the line that the bars stand on.
 */
void
ruf_reach_layer_base (cairo_t               *cr,
                      const RufReachLayout  *layout,
                      const RufChartPalette *palette)
{
  double y = sharp (layout->plot.y + layout->plot.height);

  ruf_color_set_source (&palette->base, cr);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, layout->plot.x, y);
  cairo_line_to (cr, layout->plot.x + layout->plot.width, y);
  cairo_stroke (cr);
}

/* Right of its line where there is room, else left of it. */
static void
draw_break_label (cairo_t               *cr,
                  const RufReachLayout  *layout,
                  const RufChartPalette *palette,
                  double                 x)
{
  g_autoptr (PangoLayout) label =
    ruf_chart_text_new (layout->context, RUF_CHART_TEXT_SMALL, layout->series->break_label, -1);
  double width = ruf_chart_text_get_width (label);
  double left = x + BREAK_LABEL_PAD;

  if (left + width > layout->width - layout->margin)
    left = MAX (0, x - BREAK_LABEL_PAD - width);

  ruf_chart_text_draw (label, cr, &palette->dim_text, left,
                       layout->plot.y - LABEL_GAP - ruf_chart_text_get_height (label));
}

/**
 * ruf_reach_layer_breaks:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Draws a dashed line before each week from which another metric counts: the bars left
 * and right of it do not compare.
 */
void
ruf_reach_layer_breaks (cairo_t               *cr,
                        const RufReachLayout  *layout,
                        const RufChartPalette *palette)
{
  const double dashes[] = { 4, 4 };

  for (guint i = 0; i < ruf_reach_series_get_n_weeks (layout->series); i++)
    {
      double x = sharp (ruf_reach_layout_get_slot_x (layout, i));

      if (!ruf_reach_series_get_week (layout->series, i)->metric_changed)
        continue;

      ruf_color_set_source (&palette->dim_text, cr);
      cairo_set_line_width (cr, 1);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_move_to (cr, x, layout->plot.y - LABEL_GAP - 15);
      cairo_line_to (cr, x, layout->plot.y + layout->plot.height);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);

      draw_break_label (cr, layout, palette, x);
    }
}

static PangoLayout *
create_value_label (const RufReachLayout *layout,
                    double                value)
{
  g_autofree char *text = ruf_axis_format_number (value);

  return ruf_chart_text_new (layout->context, RUF_CHART_TEXT_SMALL, text, -1);
}

/* Values stand over the bars only where each of them has its own room. */
static gboolean
values_fit (const RufReachLayout *layout)
{
  g_autoptr (PangoLayout) label =
    create_value_label (layout, ruf_reach_series_get_highest (layout->series));

  return ruf_chart_text_get_width (label) + VALUE_GAP <= layout->bar + layout->gap;
}

static void
draw_value (cairo_t               *cr,
            const RufReachLayout  *layout,
            const RufChartPalette *palette,
            guint                  week,
            RufReachBar            bar,
            double                 value,
            double                 above)
{
  g_autoptr (PangoLayout) label = NULL;

  if (value < 0 || ruf_reach_layout_is_cut (layout, above))
    return;

  label = create_value_label (layout, value);
  ruf_chart_text_draw (label, cr, &palette->text,
                       ruf_reach_layout_get_bar_x (layout, week, bar) + layout->bar / 2
                       - ruf_chart_text_get_width (label) / 2,
                       ruf_reach_layout_get_y (layout, above) - VALUE_GAP
                       - ruf_chart_text_get_height (label));
}

/* Right of its bar where there is room, else left of it; the others are lower. */
static void
draw_cut_value (cairo_t               *cr,
                const RufReachLayout  *layout,
                const RufChartPalette *palette,
                guint                  week,
                RufReachBar            bar,
                double                 value)
{
  g_autoptr (PangoLayout) label = NULL;
  double x = ruf_reach_layout_get_bar_x (layout, week, bar);
  double width;

  if (!ruf_reach_layout_is_cut (layout, value))
    return;

  label = create_value_label (layout, value);
  width = ruf_chart_text_get_width (label);
  x = x + layout->bar + VALUE_GAP + width > layout->width - VALUE_GAP
      ? x - VALUE_GAP - width : x + layout->bar + VALUE_GAP;
  ruf_chart_text_draw (label, cr, &palette->text, x, layout->plot.y + VALUE_GAP);
}

static void
draw_cut_values (cairo_t               *cr,
                 const RufReachLayout  *layout,
                 const RufChartPalette *palette)
{
  for (guint i = 0; i < ruf_reach_series_get_n_weeks (layout->series); i++)
    {
      const RufReachWeek *week = ruf_reach_series_get_week (layout->series, i);

      draw_cut_value (cr, layout, palette, i, RUF_REACH_FACEBOOK, week->facebook);
      draw_cut_value (cr, layout, palette, i, RUF_REACH_MESSENGER, week->messenger);
    }
}

/**
 * ruf_reach_layer_values:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Writes each bar's value over it, where there is room for all of them, and always the value
 * of a bar that is cut off.
 */
void
ruf_reach_layer_values (cairo_t               *cr,
                        const RufReachLayout  *layout,
                        const RufChartPalette *palette)
{
  draw_cut_values (cr, layout, palette);
  if (!values_fit (layout))
    return;

  for (guint i = 0; i < ruf_reach_series_get_n_weeks (layout->series); i++)
    {
      const RufReachWeek *week = ruf_reach_series_get_week (layout->series, i);

      draw_value (cr, layout, palette, i, RUF_REACH_FACEBOOK, week->facebook, week->facebook);
      draw_value (cr, layout, palette, i, RUF_REACH_MESSENGER, week->messenger,
                  MAX (week->messenger, week->messenger_high));
    }
}

static double
get_widest_week_label (const RufReachLayout *layout)
{
  double width = 0;

  for (guint i = 0; i < ruf_reach_series_get_n_weeks (layout->series); i++)
    {
      g_autoptr (PangoLayout) label =
        ruf_chart_text_new (layout->context, RUF_CHART_TEXT_SMALL,
                            ruf_reach_series_get_week (layout->series, i)->label, -1);

      width = MAX (width, ruf_chart_text_get_width (label));
    }

  return width;
}

/* Names @week under its middle unless that would leave the chart or touch what stands at
 * @right, which is then moved to the left of it. */
static gboolean
draw_week_label (cairo_t               *cr,
                 const RufReachLayout  *layout,
                 const RufChartPalette *palette,
                 guint                  week,
                 double                *right)
{
  g_autoptr (PangoLayout) label =
    ruf_chart_text_new (layout->context, RUF_CHART_TEXT_SMALL,
                        ruf_reach_series_get_week (layout->series, week)->label, -1);
  double width = ruf_chart_text_get_width (label);
  double x = ruf_reach_layout_get_slot_x (layout, week) + layout->slot / 2 - width / 2;

  x = MIN (x, layout->width - width - 2);
  if (x < 2 || x + width > *right)
    return FALSE;

  ruf_chart_text_draw (label, cr, &palette->dim_text, x,
                       layout->plot.y + layout->plot.height + 6);
  *right = x - LABEL_GAP;
  return TRUE;
}

/* The year stands once under the first week of the chart and of each new year. */
static void
draw_year (cairo_t               *cr,
           const RufReachLayout  *layout,
           const RufChartPalette *palette,
           guint                  week)
{
  const char *text = ruf_reach_series_get_week (layout->series, week)->week;
  g_autofree char *year = text != NULL ? g_strndup (text, strcspn (text, "-")) : NULL;
  g_autoptr (PangoLayout) label =
    ruf_chart_text_new (layout->context, RUF_CHART_TEXT_SMALL, year, -1);
  double width = ruf_chart_text_get_width (label);
  double x = ruf_reach_layout_get_slot_x (layout, week) + MAX (0, (layout->slot - width) / 2);

  if (x + width > layout->width)
    return;

  ruf_chart_text_draw (label, cr, &palette->dim_text, x,
                       layout->plot.y + layout->plot.height + 21);
}

static gboolean
starts_year (const RufReachLayout *layout,
             guint                 week)
{
  const char *now = ruf_reach_series_get_week (layout->series, week)->week;
  const char *before = week > 0
                       ? ruf_reach_series_get_week (layout->series, week - 1)->week : NULL;

  if (now == NULL)
    return FALSE;

  return before == NULL || strncmp (now, before, 4) != 0;
}

/* A first year of few weeks gives way to the next, so that years never overlap. */
static gboolean
has_room_for_year (const RufReachLayout *layout,
                   guint                 week)
{
  guint n_weeks = ruf_reach_series_get_n_weeks (layout->series);

  for (guint i = week + 1; i < n_weeks && (i - week) * layout->slot < 40; i++)
    {
      if (starts_year (layout, i))
        return FALSE;
    }

  return TRUE;
}

static void
draw_years (cairo_t               *cr,
            const RufReachLayout  *layout,
            const RufChartPalette *palette)
{
  for (guint i = 0; i < ruf_reach_series_get_n_weeks (layout->series); i++)
    {
      if (starts_year (layout, i) && has_room_for_year (layout, i))
        draw_year (cr, layout, palette, i);
    }
}

/**
 * ruf_reach_layer_weeks:
 * @cr: where to draw
 * @layout: the places
 * @palette: the colours
 *
 * Names the weeks, the newest always, the others as far as there is room, and the years.
 */
void
ruf_reach_layer_weeks (cairo_t               *cr,
                       const RufReachLayout  *layout,
                       const RufChartPalette *palette)
{
  double widest = get_widest_week_label (layout) + LABEL_GAP;
  guint stride = MAX (1, (guint) ceil (widest / layout->slot));
  double right = layout->width;
  int week = (int) ruf_reach_series_get_n_weeks (layout->series) - 1;

  while (week >= 0)
    week -= draw_week_label (cr, layout, palette, week, &right) ? (int) stride : 1;

  if (!layout->style.small)
    draw_years (cr, layout, palette);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The marks of a reach chart: bars with rounded tops, the messenger's striped so that it
 * can be told apart without colour, the whisker, and the dash for "not measured". */

#include "config.h"

#include "ruf-reach-bar.h"

#define RADIUS 4.0
#define STRIPE_DISTANCE 6.0
#define STRIPE_WIDTH 1.5
#define CUT_GAP 10.0        /* from the end of a bar that is cut off */
#define CUT_WIDTH 2.5

static void
trace_rounded_top (cairo_t *cr,
                   double   x,
                   double   y,
                   double   width,
                   double   height)
{
  double radius = MIN (RADIUS, MIN (width / 2, height));

  cairo_new_path (cr);
  cairo_move_to (cr, x, y + height);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, x + width - radius, y + radius, radius, 1.5 * G_PI, 2 * G_PI);
  cairo_line_to (cr, x + width, y + height);
  cairo_close_path (cr);
}

/* Stripes run from the lower left to the upper right, clipped to the bar. */
static void
draw_stripes (cairo_t        *cr,
              const RufColor *color,
              double          x,
              double          y,
              double          width,
              double          height)
{
  cairo_save (cr);
  trace_rounded_top (cr, x, y, width, height);
  cairo_clip (cr);

  ruf_color_set_source (color, cr);
  cairo_set_line_width (cr, STRIPE_WIDTH);
  for (double offset = STRIPE_DISTANCE / 2; offset < height + width; offset += STRIPE_DISTANCE)
    {
      cairo_move_to (cr, x, y + height - offset + width);
      cairo_line_to (cr, x + width, y + height - offset);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * ruf_reach_bar_draw:
 * @cr: where to draw
 * @palette: the colours
 * @bar: which of the two kinds
 * @x: left edge
 * @y: top edge
 * @width: pixels
 * @height: pixels
 *
 * Draws one bar, its top rounded.
 */
void
ruf_reach_bar_draw (cairo_t               *cr,
                    const RufChartPalette *palette,
                    RufReachBar            bar,
                    double                 x,
                    double                 y,
                    double                 width,
                    double                 height)
{
  trace_rounded_top (cr, x, y, width, height);
  ruf_color_set_source (bar == RUF_REACH_FACEBOOK ? &palette->facebook : &palette->messenger, cr);
  cairo_fill (cr);

  if (bar == RUF_REACH_MESSENGER)
    draw_stripes (cr, &palette->hatch, x, y, width, height);
}

/**
 * ruf_reach_bar_draw_missing:
 * @cr: where to draw
 * @palette: the colours
 * @x: left edge of the bar that is not there
 * @bottom: where it would stand
 * @width: pixels
 *
 * Draws the dash that says "not measured", which is not the same as none.
 */
void
ruf_reach_bar_draw_missing (cairo_t               *cr,
                            const RufChartPalette *palette,
                            double                 x,
                            double                 bottom,
                            double                 width)
{
  double length = MIN (width, 8);

  ruf_color_set_source (&palette->dim_text, cr);
  cairo_rectangle (cr, x + (width - length) / 2, bottom - 7, length, 1.5);
  cairo_fill (cr);
}

/* A piece of a bar whose upper and lower ends slant by so much. */
static void
trace_piece (cairo_t *cr,
             double   x,
             double   width,
             double   top,
             double   top_slant,
             double   bottom,
             double   bottom_slant)
{
  cairo_move_to (cr, x, top + top_slant);
  cairo_line_to (cr, x + width, top);
  cairo_line_to (cr, x + width, bottom);
  cairo_line_to (cr, x, bottom + bottom_slant);
  cairo_close_path (cr);
}

/**
 * ruf_reach_bar_clip_cut:
 * @cr: where to draw
 * @x: left edge of the bar
 * @y: top edge of the bar
 * @width: of the bar, in pixels
 * @height: of the bar, in pixels
 *
 * Leaves two slanting gaps near the top of the bar that is drawn next: it goes on beyond the
 * scale. A clip, so that drawings and pages stay free of pixels.
 */
void
ruf_reach_bar_clip_cut (cairo_t *cr,
                        double   x,
                        double   y,
                        double   width,
                        double   height)
{
  double slant = MAX (3, width / 3);
  double first = y + CUT_GAP;
  double second = first + 2.5 * CUT_WIDTH;

  cairo_new_path (cr);
  trace_piece (cr, x, width, y, 0, first, slant);
  trace_piece (cr, x, width, first + CUT_WIDTH, slant, second, slant);
  trace_piece (cr, x, width, second + CUT_WIDTH, slant, y + height, 0);
  cairo_clip (cr);
}

/**
 * ruf_reach_bar_draw_whisker:
 * @cr: where to draw
 * @palette: the colours
 * @x: left edge of the bar
 * @low: where the lower bound lies
 * @high: where the upper bound lies
 * @width: of the bar, in pixels
 *
 * Draws the line from the lower to the upper bound, with a cap at the upper one.
 */
void
ruf_reach_bar_draw_whisker (cairo_t               *cr,
                            const RufChartPalette *palette,
                            double                 x,
                            double                 low,
                            double                 high,
                            double                 width)
{
  double middle = x + width / 2;
  double cap = MIN (width * 0.5, 10) / 2;

  ruf_color_set_source (&palette->whisker, cr);
  cairo_set_line_width (cr, MIN (1.5, width * 0.5));
  cairo_move_to (cr, middle, low);
  cairo_line_to (cr, middle, high);
  cairo_move_to (cr, middle - cap, high);
  cairo_line_to (cr, middle + cap, high);
  cairo_stroke (cr);
}

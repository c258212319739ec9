/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The colours of the charts: GNOME's palette, on a light and on a dark surface. The two
 * series differ in lightness as well as in hue, and by stripes, so that they stay apart
 * for eyes that do not tell blue from green. */

#include "config.h"

#include "ruf-chart-palette.h"

#include <math.h>

#define GREY(v, a) { v / 255.0, v / 255.0, v / 255.0, a }
#define RGB(r, g, b) { r / 255.0, g / 255.0, b / 255.0, 1.0 }

static const RufChartPalette light = {
  .surface = GREY (255, 1.0),
  .text = RGB (0x24, 0x1f, 0x31),       /* dark 5 family */
  .dim_text = RGB (0x5e, 0x5c, 0x64),   /* dark 2 */
  .grid = GREY (0, 0.10),
  .base = GREY (0, 0.40),
  .band = GREY (0, 0.05),
  .facebook = RGB (0x1c, 0x71, 0xd8),   /* blue 4 */
  .messenger = RGB (0x26, 0xa2, 0x69),  /* green 5 */
  .hatch = GREY (255, 0.55),
  .whisker = RGB (0x24, 0x1f, 0x31),
};

/* One step lighter than on white, so that bars keep 3 : 1 on cards too. */
static const RufChartPalette dark = {
  .surface = GREY (0x1e, 1.0),
  .text = GREY (255, 1.0),
  .dim_text = RGB (0xc0, 0xbf, 0xbc),   /* light 4 */
  .grid = GREY (255, 0.12),
  .base = GREY (255, 0.45),
  .band = GREY (255, 0.07),
  .facebook = RGB (0x35, 0x84, 0xe4),   /* blue 3 */
  .messenger = RGB (0x2e, 0xc2, 0x7e),  /* green 4 */
  .hatch = GREY (0, 0.45),
  .whisker = GREY (255, 1.0),
};

/**
 * ruf_chart_palette_get:
 * @dark: whether the chart stands on a dark surface
 *
 * Returns: (transfer none): the colours for that surface
 */
const RufChartPalette *
ruf_chart_palette_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

/**
 * ruf_color_set_source:
 * @self: a colour
 * @cr: what is drawn on
 *
 * Makes @self the colour of the next strokes and fills.
 */
void
ruf_color_set_source (const RufColor *self,
                      cairo_t        *cr)
{
  cairo_set_source_rgba (cr, self->red, self->green, self->blue, self->alpha);
}

static double
linear (double channel)
{
  return channel <= 0.03928 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const RufColor *self)
{
  return 0.2126 * linear (self->red)
         + 0.7152 * linear (self->green)
         + 0.0722 * linear (self->blue);
}

/**
 * ruf_color_get_contrast:
 * @self: a colour
 * @other: the one it stands on
 *
 * The contrast ratio of WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio);
 * both colours are taken as opaque.
 *
 * Returns: from 1 (the same) to 21 (black on white)
 */
double
ruf_color_get_contrast (const RufColor *self,
                        const RufColor *other)
{
  double a = get_luminance (self);
  double b = get_luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double red, green, blue, alpha;
} RufColor;

/**
 * RufChartPalette:
 * The colours of a chart on one background.
 */
typedef struct
{
  RufColor surface;     /* behind the chart, for files; a widget has its own */
  RufColor text;        /* at least 7 : 1 */
  RufColor dim_text;    /* at least 4.5 : 1 */
  RufColor grid;
  RufColor base;        /* the line that bars stand on */
  RufColor band;        /* behind the week under the pointer */
  RufColor facebook;
  RufColor messenger;
  RufColor hatch;       /* stripes over messenger bars */
  RufColor whisker;
} RufChartPalette;

const RufChartPalette *ruf_chart_palette_get   (gboolean        dark);
void                   ruf_color_set_source    (const RufColor *self,
                                                cairo_t        *cr);
double                 ruf_color_get_contrast  (const RufColor *self,
                                                const RufColor *other);

G_END_DECLS

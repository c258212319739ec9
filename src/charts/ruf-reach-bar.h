/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ruf-chart-palette.h"
#include "ruf-reach-layout.h"

G_BEGIN_DECLS

void ruf_reach_bar_draw         (cairo_t               *cr,
                                 const RufChartPalette *palette,
                                 RufReachBar            bar,
                                 double                 x,
                                 double                 y,
                                 double                 width,
                                 double                 height);
void ruf_reach_bar_draw_missing (cairo_t               *cr,
                                 const RufChartPalette *palette,
                                 double                 x,
                                 double                 bottom,
                                 double                 width);
void ruf_reach_bar_clip_cut     (cairo_t               *cr,
                                 double                 x,
                                 double                 y,
                                 double                 width,
                                 double                 height);
void ruf_reach_bar_draw_whisker (cairo_t               *cr,
                                 const RufChartPalette *palette,
                                 double                 x,
                                 double                 low,
                                 double                 high,
                                 double                 width);

G_END_DECLS

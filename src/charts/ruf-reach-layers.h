/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ruf-chart-palette.h"
#include "ruf-reach-layout.h"

G_BEGIN_DECLS

/* One layer of a reach chart each, from the back to the front. A layer only draws. */
typedef void (*RufReachLayer) (cairo_t               *cr,
                               const RufReachLayout  *layout,
                               const RufChartPalette *palette);

void ruf_reach_layer_band      (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_grid      (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_bars      (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_base      (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_breaks    (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_values    (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_weeks     (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_title     (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_key       (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_footer    (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);
void ruf_reach_layer_nothing   (cairo_t               *cr,
                                const RufReachLayout  *layout,
                                const RufChartPalette *palette);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "ruf-reach-series.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean    dark;
  gboolean    small;     /* overview: bars and labels, no title, no definitions */
  int         highlight; /* index of the week under the pointer, -1 = none */
  const char *font;      /* families, the best first; NULL = those of GNOME */
} RufChartStyle;

void     ruf_reach_chart_draw           (cairo_t              *cr,
                                         const RufReachSeries *series,
                                         const RufChartStyle  *style,
                                         double                width,
                                         double                height);
int      ruf_reach_chart_pick           (const RufReachSeries *series,
                                         const RufChartStyle  *style,
                                         double                width,
                                         double                height,
                                         double                x,
                                         double                y);
double   ruf_reach_chart_get_min_height (const RufReachSeries *series,
                                         const RufChartStyle  *style,
                                         double                width);
gboolean ruf_reach_chart_write          (const RufReachSeries *series,
                                         const char           *path,
                                         int                   width,
                                         int                   height,
                                         GError              **error);

G_END_DECLS

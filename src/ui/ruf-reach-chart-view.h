/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-reach-chart.h"

G_BEGIN_DECLS

#define RUF_TYPE_REACH_CHART_VIEW (ruf_reach_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (RufReachChartView, ruf_reach_chart_view, RUF, REACH_CHART_VIEW, GtkWidget)

GtkWidget            *ruf_reach_chart_view_new        (void);
const RufReachSeries *ruf_reach_chart_view_get_series (RufReachChartView *self);
void                  ruf_reach_chart_view_set_series (RufReachChartView *self,
                                                       RufReachSeries    *series);
int                   ruf_reach_chart_view_get_week   (RufReachChartView *self);
void                  ruf_reach_chart_view_set_week   (RufReachChartView *self,
                                                       int                week);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "ruf-axis.h"
#include "ruf-reach-chart.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y, width, height;
} RufBox;

/**
 * RufReachLayout:
 * Where everything of a reach chart lies, in logical pixels. Made anew for each drawing
 * and each question about a place; both get the same answer because both come from here.
 */
typedef struct
{
  const RufReachSeries *series;
  RufChartStyle         style;
  PangoContext         *context;
  double                width;
  double                height;
  double                margin;
  RufAxis               axis;
  RufBox                title;       /* height 0 = none */
  RufBox                key;         /* what the two kinds of bars are */
  RufBox                plot;        /* between the first and the last tick */
  RufBox                footer;      /* definitions and source; height 0 = none */
  double                slot;        /* one week's share of the plot */
  double                bar;         /* one bar */
  double                gap;         /* between the two bars of a week */
} RufReachLayout;

typedef enum
{
  RUF_REACH_FACEBOOK,
  RUF_REACH_MESSENGER,
} RufReachBar;

void         ruf_reach_layout_init             (RufReachLayout       *self,
                                                const RufReachSeries *series,
                                                const RufChartStyle  *style,
                                                double                width,
                                                double                height);
void         ruf_reach_layout_clear            (RufReachLayout       *self);
double       ruf_reach_layout_get_slot_x       (const RufReachLayout *self,
                                                guint                 week);
double       ruf_reach_layout_get_bar_x        (const RufReachLayout *self,
                                                guint                 week,
                                                RufReachBar           bar);
gboolean     ruf_reach_layout_is_cut           (const RufReachLayout *self,
                                                double                value);
double       ruf_reach_layout_get_y            (const RufReachLayout *self,
                                                double                value);
double       ruf_reach_layout_get_header_height (const RufReachLayout *self);
double       ruf_reach_layout_get_footer_height (const RufReachLayout *self);
double       ruf_reach_layout_get_min_height   (const RufReachLayout *self);
const char  *ruf_reach_layout_get_key_name     (const RufReachLayout *self,
                                                RufReachBar           bar);
PangoLayout *ruf_reach_layout_create_definition (const RufReachLayout *self,
                                                RufReachBar           bar);
PangoLayout *ruf_reach_layout_create_source    (const RufReachLayout *self);
PangoLayout *ruf_reach_layout_create_title     (const RufReachLayout *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RufReachLayout, ruf_reach_layout_clear)

G_END_DECLS

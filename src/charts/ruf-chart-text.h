/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "ruf-chart-palette.h"

G_BEGIN_DECLS

typedef enum
{
  RUF_CHART_TEXT_TITLE,
  RUF_CHART_TEXT_BODY,
  RUF_CHART_TEXT_STRONG,
  RUF_CHART_TEXT_SMALL,
} RufChartTextSize;

PangoContext *ruf_chart_text_create_context (const char       *font);
PangoLayout  *ruf_chart_text_new            (PangoContext     *context,
                                             RufChartTextSize  size,
                                             const char       *text,
                                             double            width);
double        ruf_chart_text_get_width      (PangoLayout      *layout);
double        ruf_chart_text_get_height     (PangoLayout      *layout);
void          ruf_chart_text_draw           (PangoLayout      *layout,
                                             cairo_t          *cr,
                                             const RufColor   *color,
                                             double            x,
                                             double            y);

G_END_DECLS

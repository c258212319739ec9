/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pangocairo.h>

#include "ruf-paper-text.h"

G_BEGIN_DECLS

/**
 * RufPaperFlow:
 * One text on its way down the pages: what fits is drawn, the rest waits for the next page.
 */
typedef struct _RufPaperFlow RufPaperFlow;

RufPaperFlow *ruf_paper_flow_new      (PangoLayout    *layout,
                                       const RufColor *color,
                                       double          x);
void          ruf_paper_flow_free     (RufPaperFlow   *self);
gboolean      ruf_paper_flow_is_empty (RufPaperFlow   *self);
double        ruf_paper_flow_measure  (RufPaperFlow   *self,
                                       double          room);
void          ruf_paper_flow_draw     (RufPaperFlow   *self,
                                       cairo_t        *cr,
                                       double          y,
                                       double          height);

G_END_DECLS

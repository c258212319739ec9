/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pangocairo.h>

#include "ruf-chart-palette.h"

G_BEGIN_DECLS

/* The type scale of every document, in points. */
typedef enum
{
  RUF_PAPER_TITLE,       /* 20 bold */
  RUF_PAPER_HEADING,     /* 13 bold */
  RUF_PAPER_SUBHEADING,  /* 10.5 bold */
  RUF_PAPER_BODY,        /* 9.5 */
  RUF_PAPER_STRONG,      /* 9.5 bold */
  RUF_PAPER_LABEL,       /* 9.5 dim */
  RUF_PAPER_SMALL,       /* 8 dim */
  RUF_PAPER_CODE,        /* 7 monospace */
} RufPaperStyle;
#define RUF_N_PAPER_STYLES 8

PangoContext   *ruf_paper_text_create_context (void);
PangoLayout    *ruf_paper_text_new            (PangoContext   *context,
                                               RufPaperStyle   style,
                                               const char     *text,
                                               double          width);
PangoLayout    *ruf_paper_text_new_sized      (PangoContext   *context,
                                               double          points,
                                               PangoWeight     weight,
                                               const char     *text,
                                               double          width);
const RufColor *ruf_paper_text_get_color      (RufPaperStyle   style);

G_END_DECLS

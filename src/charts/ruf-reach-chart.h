/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* One week's pair of bars. Values are people or persons-times as the definitions say;
 * negative = not measured. */
typedef struct
{
  char   *label;        /* "KW 46" */
  char   *week;         /* "2026-W46" */
  double  facebook;     /* sum over the week's posts of the metric in force */
  double  messenger;    /* people who read, lower bound */
  double  messenger_high; /* delivered: upper bound of "read" where receipts are off */
  gboolean metric_changed; /* Meta's metric differs from the week before */
} RufReachWeek;

/**
 * RufReachSeries:
 * What the chart draws, with the words under it. Strings owned.
 */
typedef struct
{
  GArray *weeks;                /* RufReachWeek, oldest first */
  char   *title;
  char   *facebook_name;        /* "Facebook: reach per post, added up" */
  char   *facebook_definition;
  char   *messenger_name;
  char   *messenger_definition;
  char   *break_label;          /* "metric changed" */
  char   *source;               /* sources and date */
} RufReachSeries;

RufReachSeries *ruf_reach_series_new  (void);
void            ruf_reach_series_free (RufReachSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReachSeries, ruf_reach_series_free)

typedef struct
{
  gboolean dark;
  gboolean small;        /* overview: bars and labels, no definitions */
  int      highlight;    /* index of the week under the pointer, -1 = none */
} RufChartStyle;

/* Draws into (0, 0, @width, @height), logical pixels. */
void     ruf_reach_chart_draw     (cairo_t              *cr,
                                   const RufReachSeries *series,
                                   const RufChartStyle  *style,
                                   double                width,
                                   double                height);
/* The week at @x of such a drawing, or -1. */
int      ruf_reach_chart_pick     (const RufReachSeries *series,
                                   const RufChartStyle  *style,
                                   double                width,
                                   double                height,
                                   double                x,
                                   double                y);
/* By the file's ending: svg, png, pdf, csv. Written beside and put in place. */
gboolean ruf_reach_chart_write    (const RufReachSeries *series,
                                   const char           *path,
                                   int                   width,
                                   int                   height,
                                   GError              **error);

G_END_DECLS

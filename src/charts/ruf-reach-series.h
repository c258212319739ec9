/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One week's pair of bars. Values are people or persons-times as the definitions say;
 * negative = not measured. */
typedef struct
{
  char       *label;           /* "KW 46" */
  char       *week;            /* "2026-W46" */
  double      facebook;        /* sum over the week's posts of the metric in force */
  double      messenger;       /* people who read, lower bound */
  double      messenger_high;  /* delivered: upper bound of "read" where receipts are off */
  gboolean    metric_changed;  /* Meta's metric differs from the week before */
  const char *facebook_metric; /* "reach", "viewers", or NULL where nothing was measured; static */
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

RufReachSeries *ruf_reach_series_new           (void);
void            ruf_reach_series_free          (RufReachSeries       *self);
guint           ruf_reach_series_get_n_weeks   (const RufReachSeries *self);
const RufReachWeek *
                ruf_reach_series_get_week      (const RufReachSeries *self,
                                                guint                 index);
double          ruf_reach_series_get_highest   (const RufReachSeries *self);
double          ruf_reach_series_get_usual     (const RufReachSeries *self);
char           *ruf_reach_series_describe_week (const RufReachSeries *self,
                                                guint                 index);
char           *ruf_reach_series_describe      (const RufReachSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReachSeries, ruf_reach_series_free)

G_END_DECLS

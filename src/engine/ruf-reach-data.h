/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ruf-context.h"
#include "ruf-reach-table.h"

G_BEGIN_DECLS

/* Meta replaced "reach" by "viewers", another measure, on this day
 * (Meta's documentation of page and post insights, read in November 2026). */
#define RUF_REACH_BREAK_DAY "2026-06-15"

/**
 * RufReachData:
 * What is known of a period: posts and runs, read in one transaction.
 */
typedef struct
{
  GTimeZone *zone;
  gint64     from;                /* UTC µs, 0 = open */
  gint64     to;
  GPtrArray *posts;               /* RufPostRecord, oldest first */
  GArray    *runs;                /* RufRunFigures of runs that sent something */
  gint64     people_delivered;    /* distinct people */
  gint64     people_read;
} RufReachData;

typedef enum
{
  RUF_REACH_METRIC_NONE,
  RUF_REACH_METRIC_REACH,
  RUF_REACH_METRIC_VIEWERS,
} RufReachMetric;

RufReachData  *ruf_reach_data_load       (RufContext          *context,
                                          gint64               from,
                                          gint64               to,
                                          GError             **error);
void           ruf_reach_data_free       (RufReachData        *self);
gint64         ruf_reach_data_get_moment (const RufReachData  *self,
                                          const RufPostRecord *post);
RufReachMetric ruf_reach_data_get_value  (const RufPostRecord *post,
                                          gint64              *value);
const char    *ruf_reach_metric_to_string (RufReachMetric      metric);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReachData, ruf_reach_data_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"
#include "ruf-meta-reader.h"
#include "ruf-reach-chart.h"

G_BEGIN_DECLS

/* Reads a Meta export and stores what it holds. @posts/@days changed may be NULL. */
RufMetaFile *ruf_reach_import (RufContext    *context,
                               const char    *path,
                               guint         *changed,
                               GCancellable  *cancellable,
                               GError       **error);

/* Facebook and messenger beside each other per ISO week, [from, to) in UTC µs; 0 = all. */
RufReachSeries *ruf_reach_get_series (RufContext  *context,
                                      gint64       from,
                                      gint64       to,
                                      GError     **error);

/* One figure and how sure it is. */
typedef struct
{
  double      value, low, high;
  const char *level;    /* attribution or certainty: "measured", "lower-bound", "sum-not-people" */
  char       *source;
} RufFigure;

typedef struct
{
  gint64     from, to;
  guint      n_posts;
  RufFigure  facebook_reach;      /* sum over posts under the metric "reach"; value −1 = none */
  RufFigure  facebook_viewers;    /* the successor metric, its own figure */
  guint      n_runs;
  RufFigure  messenger_sent;
  RufFigure  messenger_delivered;
  RufFigure  messenger_read;      /* messages, lower bound; high = delivered */
  RufFigure  messenger_people;    /* distinct people who read */
  GPtrArray *breaks;              /* char *: days at which Meta changed a metric, ISO dates */
} RufReachReport;

RufReachReport *ruf_reach_get_report (RufContext  *context,
                                      gint64       from,
                                      gint64       to,
                                      GError     **error);
void            ruf_reach_report_free  (RufReachReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReachReport, ruf_reach_report_free)
/* "In October your posts reached 5,123 times someone's screen; your messages were read 1,204
 * times by 118 people." Translated; owned. */
char           *ruf_reach_report_to_sentence (const RufReachReport *self);

G_END_DECLS

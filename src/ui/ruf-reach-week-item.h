/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "ruf-reach-series.h"

G_BEGIN_DECLS

/* A week of the chart as a row of the table: its figures as people read them. */
#define RUF_TYPE_REACH_WEEK_ITEM (ruf_reach_week_item_get_type ())
G_DECLARE_FINAL_TYPE (RufReachWeekItem, ruf_reach_week_item, RUF, REACH_WEEK_ITEM, GObject)

RufReachWeekItem *ruf_reach_week_item_new (const RufReachWeek *week);

G_END_DECLS

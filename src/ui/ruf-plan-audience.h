/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-cost.h"
#include "ruf-outbox-table.h"

G_BEGIN_DECLS

#define RUF_TYPE_PLAN_AUDIENCE (ruf_plan_audience_get_type ())
G_DECLARE_FINAL_TYPE (RufPlanAudience, ruf_plan_audience, RUF, PLAN_AUDIENCE, AdwBin)

void ruf_plan_audience_show (RufPlanAudience *self,
                             gint64           ready,
                             GArray          *excluded,
                             const RufCost   *cost);
void ruf_plan_audience_say  (RufPlanAudience *self,
                             const char      *words);

G_END_DECLS

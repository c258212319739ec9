/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-page.h"

G_BEGIN_DECLS

#define RUF_TYPE_PLAN_SHEET (ruf_plan_sheet_get_type ())
G_DECLARE_FINAL_TYPE (RufPlanSheet, ruf_plan_sheet, RUF, PLAN_SHEET, AdwWindow)

void ruf_plan_sheet_present (RufPage    *page,
                             const char *message,
                             gint64      send_at);

G_END_DECLS

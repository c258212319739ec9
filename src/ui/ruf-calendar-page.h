/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-page.h"

G_BEGIN_DECLS

#define RUF_TYPE_CALENDAR_PAGE (ruf_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (RufCalendarPage, ruf_calendar_page, RUF, CALENDAR_PAGE, RufPage)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-calendar-entry.h"

G_BEGIN_DECLS

#define RUF_TYPE_CALENDAR_PILL (ruf_calendar_pill_get_type ())
G_DECLARE_FINAL_TYPE (RufCalendarPill, ruf_calendar_pill, RUF, CALENDAR_PILL, GtkButton)

GtkWidget *ruf_calendar_pill_new (const RufCalendarEntry *entry,
                                  GTimeZone              *zone);

G_END_DECLS

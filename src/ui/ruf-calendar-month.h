/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-calendar-entry.h"

G_BEGIN_DECLS

#define RUF_TYPE_CALENDAR_MONTH (ruf_calendar_month_get_type ())
G_DECLARE_FINAL_TYPE (RufCalendarMonth, ruf_calendar_month, RUF, CALENDAR_MONTH, GtkWidget)

void ruf_calendar_month_show       (RufCalendarMonth *self,
                                    guint             current,
                                    guint             today,
                                    GPtrArray        *entries,
                                    GTimeZone        *zone);
void ruf_calendar_month_grab_focus (RufCalendarMonth *self);

G_END_DECLS

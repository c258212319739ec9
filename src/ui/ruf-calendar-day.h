/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-calendar-entry.h"

G_BEGIN_DECLS

#define RUF_TYPE_CALENDAR_DAY (ruf_calendar_day_get_type ())
G_DECLARE_FINAL_TYPE (RufCalendarDay, ruf_calendar_day, RUF, CALENDAR_DAY, GtkWidget)

GtkWidget *ruf_calendar_day_new         (void);
void       ruf_calendar_day_show        (RufCalendarDay *self,
                                         guint           day,
                                         guint           today,
                                         gboolean        outside,
                                         GPtrArray      *entries,
                                         GTimeZone      *zone);
guint      ruf_calendar_day_get_day     (RufCalendarDay *self);
void       ruf_calendar_day_set_current (RufCalendarDay *self,
                                         gboolean        current);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-calendar-entry.h"

G_BEGIN_DECLS

#define RUF_TYPE_CALENDAR_AGENDA (ruf_calendar_agenda_get_type ())
G_DECLARE_FINAL_TYPE (RufCalendarAgenda, ruf_calendar_agenda, RUF, CALENDAR_AGENDA, AdwBin)

void     ruf_calendar_agenda_show       (RufCalendarAgenda *self,
                                         guint              current,
                                         guint              today,
                                         GPtrArray         *entries,
                                         GTimeZone         *zone);
gboolean ruf_calendar_agenda_take_focus (RufCalendarAgenda *self);

G_END_DECLS

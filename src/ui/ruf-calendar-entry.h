/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-outbox-table.h"

G_BEGIN_DECLS

typedef enum
{
  RUF_CALENDAR_RUN,
  RUF_CALENDAR_CAMPAIGN,   /* saved, its audience not yet frozen */
  RUF_CALENDAR_POST,       /* on the Facebook page */
} RufCalendarKind;

/**
 * RufCalendarEntry:
 * @key: names it among all entries: "run:7"
 * @id: of the run, 0 for others
 * @campaign_id: of run or campaign
 * @day: as g_date_get_julian() counts, where the user is
 * @people: who gets it, or whom a post reached; -1 = not known
 *
 * One thing that stands in the calendar. Owned strings.
 */
typedef struct
{
  RufCalendarKind  kind;
  char            *key;
  gint64           id;
  gint64           campaign_id;
  char            *title;
  char            *message;     /* of a campaign, or NULL */
  char            *permalink;   /* of a post, or NULL */
  RufChannel       channel;
  RufRunState      state;
  gint64           at;
  guint            day;
  gint64           people;
} RufCalendarEntry;

void      ruf_calendar_entry_free       (RufCalendarEntry *self);
gboolean  ruf_calendar_entry_is_movable (const RufCalendarEntry *self);
gboolean  ruf_calendar_entry_is_over    (const RufCalendarEntry *self);
char     *ruf_calendar_entry_say        (const RufCalendarEntry *self,
                                         GTimeZone              *zone);

GPtrArray *ruf_calendar_entries_read    (RufDb                  *db,
                                         GTimeZone              *zone,
                                         GError                **error);

guint     ruf_calendar_entries_hash     (GPtrArray              *entries);
guint     ruf_calendar_day_of           (gint64                  moment,
                                         GTimeZone              *zone);
gint64    ruf_calendar_day_at           (guint                   day,
                                         int                     hour,
                                         int                     minute,
                                         GTimeZone              *zone);
guint     ruf_calendar_week_of          (guint                   first);
char     *ruf_calendar_day_format       (guint                   day,
                                         const char             *format);

G_END_DECLS

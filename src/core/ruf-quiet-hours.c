/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The hours in which people may be written to. */

#include "config.h"

#include "ruf-quiet-hours.h"

#define OPENING_HOUR 8
#define CLOSING_HOUR 20
#define SUNDAY       7

static gint64
opening_of_day (GDateTime *day,
                GTimeZone *zone)
{
  g_autoptr (GDateTime) opening =
    g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                     g_date_time_get_day_of_month (day), OPENING_HOUR, 0, 0);

  return g_date_time_to_unix (opening) * G_USEC_PER_SEC;
}

/**
 * ruf_quiet_hours_next_open:
 * @moment: UTC time in microseconds
 * @zone: time zone of the recipients
 *
 * Finds the next moment at which a message may go: Monday to Saturday from
 * 08:00 until before 20:00 in @zone.
 *
 * This is a rule of the house; no statute of Germany, Austria or Switzerland
 * names hours for electronic advertising. The user may override it with a reason.
 *
 * Returns: @moment where it is open, else the next opening, UTC microseconds
 */
gint64
ruf_quiet_hours_next_open (gint64     moment,
                           GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) day = NULL;
  int hour;

  g_return_val_if_fail (zone != NULL, moment);

  utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  g_return_val_if_fail (utc != NULL, moment);

  day = g_date_time_to_timezone (utc, zone);
  hour = g_date_time_get_hour (day);
  if (hour >= CLOSING_HOUR || g_date_time_get_day_of_week (day) == SUNDAY)
    hour = CLOSING_HOUR;
  else if (hour >= OPENING_HOUR)
    return moment;

  while (hour == CLOSING_HOUR)
    {
      GDateTime *next = g_date_time_add_days (day, 1);

      g_date_time_unref (day);
      day = next;
      hour = g_date_time_get_day_of_week (day) == SUNDAY ? CLOSING_HOUR : OPENING_HOUR;
    }
  return opening_of_day (day, zone);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-calendar-entry.h"

#include <stdlib.h>

static guint
get_day (GDateDay   day,
         GDateMonth month,
         GDateYear  year)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return g_date_get_julian (&date);
}

/* The same week has the same number whether its row begins on Saturday, Sunday or Monday. */
static void
test_week (void)
{
  static const struct
  {
    GDateDay   day;
    GDateMonth month;
    GDateYear  year;
    guint      week;
  } mondays[] = {
    { 23, 11, 2026, 48 },
    { 28, 12, 2026, 53 },
    { 4, 1, 2027, 1 },
    { 29, 12, 2025, 1 },
    { 5, 1, 2026, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mondays); i++)
    {
      guint monday = get_day (mondays[i].day, mondays[i].month, mondays[i].year);

      for (guint earlier = 0; earlier <= 2; earlier++)
        g_assert_cmpuint (ruf_calendar_week_of (monday - earlier), ==, mondays[i].week);
    }
}

/* Clocks change on 25 October 2026: a day stays a day. */
static void
test_day (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  guint sunday = get_day (25, 10, 2026);

  for (guint day = sunday - 1; day <= sunday + 1; day++)
    {
      g_autofree char *words = ruf_calendar_day_format (day, "%d");

      g_assert_cmpuint (ruf_calendar_day_of (ruf_calendar_day_at (day, 0, 0, zone), zone), ==, day);
      g_assert_cmpuint (ruf_calendar_day_of (ruf_calendar_day_at (day, 23, 59, zone), zone), ==,
                        day);
      g_assert_cmpint (atoi (words), ==, 24 + (int) (day - sunday) + 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/calendar-entry/week", test_week);
  g_test_add_func ("/ui/calendar-entry/day", test_day);

  return g_test_run ();
}

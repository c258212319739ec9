/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-moment.h"

static GTimeZone *
berlin (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Europe/Berlin");

  g_assert_nonnull (zone);
  return zone;
}

static const struct
{
  const char         *text;
  RufMomentPrecision  precision;
  const char         *utc;
} moments[] = {
  { "2026-03-14T09:12:00+01:00", RUF_MOMENT_TIME, "2026-03-14T08:12:00Z" },
  { "2026-10-19T06:05:00Z", RUF_MOMENT_TIME, "2026-10-19T06:05:00Z" },
  { "2026-10-19T06:05:00.123456Z", RUF_MOMENT_TIME, "2026-10-19T06:05:00Z" },
  { "2026-10-15T08:00:00-0530", RUF_MOMENT_TIME, "2026-10-15T13:30:00Z" },
  { "2026-10-15T08:00:00+02", RUF_MOMENT_TIME, "2026-10-15T06:00:00Z" },
  { "2026-04-02 17:40", RUF_MOMENT_TIME, "2026-04-02T15:40:00Z" },
  { "2026-01-02 17:40:59", RUF_MOMENT_TIME, "2026-01-02T16:40:59Z" },
  { "2026-06-19", RUF_MOMENT_DATE, "2026-06-18T22:00:00Z" },
  { "3.5.2026 10:05", RUF_MOMENT_TIME, "2026-05-03T08:05:00Z" },
  { "03.05.2026, 10:05 Uhr", RUF_MOMENT_TIME, "2026-05-03T08:05:00Z" },
  { "14.03.2026", RUF_MOMENT_DATE, "2026-03-13T23:00:00Z" },
  { "09.11.25", RUF_MOMENT_DATE, "2025-11-08T23:00:00Z" },
  { "1. 2. 1987", RUF_MOMENT_DATE, "1987-01-31T23:00:00Z" },
  { "1.2.87", RUF_MOMENT_DATE, "1987-01-31T23:00:00Z" },
  { " \302\2409.11.25 ", RUF_MOMENT_DATE, "2025-11-08T23:00:00Z" },
  { "11/03/2026 10:15", RUF_MOMENT_TIME, "2026-11-03T09:15:00Z" },
  { "10/1/2015 21:00", RUF_MOMENT_TIME, "2015-10-01T19:00:00Z" },
  { "29.02.2028", RUF_MOMENT_DATE, "2028-02-28T23:00:00Z" },

  /* The clocks go forward and back. */
  { "2026-03-29 01:59", RUF_MOMENT_TIME, "2026-03-29T00:59:00Z" },
  { "2026-03-29 02:30", RUF_MOMENT_TIME, "2026-03-29T01:00:00Z" },
  { "2026-03-29 03:00", RUF_MOMENT_TIME, "2026-03-29T01:00:00Z" },
  { "2026-10-25 01:59", RUF_MOMENT_TIME, "2026-10-24T23:59:00Z" },
  { "2026-10-25 02:30", RUF_MOMENT_TIME, "2026-10-25T01:30:00Z" },
  { "2026-10-25 03:00", RUF_MOMENT_TIME, "2026-10-25T02:00:00Z" },

  { "31.02.2026", RUF_MOMENT_NONE, NULL },
  { "29.02.2026", RUF_MOMENT_NONE, NULL },
  { "1900-01-01T00:00+14:00", RUF_MOMENT_TIME, "1899-12-31T10:00:00Z" },
  { "9998-12-31T23:59-14:00", RUF_MOMENT_TIME, "9999-01-01T13:59:00Z" },
  { "0080-01-01", RUF_MOMENT_NONE, NULL },
  { "01.01.0001 00:00", RUF_MOMENT_NONE, NULL },
  { "9999-12-31T23:59-14:00", RUF_MOMENT_NONE, NULL },
  { "2026-13-01", RUF_MOMENT_NONE, NULL },
  { "13/01/2026", RUF_MOMENT_NONE, NULL },
  { "2026-06-19T25:00", RUF_MOMENT_NONE, NULL },
  { "2026-06-19T10:60", RUF_MOMENT_NONE, NULL },
  { "2026-06-19T", RUF_MOMENT_NONE, NULL },
  { "2026-06-19 ja", RUF_MOMENT_NONE, NULL },
  { "2026-06-19T10:00+25:00", RUF_MOMENT_NONE, NULL },
  { "0.0.2026", RUF_MOMENT_NONE, NULL },
  { "0/0/00", RUF_MOMENT_NONE, NULL },
  { "00000-01-01", RUF_MOMENT_NONE, NULL },
  { "0000-01-01", RUF_MOMENT_NONE, NULL },
  { "1.2.026", RUF_MOMENT_NONE, NULL },
  { "45000", RUF_MOMENT_NONE, NULL },
  { "99999999999999999999-01-01", RUF_MOMENT_NONE, NULL },
  { "ja", RUF_MOMENT_NONE, NULL },
  { "", RUF_MOMENT_NONE, NULL },
  { NULL, RUF_MOMENT_NONE, NULL },
};

static void
test_parse (void)
{
  g_autoptr (GTimeZone) zone = berlin ();

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *utc = NULL;
      gint64 moment = -1;

      g_test_message ("%s", moments[i].text != NULL ? moments[i].text : "(null)");
      g_assert_cmpint (ruf_moment_parse (moments[i].text, zone, &moment), ==,
                       moments[i].precision);
      if (moments[i].utc == NULL)
        {
          g_assert_cmpint (moment, ==, 0);
          continue;
        }
      utc = ruf_moment_to_iso8601 (moment);
      g_assert_cmpstr (utc, ==, moments[i].utc);
    }
}

static void
test_microseconds (void)
{
  g_autoptr (GTimeZone) zone = berlin ();
  gint64 moment;

  ruf_moment_parse ("1970-01-01T00:00:01.25Z", zone, &moment);
  g_assert_cmpint (moment, ==, 1250000);
  ruf_moment_parse ("1970-01-01T00:00:00.1234567Z", zone, &moment);
  g_assert_cmpint (moment, ==, 123456);
}

static void
test_write (void)
{
  g_autoptr (GTimeZone) zone = berlin ();
  g_autofree char *winter = NULL;
  g_autofree char *summer = NULL;
  g_autofree char *before_epoch = ruf_moment_to_iso8601 (-1);
  gint64 moment;

  ruf_moment_parse ("2026-11-23T10:00:00Z", zone, &moment);
  winter = ruf_moment_to_local (moment, zone);
  g_assert_cmpstr (winter, ==, "2026-11-23T11:00:00+01:00");
  ruf_moment_parse ("2026-07-01T10:00:00Z", zone, &moment);
  summer = ruf_moment_to_local (moment, zone);
  g_assert_cmpstr (summer, ==, "2026-07-01T12:00:00+02:00");
  g_assert_cmpstr (before_epoch, ==, "1969-12-31T23:59:59Z");
}

static void
test_week (void)
{
  static const struct
  {
    const char *text;
    const char *week;
    const char *monday;
  } weeks[] = {
    { "2026-11-22 23:59", "2026-W47", "2026-11-16T00:00:00+01:00" },
    { "2026-11-23 00:00", "2026-W48", "2026-11-23T00:00:00+01:00" },
    { "2026-11-22T23:30:00Z", "2026-W48", "2026-11-23T00:00:00+01:00" },
    { "2027-01-01 12:00", "2026-W53", "2026-12-28T00:00:00+01:00" },
    { "2025-12-29 12:00", "2026-W01", "2025-12-29T00:00:00+01:00" },
    { "2026-03-29 12:00", "2026-W13", "2026-03-23T00:00:00+01:00" },
    { "2026-04-01 12:00", "2026-W14", "2026-03-30T00:00:00+02:00" },
  };
  g_autoptr (GTimeZone) zone = berlin ();

  for (guint i = 0; i < G_N_ELEMENTS (weeks); i++)
    {
      g_autofree char *week = NULL;
      g_autofree char *monday = NULL;
      gint64 moment;

      ruf_moment_parse (weeks[i].text, zone, &moment);
      week = ruf_moment_get_week (moment, zone);
      monday = ruf_moment_to_local (ruf_moment_week_start (moment, zone), zone);
      g_assert_cmpstr (week, ==, weeks[i].week);
      g_assert_cmpstr (monday, ==, weeks[i].monday);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/moment/parse", test_parse);
  g_test_add_func ("/core/moment/microseconds", test_microseconds);
  g_test_add_func ("/core/moment/write", test_write);
  g_test_add_func ("/core/moment/week", test_week);

  return g_test_run ();
}

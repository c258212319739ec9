/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-quiet-hours.h"

#include "ruf-moment.h"

static void
test_next_open (void)
{
  static const struct
  {
    const char *at;
    const char *opens;
  } cases[] = {
    { "2026-11-23 08:00", "2026-11-23T08:00:00+01:00" },
    { "2026-11-23 12:34:56", "2026-11-23T12:34:56+01:00" },
    { "2026-11-23 19:59:59", "2026-11-23T19:59:59+01:00" },
    { "2026-11-23 20:00", "2026-11-24T08:00:00+01:00" },
    { "2026-11-23 07:59:59", "2026-11-23T08:00:00+01:00" },
    { "2026-11-23 00:00", "2026-11-23T08:00:00+01:00" },
    { "2026-11-21 20:00", "2026-11-23T08:00:00+01:00" },
    { "2026-11-22 12:00", "2026-11-23T08:00:00+01:00" },
    { "2026-11-22 03:00", "2026-11-23T08:00:00+01:00" },
    { "2026-12-31 22:00", "2027-01-01T08:00:00+01:00" },

    /* The night in which the clocks change is a quiet one. */
    { "2026-03-28 21:00", "2026-03-30T08:00:00+02:00" },
    { "2026-10-24 21:00", "2026-10-26T08:00:00+01:00" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *opens = NULL;
      gint64 moment;

      ruf_moment_parse (cases[i].at, zone, &moment);
      opens = ruf_moment_to_local (ruf_quiet_hours_next_open (moment, zone), zone);
      g_assert_cmpstr (opens, ==, cases[i].opens);
    }
}

/* Whatever the hour, what is answered is open itself. */
static void
test_answer_is_open (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/St_Johns");

  for (gint64 hour = 0; hour < 24 * 400; hour++)
    {
      gint64 moment = (490000 + hour) * 3600 * G_USEC_PER_SEC + 17;
      gint64 opens = ruf_quiet_hours_next_open (moment, zone);

      g_assert_cmpint (opens, >=, moment);
      g_assert_cmpint (ruf_quiet_hours_next_open (opens, zone), ==, opens);
      g_assert_cmpint (opens - moment, <=, 37 * 3600 * (gint64) G_USEC_PER_SEC);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/quiet-hours/next-open", test_next_open);
  g_test_add_func ("/core/quiet-hours/answer-is-open", test_answer_is_open);

  return g_test_run ();
}

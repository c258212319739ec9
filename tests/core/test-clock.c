/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-clock.h"

static void
test_standing (void)
{
  g_autoptr (RufClock) clock = ruf_clock_new_at (1000);

  g_assert_true (ruf_clock_is_rehearsal (clock));
  g_assert_cmpint (ruf_clock_get_now (clock), ==, 1000);
  ruf_clock_advance (clock, 500);
  g_assert_cmpint (ruf_clock_get_now (clock), ==, 1500);
  g_assert_finalize_object (g_steal_pointer (&clock));
}

static void
test_going (void)
{
  g_autoptr (RufClock) clock = ruf_clock_new ();
  gint64 before = g_get_real_time ();
  gint64 now = ruf_clock_get_now (clock);

  g_assert_false (ruf_clock_is_rehearsal (clock));
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/clock/standing", test_standing);
  g_test_add_func ("/core/clock/going", test_going);

  return g_test_run ();
}

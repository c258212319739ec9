/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-words.h"

/* Whatever the log holds can be said; a kind of entry that has no words fails here. */
static void
test_deeds (void)
{
  for (RufConsentEventType type = 0; type <= RUF_CONSENT_RETRACTED; type++)
    {
      RufConsentEvent event = { .type = type, .method = RUF_CONSENT_METHOD_OPERATOR };
      g_autofree char *words = ruf_words_event (&event);

      g_assert_nonnull (ruf_consent_event_type_to_string (type));
      g_assert_nonnull (ruf_words_deed (type));
      g_assert_nonnull (words);
    }
}

static void
test_exact_moment (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *winter = ruf_words_exact_moment (G_GINT64_CONSTANT (1795000000000000), berlin);
  g_autofree char *summer = ruf_words_exact_moment (G_GINT64_CONSTANT (1781000000000000), berlin);

  g_assert_cmpstr (winter, ==, "18 November 2026, 12:06:40 +01:00");
  g_assert_cmpstr (summer, ==, "9 June 2026, 12:13:20 +02:00");
}

static gint64
read_moment (const char *text,
             GTimeZone  *zone)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (text, zone);

  return g_date_time_to_unix (moment) * G_USEC_PER_SEC;
}

/* Seen from a Wednesday. No two moments with the same words are a week apart. */
static void
test_moment (void)
{
  static const struct
  {
    const char *moment;
    const char *words;
  } rows[] = {
    { "2026-11-25T12:00:30", "now" },
    { "2026-11-25T12:20:00", "in 20 minutes" },
    { "2026-11-25T11:01:00", "59 minutes ago" },
    { "2026-11-25T18:00:00", "today, 18:00" },
    { "2026-11-25T00:00:00", "today, 00:00" },
    { "2026-11-26T10:00:00", "tomorrow, 10:00" },
    { "2026-11-24T10:00:00", "yesterday, 10:00" },
    { "2026-11-27T10:00:00", "Friday, 10:00" },
    { "2026-12-01T23:59:00", "Tuesday, 23:59" },
    { "2026-12-02T00:00:00", "2 December, 00:00" },
    { "2026-11-23T10:00:00", "last Monday, 10:00" },
    { "2026-11-19T00:00:00", "last Thursday, 00:00" },
    { "2026-11-18T23:59:00", "18 November, 23:59" },
    { "2025-11-20T10:00:00", "20 November 2025, 10:00" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 now = read_moment ("2026-11-25T12:00:00", zone);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = ruf_words_moment (read_moment (rows[i].moment, zone), now, zone);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* Around midnight minutes are nearer to people than the day. */
static void
test_midnight (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 now = read_moment ("2026-11-25T23:50:00", zone);
  g_autofree char *soon = ruf_words_moment (read_moment ("2026-11-26T00:10:00", zone), now, zone);

  g_assert_cmpstr (soon, ==, "in 20 minutes");
}

static void
test_capitalise (void)
{
  g_autofree char *plain = ruf_words_capitalise ("left out");
  g_autofree char *umlaut = ruf_words_capitalise ("übergeben");

  g_assert_cmpstr (plain, ==, "Left out");
  g_assert_cmpstr (umlaut, ==, "Übergeben");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/words/deeds", test_deeds);
  g_test_add_func ("/core/words/exact-moment", test_exact_moment);
  g_test_add_func ("/core/words/moment", test_moment);
  g_test_add_func ("/core/words/midnight", test_midnight);
  g_test_add_func ("/core/words/capitalise", test_capitalise);

  return g_test_run ();
}

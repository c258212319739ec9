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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/words/deeds", test_deeds);
  g_test_add_func ("/core/words/exact-moment", test_exact_moment);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "ruf-keyword.h"
#include "ruf-start-link.h"

static const struct
{
  const char *purpose;
  const char *name;
  const char *start_purpose;
  const char *text;
  const char *payload;
} starts[] = {
  { "weekly-offer", "Wochenangebote", "weekly-offer", "Start Wochenangebote Q7F", "Q7F" },
  { "weekly-offer", "Weekly offers", "weekly-offer", "Start Weekly offers Q7F", "Q7F" },
  { "news", "Neuigkeiten", "weekly-offer", "Start Neuigkeiten Q7F", "news_Q7F" },
  { "live", "Liveticker", "weekly-offer", "Start Liveticker Q7F", "live_Q7F" },
  { "weekly-offer", "Wochenangebote", "news", "Start Wochenangebote Q7F", "weekly-offer_Q7F" },
  /* A name that no keyword rule knows: the key does. */
  { "story", "Историja", "weekly-offer", "Start story Q7F", "story_Q7F" },
  /* A purpose of the user's own comes back only where a bare START means it. */
  { "mittagstisch", "mittagstisch", "mittagstisch", "Start Q7F", "Q7F" },
  { "mittagstisch", "mittagstisch", "weekly-offer", NULL, NULL },
};

static void
test_start (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *text = ruf_start_text_new (starts[i].purpose, starts[i].name, "Q7F",
                                                  starts[i].start_purpose);
      g_autofree char *payload = ruf_start_payload_new (starts[i].purpose, "Q7F",
                                                        starts[i].start_purpose);

      g_assert_cmpstr (text, ==, starts[i].text);
      g_assert_cmpstr (payload, ==, starts[i].payload);
    }
}

static const struct
{
  RufChannel  channel;
  const char *address;
  const char *link;
} links[] = {
  { RUF_CHANNEL_WHATSAPP, "+491713920000",
    "https://wa.me/491713920000?text=Start%20Wochenangebote%20Q7F" },
  { RUF_CHANNEL_TELEGRAM, "huber_bot", "https://t.me/huber_bot?start=Q7F" },
  { RUF_CHANNEL_SMS, "+491713920000", "sms:+491713920000?body=Start%20Wochenangebote%20Q7F" },
  { RUF_CHANNEL_EMAIL, "post@example.org",
    "mailto:post@example.org?subject=Start%20Wochenangebote%20Q7F" },
  { RUF_CHANNEL_EMAIL, "a&b?c@example.org",
    "mailto:a%26b%3Fc@example.org?subject=Start%20Wochenangebote%20Q7F" },
  { RUF_CHANNEL_SIGNAL, "+491713920000", NULL },
};

static void
test_link (void)
{
  g_autofree char *umlauts = ruf_start_link_new (RUF_CHANNEL_SMS, "+49", "Grüße & mehr", "");

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *link = ruf_start_link_new (links[i].channel, links[i].address,
                                                  "Start Wochenangebote Q7F", "Q7F");

      g_assert_cmpstr (link, ==, links[i].link);
    }
  g_assert_cmpstr (umlauts, ==, "sms:+49?body=Gr%C3%BC%C3%9Fe%20%26%20mehr");
}

/* Whatever code is drawn, it comes back as the source. */
static void
test_code (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *code = ruf_source_code_new ();
      g_autofree char *text = g_strdup_printf ("start %s", code);
      RufReplyReading reading;

      g_assert_cmpuint (strlen (code), ==, 3);
      g_assert_null (strpbrk (code, "01OIL"));
      g_assert_true (ruf_source_code_is_valid (code));
      ruf_reply_read (text, &reading);
      g_assert_cmpint (reading.kind, ==, RUF_REPLY_START);
      g_assert_cmpstr (reading.source, ==, code);
      ruf_reply_reading_clear (&reading);
    }

  g_assert_true (ruf_source_code_is_valid ("Theke2"));
  g_assert_false (ruf_source_code_is_valid ("Q"));
  g_assert_false (ruf_source_code_is_valid ("Q 7"));
  g_assert_false (ruf_source_code_is_valid ("Tür"));
  g_assert_false (ruf_source_code_is_valid ("Q7F&x=y"));
  g_assert_false (ruf_source_code_is_valid (""));
  g_assert_false (ruf_source_code_is_valid ("ABCDEFGHIJKLMNOPQ"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/start-link/start", test_start);
  g_test_add_func ("/core/start-link/link", test_link);
  g_test_add_func ("/core/start-link/code", test_code);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-keyword.h"

static const struct
{
  const char   *text;
  RufReplyKind  kind;
  const char   *purpose;
  const char   *source;
} replies[] = {
  { "STOP", RUF_REPLY_STOP, NULL, NULL },
  { "stopp!", RUF_REPLY_STOP, NULL, NULL },
  { "Stop.", RUF_REPLY_STOP, NULL, NULL },
  { " Abmelden ", RUF_REPLY_STOP, NULL, NULL },
  { "ABMELDEN", RUF_REPLY_STOP, NULL, NULL },
  { "abmelden bitte", RUF_REPLY_STOP, NULL, NULL },
  { "Stop bitte", RUF_REPLY_STOP, NULL, NULL },
  { "Bitte mich abmelden, danke", RUF_REPLY_STOP, NULL, NULL },
  { "Stop alles", RUF_REPLY_STOP, NULL, NULL },
  { "STOP STOP STOP", RUF_REPLY_STOP, NULL, NULL },
  { "„Stop“ 🛑", RUF_REPLY_STOP, NULL, NULL },
  { "🛑STOP🛑", RUF_REPLY_STOP, NULL, NULL },
  { "ＳＴＯＰ", RUF_REPLY_STOP, NULL, NULL },
  { "S\302\255TOP", RUF_REPLY_STOP, NULL, NULL },
  { "/stop", RUF_REPLY_STOP, NULL, NULL },
  { "UNSUBSCRIBE", RUF_REPLY_STOP, NULL, NULL },
  { "cancel", RUF_REPLY_STOP, NULL, NULL },
  { "STOPALL", RUF_REPLY_STOP, NULL, NULL },
  { "END", RUF_REPLY_STOP, NULL, NULL },
  { "Ende", RUF_REPLY_STOP, NULL, NULL },
  { "quit", RUF_REPLY_STOP, NULL, NULL },
  { "Keine Werbung", RUF_REPLY_STOP, NULL, NULL },
  { "keine Werbung mehr bitte", RUF_REPLY_STOP, NULL, NULL },
  { "STOP Wochenangebote", RUF_REPLY_STOP, "weekly-offer", NULL },
  { "Stop weekly-offer", RUF_REPLY_STOP, "weekly-offer", NULL },
  { "Bitte die Wochenangebote abbestellen", RUF_REPLY_STOP, "weekly-offer", NULL },
  { "abmelden von den News", RUF_REPLY_STOP, "news", NULL },

  { "START", RUF_REPLY_START, NULL, NULL },
  { "start", RUF_REPLY_START, NULL, NULL },
  { "Start bitte", RUF_REPLY_START, NULL, NULL },
  { "Start Wochenangebote", RUF_REPLY_START, "weekly-offer", NULL },
  { "Start Wochenangebote Q7F", RUF_REPLY_START, "weekly-offer", "Q7F" },
  { "Start Weekly offers Q7F", RUF_REPLY_START, "weekly-offer", "Q7F" },
  { "„Start Wochenangebote Q7F“", RUF_REPLY_START, "weekly-offer", "Q7F" },
  { "start weekly-offer q7f", RUF_REPLY_START, "weekly-offer", "q7f" },
  { "Start SRF News Anna", RUF_REPLY_START, "news", "Anna" },
  { "START Q7F", RUF_REPLY_START, NULL, "Q7F" },
  { "/start", RUF_REPLY_START, NULL, NULL },
  { "/start abc_q7f", RUF_REPLY_START, NULL, "abc_q7f" },
  { "/start news_Q7F", RUF_REPLY_START, "news", "Q7F" },
  { "/start weekly-offer_q7f", RUF_REPLY_START, "weekly-offer", "q7f" },
  { "/start news_", RUF_REPLY_START, "news", NULL },
  { "/start weekly-offer", RUF_REPLY_START, "weekly-offer", NULL },

  { "Stop mal, kostet das wirklich 12 Euro?", RUF_REPLY_REVIEW, NULL, NULL },
  { "Wie kann ich mich abmelden?", RUF_REPLY_REVIEW, NULL, NULL },
  { "Bitte keine Nachrichten mehr schicken", RUF_REPLY_REVIEW, NULL, NULL },
  { "we must STOP this bill", RUF_REPLY_REVIEW, NULL, NULL },
  { "Ich widerrufe meine Einwilligung", RUF_REPLY_REVIEW, NULL, NULL },
  { "Stop SRF News", RUF_REPLY_REVIEW, NULL, NULL },
  { "Start News Stop", RUF_REPLY_REVIEW, NULL, NULL },
  { "Bitte nicht mehr schreiben!", RUF_REPLY_REVIEW, NULL, NULL },

  { "Habt ihr nonstop geöffnet?", RUF_REPLY_OTHER, NULL, NULL },
  { "Kann ich den Termin stornieren?", RUF_REPLY_OTHER, NULL, NULL },
  { "Ich starte morgen um 9, passt das?", RUF_REPLY_OTHER, NULL, NULL },
  { "Wann ist der Start?", RUF_REPLY_OTHER, NULL, NULL },
  { "Start um 9?", RUF_REPLY_OTHER, NULL, NULL },
  { "Start morgen früh", RUF_REPLY_OTHER, NULL, NULL },
  { "Am Ende war es lecker", RUF_REPLY_OTHER, NULL, NULL },
  { "das Ende", RUF_REPLY_OTHER, NULL, NULL },
  { "Super Angebot, gern mehr davon", RUF_REPLY_OTHER, NULL, NULL },
  { "Gibt es noch Leberkäse?\nSonst nehme ich Fleischkäse.", RUF_REPLY_OTHER, NULL, NULL },
  { "Danke!", RUF_REPLY_OTHER, NULL, NULL },
  { "OK", RUF_REPLY_OTHER, NULL, NULL },
  { "👍", RUF_REPLY_OTHER, NULL, NULL },
  { "", RUF_REPLY_OTHER, NULL, NULL },
  { "\377\376", RUF_REPLY_OTHER, NULL, NULL },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autofree char *shown = g_strescape (replies[i].text, NULL);
      RufReplyReading reading;

      ruf_reply_read (replies[i].text, &reading);
      g_test_message ("%s", shown);
      g_assert_cmpstr (ruf_reply_kind_to_string (reading.kind), ==,
                       ruf_reply_kind_to_string (replies[i].kind));
      g_assert_cmpstr (reading.purpose, ==, replies[i].purpose);
      g_assert_cmpstr (reading.source, ==, replies[i].source);
      ruf_reply_reading_clear (&reading);
    }
}

static void
test_huge (void)
{
  g_autofree char *noise = g_strnfill (200000, 'x');
  g_autofree char *text = g_strconcat (noise, " stop ", noise, NULL);
  RufReplyReading reading;

  ruf_reply_read (text, &reading);
  g_assert_cmpint (reading.kind, ==, RUF_REPLY_REVIEW);
  ruf_reply_reading_clear (&reading);

  ruf_reply_read (NULL, &reading);
  g_assert_cmpint (reading.kind, ==, RUF_REPLY_OTHER);
}

static void
test_find_start (void)
{
  static const struct { const char *text; const char *found; } cases[] = {
    { "START", "START" },
    { "Kein Stop! Start News", "Start News" },
    { "«start»", "start»" },
    { "Neustart bitte", NULL },
    { "Ich starte morgen", NULL },
    { "Ästart starten", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (ruf_reply_find_start (cases[i].text), ==, cases[i].found);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/keyword/read", test_read);
  g_test_add_func ("/core/keyword/huge", test_huge);

  g_test_add_func ("/core/keyword/find-start", test_find_start);

  return g_test_run ();
}

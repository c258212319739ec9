/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "reading.h"
#include "ruf-error.h"
#include "ruf-poster.h"

#define LINK "https://wa.me/491713920000?text=Start%20Wochenangebote%20Q7F"

static const RufPoster sample = {
  .channel = RUF_CHANNEL_WHATSAPP, .purpose = "weekly-offer",
  .shop = "Metzgerei Huber, Bad Honnef", .message = "Start Wochenangebote Q7F",
  .address = "+49 171 3920000", .link = LINK, .source = "Q7F", .made_at = READING_NOON,
};

static GBytes *
print (const RufPoster *poster,
       const char      *name)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = ruf_poster_print (poster, &error);

  g_assert_no_error (error);
  reading_keep (pdf, name);
  return pdf;
}

static char *
print_text (const RufPoster *poster,
            const char      *name)
{
  g_autoptr (GBytes) pdf = print (poster, name);
  g_autofree char *text = reading_get_text (pdf);

  g_assert_cmpuint (reading_count (text, "\f"), ==, 1);
  return reading_join (text);
}

/* To whom, what for, how often, how, and how to end it: whatever the paper. */
static void
test_words (void)
{
  static const char * const words[] = {
    "Metzgerei Huber, Bad Honnef", "Weekly offers", "by WhatsApp", "Once a week we send you",
    "Scan the code", "Start Wochenangebote Q7F", "+49 171 3920000", "Answer STOP at any time",
    "I agree that Metzgerei Huber, Bad Honnef sends me messages about “Weekly offers”",
    "privacy notice",
  };

  if (!reading_is_possible ())
    return;

  for (RufPosterSize size = RUF_POSTER_A4; size <= RUF_POSTER_CARD; size++)
    {
      RufPoster poster = sample;
      g_autofree char *name = g_strdup_printf ("poster-%u.pdf", size);
      g_autofree char *text = NULL;

      poster.size = size;
      text = print_text (&poster, name);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        reading_assert_has (text, words[i]);
    }
}

static const struct
{
  RufChannel  channel;
  const char *address;
  const char *link;
} ways[] = {
  { RUF_CHANNEL_WHATSAPP, "+49 171 3920000", LINK },
  { RUF_CHANNEL_TELEGRAM, "@huber_bot", "https://t.me/huber_bot?start=Q7F" },
  { RUF_CHANNEL_SMS, "+49 171 3920000", "sms:+491713920000?body=Start%20Wochenangebote%20Q7F" },
  { RUF_CHANNEL_EMAIL, "post@metzgerei-huber.example",
    "mailto:post@metzgerei-huber.example?subject=Start%20Wochenangebote%20Q7F" },
};

/* A camera reads what was meant, from each size and channel. */
static void
test_scan (void)
{
  if (!reading_is_possible ())
    return;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    for (RufPosterSize size = RUF_POSTER_A4; size <= RUF_POSTER_CARD; size++)
      {
        RufPoster poster = sample;
        g_autofree char *name = g_strdup_printf ("poster-%u-%u.pdf", i, size);
        g_autofree char *found = NULL;
        g_auto (GStrv) lines = NULL;
        g_autoptr (GBytes) pdf = NULL;

        poster.size = size;
        poster.channel = ways[i].channel;
        poster.address = ways[i].address;
        poster.link = ways[i].link;
        pdf = print (&poster, name);
        found = reading_scan (pdf);
        lines = g_strsplit (found, "\n", -1);
        g_assert_cmpuint (g_strv_length (lines), ==, size == RUF_POSTER_CARD ? 2 : 1);
        for (guint k = 0; lines[k] != NULL; k++)
          g_assert_cmpstr (lines[k], ==, ways[i].link);
      }
}

static void
test_own_words (void)
{
  RufPoster poster = sample;
  g_autofree char *text = NULL;

  if (!reading_is_possible ())
    return;

  poster.shop = NULL;
  poster.title = "Frisch vom Rost – jeden Donnerstag";
  poster.wording = "Ja, ich will. Every word of this one.";
  text = print_text (&poster, "poster-own.pdf");
  reading_assert_has (text, "Frisch vom Rost – jeden Donnerstag");
  reading_assert_has (text, "Ja, ich will. Every word of this one.");
  reading_assert_has (text, "Name or stamp");
  g_assert_null (strstr (text, "I agree that"));
}

/* Words that do not fit are refused: a wording that is cut off was not shown. */
static void
test_too_long (void)
{
  g_autoptr (GString) wording = g_string_new (NULL);

  for (guint i = 0; i < 400; i++)
    g_string_append (wording, "Viele Worte. ");

  for (RufPosterSize size = RUF_POSTER_A4; size <= RUF_POSTER_CARD; size++)
    {
      RufPoster poster = sample;
      g_autoptr (GError) error = NULL;

      poster.size = size;
      poster.wording = wording->str;
      g_assert_null (ruf_poster_print (&poster, &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "Viele Worte."));

      g_clear_error (&error);
      poster.wording = NULL;
      poster.title = wording->str;
      g_assert_null (ruf_poster_print (&poster, &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);

      g_clear_error (&error);
      poster.title = NULL;
      poster.link = wording->str;
      g_assert_null (ruf_poster_print (&poster, &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
    }
}

static void
test_same_bytes (void)
{
  g_autoptr (GBytes) first = print (&sample, "poster-0.pdf");
  g_autoptr (GBytes) again = print (&sample, "poster-0.pdf");

  g_assert_true (g_bytes_equal (first, again));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/poster/words", test_words);
  g_test_add_func ("/documents/poster/scan", test_scan);
  g_test_add_func ("/documents/poster/own-words", test_own_words);
  g_test_add_func ("/documents/poster/too-long", test_too_long);
  g_test_add_func ("/documents/poster/same-bytes", test_same_bytes);

  return g_test_run ();
}

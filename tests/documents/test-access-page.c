/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "reading.h"
#include "ruf-access-page.h"
#include "sample.h"

#define DAY G_TIME_SPAN_DAY

static char *
print_text (const RufDossier *dossier,
            const char       *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = ruf_access_page_print (dossier, zone, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  reading_keep (pdf, name);
  text = reading_get_text (pdf);
  return reading_join (text);
}

static RufDossierMessage *
add_message (RufDossier       *dossier,
             const char       *title,
             RufMessageStatus  status)
{
  RufDossierMessage *message = ruf_dossier_add_message (dossier);

  message->title = g_strdup (title);
  message->channel = RUF_CHANNEL_WHATSAPP;
  message->purpose = g_strdup ("weekly-offer");
  message->status = status;
  message->at = READING_NOON - 7 * DAY;
  return message;
}

static void
add_history (RufDossier *dossier)
{
  RufDossierMessage *read = add_message (dossier, "KW46", RUF_MESSAGE_READ);
  RufDossierReceipt *receipt = ruf_dossier_add_receipt (read);
  RufDossierMessage *excluded = add_message (dossier, "KW47", RUF_MESSAGE_EXCLUDED);
  RufDossierReply *reply = ruf_dossier_add_reply (dossier);
  RufDossierImport *import = ruf_dossier_add_import (dossier);

  read->body = g_strdup ("Guten Morgen {{first_name}}!");
  read->text = g_strdup ("Guten Morgen Anna!\nHeute Rouladen, 100 g 1,99 €.");
  receipt->status = g_strdup ("read");
  receipt->at = READING_NOON - 6 * DAY;
  excluded->body = g_strdup ("Secret offer");
  excluded->reason = RUF_EXCLUDE_CANCELLED;
  add_message (dossier, "KW01", RUF_MESSAGE_FAILED)->error_code = g_strdup ("131026");
  reply->channel = RUF_CHANNEL_WHATSAPP;
  reply->address = g_strdup ("+491713920000");
  reply->text = g_strdup ("Gibt es noch Leberkäse?");
  reply->at = READING_NOON - 5 * DAY;
  import->id = 3;
  import->file_name = g_strdup ("kunden.csv");
  import->origin = g_strdup ("Kasse");
  import->started_at = READING_NOON - 40 * DAY;
  dossier->import_id = 3;
  dossier->city = g_strdup ("Bad Honnef");
  dossier->notes = g_strdup ("mag Leberkäse");
  g_ptr_array_add (dossier->tags, g_strdup ("stamm"));
  g_ptr_array_add (dossier->tags, g_strdup ("vip"));
}

static void
test_everything (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new ();
  g_autofree char *text = NULL;
  static const char * const words[] = {
    "Information on stored data", "Anna Müller", "Metzgerei Huber", "Bad Honnef", "stamm, vip",
    "mag Leberkäse", "9 October 2026, 13:06:40 +02:00", "kunden.csv", "Kasse",
    "0171 / 392 00 00", "anna.mueller@example.org", "Start Wochenangebote Q7F",
    "Ich kann das jederzeit mit STOP widerrufen.", "all are unchanged",
    "Never write no entry", "KW46 · Weekly offers on WhatsApp", "Guten Morgen Anna!",
    "Heute Rouladen, 100 g 1,99 €.", "read: 12 November 2026, 12:06",
    "left out: taken back by the sender", "failed (131026)", "its text is not kept here",
    "Gibt es noch Leberkäse?", "no legal advice",
  };

  if (!reading_is_possible ())
    return;

  add_history (dossier);
  text = print_text (dossier, "access.pdf");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    reading_assert_has (text, words[i]);
  g_assert_null (strstr (text, "Secret offer"));   /* was never for her */
  g_assert_null (strstr (text, "{{"));
}

static void
test_nothing (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new_empty ("Bernd");
  g_autofree char *text = NULL;

  if (!reading_is_possible ())
    return;

  text = print_text (dossier, "access-empty.pdf");
  reading_assert_has (text, "Bernd");
  reading_assert_has (text, "There is no consent, so nothing may be sent.");
  reading_assert_has (text, "Messages None.");
  reading_assert_has (text, "Replies None.");
  reading_assert_has (text, "Page 1 of 1");
}

static void
test_suppressed (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new ();
  RufDossierConsent *consent = g_ptr_array_index (dossier->consents, 1);
  g_autofree char *text = NULL;

  if (!reading_is_possible ())
    return;

  consent->status = RUF_CONSENT_STATUS_SUPPRESSED;
  text = print_text (dossier, "access-suppressed.pdf");
  reading_assert_has (text, "Never write Weekly offers on E-mail · anna.mueller@example.org");
}

static void
test_many (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new ();
  g_autofree char *text = NULL;

  if (!reading_is_possible ())
    return;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *title = g_strdup_printf ("Run-%03u", i);

      add_message (dossier, title, RUF_MESSAGE_DELIVERED)->text = g_strdup ("Hallo");
    }
  text = print_text (dossier, "access-many.pdf");
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *title = g_strdup_printf ("Run-%03u", i);

      g_assert_cmpuint (reading_count (text, title), ==, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/access-page/everything", test_everything);
  g_test_add_func ("/documents/access-page/nothing", test_nothing);
  g_test_add_func ("/documents/access-page/suppressed", test_suppressed);
  g_test_add_func ("/documents/access-page/many", test_many);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "reading.h"
#include "ruf-proof-page.h"
#include "sample.h"

#define N_EVENTS 500

static GBytes *
print (const RufDossier *dossier,
       const char       *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GError) error = NULL;
  GBytes *pdf = ruf_proof_page_print (dossier, zone, &error);

  g_assert_no_error (error);
  reading_keep (pdf, name);
  return pdf;
}

static char *
print_text (const RufDossier *dossier,
            const char       *name)
{
  g_autoptr (GBytes) pdf = print (dossier, name);
  g_autofree char *text = reading_get_text (pdf);

  return reading_join (text);
}

static void
test_everything (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new ();
  const RufDossierEvent *first = g_ptr_array_index (dossier->events, 0);
  g_autofree char *text = NULL;
  g_autoptr (GString) hash = g_string_new (NULL);
  static const char * const words[] = {
    "Proof of consent", "Anna Müller", "+491713920000 (Phone, entered as “0171 / 392 00 00”)",
    "anna.mueller@example.org (E-mail)", "Metzgerei Huber, Marktplatz 1, 53604 Bad Honnef",
    "18 November 2026, 12:06:40 +01:00",
    /* the first entry, in summer time */
    "Agreed", "19 October 2026, 13:06:40 +02:00 (stated as “19.10.2026 12:06”)",
    "paper form: Theke, Zettel Nr. 12", "Ich kann das jederzeit mit STOP widerrufen.",
    "E1: documented by the sender", "20 October 2026, 13:06:40 +02:00",
    "01932e80-5a10-7c21-9f3e-1f0c5b8d6a01",
    /* the others */
    "Start Wochenangebote Q7F", "E2: the person wrote on this channel",
    "Bitte keine Mails mehr, WhatsApp reicht mir.", "entered by the sender", "withdrawn",
    "812 entries of all people, and all are unchanged", "no legal advice", "Page 1 of",
  };

  if (!reading_is_possible ())
    return;

  text = print_text (dossier, "proof.pdf");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    reading_assert_has (text, words[i]);
  for (guint i = 0; i < 32; i++)
    g_string_append_printf (hash, "%02x", first->hash[i]);
  g_assert_cmpuint (reading_count (text, hash->str), ==, 2);   /* its own, and of the one behind */
}

static void
test_nothing (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new_empty ("Bernd");
  g_autofree char *text = NULL;

  if (!reading_is_possible ())
    return;

  text = print_text (dossier, "proof-empty.pdf");
  reading_assert_has (text, "There is no consent, so nothing may be sent.");
  reading_assert_has (text, "Sender not stated");
  reading_assert_has (text, "Page 1 of 1");
}

static void
test_broken_chain (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new ();
  g_autofree char *text = NULL;

  if (!reading_is_possible ())
    return;

  dossier->chain_problem = g_strdup ("Event 17 was changed.");
  text = print_text (dossier, "proof-broken.pdf");
  reading_assert_has (text, "The check of the log failed.");
  reading_assert_has (text, "Event 17 was changed.");
  g_assert_null (strstr (text, "unchanged"));
}

/* What a list claimed and what was purged must not look like a proof. */
static void
test_ended (void)
{
  static const guint8 seal[RUF_CONSENT_SEAL_SIZE] = { 0 };
  g_autoptr (RufDossier) dossier = sample_dossier_new_empty ("Dora");
  g_autofree char *text = NULL;
  RufConsentEvent event = {
    .event_id = "01932e80-5a10-7c21-9f3e-1f0c5b8d6a04", .type = RUF_CONSENT_GRANTED, .point_id = 1,
    .address = "+491713920000", .channel = RUF_CHANNEL_SMS, .purpose = "news",
    .method = RUF_CONSENT_METHOD_IMPORT, .source = "Liste", .wording = "Ja.",
    .wording_sha256 = "aa", .occurred_at = READING_NOON - G_TIME_SPAN_DAY, .retracted_by = 2,
    .recorded_at = READING_NOON - G_TIME_SPAN_DAY, .import_id = 3,
  };

  if (!reading_is_possible ())
    return;

  sample_dossier_add_event (dossier, &event);
  event.type = RUF_CONSENT_RETRACTED;
  event.method = RUF_CONSENT_METHOD_OPERATOR;
  event.source = event.wording = event.wording_sha256 = NULL;
  event.retracted_by = 0;
  sample_dossier_add_event (dossier, &event);
  event.type = RUF_CONSENT_GRANTED;
  event.sealed = seal;
  sample_dossier_add_event (dossier, &event);

  text = print_text (dossier, "proof-ended.pdf");
  reading_assert_has (text, "E0: no evidence; nothing may be sent");
  g_assert_null (strstr (text, "E1:"));
  reading_assert_has (text, "Taken back with its list, see entry 2");
  reading_assert_has (text, "2 What a list said was taken back");
  reading_assert_has (text, "when the time to keep them was over");
  g_assert_cmpuint (reading_count (text, "Evidence E"), ==, 1);
}

static void
test_evidence (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new_empty ("Emil");
  g_autofree char *text = NULL;
  RufConsentEvent event = {
    .event_id = "01932e80-5a10-7c21-9f3e-1f0c5b8d6a04", .type = RUF_CONSENT_EVIDENCE_ADDED,
    .point_id = 1, .address = "+491713920000", .channel = RUF_CHANNEL_SMS, .purpose = "news",
    .method = RUF_CONSENT_METHOD_OPERATOR, .source = "Zettel.jpg", .text = "SHA-256 abcd",
    .occurred_at = READING_NOON, .recorded_at = READING_NOON,
  };

  if (!reading_is_possible ())
    return;

  sample_dossier_add_event (dossier, &event);
  event.evidence_sha256 = "ef01";
  sample_dossier_add_event (dossier, &event);
  text = print_text (dossier, "proof-evidence.pdf");
  reading_assert_has (text, "entered by the sender: Zettel.jpg");
  reading_assert_has (text, "Checksum of the file SHA-256 abcd");
  reading_assert_has (text, "Checksum of the file ef01");
}

static void
test_many (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new_empty ("Carla");
  g_autofree char *text = NULL;
  RufConsentEvent event = {
    .event_id = "01932e80-5a10-7c21-9f3e-1f0c5b8d6a04", .point_id = 1,
    .address = "+491713920000", .channel = RUF_CHANNEL_SMS, .purpose = "news",
    .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND, .wording = "One wording for all of them.",
    .wording_sha256 = "aa",
  };

  if (!reading_is_possible ())
    return;

  for (guint i = 0; i < N_EVENTS; i++)
    {
      event.type = i % 2 == 0 ? RUF_CONSENT_GRANTED : RUF_CONSENT_WITHDRAWN;
      event.occurred_at = event.recorded_at = READING_NOON - (N_EVENTS - i) * G_TIME_SPAN_HOUR;
      sample_dossier_add_event (dossier, &event);
    }
  text = print_text (dossier, "proof-many.pdf");
  g_assert_cmpuint (reading_count (text, "In the log"), ==, N_EVENTS);
  g_assert_cmpuint (reading_count (text, "One wording for all of them."), ==, 1);
  g_assert_cmpuint (reading_count (text, "as at entry 1"), ==, N_EVENTS - 1);
  reading_assert_has (text, "500 Withdrew");
}

static void
test_strange_names (void)
{
  g_autofree char *letters = g_strnfill (5000, 'x');
  const char * const names[] = { "محمد بن سلمان", "שרה כהן", letters, "Zoë\u0301\u0302\u0303 ﷽ 👩‍👩‍👧", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RufDossier) dossier = sample_dossier_new ();
      g_autofree char *file = g_strdup_printf ("proof-name-%u.pdf", i);
      g_autoptr (GBytes) pdf = NULL;

      g_free (dossier->name);
      dossier->name = g_strdup (names[i]);
      pdf = print (dossier, file);
      g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
    }
}

static void
test_same_bytes (void)
{
  g_autoptr (RufDossier) dossier = sample_dossier_new ();
  g_autoptr (GBytes) first = print (dossier, "proof.pdf");
  g_autoptr (GBytes) again = print (dossier, "proof.pdf");

  g_assert_true (g_bytes_equal (first, again));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/proof-page/everything", test_everything);
  g_test_add_func ("/documents/proof-page/nothing", test_nothing);
  g_test_add_func ("/documents/proof-page/broken-chain", test_broken_chain);
  g_test_add_func ("/documents/proof-page/ended", test_ended);
  g_test_add_func ("/documents/proof-page/evidence", test_evidence);
  g_test_add_func ("/documents/proof-page/many", test_many);
  g_test_add_func ("/documents/proof-page/strange-names", test_strange_names);
  g_test_add_func ("/documents/proof-page/same-bytes", test_same_bytes);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"
#include "ruf-consent-table.h"
#include "ruf-dossier-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-keyword.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define NOW G_GINT64_CONSTANT (1795000000000000)
#define DAY G_TIME_SPAN_DAY

typedef struct { RufAddressKind kind; const char *address, *as_entered, *label; } Point;

static gint64
add_import (RufDb      *db,
            const char *file_name)
{
  g_autoptr (GError) error = NULL;
  RufImportRecord record = { .file_name = (char *) file_name, .sha256 = (char *) "ab",
                             .format = (char *) "csv", .encoding = (char *) "utf-8",
                             .origin = (char *) "Kasse", .started_at = NOW - 40 * DAY };
  gint64 id;

  ruf_import_table_begin (db, &record, &id, &error);
  g_assert_no_error (error);
  return id;
}

/* Two points each, in the order that they were given. */
static gint64
add_person (RufDb      *db,
            const char *name,
            const char *phone,
            const char *email,
            gint64      import_id,
            gint64      point_ids[2])
{
  g_autoptr (GError) error = NULL;
  Point points[] = {
    { RUF_ADDRESS_PHONE, phone, "0171/1", "mobil" }, { RUF_ADDRESS_EMAIL, email, NULL, NULL },
  };
  const char *tags[] = { "stamm", NULL };
  RufPersonDraft draft = { .name = name, .city = "Bonn", .notes = "mag Leberkäse", .tags = tags,
                           .points = (gpointer) points, .n_points = 2 };
  RufUpsert result;
  gint64 id;

  ruf_people_table_upsert (db, &draft, import_id, NOW - 40 * DAY, &result, &id, point_ids, &error);
  g_assert_no_error (error);
  return id;
}

static void
append (RufDb               *db,
        RufConsentEventType  type,
        gint64               point_id,
        const char          *address,
        RufChannel           channel,
        gint64               at)
{
  g_autoptr (GError) error = NULL;
  RufConsentEvent event = {
    .type = type, .point_id = point_id, .address = address, .channel = channel,
    .purpose = "weekly-offer", .method = RUF_CONSENT_METHOD_PAPER_FORM, .source = "Theke",
    .wording = "Ja, bitte.", .occurred_at = at, .recorded_at = at,
  };
  gint64 seq;

  ruf_consent_table_append (db, &event, &seq, NULL, &error);
  g_assert_no_error (error);
}

static void
add_message (RufDb  *db,
             gint64  point_id)
{
  g_autoptr (GError) error = NULL;
  RufReceiptResult result;
  RufChannel channel;
  gint64 point;
  gboolean added;

  ruf_outbox_table_add_past (db, "KW40", RUF_CHANNEL_WHATSAPP, "weekly-offer", "m-1", point_id,
                             NOW - 10 * DAY, &added, &error);
  g_assert_no_error (error);
  ruf_receipt_table_add (db, "m-1", RUF_MESSAGE_READ, NOW - 9 * DAY, NULL, 0, NOW, &result, &point,
                         &channel, &error);
  g_assert_no_error (error);
  ruf_reply_table_add (db, "r-1", point_id, RUF_CHANNEL_WHATSAPP, NOW - 8 * DAY, "Lecker!",
                       RUF_REPLY_OTHER, &added, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_consents (const RufDossier *dossier)
{
  const RufDossierConsent *first = g_ptr_array_index (dossier->consents, 0);
  const RufDossierConsent *second = g_ptr_array_index (dossier->consents, 1);

  g_assert_cmpuint (dossier->consents->len, ==, 2);
  g_assert_cmpint (first->channel, ==, RUF_CHANNEL_WHATSAPP);
  g_assert_cmpint (first->status, ==, RUF_CONSENT_STATUS_ACTIVE);
  g_assert_cmpint (first->level, ==, RUF_EVIDENCE_E3);
  g_assert_cmpstr (second->address, ==, "anna@example.org");
  g_assert_cmpint (second->status, ==, RUF_CONSENT_STATUS_WITHDRAWN);
}

/* In the order of the log, whichever address they are about; each hash as it was chained. */
static void
assert_events (const RufDossier *dossier)
{
  g_assert_cmpuint (dossier->events->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const RufDossierEvent *event = g_ptr_array_index (dossier->events, i);
      guint8 hash[32];

      ruf_consent_event_hash (event->event, event->prev_hash, hash);
      g_assert_cmpmem (hash, 32, event->hash, 32);
      g_assert_cmpint (event->event->point_id, ==, i == 1 ? 2 : 1);
    }
}

static void
assert_history (const RufDossier *dossier)
{
  const RufDossierMessage *message = g_ptr_array_index (dossier->messages, 0);
  const RufDossierReceipt *receipt = g_ptr_array_index (message->receipts, 0);
  const RufDossierReply *reply = g_ptr_array_index (dossier->replies, 0);
  const RufDossierImport *import = g_ptr_array_index (dossier->imports, 0);

  g_assert_cmpuint (dossier->messages->len, ==, 1);
  g_assert_cmpstr (message->title, ==, "KW40");
  g_assert_cmpint (message->status, ==, RUF_MESSAGE_READ);
  g_assert_cmpint (message->at, ==, NOW - 10 * DAY);
  g_assert_null (message->body);
  g_assert_cmpuint (message->receipts->len, ==, 1);
  g_assert_cmpstr (receipt->status, ==, "read");
  g_assert_cmpuint (dossier->replies->len, ==, 1);
  g_assert_cmpstr (reply->text, ==, "Lecker!");
  g_assert_cmpuint (dossier->imports->len, ==, 1);
  g_assert_cmpstr (import->file_name, ==, "kunden.csv");
  g_assert_cmpstr (import->origin, ==, "Kasse");
}

static void
test_read (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufDossier) dossier = NULL;
  const RufDossierAddress *address;
  gint64 anna[2], bernd[2];

  add_person (fixture->db, "Anna", "+49171", "anna@example.org",
              add_import (fixture->db, "kunden.csv"), anna);
  add_person (fixture->db, "Bernd", "+49172", "bernd@example.org",
              add_import (fixture->db, "andere.csv"), bernd);
  append (fixture->db, RUF_CONSENT_GRANTED, anna[0], "+49171", RUF_CHANNEL_WHATSAPP, NOW - 30 * DAY);
  append (fixture->db, RUF_CONSENT_GRANTED, bernd[0], "+49172", RUF_CHANNEL_SMS, NOW - 29 * DAY);
  append (fixture->db, RUF_CONSENT_WITHDRAWN, anna[1], "anna@example.org", RUF_CHANNEL_EMAIL,
          NOW - 28 * DAY);
  append (fixture->db, RUF_CONSENT_CONFIRMED, anna[0], "+49171", RUF_CHANNEL_WHATSAPP,
          NOW - 27 * DAY);
  add_message (fixture->db, anna[0]);

  dossier = ruf_dossier_table_read (fixture->db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dossier->name, ==, "Anna");
  g_assert_cmpstr (dossier->notes, ==, "mag Leberkäse");
  g_assert_cmpint (dossier->created_at, ==, NOW - 40 * DAY);
  g_assert_cmpuint (dossier->addresses->len, ==, 2);
  address = g_ptr_array_index (dossier->addresses, 0);
  g_assert_cmpstr (address->as_entered, ==, "0171/1");
  g_assert_cmpstr (address->label, ==, "mobil");
  g_assert_cmpuint (dossier->tags->len, ==, 1);
  assert_consents (dossier);
  assert_events (dossier);
  assert_history (dossier);
}

static void
test_nobody (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ruf_dossier_table_read (fixture->db, 1, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
}

/* An answer is complete only while every table about people is in it. Whoever adds one reads it
 * in ruf-dossier-table.c, shows it, and counts it here. */
static void
test_complete (Fixture       *fixture,
               gconstpointer  data)
{
  g_assert_cmpint (fixture_count (fixture->db,
                                  "SELECT count (DISTINCT t.name) FROM sqlite_schema t"
                                  " JOIN pragma_table_info (t.name) c WHERE t.type = 'table'"
                                  " AND c.name IN ('person_id', 'point_id', 'address')"), ==, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/store/dossier-table/read", Fixture, NULL, fixture_set_up_db, test_read,
              fixture_tear_down);
  g_test_add ("/store/dossier-table/nobody", Fixture, NULL, fixture_set_up_db, test_nobody,
              fixture_tear_down);
  g_test_add ("/store/dossier-table/complete", Fixture, NULL, fixture_set_up_db, test_complete,
              fixture_tear_down);

  return g_test_run ();
}

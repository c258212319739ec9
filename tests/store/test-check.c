/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A healthy database is called healthy; each way of breaking it is called by its name. */

#include "fixture.h"
#include "ruf-campaign-table.h"
#include "ruf-check.h"
#include "ruf-consent-table.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define NOW (G_GINT64_CONSTANT (1795000000) * G_TIME_SPAN_SECOND)
#define N_PEOPLE 4

static void
add_person (RufDb *db,
            guint  i)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *phone = g_strdup_printf ("+4915112345%03u", i);
  RufPersonDraft draft = { .name = "Kunde", .n_points = 1 };
  RufConsentEvent event = { .type = RUF_CONSENT_GRANTED, .channel = RUF_CHANNEL_WHATSAPP,
                            .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND, .address = phone,
                            .purpose = "news", .occurred_at = NOW, .recorded_at = NOW };
  gint64 person_id, seq;
  RufUpsert result;

  draft.points = g_alloca (sizeof *draft.points);
  draft.points->kind = RUF_ADDRESS_PHONE;
  draft.points->address = phone;
  draft.points->as_entered = draft.points->label = NULL;
  ruf_people_table_upsert (db, &draft, 0, NOW, &result, &person_id, &event.point_id, &error);
  g_assert_no_error (error);
  ruf_consent_table_append (db, &event, &seq, NULL, &error);
  g_assert_no_error (error);
}

/* Four people; run 1: the first two taken, one of them read it, the other two wait. */
static void
make_world (RufDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufMessage) message = NULL;
  g_autoptr (RufCampaign) campaign = ruf_campaign_new ();
  g_autoptr (GPtrArray) rows = NULL;
  gint64 campaign_id, run_id, attempt_id, point_id;
  RufReceiptResult result;
  RufChannel channel;

  for (guint i = 0; i < N_PEOPLE; i++)
    add_person (db, i);
  ruf_message_table_save (db, "Angebot", RUF_CHANNEL_WHATSAPP, "Hallo! STOPP zum Abmelden",
                          NOW, &message, &error);
  g_assert_no_error (error);
  campaign->name = g_strdup ("Woche 47");
  campaign->message_id = message->id;
  campaign->channel = RUF_CHANNEL_WHATSAPP;
  campaign->purpose = g_strdup ("news");
  campaign->send_at = NOW;
  ruf_campaign_table_save (db, campaign, NOW, &campaign_id, &error);
  g_assert_no_error (error);
  ruf_outbox_table_plan (db, campaign_id, NOW, &run_id, &error);
  g_assert_no_error (error);
  ruf_outbox_table_claim (db, run_id, 0, "key", 2, NOW, &attempt_id, &rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  ruf_outbox_table_finish_attempt (db, attempt_id, RUF_ATTEMPT_TAKEN, NULL, NOW, &error);
  g_assert_no_error (error);
  ruf_receipt_table_add (db, ((RufOutboxRow *) rows->pdata[0])->message_id, RUF_MESSAGE_READ,
                         NOW, NULL, 0, NOW, &result, &point_id, &channel, &error);
  g_assert_no_error (error);
}

#define STREAM "FROM consent_states WHERE point_id = 3"

static const struct
{
  const char *name;
  const char *sql;
  const char *problem;   /* a part of the one sentence, NULL = healthy */
} cases[] = {
  { "healthy", "SELECT 1", NULL },
  { "chain", "DROP TRIGGER consent_events_no_update;"
    "UPDATE consent_events SET source = 'Theke' WHERE seq = 2", "Event 2 .*altered" },
  { "state-changed", "UPDATE consent_states SET level = 3 WHERE point_id = 3", "not what the log says" },
  { "state-added", "INSERT INTO consent_states SELECT point_id, channel, 'story', status, level, since,"
    " e0_at, requested_at, e1_at, e2_at, e3_at, stop_at, objection_at, expired_at " STREAM,
    "not what the log says" },
  { "state-removed", "DELETE " STREAM, "not what the log says" },
  { "i1", "INSERT INTO contact_points (id, kind, address) VALUES (99, 'phone', '+49301');"
    "INSERT INTO outbox (run_id, point_id, status, message_id, changed_at)"
    " VALUES (1, 99, 'sent', 'x', 1); UPDATE runs SET planned = planned + 1;"
    "UPDATE run_counts SET n = n + 1 WHERE status = 'sent'", "^I1" },
  { "i2", "DROP INDEX outbox_one_per_point;"
    "INSERT INTO outbox (run_id, person_id, point_id, status, changed_at)"
    " VALUES (1, 4, 4, 'queued', 1); UPDATE runs SET planned = planned + 1;"
    "UPDATE run_counts SET n = n + 1 WHERE status = 'queued'", "^I2" },
  { "i3", "UPDATE outbox SET status = 'delivered' WHERE id = 2", "^I3" },
  { "i4", "UPDATE outbox SET status = 'sending' WHERE id = 2", "^I4" },
  { "i6", "UPDATE run_counts SET n = n + 1 WHERE status = 'read';"
    "UPDATE run_counts SET n = n - 1 WHERE status = 'sent'", "^I6" },
  { "i8", "UPDATE runs SET planned = planned + 1", "^I8" },
  { "orphan", "PRAGMA foreign_keys = OFF; DELETE FROM messages", "point to rows that are gone" },
  { "search", "DELETE FROM people_search WHERE rowid = 3", "search does not know" },
};

static void
test_case (Fixture       *fixture,
           gconstpointer  data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  make_world (fixture->db);
  fixture_raw_exec (fixture->path, cases[row].sql);
  problems = ruf_check_run (fixture->db, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len > 0, ==, cases[row].problem != NULL);
  if (cases[row].problem != NULL)
    g_assert_true (g_regex_match_simple (cases[row].problem, problems->pdata[0], 0, 0));
}

/* I7: somebody has opted out, and yet a row waits. The state is written by hand too, so that
 * only this rule is asked. */
static void
test_i7 (Fixture       *fixture,
         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  RufConsentEvent stop = { .type = RUF_CONSENT_WITHDRAWN, .channel = RUF_CHANNEL_WHATSAPP,
                           .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND, .purpose = "*",
                           .address = "+4915112345003", .point_id = 4, .recorded_at = NOW + 1 };
  gint64 seq, rows;

  make_world (fixture->db);
  ruf_consent_table_append (fixture->db, &stop, &seq, &rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rows, ==, 1);
  fixture_raw_exec (fixture->path, "UPDATE outbox SET status = 'queued' WHERE point_id = 4");

  problems = ruf_check_run (fixture->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_true (g_str_has_prefix (problems->pdata[0], "I7"));
}

/* Sent in a rehearsal of a day to come, then the clock is right again and the person says stop:
 * the log tells that the stop came later, whatever the clock said. */
static void
test_i1_rehearsed (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  RufConsentEvent stop = { .type = RUF_CONSENT_WITHDRAWN, .channel = RUF_CHANNEL_WHATSAPP,
                           .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND, .purpose = "*",
                           .address = "+4915112345002", .point_id = 3, .recorded_at = NOW + 1 };
  gint64 attempt_id, seq;

  make_world (fixture->db);
  ruf_outbox_table_claim (fixture->db, 1, 0, "rehearsed", 1, NOW + G_TIME_SPAN_DAY * 60,
                          &attempt_id, &rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  ruf_consent_table_append (fixture->db, &stop, &seq, NULL, &error);
  g_assert_no_error (error);

  problems = ruf_check_run (fixture->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* The other way round it is a fault, also where a rehearsal dates the message before the stop;
 * and no backup is put back for it. */
static void
test_i1_after_stop (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  RufConsentEvent stop = { .type = RUF_CONSENT_WITHDRAWN, .channel = RUF_CHANNEL_WHATSAPP,
                           .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND, .purpose = "*",
                           .address = "+4915112345000", .point_id = 1, .recorded_at = NOW + 9 };
  gint64 seq;

  make_world (fixture->db);
  ruf_consent_table_append (fixture->db, &stop, &seq, NULL, &error);
  g_assert_no_error (error);
  fixture_raw_exec (fixture->path, "UPDATE attempts SET consent_seq = 5, started_at = 1");

  problems = ruf_check_run (fixture->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_true (g_str_has_prefix (problems->pdata[0], "I1: "));
  g_assert_nonnull (strstr (problems->pdata[0], "in run 1."));
  g_assert_null (strstr (problems->pdata[0], "put a backup back"));
}

/* A page of the file overwritten, as a dying disk does. */
static void
test_damaged_file (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *bytes = NULL;
  gsize size;
  gint64 page;

  make_world (fixture->db);
  page = fixture_count (fixture->db,
                        "SELECT rootpage FROM sqlite_schema WHERE name = 'contact_points'");
  g_clear_pointer (&fixture->db, ruf_db_close);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  memset (bytes + (page - 1) * 4096, 0x5a, 4096);
  g_assert_true (g_file_set_contents (fixture->path, bytes, size, NULL));

  fixture->db = ruf_db_open (fixture->path, RUF_DB_WRITER, &error);
  g_assert_no_error (error);
  problems = ruf_check_run (fixture->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
  g_assert_nonnull (strstr (problems->pdata[0], "estore a backup"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/store/check/", cases[i].name, NULL);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), fixture_set_up_db, test_case,
                  fixture_tear_down);
    }
  g_test_add ("/store/check/i7", Fixture, NULL, fixture_set_up_db, test_i7, fixture_tear_down);
  g_test_add ("/store/check/i1-rehearsed", Fixture, NULL, fixture_set_up_db, test_i1_rehearsed,
              fixture_tear_down);
  g_test_add ("/store/check/i1-after-stop", Fixture, NULL, fixture_set_up_db, test_i1_after_stop,
              fixture_tear_down);
  g_test_add ("/store/check/damaged-file", Fixture, NULL, fixture_set_up_db, test_damaged_file,
              fixture_tear_down);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Planning, claiming, answers and receipts. Tests named i1 … i8 hold the invariants that stand
 * atop the outbox table. */

#include "fixture.h"

#include "ruf-campaign-table.h"
#include "ruf-check.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-keyword.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define NOW     G_GINT64_CONSTANT (1795000000000000)   /* 2026-11-18 */
#define SEND_AT (NOW + G_TIME_SPAN_HOUR)
#define PURPOSE "weekly-offer"

/* The people of the shop and what they agreed to. */
typedef struct
{
  const char          *name;
  const char          *phones[3];
  const char          *email;
  const char          *consenting;    /* which phone */
  RufConsentEventType  type;
  RufConsentMethod     method;
} Somebody;

static const Somebody shop[] = {
  { "Anna", { "+491713920001" }, NULL, "+491713920001",
    RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_PAPER_FORM },
  { "Ben", { "+491713920002" }, NULL, "+491713920002",
    RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_KEYWORD_INBOUND },
  { "Cem", { NULL }, "cem@example.org" },
  { "Dora", { "+491713920004" }, NULL },
  { "Emil", { "+491713920005" }, NULL, "+491713920005",
    RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_OPERATOR },
  { "Frida", { "+491713920006" }, NULL, "+491713920006",
    RUF_CONSENT_OBJECTED, RUF_CONSENT_METHOD_OPERATOR },
  { "Gerd", { "+491713920007", "+491713920017" }, NULL, "+491713920017",
    RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_PAPER_FORM },
};

static gint64
get_point (RufDb      *db,
           const char *address)
{
  g_autoptr (GError) error = NULL;
  gint64 point_id;

  ruf_people_table_ensure_point (db, RUF_ADDRESS_PHONE, address, NOW, &point_id, &error);
  g_assert_no_error (error);
  return point_id;
}

static void
consent (RufDb               *db,
         const char          *address,
         RufConsentEventType  type,
         RufConsentMethod     method,
         const char          *purpose,
         gint64               at)
{
  g_autoptr (GError) error = NULL;
  gint64 seq;
  RufConsentEvent event = {
    .type = type, .method = method, .point_id = get_point (db, address), .address = address,
    .channel = RUF_CHANNEL_WHATSAPP, .purpose = purpose, .source = "Theke",
    .wording = "Ja, ich möchte die Wochenangebote.", .occurred_at = at, .recorded_at = at,
  };

  ruf_consent_table_append (db, &event, &seq, NULL, &error);
  g_assert_no_error (error);
}

static void
add_person (RufDb          *db,
            const Somebody *somebody)
{
  g_autoptr (GError) error = NULL;
  struct { RufAddressKind kind; const char *address, *as_entered, *label; } points[3] = { 0 };
  RufPersonDraft draft = { .name = somebody->name, .first_name = somebody->name };
  gint64 person_id, point_ids[3];
  RufUpsert result;

  for (guint i = 0; somebody->phones[i] != NULL; i++)
    points[draft.n_points++].address = somebody->phones[i];
  if (somebody->email != NULL)
    {
      points[draft.n_points].kind = RUF_ADDRESS_EMAIL;
      points[draft.n_points++].address = somebody->email;
    }
  draft.points = (gpointer) points;

  ruf_people_table_upsert (db, &draft, 0, NOW, &result, &person_id, point_ids, &error);
  g_assert_no_error (error);
  if (somebody->consenting != NULL)
    consent (db, somebody->consenting, somebody->type, somebody->method, PURPOSE,
             NOW - G_TIME_SPAN_DAY);
}

static gint64
save_campaign (RufDb      *db,
               RufChannel  channel,
               const char *segment,
               gint64      send_at,
               gint64      not_after)
{
  g_autoptr (GError) error = NULL;
  gint64 id;
  RufCampaign campaign = {
    .name = (char *) "Angebot", .message_name = (char *) "Text", .channel = channel,
    .purpose = (char *) PURPOSE,
    .segment = (char *) segment, .send_at = send_at, .not_after = not_after,
  };

  ruf_message_table_save (db, "Text", RUF_CHANNEL_WHATSAPP, "Hallo {{first_name|Kundin}}!", NOW,
                          NULL, &error);
  g_assert_no_error (error);
  ruf_campaign_table_save (db, &campaign, NOW, &id, &error);
  g_assert_no_error (error);
  return id;
}

static void
open_shop (Fixture       *fixture,
           gconstpointer  data)
{
  fixture_set_up_db (fixture, data);
  for (guint i = 0; i < G_N_ELEMENTS (shop); i++)
    add_person (fixture->db, &shop[i]);
}

/* Every check of the program holds: I1–I8, the figures, the chain. */
static void
assert_sound (RufDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = ruf_check_run (db, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
close_shop (Fixture       *fixture,
            gconstpointer  data)
{
  assert_sound (fixture->db);
  fixture_tear_down (fixture, data);
}

static gint64
plan (RufDb  *db,
      gint64  campaign_id)
{
  g_autoptr (GError) error = NULL;
  gint64 run_id;

  ruf_outbox_table_plan (db, campaign_id, NOW, &run_id, &error);
  g_assert_no_error (error);
  assert_sound (db);
  return run_id;
}

static gint64
plan_shop (RufDb *db)
{
  return plan (db, save_campaign (db, RUF_CHANNEL_WHATSAPP, "", SEND_AT, 0));
}

static void
assert_counts (RufDb      *db,
               gint64      run_id,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufRun) run = ruf_outbox_table_get_run (db, run_id, &error);
  g_autoptr (GString) found = g_string_new (NULL);
  gint64 sum = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < RUF_N_MESSAGE_STATUSES; i++)
    {
      sum += run->counts[i];
      if (run->counts[i] > 0)
        g_string_append_printf (found, "%s%s %d", found->len > 0 ? ", " : "",
                                ruf_message_status_to_string (i), (int) run->counts[i]);
    }
  g_assert_cmpstr (found->str, ==, expected);
  g_assert_cmpint (run->planned, ==, sum);
}

static char *
describe_excluded (GArray *excluded)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < excluded->len; i++)
    {
      RufExcludeCount *count = &g_array_index (excluded, RufExcludeCount, i);

      g_string_append_printf (words, "%s%s %d", i > 0 ? ", " : "",
                              ruf_exclude_reason_to_string (count->reason), (int) count->count);
    }
  return g_string_free (words, FALSE);
}

static GPtrArray *
claim (RufDb      *db,
       gint64      run_id,
       const char *key,
       guint       limit,
       gint64      now,
       gint64     *attempt_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = NULL;

  ruf_outbox_table_claim (db, run_id, 0, key, limit, now, attempt_id, &rows, &error);
  g_assert_no_error (error);
  return rows;
}

static void
finish (RufDb             *db,
        gint64             attempt_id,
        RufAttemptOutcome  outcome,
        GHashTable        *refused)
{
  g_autoptr (GError) error = NULL;

  ruf_outbox_table_finish_attempt (db, attempt_id, outcome, refused, NOW, &error);
  g_assert_no_error (error);
}

static void
assert_no_uncancel (RufDb  *db,
                    gint64  run_id)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ruf_outbox_table_uncancel (db, run_id, NOW, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
}

static RufReceiptResult
receive (RufDb            *db,
         const char       *message_id,
         RufMessageStatus  status,
         gint64            at,
         const char       *error_code)
{
  g_autoptr (GError) error = NULL;
  RufReceiptResult result;
  RufChannel channel;
  gint64 point_id;

  ruf_receipt_table_add (db, message_id, status, at, error_code, 0, NOW, &result, &point_id,
                         &channel, &error);
  g_assert_no_error (error);
  return result;
}

/* "Anna +491713920001, Cem": who is behind a number. */
static char *
describe_people (RufDb  *db,
                 GArray *ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = NULL;
  GString *words = g_string_new (NULL);

  people = ruf_recipient_get_many (db, (RufRecipientId *) (gpointer) ids->data, ids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      const RufRecipient *recipient = g_ptr_array_index (people, i);

      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", recipient->name);
      if (recipient->address != NULL)
        g_string_append_printf (words, " %s", recipient->address);
    }
  return g_string_free (words, FALSE);
}

/* The people behind a number of a run, and behind the same number before it was planned. */
static void
assert_people (RufDb            *db,
               gint64            run_id,
               RufMessageStatus  status,
               RufExcludeReason  reason,
               const char       *expected)
{
  g_autoptr (GError) error = NULL;
  RufCampaign campaign = { .channel = RUF_CHANNEL_WHATSAPP, .purpose = (char *) PURPOSE };
  g_autoptr (GArray) planned = NULL, previewed = NULL;
  g_autofree char *planned_words = NULL, *previewed_words = NULL;

  planned = ruf_outbox_table_list_people (db, run_id, status,
                                          reason == RUF_EXCLUDE_NONE ? -1 : (int) reason, NULL,
                                          &error);
  g_assert_no_error (error);
  planned_words = describe_people (db, planned);
  g_assert_cmpstr (planned_words, ==, expected);

  previewed = ruf_outbox_table_preview_people (db, &campaign, reason, 0, &error);
  g_assert_no_error (error);
  previewed_words = describe_people (db, previewed);
  g_assert_cmpstr (previewed_words, ==, expected);
}

static void
test_people_behind_numbers (Fixture       *fixture,
                            gconstpointer  data)
{
  gint64 run_id = plan_shop (fixture->db);

  assert_people (fixture->db, run_id, RUF_MESSAGE_QUEUED, RUF_EXCLUDE_NONE,
                 "Anna +491713920001, Ben +491713920002, Gerd +491713920017");
  assert_people (fixture->db, run_id, RUF_MESSAGE_EXCLUDED, RUF_EXCLUDE_NO_ADDRESS, "Cem");
  assert_people (fixture->db, run_id, RUF_MESSAGE_EXCLUDED, RUF_EXCLUDE_NO_CONSENT,
                 "Dora +491713920004");
  assert_people (fixture->db, run_id, RUF_MESSAGE_EXCLUDED, RUF_EXCLUDE_OPTED_OUT,
                 "Emil +491713920005");
  assert_people (fixture->db, run_id, RUF_MESSAGE_EXCLUDED, RUF_EXCLUDE_SUPPRESSED,
                 "Frida +491713920006");
  assert_people (fixture->db, run_id, RUF_MESSAGE_EXCLUDED, RUF_EXCLUDE_LEVEL_TOO_LOW, "");
}

static void
test_people_searched (Fixture       *fixture,
                      gconstpointer  data)
{
  static const struct {
    const char *search;
    const char *found;
  } rows[] = {
    { "be", "Ben +491713920002" },
    { "0171 392", "Anna +491713920001, Ben +491713920002, Gerd +491713920017" },
    { "Emil", "" },      /* was left out */
    { "nobody", "" },
  };
  g_autoptr (GError) error = NULL;
  RufCampaign campaign = { .channel = RUF_CHANNEL_WHATSAPP, .purpose = (char *) PURPOSE };
  g_autoptr (GArray) first = NULL, ready = NULL;

  ready = ruf_outbox_table_preview_people (fixture->db, &campaign, RUF_EXCLUDE_NONE, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) found = ruf_recipient_ids_search (fixture->db, ready, rows[i].search,
                                                           &error);
      g_autofree char *words = NULL;

      g_assert_no_error (error);
      words = describe_people (fixture->db, found);
      g_assert_cmpstr (words, ==, rows[i].found);
    }

  first = ruf_outbox_table_preview_people (fixture->db, &campaign, RUF_EXCLUDE_NONE, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->len, ==, 2);
}

static void
test_plan_reasons (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 run_id = plan_shop (fixture->db);
  g_autoptr (GArray) excluded = ruf_outbox_table_get_excluded (fixture->db, run_id, &error);
  g_autofree char *reasons = describe_excluded (excluded);

  assert_counts (fixture->db, run_id, "queued 3, excluded 4");
  g_assert_cmpstr (reasons, ==, "no-address 1, no-consent 1, opted-out 1, suppressed 1");
}

static void
test_plan_preview (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) excluded = NULL;
  g_autofree char *reasons = NULL;
  RufCampaign campaign = { .channel = RUF_CHANNEL_WHATSAPP, .purpose = (char *) PURPOSE };
  gint64 ready;

  ruf_outbox_table_preview (fixture->db, &campaign, &ready, &excluded, &error);
  g_assert_no_error (error);
  reasons = describe_excluded (excluded);
  g_assert_cmpint (ready, ==, 3);
  g_assert_cmpstr (reasons, ==, "no-address 1, no-consent 1, opted-out 1, suppressed 1");
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM outbox"), ==, 0);
}

static void
test_plan_audience (Fixture       *fixture,
                    gconstpointer  data)
{
  const struct {
    RufChannel        channel;
    const char       *segment;
    RufEvidenceLevel  floor;
    const char       *counts;
    const char       *reasons;
  } rows[] = {
    { RUF_CHANNEL_WHATSAPP, "consent:whatsapp/weekly-offer", RUF_EVIDENCE_E1, "queued 3", "" },
    { RUF_CHANNEL_WHATSAPP, "", RUF_EVIDENCE_E2, "queued 1, excluded 6",
      "level-too-low 2, no-address 1, no-consent 1, opted-out 1, suppressed 1" },
    { RUF_CHANNEL_SIGNAL, "", RUF_EVIDENCE_E1, "excluded 7", "no-consent 6, no-address 1" },
    { RUF_CHANNEL_EMAIL, "", RUF_EVIDENCE_E1, "excluded 7", "no-address 6, no-consent 1" },
    { RUF_CHANNEL_WHATSAPP, "tag:nobody", RUF_EVIDENCE_E1, "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) excluded = NULL;
      g_autofree char *reasons = NULL;
      gint64 run_id;

      ruf_consent_table_set_floor (fixture->db, rows[i].channel, rows[i].floor, &error);
      g_assert_no_error (error);
      run_id = plan (fixture->db, save_campaign (fixture->db, rows[i].channel, rows[i].segment,
                                                 SEND_AT, 0));
      excluded = ruf_outbox_table_get_excluded (fixture->db, run_id, &error);
      reasons = describe_excluded (excluded);
      assert_counts (fixture->db, run_id, rows[i].counts);
      g_assert_cmpstr (reasons, ==, rows[i].reasons);
    }
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM runs"), ==, 1);
}

/* A STOP to everything stands where the purpose has no events of its own. */
static void
test_plan_stop_to_all (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) opted_out = NULL;
  gint64 run_id;

  consent (fixture->db, "+491713920004", RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_KEYWORD_INBOUND,
           RUF_PURPOSE_ALL, NOW);
  consent (fixture->db, "+491713920001", RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_KEYWORD_INBOUND,
           RUF_PURPOSE_ALL, NOW);
  run_id = plan_shop (fixture->db);
  opted_out = ruf_outbox_table_list_people (fixture->db, run_id, RUF_MESSAGE_EXCLUDED,
                                            RUF_EXCLUDE_OPTED_OUT, NULL, &error);
  g_assert_cmpuint (opted_out->len, ==, 3);
}

static gint64
add_reply (RufDb        *db,
           const char   *address,
           RufChannel    channel,
           RufReplyKind  kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s-%d-%d", address, channel, kind);
  gboolean added;
  gint64 id;

  ruf_reply_table_add (db, name, get_point (db, address), channel, NOW, "Stop, oder?", kind,
                       &added, &id, &error);
  g_assert_no_error (error);
  g_assert_true (added);
  return id;
}

static void
assert_reasons (RufDb      *db,
                gint64      run_id,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) excluded = ruf_outbox_table_get_excluded (db, run_id, &error);
  g_autofree char *reasons = describe_excluded (excluded);

  g_assert_no_error (error);
  g_assert_cmpstr (reasons, ==, expected);
}

/* Who wrote something that may mean stop is held on that channel until somebody has read it; an
 * opt-out stays one, and the other address of somebody counts as before. */
static void
test_plan_in_review (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) excluded = NULL;
  g_autofree char *preview = NULL;
  RufCampaign campaign = { .channel = RUF_CHANNEL_WHATSAPP, .purpose = (char *) PURPOSE };
  gint64 ready, id, run_id;

  id = add_reply (fixture->db, "+491713920001", RUF_CHANNEL_WHATSAPP, RUF_REPLY_REVIEW);
  add_reply (fixture->db, "+491713920002", RUF_CHANNEL_SMS, RUF_REPLY_REVIEW);
  add_reply (fixture->db, "+491713920002", RUF_CHANNEL_WHATSAPP, RUF_REPLY_OTHER);
  add_reply (fixture->db, "+491713920005", RUF_CHANNEL_WHATSAPP, RUF_REPLY_REVIEW);
  add_reply (fixture->db, "+491713920007", RUF_CHANNEL_WHATSAPP, RUF_REPLY_REVIEW);

  ruf_outbox_table_preview (fixture->db, &campaign, &ready, &excluded, &error);
  g_assert_no_error (error);
  preview = describe_excluded (excluded);
  g_assert_cmpint (ready, ==, 2);
  g_assert_cmpstr (preview, ==, "in-review 1, no-address 1, no-consent 1, opted-out 1, suppressed 1");
  run_id = plan_shop (fixture->db);
  assert_counts (fixture->db, run_id, "queued 2, excluded 5");
  assert_reasons (fixture->db, run_id, preview);

  ruf_reply_table_set_handled (fixture->db, id, TRUE, &error);
  g_assert_no_error (error);
  assert_counts (fixture->db, plan_shop (fixture->db), "queued 3, excluded 4");
}

/* A claim of consent that does not reach the floor is not the same as none. */
static void
test_plan_unproven (Fixture       *fixture,
                    gconstpointer  data)
{
  consent (fixture->db, "+491713920004", RUF_CONSENT_IMPORTED_UNPROVEN, RUF_CONSENT_METHOD_IMPORT,
           PURPOSE, NOW);
  assert_reasons (fixture->db, plan_shop (fixture->db),
                  "level-too-low 1, no-address 1, opted-out 1, suppressed 1");
}

/* The answer came after the plan: neither a claim nor a file takes the person along. */
static void
test_i1_holds_in_review (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id, handed;

  add_reply (fixture->db, "+491713920001", RUF_CHANNEL_WHATSAPP, RUF_REPLY_REVIEW);
  rows = claim (fixture->db, run_id, "key-1", 1, SEND_AT, &attempt_id);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((RufOutboxRow *) rows->pdata[0])->name, ==, "Ben");
  assert_reasons (fixture->db, run_id,
                  "in-review 1, no-address 1, no-consent 1, opted-out 1, suppressed 1");

  add_reply (fixture->db, "+491713920017", RUF_CHANNEL_WHATSAPP, RUF_REPLY_REVIEW);
  ruf_outbox_table_hand_over (fixture->db, run_id, "key-2", SEND_AT, NULL, NULL, &attempt_id,
                              &handed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (handed, ==, 0);
  assert_reasons (fixture->db, run_id,
                  "in-review 2, no-address 1, no-consent 1, opted-out 1, suppressed 1");
}

static void
test_plan_again (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 campaign_id = save_campaign (fixture->db, RUF_CHANNEL_WHATSAPP, "", SEND_AT, 0);
  gint64 run_id = plan (fixture->db, campaign_id);
  gint64 attempt_id;
  g_autoptr (GPtrArray) rows = NULL;

  /* What waits is replaced … */
  consent (fixture->db, "+491713920004", RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_PAPER_FORM,
           PURPOSE, NOW);
  run_id = plan (fixture->db, campaign_id);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM runs"), ==, 1);
  assert_counts (fixture->db, run_id, "queued 4, excluded 3");

  /* … what has begun is not, nor is it planned twice … */
  rows = claim (fixture->db, run_id, "key-1", 2, SEND_AT, &attempt_id);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_false (ruf_outbox_table_plan (fixture->db, campaign_id, NOW, &run_id, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);

  /* … but another time is another occurrence. */
  campaign_id = save_campaign (fixture->db, RUF_CHANNEL_WHATSAPP, "", SEND_AT + 1, 0);
  plan (fixture->db, campaign_id);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM runs"), ==, 2);
}

static void
test_plan_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 campaign_id = save_campaign (fixture->db, RUF_CHANNEL_WHATSAPP, "", NOW - 2, NOW - 1);
  gint64 run_id;

  g_assert_false (ruf_outbox_table_plan (fixture->db, campaign_id, NOW, &run_id, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (ruf_outbox_table_plan (fixture->db, 4711, NOW, &run_id, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
}

static void
test_i1_claim_asks_again (Fixture       *fixture,
                          gconstpointer  data)
{
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id;
  g_autoptr (GPtrArray) rows = NULL;

  /* As another program would change it: the claim trusts the state, not the plan. */
  ruf_db_exec (fixture->db, "UPDATE consent_states SET status = 'suppressed' WHERE point_id ="
               " (SELECT id FROM contact_points WHERE address = '+491713920001')", NULL);
  ruf_db_exec (fixture->db, "UPDATE consent_states SET level = 0 WHERE point_id ="
               " (SELECT id FROM contact_points WHERE address = '+491713920002')", NULL);
  rows = claim (fixture->db, run_id, "key-1", 1, SEND_AT, &attempt_id);

  /* The chunk held only Anna; the claim goes on until it has found somebody. */
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((RufOutboxRow *) rows->pdata[0])->name, ==, "Gerd");
  g_assert_nonnull (((RufOutboxRow *) rows->pdata[0])->message_id);
  assert_counts (fixture->db, run_id, "excluded 6, sending 1");
  finish (fixture->db, attempt_id, RUF_ATTEMPT_TAKEN, NULL);
  ruf_db_exec (fixture->db, "UPDATE consent_states SET status = 'active', level = 1"
               " WHERE status = 'suppressed' AND objection_at = 0", NULL);
  ruf_db_exec (fixture->db, "UPDATE consent_states SET level = 2 WHERE level = 0 AND e2_at > 0",
               NULL);
}

static void
test_i1_withdrawal_takes_out (Fixture       *fixture,
                              gconstpointer  data)
{
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id, handed;
  g_autoptr (GPtrArray) rows = NULL;

  consent (fixture->db, "+491713920001", RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_KEYWORD_INBOUND,
           PURPOSE, NOW);
  assert_counts (fixture->db, run_id, "queued 2, excluded 5");
  rows = claim (fixture->db, run_id, "key-1", 1, SEND_AT, &attempt_id);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (ruf_outbox_table_hand_over (fixture->db, run_id, "key-2", SEND_AT, NULL, NULL,
                              &attempt_id,
                                             &handed, NULL));
  g_assert_cmpint (handed, ==, 1);
}

static void
test_i1_hand_over_asks_again (Fixture       *fixture,
                              gconstpointer  data)
{
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id, handed;

  ruf_db_exec (fixture->db, "UPDATE consent_states SET status = 'withdrawn' WHERE point_id ="
               " (SELECT id FROM contact_points WHERE address = '+491713920001')", NULL);
  g_assert_true (ruf_outbox_table_hand_over (fixture->db, run_id, "key", SEND_AT, NULL, NULL,
                              &attempt_id,
                                             &handed, NULL));
  g_assert_cmpint (handed, ==, 2);
  assert_counts (fixture->db, run_id, "excluded 5, sent 2");
  ruf_db_exec (fixture->db, "UPDATE consent_states SET status = 'active'"
               " WHERE status = 'withdrawn' AND stop_at = 0", NULL);
}

static void
test_i2_one_row_per_point (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  plan_shop (fixture->db);
  g_assert_false (ruf_db_exec (fixture->db, "INSERT INTO outbox (run_id, point_id, status,"
                               " changed_at) SELECT run_id, point_id, 'queued', 0 FROM outbox"
                               " WHERE status = 'queued' LIMIT 1", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_EXISTS);
}

static gboolean
add_past (RufDb      *db,
          const char *message_id,
          const char *address)
{
  g_autoptr (GError) error = NULL;
  gboolean added;

  ruf_outbox_table_add_past (db, "Früher", RUF_CHANNEL_WHATSAPP, PURPOSE, message_id,
                             get_point (db, address), NOW, &added, &error);
  g_assert_no_error (error);
  return added;
}

static void
test_i2_past_messages (Fixture       *fixture,
                       gconstpointer  data)
{
  g_assert_true (add_past (fixture->db, "wamid-1", "+491713920001"));
  g_assert_false (add_past (fixture->db, "wamid-1", "+491713920001"));
  g_assert_false (add_past (fixture->db, "wamid-2", "+491713920001"));
  g_assert_true (add_past (fixture->db, "wamid-3", "+491713920099"));
  assert_counts (fixture->db, 1, "sent 2");
}

/* Every order of these receipts, with one of them twice, ends in the same status. */
static void
test_i3_any_order (Fixture       *fixture,
                   gconstpointer  data)
{
  static const RufMessageStatus reports[] = {
    RUF_MESSAGE_SENT, RUF_MESSAGE_DELIVERED, RUF_MESSAGE_READ, RUF_MESSAGE_FAILED,
  };

  for (guint order = 0; order < 256; order++)
    {
      guint used = 0;
      g_autofree char *message_id = g_strdup_printf ("wamid-%u", order);
      g_autofree char *address = g_strdup_printf ("+4917139%05u", order);

      for (guint i = 0; i < 4; i++)
        used |= 1u << (order >> (2 * i) & 3);
      if (used != 15)
        continue;

      g_assert_true (add_past (fixture->db, message_id, address));
      for (guint i = 0; i < 4; i++)
        {
          guint which = order >> (2 * i) & 3;

          receive (fixture->db, message_id, reports[which], NOW + which, NULL);
          g_assert_cmpint (receive (fixture->db, message_id, reports[which], NOW + which, NULL),
                           ==, RUF_RECEIPT_DUPLICATE);
        }
    }
  assert_counts (fixture->db, 1, "read 24");
}

static void
test_i3_receipts_stay (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char * const changes[] = {
    "UPDATE receipts SET status = 'read'", "DELETE FROM receipts",
  };

  receive (fixture->db, "wamid-1", RUF_MESSAGE_SENT, NOW, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_assert_false (ruf_db_exec (fixture->db, changes[i], NULL));
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM receipts"), ==, 1);
}

static void
test_receipt_results (Fixture       *fixture,
                      gconstpointer  data)
{
  static const struct {
    const char       *message_id;
    RufMessageStatus  status;
    gint64            at;
    const char       *error_code;
    RufReceiptResult  result;
  } rows[] = {
    { "wamid-1", RUF_MESSAGE_DELIVERED, 5, NULL, RUF_RECEIPT_APPLIED },
    { "wamid-1", RUF_MESSAGE_SENT, 4, NULL, RUF_RECEIPT_STALE },
    { "wamid-1", RUF_MESSAGE_DELIVERED, 5, NULL, RUF_RECEIPT_DUPLICATE },
    { "wamid-9", RUF_MESSAGE_DELIVERED, 5, NULL, RUF_RECEIPT_UNKNOWN },
    { "wamid-9", RUF_MESSAGE_DELIVERED, 5, NULL, RUF_RECEIPT_DUPLICATE },
    { "wamid-2", RUF_MESSAGE_FAILED, 5, "131026", RUF_RECEIPT_APPLIED },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) failures = NULL;
  g_autoptr (GArray) failed = NULL, otherwise = NULL;

  add_past (fixture->db, "wamid-1", "+491713920001");
  add_past (fixture->db, "wamid-2", "+491713920002");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (receive (fixture->db, rows[i].message_id, rows[i].status, NOW + rows[i].at,
                              rows[i].error_code), ==, rows[i].result);

  failures = ruf_outbox_table_count_failures (fixture->db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (failures->len, ==, 1);
  g_assert_cmpstr (((RufFailureCount *) failures->pdata[0])->error_code, ==, "131026");
  g_assert_cmpint (((RufFailureCount *) failures->pdata[0])->count, ==, 1);
  failed = ruf_outbox_table_list_people (fixture->db, 1, RUF_MESSAGE_FAILED, -1, "131026", &error);
  g_assert_cmpuint (failed->len, ==, 1);
  otherwise = ruf_outbox_table_list_people (fixture->db, 1, RUF_MESSAGE_FAILED, -1, "", &error);
  g_assert_cmpuint (otherwise->len, ==, 0);

  /* The message comes after its receipt. */
  g_assert_true (add_past (fixture->db, "wamid-9", "+491713920007"));
  assert_counts (fixture->db, 1, "failed 1, delivered 2");
}

/* A receipt may be faster than the answer to the request that caused it. */
static void
test_i3_answer_after_receipt (Fixture       *fixture,
                              gconstpointer  data)
{
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id;
  g_autoptr (GPtrArray) rows = claim (fixture->db, run_id, "key", 10, SEND_AT, &attempt_id);
  g_autoptr (GHashTable) refused = g_hash_table_new (g_int64_hash, g_int64_equal);
  RufOutboxRow *first = g_ptr_array_index (rows, 0);
  RufOutboxRow *second = g_ptr_array_index (rows, 1);

  g_assert_cmpint (receive (fixture->db, first->message_id, RUF_MESSAGE_READ, NOW, NULL), ==,
                   RUF_RECEIPT_APPLIED);
  g_hash_table_insert (refused, &first->id, (gpointer) "late");
  g_hash_table_insert (refused, &second->id, (gpointer) "invalid-address");
  finish (fixture->db, attempt_id, RUF_ATTEMPT_TAKEN, refused);
  assert_counts (fixture->db, run_id, "excluded 4, failed 1, sent 1, read 1");
}

static void
test_i4_recover (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id, recovered;
  g_autoptr (GPtrArray) rows = claim (fixture->db, run_id, "key", 2, SEND_AT, &attempt_id);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (RufRun) run = NULL;

  ruf_outbox_table_set_state (fixture->db, run_id, RUF_RUN_SENDING, NULL, NOW, &error);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM attempts"), ==, 1);
  ruf_outbox_table_recover (fixture->db, NOW, &recovered, &error);
  g_assert_no_error (error);
  g_assert_cmpint (recovered, ==, 2);
  assert_counts (fixture->db, run_id, "queued 1, excluded 4, unknown 2");

  /* It stands still, says why, and knows what may be repeated under which key. */
  run = ruf_outbox_table_get_run (fixture->db, run_id, &error);
  g_assert_cmpint (run->state, ==, RUF_RUN_PAUSED);
  g_assert_nonnull (run->problem);
  open = ruf_outbox_table_list_open_attempts (fixture->db, run_id, &error);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpstr (((RufOpenAttempt *) open->pdata[0])->idempotency_key, ==, "key");

  /* Unknown rows are never claimed again. */
  ruf_outbox_table_set_state (fixture->db, run_id, RUF_RUN_SENDING, NULL, NOW, &error);
  again = claim (fixture->db, run_id, "key-2", 10, SEND_AT, &attempt_id);
  g_assert_cmpuint (again->len, ==, 1);
  finish (fixture->db, attempt_id, RUF_ATTEMPT_TAKEN, NULL);
  assert_counts (fixture->db, run_id, "excluded 4, unknown 2, sent 1");
}

static void
test_i4_receipts_settle (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id;
  g_autoptr (GPtrArray) rows = claim (fixture->db, run_id, "key", 2, SEND_AT, &attempt_id);
  g_autoptr (GPtrArray) open = NULL;

  finish (fixture->db, attempt_id, RUF_ATTEMPT_UNKNOWN, NULL);
  for (guint i = 0; i < rows->len; i++)
    receive (fixture->db, ((RufOutboxRow *) rows->pdata[i])->message_id, RUF_MESSAGE_SENT, NOW,
             NULL);
  open = ruf_outbox_table_list_open_attempts (fixture->db, run_id, &error);
  g_assert_cmpuint (open->len, ==, 0);
  assert_counts (fixture->db, run_id, "queued 1, excluded 4, sent 2");
}

static void
test_i4_no_repeat_after_stop (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id;
  g_autoptr (GPtrArray) rows = claim (fixture->db, run_id, "key", 3, SEND_AT, &attempt_id);
  gboolean may;

  finish (fixture->db, attempt_id, RUF_ATTEMPT_UNKNOWN, NULL);
  g_assert_true (ruf_outbox_table_attempt_may_repeat (fixture->db, attempt_id, NOW, &may, &error));
  g_assert_true (may);
  consent (fixture->db, "+491713920001", RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_KEYWORD_INBOUND,
           PURPOSE, SEND_AT + 1);
  g_assert_true (ruf_outbox_table_attempt_may_repeat (fixture->db, attempt_id, NOW, &may, &error));
  g_assert_false (may);
}

static void
test_not_sent_waits_again (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id, taken_out;
  g_autoptr (GPtrArray) rows = claim (fixture->db, run_id, "key", 2, SEND_AT, &attempt_id);
  g_autoptr (GPtrArray) more = NULL;

  finish (fixture->db, attempt_id, RUF_ATTEMPT_NOT_SENT, NULL);
  assert_counts (fixture->db, run_id, "queued 3, excluded 4");

  /* What comes back to a cancelled run does not wait there for ever. */
  more = claim (fixture->db, run_id, "key-2", 2, SEND_AT, &attempt_id);
  g_assert_true (ruf_outbox_table_cancel (fixture->db, run_id, NOW, &taken_out, &error));
  g_assert_cmpint (taken_out, ==, 1);
  assert_counts (fixture->db, run_id, "excluded 5, sending 2");
  finish (fixture->db, attempt_id, RUF_ATTEMPT_NOT_SENT, NULL);
  assert_counts (fixture->db, run_id, "excluded 7");
}

static void
test_uncancel (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 campaign_id = save_campaign (fixture->db, RUF_CHANNEL_WHATSAPP, "", SEND_AT, 0);
  gint64 run_id = plan (fixture->db, campaign_id);
  g_autoptr (RufRun) run = NULL;

  g_assert_true (ruf_outbox_table_cancel (fixture->db, run_id, NOW, NULL, &error));
  consent (fixture->db, "+491713920001", RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_OPERATOR,
           PURPOSE, NOW);
  g_assert_true (ruf_outbox_table_uncancel (fixture->db, run_id, NOW, &error));
  g_assert_no_error (error);

  /* Who withdrew meanwhile does not come back. */
  assert_counts (fixture->db, run_id, "queued 2, excluded 5");
  run = ruf_outbox_table_get_run (fixture->db, run_id, &error);
  g_assert_cmpint (run->state, ==, RUF_RUN_PLANNED);
  g_assert_cmpint (run->finished_at, ==, 0);
}

/* Nothing comes back that has left in part, that was planned anew, or that was not cancelled. */
static void
test_uncancel_refused (Fixture       *fixture,
                       gconstpointer  data)
{
  gint64 campaign_id = save_campaign (fixture->db, RUF_CHANNEL_WHATSAPP, "", SEND_AT, 0);
  gint64 run_id = plan (fixture->db, campaign_id);
  gint64 next_id, attempt_id;
  g_autoptr (GPtrArray) rows = NULL;

  assert_no_uncancel (fixture->db, run_id);

  ruf_outbox_table_cancel (fixture->db, run_id, NOW, NULL, NULL);
  next_id = plan (fixture->db, campaign_id);
  assert_no_uncancel (fixture->db, run_id);

  rows = claim (fixture->db, next_id, "key", 1, SEND_AT, &attempt_id);
  finish (fixture->db, attempt_id, RUF_ATTEMPT_TAKEN, NULL);
  ruf_outbox_table_cancel (fixture->db, next_id, NOW, NULL, NULL);
  assert_no_uncancel (fixture->db, next_id);
}

static void
test_standing_still (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id;
  g_autoptr (GPtrArray) rows = NULL;

  ruf_outbox_table_set_state (fixture->db, run_id, RUF_RUN_PAUSED, "Mittag", NOW, &error);
  rows = claim (fixture->db, run_id, "key", 2, SEND_AT, &attempt_id);
  g_assert_cmpuint (rows->len, ==, 0);
  assert_counts (fixture->db, run_id, "queued 3, excluded 4");
}

static void
test_expire (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 run_id = plan (fixture->db, save_campaign (fixture->db, RUF_CHANNEL_WHATSAPP, "", SEND_AT,
                                                    SEND_AT + 10));
  gint64 attempt_id;
  g_autoptr (GPtrArray) rows = claim (fixture->db, run_id, "key", 1, SEND_AT, &attempt_id);
  g_autoptr (GPtrArray) late = claim (fixture->db, run_id, "key-2", 9, SEND_AT + 10, &attempt_id);

  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (late->len, ==, 0);
  assert_counts (fixture->db, run_id, "excluded 4, expired 2, sending 1");
}

/* A restored backup thinks that rows wait which had gone: their receipts say so. */
static void
test_restored_backup (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *message_id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RufRun) run = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id;

  run = ruf_outbox_table_get_run (fixture->db, run_id, &error);
  message_id = g_strdup_printf ("%s-%d", run->batch_id, (int) fixture_count (fixture->db,
                                "SELECT min (id) FROM outbox WHERE status = 'queued'"));
  g_assert_cmpint (receive (fixture->db, message_id, RUF_MESSAGE_DELIVERED, NOW, NULL), ==,
                   RUF_RECEIPT_UNKNOWN);
  rows = claim (fixture->db, run_id, "key", 10, SEND_AT, &attempt_id);
  g_assert_cmpuint (rows->len, ==, 2);
  assert_counts (fixture->db, run_id, "excluded 4, sending 2, delivered 1");
}

static gboolean
count_row (const RufHandover  *row,
           gpointer            data,
           GError            **error)
{
  guint *n = data;

  g_assert_nonnull (row->message_id);
  g_assert_true (g_str_has_prefix (row->address, "+49"));
  (*n)++;
  return TRUE;
}

static void
test_hand_over_again (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id, handed;
  guint n = 0;

  ruf_outbox_table_hand_over (fixture->db, run_id, "key", SEND_AT, NULL, NULL,
                              &attempt_id, &handed, &error);
  g_assert_no_error (error);
  assert_counts (fixture->db, run_id, "excluded 4, sent 3");
  ruf_outbox_table_each_handed_over (fixture->db, run_id, count_row, &n, &error);
  g_assert_cmpuint (n, ==, 3);

  /* The file could not be put in place: as if nothing had happened. */
  ruf_outbox_table_finish_hand_over (fixture->db, run_id, attempt_id, FALSE, NOW, &error);
  assert_counts (fixture->db, run_id, "queued 3, excluded 4");

  /* Now it could; who withdraws afterwards is not in a second file. */
  ruf_outbox_table_hand_over (fixture->db, run_id, "key-2", SEND_AT, NULL, NULL,
                              &attempt_id, &handed, &error);
  ruf_outbox_table_finish_hand_over (fixture->db, run_id, attempt_id, TRUE, NOW, &error);
  consent (fixture->db, "+491713920002", RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_KEYWORD_INBOUND,
           PURPOSE, SEND_AT + 1);
  ruf_outbox_table_hand_over (fixture->db, run_id, "key-3", SEND_AT + 2, NULL, NULL,
                              &attempt_id, &handed,
                              &error);
  g_assert_cmpint (handed, ==, 0);
  g_assert_cmpint (attempt_id, ==, 0);
  n = 0;
  ruf_outbox_table_each_handed_over (fixture->db, run_id, count_row, &n, &error);
  g_assert_cmpuint (n, ==, 2);
  assert_counts (fixture->db, run_id, "excluded 4, sent 3");
}

/* The trigger rests while a whole run moves, and counts again afterwards. */
static void
test_i6_figures_follow (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message_id = NULL;
  g_autoptr (RufRun) run = NULL;
  gint64 run_id = plan_shop (fixture->db);
  gint64 attempt_id, handed;

  ruf_outbox_table_hand_over (fixture->db, run_id, "key", SEND_AT, NULL, NULL,
                              &attempt_id, &handed, &error);
  ruf_outbox_table_finish_hand_over (fixture->db, run_id, attempt_id, TRUE, NOW, &error);
  run = ruf_outbox_table_get_run (fixture->db, run_id, &error);
  message_id = g_strdup_printf ("%s-%d", run->batch_id, (int) fixture_count (fixture->db,
                                "SELECT min (id) FROM outbox WHERE status = 'sent'"));
  receive (fixture->db, message_id, RUF_MESSAGE_DELIVERED, NOW, NULL);
  assert_counts (fixture->db, run_id, "excluded 4, sent 2, delivered 1");
  receive (fixture->db, message_id, RUF_MESSAGE_READ, NOW, NULL);
  assert_counts (fixture->db, run_id, "excluded 4, sent 2, read 1");
}

/* Steps in an order that a seed decides; after each the sum and every check hold. */
static void
test_i8_at_every_moment (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  gint64 run_id = plan_shop (fixture->db);

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", i);
      gint64 attempt_id;
      g_autoptr (GPtrArray) rows = claim (fixture->db, run_id, key, 1, SEND_AT, &attempt_id);

      assert_sound (fixture->db);
      if (rows->len == 0)
        break;
      finish (fixture->db, attempt_id, g_rand_int_range (rand, 0, 3), NULL);
      assert_sound (fixture->db);
    }
}

/* An offer for four hours stays one for four hours, on whatever day. */
static void
test_shift (Fixture       *fixture,
            gconstpointer  data)
{
  const gint64 later = NOW + 3 * G_TIME_SPAN_DAY, span = 4 * G_TIME_SPAN_HOUR;
  gint64 id = save_campaign (fixture->db, RUF_CHANNEL_WHATSAPP, "", NOW, NOW + span), run_id;
  g_autoptr (GError) error = NULL;
  g_autoptr (RufCampaign) campaign = NULL;
  g_autoptr (RufRun) run = NULL;

  ruf_outbox_table_plan (fixture->db, id, NOW, &run_id, &error);
  g_assert_no_error (error);
  ruf_campaign_table_shift (fixture->db, id, later, &error);
  g_assert_no_error (error);

  campaign = ruf_campaign_table_get_by_id (fixture->db, id, &error);
  run = ruf_outbox_table_get_run (fixture->db, run_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (campaign->send_at, ==, later);
  g_assert_cmpint (campaign->not_after, ==, later + span);
  g_assert_cmpint (run->due_at, ==, later);
  g_assert_cmpint (run->not_after, ==, later + span);
}

#define ADD(path, func) \
  g_test_add ("/store/outbox/" path, Fixture, NULL, open_shop, func, close_shop)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("plan/reasons", test_plan_reasons);
  ADD ("plan/people", test_people_behind_numbers);
  ADD ("plan/people-searched", test_people_searched);
  ADD ("plan/preview", test_plan_preview);
  ADD ("plan/audience", test_plan_audience);
  ADD ("plan/stop-to-all", test_plan_stop_to_all);
  ADD ("plan/in-review", test_plan_in_review);
  ADD ("plan/unproven", test_plan_unproven);
  ADD ("plan/again", test_plan_again);
  ADD ("plan/refused", test_plan_refused);
  ADD ("plan/shift", test_shift);
  ADD ("i1-claim-asks-again", test_i1_claim_asks_again);
  ADD ("i1-withdrawal-takes-out", test_i1_withdrawal_takes_out);
  ADD ("i1-hand-over-asks-again", test_i1_hand_over_asks_again);
  ADD ("i1-holds-in-review", test_i1_holds_in_review);
  ADD ("i2-one-row-per-point", test_i2_one_row_per_point);
  ADD ("i2-past-messages", test_i2_past_messages);
  ADD ("i3-any-order", test_i3_any_order);
  ADD ("i3-receipts-stay", test_i3_receipts_stay);
  ADD ("i3-answer-after-receipt", test_i3_answer_after_receipt);
  ADD ("i4-recover", test_i4_recover);
  ADD ("i4-receipts-settle", test_i4_receipts_settle);
  ADD ("i4-no-repeat-after-stop", test_i4_no_repeat_after_stop);
  ADD ("i6-figures-follow", test_i6_figures_follow);
  ADD ("i8-at-every-moment", test_i8_at_every_moment);
  ADD ("receipt-results", test_receipt_results);
  ADD ("not-sent-waits-again", test_not_sent_waits_again);
  ADD ("uncancel", test_uncancel);
  ADD ("uncancel-refused", test_uncancel_refused);
  ADD ("standing-still", test_standing_still);
  ADD ("expire", test_expire);
  ADD ("restored-backup", test_restored_backup);
  ADD ("hand-over-again", test_hand_over_again);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "fixture.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-forget.h"
#include "ruf-people-table.h"
#include "ruf-suppression-table.h"

#define NOW 1764000000000000
#define ANNA "+4917604069001"

static gint64
add_anna (RufDb  *db,
          gint64 *point_id)
{
  g_autoptr (GError) error = NULL;
  RufPersonDraft draft = { .name = "Anna Müller", .city = "Bonn", .n_points = 1 };
  RufUpsert result;
  gint64 person_id;

  draft.points = g_alloca (sizeof *draft.points);
  draft.points->kind = RUF_ADDRESS_PHONE;
  draft.points->address = draft.points->as_entered = ANNA;
  draft.points->label = NULL;
  g_assert_true (ruf_people_table_upsert (db, &draft, 0, NOW, &result, &person_id, point_id,
                                          &error));
  g_assert_no_error (error);
  return person_id;
}

static void
append (RufDb               *db,
        gint64               point_id,
        RufConsentEventType  type,
        const char          *purpose,
        RufConsentMethod     method,
        gint64               at)
{
  g_autoptr (GError) error = NULL;
  RufConsentEvent event = {
    .type = type, .point_id = point_id, .address = ANNA, .channel = RUF_CHANNEL_WHATSAPP,
    .purpose = purpose, .method = method, .source = "Theke, Zettel 12",
    .wording = "Ja, bitte Wochenangebote.", .occurred_at = at, .recorded_at = at,
  };
  gint64 seq;

  g_assert_true (ruf_consent_table_append (db, &event, &seq, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_chain_holds (RufDb *db)
{
  g_autoptr (GError) error = NULL;
  RufChainReport report;

  g_assert_true (ruf_consent_table_verify (db, NULL, &report, &error));
  g_assert_no_error (error);
  g_assert_null (report.problem);
}

static void
forget (RufDb           *db,
        gint64           person_id,
        RufForgetReport *report)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ruf_db_exec (db, "BEGIN IMMEDIATE", &error));
  g_assert_true (ruf_forget_person (db, person_id, "request", NOW + 10, report, &error));
  g_assert_no_error (error);
  g_assert_true (ruf_db_exec (db, "COMMIT", &error));
}

/* Whether any table holds the words, in any column. */
static gboolean
is_anywhere (Fixture    *fixture,
             const char *words)
{
  g_autofree char *bytes = NULL;
  g_autofree char *copy = g_strconcat (fixture->path, ".copy", NULL);
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", copy);
  gsize size;
  gboolean found;

  fixture_raw_exec (fixture->path, sql);
  g_assert_true (g_file_get_contents (copy, &bytes, &size, NULL));
  found = g_strstr_len (bytes, size, words) != NULL;
  for (gsize i = 0; !found && i < size; i++)
    found = size - i >= strlen (words) && memcmp (bytes + i, words, strlen (words)) == 0;
  g_unlink (copy);
  return found;
}

static void
test_forget (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 point_id, n_events;
  gint64 anna = add_anna (fixture->db, &point_id);
  g_autofree char *key = ruf_suppression_key_path (fixture->path);
  RufForgetReport report;
  GStatBuf status;

  append (fixture->db, point_id, RUF_CONSENT_GRANTED, "weekly-offer",
          RUF_CONSENT_METHOD_PAPER_FORM, NOW);
  forget (fixture->db, anna, &report);
  g_assert_cmpint (report.addresses, ==, 1);
  g_assert_cmpint (report.fields, ==, 2);
  g_assert_cmpint (report.proofs, ==, 1);
  g_assert_cmpint (report.suppressed, ==, 3);   /* whatsapp, sms, signal */
  g_assert_cmpint (g_stat (key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  g_assert_false (is_anywhere (fixture, "Anna"));
  g_assert_false (is_anywhere (fixture, "anna"));   /* as the search spells it */
  g_assert_false (is_anywhere (fixture, "Bonn"));
  g_assert_true (is_anywhere (fixture, ANNA));    /* the proof, until its retention is over */
  assert_chain_holds (fixture->db);

  g_assert_true (ruf_db_exec (fixture->db, "BEGIN IMMEDIATE", &error));
  g_assert_true (ruf_forget_proofs (fixture->db, NOW + 20, NOW + 30, &n_events, &error));
  g_assert_no_error (error);
  g_assert_true (ruf_db_exec (fixture->db, "COMMIT", &error));
  g_assert_cmpint (n_events, ==, 1);
  g_assert_false (is_anywhere (fixture, ANNA));
  g_assert_false (is_anywhere (fixture, "Zettel 12"));
  assert_chain_holds (fixture->db);
  g_unlink (key);
}

/* The event that was purged still counts in the chain: changed by hand it is found. */
static void
test_purged_event_is_checked (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = ruf_suppression_key_path (fixture->path);
  gint64 point_id, n_events;
  gint64 anna = add_anna (fixture->db, &point_id);
  RufForgetReport report;
  RufChainReport chain;

  append (fixture->db, point_id, RUF_CONSENT_GRANTED, "news", RUF_CONSENT_METHOD_PAPER_FORM, NOW);
  forget (fixture->db, anna, &report);
  g_assert_true (ruf_forget_proofs (fixture->db, NOW + 20, NOW + 30, &n_events, &error));

  g_assert_false (ruf_db_exec (fixture->db, "UPDATE consent_events SET purpose = 'x'", &error));
  g_clear_error (&error);
  fixture_raw_exec (fixture->path, "DROP TRIGGER consent_events_no_update;"
                    "UPDATE consent_events SET purpose = 'weekly-offer' WHERE seq = 1");
  g_assert_true (ruf_consent_table_verify (fixture->db, NULL, &chain, &error));
  g_assert_cmpint (chain.broken_seq, ==, 1);
  g_free (chain.problem);
  g_unlink (key);
}

/* What lifts the end of consent of somebody who was forgotten. */
static const struct
{
  const char          *name;
  RufConsentEventType  end;
  RufConsentMethod     method;     /* of the new consent */
  RufConsentStatus     status;
} returns[] = {
  { "stop-start", RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_KEYWORD_INBOUND,
    RUF_CONSENT_STATUS_ACTIVE },
  { "stop-paper", RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_PAPER_FORM,
    RUF_CONSENT_STATUS_WITHDRAWN },
  { "objection-start", RUF_CONSENT_OBJECTED, RUF_CONSENT_METHOD_KEYWORD_INBOUND,
    RUF_CONSENT_STATUS_SUPPRESSED },
  { "objection-double", RUF_CONSENT_OBJECTED, RUF_CONSENT_METHOD_DOUBLE_OPT_IN,
    RUF_CONSENT_STATUS_ACTIVE },
};

static void
test_return (Fixture       *fixture,
             gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = ruf_suppression_key_path (fixture->path);
  gint64 point_id, again;
  gint64 anna = add_anna (fixture->db, &point_id);
  RufForgetReport report;
  RufConsentState state;

  append (fixture->db, point_id, RUF_CONSENT_GRANTED, "news", RUF_CONSENT_METHOD_PAPER_FORM, NOW);
  append (fixture->db, point_id, returns[i].end, "*", RUF_CONSENT_METHOD_OPERATOR, NOW + 1);
  forget (fixture->db, anna, &report);

  g_assert_true (ruf_people_table_ensure_point (fixture->db, RUF_ADDRESS_PHONE, ANNA, NOW + 40,
                                                &again, &error));
  g_assert_no_error (error);
  g_assert_cmpint (again, !=, point_id);
  append (fixture->db, again, RUF_CONSENT_GRANTED, "news", returns[i].method, NOW + 50);
  g_assert_true (ruf_consent_table_get_state (fixture->db, again, RUF_CHANNEL_WHATSAPP, "news",
                                              &state, &error));
  g_assert_cmpint (ruf_consent_state_get_status (&state), ==, returns[i].status);
  g_unlink (key);
}

/* With another key nobody could be found: it is never made anew under a list. */
static void
test_missing_key (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = ruf_suppression_key_path (fixture->path);
  gint64 point_id;
  gint64 anna = add_anna (fixture->db, &point_id);
  RufForgetReport report;

  forget (fixture->db, anna, &report);
  g_assert_cmpint (g_unlink (key), ==, 0);
  g_assert_null (ruf_suppression_table_find (fixture->db, RUF_ADDRESS_PHONE, ANNA, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, key));
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, fixture_set_up_db, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/forget/forget", test_forget);
  ADD ("/store/forget/purged-event-is-checked", test_purged_event_is_checked);
  ADD ("/store/forget/missing-key", test_missing_key);
  for (guint i = 0; i < G_N_ELEMENTS (returns); i++)
    {
      g_autofree char *path = g_strconcat ("/store/forget/return/", returns[i].name, NULL);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), fixture_set_up_db, test_return,
                  fixture_tear_down);
    }
  return g_test_run ();
}

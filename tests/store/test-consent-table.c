/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"
#include "ruf-check.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-people-table.h"

#define PHONE "+4915111111111"
#define DAY (24 * G_TIME_SPAN_HOUR)
#define NOW (G_GINT64_CONSTANT (1764000000) * G_TIME_SPAN_SECOND)

static gint64
ensure_point (RufDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 point_id = 0;

  ruf_people_table_ensure_point (db, RUF_ADDRESS_PHONE, PHONE, NOW, &point_id, &error);
  g_assert_no_error (error);
  return point_id;
}

/* @days: how many days ago it happened, −1 = not stated. */
static RufConsentEvent
make_event (RufDb               *db,
            RufConsentEventType  type,
            RufConsentMethod     method,
            const char          *purpose,
            int                  days)
{
  return (RufConsentEvent) {
    .type = type,
    .method = method,
    .point_id = ensure_point (db),
    .address = PHONE,
    .channel = RUF_CHANNEL_WHATSAPP,
    .purpose = purpose,
    .source = "Theke",
    .wording = "Ja, schreibt mir die Angebote der Woche.",
    .occurred_at = days < 0 ? 0 : NOW - days * DAY,
    .recorded_at = NOW,
  };
}

static gint64
append (RufDb                 *db,
        const RufConsentEvent *event,
        gint64                *rows_withdrawn)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = -1;

  g_assert_true (ruf_consent_table_append (db, event, &seq, rows_withdrawn, &error));
  g_assert_no_error (error);
  return seq;
}

static gint64
add (RufDb               *db,
     RufConsentEventType  type,
     RufConsentMethod     method,
     const char          *purpose,
     int                  days)
{
  RufConsentEvent event = make_event (db, type, method, purpose, days);

  return append (db, &event, NULL);
}

static const char *
stored_status (RufDb      *db,
               const char *purpose)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "SELECT status FROM consent_states WHERE purpose = ?1", NULL);

  ruf_stmt_bind_text (stmt, 1, purpose);
  return ruf_stmt_step (stmt, NULL) ? g_intern_string (ruf_stmt_get_text (stmt, 0)) : "none";
}

static void
assert_healthy (RufDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = ruf_check_run (db, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

#define GRANT RUF_CONSENT_GRANTED
#define STOP RUF_CONSENT_WITHDRAWN
#define OBJECT RUF_CONSENT_OBJECTED
#define PAPER RUF_CONSENT_METHOD_PAPER_FORM
#define START RUF_CONSENT_METHOD_KEYWORD_INBOUND
#define TWICE RUF_CONSENT_METHOD_DOUBLE_OPT_IN

/* Up to three events on "news" or "*", and what "news" is then. */
static const struct
{
  const char *name;
  struct { RufConsentEventType type; RufConsentMethod method; const char *purpose; int days; } events[3];
  guint       n_events;
  const char *status;
} streams[] = {
  { "paper", { { GRANT, PAPER, "news", 9 } }, 1, "active" },
  { "paper without a time", { { GRANT, PAPER, "news", -1 } }, 1, "unproven" },
  { "stop", { { GRANT, PAPER, "news", 9 }, { STOP, START, "news", 5 } }, 2, "withdrawn" },
  { "older stop, later known", { { GRANT, START, "news", 5 }, { STOP, START, "news", 9 } }, 2, "active" },
  { "stop of everything", { { GRANT, START, "news", 9 }, { STOP, START, "*", 5 } }, 2, "withdrawn" },
  { "stop of everything first", { { STOP, START, "*", 5 }, { GRANT, PAPER, "news", 2 } }, 2, "withdrawn" },
  { "start lifts a stop", { { STOP, START, "*", 5 }, { GRANT, START, "news", 2 } }, 2, "active" },
  { "start lifts no objection", { { OBJECT, START, "*", 5 }, { GRANT, START, "news", 2 } }, 2, "suppressed" },
  { "double opt-in lifts it", { { OBJECT, START, "*", 5 }, { GRANT, TWICE, "news", 2 } }, 2, "active" },
  { "another purpose", { { GRANT, START, "news", 9 }, { STOP, START, "story", 5 } }, 2, "active" },
  { "stop without a time", { { GRANT, START, "news", 9 }, { STOP, START, "*", -1 } }, 2, "withdrawn" },
  { "a grant of everything is none", { { GRANT, START, "*", 9 }, { STOP, START, "story", 9 } }, 2, "none" },
};

static void
test_fold (Fixture       *fixture,
           gconstpointer  data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  RufConsentState state;

  for (guint i = 0; i < streams[row].n_events; i++)
    g_assert_cmpint (add (fixture->db, streams[row].events[i].type, streams[row].events[i].method,
                          streams[row].events[i].purpose, streams[row].events[i].days), ==, i + 1);

  g_assert_true (ruf_consent_table_get_state (fixture->db, ensure_point (fixture->db),
                                              RUF_CHANNEL_WHATSAPP, "news", &state, &error));
  g_assert_cmpstr (ruf_consent_status_to_string (ruf_consent_state_get_status (&state)), ==,
                   streams[row].status);
  g_assert_cmpstr (stored_status (fixture->db, "news"), ==, streams[row].status);
  assert_healthy (fixture->db);
}

/* I5 on events: what a file says twice is there once. */
static void
test_i5_skip (Fixture       *fixture,
              gconstpointer  data)
{
  RufConsentEvent grant = make_event (fixture->db, GRANT, PAPER, "news", 9);
  RufConsentEvent stop = make_event (fixture->db, STOP, START, "*", -1);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (ruf_db_exec (fixture->db,
                              "INSERT INTO imports (id, file_name, sha256, format, encoding,"
                              " started_at) VALUES (7, 'a.csv', '', 'csv', 'utf-8', 1)", NULL));
  stop.import_id = 7;
  g_assert_cmpint (append (fixture->db, &grant, NULL), ==, 1);
  g_assert_cmpint (append (fixture->db, &stop, NULL), ==, 2);
  before = fixture_digest (fixture->path);
  grant.recorded_at += DAY;
  grant.import_id = 7;
  stop.recorded_at += DAY;
  g_assert_cmpint (append (fixture->db, &grant, NULL), ==, 0);
  g_assert_cmpint (append (fixture->db, &stop, NULL), ==, 0);
  after = fixture_digest (fixture->path);
  g_assert_cmpstr (before, ==, after);

  /* Another source, time or wording is another event. */
  grant.source = "Markt";
  g_assert_cmpint (append (fixture->db, &grant, NULL), ==, 3);
  grant.wording = "Anderer Text";
  g_assert_cmpint (append (fixture->db, &grant, NULL), ==, 4);
  /* STOP, START and STOP again, none with a time: the second STOP counts. */
  stop.import_id = 0;
  g_assert_cmpint (append (fixture->db, &stop, NULL), ==, 5);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  RufConsentEvent *event;

  add (fixture->db, GRANT, PAPER, "news", 9);
  add (fixture->db, STOP, START, "*", 5);
  events = ruf_consent_table_list (fixture->db, RUF_ADDRESS_PHONE, PHONE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 2);
  event = g_ptr_array_index (events, 0);
  g_assert_cmpstr (event->wording, ==, "Ja, schreibt mir die Angebote der Woche.");
  g_assert_cmpstr (event->source, ==, "Theke");
  g_assert_cmpint (event->occurred_at, ==, NOW - 9 * DAY);
  g_assert_cmpuint (strlen (event->event_id), ==, 36);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM wordings"), ==, 1);
}

static void
test_floor (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  RufEvidenceLevel floor;

  g_assert_true (ruf_consent_table_get_floor (fixture->db, RUF_CHANNEL_SMS, &floor, &error));
  g_assert_cmpint (floor, ==, RUF_EVIDENCE_E1);
  g_assert_true (ruf_consent_table_set_floor (fixture->db, RUF_CHANNEL_SMS, RUF_EVIDENCE_E3, &error));
  g_assert_true (ruf_consent_table_get_floor (fixture->db, RUF_CHANNEL_SMS, &floor, &error));
  g_assert_cmpint (floor, ==, RUF_EVIDENCE_E3);
  g_assert_true (ruf_consent_table_get_floor (fixture->db, RUF_CHANNEL_EMAIL, &floor, &error));
  g_assert_cmpint (floor, ==, RUF_EVIDENCE_E1);
  g_assert_false (ruf_consent_table_set_floor (fixture->db, RUF_CHANNEL_SMS, RUF_EVIDENCE_E0, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
}

/* Runs 1 (news) and 2 (story) by WhatsApp, 3 (news) by SMS; the person waits in each. */
static const char waiting_rows[] =
  "INSERT INTO campaigns (id, name, channel, purpose, send_at, changed_at)"
  " VALUES (1, 'c', 'whatsapp', 'news', 1, 1);"
  "INSERT INTO runs (id, campaign_id, title, batch_id, channel, purpose, segment, floor, state,"
  " planned_at, due_at, planned) VALUES"
  " (1, 1, 'c', 'b1', 'whatsapp', 'news', '', 1, 'planned', 1, 1, 1),"
  " (2, 1, 'c', 'b2', 'whatsapp', 'story', '', 1, 'planned', 1, 1, 1),"
  " (3, 1, 'c', 'b3', 'sms', 'news', '', 1, 'planned', 1, 1, 1);"
  "INSERT INTO outbox (id, run_id, point_id, status, changed_at)"
  " SELECT r.id, r.id, c.id, 'queued', 1 FROM runs r, contact_points c;"
  "INSERT INTO run_counts SELECT id, 'queued', 1 FROM runs;";

static const struct
{
  const char          *name;
  RufConsentEventType  type;
  const char          *purpose;
  int                  days;
  gint64               rows;
  const char          *reason;
} stops[] = {
  { "one purpose", STOP, "news", 0, 1, "opted-out" },
  { "everything", STOP, "*", 0, 2, "opted-out" },
  { "objection", OBJECT, "*", 0, 2, "suppressed" },
  /* START came after it: nothing is taken out by a stop that is over. */
  { "older than the start", STOP, "*", 30, 0, NULL },
};

static void
test_i7_takes_out (Fixture       *fixture,
                   gconstpointer  data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufStmt) stmt = NULL;
  RufConsentEvent stop;
  gint64 rows = -1;

  add (fixture->db, GRANT, START, "news", 9);
  add (fixture->db, GRANT, START, "story", 9);
  g_assert_true (ruf_db_exec (fixture->db, waiting_rows, &error));
  g_assert_no_error (error);

  stop = make_event (fixture->db, stops[row].type, START, stops[row].purpose, stops[row].days);
  append (fixture->db, &stop, &rows);
  g_assert_cmpint (rows, ==, stops[row].rows);
  stmt = ruf_db_prepare (fixture->db, "SELECT reason FROM outbox WHERE status = 'excluded'", NULL);
  while (ruf_stmt_step (stmt, NULL))
    g_assert_cmpstr (ruf_stmt_get_text (stmt, 0), ==, stops[row].reason);
  g_assert_cmpint (fixture_count (fixture->db,
                                  "SELECT count (*) FROM outbox WHERE run_id = 3"
                                  " AND status = 'queued'"), ==, 1);
  assert_healthy (fixture->db);
}

/* I7: a START that a rehearsal dates far ahead does not outlast a STOP that is recorded after it,
 * to the purpose or to the whole channel; a START after that lifts it as always. */
static void
test_i7_clock_turned_back (Fixture       *fixture,
                           gconstpointer  data)
{
  static const char * const purposes[] = { "news", "*" };
  RufConsentEvent start = make_event (fixture->db, GRANT, START, "news", -1);
  RufConsentEvent stop =
    make_event (fixture->db, STOP, START, purposes[GPOINTER_TO_UINT (data)], 2);

  start.recorded_at = NOW + 60 * DAY;
  append (fixture->db, &start, NULL);
  g_assert_cmpstr (stored_status (fixture->db, "news"), ==, "active");
  append (fixture->db, &stop, NULL);
  g_assert_cmpstr (stored_status (fixture->db, "news"), ==, "withdrawn");
  assert_healthy (fixture->db);

  add (fixture->db, GRANT, START, "news", 1);
  g_assert_cmpstr (stored_status (fixture->db, "news"), ==, "active");
  assert_healthy (fixture->db);
}

/* I7 over random histories: an event is drawn, in any order of time; whatever came, nobody who
 * stopped after their last own word (START, double opt-in) is active, and nothing waits. */
static void
test_i7_random (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const purposes[] = { "news", "story", "*" };
  static const RufConsentMethod methods[] = { PAPER, START, TWICE, RUF_CONSENT_METHOD_IMPORT };
  static const RufConsentEventType types[] = { GRANT, GRANT, STOP, OBJECT, RUF_CONSENT_IMPORTED_UNPROVEN };

  ensure_point (fixture->db);
  g_assert_true (ruf_db_exec (fixture->db, waiting_rows, NULL));
  for (guint i = 0; i < 300; i++)
    {
      RufConsentEvent event =
        make_event (fixture->db, types[g_test_rand_int_range (0, G_N_ELEMENTS (types))],
                    methods[g_test_rand_int_range (0, G_N_ELEMENTS (methods))],
                    purposes[g_test_rand_int_range (0, 3)], g_test_rand_int_range (-1, 50));

      event.recorded_at += i;
      append (fixture->db, &event, NULL);
      g_assert_cmpint (fixture_count (fixture->db,
        "SELECT count (*) FROM consent_states s WHERE status = 'active' AND EXISTS ("
        " SELECT 1 FROM consent_events e WHERE e.type IN ('withdrawn', 'objected')"
        " AND e.purpose IN (s.purpose, '*') AND iif (e.occurred_at, e.occurred_at, e.recorded_at)"
        "  >= max (s.e2_at, s.e3_at))"), ==, 0);
      g_assert_cmpint (fixture_count (fixture->db,
        "SELECT count (*) FROM outbox o JOIN runs r ON r.id = o.run_id"
        " JOIN consent_states s ON s.channel = r.channel AND s.purpose IN (r.purpose, '*')"
        " WHERE o.status = 'queued' AND s.status IN ('withdrawn', 'suppressed')"
        " AND NOT EXISTS (SELECT 1 FROM consent_states t WHERE t.channel = r.channel"
        "  AND t.purpose = r.purpose AND t.status = 'active')"), ==, 0);
    }
  assert_healthy (fixture->db);
}

#define NO_TRIGGERS \
  "DROP TRIGGER consent_events_no_update; DROP TRIGGER consent_events_no_delete; "

/* How a log of six events is tampered with, and what verify says. */
static const struct
{
  const char *name;
  const char *sql;
  gint64      broken_seq;
  const char *words;
} tampered[] = {
  { "untouched", "SELECT 1", 0, NULL },
  { "time altered", NO_TRIGGERS "UPDATE consent_events SET occurred_at = occurred_at - 1 WHERE seq = 3",
    3, "altered" },
  { "type altered", NO_TRIGGERS "UPDATE consent_events SET type = 'confirmed' WHERE seq = 1", 1, "altered" },
  { "nonsense", NO_TRIGGERS "UPDATE consent_events SET type = 'liked', hash = x'00' WHERE seq = 4",
    4, "altered" },
  { "last altered", NO_TRIGGERS "UPDATE consent_events SET source = 'x' WHERE seq = 6", 6, "altered" },
  { "first deleted", NO_TRIGGERS "DELETE FROM consent_events WHERE seq = 1", 1, "Event 1 .*deleted" },
  { "two deleted", NO_TRIGGERS "DELETE FROM consent_events WHERE seq IN (3, 4)", 3, "Events 3 to 4 .*deleted" },
  { "end deleted", NO_TRIGGERS "DELETE FROM consent_events WHERE seq >= 5", 5, "Events 5 to 6 .*deleted" },
  { "deleted and closed up", NO_TRIGGERS "DELETE FROM consent_events WHERE seq = 2;"
    "UPDATE consent_events SET seq = seq - 1 WHERE seq > 2", 2, "does not follow" },
  { "order changed", NO_TRIGGERS "UPDATE consent_events SET seq = 99 WHERE seq = 2;"
    "UPDATE consent_events SET seq = 2 WHERE seq = 3; UPDATE consent_events SET seq = 3 WHERE seq = 99",
    2, "does not follow" },
  { "written by hand", "INSERT INTO consent_events (event_id, prev_hash, hash, type, point_id, address,"
    " channel, purpose, method, occurred_at, recorded_at) SELECT 'x', hash, zeroblob (32), 'granted',"
    " point_id, address, channel, 'live', method, 1, 1 FROM consent_events WHERE seq = 6", 7, "by hand" },
  { "wording altered", "UPDATE wordings SET text = text || '!'", 1, "wording 1" },
};

static void
test_verify (Fixture       *fixture,
             gconstpointer  data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  RufChainReport report;

  for (int i = 0; i < 6; i++)
    add (fixture->db, i % 3 == 2 ? STOP : GRANT, START, i % 2 ? "news" : "story", 20 - i);
  fixture_raw_exec (fixture->path, tampered[row].sql);

  g_assert_true (ruf_consent_table_verify (fixture->db, NULL, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpint (report.broken_seq, ==, tampered[row].broken_seq);
  if (tampered[row].words == NULL)
    {
      g_assert_null (report.problem);
      g_assert_cmpint (report.checked, ==, 6);
    }
  else
    g_assert_true (g_regex_match_simple (tampered[row].words, report.problem, 0, 0));
  g_free (report.problem);
}

/* The log itself refuses, before anybody has to verify. */
static void
test_append_only (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  add (fixture->db, GRANT, PAPER, "news", 9);
  g_assert_false (ruf_db_exec (fixture->db, "UPDATE consent_events SET purpose = 'live'", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (ruf_db_exec (fixture->db, "DELETE FROM consent_events", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
}

static void
add_table (const char *prefix,
           const char *name,
           guint       row,
           void      (*run) (Fixture *, gconstpointer))
{
  g_autofree char *slug = g_strdelimit (g_strdup (name), " ,", '-');
  g_autofree char *path = g_strconcat ("/store/consent-table/", prefix, "/", slug, NULL);

  g_test_add (path, Fixture, GUINT_TO_POINTER (row), fixture_set_up_db, run, fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    add_table ("fold", streams[i].name, i, test_fold);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    add_table ("i7-takes-out", stops[i].name, i, test_i7_takes_out);
  for (guint i = 0; i < G_N_ELEMENTS (tampered); i++)
    add_table ("verify", tampered[i].name, i, test_verify);
  add_table ("i7", "random", 0, test_i7_random);
  add_table ("i7-clock-turned-back", "one purpose", 0, test_i7_clock_turned_back);
  add_table ("i7-clock-turned-back", "whole channel", 1, test_i7_clock_turned_back);
  add_table ("i5", "skip", 0, test_i5_skip);
  add_table ("log", "list", 0, test_list);
  add_table ("log", "append-only", 0, test_append_only);
  add_table ("log", "floor", 0, test_floor);
  return g_test_run ();
}

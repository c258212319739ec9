/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"
#include "ruf-check.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-import-undo.h"
#include "ruf-people-edit.h"

#define NOW 1764000000000000
#define ANNA "+4917604069001"
#define BEN "+4917604069002"

static gint64
begin_import (RufDb *db)
{
  g_autoptr (GError) error = NULL;
  RufImportRecord record = { .file_name = (char *) "list.csv", .sha256 = (char *) "0",
                             .format = (char *) "csv", .encoding = (char *) "utf-8",
                             .started_at = NOW };
  gint64 id;

  g_assert_true (ruf_import_table_begin (db, &record, &id, &error));
  g_assert_no_error (error);
  return id;
}

static gint64
bring_in (RufDb      *db,
          gint64      import_id,
          const char *name,
          const char *city,
          const char *tag,
          const char *address,
          gint64     *point_id)
{
  g_autoptr (GError) error = NULL;
  const char *tags[] = { tag, NULL };
  RufPersonDraft draft = { .name = name, .city = city, .tags = tags, .n_points = 1 };
  RufUpsert result;
  gint64 person_id;

  draft.points = g_alloca (sizeof *draft.points);
  draft.points->kind = RUF_ADDRESS_PHONE;
  draft.points->address = draft.points->as_entered = address;
  draft.points->label = NULL;
  g_assert_true (ruf_people_table_upsert (db, &draft, import_id, NOW, &result, &person_id,
                                          point_id, &error));
  g_assert_no_error (error);
  return person_id;
}

static void
append (RufDb               *db,
        gint64               import_id,
        gint64               point_id,
        const char          *address,
        RufConsentEventType  type,
        RufConsentMethod     method,
        gint64               at)
{
  g_autoptr (GError) error = NULL;
  RufConsentEvent event = {
    .type = type, .point_id = point_id, .address = address, .channel = RUF_CHANNEL_WHATSAPP,
    .purpose = "news", .method = method, .source = "Theke, Zettel 12",
    .wording = "Ja, bitte Neuigkeiten.", .occurred_at = at, .recorded_at = NOW,
    .import_id = import_id,
  };
  gint64 seq;

  g_assert_true (ruf_consent_table_append (db, &event, &seq, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (seq, >, 0);
}

static RufConsentStatus
get_status (RufDb  *db,
            gint64  point_id,
            gint64 *since)
{
  g_autoptr (GError) error = NULL;
  RufConsentState state;

  g_assert_true (ruf_consent_table_get_state (db, point_id, RUF_CHANNEL_WHATSAPP, "news", &state,
                                              &error));
  g_assert_no_error (error);
  *since = ruf_consent_state_get_since (&state);
  return ruf_consent_state_get_status (&state);
}

static void
undo (RufDb         *db,
      gint64         import_id,
      RufUndoReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_true (ruf_import_table_undo (db, import_id, NOW + 1, report, &error));
  g_assert_no_error (error);
  problems = ruf_check_run (db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* People without a log leave no trace. */
static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 import_id = begin_import (fixture->db), point_id;
  RufUndoReport report;

  bring_in (fixture->db, import_id, "Anna", "Bonn", "stamm", ANNA, &point_id);
  bring_in (fixture->db, import_id, "Ben", NULL, NULL, BEN, &point_id);
  undo (fixture->db, import_id, &report);
  g_assert_cmpint (report.removed, ==, 2);
  g_assert_cmpint (report.kept, ==, 0);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM people"), ==, 0);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM contact_points"), ==, 0);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM people_search "
                                               "WHERE people_search MATCH 'anna'"), ==, 0);

  g_assert_false (ruf_import_table_undo (fixture->db, import_id, NOW, &report, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (ruf_import_table_undo (fixture->db, 99, NOW, &report, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
}

/* Somebody who was there is as before: without the city, the tag and the second address. */
static void
test_filled_in (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 point_id, anna = bring_in (fixture->db, 0, "Anna", NULL, "stamm", ANNA, &point_id);
  gint64 import_id = begin_import (fixture->db);
  RufUndoReport report;
  g_autoptr (RufPerson) person = NULL;

  g_assert_cmpint (bring_in (fixture->db, import_id, "A.", "Bonn", "neu", ANNA, &point_id), ==, anna);
  undo (fixture->db, import_id, &report);
  g_assert_cmpint (report.removed, ==, 0);
  g_assert_cmpint (report.restored, ==, 2);
  person = ruf_people_table_get (fixture->db, anna, &error);
  g_assert_no_error (error);
  g_assert_null (person->city);
  g_assert_cmpuint (person->tags->len, ==, 1);
}

/* What the import claimed is void; what was there before it holds again (I7, I8). */
static void
test_consent (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 point_id, since;
  gint64 import_id, again;
  RufUndoReport report;

  bring_in (fixture->db, 0, "Anna", NULL, NULL, ANNA, &point_id);
  append (fixture->db, 0, point_id, ANNA, RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_PAPER_FORM,
          NOW - 50);
  import_id = begin_import (fixture->db);
  append (fixture->db, import_id, point_id, ANNA, RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_IMPORT,
          NOW - 10);
  g_assert_cmpint (get_status (fixture->db, point_id, &since), ==, RUF_CONSENT_STATUS_ACTIVE);
  g_assert_cmpint (since, ==, NOW - 10);

  undo (fixture->db, import_id, &report);
  g_assert_cmpint (get_status (fixture->db, point_id, &since), ==, RUF_CONSENT_STATUS_ACTIVE);
  g_assert_cmpint (since, ==, NOW - 50);

  /* The right file brings the same consent again. */
  again = begin_import (fixture->db);
  append (fixture->db, again, point_id, ANNA, RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_IMPORT,
          NOW - 10);
  g_assert_cmpint (get_status (fixture->db, point_id, &since), ==, RUF_CONSENT_STATUS_ACTIVE);
  g_assert_cmpint (since, ==, NOW - 10);
  undo (fixture->db, again, &report);
  g_assert_cmpint (get_status (fixture->db, point_id, &since), ==, RUF_CONSENT_STATUS_ACTIVE);
  g_assert_cmpint (since, ==, NOW - 50);
}

/* I7: whoever said STOP since stays stopped, with or without a person. */
static void
test_stop_stays (Fixture       *fixture,
                 gconstpointer  data)
{
  gint64 import_id = begin_import (fixture->db), point_id, since;
  RufUndoReport report;

  bring_in (fixture->db, import_id, "Anna", NULL, NULL, ANNA, &point_id);
  append (fixture->db, import_id, point_id, ANNA, RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_IMPORT,
          NOW - 10);
  append (fixture->db, 0, point_id, ANNA, RUF_CONSENT_WITHDRAWN,
          RUF_CONSENT_METHOD_KEYWORD_INBOUND, NOW - 5);
  undo (fixture->db, import_id, &report);
  g_assert_cmpint (report.removed, ==, 1);
  g_assert_cmpint (get_status (fixture->db, point_id, &since), ==, RUF_CONSENT_STATUS_WITHDRAWN);

  import_id = begin_import (fixture->db);
  bring_in (fixture->db, import_id, "Anna", NULL, NULL, ANNA, &point_id);
  append (fixture->db, import_id, point_id, ANNA, RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_IMPORT,
          NOW - 2);
  g_assert_cmpint (get_status (fixture->db, point_id, &since), ==, RUF_CONSENT_STATUS_WITHDRAWN);
}

/* People to whom something later belongs stay. */
static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 import_id = begin_import (fixture->db), anna, ben, point_id, step_id, since;
  const RufPersonEdit edit[] = { { RUF_PLACE_FIELD, "city", "Bonn" } };
  RufUndoReport report;

  ben = bring_in (fixture->db, import_id, "Ben", NULL, NULL, BEN, &point_id);
  g_assert_true (ruf_people_edit (fixture->db, ben, edit, 1, "Edit", NOW, &step_id, &error));
  anna = bring_in (fixture->db, import_id, "Anna", NULL, NULL, ANNA, &point_id);
  append (fixture->db, 0, point_id, ANNA, RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_PAPER_FORM, NOW);
  undo (fixture->db, import_id, &report);
  g_assert_cmpint (report.removed, ==, 0);
  g_assert_cmpint (report.kept, ==, 2);
  g_assert_cmpint (get_status (fixture->db, point_id, &since), ==, RUF_CONSENT_STATUS_ACTIVE);
  g_assert_cmpint (anna, !=, ben);
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, fixture_set_up_db, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/import-undo/list", test_list);
  ADD ("/store/import-undo/filled-in", test_filled_in);
  ADD ("/store/import-undo/consent", test_consent);
  ADD ("/store/import-undo/I7-stop-stays", test_stop_stays);
  ADD ("/store/import-undo/kept", test_kept);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"
#include "ruf-error.h"
#include "ruf-people-edit.h"

#define NOW 1764000000000000

static gint64
add_person (RufDb      *db,
            const char *name,
            const char *city,
            const char *phone,
            const char *tag)
{
  g_autoptr (GError) error = NULL;
  const char *tags[] = { tag, NULL };
  RufPersonDraft draft = { .name = name, .city = city, .tags = tags, .n_points = 1 };
  RufUpsert result;
  gint64 person_id, point_id;

  draft.points = g_alloca (sizeof *draft.points);
  draft.points->kind = RUF_ADDRESS_PHONE;
  draft.points->address = draft.points->as_entered = phone;
  draft.points->label = NULL;
  g_assert_true (ruf_people_table_upsert (db, &draft, 0, NOW, &result, &person_id, &point_id,
                                          &error));
  g_assert_no_error (error);
  return person_id;
}

/* Everything of people that anybody could see, in one text. */
static char *
describe (RufDb *db)
{
  RufPeopleQuery everyone = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = ruf_people_table_list_ids (db, &everyone, 0, 0, &error);
  g_autoptr (GPtrArray) people = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  people = ruf_people_table_get_many (db, (const gint64 *) ids->data, ids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      RufPerson *person = g_ptr_array_index (people, i);

      g_string_append_printf (text, "%s|%s", person->name, person->city ? person->city : "");
      for (guint j = 0; j < person->points->len; j++)
        g_string_append_printf (text, "|%s", ((RufContactPoint *) person->points->pdata[j])->address);
      for (guint j = 0; j < person->tags->len; j++)
        g_string_append_printf (text, "|#%s", (char *) person->tags->pdata[j]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static guint
search (RufDb      *db,
        const char *words)
{
  RufPeopleQuery query = { .search = words };
  g_autoptr (GError) error = NULL;
  gint64 count;

  g_assert_true (ruf_people_table_count (db, &query, &count, &error));
  g_assert_no_error (error);
  return count;
}

static void
undo (RufDb         *db,
      gint64         step_id,
      RufUndoReport *report)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ruf_change_table_undo (db, step_id, NOW + 1, report, &error));
  g_assert_no_error (error);
}

static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_person (fixture->db, "Anna Müller", "Bonn", "+4917604069001", "stamm");
  const RufPersonEdit edits[] = {
    { RUF_PLACE_FIELD, "name", "Anna Zander" },
    { RUF_PLACE_FIELD, "city", NULL },
    { RUF_PLACE_TAG, "vip", "1" },
    { RUF_PLACE_TAG, "stamm", NULL },
    { RUF_PLACE_OWN_FIELD, "Kundennummer", "17" },
  };
  g_autofree char *before = describe (fixture->db);
  g_autofree char *after = NULL, *restored = NULL;
  RufUndoReport report;
  gint64 step_id;

  g_assert_true (ruf_people_edit (fixture->db, anna, edits, G_N_ELEMENTS (edits), "Edit", NOW,
                                  &step_id, &error));
  g_assert_no_error (error);
  after = describe (fixture->db);
  g_assert_cmpstr (after, ==, "Anna Zander||+4917604069001|#vip\n");
  g_assert_cmpuint (search (fixture->db, "zander"), ==, 1);
  g_assert_cmpuint (search (fixture->db, "müller"), ==, 0);

  undo (fixture->db, step_id, &report);
  g_assert_cmpint (report.restored, ==, G_N_ELEMENTS (edits));
  g_assert_cmpint (report.kept, ==, 0);
  restored = describe (fixture->db);
  g_assert_cmpstr (restored, ==, before);
  g_assert_cmpuint (search (fixture->db, "müller"), ==, 1);

  g_assert_false (ruf_change_table_undo (fixture->db, step_id, NOW, &report, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
}

static void
test_edit_nothing (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_person (fixture->db, "Anna", "Bonn", "+4917604069001", "stamm");
  const RufPersonEdit same[] = { { RUF_PLACE_FIELD, "city", "Bonn" } };
  const RufPersonEdit wrong[] = { { RUF_PLACE_FIELD, "shoe_size", "42" } };
  gint64 step_id;

  g_assert_true (ruf_people_edit (fixture->db, anna, same, 1, "Edit", NOW, &step_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (step_id, ==, 0);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM steps"), ==, 0);

  g_assert_false (ruf_people_edit (fixture->db, anna, wrong, 1, "Edit", NOW, &step_id, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
}

/* What came after a step stays when the step is taken back. */
static void
test_later_change_stays (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_person (fixture->db, "Anna", "Bonn", "+4917604069001", "stamm");
  const RufPersonEdit first[] = { { RUF_PLACE_FIELD, "city", "Köln" },
                                  { RUF_PLACE_TAG, "vip", "1" } };
  const RufPersonEdit later[] = { { RUF_PLACE_FIELD, "city", "Trier" } };
  g_autofree char *text = NULL;
  RufUndoReport report;
  gint64 step_id, later_id;

  g_assert_true (ruf_people_edit (fixture->db, anna, first, 2, "Edit", NOW, &step_id, &error));
  g_assert_true (ruf_people_edit (fixture->db, anna, later, 1, "Edit", NOW, &later_id, &error));
  g_assert_no_error (error);

  undo (fixture->db, step_id, &report);
  g_assert_cmpint (report.restored, ==, 1);
  g_assert_cmpint (report.kept, ==, 1);
  text = describe (fixture->db);
  g_assert_cmpstr (text, ==, "Anna|Trier|+4917604069001|#stamm\n");
}

static void
test_addresses (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_person (fixture->db, "Anna", NULL, "+4917604069001", "a");
  g_autofree char *text = NULL, *parted = NULL;
  gint64 step_id, point_id;
  RufUndoReport report;

  add_person (fixture->db, "Ben", NULL, "+4917604069002", "b");
  g_assert_false (ruf_people_add_address (fixture->db, anna, RUF_ADDRESS_PHONE, "+4917604069002",
                                          NULL, "Add", NOW, &step_id, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_true (ruf_people_add_address (fixture->db, anna, RUF_ADDRESS_EMAIL, "anna@example.org",
                                         "home", "Add", NOW, &step_id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (search (fixture->db, "anna@example"), ==, 1);
  undo (fixture->db, step_id, &report);
  g_assert_cmpuint (search (fixture->db, "anna@example"), ==, 0);

  point_id = fixture_count (fixture->db,
                            "SELECT id FROM contact_points WHERE address = '+4917604069001'");
  g_assert_true (ruf_people_remove_address (fixture->db, point_id, "Remove", NOW, &step_id,
                                            &error));
  g_assert_no_error (error);
  parted = describe (fixture->db);
  g_assert_cmpstr (parted, ==, "Anna||#a\nBen||+4917604069002|#b\n");
  undo (fixture->db, step_id, &report);
  text = describe (fixture->db);
  g_assert_cmpstr (text, ==, "Anna||+4917604069001|#a\nBen||+4917604069002|#b\n");
}

static void
test_merge_and_part (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_person (fixture->db, "Anna Müller", NULL, "+4917604069001", "stamm");
  gint64 other = add_person (fixture->db, "A. Müller", "Bonn", "+4917604069002", "vip");
  g_autofree char *before = describe (fixture->db);
  g_autofree char *merged = NULL, *parted = NULL;
  RufUndoReport report;
  gint64 step_id;

  g_assert_false (ruf_people_merge (fixture->db, anna, anna, "Merge", NOW, &step_id, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_true (ruf_people_merge (fixture->db, anna, other, "Merge", NOW, &step_id, &error));
  g_assert_no_error (error);
  merged = describe (fixture->db);
  g_assert_cmpstr (merged, ==,
                   "Anna Müller|Bonn|+4917604069001|+4917604069002|#stamm|#vip\n");

  undo (fixture->db, step_id, &report);
  g_assert_cmpint (report.kept, ==, 0);
  parted = describe (fixture->db);
  g_assert_cmpstr (parted, ==, before);
  g_assert_cmpuint (search (fixture->db, "+4917604069002"), ==, 1);
}

/* Whatever the other had and the first lacks, in every field that people have. */
static void
test_merge_fills_every_field (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_person (fixture->db, NULL, NULL, "+4917604069001", NULL);
  gint64 other = add_person (fixture->db, NULL, NULL, "+4917604069002", NULL);
  gint64 step_id;

  for (guint i = 0; ruf_person_fields[i] != NULL; i++)
    {
      const RufPersonEdit edit[] = { { RUF_PLACE_FIELD, ruf_person_fields[i], "Wert" } };

      g_assert_true (ruf_people_edit (fixture->db, other, edit, 1, "Edit", NOW, &step_id, &error));
      g_assert_no_error (error);
    }
  g_assert_true (ruf_people_merge (fixture->db, anna, other, "Merge", NOW, &step_id, &error));
  g_assert_no_error (error);
  for (guint i = 0; ruf_person_fields[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %s = 'Wert' FROM people WHERE id = 1",
                                              ruf_person_fields[i]);

      g_test_message ("%s", ruf_person_fields[i]);
      g_assert_cmpint (fixture_count (fixture->db, sql), ==, 1);
    }
}

/* Somebody else has got the id meanwhile: both are there in the end. */
static void
test_remove_and_bring_back (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_person (fixture->db, "Anna", "Bonn", "+4917604069001", "stamm");
  g_autofree char *gone = NULL, *back = NULL;
  RufUndoReport report;
  gint64 step_id;

  g_assert_true (ruf_people_remove_one (fixture->db, anna, "Remove", NOW, &step_id, &error));
  g_assert_no_error (error);
  gone = describe (fixture->db);
  g_assert_cmpstr (gone, ==, "");
  g_assert_cmpuint (search (fixture->db, "anna"), ==, 0);

  g_assert_cmpint (add_person (fixture->db, "Ben", "Köln", "+4917604069002", "neu"), ==, anna);
  undo (fixture->db, step_id, &report);
  back = describe (fixture->db);
  g_assert_cmpstr (back, ==, "Anna|Bonn|+4917604069001|#stamm\nBen|Köln|+4917604069002|#neu\n");
  g_assert_cmpuint (search (fixture->db, "anna"), ==, 1);
}

static void
test_tag_many (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  RufPeopleQuery muellers = { .search = "müller" };
  RufUndoReport report;
  gint64 step_id, n_people;

  add_person (fixture->db, "Anna Müller", NULL, "+4917604069001", "stamm");
  add_person (fixture->db, "Ben Müller", NULL, "+4917604069002", "vip");
  add_person (fixture->db, "Carla Otto", NULL, "+4917604069003", "stamm");

  g_assert_true (ruf_people_tag (fixture->db, &muellers, "VIP", TRUE, "Tag", NOW, &step_id,
                                 &n_people, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_people, ==, 2);
  g_assert_cmpuint (search (fixture->db, "vip"), ==, 2);

  undo (fixture->db, step_id, &report);
  g_assert_cmpint (report.restored, ==, 1);
  g_assert_cmpuint (search (fixture->db, "vip"), ==, 1);

  g_assert_true (ruf_people_remove (fixture->db, &muellers, "Remove", NOW, &step_id, &n_people,
                                    &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM people"), ==, 1);
  undo (fixture->db, step_id, &report);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM people"), ==, 3);
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, fixture_set_up_db, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/people-edit/edit", test_edit);
  ADD ("/store/people-edit/edit-nothing", test_edit_nothing);
  ADD ("/store/people-edit/later-change-stays", test_later_change_stays);
  ADD ("/store/people-edit/addresses", test_addresses);
  ADD ("/store/people-edit/merge-and-part", test_merge_and_part);
  ADD ("/store/people-edit/merge-fills-every-field", test_merge_fills_every_field);
  ADD ("/store/people-edit/remove-and-bring-back", test_remove_and_bring_back);
  ADD ("/store/people-edit/tag-many", test_tag_many);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-people-edit.h"
#include "ruf-people-table.h"

#define NOW 1764000000000000

/* One line of a file: at most two phones and an e-mail address. */
typedef struct
{
  const char *name;
  const char *first_name;
  const char *last_name;
  const char *city;
  const char *phone;
  const char *second_phone;
  const char *email;
  const char *tags;        /* "stamm vip" */
} Line;

static gint64
upsert (RufDb      *db,
        const Line *line,
        gint64      import_id,
        RufUpsert  *result)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) tags = line->tags != NULL ? g_strsplit (line->tags, " ", -1) : NULL;
  RufPersonDraft draft = { .name = line->name, .first_name = line->first_name,
                           .last_name = line->last_name, .city = line->city,
                           .tags = (const char **) tags };
  const char *addresses[] = { line->phone, line->second_phone, line->email };
  gint64 person_id, point_ids[3];

  draft.points = g_alloca (sizeof *draft.points * 3);
  for (guint i = 0; i < 3; i++)
    if (addresses[i] != NULL)
      {
        draft.points[draft.n_points].kind = i < 2 ? RUF_ADDRESS_PHONE : RUF_ADDRESS_EMAIL;
        draft.points[draft.n_points].address = addresses[i];
        draft.points[draft.n_points].as_entered = addresses[i];
        draft.points[draft.n_points++].label = NULL;
      }

  g_assert_true (ruf_people_table_upsert (db, &draft, import_id, NOW, result, &person_id,
                                          point_ids, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < draft.n_points; i++)
    g_assert_cmpint (point_ids[i], >, 0);
  return person_id;
}

static gint64
add (RufDb      *db,
     const Line *line)
{
  RufUpsert result;

  return upsert (db, line, 0, &result);
}

/* The lines of one file in order, what each does, and to whom. */
static const struct
{
  Line       line;
  RufUpsert  result;
  gint64     person;
} file[] = {
  { { .name = "Anna Müller", .phone = "+4915111111111" }, RUF_UPSERT_NEW, 1 },
  { { .name = "Anna Müller", .phone = "+4915111111111" }, RUF_UPSERT_UNCHANGED, 1 },
  /* What is missing is filled in, what is there stays. */
  { { .name = "A. Muller", .phone = "+4915111111111", .city = "Bonn" }, RUF_UPSERT_UPDATED, 1 },
  { { .name = "Anna Müller", .phone = "+4915111111111", .city = "Köln" }, RUF_UPSERT_UNCHANGED, 1 },
  { { .name = "Anna", .phone = "+4915111111111", .tags = "stamm vip" }, RUF_UPSERT_UPDATED, 1 },
  { { .name = "Anna", .phone = "+4915111111111", .tags = "VIP" }, RUF_UPSERT_UNCHANGED, 1 },
  { { .name = "Anna", .phone = "+4915111111111", .email = "anna@example.org" }, RUF_UPSERT_UPDATED, 1 },
  /* Never by name: another number is another person. */
  { { .name = "Anna Müller", .phone = "+4915122222222" }, RUF_UPSERT_NEW, 2 },
  /* Two people match: the first address says who it is, the other stays where it is. */
  { { .name = "Anna", .phone = "+4915122222222", .email = "anna@example.org" }, RUF_UPSERT_UNCHANGED, 2 },
  { { .first_name = "Bo", .last_name = "Ek", .phone = "+4915133333333", .second_phone = "+4915133333333" },
    RUF_UPSERT_NEW, 3 },
  /* Without a name at first. */
  { { .phone = "+4915144444444" }, RUF_UPSERT_NEW, 4 },
  { { .name = "Çelik", .phone = "+4915144444444" }, RUF_UPSERT_UPDATED, 4 },
};

static void
test_upsert (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufPerson) anna = NULL;
  g_autoptr (RufPerson) bo = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (file); i++)
    {
      RufUpsert result;

      g_test_message ("line %u", i);
      g_assert_cmpint (upsert (fixture->db, &file[i].line, 0, &result), ==, file[i].person);
      g_assert_cmpint (result, ==, file[i].result);
    }

  anna = ruf_people_table_get (fixture->db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (anna->name, ==, "Anna Müller");
  g_assert_cmpstr (anna->city, ==, "Bonn");
  g_assert_cmpuint (anna->points->len, ==, 2);
  g_assert_cmpuint (anna->tags->len, ==, 2);
  bo = ruf_people_table_get (fixture->db, 3, &error);
  g_assert_cmpstr (bo->name, ==, "Bo Ek");
  g_assert_cmpuint (bo->points->len, ==, 1);
}

/* I5: the same file once more changes no byte. */
static void
test_i5_twice (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (file); i++)
    add (fixture->db, &file[i].line);
  before = fixture_digest (fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (file); i++)
    {
      RufUpsert result;

      upsert (fixture->db, &file[i].line, 0, &result);
      g_assert_cmpint (result, ==, RUF_UPSERT_UNCHANGED);
    }
  after = fixture_digest (fixture->path);
  g_assert_cmpstr (before, ==, after);
}

static const Line people[] = {
  { .name = "Öztürk, Ayşe", .city = "Köln", .phone = "+4915100000001", .tags = "stamm" },
  { .name = "müller", .city = "Bonn", .phone = "+4915100000002", .tags = "stamm vip" },
  { .name = "Mueller", .city = "Bad Honnef", .email = "mueller@example.org" },
  { .name = "Zander", .phone = "+4366012345678" },
  { .name = "Groß", .city = "bonn", .phone = "+4915100000005", .tags = "VIP" },
  { .email = "niemand@example.com" },
  { .name = "Gross-Berger", .city = "Bonn", .phone = "+4915100000007" },
};

static const struct
{
  const char     *segment;
  const char     *search;
  RufPeopleOrder  order;
  gboolean        descending;
  const char     *ids;
} queries[] = {
  { "", NULL, RUF_PEOPLE_BY_ADDED, FALSE, "1 2 3 4 5 6 7" },
  { "", "", RUF_PEOPLE_BY_ADDED, TRUE, "7 6 5 4 3 2 1" },
  /* As in a German index: ö like o, ß like ss, whoever has no name last. */
  { "", NULL, RUF_PEOPLE_BY_NAME, FALSE, "5 7 3 2 1 4 6" },
  { "", NULL, RUF_PEOPLE_BY_NAME, TRUE, "6 4 1 2 3 7 5" },
  { "", NULL, RUF_PEOPLE_BY_CITY, FALSE, "3 5 7 2 1 4 6" },
  { "", NULL, RUF_PEOPLE_BY_CITY, TRUE, "1 2 7 5 3 6 4" },
  { "tag:stamm", NULL, RUF_PEOPLE_BY_ADDED, FALSE, "1 2" },
  { "tag:vip", NULL, RUF_PEOPLE_BY_ADDED, FALSE, "2 5" },
  { "not tag:vip", NULL, RUF_PEOPLE_BY_ADDED, FALSE, "1 3 4 6 7" },
  { "city:Bonn", NULL, RUF_PEOPLE_BY_ADDED, FALSE, "2 5 7" },
  { "not city:Bonn", NULL, RUF_PEOPLE_BY_ADDED, FALSE, "1 3 4 6" },
  { "city:\"Bad Honnef\" or (tag:stamm and not tag:vip)", NULL, RUF_PEOPLE_BY_ADDED, FALSE, "1 3" },
  { "tag:nobody", NULL, RUF_PEOPLE_BY_ADDED, FALSE, "" },
  { "", "ozturk", RUF_PEOPLE_BY_ADDED, FALSE, "1" },
  { "", "AYS", RUF_PEOPLE_BY_ADDED, FALSE, "1" },
  { "", "mu", RUF_PEOPLE_BY_NAME, FALSE, "3 2" },
  { "", "gross", RUF_PEOPLE_BY_ADDED, FALSE, "7" },
  { "", "Groß", RUF_PEOPLE_BY_ADDED, FALSE, "5" },
  { "", "berger bonn", RUF_PEOPLE_BY_ADDED, FALSE, "7" },
  { "", "mueller@example.org", RUF_PEOPLE_BY_ADDED, FALSE, "3" },
  { "", "+49 151 0000000", RUF_PEOPLE_BY_ADDED, FALSE, "1 2 5 7" },
  { "", "0151-00000007", RUF_PEOPLE_BY_ADDED, FALSE, "7" },
  { "", "0660 123", RUF_PEOPLE_BY_ADDED, FALSE, "4" },
  { "", "0043660", RUF_PEOPLE_BY_ADDED, FALSE, "4" },
  { "tag:vip", "bonn", RUF_PEOPLE_BY_ADDED, FALSE, "2 5" },
  { "", "vip", RUF_PEOPLE_BY_ADDED, FALSE, "2 5" },
  { "", "nobody here", RUF_PEOPLE_BY_ADDED, FALSE, "" },
  /* Nothing of what people type is ever syntax. */
  { "", "\"", RUF_PEOPLE_BY_ADDED, FALSE, "1 2 3 4 5 6 7" },
  { "", "name: \" OR * NEAR(", RUF_PEOPLE_BY_ADDED, FALSE, "" },
  { "", "'; DROP TABLE people; --", RUF_PEOPLE_BY_ADDED, FALSE, "" },
};

static char *
join_ids (GArray *ids)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (ids, gint64, i));
  return g_string_free (text, FALSE);
}

static void
test_query (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    add (fixture->db, &people[i]);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RufSegment) segment = ruf_segment_parse (queries[i].segment, &error);
      RufPeopleQuery query = { segment, queries[i].search, queries[i].order,
                               queries[i].descending };
      g_autoptr (GArray) ids = NULL;
      g_autofree char *text = NULL;
      gint64 count = -1;

      g_assert_no_error (error);
      g_test_message ("%u: %s / %s", i, queries[i].segment, queries[i].search);
      ids = ruf_people_table_list_ids (fixture->db, &query, 0, 0, &error);
      g_assert_no_error (error);
      text = join_ids (ids);
      g_assert_cmpstr (text, ==, queries[i].ids);
      g_assert_true (ruf_people_table_count (fixture->db, &query, &count, &error));
      g_assert_cmpint (count, ==, ids->len);
    }
}

/* Many hits take another way than few: the lists must agree, page by page. */
static void
test_many_hits (Fixture       *fixture,
                gconstpointer  data)
{
  RufPeopleQuery everybody = { .order = RUF_PEOPLE_BY_NAME };
  RufPeopleQuery found = { .search = "kunde", .order = RUF_PEOPLE_BY_NAME };
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) hits = NULL;
  g_autoptr (GArray) page = NULL;

  g_assert_true (ruf_db_exec (fixture->db, "BEGIN", NULL));
  for (guint i = 0; i < 6000; i++)
    {
      g_autofree char *name = g_strdup_printf ("Kunde %05u", (i * 7919) % 6000);
      g_autofree char *phone = g_strdup_printf ("+491520000%04u", i);

      add (fixture->db, &(Line) { .name = name, .phone = phone });
    }
  g_assert_true (ruf_db_exec (fixture->db, "COMMIT", NULL));
  all = ruf_people_table_list_ids (fixture->db, &everybody, 0, 0, NULL);
  hits = ruf_people_table_list_ids (fixture->db, &found, 0, 0, NULL);
  page = ruf_people_table_list_ids (fixture->db, &found, 50, 5000, NULL);

  g_assert_cmpuint (all->len, ==, 6000);
  g_assert_cmpmem (all->data, all->len * 8, hits->data, hits->len * 8);
  g_assert_cmpmem ((gint64 *) all->data + 5000, 50 * 8, page->data, page->len * 8);
}

static void
test_find_and_remove (Fixture       *fixture,
                      gconstpointer  data)
{
  static const struct { const char *words; gint64 id; } found[] = {
    { "2", 2 }, { "+4915100000002", 2 }, { "0151 00000002", 2 }, { "Mueller@Example.org", 3 },
    { "99", 0 }, { "nobody", 0 }, { "+4915100000099", 0 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) many = NULL;
  gint64 ids[] = { 3, 99, 1 }, point_id, step_id;
  RufUpsert result;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    add (fixture->db, &people[i]);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (GError) find_error = NULL;

      g_assert_cmpint (ruf_people_table_find (fixture->db, found[i].words, &find_error), ==,
                       found[i].id);
      if (found[i].id == 0)
        g_assert_error (find_error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
    }

  many = ruf_people_table_get_many (fixture->db, ids, 3, &error);
  g_assert_cmpstr (((RufPerson *) many->pdata[0])->name, ==, "Mueller");
  g_assert_null (many->pdata[1]);
  g_assert_cmpstr (((RufPerson *) many->pdata[2])->city, ==, "Köln");

  g_assert_true (ruf_people_remove_one (fixture->db, 1, "Remove", NOW, &step_id, &error));
  g_assert_false (ruf_people_remove_one (fixture->db, 1, "Remove", NOW, &step_id, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ruf_people_table_get (fixture->db, 1, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (fixture_count (fixture->db,
                                  "SELECT count (*) FROM people_search "
                                  "WHERE people_search MATCH 'ozturk'"), ==, 0);

  /* The address stayed, and finds a person again. */
  g_assert_true (ruf_people_table_ensure_point (fixture->db, RUF_ADDRESS_PHONE, "+4915100000001",
                                                NOW, &point_id, &error));
  g_assert_cmpint (point_id, ==, 1);
  g_assert_cmpint (upsert (fixture->db, &people[0], 0, &result), ==, 8);
  g_assert_cmpint (result, ==, RUF_UPSERT_NEW);
}

static void
test_tags (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) tags = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    add (fixture->db, &people[i]);
  add (fixture->db, &(Line) { .name = "X", .phone = "+4915100000020", .tags = "vip" });
  tags = ruf_people_table_list_tags (fixture->db, NULL);
  g_assert_cmpuint (tags->len, ==, 2);
  g_assert_cmpstr (tags->pdata[0], ==, "vip");
  g_assert_cmpstr (tags->pdata[1], ==, "stamm");
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*run) (Fixture *, gconstpointer);
  } cases[] = {
    { "/store/people-table/upsert", test_upsert },
    { "/store/people-table/i5-twice", test_i5_twice },
    { "/store/people-table/query", test_query },
    { "/store/people-table/many-hits", test_many_hits },
    { "/store/people-table/find-and-remove", test_find_and_remove },
    { "/store/people-table/tags", test_tags },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, fixture_set_up_db, cases[i].run, fixture_tear_down);
  return g_test_run ();
}

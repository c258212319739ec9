/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever fails in the middle of a change, the database is as it was before. */

#include "fixture.h"
#include "ruf-check.h"
#include "ruf-consent-table.h"
#include "ruf-db-private.h"
#include "ruf-error.h"
#include "ruf-people-table.h"

#define NOW (G_GINT64_CONSTANT (1795000000) * G_TIME_SPAN_SECOND)

/* A person with two addresses and a tag, a grant, and a stop. */
static gboolean
write_person (RufDb   *db,
              guint    i,
              GError **error)
{
  g_autofree char *phone = g_strdup_printf ("+4915112%06u", i);
  g_autofree char *email = g_strdup_printf ("kunde%u@example.org", i);
  const char *tags[] = { "stamm", NULL };
  RufPersonDraft draft = { .name = "Kunde", .city = "Bonn", .tags = tags, .n_points = 2 };
  RufConsentEvent event = { .type = RUF_CONSENT_GRANTED, .channel = RUF_CHANNEL_WHATSAPP,
                            .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND, .address = phone,
                            .purpose = "news", .wording = "Ja", .recorded_at = NOW };
  gint64 person_id, point_ids[2], seq;
  RufUpsert result;

  draft.points = g_alloca (2 * sizeof *draft.points);
  draft.points[0].kind = RUF_ADDRESS_PHONE;
  draft.points[0].address = phone;
  draft.points[1].kind = RUF_ADDRESS_EMAIL;
  draft.points[1].address = email;
  for (guint j = 0; j < 2; j++)
    draft.points[j].as_entered = draft.points[j].label = NULL;
  if (!ruf_people_table_upsert (db, &draft, 0, NOW, &result, &person_id, point_ids, error))
    return FALSE;

  event.point_id = point_ids[0];
  if (!ruf_consent_table_append (db, &event, &seq, NULL, error))
    return FALSE;
  event.type = RUF_CONSENT_WITHDRAWN;
  event.purpose = RUF_PURPOSE_ALL;
  return ruf_consent_table_append (db, &event, &seq, NULL, error);
}

/* As RufStore does it. */
static gboolean
write_people (RufDb   *db,
              guint    first,
              guint    n,
              GError **error)
{
  gboolean ok = ruf_db_exec (db, "BEGIN IMMEDIATE", error);

  for (guint i = 0; i < n && ok; i++)
    ok = write_person (db, first + i, error);
  ok = ok && ruf_db_exec (db, "COMMIT", error);
  if (ruf_db_in_transaction (db))
    {
      sqlite3_progress_handler (db->handle, 0, NULL, NULL);
      ruf_db_exec (db, "ROLLBACK", NULL);
    }
  return ok;
}

/* From then on every step is interrupted, as it is for whoever has cancelled: FTS5 swallows an
 * interrupt that comes once. */
static int
count_down_cb (void *data)
{
  guint *left = data;

  if (*left == 0)
    return 1;
  (*left)--;
  return 0;
}

/* Interrupted at the first step of SQLite's machine, at the second, and so on to the end. */
static void
test_each_step (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *before = NULL;
  gboolean done = FALSE;
  guint n;

  g_assert_true (write_people (fixture->db, 0, 1, NULL));
  before = fixture_digest (fixture->path);
  for (n = 0; !done; n += 1 + n / 30)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      guint left = n;

      sqlite3_progress_handler (fixture->db->handle, 1, count_down_cb, &left);
      done = write_people (fixture->db, 1, 1, &error);
      sqlite3_progress_handler (fixture->db->handle, 0, NULL, NULL);
      if (done)
        break;

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      after = fixture_digest (fixture->path);
      g_assert_cmpstr (before, ==, after);
    }
  g_test_message ("interrupted at up to %u steps", n);
  g_assert_cmpuint (n, >, 200);
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM people"), ==, 2);
}

/* No room: at page after page, until there is enough. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const limits[] = {
    "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 110", "PRAGMA max_page_count = 130",
    "PRAGMA max_page_count = 150",
  };
  g_autofree char *before = NULL;

  g_assert_true (write_people (fixture->db, 0, 1, NULL));
  before = fixture_digest (fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_true (ruf_db_exec (fixture->db, limits[i], &error));
      g_assert_false (write_people (fixture->db, 1, 3000, &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_FULL);
      g_assert_nonnull (strstr (error->message, fixture->path));
      after = fixture_digest (fixture->path);
      g_assert_cmpstr (before, ==, after);
    }

  g_assert_true (ruf_db_exec (fixture->db, "PRAGMA max_page_count = 1000000", NULL));
  g_assert_true (write_people (fixture->db, 1, 3000, NULL));
}

/* Another program writes: said at once to somebody who will not wait, and nothing is changed. */
static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) impatient = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_cancellable_cancel (impatient);
  ruf_db_set_cancellable (fixture->db, impatient);
  g_assert_false (write_people (fixture->db, 0, 1, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_BUSY);
  ruf_db_set_cancellable (fixture->db, NULL);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);

  g_assert_true (write_people (fixture->db, 0, 1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/failure/each-step", Fixture, NULL, fixture_set_up_db, test_each_step,
              fixture_tear_down);
  g_test_add ("/store/failure/full-disk", Fixture, NULL, fixture_set_up_db, test_full_disk,
              fixture_tear_down);
  g_test_add ("/store/failure/locked", Fixture, NULL, fixture_set_up_db, test_locked,
              fixture_tear_down);
  return g_test_run ();
}

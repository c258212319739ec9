/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sample shop from start to end, with its figures. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ruf-check.h"
#include "ruf-demo.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"
#include "ruf-reach-table.h"

typedef struct
{
  gint64 people;
  gint64 messages, delivered, read, failed, past_runs;
  gint64 posts, reach, viewers, views;
  gint64 active;
  RufRun *offer;
  gint64 campaign_runs;
} Figures;

static void
add_run (Figures *figures,
         RufDb   *db,
         RufRun  *listed)
{
  g_autoptr (RufRun) run = ruf_outbox_table_get_run (db, listed->id, NULL);

  if (run->state != RUF_RUN_PAST)
    {
      figures->campaign_runs++;
      g_clear_pointer (&figures->offer, ruf_run_free);
      figures->offer = g_steal_pointer (&run);
      return;
    }
  figures->past_runs++;
  figures->messages += run->planned;
  figures->delivered += ruf_run_get_delivered (run);
  figures->read += run->counts[RUF_MESSAGE_READ];
  figures->failed += run->counts[RUF_MESSAGE_FAILED];
}

static void
add_posts (Figures *figures,
           RufDb   *db)
{
  g_autoptr (GPtrArray) posts = ruf_reach_table_list_posts (db, NULL, NULL, NULL);

  figures->posts = posts->len;
  for (guint i = 0; i < posts->len; i++)
    {
      RufPostRecord *post = g_ptr_array_index (posts, i);

      figures->reach += MAX (post->reach, 0);
      figures->viewers += MAX (post->viewers, 0);
      figures->views += MAX (post->views, 0);
    }
}

static gboolean
read_figures (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Figures *figures = data;
  RufPeopleQuery everyone = { 0 };
  g_autoptr (GPtrArray) runs = ruf_outbox_table_list_runs (db, error);
  g_autoptr (GPtrArray) counts = ruf_people_table_count_consents (db, 0, error);
  g_autoptr (GPtrArray) problems = ruf_check_run (db, cancellable, error);

  g_assert_no_error (*error);
  g_assert_cmpuint (problems->len, ==, 0);
  for (guint i = 0; i < runs->len; i++)
    add_run (figures, db, g_ptr_array_index (runs, i));
  for (guint i = 0; i < counts->len; i++)
    {
      RufConsentCount *count = g_ptr_array_index (counts, i);

      if (count->channel == RUF_CHANNEL_WHATSAPP && g_str_equal (count->purpose, "weekly-offer"))
        figures->active = count->n_active;
    }
  add_posts (figures, db);
  return ruf_people_table_count (db, &everyone, &figures->people, error);
}

static void
get_figures (const char *path,
             Figures    *figures)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufStore) store = ruf_store_open (path, &error);

  *figures = (Figures) { 0 };
  g_assert_no_error (error);
  ruf_store_read_sync (store, read_figures, figures, NULL, &error);
  g_assert_no_error (error);
}

static void
say_cb (const char *line,
        gpointer    lines)
{
  g_string_append_printf (lines, "%s\n", line);
}

static char *
run_demo (const char    *dir,
          RufDemoResult *result)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  ruf_demo_run (dir, say_cb, lines, result, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
assert_says (const char *lines,
             const char *words)
{
  if (strstr (lines, words) == NULL)
    g_error ("“%s” is not in:\n%s", words, lines);
}

static void
remove_dir (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static void
assert_charts (const RufDemoResult *result)
{
  static const struct
  {
    const char *ending;
    const char *begin;
  } kinds[] = {
    { ".svg", "<?xml" }, { ".png", "\x89PNG" }, { ".pdf", "%PDF-" }, { ".csv", "" },
  };

  g_assert_cmpuint (result->charts->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *path = g_ptr_array_index (result->charts, i);
      g_autofree char *data = NULL;
      gsize size;

      g_assert_true (g_str_has_suffix (path, kinds[i].ending));
      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      g_assert_cmpuint (size, >, 500);
      g_assert_cmpint (strncmp (data, kinds[i].begin, strlen (kinds[i].begin)), ==, 0);
    }
}

/* The figures of the shop's own records. */
static void
assert_year (const Figures *figures)
{
  g_assert_cmpint (figures->people, ==, 180);
  g_assert_cmpint (figures->past_runs, ==, 40);
  g_assert_cmpint (figures->messages, ==, 4048);
  g_assert_cmpint (figures->delivered, ==, 3762);
  g_assert_cmpint (figures->read, ==, 2516);
  g_assert_cmpint (figures->failed, ==, 163);
  g_assert_cmpint (figures->posts, ==, 156);
  g_assert_cmpint (figures->reach, ==, 5880);
  g_assert_cmpint (figures->viewers, ==, 7307);
  g_assert_cmpint (figures->views, ==, 8504 + 10321);
  g_assert_cmpint (figures->active, ==, 137);
}

static void
assert_offer (const RufRun *offer)
{
  gint64 arrived = ruf_run_get_sent (offer) + offer->counts[RUF_MESSAGE_FAILED];

  g_assert_cmpint (offer->state, ==, RUF_RUN_DONE);
  g_assert_cmpint (offer->planned, ==, 180);
  g_assert_cmpint (ruf_run_get_ready (offer), ==, 137);
  g_assert_cmpint (arrived, ==, 137);
  g_assert_cmpint (offer->counts[RUF_MESSAGE_READ], >, 60);
  g_assert_cmpint (offer->counts[RUF_MESSAGE_UNKNOWN], ==, 0);
}

static void
assert_private (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_twice (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rundruf-XXXXXX", NULL);
  g_autofree char *sandbox = g_build_filename (dir, "sandbox.db", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  RufDemoResult result;
  Figures before, after;
  gint64 run_id;

  first = run_demo (dir, &result);
  get_figures (result.db, &before);
  assert_year (&before);
  assert_offer (before.offer);
  assert_charts (&result);
  assert_private (result.db);
  assert_private (sandbox);
  assert_says (first, "180 customers");
  assert_says (first, "214 consents");
  assert_says (first, "4048 messages");
  assert_says (first, "STOP 6 times, START 21 times, something else 31 times");
  assert_says (first, "137 people will get it");
  assert_says (first, "delivers nothing to anybody");
  assert_says (first, "the clock is put forward to Thursday");
  assert_says (first, "rundruf.db --now 2");
  for (guint i = 0; i < result.charts->len; i++)
    assert_says (first, g_ptr_array_index (result.charts, i));
  run_id = result.run_id;
  ruf_demo_result_clear (&result);

  second = run_demo (dir, &result);
  get_figures (result.db, &after);
  assert_says (second, "nothing was read again");
  assert_says (second, "nothing is sent again");
  g_assert_cmpint (result.run_id, ==, run_id);
  g_assert_cmpint (after.campaign_runs, ==, 1);
  g_assert_cmpint (after.offer->counts[RUF_MESSAGE_READ], ==,
                   before.offer->counts[RUF_MESSAGE_READ]);
  assert_year (&after);
  ruf_demo_result_clear (&result);
  ruf_run_free (before.offer);
  ruf_run_free (after.offer);
  remove_dir (dir);
}

static void
test_folder_cannot_be (void)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  RufDemoResult result;

  g_assert_false (ruf_demo_run ("/proc/nothing/here", say_cb, lines, &result, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "/proc/nothing/here"));
  ruf_demo_result_clear (&result);
}

static void
test_cancelled (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rundruf-XXXXXX", NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  RufDemoResult result;

  g_cancellable_cancel (cancellable);
  g_assert_false (ruf_demo_run (dir, say_cb, lines, &result, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ruf_demo_result_clear (&result);
  remove_dir (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/demo/twice", test_twice);
  g_test_add_func ("/engine/demo/folder-cannot-be", test_folder_cannot_be);
  g_test_add_func ("/engine/demo/cancelled", test_cancelled);
  return g_test_run ();
}

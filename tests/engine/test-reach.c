/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a Meta export and delivery receipts to the weeks, the report and the sentence.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "ruf-error.h"
#include "ruf-intake.h"
#include "ruf-moment.h"
#include "ruf-reach.h"

#define NOW "2026-11-23T12:00:00Z"

typedef struct
{
  char       *folder;
  RufContext *context;
} Fixture;

static gint64
moment (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 at;

  g_assert_cmpint (ruf_moment_parse (text, zone, &at), !=, RUF_MOMENT_NONE);
  return at;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (RufClock) clock = ruf_clock_new_at (moment (NOW));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("ruf-reach-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "t.db", NULL);
  fixture->context = ruf_context_new (path, clock, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_finalize_object (fixture->context);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static guint
import (Fixture    *fixture,
        const char *text)
{
  g_autofree char *path = write_file (fixture, "export.csv", text);
  g_autoptr (GError) error = NULL;
  guint changed = 99;
  g_autoptr (RufMetaFile) file = ruf_reach_import (fixture->context, path, &changed, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return changed;
}

typedef gboolean (*IntakeFunc) (RufContext *, const char *, RufIntake *, GCancellable *, GError **);

static void
take_in (Fixture    *fixture,
         IntakeFunc  func,
         const char *text)
{
  g_autofree char *path = write_file (fixture, "intake.csv", text);
  g_autoptr (GError) error = NULL;
  RufIntake intake = { 0 };

  func (fixture->context, path, &intake, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (intake.rejects->len, ==, 0);
  ruf_intake_clear (&intake);
}

static gboolean
take_past_messages (RufContext    *context,
                    const char    *path,
                    RufIntake     *out,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return ruf_intake_past_messages (context, path, NULL, NULL, out, cancellable, error);
}

/* Two weeks of messages to three people: 3 + 2 sent, 2 + 2 delivered, 1 + 1 read by one. */
static void
add_messages (Fixture *fixture)
{
  take_in (fixture, take_past_messages,
           "message_id,campaign,phone,exported_at\n"
           "a1,A,+491713920001,2026-06-11T10:00:00+02:00\n"
           "a2,A,+491713920002,2026-06-11T10:00:00+02:00\n"
           "a3,A,+491713920003,2026-06-11T10:00:00+02:00\n"
           "b1,B,+491713920001,2026-06-25T10:00:00+02:00\n"
           "b2,B,+491713920002,2026-06-25T10:00:00+02:00\n");
  take_in (fixture, ruf_intake_receipts,
           "message_id,status,at,error_code\n"
           "a1,read,2026-06-11T11:00:00+02:00,\n"
           "a2,delivered,2026-06-11T11:00:00+02:00,\n"
           "a3,failed,2026-06-11T11:00:00+02:00,131026\n"
           "b1,read,2026-06-25T11:00:00+02:00,\n"
           "b2,delivered,2026-06-25T11:00:00+02:00,\n");
}

#define OLD "Post ID,Publish time,Reach\n"
#define NEW "Post ID,Publish time,Viewers\n"

static char *
describe_weeks (Fixture    *fixture,
                const char *from,
                const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufReachSeries) series =
    ruf_reach_get_series (fixture->context, from != NULL ? moment (from) : 0,
                          to != NULL ? moment (to) : 0, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ruf_reach_series_get_n_weeks (series); i++)
    {
      const RufReachWeek *week = ruf_reach_series_get_week (series, i);

      g_string_append_printf (out, "%s %s%s %g %s %g-%g/", week->label, week->week,
                              week->metric_changed ? "!" : "", week->facebook,
                              week->facebook_metric != NULL ? week->facebook_metric : "none",
                              week->messenger, week->messenger_high);
    }

  return g_string_free (out, FALSE);
}

static void
test_weeks (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *all = NULL;
  g_autofree char *june = NULL;
  g_autofree char *nothing = NULL;

  g_assert_cmpuint (import (fixture, OLD "1,06/08/2026 00:30,100\n2,06/14/2026 23:30,20\n"), ==, 2);
  g_assert_cmpuint (import (fixture, NEW "3,06/23/2026 12:00,7\n4,06/24/2026 12:00,8\n"), ==, 2);
  add_messages (fixture);

  all = describe_weeks (fixture, NULL, NULL);
  g_assert_cmpstr (all, ==, "Wk 24 2026-W24 120 reach 1-2/Wk 25 2026-W25 -1 none -1--1/"
                            "Wk 26 2026-W26! 15 viewers 1-2/");
  june = describe_weeks (fixture, "2026-06-14", "2026-06-25");
  g_assert_cmpstr (june, ==, "Wk 24 2026-W24 20 reach -1--1/Wk 25 2026-W25 -1 none -1--1/"
                             "Wk 26 2026-W26! 15 viewers -1--1/");
  nothing = describe_weeks (fixture, "2030-01-01", NULL);
  g_assert_cmpstr (nothing, ==, "");
}

/* A week with both metrics counts by the newer one only, and is marked even as the first. */
static void
test_mixed_week (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *weeks = NULL;

  import (fixture, OLD "1,06/15/2026 08:00,1000\n");
  import (fixture, NEW "2,06/17/2026 08:00,30\n3,06/22/2026 08:00,5\n");

  weeks = describe_weeks (fixture, NULL, NULL);
  g_assert_cmpstr (weeks, ==, "Wk 25 2026-W25! 30 viewers -1--1/Wk 26 2026-W26 5 viewers -1--1/");
}

/* The weeks are there over a change of the clocks and of the year. */
static void
test_gaps (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (RufReachSeries) series = NULL;

  import (fixture, OLD "1,10/20/2025 08:00,1\n2,01/05/2026 08:00,1\n3,04/06/2026 00:00,1\n");
  series = ruf_reach_get_series (fixture->context, 0, 0, NULL);

  g_assert_cmpuint (ruf_reach_series_get_n_weeks (series), ==, 25);
  for (guint i = 1; i < 25; i++)
    g_assert_cmpstr (ruf_reach_series_get_week (series, i - 1)->week, <,
                     ruf_reach_series_get_week (series, i)->week);
  g_assert_cmpstr (ruf_reach_series_get_week (series, 10)->week, ==, "2026-W01");
}

static void
test_same_file_twice (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *days = "\"Viewers\"\n\"Date\",\"Primary\"\n\"2026-08-01T00:00:00\",\"35\"\n";
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpuint (import (fixture, OLD "1,06/08/2026 08:00,100\n"), ==, 1);
  first = describe_weeks (fixture, NULL, NULL);
  g_assert_cmpuint (import (fixture, OLD "1,06/08/2026 08:00,100\n"), ==, 0);
  second = describe_weeks (fixture, NULL, NULL);
  g_assert_cmpstr (first, ==, second);

  /* Totals: the later export replaces the earlier one. */
  g_assert_cmpuint (import (fixture, OLD "1,06/08/2026 08:00,140\n"), ==, 1);
  g_free (second);
  second = describe_weeks (fixture, NULL, NULL);
  g_assert_cmpstr (second, ==, "Wk 24 2026-W24 140 reach -1--1/");

  g_assert_cmpuint (import (fixture, days), ==, 1);
  g_assert_cmpuint (import (fixture, days), ==, 0);
}

static void
test_refused_file_changes_nothing (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "other.csv", "Name,Phone\nAnna,0171\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *weeks = NULL;

  g_assert_null (ruf_reach_import (fixture->context, path, NULL, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
  weeks = describe_weeks (fixture, NULL, NULL);
  g_assert_cmpstr (weeks, ==, "");
}

static void
check_figure (const RufFigure *figure,
              double           value,
              double           low,
              double           high,
              const char      *level)
{
  g_assert_cmpfloat (figure->value, ==, value);
  g_assert_cmpfloat (figure->low, ==, low);
  g_assert_cmpfloat (figure->high, ==, high);
  g_assert_cmpstr (figure->level, ==, level);
  g_assert_nonnull (figure->source);
}

static void
test_report (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufReachReport) report = NULL;
  g_autofree char *sentence = NULL;

  import (fixture, OLD "1,06/08/2026 08:00,100\n2,06/09/2026 08:00,30\n");
  import (fixture, NEW "3,06/23/2026 12:00,7\n4,06/24/2026 12:00,\n");
  add_messages (fixture);

  report = ruf_reach_get_report (fixture->context, moment ("2026-06-01"), moment ("2026-07-01"),
                                 &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_posts, ==, 4);
  g_assert_cmpuint (report->n_runs, ==, 2);
  check_figure (&report->facebook_reach, 130, 100, 130, "sum-not-people");
  check_figure (&report->facebook_viewers, 7, 7, 7, "sum-not-people");
  check_figure (&report->messenger_sent, 4, 4, 4, "measured");
  check_figure (&report->messenger_delivered, 4, 4, 4, "lower-bound");
  check_figure (&report->messenger_read, 2, 2, 4, "lower-bound");
  check_figure (&report->messenger_people, 1, 1, 2, "lower-bound");
  g_assert_cmpuint (report->breaks->len, ==, 1);
  g_assert_cmpstr (report->breaks->pdata[0], ==, "2026-06-15");

  sentence = ruf_reach_report_to_sentence (report);
  g_assert_cmpstr (sentence, ==,
                   "In June 2026, your posts were on someone’s screen 130 times by Meta’s old count "
                   "and, since it changed, 7 times by its new one, counted post by post; the two "
                   "cannot be added up. Your messages were read at least 2 times, by 1 person.");
}

static char *
tell (Fixture    *fixture,
      const char *from,
      const char *to)
{
  g_autoptr (RufReachReport) report =
    ruf_reach_get_report (fixture->context, from != NULL ? moment (from) : 0,
                          to != NULL ? moment (to) : 0, NULL);

  return ruf_reach_report_to_sentence (report);
}

static void
test_sentences (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *empty = tell (fixture, NULL, NULL);
  g_autofree char *since = NULL;
  g_autofree char *posts = NULL;
  g_autofree char *open = NULL;

  g_assert_cmpstr (empty, ==, "So far, nothing is known of your Facebook posts. "
                              "No messages were sent.");

  since = tell (fixture, "2026-10-05", NULL);
  g_assert_cmpstr (since, ==, "Since 5 October 2026, nothing is known of your Facebook posts. "
                              "No messages were sent.");

  import (fixture, OLD "1,06/08/2026 08:00,1\n");
  posts = tell (fixture, "2026-06-01", "2026-06-15");
  g_assert_cmpstr (posts, ==, "From 1 June 2026 to 14 June 2026, your posts were on someone’s "
                              "screen 1 time, counted post by post. No messages were sent.");
  import (fixture, OLD "2,06/10/2026 08:00,4\n");
  open = tell (fixture, NULL, NULL);
  g_assert_cmpstr (open, ==, "From 8 June 2026 to 10 June 2026, your posts were on someone’s "
                             "screen 5 times, counted post by post. No messages were sent.");
}

/* What is shown says what it means and where it comes from. */
static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (RufReachSeries) series = NULL;

  import (fixture, OLD "1,06/08/2026 08:00,1\n");
  series = ruf_reach_get_series (fixture->context, 0, 0, NULL);
  g_assert_nonnull (strstr (series->facebook_definition, "not a number of people"));
  g_assert_cmpstr (series->facebook_name, ==, "Facebook: reach per post, added up");
  g_assert_cmpstr (series->source, ==, "Sources: Meta Business Suite, export of 1 post; delivery "
                                       "receipts of 0 batches. As of 23 November 2026.");
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*run) (Fixture *, gconstpointer); } tests[] = {
    { "/engine/reach/weeks", test_weeks },
    { "/engine/reach/mixed-week", test_mixed_week },
    { "/engine/reach/gaps", test_gaps },
    { "/engine/reach/same-file-twice", test_same_file_twice },
    { "/engine/reach/refused-file", test_refused_file_changes_nothing },
    { "/engine/reach/report", test_report },
    { "/engine/reach/sentences", test_sentences },
    { "/engine/reach/words", test_words },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reach import, report, chart.
 */

#include "config.h"

#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"
#include "ruf-cli-rejects.h"
#include "ruf-cli-verbs.h"
#include "ruf-error.h"
#include "ruf-moment.h"
#include "ruf-reach.h"
#include "ruf-words.h"

#define DEFAULT_WIDTH  960
#define DEFAULT_HEIGHT 540
#define LARGEST_SIDE   16384

/* Sums over a file's rows; not a number of people. */
typedef struct
{
  gint64   reach, viewers, views, impressions;
  gboolean has_reach, has_viewers, has_views, has_impressions;
} Sums;

static void
add_figure (gint64    value,
            gint64   *sum,
            gboolean *has)
{
  if (value == RUF_NOT_MEASURED)
    return;

  *sum += value;
  *has = TRUE;
}

static void
add_posts (Sums      *sums,
           GPtrArray *posts)
{
  for (guint i = 0; posts != NULL && i < posts->len; i++)
    {
      const RufPost *post = g_ptr_array_index (posts, i);

      add_figure (post->reach, &sums->reach, &sums->has_reach);
      add_figure (post->viewers, &sums->viewers, &sums->has_viewers);
      add_figure (post->views, &sums->views, &sums->has_views);
      add_figure (post->impressions, &sums->impressions, &sums->has_impressions);
    }
}

static void
write_sums (RufCliOutput *output,
            const Sums   *sums)
{
  if (sums->has_reach)
    ruf_cli_output_int (output, "reach", sums->reach);
  if (sums->has_viewers)
    ruf_cli_output_int (output, "viewers", sums->viewers);
  if (sums->has_views)
    ruf_cli_output_int (output, "views", sums->views);
  if (sums->has_impressions)
    ruf_cli_output_int (output, "impressions", sums->impressions);
}

/* What all files of one call held. */
typedef struct
{
  Sums   sums;
  gint64 posts;
  gint64 days;
  guint  rejected;
} Total;

static void
write_file (RufCliCall        *call,
            const char        *path,
            const RufMetaFile *file,
            guint              changed,
            Total             *total)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  guint posts = file->posts != NULL ? file->posts->len : 0;
  guint days = file->days != NULL ? file->days->len : 0;
  Sums sums = { 0 };

  add_posts (&sums, file->posts);
  add_posts (&total->sums, file->posts);
  total->posts += posts;
  total->days += days;

  ruf_cli_output_string (output, "file", path);
  ruf_cli_output_string (output, "format", file->format);
  ruf_cli_output_string (output, "encoding", file->encoding);
  if (file->metric != NULL)
    ruf_cli_output_string (output, "metric", file->metric);
  ruf_cli_output_int (output, "posts", posts);
  ruf_cli_output_int (output, "days", days);
  ruf_cli_output_int (output, "duplicates", file->duplicates);
  ruf_cli_output_int (output, "changed", changed);
  write_sums (output, &sums);
  ruf_cli_output_say (output, _("%s: %u posts, %u days, %u of them new or changed."), path, posts,
                      days, changed);
  ruf_cli_rejects_write (call, path, file->rejects, file->rejects->len);
}

static gboolean
import_file (RufCliCall  *call,
             RufContext  *context,
             const char  *path,
             gboolean     one_of_many,
             Total       *total,
             GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  g_autoptr (RufMetaFile) file = NULL;
  guint changed;

  ruf_cli_call_begin (call, _("Taking the export in"));
  file = ruf_reach_import (context, path, &changed, ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);
  if (file == NULL)
    return FALSE;

  if (one_of_many)
    ruf_cli_output_begin_object (output, NULL);
  write_file (call, path, file, changed, total);
  if (one_of_many)
    ruf_cli_output_end (output);

  return TRUE;
}

/**
 * ruf_cli_reach_import:
 * @call: the call
 * @error: return location
 *
 * `reach import FILE…`: exports of Facebook's insights.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_reach_import (RufCliCall  *call,
                      GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  Total total = { 0 };
  gboolean many;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  many = ruf_cli_call_get_n_words (call) > 1;
  if (many)
    ruf_cli_output_begin_array (output, "files");
  for (guint i = 0; i < ruf_cli_call_get_n_words (call); i++)
    if (!import_file (call, context, ruf_cli_call_get_word (call, i), many, &total, error))
      {
        /* What came before is in all the same. */
        if (i > 0)
          ruf_cli_call_set_partial (call);
        return FALSE;
      }

  if (many)
    {
      ruf_cli_output_end (output);
      ruf_cli_output_int (output, "posts", total.posts);
      ruf_cli_output_int (output, "days", total.days);
      write_sums (output, &total.sums);
    }

  return TRUE;
}

static void
write_figure (RufCliOutput    *output,
              const char      *name,
              const RufFigure *figure)
{
  ruf_cli_output_begin_object (output, name);
  if (figure->value >= 0)
    {
      ruf_cli_output_double (output, "value", figure->value);
      ruf_cli_output_double (output, "low", figure->low);
      ruf_cli_output_double (output, "high", figure->high);
    }
  else
    {
      ruf_cli_output_string (output, "value", NULL);
      ruf_cli_output_string (output, "low", NULL);
      ruf_cli_output_string (output, "high", NULL);
    }
  ruf_cli_output_string (output, "level", figure->level);
  ruf_cli_output_string (output, "source", figure->source);
  ruf_cli_output_end (output);
}

/* How sure a figure is, as JSON and people say it. */
static const char *
get_level_words (const char *level)
{
  static const struct
  {
    const char *level;
    const char *words;
  } levels[] = {
    { "measured", N_("measured") },
    { "lower-bound", N_("at least; not every message tells") },
    { "sum-not-people", N_("screens, not people: who saw two posts counts twice") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (level, levels[i].level))
      return _(levels[i].words);

  return level;
}

static void
print_figure (const char      *name,
              const RufFigure *figure)
{
  if (figure->value < 0)
    printf (_("  %s: not measured\n"), name);
  else
    printf ("  %s: %'.0f (%s; %s)\n", name, figure->value, get_level_words (figure->level),
            figure->source != NULL ? figure->source : "–");
}

static void
write_report (RufCliOutput         *output,
              const RufReachReport *report)
{
  ruf_cli_output_moment (output, "from", report->from);
  ruf_cli_output_moment (output, "to", report->to);
  ruf_cli_output_begin_object (output, "facebook");
  ruf_cli_output_int (output, "posts", report->n_posts);
  write_figure (output, "reach", &report->facebook_reach);
  write_figure (output, "viewers", &report->facebook_viewers);
  ruf_cli_output_end (output);
  ruf_cli_output_begin_object (output, "messenger");
  ruf_cli_output_int (output, "runs", report->n_runs);
  write_figure (output, "sent", &report->messenger_sent);
  write_figure (output, "delivered", &report->messenger_delivered);
  write_figure (output, "read", &report->messenger_read);
  write_figure (output, "people", &report->messenger_people);
  ruf_cli_output_end (output);
  ruf_cli_output_begin_array (output, "breaks");
  for (guint i = 0; i < report->breaks->len; i++)
    ruf_cli_output_string (output, NULL, g_ptr_array_index (report->breaks, i));
  ruf_cli_output_end (output);
}

static void
print_break (const char *date,
             GTimeZone  *zone)
{
  g_autofree char *day = NULL;
  gint64 moment;

  if (ruf_moment_parse (date, zone, &moment) == RUF_MOMENT_NONE)
    return;

  day = ruf_words_day (moment, zone);
  printf (_("Meta changed what it measures on %s; figures before and after do not compare.\n"),
          day);
}

static void
print_report (const RufReachReport *report,
              GTimeZone            *zone)
{
  g_autofree char *sentence = ruf_reach_report_to_sentence (report);

  puts (sentence);
  printf (ngettext ("Facebook, %u post\n", "Facebook, %u posts\n", report->n_posts),
          report->n_posts);
  print_figure (_("reach, added up"), &report->facebook_reach);
  print_figure (_("viewers, added up"), &report->facebook_viewers);
  printf (ngettext ("Messages, %u run\n", "Messages, %u runs\n", report->n_runs), report->n_runs);
  print_figure (_("sent"), &report->messenger_sent);
  print_figure (_("delivered"), &report->messenger_delivered);
  print_figure (_("read"), &report->messenger_read);
  print_figure (_("people who read"), &report->messenger_people);
  for (guint i = 0; i < report->breaks->len; i++)
    print_break (g_ptr_array_index (report->breaks, i), zone);
}

/**
 * ruf_cli_reach_report:
 * @call: the call
 * @error: return location
 *
 * `reach report`: both sides, each figure with how sure it is.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_reach_report (RufCliCall  *call,
                      GError     **error)
{
  g_autofree char *from_text = NULL;
  g_autofree char *to_text = NULL;
  g_autoptr (RufReachReport) report = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  gint64 from;
  gint64 to;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from_text, N_("First day"), "D" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to_text, N_("Last day"), "D" },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_parse_period (call, from_text, to_text, &from, &to, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  report = ruf_reach_get_report (context, from, to, error);
  if (report == NULL)
    return FALSE;

  write_report (output, report);
  if (!ruf_cli_output_is_json (output))
    print_report (report, ruf_cli_call_get_zone (call));

  return TRUE;
}

typedef struct
{
  char *output;
  int   width;
  int   height;
  char *from;
  char *to;
} ChartOptions;

static void
chart_options_clear (ChartOptions *self)
{
  g_free (self->output);
  g_free (self->from);
  g_free (self->to);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChartOptions, chart_options_clear)

static gboolean
check_chart (RufCliCall          *call,
             const ChartOptions  *options,
             GError             **error)
{
  const char *name = ruf_cli_call_get_word (call, 0);

  if (!ruf_cli_call_require (call, "--output", options->output, error))
    return FALSE;

  if (!g_str_equal (name, "compare"))
    {
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("There is no chart “%s”. Use compare."), name);
      return FALSE;
    }

  if (options->width > 0 && options->height > 0 &&
      options->width <= LARGEST_SIDE && options->height <= LARGEST_SIDE)
    return TRUE;

  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
               _("--width and --height lie between 1 and %d."), LARGEST_SIDE);
  return FALSE;
}

static gboolean
draw_chart (RufCliCall          *call,
            const ChartOptions  *options,
            GError             **error)
{
  g_autoptr (RufReachSeries) series = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  gint64 from;
  gint64 to;

  if (!ruf_cli_call_parse_period (call, options->from, options->to, &from, &to, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  series = ruf_reach_get_series (context, from, to, error);
  if (series == NULL ||
      !ruf_reach_chart_write (series, options->output, options->width, options->height, error))
    return FALSE;

  ruf_cli_output_string (output, "file", options->output);
  ruf_cli_output_say (output, _("Wrote %s."), options->output);

  return TRUE;
}

/**
 * ruf_cli_reach_chart:
 * @call: the call
 * @error: return location
 *
 * `reach chart NAME`: a chart as SVG, PNG, PDF or CSV, by the file's ending.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_reach_chart (RufCliCall  *call,
                     GError     **error)
{
  g_auto (ChartOptions) options = { .width = DEFAULT_WIDTH, .height = DEFAULT_HEIGHT };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_("The file; its ending says the kind"), N_("FILE.svg|png|pdf|csv") },
    { "width", 0, 0, G_OPTION_ARG_INT, &options.width, N_("Pixels across (default 960)"), "N" },
    { "height", 0, 0, G_OPTION_ARG_INT, &options.height, N_("Pixels down (default 540)"), "N" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_("First day"), "D" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_("Last day"), "D" },
    { NULL },
  };

  return ruf_cli_call_parse (call, entries, error) &&
         check_chart (call, &options, error) &&
         draw_chart (call, &options, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sample shop from start to end: its year in, next week's offer out, charts written. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ruf-campaign-table.h"
#include "ruf-demo.h"
#include "ruf-demo-shop.h"
#include "ruf-dispatcher.h"
#include "ruf-error.h"
#include "ruf-moment.h"
#include "ruf-place.h"
#include "ruf-reach.h"
#include "ruf-sandbox-process.h"
#include "ruf-words.h"

#define OFFER "Wochenangebot"
#define BACKEND "practice"
#define CHART_WIDTH 1200
#define CHART_HEIGHT 640
#define CHART_WEEKS 16

/* The shop's next message; it is the shop's language, not the user's. */
static const char offer_text[] =
  "Guten Morgen {{first_name|aus der Metzgerei Sonnental}}!\n"
  "Nächste Woche: Rinderrouladen, 100 g 1,99 €.\n"
  "Metzgerei Sonnental, Musterweg 1, 00101 Sonnental – Impressum: "
  "https://www.example.org/impressum\n"
  "Keine Nachrichten mehr? Einfach STOP schreiben.";

typedef struct
{
  const char    *dir;
  RufDemoSay     say;
  gpointer       user_data;
  RufDemoResult *result;
  GCancellable  *cancellable;
  gint64         send_at;
  RufRun        *run;         /* of the offer, or NULL */
} Demo;

static void
demo_clear (Demo *self)
{
  g_clear_pointer (&self->run, ruf_run_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

G_GNUC_PRINTF (2, 3) static void
say (Demo       *demo,
     const char *format,
     ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  demo->say (line, demo->user_data);
}

/* Thursday after today, ten in the morning. */
static gint64
get_next_thursday (RufContext *context)
{
  GTimeZone *zone = ruf_context_get_zone (context);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) ten = NULL;
  gint64 moment = ruf_context_get_now (context);
  int ahead;

  utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  now = g_date_time_to_timezone (utc, zone);
  ahead = (G_DATE_THURSDAY - g_date_time_get_day_of_week (now) + 7) % 7;
  day = g_date_time_add_days (now, ahead == 0 ? 7 : ahead);
  ten = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                         g_date_time_get_day_of_month (day), 10, 0, 0);
  return g_date_time_to_unix (ten) * G_USEC_PER_SEC;
}

static RufRun *
find_run (RufDb   *db,
          gint64   campaign_id,
          GError **error)
{
  g_autoptr (GPtrArray) runs = ruf_outbox_table_list_runs (db, error);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      RufRun *run = g_ptr_array_index (runs, i);

      if (run->campaign_id == campaign_id)
        return ruf_outbox_table_get_run (db, run->id, error);
    }
  return NULL;
}

static gboolean
read_offer (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Demo *demo = data;
  g_autoptr (GError) fault = NULL;
  g_autoptr (RufCampaign) campaign = ruf_campaign_table_get (db, OFFER, &fault);

  if (g_error_matches (fault, RUF_ERROR, RUF_ERROR_NOT_FOUND))
    return TRUE;
  if (campaign != NULL)
    demo->run = find_run (db, campaign->id, &fault);
  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));
  return fault == NULL;
}

typedef struct
{
  Demo   *demo;
  gint64  now;
} Plan;

static gboolean
plan_offer (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Plan *plan = data;
  g_autoptr (RufCampaign) campaign = ruf_campaign_new ();
  g_autoptr (RufMessage) message = NULL;
  gint64 id, run_id;

  if (!ruf_message_table_save (db, OFFER, RUF_CHANNEL_WHATSAPP, offer_text, plan->now, &message,
                               error))
    return FALSE;
  campaign->name = g_strdup (OFFER);
  campaign->message_id = message->id;
  campaign->channel = RUF_CHANNEL_WHATSAPP;
  campaign->purpose = g_strdup ("weekly-offer");
  campaign->segment = g_strdup ("");
  campaign->send_at = plan->demo->send_at;
  campaign->not_after = plan->demo->send_at + 8 * G_TIME_SPAN_HOUR;
  if (!ruf_campaign_table_save (db, campaign, plan->now, &id, error)
      || !ruf_outbox_table_plan (db, id, plan->now, &run_id, error))
    return FALSE;
  plan->demo->run = ruf_outbox_table_get_run (db, run_id, error);
  return plan->demo->run != NULL;
}

typedef struct
{
  gint64  run_id;
  GArray *excluded;
} Excluded;

static gboolean
read_excluded (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Excluded *request = data;

  request->excluded = ruf_outbox_table_get_excluded (db, request->run_id, error);
  return request->excluded != NULL;
}

static void
say_left_out (Demo   *demo,
              GArray *excluded)
{
  for (guint i = 0; i < excluded->len; i++)
    {
      RufExcludeCount *count = &g_array_index (excluded, RufExcludeCount, i);

      say (demo, ngettext ("  %d person is left out: %s.", "  %d people are left out: %s.",
                           count->count),
           (int) count->count, ruf_words_exclude (count->reason));
    }
}

static gboolean
say_plan (Demo        *demo,
          RufContext  *context,
          GError     **error)
{
  Excluded request = { .run_id = demo->run->id };
  GTimeZone *zone = ruf_context_get_zone (context);
  g_autofree char *today = ruf_words_weekday_moment (ruf_context_get_now (context), zone);
  g_autofree char *when = ruf_words_weekday_moment (demo->run->due_at, zone);
  int ready = ruf_run_get_ready (demo->run);

  if (!ruf_store_read_sync (ruf_context_get_store (context), read_excluded, &request,
                            demo->cancellable, error))
    return FALSE;

  say (demo, _("  Now it is %s. “%s” is to leave on %s."), today, OFFER, when);
  say (demo, ngettext ("  %d person will get it.", "  %d people will get it.", ready), ready);
  say_left_out (demo, request.excluded);
  g_array_unref (request.excluded);
  return TRUE;
}

static gboolean
prepare_offer (Demo        *demo,
               RufContext  *context,
               GError     **error)
{
  Plan plan = { .demo = demo, .now = ruf_context_get_now (context) };
  RufStore *store = ruf_context_get_store (context);

  say (demo, _("3. The shop plans its next offer"));
  if (!ruf_store_read_sync (store, read_offer, demo, demo->cancellable, error))
    return FALSE;
  if (demo->run != NULL)
    {
      say (demo, _("  “%s” was planned before."), OFFER);
      return TRUE;
    }
  demo->send_at = get_next_thursday (context);
  return ruf_store_write_sync (store, plan_offer, &plan, demo->cancellable, error)
         && say_plan (demo, context, error);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      job)
{
  ruf_job_cancel (job);
}

static gboolean
dispatch (Demo        *demo,
          RufContext  *context,
          GError     **error)
{
  g_autoptr (RufDispatcher) dispatcher = ruf_dispatcher_new (context, demo->run->id, BACKEND);
  gulong handler = 0;
  gboolean done;

  if (demo->cancellable != NULL)
    handler = g_cancellable_connect (demo->cancellable, G_CALLBACK (cancelled_cb), dispatcher,
                                     NULL);
  done = ruf_job_run_sync (RUF_JOB (dispatcher), error);
  if (demo->cancellable != NULL)
    g_cancellable_disconnect (demo->cancellable, handler);
  return done;
}

static gboolean
read_run (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Demo *demo = data;
  RufRun *run = ruf_outbox_table_get_run (db, demo->run->id, error);

  if (run == NULL)
    return FALSE;
  ruf_run_free (demo->run);
  demo->run = run;
  return TRUE;
}

static gboolean
say_results (Demo        *demo,
             RufContext  *context,
             GError     **error)
{
  if (!ruf_store_read_sync (ruf_context_get_store (context), read_run, demo, demo->cancellable,
                            error))
    return FALSE;
  say (demo, _("  Taken: %d. Reported as delivered: %d, of these as read: %d, as failed: %d."),
       (int) ruf_run_get_sent (demo->run) + (int) demo->run->counts[RUF_MESSAGE_FAILED],
       (int) ruf_run_get_delivered (demo->run), (int) demo->run->counts[RUF_MESSAGE_READ],
       (int) demo->run->counts[RUF_MESSAGE_FAILED]);
  return TRUE;
}

/* The clock of the sending part stands at the campaign's time: the demo shows next week now. */
static gboolean
send_offer (Demo    *demo,
            GError **error)
{
  g_autoptr (RufClock) clock = ruf_clock_new_at (demo->run->due_at);
  g_autoptr (RufContext) context = ruf_context_new (demo->result->db, clock, error);
  g_autofree char *file = g_build_filename (demo->dir, "sandbox.db", NULL);
  g_autofree char *when = NULL;
  g_autoptr (RufSandboxProcess) sandbox = NULL;

  if (context == NULL)
    return FALSE;
  when = ruf_words_weekday_moment (demo->run->due_at, ruf_context_get_zone (context));
  say (demo, _("  So that you need not wait, the clock is put forward to %s; in the sample shop "
               "the offer counts as sent then."), when);
  sandbox = ruf_sandbox_process_start (file, error);
  if (sandbox == NULL || !ruf_sandbox_process_register (sandbox, context, error))
    return FALSE;
  say (demo, _("  The practice service on this computer plays the sending service. It delivers "
               "nothing to anybody and invents what it reports."));
  return dispatch (demo, context, error) && say_results (demo, context, error);
}

/* The window's clock goes on where the rehearsal's stood, or else what was sent would lie
 * ahead. */
static void
say_window (Demo       *demo,
            RufContext *context)
{
  g_autofree char *built = ruf_place_find ("src/rundruf", NULL);
  const char *window = built != NULL ? built : "rundruf";
  g_autofree char *due = ruf_moment_to_iso8601 (demo->run->due_at);

  say (demo, _("The whole shop lies in %s. To look at it, call:"), demo->result->db);
  if (demo->run->due_at > ruf_context_get_now (context))
    say (demo, "  %s --db %s --now %s", window, demo->result->db, due);
  else
    say (demo, "  %s --db %s", window, demo->result->db);
}

static void
say_charts (Demo *demo)
{
  static const char * const uses[] = {
    N_("for a web page"), N_("for a letter or a post"), N_("for printing"),
    N_("the figures, for a spreadsheet"),
  };

  for (guint i = 0; i < demo->result->charts->len; i++)
    /* Translators: a file, and what it is for */
    say (demo, _("  %s (%s)"), (char *) g_ptr_array_index (demo->result->charts, i), _(uses[i]));
}

static gboolean
write_charts (Demo        *demo,
              RufContext  *context,
              GError     **error)
{
  static const char * const endings[] = { "svg", "png", "pdf", "csv" };
  gint64 from = demo->run->due_at - CHART_WEEKS * 7 * G_TIME_SPAN_DAY;
  g_autoptr (RufReachSeries) series = NULL;
  g_autoptr (RufReachReport) report = NULL;
  g_autofree char *sentence = NULL;

  say (demo, _("5. What reached people: Facebook posts beside messages, week by week"));
  from = ruf_moment_week_start (from, ruf_context_get_zone (context));
  series = ruf_reach_get_series (context, from, 0, error);
  report = series != NULL ? ruf_reach_get_report (context, from, 0, error) : NULL;
  if (report == NULL)
    return FALSE;

  sentence = ruf_reach_report_to_sentence (report);
  say (demo, "  %s", sentence);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat ("reach.", endings[i], NULL);
      char *path = g_build_filename (demo->dir, name, NULL);

      g_ptr_array_add (demo->result->charts, path);
      if (!ruf_reach_chart_write (series, path, CHART_WIDTH, CHART_HEIGHT, error))
        return FALSE;
    }
  say_charts (demo);
  say_window (demo, context);
  return TRUE;
}

static gboolean
is_finished (const RufRun *run)
{
  return run->state == RUF_RUN_DONE || run->state == RUF_RUN_CANCELLED;
}

static gboolean
run_steps (Demo        *demo,
           const char  *sample,
           GError     **error)
{
  g_autoptr (RufClock) clock = ruf_clock_new ();
  g_autoptr (RufContext) context = ruf_context_new (demo->result->db, clock, error);

  say (demo, _("Metzgerei Sonnental is a butcher who does not exist. This is its year, step by "
               "step."));
  if (context == NULL
      || !ruf_demo_shop_take_in (context, sample, demo->say, demo->user_data, demo->cancellable,
                                 error)
      || !prepare_offer (demo, context, error))
    return FALSE;

  say (demo, _("4. The sending is rehearsed"));
  if (is_finished (demo->run))
    {
      g_autofree char *when = ruf_words_weekday_moment (demo->run->due_at,
                                                     ruf_context_get_zone (context));

      say (demo, _("  The sending of “%s” for %s was rehearsed before; nothing is sent again."),
           OFFER, when);
    }
  else
    {
      g_clear_object (&context);
      if (!send_offer (demo, error))
        return FALSE;
      context = ruf_context_new (demo->result->db, clock, error);
      if (context == NULL)
        return FALSE;
    }
  demo->result->run_id = demo->run->id;
  demo->result->state = demo->run->state;
  return write_charts (demo, context, error);
}

/**
 * ruf_demo_find_sample:
 *
 * Returns: (transfer full) (nullable): the folder with the sample shop's files, of the source
 *   tree that the program runs in, or the installed one; %NULL where neither is there
 */
char *
ruf_demo_find_sample (void)
{
  g_autofree char *installed = g_build_filename (PKGDATA_DIR, "sample-shop", NULL);
  char *sample = ruf_place_find ("data/sample-shop", "contacts.csv");

  if (sample != NULL)
    return sample;
  return g_file_test (installed, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&installed) : NULL;
}

static gboolean
make_dir (const char  *dir,
          GError     **error)
{
  if (g_mkdir_with_parents (dir, 0700) == 0)
    return TRUE;
  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               _("The folder “%s” cannot be made (%s). Name another one."), dir,
               g_strerror (errno));
  return FALSE;
}

/**
 * ruf_demo_run:
 * @dir: where database, sandbox and charts go; made where it is missing
 * @say: (scope call): is told each step, in a sentence in the user's language
 * @user_data: for @say
 * @result: (out): what was done; clear it with ruf_demo_result_clear(), also after an error
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Takes the sample shop's year in, plans its offer for next Thursday, sends it to the sandbox
 * with the clock put forward, fetches the receipts and writes the reach chart. What an earlier
 * call did is not done again; what it did not finish goes on.
 *
 * Returns: %TRUE where all of it is done
 */
gboolean
ruf_demo_run (const char     *dir,
              RufDemoSay      say_func,
              gpointer        user_data,
              RufDemoResult  *result,
              GCancellable   *cancellable,
              GError        **error)
{
  g_auto (Demo) demo = {
    .dir = dir, .say = say_func, .user_data = user_data,
    .result = result, .cancellable = cancellable,
  };
  g_autofree char *sample = ruf_demo_find_sample ();

  g_return_val_if_fail (dir != NULL && say_func != NULL && result != NULL, FALSE);

  *result = (RufDemoResult) { 0 };
  if (sample == NULL)
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                           _("The sample shop is not there. Install Rundruf with its data, or run "
                             "it from its source folder."));
      return FALSE;
    }
  if (!make_dir (dir, error))
    return FALSE;
  result->db = g_build_filename (dir, "rundruf.db", NULL);
  result->charts = g_ptr_array_new_with_free_func (g_free);
  return run_steps (&demo, sample, error);
}

/**
 * ruf_demo_result_clear:
 * @self: a result
 *
 * Frees what @self holds.
 */
void
ruf_demo_result_clear (RufDemoResult *self)
{
  g_clear_pointer (&self->db, g_free);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
}

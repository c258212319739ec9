/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * campaign save, list, plan.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-cli-error.h"
#include "ruf-cli-run.h"
#include "ruf-cli-segment.h"
#include "ruf-cli-table.h"
#include "ruf-cli-verbs.h"
#include "ruf-cost.h"
#include "ruf-error.h"
#include "ruf-outbox-table.h"
#include "ruf-plan-note.h"
#include "ruf-text-measure.h"

typedef struct
{
  char *message;
  char *channel;
  char *purpose;
  char *segment;
  char *at;
  char *not_after;
} SaveOptions;

static void
save_options_clear (SaveOptions *self)
{
  g_free (self->message);
  g_free (self->channel);
  g_free (self->purpose);
  g_free (self->segment);
  g_free (self->at);
  g_free (self->not_after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SaveOptions, save_options_clear)

/* What there is to say of @campaign; fails where that blocks it. */
static gboolean
take_notes (RufCliCall         *call,
            RufDb              *db,
            const RufCampaign  *campaign,
            GPtrArray         **notes,
            GError            **error)
{
  *notes = ruf_plan_notes_make (db, campaign, ruf_cli_call_get_now (call),
                                ruf_cli_call_get_zone (call), error);

  return *notes != NULL && ruf_plan_notes_allow (*notes, error);
}

static void
write_notes_that (RufCliOutput *output,
                  const char   *name,
                  GPtrArray    *notes,
                  gboolean      block)
{
  ruf_cli_output_begin_array (output, name);
  for (guint i = 0; i < notes->len; i++)
    {
      const RufPlanNote *note = g_ptr_array_index (notes, i);

      if (ruf_plan_code_blocks (note->code) != block)
        continue;
      ruf_cli_output_begin_object (output, NULL);
      ruf_cli_output_string (output, "code", ruf_plan_code_to_string (note->code));
      ruf_cli_output_string (output, "text", note->text);
      ruf_cli_output_end (output);
      /* The first one that blocks is told as the error. */
      if (!block || i > 0)
        ruf_cli_output_warn (output, "%s", note->text);
    }
  ruf_cli_output_end (output);
}

/* @notes may be NULL: something else failed before. */
static void
write_notes (RufCliCall *call,
             GPtrArray  *notes)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);

  if (notes == NULL)
    return;

  write_notes_that (output, "warnings", notes, FALSE);
  if (!ruf_plan_notes_allow (notes, NULL))
    write_notes_that (output, "errors", notes, TRUE);
}

typedef struct
{
  RufCliCall  *call;
  RufCampaign *campaign;
  GPtrArray   *notes;
  gint64       id;
} Save;

static gboolean
save (RufDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Save *request = data;

  return take_notes (request->call, db, request->campaign, &request->notes, error) &&
         ruf_campaign_table_save (db, request->campaign, ruf_cli_call_get_now (request->call),
                                  &request->id, error);
}

static gboolean
store_campaign (RufCliCall   *call,
                RufCampaign  *campaign,
                GError      **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  Save request = { .call = call, .campaign = campaign };
  gboolean done = ruf_cli_call_write (call, save, &request, error);
  g_autoptr (GPtrArray) notes = request.notes;

  write_notes (call, notes);
  if (!done)
    return FALSE;

  ruf_cli_output_int (output, "id", request.id);
  ruf_cli_output_moment (output, "next", campaign->send_at);
  ruf_cli_output_say (output, _("Saved “%s”. Plan it with “rundruf-cli campaign plan”."),
                      campaign->name);

  return TRUE;
}

/* Reads the options into @campaign. */
static gboolean
fill_campaign (RufCliCall         *call,
               const SaveOptions  *options,
               RufCampaign        *campaign,
               GError            **error)
{
  g_autoptr (RufSegment) segment = NULL;
  const char *key;

  if (!ruf_cli_call_require (call, "--message", options->message, error) ||
      !ruf_cli_call_parse_channel (call, options->channel, &campaign->channel, error) ||
      !ruf_cli_call_require (call, "--purpose", options->purpose, error) ||
      !ruf_cli_call_require (call, "--at", options->at, error) ||
      !ruf_cli_call_parse_moment (call, "--at", options->at, TRUE, &campaign->send_at, error) ||
      !ruf_cli_call_parse_moment (call, "--not-after", options->not_after, TRUE,
                                  &campaign->not_after, error) ||
      !ruf_cli_segment_parse (options->segment, &segment, error))
    return FALSE;

  key = ruf_purpose_from_words (options->purpose);
  campaign->name = g_strdup (ruf_cli_call_get_word (call, 0));
  campaign->message_name = g_strdup (options->message);
  campaign->purpose = g_strdup (key != NULL ? key : options->purpose);
  campaign->segment = segment != NULL ? ruf_segment_to_string (segment) : g_strdup ("");

  return TRUE;
}

/**
 * ruf_cli_campaign_save:
 * @call: the call
 * @error: return location
 *
 * `campaign save NAME`: what goes to whom, and when.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_campaign_save (RufCliCall  *call,
                       GError     **error)
{
  g_auto (SaveOptions) options = { 0 };
  g_autoptr (RufCampaign) campaign = ruf_campaign_new ();
  const GOptionEntry entries[] = {
    { "message", 0, 0, G_OPTION_ARG_STRING, &options.message, N_("Name of the message"), "M" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &options.channel,
      N_("whatsapp, telegram, sms, email or signal"), "C" },
    { "purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose,
      N_("The purpose that people agreed to"), "P" },
    { "segment", 0, 0, G_OPTION_ARG_STRING, &options.segment,
      N_("Only these people (default: everyone who agreed)"), N_("EXPR") },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, N_("When; local time without an offset"), "T" },
    { "not-after", 0, 0, G_OPTION_ARG_STRING, &options.not_after,
      N_("What has not left by then never leaves"), "T" },
    { NULL },
  };

  return ruf_cli_call_parse (call, entries, error) &&
         fill_campaign (call, &options, campaign, error) &&
         store_campaign (call, campaign, error);
}

static void
write_campaign (RufCliTable   *table,
                RufCliOutput  *output,
                gconstpointer  row)
{
  const RufCampaign *campaign = row;

  ruf_cli_output_int (output, "id", campaign->id);
  ruf_cli_table_add_text (table, "name", campaign->name);
  ruf_cli_table_add_text (table, "message", campaign->message_name);
  ruf_cli_table_add_text (table, "channel", ruf_channel_to_string (campaign->channel));
  ruf_cli_table_add_text (table, "purpose", campaign->purpose);
  ruf_cli_table_add_moment (table, "next", campaign->send_at);
  ruf_cli_table_add_text (table, "segment", campaign->segment);
  ruf_cli_output_moment (output, "not_after", campaign->not_after);
}

/**
 * ruf_cli_campaign_list:
 * @call: the call
 * @error: return location
 *
 * `campaign list`: by time, latest first.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_campaign_list (RufCliCall  *call,
                       GError     **error)
{
  static const RufCliList list = {
    .member = "campaigns",
    .headers = { N_("Name"), N_("Message"), N_("Channel"), N_("Purpose"), N_("When"),
                 N_("People") },
    .read = ruf_campaign_table_list,
    .write_row = write_campaign,
  };

  return ruf_cli_list_run (call, &list, error);
}

/* A plan, and what its text costs a piece. */
typedef struct
{
  RufCliCall *call;
  const char *name;
  GPtrArray  *notes;
  gint64      run_id;
  guint       segments;
} Plan;

static gboolean
count_segments (RufDb              *db,
                const RufCampaign  *campaign,
                guint              *segments,
                GError            **error)
{
  g_autoptr (RufMessage) message = ruf_message_table_get (db, campaign->message_name, error);
  RufTextMeasure measure;

  if (message == NULL)
    return FALSE;

  ruf_text_measure (message->body, campaign->channel, &measure);
  *segments = measure.segments;
  ruf_text_measure_clear (&measure);

  return TRUE;
}

static gboolean
plan (RufDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Plan *request = data;
  g_autoptr (RufCampaign) campaign = ruf_campaign_table_get (db, request->name, error);

  if (campaign == NULL)
    return FALSE;

  if (campaign->message_name == NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("“%s” is history: it has no message of ours. Save a campaign first."),
                   campaign->name);
      return FALSE;
    }

  return take_notes (request->call, db, campaign, &request->notes, error) &&
         count_segments (db, campaign, &request->segments, error) &&
         ruf_outbox_table_plan (db, campaign->id, ruf_cli_call_get_now (request->call),
                                &request->run_id, error);
}

static void
write_cost (RufCliOutput *output,
            RufChannel    channel,
            gint64        ready,
            guint         segments)
{
  RufCost cost;

  ruf_cost_estimate (channel, ready, segments, &cost);
  ruf_cli_output_begin_object (output, "cost");
  ruf_cli_output_string (output, "currency", cost.currency);
  ruf_cli_output_double (output, "low", cost.low);
  ruf_cli_output_double (output, "likely", cost.likely);
  ruf_cli_output_double (output, "high", cost.high);
  ruf_cli_output_end (output);

  ruf_cli_output_say (output, _("Cost at the platform: %.2f to %.2f €, likely %.2f €."),
                      cost.low, cost.high, cost.likely);
}

/* Whoever may have said stop is left out until somebody has read it: nobody guesses why. */
static void
write_in_review (RufCliOutput *output,
                 GArray       *excluded)
{
  gint64 n = 0;

  for (guint i = 0; i < excluded->len; i++)
    if (g_array_index (excluded, RufExcludeCount, i).reason == RUF_EXCLUDE_IN_REVIEW)
      n = g_array_index (excluded, RufExcludeCount, i).count;

  ruf_cli_output_int (output, "in_review", n);
  if (n > 0)
    ruf_cli_output_say (output, ngettext ("%lld person wrote something that may mean stop. Read it "
                                          "with “rundruf-cli replies list --review”, settle it, "
                                          "and plan again.",
                                          "%lld people wrote something that may mean stop. Read it "
                                          "with “rundruf-cli replies list --review”, settle it, "
                                          "and plan again.", n), (long long) n);
}

static gboolean
write_plan (RufCliCall  *call,
            const Plan  *request,
            GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  g_autoptr (RufRun) run = NULL;
  g_autoptr (GArray) excluded = NULL;

  if (!ruf_cli_run_read (call, request->run_id, &run, &excluded, error))
    return FALSE;

  ruf_cli_output_int (output, "run", run->id);
  ruf_cli_output_int (output, "planned", run->planned);
  ruf_cli_output_int (output, "ready", ruf_run_get_ready (run));
  ruf_cli_output_say (output, ngettext ("Run %lld: %lld of %lld person gets “%s”.",
                                        "Run %lld: %lld of %lld people get “%s”.", run->planned),
                      (long long) run->id, (long long) ruf_run_get_ready (run),
                      (long long) run->planned, run->title);
  if (ruf_run_get_ready (run) < run->planned)
    ruf_cli_call_set_partial (call);
  ruf_cli_run_write_excluded (call, "excluded", excluded);
  write_in_review (output, excluded);
  write_cost (output, run->channel, ruf_run_get_ready (run), request->segments);

  return TRUE;
}

/**
 * ruf_cli_campaign_plan:
 * @call: the call
 * @error: return location
 *
 * `campaign plan NAME`: freezes the audience. Exit code 3 where people were left out.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_campaign_plan (RufCliCall  *call,
                       GError     **error)
{
  Plan request = { .call = call };
  g_autoptr (GPtrArray) notes = NULL;
  gboolean done;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;

  request.name = ruf_cli_call_get_word (call, 0);
  ruf_cli_call_begin (call, _("Planning"));
  done = ruf_cli_call_write (call, plan, &request, error);
  ruf_cli_call_end (call);
  notes = request.notes;
  write_notes (call, notes);

  return done && write_plan (call, &request, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run import, receipts import, receipts collect, replies import.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-cli-rejects.h"
#include "ruf-cli-verbs.h"
#include "ruf-intake.h"

typedef gboolean (*IntakeFunc) (RufContext    *context,
                                const char    *name,
                                RufIntake     *out,
                                GCancellable  *cancellable,
                                GError       **error);

static gboolean
take_in (RufCliCall   *call,
         IntakeFunc    func,
         const char   *name,
         const char   *label,
         RufIntake    *intake,
         GError      **error)
{
  RufContext *context = ruf_cli_call_open (call, error);
  gboolean done;

  if (context == NULL)
    return FALSE;

  ruf_cli_call_begin (call, label);
  done = func (context, name, intake, ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);

  return done;
}

/* What `run import` is told of campaigns that are not known. */
typedef struct
{
  char *channel;
  char *purpose;
} PastOptions;

static void
past_options_clear (PastOptions *self)
{
  g_free (self->channel);
  g_free (self->purpose);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PastOptions, past_options_clear)

static gboolean
take_past_in (RufCliCall         *call,
              const char         *path,
              const PastOptions  *options,
              RufIntake          *intake,
              GError            **error)
{
  RufContext *context = ruf_cli_call_open (call, error);
  gboolean done;

  if (context == NULL)
    return FALSE;

  ruf_cli_call_begin (call, _("Taking messages in"));
  done = ruf_intake_past_messages (context, path, options->channel, options->purpose, intake,
                                   ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);

  return done;
}

static void
write_past (RufCliCall        *call,
            const char        *path,
            const PastOptions *options,
            RufIntake         *intake)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);

  ruf_cli_output_int (output, "rows", intake->rows);
  ruf_cli_output_int (output, "runs", intake->runs);
  ruf_cli_output_int (output, "messages", intake->messages);
  ruf_cli_output_int (output, "duplicate", intake->duplicate);
  ruf_cli_output_int (output, "new_campaigns", intake->new_campaigns);
  ruf_cli_output_say (output, _("%s: %u messages of %u runs; %u were there already."), path,
                      intake->messages, intake->runs, intake->duplicate);
  if (intake->new_campaigns > 0)
    ruf_cli_output_say (output, ngettext ("%u campaign is new here and counts as %s, %s.",
                                          "%u campaigns are new here and count as %s, %s.",
                                          intake->new_campaigns), intake->new_campaigns,
                        options->channel != NULL ? options->channel : "whatsapp",
                        options->purpose != NULL ? options->purpose : "weekly-offer");
  ruf_cli_rejects_write (call, path, intake->rejects, intake->rejects->len);
  ruf_intake_clear (intake);
}

/**
 * ruf_cli_run_import:
 * @call: the call
 * @error: return location
 *
 * `run import FILE`: messages that were handed over elsewhere.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_import (RufCliCall  *call,
                    GError     **error)
{
  g_auto (PastOptions) options = { 0 };
  const char *path;
  RufChannel channel;
  RufIntake intake;
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &options.channel,
      N_("By which channel campaigns went that are not known here (default whatsapp)"), "C" },
    { "purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose,
      N_("What they were for (default weekly-offer)"), "P" },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      (options.channel != NULL &&
       !ruf_cli_call_parse_channel (call, options.channel, &channel, error)))
    return FALSE;

  path = ruf_cli_call_get_word (call, 0);
  if (!take_past_in (call, path, &options, &intake, error))
    return FALSE;

  write_past (call, path, &options, &intake);

  return TRUE;
}

static void
write_receipts (RufCliCall *call,
                const char *name,
                RufIntake  *intake)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);

  ruf_cli_output_int (output, "rows", intake->rows);
  ruf_cli_output_int (output, "applied", intake->applied);
  ruf_cli_output_int (output, "stale", intake->stale);
  ruf_cli_output_int (output, "duplicate", intake->duplicate);
  ruf_cli_output_int (output, "unknown", intake->unknown);
  ruf_cli_output_int (output, "opt_outs", intake->opt_outs);
  ruf_cli_output_int (output, "rows_withdrawn", intake->rows_withdrawn);
  ruf_cli_output_say (output, _("%s: %u receipts; %u told something new, %u came late, %u were "
                                "there already, %u are about messages we do not know."),
                      name, intake->rows, intake->applied, intake->stale, intake->duplicate,
                      intake->unknown);
  if (intake->opt_outs > 0)
    ruf_cli_output_say (output, ngettext ("%u person stopped messages at the platform.",
                                          "%u people stopped messages at the platform.",
                                          intake->opt_outs), intake->opt_outs);
  ruf_cli_rejects_write (call, name, intake->rejects, intake->rejects->len);
  ruf_intake_clear (intake);
}

/**
 * ruf_cli_receipts_import:
 * @call: the call
 * @error: return location
 *
 * `receipts import FILE`: CSV or JSON Lines.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_receipts_import (RufCliCall  *call,
                         GError     **error)
{
  RufIntake intake;

  if (!ruf_cli_call_parse (call, NULL, error) ||
      !take_in (call, ruf_intake_receipts, ruf_cli_call_get_word (call, 0),
                _("Taking receipts in"), &intake, error))
    return FALSE;

  write_receipts (call, ruf_cli_call_get_word (call, 0), &intake);

  return TRUE;
}

/**
 * ruf_cli_receipts_collect:
 * @call: the call
 * @error: return location
 *
 * `receipts collect`: all that a backend has for us.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_receipts_collect (RufCliCall  *call,
                          GError     **error)
{
  g_autofree char *backend = NULL;
  RufIntake intake;
  const GOptionEntry entries[] = {
    { "backend", 0, 0, G_OPTION_ARG_STRING, &backend, N_("Name of the backend"), N_("NAME") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_require (call, "--backend", backend, error) ||
      !take_in (call, ruf_intake_collect, backend, _("Fetching receipts"), &intake, error))
    return FALSE;

  write_receipts (call, backend, &intake);

  return TRUE;
}

/**
 * ruf_cli_replies_import:
 * @call: the call
 * @error: return location
 *
 * `replies import FILE`: STOP withdraws, START grants, the rest is kept.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_replies_import (RufCliCall  *call,
                        GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufIntake intake;

  if (!ruf_cli_call_parse (call, NULL, error) ||
      !take_in (call, ruf_intake_replies, ruf_cli_call_get_word (call, 0), _("Taking replies in"),
                &intake, error))
    return FALSE;

  ruf_cli_output_int (output, "rows", intake.rows);
  ruf_cli_output_int (output, "opt_outs", intake.opt_outs);
  ruf_cli_output_int (output, "opt_ins", intake.opt_ins);
  ruf_cli_output_int (output, "other", intake.other);
  ruf_cli_output_int (output, "review", intake.review);
  ruf_cli_output_int (output, "duplicate", intake.duplicate);
  ruf_cli_output_int (output, "rows_withdrawn", intake.rows_withdrawn);
  ruf_cli_output_say (output, _("%s: %u replies; %u opt-outs, %u opt-ins, %u others, %u were there "
                                "already."), ruf_cli_call_get_word (call, 0), intake.rows,
                      intake.opt_outs, intake.opt_ins, intake.other, intake.duplicate);
  if (intake.review > 0)
    ruf_cli_output_say (output, ngettext ("%u reply may mean stop, and its person is held until "
                                          "you settle it: “rundruf-cli replies list --review”.",
                                          "%u replies may mean stop, and their people are held "
                                          "until you settle them: “rundruf-cli replies list "
                                          "--review”.", intake.review), intake.review);
  ruf_cli_rejects_write (call, ruf_cli_call_get_word (call, 0), intake.rejects,
                         intake.rejects->len);
  ruf_intake_clear (&intake);

  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every verb needs: options read, the database opened when it is first asked
 * for, long work watched.
 */

#include "config.h"

#include "ruf-cli-call.h"

#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"
#include "ruf-cli-progress.h"
#include "ruf-error.h"
#include "ruf-moment.h"

struct _RufCliCall
{
  const RufCliVerb *verb;
  RufCliOptions    *options;
  RufCliOutput     *output;
  char            **args;        /* behind the verb; after parsing its words */
  guint             n_words;
  char             *db_path;
  RufContext       *context;
  GTimeZone        *zone;
  RufClock         *clock;
  GCancellable     *cancellable;
  RufCliProgress   *progress;
  gboolean          partial;
};

/**
 * ruf_cli_options_parse:
 * @self: the global options
 * @context: how to parse; help is not its own
 * @entries: (nullable): options of a verb, understood beside the global ones
 * @args: (inout): arguments, the first one is skipped; what is left stays
 * @error: return location
 *
 * Reads options; global ones may stand before the verb and behind it.
 *
 * Returns: %FALSE with @error set where one is unknown or lacks its value
 */
gboolean
ruf_cli_options_parse (RufCliOptions        *self,
                       GOptionContext       *context,
                       const GOptionEntry   *entries,
                       char               ***args,
                       GError              **error)
{
  g_autofree char *db = NULL;
  g_autofree char *now = NULL;
  gboolean parsed;
  const GOptionEntry globals[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("The database"), N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("Answer with one JSON object"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet, N_("No progress and no remarks"), NULL },
    { "now", 0, 0, G_OPTION_ARG_STRING, &now, N_("Rehearse as if it were T"), N_("T") },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, N_("Say how this is used"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Say which version this is"), NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, globals, GETTEXT_PACKAGE);
  parsed = g_option_context_parse_strv (context, args, error);

  if (db != NULL)
    {
      g_free (self->db);
      self->db = g_steal_pointer (&db);
    }
  if (now != NULL)
    {
      g_free (self->now);
      self->now = g_steal_pointer (&now);
    }

  return parsed;
}

/**
 * ruf_cli_call_new:
 * @verb: what is to be done
 * @options: global options read so far; borrowed
 * @args: (transfer full): arguments behind the verb, the first one is the program
 * @output: where the answer goes; borrowed
 *
 * Returns: (transfer full): a call that has not run
 */
RufCliCall *
ruf_cli_call_new (const RufCliVerb  *verb,
                  RufCliOptions     *options,
                  char             **args,
                  RufCliOutput      *output)
{
  RufCliCall *self = g_new0 (RufCliCall, 1);

  self->verb = verb;
  self->options = options;
  self->output = output;
  self->args = args;
  self->zone = g_time_zone_new_local ();
  self->cancellable = g_cancellable_new ();
  self->progress = ruf_cli_progress_new (self->cancellable, !options->quiet);

  return self;
}

/**
 * ruf_cli_call_free:
 * @self: a call
 *
 * Frees @self and closes the database.
 */
void
ruf_cli_call_free (RufCliCall *self)
{
  ruf_cli_call_close (self);
  ruf_cli_progress_free (self->progress);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_time_zone_unref (self->zone);
  g_free (self->db_path);
  g_strfreev (self->args);
  g_free (self);
}

/**
 * ruf_cli_call_run:
 * @self: a call
 * @error: return location
 *
 * Does what the verb says.
 *
 * Returns: %FALSE with @error set where it failed; %FALSE without where only the
 *   help was asked for
 */
gboolean
ruf_cli_call_run (RufCliCall  *self,
                  GError     **error)
{
  return self->verb->func (self, error);
}

static char *
describe_call (const RufCliVerb *verb)
{
  return g_strconcat (verb->noun, verb->name != NULL ? " " : "",
                      verb->name != NULL ? verb->name : "", verb->words != NULL ? " " : "",
                      verb->words != NULL ? _(verb->words) : "", NULL);
}

static gboolean
check_words (RufCliCall  *self,
             GError     **error)
{
  const RufCliVerb *verb = self->verb;

  if (self->n_words >= verb->min_words && self->n_words <= verb->max_words)
    return TRUE;

  if (self->n_words > verb->max_words)
    g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE, _("“%s” is one word too many."),
                 self->args[1 + verb->max_words]);
  else
    g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE, _("%s is missing."), _(verb->words));
  return FALSE;
}

static gboolean
set_clock (RufCliCall  *self,
           GError     **error)
{
  gint64 now = 0;

  if (!ruf_cli_call_parse_moment (self, "--now", self->options->now, TRUE, &now, error))
    return FALSE;

  self->clock = self->options->now != NULL ? ruf_clock_new_at (now) : ruf_clock_new ();

  return TRUE;
}

static void
print_help (const RufCliVerb *verb,
            GOptionContext   *context)
{
  g_autofree char *example = g_strdup_printf (_("Example:\n  %s"), verb->example);
  g_autofree char *end = NULL;
  g_autofree char *help = NULL;

  end = verb->file != NULL ? g_strconcat (_(verb->file), "\n\n", example, NULL)
                           : g_strdup (example);
  g_option_context_set_summary (context, _(verb->summary));
  g_option_context_set_description (context, end);
  help = g_option_context_get_help (context, FALSE, NULL);
  fputs (help, stdout);
}

/**
 * ruf_cli_call_parse:
 * @self: a call
 * @entries: (nullable): options of this verb
 * @error: return location
 *
 * Reads the options behind the verb and counts its words; prints the help where
 * that was asked for.
 *
 * Returns: %FALSE with @error set where the call is wrong, without where the help
 *   was printed
 */
gboolean
ruf_cli_call_parse (RufCliCall          *self,
                    const GOptionEntry  *entries,
                    GError             **error)
{
  g_autofree char *words = describe_call (self->verb);
  g_autoptr (GOptionContext) context = g_option_context_new (words);

  if (!ruf_cli_options_parse (self->options, context, entries, &self->args, error))
    return FALSE;

  if (self->options->help)
    {
      print_help (self->verb, context);
      return FALSE;
    }

  self->n_words = g_strv_length (self->args) - 1;

  return check_words (self, error) && set_clock (self, error);
}

/**
 * ruf_cli_call_get_n_words:
 * @self: a call that was parsed
 *
 * Returns: how many words stand behind the verb
 */
guint
ruf_cli_call_get_n_words (RufCliCall *self)
{
  return self->n_words;
}

/**
 * ruf_cli_call_get_word:
 * @self: a call that was parsed
 * @index: which word, from 0
 *
 * Returns: (nullable): the word, or %NULL where there is none
 */
const char *
ruf_cli_call_get_word (RufCliCall *self,
                       guint       index)
{
  return index < self->n_words ? self->args[1 + index] : NULL;
}

/**
 * ruf_cli_call_require:
 * @self: a call
 * @option: name of an option, for example "--channel"
 * @value: (nullable): what was given
 * @error: return location
 *
 * Checks that an option without a default was given.
 *
 * Returns: %FALSE with @error set where it was not
 */
gboolean
ruf_cli_call_require (RufCliCall  *self,
                      const char  *option,
                      const char  *value,
                      GError     **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;

  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE, _("The option %s is missing."), option);
  return FALSE;
}

/**
 * ruf_cli_call_parse_channel:
 * @self: a call
 * @text: (nullable): value of --channel
 * @channel: (out): the channel
 * @error: return location
 *
 * Reads the option --channel, which must be there.
 *
 * Returns: %FALSE with @error set where it names no channel
 */
gboolean
ruf_cli_call_parse_channel (RufCliCall  *self,
                            const char  *text,
                            RufChannel  *channel,
                            GError     **error)
{
  if (!ruf_cli_call_require (self, "--channel", text, error))
    return FALSE;

  if (ruf_channel_from_string (text, channel))
    return TRUE;

  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
               _("There is no channel “%s”. Use whatsapp, telegram, sms, email or signal."), text);
  return FALSE;
}

/**
 * ruf_cli_call_parse_moment:
 * @self: a call
 * @option: name of the option, for the error
 * @text: (nullable): its value
 * @with_time: a date alone is not enough
 * @moment: (out): UTC microseconds; untouched where @text is %NULL
 * @error: return location
 *
 * Reads a moment: local time unless it ends in Z or an offset.
 *
 * Returns: %FALSE with @error set where it is none
 */
gboolean
ruf_cli_call_parse_moment (RufCliCall  *self,
                           const char  *option,
                           const char  *text,
                           gboolean     with_time,
                           gint64      *moment,
                           GError     **error)
{
  RufMomentPrecision precision;

  if (text == NULL)
    return TRUE;

  precision = ruf_moment_parse (text, self->zone, moment);
  if (precision == RUF_MOMENT_TIME || (precision == RUF_MOMENT_DATE && !with_time))
    return TRUE;

  if (precision == RUF_MOMENT_DATE)
    g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                 _("%s “%s” is a day without a time. Write it like 2026-11-26T10:00."),
                 option, text);
  else
    g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                 _("%s “%s” is no moment. Write it like 2026-11-26T10:00."), option, text);
  return FALSE;
}

/**
 * ruf_cli_call_parse_period:
 * @self: a call
 * @from_text: (nullable): value of --from
 * @to_text: (nullable): value of --to, the last day of the period
 * @from: (out): first moment, 0 = open
 * @to: (out): moment behind the last, 0 = open
 * @error: return location
 *
 * Reads the days of a report.
 *
 * Returns: %FALSE with @error set where one is no day or they are in the wrong order
 */
gboolean
ruf_cli_call_parse_period (RufCliCall  *self,
                           const char  *from_text,
                           const char  *to_text,
                           gint64      *from,
                           gint64      *to,
                           GError     **error)
{
  *from = *to = 0;
  if (!ruf_cli_call_parse_moment (self, "--from", from_text, FALSE, from, error) ||
      !ruf_cli_call_parse_moment (self, "--to", to_text, FALSE, to, error))
    return FALSE;

  if (to_text != NULL)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (*to / G_USEC_PER_SEC);
      g_autoptr (GDateTime) day = g_date_time_to_timezone (utc, self->zone);
      g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);

      *to = g_date_time_to_unix (next) * G_USEC_PER_SEC;
    }

  if (*from == 0 || *to == 0 || *from < *to)
    return TRUE;

  g_set_error_literal (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                       _("--to lies before --from."));
  return FALSE;
}

/**
 * ruf_cli_call_check_page:
 * @self: a call
 * @limit: value of --limit
 * @offset: value of --offset
 * @error: return location
 *
 * Checks which part of a list was asked for.
 *
 * Returns: %FALSE with @error set where that is no part of one
 */
gboolean
ruf_cli_call_check_page (RufCliCall  *self,
                         int          limit,
                         int          offset,
                         GError     **error)
{
  if (limit >= 0 && offset >= 0)
    return TRUE;

  g_set_error_literal (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                       _("--limit and --offset are not negative."));
  return FALSE;
}

/**
 * ruf_cli_call_parse_run:
 * @self: a call whose first word is a run
 * @run_id: (out): its number
 * @error: return location
 *
 * Reads the number of a run, as `campaign plan` printed it.
 *
 * Returns: %FALSE with @error set where it is no number
 */
gboolean
ruf_cli_call_parse_run (RufCliCall  *self,
                        gint64      *run_id,
                        GError     **error)
{
  const char *word = ruf_cli_call_get_word (self, 0);

  if (g_ascii_string_to_signed (word, 10, 1, G_MAXINT64, run_id, NULL))
    return TRUE;

  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
               _("“%s” is not the number of a run. “campaign plan” prints it."), word);
  return FALSE;
}

/**
 * ruf_cli_call_get_output:
 * @self: a call
 *
 * Returns: (transfer none): where the answer goes
 */
RufCliOutput *
ruf_cli_call_get_output (RufCliCall *self)
{
  return self->output;
}

/**
 * ruf_cli_call_get_db_path:
 * @self: a call
 *
 * The database of this call: --db, or the user's own.
 *
 * Returns: (transfer none): the path
 */
const char *
ruf_cli_call_get_db_path (RufCliCall *self)
{
  if (self->db_path == NULL)
    self->db_path = self->options->db != NULL ? g_strdup (self->options->db)
                                              : ruf_context_get_default_path ();

  return self->db_path;
}

/* A mistyped name must not look like a shop without customers. */
static gboolean
check_there (RufCliCall  *self,
             GError     **error)
{
  const char *path = ruf_cli_call_get_db_path (self);

  if (self->verb->makes_db || g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  if (self->options->db != NULL)
    g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                 _("There is no database at “%s”. Check what stands behind --db; "
                   "“contacts import” makes a new one."), path);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                 _("There is no database at “%s” yet. Bring contacts in with “rundruf-cli "
                   "contacts import”, or name another database with --db."), path);
  return FALSE;
}

/**
 * ruf_cli_call_open:
 * @self: a call
 * @error: return location
 *
 * Opens the database where it is not open yet. Only verbs that may begin a new one make it
 * where there is none.
 *
 * Returns: (transfer none): the context, or %NULL with @error set
 */
RufContext *
ruf_cli_call_open (RufCliCall  *self,
                   GError     **error)
{
  if (self->context == NULL && check_there (self, error))
    self->context = ruf_context_new (ruf_cli_call_get_db_path (self), self->clock, error);

  return self->context;
}

/**
 * ruf_cli_call_close:
 * @self: a call
 *
 * Closes the database, so that another one may take its place.
 */
void
ruf_cli_call_close (RufCliCall *self)
{
  g_clear_object (&self->context);
}

/**
 * ruf_cli_call_get_cancellable:
 * @self: a call
 *
 * Returns: (transfer none): is cancelled by Ctrl-C
 */
GCancellable *
ruf_cli_call_get_cancellable (RufCliCall *self)
{
  return self->cancellable;
}

/**
 * ruf_cli_call_forget_cancel:
 * @self: a call
 *
 * The work has stopped; what it left behind may be looked at.
 */
void
ruf_cli_call_forget_cancel (RufCliCall *self)
{
  g_cancellable_reset (self->cancellable);
}

/**
 * ruf_cli_call_get_now:
 * @self: a call that was parsed
 *
 * Returns: the time of this call, UTC microseconds: --now, or the present
 */
gint64
ruf_cli_call_get_now (RufCliCall *self)
{
  return ruf_clock_get_now (self->clock);
}

/**
 * ruf_cli_call_get_zone:
 * @self: a call
 *
 * Returns: (transfer none): the zone of moments without one
 */
GTimeZone *
ruf_cli_call_get_zone (RufCliCall *self)
{
  return self->zone;
}

/**
 * ruf_cli_call_get_partial:
 * @self: a call
 *
 * Returns: %TRUE where it is done but left something out (exit code 3)
 */
gboolean
ruf_cli_call_get_partial (RufCliCall *self)
{
  return self->partial;
}

/**
 * ruf_cli_call_set_partial:
 * @self: a call
 *
 * Something was rejected or left out, and it was said what.
 */
void
ruf_cli_call_set_partial (RufCliCall *self)
{
  self->partial = TRUE;
}

/**
 * ruf_cli_call_read:
 * @self: a call
 * @func: reads from the store
 * @data: handed to @func
 * @error: return location
 *
 * Opens the database and reads from it.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_call_read (RufCliCall    *self,
                   RufStoreFunc   func,
                   gpointer       data,
                   GError       **error)
{
  RufContext *context = ruf_cli_call_open (self, error);

  return context != NULL &&
         ruf_store_read_sync (ruf_context_get_store (context), func, data, self->cancellable,
                              error);
}

/**
 * ruf_cli_call_write:
 * @self: a call
 * @func: writes to the store, in one transaction
 * @data: handed to @func
 * @error: return location
 *
 * Opens the database and changes it.
 *
 * Returns: %FALSE with @error set; then nothing has changed
 */
gboolean
ruf_cli_call_write (RufCliCall    *self,
                    RufStoreFunc   func,
                    gpointer       data,
                    GError       **error)
{
  RufContext *context = ruf_cli_call_open (self, error);

  return context != NULL &&
         ruf_store_write_sync (ruf_context_get_store (context), func, data, self->cancellable,
                               error);
}

static void
cancel_job_cb (GCancellable *cancellable,
               gpointer      job)
{
  ruf_job_cancel (job);
}

/**
 * ruf_cli_call_run_job:
 * @self: a call
 * @job: (type RufJob): a job that has not run
 * @label: translated words for what it does
 * @error: return location
 *
 * Runs a job to its end with a bar beside it; Ctrl-C cancels it.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_call_run_job (RufCliCall  *self,
                      gpointer     job,
                      const char  *label,
                      GError     **error)
{
  gulong handler;
  gboolean done;

  g_return_val_if_fail (RUF_IS_JOB (job), FALSE);

  handler = g_cancellable_connect (self->cancellable, G_CALLBACK (cancel_job_cb),
                                   g_object_ref (job), g_object_unref);
  ruf_cli_progress_begin (self->progress, label, job);
  done = ruf_job_run_sync (job, error);
  ruf_cli_progress_end (self->progress);
  g_cancellable_disconnect (self->cancellable, handler);

  return done;
}

/**
 * ruf_cli_call_remark:
 * @self: a call
 * @line: translated words
 *
 * Tells people on stderr what long work does meanwhile, unless they asked for quiet. From any
 * thread.
 */
void
ruf_cli_call_remark (RufCliCall *self,
                     const char *line)
{
  if (!self->options->quiet)
    ruf_cli_progress_remark (self->progress, line);
}

/**
 * ruf_cli_call_begin:
 * @self: a call
 * @label: translated words for what is done
 *
 * Work begins that may take long and does not say how far it is.
 */
void
ruf_cli_call_begin (RufCliCall *self,
                    const char *label)
{
  ruf_cli_progress_begin (self->progress, label, NULL);
}

/**
 * ruf_cli_call_end:
 * @self: a call
 *
 * That work has ended.
 */
void
ruf_cli_call_end (RufCliCall *self)
{
  ruf_cli_progress_end (self->progress);
}

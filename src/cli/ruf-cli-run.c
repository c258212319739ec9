/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run list, export, send, status, pause, resume, cancel.
 */

#include "config.h"

#include "ruf-cli-run.h"

#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-batch-writer.h"
#include "ruf-cli-error.h"
#include "ruf-cli-table.h"
#include "ruf-cli-verbs.h"
#include "ruf-dispatcher.h"
#include "ruf-error.h"
#include "ruf-record-words.h"
#include "ruf-words.h"

typedef struct
{
  gint64   run_id;
  RufRun  *run;
  GArray  *excluded;
} Read;

static gboolean
read_run (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Read *request = data;

  request->run = ruf_outbox_table_get_run (db, request->run_id, error);
  if (request->run == NULL)
    return FALSE;

  request->excluded = ruf_outbox_table_get_excluded (db, request->run_id, error);

  return request->excluded != NULL;
}

/**
 * ruf_cli_run_read:
 * @call: the call
 * @run_id: number of a run
 * @run: (out) (transfer full): the run
 * @excluded: (out) (transfer full) (element-type RufExcludeCount): who was left out
 * @error: return location
 *
 * Reads a run with its counts as of one moment.
 *
 * Returns: %FALSE with @error set where there is none of that number
 */
gboolean
ruf_cli_run_read (RufCliCall  *call,
                  gint64       run_id,
                  RufRun     **run,
                  GArray     **excluded,
                  GError     **error)
{
  Read request = { .run_id = run_id };

  if (!ruf_cli_call_read (call, read_run, &request, error))
    {
      g_clear_pointer (&request.run, ruf_run_free);
      return FALSE;
    }

  *run = request.run;
  *excluded = request.excluded;

  return TRUE;
}

/**
 * ruf_cli_run_write_excluded:
 * @call: the call
 * @name: name of the member
 * @excluded: (element-type RufExcludeCount): who was left out
 *
 * Writes an object of reasons and counts.
 */
void
ruf_cli_run_write_excluded (RufCliCall *call,
                            const char *name,
                            GArray     *excluded)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);

  ruf_cli_output_begin_object (output, name);
  for (guint i = 0; i < excluded->len; i++)
    {
      const RufExcludeCount *count = &g_array_index (excluded, RufExcludeCount, i);
      const char *reason = ruf_exclude_reason_to_string (count->reason);

      ruf_cli_output_int (output, reason, count->count);
      /* Translators: how many, why, and the word that programs know that by */
      ruf_cli_output_say (output, _("  left out: %lld, %s (%s)"), (long long) count->count,
                          ruf_words_exclude (count->reason), reason);
    }
  ruf_cli_output_end (output);
}

static void
print_run (RufCliCall   *call,
           const RufRun *run)
{
  g_autofree char *due = ruf_words_weekday_moment (run->due_at, ruf_cli_call_get_zone (call));

  printf (_("Run %lld “%s”, %s: %s\n"), (long long) run->id, run->title, due,
          ruf_record_words_run_state (run->state));
  printf (_("  planned %lld, ready %lld, left out %lld\n"), (long long) run->planned,
          (long long) ruf_run_get_ready (run), (long long) run->counts[RUF_MESSAGE_EXCLUDED]);
  printf (_("  waiting %lld, sent %lld, delivered %lld, read %lld\n"),
          (long long) run->counts[RUF_MESSAGE_QUEUED], (long long) ruf_run_get_sent (run),
          (long long) ruf_run_get_delivered (run), (long long) run->counts[RUF_MESSAGE_READ]);
  printf (_("  failed %lld, unknown %lld, expired %lld\n"),
          (long long) run->counts[RUF_MESSAGE_FAILED],
          (long long) run->counts[RUF_MESSAGE_UNKNOWN],
          (long long) run->counts[RUF_MESSAGE_EXPIRED]);
  if (run->problem != NULL)
    printf ("  %s\n", run->problem);
}

static void
write_run (RufCliOutput *output,
           const RufRun *run)
{
  ruf_cli_output_int (output, "run", run->id);
  ruf_cli_output_string (output, "title", run->title);
  ruf_cli_output_string (output, "state", ruf_run_state_to_string (run->state));
  ruf_cli_output_string (output, "channel", ruf_channel_to_string (run->channel));
  ruf_cli_output_string (output, "purpose", run->purpose);
  ruf_cli_output_moment (output, "due_at", run->due_at);
  ruf_cli_output_moment (output, "not_after", run->not_after);
  ruf_cli_output_string (output, "backend", run->backend);
  ruf_cli_output_string (output, "problem", run->problem);
  ruf_cli_output_int (output, "planned", run->planned);
  ruf_cli_output_int (output, "ready", ruf_run_get_ready (run));
  ruf_cli_output_int (output, "waiting", run->counts[RUF_MESSAGE_QUEUED]);
  ruf_cli_output_int (output, "sending", run->counts[RUF_MESSAGE_SENDING]);
  ruf_cli_output_int (output, "sent", ruf_run_get_sent (run));
  ruf_cli_output_int (output, "delivered", ruf_run_get_delivered (run));
  ruf_cli_output_int (output, "read", run->counts[RUF_MESSAGE_READ]);
  ruf_cli_output_int (output, "failed", run->counts[RUF_MESSAGE_FAILED]);
  ruf_cli_output_int (output, "excluded", run->counts[RUF_MESSAGE_EXCLUDED]);
  ruf_cli_output_int (output, "unknown", run->counts[RUF_MESSAGE_UNKNOWN]);
  ruf_cli_output_int (output, "expired", run->counts[RUF_MESSAGE_EXPIRED]);
}

static void
tell_run (RufCliCall   *call,
          const RufRun *run,
          GArray       *excluded)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);

  write_run (output, run);
  if (!ruf_cli_output_is_json (output))
    print_run (call, run);
  ruf_cli_run_write_excluded (call, "reasons", excluded);
}

static gboolean
write_status (RufCliCall  *call,
              gint64       run_id,
              GError     **error)
{
  g_autoptr (RufRun) run = NULL;
  g_autoptr (GArray) excluded = NULL;

  if (!ruf_cli_run_read (call, run_id, &run, &excluded, error))
    return FALSE;

  tell_run (call, run, excluded);

  return TRUE;
}

/* Options and number of a verb that has none but its run. */
static gboolean
parse_run_only (RufCliCall  *call,
                gint64      *run_id,
                GError     **error)
{
  return ruf_cli_call_parse (call, NULL, error) && ruf_cli_call_parse_run (call, run_id, error);
}

/**
 * ruf_cli_run_status:
 * @call: the call
 * @error: return location
 *
 * `run status RUN`: the counts as they are now.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_status (RufCliCall  *call,
                    GError     **error)
{
  gint64 run_id;

  return parse_run_only (call, &run_id, error) && write_status (call, run_id, error);
}

static void
write_listed_run (RufCliTable   *table,
                  RufCliOutput  *output,
                  gconstpointer  row)
{
  const RufRun *run = row;

  ruf_cli_table_add_int (table, NULL, run->id);
  ruf_cli_table_add_text (table, NULL, run->title);
  ruf_cli_table_add_moment (table, NULL, run->due_at);
  ruf_cli_table_add_text (table, NULL, ruf_record_words_run_state (run->state));
  ruf_cli_table_add_int (table, NULL, ruf_run_get_ready (run));
  ruf_cli_table_add_int (table, NULL, ruf_run_get_sent (run));
  ruf_cli_table_add_int (table, NULL, ruf_run_get_delivered (run));
  ruf_cli_table_add_int (table, NULL, run->counts[RUF_MESSAGE_READ]);
  write_run (output, run);
}

/**
 * ruf_cli_run_list:
 * @call: the call
 * @error: return location
 *
 * `run list`: every run with its counts, the one due latest first.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_list (RufCliCall  *call,
                  GError     **error)
{
  static const RufCliList list = {
    .member = "runs",
    .headers = { N_("Run"), N_("Title"), N_("When"), N_("State"), N_("Ready"), N_("Sent"),
                 N_("Delivered"), N_("Read") },
    .read = ruf_outbox_table_list_runs,
    .write_row = write_listed_run,
  };

  return ruf_cli_list_run (call, &list, error);
}

/* Who was to get the message and is not in the file: withdrawn since, or too late. */
static void
tell_left_out (RufCliCall   *call,
               const RufRun *before,
               gint64        rows)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  gint64 again = before->backend == NULL ? ruf_run_get_sent (before) : 0;
  gint64 left_out = MAX (0, before->counts[RUF_MESSAGE_QUEUED] + again - rows);

  ruf_cli_output_int (output, "left_out", left_out);
  if (left_out == 0)
    return;

  ruf_cli_call_set_partial (call);
  ruf_cli_output_say (output,
                      ngettext ("%lld person was left out: withdrawn since, or too late. "
                                "“rundruf-cli run people %lld” names everybody.",
                                "%lld people were left out: withdrawn since, or too late. "
                                "“rundruf-cli run people %lld” names everybody.", left_out),
                      (long long) left_out, (long long) before->id);
}

/**
 * ruf_cli_run_export:
 * @call: the call
 * @error: return location
 *
 * `run export RUN`: hands the batch over as a file. Exit code 3 where people were left out
 * who were ready.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_export (RufCliCall  *call,
                    GError     **error)
{
  g_autofree char *format = NULL;
  g_autofree char *path = NULL;
  g_autoptr (RufExporter) exporter = NULL;
  g_autoptr (RufRun) run = NULL;
  g_autoptr (GArray) excluded = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufBatchFormat parsed;
  gint64 run_id;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_("csv, csv-human or jsonl"), "F" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_("The file"), N_("FILE") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_parse_run (call, &run_id, error) ||
      !ruf_cli_call_require (call, "--format", format, error) ||
      !ruf_cli_call_require (call, "--output", path, error))
    return FALSE;

  if (!ruf_batch_format_from_string (format, &parsed))
    {
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("There is no format “%s”. Use csv, csv-human or jsonl."), format);
      return FALSE;
    }

  if (!ruf_cli_run_read (call, run_id, &run, &excluded, error))
    return FALSE;

  exporter = ruf_exporter_new (ruf_cli_call_open (call, NULL), run_id, format, path);
  if (!ruf_cli_call_run_job (call, exporter, _("Writing the batch"), error))
    return FALSE;

  ruf_cli_output_int (output, "rows", ruf_exporter_get_rows (exporter));
  ruf_cli_output_string (output, "sha256", ruf_exporter_get_sha256 (exporter));
  ruf_cli_output_string (output, "file", path);
  ruf_cli_output_say (output, ngettext ("Wrote %llu message to %s.", "Wrote %llu messages to %s.",
                                        ruf_exporter_get_rows (exporter)),
                      (unsigned long long) ruf_exporter_get_rows (exporter), path);
  tell_left_out (call, run, ruf_exporter_get_rows (exporter));

  return TRUE;
}

/* A timer must not start again what a person holds. A run that stands still for a
 * problem may be tried again. */
static gboolean
check_not_held (const RufRun  *run,
                GError       **error)
{
  if (run->state != RUF_RUN_PAUSED || run->problem != NULL)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("Run %lld is held. Let it go on with “rundruf-cli run resume %lld”."),
               (long long) run->id, (long long) run->id);
  return FALSE;
}

/* What was to arrive and, as far as is known, did not. */
static gint64
count_missing (const RufRun *run)
{
  return run->counts[RUF_MESSAGE_QUEUED] + run->counts[RUF_MESSAGE_SENDING] +
         run->counts[RUF_MESSAGE_UNKNOWN] + run->counts[RUF_MESSAGE_FAILED] +
         run->counts[RUF_MESSAGE_EXPIRED];
}

static gint64
count_left (const RufRun *run)
{
  return ruf_run_get_sent (run) + run->counts[RUF_MESSAGE_FAILED] +
         run->counts[RUF_MESSAGE_UNKNOWN];
}

/* How the run stands after a send. Where that failed and nothing has left, nothing is done;
 * else it is done as far as the counts say. */
static gboolean
tell_sending (RufCliCall    *call,
              const RufRun  *before,
              gboolean       failed,
              GError       **error)
{
  g_autoptr (RufRun) after = NULL;
  g_autoptr (GArray) excluded = NULL;

  ruf_cli_call_forget_cancel (call);
  if (!ruf_cli_run_read (call, before->id, &after, &excluded, error))
    return FALSE;

  tell_run (call, after, excluded);
  if ((!failed || count_left (after) > count_left (before)) &&
      (count_missing (after) > 0 || ruf_run_get_ready (after) < ruf_run_get_ready (before)))
    ruf_cli_call_set_partial (call);

  return TRUE;
}

/* What a backend does that is asked again. */
static const char *
get_wait_reason (const GError *failure)
{
  if (g_error_matches (failure, RUF_ERROR, RUF_ERROR_RATE_LIMITED))
    return _("The backend gets too many requests and asks for patience.");
  if (g_error_matches (failure, RUF_ERROR, RUF_ERROR_CONFLICT))
    return _("The backend is still working on the request before.");
  if (g_error_matches (failure, RUF_ERROR, RUF_ERROR_PROTOCOL))
    return _("The backend gave an answer that cannot be understood.");

  return _("The backend does not answer, or reports a fault of its own.");
}

static void
wait_cb (const GError *failure,
         guint         seconds,
         guint         next_try,
         guint         tries,
         gpointer      call)
{
  g_autofree char *line = NULL;

  /* Translators: a sentence on what the backend does, then seconds, and which try of how many */
  line = g_strdup_printf (ngettext ("%s It is asked again in %u second (try %u of %u). "
                                    "Ctrl-C stops.",
                                    "%s It is asked again in %u seconds (try %u of %u). "
                                    "Ctrl-C stops.", seconds),
                          get_wait_reason (failure), seconds, next_try, tries);
  ruf_cli_call_remark (call, line);
}

/**
 * ruf_cli_run_send:
 * @call: the call
 * @error: return location
 *
 * `run send RUN`: returns when nothing waits that may go now; the counts are told
 * even where sending failed. Exit code 3 where messages did not leave or arrive.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_send (RufCliCall  *call,
                  GError     **error)
{
  g_autofree char *backend = NULL;
  g_autoptr (RufDispatcher) dispatcher = NULL;
  g_autoptr (RufRun) run = NULL;
  g_autoptr (GArray) excluded = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 run_id;
  gboolean sent;
  gboolean told;
  const GOptionEntry entries[] = {
    { "backend", 0, 0, G_OPTION_ARG_STRING, &backend, N_("Name of the backend"), N_("NAME") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_parse_run (call, &run_id, error) ||
      !ruf_cli_call_require (call, "--backend", backend, error) ||
      !ruf_cli_run_read (call, run_id, &run, &excluded, error))
    return FALSE;

  dispatcher = ruf_dispatcher_new (ruf_cli_call_open (call, NULL), run_id, backend);
  ruf_dispatcher_set_wait_func (dispatcher, wait_cb, call);
  sent = check_not_held (run, &failure) &&
         ruf_cli_call_run_job (call, dispatcher, _("Sending"), &failure);
  told = tell_sending (call, run, !sent, failure == NULL ? error : NULL);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return sent && told;
}

typedef struct
{
  gint64      run_id;
  RufRunState state;
  gint64      now;
} Change;

static gboolean
refuse_change (const RufRun  *run,
               GError       **error)
{
  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("Run %lld is “%s”; that cannot be changed any more."), (long long) run->id,
               ruf_record_words_run_state (run->state));

  return FALSE;
}

static gboolean
is_open (const RufRun *run)
{
  return run->state == RUF_RUN_PLANNED || run->state == RUF_RUN_SENDING ||
         run->state == RUF_RUN_PAUSED;
}

static gboolean
set_state (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Change *change = data;
  g_autoptr (RufRun) run = ruf_outbox_table_get_run (db, change->run_id, error);

  if (run == NULL)
    return FALSE;

  if (!is_open (run))
    return refuse_change (run, error);

  if (change->state == RUF_RUN_PLANNED && run->state != RUF_RUN_PAUSED)
    return TRUE;

  return ruf_outbox_table_set_state (db, change->run_id, change->state, NULL, change->now, error);
}

static gboolean
check_open (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Change *change = data;
  g_autoptr (RufRun) run = ruf_outbox_table_get_run (db, change->run_id, error);

  return run != NULL && (is_open (run) || refuse_change (run, error));
}

static gboolean
change_run (RufCliCall    *call,
            RufStoreFunc   func,
            RufRunState    state,
            GError       **error)
{
  Change change = { .state = state };

  if (!parse_run_only (call, &change.run_id, error))
    return FALSE;

  change.now = ruf_cli_call_get_now (call);

  return ruf_cli_call_write (call, func, &change, error) &&
         write_status (call, change.run_id, error);
}

/**
 * ruf_cli_run_pause:
 * @call: the call
 * @error: return location
 *
 * `run pause RUN`: a program that is sending it stops behind the chunk in hand.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_pause (RufCliCall  *call,
                   GError     **error)
{
  return change_run (call, set_state, RUF_RUN_PAUSED, error);
}

/**
 * ruf_cli_run_resume:
 * @call: the call
 * @error: return location
 *
 * `run resume RUN`: it waits for its time or for a send again.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_resume (RufCliCall  *call,
                    GError     **error)
{
  return change_run (call, set_state, RUF_RUN_PLANNED, error);
}

/**
 * ruf_cli_run_cancel:
 * @call: the call
 * @error: return location
 *
 * `run cancel RUN`: what still waits never leaves, and the backend is asked to drop what lies
 * open there.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_cancel (RufCliCall  *call,
                    GError     **error)
{
  Change change = { 0 };
  RufContext *context;
  gboolean done;

  if (!parse_run_only (call, &change.run_id, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL || !ruf_cli_call_read (call, check_open, &change, error))
    return FALSE;

  ruf_cli_call_begin (call, _("Taking the run back"));
  done = ruf_dispatcher_cancel_run (context, change.run_id, NULL,
                                    ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);

  /* Ctrl-C ends the call to the backend; here the run is taken back all the same. */
  ruf_cli_call_forget_cancel (call);

  return done && write_status (call, change.run_id, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run export, send, status, pause, resume, cancel.
 */

#include "config.h"

#include "ruf-cli-run.h"

#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-batch-writer.h"
#include "ruf-cli-error.h"
#include "ruf-cli-verbs.h"
#include "ruf-dispatcher.h"
#include "ruf-error.h"
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
print_run (const RufRun *run)
{
  printf (_("Run %lld “%s”: %s\n"), (long long) run->id, run->title,
          ruf_run_state_to_string (run->state));
  printf (_("  planned %lld, ready %lld, left out %lld\n"), (long long) run->planned,
          (long long) ruf_run_get_ready (run), (long long) run->counts[RUF_MESSAGE_EXCLUDED]);
  printf (_("  waiting %lld, sent %lld, delivered %lld, read %lld\n"),
          (long long) run->counts[RUF_MESSAGE_QUEUED], (long long) ruf_run_get_sent (run),
          (long long) ruf_run_get_delivered (run), (long long) run->counts[RUF_MESSAGE_READ]);
  printf (_("  failed %lld, unknown %lld, expired %lld\n"),
          (long long) run->counts[RUF_MESSAGE_FAILED], (long long) run->counts[RUF_MESSAGE_UNKNOWN],
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

static gboolean
write_status (RufCliCall  *call,
              gint64       run_id,
              GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  g_autoptr (RufRun) run = NULL;
  g_autoptr (GArray) excluded = NULL;

  if (!ruf_cli_run_read (call, run_id, &run, &excluded, error))
    return FALSE;

  write_run (output, run);
  if (!ruf_cli_output_is_json (output))
    print_run (run);
  ruf_cli_run_write_excluded (call, "reasons", excluded);

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

/**
 * ruf_cli_run_export:
 * @call: the call
 * @error: return location
 *
 * `run export RUN`: hands the batch over as a file.
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
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufBatchFormat parsed;
  RufContext *context;
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

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  exporter = ruf_exporter_new (context, run_id, format, path);
  if (!ruf_cli_call_run_job (call, exporter, _("Writing the batch"), error))
    return FALSE;

  ruf_cli_output_int (output, "rows", ruf_exporter_get_rows (exporter));
  ruf_cli_output_string (output, "sha256", ruf_exporter_get_sha256 (exporter));
  ruf_cli_output_string (output, "file", path);
  ruf_cli_output_say (output, _("Wrote %llu messages to %s."),
                      (unsigned long long) ruf_exporter_get_rows (exporter), path);

  return TRUE;
}

/* A timer must not start again what a person holds. A run that stands still for a
 * problem may be tried again. */
static gboolean
check_not_held (RufCliCall  *call,
                gint64       run_id,
                GError     **error)
{
  g_autoptr (RufRun) run = NULL;
  g_autoptr (GArray) excluded = NULL;

  if (!ruf_cli_run_read (call, run_id, &run, &excluded, error))
    return FALSE;

  if (run->state != RUF_RUN_PAUSED || run->problem != NULL)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("Run %lld is held. Let it go on with “rundruf-cli run resume %lld”."),
               (long long) run_id, (long long) run_id);
  return FALSE;
}

/**
 * ruf_cli_run_send:
 * @call: the call
 * @error: return location
 *
 * `run send RUN`: returns when nothing waits that may go now; the counts are told
 * even where sending failed.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_send (RufCliCall  *call,
                  GError     **error)
{
  g_autofree char *backend = NULL;
  g_autoptr (RufDispatcher) dispatcher = NULL;
  g_autoptr (GError) local_error = NULL;
  RufContext *context;
  gint64 run_id;
  const GOptionEntry entries[] = {
    { "backend", 0, 0, G_OPTION_ARG_STRING, &backend, N_("Name of the backend"), N_("NAME") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_parse_run (call, &run_id, error) ||
      !ruf_cli_call_require (call, "--backend", backend, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  dispatcher = ruf_dispatcher_new (context, run_id, backend);
  if (check_not_held (call, run_id, &local_error) &&
      ruf_cli_call_run_job (call, dispatcher, _("Sending"), &local_error))
    return write_status (call, run_id, error);

  /* After a cancel the store would refuse to read, and nobody waits for the counts. */
  if (!g_cancellable_is_cancelled (ruf_cli_call_get_cancellable (call)))
    write_status (call, run_id, NULL);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
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
               ruf_run_state_to_string (run->state));

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

  if (!parse_run_only (call, &change.run_id, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);

  return context != NULL &&
         ruf_cli_call_read (call, check_open, &change, error) &&
         ruf_dispatcher_cancel_run (context, change.run_id, NULL, NULL, error) &&
         write_status (call, change.run_id, error);
}

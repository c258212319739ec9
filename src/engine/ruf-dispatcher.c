/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * RufDispatcher sends one run by one backend.
 *
 * Each chunk goes through four steps, each durable before the next: claimed (the attempt is
 * written), submitted (the network is called), recorded (what the backend said). Wherever the
 * process ends, what stands in the store says what may be repeated: an open attempt under its
 * own key, and only by a backend that honours keys (I4).
 */

#include "config.h"

#include "ruf-dispatcher.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <unistd.h>

#include "ruf-campaign-table.h"
#include "ruf-collector.h"
#include "ruf-error.h"
#include "ruf-intake.h"
#include "ruf-quiet-hours.h"
#include "ruf-render.h"
#include "ruf-run-lock.h"
#include "ruf-words.h"

#define SECOND_MS 1000
#define CRASH_STATUS 77

struct _RufDispatcher
{
  RufJob       parent_instance;

  RufContext  *context;
  gint64       run_id;
  char        *backend_name;
  RufBackend  *backend;
  gint64       backend_id;
  gboolean     at_once;
  RufWaitFunc  wait;
  gpointer     wait_data;
  char        *crash_at;
  guint        second_ms;

  RufRun      *run;            /* as it was read last */
  RufTemplate *template;
};

/* What goes out in one request. */
typedef struct
{
  RufDispatcher *self;
  gint64         attempt_id;    /* 0 = nothing may go */
  char          *key;
  GArray        *messages;      /* RufOutgoing */
  GArray        *row_ids;       /* gint64, beside the messages */
  GPtrArray     *strings;       /* what the messages borrow */
} Chunk;

/* A state to be written, and what else a step reads or writes of the run. */
typedef struct
{
  RufDispatcher     *self;
  RufRunState        state;
  const char        *problem;
  gint64             attempt_id;
  RufAttemptOutcome  outcome;
  GHashTable        *refused;
  GPtrArray         *attempts;
  gboolean           answer;
} Step;

G_DEFINE_FINAL_TYPE (RufDispatcher, ruf_dispatcher, RUF_TYPE_JOB)

static gint64
get_now (RufDispatcher *self)
{
  return ruf_context_get_now (self->context);
}

static gboolean
read_store (RufDispatcher  *self,
            RufStoreFunc    func,
            gpointer        data,
            GError        **error)
{
  return ruf_store_read_sync (ruf_context_get_store (self->context), func, data, NULL, error);
}

/* What was done has to be written down, cancelled or not. */
static gboolean
write_store (RufDispatcher  *self,
             RufStoreFunc    func,
             gpointer        data,
             GError        **error)
{
  return ruf_store_write_sync (ruf_context_get_store (self->context), func, data, NULL, error);
}

/* No clean-up at all, as when the power fails. */
static void
maybe_crash (RufDispatcher *self,
             const char    *step)
{
  if (g_strcmp0 (self->crash_at, step) == 0)
    _exit (CRASH_STATUS);
}

static gboolean
read_run (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  RufDispatcher *self = data;

  g_clear_pointer (&self->run, ruf_run_free);
  self->run = ruf_outbox_table_get_run (db, self->run_id, error);
  return self->run != NULL;
}

static gboolean
read_template (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  RufDispatcher *self = data;
  g_autoptr (RufMessage) message = NULL;

  message = ruf_message_table_get_version (db, self->run->message_version_id, error);
  if (message == NULL)
    return FALSE;

  self->template = ruf_template_parse (message->body, error);
  return self->template != NULL;
}

static gint64
get_waiting (RufDispatcher *self)
{
  return self->run->counts[RUF_MESSAGE_QUEUED];
}

static gboolean
refresh (RufDispatcher  *self,
         GError        **error)
{
  guint64 ready;

  if (!read_store (self, read_run, self, error))
    return FALSE;

  ready = ruf_run_get_ready (self->run);
  ruf_job_set_progress (RUF_JOB (self),
                        ready - get_waiting (self) - self->run->counts[RUF_MESSAGE_SENDING], ready);
  return TRUE;
}

/* Only who is sending may say how it ended: a pause or a cancel from outside stays. */
static gboolean
write_end (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Step *step = data;
  RufDispatcher *self = step->self;

  return read_run (db, self, NULL, error) &&
         (self->run->state != RUF_RUN_SENDING ||
          ruf_outbox_table_set_state (db, self->run_id, step->state, step->problem,
                                      get_now (self), error));
}

static gboolean
end_run (RufDispatcher  *self,
         RufRunState     state,
         const char     *problem,
         GError        **error)
{
  Step step = { .self = self, .state = state, .problem = problem };

  return write_store (self, write_end, &step, error) && refresh (self, error);
}

/* The run stands still and says why; the job fails for the same reason. */
static gboolean
stop_for (RufDispatcher  *self,
          GError         *failure,
          GError        **error)
{
  const char *problem = failure->message;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    problem = _("Sending was stopped. Start the run again to go on.");

  end_run (self, RUF_RUN_PAUSED, problem, NULL);
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
keep_waiting (gpointer data)
{
  RufDispatcher *self = data;

  return refresh (self, NULL) && self->run->state == RUF_RUN_SENDING;
}

/* Calls the backend with patience. A failure while somebody paused or cancelled the run is
 * no failure of the job: ruf_dispatcher_run() looks at the state. */
static gboolean
call_backend (RufDispatcher   *self,
              RufPatientFunc   func,
              gpointer         data,
              gboolean         repeatable,
              gboolean        *uncertain,
              GCancellable    *cancellable,
              GError         **error)
{
  RufPatience patience = {
    self->backend, self->second_ms, keep_waiting, self, self->wait, self->wait_data,
  };

  return ruf_patience_call (&patience, func, data, repeatable, uncertain, cancellable, error);
}

static gboolean
open_batch (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  RufDispatcher *self = data;
  RufManifest manifest = {
    .batch_id = self->run->batch_id,
    .campaign = self->run->title,
    .channel = ruf_channel_to_string (self->run->channel),
    .purpose = self->run->purpose,
    .send_at = self->run->due_at,
    .expires_at = self->run->not_after,
    .planned = ruf_run_get_ready (self->run),
  };

  return ruf_backend_open (self->backend, &manifest, cancellable, error);
}

static gboolean
commit_batch (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  RufDispatcher *self = data;

  return ruf_backend_commit (self->backend, self->run->batch_id, cancellable, error);
}

static void
chunk_init (Chunk         *chunk,
            RufDispatcher *self)
{
  *chunk = (Chunk) {
    .self = self,
    .messages = g_array_new (FALSE, TRUE, sizeof (RufOutgoing)),
    .row_ids = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .strings = g_ptr_array_new_with_free_func (g_free),
  };
  g_array_set_clear_func (chunk->messages, (GDestroyNotify) ruf_outgoing_clear);
}

static void
chunk_clear (Chunk *chunk)
{
  g_clear_pointer (&chunk->key, g_free);
  g_clear_pointer (&chunk->messages, g_array_unref);
  g_clear_pointer (&chunk->row_ids, g_array_unref);
  g_clear_pointer (&chunk->strings, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chunk, chunk_clear)

static const char *
keep (Chunk *chunk,
      char  *string)
{
  g_ptr_array_add (chunk->strings, string);
  return string;
}

static gboolean
add_message (const RufHandover  *row,
             gpointer            data,
             GError            **error)
{
  Chunk *chunk = data;
  RufOutgoing message = {
    .message_id = keep (chunk, g_strdup (row->message_id)),
    .to = keep (chunk, g_strdup (row->address)),
    .text = keep (chunk, ruf_render_handover (chunk->self->template, row)),
  };

  g_array_append_val (chunk->messages, message);
  g_array_append_val (chunk->row_ids, row->id);
  return TRUE;
}

static gboolean
write_claim (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Chunk *chunk = data;
  RufDispatcher *self = chunk->self;
  g_autoptr (GPtrArray) rows = NULL;

  return ruf_outbox_table_claim (db, self->run_id, self->backend_id, chunk->key,
                                 ruf_backend_get_chunk_size (self->backend), get_now (self),
                                 &chunk->attempt_id, &rows, error) &&
         (chunk->attempt_id == 0 ||
          ruf_outbox_table_each_claimed (db, chunk->attempt_id, add_message, chunk, error));
}

static gboolean
submit_chunk (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Chunk *chunk = data;
  RufDispatcher *self = chunk->self;

  return ruf_backend_submit (self->backend, self->run->batch_id, chunk->key,
                             &g_array_index (chunk->messages, RufOutgoing, 0),
                             chunk->messages->len, cancellable, error);
}

static gboolean
write_outcome (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Step *step = data;

  return ruf_outbox_table_finish_attempt (db, step->attempt_id, step->outcome, step->refused,
                                          get_now (step->self), error);
}

/* Row → the backend's word for why it did not take it. */
static GHashTable *
list_refused (Chunk *chunk)
{
  GHashTable *refused = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < chunk->messages->len; i++)
    {
      RufOutgoing *message = &g_array_index (chunk->messages, RufOutgoing, i);

      if (!message->accepted)
        g_hash_table_insert (refused, &g_array_index (chunk->row_ids, gint64, i),
                             message->code ? message->code : (gpointer) "refused");
    }
  return refused;
}

static gboolean
record (Chunk              *chunk,
        RufAttemptOutcome   outcome,
        GError            **error)
{
  g_autoptr (GHashTable) refused = NULL;
  Step step = { .self = chunk->self, .attempt_id = chunk->attempt_id, .outcome = outcome };

  if (outcome == RUF_ATTEMPT_TAKEN)
    step.refused = refused = list_refused (chunk);
  return write_store (chunk->self, write_outcome, &step, error);
}

/* Submits and writes down what became of it. @uncertain: whether something of it may have
 * arrived before. */
static gboolean
deliver (Chunk         *chunk,
         gboolean       uncertain,
         GCancellable  *cancellable,
         GError       **error)
{
  RufDispatcher *self = chunk->self;
  GError *failure = NULL;

  if (call_backend (self, submit_chunk, chunk, ruf_backend_is_idempotent (self->backend),
                    &uncertain, cancellable, &failure))
    {
      maybe_crash (self, "submitted");
      if (!record (chunk, RUF_ATTEMPT_TAKEN, error))
        return FALSE;
      maybe_crash (self, "recorded");
      return TRUE;
    }

  if (!record (chunk, uncertain ? RUF_ATTEMPT_UNKNOWN : RUF_ATTEMPT_NOT_SENT, error))
    {
      g_error_free (failure);
      return FALSE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
send_chunk (RufDispatcher  *self,
            gboolean       *claimed,
            GCancellable   *cancellable,
            GError        **error)
{
  g_auto (Chunk) chunk = { 0 };

  chunk_init (&chunk, self);
  chunk.key = g_uuid_string_random ();
  if (!write_store (self, write_claim, &chunk, error))
    return FALSE;

  *claimed = chunk.attempt_id != 0;
  if (!*claimed)
    return TRUE;
  maybe_crash (self, "claimed");
  return deliver (&chunk, FALSE, cancellable, error);
}

static gboolean
read_open_attempts (RufDb         *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  Step *step = data;

  step->attempts = ruf_outbox_table_list_open_attempts (db, step->self->run_id, error);
  return step->attempts != NULL;
}

static gboolean
read_attempt (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Chunk *chunk = data;
  gboolean may;

  if (!ruf_outbox_table_attempt_may_repeat (db, chunk->attempt_id, get_now (chunk->self), &may,
                                            error))
    return FALSE;
  return !may || ruf_outbox_table_each_of_attempt (db, chunk->attempt_id, add_message, chunk,
                                                   error);
}

/* The same request under the same key. Where somebody has withdrawn since, it stays unknown. */
static gboolean
repeat_attempt (RufDispatcher         *self,
                const RufOpenAttempt  *attempt,
                GCancellable          *cancellable,
                GError               **error)
{
  g_auto (Chunk) chunk = { 0 };

  chunk_init (&chunk, self);
  chunk.attempt_id = attempt->id;
  chunk.key = g_strdup (attempt->idempotency_key);
  if (!read_store (self, read_attempt, &chunk, error))
    return FALSE;
  return chunk.messages->len == 0 || deliver (&chunk, TRUE, cancellable, error);
}

/* What went by another backend is not this one's to repeat. */
static gboolean
repeat_attempts (RufDispatcher  *self,
                 GCancellable   *cancellable,
                 GError        **error)
{
  Step step = { .self = self };
  g_autoptr (GPtrArray) attempts = NULL;

  if (!ruf_backend_is_idempotent (self->backend))
    return TRUE;
  if (!read_store (self, read_open_attempts, &step, error))
    return FALSE;

  attempts = step.attempts;
  for (guint i = 0; i < attempts->len; i++)
    {
      const RufOpenAttempt *attempt = g_ptr_array_index (attempts, i);

      if (attempt->backend_id == self->backend_id &&
          !repeat_attempt (self, attempt, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Receipts come in their own time: where they do not come now, the run is done all the same and
 * says that they are missing. */
static gboolean
collect (RufDispatcher  *self,
         GCancellable   *cancellable,
         GError        **error)
{
  RufPatience patience = {
    self->backend, self->second_ms, NULL, NULL, self->wait, self->wait_data,
  };
  g_autoptr (GError) failure = NULL;
  g_autofree char *problem = NULL;

  ruf_collect_receipts (self->context, self->backend_id, &patience, cancellable, &failure);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !refresh (self, error))
    return FALSE;
  if (failure == NULL || self->run->state != RUF_RUN_DONE)
    return TRUE;

  problem = g_strdup_printf (_("All has left, but the receipts could not be fetched: %s"),
                             failure->message);
  return end_run (self, RUF_RUN_DONE, problem, error);
}

/* In words when people may be written to again, or NULL where they may be now. */
static char *
get_opening (RufDispatcher *self)
{
  GTimeZone *zone = ruf_context_get_zone (self->context);
  gint64 now = get_now (self);
  gint64 open = ruf_quiet_hours_next_open (now, zone);

  return open > now ? ruf_words_weekday_moment (open, zone) : NULL;
}

/* When the hours end, what has not left stands still until somebody starts it again: stale
 * news does not go out the next morning by itself. */
static gboolean
hold_for_quiet_hours (RufDispatcher  *self,
                      gboolean       *held,
                      GError        **error)
{
  g_autofree char *opening = get_opening (self);
  g_autofree char *problem = NULL;

  *held = opening != NULL;
  if (!*held)
    return TRUE;

  /* Translators: %s is a date and a time. */
  problem = g_strdup_printf (_("Nobody is written to at this hour. "
                               "Start the run again from %s on."), opening);
  return end_run (self, RUF_RUN_PAUSED, problem, error);
}

/* A run that is to begin outside the hours stays as it is, planned for its own time. */
static gboolean
check_hours (RufDispatcher  *self,
             GError        **error)
{
  const gint64 *counts = self->run->counts;
  g_autofree char *opening = get_opening (self);

  if (opening == NULL || counts[RUF_MESSAGE_QUEUED] + counts[RUF_MESSAGE_SENDING] +
                         counts[RUF_MESSAGE_UNKNOWN] == 0)
    return TRUE;

  /* Translators: a title, then a date and a time. */
  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("Nobody is written to at this hour, so nothing of “%s” has left. "
                 "Send it from %s on."), self->run->title, opening);
  return FALSE;
}

static gboolean
send_waiting (RufDispatcher  *self,
              GCancellable   *cancellable,
              GError        **error)
{
  gboolean claimed = TRUE, held = FALSE;

  while (claimed && !held && self->run->state == RUF_RUN_SENDING)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !hold_for_quiet_hours (self, &held, error) ||
          (!held && !send_chunk (self, &claimed, cancellable, error)) ||
          !refresh (self, error))
        return FALSE;
    }
  return TRUE;
}

/* What left as a file, or by another backend, is no batch that this one has. */
static gboolean
has_batch (RufDispatcher *self)
{
  return ruf_run_get_sent (self->run) > 0 &&
         g_strcmp0 (self->run->backend, ruf_backend_get_name (self->backend)) == 0;
}

static gboolean
commit (RufDispatcher  *self,
        GCancellable   *cancellable,
        GError        **error)
{
  gboolean uncertain = FALSE;

  if (has_batch (self) &&
      !call_backend (self, commit_batch, self, TRUE, &uncertain, cancellable, error))
    return FALSE;

  maybe_crash (self, "committed");
  return end_run (self, RUF_RUN_DONE, NULL, error);
}

static gboolean
dispatch (RufDispatcher  *self,
          GCancellable   *cancellable,
          GError        **error)
{
  gboolean uncertain = FALSE;
  gint64 left_before = ruf_run_get_sent (self->run) + self->run->counts[RUF_MESSAGE_UNKNOWN];

  if (left_before > 0 && !collect (self, cancellable, error))
    return FALSE;
  if (get_waiting (self) + self->run->counts[RUF_MESSAGE_UNKNOWN] > 0 &&
      (!call_backend (self, open_batch, self, TRUE, &uncertain, cancellable, error) ||
       !repeat_attempts (self, cancellable, error) ||
       !refresh (self, error) ||
       !send_waiting (self, cancellable, error)))
    return FALSE;

  if (self->run->state != RUF_RUN_SENDING)
    return TRUE;
  return commit (self, cancellable, error);
}

static gboolean
is_early (RufDispatcher *self)
{
  return self->run->due_at > get_now (self);
}

static gboolean
refuse (RufDispatcher  *self,
        GError        **error)
{
  g_autofree char *moment = NULL;

  if (self->run->state == RUF_RUN_CANCELLED)
    g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                 _("The run “%s” was cancelled. Plan the campaign again."), self->run->title);
  else if (self->run->state == RUF_RUN_PAST)
    g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                 _("“%s” was handed over elsewhere and cannot be sent from here."),
                 self->run->title);
  else if (is_early (self) && !self->at_once)
    {
      moment = ruf_words_weekday_moment (self->run->due_at,
                                         ruf_context_get_zone (self->context));
      /* Translators: a title, then a date and a time. */
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("The run “%s” is due on %s and does not go before. "
                     "Move the campaign to an earlier time to send it sooner."),
                   self->run->title, moment);
    }
  else
    return TRUE;
  return FALSE;
}

/* With the lock held nobody else sends this run: what is in sending was left by a crash. */
static gboolean
write_begin (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  RufDispatcher *self = data;

  return (!is_early (self) ||
          ruf_campaign_table_move (db, self->run->campaign_id, get_now (self), error)) &&
         ruf_outbox_table_recover_run (db, self->run_id, get_now (self), NULL, error) &&
         ruf_outbox_table_expire (db, self->run_id, get_now (self), NULL, error) &&
         ruf_outbox_table_set_state (db, self->run_id, RUF_RUN_SENDING, NULL, get_now (self),
                                     error);
}

static gboolean
prepare (RufDispatcher  *self,
         GError        **error)
{
  if (self->backend == NULL)
    self->backend = ruf_context_dup_backend (self->context, self->backend_name, &self->backend_id,
                                             error);
  return self->backend != NULL &&
         refresh (self, error) &&
         refuse (self, error) &&
         read_store (self, read_template, self, error);
}

static gboolean
ruf_dispatcher_run (RufJob        *job,
                    GCancellable  *cancellable,
                    GError       **error)
{
  RufDispatcher *self = RUF_DISPATCHER (job);
  const char *database = ruf_store_get_path (ruf_context_get_store (self->context));
  g_autoptr (RufRunLock) lock = NULL;
  GError *failure = NULL;

  if (!prepare (self, error) ||
      (lock = ruf_run_lock_take (database, self->run_id, error)) == NULL ||
      !check_hours (self, error) ||
      !write_store (self, write_begin, self, error) ||
      !refresh (self, error))
    return FALSE;

  if (!dispatch (self, cancellable, &failure))
    {
      if (!refresh (self, NULL) || self->run->state == RUF_RUN_SENDING)
        return stop_for (self, failure, error);
      g_error_free (failure);
      return TRUE;
    }

  if (!collect (self, cancellable, error))
    return FALSE;
  maybe_crash (self, "collected");
  return TRUE;
}

static void
ruf_dispatcher_finalize (GObject *object)
{
  RufDispatcher *self = RUF_DISPATCHER (object);

  g_clear_object (&self->context);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->backend_name, g_free);
  g_clear_pointer (&self->crash_at, g_free);
  g_clear_pointer (&self->run, ruf_run_free);
  g_clear_pointer (&self->template, ruf_template_free);

  G_OBJECT_CLASS (ruf_dispatcher_parent_class)->finalize (object);
}

static void
ruf_dispatcher_class_init (RufDispatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_dispatcher_finalize;
  RUF_JOB_CLASS (klass)->run = ruf_dispatcher_run;
}

static void
ruf_dispatcher_init (RufDispatcher *self)
{
  const char *second_ms = g_getenv ("RUNDRUF_SECOND_MS");

  self->second_ms = second_ms != NULL ? CLAMP (atoi (second_ms), 1, SECOND_MS) : SECOND_MS;
  self->crash_at = g_strdup (g_getenv ("RUNDRUF_CRASH_AT"));
}

/**
 * ruf_dispatcher_new:
 * @context: the context
 * @run_id: the run to send
 * @backend: (nullable): name of the backend that is to send it; %NULL where
 *   ruf_dispatcher_set_backend() follows
 *
 * A job that sends what is due of a run until nothing waits that may go now, and then
 * collects receipts until none are new. Started again on the same run it goes on where it
 * stopped; nobody gets the message twice.
 *
 * The job fails with REFUSED where the run is not due, cancelled or history, with BUSY where
 * the run is on its way already, and with the backend's error where that does not get better;
 * the run is then paused and its problem says the same. Outside the hours in which people may
 * be written to the job fails with REFUSED and the run stays as it was. Where the hours end
 * on the way the job succeeds, and the run is paused until somebody starts it again.
 *
 * Tests make its waits short by the environment variable RUNDRUF_SECOND_MS.
 *
 * Returns: (transfer full): the job
 */
RufDispatcher *
ruf_dispatcher_new (RufContext *context,
                    gint64      run_id,
                    const char *backend)
{
  RufDispatcher *self;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);

  self = g_object_new (RUF_TYPE_DISPATCHER, NULL);
  self->context = g_object_ref (context);
  self->run_id = run_id;
  self->backend_name = g_strdup (backend);
  return self;
}

/**
 * ruf_dispatcher_set_backend:
 * @self: a dispatcher that has not started
 * @backend: the backend that is to send
 * @backend_id: its id in the store
 *
 * Uses a backend that is at hand instead of making one by its name.
 */
void
ruf_dispatcher_set_backend (RufDispatcher *self,
                            RufBackend    *backend,
                            gint64         backend_id)
{
  g_return_if_fail (RUF_IS_DISPATCHER (self) && RUF_IS_BACKEND (backend));

  g_set_object (&self->backend, backend);
  self->backend_id = backend_id;
}

/**
 * ruf_dispatcher_set_at_once:
 * @self: a dispatcher that has not started
 * @at_once: whether the run may leave before its time
 *
 * Somebody wants the run to leave now. Where it may, its planned time becomes the present;
 * where it may not, it stays planned for its own time.
 */
void
ruf_dispatcher_set_at_once (RufDispatcher *self,
                            gboolean       at_once)
{
  g_return_if_fail (RUF_IS_DISPATCHER (self));

  self->at_once = at_once;
}

/**
 * ruf_dispatcher_set_wait_func:
 * @self: a dispatcher that has not started
 * @func: (scope notified): is told whenever the backend is to be asked again, and when; from
 *   the thread of the job
 * @data: for @func
 *
 * For whoever wants to say why nothing seems to happen.
 */
void
ruf_dispatcher_set_wait_func (RufDispatcher *self,
                              RufWaitFunc    func,
                              gpointer       data)
{
  g_return_if_fail (RUF_IS_DISPATCHER (self));

  self->wait = func;
  self->wait_data = data;
}

/**
 * ruf_dispatcher_set_crash_at:
 * @self: a dispatcher that has not started
 * @step: (nullable): "claimed", "submitted", "recorded", "committed", "collected", or %NULL
 *
 * For crash tests: the process ends at once behind this step, with status 77. The environment
 * variable RUNDRUF_CRASH_AT does the same.
 */
void
ruf_dispatcher_set_crash_at (RufDispatcher *self,
                             const char    *step)
{
  g_return_if_fail (RUF_IS_DISPATCHER (self));

  g_free (self->crash_at);
  self->crash_at = g_strdup (step);
}

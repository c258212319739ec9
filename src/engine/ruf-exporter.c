/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * RufExporter hands a batch over as a file, for whoever sends it elsewhere.
 *
 * Claiming and writing are one transaction: cancelled or failed, nothing has changed. The file
 * takes its name after the commit, so that no row waits that a file already holds. Should the
 * process end in between, the run stands still, and a second export writes the same rows under
 * the same message ids.
 */

#include "config.h"

#include "ruf-dispatcher.h"

#include <glib/gi18n-lib.h>

#include "ruf-batch-pipe.h"
#include "ruf-campaign-table.h"
#include "ruf-error.h"
#include "ruf-run-lock.h"

#define PROGRESS_ROWS 4096

struct _RufExporter
{
  RufJob          parent_instance;

  RufContext     *context;
  gint64          run_id;
  char           *format;
  char           *path;

  RufRun         *run;
  RufTemplate    *template;
  RufBatchWriter *writer;
  RufBatchPipe   *pipe;
  GCancellable   *cancellable;   /* while it writes; borrowed */
  GThread        *reader;        /* while the rows move */
  gboolean        ask;           /* whether some of the rows may not leave */
  GError         *read_error;
  gint64          attempt_id;
  gboolean        in_place;
  guint64         rows;
  char           *sha256;
};

G_DEFINE_FINAL_TYPE (RufExporter, ruf_exporter, RUF_TYPE_JOB)

static gint64
get_now (RufExporter *self)
{
  return ruf_context_get_now (self->context);
}

static gboolean
read_run (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  RufExporter *self = data;
  g_autoptr (RufMessage) message = NULL;

  self->run = ruf_outbox_table_get_run (db, self->run_id, error);
  if (self->run == NULL)
    return FALSE;
  if (self->run->state == RUF_RUN_CANCELLED || self->run->state == RUF_RUN_PAST)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   self->run->state == RUF_RUN_PAST
                     ? _("“%s” was handed over elsewhere and cannot be exported from here.")
                     : _("The run “%s” was cancelled. Plan the campaign again."),
                   self->run->title);
      return FALSE;
    }

  message = ruf_message_table_get_version (db, self->run->message_version_id, error);
  self->template = message != NULL ? ruf_template_parse (message->body, error) : NULL;
  return self->template != NULL;
}

static gboolean
open_writer (RufExporter  *self,
             GError      **error)
{
  RufBatchFormat format;
  RufBatchInfo info = {
    .batch_id = self->run->batch_id,
    .campaign = self->run->title,
    .channel = ruf_channel_to_string (self->run->channel),
    .purpose = self->run->purpose,
    .send_at = self->run->due_at,
    .expires_at = self->run->not_after,
  };

  if (!ruf_batch_format_from_string (self->format, &format))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("There is no format “%s”. Choose one of: %s."), self->format,
                   "jsonl, csv, csv-human");
      return FALSE;
    }

  self->writer = ruf_batch_writer_open (self->path, format, &info, error);
  return self->writer != NULL;
}

static gboolean
pass_row (const RufHandover  *row,
          gpointer            data,
          GError            **error)
{
  RufExporter *self = data;

  if (self->rows % PROGRESS_ROWS == 0)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      ruf_job_set_progress (RUF_JOB (self), self->rows, ruf_run_get_ready (self->run));
    }
  self->rows++;
  return ruf_batch_pipe_add (self->pipe, row, error);
}

static gboolean
read_waiting (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  RufExporter *self = data;

  return ruf_outbox_table_each_waiting (db, self->run_id, self->ask, pass_row, self, error);
}

static gpointer
read_in_thread (gpointer data)
{
  RufExporter *self = data;

  ruf_store_read_sync (ruf_context_get_store (self->context), read_waiting, self,
                       self->cancellable, &self->read_error);
  return NULL;
}

/* From here on the rows are fixed: read them while the transaction moves them. */
static void
start_reading (gint64   left_out,
               gpointer data)
{
  RufExporter *self = data;

  self->ask = left_out > 0;
  self->reader = g_thread_new ("batch-reader", read_in_thread, self);
}

static gboolean
end_reading (RufExporter  *self,
             GError      **error)
{
  if (self->reader != NULL)
    g_thread_join (g_steal_pointer (&self->reader));
  if (self->read_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->read_error));
  return FALSE;
}

/* Nothing waits: has it left, did it come too late, or was nobody to get it? */
static void
set_nothing_error (RufExporter  *self,
                   GError      **error)
{
  const RufRun *run = self->run;
  gint64 left = ruf_run_get_sent (run) + run->counts[RUF_MESSAGE_FAILED] +
                run->counts[RUF_MESSAGE_UNKNOWN];

  if (left > 0)
    g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                 _("“%s” has been sent already, so there is nothing to hand over. What became of "
                   "its messages stands at the run."), run->title);
  else if (run->not_after > 0 && run->not_after <= get_now (self))
    g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                 _("The time by which “%s” had to leave is over, so there is nothing to hand over. "
                   "Plan the campaign for another time."), run->title);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                 _("Nobody of the run “%s” may be written to now, so there is nothing to hand "
                   "over. Look at who was left out, and why."), run->title);
}

/* Never a file that holds other rows than the store says. */
static gboolean
check_rows (RufExporter  *self,
            gboolean      again,
            guint64       moved,
            GError      **error)
{
  if (self->rows > 0 && (again || self->rows == moved))
    return TRUE;

  if (self->rows == moved)
    set_nothing_error (self, error);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_BUSY,
                 _("The run “%s” changed while it was being written. Export it again."),
                 self->run->title);
  return FALSE;
}

/* Moves the rows and passes them on; again where some left as a file before. */
static gboolean
move_rows (RufExporter  *self,
           RufDb        *db,
           gboolean      again,
           gint64       *moved,
           GError      **error)
{
  g_autofree char *key = g_uuid_string_random ();
  gboolean done = ruf_outbox_table_hand_over (db, self->run_id, key, get_now (self),
                                              again ? NULL : start_reading, self,
                                              &self->attempt_id, moved, error);

  return end_reading (self, done ? error : NULL) && done &&
         (!again || ruf_outbox_table_each_handed_over (db, self->run_id, pass_row, self, error));
}

static gboolean
write_batch (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  RufExporter *self = data;
  gboolean again;
  gint64 moved;

  self->pipe = ruf_batch_pipe_new (self->writer, self->template);
  return ruf_outbox_table_recover_run (db, self->run_id, get_now (self), NULL, error) &&
         ruf_outbox_table_was_handed_over (db, self->run_id, &again, error) &&
         move_rows (self, db, again, &moved, error) &&
         ruf_batch_pipe_finish (self->pipe, error) &&
         check_rows (self, again, moved, error) &&
         ruf_outbox_table_set_state (db, self->run_id, RUF_RUN_SENDING, NULL, get_now (self),
                                     error);
}

static gboolean
write_end (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  RufExporter *self = data;
  const char *problem = _("The file could not be put in place. Export the run again.");

  return ruf_outbox_table_finish_hand_over (db, self->run_id, self->attempt_id, self->in_place,
                                            get_now (self), error) &&
         ruf_outbox_table_set_state (db, self->run_id,
                                     self->in_place ? RUF_RUN_DONE : RUF_RUN_PAUSED,
                                     self->in_place ? NULL : problem, get_now (self), error);
}

/* The rows have left; whatever happens now is written down, cancelled or not. */
static gboolean
finish (RufExporter  *self,
        GError      **error)
{
  RufStore *store = ruf_context_get_store (self->context);
  GError *failure = NULL;

  self->in_place = ruf_batch_writer_close (self->writer, &self->sha256, &failure);
  if (self->in_place)
    return ruf_store_write_sync (store, write_end, self, NULL, error);

  ruf_store_write_sync (store, write_end, self, NULL, NULL);
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
ruf_exporter_run (RufJob        *job,
                  GCancellable  *cancellable,
                  GError       **error)
{
  RufExporter *self = RUF_EXPORTER (job);
  RufStore *store = ruf_context_get_store (self->context);
  g_autoptr (RufRunLock) lock = NULL;

  self->cancellable = cancellable;
  if ((lock = ruf_run_lock_take (ruf_store_get_path (store), self->run_id, error)) == NULL ||
      !ruf_store_read_sync (store, read_run, self, cancellable, error) ||
      !open_writer (self, error) ||
      !ruf_store_write_sync (store, write_batch, self, cancellable, error) ||
      !finish (self, error))
    return FALSE;

  ruf_job_set_progress (job, self->rows, self->rows);
  return TRUE;
}

static void
ruf_exporter_finalize (GObject *object)
{
  RufExporter *self = RUF_EXPORTER (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->run, ruf_run_free);
  g_clear_pointer (&self->pipe, ruf_batch_pipe_free);
  g_clear_pointer (&self->writer, ruf_batch_writer_free);
  g_clear_pointer (&self->template, ruf_template_free);
  g_clear_pointer (&self->sha256, g_free);

  G_OBJECT_CLASS (ruf_exporter_parent_class)->finalize (object);
}

static void
ruf_exporter_class_init (RufExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_exporter_finalize;
  RUF_JOB_CLASS (klass)->run = ruf_exporter_run;
}

static void
ruf_exporter_init (RufExporter *self)
{
}

/**
 * ruf_exporter_new:
 * @context: the context
 * @run_id: the run to hand over
 * @format: "jsonl", "csv" or "csv-human"
 * @path: the file
 *
 * A job that hands a batch over as a file. The rules of a claim hold: whoever has withdrawn
 * since the plan is left out. Rows become sent and the run is done. A second export writes the
 * rows handed over before, less those withdrawn since, under the same message ids.
 *
 * The job fails with REFUSED where the run is cancelled, history, or has nobody to write to,
 * with BUSY where it is on its way already, and with IO or FULL for the file; nothing has
 * changed then.
 *
 * Returns: (transfer full): the job
 */
RufExporter *
ruf_exporter_new (RufContext *context,
                  gint64      run_id,
                  const char *format,
                  const char *path)
{
  RufExporter *self;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (format != NULL && path != NULL, NULL);

  self = g_object_new (RUF_TYPE_EXPORTER, NULL);
  self->context = g_object_ref (context);
  self->run_id = run_id;
  self->format = g_strdup (format);
  self->path = g_strdup (path);
  return self;
}

/**
 * ruf_exporter_get_rows:
 * @self: an exporter that has run
 *
 * Returns: how many messages the file holds
 */
guint64
ruf_exporter_get_rows (RufExporter *self)
{
  g_return_val_if_fail (RUF_IS_EXPORTER (self), 0);

  return self->rows;
}

/**
 * ruf_exporter_get_sha256:
 * @self: an exporter that has run
 *
 * Returns: (nullable): the file's SHA-256 as hexadecimal digits
 */
const char *
ruf_exporter_get_sha256 (RufExporter *self)
{
  g_return_val_if_fail (RUF_IS_EXPORTER (self), NULL);

  return self->sha256;
}

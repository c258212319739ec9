/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A file on its way into the store: the job's thread reads records and hands them on in
 * batches, a pool of threads judges them, the store's writer takes the batches in the order
 * of the file.
 *
 * The whole file is one write transaction. Consent events can never be deleted, so there is no
 * taking back what was committed: rolling back is the only sound way to cancel, and the only
 * one by which half an import is never seen. Readers go on meanwhile on what was there before;
 * other writers wait. A dry run does all the work and rolls back, so that its counts are exact.
 */

#include "config.h"

#include "ruf-importer.h"

#include <glib/gi18n-lib.h>

#include "ruf-contact-reader.h"
#include "ruf-error.h"
#include "ruf-import-ledger.h"
#include "ruf-text-stream.h"

/* A batch ends with whichever comes first; together they bound the memory. */
#define ROWS_PER_BATCH 1000
#define BYTES_PER_BATCH (1024 * 1024)
#define MAX_BATCHES 8        /* read but not written */
#define N_JUDGES 2

/* Records, and once judged, rows in their place. */
typedef struct
{
  GPtrArray *records;
  GPtrArray *rows;
  gboolean   judged;
} Batch;

struct _RufImporter
{
  RufJob           parent_instance;

  RufContext      *context;
  char            *path;
  char            *region;
  GStrv            mapping;
  char            *wording;
  char            *rejects_path;
  gboolean         dry_run;

  RufImportRecord *record;
  char             delimiter;
  RufImportRules   rules;
  RufImportLedger *ledger;
  GPtrArray       *no_rejects;     /* what to answer before the run */
  GPtrArray       *no_proposals;
  RufImportProof   no_proof;
  GArray          *no_unproven;

  /* What the threads share. */
  GMutex           lock;
  GCond            changed;
  GQueue           batches;        /* Batch, in the order of the file */
  GQueue           used;           /* Batch, written */
  gboolean         all_read;
  gboolean         stopped;        /* reader or writer has given up */
  gboolean         written;        /* to the last row: only the commit is missing */
};

G_DEFINE_FINAL_TYPE (RufImporter, ruf_importer, RUF_TYPE_JOB)

/**
 * ruf_proposal_free:
 * @self: (nullable): a proposal
 */
void
ruf_proposal_free (RufProposal *self)
{
  if (self == NULL)
    return;
  g_free (self->column);
  g_free (self->value);
  g_free (self->proposal);
  g_free (self);
}

static Batch *
batch_new (void)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->records = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_contact_record_free);
  batch->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_import_row_free);
  return batch;
}

static void
batch_free (Batch *batch)
{
  g_ptr_array_unref (batch->records);
  g_ptr_array_unref (batch->rows);
  g_free (batch);
}

static void
stop (RufImporter *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* In a thread of the pool. */
static void
judge_batch (gpointer data,
             gpointer user_data)
{
  RufImporter *self = user_data;
  Batch *batch = data;

  for (guint i = 0; i < batch->records->len; i++)
    {
      RufContactRecord *record = g_steal_pointer (&g_ptr_array_index (batch->records, i));

      g_ptr_array_add (batch->rows, ruf_import_row_new (record, &self->rules));
    }
  g_mutex_lock (&self->lock);
  batch->judged = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* Freeing takes as long as reading: who reads does it, not who writes. */
static void
free_used (RufImporter *self)
{
  GQueue used;

  g_mutex_lock (&self->lock);
  used = self->used;
  g_queue_init (&self->used);
  g_mutex_unlock (&self->lock);
  g_queue_clear_full (&used, (GDestroyNotify) batch_free);
}

/* Hands a batch on, waiting until there is room.
 * Returns: whether anybody still wants it */
static gboolean
push_batch (RufImporter *self,
            GThreadPool *judges,
            Batch       *batch)
{
  gboolean wanted;

  g_mutex_lock (&self->lock);
  while (!self->stopped && self->batches.length >= MAX_BATCHES)
    g_cond_wait (&self->changed, &self->lock);
  wanted = !self->stopped;
  if (wanted)
    g_queue_push_tail (&self->batches, batch);
  g_mutex_unlock (&self->lock);
  if (wanted)
    g_thread_pool_push (judges, batch, NULL);
  else
    batch_free (batch);
  free_used (self);
  return wanted;
}

/* Sets @more to whether records may follow. */
static gboolean
read_batch (RufContactReader  *reader,
            Batch             *batch,
            gboolean          *more,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  goffset end = ruf_contact_reader_get_position (reader) + BYTES_PER_BATCH;

  *more = TRUE;
  while (*more && batch->records->len < ROWS_PER_BATCH
         && ruf_contact_reader_get_position (reader) < end)
    {
      RufContactRecord *record = ruf_contact_reader_next (reader, cancellable, &local_error);

      *more = record != NULL;
      if (*more)
        g_ptr_array_add (batch->records, record);
    }
  if (local_error == NULL && !g_cancellable_set_error_if_cancelled (cancellable, &local_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
read_all (RufImporter       *self,
          RufContactReader  *reader,
          GThreadPool       *judges,
          GCancellable      *cancellable,
          GError           **error)
{
  gboolean more = TRUE;

  while (more)
    {
      Batch *batch = batch_new ();

      if (!read_batch (reader, batch, &more, cancellable, error))
        {
          batch_free (batch);
          return FALSE;
        }
      if (!push_batch (self, judges, batch))
        return TRUE;
      ruf_job_set_progress (RUF_JOB (self), ruf_contact_reader_get_position (reader),
                            ruf_contact_reader_get_size (reader));
    }
  g_mutex_lock (&self->lock);
  self->all_read = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* The next batch in the file's order, judged. It stays at the head until it is written, so
 * that it counts as memory in use. */
static Batch *
wait_for_batch (RufImporter *self)
{
  Batch *batch;

  g_mutex_lock (&self->lock);
  while (TRUE)
    {
      batch = g_queue_peek_head (&self->batches);
      if (self->stopped || (batch == NULL && self->all_read) || (batch != NULL && batch->judged))
        break;
      g_cond_wait (&self->changed, &self->lock);
    }
  if (self->stopped)
    batch = NULL;
  g_mutex_unlock (&self->lock);
  return batch;
}

static void
drop_batch (RufImporter *self)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->used, g_queue_pop_head (&self->batches));
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gboolean
write_batch (RufImporter   *self,
             RufDb         *db,
             Batch         *batch,
             GCancellable  *cancellable,
             GError       **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < batch->rows->len; i++)
    if (!ruf_import_ledger_write (self->ledger, db, g_ptr_array_index (batch->rows, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
is_stopped (RufImporter *self)
{
  gboolean stopped;

  g_mutex_lock (&self->lock);
  stopped = self->stopped;
  g_mutex_unlock (&self->lock);
  return stopped;
}

static gboolean
roll_back (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "rolled back");
  return FALSE;
}

/* In the store's writer thread, inside the transaction. */
static gboolean
write_all (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  RufImporter *self = data;
  Batch *batch;

  if (!ruf_import_ledger_begin (self->ledger, db, error))
    return FALSE;
  while ((batch = wait_for_batch (self)) != NULL)
    {
      if (!write_batch (self, db, batch, cancellable, error))
        return FALSE;
      drop_batch (self);
    }
  if (is_stopped (self))
    return roll_back (error);
  if (!ruf_import_ledger_finish (self->ledger, db, error))
    return FALSE;
  self->written = TRUE;
  return self->dry_run ? roll_back (error) : TRUE;
}

/* Waits for the store, while the job's thread reads. */
static gpointer
run_writer (gpointer data)
{
  RufImporter *self = data;
  GCancellable *cancellable = ruf_job_get_cancellable (RUF_JOB (self));
  GError *error = NULL;

  ruf_store_write_sync (ruf_context_get_store (self->context), write_all, self, cancellable,
                        &error);
  stop (self);
  return error;
}

/* A cancelled import says what that means for the contacts. */
static void
hand_over_error (GError **from,
                 GError **error)
{
  if (!g_error_matches (*from, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (from));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _("The import was cancelled. The contacts are as they were before."));
}

/* The pool is drained before anything that its threads use goes away. */
static gboolean
run_threads (RufImporter       *self,
             RufContactReader  *reader,
             GCancellable      *cancellable,
             GError           **error)
{
  GThreadPool *judges = g_thread_pool_new (judge_batch, self, N_JUDGES, FALSE, NULL);
  GThread *writer = g_thread_new ("import-writer", run_writer, self);
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) write_error = NULL;

  if (!read_all (self, reader, judges, cancellable, &read_error))
    stop (self);
  write_error = g_thread_join (writer);
  g_thread_pool_free (judges, FALSE, TRUE);
  g_queue_clear_full (&self->batches, (GDestroyNotify) batch_free);
  free_used (self);
  if (read_error != NULL)
    hand_over_error (&read_error, error);
  else if (write_error != NULL && !(self->dry_run && self->written))
    hand_over_error (&write_error, error);
  else
    return TRUE;
  return FALSE;
}

static gpointer
run_checksum (gpointer data)
{
  return ruf_file_get_sha256 (data, NULL);
}

static void
fill_record (RufImporter      *self,
             RufContactReader *reader,
             char             *sha256)
{
  RufImportRecord *record = self->record;

  record->file_name = g_filename_display_basename (self->path);
  record->sha256 = sha256;
  record->format = g_strdup (ruf_contact_reader_get_format (reader));
  record->encoding = g_strdup (ruf_contact_reader_get_encoding (reader));
  record->started_at = ruf_context_get_now (self->context);
  self->delimiter = ruf_contact_reader_get_delimiter (reader);
  self->rules = (RufImportRules) {
    .region = self->region, .zone = ruf_context_get_zone (self->context),
    .now = record->started_at, .wording = self->wording,
    .columns = ruf_contact_reader_get_columns (reader),
  };
}

/* Of the database where none was set; a wrong one would make every national number wrong. */
static gboolean
settle_region (RufImporter  *self,
               GError      **error)
{
  g_autofree char *region = self->region != NULL ? g_steal_pointer (&self->region)
                                                 : ruf_context_dup_region (self->context, error);

  if (region == NULL)
    return FALSE;

  self->region = g_ascii_strup (region, -1);
  if (ruf_phone_is_region (self->region))
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("“%s” is no country. Write two letters, for example DE."), region);
  return FALSE;
}

static gboolean
ruf_importer_run (RufJob        *job,
                  GCancellable  *cancellable,
                  GError       **error)
{
  RufImporter *self = RUF_IMPORTER (job);
  GThread *checksum = g_thread_new ("import-sha256", run_checksum, self->path);
  g_autoptr (RufContactReader) reader =
    ruf_contact_reader_open (self->path, (const char * const *) self->mapping, error);
  g_autofree char *sha256 = g_thread_join (checksum);
  gboolean done;

  if (reader == NULL || !settle_region (self, error))
    return FALSE;
  if (sha256 == NULL)
    {
      g_free (ruf_file_get_sha256 (self->path, error));
      return FALSE;
    }
  fill_record (self, reader, g_steal_pointer (&sha256));
  self->ledger = ruf_import_ledger_new (self->record, self->record->started_at,
                                        self->rejects_path, error);
  if (self->ledger == NULL)
    return FALSE;
  done = run_threads (self, reader, cancellable, error);
  if (!done || self->dry_run)
    self->record->id = 0;
  return done;
}

static void
ruf_importer_finalize (GObject *object)
{
  RufImporter *self = RUF_IMPORTER (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->record, ruf_import_record_free);
  g_clear_pointer (&self->ledger, ruf_import_ledger_free);
  g_clear_pointer (&self->mapping, g_strfreev);
  g_ptr_array_unref (self->no_rejects);
  g_ptr_array_unref (self->no_proposals);
  g_array_unref (self->no_unproven);
  g_free (self->path);
  g_free (self->region);
  g_free (self->wording);
  g_free (self->rejects_path);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);

  G_OBJECT_CLASS (ruf_importer_parent_class)->finalize (object);
}

static void
ruf_importer_class_init (RufImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_importer_finalize;
  RUF_JOB_CLASS (klass)->run = ruf_importer_run;
}

static void
ruf_importer_init (RufImporter *self)
{
  self->record = g_new0 (RufImportRecord, 1);
  self->no_rejects = g_ptr_array_new ();
  self->no_proposals = g_ptr_array_new ();
  self->no_unproven = g_array_new (FALSE, FALSE, sizeof (RufUnproven));
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->batches);
  g_queue_init (&self->used);
}

/**
 * ruf_importer_new:
 * @context: store, clock and zone
 * @path: an address list
 *
 * Makes the job of bringing @path in: people by their addresses, each at most once, nothing
 * overwritten; consents as events, where the file has them. Importing a file again changes
 * nothing (I5), and no import lifts a withdrawal (I7).
 *
 * The job's progress is in bytes. It fails with the errors of ruf_contact_reader_open() and of
 * the store; then, and when it is cancelled, the database is as it was.
 *
 * Returns: (transfer full): the job
 */
RufImporter *
ruf_importer_new (RufContext *context,
                  const char *path)
{
  RufImporter *self = g_object_new (RUF_TYPE_IMPORTER, NULL);

  self->context = g_object_ref (context);
  self->path = g_strdup (path);
  return self;
}

/**
 * ruf_importer_set_region:
 * @self: an importer that has not run
 * @region: ISO country of numbers without a country code, in any case; the database's setting
 *   unless set
 */
void
ruf_importer_set_region (RufImporter *self,
                         const char  *region)
{
  g_return_if_fail (RUF_IS_IMPORTER (self) && region != NULL);
  g_free (self->region);
  self->region = g_strdup (region);
}

/**
 * ruf_importer_set_mapping:
 * @self: an importer that has not run
 * @mapping: (nullable) (array zero-terminated=1): as for ruf_contact_reader_open()
 */
void
ruf_importer_set_mapping (RufImporter        *self,
                          const char * const *mapping)
{
  g_return_if_fail (RUF_IS_IMPORTER (self));
  g_strfreev (self->mapping);
  self->mapping = g_strdupv ((char **) mapping);
}

/**
 * ruf_importer_set_origin:
 * @self: an importer that has not run
 * @origin: (nullable): where the addresses come from, for the record
 */
void
ruf_importer_set_origin (RufImporter *self,
                         const char  *origin)
{
  g_return_if_fail (RUF_IS_IMPORTER (self));
  g_free (self->record->origin);
  self->record->origin = g_strdup (origin);
}

/**
 * ruf_importer_set_wording:
 * @self: an importer that has not run
 * @wording: (nullable): the full text that the people of this file were shown
 *
 * States the wording for rows that bring channel, purpose, time and source but no text of
 * their own.
 */
void
ruf_importer_set_wording (RufImporter *self,
                          const char  *wording)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUF_IS_IMPORTER (self));

  text = wording != NULL ? g_strstrip (g_strdup (wording)) : NULL;
  g_free (self->wording);
  self->wording = text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/**
 * ruf_importer_set_dry_run:
 * @self: an importer that has not run
 * @dry_run: whether to count only
 *
 * A dry run gives the same counts and lists and leaves the database as it was.
 */
void
ruf_importer_set_dry_run (RufImporter *self,
                          gboolean     dry_run)
{
  g_return_if_fail (RUF_IS_IMPORTER (self));
  self->dry_run = dry_run;
}

/**
 * ruf_importer_set_rejects_path:
 * @self: an importer that has not run
 * @path: (nullable): where to write row, column, reason and value of all that was not taken, for
 *   a spreadsheet
 */
void
ruf_importer_set_rejects_path (RufImporter *self,
                               const char  *path)
{
  g_return_if_fail (RUF_IS_IMPORTER (self));
  g_free (self->rejects_path);
  self->rejects_path = g_strdup (path);
}

/**
 * ruf_importer_get_record:
 * @self: an importer that has run
 *
 * Returns: (transfer none): what it did; the id is 0 where nothing was stored. n_rejected counts
 *   rows that became nobody, n_duplicates rows about somebody the file had brought before:
 *   each row is one of these, or its person's, or brings another consent of theirs
 */
const RufImportRecord *
ruf_importer_get_record (RufImporter *self)
{
  g_return_val_if_fail (RUF_IS_IMPORTER (self), NULL);
  return self->record;
}

/**
 * ruf_importer_get_delimiter:
 * @self: an importer that has run
 *
 * Returns: the byte between two fields, 0 where there is none
 */
char
ruf_importer_get_delimiter (RufImporter *self)
{
  g_return_val_if_fail (RUF_IS_IMPORTER (self), 0);
  return self->delimiter;
}

/**
 * ruf_importer_get_rejects:
 * @self: an importer that has run
 *
 * Returns: (transfer none) (element-type RufReject): rows and values that were not taken, the
 *   first 10,000
 */
GPtrArray *
ruf_importer_get_rejects (RufImporter *self)
{
  g_return_val_if_fail (RUF_IS_IMPORTER (self), NULL);
  return self->ledger != NULL ? ruf_import_ledger_get_rejects (self->ledger) : self->no_rejects;
}

/**
 * ruf_importer_get_proposals:
 * @self: an importer that has run
 *
 * Returns: (transfer none) (element-type RufProposal): doubtful numbers with what they probably
 *   are, the first 10,000; none of them is stored
 */
GPtrArray *
ruf_importer_get_proposals (RufImporter *self)
{
  g_return_val_if_fail (RUF_IS_IMPORTER (self), NULL);
  return self->ledger != NULL ? ruf_import_ledger_get_proposals (self->ledger)
                              : self->no_proposals;
}

/**
 * ruf_importer_get_proof:
 * @self: an importer that has run
 *
 * Returns: (transfer none): what the consents that the file claims are worth
 */
const RufImportProof *
ruf_importer_get_proof (RufImporter *self)
{
  g_return_val_if_fail (RUF_IS_IMPORTER (self), NULL);
  return self->ledger != NULL ? ruf_import_ledger_get_proof (self->ledger) : &self->no_proof;
}

/**
 * ruf_importer_get_unproven:
 * @self: an importer that has run
 *
 * Returns: (transfer none) (element-type RufUnproven): rows whose consent proves nothing yet,
 *   the first 10,000
 */
GArray *
ruf_importer_get_unproven (RufImporter *self)
{
  g_return_val_if_fail (RUF_IS_IMPORTER (self), NULL);
  return self->ledger != NULL ? ruf_import_ledger_get_unproven (self->ledger) : self->no_unproven;
}

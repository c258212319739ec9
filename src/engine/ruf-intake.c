/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes back: how a file of it gets into the store, and receipts. Everything is
 * keyed by the message ids of the other side, so that the same file twice changes
 * nothing, and files may arrive in any order.
 */

#include "config.h"

#include "ruf-intake-private.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define ROWS_PER_TRANSACTION 20000

/**
 * ruf_intake_clear:
 * @self: what came in
 *
 * Frees what @self holds; the counts go back to zero.
 */
void
ruf_intake_clear (RufIntake *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  *self = (RufIntake) { 0 };
}

void
ruf_intake_begin (RufIntake     *out,
                  RufRecordFile *file)
{
  *out = (RufIntake) { .rows = file->rows, .rejects = g_ptr_array_ref (file->rejects) };
}

void
ruf_intake_reject (RufIntake       *out,
                   guint            row,
                   const char      *column,
                   RufRejectReason  reason,
                   const char      *value)
{
  g_ptr_array_add (out->rejects, ruf_reject_new (row, column, reason, value));
}

static gboolean
write_rows (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  RufIntakeBatch *batch = data;

  for (guint i = batch->first; i < batch->end; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !batch->add (db, g_ptr_array_index (batch->records, i), batch, error))
      return FALSE;

  return TRUE;
}

/* A transaction for every 20,000 records; @batch's output is cleared where one fails. */
gboolean
ruf_intake_write (RufContext      *context,
                  RufIntakeBatch  *batch,
                  RufIntakeAdd     add,
                  GPtrArray       *records,
                  GCancellable    *cancellable,
                  GError         **error)
{
  batch->now = ruf_context_get_now (context);
  batch->add = add;
  batch->records = records;

  for (guint i = 0; i < records->len; i += ROWS_PER_TRANSACTION)
    {
      batch->first = i;
      batch->end = MIN (i + ROWS_PER_TRANSACTION, records->len);

      if (!ruf_store_write_sync (ruf_context_get_store (context), write_rows, batch, cancellable,
                                 error))
        {
          ruf_intake_clear (batch->out);
          return FALSE;
        }
    }

  return TRUE;
}

/* The platform reports by these codes that the person wants nothing more:
 * WhatsApp 131050 (stopped marketing messages) and 130403 (blocked),
 * Twilio 21610 (answered STOP). */
gboolean
ruf_intake_is_opt_out (const char *error_code)
{
  static const char * const codes[] = { "131050", "130403", "21610", NULL };

  return error_code != NULL && g_strv_contains (codes, error_code);
}

gboolean
ruf_intake_withdraw_by_platform (RufDb       *db,
                                 const char  *error_code,
                                 gint64       at,
                                 gint64       point_id,
                                 RufChannel   channel,
                                 gint64       now,
                                 RufIntake   *out,
                                 GError     **error)
{
  g_autofree char *address = ruf_people_table_get_address (db, point_id, error);
  gint64 seq;
  gint64 withdrawn = 0;
  RufConsentEvent event = {
    .type = RUF_CONSENT_WITHDRAWN,
    .point_id = point_id,
    .address = address,
    .channel = channel,
    .purpose = RUF_PURPOSE_ALL,
    .method = RUF_CONSENT_METHOD_PLATFORM,
    .source = error_code,
    .occurred_at = MIN (at, now),
    .recorded_at = now,
  };

  if (address == NULL || !ruf_consent_table_append (db, &event, &seq, &withdrawn, error))
    return FALSE;

  out->opt_outs += seq != 0;
  out->rows_withdrawn += withdrawn;

  return TRUE;
}

/* @point_id: whose message it was, 0 = of nobody that is known yet. */
static gboolean
add_receipt (RufDb             *db,
             const RufReceipt  *receipt,
             gint64             backend_id,
             gint64             now,
             gint64            *point_id,
             RufIntake         *out,
             GError           **error)
{
  RufReceiptResult result;
  RufChannel channel;

  *point_id = 0;
  if (!ruf_receipt_table_add (db, receipt->message_id, receipt->status, receipt->at,
                              receipt->error_code, backend_id, now,
                              &result, point_id, &channel, error))
    return FALSE;

  out->applied += result == RUF_RECEIPT_APPLIED;
  out->stale += result == RUF_RECEIPT_STALE;
  out->duplicate += result == RUF_RECEIPT_DUPLICATE;
  out->unknown += result == RUF_RECEIPT_UNKNOWN;

  if (*point_id == 0 || receipt->status != RUF_MESSAGE_FAILED ||
      !ruf_intake_is_opt_out (receipt->error_code))
    return TRUE;

  return ruf_intake_withdraw_by_platform (db, receipt->error_code, receipt->at, *point_id, channel,
                                          now, out, error);
}

/**
 * ruf_intake_add_receipts:
 * @db: the writing connection
 * @receipts: (element-type RufReceipt): receipts in any order
 * @backend_id: where they come from, or 0
 * @now: UTC time in microseconds
 * @out: counts are added to it
 * @error: return location
 *
 * Appends receipts in the caller's transaction; status moves forward only. A
 * failure that says that the person stopped or blocked us withdraws everything
 * on that channel, as of the receipt's time.
 *
 * Returns: %FALSE with @error set where the store refuses
 */
gboolean
ruf_intake_add_receipts (RufDb      *db,
                         GPtrArray  *receipts,
                         gint64      backend_id,
                         gint64      now,
                         RufIntake  *out,
                         GError    **error)
{
  gint64 point_id;

  g_return_val_if_fail (db != NULL && receipts != NULL && out != NULL, FALSE);

  for (guint i = 0; i < receipts->len; i++)
    if (!add_receipt (db, g_ptr_array_index (receipts, i), backend_id, now, &point_id, out, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_receipt_of_file (RufDb           *db,
                     gpointer         record,
                     RufIntakeBatch  *batch,
                     GError         **error)
{
  gint64 point_id;

  return add_receipt (db, record, batch->backend_id, batch->now, &point_id, batch->out, error);
}

static gboolean
was_reported (RufDb             *db,
              const RufReceipt  *receipt,
              gboolean          *was,
              GError           **error)
{
  g_autoptr (GPtrArray) failures =
    ruf_receipt_table_list_failures (db, receipt->message_id, error);

  *was = FALSE;
  for (guint i = 0; failures != NULL && i < failures->len; i++)
    {
      const RufFailure *failure = g_ptr_array_index (failures, i);

      *was = *was || g_str_equal (failure->error_code, receipt->error_code);
    }

  return failures != NULL;
}

/* A row that cannot be read whole, but says that the person stopped or blocked us: that counts
 * at once, as of now. */
static gboolean
add_doubtful_receipt (RufDb           *db,
                      gpointer         record,
                      RufIntakeBatch  *batch,
                      GError         **error)
{
  const RufReceipt *receipt = record;
  RufReceipt signal = *receipt;
  gboolean was;
  gint64 point_id;

  if (!ruf_intake_is_opt_out (receipt->error_code))
    return TRUE;
  if (!was_reported (db, receipt, &was, error))
    return FALSE;
  receipt->fault->deed = RUF_DEED_STOPPED;
  if (was)
    {
      batch->out->duplicate++;
      return TRUE;
    }

  signal.status = RUF_MESSAGE_FAILED;
  signal.at = receipt->at != 0 ? receipt->at : batch->now;
  if (!add_receipt (db, &signal, 0, batch->now, &point_id, batch->out, error))
    return FALSE;
  if (point_id == 0)
    receipt->fault->deed = RUF_DEED_KEPT;

  return TRUE;
}

/**
 * ruf_intake_receipts:
 * @context: the context
 * @path: a receipts file, CSV or JSON Lines
 * @out: (out): what came in; free with [func@intake_clear]
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Brings a file of delivery receipts in, 20,000 a transaction. Order does not
 * matter and a file taken in twice changes nothing, so after an error or a cancel
 * the same file can simply be given again.
 *
 * A failure that says that the person stopped or blocked us counts even where its
 * row has no time or status that can be read: as of now, and reported with its deed.
 *
 * Returns: %TRUE where the file was read; rows not taken stand in @out
 */
gboolean
ruf_intake_receipts (RufContext    *context,
                     const char    *path,
                     RufIntake     *out,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (RufRecordFile) file = NULL;
  RufIntakeBatch batch = { .out = out };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (path != NULL && out != NULL, FALSE);

  file = ruf_receipt_file_read (path, ruf_context_get_zone (context), cancellable, error);
  if (file == NULL)
    return FALSE;

  ruf_intake_begin (out, file);

  return ruf_intake_write (context, &batch, add_receipt_of_file, file->records, cancellable,
                           error) &&
         ruf_intake_write (context, &batch, add_doubtful_receipt, file->doubtful, cancellable,
                           error);
}

static gboolean
write_collected (RufDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  RufIntakeBatch *batch = data;

  return ruf_intake_add_receipts (db, batch->records, batch->backend_id, batch->now, batch->out,
                                  error) &&
         ruf_backend_table_set_cursor (db, batch->backend_id, batch->cursor, error);
}

typedef struct
{
  gint64  backend_id;
  char   *cursor;
} CursorRead;

static gboolean
read_cursor (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  CursorRead *read = data;

  read->cursor = ruf_backend_table_get_cursor (db, read->backend_id, error);

  return read->cursor != NULL;
}

/* One page; the cursor moves in the transaction of its receipts. */
static gboolean
collect_page (RufContext    *context,
              RufBackend    *backend,
              CursorRead    *at,
              guint         *n_receipts,
              RufIntake     *out,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GPtrArray) receipts = NULL;
  g_autofree char *next = NULL;
  RufIntakeBatch batch = { .backend_id = at->backend_id, .out = out };

  receipts = ruf_backend_collect (backend, at->cursor, &next, cancellable, error);
  if (receipts == NULL)
    return FALSE;

  *n_receipts = receipts->len;
  out->rows += receipts->len;
  if (receipts->len == 0)
    return TRUE;

  batch.records = receipts;
  batch.cursor = next;
  batch.now = ruf_context_get_now (context);
  if (!ruf_store_write_sync (ruf_context_get_store (context), write_collected, &batch,
                             cancellable, error))
    return FALSE;

  g_free (at->cursor);
  at->cursor = g_steal_pointer (&next);

  return TRUE;
}

/**
 * ruf_intake_collect_from:
 * @context: the context
 * @backend: a backend that gives receipts
 * @backend_id: its id in the store
 * @out: (out): what came in; free with [func@intake_clear]
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Fetches the receipts that @backend has for us, page by page, until it has
 * none. The place is kept with the receipts, so that nothing is fetched twice.
 *
 * Returns: %FALSE with an error of [class@Backend]; pages taken in before it stay
 */
gboolean
ruf_intake_collect_from (RufContext    *context,
                         RufBackend    *backend,
                         gint64         backend_id,
                         RufIntake     *out,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autofree char *cursor = NULL;
  CursorRead at = { .backend_id = backend_id };
  guint n_receipts = 0;
  gboolean done;

  g_return_val_if_fail (RUF_IS_CONTEXT (context) && RUF_IS_BACKEND (backend), FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  *out = (RufIntake) { 0 };
  if (!ruf_store_read_sync (ruf_context_get_store (context), read_cursor, &at, cancellable, error))
    return FALSE;

  out->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_reject_free);
  do
    done = collect_page (context, backend, &at, &n_receipts, out, cancellable, error);
  while (done && n_receipts > 0);
  cursor = g_steal_pointer (&at.cursor);

  if (!done)
    ruf_intake_clear (out);

  return done;
}

/**
 * ruf_intake_collect:
 * @context: the context
 * @name: name of a backend
 * @out: (out): what came in; free with [func@intake_clear]
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Fetches the receipts that the backend of that name has for us.
 *
 * Returns: %FALSE with %RUF_ERROR_REFUSED where the backend knows no receipts, or
 *   another error of [class@Backend]; pages taken in before it stay
 */
gboolean
ruf_intake_collect (RufContext    *context,
                    const char    *name,
                    RufIntake     *out,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (RufBackend) backend = NULL;
  gint64 backend_id;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (name != NULL && out != NULL, FALSE);

  *out = (RufIntake) { 0 };
  backend = ruf_context_dup_backend (context, name, &backend_id, error);
  if (backend == NULL)
    return FALSE;

  if (!ruf_backend_has_receipts (backend))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("The backend “%s” gives no receipts. Import a receipts file instead."), name);
      return FALSE;
    }

  return ruf_intake_collect_from (context, backend, backend_id, out, cancellable, error);
}

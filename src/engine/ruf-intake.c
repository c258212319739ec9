/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes back: receipts, replies, and messages that were handed over elsewhere.
 * Everything is keyed by the message ids of the other side, so that the same file
 * twice changes nothing, and files may arrive in any order.
 */

#include "config.h"

#include "ruf-intake.h"

#include <glib/gi18n-lib.h>

#include "ruf-address.h"
#include "ruf-campaign-table.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-keyword.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"
#include "ruf-receipt-reader.h"

#define ROWS_PER_TRANSACTION 20000
#define START_PURPOSE        "weekly-offer"
#define PAST_PURPOSE         "weekly-offer"

/* A part of a file on its way into the store, and what becomes of it. */
typedef struct _Batch Batch;

/* Takes one record of the file in. */
typedef gboolean (*AddRecord) (RufDb    *db,
                               gpointer  record,
                               Batch    *batch,
                               GError  **error);

struct _Batch
{
  AddRecord   add;
  GPtrArray  *records;   /* of the whole file */
  guint       first;
  guint       end;
  gint64      now;
  gint64      backend_id;
  const char *cursor;        /* of a backend, or NULL */
  GHashTable *campaigns;     /* names of history runs, as a set */
  RufIntake  *out;
};

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

static void
begin (RufIntake     *out,
       RufRecordFile *file)
{
  *out = (RufIntake) { .rows = file->rows, .rejects = g_ptr_array_ref (file->rejects) };
}

static void
reject (RufIntake       *out,
        guint            row,
        const char      *column,
        RufRejectReason  reason,
        const char      *value)
{
  g_ptr_array_add (out->rejects, ruf_reject_new (row, column, reason, value));
}

/* Hands @batch to @func, a transaction for every 20,000 rows. */
static gboolean
write_rows (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Batch *batch = data;

  for (guint i = batch->first; i < batch->end; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !batch->add (db, g_ptr_array_index (batch->records, i), batch, error))
      return FALSE;

  return TRUE;
}

static gboolean
write_batches (RufContext    *context,
               Batch         *batch,
               GCancellable  *cancellable,
               GError       **error)
{
  batch->now = ruf_context_get_now (context);

  for (guint i = 0; i < batch->records->len; i += ROWS_PER_TRANSACTION)
    {
      batch->first = i;
      batch->end = MIN (i + ROWS_PER_TRANSACTION, batch->records->len);

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
static gboolean
is_opt_out (const char *error_code)
{
  static const char * const codes[] = { "131050", "130403", "21610", NULL };

  return error_code != NULL && g_strv_contains (codes, error_code);
}

static gboolean
withdraw_by_platform (RufDb       *db,
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

static gboolean
add_receipt (RufDb             *db,
             const RufReceipt  *receipt,
             gint64             backend_id,
             gint64             now,
             RufIntake         *out,
             GError           **error)
{
  RufReceiptResult result;
  RufChannel channel;
  gint64 point_id = 0;

  if (!ruf_receipt_table_add (db, receipt->message_id, receipt->status, receipt->at,
                              receipt->error_code, backend_id, now,
                              &result, &point_id, &channel, error))
    return FALSE;

  out->applied += result == RUF_RECEIPT_APPLIED;
  out->stale += result == RUF_RECEIPT_STALE;
  out->duplicate += result == RUF_RECEIPT_DUPLICATE;
  out->unknown += result == RUF_RECEIPT_UNKNOWN;

  if (point_id == 0 || receipt->status != RUF_MESSAGE_FAILED || !is_opt_out (receipt->error_code))
    return TRUE;

  return withdraw_by_platform (db, receipt->error_code, receipt->at, point_id, channel, now, out,
                               error);
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
  g_return_val_if_fail (db != NULL && receipts != NULL && out != NULL, FALSE);

  for (guint i = 0; i < receipts->len; i++)
    if (!add_receipt (db, g_ptr_array_index (receipts, i), backend_id, now, out, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_receipt_of_file (RufDb     *db,
                     gpointer   record,
                     Batch     *batch,
                     GError   **error)
{
  return add_receipt (db, record, batch->backend_id, batch->now, batch->out, error);
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
  Batch batch = { .add = add_receipt_of_file, .out = out };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (path != NULL && out != NULL, FALSE);

  file = ruf_receipt_file_read (path, ruf_context_get_zone (context), cancellable, error);
  if (file == NULL)
    return FALSE;

  begin (out, file);
  batch.records = file->records;

  return write_batches (context, &batch, cancellable, error);
}

static gboolean
write_collected (RufDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Batch *batch = data;

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
  Batch batch = { .backend_id = at->backend_id, .out = out };

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

/* START without a purpose means the one that the shop's posters name. */
static gboolean
append_answer (RufDb                  *db,
               const RufReply         *reply,
               RufChannel              channel,
               gint64                  point_id,
               const char             *address,
               const RufReplyReading  *reading,
               Batch                  *batch,
               GError                **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *start_purpose = NULL;
  gboolean stop = reading->kind == RUF_REPLY_STOP;
  const char *purpose = reading->purpose;
  gint64 seq;
  gint64 withdrawn = 0;

  if (purpose == NULL && !stop)
    {
      start_purpose = ruf_setting_get (db, "start-purpose", &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  if (purpose == NULL)
    purpose = stop ? RUF_PURPOSE_ALL : start_purpose != NULL ? start_purpose : START_PURPOSE;

  RufConsentEvent event = {
    .type = stop ? RUF_CONSENT_WITHDRAWN : RUF_CONSENT_GRANTED,
    .point_id = point_id,
    .address = address,
    .channel = channel,
    .purpose = purpose,
    .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND,
    .source = reading->source,
    .text = reply->text,
    /* A clock that runs ahead on the other side must not hold a STOP back. */
    .occurred_at = stop ? MIN (reply->at, batch->now) : reply->at,
    .recorded_at = batch->now,
  };

  if (!ruf_consent_table_append (db, &event, &seq, &withdrawn, error))
    return FALSE;

  batch->out->opt_outs += stop;
  batch->out->opt_ins += !stop;
  batch->out->rows_withdrawn += withdrawn;

  return TRUE;
}

static gboolean
take_reply (RufDb           *db,
            const RufReply  *reply,
            RufChannel       channel,
            gint64           point_id,
            const char      *address,
            RufReplyReading *reading,
            Batch           *batch,
            GError         **error)
{
  gboolean added;
  gint64 id;

  if (!ruf_reply_table_add (db, reply->message_id, point_id, channel, reply->at, reply->text,
                            reading->kind, &added, &id, error))
    return FALSE;

  if (!added)
    {
      batch->out->duplicate++;
      return TRUE;
    }

  if (reading->kind == RUF_REPLY_STOP || reading->kind == RUF_REPLY_START)
    return append_answer (db, reply, channel, point_id, address, reading, batch, error);

  batch->out->other++;
  batch->out->review += reading->kind == RUF_REPLY_REVIEW;

  return TRUE;
}

static gboolean
add_reply (RufDb     *db,
           gpointer   record,
           Batch     *batch,
           GError   **error)
{
  const RufReply *reply = record;
  g_autofree char *address = NULL;
  RufReplyReading reading;
  RufAddressKind kind;
  RufChannel channel;
  gint64 point_id;
  gboolean taken;

  if (!ruf_channel_from_string (reply->channel, &channel))
    {
      reject (batch->out, reply->row, "channel", RUF_REJECT_MALFORMED_ROW, reply->channel);
      return TRUE;
    }

  if (!ruf_address_parse_on (reply->from, channel, NULL, &kind, &address))
    {
      reject (batch->out, reply->row, "from",
              channel == RUF_CHANNEL_EMAIL ? RUF_REJECT_EMAIL_INVALID : RUF_REJECT_PHONE_INVALID,
              reply->from);
      return TRUE;
    }

  if (!ruf_people_table_ensure_point (db, kind, address, &point_id, error))
    return FALSE;

  ruf_reply_read (reply->text, &reading);
  taken = take_reply (db, reply, channel, point_id, address, &reading, batch, error);
  ruf_reply_reading_clear (&reading);

  return taken;
}

static int
compare_replies (gconstpointer a,
                 gconstpointer b)
{
  const RufReply *first = *(const RufReply * const *) a;
  const RufReply *second = *(const RufReply * const *) b;

  return (first->at > second->at) - (first->at < second->at);
}

/**
 * ruf_intake_replies:
 * @context: the context
 * @path: a replies file
 * @out: (out): what came in; free with [func@intake_clear]
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Brings what people answered in, in the order of time and not of rows. STOP
 * withdraws the purpose that it names or everything on that channel, and takes
 * waiting messages out of every run. START grants at level E2 the purpose that it
 * names, or the one of the setting `start-purpose`. Whatever else holds a stop
 * word is kept for a person to look at. Somebody whom we do not know may write
 * STOP too.
 *
 * Returns: %TRUE where the file was read; rows not taken stand in @out
 */
gboolean
ruf_intake_replies (RufContext    *context,
                    const char    *path,
                    RufIntake     *out,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (RufRecordFile) file = NULL;
  Batch batch = { .add = add_reply, .out = out };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (path != NULL && out != NULL, FALSE);

  file = ruf_reply_file_read (path, ruf_context_get_zone (context), cancellable, error);
  if (file == NULL)
    return FALSE;

  begin (out, file);
  g_ptr_array_sort (file->records, compare_replies);
  batch.records = file->records;

  return write_batches (context, &batch, cancellable, error);
}

/* Receipts may come before the message that they are about. */
static gboolean
heed_early_opt_outs (RufDb       *db,
                     const char  *message_id,
                     gint64       point_id,
                     Batch       *batch,
                     GError     **error)
{
  g_autoptr (GPtrArray) failures = ruf_receipt_table_list_failures (db, message_id, error);

  if (failures == NULL)
    return FALSE;

  for (guint i = 0; i < failures->len; i++)
    {
      const RufFailure *failure = g_ptr_array_index (failures, i);

      if (is_opt_out (failure->error_code) &&
          !withdraw_by_platform (db, failure->error_code, failure->at, point_id,
                                 RUF_CHANNEL_WHATSAPP, batch->now, batch->out, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_past_message (RufDb     *db,
                  gpointer   record,
                  Batch     *batch,
                  GError   **error)
{
  const RufPastMessage *message = record;
  g_autofree char *address = NULL;
  RufAddressKind kind;
  gint64 point_id;
  gboolean added;

  if (!ruf_address_parse_on (message->phone, RUF_CHANNEL_WHATSAPP, NULL, &kind, &address))
    {
      reject (batch->out, message->row, "phone", RUF_REJECT_PHONE_INVALID, message->phone);
      return TRUE;
    }

  if (!ruf_people_table_ensure_point (db, kind, address, &point_id, error) ||
      !ruf_outbox_table_add_past (db, message->campaign, RUF_CHANNEL_WHATSAPP, PAST_PURPOSE,
                                  message->message_id, point_id, message->exported_at,
                                  &added, error))
    return FALSE;

  batch->out->messages += added;
  batch->out->duplicate += !added;
  if (!added)
    return TRUE;

  g_hash_table_add (batch->campaigns, message->campaign);

  return heed_early_opt_outs (db, message->message_id, point_id, batch, error);
}

static int
compare_past_messages (gconstpointer a,
                       gconstpointer b)
{
  const RufPastMessage *first = *(const RufPastMessage * const *) a;
  const RufPastMessage *second = *(const RufPastMessage * const *) b;

  return (first->exported_at > second->exported_at) - (first->exported_at < second->exported_at);
}

/**
 * ruf_intake_past_messages:
 * @context: the context
 * @path: a file of messages that were handed over elsewhere
 * @out: (out): what came in; free with [func@intake_clear]
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Makes history out of messages that another program sent: one run per campaign
 * name, in the state `past`, so that receipts find them. They count as weekly
 * offers on WhatsApp.
 *
 * Returns: %TRUE where the file was read; rows not taken stand in @out
 */
gboolean
ruf_intake_past_messages (RufContext    *context,
                          const char    *path,
                          RufIntake     *out,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (RufRecordFile) file = NULL;
  g_autoptr (GHashTable) campaigns = NULL;
  Batch batch = { .add = add_past_message, .out = out };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (path != NULL && out != NULL, FALSE);

  file = ruf_past_message_file_read (path, ruf_context_get_zone (context), cancellable, error);
  if (file == NULL)
    return FALSE;

  begin (out, file);
  g_ptr_array_sort (file->records, compare_past_messages);
  campaigns = g_hash_table_new (g_str_hash, g_str_equal);
  batch.records = file->records;
  batch.campaigns = campaigns;

  if (!write_batches (context, &batch, cancellable, error))
    return FALSE;

  out->runs = g_hash_table_size (campaigns);

  return TRUE;
}

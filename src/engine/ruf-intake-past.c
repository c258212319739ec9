/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * History: messages that were handed over elsewhere.
 */

#include "config.h"

#include "ruf-intake-private.h"

#include "ruf-address.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define PAST_PURPOSE "weekly-offer"

/* Receipts may come before the message that they are about. */
static gboolean
heed_early_opt_outs (RufDb           *db,
                     const char      *message_id,
                     gint64           point_id,
                     RufIntakeBatch  *batch,
                     GError         **error)
{
  g_autoptr (GPtrArray) failures = ruf_receipt_table_list_failures (db, message_id, error);

  if (failures == NULL)
    return FALSE;

  for (guint i = 0; i < failures->len; i++)
    {
      const RufFailure *failure = g_ptr_array_index (failures, i);

      if (ruf_intake_is_opt_out (failure->error_code) &&
          !ruf_intake_withdraw_by_platform (db, failure->error_code, failure->at, point_id,
                                            RUF_CHANNEL_WHATSAPP, batch->now, batch->out, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_past_message (RufDb           *db,
                  gpointer         record,
                  RufIntakeBatch  *batch,
                  GError         **error)
{
  const RufPastMessage *message = record;
  g_autofree char *address = NULL;
  RufAddressKind kind;
  gint64 point_id;
  gboolean added;

  if (!ruf_address_parse_on (message->phone, RUF_CHANNEL_WHATSAPP, NULL, &kind, &address))
    {
      ruf_intake_reject (batch->out, message->row, "phone", RUF_REJECT_PHONE_INVALID,
                         message->phone);
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
  RufIntakeBatch batch = { .out = out };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (path != NULL && out != NULL, FALSE);

  file = ruf_past_message_file_read (path, ruf_context_get_zone (context), cancellable, error);
  if (file == NULL)
    return FALSE;

  ruf_intake_begin (out, file);
  g_ptr_array_sort (file->records, compare_past_messages);
  campaigns = g_hash_table_new (g_str_hash, g_str_equal);
  batch.campaigns = campaigns;

  if (!ruf_intake_write (context, &batch, add_past_message, file->records, cancellable, error))
    return FALSE;

  out->runs = g_hash_table_size (campaigns);

  return TRUE;
}

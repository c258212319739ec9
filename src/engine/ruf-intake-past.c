/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * History: messages that were handed over elsewhere.
 */

#include "config.h"

#include "ruf-intake-private.h"

#include <glib/gi18n-lib.h>

#include "ruf-address.h"
#include "ruf-error.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define PAST_CHANNEL RUF_CHANNEL_WHATSAPP
#define PAST_PURPOSE "weekly-offer"

/* What the messages of one campaign are. */
typedef struct
{
  RufChannel  channel;
  char       *purpose;
  gboolean    known;     /* the store had it before */
  gboolean    grew;      /* by a message of this file */
} Campaign;

/* What is asked of the store about the campaigns of a file. */
typedef struct
{
  GPtrArray  *messages;
  GHashTable *campaigns;
  gboolean    channel_given;
  RufChannel  channel;
  const char *purpose;   /* NULL = not given */
} Request;

static void
campaign_free (Campaign *campaign)
{
  g_free (campaign->purpose);
  g_free (campaign);
}

static gboolean
refuse_contradiction (const Request   *request,
                      const char      *name,
                      const Campaign  *campaign,
                      GError         **error)
{
  if (!campaign->known ||
      ((!request->channel_given || request->channel == campaign->channel) &&
       (request->purpose == NULL || g_str_equal (request->purpose, campaign->purpose))))
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("The campaign “%s” is known as %s, %s. Import its messages without another "
                 "channel or purpose."), name, ruf_channel_to_string (campaign->channel),
               campaign->purpose);
  return FALSE;
}

/* A campaign that is known stays what it is; of a new one the file's owner says it. */
static gboolean
add_campaign (RufDb          *db,
              const Request  *request,
              const char     *name,
              GError        **error)
{
  Campaign *campaign = g_new0 (Campaign, 1);

  g_hash_table_insert (request->campaigns, g_strdup (name), campaign);
  if (!ruf_outbox_table_find_past (db, name, &campaign->known, &campaign->channel,
                                   &campaign->purpose, error))
    return FALSE;

  if (!campaign->known)
    {
      campaign->channel = request->channel_given ? request->channel : PAST_CHANNEL;
      campaign->purpose = g_strdup (request->purpose != NULL ? request->purpose : PAST_PURPOSE);
    }

  return refuse_contradiction (request, name, campaign, error);
}

static gboolean
read_campaigns (RufDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const Request *request = data;

  for (guint i = 0; i < request->messages->len; i++)
    {
      const RufPastMessage *message = g_ptr_array_index (request->messages, i);

      if (!g_hash_table_contains (request->campaigns, message->campaign) &&
          !add_campaign (db, request, message->campaign, error))
        return FALSE;
    }

  return TRUE;
}

/* Receipts may come before the message that they are about. */
static gboolean
heed_early_opt_outs (RufDb           *db,
                     const char      *message_id,
                     gint64           point_id,
                     RufChannel       channel,
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
                                            channel, batch->now, batch->out, error))
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
  Campaign *campaign = g_hash_table_lookup (batch->campaigns, message->campaign);
  g_autofree char *address = NULL;
  RufAddressKind kind;
  gint64 point_id;
  gboolean added;

  if (!ruf_address_parse_on (message->phone, campaign->channel, NULL, &kind, &address))
    {
      ruf_intake_reject (batch->out, message->row, "phone",
                         campaign->channel == RUF_CHANNEL_EMAIL ? RUF_REJECT_EMAIL_INVALID
                                                                : RUF_REJECT_PHONE_INVALID,
                         message->phone);
      return TRUE;
    }

  if (!ruf_people_table_ensure_point (db, kind, address, batch->now, &point_id, error) ||
      !ruf_outbox_table_add_past (db, message->campaign, campaign->channel, campaign->purpose,
                                  message->message_id, point_id, message->exported_at,
                                  &added, error))
    return FALSE;

  batch->out->messages += added;
  batch->out->duplicate += !added;
  if (!added)
    return TRUE;

  campaign->grew = TRUE;

  return heed_early_opt_outs (db, message->message_id, point_id, campaign->channel, batch, error);
}

static int
compare_past_messages (gconstpointer a,
                       gconstpointer b)
{
  const RufPastMessage *first = *(const RufPastMessage * const *) a;
  const RufPastMessage *second = *(const RufPastMessage * const *) b;

  return (first->exported_at > second->exported_at) - (first->exported_at < second->exported_at);
}

static void
count_campaigns (GHashTable *campaigns,
                 RufIntake  *out)
{
  GHashTableIter iter;
  gpointer campaign;

  g_hash_table_iter_init (&iter, campaigns);
  while (g_hash_table_iter_next (&iter, NULL, &campaign))
    {
      out->runs += ((Campaign *) campaign)->grew;
      out->new_campaigns += ((Campaign *) campaign)->grew && !((Campaign *) campaign)->known;
    }
}

static gboolean
fill_request (Request     *request,
              const char  *channel,
              const char  *purpose,
              GError     **error)
{
  const char *key = purpose != NULL ? ruf_purpose_from_words (purpose) : NULL;

  request->channel_given = channel != NULL;
  request->purpose = key != NULL ? key : purpose;
  if (channel == NULL || ruf_channel_from_string (channel, &request->channel))
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("There is no channel “%s”. Use whatsapp, telegram, sms, email or signal."),
               channel);
  return FALSE;
}

/**
 * ruf_intake_past_messages:
 * @context: the context
 * @path: a file of messages that were handed over elsewhere
 * @channel: (nullable): by which channel campaigns went that are not known yet; WhatsApp
 *   unless told
 * @purpose: (nullable): key or words of what they were for; weekly offers unless told
 * @out: (out): what came in; free with [func@intake_clear]
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Makes history out of messages that another program sent: one run per campaign
 * name, in the state `past`, so that receipts find them. A campaign whose name is known
 * keeps its channel and purpose; any other is new, and is what @channel and @purpose say.
 *
 * Returns: %TRUE where the file was read; rows not taken stand in @out. %FALSE with
 *   %RUF_ERROR_REFUSED where @channel or @purpose contradict a campaign that is known,
 *   %RUF_ERROR_INVALID where @channel is none; then nothing was changed
 */
gboolean
ruf_intake_past_messages (RufContext    *context,
                          const char    *path,
                          const char    *channel,
                          const char    *purpose,
                          RufIntake     *out,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (RufRecordFile) file = NULL;
  g_autoptr (GHashTable) campaigns =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) campaign_free);
  RufIntakeBatch batch = { .campaigns = campaigns, .out = out };
  Request request = { .campaigns = campaigns };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (path != NULL && out != NULL, FALSE);

  if (!fill_request (&request, channel, purpose, error))
    return FALSE;
  file = ruf_past_message_file_read (path, ruf_context_get_zone (context), cancellable, error);
  if (file == NULL)
    return FALSE;

  request.messages = file->records;
  if (!ruf_store_read_sync (ruf_context_get_store (context), read_campaigns, &request, cancellable,
                            error))
    return FALSE;

  ruf_intake_begin (out, file);
  g_ptr_array_sort (file->records, compare_past_messages);
  if (!ruf_intake_write (context, &batch, add_past_message, file->records, cancellable, error))
    return FALSE;

  count_campaigns (campaigns, out);

  return TRUE;
}

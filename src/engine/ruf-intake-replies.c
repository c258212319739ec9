/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Replies of people: STOP, START, and what a person has to read.
 */

#include "config.h"

#include "ruf-intake-private.h"

#include <glib/gi18n-lib.h>

#include "ruf-address.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-keyword.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define START_PURPOSE "weekly-offer"

/**
 * ruf_intake_dup_start_purpose:
 * @db: a connection
 * @error: return location
 *
 * Tells what a START means that names no purpose: the one that the shop's posters name.
 *
 * Returns: (transfer full) (nullable): the purpose's key
 */
char *
ruf_intake_dup_start_purpose (RufDb   *db,
                              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *purpose = ruf_setting_get (db, "start-purpose", &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return purpose != NULL ? purpose : g_strdup (START_PURPOSE);
}

static gboolean
append_answer (RufDb                  *db,
               const RufReply         *reply,
               RufChannel              channel,
               gint64                  point_id,
               const char             *address,
               const RufReplyReading  *reading,
               RufIntakeBatch         *batch,
               GError                **error)
{
  gboolean stop = reading->kind == RUF_REPLY_STOP;
  g_autofree char *start_purpose = NULL;
  const char *purpose = reading->purpose;
  gint64 seq;
  gint64 withdrawn = 0;

  if (purpose == NULL && stop)
    purpose = RUF_PURPOSE_ALL;
  else if (purpose == NULL &&
           (purpose = start_purpose = ruf_intake_dup_start_purpose (db, error)) == NULL)
    return FALSE;

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
    .occurred_text = reply->at == 0 ? reply->fault->value : NULL,
    .recorded_at = batch->now,
  };

  if (!ruf_consent_table_append (db, &event, &seq, &withdrawn, error))
    return FALSE;

  batch->out->opt_outs += stop;
  batch->out->opt_ins += !stop;
  batch->out->rows_withdrawn += withdrawn;

  return TRUE;
}

/* Under this name a reply without one is known again. Without a time either, it cannot be told
 * from a later one, and a stop too many is better than one too few. */
static char *
dup_message_id (const RufReply *reply,
                const char     *address,
                gint64          now)
{
  g_autofree char *all = NULL;
  g_autofree char *sha256 = NULL;

  if (*reply->message_id != '\0')
    return g_strdup (reply->message_id);

  all = g_strdup_printf ("%s\n%s\n%" G_GINT64_FORMAT "\n%s", address, reply->channel,
                         reply->at != 0 ? reply->at : now, reply->text);
  sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
  return g_strconcat ("unnamed-", sha256, NULL);
}

static gboolean
take_reply (RufDb           *db,
            const RufReply  *reply,
            RufChannel       channel,
            gint64           point_id,
            const char      *address,
            RufReplyReading *reading,
            RufIntakeBatch  *batch,
            GError         **error)
{
  g_autofree char *message_id = dup_message_id (reply, address, batch->now);
  gint64 at = reply->at != 0 ? reply->at : batch->now;
  gboolean added;
  gint64 id;

  if (!ruf_reply_table_add (db, message_id, point_id, channel, at, reply->text, reading->kind,
                            &added, &id, error))
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

/* What counts of a row that cannot be read whole: that the person wants no more, or may. */
static RufRejectDeed
judge_doubtful (const RufReplyReading *reading)
{
  switch (reading->kind)
    {
    case RUF_REPLY_STOP:
      return RUF_DEED_STOPPED;
    case RUF_REPLY_REVIEW:
      return RUF_DEED_HELD;
    case RUF_REPLY_START:
    case RUF_REPLY_OTHER:
    default:
      return RUF_DEED_NOT_TAKEN;
    }
}

static gboolean
read_and_take (RufDb           *db,
               const RufReply  *reply,
               RufChannel       channel,
               gint64           point_id,
               const char      *address,
               RufIntakeBatch  *batch,
               GError         **error)
{
  RufReplyReading reading;
  gboolean taken = TRUE;

  ruf_reply_read (reply->text, &reading);
  if (reply->fault != NULL)
    reply->fault->deed = judge_doubtful (&reading);
  if (reply->fault == NULL || reply->fault->deed != RUF_DEED_NOT_TAKEN)
    taken = take_reply (db, reply, channel, point_id, address, &reading, batch, error);
  ruf_reply_reading_clear (&reading);

  return taken;
}

/* A doubtful row is reported already; only a good one is reported for its address. */
static void
reject_reply (RufIntakeBatch  *batch,
              const RufReply  *reply,
              const char      *column,
              RufRejectReason  reason,
              const char      *value)
{
  if (reply->fault == NULL)
    ruf_intake_reject (batch->out, reply->row, column, reason, value);
}

static gboolean
add_reply (RufDb           *db,
           gpointer         record,
           RufIntakeBatch  *batch,
           GError         **error)
{
  const RufReply *reply = record;
  g_autofree char *address = NULL;
  RufAddressKind kind;
  RufChannel channel;
  gint64 point_id;

  if (!ruf_channel_from_string (reply->channel, &channel))
    {
      reject_reply (batch, reply, "channel", RUF_REJECT_MALFORMED_ROW, reply->channel);
      return TRUE;
    }

  if (!ruf_address_parse_on (reply->from, channel, NULL, &kind, &address))
    {
      reject_reply (batch, reply, "from",
                    channel == RUF_CHANNEL_EMAIL ? RUF_REJECT_EMAIL_INVALID
                                                 : RUF_REJECT_PHONE_INVALID, reply->from);
      return TRUE;
    }

  return ruf_people_table_ensure_point (db, kind, address, batch->now, &point_id, error) &&
         read_and_take (db, reply, channel, point_id, address, batch, error);
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
 * A stop counts even where its row has no id or no time that can be read: as of
 * now, and reported with its deed. Other answers wait for a row that can be read.
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
  RufIntakeBatch batch = { .out = out };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (path != NULL && out != NULL, FALSE);

  file = ruf_reply_file_read (path, ruf_context_get_zone (context), cancellable, error);
  if (file == NULL)
    return FALSE;

  ruf_intake_begin (out, file);
  g_ptr_array_sort (file->records, compare_replies);

  return ruf_intake_write (context, &batch, add_reply, file->records, cancellable, error) &&
         ruf_intake_write (context, &batch, add_reply, file->doubtful, cancellable, error);
}

/* What is to become of one reply. */
typedef struct
{
  RufContext   *context;
  gint64        id;
  RufReplyKind  as;
  gboolean      handled;
  gint64        rows_withdrawn;
} Decision;

/* To be written to again a person has to say so: no reader can say it for them. */
static gboolean
read_start_purpose (RufDb                 *db,
                    const RufReplyRecord  *reply,
                    char                 **purpose,
                    GError               **error)
{
  const char *start = ruf_reply_find_start (reply->text);
  RufReplyReading reading;

  if (start == NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("Answer %lld does not say START. Ask the person to write START on this "
                     "channel."), (long long) reply->id);
      return FALSE;
    }

  ruf_reply_read (start, &reading);
  *purpose = reading.kind == RUF_REPLY_START ? g_strdup (reading.purpose) : NULL;
  ruf_reply_reading_clear (&reading);
  if (*purpose == NULL)
    *purpose = ruf_intake_dup_start_purpose (db, error);

  return *purpose != NULL;
}

/* As the person wrote it and when; the source says that a reader took it so. */
static gboolean
append_decision (RufDb                 *db,
                 const RufReplyRecord  *reply,
                 Decision              *decision,
                 GError               **error)
{
  gint64 now = ruf_context_get_now (decision->context);
  g_autofree char *purpose = NULL;
  gboolean stop = decision->as == RUF_REPLY_STOP;
  gint64 seq;
  RufConsentEvent event = {
    .type = stop ? RUF_CONSENT_WITHDRAWN : RUF_CONSENT_GRANTED,
    .point_id = reply->point_id,
    .address = reply->address,
    .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND,
    .source = "review",
    .text = reply->text,
    .occurred_at = MIN (reply->at, now),
    .recorded_at = now,
  };

  ruf_channel_from_string (reply->channel, &event.channel);
  if (!stop && !read_start_purpose (db, reply, &purpose, error))
    return FALSE;
  event.purpose = stop ? RUF_PURPOSE_ALL : purpose;

  return ruf_consent_table_append (db, &event, &seq, &decision->rows_withdrawn, error);
}

static gboolean
write_decision (RufDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Decision *decision = data;
  g_autoptr (RufReplyRecord) reply = ruf_reply_table_get (db, decision->id, error);

  return reply != NULL &&
         (decision->as == RUF_REPLY_OTHER || append_decision (db, reply, decision, error)) &&
         ruf_reply_table_set_handled (db, decision->id, decision->handled, error);
}

/**
 * ruf_settle_reply:
 * @context: the context
 * @id: a reply
 * @as: %RUF_REPLY_STOP, %RUF_REPLY_START or %RUF_REPLY_OTHER
 * @rows_withdrawn: (out) (optional): waiting messages that were taken out of runs
 * @error: return location
 *
 * Records what somebody who has read a reply takes it for. A stop ends everything on its
 * channel, a START grants the purpose that it names or the one of the setting
 * `start-purpose` (E2), both as of the time of the reply; the rest is only an answer. The
 * person is not held for it any more.
 *
 * Returns: %FALSE with %RUF_ERROR_NOT_FOUND, or %RUF_ERROR_REFUSED where a reply that does
 *   not say START is taken for one
 */
gboolean
ruf_settle_reply (RufContext    *context,
                  gint64         id,
                  RufReplyKind   as,
                  gint64        *rows_withdrawn,
                  GError       **error)
{
  Decision decision = { .context = context, .id = id, .as = as, .handled = TRUE };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (as != RUF_REPLY_REVIEW, FALSE);

  if (!ruf_store_write_sync (ruf_context_get_store (context), write_decision, &decision, NULL,
                             error))
    return FALSE;

  if (rows_withdrawn != NULL)
    *rows_withdrawn = decision.rows_withdrawn;

  return TRUE;
}

/**
 * ruf_reopen_reply:
 * @context: the context
 * @id: a reply that was settled as an answer
 * @error: return location
 *
 * Lets a reply wait to be read again. What was recorded for a stop or START stays.
 *
 * Returns: %FALSE with %RUF_ERROR_NOT_FOUND
 */
gboolean
ruf_reopen_reply (RufContext  *context,
                  gint64       id,
                  GError     **error)
{
  Decision decision = { .context = context, .id = id, .as = RUF_REPLY_OTHER };

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);

  return ruf_store_write_sync (ruf_context_get_store (context), write_decision, &decision, NULL,
                               error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The batch protocol's JSON. Answers are not trusted: whatever contradicts the request or
 * the description is named by its member, and nothing of the answer is used. */

#include "config.h"

#include "ruf-batch-protocol.h"
#include "ruf-json.h"
#include "ruf-moment.h"

static void
add_moment (JsonBuilder *builder,
            const char  *name,
            gint64       moment)
{
  g_autofree char *text = moment != 0 ? ruf_moment_to_iso8601 (moment) : NULL;

  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text != NULL ? text : "");
}

/**
 * ruf_batch_protocol_write_manifest:
 * @manifest: a manifest
 *
 * Returns: (transfer full): the body of `PUT /v1/batches/{batch_id}`
 */
JsonNode *
ruf_batch_protocol_write_manifest (const RufManifest *manifest)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "batch_id", manifest->batch_id);
  add_text (builder, "campaign", manifest->campaign);
  add_text (builder, "channel", manifest->channel);
  add_text (builder, "purpose", manifest->purpose);
  add_moment (builder, "send_at", manifest->send_at);
  add_moment (builder, "expires_at", manifest->expires_at);
  json_builder_set_member_name (builder, "planned");
  json_builder_add_int_value (builder, manifest->planned);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * ruf_batch_protocol_write_messages:
 * @messages: (array length=n_messages): messages
 * @n_messages: their number
 *
 * Returns: (transfer full): the body of `POST /v1/batches/{batch_id}/messages`
 */
JsonNode *
ruf_batch_protocol_write_messages (const RufOutgoing *messages,
                                   guint              n_messages)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_messages; i++)
    {
      json_builder_begin_object (builder);
      add_text (builder, "message_id", messages[i].message_id);
      add_text (builder, "to", messages[i].to);
      add_text (builder, "text", messages[i].text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static RufOutgoing *
take_by_id (GHashTable *by_id,
            const char *message_id)
{
  gpointer message;

  return message_id != NULL && g_hash_table_steal_extended (by_id, message_id, NULL, &message)
           ? message : NULL;
}

static gboolean
read_rejected (JsonArray  *rejected,
               GHashTable *by_id)
{
  for (guint i = 0; i < json_array_get_length (rejected); i++)
    {
      JsonObject *entry = ruf_json_get_element (rejected, i);
      const char *code = entry != NULL ? ruf_json_get_text (entry, "code") : NULL;
      RufOutgoing *message = NULL;

      if (code != NULL)
        message = take_by_id (by_id, ruf_json_get_text (entry, "message_id"));
      if (message == NULL)
        return FALSE;
      message->code = g_strdup (code);
      message->detail = g_strdup (ruf_json_get_text (entry, "detail"));
    }
  return TRUE;
}

/**
 * ruf_batch_protocol_read_outcome:
 * @answer: the answer to `POST /v1/batches/{batch_id}/messages`
 * @messages: (array length=n_messages): what was handed over
 * @n_messages: their number
 * @problem: (out) (transfer none): the member that is missing or contradicts the request
 *
 * Writes the answer into @messages: every one is accepted or has a code.
 *
 * Returns: %FALSE where the answer cannot be the answer to these messages
 */
gboolean
ruf_batch_protocol_read_outcome (JsonObject   *answer,
                                 RufOutgoing  *messages,
                                 guint         n_messages,
                                 const char  **problem)
{
  JsonArray *rejected = ruf_json_get_array (answer, "rejected");
  gint64 accepted = ruf_json_get_int (answer, "accepted", -1);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_messages; i++)
    g_hash_table_insert (by_id, (char *) messages[i].message_id, &messages[i]);

  *problem = "rejected";
  if (rejected == NULL || !read_rejected (rejected, by_id))
    return FALSE;
  *problem = "accepted";
  if (accepted != (gint64) g_hash_table_size (by_id))
    return FALSE;

  for (guint i = 0; i < n_messages; i++)
    messages[i].accepted = messages[i].code == NULL;
  return TRUE;
}

/* FALSE: broken. A status we do not know (a newer server's) is passed over. */
static gboolean
read_receipt (JsonObject *entry,
              GTimeZone  *utc,
              GPtrArray  *receipts)
{
  const char *message_id = entry != NULL ? ruf_json_get_text (entry, "message_id") : NULL;
  const char *word = entry != NULL ? ruf_json_get_text (entry, "status") : NULL;
  const char *at = entry != NULL ? ruf_json_get_text (entry, "at") : NULL;
  RufMessageStatus status;
  RufReceipt *receipt;
  gint64 moment;

  if (message_id == NULL || word == NULL || at == NULL
      || ruf_moment_parse (at, utc, &moment) != RUF_MOMENT_TIME)
    return FALSE;
  if (!ruf_message_status_from_string (word, &status) || status < RUF_MESSAGE_FAILED)
    return TRUE;

  receipt = g_new0 (RufReceipt, 1);
  receipt->message_id = g_strdup (message_id);
  receipt->status = status;
  receipt->at = moment;
  receipt->error_code = g_strdup (ruf_json_get_text (entry, "code"));
  g_ptr_array_add (receipts, receipt);
  return TRUE;
}

/**
 * ruf_batch_protocol_read_receipts:
 * @answer: the answer to `GET /v1/receipts`
 * @next_cursor: (out) (transfer full): where the next page begins
 * @problem: (out) (transfer none): the member that is missing or wrong
 *
 * Returns: (transfer full) (nullable) (element-type RufReceipt): the page, %NULL where the answer
 *   is none
 */
GPtrArray *
ruf_batch_protocol_read_receipts (JsonObject  *answer,
                                  char       **next_cursor,
                                  const char **problem)
{
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  JsonArray *entries = ruf_json_get_array (answer, "receipts");
  const char *next = ruf_json_get_text (answer, "next");

  *problem = "receipts";
  if (entries == NULL)
    return NULL;
  receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_receipt_free);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    if (!read_receipt (ruf_json_get_element (entries, i), utc, receipts))
      return NULL;
  *problem = "next";
  if (next == NULL)
    return NULL;

  *next_cursor = g_strdup (next);
  return g_steal_pointer (&receipts);
}

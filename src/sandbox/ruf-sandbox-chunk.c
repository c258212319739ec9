/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One chunk of messages: its form decides about all of it, the addresses about each. */

#include "config.h"

#include <string.h>

#include "ruf-channel.h"
#include "ruf-json.h"
#include "ruf-sandbox-chunk.h"

#define MAX_ID 128
#define MAX_TEXT 65536

static gboolean
is_e164 (const char *address)
{
  gsize digits;

  if (address[0] != '+' || address[1] < '1' || address[1] > '9')
    return FALSE;
  digits = strspn (address + 1, "0123456789");
  return address[1 + digits] == '\0' && digits >= 7 && digits <= 15;
}

static gboolean
is_email (const char *address)
{
  const char *at = strchr (address, '@');

  return at != NULL && at != address && at[1] != '\0' && strpbrk (address, " \t\r\n<>") == NULL;
}

static gboolean
is_address (const char *address,
            RufChannel  channel)
{
  switch (channel)
    {
    case RUF_CHANNEL_EMAIL:
      return is_email (address);
    case RUF_CHANNEL_TELEGRAM:
      return address[0] != '\0';
    case RUF_CHANNEL_WHATSAPP:
    case RUF_CHANNEL_SMS:
    case RUF_CHANNEL_SIGNAL:
    default:
      return is_e164 (address);
    }
}

static void
reject (RufSandboxChunk *self,
        const char      *message_id,
        const char      *code,
        const char      *detail)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "message_id", message_id);
  json_object_set_string_member (object, "code", code);
  json_object_set_string_member (object, "detail", detail);
  json_array_add_object_element (self->rejected, object);
}

/* The member that is missing or of the wrong form, or NULL. */
static const char *
find_fault (JsonObject *object)
{
  const char *message_id = object != NULL ? ruf_json_get_text (object, "message_id") : NULL;
  const char *to = object != NULL ? ruf_json_get_text (object, "to") : NULL;
  const char *text = object != NULL ? ruf_json_get_text (object, "text") : NULL;

  if (message_id == NULL || message_id[0] == '\0' || strlen (message_id) > MAX_ID)
    return "message_id";
  if (to == NULL)
    return "to";
  if (text == NULL || strlen (text) > MAX_TEXT)
    return "text";
  return NULL;
}

static void
add_message (RufSandboxChunk *self,
             JsonObject      *object,
             RufChannel       channel)
{
  RufSandboxMessage message = {
    .message_id = ruf_json_get_text (object, "message_id"),
    .to = ruf_json_get_text (object, "to"),
  };

  if (!is_address (message.to, channel))
    reject (self, message.message_id, "invalid-address", "to: no address of this channel");
  else if (ruf_json_get_text (object, "text")[0] == '\0')
    reject (self, message.message_id, "empty-text", "text: nothing to send");
  else
    g_array_append_val (self->taken, message);
}

static char *
add_messages (RufSandboxChunk *self,
              const char      *channel)
{
  JsonArray *messages = ruf_json_get_array (self->request, "messages");
  guint n = messages != NULL ? json_array_get_length (messages) : 0;
  RufChannel kind;

  if (n == 0 || n > RUF_SANDBOX_MAX_CHUNK)
    return g_strdup_printf ("/messages: 1 to %d messages", RUF_SANDBOX_MAX_CHUNK);
  if (!ruf_channel_from_string (channel, &kind))
    return g_strdup ("the batch has no known channel");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *object = ruf_json_get_element (messages, i);
      const char *fault = find_fault (object);

      if (fault != NULL)
        return g_strdup_printf ("/messages/%u/%s: missing, too long or no text", i, fault);
      add_message (self, object, kind);
    }
  return NULL;
}

/**
 * ruf_sandbox_chunk_parse:
 * @body: the request's body
 * @channel: the batch's channel
 * @problem: (out) (transfer full): what is wrong, and where
 *
 * Returns: (transfer full) (nullable): the chunk, or %NULL where the request has not the form
 */
RufSandboxChunk *
ruf_sandbox_chunk_parse (GBytes      *body,
                         const char  *channel,
                         char       **problem)
{
  g_autoptr (RufSandboxChunk) self = g_new0 (RufSandboxChunk, 1);
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  self->taken = g_array_new (FALSE, FALSE, sizeof (RufSandboxMessage));
  self->rejected = json_array_new ();
  self->request = size > 0 ? ruf_json_parse_object (data, size, NULL) : NULL;
  *problem = self->request != NULL ? add_messages (self, channel)
                                   : g_strdup ("the body is no JSON object");
  return *problem == NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * ruf_sandbox_chunk_free:
 * @self: a chunk
 *
 * Frees @self.
 */
void
ruf_sandbox_chunk_free (RufSandboxChunk *self)
{
  g_clear_pointer (&self->request, json_object_unref);
  g_clear_pointer (&self->rejected, json_array_unref);
  g_array_unref (self->taken);
  g_free (self);
}

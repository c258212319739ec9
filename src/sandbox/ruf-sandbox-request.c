/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The batch protocol's verbs, as data/protocol describes them. Words in answers are for
 * programs and stay English; only the page at "/" is for people. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-channel.h"
#include "ruf-error.h"
#include "ruf-json.h"
#include "ruf-moment.h"
#include "ruf-sandbox-chunk.h"
#include "ruf-sandbox-request.h"

#define MAX_ID 128
#define MAX_PAGE 1000
#define DELIVERS_NOTHING "This is a sandbox. It delivers nothing to anybody."

typedef struct
{
  const RufSandboxRequest *request;
  RufSandboxStore         *store;
  RufSandboxReceipts       receipts;
  RufSandboxReply         *reply;
  const char              *batch_id;
  RufSandboxBatch          batch;
} Call;

/**
 * ruf_sandbox_reply_clear:
 * @self: a reply
 *
 * Frees its strings.
 */
void
ruf_sandbox_reply_clear (RufSandboxReply *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->body, g_free);
}

static void
set_json (RufSandboxReply *reply,
          guint            status,
          JsonObject      *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_boolean_member (object, "sandbox", TRUE);
  json_node_take_object (node, object);
  ruf_sandbox_reply_clear (reply);
  reply->status = status;
  reply->type = g_strdup ("application/json");
  reply->body = ruf_json_write (node);
}

/**
 * ruf_sandbox_reply_set_error:
 * @self: a reply
 * @status: HTTP status
 * @code: word for programs
 * @detail: a sentence
 *
 * Makes @self an error as the protocol has them.
 */
void
ruf_sandbox_reply_set_error (RufSandboxReply *self,
                             guint            status,
                             const char      *code,
                             const char      *detail)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", code);
  json_object_set_string_member (object, "detail", detail);
  set_json (self, status, object);
}

static void
set_failure (RufSandboxReply *reply,
             GError          *error)
{
  if (g_error_matches (error, RUF_ERROR, RUF_ERROR_FULL))
    ruf_sandbox_reply_set_error (reply, 507, "storage-full", error->message);
  else if (g_error_matches (error, RUF_ERROR, RUF_ERROR_INVALID))
    ruf_sandbox_reply_set_error (reply, 400, "bad-request", error->message);
  else
    ruf_sandbox_reply_set_error (reply, 500, "storage", error->message);
}

static void
answer_health (Call *call)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", "rundruf-sandbox");
  json_object_set_string_member (object, "version", RUF_VERSION);
  json_object_set_int_member (object, "protocol", 1);
  json_object_set_boolean_member (object, "delivers", FALSE);
  json_object_set_string_member (object, "detail", DELIVERS_NOTHING);
  set_json (call->reply, 200, object);
}

static void
answer_stats (Call *call)
{
  GHashTable *query = call->request->query;
  const char *detail = query != NULL ? g_hash_table_lookup (query, "detail") : NULL;
  g_autoptr (GError) error = NULL;
  gboolean wanted = g_strcmp0 (detail, "1") == 0;
  JsonObject *stats = ruf_sandbox_store_get_stats (call->store, wanted, &error);

  if (stats != NULL)
    set_json (call->reply, 200, stats);
  else
    set_failure (call->reply, error);
}

static void
answer_page (Call *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) stats = ruf_sandbox_store_get_stats (call->store, FALSE, &error);
  g_autofree char *counts = NULL;

  if (stats == NULL)
    {
      set_failure (call->reply, error);
      return;
    }
  counts = g_strdup_printf (_("Messages: %d · recipients: %d · doubles: %d"),
                            (int) ruf_json_get_int (stats, "messages", 0),
                            (int) ruf_json_get_int (stats, "recipients", 0),
                            (int) ruf_json_get_int (stats, "doubles", 0));
  ruf_sandbox_reply_clear (call->reply);
  call->reply->status = 200;
  call->reply->type = g_strdup ("text/html; charset=utf-8");
  call->reply->body = g_strdup_printf (
    "<!doctype html><meta charset=\"utf-8\"><title>%s</title>"
    "<body style=\"font-family: sans-serif; max-width: 40em; margin: 4em auto\">"
    "<h1>%s</h1><p>%s</p><p>%s</p></body>\n",
    _("Rundruf sandbox"), _("Rundruf sandbox"),
    _("This is a sandbox for practice. It delivers nothing to anybody."), counts);
}

static guint
get_limit (GHashTable *query)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;
  guint64 limit;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, MAX_PAGE, &limit, NULL))
    return limit;
  return MAX_PAGE;
}

static void
answer_receipts (Call *call)
{
  GHashTable *query = call->request->query;
  const char *after = query != NULL ? g_hash_table_lookup (query, "after") : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  JsonArray *receipts;
  JsonObject *object;

  receipts = ruf_sandbox_store_list_receipts (call->store, after != NULL ? after : "",
                                              get_limit (query), g_get_real_time (), &next, &error);
  if (receipts == NULL)
    {
      set_failure (call->reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_array_member (object, "receipts", receipts);
  json_object_set_string_member (object, "next", next);
  set_json (call->reply, 200, object);
}

static void
set_batch (Call            *call,
           guint            status,
           RufSandboxState  state)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "batch_id", call->batch_id);
  json_object_set_string_member (object, "state", ruf_sandbox_state_to_string (state));
  json_object_set_int_member (object, "messages", call->batch.messages);
  set_json (call->reply, status, object);
}

/* The member of a manifest that is missing or wrong, or NULL. */
static const char *
find_manifest_fault (JsonObject *manifest,
                     const char *batch_id,
                     gint64     *send_at)
{
  static const char * const texts[] = { "campaign", "channel", "purpose" };
  const char *at = ruf_json_get_text (manifest, "send_at");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  RufChannel channel;

  if (g_strcmp0 (ruf_json_get_text (manifest, "batch_id"), batch_id) != 0)
    return "/batch_id: not that of the path";
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (ruf_json_get_text (manifest, texts[i]) == NULL)
      return "/campaign, /channel and /purpose must be texts";
  if (!ruf_channel_from_string (ruf_json_get_text (manifest, "channel"), &channel))
    return "/channel: not known";
  if (ruf_json_get_int (manifest, "planned", -1) < 0)
    return "/planned: must be a whole number";
  if (at != NULL && ruf_moment_parse (at, utc, send_at) != RUF_MOMENT_TIME)
    return "/send_at: no time";
  return NULL;
}

static void
answer_put (Call *call)
{
  gsize size;
  const char *data = g_bytes_get_data (call->request->body, &size);
  g_autoptr (JsonObject) manifest = size > 0 ? ruf_json_parse_object (data, size, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  const char *fault = "the body is no JSON object";
  const char *channel;
  gint64 send_at = 0;

  if (manifest != NULL)
    fault = find_manifest_fault (manifest, call->batch_id, &send_at);
  if (fault != NULL)
    {
      ruf_sandbox_reply_set_error (call->reply, 422, "bad-manifest", fault);
      return;
    }
  channel = ruf_json_get_text (manifest, "channel");
  if (call->batch.state == RUF_SANDBOX_STATE_CANCELLED)
    ruf_sandbox_reply_set_error (call->reply, 410, "batch-cancelled", "it was taken back");
  else if (call->batch.state == RUF_SANDBOX_STATE_MISSING)
    {
      if (ruf_sandbox_store_add_batch (call->store, call->batch_id,
                                       ruf_json_get_text (manifest, "campaign"),
                                       channel, send_at, &error))
        set_batch (call, 201, RUF_SANDBOX_STATE_OPEN);
      else
        set_failure (call->reply, error);
    }
  else if (!g_str_equal (channel, call->batch.channel))
    ruf_sandbox_reply_set_error (call->reply, 422, "batch-differs", "/channel: was another before");
  else
    set_batch (call, 200, call->batch.state);
}

static char *
hash_request (Call *call)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size;
  const guchar *data = g_bytes_get_data (call->request->body, &size);

  g_checksum_update (checksum, (const guchar *) call->batch_id, strlen (call->batch_id) + 1);
  g_checksum_update (checksum, data, size);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
take_chunk (Call       *call,
            const char *sha256)
{
  g_autofree char *problem = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RufSandboxChunk) chunk = NULL;
  JsonObject *object;

  chunk = ruf_sandbox_chunk_parse (call->request->body, call->batch.channel, &problem);
  if (chunk == NULL)
    {
      ruf_sandbox_reply_set_error (call->reply, 422, "bad-messages", problem);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "batch_id", call->batch_id);
  json_object_set_int_member (object, "accepted", chunk->taken->len);
  json_object_set_array_member (object, "rejected", json_array_ref (chunk->rejected));
  set_json (call->reply, 200, object);

  if (!ruf_sandbox_store_add_chunk (call->store, &call->batch, call->request->idempotency_key,
                                    sha256, (RufSandboxMessage *) chunk->taken->data,
                                    chunk->taken->len, call->reply->body, &error))
    set_failure (call->reply, error);
}

static void
answer_messages (Call *call)
{
  const char *key = call->request->idempotency_key;
  g_autofree char *sha256 = hash_request (call);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean other;

  if (key == NULL)
    {
      ruf_sandbox_reply_set_error (call->reply, 400, "key-missing",
                                   "the header Idempotency-Key is missing or empty");
      return;
    }
  answer = ruf_sandbox_store_find_chunk (call->store, key, sha256, &other, &error);
  if (error != NULL)
    set_failure (call->reply, error);
  else if (other)
    ruf_sandbox_reply_set_error (call->reply, 422, "key-reused",
                                 "this Idempotency-Key came with another request before");
  else if (answer != NULL)
    {
      call->reply->status = 200;
      call->reply->type = g_strdup ("application/json");
      call->reply->body = g_steal_pointer (&answer);
    }
  else if (call->batch.state == RUF_SANDBOX_STATE_CANCELLED)
    ruf_sandbox_reply_set_error (call->reply, 410, "batch-cancelled", "it was taken back");
  else
    take_chunk (call, sha256);
}

static void
answer_commit (Call *call)
{
  g_autoptr (GError) error = NULL;

  if (call->batch.state == RUF_SANDBOX_STATE_CANCELLED)
    ruf_sandbox_reply_set_error (call->reply, 410, "batch-cancelled", "it was taken back");
  else if (ruf_sandbox_store_commit (call->store, &call->batch, call->receipts,
                                     g_get_real_time (), &error))
    set_batch (call, 200, RUF_SANDBOX_STATE_COMMITTED);
  else
    set_failure (call->reply, error);
}

static void
answer_cancel (Call *call)
{
  g_autoptr (GError) error = NULL;

  if (call->batch.state == RUF_SANDBOX_STATE_COMMITTED)
    set_batch (call, 200, RUF_SANDBOX_STATE_COMMITTED);
  else if (ruf_sandbox_store_cancel (call->store, &call->batch, &error))
    set_batch (call, 200, RUF_SANDBOX_STATE_CANCELLED);
  else
    set_failure (call->reply, error);
}

static const struct
{
  const char *method;
  const char *verb;      /* behind /v1/batches/{batch_id} */
  gboolean    is_new;    /* the batch need not be there */
  void      (*answer) (Call *call);
} batch_verbs[] = {
  { "PUT", "", TRUE, answer_put },
  { "POST", "/messages", FALSE, answer_messages },
  { "POST", "/commit", FALSE, answer_commit },
  { "POST", "/cancel", FALSE, answer_cancel },
};

static const struct
{
  const char *path;
  void      (*answer) (Call *call);
} pages[] = {
  { "/", answer_page },
  { "/stats", answer_stats },
  { "/v1/health", answer_health },
  { "/v1/receipts", answer_receipts },
};

static void
answer_batch (Call       *call,
              const char *verb)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (batch_verbs); i++)
    if (g_str_equal (verb, batch_verbs[i].verb)
        && g_str_equal (call->request->method, batch_verbs[i].method))
      {
        if (!ruf_sandbox_store_get_batch (call->store, call->batch_id, &call->batch, &error))
          set_failure (call->reply, error);
        else if (call->batch.state == RUF_SANDBOX_STATE_MISSING && !batch_verbs[i].is_new)
          ruf_sandbox_reply_set_error (call->reply, 404, "batch-unknown", "there is no such batch");
        else
          batch_verbs[i].answer (call);
        return;
      }
  ruf_sandbox_reply_set_error (call->reply, 405, "no-such-verb", "see the protocol's description");
}

static void
answer_page_at (Call       *call,
                const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (path, pages[i].path))
      {
        if (g_str_equal (call->request->method, "GET"))
          pages[i].answer (call);
        else
          ruf_sandbox_reply_set_error (call->reply, 405, "no-such-verb", "only GET");
        return;
      }
  ruf_sandbox_reply_set_error (call->reply, 404, "not-found", "there is nothing at this path");
}

/**
 * ruf_sandbox_request_answer:
 * @request: a request
 * @store: what the sandbox was given
 * @receipts: which receipts a commit brings
 * @reply: (out): the answer; clear it with ruf_sandbox_reply_clear()
 *
 * Does what is asked for and answers.
 */
void
ruf_sandbox_request_answer (const RufSandboxRequest *request,
                            RufSandboxStore         *store,
                            RufSandboxReceipts       receipts,
                            RufSandboxReply         *reply)
{
  Call call = { .request = request, .store = store, .receipts = receipts, .reply = reply };
  g_autofree char *batch_id = NULL;
  const char *rest, *verb;

  *reply = (RufSandboxReply) { 0 };
  if (!g_str_has_prefix (request->path, "/v1/batches/"))
    {
      answer_page_at (&call, request->path);
      return;
    }
  rest = request->path + strlen ("/v1/batches/");
  verb = rest + strcspn (rest, "/");
  batch_id = g_strndup (rest, verb - rest);
  call.batch_id = batch_id;
  if (batch_id[0] == '\0' || strlen (batch_id) > MAX_ID)
    ruf_sandbox_reply_set_error (reply, 404, "batch-unknown", "there is no such batch");
  else
    answer_batch (&call, verb);
  ruf_sandbox_batch_clear (&call.batch);
}

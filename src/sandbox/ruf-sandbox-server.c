/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP around the sandbox: who may ask, and the faults it was told to make. */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "ruf-sandbox-dice.h"
#include "ruf-sandbox-request.h"
#include "ruf-sandbox-server.h"

#define MAX_BODY (16 * 1024 * 1024)
#define MAX_KEY 255

struct _RufSandboxServer
{
  SoupServer        *soup;
  RufSandboxStore   *store;
  RufSandboxOptions  options;
  GMainContext      *context;
  guint              port;
  GHashTable        *working;       /* idempotency keys whose answer is delayed */
  GHashTable        *delayed;       /* Exchange */
  gint64             second;        /* of the limit */
  guint              n_in_second;
};

/* One request from its arrival to its answer. */
typedef struct
{
  RufSandboxServer  *server;
  SoupServerMessage *message;
  char              *path;
  GHashTable        *query;
  char              *key;
  guint64            turn;
  GSource           *timer;
  gboolean           gone;          /* the client left */
} Exchange;

static void
exchange_free (Exchange *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_free (self->path);
  g_free (self->key);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exchange, exchange_free)

static void
send_reply (SoupServerMessage *message,
            RufSandboxReply   *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, reply->status, NULL);
  soup_message_headers_replace (headers, "X-Sandbox", "delivers nothing");
  if (reply->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", reply->retry_after);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  soup_server_message_set_response (message, reply->type, SOUP_MEMORY_COPY,
                                    reply->body, strlen (reply->body));
}

static void
send_error (SoupServerMessage *message,
            guint              status,
            guint              retry_after,
            const char        *code,
            const char        *detail)
{
  RufSandboxReply reply = { .retry_after = retry_after };

  ruf_sandbox_reply_set_error (&reply, status, code, detail);
  send_reply (message, &reply);
  ruf_sandbox_reply_clear (&reply);
}

static void
cut (SoupServerMessage *message)
{
  g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

/* A page of the web must not be able to talk to us by a name that leads to loopback. */
static gboolean
is_for_us (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *host = g_uri_get_host (soup_server_message_get_uri (message));

  return soup_message_headers_get_one (headers, "Origin") == NULL
         && (g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0);
}

/* The header is a structured-field string; bare words are taken too. */
static char *
get_key (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *text = soup_message_headers_get_one (headers, "Idempotency-Key");
  gsize length = text != NULL ? strlen (text) : 0;

  if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
    {
      text++;
      length -= 2;
    }
  return length > 0 && length <= MAX_KEY ? g_strndup (text, length) : NULL;
}

static gboolean
is_over_limit (RufSandboxServer *self)
{
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;

  if (self->options.limit == 0)
    return FALSE;
  if (second != self->second)
    {
      self->second = second;
      self->n_in_second = 0;
    }
  return ++self->n_in_second > self->options.limit;
}

/* Does the request and answers, unless the dice say that the connection breaks. */
static void
answer (Exchange *exchange,
        gboolean  faults)
{
  RufSandboxServer *self = exchange->server;
  RufSandboxRequest request = {
    .method = soup_server_message_get_method (exchange->message),
    .path = exchange->path,
    .query = exchange->query,
    .idempotency_key = exchange->key,
  };
  SoupMessageBody *body = soup_server_message_get_request_body (exchange->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  RufSandboxReply reply;
  gboolean drop = faults && ruf_sandbox_dice_throw (self->options.seed, exchange->turn, "drop")
                              < self->options.drop;

  if (drop && ruf_sandbox_dice_throw (self->options.seed, exchange->turn, "before") < 0.5)
    {
      cut (exchange->message);
      send_error (exchange->message, 500, 0, "dropped", "before anything was taken");
      return;
    }
  request.body = bytes;
  ruf_sandbox_request_answer (&request, self->store, self->options.receipts, &reply);
  if (drop)
    cut (exchange->message);
  send_reply (exchange->message, &reply);
  ruf_sandbox_reply_clear (&reply);
}

static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  ((Exchange *) user_data)->gone = TRUE;
}

static gboolean
delay_over_cb (gpointer user_data)
{
  Exchange *exchange = user_data;
  RufSandboxServer *self = exchange->server;

  answer (exchange, TRUE);
  if (!exchange->gone)
    soup_server_message_unpause (exchange->message);
  if (exchange->key != NULL)
    g_hash_table_remove (self->working, exchange->key);
  g_hash_table_remove (self->delayed, exchange);
  return G_SOURCE_REMOVE;
}

/* Takes @exchange. */
static void
answer_later (Exchange *exchange)
{
  RufSandboxServer *self = exchange->server;

  if (exchange->key != NULL)
    g_hash_table_add (self->working, g_strdup (exchange->key));
  g_hash_table_add (self->delayed, exchange);
  g_signal_connect (exchange->message, "finished", G_CALLBACK (finished_cb), exchange);
  soup_server_message_pause (exchange->message);
  exchange->timer = g_timeout_source_new (self->options.delay);
  g_source_set_callback (exchange->timer, delay_over_cb, exchange, NULL);
  g_source_attach (exchange->timer, self->context);
}

/* The faults that come before any work. FALSE: the request was answered with one. */
static gboolean
pass_faults (Exchange *exchange)
{
  RufSandboxServer *self = exchange->server;
  double dice = ruf_sandbox_dice_throw (self->options.seed, exchange->turn, "fail");

  if (is_over_limit (self))
    send_error (exchange->message, 429, 1, "rate-limited", "too many requests in this second");
  else if (dice < self->options.fail)
    send_error (exchange->message, 500, 0, "fault", "a fault by --fail; nothing was taken");
  else if (exchange->key != NULL && g_hash_table_contains (self->working, exchange->key))
    send_error (exchange->message, 409, 1, "key-in-use", "the request before is not done yet");
  else
    return TRUE;
  return FALSE;
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  RufSandboxServer *self = user_data;
  g_autoptr (Exchange) exchange = NULL;

  if (soup_server_message_get_status (message) != 0)
    return;
  exchange = g_new0 (Exchange, 1);
  exchange->server = self;
  exchange->message = g_object_ref (message);
  exchange->path = g_strdup (path);
  exchange->query = query != NULL ? g_hash_table_ref (query) : NULL;
  exchange->key = get_key (message);

  if (!g_str_has_prefix (path, "/v1/") || g_str_equal (path, "/v1/health"))
    {
      answer (exchange, FALSE);
      return;
    }
  exchange->turn = ruf_sandbox_store_count_request (self->store);
  if (!pass_faults (exchange))
    return;
  if (self->options.delay > 0)
    answer_later (g_steal_pointer (&exchange));
  else
    answer (exchange, TRUE);
}

/* Runs behind the headers, before the body is read. */
static void
headers_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);

  if (!is_for_us (message))
    send_error (message, 403, 0, "not-local", "only programs on this computer may ask");
  else if (encoding == SOUP_ENCODING_CHUNKED
           || soup_message_headers_get_content_length (headers) > MAX_BODY)
    send_error (message, 413, 0, "too-large", "at most 16 MB, with Content-Length");
  else
    return;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static gboolean
listen_on_loopback (RufSandboxServer  *self,
                    GError           **error)
{
  GSList *uris;

  if (!soup_server_listen_local (self->soup, self->options.port, SOUP_SERVER_LISTEN_IPV4_ONLY,
                                 error))
    return FALSE;
  uris = soup_server_get_uris (self->soup);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

/**
 * ruf_sandbox_server_new:
 * @options: what it does; copied
 * @error: return location
 *
 * Opens the file and listens on 127.0.0.1, in the thread-default main context.
 *
 * Returns: (transfer full): the server, or %NULL where the file or the port cannot be had
 */
RufSandboxServer *
ruf_sandbox_server_new (const RufSandboxOptions  *options,
                        GError                  **error)
{
  g_autoptr (RufSandboxServer) self = g_new0 (RufSandboxServer, 1);

  self->options = *options;
  self->context = g_main_context_ref_thread_default ();
  self->working = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->delayed = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) exchange_free, NULL);
  self->store = ruf_sandbox_store_open (options->db, options->seed, error);
  if (self->store == NULL)
    return NULL;
  self->soup = soup_server_new ("server-header", "rundruf-sandbox ", NULL);
  soup_server_add_early_handler (self->soup, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  if (!listen_on_loopback (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ruf_sandbox_server_free:
 * @self: a server
 *
 * Closes all connections; requests whose answer was delayed are not done.
 */
void
ruf_sandbox_server_free (RufSandboxServer *self)
{
  g_hash_table_remove_all (self->delayed);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->store, ruf_sandbox_store_close);
  g_hash_table_unref (self->working);
  g_hash_table_unref (self->delayed);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * ruf_sandbox_server_get_port:
 * @self: a server
 *
 * Returns: the port it listens on
 */
guint
ruf_sandbox_server_get_port (RufSandboxServer *self)
{
  return self->port;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that misbehaves on purpose, in a thread of its own. */

#include <string.h>
#include <sys/socket.h>

#include "ruf-test-liar.h"

struct _RufTestLiar
{
  const RufTestLie *lie;
  GThread          *thread;
  GMainContext     *context;
  GMainLoop        *loop;
  SoupServer       *server;
  char             *url;
  GMutex            mutex;
  GCond             ready;
  GHashTable       *headers;    /* of the last request; under the mutex */
  guint             requests;
};

static void
keep_headers (RufTestLiar       *self,
              SoupServerMessage *message)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;

  g_mutex_lock (&self->mutex);
  g_hash_table_remove_all (self->headers);
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_hash_table_insert (self->headers, g_ascii_strdown (name, -1), g_strdup (value));
  self->requests++;
  g_mutex_unlock (&self->mutex);
}

static void
reset (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
  soup_server_message_set_status (message, 500, NULL);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  RufTestLiar *self = user_data;
  const RufTestLie *lie = self->lie;
  g_autofree char *padding = NULL;
  const char *body = lie->body != NULL ? lie->body : "";

  keep_headers (self, message);
  if (lie->kind == LIE_RESET)
    {
      reset (message);
      return;
    }
  if (lie->kind == LIE_SILENCE)
    {
      soup_server_message_pause (message);
      return;
    }
  if (lie->padding > 0)
    {
      padding = g_malloc (lie->padding + 1);
      memset (padding, lie->padding_byte, lie->padding);
      padding[lie->padding] = '\0';
      body = padding;
    }
  soup_server_message_set_status (message, lie->status, NULL);
  if (lie->header != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  lie->header, lie->value);
  soup_server_message_set_response (message, lie->type, SOUP_MEMORY_COPY, body, strlen (body));
}

static gpointer
serve (gpointer data)
{
  RufTestLiar *self = data;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);

  g_mutex_lock (&self->mutex);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

RufTestLiar *
ruf_test_liar_new (const RufTestLie *lie)
{
  RufTestLiar *self = g_new0 (RufTestLiar, 1);

  self->lie = lie;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("liar", serve, self);

  g_mutex_lock (&self->mutex);
  while (self->url == NULL)
    g_cond_wait (&self->ready, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

const char *
ruf_test_liar_get_url (RufTestLiar *self)
{
  return self->url;
}

char *
ruf_test_liar_dup_header (RufTestLiar *self,
                          const char  *name)
{
  char *value;

  g_mutex_lock (&self->mutex);
  value = g_strdup (g_hash_table_lookup (self->headers, name));
  g_mutex_unlock (&self->mutex);
  return value;
}

guint
ruf_test_liar_get_requests (RufTestLiar *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->requests;
  g_mutex_unlock (&self->mutex);
  return n;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
ruf_test_liar_free (RufTestLiar *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->headers);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ready);
  g_free (self->url);
  g_free (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>

#include "ruf-test-sandbox.h"

struct _RufTestSandbox
{
  RufSandboxOptions  options;
  GThread           *thread;
  GMainContext      *context;
  GMainLoop         *loop;
  char              *url;
  GMutex             mutex;
  GCond              ready;
};

static gpointer
serve (gpointer data)
{
  RufTestSandbox *self = data;
  g_autoptr (GError) error = NULL;
  RufSandboxServer *server;

  g_main_context_push_thread_default (self->context);
  server = ruf_sandbox_server_new (&self->options, &error);
  g_assert_no_error (error);
  g_mutex_lock (&self->mutex);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", ruf_sandbox_server_get_port (server));
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);
  ruf_sandbox_server_free (server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

RufTestSandbox *
ruf_test_sandbox_new (const RufSandboxOptions *options)
{
  RufTestSandbox *self = g_new0 (RufTestSandbox, 1);

  self->options = *options;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("sandbox", serve, self);
  g_mutex_lock (&self->mutex);
  while (self->url == NULL)
    g_cond_wait (&self->ready, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

const char *
ruf_test_sandbox_get_url (RufTestSandbox *self)
{
  return self->url;
}

RufBackend *
ruf_test_sandbox_dup_backend (RufTestSandbox *self)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  RufBackend *backend;

  g_hash_table_insert (settings, (char *) "url", self->url);
  backend = ruf_backend_new ("practice", "sandbox", settings, NULL, &error);
  g_assert_no_error (error);
  return backend;
}

JsonObject *
ruf_test_sandbox_get (RufTestSandbox *self,
                      const char     *path)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, &error);
  JsonObject *object;

  g_assert_no_error (error);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                 "X-Sandbox"), ==, "delivers nothing");
  object = ruf_json_parse_object (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_assert_true (ruf_json_get_flag (object, "sandbox"));
  return object;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
ruf_test_sandbox_free (RufTestSandbox *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ready);
  g_free (self->url);
  g_free (self);
}

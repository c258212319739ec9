/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Speaks the batch protocol to a server that only pretends to deliver. Every answer must say
 * so: practice never reaches a server that delivers, whatever the setting “url” says. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-backend-settings.h"
#include "ruf-batch-protocol.h"
#include "ruf-error.h"
#include "ruf-http-client.h"
#include "ruf-json.h"
#include "ruf-sandbox-backend.h"

#define CHUNK_SIZE 1000
#define PAGE_SIZE 1000
#define DEFAULT_TIMEOUT 30

struct _RufSandboxBackend
{
  RufBackend     parent_instance;
  RufHttpClient *client;
};

G_DEFINE_FINAL_TYPE (RufSandboxBackend, ruf_sandbox_backend, RUF_TYPE_BACKEND)

static const RufBackendTraits traits = {
  .type_name = "sandbox",
  .idempotent = TRUE,
  .real = FALSE,
  .receipts = TRUE,
  .chunk_size = CHUNK_SIZE,
  .risk = N_("For practice: nothing is delivered to anybody."),
};

static void
set_wrong_answer (RufSandboxBackend  *self,
                  const char         *member,
                  GError            **error)
{
  g_set_error (error, RUF_ERROR, RUF_ERROR_PROTOCOL,
               _("The answer of %s is wrong or incomplete at “%s”. Check the setting “url”: it "
                 "must lead to a server that speaks the batch protocol."),
               ruf_http_client_get_address (self->client), member);
}

static JsonObject *
call (RufSandboxBackend     *self,
      const RufHttpRequest  *request,
      GCancellable          *cancellable,
      GError               **error)
{
  g_autoptr (JsonObject) answer = ruf_http_client_call (self->client, request, cancellable, error);

  ruf_backend_set_retry_after (RUF_BACKEND (self), ruf_http_client_get_retry_after (self->client));
  if (answer == NULL)
    return NULL;
  if (!ruf_json_get_flag (answer, "sandbox"))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_PROTOCOL,
                   _("%s does not say that it is a sandbox, so practice messages are not given to "
                     "it. Put the address of rundruf-sandbox into the setting “url”."),
                   ruf_http_client_get_address (self->client));
      return NULL;
    }
  return g_steal_pointer (&answer);
}

/* A call about one batch, whose answer must be about the same. */
static JsonObject *
call_batch (RufSandboxBackend  *self,
            RufHttpRequest     *request,
            const char         *batch_id,
            const char         *verb,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autofree char *escaped = g_uri_escape_string (batch_id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/v1/batches/", escaped, verb, NULL);
  g_autoptr (JsonObject) answer = NULL;

  request->path = path;
  answer = call (self, request, cancellable, error);
  if (answer == NULL)
    return NULL;
  if (g_strcmp0 (ruf_json_get_text (answer, "batch_id"), batch_id) != 0)
    {
      set_wrong_answer (self, "batch_id", error);
      return NULL;
    }
  return g_steal_pointer (&answer);
}

static gboolean
ruf_sandbox_backend_test (RufBackend    *backend,
                          char         **detail,
                          GCancellable  *cancellable,
                          GError       **error)
{
  RufSandboxBackend *self = RUF_SANDBOX_BACKEND (backend);
  RufHttpRequest request = { .method = "GET", .path = "/v1/health" };
  g_autoptr (JsonObject) answer = call (self, &request, cancellable, error);

  if (answer == NULL)
    return FALSE;
  if (ruf_json_get_int (answer, "protocol", 0) != 1)
    {
      set_wrong_answer (self, "protocol", error);
      return FALSE;
    }
  *detail = g_strdup_printf (_("The sandbox at %s answers. It delivers nothing."),
                             ruf_http_client_get_address (self->client));
  return TRUE;
}

static gboolean
ruf_sandbox_backend_open (RufBackend         *backend,
                          const RufManifest  *manifest,
                          GCancellable       *cancellable,
                          GError            **error)
{
  RufHttpRequest request = {
    .method = "PUT",
    .body = ruf_batch_protocol_write_manifest (manifest),
  };
  g_autoptr (JsonObject) answer = call_batch (RUF_SANDBOX_BACKEND (backend), &request,
                                              manifest->batch_id, "", cancellable, error);

  return answer != NULL;
}

static gboolean
ruf_sandbox_backend_submit (RufBackend    *backend,
                            const char    *batch_id,
                            const char    *idempotency_key,
                            RufOutgoing   *messages,
                            guint          n_messages,
                            GCancellable  *cancellable,
                            GError       **error)
{
  RufSandboxBackend *self = RUF_SANDBOX_BACKEND (backend);
  RufHttpRequest request = {
    .method = "POST",
    .idempotency_key = idempotency_key,
    .body = ruf_batch_protocol_write_messages (messages, n_messages),
  };
  g_autoptr (JsonObject) answer = call_batch (self, &request, batch_id, "/messages",
                                              cancellable, error);
  const char *problem;

  if (answer == NULL)
    return FALSE;
  if (!ruf_batch_protocol_read_outcome (answer, messages, n_messages, &problem))
    {
      for (guint i = 0; i < n_messages; i++)
        ruf_outgoing_clear (&messages[i]);
      set_wrong_answer (self, problem, error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
ruf_sandbox_backend_commit (RufBackend    *backend,
                            const char    *batch_id,
                            GCancellable  *cancellable,
                            GError       **error)
{
  RufSandboxBackend *self = RUF_SANDBOX_BACKEND (backend);
  RufHttpRequest request = { .method = "POST" };
  g_autoptr (JsonObject) answer = call_batch (self, &request, batch_id, "/commit",
                                              cancellable, error);

  if (answer == NULL)
    return FALSE;
  if (g_strcmp0 (ruf_json_get_text (answer, "state"), "committed") != 0)
    {
      set_wrong_answer (self, "state", error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
ruf_sandbox_backend_cancel (RufBackend    *backend,
                            const char    *batch_id,
                            GCancellable  *cancellable,
                            GError       **error)
{
  RufSandboxBackend *self = RUF_SANDBOX_BACKEND (backend);
  RufHttpRequest request = { .method = "POST" };
  g_autoptr (JsonObject) answer = call_batch (self, &request, batch_id, "/cancel",
                                              cancellable, error);

  if (answer == NULL)
    return FALSE;
  if (g_strcmp0 (ruf_json_get_text (answer, "state"), "cancelled") != 0)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("%s has passed this batch on already; it cannot be taken back."),
                   ruf_http_client_get_address (self->client));
      return FALSE;
    }
  return TRUE;
}

static GPtrArray *
ruf_sandbox_backend_collect (RufBackend    *backend,
                             const char    *cursor,
                             char         **next_cursor,
                             GCancellable  *cancellable,
                             GError       **error)
{
  RufSandboxBackend *self = RUF_SANDBOX_BACKEND (backend);
  g_autofree char *escaped = g_uri_escape_string (cursor, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/receipts?after=%s&limit=%d", escaped, PAGE_SIZE);
  RufHttpRequest request = { .method = "GET", .path = path };
  g_autoptr (JsonObject) answer = call (self, &request, cancellable, error);
  const char *problem;
  GPtrArray *receipts;

  if (answer == NULL)
    return NULL;
  receipts = ruf_batch_protocol_read_receipts (answer, next_cursor, &problem);
  if (receipts == NULL)
    set_wrong_answer (self, problem, error);
  return receipts;
}

static void
ruf_sandbox_backend_finalize (GObject *object)
{
  RufSandboxBackend *self = RUF_SANDBOX_BACKEND (object);

  g_clear_pointer (&self->client, ruf_http_client_free);
  G_OBJECT_CLASS (ruf_sandbox_backend_parent_class)->finalize (object);
}

static void
ruf_sandbox_backend_class_init (RufSandboxBackendClass *klass)
{
  RufBackendClass *backend_class = RUF_BACKEND_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ruf_sandbox_backend_finalize;
  backend_class->traits = &traits;
  backend_class->test = ruf_sandbox_backend_test;
  backend_class->open = ruf_sandbox_backend_open;
  backend_class->submit = ruf_sandbox_backend_submit;
  backend_class->commit = ruf_sandbox_backend_commit;
  backend_class->cancel = ruf_sandbox_backend_cancel;
  backend_class->collect = ruf_sandbox_backend_collect;
}

static void
ruf_sandbox_backend_init (RufSandboxBackend *self)
{
}

/**
 * ruf_sandbox_backend_new:
 * @name: the user's name for it
 * @settings: (element-type utf8 utf8): `url`, the address; `timeout`, 1 to 300 seconds, else 30
 * @secret: (nullable): access key
 * @error: return location
 *
 * Returns: (transfer full): a backend, or %NULL with %RUF_ERROR_INVALID that names the setting
 */
RufBackend *
ruf_sandbox_backend_new (const char  *name,
                         GHashTable  *settings,
                         const char  *secret,
                         GError     **error)
{
  static const char * const known[] = { "url", "timeout", NULL };
  g_autoptr (RufHttpClient) client = NULL;
  RufSandboxBackend *self;
  const char *url;
  guint timeout;

  if (!ruf_backend_settings_check (settings, known, error)
      || (url = ruf_backend_settings_get (settings, "url", error)) == NULL
      || !ruf_backend_settings_get_uint (settings, "timeout", 1, 300, DEFAULT_TIMEOUT,
                                         &timeout, error))
    return NULL;
  client = ruf_http_client_new (url, secret, timeout, error);
  if (client == NULL)
    return NULL;

  self = g_object_new (RUF_TYPE_SANDBOX_BACKEND, "name", name, NULL);
  self->client = g_steal_pointer (&client);
  return RUF_BACKEND (self);
}

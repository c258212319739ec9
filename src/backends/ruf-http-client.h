/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RufHttpClient:
 * JSON over HTTP to one server that is not trusted: bounded answers, no redirects, errors as
 * sentences that name the address.
 */
typedef struct _RufHttpClient RufHttpClient;

typedef struct
{
  const char *method;
  const char *path;              /* "/v1/health", below the base address */
  const char *idempotency_key;   /* or NULL */
  JsonNode   *body;              /* (transfer full) or NULL */
} RufHttpRequest;

RufHttpClient *ruf_http_client_new (const char  *url,
                                    const char  *secret,
                                    guint        timeout,
                                    GError     **error);
void           ruf_http_client_free            (RufHttpClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufHttpClient, ruf_http_client_free)

const char    *ruf_http_client_get_address     (RufHttpClient *self);
guint          ruf_http_client_get_retry_after (RufHttpClient *self);
JsonObject *ruf_http_client_call (RufHttpClient         *self,
                                  const RufHttpRequest  *request,
                                  GCancellable          *cancellable,
                                  GError               **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-sandbox-store.h"

G_BEGIN_DECLS

/* A request taken apart, without HTTP. Borrowed strings. */
typedef struct
{
  const char *method;
  const char *path;
  GHashTable *query;              /* or NULL */
  const char *idempotency_key;    /* without quotes, or NULL */
  GBytes     *body;
} RufSandboxRequest;

typedef struct
{
  guint  status;
  guint  retry_after;   /* seconds, 0 = none */
  char  *type;          /* content type */
  char  *body;
} RufSandboxReply;

void ruf_sandbox_reply_clear     (RufSandboxReply *self);
void ruf_sandbox_reply_set_error (RufSandboxReply *self,
                                  guint            status,
                                  const char      *code,
                                  const char      *detail);

/* Answers @request from @store. */
void ruf_sandbox_request_answer (const RufSandboxRequest *request,
                                 RufSandboxStore         *store,
                                 RufSandboxReceipts       receipts,
                                 RufSandboxReply         *reply);

G_END_DECLS

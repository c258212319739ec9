/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-sandbox-store.h"

G_BEGIN_DECLS

#define RUF_SANDBOX_MAX_CHUNK 1000

/**
 * RufSandboxChunk:
 * The messages of one request: taken ones, and the answer with those that are refused.
 */
typedef struct
{
  JsonObject *request;
  GArray     *taken;      /* RufSandboxMessage, borrowed from @request */
  JsonArray  *rejected;
} RufSandboxChunk;

/* @problem: (transfer full): a JSON pointer and what is wrong there. */
RufSandboxChunk *ruf_sandbox_chunk_parse  (GBytes *body, const char *channel, char **problem);
void             ruf_sandbox_chunk_free   (RufSandboxChunk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufSandboxChunk, ruf_sandbox_chunk_free)

G_END_DECLS

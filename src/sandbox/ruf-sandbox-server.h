/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-sandbox-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint               port;      /* 0 = a free one */
  const char         *db;        /* NULL = in memory */
  guint               delay;     /* milliseconds before each answer */
  double              fail;      /* 0 to 1: answered with 500, not taken */
  /* 0 to 1: connection cut, half of them after the request was taken */
  double              drop;
  guint               limit;     /* requests a second, 0 = no limit */
  RufSandboxReceipts  receipts;
  guint64             seed;
} RufSandboxOptions;

/**
 * RufSandboxServer:
 * The reference server of the batch protocol, on loopback only. It delivers nothing.
 */
typedef struct _RufSandboxServer RufSandboxServer;

RufSandboxServer *ruf_sandbox_server_new (const RufSandboxOptions  *options,
                                          GError                  **error);
void              ruf_sandbox_server_free    (RufSandboxServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufSandboxServer, ruf_sandbox_server_free)

guint             ruf_sandbox_server_get_port (RufSandboxServer *self);

G_END_DECLS

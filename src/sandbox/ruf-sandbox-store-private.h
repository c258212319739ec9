/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "ruf-sandbox-store.h"

G_BEGIN_DECLS

struct _RufSandboxStore
{
  sqlite3 *db;
  char    *path;
  guint64  seed;
  guint64  requests;
};

/* What a commit makes visible, one after the other. */
typedef enum
{
  RUF_SANDBOX_WAVE_SENT,
  RUF_SANDBOX_WAVE_ARRIVED,
  RUF_SANDBOX_WAVE_READ,
} RufSandboxWave;

typedef sqlite3_stmt RufSandboxStmt;

void            ruf_sandbox_stmt_free     (RufSandboxStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufSandboxStmt, ruf_sandbox_stmt_free)

gboolean        ruf_sandbox_store_fail    (RufSandboxStore *self, GError **error);
RufSandboxStmt *ruf_sandbox_store_prepare (RufSandboxStore *self, const char *sql, GError **error);
const char     *ruf_sandbox_stmt_get_text (RufSandboxStmt *stmt, int column);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUF_SANDBOX_INSTANT,   /* all receipts with the commit */
  RUF_SANDBOX_SLOW,      /* after 1, 3 and 6 seconds */
  RUF_SANDBOX_NONE,
} RufSandboxReceipts;

typedef enum
{
  RUF_SANDBOX_STATE_MISSING,
  RUF_SANDBOX_STATE_OPEN,
  RUF_SANDBOX_STATE_COMMITTED,
  RUF_SANDBOX_STATE_CANCELLED,
} RufSandboxState;

/* A batch as the sandbox knows it. Owned strings. */
typedef struct
{
  gint64           row;
  RufSandboxState  state;
  char            *campaign;
  char            *channel;
  gint64           send_at;
  gint64           messages;
} RufSandboxBatch;

/**
 * RufSandboxStore:
 * What the sandbox was given, in a SQLite file (0600) or in memory.
 */
typedef struct _RufSandboxStore RufSandboxStore;

RufSandboxStore *ruf_sandbox_store_open (const char  *path,
                                         guint64      seed,
                                         GError     **error);
void             ruf_sandbox_store_close  (RufSandboxStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufSandboxStore, ruf_sandbox_store_close)

const char *ruf_sandbox_state_to_string   (RufSandboxState state);
guint64     ruf_sandbox_store_count_request (RufSandboxStore *self);

gboolean ruf_sandbox_store_get_batch (RufSandboxStore  *self,
                                      const char       *batch_id,
                                      RufSandboxBatch  *batch,
                                      GError          **error);
void        ruf_sandbox_batch_clear       (RufSandboxBatch *self);
gboolean ruf_sandbox_store_add_batch (RufSandboxStore  *self,
                                      const char       *batch_id,
                                      const char       *campaign,
                                      const char       *channel,
                                      gint64            send_at,
                                      GError          **error);

/* The answer that stands under @key, or NULL without an error. */
char *ruf_sandbox_store_find_chunk (RufSandboxStore  *self,
                                    const char       *key,
                                    const char       *sha256,
                                    gboolean         *other,
                                    GError          **error);
typedef struct
{
  const char *message_id;
  const char *to;
} RufSandboxMessage;
gboolean ruf_sandbox_store_add_chunk (RufSandboxStore          *self,
                                      const RufSandboxBatch    *batch,
                                      const char               *key,
                                      const char               *sha256,
                                      const RufSandboxMessage  *messages,
                                      guint                     n_messages,
                                      const char               *answer,
                                      GError                  **error);

gboolean ruf_sandbox_store_commit (RufSandboxStore        *self,
                                   const RufSandboxBatch  *batch,
                                   RufSandboxReceipts      receipts,
                                   gint64                  now,
                                   GError                **error);
gboolean ruf_sandbox_store_cancel (RufSandboxStore        *self,
                                   const RufSandboxBatch  *batch,
                                   GError                **error);

JsonArray *ruf_sandbox_store_list_receipts (RufSandboxStore  *self,
                                            const char       *after,
                                            guint             limit,
                                            gint64            now,
                                            char            **next,
                                            GError          **error);
JsonObject *ruf_sandbox_store_get_stats (RufSandboxStore  *self,
                                         gboolean          detail,
                                         GError          **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "ruf-backend.h"

G_BEGIN_DECLS

/* The batch protocol's JSON, as data/protocol describes it. */

JsonNode  *ruf_batch_protocol_write_manifest  (const RufManifest *manifest);
JsonNode *ruf_batch_protocol_write_messages (const RufOutgoing *messages,
                                             guint              n_messages);
gboolean ruf_batch_protocol_read_outcome (JsonObject   *answer,
                                          RufOutgoing  *messages,
                                          guint         n_messages,
                                          const char  **problem);
GPtrArray *ruf_batch_protocol_read_receipts (JsonObject  *answer,
                                             char       **next_cursor,
                                             const char **problem);

G_END_DECLS

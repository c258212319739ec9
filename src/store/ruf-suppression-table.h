/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"
#include "ruf-db.h"

G_BEGIN_DECLS

/**
 * RufSuppressionKind:
 * What lifts an entry: a stop, the person's own newer START; an objection, only a newer double
 * opt-in.
 */
typedef enum
{
  RUF_SUPPRESSION_STOP,
  RUF_SUPPRESSION_OBJECTION,
} RufSuppressionKind;

typedef struct
{
  RufChannel          channel;
  char               *purpose;   /* "*" = everything on the channel */
  RufSuppressionKind  kind;
  gint64              since;     /* UTC µs */
} RufSuppression;

void ruf_suppression_free (RufSuppression *self);

char      *ruf_suppression_key_path         (const char          *database);
gboolean   ruf_suppression_serves           (RufChannel           channel,
                                             RufAddressKind       kind);
gboolean   ruf_suppression_table_add        (RufDb               *db,
                                             RufChannel           channel,
                                             const char          *address,
                                             const char          *purpose,
                                             RufSuppressionKind   kind,
                                             gint64               since,
                                             const char          *reason,
                                             GError             **error);
GPtrArray *ruf_suppression_table_find       (RufDb               *db,
                                             RufAddressKind       kind,
                                             const char          *address,
                                             GError             **error);
gboolean   ruf_suppression_table_apply      (RufDb               *db,
                                             gint64               point_id,
                                             RufAddressKind       kind,
                                             const char          *address,
                                             gint64               now,
                                             GError             **error);
gboolean   ruf_suppression_table_is_empty   (RufDb               *db,
                                             gboolean            *is_empty,
                                             GError             **error);

G_END_DECLS

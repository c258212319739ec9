/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

/**
 * RufRecipientId:
 * @person_id: 0 = forgotten or never known
 * @point_id: 0 = no address on the channel
 *
 * Somebody behind a number of a run or of a plan. A million of them are 16 MB.
 */
typedef struct
{
  gint64 person_id;
  gint64 point_id;
} RufRecipientId;

/* Reads rows of person and point. */
GArray *ruf_recipient_ids_read (RufStmt  *stmt,
                                GError  **error);
/* Those of @ids whom the words of @search find, in the order of @ids. */
GArray *ruf_recipient_ids_search (RufDb       *db,
                                  GArray      *ids,
                                  const char  *search,
                                  GError     **error);

/* Owned strings, NULL where not known. */
typedef struct
{
  gint64  person_id;
  char   *name;
  char   *address;
} RufRecipient;

void       ruf_recipient_free     (RufRecipient          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufRecipient, ruf_recipient_free)
/* RufRecipient array beside @ids. */
GPtrArray *ruf_recipient_get_many (RufDb                 *db,
                                   const RufRecipientId  *ids,
                                   guint                  n_ids,
                                   GError               **error);

G_END_DECLS

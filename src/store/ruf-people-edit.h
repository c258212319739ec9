/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-change-table.h"
#include "ruf-channel.h"
#include "ruf-people-table.h"

G_BEGIN_DECLS

typedef struct
{
  RufPlace    place;   /* a field, one of the user's own, or a tag */
  const char *key;
  const char *value;   /* NULL = nothing, no tag */
} RufPersonEdit;

gboolean ruf_people_edit           (RufDb                 *db,
                                    gint64                 person_id,
                                    const RufPersonEdit   *edits,
                                    guint                  n_edits,
                                    const char            *title,
                                    gint64                 now,
                                    gint64                *step_id,
                                    GError               **error);
gboolean ruf_people_add_address    (RufDb                 *db,
                                    gint64                 person_id,
                                    RufAddressKind         kind,
                                    const char            *address,
                                    const char            *label,
                                    const char            *title,
                                    gint64                 now,
                                    gint64                *step_id,
                                    GError               **error);
gboolean ruf_people_remove_address (RufDb                 *db,
                                    gint64                 point_id,
                                    const char            *title,
                                    gint64                 now,
                                    gint64                *step_id,
                                    GError               **error);
gboolean ruf_people_merge          (RufDb                 *db,
                                    gint64                 person_id,
                                    gint64                 other_id,
                                    const char            *title,
                                    gint64                 now,
                                    gint64                *step_id,
                                    GError               **error);
gboolean ruf_people_tag            (RufDb                 *db,
                                    const RufPeopleQuery  *query,
                                    const char            *tag,
                                    gboolean               on,
                                    const char            *title,
                                    gint64                 now,
                                    gint64                *step_id,
                                    gint64                *n_people,
                                    GError               **error);
gboolean ruf_people_remove         (RufDb                 *db,
                                    const RufPeopleQuery  *query,
                                    const char            *title,
                                    gint64                 now,
                                    gint64                *step_id,
                                    gint64                *n_people,
                                    GError               **error);
gboolean ruf_people_remove_one     (RufDb                 *db,
                                    gint64                 person_id,
                                    const char            *title,
                                    gint64                 now,
                                    gint64                *step_id,
                                    GError               **error);

G_END_DECLS

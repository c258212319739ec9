/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

/* One post of the page for the store; borrowed on save, owned on read. −1 = not measured. */
typedef struct
{
  char   *post_id;
  char   *page_id;
  char   *page_name;
  char   *title;
  char   *type;
  char   *permalink;
  char   *published_at;   /* local, as exported: "2026-10-31T07:00" */
  gint64  reach, viewers, views, impressions, reactions, comments, shares, link_clicks;
} RufPostRecord;
void       ruf_post_record_free       (RufPostRecord *self);

/* Lifetime totals: the newer export replaces the older. @changed: FALSE where all was equal. */
gboolean ruf_reach_table_save_post (RufDb                *db,
                                    const RufPostRecord  *post,
                                    gint64                now,
                                    gboolean             *changed,
                                    GError              **error);
gboolean ruf_reach_table_save_day (RufDb       *db,
                                   const char  *metric,
                                   const char  *day,
                                   gint64       value,
                                   gboolean    *changed,
                                   GError     **error);
/* Posts with published_at in [from, to) ("2026-10-26"), NULL = open; oldest first. */
GPtrArray *ruf_reach_table_list_posts (RufDb       *db,
                                       const char  *from,
                                       const char  *to,
                                       GError     **error);

/* Messenger figures of one run, stored in the transaction of each receipt (I6). */
typedef struct
{
  gint64 run_id;
  gint64 due_at;
  gint64 sent;
  gint64 delivered;
  gint64 read;
  gint64 failed;
} RufRunFigures;
/* RufRunFigures; 0 = open */
GArray *ruf_reach_table_list_runs (RufDb   *db,
                                   gint64   from,
                                   gint64   to,
                                   GError **error);
/* Distinct people whose messages in [from, to) were delivered and read. */
gboolean ruf_reach_table_count_people (RufDb   *db,
                                       gint64   from,
                                       gint64   to,
                                       gint64  *delivered,
                                       gint64  *read,
                                       GError **error);

G_END_DECLS

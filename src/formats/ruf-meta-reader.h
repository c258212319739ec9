/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-reject.h"

G_BEGIN_DECLS

#define RUF_NOT_MEASURED (-1)   /* an empty cell: never 0 */

/* One post with its lifetime figures. Owned strings. */
typedef struct
{
  guint   row;
  char   *post_id;
  char   *page_id;        /* or NULL */
  char   *page_name;      /* or NULL */
  char   *title;          /* caption, may be "" */
  char   *type;           /* "Photos" … or NULL */
  char   *permalink;      /* or NULL */
  char   *published_at;   /* "2026-10-31T07:00", as the file says: no zone is given */
  gint64  reach;          /* people (until 15 June 2026); RUF_NOT_MEASURED */
  gint64  viewers;        /* people (its successor): another metric, never joined with reach */
  gint64  views;
  gint64  impressions;
  gint64  reactions;
  gint64  comments;
  gint64  shares;
  gint64  link_clicks;
} RufPost;

void ruf_post_free (RufPost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufPost, ruf_post_free)

/* One day of one page metric. */
typedef struct
{
  char   day[11];   /* "2026-11-21" */
  gint64 value;
} RufPageDay;

/**
 * RufMetaFile:
 * A Meta export. Either @posts or @days is used.
 */
typedef struct
{
  char      *format;      /* "meta-posts", "meta-page-daily" */
  char      *encoding;
  char       delimiter;
  char      *metric;      /* page level: "Viewers", "Facebook follows" …; else NULL */
  GPtrArray *posts;       /* RufPost, a repeated id once (the last row wins) */
  GArray    *days;        /* RufPageDay */
  GPtrArray *rejects;     /* RufReject */
  guint      rows;
  guint      duplicates;
} RufMetaFile;

RufMetaFile *ruf_meta_file_read      (const char    *path,
                                      GCancellable  *cancellable,
                                      GError       **error);
gboolean     ruf_meta_file_recognise (const char    *path);
void         ruf_meta_file_free      (RufMetaFile   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufMetaFile, ruf_meta_file_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"
#include "ruf-outbox-table.h"

G_BEGIN_DECLS

typedef void (*RufDemoSay) (const char *line, gpointer user_data);

/* What the demo did. Owned strings. */
typedef struct
{
  char        *db;
  gint64       run_id;
  RufRunState  state;    /* of that run */
  GPtrArray   *charts;   /* char *: files */
} RufDemoResult;

/* The sample shop in @dir, start to end: a year of opt-ins, posts, runs, receipts and replies
 * in; next week's offer written, planned, sent to the sandbox, receipts back; charts written.
 * A second call finds what is there and repeats nothing. */
gboolean ruf_demo_run (const char     *dir,
                       RufDemoSay      say,
                       gpointer        user_data,
                       RufDemoResult  *result,
                       GCancellable   *cancellable,
                       GError        **error);
void     ruf_demo_result_clear (RufDemoResult *self);
/* data/sample-shop in the source tree or PKGDATA_DIR; owned, NULL where it is not installed. */
char    *ruf_demo_find_sample  (void);

G_END_DECLS

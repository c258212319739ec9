/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-reach.h"

G_BEGIN_DECLS

/**
 * RufReachFigures:
 * What the page "Reach" shows of a period.
 */
typedef struct
{
  RufReachSeries *series;
  char           *sentence;
  gboolean        has_any;     /* whether anything is known of any period */
} RufReachFigures;

/**
 * RufReachImport:
 * How bringing in exports went.
 */
typedef struct
{
  guint      files;
  guint      posts;
  guint      days;
  guint      changed;
  GPtrArray *rejects;          /* RufReject */
} RufReachImport;

void             ruf_reach_figures_free        (RufReachFigures     *self);
void             ruf_reach_figures_read_async  (RufContext          *context,
                                                gint64               from,
                                                gint64               to,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
RufReachFigures *ruf_reach_figures_read_finish (RufContext          *context,
                                                GAsyncResult        *result,
                                                GError             **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReachFigures, ruf_reach_figures_free)

void             ruf_reach_import_free         (RufReachImport      *self);
void             ruf_reach_import_async        (RufContext          *context,
                                                const char * const  *paths,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
RufReachImport  *ruf_reach_import_finish       (RufContext          *context,
                                                GAsyncResult        *result,
                                                GError             **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReachImport, ruf_reach_import_free)

G_END_DECLS

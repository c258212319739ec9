/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

/**
 * RufStore:
 * The database behind one exclusive writer thread and two readers.
 *
 * Emits ::changed on the main context it was made in, coalesced, after commits.
 */
#define RUF_TYPE_STORE (ruf_store_get_type ())
G_DECLARE_FINAL_TYPE (RufStore, ruf_store, RUF, STORE, GObject)

/* Runs in a store thread, inside a transaction for writes. FALSE with @error rolls back. */
typedef gboolean (*RufStoreFunc) (RufDb         *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

RufStore *ruf_store_open (const char  *path,
                          GError     **error);
const char *ruf_store_get_path     (RufStore *self);

gboolean ruf_store_read_sync (RufStore      *self,
                              RufStoreFunc   func,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error);
gboolean ruf_store_write_sync (RufStore      *self,
                               RufStoreFunc   func,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);
/* @data is freed with @data_free in the calling context after @callback ran. */
void ruf_store_read_async (RufStore            *self,
                           RufStoreFunc         func,
                           gpointer             data,
                           GDestroyNotify       data_free,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data);
void ruf_store_write_async (RufStore            *self,
                            RufStoreFunc         func,
                            gpointer             data,
                            GDestroyNotify       data_free,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
/* Both finish with this. */
gboolean ruf_store_run_finish (RufStore      *self,
                               GAsyncResult  *result,
                               GError       **error);
/* The @data given to the async call, borrowed; valid inside the callback. */
gpointer    ruf_store_get_task_data (GAsyncResult *result);

/* A consistent copy (VACUUM INTO), 0600, refused where the file exists; and back again:
 * @path is checked (integrity, migrations) before anything is replaced. */
gboolean ruf_store_backup (RufStore      *self,
                           const char    *path,
                           GCancellable  *cancellable,
                           GError       **error);
gboolean ruf_store_restore_file (const char  *backup,
                                 const char  *path,
                                 GError     **error);

G_END_DECLS

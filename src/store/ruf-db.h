/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RufDb:
 * One connection. SQLite codes become errors here and nowhere else. Only store/ sees
 * its insides; others pass it from a RufStoreFunc to table functions.
 */
typedef struct _RufDb RufDb;
typedef struct _RufStmt RufStmt;

typedef enum
{
  RUF_DB_READER,
  RUF_DB_WRITER,   /* creates the file (0600) and migrates it */
} RufDbMode;

RufDb *ruf_db_open (const char  *path,
                    RufDbMode    mode,
                    GError     **error);
void     ruf_db_close  (RufDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufDb, ruf_db_close)

gboolean ruf_db_exec (RufDb       *self,
                      const char  *sql,
                      GError     **error);   /* constants only */
/* The first column of the first row of a constant SELECT; 0 where there is none. */
gboolean ruf_db_get_int (RufDb       *self,
                         const char  *sql,
                         gint64      *value,
                         GError     **error);
gint64   ruf_db_get_last_id (RufDb *self);
gint64   ruf_db_get_changes (RufDb *self);   /* rows of the last statement */
const char *ruf_db_get_path (RufDb *self);
/* FALSE outside BEGIN … COMMIT; SQLite ends a transaction by itself on a full disk or when
 * cancelled. */
gboolean ruf_db_in_transaction (RufDb *self);
/* Polled by a progress handler while a statement runs; NULL for none. */
void ruf_db_set_cancellable (RufDb        *self,
                             GCancellable *cancellable);

/* A statement from the connection's cache; g_autoptr gives it back, reset. @sql is a
 * constant (the pointer's text is the cache key). */
RufStmt *ruf_db_prepare (RufDb       *self,
                         const char  *sql,
                         GError     **error);
void        ruf_stmt_release (RufStmt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufStmt, ruf_stmt_release)

/* Binding, from 1. Text is not copied: it must live until the next reset. NULL binds NULL. */
void ruf_stmt_bind_int (RufStmt *self,
                        int      index,
                        gint64   value);
void ruf_stmt_bind_id (RufStmt *self,
                       int      index,
                       gint64   value);   /* 0 binds NULL */
void ruf_stmt_bind_text (RufStmt    *self,
                         int         index,
                         const char *value);
void ruf_stmt_bind_blob (RufStmt       *self,
                         int            index,
                         gconstpointer  data,
                         gsize          size);
/* TRUE: a row is there. FALSE: the end, or @error is set. */
gboolean ruf_stmt_step (RufStmt  *self,
                        GError  **error);
/* Runs to the end, rows ignored; then resets, so that it can be bound again. */
gboolean ruf_stmt_run (RufStmt  *self,
                       GError  **error);
void        ruf_stmt_reset      (RufStmt *self);
/* Columns, from 0; borrowed until the next step. */
gint64 ruf_stmt_get_int (RufStmt *self,
                         int      column);
const char *ruf_stmt_get_text (RufStmt *self,
                               int      column);   /* NULL for NULL */
gconstpointer ruf_stmt_get_blob (RufStmt *self,
                                 int      column,
                                 gsize   *size);
gboolean ruf_stmt_is_null (RufStmt *self,
                           int      column);

G_END_DECLS

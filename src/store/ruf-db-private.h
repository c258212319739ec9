/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "ruf-db.h"

G_BEGIN_DECLS

#define RUF_DB_SHELF_SIZE 64
#define RUF_SUPPRESSION_KEY_SIZE 32

/* The inside of a connection, for ruf-db.c, ruf-stmt.c, ruf-migration.c,
 * ruf-backup.c and ruf-suppression-table.c. */
struct _RufDb
{
  sqlite3      *handle;
  char         *path;
  GHashTable   *statements;    /* text of the SQL → RufStmt */
  RufStmt      *shelf[RUF_DB_SHELF_SIZE];   /* some of these, by where their text lies */
  GCancellable *cancellable;
  guint8        suppression_key[RUF_SUPPRESSION_KEY_SIZE];
  guint64       suppression_key_stamp;      /* of the file that it was read from; 0 = not read */
};

void ruf_db_set_error (RufDb   *self,
                       int      code,
                       GError **error);
void     ruf_stmt_free      (gpointer stmt);

gboolean ruf_db_check_owner (RufDb   *self,
                             GError **error);
gboolean ruf_db_migrate (RufDb   *self,
                         GError **error);

/* Rows changed since the connection was opened. */
gint64   ruf_db_get_total_changes (RufDb *self);

gboolean ruf_backup_write (const char    *path,
                           const char    *to,
                           GCancellable  *cancellable,
                           GError       **error);
gboolean ruf_backup_restore (const char  *backup,
                             const char  *path,
                             GError     **error);

G_END_DECLS

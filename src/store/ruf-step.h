/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

/* Ends a loop of ruf_stmt_step(): hands @local over where the loop ended by it. */
static inline gboolean
ruf_step_ended (GError  *local,
                GError **error)
{
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* A statement with its first parameter, an id, bound. */
static inline RufStmt *
ruf_step_prepare_id (RufDb       *db,
                     const char  *sql,
                     gint64       id,
                     GError     **error)
{
  RufStmt *stmt = ruf_db_prepare (db, sql, error);

  if (stmt != NULL)
    ruf_stmt_bind_id (stmt, 1, id);
  return stmt;
}

/* One number about one id; 0 where there is no row. */
static inline gboolean
ruf_step_get_int (RufDb       *db,
                  const char  *sql,
                  gint64       id,
                  gint64      *value,
                  GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, sql, id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  *value = ruf_stmt_step (stmt, &local) ? ruf_stmt_get_int (stmt, 0) : 0;
  return ruf_step_ended (local, error);
}

/* Ids that have to do with one id, read whole: what follows may write to the same tables. */
static inline GArray *
ruf_step_list_ids (RufDb       *db,
                   const char  *sql,
                   gint64       id,
                   GError     **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, sql, id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      gint64 found = ruf_stmt_get_int (stmt, 0);

      g_array_append_val (ids, found);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&ids) : NULL;
}

/* A change by one id. */
static inline gboolean
ruf_step_run_id (RufDb       *db,
                 const char  *sql,
                 gint64       id,
                 GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, sql, id, error);

  return stmt != NULL && ruf_stmt_run (stmt, error);
}

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What the search finds people by: kept beside the tables, in the same transaction.
 */

#include "config.h"

#include "ruf-people-index.h"

#include <string.h>

#include "ruf-name-key.h"
#include "ruf-step.h"

#define SELECT_INDEXED \
  "SELECT name || iif (instr (name, coalesce (first_name, '')), '', ' ' || first_name)" \
  " || iif (instr (name, coalesce (last_name, '')), '', ' ' || last_name)" \
  " || coalesce (' ' || organisation, '')," \
  " (SELECT group_concat (address, ' ') FROM contact_points WHERE person_id = people.id)," \
  " (SELECT group_concat (tag, ' ') FROM person_tags WHERE person_id = people.id), city " \
  "FROM people WHERE id = ?1"
#define ADD_TO_INDEX \
  "INSERT INTO people_search (rowid, name, addresses, tags, city) VALUES (?1, ?2, ?3, ?4, ?5)"
#define SELECT_NAME \
  "SELECT name, (SELECT address FROM contact_points WHERE person_id = people.id" \
  " ORDER BY id LIMIT 1) FROM people WHERE id = ?1"

/**
 * ruf_people_index_add:
 * @db: a connection in a transaction
 * @person_id: somebody who is not in the index
 * @name: all their names
 * @addresses: (nullable): all their addresses
 * @tags: (nullable): all their tags
 * @city: (nullable): their city
 * @error: return location
 *
 * Lets the search find somebody by these words.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_index_add (RufDb       *db,
                      gint64       person_id,
                      const char  *name,
                      const char  *addresses,
                      const char  *tags,
                      const char  *city,
                      GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, ADD_TO_INDEX, person_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, name);
  ruf_stmt_bind_text (stmt, 3, addresses);
  ruf_stmt_bind_text (stmt, 4, tags);
  ruf_stmt_bind_text (stmt, 5, city);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_people_index_remove:
 * @db: a connection in a transaction
 * @person_id: somebody
 * @error: return location
 *
 * Lets the search find somebody no more.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_index_remove (RufDb   *db,
                         gint64   person_id,
                         GError **error)
{
  return ruf_step_run_id (db, "DELETE FROM people_search WHERE rowid = ?1", person_id, error);
}

/**
 * ruf_people_index_update:
 * @db: a connection in a transaction
 * @person_id: somebody, who may be gone
 * @error: return location
 *
 * Lets the search find somebody as the tables have them now.
 *
 * Two statements: an INSERT … SELECT opens a savepoint, and at each savepoint FTS5 writes what
 * it has gathered, which makes a large import three times as slow.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_index_update (RufDb   *db,
                         gint64   person_id,
                         GError **error)
{
  g_autoptr (RufStmt) person = ruf_step_prepare_id (db, SELECT_INDEXED, person_id, error);
  GError *local = NULL;

  if (person == NULL || !ruf_people_index_remove (db, person_id, error))
    return FALSE;
  if (!ruf_stmt_step (person, &local))
    return ruf_step_ended (local, error);
  return ruf_people_index_add (db, person_id, ruf_stmt_get_text (person, 0),
                               ruf_stmt_get_text (person, 1), ruf_stmt_get_text (person, 2),
                               ruf_stmt_get_text (person, 3), error);
}

static gboolean
write_name_key (RufDb       *db,
                gint64       person_id,
                const char  *name_key,
                gint64       now,
                GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE people SET name_key = ?2, changed_at = ?3 WHERE id = ?1", person_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_blob (stmt, 2, name_key, strlen (name_key));
  ruf_stmt_bind_int (stmt, 3, now);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_people_index_refresh:
 * @db: a connection in a transaction
 * @person_id: somebody who was changed, or removed
 * @now: UTC µs
 * @error: return location
 *
 * Brings what follows from a person up to date: their place in the order of names, the time of
 * their last change, and the search.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_index_refresh (RufDb   *db,
                          gint64   person_id,
                          gint64   now,
                          GError **error)
{
  g_autofree char *key = NULL;
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_NAME, person_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;
  if (ruf_stmt_step (stmt, &local))
    key = ruf_name_key_new (ruf_stmt_get_text (stmt, 0), ruf_stmt_get_text (stmt, 1));
  if (!ruf_step_ended (local, error))
    return FALSE;

  ruf_stmt_reset (stmt);
  return (key == NULL || write_name_key (db, person_id, key, now, error)) &&
         ruf_people_index_update (db, person_id, error);
}

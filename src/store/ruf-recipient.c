/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The people behind the numbers of a plan or a run: all of them as ids in the order of their
 * names, and as names and addresses those who are looked at.
 */

#include "config.h"

#include "ruf-recipient.h"

#include "ruf-people-table.h"
#include "ruf-step.h"

/**
 * ruf_recipient_ids_read:
 * @stmt: a bound statement whose rows are person and point
 * @error: return location
 *
 * Returns: (transfer full) (element-type RufRecipientId) (nullable): its rows
 */
GArray *
ruf_recipient_ids_read (RufStmt  *stmt,
                        GError  **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (RufRecipientId));
  GError *local = NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      RufRecipientId id = { ruf_stmt_get_int (stmt, 0), ruf_stmt_get_int (stmt, 1) };

      g_array_append_val (ids, id);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&ids) : NULL;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/**
 * ruf_recipient_ids_search:
 * @db: a connection
 * @ids: (element-type RufRecipientId): among whom
 * @search: words, matched by their beginnings
 * @error: return location
 *
 * Who was forgotten or never known is found by no word.
 *
 * Returns: (transfer full) (element-type RufRecipientId) (nullable): those who are found, in
 *   the order of @ids
 */
GArray *
ruf_recipient_ids_search (RufDb       *db,
                          GArray      *ids,
                          const char  *search,
                          GError     **error)
{
  RufPeopleQuery query = { .search = search, .order = RUF_PEOPLE_BY_ADDED };
  g_autoptr (GArray) people = ruf_people_table_list_ids (db, &query, 0, 0, error);
  GArray *found;

  if (people == NULL)
    return NULL;

  found = g_array_new (FALSE, FALSE, sizeof (RufRecipientId));
  for (guint i = 0; i < ids->len; i++)
    {
      const RufRecipientId *id = &g_array_index (ids, RufRecipientId, i);

      if (g_array_binary_search (people, &id->person_id, compare_ids, NULL))
        g_array_append_vals (found, id, 1);
    }
  return found;
}

/**
 * ruf_recipient_free:
 * @self: (transfer full): somebody
 */
void
ruf_recipient_free (RufRecipient *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

/**
 * ruf_recipient_get_many:
 * @db: a connection
 * @ids: (array length=n_ids): whom
 * @n_ids: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type RufRecipient) (nullable): name and address of each,
 *   beside @ids
 */
GPtrArray *
ruf_recipient_get_many (RufDb                 *db,
                        const RufRecipientId  *ids,
                        guint                  n_ids,
                        GError               **error)
{
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_full (n_ids, (GDestroyNotify) ruf_recipient_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT (SELECT name FROM people WHERE id = ?1),"
    " (SELECT address FROM contact_points WHERE id = ?2)", error);

  if (stmt == NULL)
    return NULL;

  for (guint i = 0; i < n_ids; i++)
    {
      RufRecipient *recipient;

      ruf_stmt_bind_id (stmt, 1, ids[i].person_id);
      ruf_stmt_bind_id (stmt, 2, ids[i].point_id);
      if (!ruf_stmt_step (stmt, error))
        return NULL;

      recipient = g_new0 (RufRecipient, 1);
      recipient->person_id = ids[i].person_id;
      recipient->name = g_strdup (ruf_stmt_get_text (stmt, 0));
      recipient->address = g_strdup (ruf_stmt_get_text (stmt, 1));
      g_ptr_array_add (found, recipient);
      ruf_stmt_reset (stmt);
    }
  return g_steal_pointer (&found);
}

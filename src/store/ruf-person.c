/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * People as they are read: some hundred at a time by their ids, in one statement per table.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-people-table.h"
#include "ruf-step.h"

/* ?1 is a JSON array of ids throughout. */
#define SELECT_PEOPLE \
  "SELECT p.id, p.name, p.first_name, p.last_name, p.organisation, p.city, p.language," \
  " p.birthday, p.notes FROM json_each (?1) j JOIN people p ON p.id = j.value"
#define SELECT_POINTS \
  "SELECT c.person_id, c.id, c.kind, c.address, c.label " \
  "FROM json_each (?1) j JOIN contact_points c ON c.person_id = j.value ORDER BY c.id"
#define SELECT_TAGS \
  "SELECT t.person_id, t.tag " \
  "FROM json_each (?1) j JOIN person_tags t ON t.person_id = j.value ORDER BY t.person_id, t.tag"
#define SELECT_CONSENTS \
  "SELECT c.person_id, s.channel, s.purpose, s.status, s.level, s.since " \
  "FROM json_each (?1) j JOIN contact_points c ON c.person_id = j.value " \
  "JOIN consent_states s ON s.point_id = c.id WHERE s.status <> 'none' " \
  "ORDER BY c.id, s.channel, s.purpose"
/* The time of leaving: of the attempt, or, for messages handed over elsewhere, of the run. */
#define SELECT_LAST_MESSAGE \
  "SELECT o.person_id, max (coalesce (a.started_at, r.due_at)) " \
  "FROM json_each (?1) j JOIN outbox o ON o.person_id = j.value JOIN runs r ON r.id = o.run_id " \
  "LEFT JOIN attempts a ON a.id = o.attempt_id " \
  "WHERE o.status IN ('sent', 'delivered', 'read') GROUP BY o.person_id"

/* Takes one row of one of the statements into its person. */
typedef void (*RowFunc) (RufPerson *person, RufStmt *stmt);

static void
point_free (gpointer data)
{
  RufContactPoint *self = data;

  g_free (self->address);
  g_free (self->label);
  g_free (self);
}

static void
mark_free (gpointer data)
{
  RufConsentMark *self = data;

  g_free (self->purpose);
  g_free (self);
}

/**
 * ruf_person_new:
 *
 * Returns: (transfer full): a person of whom nothing is known
 */
RufPerson *
ruf_person_new (void)
{
  RufPerson *self = g_new0 (RufPerson, 1);

  self->points = g_ptr_array_new_with_free_func (point_free);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->consents = g_ptr_array_new_with_free_func (mark_free);
  return self;
}

/**
 * ruf_person_free:
 * @self: (nullable) (transfer full): a person
 *
 * Frees it with all that belongs to it.
 */
void
ruf_person_free (RufPerson *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->first_name);
  g_free (self->last_name);
  g_free (self->organisation);
  g_free (self->city);
  g_free (self->language);
  g_free (self->birthday);
  g_free (self->notes);
  g_ptr_array_unref (self->points);
  g_ptr_array_unref (self->tags);
  g_ptr_array_unref (self->consents);
  g_free (self);
}

static void
read_fields (RufPerson *self,
             RufStmt   *stmt)
{
  self->id = ruf_stmt_get_int (stmt, 0);
  self->name = g_strdup (ruf_stmt_get_text (stmt, 1));
  self->first_name = g_strdup (ruf_stmt_get_text (stmt, 2));
  self->last_name = g_strdup (ruf_stmt_get_text (stmt, 3));
  self->organisation = g_strdup (ruf_stmt_get_text (stmt, 4));
  self->city = g_strdup (ruf_stmt_get_text (stmt, 5));
  self->language = g_strdup (ruf_stmt_get_text (stmt, 6));
  self->birthday = g_strdup (ruf_stmt_get_text (stmt, 7));
  self->notes = g_strdup (ruf_stmt_get_text (stmt, 8));
}

static void
read_point (RufPerson *self,
            RufStmt   *stmt)
{
  RufContactPoint *point = g_new0 (RufContactPoint, 1);

  point->id = ruf_stmt_get_int (stmt, 1);
  ruf_address_kind_from_string (ruf_stmt_get_text (stmt, 2), &point->kind);
  point->address = g_strdup (ruf_stmt_get_text (stmt, 3));
  point->label = g_strdup (ruf_stmt_get_text (stmt, 4));
  g_ptr_array_add (self->points, point);
}

static void
read_tag (RufPerson *self,
          RufStmt   *stmt)
{
  g_ptr_array_add (self->tags, g_strdup (ruf_stmt_get_text (stmt, 1)));
}

static RufConsentStatus
parse_status (const char *text)
{
  for (RufConsentStatus i = RUF_CONSENT_STATUS_NONE; i <= RUF_CONSENT_STATUS_EXPIRED; i++)
    if (g_strcmp0 (text, ruf_consent_status_to_string (i)) == 0)
      return i;
  return RUF_CONSENT_STATUS_NONE;
}

static void
read_consent (RufPerson *self,
              RufStmt   *stmt)
{
  RufConsentMark *mark = g_new0 (RufConsentMark, 1);

  ruf_channel_from_string (ruf_stmt_get_text (stmt, 1), &mark->channel);
  mark->purpose = g_strdup (ruf_stmt_get_text (stmt, 2));
  mark->status = parse_status (ruf_stmt_get_text (stmt, 3));
  mark->level = ruf_stmt_get_int (stmt, 4);
  mark->since = ruf_stmt_get_int (stmt, 5);
  g_ptr_array_add (self->consents, mark);
}

static void
read_last_message (RufPerson *self,
                   RufStmt   *stmt)
{
  self->last_message_at = ruf_stmt_get_int (stmt, 1);
}

static char *
ids_to_json (const gint64 *ids,
             guint         n_ids)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < n_ids; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", ids[i]);
  return g_string_free (g_string_append_c (json, ']'), FALSE);
}

/* Runs one statement over all of the ids; each row goes to its person. */
static gboolean
read_rows (RufDb       *db,
           const char  *sql,
           const char  *ids,
           GHashTable  *people,
           RowFunc      func,
           GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, sql, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, ids);
  while (ruf_stmt_step (stmt, &local))
    {
      gint64 id = ruf_stmt_get_int (stmt, 0);
      RufPerson *person = g_hash_table_lookup (people, &id);

      if (person != NULL)
        func (person, stmt);
    }
  return ruf_step_ended (local, error);
}

static gboolean
read_people (RufDb       *db,
             const char  *ids,
             GHashTable  *people,
             GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, SELECT_PEOPLE, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, ids);
  while (ruf_stmt_step (stmt, &local))
    {
      RufPerson *person = ruf_person_new ();

      read_fields (person, stmt);
      g_hash_table_replace (people, &person->id, person);
    }
  return ruf_step_ended (local, error);
}

/* The people move over from the table to the array; a second entry of the same id stays NULL. */
static GPtrArray *
take_in_order (GHashTable   *people,
               const gint64 *ids,
               guint         n_ids)
{
  GPtrArray *list = g_ptr_array_new_full (n_ids, (GDestroyNotify) ruf_person_free);

  for (guint i = 0; i < n_ids; i++)
    {
      gpointer person = NULL;

      g_hash_table_steal_extended (people, &ids[i], NULL, &person);
      g_ptr_array_add (list, person);
    }
  return list;
}

/**
 * ruf_people_table_get_many:
 * @db: a connection
 * @ids: (array length=n_ids): ids of people, each once
 * @n_ids: how many
 * @error: return location
 *
 * Reads people with addresses, tags and consents, in a few statements whatever @n_ids is.
 *
 * Returns: (transfer full) (element-type RufPerson): in the order of @ids; %NULL entries for
 *   people who are gone
 */
GPtrArray *
ruf_people_table_get_many (RufDb         *db,
                           const gint64  *ids,
                           guint          n_ids,
                           GError       **error)
{
  g_autoptr (GHashTable) people =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) ruf_person_free);
  g_autofree char *json = ids_to_json (ids, n_ids);

  if (!read_people (db, json, people, error) ||
      !read_rows (db, SELECT_POINTS, json, people, read_point, error) ||
      !read_rows (db, SELECT_TAGS, json, people, read_tag, error) ||
      !read_rows (db, SELECT_CONSENTS, json, people, read_consent, error) ||
      !read_rows (db, SELECT_LAST_MESSAGE, json, people, read_last_message, error))
    return NULL;

  return take_in_order (people, ids, n_ids);
}

/**
 * ruf_people_table_get:
 * @db: a connection
 * @id: a person
 * @error: return location
 *
 * Returns: (transfer full): the person; %NULL with NOT_FOUND
 */
RufPerson *
ruf_people_table_get (RufDb   *db,
                      gint64   id,
                      GError **error)
{
  g_autoptr (GPtrArray) people = ruf_people_table_get_many (db, &id, 1, error);

  if (people == NULL)
    return NULL;
  if (g_ptr_array_index (people, 0) != NULL)
    return g_steal_pointer (&g_ptr_array_index (people, 0));

  g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
               _("There is nobody with the id %lld."), (long long) id);
  return NULL;
}

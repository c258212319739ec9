/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * People come in here: found by an address, filled in where something is missing, never
 * overwritten. The search index follows in the same transaction.
 */

#include "config.h"

#include "ruf-people-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-address.h"
#include "ruf-change-table.h"
#include "ruf-error.h"
#include "ruf-people-index.h"
#include "ruf-step.h"
#include "ruf-suppression-table.h"

/* The text columns, in the order of RufPersonField and of the SQL below. */
static const char * const field_names[] = {
  "name", "first_name", "last_name", "organisation", "city", "language", "birthday", "notes",
};

#define SELECT_FIELDS \
  "SELECT nullif (name, ''), first_name, last_name, organisation, city, language, birthday," \
  " notes FROM people WHERE id = ?1"
#define INSERT_PERSON \
  "INSERT INTO people (name, first_name, last_name, organisation, city, language, birthday," \
  " notes, name_key, created_at, changed_at, import_id) " \
  "VALUES (coalesce (?1, ''), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11)"
/* What is there stays: coalesce() takes the new value only in place of nothing. */
#define FILL_PERSON \
  "UPDATE people SET" \
  " name_key = iif (name = '' AND ?1 IS NOT NULL, ?9, name_key)," \
  " name = iif (name = '', coalesce (?1, ''), name)," \
  " first_name = coalesce (first_name, ?2), last_name = coalesce (last_name, ?3)," \
  " organisation = coalesce (organisation, ?4), city = coalesce (city, ?5)," \
  " language = coalesce (language, ?6), birthday = coalesce (birthday, ?7)," \
  " notes = coalesce (notes, ?8), changed_at = ?10 WHERE id = ?11"
#define INSERT_POINT \
  "INSERT OR IGNORE INTO contact_points (person_id, kind, address, as_entered, label, import_id) " \
  "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"

/* A person on the way in. */
typedef struct
{
  const RufPersonEntry *person;
  gint64                import_id;
  gint64                now;
} Entry;

/* Both 0 where the address is new; @person_id 0 where it is nobody's. */
static gboolean
find_point (RufDb           *db,
            RufAddressKind   kind,
            const char      *address,
            gint64          *point_id,
            gint64          *person_id,
            GError         **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "SELECT id, person_id FROM contact_points WHERE address = ?1 AND kind = ?2",
                    error);
  GError *local = NULL;

  *point_id = *person_id = 0;
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, address);
  ruf_stmt_bind_text (stmt, 2, ruf_address_kind_to_string (kind));
  if (ruf_stmt_step (stmt, &local))
    {
      *point_id = ruf_stmt_get_int (stmt, 0);
      *person_id = ruf_stmt_get_int (stmt, 1);
    }
  return ruf_step_ended (local, error);
}

/* The person of the first address that has one. @owners: whose each address is. */
static gboolean
find_person (RufDb                 *db,
             const RufPersonDraft  *draft,
             gint64                *person_id,
             gint64                *point_ids,
             gint64                *owners,
             GError               **error)
{
  *person_id = 0;
  for (guint i = 0; i < draft->n_points; i++)
    {
      if (!find_point (db, draft->points[i].kind, draft->points[i].address,
                       &point_ids[i], &owners[i], error))
        return FALSE;
      if (*person_id == 0)
        *person_id = owners[i];
    }
  return TRUE;
}

static gboolean
write_fields (RufDb        *db,
              const char   *sql,
              const Entry  *entry,
              gint64        last,
              GError      **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;

  for (int i = 0; i < RUF_PERSON_N_FIELDS; i++)
    ruf_stmt_bind_text (stmt, i + 1, entry->person->fields[i]);
  ruf_stmt_bind_blob (stmt, 9, entry->person->name_key, strlen (entry->person->name_key));
  ruf_stmt_bind_int (stmt, 10, entry->now);
  ruf_stmt_bind_id (stmt, 11, last);
  return ruf_stmt_run (stmt, error);
}

/* Notes for an undo what an import changes on somebody who was there before. */
static gboolean
note (RufDb        *db,
      const Entry  *entry,
      RufPlace      place,
      gint64        row_id,
      const char   *key,
      const char   *value,
      GError      **error)
{
  gint64 step_id;

  if (entry->import_id == 0)
    return TRUE;
  return ruf_change_table_find_import (db, entry->import_id, &step_id, error) &&
         (step_id == 0 ||
          ruf_change_table_note (db, step_id, place, row_id, key, NULL, value, error));
}

/* Which fields the draft would fill in. */
static gboolean
find_missing (RufDb        *db,
              gint64        person_id,
              const Entry  *entry,
              gboolean      missing[RUF_PERSON_N_FIELDS],
              GError      **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_FIELDS, person_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  if (ruf_stmt_step (stmt, &local))
    for (int i = 0; i < RUF_PERSON_N_FIELDS; i++)
      missing[i] = entry->person->fields[i] != NULL && ruf_stmt_is_null (stmt, i);
  return ruf_step_ended (local, error);
}

static gboolean
fill_person (RufDb        *db,
             gint64        person_id,
             const Entry  *entry,
             gboolean     *changed,
             GError      **error)
{
  gboolean missing[RUF_PERSON_N_FIELDS] = { FALSE };

  if (!find_missing (db, person_id, entry, missing, error))
    return FALSE;

  for (int i = 0; i < RUF_PERSON_N_FIELDS; i++)
    {
      *changed |= missing[i];
      if (missing[i] && !note (db, entry, RUF_PLACE_FIELD, person_id, field_names[i],
                               entry->person->fields[i], error))
        return FALSE;
    }
  return !*changed || write_fields (db, FILL_PERSON, entry, person_id, error);
}

static gboolean
insert_point (RufDb        *db,
              gint64        person_id,
              const Entry  *entry,
              guint         i,
              gint64       *point_id,
              GError      **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, INSERT_POINT, error);
  const RufPersonDraft *draft = entry->person->draft;
  RufAddressKind kind = draft->points[i].kind;
  const char *address = draft->points[i].address;
  gint64 owner;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_id (stmt, 1, person_id);
  ruf_stmt_bind_text (stmt, 2, ruf_address_kind_to_string (kind));
  ruf_stmt_bind_text (stmt, 3, address);
  ruf_stmt_bind_text (stmt, 4, draft->points[i].as_entered);
  ruf_stmt_bind_text (stmt, 5, draft->points[i].label);
  ruf_stmt_bind_id (stmt, 6, entry->import_id);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  if (ruf_db_get_changes (db) > 0)
    {
      *point_id = ruf_db_get_last_id (db);
      return ruf_suppression_table_apply (db, *point_id, kind, address, entry->now, error);
    }

  /* The draft names the address twice. */
  return find_point (db, kind, address, point_id, &owner, error);
}

/* An address that only a stranger's STOP had left gets its person. */
static gboolean
adopt_point (RufDb        *db,
             gint64        person_id,
             const Entry  *entry,
             gint64        point_id,
             GError      **error)
{
  g_autofree char *owner = g_strdup_printf ("%" G_GINT64_FORMAT, person_id);
  g_autoptr (RufStmt) stmt =
    ruf_step_prepare_id (db, "UPDATE contact_points SET person_id = ?2 WHERE id = ?1",
                         point_id, error);

  if (stmt == NULL)
    return FALSE;
  ruf_stmt_bind_int (stmt, 2, person_id);
  return ruf_stmt_run (stmt, error) &&
         note (db, entry, RUF_PLACE_OWNER, point_id, NULL, owner, error);
}

static gboolean
add_points (RufDb         *db,
            gint64         person_id,
            const Entry   *entry,
            gint64        *point_ids,
            const gint64  *owners,
            gboolean      *changed,
            GError       **error)
{
  for (guint i = 0; i < entry->person->draft->n_points; i++)
    {
      if (owners[i] != 0)
        continue;
      *changed = TRUE;
      if (point_ids[i] == 0 ? !insert_point (db, person_id, entry, i, &point_ids[i], error)
                            : !adopt_point (db, person_id, entry, point_ids[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_tags (RufDb         *db,
          gint64         person_id,
          const Entry   *entry,
          gboolean       was_there,
          gboolean      *changed,
          GError       **error)
{
  const char **tags = entry->person->draft->tags;
  g_autoptr (RufStmt) stmt = NULL;

  if (tags == NULL || tags[0] == NULL)
    return TRUE;
  stmt = ruf_step_prepare_id (db, "INSERT OR IGNORE INTO person_tags VALUES (?1, ?2)",
                              person_id, error);
  if (stmt == NULL)
    return FALSE;

  for (guint i = 0; tags[i] != NULL; i++)
    {
      ruf_stmt_bind_text (stmt, 2, tags[i]);
      if (!ruf_stmt_run (stmt, error))
        return FALSE;
      if (ruf_db_get_changes (db) == 0)
        continue;
      *changed = TRUE;
      if (was_there && !note (db, entry, RUF_PLACE_TAG, person_id, tags[i], "1", error))
        return FALSE;
    }
  return TRUE;
}

/* As ruf_people_index_update() for somebody who is new, without asking the tables. */
static gboolean
add_new_to_index (RufDb                 *db,
                  gint64                 person_id,
                  const RufPersonEntry  *person,
                  GError               **error)
{
  return ruf_people_index_add (db, person_id, person->search_name, person->search_addresses,
                               person->search_tags, person->fields[RUF_PERSON_CITY], error);
}

static gboolean
upsert_entry (RufDb        *db,
              const Entry  *entry,
              RufUpsert    *result,
              gint64       *person_id,
              gint64       *point_ids,
              GError      **error)
{
  const RufPersonDraft *draft = entry->person->draft;
  g_autofree gint64 *owners = g_new0 (gint64, draft->n_points + 1);
  gboolean changed = FALSE;

  if (!find_person (db, draft, person_id, point_ids, owners, error))
    return FALSE;

  *result = *person_id == 0 ? RUF_UPSERT_NEW : RUF_UPSERT_UNCHANGED;
  if (*result == RUF_UPSERT_NEW)
    {
      if (!write_fields (db, INSERT_PERSON, entry, entry->import_id, error))
        return FALSE;
      *person_id = ruf_db_get_last_id (db);
    }
  else if (!fill_person (db, *person_id, entry, &changed, error))
    return FALSE;

  if (!add_points (db, *person_id, entry, point_ids, owners, &changed, error) ||
      !add_tags (db, *person_id, entry, *result != RUF_UPSERT_NEW, &changed, error))
    return FALSE;

  if (*result == RUF_UPSERT_NEW)
    return add_new_to_index (db, *person_id, entry->person, error);
  if (!changed)
    return TRUE;

  *result = RUF_UPSERT_UPDATED;
  return ruf_people_index_update (db, *person_id, error);
}

/**
 * ruf_people_table_upsert:
 * @db: a connection in a transaction
 * @draft: a person as a file brings it
 * @import_id: the import, or 0
 * @now: UTC time in microseconds
 * @result: (out): room for what happened
 * @person_id: (out): room for the person's id
 * @point_ids: (out caller-allocates): room for the ids of the draft's addresses, in order
 * @error: return location
 *
 * Finds the person by the first of the addresses that is somebody's, never by name, and makes
 * one where there is none. What is missing is filled in; nothing is ever overwritten. An
 * address that belongs to somebody else stays there.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_table_upsert (RufDb                 *db,
                         const RufPersonDraft  *draft,
                         gint64                 import_id,
                         gint64                 now,
                         RufUpsert             *result,
                         gint64                *person_id,
                         gint64                *point_ids,
                         GError               **error)
{
  g_autoptr (RufPersonEntry) person = NULL;

  g_return_val_if_fail (draft != NULL, FALSE);

  person = ruf_person_entry_new (draft);
  return ruf_people_table_upsert_entry (db, person, import_id, now, result, person_id, point_ids,
                                        error);
}

/**
 * ruf_people_table_upsert_entry:
 * @db: a connection in a transaction
 * @person: a person as a file brings it, made ready
 * @import_id: the import, or 0
 * @now: UTC time in microseconds
 * @result: (out): room for what happened
 * @person_id: (out): room for the person's id
 * @point_ids: (out caller-allocates): room for the ids of the draft's addresses, in order
 * @error: return location
 *
 * As ruf_people_table_upsert(), where another thread has done what needs no database.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_table_upsert_entry (RufDb                 *db,
                               const RufPersonEntry  *person,
                               gint64                 import_id,
                               gint64                 now,
                               RufUpsert             *result,
                               gint64                *person_id,
                               gint64                *point_ids,
                               GError               **error)
{
  Entry entry = { person, import_id, now };

  g_return_val_if_fail (person != NULL, FALSE);

  return upsert_entry (db, &entry, result, person_id, point_ids, error);
}

/**
 * ruf_people_table_ensure_point:
 * @db: a connection in a transaction
 * @kind: kind of the address
 * @address: a normalised address
 * @now: UTC time in microseconds
 * @point_id: (out): room for its id
 * @error: return location
 *
 * Finds an address, and keeps it without a person where it is new: a STOP from a stranger
 * holds too. One that was forgotten comes with the end of consent that it had.
 *
 * Returns: whether it is there
 */
gboolean
ruf_people_table_ensure_point (RufDb           *db,
                               RufAddressKind   kind,
                               const char      *address,
                               gint64           now,
                               gint64          *point_id,
                               GError         **error)
{
  RufPersonDraft draft = { .n_points = 1 };
  RufPersonEntry person = { .draft = &draft };
  Entry entry = { .person = &person, .now = now };
  gint64 owner;

  if (!find_point (db, kind, address, point_id, &owner, error))
    return FALSE;
  if (*point_id != 0)
    return TRUE;

  draft.points = g_alloca (sizeof *draft.points);
  draft.points->kind = kind;
  draft.points->address = address;
  draft.points->as_entered = NULL;
  draft.points->label = NULL;
  return insert_point (db, 0, &entry, 0, point_id, error);
}

/**
 * ruf_people_table_get_address:
 * @db: a connection
 * @point_id: a contact point
 * @error: return location
 *
 * Reads the address of a point, whoever it belongs to.
 *
 * Returns: (transfer full): the normalised address, or %NULL with %RUF_ERROR_NOT_FOUND
 */
char *
ruf_people_table_get_address (RufDb   *db,
                              gint64   point_id,
                              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT address FROM contact_points WHERE id = ?1", error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_int (stmt, 1, point_id);
  if (ruf_stmt_step (stmt, &local))
    return g_strdup (ruf_stmt_get_text (stmt, 0));

  if (local != NULL)
    g_propagate_error (error, local);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                 _("There is no address with the number %lld."), (long long) point_id);
  return NULL;
}

static gboolean
find_by_id (RufDb       *db,
            const char  *words,
            gint64      *id,
            GError     **error)
{
  gint64 number;

  *id = 0;
  if (!g_ascii_string_to_signed (words, 10, 1, G_MAXINT64, &number, NULL))
    return TRUE;
  return ruf_step_get_int (db, "SELECT id FROM people WHERE id = ?1", number, id, error);
}

static gboolean
find_by_address (RufDb       *db,
                 const char  *words,
                 gint64      *id,
                 GError     **error)
{
  g_autofree char *address = NULL;
  RufAddressKind kind;
  gint64 point_id;

  *id = 0;
  return !ruf_address_parse (words, "DE", &kind, &address) ||
         find_point (db, kind, address, &point_id, id, error);
}

/**
 * ruf_people_table_find:
 * @db: a connection
 * @words: an id ("17") or any address
 * @error: return location
 *
 * Finds one person by what people type. An id counts before an address.
 *
 * Returns: the person's id; 0 with NOT_FOUND where it is nobody's
 */
gint64
ruf_people_table_find (RufDb       *db,
                       const char  *words,
                       GError     **error)
{
  gint64 id;

  if (!find_by_id (db, words, &id, error) ||
      (id == 0 && !find_by_address (db, words, &id, error)))
    return 0;
  if (id != 0)
    return id;

  g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
               _("There is nobody with the id or address “%s”."), words);
  return 0;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Steps that can be taken back: whatever changes people goes through one function, which notes
 * what stood in the place before and what stands there now.
 *
 * An undo goes backwards through a step and puts back what still stands as the step left it.
 * Where something came later, the later holds. Consent is never here: its log only grows.
 */

#include "config.h"

#include "ruf-change-table.h"

#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-people-index.h"
#include "ruf-step.h"

const char * const ruf_person_fields[] = {
  "name", "prefix", "first_name", "middle_name", "last_name", "suffix", "nickname",
  "organisation", "city", "language", "birthday", "notes", NULL
};

static const char * const kind_names[] = {
  [RUF_STEP_EDIT] = "edit",
  [RUF_STEP_TAG] = "tag",
  [RUF_STEP_MERGE] = "merge",
  [RUF_STEP_REMOVE] = "remove",
  [RUF_STEP_IMPORT] = "import",
};

/* How a place is read and written: ?1 row, ?2 key where there is one, ?3 value. */
typedef struct
{
  const char *name;
  const char *key;       /* of a column; NULL = the key is bound, or there is none */
  gboolean    has_key;
  const char *read;
  const char *write;
  const char *clear;     /* NULL = write of NULL does it */
} Place;

#define COLUMN(column) \
  { "field", #column, FALSE, "SELECT " #column " FROM people WHERE id = ?1", \
    "UPDATE people SET " #column " = ?3 WHERE id = ?1", NULL }

static const Place columns[] = {
  { "field", "name", FALSE, "SELECT nullif (name, '') FROM people WHERE id = ?1",
    "UPDATE people SET name = coalesce (?3, '') WHERE id = ?1", NULL },
  COLUMN (prefix),
  COLUMN (first_name),
  COLUMN (middle_name),
  COLUMN (last_name),
  COLUMN (suffix),
  COLUMN (nickname),
  COLUMN (organisation),
  COLUMN (city),
  COLUMN (language),
  COLUMN (birthday),
  COLUMN (notes),
};

static const Place places[] = {
  [RUF_PLACE_PERSON] = {
    "person", NULL, FALSE,
    "SELECT created_at || '/' || coalesce (import_id, 0) FROM people WHERE id = ?1",
    "INSERT INTO people (id, name, name_key, created_at, changed_at, import_id) VALUES (?1, '',"
    " x'', CAST (substr (?3, 1, instr (?3, '/') - 1) AS INTEGER), 0,"
    " nullif (CAST (substr (?3, instr (?3, '/') + 1) AS INTEGER), 0))",
    "DELETE FROM people WHERE id = ?1" },
  [RUF_PLACE_FIELD] = { "field" },
  [RUF_PLACE_OWN_FIELD] = {
    "own-field", NULL, TRUE,
    "SELECT value FROM person_fields WHERE person_id = ?1 AND name = ?2",
    "INSERT INTO person_fields VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = ?3",
    "DELETE FROM person_fields WHERE person_id = ?1 AND name = ?2" },
  [RUF_PLACE_TAG] = {
    "tag", NULL, TRUE,
    "SELECT '1' FROM person_tags WHERE person_id = ?1 AND tag = ?2",
    "INSERT OR IGNORE INTO person_tags SELECT ?1, ?2 WHERE ?3 IS NOT NULL",
    "DELETE FROM person_tags WHERE person_id = ?1 AND tag = ?2" },
  [RUF_PLACE_OWNER] = {
    "owner", NULL, FALSE,
    "SELECT CAST (person_id AS TEXT) FROM contact_points WHERE id = ?1",
    "UPDATE contact_points SET person_id = CAST (?3 AS INTEGER) WHERE id = ?1", NULL },
  [RUF_PLACE_LABEL] = {
    "label", NULL, FALSE,
    "SELECT label FROM contact_points WHERE id = ?1",
    "UPDATE contact_points SET label = ?3 WHERE id = ?1", NULL },
  [RUF_PLACE_RECIPIENT] = {
    "recipient", NULL, FALSE,
    "SELECT CAST (person_id AS TEXT) FROM outbox WHERE id = ?1",
    "UPDATE outbox SET person_id = CAST (?3 AS INTEGER) WHERE id = ?1", NULL },
};

#define INSERT_CHANGE \
  "INSERT INTO step_changes (step_id, what, row_id, key, before, after) " \
  "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
#define SELECT_CHANGES \
  "SELECT what, row_id, key, before, after FROM step_changes WHERE step_id = ?1 ORDER BY id DESC"
/* Everybody whom a step concerns: by their own places, and by their addresses. */
#define SELECT_TOUCHED \
  "SELECT row_id FROM step_changes WHERE step_id = ?1 AND" \
  " what IN ('person', 'field', 'own-field', 'tag') " \
  "UNION SELECT CAST (before AS INTEGER) FROM step_changes WHERE step_id = ?1 AND what = 'owner'" \
  " AND before IS NOT NULL " \
  "UNION SELECT CAST (after AS INTEGER) FROM step_changes WHERE step_id = ?1 AND what = 'owner'" \
  " AND after IS NOT NULL"

/* One line of step_changes. */
typedef struct
{
  RufPlace  place;
  gint64    row_id;
  char     *key;
  char     *before;
  char     *after;
} Change;

/* An undo under way. */
typedef struct
{
  RufDb         *db;
  RufUndoReport *report;
  GHashTable    *new_ids;    /* gint64 → gint64: people who came back under another id */
} Undo;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_free (self->key);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

/* NULL where no column of people has that name. */
static const Place *
find_place (RufPlace    place,
            const char *key)
{
  if (place != RUF_PLACE_FIELD)
    return &places[place];
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_strcmp0 (columns[i].key, key) == 0)
      return &columns[i];
  return NULL;
}

static RufStmt *
prepare_place (RufDb        *db,
               const Place  *place,
               const char   *sql,
               gint64        row_id,
               const char   *key,
               GError      **error)
{
  RufStmt *stmt = ruf_step_prepare_id (db, sql, row_id, error);

  if (stmt != NULL && place->has_key)
    ruf_stmt_bind_text (stmt, 2, key);
  return stmt;
}

static gboolean
read_place (RufDb        *db,
            const Place  *place,
            gint64        row_id,
            const char   *key,
            char        **value,
            GError      **error)
{
  g_autoptr (RufStmt) stmt = prepare_place (db, place, place->read, row_id, key, error);
  GError *local = NULL;

  *value = NULL;
  if (stmt == NULL)
    return FALSE;

  if (ruf_stmt_step (stmt, &local))
    *value = g_strdup (ruf_stmt_get_text (stmt, 0));
  return ruf_step_ended (local, error);
}

static gboolean
write_place (RufDb        *db,
             const Place  *place,
             gint64        row_id,
             const char   *key,
             const char   *value,
             GError      **error)
{
  gboolean clears = value == NULL && place->clear != NULL;
  g_autoptr (RufStmt) stmt =
    prepare_place (db, place, clears ? place->clear : place->write, row_id, key, error);

  if (stmt == NULL)
    return FALSE;

  if (!clears)
    ruf_stmt_bind_text (stmt, 3, value);
  return ruf_stmt_run (stmt, error);
}

static gboolean
refresh_all (RufDb        *db,
             const GArray *ids,
             gint64        now,
             GError      **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!ruf_people_index_refresh (db, g_array_index (ids, gint64, i), now, error))
      return FALSE;
  return TRUE;
}

/**
 * ruf_step_record_free:
 * @self: (transfer full): a step
 */
void
ruf_step_record_free (RufStepRecord *self)
{
  g_free (self->title);
  g_free (self);
}

/**
 * ruf_change_table_begin:
 * @db: a connection in a transaction
 * @kind: what the user does
 * @title: the same in words, for the list of what can be undone
 * @import_id: the import whose step it is, or 0
 * @now: UTC µs
 * @step_id: (out): room for the step
 * @error: return location
 *
 * Begins a step; ruf_change_table_set() belongs to it until ruf_change_table_end().
 *
 * Returns: whether it is stored
 */
gboolean
ruf_change_table_begin (RufDb        *db,
                        RufStepKind   kind,
                        const char   *title,
                        gint64        import_id,
                        gint64        now,
                        gint64       *step_id,
                        GError      **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "INSERT INTO steps (kind, title, import_id, done_at) VALUES (?1, ?2, ?3, ?4)", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, kind_names[kind]);
  ruf_stmt_bind_text (stmt, 2, title);
  ruf_stmt_bind_id (stmt, 3, import_id);
  ruf_stmt_bind_int (stmt, 4, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *step_id = ruf_db_get_last_id (db);
  return TRUE;
}

/**
 * ruf_change_table_get:
 * @db: a connection
 * @place: where
 * @row_id: of whom: a person, a contact point or an outbox row, as @place tells
 * @key: (nullable): which field or tag, where @place has several
 * @value: (out) (transfer full) (nullable): room for what stands there
 * @error: return location
 *
 * Reads one place. Errors: INVALID for a field that people do not have.
 *
 * Returns: whether it could be read
 */
gboolean
ruf_change_table_get (RufDb       *db,
                      RufPlace     place,
                      gint64       row_id,
                      const char  *key,
                      char       **value,
                      GError     **error)
{
  const Place *found = find_place (place, key);

  if (found != NULL)
    return read_place (db, found, row_id, key, value, error);

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID, _("People have no field “%s”."), key);
  return FALSE;
}

/**
 * ruf_change_table_set:
 * @db: a connection in a transaction
 * @step_id: the step that does it
 * @place: where
 * @row_id: of whom: a person, a contact point or an outbox row, as @place tells
 * @key: (nullable): which field or tag, where @place has several
 * @value: (nullable): what shall stand there; %NULL for nothing
 * @error: return location
 *
 * Changes one place and notes what stood there. Nothing happens where it stands there already.
 *
 * Errors: INVALID for a field that people do not have.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_change_table_set (RufDb       *db,
                      gint64       step_id,
                      RufPlace     place,
                      gint64       row_id,
                      const char  *key,
                      const char  *value,
                      GError     **error)
{
  g_autofree char *before = NULL;

  if (!ruf_change_table_get (db, place, row_id, key, &before, error))
    return FALSE;
  if (g_strcmp0 (before, value) == 0)
    return TRUE;

  return write_place (db, find_place (place, key), row_id, key, value, error) &&
         ruf_change_table_note (db, step_id, place, row_id, key, before, value, error);
}

/**
 * ruf_change_table_note:
 * @db: a connection in a transaction
 * @step_id: the step that did it
 * @place: where
 * @row_id: of whom
 * @key: (nullable): which field or tag, where @place has several
 * @before: (nullable): what stood there
 * @after: (nullable): what stands there now
 * @error: return location
 *
 * Notes a change that somebody else has written, as an import does.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_change_table_note (RufDb       *db,
                       gint64       step_id,
                       RufPlace     place,
                       gint64       row_id,
                       const char  *key,
                       const char  *before,
                       const char  *after,
                       GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, INSERT_CHANGE, step_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, places[place].name);
  ruf_stmt_bind_int (stmt, 3, row_id);
  ruf_stmt_bind_text (stmt, 4, key != NULL ? key : "");
  ruf_stmt_bind_text (stmt, 5, before);
  ruf_stmt_bind_text (stmt, 6, after);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_change_table_find_import:
 * @db: a connection
 * @import_id: an import
 * @step_id: (out): room for its step, 0 where it has none
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
ruf_change_table_find_import (RufDb   *db,
                              gint64   import_id,
                              gint64  *step_id,
                              GError **error)
{
  return ruf_step_get_int (db, "SELECT id FROM steps WHERE import_id = ?1", import_id, step_id,
                           error);
}

/**
 * ruf_change_table_end:
 * @db: a connection in the same transaction
 * @step_id: (inout): the step; 0 afterwards where it changed nothing and is gone
 * @now: UTC µs
 * @error: return location
 *
 * Ends a step: the search finds those whom it changed as they are now.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_change_table_end (RufDb   *db,
                      gint64  *step_id,
                      gint64   now,
                      GError **error)
{
  g_autoptr (GArray) touched = ruf_step_list_ids (db, SELECT_TOUCHED, *step_id, error);
  gint64 n_changes;

  if (touched == NULL || !refresh_all (db, touched, now, error) ||
      !ruf_step_get_int (db, "SELECT count (*) FROM step_changes WHERE step_id = ?1", *step_id,
                         &n_changes, error))
    return FALSE;
  if (n_changes > 0)
    return TRUE;

  if (!ruf_step_run_id (db, "DELETE FROM steps WHERE id = ?1", *step_id, error))
    return FALSE;
  *step_id = 0;
  return TRUE;
}

static gboolean
parse_place (const char *name,
             RufPlace   *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].name, name) == 0)
      {
        *place = i;
        return TRUE;
      }
  return FALSE;
}

/* All of them, before any is put back: the way back writes to what is read here. */
static GPtrArray *
list_changes (RufDb   *db,
              gint64   step_id,
              GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (change_free);
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_CHANGES, step_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      Change *change = g_new0 (Change, 1);

      g_ptr_array_add (changes, change);
      if (!parse_place (ruf_stmt_get_text (stmt, 0), &change->place))
        continue;
      change->row_id = ruf_stmt_get_int (stmt, 1);
      change->key = g_strdup (ruf_stmt_get_text (stmt, 2));
      change->before = g_strdup (ruf_stmt_get_text (stmt, 3));
      change->after = g_strdup (ruf_stmt_get_text (stmt, 4));
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&changes) : NULL;
}

static gint64
map_id (Undo   *undo,
        gint64  id)
{
  gint64 *new_id = g_hash_table_lookup (undo->new_ids, &id);

  return new_id != NULL ? *new_id : id;
}

/* A person who was removed comes back, under another id where theirs was given to somebody
 * else meanwhile. */
static gboolean
bring_person_back (Undo          *undo,
                   const Change  *change,
                   GError       **error)
{
  g_autofree char *current = NULL;
  gint64 id = change->row_id;

  if (!read_place (undo->db, &places[RUF_PLACE_PERSON], id, NULL, &current, error))
    return FALSE;
  if (current != NULL)
    {
      if (!ruf_db_get_int (undo->db, "SELECT max (id) + 1 FROM people", &id, error))
        return FALSE;
      g_hash_table_insert (undo->new_ids, g_memdup2 (&change->row_id, sizeof id),
                           g_memdup2 (&id, sizeof id));
    }
  undo->report->restored++;
  return write_place (undo->db, &places[RUF_PLACE_PERSON], id, NULL, change->before, error);
}

/* In a copy: who a row belongs to, by today's ids. */
static char *
map_value (Undo         *undo,
           const Change *change,
           const char   *value)
{
  if (value == NULL || (change->place != RUF_PLACE_OWNER && change->place != RUF_PLACE_RECIPIENT))
    return g_strdup (value);
  return g_strdup_printf ("%" G_GINT64_FORMAT,
                          map_id (undo, g_ascii_strtoll (value, NULL, 10)));
}

static gboolean
put_back (Undo          *undo,
          const Change  *change,
          GError       **error)
{
  const Place *place = find_place (change->place, change->key);
  gboolean of_person = change->place <= RUF_PLACE_TAG;
  gint64 row_id = of_person ? map_id (undo, change->row_id) : change->row_id;
  g_autofree char *before = map_value (undo, change, change->before);
  g_autofree char *current = NULL;

  if (change->place == RUF_PLACE_PERSON && change->before != NULL)
    return bring_person_back (undo, change, error);
  if (place == NULL || !read_place (undo->db, place, row_id, change->key, &current, error))
    return place == NULL;
  if (g_strcmp0 (current, change->after) != 0)
    {
      undo->report->kept++;
      return TRUE;
    }
  undo->report->restored++;
  return write_place (undo->db, place, row_id, change->key, before, error);
}

static gboolean
put_all_back (Undo      *undo,
              GPtrArray *changes,
              GError   **error)
{
  for (guint i = 0; i < changes->len; i++)
    if (!put_back (undo, g_ptr_array_index (changes, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
refresh_mapped (Undo    *undo,
                GArray  *touched,
                gint64   now,
                GError **error)
{
  for (guint i = 0; i < touched->len; i++)
    g_array_index (touched, gint64, i) = map_id (undo, g_array_index (touched, gint64, i));
  return refresh_all (undo->db, touched, now, error);
}

/* A step is taken back once. */
static gboolean
mark_undone (RufDb   *db,
             gint64   step_id,
             gint64   now,
             GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE steps SET undone_at = ?2 WHERE id = ?1 AND undone_at = 0", step_id, error);

  if (stmt == NULL)
    return FALSE;
  ruf_stmt_bind_int (stmt, 2, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  if (ruf_db_get_changes (db) > 0)
    return TRUE;

  g_set_error_literal (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                       _("There is nothing to undo: that step was taken back already."));
  return FALSE;
}

/**
 * ruf_change_table_undo:
 * @db: a connection in a transaction
 * @step_id: a step
 * @now: UTC µs
 * @report: (out caller-allocates): room for what came of it
 * @error: return location
 *
 * Takes a step back: every place that still stands as the step left it is as it was before.
 * What an import itself brought is ruf_import_table_undo()'s.
 *
 * Errors: NOT_FOUND where there is no such step, or it was taken back already.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_change_table_undo (RufDb          *db,
                       gint64          step_id,
                       gint64          now,
                       RufUndoReport  *report,
                       GError        **error)
{
  g_autoptr (GHashTable) new_ids =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Undo undo = { db, report, new_ids };
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GArray) touched = NULL;

  g_return_val_if_fail (now > 0, FALSE);

  *report = (RufUndoReport) { 0 };
  if (!mark_undone (db, step_id, now, error) ||
      (changes = list_changes (db, step_id, error)) == NULL ||
      (touched = ruf_step_list_ids (db, SELECT_TOUCHED, step_id, error)) == NULL)
    return FALSE;
  return put_all_back (&undo, changes, error) && refresh_mapped (&undo, touched, now, error);
}

static RufStepRecord *
read_record (RufStmt *stmt)
{
  RufStepRecord *record = g_new0 (RufStepRecord, 1);

  record->id = ruf_stmt_get_int (stmt, 0);
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (kind_names[i], ruf_stmt_get_text (stmt, 1)) == 0)
      record->kind = i;
  record->title = g_strdup (ruf_stmt_get_text (stmt, 2));
  record->import_id = ruf_stmt_get_int (stmt, 3);
  record->done_at = ruf_stmt_get_int (stmt, 4);
  record->undone_at = ruf_stmt_get_int (stmt, 5);
  return record;
}

/**
 * ruf_change_table_list:
 * @db: a connection
 * @limit: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (element-type RufStepRecord): the latest steps, newest first
 */
GPtrArray *
ruf_change_table_list (RufDb   *db,
                       guint    limit,
                       GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_step_record_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT id, kind, title, import_id, done_at, undone_at FROM steps ORDER BY id DESC LIMIT ?1",
    error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_int (stmt, 1, limit);
  while (ruf_stmt_step (stmt, &local))
    g_ptr_array_add (list, read_record (stmt));
  return ruf_step_ended (local, error) ? g_steal_pointer (&list) : NULL;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What the user does to people, each a step that can be taken back.
 *
 * Nothing here touches consent: an address that changes hands takes its log along, and a STOP
 * holds whoever the address belongs to.
 */

#include "config.h"

#include "ruf-people-edit.h"

#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-step.h"

#define SELECT_TAGS "SELECT tag, '1' FROM person_tags WHERE person_id = ?1"
#define SELECT_OWN_FIELDS "SELECT name, value FROM person_fields WHERE person_id = ?1"
#define SELECT_POINTS "SELECT id FROM contact_points WHERE person_id = ?1"
#define SELECT_RECIPIENTS "SELECT id FROM outbox WHERE person_id = ?1"
/* Of several waiting rows of one run for one person, the first stays. */
#define LEAVE_OUT_SECOND_ROWS \
  "UPDATE outbox SET status = 'excluded', reason = 'duplicate-address', changed_at = ?2 " \
  "WHERE person_id = ?1 AND status = 'queued' AND EXISTS (SELECT 1 FROM outbox o" \
  " WHERE o.person_id = ?1 AND o.run_id = outbox.run_id AND o.id <> outbox.id AND" \
  " (o.status NOT IN ('queued', 'excluded', 'expired') OR" \
  "  (o.status = 'queued' AND o.id < outbox.id)))"

/* A step under way. */
typedef struct
{
  RufDb  *db;
  gint64  id;
  gint64  now;
} Step;

/* Does something to one person within a step. */
typedef gboolean (*PersonFunc) (Step *step, gint64 person_id, gpointer data, GError **error);

static gboolean
begin (Step         *step,
       RufDb        *db,
       RufStepKind   kind,
       const char   *title,
       gint64        now,
       GError      **error)
{
  step->db = db;
  step->now = now;
  return ruf_change_table_begin (db, kind, title, 0, now, &step->id, error);
}

static gboolean
end (Step    *step,
     gint64  *step_id,
     GError **error)
{
  *step_id = step->id;
  return ruf_change_table_end (step->db, step_id, step->now, error);
}

static gboolean
set (Step       *step,
     RufPlace    place,
     gint64      row_id,
     const char *key,
     const char *value,
     GError    **error)
{
  return ruf_change_table_set (step->db, step->id, place, row_id, key, value, error);
}

static gboolean
require_person (RufDb   *db,
                gint64   person_id,
                GError **error)
{
  g_autoptr (RufPerson) person = ruf_people_table_get (db, person_id, error);

  return person != NULL;
}

/* What a statement gives of one person: keys and values. Read whole before anything is written
 * to the same table. */
static GPtrArray *
list_pairs (RufDb       *db,
            const char  *sql,
            gint64       person_id,
            GError     **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, sql, person_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    {
      g_ptr_array_add (pairs, g_strdup (ruf_stmt_get_text (stmt, 0)));
      g_ptr_array_add (pairs, g_strdup (ruf_stmt_get_text (stmt, 1)));
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&pairs) : NULL;
}

/* Gives everything of a kind that has ids to another person, or to nobody. */
static gboolean
hand_over (Step        *step,
           RufPlace     place,
           const char  *sql,
           gint64       from,
           const char  *to,
           GError     **error)
{
  g_autoptr (GArray) ids = ruf_step_list_ids (step->db, sql, from, error);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!set (step, place, g_array_index (ids, gint64, i), NULL, to, error))
      return FALSE;
  return TRUE;
}

/* Gives what has keys to another person as well. What @to has already stays. */
static gboolean
copy_pairs (Step        *step,
            RufPlace     place,
            const char  *sql,
            gint64       from,
            gint64       to,
            GError     **error)
{
  g_autoptr (GPtrArray) pairs = list_pairs (step->db, sql, from, error);
  g_autoptr (GPtrArray) there = NULL;

  if (pairs == NULL || (there = list_pairs (step->db, sql, to, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < pairs->len; i += 2)
    {
      const char *key = g_ptr_array_index (pairs, i);
      gboolean has = FALSE;

      for (guint j = 0; j < there->len && !has; j += 2)
        has = g_ascii_strcasecmp (g_ptr_array_index (there, j), key) == 0;
      if (!has && !set (step, place, to, key, g_ptr_array_index (pairs, i + 1), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
clear_pairs (Step        *step,
             RufPlace     place,
             const char  *sql,
             gint64       person_id,
             GError     **error)
{
  g_autoptr (GPtrArray) pairs = list_pairs (step->db, sql, person_id, error);

  if (pairs == NULL)
    return FALSE;

  for (guint i = 0; i < pairs->len; i += 2)
    if (!set (step, place, person_id, g_ptr_array_index (pairs, i), NULL, error))
      return FALSE;
  return TRUE;
}

/* Takes out whoever is left of a person: addresses stay without one, so that their STOP holds.
 * Place by place, so that an undo finds it all. */
static gboolean
take_out (Step      *step,
          gint64     person_id,
          gpointer   data,
          GError   **error)
{
  if (!hand_over (step, RUF_PLACE_RECIPIENT, SELECT_RECIPIENTS, person_id, NULL, error) ||
      !hand_over (step, RUF_PLACE_OWNER, SELECT_POINTS, person_id, NULL, error) ||
      !clear_pairs (step, RUF_PLACE_TAG, SELECT_TAGS, person_id, error) ||
      !clear_pairs (step, RUF_PLACE_OWN_FIELD, SELECT_OWN_FIELDS, person_id, error))
    return FALSE;

  for (guint i = 0; ruf_person_fields[i] != NULL; i++)
    if (!set (step, RUF_PLACE_FIELD, person_id, ruf_person_fields[i], NULL, error))
      return FALSE;
  return set (step, RUF_PLACE_PERSON, person_id, NULL, NULL, error);
}

/**
 * ruf_people_edit:
 * @db: a connection in a transaction
 * @person_id: a person
 * @edits: (array length=n_edits): what shall stand where
 * @n_edits: how many
 * @title: the step in words
 * @now: UTC µs
 * @step_id: (out): room for the step, 0 where nothing changed
 * @error: return location
 *
 * Edits fields and tags of a person.
 *
 * Errors: NOT_FOUND, and INVALID for a field that people do not have.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_edit (RufDb                *db,
                 gint64                person_id,
                 const RufPersonEdit  *edits,
                 guint                 n_edits,
                 const char           *title,
                 gint64                now,
                 gint64               *step_id,
                 GError              **error)
{
  Step step;

  if (!require_person (db, person_id, error) ||
      !begin (&step, db, RUF_STEP_EDIT, title, now, error))
    return FALSE;

  for (guint i = 0; i < n_edits; i++)
    if (!set (&step, edits[i].place, person_id, edits[i].key, edits[i].value, error))
      return FALSE;
  return end (&step, step_id, error);
}

/* An address belongs to one person. */
static gboolean
refuse_taken (RufDb       *db,
              gint64       point_id,
              const char  *address,
              GError     **error)
{
  gint64 owner;

  if (!ruf_step_get_int (db, "SELECT person_id FROM contact_points WHERE id = ?1", point_id,
                         &owner, error))
    return FALSE;
  if (owner == 0)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_EXISTS,
               _("“%s” belongs to somebody already. Merge the two if they are the same person."),
               address);
  return FALSE;
}

/**
 * ruf_people_add_address:
 * @db: a connection in a transaction
 * @person_id: a person
 * @kind: kind of the address
 * @address: a normalised address
 * @label: (nullable): "mobile", "work" …
 * @title: the step in words
 * @now: UTC µs
 * @step_id: (out): room for the step
 * @error: return location
 *
 * Gives a person an address. One that is known already comes with its consent, and its STOP.
 *
 * Errors: NOT_FOUND; EXISTS where it belongs to somebody.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_add_address (RufDb           *db,
                        gint64           person_id,
                        RufAddressKind   kind,
                        const char      *address,
                        const char      *label,
                        const char      *title,
                        gint64           now,
                        gint64          *step_id,
                        GError         **error)
{
  g_autofree char *owner = g_strdup_printf ("%" G_GINT64_FORMAT, person_id);
  gint64 point_id;
  Step step;

  return require_person (db, person_id, error) &&
         ruf_people_table_ensure_point (db, kind, address, now, &point_id, error) &&
         refuse_taken (db, point_id, address, error) &&
         begin (&step, db, RUF_STEP_EDIT, title, now, error) &&
         set (&step, RUF_PLACE_OWNER, point_id, NULL, owner, error) &&
         set (&step, RUF_PLACE_LABEL, point_id, NULL, label, error) &&
         end (&step, step_id, error);
}

/**
 * ruf_people_remove_address:
 * @db: a connection in a transaction
 * @point_id: a contact point
 * @title: the step in words
 * @now: UTC µs
 * @step_id: (out): room for the step
 * @error: return location
 *
 * Takes an address from its person. It stays without one, so that its STOP holds.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_remove_address (RufDb       *db,
                           gint64       point_id,
                           const char  *title,
                           gint64       now,
                           gint64      *step_id,
                           GError     **error)
{
  Step step;

  return begin (&step, db, RUF_STEP_EDIT, title, now, error) &&
         set (&step, RUF_PLACE_OWNER, point_id, NULL, NULL, error) &&
         end (&step, step_id, error);
}

/* What @person_id lacks comes from the other. */
static gboolean
fill_fields (Step    *step,
             gint64   person_id,
             gint64   other_id,
             GError **error)
{
  for (guint i = 0; ruf_person_fields[i] != NULL; i++)
    {
      const char *field = ruf_person_fields[i];
      g_autofree char *mine = NULL, *theirs = NULL;

      if (!ruf_change_table_get (step->db, RUF_PLACE_FIELD, person_id, field, &mine, error) ||
          !ruf_change_table_get (step->db, RUF_PLACE_FIELD, other_id, field, &theirs, error))
        return FALSE;
      if ((mine == NULL || *mine == '\0') && theirs != NULL &&
          !set (step, RUF_PLACE_FIELD, person_id, field, theirs, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
leave_out_second_rows (Step     *step,
                       gint64    person_id,
                       GError  **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_step_prepare_id (step->db, LEAVE_OUT_SECOND_ROWS, person_id, error);

  if (stmt == NULL)
    return FALSE;
  ruf_stmt_bind_int (stmt, 2, step->now);
  return ruf_stmt_run (stmt, error);
}

static gboolean
refuse_same (gint64   person_id,
             gint64   other_id,
             GError **error)
{
  if (person_id != other_id)
    return TRUE;

  g_set_error_literal (error, RUF_ERROR, RUF_ERROR_REFUSED,
                       _("That is one person already. Choose two to merge."));
  return FALSE;
}

static gboolean
join (Step    *step,
      gint64   person_id,
      gint64   other_id,
      GError **error)
{
  g_autofree char *owner = g_strdup_printf ("%" G_GINT64_FORMAT, person_id);

  return fill_fields (step, person_id, other_id, error) &&
         copy_pairs (step, RUF_PLACE_TAG, SELECT_TAGS, other_id, person_id, error) &&
         copy_pairs (step, RUF_PLACE_OWN_FIELD, SELECT_OWN_FIELDS, other_id, person_id, error) &&
         hand_over (step, RUF_PLACE_OWNER, SELECT_POINTS, other_id, owner, error) &&
         hand_over (step, RUF_PLACE_RECIPIENT, SELECT_RECIPIENTS, other_id, owner, error) &&
         take_out (step, other_id, NULL, error) &&
         leave_out_second_rows (step, person_id, error);
}

/**
 * ruf_people_merge:
 * @db: a connection in a transaction
 * @person_id: who stays
 * @other_id: who turned out to be the same person
 * @title: the step in words
 * @now: UTC µs
 * @step_id: (out): room for the step; its undo parts them again
 * @error: return location
 *
 * Joins two people: addresses, tags, own fields and history go to the first, who also gets what
 * was missing; nothing of theirs is overwritten. Of two waiting messages of one run the person
 * gets one.
 *
 * Errors: NOT_FOUND; REFUSED where it is one person.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_merge (RufDb       *db,
                  gint64       person_id,
                  gint64       other_id,
                  const char  *title,
                  gint64       now,
                  gint64      *step_id,
                  GError     **error)
{
  Step step;

  return refuse_same (person_id, other_id, error) &&
         require_person (db, person_id, error) &&
         require_person (db, other_id, error) &&
         begin (&step, db, RUF_STEP_MERGE, title, now, error) &&
         join (&step, person_id, other_id, error) &&
         end (&step, step_id, error);
}

/* Does the same to everybody whom a query lists. */
static gboolean
for_each (Step                  *step,
          const RufPeopleQuery  *query,
          PersonFunc             func,
          gpointer               data,
          gint64                *n_people,
          GError               **error)
{
  g_autoptr (GArray) ids = ruf_people_table_list_ids (step->db, query, 0, 0, error);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!func (step, g_array_index (ids, gint64, i), data, error))
      return FALSE;
  *n_people = ids->len;
  return TRUE;
}

/* What is to be done to a tag. */
typedef struct
{
  const char *tag;
  gboolean    on;
} Tagging;

static gboolean
set_tag (Step      *step,
         gint64     person_id,
         gpointer   data,
         GError   **error)
{
  const Tagging *tagging = data;

  return set (step, RUF_PLACE_TAG, person_id, tagging->tag, tagging->on ? "1" : NULL, error);
}

/**
 * ruf_people_tag:
 * @db: a connection in a transaction
 * @query: whom
 * @tag: a tag
 * @on: whether they shall have it, or lose it
 * @title: the step in words
 * @now: UTC µs
 * @step_id: (out): room for the step, 0 where nothing changed
 * @n_people: (out): room for how many were asked for
 * @error: return location
 *
 * Gives a tag to everybody whom a query lists, or takes it from them.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_tag (RufDb                 *db,
                const RufPeopleQuery  *query,
                const char            *tag,
                gboolean               on,
                const char            *title,
                gint64                 now,
                gint64                *step_id,
                gint64                *n_people,
                GError               **error)
{
  Tagging tagging = { tag, on };
  Step step;

  return begin (&step, db, RUF_STEP_TAG, title, now, error) &&
         for_each (&step, query, set_tag, &tagging, n_people, error) &&
         end (&step, step_id, error);
}

/**
 * ruf_people_remove:
 * @db: a connection in a transaction
 * @query: whom
 * @title: the step in words
 * @now: UTC µs
 * @step_id: (out): room for the step, 0 where nobody was there
 * @n_people: (out): room for how many
 * @error: return location
 *
 * Takes everybody out whom a query lists. Their addresses stay without a person, with consent
 * and STOP; an undo brings all back. To erase somebody for good is another thing.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_remove (RufDb                 *db,
                   const RufPeopleQuery  *query,
                   const char            *title,
                   gint64                 now,
                   gint64                *step_id,
                   gint64                *n_people,
                   GError               **error)
{
  Step step;

  return begin (&step, db, RUF_STEP_REMOVE, title, now, error) &&
         for_each (&step, query, take_out, NULL, n_people, error) &&
         end (&step, step_id, error);
}

/**
 * ruf_people_remove_one:
 * @db: a connection in a transaction
 * @person_id: a person
 * @title: the step in words
 * @now: UTC µs
 * @step_id: (out): room for the step
 * @error: return location
 *
 * As ruf_people_remove() for one person. Errors: NOT_FOUND.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_people_remove_one (RufDb       *db,
                       gint64       person_id,
                       const char  *title,
                       gint64       now,
                       gint64      *step_id,
                       GError     **error)
{
  Step step;

  return require_person (db, person_id, error) &&
         begin (&step, db, RUF_STEP_REMOVE, title, now, error) &&
         take_out (&step, person_id, NULL, error) &&
         end (&step, step_id, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Taking a whole import back, at once or much later.
 *
 * Three things came with it. What it claimed of consent is retracted: an event of its own in
 * each stream, for the log only grows. What it filled in on people who were there goes as any
 * step goes. And people whom it brought go, unless something came later that is theirs: a
 * message that left, another consent, another address, an edit.
 *
 * An opt-out is never touched (I7): an address with a log stays without a person.
 */

#include "config.h"

#include "ruf-import-undo.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-people-index.h"
#include "ruf-step.h"

/* ?1 import throughout. */
#define SELECT_STREAMS \
  "SELECT DISTINCT e.point_id, e.channel, e.purpose FROM consent_events e " \
  "WHERE e.import_id = ?1 AND e.type <> 'retracted'"
#define SELECT_ADDRESS "SELECT address FROM contact_points WHERE id = ?1"
#define LIST_REMOVABLE \
  "CREATE TEMP TABLE undo_people AS SELECT p.id FROM people p WHERE p.import_id = ?1" \
  " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND" \
  "  o.status NOT IN ('queued', 'excluded', 'expired'))" \
  " AND NOT EXISTS (SELECT 1 FROM contact_points c WHERE c.person_id = p.id AND" \
  "  (c.import_id IS NOT ?1 OR EXISTS (SELECT 1 FROM consent_events e WHERE" \
  "    e.point_id = c.id AND e.import_id IS NOT ?1 AND" \
  "    e.type IN ('granted', 'confirmed', 'evidence_added', 'reinstated'))))" \
  " AND NOT EXISTS (SELECT 1 FROM step_changes x JOIN steps s ON s.id = x.step_id WHERE" \
  "  x.row_id = p.id AND x.what IN ('person', 'field', 'own-field', 'tag') AND" \
  "  s.undone_at = 0 AND s.import_id IS NOT ?1)"
#define COUNT_KEPT \
  "SELECT count (*) FROM people WHERE import_id = ?1 AND id NOT IN (SELECT id FROM undo_people)"
/* Addresses that nobody needs: neither a log, nor a message, nor a reply is theirs. */
#define REMOVE_POINTS \
  "DELETE FROM contact_points WHERE import_id = ?1" \
  " AND (person_id IS NULL OR person_id IN (SELECT id FROM undo_people) OR" \
  "  person_id NOT IN (SELECT id FROM people WHERE import_id = ?1))" \
  " AND NOT EXISTS (SELECT 1 FROM consent_events e WHERE e.point_id = contact_points.id)" \
  " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.point_id = contact_points.id)" \
  " AND NOT EXISTS (SELECT 1 FROM replies r WHERE r.point_id = contact_points.id)"
/* The others that it gave to people who were there before are nobody's again. */
#define PART_POINTS \
  "UPDATE contact_points SET person_id = NULL WHERE import_id = ?1 AND" \
  " person_id NOT IN (SELECT id FROM people WHERE import_id = ?1)"
#define LIST_OTHERS \
  "CREATE TEMP TABLE undo_others AS SELECT DISTINCT c.person_id AS id FROM contact_points c " \
  "JOIN people p ON p.id = c.person_id WHERE c.import_id = ?1 AND p.import_id IS NOT ?1"

/* A stream that the import claimed something of. */
typedef struct
{
  gint64      point_id;
  RufChannel  channel;
  char       *purpose;
} Stream;

static void
stream_clear (gpointer data)
{
  Stream *self = data;

  g_free (self->purpose);
}

static GArray *
list_streams (RufDb   *db,
              gint64   import_id,
              GError **error)
{
  g_autoptr (GArray) streams = g_array_new (FALSE, TRUE, sizeof (Stream));
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_STREAMS, import_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  g_array_set_clear_func (streams, stream_clear);
  while (ruf_stmt_step (stmt, &local))
    {
      Stream stream = { .point_id = ruf_stmt_get_int (stmt, 0) };

      if (!ruf_channel_from_string (ruf_stmt_get_text (stmt, 1), &stream.channel))
        continue;
      stream.purpose = g_strdup (ruf_stmt_get_text (stmt, 2));
      g_array_append_val (streams, stream);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&streams) : NULL;
}

static gboolean
retract (RufDb         *db,
         const Stream  *stream,
         gint64         import_id,
         gint64         now,
         GError       **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_ADDRESS, stream->point_id, error);
  RufConsentEvent event = {
    .type = RUF_CONSENT_RETRACTED, .point_id = stream->point_id, .channel = stream->channel,
    .purpose = stream->purpose, .method = RUF_CONSENT_METHOD_OPERATOR, .recorded_at = now,
    .import_id = import_id,
  };
  gint64 seq;

  if (stmt == NULL || !ruf_stmt_step (stmt, error))
    return FALSE;

  event.address = ruf_stmt_get_text (stmt, 0);
  return ruf_consent_table_append (db, &event, &seq, NULL, error);
}

static gboolean
retract_consents (RufDb   *db,
                  gint64   import_id,
                  gint64   now,
                  GError **error)
{
  g_autoptr (GArray) streams = list_streams (db, import_id, error);

  if (streams == NULL)
    return FALSE;

  for (guint i = 0; i < streams->len; i++)
    if (!retract (db, &g_array_index (streams, Stream, i), import_id, now, error))
      return FALSE;
  return TRUE;
}

/* Those who lost an address are found by the others that they have. */
static gboolean
refresh_others (RufDb   *db,
                gint64   now,
                GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, "SELECT id FROM undo_others", error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    if (!ruf_people_index_refresh (db, ruf_stmt_get_int (stmt, 0), now, error))
      return FALSE;
  return ruf_step_ended (local, error);
}

static gboolean
remove_people (RufDb          *db,
               gint64          import_id,
               gint64          now,
               RufUndoReport  *report,
               GError        **error)
{
  gint64 kept;

  if (!ruf_step_run_id (db, LIST_REMOVABLE, import_id, error) ||
      !ruf_step_run_id (db, LIST_OTHERS, import_id, error) ||
      !ruf_step_get_int (db, COUNT_KEPT, import_id, &kept, error) ||
      !ruf_step_run_id (db, REMOVE_POINTS, import_id, error) ||
      !ruf_step_run_id (db, PART_POINTS, import_id, error) ||
      !refresh_others (db, now, error) ||
      !ruf_db_exec (db, "DELETE FROM people_search WHERE rowid IN (SELECT id FROM undo_people)",
                    error) ||
      !ruf_db_exec (db, "DELETE FROM people WHERE id IN (SELECT id FROM undo_people)", error) ||
      !ruf_db_get_int (db, "SELECT count (*) FROM undo_people", &report->removed, error))
    return FALSE;

  report->kept += kept;
  return TRUE;
}

/* What only this undo needs. */
static gboolean
drop_lists (RufDb   *db,
            GError **error)
{
  return ruf_db_exec (db, "DROP TABLE IF EXISTS undo_people; DROP TABLE IF EXISTS undo_others",
                      error);
}

/* Imports of older versions have no step yet. */
static gboolean
ensure_step (RufDb    *db,
             gint64    import_id,
             gint64    now,
             gint64   *step_id,
             GError  **error)
{
  gint64 found;

  if (!ruf_step_get_int (db, "SELECT count (*) FROM imports WHERE id = ?1", import_id, &found,
                         error) ||
      !ruf_change_table_find_import (db, import_id, step_id, error))
    return FALSE;
  if (found == 0)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                   _("There is no import %lld."), (long long) import_id);
      return FALSE;
    }
  return *step_id != 0 ||
         ruf_change_table_begin (db, RUF_STEP_IMPORT, "", import_id, now, step_id, error);
}

/**
 * ruf_import_table_undo:
 * @db: a connection in a transaction
 * @import_id: an import
 * @now: UTC µs
 * @report: (out caller-allocates): room for what came of it
 * @error: return location
 *
 * Takes an import back as a whole. Opt-outs that came since stay; so do people to whom
 * something later belongs, without the consent that the import claimed.
 *
 * Errors: NOT_FOUND where there is no such import, or it was taken back already.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_import_table_undo (RufDb          *db,
                       gint64          import_id,
                       gint64          now,
                       RufUndoReport  *report,
                       GError        **error)
{
  gint64 step_id;
  gboolean done;

  if (!drop_lists (db, error) ||
      !ensure_step (db, import_id, now, &step_id, error) ||
      !ruf_change_table_undo (db, step_id, now, report, error))
    return FALSE;

  done = retract_consents (db, import_id, now, error) &&
         remove_people (db, import_id, now, report, error);
  return drop_lists (db, done ? error : NULL) && done;
}

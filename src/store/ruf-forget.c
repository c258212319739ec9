/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Forgetting people (Art. 17 GDPR), and proofs whose retention is over.
 *
 * Somebody who is forgotten goes with names, addresses, notes and what they wrote. What stays:
 * the HMAC of each address on the suppression list, so that no file brings them back; numbers
 * that belong to nobody any more; and, readable for legal defence alone (Art. 17(3)(e)), the
 * events that prove their consent, until these are purged too. Of a purged event the log keeps
 * what it needs to be checked, and nothing that says who it was.
 */

#include "config.h"

#include "ruf-forget.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-row.h"
#include "ruf-error.h"
#include "ruf-people-index.h"
#include "ruf-step.h"
#include "ruf-suppression-table.h"

/* ?1 person throughout; an address that has events keeps its row, without the address. */
#define POINTS_OF_PERSON "SELECT id FROM contact_points WHERE person_id = ?1"
#define SELECT_REPORT \
  "SELECT (SELECT count (*) FROM contact_points WHERE person_id = ?1)," \
  " (SELECT (name <> '') + (prefix IS NOT NULL) + (first_name IS NOT NULL) +" \
  "   (middle_name IS NOT NULL) + (last_name IS NOT NULL) + (suffix IS NOT NULL) +" \
  "   (nickname IS NOT NULL) + (organisation IS NOT NULL) + (city IS NOT NULL) +" \
  "   (language IS NOT NULL) + (birthday IS NOT NULL) + (notes IS NOT NULL) +" \
  "   (SELECT count (*) FROM person_tags WHERE person_id = ?1) +" \
  "   (SELECT count (*) FROM person_fields WHERE person_id = ?1) FROM people WHERE id = ?1)," \
  " (SELECT count (*) FROM replies WHERE point_id IN (" POINTS_OF_PERSON "))," \
  " (SELECT count (*) FROM outbox WHERE person_id = ?1 AND status = 'queued')," \
  " (SELECT count (*) FROM outbox WHERE person_id = ?1 AND status NOT IN ('queued', 'excluded'))," \
  " (SELECT count (*) FROM consent_events WHERE point_id IN (" POINTS_OF_PERSON ") AND" \
  "   type <> 'imported_unproven')"
/* On each channel: an objection stays one; whoever is forgotten otherwise may come back by
 * writing START themselves. */
#define SELECT_SUPPRESSIONS \
  "SELECT c.kind, c.address, EXISTS (SELECT 1 FROM consent_states s WHERE s.point_id = c.id AND" \
  " s.status = 'suppressed') FROM contact_points c WHERE c.person_id = ?1 ORDER BY c.id"
#define LEAVE_OUT_WAITING \
  "UPDATE outbox SET status = 'excluded', reason = 'suppressed', changed_at = ?2 " \
  "WHERE person_id = ?1 AND status = 'queued'"
/* Without a proof there is nothing to keep: these events are purged with the person. */
#define SELECT_UNPROVEN \
  "SELECT" RUF_CONSENT_ROW_COLUMNS "FROM" RUF_CONSENT_ROW_TABLES \
  "WHERE e.point_id IN (" POINTS_OF_PERSON ") AND e.sealed IS NULL AND e.type = 'imported_unproven'"
/* Events of addresses that are nobody's any more and whose last word lies before ?1. */
#define SELECT_OVER \
  "SELECT" RUF_CONSENT_ROW_COLUMNS "FROM" RUF_CONSENT_ROW_TABLES \
  "WHERE e.sealed IS NULL AND e.rule >= 2 AND e.point_id IN (SELECT c.id FROM contact_points c" \
  " WHERE c.person_id IS NULL AND c.address LIKE '#%' AND (SELECT max (x.recorded_at)" \
  "  FROM consent_events x WHERE x.point_id = c.id) < ?1)"
#define SEAL_EVENT \
  "UPDATE consent_events SET sealed = ?2, salt = NULL, address = '', source = NULL," \
  " occurred_text = NULL, text = NULL WHERE seq = ?1"
#define NOTE_PURGE "INSERT INTO purges (at, kind, reason, n_rows) VALUES (?1, ?2, ?3, ?4)"

/* The search keeps the words of who was taken out until it merges its lists. */
#define FORGET_WORDS "INSERT INTO people_search (people_search) VALUES ('optimize')"

/* What goes, in this order: the rows that point to a person before the person. */
static const char * const erasures[] = {
  "DELETE FROM replies WHERE point_id IN (" POINTS_OF_PERSON ")",
  /* Steps that could bring them back, or tell what they were called. */
  "DELETE FROM step_changes WHERE row_id = ?1 AND what IN ('person', 'field', 'own-field', 'tag')",
  "DELETE FROM step_changes WHERE row_id IN (" POINTS_OF_PERSON ") AND what IN ('owner', 'label')",
  "UPDATE contact_points SET address = '#' || id, as_entered = NULL, label = NULL,"
  " person_id = NULL WHERE person_id = ?1",
  "DELETE FROM people WHERE id = ?1",
};

/* One event that is to be sealed. */
typedef struct
{
  gint64 seq;
  guint8 sealed[RUF_CONSENT_SEAL_SIZE];
} Sealing;

/**
 * ruf_forget_preview:
 * @db: a connection
 * @person_id: a person
 * @report: (out caller-allocates): room for what would go and stay
 * @error: return location
 *
 * Counts what ruf_forget_person() would do, for the question before it. Errors: NOT_FOUND.
 *
 * Returns: whether it could be counted
 */
gboolean
ruf_forget_preview (RufDb            *db,
                    gint64            person_id,
                    RufForgetReport  *report,
                    GError          **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_REPORT, person_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;
  if (!ruf_stmt_step (stmt, &local))
    return ruf_step_ended (local, error);

  *report = (RufForgetReport) {
    .addresses = ruf_stmt_get_int (stmt, 0),
    .fields = ruf_stmt_get_int (stmt, 1),
    .replies = ruf_stmt_get_int (stmt, 2),
    .waiting = ruf_stmt_get_int (stmt, 3),
    .results = ruf_stmt_get_int (stmt, 4),
    .proofs = ruf_stmt_get_int (stmt, 5),
  };
  if (!ruf_stmt_is_null (stmt, 1))
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
               _("There is nobody with the id %lld."), (long long) person_id);
  return FALSE;
}

static gboolean
suppress_on_channels (RufDb               *db,
                      RufAddressKind       kind,
                      const char          *address,
                      RufSuppressionKind   strength,
                      gint64               now,
                      gint64              *count,
                      GError             **error)
{
  for (RufChannel channel = 0; channel < RUF_N_CHANNELS; channel++)
    if (ruf_suppression_serves (channel, kind))
      {
        if (!ruf_suppression_table_add (db, channel, address, RUF_PURPOSE_ALL, strength, now,
                                        "forgotten", error))
          return FALSE;
        (*count)++;
      }
  return TRUE;
}

static gboolean
suppress_person (RufDb    *db,
                 gint64    person_id,
                 gint64    now,
                 gint64   *count,
                 GError  **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_SUPPRESSIONS, person_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    {
      RufAddressKind kind;

      if (ruf_address_kind_from_string (ruf_stmt_get_text (stmt, 0), &kind) &&
          !suppress_on_channels (db, kind, ruf_stmt_get_text (stmt, 1),
                                 ruf_stmt_get_int (stmt, 2) != 0 ? RUF_SUPPRESSION_OBJECTION
                                                                 : RUF_SUPPRESSION_STOP,
                                 now, count, error))
        return FALSE;
    }
  return ruf_step_ended (local, error);
}

static gboolean
leave_out_waiting (RufDb   *db,
                   gint64   person_id,
                   gint64   now,
                   GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, LEAVE_OUT_WAITING, person_id, error);

  if (stmt == NULL)
    return FALSE;
  ruf_stmt_bind_int (stmt, 2, now);
  return ruf_stmt_run (stmt, error);
}

static gboolean
seal_event (RufDb          *db,
            const Sealing  *sealing,
            GError        **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SEAL_EVENT, sealing->seq, error);

  if (stmt == NULL)
    return FALSE;
  ruf_stmt_bind_blob (stmt, 2, sealing->sealed, sizeof sealing->sealed);
  return ruf_stmt_run (stmt, error);
}

/* What stands for the texts is computed of all, before any text goes. An event by the first
 * rule cannot be sealed: its hash needs the texts. */
static gboolean
seal_events (RufDb       *db,
             const char  *select,
             gint64       parameter,
             gint64      *n_events,
             GError     **error)
{
  g_autoptr (GArray) sealings = g_array_new (FALSE, FALSE, sizeof (Sealing));
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, select, parameter, error);
  RufConsentEvent event;
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    {
      Sealing sealing = { ruf_stmt_get_int (stmt, 0) };

      if (ruf_consent_row_read (stmt, &event) && ruf_consent_event_seal (&event, sealing.sealed))
        g_array_append_val (sealings, sealing);
    }
  if (!ruf_step_ended (local, error))
    return FALSE;

  ruf_stmt_reset (stmt);
  *n_events = sealings->len;
  for (guint i = 0; i < sealings->len; i++)
    if (!seal_event (db, &g_array_index (sealings, Sealing, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
note_purge (RufDb       *db,
            const char  *kind,
            const char  *reason,
            gint64       n_rows,
            gint64       now,
            GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, NOTE_PURGE, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 1, now);
  ruf_stmt_bind_text (stmt, 2, kind);
  ruf_stmt_bind_text (stmt, 3, reason);
  ruf_stmt_bind_int (stmt, 4, n_rows);
  return ruf_stmt_run (stmt, error);
}

static gboolean
erase (RufDb   *db,
       gint64   person_id,
       GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (erasures); i++)
    if (!ruf_step_run_id (db, erasures[i], person_id, error))
      return FALSE;
  return ruf_people_index_remove (db, person_id, error) &&
         ruf_db_exec (db, FORGET_WORDS, error);
}

/**
 * ruf_forget_person:
 * @db: a connection in a transaction
 * @person_id: a person
 * @reason: why, for the log of purges; says nothing about who
 * @now: UTC µs
 * @report: (out caller-allocates): room for what went and what stays
 * @error: return location
 *
 * Forgets somebody for good. There is no way back, and no file brings them back.
 *
 * Errors: NOT_FOUND; DAMAGED where the key of the suppression list is missing.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_forget_person (RufDb            *db,
                   gint64            person_id,
                   const char       *reason,
                   gint64            now,
                   RufForgetReport  *report,
                   GError          **error)
{
  gint64 n_unproven;

  return ruf_forget_preview (db, person_id, report, error) &&
         ruf_db_exec (db, "PRAGMA secure_delete = ON", error) &&
         suppress_person (db, person_id, now, &report->suppressed, error) &&
         leave_out_waiting (db, person_id, now, error) &&
         seal_events (db, SELECT_UNPROVEN, person_id, &n_unproven, error) &&
         erase (db, person_id, error) &&
         note_purge (db, "forgotten", reason, report->fields + report->addresses +
                     report->replies, now, error);
}

/**
 * ruf_forget_proofs:
 * @db: a connection in a transaction
 * @before: UTC µs; what was last recorded before this is over
 * @now: UTC µs
 * @n_events: (out): room for how many proofs were purged
 * @error: return location
 *
 * Purges the proofs of people who were forgotten and whose retention is over.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_forget_proofs (RufDb   *db,
                   gint64   before,
                   gint64   now,
                   gint64  *n_events,
                   GError **error)
{
  return ruf_db_exec (db, "PRAGMA secure_delete = ON", error) &&
         seal_events (db, SELECT_OVER, before, n_events, error) &&
         (*n_events == 0 || note_purge (db, "proof", "retention", *n_events, now, error));
}

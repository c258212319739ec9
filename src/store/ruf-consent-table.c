/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The log of consent: events are appended, chained by their hashes, and never changed. What
 * follows from them stands in consent_states, in the same transaction.
 *
 * I7: a stop takes every waiting row out that it concerns, here, with the event itself.
 */

#include "config.h"

#include "ruf-consent-table.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#include "ruf-consent-refold.h"
#include "ruf-consent-row.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-message-status.h"

#define INSERT_EVENT \
  "INSERT INTO consent_events (event_id, prev_hash, hash, type, point_id, address, channel," \
  " purpose, method, source, wording_id, occurred_at, occurred_text, text, recorded_at, import_id," \
  " evidence_sha256, rule, salt)" \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"

#define FIND_SAME_EVENT \
  "SELECT 1 FROM consent_events WHERE point_id = ?1 AND channel = ?2 AND purpose = ?3" \
  " AND type = ?4 AND occurred_at = ?5 AND source IS ?6 AND wording_id IS ?7 AND" \
  RUF_CONSENT_RETRACTED_BY ("consent_events") "IS NULL LIMIT 1"

/* Two statements: INSERT OR REPLACE opens a savepoint, and at each savepoint FTS5 writes what it
 * has gathered of a large import. */
#define UPDATE_STATE \
  "UPDATE consent_states SET (status, level, since," RUF_CONSENT_STATE_COLUMNS ")" \
  " = (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)" \
  " WHERE point_id = ?1 AND channel = ?2 AND purpose = ?3"
#define INSERT_STATE \
  "INSERT INTO consent_states (point_id, channel, purpose, status, level, since," \
  RUF_CONSENT_STATE_COLUMNS ")" \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"

/* Waiting rows of the point on the channel whose purpose is not consented to any more. */
#define TAKE_OUT_WAITING \
  "UPDATE outbox SET status = 'excluded', reason = ?4, changed_at = ?5 " \
  "WHERE point_id = ?1 AND status = 'queued' AND run_id IN (" \
  " SELECT r.id FROM runs r WHERE r.channel = ?2 AND ?3 IN (r.purpose, '*') AND NOT EXISTS (" \
  "  SELECT 1 FROM consent_states s WHERE s.point_id = ?1 AND s.channel = ?2" \
  "  AND s.purpose = r.purpose AND s.status = 'active'))"

/* Hands a step's error over; TRUE where there is none. */
static gboolean
no_error (GError  *local_error,
          GError **error)
{
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
ends_consent (RufConsentEventType type)
{
  return type == RUF_CONSENT_WITHDRAWN || type == RUF_CONSENT_OBJECTED ||
         type == RUF_CONSENT_SUPPRESSED || type == RUF_CONSENT_EXPIRED_BY_POLICY ||
         type == RUF_CONSENT_RETRACTED;
}

static RufExcludeReason
get_reason (RufConsentEventType type)
{
  if (type == RUF_CONSENT_OBJECTED || type == RUF_CONSENT_SUPPRESSED)
    return RUF_EXCLUDE_SUPPRESSED;
  return type == RUF_CONSENT_RETRACTED ? RUF_EXCLUDE_NO_CONSENT : RUF_EXCLUDE_OPTED_OUT;
}

static gboolean
is_empty (const RufConsentState *state)
{
  static const RufConsentState nothing = { 0 };

  return memcmp (state, &nothing, sizeof nothing) == 0;
}

static gboolean
insert_wording (RufDb                 *db,
                const RufConsentEvent *event,
                gint64                *id,
                GError               **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "INSERT INTO wordings (sha256, text, created_at) VALUES (?1, ?2, ?3)",
                    error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, event->wording_sha256);
  ruf_stmt_bind_text (stmt, 2, event->wording);
  ruf_stmt_bind_int (stmt, 3, event->recorded_at);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *id = ruf_db_get_last_id (db);
  return TRUE;
}

/* 0 where it is not there. */
static gboolean
find_wording (RufDb       *db,
              const char  *sha256,
              gint64      *id,
              GError     **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "SELECT id FROM wordings WHERE sha256 = ?1", error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, sha256);
  *id = ruf_stmt_step (stmt, &local_error) ? ruf_stmt_get_int (stmt, 0) : 0;
  return no_error (local_error, error);
}

/* Each text is kept once; the event points to it. */
static gboolean
ensure_wording (RufDb                 *db,
                const RufConsentEvent *event,
                gint64                *id,
                GError               **error)
{
  *id = 0;
  if (event->wording_sha256 == NULL)
    return TRUE;
  if (!find_wording (db, event->wording_sha256, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;
  if (event->wording != NULL)
    return insert_wording (db, event, id, error);

  g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
               _("There is no wording with the SHA-256 %s. Give its full text."),
               event->wording_sha256);
  return FALSE;
}

/* A stop without a time that comes again is a new one: the person may have written START
 * meanwhile. A file that is read again is not. */
static gboolean
may_be_a_repetition (const RufConsentEvent *event,
                     const RufConsentState *own)
{
  return !is_empty (own) && (event->occurred_at != 0 || event->import_id != 0) &&
         event->type != RUF_CONSENT_RETRACTED;
}

static gboolean
find_same (RufDb                 *db,
           const RufConsentEvent *event,
           gint64                 wording_id,
           gboolean              *found,
           GError               **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, FIND_SAME_EVENT, error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 1, event->point_id);
  ruf_stmt_bind_text (stmt, 2, ruf_channel_to_string (event->channel));
  ruf_stmt_bind_text (stmt, 3, event->purpose);
  ruf_stmt_bind_text (stmt, 4, ruf_consent_event_type_to_string (event->type));
  ruf_stmt_bind_int (stmt, 5, event->occurred_at);
  ruf_stmt_bind_text (stmt, 6, event->source);
  ruf_stmt_bind_id (stmt, 7, wording_id);
  *found = ruf_stmt_step (stmt, &local_error);
  return no_error (local_error, error);
}

/* The hash of the last event; zeros where the log is empty. */
static gboolean
read_last_hash (RufDb   *db,
                guint8   hash[32],
                GError **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "SELECT hash FROM consent_events ORDER BY seq DESC LIMIT 1", error);
  GError *local_error = NULL;
  gconstpointer data;
  gsize size;

  memset (hash, 0, 32);
  if (stmt == NULL)
    return FALSE;
  if (!ruf_stmt_step (stmt, &local_error))
    return no_error (local_error, error);

  data = ruf_stmt_get_blob (stmt, 0, &size);
  memcpy (hash, data, MIN (size, 32));
  return TRUE;
}

static gboolean
insert_event (RufDb                 *db,
              const RufConsentEvent *event,
              gint64                 wording_id,
              GError               **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, INSERT_EVENT, error);
  guint8 prev_hash[32], hash[32];

  if (stmt == NULL || !read_last_hash (db, prev_hash, error))
    return FALSE;

  ruf_consent_event_hash (event, prev_hash, hash);
  ruf_stmt_bind_text (stmt, 1, event->event_id);
  ruf_stmt_bind_blob (stmt, 2, prev_hash, sizeof prev_hash);
  ruf_stmt_bind_blob (stmt, 3, hash, sizeof hash);
  ruf_stmt_bind_text (stmt, 4, ruf_consent_event_type_to_string (event->type));
  ruf_stmt_bind_int (stmt, 5, event->point_id);
  ruf_stmt_bind_text (stmt, 6, event->address);
  ruf_stmt_bind_text (stmt, 7, ruf_channel_to_string (event->channel));
  ruf_stmt_bind_text (stmt, 8, event->purpose);
  ruf_stmt_bind_text (stmt, 9, ruf_consent_method_to_string (event->method));
  ruf_stmt_bind_text (stmt, 10, event->source);
  ruf_stmt_bind_id (stmt, 11, wording_id);
  ruf_stmt_bind_int (stmt, 12, event->occurred_at);
  ruf_stmt_bind_text (stmt, 13, event->occurred_text);
  ruf_stmt_bind_text (stmt, 14, event->text);
  ruf_stmt_bind_int (stmt, 15, event->recorded_at);
  ruf_stmt_bind_id (stmt, 16, event->import_id);
  ruf_stmt_bind_text (stmt, 17, event->evidence_sha256);
  ruf_stmt_bind_int (stmt, 18, event->rule);
  ruf_stmt_bind_blob (stmt, 19, event->salt, RUF_CONSENT_SALT_SIZE);
  return ruf_stmt_run (stmt, error);
}

/* Stores the stream's own state with the status and level that follow from it and the channel's. */
static gboolean
save_state (RufDb                  *db,
            gint64                  point_id,
            const char             *channel,
            const char             *purpose,
            const RufConsentStates *states,
            GError                **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, states->stored ? UPDATE_STATE : INSERT_STATE, error);
  const RufConsentState *own = &states->own;
  RufConsentState merged = *own;

  if (stmt == NULL)
    return FALSE;

  ruf_consent_state_merge (&merged, &states->all);
  ruf_stmt_bind_int (stmt, 1, point_id);
  ruf_stmt_bind_text (stmt, 2, channel);
  ruf_stmt_bind_text (stmt, 3, purpose);
  ruf_stmt_bind_text (stmt, 4,
                      ruf_consent_status_to_string (ruf_consent_state_get_status (&merged)));
  ruf_stmt_bind_int (stmt, 5, ruf_consent_state_get_level (&merged));
  ruf_stmt_bind_int (stmt, 6, ruf_consent_state_get_since (&merged));
  ruf_stmt_bind_int (stmt, 7, own->e0_at);
  ruf_stmt_bind_int (stmt, 8, own->requested_at);
  ruf_stmt_bind_int (stmt, 9, own->e1_at);
  ruf_stmt_bind_int (stmt, 10, own->e2_at);
  ruf_stmt_bind_int (stmt, 11, own->e3_at);
  ruf_stmt_bind_int (stmt, 12, own->stop_at);
  ruf_stmt_bind_int (stmt, 13, own->objection_at);
  ruf_stmt_bind_int (stmt, 14, own->expired_at);
  return ruf_stmt_run (stmt, error);
}

/* The purposes of a point on a channel, which a change of the channel's stream concerns. */
static GPtrArray *
list_purposes (RufDb       *db,
               gint64       point_id,
               const char  *channel,
               GError     **error)
{
  g_autoptr (GPtrArray) purposes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db,
                    "SELECT purpose FROM consent_states "
                    "WHERE point_id = ?1 AND channel = ?2 AND purpose <> '*'", error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_int (stmt, 1, point_id);
  ruf_stmt_bind_text (stmt, 2, channel);
  while (ruf_stmt_step (stmt, &local_error))
    g_ptr_array_add (purposes, g_strdup (ruf_stmt_get_text (stmt, 0)));
  return no_error (local_error, error) ? g_steal_pointer (&purposes) : NULL;
}

static gboolean
save_all_purposes (RufDb                 *db,
                   const RufConsentEvent *event,
                   const char            *channel,
                   const RufConsentState *all,
                   GError               **error)
{
  gint64 point_id = event->point_id;
  g_autoptr (GPtrArray) purposes = list_purposes (db, point_id, channel, error);

  if (purposes == NULL)
    return FALSE;

  for (guint i = 0; i < purposes->len; i++)
    {
      const char *purpose = g_ptr_array_index (purposes, i);
      RufConsentStates states;

      if (!ruf_consent_row_load_states (db, point_id, channel, purpose, &states, error))
        return FALSE;
      states.all = *all;
      ruf_consent_state_heed_stop (&states.own, event, event->recorded_at);
      if (!save_state (db, point_id, channel, purpose, &states, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fold (RufDb                 *db,
      const RufConsentEvent *event,
      RufConsentStates      *states,
      GError               **error)
{
  gboolean whole_channel = strcmp (event->purpose, RUF_PURPOSE_ALL) == 0;
  const char *channel = ruf_channel_to_string (event->channel);

  ruf_consent_state_fold (&states->own, event, event->recorded_at);
  if (event->type == RUF_CONSENT_RETRACTED &&
      !ruf_consent_refold_stream (db, event, &states->own, error))
    return FALSE;
  if (whole_channel)
    states->all = states->own;

  return save_state (db, event->point_id, channel, event->purpose, states, error) &&
         (!whole_channel || save_all_purposes (db, event, channel, &states->all, error));
}

static gboolean
take_out_waiting (RufDb                 *db,
                  const RufConsentEvent *event,
                  gint64                *rows,
                  GError               **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, TAKE_OUT_WAITING, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 1, event->point_id);
  ruf_stmt_bind_text (stmt, 2, ruf_channel_to_string (event->channel));
  ruf_stmt_bind_text (stmt, 3, event->purpose);
  ruf_stmt_bind_text (stmt, 4, ruf_exclude_reason_to_string (get_reason (event->type)));
  ruf_stmt_bind_int (stmt, 5, event->recorded_at);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *rows = ruf_db_get_changes (db);
  return TRUE;
}

/* The event as it is stored: with its id, the salt of its texts and the hash of its wording. */
static gboolean
complete_event (RufConsentEvent  *event,
                guint8           *salt,
                char            **event_id,
                char            **sha256,
                GError          **error)
{
  if (event->event_id == NULL)
    event->event_id = *event_id = ruf_uuid7_new (event->recorded_at);
  if (event->wording_sha256 == NULL && event->wording != NULL)
    event->wording_sha256 = *sha256 =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, event->wording, -1);
  event->rule = RUF_CONSENT_RULE;
  event->salt = salt;
  if (getrandom (salt, RUF_CONSENT_SALT_SIZE, 0) == RUF_CONSENT_SALT_SIZE)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               _("The system gives no random numbers (%s). Start the computer again."),
               g_strerror (errno));
  return FALSE;
}

/* Appends an event that is not there yet, with all that follows from it. */
static gboolean
add_event (RufDb                 *db,
           const RufConsentEvent *event,
           gint64                 wording_id,
           RufConsentStates      *states,
           gint64                *seq,
           gint64                *rows_withdrawn,
           GError               **error)
{
  gint64 rows = 0;

  if (!insert_event (db, event, wording_id, error))
    return FALSE;
  *seq = ruf_db_get_last_id (db);
  if (!fold (db, event, states, error) ||
      (ends_consent (event->type) && !take_out_waiting (db, event, &rows, error)))
    return FALSE;

  if (rows_withdrawn != NULL)
    *rows_withdrawn = rows;
  return TRUE;
}

/**
 * ruf_consent_table_append:
 * @db: a connection in a transaction
 * @event: the event, with its address, and recorded_at set
 * @seq: (out): room for its place in the log; 0 where it was there already
 * @rows_withdrawn: (out) (optional): room for the number of waiting rows it took out
 * @error: return location
 *
 * Appends one event to the chain and folds it into the derived state. Skipped is an event of
 * the same stream, type, time, source and wording as one that is there (I5). A stop takes
 * every waiting outbox row out that it leaves without consent (I7).
 *
 * Errors: INVALID where the point is not there, NOT_FOUND for a wording known by hash only.
 *
 * Returns: whether it was appended or skipped
 */
gboolean
ruf_consent_table_append (RufDb                  *db,
                          const RufConsentEvent  *event,
                          gint64                 *seq,
                          gint64                 *rows_withdrawn,
                          GError                **error)
{
  RufConsentState state;

  return ruf_consent_table_append_to (db, event, seq, rows_withdrawn, &state, error);
}

/**
 * ruf_consent_table_append_to:
 * @db: a connection in a transaction
 * @event: the event, with its address, and recorded_at set
 * @seq: (out): room for its place in the log; 0 where it was there already
 * @rows_withdrawn: (out) (optional): room for the number of waiting rows it took out
 * @state: (out): room for what the stream, joined with the channel's, says with it
 * @error: return location
 *
 * ruf_consent_table_append() for whoever wants to know what came of it.
 *
 * Returns: whether it was appended or skipped
 */
gboolean
ruf_consent_table_append_to (RufDb                  *db,
                             const RufConsentEvent  *event,
                             gint64                 *seq,
                             gint64                 *rows_withdrawn,
                             RufConsentState        *state,
                             GError                **error)
{
  g_autofree char *event_id = NULL;
  g_autofree char *sha256 = NULL;
  guint8 salt[RUF_CONSENT_SALT_SIZE];
  RufConsentEvent full = *event;
  RufConsentStates states;
  gint64 wording_id;
  gboolean found = FALSE;

  g_return_val_if_fail (event->address != NULL && event->purpose != NULL, FALSE);
  g_return_val_if_fail (event->recorded_at > 0, FALSE);

  *seq = 0;
  if (rows_withdrawn != NULL)
    *rows_withdrawn = 0;

  if (!complete_event (&full, salt, &event_id, &sha256, error) ||
      !ensure_wording (db, &full, &wording_id, error) ||
      !ruf_consent_row_load_states (db, full.point_id, ruf_channel_to_string (full.channel),
                                    full.purpose, &states, error))
    return FALSE;
  if (may_be_a_repetition (&full, &states.own) && !find_same (db, &full, wording_id, &found, error))
    return FALSE;
  if (!found && !add_event (db, &full, wording_id, &states, seq, rows_withdrawn, error))
    return FALSE;

  *state = states.own;
  ruf_consent_state_merge (state, &states.all);
  return TRUE;
}

/**
 * ruf_consent_table_find_wording:
 * @db: a connection
 * @sha256: SHA-256 of the text in hex, or at least eight digits of its beginning
 * @error: return location
 *
 * Finds a text that people were shown, by the name that the log gives it.
 *
 * Errors: NOT_FOUND where there is none, or several begin so.
 *
 * Returns: (transfer full): the full text
 */
char *
ruf_consent_table_find_wording (RufDb       *db,
                                const char  *sha256,
                                GError     **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "SELECT min (text), count (*) FROM wordings"
                    " WHERE length (?1) >= 8 AND substr (sha256, 1, length (?1)) = lower (?1)",
                    error);
  g_autofree char *text = NULL;
  gint64 found;

  g_return_val_if_fail (sha256 != NULL, NULL);

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 1, sha256);
  if (!ruf_stmt_step (stmt, error))
    return NULL;
  text = g_strdup (ruf_stmt_get_text (stmt, 0));
  found = ruf_stmt_get_int (stmt, 1);
  if (found == 1)
    return g_steal_pointer (&text);

  g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
               _("There is no wording “%s”. “consent log” shows the SHA-256 of each, of which "
                 "eight digits are enough; or give a file with the text."), sha256);
  return NULL;
}

/**
 * ruf_consent_table_get_state:
 * @db: a connection
 * @point_id: a contact point
 * @channel: a channel
 * @purpose: a purpose's key
 * @state: (out): room for the state
 * @error: return location
 *
 * Gives what follows from one stream, joined with the channel's; all zeros where nothing is
 * recorded.
 *
 * Returns: whether it could be read
 */
gboolean
ruf_consent_table_get_state (RufDb            *db,
                             gint64            point_id,
                             RufChannel        channel,
                             const char       *purpose,
                             RufConsentState  *state,
                             GError          **error)
{
  RufConsentStates states;

  if (!ruf_consent_row_load_states (db, point_id, ruf_channel_to_string (channel), purpose,
                                    &states, error))
    return FALSE;

  *state = states.own;
  ruf_consent_state_merge (state, &states.all);
  return TRUE;
}

/**
 * ruf_consent_table_has_active:
 * @db: a connection
 * @channel: a channel
 * @purpose: a key
 * @has: (out): room for the answer
 * @error: return location
 *
 * Did anybody agree to @purpose, or to everything on @channel? By whatever proof.
 *
 * Returns: whether it could be read
 */
gboolean
ruf_consent_table_has_active (RufDb       *db,
                              RufChannel   channel,
                              const char  *purpose,
                              gboolean    *has,
                              GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT EXISTS (SELECT 1 FROM consent_states WHERE channel = ?1 AND purpose IN (?2, '*') AND"
    " status = 'active')", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, ruf_channel_to_string (channel));
  ruf_stmt_bind_text (stmt, 2, purpose);
  if (!ruf_stmt_step (stmt, error))
    return FALSE;

  *has = ruf_stmt_get_int (stmt, 0) != 0;
  return TRUE;
}

/**
 * ruf_consent_table_get_floor:
 * @db: a connection
 * @channel: a channel
 * @floor: (out): room for the lowest level that may be written to
 * @error: return location
 *
 * E1 unless the user raised it.
 *
 * Returns: whether it could be read
 */
gboolean
ruf_consent_table_get_floor (RufDb             *db,
                             RufChannel         channel,
                             RufEvidenceLevel  *floor,
                             GError           **error)
{
  g_autofree char *key = g_strconcat ("floor:", ruf_channel_to_string (channel), NULL);
  GError *local_error = NULL;
  g_autofree char *value = ruf_setting_get (db, key, &local_error);

  *floor = RUF_EVIDENCE_E1;
  for (RufEvidenceLevel level = RUF_EVIDENCE_E2; level <= RUF_EVIDENCE_E3; level++)
    if (g_strcmp0 (value, ruf_evidence_level_to_string (level)) == 0)
      *floor = level;
  return no_error (local_error, error);
}

/**
 * ruf_consent_table_set_floor:
 * @db: a connection in a transaction
 * @channel: a channel
 * @floor: the lowest level that may be written to, E1 to E3
 * @error: return location
 *
 * Errors: REFUSED for E0, which is never enough.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_consent_table_set_floor (RufDb             *db,
                             RufChannel         channel,
                             RufEvidenceLevel   floor,
                             GError           **error)
{
  g_autofree char *key = g_strconcat ("floor:", ruf_channel_to_string (channel), NULL);

  if (floor >= RUF_EVIDENCE_E1)
    return ruf_setting_set (db, key, ruf_evidence_level_to_string (floor), error);

  g_set_error_literal (error, RUF_ERROR, RUF_ERROR_REFUSED,
                       _("Addresses without evidence (E0) are never written to. "
                         "Choose E1, E2 or E3."));
  return FALSE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Folds the consent log anew, apart from what is stored, and compares.
 */

#include "config.h"

#include "ruf-consent-refold.h"

#include <string.h>

#include "ruf-consent-row.h"
#include "ruf-step.h"

#define EVENTS_BY_ADDRESS \
  "SELECT" RUF_CONSENT_ROW_COLUMNS "FROM" RUF_CONSENT_ROW_TABLES \
  "ORDER BY e.point_id, e.channel, e.seq"
#define STORED_STATE \
  "SELECT status, level, since," RUF_CONSENT_STATE_COLUMNS "FROM consent_states " \
  "WHERE point_id = ?1 AND channel = ?2 AND purpose = ?3"

/* Rows whose consent today does not tell by itself that it held when they left: it is not
 * enough, or something was recorded since. */
#define DOUBTFUL_ROWS \
  "SELECT r.id, o.point_id, r.channel, r.purpose, r.floor, a.consent_seq " \
  "FROM outbox o JOIN runs r ON r.id = o.run_id LEFT JOIN attempts a ON a.id = o.attempt_id " \
  "LEFT JOIN consent_states s" \
  " ON s.point_id = o.point_id AND s.channel = r.channel AND s.purpose = r.purpose " \
  "WHERE o.status IN ('sending', 'unknown', 'failed', 'sent', 'delivered', 'read')" \
  " AND r.state <> 'past' AND (s.status IS NOT 'active' OR s.level < r.floor OR EXISTS (" \
  "  SELECT 1 FROM consent_events e WHERE e.point_id = o.point_id AND e.seq > a.consent_seq)) " \
  "ORDER BY o.id"
#define EVENTS_OF_STREAM \
  "SELECT" RUF_CONSENT_ROW_COLUMNS "FROM" RUF_CONSENT_ROW_TABLES \
  "WHERE e.point_id = ?1 AND e.channel = ?2 AND e.purpose IN (?3, '*') ORDER BY e.seq"

/* The streams of one address on one channel, folded in the order of the log. */
typedef struct
{
  gint64      point_id;      /* 0 = none yet */
  char       *channel;
  GHashTable *states;        /* purpose → RufConsentState */
} Streams;

/* How many streams were compared, and what came of it. */
typedef struct
{
  gint64 n_streams;
  gint64 n_different;
  gint64 first_point;
} Comparison;

static void
streams_clear (Streams *self)
{
  g_free (self->channel);
  g_hash_table_unref (self->states);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Streams, streams_clear)

static gboolean
streams_have (const Streams         *self,
              const RufConsentEvent *event)
{
  return self->point_id == event->point_id &&
         strcmp (self->channel, ruf_channel_to_string (event->channel)) == 0;
}

static void
streams_begin (Streams               *self,
               const RufConsentEvent *event)
{
  g_free (self->channel);
  self->point_id = event->point_id;
  self->channel = g_strdup (ruf_channel_to_string (event->channel));
  g_hash_table_remove_all (self->states);
}

static void
streams_fold (Streams               *self,
              const RufConsentEvent *event)
{
  RufConsentState *own = g_hash_table_lookup (self->states, event->purpose);
  GHashTableIter iter;
  gpointer state;

  if (own == NULL)
    {
      own = g_new0 (RufConsentState, 1);
      g_hash_table_insert (self->states, g_strdup (event->purpose), own);
    }
  if (event->retracted_by == 0)
    ruf_consent_state_fold (own, event, event->recorded_at);
  if (strcmp (event->purpose, RUF_PURPOSE_ALL) != 0)
    return;

  g_hash_table_iter_init (&iter, self->states);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    ruf_consent_state_heed_stop (state, event, event->recorded_at);
}

static gboolean
row_equals (RufStmt               *stmt,
            const RufConsentState *own,
            const RufConsentState *all)
{
  RufConsentState merged = *own, stored;

  if (all != NULL)
    ruf_consent_state_merge (&merged, all);
  ruf_consent_row_read_state (stmt, 3, &stored);
  return memcmp (&stored, own, sizeof stored) == 0 &&
         g_strcmp0 (ruf_stmt_get_text (stmt, 0),
                    ruf_consent_status_to_string (ruf_consent_state_get_status (&merged))) == 0 &&
         ruf_stmt_get_int (stmt, 1) == (gint64) ruf_consent_state_get_level (&merged) &&
         ruf_stmt_get_int (stmt, 2) == ruf_consent_state_get_since (&merged);
}

static gboolean
compare (RufDb                  *db,
         const Streams          *streams,
         const char             *purpose,
         const RufConsentState  *own,
         gboolean               *equal,
         GError                **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, STORED_STATE, streams->point_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, streams->channel);
  ruf_stmt_bind_text (stmt, 3, purpose);
  *equal = ruf_stmt_step (stmt, &local) &&
           row_equals (stmt, own, g_hash_table_lookup (streams->states, RUF_PURPOSE_ALL));
  return ruf_step_ended (local, error);
}

/* Ends an address on a channel: compares its streams, and counts those that differ. */
static gboolean
streams_end (Streams     *self,
             RufDb       *db,
             Comparison  *result,
             GError     **error)
{
  GHashTableIter iter;
  gpointer purpose, state;
  gboolean equal;

  g_hash_table_iter_init (&iter, self->states);
  while (g_hash_table_iter_next (&iter, &purpose, &state))
    {
      if (!compare (db, self, purpose, state, &equal, error))
        return FALSE;
      result->n_streams++;
      if (!equal && result->n_different++ == 0)
        result->first_point = self->point_id;
    }
  return TRUE;
}

static gboolean
fold_all (RufDb       *db,
          Comparison  *result,
          GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, EVENTS_BY_ADDRESS, error);
  g_auto (Streams) streams = { 0 };
  RufConsentEvent event;
  GError *local = NULL;

  streams.states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    {
      /* A row that cannot be read is the chain's to report. */
      if (!ruf_consent_row_read (stmt, &event))
        continue;
      if (!streams_have (&streams, &event))
        {
          if (!streams_end (&streams, db, result, error))
            return FALSE;
          streams_begin (&streams, &event);
        }
      streams_fold (&streams, &event);
    }
  return ruf_step_ended (local, error) && streams_end (&streams, db, result, error);
}

gboolean
ruf_consent_refold_states (RufDb   *db,
                           gint64  *streams,
                           gint64  *first_point,
                           GError **error)
{
  Comparison result = { 0 };
  gint64 n_stored;

  *streams = *first_point = 0;
  if (!fold_all (db, &result, error) ||
      !ruf_db_get_int (db, "SELECT count (*) FROM consent_states", &n_stored, error))
    return FALSE;

  /* States without any event behind them count too. */
  *streams = result.n_different + MAX (0, n_stored - result.n_streams);
  *first_point = result.first_point;
  return TRUE;
}

gboolean
ruf_consent_refold_stream (RufDb                  *db,
                           const RufConsentEvent  *of,
                           RufConsentState        *own,
                           GError                **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, EVENTS_OF_STREAM, of->point_id, error);
  RufConsentEvent event;
  GError *local = NULL;

  *own = (RufConsentState) { 0 };
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, ruf_channel_to_string (of->channel));
  ruf_stmt_bind_text (stmt, 3, of->purpose);
  while (ruf_stmt_step (stmt, &local))
    {
      if (!ruf_consent_row_read (stmt, &event))
        continue;
      if (event.retracted_by == 0 && strcmp (event.purpose, of->purpose) == 0)
        ruf_consent_state_fold (own, &event, event.recorded_at);
      ruf_consent_state_heed_stop (own, &event, event.recorded_at);
    }
  return ruf_step_ended (local, error);
}

static gboolean
is_enough (const RufConsentState *own,
           const RufConsentState *all,
           RufEvidenceLevel       floor)
{
  RufConsentState merged = *own;

  ruf_consent_state_merge (&merged, all);
  return ruf_consent_state_get_status (&merged) == RUF_CONSENT_STATUS_ACTIVE &&
         ruf_consent_state_get_level (&merged) >= floor;
}

/* What was known when the row left: the events up to the one that its attempt noted, in the
 * order of the log, for a clock may have been set. Where no attempt noted one (a backup was
 * restored, an older version sent it), consent must have been enough at some place of the log. */
static gboolean
was_consented (RufStmt  *row,
               RufStmt  *events,
               GError  **error)
{
  RufEvidenceLevel floor = ruf_stmt_get_int (row, 4);
  gboolean noted = !ruf_stmt_is_null (row, 5), ever = FALSE;
  gint64 last_seq = noted ? ruf_stmt_get_int (row, 5) : G_MAXINT64;
  RufConsentState own = { 0 }, all = { 0 };
  RufConsentEvent event;
  GError *local = NULL;

  while (ruf_stmt_step (events, &local))
    {
      if (!ruf_consent_row_read (events, &event) || event.seq > last_seq ||
          (noted && event.retracted_by != 0 && event.retracted_by <= last_seq))
        continue;
      ruf_consent_state_fold (strcmp (event.purpose, RUF_PURPOSE_ALL) == 0 ? &all : &own,
                              &event, event.recorded_at);
      ruf_consent_state_heed_stop (&own, &event, event.recorded_at);
      ever = ever || is_enough (&own, &all, floor);
    }
  return ruf_step_ended (local, error) && (noted ? is_enough (&own, &all, floor) : ever);
}

static gboolean
check_row (RufDb     *db,
           RufStmt   *row,
           gboolean  *ok,
           GError   **error)
{
  g_autoptr (RufStmt) events =
    ruf_step_prepare_id (db, EVENTS_OF_STREAM, ruf_stmt_get_int (row, 1), error);
  g_autofree char *channel = g_strdup (ruf_stmt_get_text (row, 2));
  g_autofree char *purpose = g_strdup (ruf_stmt_get_text (row, 3));
  GError *local = NULL;

  if (events == NULL)
    return FALSE;

  ruf_stmt_bind_text (events, 2, channel);
  ruf_stmt_bind_text (events, 3, purpose);
  *ok = was_consented (row, events, &local);
  ruf_stmt_reset (events);
  return ruf_step_ended (local, error);
}

gboolean
ruf_consent_refold_outbox (RufDb   *db,
                           gint64  *rows,
                           gint64  *first_run,
                           GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, DOUBTFUL_ROWS, error);
  GError *local = NULL;
  gboolean ok;

  *rows = *first_run = 0;
  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    {
      if (!check_row (db, stmt, &ok, error))
        return FALSE;
      if (!ok && (*rows)++ == 0)
        *first_run = ruf_stmt_get_int (stmt, 0);
    }
  return ruf_step_ended (local, error);
}

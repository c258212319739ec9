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

/* "*" sorts before every key, so that a channel's stream comes before its purposes. */
#define EVENTS_BY_STREAM \
  "SELECT" RUF_CONSENT_ROW_COLUMNS "FROM" RUF_CONSENT_ROW_TABLES \
  "ORDER BY e.point_id, e.channel, e.purpose"
#define STORED_STATE \
  "SELECT status, level, since," RUF_CONSENT_STATE_COLUMNS "FROM consent_states " \
  "WHERE point_id = ?1 AND channel = ?2 AND purpose = ?3"

/* Rows whose consent today does not tell by itself that it held when they left. */
#define DOUBTFUL_ROWS \
  "SELECT o.id, o.point_id, r.channel, r.purpose, r.floor," \
  " coalesce (a.started_at, o.changed_at) " \
  "FROM outbox o JOIN runs r ON r.id = o.run_id LEFT JOIN attempts a ON a.id = o.attempt_id " \
  "LEFT JOIN consent_states s" \
  " ON s.point_id = o.point_id AND s.channel = r.channel AND s.purpose = r.purpose " \
  "WHERE o.status IN ('sending', 'unknown', 'failed', 'sent', 'delivered', 'read')" \
  " AND r.state <> 'past' AND (s.status IS NOT 'active' OR s.level < r.floor" \
  "  OR s.since > coalesce (a.started_at, o.changed_at)) ORDER BY o.id"
#define EVENTS_OF_ROW \
  "SELECT" RUF_CONSENT_ROW_COLUMNS "FROM" RUF_CONSENT_ROW_TABLES \
  "WHERE e.point_id = ?1 AND e.channel = ?2 AND e.purpose IN (?3, '*') ORDER BY e.seq"

/* The stream that is being folded. */
typedef struct
{
  gint64           point_id;      /* 0 = none yet */
  char            *channel;
  char            *purpose;
  RufConsentState  own;
  RufConsentState  all;           /* of the same point and channel */
} Stream;

static void
stream_clear (Stream *self)
{
  g_free (self->channel);
  g_free (self->purpose);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stream, stream_clear)

static gboolean
stream_has (const Stream          *self,
            const RufConsentEvent *event)
{
  return self->point_id == event->point_id &&
         strcmp (self->channel, ruf_channel_to_string (event->channel)) == 0 &&
         strcmp (self->purpose, event->purpose) == 0;
}

static void
stream_begin (Stream                *self,
              const RufConsentEvent *event)
{
  const char *channel = ruf_channel_to_string (event->channel);
  gboolean same_channel = self->point_id == event->point_id && strcmp (self->channel, channel) == 0;

  if (!same_channel)
    self->all = (RufConsentState) { 0 };
  else if (strcmp (self->purpose, RUF_PURPOSE_ALL) == 0)
    self->all = self->own;

  stream_clear (self);
  self->point_id = event->point_id;
  self->channel = g_strdup (channel);
  self->purpose = g_strdup (event->purpose);
  self->own = (RufConsentState) { 0 };
}

static gboolean
row_equals (RufStmt      *stmt,
            const Stream *stream)
{
  RufConsentState merged = stream->own, stored;

  ruf_consent_state_merge (&merged, &stream->all);
  ruf_consent_row_read_state (stmt, 3, &stored);
  return memcmp (&stored, &stream->own, sizeof stored) == 0 &&
         g_strcmp0 (ruf_stmt_get_text (stmt, 0),
                    ruf_consent_status_to_string (ruf_consent_state_get_status (&merged))) == 0 &&
         ruf_stmt_get_int (stmt, 1) == (gint64) ruf_consent_state_get_level (&merged) &&
         ruf_stmt_get_int (stmt, 2) == ruf_consent_state_get_since (&merged);
}

static gboolean
compare (RufDb         *db,
         const Stream  *stream,
         gboolean      *equal,
         GError       **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, STORED_STATE, stream->point_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, stream->channel);
  ruf_stmt_bind_text (stmt, 3, stream->purpose);
  *equal = ruf_stmt_step (stmt, &local) && row_equals (stmt, stream);
  return ruf_step_ended (local, error);
}

/* Ends a stream: compares it, and counts it where it differs. */
static gboolean
stream_end (Stream  *self,
            RufDb   *db,
            gint64  *n_streams,
            gint64  *n_different,
            gint64  *first_point,
            GError **error)
{
  gboolean equal;

  if (self->point_id == 0)
    return TRUE;
  if (!compare (db, self, &equal, error))
    return FALSE;

  (*n_streams)++;
  if (!equal && (*n_different)++ == 0)
    *first_point = self->point_id;
  return TRUE;
}

static gboolean
fold_all (RufDb   *db,
          gint64  *n_streams,
          gint64  *n_different,
          gint64  *first_point,
          GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, EVENTS_BY_STREAM, error);
  g_auto (Stream) stream = { 0 };
  RufConsentEvent event;
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    {
      /* A row that cannot be read is the chain's to report. */
      if (!ruf_consent_row_read (stmt, &event))
        continue;
      if (!stream_has (&stream, &event))
        {
          if (!stream_end (&stream, db, n_streams, n_different, first_point, error))
            return FALSE;
          stream_begin (&stream, &event);
        }
      ruf_consent_state_fold (&stream.own, &event, event.recorded_at);
    }
  return ruf_step_ended (local, error) &&
         stream_end (&stream, db, n_streams, n_different, first_point, error);
}

gboolean
ruf_consent_refold_states (RufDb   *db,
                           gint64  *streams,
                           gint64  *first_point,
                           GError **error)
{
  gint64 n_streams = 0, n_stored;

  *streams = *first_point = 0;
  if (!fold_all (db, &n_streams, streams, first_point, error) ||
      !ruf_db_get_int (db, "SELECT count (*) FROM consent_states", &n_stored, error))
    return FALSE;

  /* States without any event behind them. */
  *streams += MAX (0, n_stored - n_streams);
  return TRUE;
}

static gboolean
has_grant (const RufConsentState *state,
           RufEvidenceLevel       floor)
{
  return state->e3_at > 0 ||
         (floor <= RUF_EVIDENCE_E2 && state->e2_at > 0) ||
         (floor <= RUF_EVIDENCE_E1 && state->e1_at > 0);
}

/* Of what was recorded in the microsecond in which the row left, a stop counts as later: while
 * somebody rehearses, the clock stands still. */
static gboolean
came_later (const RufConsentEvent *event,
            gint64                 left_at)
{
  gboolean is_stop = event->type == RUF_CONSENT_WITHDRAWN || event->type == RUF_CONSENT_OBJECTED ||
                     event->type == RUF_CONSENT_SUPPRESSED;

  return event->recorded_at > left_at || (is_stop && event->recorded_at == left_at);
}

/* What was known when the row left: everything recorded until then. Where the log began only
 * later (a rehearsal of an earlier day), its grants count, for they were what was checked. */
static gboolean
was_consented (RufStmt  *row,
               RufStmt  *events,
               GError  **error)
{
  gint64 left_at = ruf_stmt_get_int (row, 5);
  RufEvidenceLevel floor = ruf_stmt_get_int (row, 4);
  RufConsentState state = { 0 }, all = { 0 }, ever = { 0 };
  gboolean any_before = FALSE;
  RufConsentEvent event;
  GError *local = NULL;

  while (ruf_stmt_step (events, &local))
    {
      if (!ruf_consent_row_read (events, &event))
        continue;
      ruf_consent_state_fold (&ever, &event, event.recorded_at);
      if (came_later (&event, left_at))
        continue;
      any_before = TRUE;
      ruf_consent_state_fold (strcmp (event.purpose, RUF_PURPOSE_ALL) == 0 ? &all : &state,
                              &event, event.recorded_at);
    }
  if (!ruf_step_ended (local, error) || !any_before)
    return has_grant (&ever, floor);

  ruf_consent_state_merge (&state, &all);
  return ruf_consent_state_get_status (&state) == RUF_CONSENT_STATUS_ACTIVE &&
         ruf_consent_state_get_level (&state) >= floor;
}

static gboolean
check_row (RufDb     *db,
           RufStmt   *row,
           gboolean  *ok,
           GError   **error)
{
  g_autoptr (RufStmt) events =
    ruf_step_prepare_id (db, EVENTS_OF_ROW, ruf_stmt_get_int (row, 1), error);
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
                           gint64  *first_row,
                           GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, DOUBTFUL_ROWS, error);
  GError *local = NULL;
  gboolean ok;

  *rows = *first_row = 0;
  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    {
      if (!check_row (db, stmt, &ok, error))
        return FALSE;
      if (!ok && (*rows)++ == 0)
        *first_row = ruf_stmt_get_int (stmt, 0);
    }
  return ruf_step_ended (local, error);
}

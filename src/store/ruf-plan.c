/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The planner: freezes the audience of a campaign into the outbox, each person once, ready
 * or left out with a reason. One INSERT … SELECT joined to live consent.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-outbox-row.h"
#include "ruf-segment-sql.h"
#include "ruf-step.h"

/* Parameters from ?1 on are the segment's. ?1001 kind of address, ?1002 channel, ?1003 purpose,
 * ?1004 floor, ?1005 reason of those who could get it where the channel is for hand-off only,
 * else NULL, ?1006 run, ?1007 now; for a list of people ?1006 reason, ?1007 limit.
 *
 * Of several addresses the first that may be written to counts, else the one that is nearest
 * to it: min () picks the row with the lowest key. */
enum
{
  KIND = 1001,
  CHANNEL,
  PURPOSE,
  FLOOR,
  HANDOFF,
  RUN,
  NOW,
  REASON = 1006,
  LIMIT,
};

#define AUDIENCE \
  "WITH audience AS (" \
  " SELECT p.id AS person, c.id AS point," \
  "  coalesce (s.status, (SELECT a.status FROM consent_states a WHERE a.point_id = c.id AND" \
  "   a.channel = ?1002 AND a.purpose = '*')) AS status," \
  "  coalesce (s.level, (SELECT a.level FROM consent_states a WHERE a.point_id = c.id AND" \
  "   a.channel = ?1002 AND a.purpose = '*')) AS level" \
  " FROM people p" \
  " LEFT JOIN contact_points c ON c.person_id = p.id AND c.kind = ?1001" \
  " LEFT JOIN consent_states s ON s.point_id = c.id AND s.channel = ?1002 AND s.purpose = ?1003" \
  " WHERE "
#define JUDGED \
  "), judged AS (" \
  " SELECT person, point, CASE WHEN point IS NULL THEN 'no-address' ELSE " \
    RUF_OUTBOX_REASON ("status", "level", "?1004", RUF_OUTBOX_HELD ("point", "?1002")) \
    " END AS reason FROM audience" \
  "), chosen AS (" \
  " SELECT person, point, reason," \
  "  min (CASE WHEN reason IS NULL THEN point ELSE point + CASE reason" \
  "   WHEN 'in-review' THEN 1 WHEN 'level-too-low' THEN 2 WHEN 'opted-out' THEN 3" \
  "   WHEN 'suppressed' THEN 4 ELSE 5 END * 1000000000000000000 END) FROM judged GROUP BY person" \
  ") "
#define INSERT_ROWS \
  "INSERT INTO outbox (run_id, person_id, point_id, status, reason, changed_at) " \
  "SELECT ?1006, person, point, iif (coalesce (reason, ?1005) IS NULL, 'queued', 'excluded')," \
  " coalesce (reason, ?1005), ?1007 FROM chosen"
#define COUNT_REASONS \
  "SELECT coalesce (reason, ?1005) AS r, count (*) AS n FROM chosen GROUP BY r ORDER BY n DESC, r"
#define LIST_PEOPLE \
  "SELECT person, point FROM chosen JOIN people p ON p.id = person" \
  " WHERE coalesce (reason, ?1005) IS ?1006 ORDER BY p.name_key, p.id LIMIT ?1007"
#define EACH_READY \
  "SELECT 0, NULL, c.address, p.name, p.first_name, p.last_name, p.organisation, p.city" \
  " FROM chosen JOIN people p ON p.id = person JOIN contact_points c ON c.id = point" \
  " WHERE coalesce (reason, ?1005) IS NULL"

/* The audience of @campaign, judged, and then @use: a statement with all but run and now bound. */
static RufStmt *
prepare_audience (RufDb              *db,
                  const RufCampaign  *campaign,
                  const char         *use,
                  RufSegmentSql     **sql,
                  GError            **error)
{
  g_autoptr (RufSegment) segment = ruf_segment_parse (campaign->segment ? campaign->segment : "",
                                                      error);
  RufAddressKind kind = ruf_channel_get_address_kind (campaign->channel);
  g_autofree char *text = NULL;
  RufEvidenceLevel floor;
  RufStmt *stmt;

  if (segment == NULL ||
      !ruf_consent_table_get_floor (db, campaign->channel, &floor, error) ||
      (*sql = ruf_segment_sql_new (db, segment, error)) == NULL)
    return NULL;

  text = g_strconcat (AUDIENCE, (*sql)->where->str, JUDGED, use, NULL);
  stmt = ruf_db_prepare (db, text, error);
  if (stmt == NULL)
    return NULL;

  ruf_segment_sql_bind (*sql, stmt);
  ruf_stmt_bind_text (stmt, KIND, ruf_address_kind_to_string (kind));
  ruf_stmt_bind_text (stmt, CHANNEL, ruf_channel_to_string (campaign->channel));
  ruf_stmt_bind_text (stmt, PURPOSE, campaign->purpose);
  ruf_stmt_bind_int (stmt, FLOOR, floor);
  if (campaign->channel == RUF_CHANNEL_SIGNAL)
    ruf_stmt_bind_text (stmt, HANDOFF, ruf_exclude_reason_to_string (RUF_EXCLUDE_HANDOFF_ONLY));
  return stmt;
}

static gboolean
refuse_history (const RufCampaign  *campaign,
                GError            **error)
{
  if (campaign->message_id != 0)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("“%s” was handed over elsewhere and has no message here. "
                 "Save a campaign with a message and plan that."), campaign->name);
  return FALSE;
}

static gboolean
refuse_what_is_over (const RufCampaign  *campaign,
                     gint64              now,
                     GError            **error)
{
  if (campaign->not_after == 0 || now < campaign->not_after)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("The campaign “%s” is over: nothing of it may leave any more. "
                 "Give it a later end and plan it again."), campaign->name);
  return FALSE;
}

/* The same occurrence is never sent twice: what has begun is continued, not planned anew. */
static gboolean
refuse_what_began (RufDb              *db,
                   const RufCampaign  *campaign,
                   GError            **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "SELECT r.id FROM runs r WHERE r.campaign_id = ?1 AND r.due_at = ?2 AND"
    " EXISTS (SELECT 1 FROM attempts a WHERE a.run_id = r.id) LIMIT 1", campaign->id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, campaign->send_at);
  if (!ruf_stmt_step (stmt, &local))
    return ruf_step_ended (local, error);

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("The campaign “%s” has begun to leave in run %lld. Continue that run, "
                 "or give the campaign another time for a new one."),
               campaign->name, (long long) ruf_stmt_get_int (stmt, 0));
  return FALSE;
}

/* A run of which nothing has left yet is replaced by the new plan. */
static gboolean
remove_waiting_run (RufDb              *db,
                    const RufCampaign  *campaign,
                    GError            **error)
{
  gint64 run_id;

  if (!ruf_step_get_int (db,
        "SELECT r.id FROM runs r WHERE r.campaign_id = ?1 AND r.state IN ('planned', 'paused') AND"
        " NOT EXISTS (SELECT 1 FROM attempts a WHERE a.run_id = r.id)",
        campaign->id, &run_id, error))
    return FALSE;
  if (run_id == 0)
    return TRUE;

  return ruf_step_run_id (db, "DELETE FROM outbox WHERE run_id = ?1", run_id, error) &&
         ruf_step_run_id (db, "DELETE FROM runs WHERE id = ?1", run_id, error);
}

static gboolean
insert_run (RufDb              *db,
            const RufCampaign  *campaign,
            RufEvidenceLevel    floor,
            gint64              now,
            gint64             *run_id,
            GError            **error)
{
  g_autofree char *batch_id = ruf_uuid7_new (now);
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "INSERT INTO runs (campaign_id, message_version_id, title, batch_id, channel, purpose,"
    " segment, floor, state, planned_at, due_at, not_after) "
    "SELECT c.id, (SELECT v.id FROM message_versions v WHERE v.message_id = c.message_id"
    " ORDER BY v.version DESC LIMIT 1), c.name, ?2, c.channel, c.purpose, c.segment, ?3,"
    " 'planned', ?4, c.send_at, c.not_after FROM campaigns c WHERE c.id = ?1",
    campaign->id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 2, batch_id);
  ruf_stmt_bind_int (stmt, 3, floor);
  ruf_stmt_bind_int (stmt, 4, now);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *run_id = ruf_db_get_last_id (db);
  return TRUE;
}

static gboolean
insert_rows (RufDb              *db,
             const RufCampaign  *campaign,
             gint64              run_id,
             gint64              now,
             GError            **error)
{
  g_autoptr (RufSegmentSql) sql = NULL;
  g_autoptr (RufStmt) stmt = prepare_audience (db, campaign, INSERT_ROWS, &sql, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, RUN, run_id);
  ruf_stmt_bind_int (stmt, NOW, now);
  return ruf_stmt_run (stmt, error);
}

static gboolean
note_planned (RufDb   *db,
              gint64   run_id,
              GError **error)
{
  return ruf_step_run_id (db,
           "UPDATE runs SET planned = (SELECT coalesce (sum (n), 0) FROM run_counts"
           " WHERE run_id = ?1) WHERE id = ?1", run_id, error);
}

/**
 * ruf_outbox_table_plan:
 * @db: a writing connection, in a transaction
 * @campaign_id: a campaign
 * @now: UTC µs
 * @run_id: (out): room for the new run
 * @error: return location
 *
 * Freezes message and audience as of @now: one row per person of the segment, queued, or
 * excluded with its reason. Live consent decides, by the channel's floor. A run of the
 * campaign of which nothing has left yet is replaced.
 *
 * Errors: NOT_FOUND; REFUSED for history, for a campaign that is over, and where this
 * occurrence has begun to leave already.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_plan (RufDb   *db,
                       gint64   campaign_id,
                       gint64   now,
                       gint64  *run_id,
                       GError **error)
{
  g_autoptr (RufCampaign) campaign = ruf_campaign_table_get_by_id (db, campaign_id, error);
  RufEvidenceLevel floor;

  g_return_val_if_fail (run_id != NULL, FALSE);

  return campaign != NULL &&
         refuse_history (campaign, error) &&
         refuse_what_is_over (campaign, now, error) &&
         refuse_what_began (db, campaign, error) &&
         ruf_consent_table_get_floor (db, campaign->channel, &floor, error) &&
         remove_waiting_run (db, campaign, error) &&
         insert_run (db, campaign, floor, now, run_id, error) &&
         insert_rows (db, campaign, *run_id, now, error) &&
         ruf_outbox_count_rows (db, *run_id, error) &&
         note_planned (db, *run_id, error);
}

/* Splits the row without a reason, those who would get it, from the others. */
static gboolean
read_preview (RufStmt  *stmt,
              gint64   *ready,
              GArray  **excluded,
              GError  **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (RufExcludeCount));
  GError *local = NULL;

  *ready = 0;
  while (ruf_stmt_step (stmt, &local))
    {
      RufExcludeCount count = { RUF_EXCLUDE_NONE, ruf_stmt_get_int (stmt, 1) };

      if (ruf_stmt_is_null (stmt, 0))
        *ready = count.count;
      else if (ruf_exclude_reason_from_string (ruf_stmt_get_text (stmt, 0), &count.reason))
        g_array_append_val (counts, count);
    }
  if (!ruf_step_ended (local, error))
    return FALSE;

  *excluded = g_steal_pointer (&counts);
  return TRUE;
}

/**
 * ruf_outbox_table_preview:
 * @db: a connection
 * @campaign: channel, purpose and segment count; it need not be saved
 * @ready: (out): room for how many would get it
 * @excluded: (out) (element-type RufExcludeCount): room for who would not, the most frequent
 *   reason first
 * @error: return location
 *
 * What ruf_outbox_table_plan() would count, without writing anything.
 *
 * Returns: whether it could be counted
 */
gboolean
ruf_outbox_table_preview (RufDb              *db,
                          const RufCampaign  *campaign,
                          gint64             *ready,
                          GArray            **excluded,
                          GError            **error)
{
  g_autoptr (RufSegmentSql) sql = NULL;
  g_autoptr (RufStmt) stmt = NULL;

  g_return_val_if_fail (campaign != NULL, FALSE);
  g_return_val_if_fail (ready != NULL && excluded != NULL, FALSE);

  stmt = prepare_audience (db, campaign, COUNT_REASONS, &sql, error);
  return stmt != NULL && read_preview (stmt, ready, excluded, error);
}

/**
 * ruf_outbox_table_preview_people:
 * @db: a connection
 * @campaign: channel, purpose and segment count; it need not be saved
 * @reason: why they would be left out; NONE for those who would get it
 * @limit: how many at most, 0 = all
 * @error: return location
 *
 * The people behind the numbers of ruf_outbox_table_preview().
 *
 * Returns: (transfer full) (element-type RufRecipientId) (nullable): them, in order of name
 */
GArray *
ruf_outbox_table_preview_people (RufDb              *db,
                                 const RufCampaign  *campaign,
                                 RufExcludeReason    reason,
                                 guint               limit,
                                 GError            **error)
{
  g_autoptr (RufSegmentSql) sql = NULL;
  g_autoptr (RufStmt) stmt = NULL;

  g_return_val_if_fail (campaign != NULL, NULL);

  stmt = prepare_audience (db, campaign, LIST_PEOPLE, &sql, error);
  if (stmt == NULL)
    return NULL;

  if (reason != RUF_EXCLUDE_NONE)
    ruf_stmt_bind_text (stmt, REASON, ruf_exclude_reason_to_string (reason));
  ruf_stmt_bind_int (stmt, LIMIT, limit == 0 ? -1 : (gint64) limit);
  return ruf_recipient_ids_read (stmt, error);
}

/**
 * ruf_outbox_table_preview_each:
 * @db: a connection
 * @campaign: channel, purpose and segment count; it need not be saved
 * @func: (scope call): called for each person who would get it, without a message id
 * @data: for @func
 * @error: return location
 *
 * Goes through those whom ruf_outbox_table_preview() counts as ready, in no order.
 *
 * Returns: %FALSE where the store or @func failed
 */
gboolean
ruf_outbox_table_preview_each (RufDb              *db,
                               const RufCampaign  *campaign,
                               RufHandoverFunc     func,
                               gpointer            data,
                               GError            **error)
{
  g_autoptr (RufSegmentSql) sql = NULL;
  g_autoptr (RufStmt) stmt = NULL;

  g_return_val_if_fail (campaign != NULL && func != NULL, FALSE);

  stmt = prepare_audience (db, campaign, EACH_READY, &sql, error);
  return stmt != NULL && ruf_handover_each (stmt, func, data, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * History: messages that were handed over elsewhere come into the outbox as sent, so that
 * their receipts find them and their reach counts.
 */

#include "config.h"

#include "ruf-consent.h"
#include "ruf-outbox-row.h"
#include "ruf-step.h"

static gboolean
ensure_campaign (RufDb       *db,
                 const char  *title,
                 RufChannel   channel,
                 const char  *purpose,
                 gint64       sent_at,
                 GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "INSERT OR IGNORE INTO campaigns (name, channel, purpose, send_at, changed_at) "
    "VALUES (?1, ?2, ?3, ?4, ?4)", error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, title);
  ruf_stmt_bind_text (stmt, 2, ruf_channel_to_string (channel));
  ruf_stmt_bind_text (stmt, 3, purpose);
  ruf_stmt_bind_int (stmt, 4, sent_at);
  return ruf_stmt_run (stmt, error);
}

static gboolean
find_run (RufDb       *db,
          const char  *title,
          gint64      *run_id,
          GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT r.id FROM campaigns c JOIN runs r ON r.campaign_id = c.id "
    "WHERE c.name = ?1 AND r.state = 'past'", error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, title);
  *run_id = ruf_stmt_step (stmt, &local) ? ruf_stmt_get_int (stmt, 0) : 0;
  return ruf_step_ended (local, error);
}

static gboolean
insert_run (RufDb       *db,
            const char  *title,
            RufChannel   channel,
            const char  *purpose,
            gint64       sent_at,
            gint64      *run_id,
            GError     **error)
{
  g_autofree char *batch_id = ruf_uuid7_new (sent_at);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "INSERT INTO runs (campaign_id, title, batch_id, channel, purpose, segment, floor, state,"
    " planned_at, due_at, finished_at) "
    "SELECT id, name, ?2, ?3, ?4, '', 0, 'past', ?5, ?5, ?5 FROM campaigns WHERE name = ?1",
    error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, title);
  ruf_stmt_bind_text (stmt, 2, batch_id);
  ruf_stmt_bind_text (stmt, 3, ruf_channel_to_string (channel));
  ruf_stmt_bind_text (stmt, 4, purpose);
  ruf_stmt_bind_int (stmt, 5, sent_at);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *run_id = ruf_db_get_last_id (db);
  return TRUE;
}

static gboolean
insert_row (RufDb       *db,
            gint64       run_id,
            const char  *message_id,
            gint64       point_id,
            gint64       sent_at,
            gint64      *row_id,
            GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "INSERT OR IGNORE INTO outbox (run_id, person_id, point_id, status, message_id, changed_at) "
    "SELECT ?1, c.person_id, c.id, 'sent', ?3, ?4 FROM contact_points c WHERE c.id = ?2",
    run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, point_id);
  ruf_stmt_bind_text (stmt, 3, message_id);
  ruf_stmt_bind_int (stmt, 4, sent_at);
  if (!ruf_stmt_run (stmt, error))
    return FALSE;
  *row_id = ruf_db_get_changes (db) > 0 ? ruf_db_get_last_id (db) : 0;
  return TRUE;
}

/* One more of the run, which began with its first message and ended with its last (I8). */
static gboolean
count_row (RufDb   *db,
           gint64   run_id,
           gint64   sent_at,
           GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db,
    "UPDATE runs SET planned = planned + 1, due_at = min (due_at, ?2),"
    " planned_at = min (planned_at, ?2), finished_at = max (finished_at, ?2) WHERE id = ?1",
    run_id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, sent_at);
  return ruf_stmt_run (stmt, error) &&
         ruf_step_run_id (db,
           "INSERT INTO run_counts (run_id, status, n) VALUES (?1, 'sent', 1) "
           "ON CONFLICT DO UPDATE SET n = n + 1", run_id, error);
}

/**
 * ruf_outbox_table_find_past:
 * @db: a connection
 * @title: a campaign's name
 * @known: (out): room for whether there is such a campaign
 * @channel: (out): room for its channel, where it is known
 * @purpose: (out) (transfer full): room for its purpose, where it is known
 * @error: return location
 *
 * Tells what past messages of a campaign are: what those are that are there, else what the
 * campaign is saved as.
 *
 * Returns: whether it could be read
 */
gboolean
ruf_outbox_table_find_past (RufDb       *db,
                            const char  *title,
                            gboolean    *known,
                            RufChannel  *channel,
                            char       **purpose,
                            GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT coalesce (r.channel, c.channel), coalesce (r.purpose, c.purpose) FROM campaigns c "
    "LEFT JOIN runs r ON r.campaign_id = c.id AND r.state = 'past' WHERE c.name = ?1", error);
  GError *local = NULL;

  g_return_val_if_fail (title != NULL && known != NULL, FALSE);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, title);
  *known = ruf_stmt_step (stmt, &local) &&
           ruf_channel_from_string (ruf_stmt_get_text (stmt, 0), channel);
  if (*known)
    *purpose = g_strdup (ruf_stmt_get_text (stmt, 1));
  return ruf_step_ended (local, error);
}

/**
 * ruf_outbox_table_add_past:
 * @db: a writing connection, in a transaction
 * @title: the campaign it belonged to; made where it is new
 * @channel: the channel it went by
 * @purpose: the purpose key
 * @message_id: the message's name at whoever sent it
 * @point_id: to whom it went
 * @sent_at: when it was handed over, UTC µs
 * @added: (out): room for whether it is new
 * @error: return location
 *
 * Takes one message of the past in. Receipts that came before it are applied. A message that
 * is there, or a second one of the same campaign to the same address (I2), is not added.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_outbox_table_add_past (RufDb       *db,
                           const char  *title,
                           RufChannel   channel,
                           const char  *purpose,
                           const char  *message_id,
                           gint64       point_id,
                           gint64       sent_at,
                           gboolean    *added,
                           GError     **error)
{
  gint64 run_id, row_id;

  g_return_val_if_fail (title != NULL && purpose != NULL && message_id != NULL, FALSE);
  g_return_val_if_fail (added != NULL, FALSE);

  if (!find_run (db, title, &run_id, error))
    return FALSE;
  if (run_id == 0 &&
      (!ensure_campaign (db, title, channel, purpose, sent_at, error) ||
       !insert_run (db, title, channel, purpose, sent_at, &run_id, error)))
    return FALSE;

  if (!insert_row (db, run_id, message_id, point_id, sent_at, &row_id, error))
    return FALSE;
  *added = row_id != 0;
  return !*added ||
         (count_row (db, run_id, sent_at, error) &&
          ruf_receipts_replay (db, row_id, sent_at, error));
}

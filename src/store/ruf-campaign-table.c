/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Campaigns: which message goes to whom, on which channel, for which purpose, and when.
 * A campaign without a message is history, taken in from messages handed over elsewhere.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-error.h"
#include "ruf-segment.h"
#include "ruf-step.h"

#define CAMPAIGN_COLUMNS \
  "SELECT c.id, c.name, c.message_id, m.name, c.channel, c.purpose, c.segment, c.send_at," \
  " c.not_after FROM campaigns c LEFT JOIN messages m ON m.id = c.message_id "

/**
 * ruf_campaign_new:
 *
 * Returns: (transfer full): an empty campaign
 */
RufCampaign *
ruf_campaign_new (void)
{
  return g_new0 (RufCampaign, 1);
}

/**
 * ruf_campaign_free:
 * @self: (transfer full): a campaign
 */
void
ruf_campaign_free (RufCampaign *self)
{
  g_free (self->name);
  g_free (self->message_name);
  g_free (self->purpose);
  g_free (self->segment);
  g_free (self);
}

static RufCampaign *
read_campaign (RufStmt *stmt)
{
  RufCampaign *campaign = ruf_campaign_new ();

  campaign->id = ruf_stmt_get_int (stmt, 0);
  campaign->name = g_strdup (ruf_stmt_get_text (stmt, 1));
  campaign->message_id = ruf_stmt_get_int (stmt, 2);
  campaign->message_name = g_strdup (ruf_stmt_get_text (stmt, 3));
  ruf_channel_from_string (ruf_stmt_get_text (stmt, 4), &campaign->channel);
  campaign->purpose = g_strdup (ruf_stmt_get_text (stmt, 5));
  campaign->segment = g_strdup (ruf_stmt_get_text (stmt, 6));
  campaign->send_at = ruf_stmt_get_int (stmt, 7);
  campaign->not_after = ruf_stmt_get_int (stmt, 8);
  return campaign;
}

static gboolean
check_times (const char  *name,
             gint64       send_at,
             gint64       not_after,
             GError     **error)
{
  if (send_at <= 0)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The campaign “%s” has no time. Say when it is to go."), name);
      return FALSE;
    }
  if (not_after != 0 && not_after <= send_at)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The campaign “%s” would be over before it goes. "
                     "Choose an earlier time, or a later end."), name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_campaign (const RufCampaign  *campaign,
                GError            **error)
{
  g_autoptr (RufSegment) segment = NULL;

  if (campaign->name == NULL || *campaign->name == '\0')
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           _("The campaign has no name. Give it one."));
      return FALSE;
    }
  if (campaign->purpose == NULL || *campaign->purpose == '\0')
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The campaign “%s” has no purpose. "
                     "Name the one that its readers agreed to."), campaign->name);
      return FALSE;
    }
  if (!check_times (campaign->name, campaign->send_at, campaign->not_after, error))
    return FALSE;

  segment = ruf_segment_parse (campaign->segment ? campaign->segment : "", error);
  return segment != NULL;
}

static gboolean
find_message (RufDb              *db,
              const RufCampaign  *campaign,
              gint64             *message_id,
              GError            **error)
{
  g_autoptr (RufMessage) message = NULL;

  *message_id = campaign->message_id;
  if (*message_id != 0)
    return TRUE;

  if (campaign->message_name == NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The campaign “%s” has no message. Choose one."), campaign->name);
      return FALSE;
    }

  message = ruf_message_table_get (db, campaign->message_name, error);
  if (message == NULL)
    return FALSE;
  *message_id = message->id;
  return TRUE;
}

/**
 * ruf_campaign_table_save:
 * @db: a writing connection, in a transaction
 * @campaign: what to store; its name decides which one, its message_name about the message
 *   where message_id is 0
 * @now: UTC µs
 * @id: (out) (optional): room for its id
 * @error: return location
 *
 * Adds a campaign or changes the one of that name. A run that was planned stays as it was
 * frozen until the campaign is planned again.
 *
 * Errors: INVALID for what is missing or cannot be, NOT_FOUND for the message.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_campaign_table_save (RufDb              *db,
                         const RufCampaign  *campaign,
                         gint64              now,
                         gint64             *id,
                         GError            **error)
{
  g_autoptr (RufStmt) stmt = NULL;
  GError *local = NULL;
  gint64 message_id;

  if (!check_campaign (campaign, error) || !find_message (db, campaign, &message_id, error))
    return FALSE;

  stmt = ruf_db_prepare (db,
    "INSERT INTO campaigns (name, message_id, channel, purpose, segment, send_at, not_after,"
    " changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
    "ON CONFLICT (name) DO UPDATE SET message_id = excluded.message_id,"
    " channel = excluded.channel, purpose = excluded.purpose, segment = excluded.segment,"
    " send_at = excluded.send_at, not_after = excluded.not_after,"
    " changed_at = excluded.changed_at RETURNING id", error);
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, campaign->name);
  ruf_stmt_bind_id (stmt, 2, message_id);
  ruf_stmt_bind_text (stmt, 3, ruf_channel_to_string (campaign->channel));
  ruf_stmt_bind_text (stmt, 4, campaign->purpose);
  ruf_stmt_bind_text (stmt, 5, campaign->segment ? campaign->segment : "");
  ruf_stmt_bind_int (stmt, 6, campaign->send_at);
  ruf_stmt_bind_int (stmt, 7, campaign->not_after);
  ruf_stmt_bind_int (stmt, 8, now);
  if (ruf_stmt_step (stmt, &local) && id != NULL)
    *id = ruf_stmt_get_int (stmt, 0);
  return ruf_step_ended (local, error);
}

/**
 * ruf_campaign_table_get:
 * @db: a connection
 * @name: a campaign's name
 * @error: return location; NOT_FOUND where there is none
 *
 * Returns: (transfer full) (nullable): the campaign
 */
RufCampaign *
ruf_campaign_table_get (RufDb       *db,
                        const char  *name,
                        GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, CAMPAIGN_COLUMNS "WHERE c.name = ?1", error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 1, name);
  if (ruf_stmt_step (stmt, &local))
    return read_campaign (stmt);

  if (ruf_step_ended (local, error))
    g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                 _("There is no campaign “%s”. Save it first."), name);
  return NULL;
}

/**
 * ruf_campaign_table_get_by_id:
 * @db: a connection
 * @id: a campaign
 * @error: return location; NOT_FOUND where there is none
 *
 * Returns: (transfer full) (nullable): the campaign
 */
RufCampaign *
ruf_campaign_table_get_by_id (RufDb   *db,
                              gint64   id,
                              GError **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, CAMPAIGN_COLUMNS "WHERE c.id = ?1",
                                                  id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;
  if (ruf_stmt_step (stmt, &local))
    return read_campaign (stmt);

  if (ruf_step_ended (local, error))
    g_set_error_literal (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                         _("There is no such campaign. Save it first."));
  return NULL;
}

/**
 * ruf_campaign_table_list:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer container) (element-type RufCampaign) (nullable): all, history included,
 *   by their time, the latest first
 */
GPtrArray *
ruf_campaign_table_list (RufDb   *db,
                         GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_campaign_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    CAMPAIGN_COLUMNS "ORDER BY c.send_at DESC, c.id DESC", error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    g_ptr_array_add (list, read_campaign (stmt));
  return ruf_step_ended (local, error) ? g_steal_pointer (&list) : NULL;
}

static gboolean
move_row (RufDb       *db,
          const char  *sql,
          gint64       id,
          gint64       send_at,
          GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, sql, id, error);

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 2, send_at);
  return ruf_stmt_run (stmt, error);
}

/**
 * ruf_campaign_table_move:
 * @db: a writing connection, in a transaction
 * @id: a campaign
 * @send_at: when it is to go, UTC µs
 * @error: return location
 *
 * Moves a campaign, and its run where that still waits untouched. A run that has begun stays
 * where it is.
 *
 * Errors: NOT_FOUND; INVALID where the campaign would be over before it goes.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_campaign_table_move (RufDb   *db,
                         gint64   id,
                         gint64   send_at,
                         GError **error)
{
  g_autoptr (RufCampaign) campaign = ruf_campaign_table_get_by_id (db, id, error);

  if (campaign == NULL ||
      !check_times (campaign->name, send_at, campaign->not_after, error))
    return FALSE;

  return move_row (db, "UPDATE campaigns SET send_at = ?2 WHERE id = ?1", id, send_at, error) &&
         move_row (db, "UPDATE runs SET due_at = ?2 WHERE campaign_id = ?1 AND"
                       " state IN ('planned', 'paused') AND"
                       " NOT EXISTS (SELECT 1 FROM attempts a WHERE a.run_id = runs.id)",
                   id, send_at, error);
}

/**
 * ruf_campaign_table_shift:
 * @db: a writing connection, in a transaction
 * @id: a campaign
 * @send_at: when it is to go, UTC µs
 * @error: return location
 *
 * As ruf_campaign_table_move(), but the end after which nothing leaves keeps its distance from
 * the beginning: an offer for one day stays an offer for one day.
 *
 * Errors: NOT_FOUND; INVALID where @send_at is no time.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_campaign_table_shift (RufDb   *db,
                          gint64   id,
                          gint64   send_at,
                          GError **error)
{
  g_autoptr (RufCampaign) campaign = ruf_campaign_table_get_by_id (db, id, error);

  if (campaign == NULL || !check_times (campaign->name, send_at, 0, error))
    return FALSE;

  return move_row (db, "UPDATE campaigns SET send_at = ?2, not_after = CASE WHEN not_after > 0"
                       " THEN not_after + ?2 - send_at ELSE not_after END WHERE id = ?1",
                   id, send_at, error) &&
         move_row (db, "UPDATE runs SET due_at = ?2, not_after = CASE WHEN not_after > 0"
                       " THEN not_after + ?2 - due_at ELSE not_after END WHERE campaign_id = ?1"
                       " AND state IN ('planned', 'paused') AND"
                       " NOT EXISTS (SELECT 1 FROM attempts a WHERE a.run_id = runs.id)",
                   id, send_at, error);
}

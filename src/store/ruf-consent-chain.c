/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Walks the hash chain of the consent log and says exactly where it is broken.
 *
 * Each event's hash covers the event and the hash before it; its own copy of that hash tells
 * an altered event from a missing or moved one. Numbers are never given twice, so that
 * deleting the newest events leaves a trace too.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-consent-row.h"
#include "ruf-consent-table.h"
#include "ruf-step.h"

#define HASH_SIZE 32

/* How far the walk is. */
typedef struct
{
  gint64 seq;
  guint8 hash[HASH_SIZE];
} Link;

static void
report_altered (RufChainReport *report,
                gint64          seq)
{
  report->broken_seq = seq;
  report->problem = g_strdup_printf (_("Event %lld of the consent log was altered after it was "
                                       "recorded, or written by hand."), (long long) seq);
}

static void
report_deleted (RufChainReport *report,
                gint64          first,
                gint64          last)
{
  report->broken_seq = first;
  report->problem = first == last
    ? g_strdup_printf (_("Event %lld of the consent log was deleted."), (long long) first)
    : g_strdup_printf (_("Events %lld to %lld of the consent log were deleted."),
                       (long long) first, (long long) last);
}

static void
report_moved (RufChainReport *report,
              gint64          seq)
{
  report->broken_seq = seq;
  report->problem = g_strdup_printf (_("Event %lld of the consent log does not follow the one "
                                       "before it: the order was changed, or an event was put "
                                       "in between."), (long long) seq);
}

static void
report_wording (RufChainReport *report,
                gint64          seq,
                gint64          wording_id)
{
  report->broken_seq = seq;
  report->problem = g_strdup_printf (_("The text that people were shown (wording %lld, first used "
                                       "by event %lld) was altered."),
                                     (long long) wording_id, (long long) seq);
}

static gboolean
read_hash (RufStmt *stmt,
           int      column,
           guint8   hash[HASH_SIZE])
{
  gsize size;
  gconstpointer data = ruf_stmt_get_blob (stmt, column, &size);

  if (size != HASH_SIZE)
    return FALSE;
  memcpy (hash, data, HASH_SIZE);
  return TRUE;
}

/* FALSE with the report filled where the row does not continue the chain. */
static gboolean
check_event (RufStmt        *stmt,
             Link           *link,
             RufChainReport *report)
{
  guint8 prev_hash[HASH_SIZE], hash[HASH_SIZE], computed[HASH_SIZE];
  RufConsentEvent event;
  gboolean readable = ruf_consent_row_read (stmt, &event) &&
                      read_hash (stmt, 2, prev_hash) && read_hash (stmt, 3, hash);

  if (event.seq != link->seq + 1)
    report_deleted (report, link->seq + 1, event.seq - 1);
  else if (!readable)
    report_altered (report, event.seq);
  else
    {
      ruf_consent_event_hash (&event, prev_hash, computed);
      if (memcmp (computed, hash, HASH_SIZE) != 0)
        report_altered (report, event.seq);
      else if (memcmp (prev_hash, link->hash, HASH_SIZE) != 0)
        report_moved (report, event.seq);
    }
  if (report->problem != NULL)
    return FALSE;

  link->seq = event.seq;
  memcpy (link->hash, hash, HASH_SIZE);
  report->checked++;
  return TRUE;
}

static gboolean
walk (RufDb           *db,
      Link            *link,
      GCancellable    *cancellable,
      RufChainReport  *report,
      GError         **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db,
                    "SELECT" RUF_CONSENT_ROW_COLUMNS "FROM" RUF_CONSENT_ROW_TABLES
                    "ORDER BY e.seq", error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    else if (!check_event (stmt, link, report))
      return TRUE;
  return ruf_step_ended (local, error);
}

/* What is missing behind the last event that is there. */
static gboolean
check_end (RufDb           *db,
           const Link      *link,
           RufChainReport  *report,
           GError         **error)
{
  gint64 newest;

  if (!ruf_db_get_int (db, "SELECT seq FROM sqlite_sequence WHERE name = 'consent_events'",
                       &newest, error))
    return FALSE;
  if (newest > link->seq)
    report_deleted (report, link->seq + 1, newest);
  return TRUE;
}

/* The events' hashes cover the hash of a text; this covers the text. */
static gboolean
check_wordings (RufDb           *db,
                RufChainReport  *report,
                GError         **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db,
                    "SELECT w.id, w.sha256, w.text,"
                    " coalesce ((SELECT min (seq) FROM consent_events WHERE wording_id = w.id), 0) "
                    "FROM wordings w ORDER BY w.id", error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (report->problem == NULL && ruf_stmt_step (stmt, &local))
    {
      g_autofree char *sha256 =
        g_compute_checksum_for_string (G_CHECKSUM_SHA256, ruf_stmt_get_text (stmt, 2), -1);

      if (strcmp (sha256, ruf_stmt_get_text (stmt, 1)) != 0)
        report_wording (report, ruf_stmt_get_int (stmt, 3), ruf_stmt_get_int (stmt, 0));
    }
  return ruf_step_ended (local, error);
}

/**
 * ruf_consent_table_verify:
 * @db: a connection
 * @cancellable: (nullable): what may end it
 * @report: (out caller-allocates): room for what was found; free its problem
 * @error: return location
 *
 * Recomputes every hash of the consent log. The first break is reported: an event that was
 * altered, deleted, moved or put in by hand, or a wording whose text was altered.
 *
 * Returns: whether the log could be read; the report tells what it is worth
 */
gboolean
ruf_consent_table_verify (RufDb           *db,
                          GCancellable    *cancellable,
                          RufChainReport  *report,
                          GError         **error)
{
  Link link = { 0 };

  *report = (RufChainReport) { 0 };
  if (!walk (db, &link, cancellable, report, error))
    return FALSE;
  if (report->problem == NULL && !check_end (db, &link, report, error))
    return FALSE;
  return report->problem != NULL || check_wordings (db, report, error);
}

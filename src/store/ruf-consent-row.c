/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Rows of consent_events and consent_states, read back into what core/ knows.
 */

#include "config.h"

#include "ruf-consent-row.h"

#include <string.h>

/* NULL where it has not that many bytes. */
static const guint8 *
get_bytes (RufStmt *stmt,
           int      column,
           gsize    wanted)
{
  gsize size;
  const guint8 *bytes = ruf_stmt_get_blob (stmt, column, &size);

  return size == wanted ? bytes : NULL;
}

gboolean
ruf_consent_row_read (RufStmt         *stmt,
                      RufConsentEvent *event)
{
  *event = (RufConsentEvent) {
    .seq = ruf_stmt_get_int (stmt, 0),
    .event_id = ruf_stmt_get_text (stmt, 1),
    .point_id = ruf_stmt_get_int (stmt, 5),
    .address = ruf_stmt_get_text (stmt, 6),
    .purpose = ruf_stmt_get_text (stmt, 8),
    .source = ruf_stmt_get_text (stmt, 10),
    .wording = ruf_stmt_get_text (stmt, 11),
    .wording_sha256 = ruf_stmt_get_text (stmt, 12),
    .occurred_at = ruf_stmt_get_int (stmt, 13),
    .occurred_text = ruf_stmt_get_text (stmt, 14),
    .text = ruf_stmt_get_text (stmt, 15),
    .recorded_at = ruf_stmt_get_int (stmt, 16),
    .import_id = ruf_stmt_get_int (stmt, 17),
    .evidence_sha256 = ruf_stmt_get_text (stmt, 18),
    .rule = ruf_stmt_get_int (stmt, 19),
    .salt = get_bytes (stmt, 20, RUF_CONSENT_SALT_SIZE),
    .sealed = get_bytes (stmt, 21, RUF_CONSENT_SEAL_SIZE),
    .retracted_by = ruf_stmt_get_int (stmt, 22),
  };

  return ruf_consent_event_type_from_string (ruf_stmt_get_text (stmt, 4), &event->type) &&
         ruf_channel_from_string (ruf_stmt_get_text (stmt, 7), &event->channel) &&
         ruf_consent_method_from_string (ruf_stmt_get_text (stmt, 9), &event->method);
}

void
ruf_consent_row_read_state (RufStmt         *stmt,
                            int              first_column,
                            RufConsentState *state)
{
  *state = (RufConsentState) {
    .e0_at = ruf_stmt_get_int (stmt, first_column),
    .requested_at = ruf_stmt_get_int (stmt, first_column + 1),
    .e1_at = ruf_stmt_get_int (stmt, first_column + 2),
    .e2_at = ruf_stmt_get_int (stmt, first_column + 3),
    .e3_at = ruf_stmt_get_int (stmt, first_column + 4),
    .stop_at = ruf_stmt_get_int (stmt, first_column + 5),
    .objection_at = ruf_stmt_get_int (stmt, first_column + 6),
    .expired_at = ruf_stmt_get_int (stmt, first_column + 7),
  };
}

/* Reads all purposes of the channel, mostly one: an IN makes SQLite fill a table of its own first,
 * which was an eighth of a large import. */
gboolean
ruf_consent_row_load_states (RufDb             *db,
                             gint64             point_id,
                             const char        *channel,
                             const char        *purpose,
                             RufConsentStates  *states,
                             GError           **error)
{
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db,
                    "SELECT purpose," RUF_CONSENT_STATE_COLUMNS "FROM consent_states "
                    "WHERE point_id = ?1 AND channel = ?2", error);
  GError *local_error = NULL;

  *states = (RufConsentStates) { 0 };
  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_int (stmt, 1, point_id);
  ruf_stmt_bind_text (stmt, 2, channel);
  while (ruf_stmt_step (stmt, &local_error))
    {
      const char *found = ruf_stmt_get_text (stmt, 0);

      if (strcmp (found, RUF_PURPOSE_ALL) == 0)
        ruf_consent_row_read_state (stmt, 1, &states->all);
      if (strcmp (found, purpose) != 0)
        continue;
      ruf_consent_row_read_state (stmt, 1, &states->own);
      states->stored = TRUE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

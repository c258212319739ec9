/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-consent.h"
#include "ruf-db.h"

G_BEGIN_DECLS

/* The event that took @e back with its import: later in the log, of the same stream. */
#define RUF_CONSENT_RETRACTED_BY(e) \
  " (SELECT min (t.seq) FROM consent_events t WHERE t.type = 'retracted' AND" \
  " t.point_id = " e ".point_id AND t.import_id = " e ".import_id AND" \
  " t.channel = " e ".channel AND t.purpose = " e ".purpose AND t.seq > " e ".seq) "

/* The columns that ruf_consent_row_read() and ruf_consent_row_read_state() expect. */
#define RUF_CONSENT_ROW_COLUMNS \
  " e.seq, e.event_id, e.prev_hash, e.hash, e.type, e.point_id, e.address, e.channel," \
  " e.purpose, e.method, e.source, w.text, w.sha256, e.occurred_at, e.occurred_text, e.text," \
  " e.recorded_at, e.import_id, e.evidence_sha256, e.rule, e.salt, e.sealed," \
  " iif (e.import_id IS NULL, NULL," RUF_CONSENT_RETRACTED_BY ("e") ") "
#define RUF_CONSENT_ROW_TABLES \
  " consent_events e LEFT JOIN wordings w ON w.id = e.wording_id "
#define RUF_CONSENT_STATE_COLUMNS \
  " e0_at, requested_at, e1_at, e2_at, e3_at, stop_at, objection_at, expired_at "

/* Strings are borrowed until the next step. FALSE where a word is none of ours. */
gboolean ruf_consent_row_read (RufStmt         *stmt,
                               RufConsentEvent *event);
void ruf_consent_row_read_state (RufStmt         *stmt,
                                 int              first_column,
                                 RufConsentState *state);

/* A stream of a point on a channel, and the channel's own. */
typedef struct
{
  RufConsentState own;
  RufConsentState all;
  gboolean        stored;   /* own has a row */
} RufConsentStates;

/* All zeros where there is nothing. */
gboolean ruf_consent_row_load_states (RufDb             *db,
                                      gint64             point_id,
                                      const char        *channel,
                                      const char        *purpose,
                                      RufConsentStates  *states,
                                      GError           **error);

G_END_DECLS

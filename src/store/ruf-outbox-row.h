/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-outbox-table.h"

G_BEGIN_DECLS

/* How the files of the outbox read its rows; not for other rooms. */
#define RUF_OUTBOX_ROW_COLUMNS \
  "SELECT o.id, o.person_id, o.point_id, p.name, c.address, o.status, o.reason, o.error_code," \
  " o.message_id, o.changed_at " \
  "FROM outbox o LEFT JOIN people p ON p.id = o.person_id " \
  "LEFT JOIN contact_points c ON c.id = o.point_id "

/* Status and level of the consent behind a row now; joins outbox o and runs r (I1). */
#define RUF_OUTBOX_CONSENT_STATUS \
  "coalesce ((SELECT s.status FROM consent_states s WHERE s.point_id = o.point_id AND" \
  " s.channel = r.channel AND s.purpose = r.purpose)," \
  " (SELECT s.status FROM consent_states s WHERE s.point_id = o.point_id AND" \
  " s.channel = r.channel AND s.purpose = '*'))"
#define RUF_OUTBOX_CONSENT_LEVEL \
  "coalesce ((SELECT s.level FROM consent_states s WHERE s.point_id = o.point_id AND" \
  " s.channel = r.channel AND s.purpose = r.purpose)," \
  " (SELECT s.level FROM consent_states s WHERE s.point_id = o.point_id AND" \
  " s.channel = r.channel AND s.purpose = '*'))"
/* The reason why status and level are not enough; NULL where they are. */
#define RUF_OUTBOX_REASON(status, level, floor) \
  "CASE WHEN " status " = 'suppressed' THEN 'suppressed'" \
  " WHEN " status " = 'withdrawn' THEN 'opted-out'" \
  " WHEN " status " = 'active' THEN iif (" level " >= " floor ", NULL, 'level-too-low')" \
  " ELSE 'no-consent' END"

RufOutboxRow *ruf_outbox_row_read     (RufStmt *stmt);
GPtrArray    *ruf_outbox_rows_read    (RufStmt *stmt, GError **error);
GArray       *ruf_exclude_counts_read (RufStmt *stmt, GError **error);
/* Moves a row that has just got its message id by the receipts that came before it. */
gboolean      ruf_receipts_replay     (RufDb *db, gint64 row_id, gint64 now, GError **error);

G_END_DECLS

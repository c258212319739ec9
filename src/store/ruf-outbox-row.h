/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-outbox-table.h"

G_BEGIN_DECLS

/* How the files of the outbox read its rows; not for other rooms. */

/* A message's name: history brings its own, ours follows from run and row. */
#define RUF_OUTBOX_MESSAGE_ID "coalesce (o.message_id, r.batch_id || '-' || o.id)"
/* The rows of attempts that are not settled; written like this an index finds them. */
#define RUF_OUTBOX_OPEN "status IN ('sending', 'unknown')"

/* How far the log of consent is: what an attempt notes of what it was checked against (I1). */
#define RUF_OUTBOX_CONSENT_SEQ "(SELECT coalesce (max (seq), 0) FROM consent_events)"

#define RUF_OUTBOX_ROW_COLUMNS \
  "SELECT o.id, o.person_id, o.point_id, p.name, c.address, o.status, o.reason, o.error_code," \
  " iif (o.status IN ('queued', 'excluded', 'expired'), NULL, " RUF_OUTBOX_MESSAGE_ID ")," \
  " o.changed_at " \
  "FROM outbox o JOIN runs r ON r.id = o.run_id LEFT JOIN people p ON p.id = o.person_id " \
  "LEFT JOIN contact_points c ON c.id = o.point_id "

/* The consent behind a row now (I1): joins outbox o and runs r. A purpose without events of
 * its own takes what holds for the whole channel. */
#define RUF_OUTBOX_CONSENT_JOIN \
  "LEFT JOIN consent_states s ON s.point_id = o.point_id AND s.channel = r.channel AND" \
  " s.purpose = r.purpose "
#define RUF_OUTBOX_CONSENT_STATUS \
  "coalesce (s.status, (SELECT t.status FROM consent_states t WHERE t.point_id = o.point_id AND" \
  " t.channel = r.channel AND t.purpose = '*'))"
#define RUF_OUTBOX_CONSENT_LEVEL \
  "coalesce (s.level, (SELECT t.level FROM consent_states t WHERE t.point_id = o.point_id AND" \
  " t.channel = r.channel AND t.purpose = '*'))"
/* Whether an answer from @point on @channel may say stop and nobody has read it yet: the person
 * is held until somebody has. */
#define RUF_OUTBOX_HELD(point, channel) \
  "EXISTS (SELECT 1 FROM replies y WHERE y.point_id = " point " AND y.channel = " channel \
  " AND y.kind = 'review' AND y.handled = 0)"
/* NULL where the row may go. The common case first: it is one comparison, and answers are few. */
#define RUF_OUTBOX_REASON_NOW \
  "CASE WHEN s.status = 'active' AND s.level >= r.floor AND NOT " \
  RUF_OUTBOX_HELD ("o.point_id", "r.channel") " THEN NULL ELSE " \
  RUF_OUTBOX_REASON (RUF_OUTBOX_CONSENT_STATUS, RUF_OUTBOX_CONSENT_LEVEL, "r.floor", \
                     RUF_OUTBOX_HELD ("o.point_id", "r.channel")) " END"
/* The reason why status and level are not enough; NULL where they are. Who is said to have
 * agreed lacks the proof; of the others nobody says so. */
#define RUF_OUTBOX_REASON(status, level, floor, held) \
  "CASE WHEN " status " = 'suppressed' THEN 'suppressed'" \
  " WHEN " status " = 'withdrawn' THEN 'opted-out'" \
  " WHEN " status " IN ('active', 'unproven') THEN" \
  " CASE WHEN " level " < " floor " THEN 'level-too-low' WHEN " held " THEN 'in-review' END" \
  " ELSE 'no-consent' END"

/* Counts a run's rows anew; from then on the trigger keeps the figures (I6, I8). */
gboolean      ruf_outbox_count_rows   (RufDb *db, gint64 run_id, GError **error);
/* Calls @func for the rows of id, message id, address and what a text can name. */
gboolean      ruf_handover_each       (RufStmt          *stmt,
                                       RufHandoverFunc   func,
                                       gpointer          data,
                                       GError          **error);
/* Leaves out who waits without consent that is valid now. */
gboolean      ruf_outbox_exclude_invalid (RufDb    *db,
                                          gint64    run_id,
                                          gint64    now,
                                          gint64   *rows,
                                          GError  **error);
RufOutboxRow *ruf_outbox_row_read     (RufStmt *stmt);
GPtrArray    *ruf_outbox_rows_read    (RufStmt *stmt, GError **error);
GArray       *ruf_exclude_counts_read (RufStmt *stmt, GError **error);
/* Moves a row that has just got its message id by the receipts that came before it. */
gboolean      ruf_receipts_replay     (RufDb *db, gint64 row_id, gint64 now, GError **error);

G_END_DECLS

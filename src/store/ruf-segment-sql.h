/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"
#include "ruf-segment.h"

G_BEGIN_DECLS

/* A segment as a condition on "people p": constant fragments with numbered parameters. */
typedef struct
{
  GString   *where;
  GPtrArray *values;    /* GVariant: string or int64, for parameters from 1 */
} RufSegmentSql;

RufSegmentSql *ruf_segment_sql_new  (RufDb *db, const RufSegment *segment, GError **error);
void           ruf_segment_sql_free (RufSegmentSql *self);
void           ruf_segment_sql_bind (RufSegmentSql *self, RufStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufSegmentSql, ruf_segment_sql_free)

G_END_DECLS

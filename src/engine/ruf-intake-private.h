/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"
#include "ruf-intake.h"
#include "ruf-receipt-reader.h"

G_BEGIN_DECLS

/* What the files of the intake share; not for others. */

/* A part of a file on its way into the store, and what becomes of it. */
typedef struct _RufIntakeBatch RufIntakeBatch;

/* Takes one record of the file in. */
typedef gboolean (*RufIntakeAdd) (RufDb           *db,
                                  gpointer         record,
                                  RufIntakeBatch  *batch,
                                  GError         **error);

struct _RufIntakeBatch
{
  RufIntakeAdd  add;
  GPtrArray    *records;       /* of the whole file */
  guint         first;
  guint         end;
  gint64        now;
  gint64        backend_id;
  const char   *cursor;        /* of a backend, or NULL */
  GHashTable   *campaigns;     /* of history, by name; see ruf-intake-past.c */
  RufIntake    *out;
};

void     ruf_intake_begin  (RufIntake       *out,
                            RufRecordFile   *file);
void     ruf_intake_reject (RufIntake       *out,
                            guint            row,
                            const char      *column,
                            RufRejectReason  reason,
                            const char      *value);
gboolean ruf_intake_write  (RufContext      *context,
                            RufIntakeBatch  *batch,
                            RufIntakeAdd     add,
                            GPtrArray       *records,
                            GCancellable    *cancellable,
                            GError         **error);

gboolean ruf_intake_is_opt_out           (const char  *error_code);
gboolean ruf_intake_withdraw_by_platform (RufDb       *db,
                                          const char  *error_code,
                                          gint64       at,
                                          gint64       point_id,
                                          RufChannel   channel,
                                          gint64       now,
                                          RufIntake   *out,
                                          GError     **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-import-row.h"
#include "ruf-import-table.h"
#include "ruf-importer.h"

G_BEGIN_DECLS

/**
 * RufImportLedger:
 * Writes judged rows to the store, in one transaction, and keeps the books: who was met
 * already in this file, what was not taken, how many of each.
 */
typedef struct _RufImportLedger RufImportLedger;

RufImportLedger *ruf_import_ledger_new           (RufImportRecord  *record,
                                                  gint64            now,
                                                  const char       *rejects_path,
                                                  GError          **error);
void             ruf_import_ledger_free          (RufImportLedger  *self);
gboolean         ruf_import_ledger_begin         (RufImportLedger  *self,
                                                  RufDb            *db,
                                                  GError          **error);
gboolean         ruf_import_ledger_write         (RufImportLedger  *self,
                                                  RufDb            *db,
                                                  RufImportRow     *row,
                                                  GError          **error);
gboolean         ruf_import_ledger_finish        (RufImportLedger  *self,
                                                  RufDb            *db,
                                                  GError          **error);
GPtrArray       *ruf_import_ledger_get_rejects   (RufImportLedger  *self);
GPtrArray       *ruf_import_ledger_get_proposals (RufImportLedger  *self);
GArray          *ruf_import_ledger_get_unproven  (RufImportLedger  *self);
const RufImportProof *ruf_import_ledger_get_proof (RufImportLedger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufImportLedger, ruf_import_ledger_free)

G_END_DECLS

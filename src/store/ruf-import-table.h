/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

/* What one import did. Owned strings. */
typedef struct
{
  gint64  id;
  char   *file_name;     /* base name */
  char   *sha256;
  char   *format;
  char   *encoding;
  char   *origin;        /* where the addresses come from, or NULL */
  gint64  started_at;
  gint64  finished_at;   /* 0 = was cut off; what its transactions finished is there */
  gint64  undone_at;     /* 0 = stands */
  gint64  rows, people, n_new, n_updated, n_unchanged, n_duplicates, n_consents, n_rejected;
} RufImportRecord;

void       ruf_import_record_free   (RufImportRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufImportRecord, ruf_import_record_free)

gboolean ruf_import_table_begin (RufDb                  *db,
                                 const RufImportRecord  *record,
                                 gint64                 *id,
                                 GError                **error);
/* by id */
gboolean ruf_import_table_finish (RufDb                  *db,
                                  const RufImportRecord  *record,
                                  GError                **error);
GPtrArray *ruf_import_table_list (RufDb   *db,
                                  GError **error);   /* newest first */

/* Settings of the database (not of the window): floors, default region, purposes. */
/* NULL without error = not set */
char *ruf_setting_get (RufDb       *db,
                       const char  *key,
                       GError     **error);
gboolean ruf_setting_set (RufDb       *db,
                          const char  *key,
                          const char  *value,
                          GError     **error);

G_END_DECLS

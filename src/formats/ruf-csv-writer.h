/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RUF_CSV_HUMAN,     /* UTF-8 with BOM, CRLF, ';', all quoted, formula guard (') */
  RUF_CSV_MACHINE,   /* UTF-8, LF, ',', quoted where RFC 4180 needs it, byte-exact */
} RufCsvProfile;

typedef struct _RufCsvWriter RufCsvWriter;

/* Writes to a new file beside @path and puts it in place on _close: half-done work is never
 * visible. Mode 0600. */
RufCsvWriter *ruf_csv_writer_open  (const char          *path,
                                    RufCsvProfile        profile,
                                    GError             **error);
gboolean      ruf_csv_writer_row   (RufCsvWriter        *self,
                                    const char * const  *fields,
                                    GError             **error);
/* @sha256: where to put the hex digest of the file, or NULL. Always frees @self's file. */
gboolean      ruf_csv_writer_close (RufCsvWriter        *self,
                                    char               **sha256,
                                    GError             **error);
void          ruf_csv_writer_free  (RufCsvWriter        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCsvWriter, ruf_csv_writer_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-text-stream.h"

G_BEGIN_DECLS

typedef struct _RufCsvReader RufCsvReader;

/**
 * RufCsvRow:
 * One record. Fields are UTF-8, NUL-terminated, valid until the next call.
 */
typedef struct
{
  guint        line;        /* where the record starts, from 1 */
  guint        n_fields;
  const char **fields;      /* n_fields strings, then NULL */
  gboolean     unterminated;/* the file ended inside a quoted field */
  gboolean     had_nul;     /* a NUL byte was replaced by U+FFFD */
  gboolean     too_long;    /* a cell was longer than 1 MB and cut */
  gboolean     blank;       /* no field holds anything but white space */
} RufCsvRow;

/* Finds `sep=`, delimiter (; , TAB) and record ends (CR, LF, CRLF). @delimiter: force one, or 0. */
RufCsvReader *ruf_csv_reader_open          (const char      *path,
                                            const char      *encoding,
                                            char             delimiter,
                                            GError         **error);
void          ruf_csv_reader_free          (RufCsvReader    *self);
const char   *ruf_csv_reader_get_encoding  (RufCsvReader    *self);
char          ruf_csv_reader_get_delimiter (RufCsvReader    *self);
goffset       ruf_csv_reader_get_size      (RufCsvReader    *self);
goffset       ruf_csv_reader_get_position  (RufCsvReader    *self);
/* The next record, or NULL at the end and on error. */
const RufCsvRow *ruf_csv_reader_next       (RufCsvReader    *self,
                                            GCancellable    *cancellable,
                                            GError         **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCsvReader, ruf_csv_reader_free)

G_END_DECLS

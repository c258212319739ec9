/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RUF_BATCH_JSONL,
  RUF_BATCH_CSV,         /* machine profile */
  RUF_BATCH_CSV_HUMAN,   /* spreadsheet profile, German headers where the locale is German */
} RufBatchFormat;

gboolean ruf_batch_format_from_string (const char     *text,     /* "jsonl" "csv" "csv-human" */
                                       RufBatchFormat *out);

/* What a batch is about; goes into the manifest beside the file (FILE.manifest.json). Borrowed. */
typedef struct
{
  const char *batch_id;
  const char *campaign;
  const char *channel;
  const char *purpose;
  gint64      send_at;      /* UTC µs */
  gint64      expires_at;   /* UTC µs, 0 = none */
} RufBatchInfo;

/* One message of a batch. Borrowed strings. */
typedef struct
{
  const char *message_id;
  const char *to;           /* normalised address */
  const char *name;         /* display name; human profile only */
  const char *text;         /* rendered */
} RufBatchMessage;

typedef struct _RufBatchWriter RufBatchWriter;

RufBatchWriter *ruf_batch_writer_open  (const char             *path,
                                        RufBatchFormat          format,
                                        const RufBatchInfo     *info,
                                        GError                **error);
gboolean        ruf_batch_writer_add   (RufBatchWriter         *self,
                                        const RufBatchMessage  *message,
                                        GError                **error);
/* Puts file and manifest in place. @sha256: hex, owned by the caller. */
gboolean        ruf_batch_writer_close (RufBatchWriter         *self,
                                        char                  **sha256,
                                        GError                **error);
void            ruf_batch_writer_free  (RufBatchWriter         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufBatchWriter, ruf_batch_writer_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RufTextStream:
 * A file as UTF-8 text, whatever it was written in; streams, so that a file may be
 * larger than memory. Detection: BOM, else valid UTF-8, else Windows-1252.
 */
typedef struct _RufTextStream RufTextStream;

/* A directory, an unreadable or an empty file is an error that names it. @encoding: force
 * one, or NULL to detect. */
RufTextStream *ruf_text_stream_open         (const char     *path,
                                             const char     *encoding,
                                             GError        **error);
void           ruf_text_stream_free         (RufTextStream  *self);
void           ruf_text_stream_keep_bytes   (RufTextStream  *self);
const char    *ruf_text_stream_get_encoding (RufTextStream  *self);
gboolean       ruf_text_stream_is_converted (RufTextStream  *self);
gboolean       ruf_text_stream_get_bom      (RufTextStream  *self);
goffset        ruf_text_stream_get_size     (RufTextStream  *self);   /* bytes of the file */
goffset        ruf_text_stream_get_position (RufTextStream  *self);
/* Fills @buffer; returns bytes, 0 at the end, -1 on error. */
gssize         ruf_text_stream_read         (RufTextStream  *self,
                                             char           *buffer,
                                             gsize           size,
                                             GCancellable   *cancellable,
                                             GError        **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufTextStream, ruf_text_stream_free)

/* SHA-256 of the file's bytes, as hex. */
char *ruf_file_get_sha256 (const char *path, GError **error);

G_END_DECLS

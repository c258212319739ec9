/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RufOutputFile:
 * A file that appears whole or not at all: written beside its place, mode 0600, and
 * renamed when it is complete. Something that is no regular file (a pipe, a device) is
 * written to directly.
 */
typedef struct _RufOutputFile RufOutputFile;

RufOutputFile *ruf_output_file_open  (const char      *path,
                                      GError         **error);
gboolean       ruf_output_file_write (RufOutputFile   *self,
                                      const char      *data,
                                      gsize            size,
                                      GError         **error);
gboolean       ruf_output_file_close (RufOutputFile   *self,
                                      char           **sha256,
                                      GError         **error);
void           ruf_output_file_free  (RufOutputFile   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufOutputFile, ruf_output_file_free)

G_END_DECLS

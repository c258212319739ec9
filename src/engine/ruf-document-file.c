/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages on their way to the disk. */

#include "config.h"

#include "ruf-document-file.h"

#include "ruf-output-file.h"

/**
 * ruf_document_file_put:
 * @path: where the file shall be
 * @bytes: all of it
 * @error: return location; IO, FULL
 *
 * Puts a file in place, whole or not at all, readable for its owner alone.
 *
 * Returns: whether it is there now
 */
gboolean
ruf_document_file_put (const char  *path,
                       GBytes      *bytes,
                       GError     **error)
{
  g_autoptr (RufOutputFile) file = ruf_output_file_open (path, error);

  return file != NULL &&
         ruf_output_file_write (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                error) &&
         ruf_output_file_close (file, NULL, error);
}

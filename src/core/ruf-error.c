/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ruf-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (ruf-error-quark, ruf_error)

/**
 * ruf_error_set_unwritable:
 * @error: return location
 * @path: the file that was to be written
 * @code: errno of what failed
 *
 * Says in the same words everywhere why a file could not be written, and what to do next:
 * %RUF_ERROR_FULL, %RUF_ERROR_EXISTS or %RUF_ERROR_IO.
 */
void
ruf_error_set_unwritable (GError     **error,
                          const char  *path,
                          int          code)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *folder = g_path_get_dirname (name);

  if (code == ENOSPC || code == EDQUOT)
    g_set_error (error, RUF_ERROR, RUF_ERROR_FULL,
                 _("There is no room left on the disk for “%s”. Make room or choose another "
                   "folder; nothing was written."), name);
  else if (code == EEXIST)
    g_set_error (error, RUF_ERROR, RUF_ERROR_EXISTS,
                 _("“%s” is there already. Choose another name."), name);
  else if (code == EISDIR)
    g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                 _("“%s” is a folder. Name a file in it."), name);
  else if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                 _("There is no folder “%s”. Make it first, or choose another one."), folder);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                 _("“%s” cannot be written: %s. Choose a folder that belongs to you."), name,
                 g_strerror (code));
}

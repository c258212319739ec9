/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One byte of a file beside the database stands for each run. An open-file-description lock
 * on it keeps out other processes and other jobs of this one alike.
 */

/* For F_OFD_SETLK. */
#define _GNU_SOURCE

#include "config.h"

#include "ruf-run-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ruf-error.h"

struct _RufRunLock
{
  int fd;
};

static void
set_lock_error (const char  *path,
                int          code,
                GError     **error)
{
  if (code == EAGAIN || code == EACCES)
    g_set_error_literal (error, RUF_ERROR, RUF_ERROR_BUSY,
                         _("This run is on its way already, in another window or program. "
                           "Wait until it is done there."));
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                 _("The file “%s” beside the database cannot be written: %s. "
                   "Check that it and its folder belong to you."), path, g_strerror (code));
}

/**
 * ruf_run_lock_take:
 * @database: the database's file
 * @run_id: a run
 * @error: return location; BUSY where somebody else holds it
 *
 * Returns: (transfer full) (nullable): the lock; free it to let go
 */
RufRunLock *
ruf_run_lock_take (const char  *database,
                   gint64       run_id,
                   GError     **error)
{
  g_autofree char *path = g_strconcat (database, ".runs.lock", NULL);
  struct flock byte = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = run_id, .l_len = 1 };
  RufRunLock *self;
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  int code;

  if (fd < 0 || fcntl (fd, F_OFD_SETLK, &byte) != 0)
    {
      code = errno;
      if (fd >= 0)
        g_close (fd, NULL);
      set_lock_error (path, code, error);
      return NULL;
    }

  self = g_new0 (RufRunLock, 1);
  self->fd = fd;
  return self;
}

/**
 * ruf_run_lock_free:
 * @self: (transfer full): a lock
 *
 * Lets go.
 */
void
ruf_run_lock_free (RufRunLock *self)
{
  g_close (self->fd, NULL);
  g_free (self);
}

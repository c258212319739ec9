/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Temporary file, checksum, fsync, rename: written once for every writer. */

#include "config.h"

#include "ruf-output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ruf-error.h"

#define BUFFER_SIZE (128 * 1024)

struct _RufOutputFile
{
  char      *path;
  char      *temporary;   /* NULL where @path is written to directly */
  int        fd;
  GString   *buffer;
  GChecksum *checksum;
};

static gboolean
fail (RufOutputFile *self,
      int            code,
      GError       **error)
{
  ruf_error_set_unwritable (error, self->path, code);
  return FALSE;
}

static gboolean
flush_buffer (RufOutputFile *self,
              GError       **error)
{
  gsize done = 0;

  g_checksum_update (self->checksum, (const guchar *) self->buffer->str, self->buffer->len);
  while (done < self->buffer->len)
    {
      gssize got = write (self->fd, self->buffer->str + done, self->buffer->len - done);

      if (got < 0 && errno != EINTR)
        return fail (self, errno, error);
      done += MAX (got, 0);
    }
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

static gboolean
open_directly (RufOutputFile *self,
               GError       **error)
{
  self->fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0600);
  return self->fd >= 0 || fail (self, errno, error);
}

static gboolean
open_beside (RufOutputFile *self,
             GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *hidden = g_strconcat (".", name, ".XXXXXX", NULL);
  g_autofree char *temporary = g_build_filename (folder, hidden, NULL);

  self->fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd < 0)
    return fail (self, errno, error);
  self->temporary = g_steal_pointer (&temporary);
  return TRUE;
}

/**
 * ruf_output_file_open:
 * @path: where the file shall be
 *
 * Starts a file. What stands at @path stays as it is until ruf_output_file_close(); a link
 * is followed.
 *
 * Errors: %RUF_ERROR_IO, %RUF_ERROR_FULL.
 *
 * Returns: (transfer full): the file, or %NULL
 */
RufOutputFile *
ruf_output_file_open (const char  *path,
                      GError     **error)
{
  g_autoptr (RufOutputFile) self = g_new0 (RufOutputFile, 1);
  struct stat info;
  gboolean there;
  char *real;

  g_return_val_if_fail (path != NULL, NULL);

  real = realpath (path, NULL);
  self->path = g_strdup (real != NULL ? real : path);
  free (real);
  self->fd = -1;
  self->buffer = g_string_sized_new (BUFFER_SIZE);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  there = g_stat (self->path, &info) == 0;
  if (there && S_ISDIR (info.st_mode))
    {
      fail (self, EISDIR, error);
      return NULL;
    }
  if (there && !S_ISREG (info.st_mode))
    return open_directly (self, error) ? g_steal_pointer (&self) : NULL;
  return open_beside (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * ruf_output_file_write:
 * @self: a file
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Appends to the file.
 *
 * Errors: %RUF_ERROR_FULL, %RUF_ERROR_IO.
 *
 * Returns: whether that worked
 */
gboolean
ruf_output_file_write (RufOutputFile  *self,
                       const char     *data,
                       gsize           size,
                       GError        **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  g_string_append_len (self->buffer, data, size);
  return self->buffer->len < BUFFER_SIZE || flush_buffer (self, error);
}

static gboolean
close_fd (RufOutputFile *self,
          GError       **error)
{
  int fd = self->fd;

  self->fd = -1;
  return close (fd) == 0 || fail (self, errno, error);
}

/**
 * ruf_output_file_close:
 * @self: a file
 * @sha256: (out) (optional): SHA-256 of the bytes as 64 hex digits
 *
 * Puts the file in place, safe on the disk. On error nothing is left behind.
 *
 * Errors: %RUF_ERROR_FULL, %RUF_ERROR_IO.
 *
 * Returns: whether the file is there now
 */
gboolean
ruf_output_file_close (RufOutputFile  *self,
                       char          **sha256,
                       GError        **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  if (!flush_buffer (self, error))
    return FALSE;
  if (self->temporary != NULL && fsync (self->fd) < 0)
    return fail (self, errno, error);
  if (!close_fd (self, error))
    return FALSE;
  if (self->temporary != NULL && g_rename (self->temporary, self->path) < 0)
    return fail (self, errno, error);
  g_clear_pointer (&self->temporary, g_free);
  if (sha256 != NULL)
    *sha256 = g_strdup (g_checksum_get_string (self->checksum));
  return TRUE;
}

/**
 * ruf_output_file_free:
 * @self: (nullable): a file
 *
 * Frees the file; where it was not closed, nothing is left behind.
 */
void
ruf_output_file_free (RufOutputFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_string_free (self->buffer, TRUE);
  g_checksum_free (self->checksum);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

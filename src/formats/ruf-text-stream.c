/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes of a file, read in blocks and handed out as UTF-8. */

#include "config.h"

#include "ruf-text-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ruf-error.h"

#define BLOCK_SIZE (256 * 1024)
#define HEAD_SIZE 4096
#define REPLACEMENT "\xef\xbf\xbd"

struct _RufTextStream
{
  char       *path;
  const char *encoding;
  int         fd;
  struct stat info;        /* of the file as it was when it was opened */
  gboolean    bom;
  goffset     size;
  goffset     position;
  GIConv      iconv;       /* (GIConv) -1 where the bytes are UTF-8 already */
  gsize       unit;        /* bytes of one code unit */
  guint8     *block;       /* bytes that wait to be converted */
  gsize       block_start;
  gsize       block_end;
  gboolean    at_end;
};

/* Accepts UTF-8 (RFC 3629) block by block; NUL is a character like any other. */
typedef struct
{
  guint  rest;    /* continuation bytes still to come */
  guint8 low;     /* bounds of the next one */
  guint8 high;
} Utf8Check;

static gboolean
utf8_check_lead (Utf8Check *check,
                 guint8     byte)
{
  check->low = 0x80;
  check->high = 0xbf;
  if (byte >= 0xc2 && byte <= 0xdf)
    check->rest = 1;
  else if (byte >= 0xe0 && byte <= 0xef)
    check->rest = 2;
  else if (byte >= 0xf0 && byte <= 0xf4)
    check->rest = 3;
  else
    return FALSE;
  if (byte == 0xe0)
    check->low = 0xa0;
  else if (byte == 0xed)
    check->high = 0x9f;
  else if (byte == 0xf0)
    check->low = 0x90;
  else if (byte == 0xf4)
    check->high = 0x8f;
  return TRUE;
}

static gsize
skip_ascii (const guint8 *data,
            gsize         size)
{
  gsize i = 0;
  guint64 word;

  for (; i + sizeof word <= size; i += sizeof word)
    {
      memcpy (&word, data + i, sizeof word);
      if (word & G_GUINT64_CONSTANT (0x8080808080808080))
        break;
    }
  while (i < size && data[i] < 0x80)
    i++;
  return i;
}

static gboolean
utf8_check_block (Utf8Check    *check,
                  const guint8 *data,
                  gsize         size)
{
  for (gsize i = 0; i < size; i++)
    {
      if (check->rest == 0)
        {
          i += skip_ascii (data + i, size - i);
          if (i == size)
            return TRUE;
          if (!utf8_check_lead (check, data[i]))
            return FALSE;
          continue;
        }
      if (data[i] < check->low || data[i] > check->high)
        return FALSE;
      check->low = 0x80;
      check->high = 0xbf;
      check->rest--;
    }
  return TRUE;
}

static void
set_read_error (const char *path,
                int         code,
                GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, RUF_ERROR, code == ENOENT ? RUF_ERROR_NOT_FOUND : RUF_ERROR_IO,
               _("The file “%s” cannot be read: %s."), name, g_strerror (code));
}

static gssize
read_block (RufTextStream *self,
            guint8        *buffer,
            gsize          size,
            GError       **error)
{
  gssize got;

  do
    got = read (self->fd, buffer, size);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    set_read_error (self->path, errno, error);
  return got;
}

static gssize
read_head (RufTextStream *self,
           guint8        *head,
           GError       **error)
{
  gssize size = 0;

  while (size < HEAD_SIZE)
    {
      gssize got = read_block (self, head + size, HEAD_SIZE - size, error);

      if (got < 0)
        return -1;
      if (got == 0)
        break;
      size += got;
    }
  return size;
}

static gboolean
open_file (RufTextStream *self,
           GError       **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  self->fd = g_open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (self->fd < 0 || fstat (self->fd, &self->info) < 0)
    {
      set_read_error (self->path, errno, error);
      return FALSE;
    }
  if (S_ISDIR (self->info.st_mode))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” is a folder. Choose a file inside it."), name);
      return FALSE;
    }
  if (!S_ISREG (self->info.st_mode))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” is not a regular file. Save the data to a file first."), name);
      return FALSE;
    }
  if (self->info.st_size == 0)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID, _("The file “%s” is empty."), name);
      return FALSE;
    }
  self->size = self->info.st_size;
  return TRUE;
}

/* Files that are no text at all, by their first bytes. */
static const struct
{
  const char *magic;
  gsize       size;
} binaries[] = {
  { "PK\x03\x04", 4 },                            /* xlsx, ods, zip */
  { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 },      /* xls */
  { "%PDF-", 5 },
  { "\x1f\x8b", 2 },
  { "\x89PNG", 4 },
  { "\xff\xd8\xff", 3 },
  { "SQLite format 3", 16 },
  { "\x7f" "ELF", 4 },
};

static gboolean
is_binary (const guint8 *head,
           gsize         size)
{
  gsize odd = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (binaries); i++)
    if (size >= binaries[i].size && memcmp (head, binaries[i].magic, binaries[i].size) == 0)
      return TRUE;
  for (gsize i = 0; i < size; i++)
    odd += head[i] < 0x20 && strchr ("\t\n\v\f\r\x1a\x1b", head[i] ? head[i] : 1) == NULL;
  return odd > 8 && odd * 10 > size;
}

/* UTF-16 without a byte order mark: in Latin text every second byte is NUL. */
static const char *
guess_utf16 (const guint8 *head,
             gsize         size)
{
  gsize nul[2] = { 0, 0 };

  for (gsize i = 0; i < size; i++)
    nul[i & 1] += head[i] == 0;
  if (size >= 8 && nul[1] * 5 > size && nul[0] * 20 < size)
    return "utf-16le";
  if (size >= 8 && nul[0] * 5 > size && nul[1] * 20 < size)
    return "utf-16be";
  return NULL;
}

static gboolean
is_utf8 (RufTextStream *self,
         gboolean      *valid,
         GError       **error)
{
  Utf8Check check = { 0, 0x80, 0xbf };

  if (lseek (self->fd, 0, SEEK_SET) < 0)
    {
      set_read_error (self->path, errno, error);
      return FALSE;
    }
  *valid = TRUE;
  while (*valid)
    {
      gssize got = read_block (self, self->block, BLOCK_SIZE, error);

      if (got < 0)
        return FALSE;
      if (got == 0)
        break;
      *valid = utf8_check_block (&check, self->block, got);
    }
  *valid = *valid && check.rest == 0;
  return TRUE;
}

static gsize
detect_bom (const guint8 *head,
            gsize         size,
            const char  **encoding)
{
  if (size >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    return *encoding = "utf-8", 3;
  if (size >= 2 && memcmp (head, "\xff\xfe", 2) == 0)
    return *encoding = "utf-16le", 2;
  if (size >= 2 && memcmp (head, "\xfe\xff", 2) == 0)
    return *encoding = "utf-16be", 2;
  return 0;
}

/* A byte order mark is a promise about the file, not a proof: a file that is not the
 * UTF-8 it claims to be still goes through the converter, which marks what is broken. */
static gboolean
detect_encoding (RufTextStream *self,
                 gboolean      *checked,
                 GError       **error)
{
  guint8 head[HEAD_SIZE];
  gssize size = read_head (self, head, error);
  const char *marked = NULL;
  gsize bom;
  gboolean valid = FALSE;

  if (size < 0)
    return FALSE;
  bom = detect_bom (head, size, &marked);
  self->bom = bom > 0;
  if (self->encoding == NULL)
    self->encoding = marked != NULL ? marked : guess_utf16 (head, size);
  if (self->encoding == NULL && is_binary (head, size))
    {
      g_autofree char *name = g_filename_display_name (self->path);

      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” is not a text file. Save it as CSV in the program it comes from."),
                   name);
      return FALSE;
    }
  if (self->encoding == NULL || g_str_equal (self->encoding, "utf-8"))
    {
      if (!is_utf8 (self, &valid, error))
        return FALSE;
      if (self->encoding == NULL)
        self->encoding = valid ? "utf-8" : "windows-1252";
    }
  *checked = valid;
  if (lseek (self->fd, bom, SEEK_SET) < 0)
    {
      set_read_error (self->path, errno, error);
      return FALSE;
    }
  self->position = bom;
  return TRUE;
}

static gboolean
open_converter (RufTextStream *self,
                GError       **error)
{
  g_autofree char *name = g_ascii_strup (self->encoding, -1);

  self->unit = g_str_has_prefix (name, "UTF-16") ? 2 : 1;
  self->iconv = g_iconv_open ("UTF-8", name);
  if (self->iconv != (GIConv) -1)
    return TRUE;
  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("The character encoding “%s” is not known."), self->encoding);
  return FALSE;
}

static gboolean
is_same (const struct stat *one,
         const struct stat *other)
{
  return one->st_dev == other->st_dev && one->st_ino == other->st_ino
         && one->st_size == other->st_size && one->st_mtim.tv_sec == other->st_mtim.tv_sec
         && one->st_mtim.tv_nsec == other->st_mtim.tv_nsec;
}

/* What was read of a file that another program writes meanwhile is neither the old text nor the
 * new one. A file that is gone was whole until then. */
static gboolean
check_unchanged (RufTextStream *self,
                 GError       **error)
{
  g_autofree char *name = NULL;
  struct stat own, named;

  if (fstat (self->fd, &own) < 0)
    {
      set_read_error (self->path, errno, error);
      return FALSE;
    }
  if (is_same (&own, &self->info) && self->position <= self->size
      && (stat (self->path, &named) < 0 || is_same (&named, &self->info)))
    return TRUE;
  name = g_filename_display_name (self->path);
  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               _("The file “%s” changed while it was read. Try again once the other program has "
                 "saved it."), name);
  return FALSE;
}

/* Reads on; at the end, and where the file goes on behind its end, the file must still be the
 * one that was opened. */
static gssize
read_on (RufTextStream *self,
         guint8        *buffer,
         gsize          size,
         GError       **error)
{
  gssize got = read_block (self, buffer, size, error);

  if (got < 0)
    return -1;
  self->position += got;
  if ((got == 0 || self->position > self->size) && !check_unchanged (self, error))
    return -1;
  return got;
}

static gboolean
fill_block (RufTextStream *self,
            GError       **error)
{
  gsize left = self->block_end - self->block_start;
  gssize got;

  memmove (self->block, self->block + self->block_start, left);
  self->block_start = 0;
  self->block_end = left;
  got = read_on (self, self->block + left, BLOCK_SIZE - left, error);
  if (got < 0)
    return FALSE;
  self->at_end = got == 0;
  self->block_end += got;
  return TRUE;
}

/* Steps over bytes that mean nothing, leaving U+FFFD in their place. */
static gboolean
replace_unit (RufTextStream *self,
              char         **out,
              gsize         *room)
{
  gsize left = self->block_end - self->block_start;

  if (*room < strlen (REPLACEMENT))
    return FALSE;
  memcpy (*out, REPLACEMENT, strlen (REPLACEMENT));
  *out += strlen (REPLACEMENT);
  *room -= strlen (REPLACEMENT);
  self->block_start += MIN (self->unit, left);
  return TRUE;
}

static gssize
convert (RufTextStream *self,
         char          *buffer,
         gsize          size,
         GError       **error)
{
  char *out = buffer;
  gsize room = size;

  while (out == buffer)
    {
      char *in = (char *) self->block + self->block_start;
      gsize left = self->block_end - self->block_start;
      int code = 0;

      if (left > 0 && g_iconv (self->iconv, &in, &left, &out, &room) == (gsize) -1)
        code = errno;
      self->block_start = self->block_end - left;
      if (code == EILSEQ || (code == EINVAL && self->at_end))
        {
          if (!replace_unit (self, &out, &room))
            break;
        }
      else if (self->at_end && left == 0)
        break;
      else if (code != E2BIG && !fill_block (self, error))
        return -1;
    }
  return out - buffer;
}

/**
 * ruf_text_stream_open:
 * @path: a file
 * @encoding: (nullable): the encoding to read it in, in lower case, or %NULL to find out
 *
 * Opens a file as UTF-8 text, whatever it was written in.
 *
 * Without @encoding a byte order mark decides, then one pass over the bytes: valid
 * UTF-8 is "utf-8" (plain ASCII too), anything else "windows-1252", which is what German
 * spreadsheets write. Bytes that mean nothing become U+FFFD. Needs 256 KB, however large
 * the file is.
 *
 * Errors: %RUF_ERROR_NOT_FOUND; %RUF_ERROR_INVALID for a folder, an empty file, a file
 * that is no text; %RUF_ERROR_IO.
 *
 * Returns: (transfer full): a stream, or %NULL
 */
RufTextStream *
ruf_text_stream_open (const char  *path,
                      const char  *encoding,
                      GError     **error)
{
  g_autoptr (RufTextStream) self = g_new0 (RufTextStream, 1);
  gboolean is_plain = FALSE;

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->encoding = encoding != NULL ? g_intern_string (encoding) : NULL;
  self->iconv = (GIConv) -1;
  self->block = g_malloc (BLOCK_SIZE);
  if (!open_file (self, error) || !detect_encoding (self, &is_plain, error))
    return NULL;
  if (!is_plain && !open_converter (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ruf_text_stream_free:
 * @self: (nullable): a stream
 *
 * Closes the file.
 */
void
ruf_text_stream_free (RufTextStream *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->iconv != (GIConv) -1)
    g_iconv_close (self->iconv);
  g_free (self->block);
  g_free (self->path);
  g_free (self);
}

/**
 * ruf_text_stream_keep_bytes:
 * @self: a stream that has not been read
 *
 * Hands out the bytes of the file as they are, unless it is UTF-16: for files that state the
 * encoding of each value for itself.
 */
void
ruf_text_stream_keep_bytes (RufTextStream *self)
{
  g_return_if_fail (self != NULL);

  if (self->iconv == (GIConv) -1 || self->unit > 1)
    return;
  g_iconv_close (self->iconv);
  self->iconv = (GIConv) -1;
}

/**
 * ruf_text_stream_get_encoding:
 * @self: a stream
 *
 * Returns: what the file is written in: "utf-8", "utf-16le", "windows-1252"
 */
const char *
ruf_text_stream_get_encoding (RufTextStream *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->encoding;
}

/**
 * ruf_text_stream_is_converted:
 * @self: a stream
 *
 * Returns: whether what is read has become UTF-8 on the way; %FALSE where it is the bytes of
 *   the file
 */
gboolean
ruf_text_stream_is_converted (RufTextStream *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->iconv != (GIConv) -1;
}

/**
 * ruf_text_stream_get_bom:
 * @self: a stream
 *
 * Returns: whether the file begins with a byte order mark; it is no part of the text
 */
gboolean
ruf_text_stream_get_bom (RufTextStream *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->bom;
}

/**
 * ruf_text_stream_get_size:
 * @self: a stream
 *
 * Returns: bytes of the file when it was opened
 */
goffset
ruf_text_stream_get_size (RufTextStream *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->size;
}

/**
 * ruf_text_stream_get_position:
 * @self: a stream
 *
 * Returns: bytes of the file read so far, for progress
 */
goffset
ruf_text_stream_get_position (RufTextStream *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->position;
}

/**
 * ruf_text_stream_read:
 * @self: a stream
 * @buffer: (out caller-allocates) (array length=size): where the text goes
 * @size: room in @buffer, at least 8 bytes
 *
 * Reads the next piece of text. A character may be split between two calls.
 *
 * Errors: %RUF_ERROR_IO, also where the file has changed since it was opened;
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: bytes in @buffer, 0 at the end, -1 on error
 */
gssize
ruf_text_stream_read (RufTextStream *self,
                      char          *buffer,
                      gsize          size,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (self != NULL && buffer != NULL && size >= 8, -1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->iconv == (GIConv) -1)
    return read_on (self, (guint8 *) buffer, size, error);
  return convert (self, buffer, size, error);
}

/**
 * ruf_file_get_sha256:
 * @path: a file
 *
 * Errors: %RUF_ERROR_NOT_FOUND, %RUF_ERROR_IO.
 *
 * Returns: (transfer full): SHA-256 of the file's bytes as 64 hex digits, or %NULL
 */
char *
ruf_file_get_sha256 (const char  *path,
                     GError     **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  RufTextStream file = { .path = (char *) path };
  gssize got;

  g_return_val_if_fail (path != NULL, NULL);

  file.fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (file.fd < 0)
    {
      set_read_error (path, errno, error);
      return NULL;
    }
  while ((got = read_block (&file, block, BLOCK_SIZE, error)) > 0)
    g_checksum_update (checksum, block, got);
  close (file.fd);
  return got < 0 ? NULL : g_strdup (g_checksum_get_string (checksum));
}

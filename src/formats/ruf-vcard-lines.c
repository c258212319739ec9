/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Three things make one property out of several lines: a line that begins with white space goes
 * on the one before it; quoted-printable text ends a line with "=" where it goes on; and a head
 * may be folded like a value. What nobody needs, a picture of megabytes or a line without an end,
 * is stepped over block by block.
 */

#include "config.h"

#include "ruf-vcard-lines.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "ruf-text-stream.h"

#define BLOCK_SIZE (64 * 1024)
#define MAX_HEAD (8 * 1024)
#define SIGN "BEGIN:VCARD"
#define VERSION "VERSION:"

typedef enum
{
  STATE_HEAD,    /* before the colon */
  STATE_VALUE,
  STATE_WASTE,   /* in a value that nobody needs */
} State;

struct _RufVcardLines
{
  RufTextStream *stream;
  char          *block;
  gsize          start;
  gsize          end;
  gboolean       at_end;
  guint          line;        /* of the next byte */
  gboolean       old;         /* vCard 2.1 folds at white space and keeps it */
  State          state;
  gboolean       quoted;      /* inside quotes of the head */
  char           last;        /* byte of the value, to see a soft line break */
  GString       *head;
};

/* Whether the first text of a file is the sign, in whatever Unicode form it is written: byte
 * order marks and the NUL bytes of UTF-16 are stepped over. */
static gboolean
begins_with_sign (const guint8 *head,
                  gsize         size)
{
  gsize found = 0;

  for (gsize i = 0; i < size && found < strlen (SIGN); i++)
    {
      if (head[i] == 0 || (found == 0 && (head[i] >= 0x80 || g_ascii_isspace (head[i]))))
        continue;
      if (g_ascii_toupper (head[i]) != SIGN[found])
        return FALSE;
      found++;
    }
  return found == strlen (SIGN);
}

/**
 * ruf_vcard_lines_is_vcard:
 * @path: a file
 *
 * Looks at the first bytes of a file; its name does not matter.
 *
 * Returns: whether it holds vCards; %FALSE too where it cannot be read
 */
gboolean
ruf_vcard_lines_is_vcard (const char *path)
{
  guint8 head[512];
  gssize size;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0)
    return FALSE;
  size = read (fd, head, sizeof head);
  close (fd);
  return size > 0 && begins_with_sign (head, size);
}

/**
 * ruf_vcard_lines_open:
 * @path: a file
 *
 * Opens a file of vCards.
 *
 * Errors: those of ruf_text_stream_open().
 *
 * Returns: (transfer full): the lines before the first, or %NULL
 */
RufVcardLines *
ruf_vcard_lines_open (const char  *path,
                      GError     **error)
{
  g_autoptr (RufVcardLines) self = g_new0 (RufVcardLines, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->stream = ruf_text_stream_open (path, NULL, error);
  if (self->stream == NULL)
    return NULL;
  ruf_text_stream_keep_bytes (self->stream);
  self->block = g_malloc (BLOCK_SIZE);
  self->head = g_string_new (NULL);
  self->line = 1;
  return g_steal_pointer (&self);
}

/**
 * ruf_vcard_lines_free:
 * @self: (nullable): lines
 *
 * Closes the file.
 */
void
ruf_vcard_lines_free (RufVcardLines *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->stream, ruf_text_stream_free);
  if (self->head != NULL)
    g_string_free (self->head, TRUE);
  g_free (self->block);
  g_free (self);
}

/**
 * ruf_vcard_lines_get_encoding:
 * @self: lines
 *
 * Returns: what the file is written in, as ruf_text_stream_get_encoding()
 */
const char *
ruf_vcard_lines_get_encoding (RufVcardLines *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return ruf_text_stream_get_encoding (self->stream);
}

/**
 * ruf_vcard_lines_get_size:
 * @self: lines
 *
 * Returns: bytes of the file
 */
goffset
ruf_vcard_lines_get_size (RufVcardLines *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return ruf_text_stream_get_size (self->stream);
}

/**
 * ruf_vcard_lines_get_position:
 * @self: lines
 *
 * Returns: bytes read so far, for progress
 */
goffset
ruf_vcard_lines_get_position (RufVcardLines *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return ruf_text_stream_get_position (self->stream);
}

/**
 * ruf_vcard_lines_set_old:
 * @self: lines
 * @old: whether the card is of version 2.1
 *
 * Version 2.1 folds where there is white space already and keeps it; the later ones fold
 * anywhere, and the white space is no part of the text.
 */
void
ruf_vcard_lines_set_old (RufVcardLines *self,
                         gboolean       old)
{
  g_return_if_fail (self != NULL);
  self->old = old;
}

/* Sees to it that @size bytes can be looked at, or all that are left. */
static gboolean
look_ahead (RufVcardLines  *self,
            gsize           size,
            GCancellable   *cancellable,
            GError        **error)
{
  while (self->end - self->start < size && !self->at_end)
    {
      gssize got;

      memmove (self->block, self->block + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
      got = ruf_text_stream_read (self->stream, self->block + self->end, BLOCK_SIZE - self->end,
                                  cancellable, error);
      if (got < 0)
        return FALSE;
      self->at_end = got == 0;
      self->end += got;
    }
  return TRUE;
}

static gboolean
comes_next (RufVcardLines *self,
            const char    *text)
{
  gsize size = strlen (text);

  return self->end - self->start >= size
         && g_ascii_strncasecmp (self->block + self->start, text, size) == 0;
}

/**
 * ruf_vcard_lines_peek_version:
 * @self: lines before the first
 * @version: (inout): the first digit of the version that the first cards state; left alone where
 *   none is found near the beginning
 *
 * Looks for the version without reading any property.
 *
 * Errors: those of ruf_text_stream_read().
 *
 * Returns: whether the file could be read
 */
gboolean
ruf_vcard_lines_peek_version (RufVcardLines  *self,
                              char           *version,
                              GError        **error)
{
  const char *c, *end;

  g_return_val_if_fail (self != NULL && version != NULL, FALSE);

  if (!look_ahead (self, BLOCK_SIZE / 2, NULL, error))
    return FALSE;
  end = self->block + self->end - strlen (VERSION);
  for (c = self->block + self->start; c < end; c++)
    if ((c[0] == '\n' || c[0] == '\r')
        && g_ascii_strncasecmp (c + 1, VERSION, strlen (VERSION)) == 0)
      {
        *version = c + 1 < end ? c[1 + strlen (VERSION)] : *version;
        break;
      }
  return TRUE;
}

/* The colon that ends the head; quotes may hold others. */
static const char *
find_colon (RufVcardLines *self,
            const char    *from,
            const char    *end)
{
  for (; from < end; from++)
    {
      if (*from == '"')
        self->quoted = !self->quoted;
      else if (*from == ':' && !self->quoted)
        return from;
    }
  return NULL;
}

static void
take_value (RufVcardLines    *self,
            RufVcardProperty *property,
            const char       *data,
            gsize             size)
{
  GString *value = property->value;

  if (size == 0)
    return;
  self->last = data[size - 1];
  if (self->state == STATE_VALUE)
    g_string_append_len (value, data, MIN (size, RUF_VCARD_MAX_CARD - value->len));
}

static void
end_head (RufVcardLines    *self,
          RufVcardProperty *property,
          gsize             size)
{
  ruf_vcard_property_read_head (property, self->head->str, size);
  self->state = property->name != RUF_VCARD_OTHER ? STATE_VALUE : STATE_WASTE;
}

/* Takes a piece of a line. A head longer than anything real is no property. */
static void
take_piece (RufVcardLines    *self,
            RufVcardProperty *property,
            const char       *data,
            gsize             size)
{
  const char *colon = NULL;

  if (self->state != STATE_HEAD)
    {
      take_value (self, property, data, size);
      return;
    }
  colon = find_colon (self, data, data + size);
  g_string_append_len (self->head, data, colon != NULL ? (gsize) (colon - data) : size);
  if (self->head->len > MAX_HEAD)
    self->state = STATE_WASTE;
  else if (colon != NULL)
    {
      end_head (self, property, self->head->len);
      take_value (self, property, colon + 1, data + size - colon - 1);
    }
}

/* A quote that nobody closes must not swallow the value. */
static void
rescue_head (RufVcardLines    *self,
             RufVcardProperty *property)
{
  const char *colon = self->state == STATE_HEAD && self->quoted
                      ? strchr (self->head->str, ':') : NULL;

  if (colon == NULL)
    return;
  end_head (self, property, colon - self->head->str);
  take_value (self, property, colon + 1, strlen (colon + 1));
}

/* Up to the end of the line, or of the file; the line end is taken too. */
static gboolean
take_line (RufVcardLines     *self,
           RufVcardProperty  *property,
           GCancellable      *cancellable,
           GError           **error)
{
  gsize size = 0, room = 0;

  do
    {
      const char *from, *lf, *cr;

      if (!look_ahead (self, 1, cancellable, error))
        return FALSE;
      from = self->block + self->start;
      room = self->end - self->start;
      lf = memchr (from, '\n', room);
      cr = memchr (from, '\r', lf != NULL ? (gsize) (lf - from) : room);
      size = cr != NULL ? (gsize) (cr - from) : lf != NULL ? (gsize) (lf - from) : room;
      take_piece (self, property, from, size);
      self->start += size;
    }
  while (size == room && room > 0);
  if (room == 0)
    return TRUE;
  if (!look_ahead (self, 2, cancellable, error))
    return FALSE;
  self->start += comes_next (self, "\r\n") ? 2 : 1;
  self->line++;
  return TRUE;
}

/* Whether a "=" at the end of the line means that the next one belongs to it. Cut texts end
 * with one as well: then the card's end must not be taken for text. */
static gboolean
takes_soft_break (RufVcardLines    *self,
                  RufVcardProperty *property)
{
  if (property->encoding != RUF_VCARD_QUOTED_PRINTABLE || self->last != '=')
    return FALSE;
  self->last = '\0';
  if (self->state == STATE_VALUE && property->value->len > 0
      && property->value->str[property->value->len - 1] == '=')
    g_string_truncate (property->value, property->value->len - 1);
  return self->start < self->end && !comes_next (self, SIGN) && !comes_next (self, "END:VCARD");
}

static gboolean
takes_fold (RufVcardLines *self)
{
  if (!comes_next (self, " ") && !comes_next (self, "\t"))
    return FALSE;
  self->start += !self->old;
  return TRUE;
}

/* Whether there was a property; FALSE at the end and on error. */
static gboolean
read_property (RufVcardLines     *self,
               RufVcardProperty  *property,
               GCancellable      *cancellable,
               GError           **error)
{
  self->state = STATE_HEAD;
  self->quoted = FALSE;
  self->last = '\0';
  g_string_truncate (self->head, 0);
  property->line = self->line;
  if (!look_ahead (self, 1, cancellable, error) || self->start == self->end)
    return FALSE;
  do
    {
      if (!take_line (self, property, cancellable, error)
          || !look_ahead (self, strlen (SIGN), cancellable, error))
        return FALSE;
    }
  while (takes_soft_break (self, property) || takes_fold (self));
  rescue_head (self, property);
  return TRUE;
}

/**
 * ruf_vcard_lines_next:
 * @self: lines
 * @property: (out caller-allocates): the property; clear it in any case
 *
 * Reads the next property that says something about a contact. Lines that are none are left out.
 * A value is cut behind %RUF_VCARD_MAX_CARD bytes.
 *
 * Errors: those of ruf_text_stream_read().
 *
 * Returns: whether there is one; %FALSE at the end and on error
 */
gboolean
ruf_vcard_lines_next (RufVcardLines     *self,
                      RufVcardProperty  *property,
                      GCancellable      *cancellable,
                      GError           **error)
{
  gboolean more;

  g_return_val_if_fail (self != NULL && property != NULL, FALSE);

  do
    {
      ruf_vcard_property_clear (property);
      ruf_vcard_property_init (property);
      more = read_property (self, property, cancellable, error);
    }
  while (more && property->name == RUF_VCARD_OTHER);
  property->is_text = ruf_text_stream_is_converted (self->stream);
  return more;
}

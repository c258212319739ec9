/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* RFC 4180 as real files bend it, one record at a time. */

#include "config.h"

#include "ruf-csv-reader.h"

#include <string.h>

#define BLOCK_SIZE (256 * 1024)
#define MAX_CELL (1024 * 1024)
#define SAMPLE_RECORDS 20
#define REPLACEMENT "\xef\xbf\xbd"

typedef enum
{
  STATE_FIELD,      /* before the first byte of a field */
  STATE_PLAIN,      /* inside an unquoted field */
  STATE_QUOTED,     /* inside quotes */
  STATE_QUOTE,      /* behind a quote inside quotes: the end, or one half of "" */
} State;

struct _RufCsvReader
{
  RufTextStream *stream;
  char           delimiter;
  char          *block;
  gsize          start;
  gsize          end;
  gboolean       at_end;
  gboolean       skip_lf;      /* the last record ended with CR: LF belongs to it */
  guint          line;         /* of the next byte */
  State          state;
  gboolean       field_full;   /* the field is longer than MAX_CELL */
  gsize          field_start;  /* in text */
  GString       *text;         /* fields of the record, each with its NUL */
  GArray        *offsets;      /* gsize, where each field starts in text */
  GPtrArray     *fields;
  RufCsvRow      row;
};

static gboolean
fill_block (RufCsvReader  *self,
            GCancellable  *cancellable,
            GError       **error)
{
  gssize got = ruf_text_stream_read (self->stream, self->block, BLOCK_SIZE, cancellable, error);

  if (got < 0)
    return FALSE;
  self->start = 0;
  self->end = got;
  self->at_end = got == 0;
  return TRUE;
}

/* Fills the first block to the brim, so that the delimiter is guessed from enough. */
static gboolean
fill_sample (RufCsvReader  *self,
             GError       **error)
{
  while (self->end < BLOCK_SIZE / 2)
    {
      gssize got = ruf_text_stream_read (self->stream, self->block + self->end,
                                         BLOCK_SIZE - self->end, NULL, error);

      if (got < 0)
        return FALSE;
      if (got == 0)
        {
          self->at_end = TRUE;
          break;
        }
      self->end += got;
    }
  return TRUE;
}

/* How often @delimiter stands in each of the first records. */
static guint
count_delimiters (RufCsvReader *self,
                  char          delimiter,
                  guint         counts[SAMPLE_RECORDS])
{
  guint n = 0, count = 0;
  gboolean quoted = FALSE, field_start = TRUE, empty = TRUE;

  for (gsize i = self->start; i < self->end && n < SAMPLE_RECORDS; i++)
    {
      char c = self->block[i];

      if (c == '"' && (quoted || field_start))
        quoted = !quoted;
      else if (!quoted && c == delimiter)
        count++;
      else if (!quoted && (c == '\n' || c == '\r'))
        {
          if (!empty)
            counts[n++] = count;
          count = 0;
          empty = TRUE;
          field_start = TRUE;
          continue;
        }
      empty = FALSE;
      field_start = c == delimiter || (c == '"' && !quoted);
    }
  if (!empty && self->at_end && n < SAMPLE_RECORDS)
    counts[n++] = count;
  return n;
}

/* Records that agree on the most frequent count above zero. */
static guint
rate_delimiter (const guint *counts,
                guint        n,
                guint       *mode)
{
  guint best = 0;

  *mode = 0;
  for (guint i = 0; i < n; i++)
    {
      guint same = 0;

      for (guint k = 0; k < n; k++)
        same += counts[k] == counts[i];
      if (counts[i] > 0 && (same > best || (same == best && counts[i] > *mode)))
        {
          best = same;
          *mode = counts[i];
        }
    }
  return best;
}

static char
guess_delimiter (RufCsvReader *self)
{
  guint best = 0, best_mode = 0;
  char found = ',';

  for (const char *c = ",;\t"; *c != '\0'; c++)
    {
      guint counts[SAMPLE_RECORDS], mode;
      guint n = count_delimiters (self, *c, counts);
      guint same = rate_delimiter (counts, n, &mode);

      if (same > best || (same == best && mode > best_mode))
        {
          best = same;
          best_mode = mode;
          found = *c;
        }
    }
  return found;
}

/* Spreadsheets may name the delimiter in a line of its own, quoted or not. */
static void
take_sep_line (RufCsvReader *self)
{
  gsize i = self->start;
  gboolean quoted = i < self->end && self->block[i] == '"';
  char delimiter;

  i += quoted;
  if (i + 6 + quoted > self->end || g_ascii_strncasecmp (self->block + i, "sep=", 4) != 0)
    return;
  delimiter = self->block[i + 4];
  i += 5;
  if (quoted && self->block[i++] != '"')
    return;
  if (self->block[i] != '\r' && self->block[i] != '\n')
    return;
  self->skip_lf = self->block[i] == '\r';
  self->start = i + 1;
  self->line++;
  if (self->delimiter == 0)
    self->delimiter = delimiter;
}

static void
append_text (RufCsvReader *self,
             const char   *data,
             gsize         size)
{
  gsize used = self->text->len - self->field_start;

  if (used + size > MAX_CELL)
    {
      size = MAX_CELL - used;
      self->field_full = TRUE;
      self->row.too_long = TRUE;
    }
  g_string_append_len (self->text, data, size);
}

/* A cut cell must not end in the middle of a character. */
static void
trim_cut_field (RufCsvReader *self)
{
  const char *field = self->text->str + self->field_start;
  const char *valid_end;

  g_utf8_validate_len (field, self->text->len - self->field_start, &valid_end);
  g_string_truncate (self->text, valid_end - self->text->str);
}

static void
end_field (RufCsvReader *self)
{
  if (self->field_full)
    trim_cut_field (self);
  self->field_full = FALSE;
  g_array_append_val (self->offsets, self->field_start);
  g_string_append_c (self->text, '\0');
  self->field_start = self->text->len;
  self->state = STATE_FIELD;
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text) || strncmp (text, "\xc2\xa0", 2) == 0)
    text += *text == '\xc2' ? 2 : 1;
  return *text == '\0';
}

static void
end_record (RufCsvReader *self)
{
  end_field (self);
  g_ptr_array_set_size (self->fields, 0);
  self->row.blank = TRUE;
  for (guint i = 0; i < self->offsets->len; i++)
    {
      const char *field = self->text->str + g_array_index (self->offsets, gsize, i);

      g_ptr_array_add (self->fields, (gpointer) field);
      self->row.blank = self->row.blank && is_blank (field);
    }
  self->row.n_fields = self->fields->len;
  g_ptr_array_add (self->fields, NULL);
  self->row.fields = (const char **) self->fields->pdata;
}

static void
begin_record (RufCsvReader *self)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->offsets, 0);
  memset (&self->row, 0, sizeof self->row);
  self->row.line = self->line;
  self->field_start = 0;
  self->state = STATE_FIELD;
}

/* Takes the run of bytes that need no thought. */
static void
take_run (RufCsvReader *self)
{
  const char *from = self->block + self->start;
  const char *end = self->block + self->end;
  const char *to = from;
  gboolean quoted = self->state == STATE_QUOTED;

  while (to < end && *to != '\n' && *to != '\r' && *to != '\0'
         && (quoted ? *to != '"' : *to != self->delimiter))
    to++;
  if (to > from)
    self->skip_lf = FALSE;
  append_text (self, from, to - from);
  self->start += to - from;
}

static void
take_nul (RufCsvReader *self)
{
  append_text (self, REPLACEMENT, strlen (REPLACEMENT));
  self->row.had_nul = TRUE;
}

/* Inside quotes everything is text; lines are counted all the same. */
static void
take_quoted (RufCsvReader *self,
             char          c)
{
  if (c == '"')
    {
      self->state = STATE_QUOTE;
      return;
    }
  if (c == '\r' || (c == '\n' && !self->skip_lf))
    self->line++;
  if (c == '\0')
    take_nul (self);
  else
    append_text (self, &c, 1);
  self->skip_lf = c == '\r';
}

/* Returns: whether the record is complete */
static gboolean
take_plain (RufCsvReader *self,
            char          c)
{
  if (c == '\n' || c == '\r')
    {
      self->line++;
      self->skip_lf = c == '\r';
      return TRUE;
    }
  if (c == self->delimiter)
    end_field (self);
  else if (c == '"' && self->state == STATE_FIELD)
    self->state = STATE_QUOTED;
  else if (c == '"' && self->state == STATE_QUOTE)
    {
      append_text (self, &c, 1);
      self->state = STATE_QUOTED;
    }
  else
    {
      if (c == '\0')
        take_nul (self);
      else
        append_text (self, &c, 1);
      self->state = STATE_PLAIN;
    }
  return FALSE;
}

/* Returns: whether the record is complete */
static gboolean
take_byte (RufCsvReader *self)
{
  char c = self->block[self->start++];

  if (self->state == STATE_QUOTED)
    {
      take_quoted (self, c);
      return FALSE;
    }
  self->skip_lf = FALSE;
  return take_plain (self, c);
}

static void
skip_line_feed (RufCsvReader *self)
{
  if (self->skip_lf && self->start < self->end)
    {
      self->start += self->block[self->start] == '\n';
      self->skip_lf = FALSE;
    }
}

/* Returns: whether a record was read; FALSE at the end and on error */
static gboolean
read_record (RufCsvReader  *self,
             GCancellable  *cancellable,
             GError       **error)
{
  gboolean begun = FALSE;

  begin_record (self);
  while (TRUE)
    {
      if (self->start == self->end && !self->at_end && !fill_block (self, cancellable, error))
        return FALSE;
      if (self->start == self->end && self->at_end)
        break;
      if (!begun)
        skip_line_feed (self);
      if (self->start == self->end)
        continue;
      begun = TRUE;
      if (take_byte (self))
        {
          end_record (self);
          return TRUE;
        }
      if (self->state == STATE_PLAIN || self->state == STATE_QUOTED)
        take_run (self);
    }
  if (!begun)
    return FALSE;
  self->row.unterminated = self->state == STATE_QUOTED;
  end_record (self);
  return TRUE;
}

/**
 * ruf_csv_reader_open:
 * @path: a file
 * @encoding: (nullable): as for ruf_text_stream_open()
 * @delimiter: the byte between two fields, or 0 to find out
 *
 * Opens a file of separated values in any of the dialects that spreadsheets and address
 * books write.
 *
 * A first line `sep=X` names the delimiter and is dropped; else the one of comma, semicolon
 * and tab whose number is most stable over the first 20 records is taken. Records end with
 * CR, LF or CRLF, even mixed. A quote opens a quoted field only at the field's start;
 * elsewhere it is text.
 *
 * Errors: those of ruf_text_stream_open().
 *
 * Returns: (transfer full): a reader before the first record, or %NULL
 */
RufCsvReader *
ruf_csv_reader_open (const char  *path,
                     const char  *encoding,
                     char         delimiter,
                     GError     **error)
{
  g_autoptr (RufCsvReader) self = g_new0 (RufCsvReader, 1);

  self->stream = ruf_text_stream_open (path, encoding, error);
  if (self->stream == NULL)
    return NULL;
  self->delimiter = delimiter;
  self->line = 1;
  self->block = g_malloc (BLOCK_SIZE);
  self->text = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->fields = g_ptr_array_new ();
  if (!fill_sample (self, error))
    return NULL;
  take_sep_line (self);
  if (self->delimiter == 0)
    self->delimiter = guess_delimiter (self);
  return g_steal_pointer (&self);
}

/**
 * ruf_csv_reader_free:
 * @self: (nullable): a reader
 *
 * Closes the file.
 */
void
ruf_csv_reader_free (RufCsvReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->stream, ruf_text_stream_free);
  g_clear_pointer (&self->offsets, g_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self->block);
  g_free (self);
}

/**
 * ruf_csv_reader_get_encoding:
 * @self: a reader
 *
 * Returns: what the file is written in, as ruf_text_stream_get_encoding()
 */
const char *
ruf_csv_reader_get_encoding (RufCsvReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return ruf_text_stream_get_encoding (self->stream);
}

/**
 * ruf_csv_reader_get_delimiter:
 * @self: a reader
 *
 * Returns: the byte between two fields
 */
char
ruf_csv_reader_get_delimiter (RufCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->delimiter;
}

/**
 * ruf_csv_reader_get_size:
 * @self: a reader
 *
 * Returns: bytes of the file
 */
goffset
ruf_csv_reader_get_size (RufCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return ruf_text_stream_get_size (self->stream);
}

/**
 * ruf_csv_reader_get_position:
 * @self: a reader
 *
 * Returns: bytes read so far, for progress
 */
goffset
ruf_csv_reader_get_position (RufCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return ruf_text_stream_get_position (self->stream);
}

/**
 * ruf_csv_reader_next:
 * @self: a reader
 *
 * Reads the next record, blank ones included; the header is a record like any other.
 *
 * A NUL byte becomes U+FFFD and a cell of more than 1 MB (1,048,576 bytes of UTF-8) is cut at
 * a character: no byte of a file can end the reading early or fill the memory.
 *
 * Errors: %RUF_ERROR_IO, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer none) (nullable): the record, valid until the next call, or %NULL at
 *   the end and on error
 */
const RufCsvRow *
ruf_csv_reader_next (RufCsvReader  *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  return read_record (self, cancellable, error) ? &self->row : NULL;
}

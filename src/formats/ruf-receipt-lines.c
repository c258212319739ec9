/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Receipts as JSON Lines: one object a line, read one by one, so that a line that is cut
 * off costs only itself. */

#include "config.h"

#include "ruf-receipt-lines.h"

#include <string.h>

#include "ruf-json.h"
#include "ruf-text-stream.h"

#define CHUNK 65536
/* A receipt has some hundred bytes; what is longer is none, and is not kept in memory. */
#define MAX_LINE 65536

struct _RufReceiptLines
{
  RufTextStream  *stream;
  char           *chunk;
  gsize           length;   /* bytes in the chunk */
  gsize           used;
  gboolean        at_end;
  gboolean        is_json;
  GString        *text;     /* the line so far */
  RufReceiptLine  line;
};

static const char * const keys[RUF_N_RECEIPT_CELLS] = {
  "message_id", "status", "at", "error_code",
};

static gboolean
fill_chunk (RufReceiptLines  *self,
            GCancellable     *cancellable,
            GError          **error)
{
  gssize n_read = ruf_text_stream_read (self->stream, self->chunk, CHUNK, cancellable, error);

  self->used = 0;
  self->length = MAX (0, n_read);
  self->at_end = n_read <= 0;

  return n_read >= 0;
}

/* Takes what the chunk has of the line; TRUE when the line has ended. */
static gboolean
take_from_chunk (RufReceiptLines *self)
{
  const char *start = self->chunk + self->used;
  gsize rest = self->length - self->used;
  const char *end = memchr (start, '\n', rest);
  gsize length = end != NULL ? (gsize) (end - start) : rest;
  gsize room = MAX_LINE - MIN (MAX_LINE, self->text->len);

  g_string_append_len (self->text, start, MIN (length, room));
  self->used += length + (end != NULL ? 1 : 0);

  return end != NULL;
}

/* FALSE without an error is the end of the file. */
static gboolean
read_line (RufReceiptLines  *self,
           GCancellable     *cancellable,
           GError          **error)
{
  g_string_truncate (self->text, 0);
  self->line.row++;

  while (TRUE)
    {
      if (self->used == self->length)
        {
          if (!self->at_end && !fill_chunk (self, cancellable, error))
            return FALSE;
          if (self->at_end)
            return self->text->len > 0;
        }
      if (take_from_chunk (self))
        return TRUE;
    }
}

/* Text and whole numbers are taken as they are; anything else counts as none. */
static char *
dup_member (JsonObject *object,
            const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return g_strdup ("");
}

static void
clear_cells (RufReceiptLine *line)
{
  for (guint i = 0; i < RUF_N_RECEIPT_CELLS; i++)
    g_clear_pointer (&line->cells[i], g_free);
}

static void
parse_line (RufReceiptLines *self)
{
  g_autoptr (JsonObject) object = NULL;

  clear_cells (&self->line);
  self->line.text = self->text->str;
  if (self->text->len < MAX_LINE)
    object = ruf_json_parse_object (self->text->str, self->text->len, NULL);

  self->line.malformed = object == NULL;
  if (self->line.malformed)
    return;

  for (guint i = 0; i < RUF_N_RECEIPT_CELLS; i++)
    self->line.cells[i] = dup_member (object, keys[i]);
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r")] == '\0';
}

static gboolean
starts_as_json (RufReceiptLines *self)
{
  for (gsize i = 0; i < self->length; i++)
    {
      if (!g_ascii_isspace (self->chunk[i]))
        return self->chunk[i] == '{';
    }

  return FALSE;
}

/**
 * ruf_receipt_lines_open:
 * @path: the file
 * @error: return location
 *
 * Opens a file of receipts and looks at its beginning.
 *
 * Returns: (transfer full): the lines, or %NULL with the error of the file
 */
RufReceiptLines *
ruf_receipt_lines_open (const char  *path,
                        GError     **error)
{
  g_autoptr (RufReceiptLines) self = g_new0 (RufReceiptLines, 1);

  self->chunk = g_malloc (CHUNK);
  self->text = g_string_new (NULL);
  self->stream = ruf_text_stream_open (path, NULL, error);
  if (self->stream == NULL || !fill_chunk (self, NULL, error))
    return NULL;

  self->is_json = starts_as_json (self);
  return g_steal_pointer (&self);
}

/**
 * ruf_receipt_lines_free:
 * @self: lines
 *
 * Closes the file and frees @self.
 */
void
ruf_receipt_lines_free (RufReceiptLines *self)
{
  clear_cells (&self->line);
  g_clear_pointer (&self->stream, ruf_text_stream_free);
  g_clear_pointer (&self->chunk, g_free);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * ruf_receipt_lines_is_json:
 * @self: lines
 *
 * Returns: whether the file begins as JSON Lines do
 */
gboolean
ruf_receipt_lines_is_json (RufReceiptLines *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_json;
}

/**
 * ruf_receipt_lines_get_encoding:
 * @self: lines
 *
 * Returns: (transfer none): what the file is written in, as far as it was read
 */
const char *
ruf_receipt_lines_get_encoding (RufReceiptLines *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ruf_text_stream_get_encoding (self->stream);
}

/**
 * ruf_receipt_lines_next:
 * @self: lines
 * @cancellable: (nullable): to stop reading
 * @error: return location
 *
 * Reads the next line that is not empty.
 *
 * Returns: (transfer none) (nullable): the line, or %NULL at the end and on error
 */
const RufReceiptLine *
ruf_receipt_lines_next (RufReceiptLines  *self,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  do
    {
      if (!read_line (self, cancellable, error))
        return NULL;
    }
  while (is_blank (self->text->str));

  parse_line (self);
  return &self->line;
}

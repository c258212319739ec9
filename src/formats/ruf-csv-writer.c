/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two profiles, because a spreadsheet runs cells that begin with "+" and every
 * international number begins with "+". */

#include "config.h"

#include "ruf-csv-writer.h"

#include <string.h>

#include "ruf-output-file.h"

struct _RufCsvWriter
{
  RufOutputFile *file;
  RufCsvProfile  profile;
  GString       *line;
};

/* OWASP, "CSV Injection" (with LF since August 2025), and the full-width forms. */
static gboolean
is_dangerous (const char *text)
{
  static const char * const wide[] = {
    "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"
  };

  if (*text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    if (g_str_has_prefix (text, wide[i]))
      return TRUE;
  return FALSE;
}

/* A guard that was in the text already gets one more, so that taking one off when the
 * file is read again always gives the text back. */
static gboolean
needs_guard (const char *text)
{
  return is_dangerous (text + strspn (text, "'"));
}

static void
append_quoted (GString    *line,
               const char *text)
{
  g_string_append_c (line, '"');
  for (const char *quote = strchr (text, '"'); quote != NULL; quote = strchr (text, '"'))
    {
      g_string_append_len (line, text, quote - text + 1);
      g_string_append_c (line, '"');
      text = quote + 1;
    }
  g_string_append (line, text);
  g_string_append_c (line, '"');
}

static void
append_human (GString    *line,
              const char *text)
{
  g_autofree char *guarded = NULL;

  if (needs_guard (text))
    guarded = g_strconcat ("'", text, NULL);
  append_quoted (line, guarded != NULL ? guarded : text);
}

static void
append_machine (GString    *line,
                const char *text)
{
  if (strpbrk (text, ",\"\r\n") != NULL)
    append_quoted (line, text);
  else
    g_string_append (line, text);
}

/**
 * ruf_csv_writer_open:
 * @path: where the file shall be
 * @profile: for whom it is
 *
 * Starts a file of separated values: for people and their spreadsheet, or byte-exact for
 * a program. It appears with ruf_csv_writer_close().
 *
 * Errors: %RUF_ERROR_IO, %RUF_ERROR_FULL.
 *
 * Returns: (transfer full): a writer, or %NULL
 */
RufCsvWriter *
ruf_csv_writer_open (const char     *path,
                     RufCsvProfile   profile,
                     GError        **error)
{
  g_autoptr (RufCsvWriter) self = g_new0 (RufCsvWriter, 1);

  self->file = ruf_output_file_open (path, error);
  if (self->file == NULL)
    return NULL;
  self->profile = profile;
  self->line = g_string_new (profile == RUF_CSV_HUMAN ? "\xef\xbb\xbf" : NULL);
  return g_steal_pointer (&self);
}

/**
 * ruf_csv_writer_row:
 * @self: a writer
 * @fields: (array zero-terminated=1): the cells
 *
 * Writes one record.
 *
 * Errors: %RUF_ERROR_FULL, %RUF_ERROR_IO.
 *
 * Returns: whether that worked
 */
gboolean
ruf_csv_writer_row (RufCsvWriter        *self,
                    const char * const  *fields,
                    GError             **error)
{
  gboolean human, written;

  g_return_val_if_fail (self != NULL && fields != NULL, FALSE);

  human = self->profile == RUF_CSV_HUMAN;
  for (gsize i = 0; fields[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (self->line, human ? ';' : ',');
      if (human)
        append_human (self->line, fields[i]);
      else
        append_machine (self->line, fields[i]);
    }
  g_string_append (self->line, human ? "\r\n" : "\n");
  written = ruf_output_file_write (self->file, self->line->str, self->line->len, error);
  g_string_truncate (self->line, 0);
  return written;
}

/**
 * ruf_csv_writer_close:
 * @self: a writer
 * @sha256: (out) (optional): SHA-256 of the file as 64 hex digits
 *
 * Puts the file in place; a file without any record is empty, but for its byte order mark.
 *
 * Errors: %RUF_ERROR_FULL, %RUF_ERROR_IO.
 *
 * Returns: whether the file is there now
 */
gboolean
ruf_csv_writer_close (RufCsvWriter  *self,
                      char         **sha256,
                      GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!ruf_output_file_write (self->file, self->line->str, self->line->len, error))
    return FALSE;
  g_string_truncate (self->line, 0);
  return ruf_output_file_close (self->file, sha256, error);
}

/**
 * ruf_csv_writer_free:
 * @self: (nullable): a writer
 *
 * Frees the writer; without ruf_csv_writer_close() nothing is left behind.
 */
void
ruf_csv_writer_free (RufCsvWriter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->file, ruf_output_file_free);
  if (self->line != NULL)
    g_string_free (self->line, TRUE);
  g_free (self);
}

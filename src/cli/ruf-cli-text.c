/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts that people wrote: of a file in any encoding, or of stdin.
 */

#include "config.h"

#include "ruf-cli-text.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-text-stream.h"

#define LONGEST_TEXT (1024 * 1024)

static gboolean
read_stdin (GString  *text,
            GError  **error)
{
  char buffer[4096];
  size_t n;

  while (text->len <= LONGEST_TEXT && (n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (text, buffer, n);

  if (!ferror (stdin) && g_utf8_validate (text->str, text->len, NULL))
    return TRUE;

  g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                       _("The standard input is not UTF-8 text."));
  return FALSE;
}

static gboolean
read_file (const char  *path,
           GString     *text,
           GError     **error)
{
  g_autoptr (RufTextStream) stream = ruf_text_stream_open (path, NULL, error);
  char buffer[4096];
  gssize n = 0;

  if (stream == NULL)
    return FALSE;

  while (text->len <= LONGEST_TEXT &&
         (n = ruf_text_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    g_string_append_len (text, buffer, n);

  return text->len > LONGEST_TEXT || n == 0;
}

/* Line ends as messengers want them, and none at the end. */
static char *
tidy (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_autofree char *joined = g_strjoinv ("\n", lines);

  return g_strdup (g_strchomp (joined));
}

/**
 * ruf_cli_text_read:
 * @path: a file, or "-" for the standard input
 * @error: return location
 *
 * Reads a text of at most 1 MB.
 *
 * Returns: (transfer full): the text in UTF-8 without blanks at its end, or %NULL with
 *   @error set where there is none
 */
char *
ruf_cli_text_read (const char  *path,
                   GError     **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *tidied = NULL;
  gboolean from_stdin = g_str_equal (path, "-");

  if (!(from_stdin ? read_stdin (text, error) : read_file (path, text, error)))
    return NULL;

  if (text->len > LONGEST_TEXT || strlen (text->str) != text->len)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” is no text of a message: it is longer than 1 MB or holds NUL bytes."),
                   path);
      return NULL;
    }

  tidied = tidy (text->str);
  if (*tidied != '\0')
    return g_steal_pointer (&tidied);

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID, _("“%s” holds no text."), path);
  return NULL;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers, as JSON for programs or as words for people. JSON is written as it comes,
 * so that a list of a million people needs no memory; an error on the way still ends
 * in one well-formed object.
 */

#include "config.h"

#include "ruf-cli-output.h"

#include <math.h>
#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"
#include "ruf-moment.h"

#define FLUSH_AT (64 * 1024)

struct _RufCliOutput
{
  gboolean  json;
  gboolean  quiet;
  gboolean  failed;      /* stdout does not take what we write */
  gboolean  comma;       /* a member stands before the next one */
  GString  *open;        /* brackets that are open, outermost first */
  GString  *buffer;
};

/**
 * ruf_cli_output_new:
 * @json: answer as one JSON object
 * @quiet: no words that are not asked for
 *
 * Returns: (transfer full): an output to stdout and stderr
 */
RufCliOutput *
ruf_cli_output_new (gboolean json,
                    gboolean quiet)
{
  RufCliOutput *self = g_new0 (RufCliOutput, 1);

  self->json = json;
  self->quiet = quiet;
  self->open = g_string_new (NULL);
  self->buffer = g_string_new (NULL);

  return self;
}

/**
 * ruf_cli_output_free:
 * @self: an output
 *
 * Frees @self; call [method@CliOutput.finish] before.
 */
void
ruf_cli_output_free (RufCliOutput *self)
{
  g_string_free (self->open, TRUE);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

/**
 * ruf_cli_output_is_json:
 * @self: an output
 *
 * Returns: %TRUE where stdout belongs to JSON
 */
gboolean
ruf_cli_output_is_json (RufCliOutput *self)
{
  return self->json;
}

/**
 * ruf_cli_output_is_quiet:
 * @self: an output
 *
 * Returns: %TRUE where only results and errors are wanted
 */
gboolean
ruf_cli_output_is_quiet (RufCliOutput *self)
{
  return self->quiet;
}

static void
flush (RufCliOutput *self)
{
  if (fwrite (self->buffer->str, 1, self->buffer->len, stdout) != self->buffer->len)
    self->failed = TRUE;
  g_string_truncate (self->buffer, 0);
}

static void
append_quoted (GString    *buffer,
               const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (buffer, '"');
  for (const char *p = valid; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
        g_string_append (buffer, "\\\"");
        break;
      case '\\':
        g_string_append (buffer, "\\\\");
        break;
      case '\n':
        g_string_append (buffer, "\\n");
        break;
      default:
        if ((guchar) *p < 0x20 || *p == 0x7f)
          g_string_append_printf (buffer, "\\u%04x", (guchar) *p);
        else
          g_string_append_c (buffer, *p);
      }
  g_string_append_c (buffer, '"');
}

/* Everything up to a value: the outer object, the comma, the name. */
static void
begin_member (RufCliOutput *self,
              const char   *name)
{
  if (self->open->len == 0)
    {
      g_string_append_c (self->open, '{');
      g_string_append_c (self->buffer, '{');
    }

  if (self->comma)
    g_string_append (self->buffer, ", ");
  self->comma = TRUE;

  if (self->open->str[self->open->len - 1] == '{')
    {
      g_assert (name != NULL);
      append_quoted (self->buffer, name);
      g_string_append (self->buffer, ": ");
    }

  if (self->buffer->len > FLUSH_AT)
    flush (self);
}

static void
begin_bracket (RufCliOutput *self,
               const char   *name,
               char          bracket)
{
  if (!self->json)
    return;

  begin_member (self, name);
  g_string_append_c (self->buffer, bracket);
  g_string_append_c (self->open, bracket);
  self->comma = FALSE;
}

/**
 * ruf_cli_output_begin_object:
 * @self: an output
 * @name: (nullable): name of the member; %NULL inside an array
 *
 * Opens an object; [method@CliOutput.end] closes it.
 */
void
ruf_cli_output_begin_object (RufCliOutput *self,
                             const char   *name)
{
  begin_bracket (self, name, '{');
}

/**
 * ruf_cli_output_begin_array:
 * @self: an output
 * @name: (nullable): name of the member; %NULL inside an array
 *
 * Opens an array; [method@CliOutput.end] closes it.
 */
void
ruf_cli_output_begin_array (RufCliOutput *self,
                            const char   *name)
{
  begin_bracket (self, name, '[');
}

static void
close_bracket (RufCliOutput *self)
{
  char bracket = self->open->str[self->open->len - 1];

  g_string_append_c (self->buffer, bracket == '{' ? '}' : ']');
  g_string_truncate (self->open, self->open->len - 1);
  self->comma = TRUE;
}

/**
 * ruf_cli_output_end:
 * @self: an output
 *
 * Closes the object or array that was opened last.
 */
void
ruf_cli_output_end (RufCliOutput *self)
{
  if (!self->json)
    return;

  g_return_if_fail (self->open->len > 1);

  close_bracket (self);
}

/**
 * ruf_cli_output_int:
 * @self: an output
 * @name: (nullable): name of the member; %NULL inside an array
 * @value: the value
 *
 * Writes a whole number.
 */
void
ruf_cli_output_int (RufCliOutput *self,
                    const char   *name,
                    gint64        value)
{
  if (!self->json)
    return;

  begin_member (self, name);
  g_string_append_printf (self->buffer, "%" G_GINT64_FORMAT, value);
}

/**
 * ruf_cli_output_double:
 * @self: an output
 * @name: (nullable): name of the member; %NULL inside an array
 * @value: the value; what is no number becomes null
 *
 * Writes a number.
 */
void
ruf_cli_output_double (RufCliOutput *self,
                       const char   *name,
                       double        value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!self->json)
    return;

  begin_member (self, name);
  g_string_append (self->buffer, isfinite (value)
                   ? g_ascii_formatd (text, sizeof text, "%.12g", value) : "null");
}

/**
 * ruf_cli_output_boolean:
 * @self: an output
 * @name: (nullable): name of the member; %NULL inside an array
 * @value: the value
 *
 * Writes a truth.
 */
void
ruf_cli_output_boolean (RufCliOutput *self,
                        const char   *name,
                        gboolean      value)
{
  if (!self->json)
    return;

  begin_member (self, name);
  g_string_append (self->buffer, value ? "true" : "false");
}

/**
 * ruf_cli_output_string:
 * @self: an output
 * @name: (nullable): name of the member; %NULL inside an array
 * @value: (nullable): the value; %NULL becomes null
 *
 * Writes a text.
 */
void
ruf_cli_output_string (RufCliOutput *self,
                       const char   *name,
                       const char   *value)
{
  if (!self->json)
    return;

  begin_member (self, name);
  if (value != NULL)
    append_quoted (self->buffer, value);
  else
    g_string_append (self->buffer, "null");
}

/**
 * ruf_cli_output_moment:
 * @self: an output
 * @name: (nullable): name of the member; %NULL inside an array
 * @moment: UTC microseconds; 0 becomes null
 *
 * Writes a moment as ISO 8601 in UTC.
 */
void
ruf_cli_output_moment (RufCliOutput *self,
                       const char   *name,
                       gint64        moment)
{
  g_autofree char *text = moment != 0 ? ruf_moment_to_iso8601 (moment) : NULL;

  ruf_cli_output_string (self, name, text);
}

G_GNUC_PRINTF (3, 0) static void
print_line (RufCliOutput *self,
            FILE         *stream,
            const char   *format,
            va_list       args)
{
  g_autofree char *line = NULL;

  if (self->quiet)
    return;

  line = g_strdup_vprintf (format, args);
  fprintf (stream, "%s\n", line);
}

/**
 * ruf_cli_output_say:
 * @self: an output
 * @format: translated words, a whole line
 * @...: what they speak of
 *
 * Tells people what happened, unless they asked for quiet.
 */
void
ruf_cli_output_say (RufCliOutput *self,
                    const char   *format,
                    ...)
{
  va_list args;

  va_start (args, format);
  print_line (self, self->json ? stderr : stdout, format, args);
  va_end (args);
}

/**
 * ruf_cli_output_warn:
 * @self: an output
 * @format: translated words, a whole line
 * @...: what they speak of
 *
 * Tells people on stderr what they should look at, unless they asked for quiet.
 */
void
ruf_cli_output_warn (RufCliOutput *self,
                     const char   *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  print_line (self, stderr, format, args);
  va_end (args);
}

/**
 * ruf_cli_output_error:
 * @self: an output
 * @error: why the verb failed
 *
 * Tells people on stderr why nothing came of it, and programs in the member `error`;
 * whatever is open is closed first.
 */
void
ruf_cli_output_error (RufCliOutput *self,
                      const GError *error)
{
  fprintf (stderr, "rundruf-cli: %s\n", error->message);

  if (!self->json)
    return;

  while (self->open->len > 1)
    close_bracket (self);

  ruf_cli_output_begin_object (self, "error");
  ruf_cli_output_string (self, "code", ruf_cli_error_get_code (error));
  ruf_cli_output_string (self, "message", error->message);
  ruf_cli_output_end (self);
}

/**
 * ruf_cli_output_finish:
 * @self: an output
 *
 * Closes the object and writes what is left.
 *
 * Returns: %FALSE where stdout did not take everything, a full disk for example
 */
gboolean
ruf_cli_output_finish (RufCliOutput *self)
{
  if (self->json)
    {
      if (self->open->len == 0)
        g_string_append (self->buffer, "{}");
      while (self->open->len > 0)
        close_bracket (self);
      g_string_append_c (self->buffer, '\n');
      flush (self);
    }

  return fflush (stdout) == 0 && !self->failed;
}

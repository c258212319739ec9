/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A batch as a file, for whoever sends it elsewhere, and a manifest that says what it is. */

#include "config.h"

#include "ruf-batch-writer.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "ruf-csv-writer.h"
#include "ruf-moment.h"
#include "ruf-output-file.h"

#define FORMAT_VERSION "1"

struct _RufBatchWriter
{
  char           *path;
  RufBatchFormat  format;
  char           *batch_id;
  char           *campaign;
  char           *channel;
  char           *purpose;
  char           *send_at;      /* as the format writes it; "" = none */
  char           *expires_at;
  RufOutputFile  *lines;        /* JSON Lines */
  RufCsvWriter   *csv;          /* the others */
  GString        *line;
  GString        *tail;         /* what is the same in every line */
  gint64          n_messages;
};

static const char * const format_names[] = { "jsonl", "csv", "csv-human" };

static const char * const machine_headers[] = {
  "format_version", "batch_id", "message_id", "to", "channel", "purpose", "text", "send_at",
  "expires_at", NULL
};

static const char * const human_headers[] = {
  N_("Name"), N_("Address"), N_("Channel"), N_("Purpose"), N_("Text"), N_("Send at"),
  N_("Not after"), N_("Message ID"), NULL
};

/**
 * ruf_batch_format_from_string:
 * @text: "jsonl", "csv" or "csv-human"
 * @out: (out): the format
 *
 * Returns: whether @text is one of these
 */
gboolean
ruf_batch_format_from_string (const char     *text,
                              RufBatchFormat *out)
{
  g_return_val_if_fail (text != NULL && out != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (g_str_equal (format_names[i], text))
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

/* RFC 8259: quote, backslash and control characters; everything else is UTF-8. */
static void
append_json (GString    *line,
             const char *key,
             const char *text)
{
  g_string_append_printf (line, "\"%s\":\"", key);
  for (const char *c = text; *c != '\0';)
    {
      gsize run = 0;

      while ((guchar) c[run] >= 0x20 && c[run] != '"' && c[run] != '\\')
        run++;
      g_string_append_len (line, c, run);
      c += run;
      if (*c == '\n')
        g_string_append (line, "\\n");
      else if (*c == '"' || *c == '\\')
        g_string_append_printf (line, "\\%c", *c);
      else if (*c != '\0')
        g_string_append_printf (line, "\\u%04x", (guint) *c);
      c += *c != '\0';
    }
  g_string_append_c (line, '"');
}

static char *
format_moment (RufBatchFormat format,
               gint64         moment)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (moment == 0)
    return g_strdup ("");
  if (format != RUF_BATCH_CSV_HUMAN)
    return ruf_moment_to_iso8601 (moment);
  utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  local = g_date_time_to_local (utc);
  return g_date_time_format (local, "%d.%m.%Y %H:%M");
}

static gboolean
write_human_headers (RufBatchWriter  *self,
                     GError         **error)
{
  const char *headers[G_N_ELEMENTS (human_headers)] = { NULL };

  for (guint i = 0; human_headers[i] != NULL; i++)
    headers[i] = _(human_headers[i]);
  return ruf_csv_writer_row (self->csv, headers, error);
}

static gboolean
open_file (RufBatchWriter  *self,
           GError         **error)
{
  if (self->format == RUF_BATCH_JSONL)
    {
      self->lines = ruf_output_file_open (self->path, error);
      return self->lines != NULL;
    }
  self->csv = ruf_csv_writer_open (self->path,
                                   self->format == RUF_BATCH_CSV ? RUF_CSV_MACHINE : RUF_CSV_HUMAN,
                                   error);
  if (self->csv == NULL)
    return FALSE;
  if (self->format == RUF_BATCH_CSV)
    return ruf_csv_writer_row (self->csv, machine_headers, error);
  return write_human_headers (self, error);
}

static void
prepare_tail (RufBatchWriter *self)
{
  self->tail = g_string_new (",");
  append_json (self->tail, "channel", self->channel);
  g_string_append_c (self->tail, ',');
  append_json (self->tail, "purpose", self->purpose);
  if (*self->send_at != '\0')
    {
      g_string_append_c (self->tail, ',');
      append_json (self->tail, "send_at", self->send_at);
    }
  if (*self->expires_at != '\0')
    {
      g_string_append_c (self->tail, ',');
      append_json (self->tail, "expires_at", self->expires_at);
    }
  g_string_append (self->tail, "}\n");
}

static char *
dup_or_empty (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/**
 * ruf_batch_writer_open:
 * @path: where the file shall be
 * @format: how it is written
 * @info: what the batch is about
 *
 * Starts a batch file. It appears, with its manifest, with ruf_batch_writer_close().
 *
 * %RUF_BATCH_JSONL is an object a line; %RUF_BATCH_CSV has fixed English headers, the first of
 * them format_version; both are byte-exact with ISO 8601 times in UTC. %RUF_BATCH_CSV_HUMAN is
 * for spreadsheets: translated headers, DD.MM.YYYY HH:MM in local time, formulas made harmless.
 *
 * Errors: %RUF_ERROR_IO, %RUF_ERROR_FULL.
 *
 * Returns: (transfer full): a writer, or %NULL
 */
RufBatchWriter *
ruf_batch_writer_open (const char          *path,
                       RufBatchFormat       format,
                       const RufBatchInfo  *info,
                       GError             **error)
{
  g_autoptr (RufBatchWriter) self = g_new0 (RufBatchWriter, 1);

  g_return_val_if_fail (path != NULL && info != NULL, NULL);

  self->path = g_strdup (path);
  self->format = format;
  self->batch_id = dup_or_empty (info->batch_id);
  self->campaign = dup_or_empty (info->campaign);
  self->channel = dup_or_empty (info->channel);
  self->purpose = dup_or_empty (info->purpose);
  self->send_at = format_moment (format, info->send_at);
  self->expires_at = format_moment (format, info->expires_at);
  self->line = g_string_new (NULL);
  prepare_tail (self);
  return open_file (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
add_json_line (RufBatchWriter         *self,
               const RufBatchMessage  *message,
               GError                **error)
{
  g_string_assign (self->line, "{\"format_version\":" FORMAT_VERSION ",");
  append_json (self->line, "batch_id", self->batch_id);
  g_string_append_c (self->line, ',');
  append_json (self->line, "message_id", message->message_id);
  g_string_append_c (self->line, ',');
  append_json (self->line, "to", message->to);
  g_string_append_c (self->line, ',');
  append_json (self->line, "text", message->text);
  g_string_append_len (self->line, self->tail->str, self->tail->len);
  return ruf_output_file_write (self->lines, self->line->str, self->line->len, error);
}

/**
 * ruf_batch_writer_add:
 * @self: a writer
 * @message: a message
 *
 * Appends one message.
 *
 * Errors: %RUF_ERROR_FULL, %RUF_ERROR_IO.
 *
 * Returns: whether that worked
 */
gboolean
ruf_batch_writer_add (RufBatchWriter         *self,
                      const RufBatchMessage  *message,
                      GError                **error)
{
  const char *machine[] = {
    FORMAT_VERSION, self->batch_id, message->message_id, message->to, self->channel,
    self->purpose, message->text, self->send_at, self->expires_at, NULL
  };
  const char *human[] = {
    message->name != NULL ? message->name : "", message->to, self->channel, self->purpose,
    message->text, self->send_at, self->expires_at, message->message_id, NULL
  };

  g_return_val_if_fail (message->message_id != NULL && message->to != NULL
                        && message->text != NULL, FALSE);

  self->n_messages++;
  if (self->format == RUF_BATCH_JSONL)
    return add_json_line (self, message, error);
  return ruf_csv_writer_row (self->csv, self->format == RUF_BATCH_CSV ? machine : human, error);
}

static void
add_member (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static char *
build_manifest (RufBatchWriter *self,
                const char     *sha256)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *file = g_path_get_basename (self->path);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format_version");
  json_builder_add_int_value (builder, g_ascii_strtoll (FORMAT_VERSION, NULL, 10));
  add_member (builder, "file", file);
  add_member (builder, "format", format_names[self->format]);
  add_member (builder, "batch_id", self->batch_id);
  add_member (builder, "campaign", self->campaign);
  add_member (builder, "channel", self->channel);
  add_member (builder, "purpose", self->purpose);
  add_member (builder, "send_at", self->send_at);
  add_member (builder, "expires_at", self->expires_at);
  json_builder_set_member_name (builder, "messages");
  json_builder_add_int_value (builder, self->n_messages);
  add_member (builder, "sha256", sha256);
  add_member (builder, "generator", "Rundruf " RUF_VERSION);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

static gboolean
write_manifest (RufBatchWriter  *self,
                const char      *sha256,
                GError         **error)
{
  g_autofree char *path = g_strconcat (self->path, ".manifest.json", NULL);
  g_autofree char *json = build_manifest (self, sha256);
  g_autoptr (RufOutputFile) file = ruf_output_file_open (path, error);

  return file != NULL
         && ruf_output_file_write (file, json, strlen (json), error)
         && ruf_output_file_write (file, "\n", 1, error)
         && ruf_output_file_close (file, NULL, error);
}

/**
 * ruf_batch_writer_close:
 * @self: a writer
 * @sha256: (out) (optional): SHA-256 of the batch as 64 hex digits
 *
 * Puts the batch and its manifest (FILE.manifest.json) in place, or neither. A pipe or a device
 * gets no manifest.
 *
 * Errors: %RUF_ERROR_FULL, %RUF_ERROR_IO.
 *
 * Returns: whether both are there now
 */
gboolean
ruf_batch_writer_close (RufBatchWriter  *self,
                        char           **sha256,
                        GError         **error)
{
  g_autofree char *digest = NULL;
  gboolean closed;

  g_return_val_if_fail (self != NULL, FALSE);

  closed = self->lines != NULL ? ruf_output_file_close (self->lines, &digest, error)
                               : ruf_csv_writer_close (self->csv, &digest, error);
  if (!closed)
    return FALSE;
  if (g_file_test (self->path, G_FILE_TEST_IS_REGULAR) && !write_manifest (self, digest, error))
    {
      g_unlink (self->path);
      return FALSE;
    }
  if (sha256 != NULL)
    *sha256 = g_steal_pointer (&digest);
  return TRUE;
}

/**
 * ruf_batch_writer_free:
 * @self: (nullable): a writer
 *
 * Frees the writer; without ruf_batch_writer_close() nothing is left behind.
 */
void
ruf_batch_writer_free (RufBatchWriter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->lines, ruf_output_file_free);
  g_clear_pointer (&self->csv, ruf_csv_writer_free);
  g_string_free (self->line, TRUE);
  g_string_free (self->tail, TRUE);
  g_free (self->path);
  g_free (self->batch_id);
  g_free (self->campaign);
  g_free (self->channel);
  g_free (self->purpose);
  g_free (self->send_at);
  g_free (self->expires_at);
  g_free (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Hands batches over as JSON Lines files in a folder.
 *
 * While a batch is open its lines grow in a hidden file, and a journal beside it holds one
 * line per chunk: key, hash of the content, length of the lines after it. What lies behind
 * the last journalled length is a chunk that a crash cut off: it is cut away before the next
 * one is written, so the same key twice writes once. A commit puts the lines in place as
 * BATCH.jsonl (BATCH-2.jsonl for what came after a first commit) with a manifest. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ruf-backend-settings.h"
#include "ruf-batch-protocol.h"
#include "ruf-batch-writer.h"
#include "ruf-error.h"
#include "ruf-file-backend.h"
#include "ruf-json.h"
#include "ruf-moment.h"

#define CHUNK_SIZE 1000

struct _RufFileBackend
{
  RufBackend  parent_instance;
  char       *dir;
};

typedef struct
{
  GString *text;      /* all lines */
  goffset  length;    /* bytes of the lines file that count */
  guint    commits;
} Journal;

G_DEFINE_FINAL_TYPE (RufFileBackend, ruf_file_backend, RUF_TYPE_BACKEND)

static const RufBackendTraits traits = {
  .type_name = "file",
  .idempotent = TRUE,
  .real = FALSE,
  .receipts = FALSE,
  .chunk_size = CHUNK_SIZE,
  .risk = N_("Writes files with addresses and texts into a folder; who reads it, sends."),
};

static void
journal_free (Journal *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Journal, journal_free)

static void
translate_error (const char  *path,
                 GError      *cause,
                 GError     **error)
{
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error (error, RUF_ERROR, RUF_ERROR_FULL,
                 _("The disk is full; “%s” cannot be written. Make room and try again."), path);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                 _("“%s” cannot be written or read (%s). Check the folder in the setting “dir”."),
                 path, cause->message);
  g_error_free (cause);
}

/* Ids come from the outbox and are UUIDs; nothing else becomes a file name. */
static gboolean
check_id (const char  *batch_id,
          GError     **error)
{
  static const char allowed[] = G_CSET_A_2_Z G_CSET_a_2_z "-0123456789";

  if (batch_id[0] != '\0' && batch_id[strspn (batch_id, allowed)] == '\0')
    return TRUE;
  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("“%s” is no name for a batch: only letters, digits and hyphens are."), batch_id);
  return FALSE;
}

static char *
hidden_path (RufFileBackend *self,
             const char     *batch_id,
             const char     *ending)
{
  g_autofree char *name = g_strconcat (".", batch_id, ending, NULL);

  return g_build_filename (self->dir, name, NULL);
}

static char *
final_path (RufFileBackend *self,
            const char     *batch_id,
            guint           part)
{
  g_autofree char *name = part == 1 ? g_strconcat (batch_id, ".jsonl", NULL)
                                    : g_strdup_printf ("%s-%u.jsonl", batch_id, part);

  return g_build_filename (self->dir, name, NULL);
}

static gboolean
write_whole (const char  *path,
             const char  *text,
             GError     **error)
{
  GError *cause = NULL;

  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &cause))
    return TRUE;
  translate_error (path, cause, error);
  return FALSE;
}

static Journal *
load_journal (RufFileBackend  *self,
              const char      *batch_id,
              GError         **error)
{
  g_autofree char *path = hidden_path (self, batch_id, ".journal");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GError *cause = NULL;
  Journal *journal;

  if (!g_file_get_contents (path, &text, NULL, &cause))
    {
      if (!g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          translate_error (path, cause, error);
          return NULL;
        }
      g_clear_error (&cause);
      text = g_strdup ("");
    }

  journal = g_new0 (Journal, 1);
  journal->text = g_string_new (text);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *last = strrchr (lines[i], ' ');

      if (g_str_has_prefix (lines[i], "chunk ") && last != NULL)
        journal->length = g_ascii_strtoll (last + 1, NULL, 10);
      else if (g_str_equal (lines[i], "commit"))
        {
          journal->commits++;
          journal->length = 0;
        }
    }
  return journal;
}

static gboolean
save_journal (RufFileBackend  *self,
              const char      *batch_id,
              Journal         *journal,
              GError         **error)
{
  g_autofree char *path = hidden_path (self, batch_id, ".journal");

  return write_whole (path, journal->text->str, error);
}

/* The hash under which @key stands in the journal, or NULL. */
static char *
find_chunk (Journal    *journal,
            const char *key)
{
  g_auto (GStrv) lines = g_strsplit (journal->text->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      if (g_strv_length (words) == 4 && g_str_equal (words[1], key))
        return g_strdup (words[2]);
    }
  return NULL;
}

static char *
write_lines (const RufOutgoing *messages,
             guint              n_messages)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < n_messages; i++)
    {
      JsonObject *object = json_object_new ();
      JsonNode *node = json_node_new (JSON_NODE_OBJECT);
      g_autofree char *line = NULL;

      json_object_set_string_member (object, "message_id", messages[i].message_id);
      json_object_set_string_member (object, "to", messages[i].to);
      json_object_set_string_member (object, "text", messages[i].text);
      json_node_take_object (node, object);
      line = ruf_json_write (node);
      g_string_append (lines, line);
      g_string_append_c (lines, '\n');
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static gboolean
append_at (const char    *path,
           goffset        length,
           const char    *lines,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = NULL;
  GOutputStream *out;
  GError *cause = NULL;

  stream = g_file_open_readwrite (file, cancellable, &cause);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_clear_error (&cause);
      stream = g_file_create_readwrite (file, G_FILE_CREATE_PRIVATE, cancellable, &cause);
    }
  if (stream != NULL)
    {
      out = g_io_stream_get_output_stream (G_IO_STREAM (stream));
      if (g_seekable_truncate (G_SEEKABLE (stream), length, cancellable, &cause)
          && g_seekable_seek (G_SEEKABLE (stream), length, G_SEEK_SET, cancellable, &cause)
          && g_output_stream_write_all (out, lines, strlen (lines), NULL, cancellable, &cause)
          && g_io_stream_close (G_IO_STREAM (stream), cancellable, &cause))
        return TRUE;
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, cause);
  else
    translate_error (path, cause, error);
  return FALSE;
}

static gboolean
ruf_file_backend_test (RufBackend    *backend,
                       char         **detail,
                       GCancellable  *cancellable,
                       GError       **error)
{
  RufFileBackend *self = RUF_FILE_BACKEND (backend);

  if (!g_file_test (self->dir, G_FILE_TEST_IS_DIR))
    g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                 _("There is no folder “%s”. Create it, or put another one into the setting "
                   "“dir”."), self->dir);
  else if (g_access (self->dir, W_OK | X_OK) != 0)
    g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                 _("The folder “%s” cannot be written to (%s). Change its permissions, or put "
                   "another one into the setting “dir”."), self->dir, g_strerror (errno));
  else
    {
      *detail = g_strdup_printf (_("Batches become files in “%s”."), self->dir);
      return TRUE;
    }
  return FALSE;
}

static gboolean
ruf_file_backend_open (RufBackend         *backend,
                       const RufManifest  *manifest,
                       GCancellable       *cancellable,
                       GError            **error)
{
  RufFileBackend *self = RUF_FILE_BACKEND (backend);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *detail = NULL;

  if (!check_id (manifest->batch_id, error)
      || !ruf_file_backend_test (backend, &detail, cancellable, error))
    return FALSE;
  path = hidden_path (self, manifest->batch_id, ".open");
  text = ruf_json_write (ruf_batch_protocol_write_manifest (manifest));
  return write_whole (path, text, error);
}

static gboolean
check_same (const char  *stored,
            const char  *sha256,
            GError     **error)
{
  if (g_str_equal (stored, sha256))
    return TRUE;
  g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                       _("These messages were written before with another text. Plan the campaign "
                         "anew."));
  return FALSE;
}

static gboolean
ruf_file_backend_submit (RufBackend    *backend,
                         const char    *batch_id,
                         const char    *idempotency_key,
                         RufOutgoing   *messages,
                         guint          n_messages,
                         GCancellable  *cancellable,
                         GError       **error)
{
  RufFileBackend *self = RUF_FILE_BACKEND (backend);
  g_autoptr (Journal) journal = NULL;
  g_autofree char *path = NULL;
  g_autofree char *lines = write_lines (messages, n_messages);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, lines, -1);
  g_autofree char *stored = NULL;

  if (!check_id (batch_id, error) || !check_id (idempotency_key, error)
      || (journal = load_journal (self, batch_id, error)) == NULL)
    return FALSE;

  path = hidden_path (self, batch_id, ".lines");
  stored = find_chunk (journal, idempotency_key);
  if (stored != NULL && !check_same (stored, sha256, error))
    return FALSE;
  if (stored == NULL)
    {
      if (!append_at (path, journal->length, lines, cancellable, error))
        return FALSE;
      journal->length += strlen (lines);
      g_string_append_printf (journal->text, "chunk %s %s %" G_GOFFSET_FORMAT "\n",
                              idempotency_key, sha256, journal->length);
      if (!save_journal (self, batch_id, journal, error))
        return FALSE;
    }
  for (guint i = 0; i < n_messages; i++)
    messages[i].accepted = TRUE;
  return TRUE;
}

static RufBatchWriter *
open_writer (RufFileBackend  *self,
             const char      *batch_id,
             const char      *target,
             GError         **error)
{
  g_autofree char *path = hidden_path (self, batch_id, ".open");
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) manifest = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const char *send_at, *expires_at;
  RufBatchInfo info = { .batch_id = batch_id };
  GError *cause = NULL;

  if (!g_file_get_contents (path, &text, NULL, &cause))
    {
      translate_error (path, cause, error);
      return NULL;
    }
  manifest = ruf_json_parse_object (text, -1, error);
  if (manifest == NULL)
    return NULL;
  info.campaign = ruf_json_get_text (manifest, "campaign");
  info.channel = ruf_json_get_text (manifest, "channel");
  info.purpose = ruf_json_get_text (manifest, "purpose");
  send_at = ruf_json_get_text (manifest, "send_at");
  expires_at = ruf_json_get_text (manifest, "expires_at");
  if (send_at != NULL)
    ruf_moment_parse (send_at, utc, &info.send_at);
  if (expires_at != NULL)
    ruf_moment_parse (expires_at, utc, &info.expires_at);
  return ruf_batch_writer_open (target, RUF_BATCH_JSONL, &info, error);
}

static gboolean
copy_line (RufBatchWriter  *writer,
           const char      *line,
           gsize            length,
           GError         **error)
{
  g_autoptr (JsonObject) object = ruf_json_parse_object (line, length, error);
  RufBatchMessage message = { 0 };

  if (object == NULL)
    return FALSE;
  message.message_id = ruf_json_get_text (object, "message_id");
  message.to = ruf_json_get_text (object, "to");
  message.text = ruf_json_get_text (object, "text");
  return ruf_batch_writer_add (writer, &message, error);
}

/* The lines that the journal knows of, and no more. */
static gboolean
copy_lines (const char      *path,
            goffset          length,
            RufBatchWriter  *writer,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) raw = NULL;
  g_autoptr (GDataInputStream) in = NULL;
  GError *cause = NULL;

  raw = g_file_read (file, cancellable, &cause);
  in = raw != NULL ? g_data_input_stream_new (G_INPUT_STREAM (raw)) : NULL;
  while (in != NULL && length > 0)
    {
      gsize size;
      g_autofree char *line = g_data_input_stream_read_line (in, &size, cancellable, &cause);

      if (line == NULL)
        break;
      if (!copy_line (writer, line, size, error))
        return FALSE;
      length -= size + 1;
    }
  if (length == 0)
    return TRUE;
  if (cause == NULL)
    cause = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_FAILED,
                                 _("it is shorter than it was"));
  translate_error (path, cause, error);
  return FALSE;
}

static gboolean
ruf_file_backend_commit (RufBackend    *backend,
                         const char    *batch_id,
                         GCancellable  *cancellable,
                         GError       **error)
{
  RufFileBackend *self = RUF_FILE_BACKEND (backend);
  g_autoptr (Journal) journal = NULL;
  g_autoptr (RufBatchWriter) writer = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *target = NULL;
  g_autofree char *sha256 = NULL;

  if (!check_id (batch_id, error)
      || (journal = load_journal (self, batch_id, error)) == NULL)
    return FALSE;
  if (journal->length == 0)
    return TRUE;

  lines = hidden_path (self, batch_id, ".lines");
  target = final_path (self, batch_id, journal->commits + 1);
  writer = open_writer (self, batch_id, target, error);
  if (writer == NULL
      || !copy_lines (lines, journal->length, writer, cancellable, error)
      || !ruf_batch_writer_close (writer, &sha256, error))
    return FALSE;

  g_string_append (journal->text, "commit\n");
  if (!save_journal (self, batch_id, journal, error))
    return FALSE;
  g_unlink (lines);
  return TRUE;
}

static gboolean
ruf_file_backend_cancel (RufBackend    *backend,
                         const char    *batch_id,
                         GCancellable  *cancellable,
                         GError       **error)
{
  static const char * const endings[] = { ".lines", ".open", ".journal" };
  RufFileBackend *self = RUF_FILE_BACKEND (backend);
  g_autoptr (Journal) journal = NULL;

  if (!check_id (batch_id, error)
      || (journal = load_journal (self, batch_id, error)) == NULL)
    return FALSE;
  if (journal->commits > 0)
    {
      g_autofree char *path = final_path (self, batch_id, 1);

      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("The batch is handed over already. If nobody has read it yet, delete “%s”."),
                   path);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = hidden_path (self, batch_id, endings[i]);

      g_unlink (path);
    }
  return TRUE;
}

static void
ruf_file_backend_finalize (GObject *object)
{
  g_free (RUF_FILE_BACKEND (object)->dir);
  G_OBJECT_CLASS (ruf_file_backend_parent_class)->finalize (object);
}

static void
ruf_file_backend_class_init (RufFileBackendClass *klass)
{
  RufBackendClass *backend_class = RUF_BACKEND_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ruf_file_backend_finalize;
  backend_class->traits = &traits;
  backend_class->test = ruf_file_backend_test;
  backend_class->open = ruf_file_backend_open;
  backend_class->submit = ruf_file_backend_submit;
  backend_class->commit = ruf_file_backend_commit;
  backend_class->cancel = ruf_file_backend_cancel;
}

static void
ruf_file_backend_init (RufFileBackend *self)
{
}

/**
 * ruf_file_backend_new:
 * @name: the user's name for it
 * @settings: (element-type utf8 utf8): `dir`, a folder by its whole path
 * @secret: (nullable): not used
 * @error: return location
 *
 * Returns: (transfer full): a backend, or %NULL with %RUF_ERROR_INVALID that names the setting
 */
RufBackend *
ruf_file_backend_new (const char  *name,
                      GHashTable  *settings,
                      const char  *secret,
                      GError     **error)
{
  static const char * const known[] = { "dir", NULL };
  RufFileBackend *self;
  const char *dir;

  if (!ruf_backend_settings_check (settings, known, error)
      || (dir = ruf_backend_settings_get (settings, "dir", error)) == NULL)
    return NULL;
  if (!g_path_is_absolute (dir))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The setting “dir” must be a whole path that begins with “/”, not “%s”."),
                   dir);
      return NULL;
    }
  self = g_object_new (RUF_TYPE_FILE_BACKEND, "name", name, NULL);
  self->dir = g_strdup (dir);
  return RUF_BACKEND (self);
}

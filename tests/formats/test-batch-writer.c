/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>

#include "ruf-batch-writer.h"
#include "ruf-error.h"

static const RufBatchInfo info = {
  .batch_id = "b-1", .campaign = "Wochenangebot", .channel = "whatsapp",
  .purpose = "weekly-offer",
  .send_at = G_GINT64_CONSTANT (1795428000000000),      /* 2026-11-23T10:00:00Z */
  .expires_at = G_GINT64_CONSTANT (1795464000000000),   /* 2026-11-23T20:00:00Z */
};

static const RufBatchMessage messages[] = {
  { "m-1", "+4917604069073", "=Ulrike", "Hallo \"Ulrike\",\nheute: Käse\t3 €\\kg\x01" },
  { "m-2", "+491713920034", NULL, "-5 % auf Wurst" },
};

typedef struct
{
  char *folder;
  char *path;
  char *manifest;
} Place;

static void
set_up (Place         *place,
        gconstpointer  data)
{
  place->folder = g_dir_make_tmp ("ruf-batch-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "batch", NULL);
  place->manifest = g_strconcat (place->path, ".manifest.json", NULL);
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  g_unlink (place->path);
  g_unlink (place->manifest);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
  g_free (place->manifest);
}

static char *
write_batch (Place      *place,
             const char *format_name,
             char      **sha256)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufBatchWriter) writer = NULL;
  RufBatchFormat format;
  char *bytes = NULL;

  g_assert_true (ruf_batch_format_from_string (format_name, &format));
  writer = ruf_batch_writer_open (place->path, format, &info, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    g_assert_true (ruf_batch_writer_add (writer, &messages[i], &error));
  ruf_batch_writer_close (writer, sha256, &error);
  g_assert_no_error (error);
  g_file_get_contents (place->path, &bytes, NULL, &error);
  g_assert_no_error (error);
  return bytes;
}

static const struct
{
  const char *format;
  const char *bytes;
} formats[] = {
  { "csv",
    "format_version,batch_id,message_id,to,channel,purpose,text,send_at,expires_at\n"
    "1,b-1,m-1,+4917604069073,whatsapp,weekly-offer,"
    "\"Hallo \"\"Ulrike\"\",\nheute: Käse\t3 €\\kg\x01\","
    "2026-11-23T10:00:00Z,2026-11-23T20:00:00Z\n"
    "1,b-1,m-2,+491713920034,whatsapp,weekly-offer,-5 % auf Wurst,"
    "2026-11-23T10:00:00Z,2026-11-23T20:00:00Z\n" },
  { "csv-human",
    "\xef\xbb\xbf\"Name\";\"Address\";\"Channel\";\"Purpose\";\"Text\";\"Send at\";"
    "\"Not after\";\"Message ID\"\r\n"
    "\"'=Ulrike\";\"'+4917604069073\";\"whatsapp\";\"weekly-offer\";"
    "\"Hallo \"\"Ulrike\"\",\nheute: Käse\t3 €\\kg\x01\";"
    "\"23.11.2026 11:00\";\"23.11.2026 21:00\";\"m-1\"\r\n"
    "\"\";\"'+491713920034\";\"whatsapp\";\"weekly-offer\";\"'-5 % auf Wurst\";"
    "\"23.11.2026 11:00\";\"23.11.2026 21:00\";\"m-2\"\r\n" },
};

static void
test_csv (Place         *place,
          gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *bytes = write_batch (place, formats[i].format, NULL);

      g_assert_cmpstr (bytes, ==, formats[i].bytes);
    }
}

/* Each line is JSON and gives the message back byte for byte. */
static void
test_jsonl (Place         *place,
            gconstpointer  data)
{
  g_autofree char *bytes = write_batch (place, "jsonl", NULL);
  g_auto (GStrv) lines = g_strsplit (bytes, "\n", -1);
  struct stat state;

  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (messages) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (lines[i], &error);
      JsonObject *object;

      g_assert_no_error (error);
      object = json_node_get_object (node);
      g_assert_cmpstr (json_object_get_string_member (object, "message_id"), ==,
                       messages[i].message_id);
      g_assert_cmpstr (json_object_get_string_member (object, "to"), ==, messages[i].to);
      g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, messages[i].text);
      g_assert_cmpstr (json_object_get_string_member (object, "channel"), ==, "whatsapp");
      g_assert_cmpstr (json_object_get_string_member (object, "purpose"), ==, "weekly-offer");
      g_assert_cmpstr (json_object_get_string_member (object, "send_at"), ==,
                       "2026-11-23T10:00:00Z");
      g_assert_false (json_object_has_member (object, "name"));
    }
  g_assert_cmpint (g_stat (place->path, &state), ==, 0);
  g_assert_cmpint (state.st_mode & 0777, ==, 0600);
}

static void
test_manifest (Place         *place,
               gconstpointer  data)
{
  g_autofree char *sha256 = NULL;
  g_autofree char *bytes = write_batch (place, "jsonl", &sha256);
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, bytes, -1);
  g_autofree char *manifest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_assert_cmpstr (sha256, ==, expected);
  g_file_get_contents (place->manifest, &manifest, NULL, &error);
  g_assert_no_error (error);
  node = json_from_string (manifest, &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "sha256"), ==, expected);
  g_assert_cmpint (json_object_get_int_member (object, "messages"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (object, "purpose"), ==, "weekly-offer");
  g_assert_cmpstr (json_object_get_string_member (object, "file"), ==, "batch");
}

static void
test_full_disk (Place         *place,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufBatchWriter) writer = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("/dev/full is missing");
      return;
    }
  writer = ruf_batch_writer_open ("/dev/full", RUF_BATCH_JSONL, &info, &error);
  g_assert_no_error (error);
  g_assert_true (ruf_batch_writer_add (writer, &messages[0], &error));
  g_assert_false (ruf_batch_writer_close (writer, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_FULL);
  g_assert_false (g_file_test ("/dev/full.manifest.json", G_FILE_TEST_EXISTS));
}

static void
test_unfinished (Place         *place,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  RufBatchWriter *writer = ruf_batch_writer_open (place->path, RUF_BATCH_CSV, &info, &error);

  g_assert_no_error (error);
  g_assert_true (ruf_batch_writer_add (writer, &messages[0], &error));
  ruf_batch_writer_free (writer);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (place->manifest, G_FILE_TEST_EXISTS));
}

#define ADD(name, func) \
  g_test_add ("/formats/batch-writer/" name, Place, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("csv", test_csv);
  ADD ("jsonl", test_jsonl);
  ADD ("manifest", test_manifest);
  ADD ("full-disk", test_full_disk);
  ADD ("unfinished", test_unfinished);
  return g_test_run ();
}

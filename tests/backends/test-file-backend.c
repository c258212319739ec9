/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Batches as files in a folder. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ruf-backend.h"
#include "ruf-error.h"
#include "ruf-json.h"

#define BATCH "0192f0c1-6d1e-7c3a-9a53-7d2f9d1b8a44"

typedef struct
{
  char       *dir;
  RufBackend *backend;
} Fixture;

static RufBackend *
make_backend (const char *dir)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  RufBackend *backend;

  g_hash_table_insert (settings, (char *) "dir", (char *) dir);
  backend = ruf_backend_new ("folder", "file", settings, NULL, &error);
  g_assert_no_error (error);
  return backend;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  RufManifest manifest = {
    .batch_id = BATCH, .campaign = "Wochenangebot", .channel = "whatsapp",
    .purpose = "weekly-offer", .send_at = G_GINT64_CONSTANT (1795683600000000), .planned = 3,
  };
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("rundruf-XXXXXX", &error);
  g_assert_no_error (error);
  self->backend = make_backend (self->dir);
  g_assert_true (ruf_backend_open (self->backend, &manifest, NULL, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->dir);
  g_free (self->dir);
  g_object_unref (self->backend);
}

static void
submit (Fixture    *self,
        const char *key,
        const char *message_id,
        const char *text)
{
  RufOutgoing message = { .message_id = message_id, .to = "+491713920000", .text = text };
  g_autoptr (GError) error = NULL;

  g_assert_true (ruf_backend_submit (self->backend, BATCH, key, &message, 1, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (message.accepted);
}

static void
commit (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ruf_backend_commit (self->backend, BATCH, NULL, &error));
  g_assert_no_error (error);
}

/* The message ids of a file, joined by blanks. */
static char *
read_ids (Fixture    *self,
          const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_autoptr (JsonObject) object = ruf_json_parse_object (lines[i], -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (ruf_json_get_text (object, "to"), ==, "+491713920000");
      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                              ruf_json_get_text (object, "message_id"));
    }
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
test_batch (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *final = g_build_filename (self->dir, BATCH ".jsonl", NULL);
  g_autofree char *ids = NULL;

  submit (self, "k-1", "m-1", "eins");
  submit (self, "k-2", "m-2", "zwei\nzweite Zeile „mit“ \"Zeichen\"");
  g_assert_false (g_file_test (final, G_FILE_TEST_EXISTS));
  commit (self);
  ids = read_ids (self, BATCH ".jsonl");
  g_assert_cmpstr (ids, ==, "m-1 m-2");
}

static void
test_same_key (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *ids = NULL;

  submit (self, "k-1", "m-1", "eins");
  submit (self, "k-1", "m-1", "eins");
  g_set_object (&self->backend, NULL);
  self->backend = make_backend (self->dir);
  submit (self, "k-1", "m-1", "eins");
  commit (self);
  commit (self);
  submit (self, "k-1", "m-1", "eins");
  commit (self);
  ids = read_ids (self, BATCH ".jsonl");
  g_assert_cmpstr (ids, ==, "m-1");
}

static void
test_other_content (Fixture       *self,
                    gconstpointer  data)
{
  RufOutgoing other = { .message_id = "m-1", .to = "+491713920000", .text = "anders" };
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = NULL;

  submit (self, "k-1", "m-1", "eins");
  g_assert_false (ruf_backend_submit (self->backend, BATCH, "k-1", &other, 1, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
  commit (self);
  ids = read_ids (self, BATCH ".jsonl");
  g_assert_cmpstr (ids, ==, "m-1");
}

/* A crash after the lines were written and before the journal was: they are cut away. */
static void
test_torn_chunk (Fixture       *self,
                 gconstpointer  data)
{
  g_autofree char *lines = g_build_filename (self->dir, "." BATCH ".lines", NULL);
  g_autofree char *text = NULL;
  g_autofree char *torn = NULL;
  g_autofree char *ids = NULL;

  submit (self, "k-1", "m-1", "eins");
  g_assert_true (g_file_get_contents (lines, &text, NULL, NULL));
  torn = g_strconcat (text, "{\"message_id\":\"m-2\",\"to\":\"+49171", NULL);
  g_assert_true (g_file_set_contents (lines, torn, -1, NULL));
  submit (self, "k-2", "m-2", "zwei");
  commit (self);
  ids = read_ids (self, BATCH ".jsonl");
  g_assert_cmpstr (ids, ==, "m-1 m-2");
}

static void
test_after_commit (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  submit (self, "k-1", "m-1", "eins");
  commit (self);
  submit (self, "k-2", "m-2", "zwei");
  commit (self);
  first = read_ids (self, BATCH ".jsonl");
  second = read_ids (self, BATCH "-2.jsonl");
  g_assert_cmpstr (first, ==, "m-1");
  g_assert_cmpstr (second, ==, "m-2");
  g_assert_false (ruf_backend_cancel (self->backend, BATCH, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, BATCH ".jsonl"));
}

static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;

  submit (self, "k-1", "m-1", "eins");
  g_assert_true (ruf_backend_cancel (self->backend, BATCH, NULL, &error));
  g_assert_no_error (error);
  dir = g_dir_open (self->dir, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_no_receipts (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ruf_backend_has_receipts (self->backend));
  receipts = ruf_backend_collect (self->backend, "c", &next, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 0);
  g_assert_cmpstr (next, ==, "c");
}

static void
test_missing_folder (void)
{
  g_autoptr (RufBackend) backend = make_backend ("/nonexistent/folder");
  RufManifest manifest = { .batch_id = BATCH, .channel = "sms" };
  g_autoptr (GError) error = NULL;

  g_assert_false (ruf_backend_open (backend, &manifest, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "/nonexistent/folder"));
  g_assert_nonnull (strstr (error->message, "“dir”"));
}

/* A batch id never becomes a path. */
static void
test_bad_ids (Fixture       *self,
              gconstpointer  data)
{
  static const char * const ids[] = { "", "../x", "a/b", "a b", "ä", "." };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      RufManifest manifest = { .batch_id = ids[i], .channel = "sms" };
      g_autoptr (GError) error = NULL;

      g_assert_false (ruf_backend_open (self->backend, &manifest, NULL, &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/backends/file/batch", test_batch);
  ADD ("/backends/file/same-key", test_same_key);
  ADD ("/backends/file/other-content", test_other_content);
  ADD ("/backends/file/torn-chunk", test_torn_chunk);
  ADD ("/backends/file/after-commit", test_after_commit);
  ADD ("/backends/file/cancel", test_cancel);
  ADD ("/backends/file/no-receipts", test_no_receipts);
  ADD ("/backends/file/bad-ids", test_bad_ids);
  g_test_add_func ("/backends/file/missing-folder", test_missing_folder);
  return g_test_run ();
}

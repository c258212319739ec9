/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ruf-csv-reader.h"
#include "ruf-csv-writer.h"
#include "ruf-error.h"

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place         *place,
        gconstpointer  data)
{
  place->folder = g_dir_make_tmp ("ruf-writer-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "list.csv", NULL);
}

static guint
count_files (Place *place)
{
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  g_unlink (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
}

static const char * const cells[] = {
  "=HYPERLINK(\"x\")", "-5 % Rabatt", "@handle", "+4917604069073", "Müller; \"Jürgen\"",
  "a,b\nc", "'+49", "\xef\xbc\x9dSUM", "", "plain", NULL
};

static const struct
{
  RufCsvProfile  profile;
  const char    *bytes;
} profiles[] = {
  { RUF_CSV_HUMAN,
    "\xef\xbb\xbf\"'=HYPERLINK(\"\"x\"\")\";\"'-5 % Rabatt\";\"'@handle\";\"'+4917604069073\";"
    "\"Müller; \"\"Jürgen\"\"\";\"a,b\nc\";\"''+49\";\"'\xef\xbc\x9dSUM\";\"\";\"plain\"\r\n" },
  { RUF_CSV_MACHINE,
    "\"=HYPERLINK(\"\"x\"\")\",-5 % Rabatt,@handle,+4917604069073,\"Müller; \"\"Jürgen\"\"\","
    "\"a,b\nc\",'+49,\xef\xbc\x9dSUM,,plain\n" },
};

static void
test_profiles (Place         *place,
               gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RufCsvWriter) writer =
        ruf_csv_writer_open (place->path, profiles[i].profile, &error);
      g_autofree char *bytes = NULL;
      g_autofree char *sha256 = NULL;
      g_autofree char *expected = NULL;
      struct stat info;

      g_assert_no_error (error);
      g_assert_true (ruf_csv_writer_row (writer, cells, &error));
      g_assert_true (ruf_csv_writer_close (writer, &sha256, &error));
      g_file_get_contents (place->path, &bytes, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (bytes, ==, profiles[i].bytes);
      expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, bytes, -1);
      g_assert_cmpstr (sha256, ==, expected);
      g_assert_cmpint (g_stat (place->path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      g_assert_cmpuint (count_files (place), ==, 1);
    }
}

/* What stood there before stays until the new file is complete. */
static void
test_unfinished (Place         *place,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;

  g_file_set_contents (place->path, "old", -1, &error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RufCsvWriter) writer = ruf_csv_writer_open (place->path, RUF_CSV_HUMAN, &error);

      g_assert_no_error (error);
      g_assert_true (ruf_csv_writer_row (writer, cells, &error));
    }
  g_file_get_contents (place->path, &bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bytes, ==, "old");
  g_assert_cmpuint (count_files (place), ==, 1);
}

static void
test_failures (Place         *place,
               gconstpointer  data)
{
  g_autofree char *inside = g_build_filename (place->folder, "missing", "list.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufCsvWriter) writer = NULL;

  g_assert_null (ruf_csv_writer_open (inside, RUF_CSV_HUMAN, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (ruf_csv_writer_open (place->folder, RUF_CSV_HUMAN, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
  g_clear_error (&error);
  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("/dev/full is missing");
      return;
    }
  writer = ruf_csv_writer_open ("/dev/full", RUF_CSV_HUMAN, &error);
  g_assert_no_error (error);
  g_assert_true (ruf_csv_writer_row (writer, cells, &error));
  g_assert_false (ruf_csv_writer_close (writer, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "/dev/full"));
}

static void
test_reads_back (Place         *place,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufCsvWriter) writer = ruf_csv_writer_open (place->path, RUF_CSV_MACHINE, &error);
  g_autoptr (RufCsvReader) reader = NULL;
  const RufCsvRow *row;

  g_assert_true (ruf_csv_writer_row (writer, cells, &error));
  g_assert_true (ruf_csv_writer_close (writer, NULL, &error));
  reader = ruf_csv_reader_open (place->path, NULL, ',', &error);
  g_assert_no_error (error);
  row = ruf_csv_reader_next (reader, NULL, &error);
  g_assert_cmpuint (row->n_fields, ==, g_strv_length ((char **) cells));
  for (guint i = 0; i < row->n_fields; i++)
    g_assert_cmpstr (row->fields[i], ==, cells[i]);
}

#define ADD(name, func) \
  g_test_add ("/formats/csv-writer/" name, Place, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("profiles", test_profiles);
  ADD ("unfinished", test_unfinished);
  ADD ("failures", test_failures);
  ADD ("reads-back", test_reads_back);
  return g_test_run ();
}

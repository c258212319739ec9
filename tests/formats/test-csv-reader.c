/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "ruf-csv-reader.h"
#include "ruf-error.h"

static char *
write_file (const char *data,
            gssize      size)
{
  g_autoptr (GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("ruf-csv-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
  return path;
}

/* The whole file as "line:field|field" records, joined by "/". */
static char *
describe (RufCsvReader *reader)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  const RufCsvRow *row;

  while ((row = ruf_csv_reader_next (reader, NULL, &error)) != NULL)
    {
      g_autofree char *joined = g_strjoinv ("|", (char **) row->fields);

      g_string_append_printf (out, "%s%u:%s%s%s%s", out->len ? "/" : "", row->line, joined,
                              row->unterminated ? " unterminated" : "",
                              row->had_nul ? " nul" : "", row->blank ? " blank" : "");
    }
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *bytes;
  gssize      size;
  char        delimiter;
  const char *records;
} dialects[] = {
  { "a,b\n1,2\n", -1, ',', "1:a|b/2:1|2" },
  { "a;b\r\n1,5;2\r\n", -1, ';', "1:a|b/2:1,5|2" },
  { "a\tb\r1\t2", -1, '\t', "1:a|b/2:1|2" },
  { "a,b\r\n\n\r1,2\r", -1, ',', "1:a|b/2: blank/3: blank/4:1|2" },
  { "a,b\n\"x,\ny\",\"say \"\"hi\"\"\"\n3,4\n", -1, ',', "1:a|b/2:x,\ny|say \"hi\"/4:3|4" },
  { "a,b\n\"x\r\ny\rz\",2\n3,4\n", -1, ',', "1:a|b/2:x\r\ny\rz|2/5:3|4" },
  { "a,b\n6\" pipe,\"x\"y\n", -1, ',', "1:a|b/2:6\" pipe|xy" },
  { "a,b\n\"never closed,2\n3,4\n", -1, ',', "1:a|b/2:never closed,2\n3,4\n unterminated" },
  { "a,b\nx\0y,2\n", 10, ',', "1:a|b/2:x\xef\xbf\xbdy|2 nul" },
  { "a,b,\n,,\n \xc2\xa0,\t,\n", -1, ',', "1:a|b|/2:|| blank/3: \xc2\xa0|\t| blank" },
  { "sep=,\r\nA\r\nx;1,y;2\r\n", -1, ',', "2:A/3:x;1|y;2" },
  { "\"sep=;\"\na,x;b\n", -1, ';', "2:a,x|b" },
  { "\xef\xbb\xbfsep=\t\na,1\tb\n", -1, '\t', "2:a,1|b" },
  { "only\none\n", -1, ',', "1:only/2:one" },
  { "name;text\nA;eins, zwei\nB;drei\nC;vier, fünf, sechs\n", -1, ';',
    "1:name|text/2:A|eins, zwei/3:B|drei/4:C|vier, fünf, sechs" },
  { "name,note\nA,\"x;y;z\"\nB,\"x;y;z\"\nC,\"a;b\"\n", -1, ',',
    "1:name|note/2:A|x;y;z/3:B|x;y;z/4:C|a;b" },
  { "a,b\n1,", -1, ',', "1:a|b/2:1|" },
  { "\"\"", -1, ',', "1: blank" },
  { "a,b\n\"\r\n\"\"\n\",2\n5,6", -1, ',', "1:a|b/2:\r\n\"\n|2/5:5|6" },
};

static void
test_dialects (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autofree char *path = write_file (dialects[i].bytes, dialects[i].size);
      g_autoptr (GError) error = NULL;
      g_autoptr (RufCsvReader) reader = ruf_csv_reader_open (path, NULL, 0, &error);
      g_autofree char *records = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (ruf_csv_reader_get_delimiter (reader), ==, dialects[i].delimiter);
      records = describe (reader);
      g_assert_cmpstr (records, ==, dialects[i].records);
      g_unlink (path);
    }
}

static void
test_forced_delimiter (void)
{
  g_autofree char *path = write_file ("a|b;c\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufCsvReader) reader = ruf_csv_reader_open (path, NULL, '|', &error);
  g_autofree char *records = NULL;

  g_assert_no_error (error);
  records = describe (reader);
  g_assert_cmpstr (records, ==, "1:a|b;c");
  g_unlink (path);
}

/* Records that lie across the reader's blocks come out whole, in every line end. */
static void
test_blocks (void)
{
  const char *ends[] = { "\n", "\r", "\r\n" };

  for (gsize e = 0; e < G_N_ELEMENTS (ends); e++)
    {
      g_autoptr (GString) bytes = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RufCsvReader) reader = NULL;
      g_autofree char *path = NULL;
      const RufCsvRow *row;
      guint n = 0;

      for (guint i = 1; i <= 50000; i++)
        g_string_append_printf (bytes, "%u,\"Müller, \"\"%u\"\"\",x%s", i, i, ends[e]);
      path = write_file (bytes->str, bytes->len);
      reader = ruf_csv_reader_open (path, NULL, 0, &error);
      g_assert_no_error (error);
      while ((row = ruf_csv_reader_next (reader, NULL, &error)) != NULL)
        {
          g_autofree char *name = g_strdup_printf ("Müller, \"%u\"", ++n);

          g_assert_cmpuint (row->line, ==, n);
          g_assert_cmpuint (row->n_fields, ==, 3);
          g_assert_cmpstr (row->fields[1], ==, name);
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, 50000);
      g_unlink (path);
    }
}

static void
test_long_cell (void)
{
  g_autoptr (GString) bytes = g_string_new ("a,b\nx");
  g_autoptr (GError) error = NULL;
  g_autoptr (RufCsvReader) reader = NULL;
  g_autofree char *path = NULL;
  const RufCsvRow *row;

  for (guint i = 0; i < 600000; i++)
    g_string_append (bytes, "ä");
  g_string_append (bytes, ",2\n3,4\n");
  path = write_file (bytes->str, bytes->len);
  reader = ruf_csv_reader_open (path, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (ruf_csv_reader_next (reader, NULL, &error));
  row = ruf_csv_reader_next (reader, NULL, &error);
  g_assert_true (row->too_long);
  g_assert_cmpuint (strlen (row->fields[0]), ==, 1024 * 1024 - 1);
  g_assert_true (g_utf8_validate (row->fields[0], -1, NULL));
  g_assert_cmpstr (row->fields[1], ==, "2");
  row = ruf_csv_reader_next (reader, NULL, &error);
  g_assert_false (row->too_long);
  g_assert_cmpstr (row->fields[1], ==, "4");
  g_unlink (path);
}

static void
test_cancel (void)
{
  g_autofree char *path = write_file ("a,b\n", -1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RufCsvReader) reader = ruf_csv_reader_open (path, NULL, 0, &error);

  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_nonnull (ruf_csv_reader_next (reader, NULL, &error));
  g_assert_null (ruf_csv_reader_next (reader, cancellable, &error));
  g_assert_no_error (error);
  g_unlink (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/csv-reader/dialects", test_dialects);
  g_test_add_func ("/formats/csv-reader/forced-delimiter", test_forced_delimiter);
  g_test_add_func ("/formats/csv-reader/blocks", test_blocks);
  g_test_add_func ("/formats/csv-reader/long-cell", test_long_cell);
  g_test_add_func ("/formats/csv-reader/cancel", test_cancel);
  return g_test_run ();
}

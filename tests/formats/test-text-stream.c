/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "ruf-error.h"
#include "ruf-text-stream.h"

static char *
write_file (const char *data,
            gssize      size)
{
  g_autoptr (GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("ruf-text-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
  return path;
}

static char *
read_all (RufTextStream *stream,
          gsize          step)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *buffer = g_malloc (step);
  GString *text = g_string_new (NULL);
  gssize got;

  while ((got = ruf_text_stream_read (stream, buffer, step, NULL, &error)) > 0)
    g_string_append_len (text, buffer, got);
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  const char *bytes;
  gssize      size;
  const char *encoding;
  const char *text;
} samples[] = {
  { "ascii", "name,phone\n", -1, "utf-8", "name,phone\n" },
  { "utf8", "M\xc3\xbcller \xf0\x9f\xa5\xa8", -1, "utf-8", "Müller 🥨" },
  { "bom", "\xef\xbb\xbfM\xc3\xbcller", -1, "utf-8", "Müller" },
  { "cp1252", "M\xfcller \x80 \x84x\x93", -1, "windows-1252", "Müller € „x“" },
  { "cp1252-hole", "a\x81\xfc""b", -1, "windows-1252", "a\xef\xbf\xbdüb" },
  { "utf8-cut", "M\xc3\xbcller\xc3", -1, "windows-1252", "MÃ¼llerÃ" },
  { "utf8-bom-broken", "\xef\xbb\xbfM\xc3\xbcll\xff", -1, "utf-8", "Müll\xef\xbf\xbd" },
  { "utf16le", "\xff\xfe" "A\0\xfc\0\x3e\xd8\x68\xdd", 10, "utf-16le", "Aü🥨" },
  { "utf16be", "\xfe\xff" "\0A\0\xfc", 6, "utf-16be", "Aü" },
  { "utf16-no-bom", "n\0a\0m\0e\0,\0t\0e\0l\0", 16, "utf-16le", "name,tel" },
  { "utf16-odd", "\xff\xfe" "A\0B", 5, "utf-16le", "A\xef\xbf\xbd" },
};

static void
test_encodings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    for (gsize step = 8; step <= 4096; step *= 8)
      {
        g_autofree char *path = write_file (samples[i].bytes, samples[i].size);
        g_autoptr (GError) error = NULL;
        g_autoptr (RufTextStream) stream = ruf_text_stream_open (path, NULL, &error);
        g_autofree char *text = NULL;

        g_assert_no_error (error);
        g_test_message ("%s in steps of %" G_GSIZE_FORMAT, samples[i].name, step);
        g_assert_cmpstr (ruf_text_stream_get_encoding (stream), ==, samples[i].encoding);
        text = read_all (stream, step);
        g_assert_cmpstr (text, ==, samples[i].text);
        g_assert_cmpint (ruf_text_stream_get_position (stream), ==,
                         ruf_text_stream_get_size (stream));
        g_unlink (path);
      }
}

/* The byte that decides may stand a megabyte into the file. */
static void
test_late_byte (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufTextStream) stream = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 70001; i++)
    g_string_append (bytes, "Wurst, K\xc3\xa4se, ");
  g_string_append_c (bytes, '\xe4');
  path = write_file (bytes->str, bytes->len);
  stream = ruf_text_stream_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ruf_text_stream_get_encoding (stream), ==, "windows-1252");
  text = read_all (stream, 1000);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_suffix (text, "ä"));
  g_unlink (path);
}

static void
test_forced (void)
{
  g_autofree char *path = write_file ("J\x9frgen", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufTextStream) stream = ruf_text_stream_open (path, "macintosh", &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = read_all (stream, 100);
  g_assert_cmpstr (text, ==, "Jürgen");
  g_assert_null (ruf_text_stream_open (path, "klingon", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
  g_unlink (path);
}

static void
assert_refused (const char *path,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);

  g_assert_null (ruf_text_stream_open (path, NULL, &error));
  g_assert_error (error, RUF_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_refusals (void)
{
  g_autofree char *empty = write_file ("", 0);
  g_autofree char *workbook = write_file ("PK\x03\x04\x14\0\0\0", 8);
  g_autofree char *noise = write_file ("\x01\x02\x03\x04\0\x05\x06\x07\x0e\x0f\x10\x11", 12);

  assert_refused (empty, RUF_ERROR_INVALID);
  assert_refused (workbook, RUF_ERROR_INVALID);
  assert_refused (noise, RUF_ERROR_INVALID);
  assert_refused (g_get_tmp_dir (), RUF_ERROR_INVALID);
  assert_refused ("/dev/null", RUF_ERROR_INVALID);
  assert_refused ("/nowhere/contacts.csv", RUF_ERROR_NOT_FOUND);
  g_unlink (empty);
  g_unlink (workbook);
  g_unlink (noise);
}

static void
test_sha256 (void)
{
  g_autofree char *path = write_file ("abc", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = ruf_file_get_sha256 (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sha256, ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_unlink (path);
}

/* What another program can do to a file that is being read. */
static void
append_text (const char *path)
{
  FILE *file = g_fopen (path, "a");

  g_assert_nonnull (file);
  fputs ("more\n", file);
  fclose (file);
}

static void
cut_text (const char *path)
{
  g_assert_cmpint (truncate (path, 300 * 1024), ==, 0);
}

/* The same size, but another time. */
static void
touch (const char *path)
{
  struct utimbuf times = { .actime = 1000000000, .modtime = 1000000000 };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* As editors save: another file takes the place. */
static void
replace (const char *path)
{
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  struct stat info;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_cmpint (stat (path, &info), ==, 0);
  other = write_file (text, size);
  g_assert_cmpint (utimensat (AT_FDCWD, other, (struct timespec[]) { info.st_atim, info.st_mtim },
                              0), ==, 0);
  g_assert_cmpint (g_rename (other, path), ==, 0);
}

static void
leave (const char *path)
{
}

static void
take_away (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static const struct
{
  const char *name;
  void      (*change) (const char *path);
  gboolean    fails;
} changes[] = {
  { "appended", append_text, TRUE },
  { "cut", cut_text, TRUE },
  { "touched", touch, TRUE },
  { "replaced", replace, TRUE },
  { "left-alone", leave, FALSE },
  { "taken-away", take_away, FALSE },
};

/* Reads half a file in each of both ways, then somebody changes it. */
static void
test_changed (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  static const char * const encodings[] = { "utf-8", "windows-1252" };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *text = g_strnfill (700 * 1024, 'x');
      g_autofree char *path = write_file (text, -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (RufTextStream) stream = ruf_text_stream_open (path, encodings[i], &error);
      char buffer[4096];
      gssize got;

      g_assert_no_error (error);
      g_assert_cmpint (ruf_text_stream_read (stream, buffer, sizeof buffer, NULL, &error), >, 0);
      changes[n].change (path);
      do
        got = ruf_text_stream_read (stream, buffer, sizeof buffer, NULL, &error);
      while (got > 0);
      g_assert_cmpint (got, ==, changes[n].fails ? -1 : 0);
      if (changes[n].fails)
        {
          g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
          g_assert_nonnull (strstr (error->message, path));
        }
      g_unlink (path);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/text-stream/encodings", test_encodings);
  g_test_add_func ("/formats/text-stream/late-byte", test_late_byte);
  g_test_add_func ("/formats/text-stream/forced", test_forced);
  g_test_add_func ("/formats/text-stream/refusals", test_refusals);
  g_test_add_func ("/formats/text-stream/sha256", test_sha256);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/text-stream/changed/", changes[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_changed);
    }
  return g_test_run ();
}

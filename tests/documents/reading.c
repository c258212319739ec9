/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads pages as others do: with a PDF reader, and with a camera. */

#include "reading.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
has_program (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);
  g_autofree char *why = g_strdup_printf ("%s is not installed", name);

  if (path == NULL)
    g_test_skip (why);
  return path != NULL;
}

gboolean
reading_is_possible (void)
{
  return has_program ("pdftotext") && has_program ("pdftoppm") && has_program ("zbarimg");
}

static char *
run (const char * const *argv)
{
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autofree char *err = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, NULL,
                &error);
  g_assert_no_error (error);
  return out;
}

static char *
put_aside (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("ruf-page-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  return path;
}

char *
reading_get_text (GBytes *pdf)
{
  g_autofree char *path = put_aside (pdf);
  char *text = run ((const char *[]) { "pdftotext", "-layout", path, "-", NULL });

  g_unlink (path);
  return text;
}

char *
reading_join (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n\f", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", words[i]);
  return g_string_free (joined, FALSE);
}

guint
reading_count (const char *text,
               const char *words)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, words)) != NULL; p += strlen (words))
    n++;
  return n;
}

void
reading_assert_has (const char *text,
                    const char *words)
{
  if (strstr (text, words) == NULL)
    g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, words));
}

char *
reading_scan (GBytes *pdf)
{
  g_autofree char *path = put_aside (pdf);
  g_autofree char *picture = g_strconcat (path, ".ppm", NULL);
  g_autofree char *none =
    run ((const char *[]) { "pdftoppm", "-r", "150", "-singlefile", path, path, NULL });
  char *link = run ((const char *[]) { "zbarimg", "--quiet", "--raw", picture, NULL });

  g_unlink (path);
  g_unlink (picture);
  return g_strchomp (link);
}

void
reading_keep (GBytes     *pdf,
              const char *name)
{
  const char *folder = g_getenv ("RUNDRUF_TEST_PAPERS");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (path != NULL)
    g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL);
}

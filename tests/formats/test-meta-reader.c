/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "ruf-error.h"
#include "ruf-meta-reader.h"

static char *
write_file (const char *data,
            gssize      size)
{
  g_autoptr (GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("ruf-meta-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
  return path;
}

static void
append_figure (GString    *out,
               const char *name,
               gint64      value)
{
  if (value != RUF_NOT_MEASURED)
    g_string_append_printf (out, " %s=%" G_GINT64_FORMAT, name, value);
}

static void
append_post (GString       *out,
             const RufPost *post)
{
  g_string_append_printf (out, "%u:%s@%s '%s'", post->row, post->post_id, post->published_at,
                          post->title);
  append_figure (out, "reach", post->reach);
  append_figure (out, "viewers", post->viewers);
  append_figure (out, "views", post->views);
  append_figure (out, "impressions", post->impressions);
  append_figure (out, "reactions", post->reactions);
  append_figure (out, "comments", post->comments);
  append_figure (out, "shares", post->shares);
  append_figure (out, "clicks", post->link_clicks);
  g_string_append_c (out, '/');
}

/* What was read, as one line: posts, days, rejects. */
static char *
describe (const RufMetaFile *file)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < file->posts->len; i++)
    append_post (out, g_ptr_array_index (file->posts, i));

  for (guint i = 0; i < file->days->len; i++)
    {
      const RufPageDay *day = &g_array_index (file->days, RufPageDay, i);

      g_string_append_printf (out, "%s=%" G_GINT64_FORMAT "/", day->day, day->value);
    }

  for (guint i = 0; i < file->rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (file->rejects, i);

      g_string_append_printf (out, "!%u %s %s/", reject->row,
                              reject->column != NULL ? reject->column : "row",
                              ruf_reject_reason_to_string (reject->reason));
    }

  return g_string_free (out, FALSE);
}

static const struct
{
  const char *name;
  const char *text;
  const char *expected;
} posts[] = {
  { "as-exported",
    "\xef\xbb\xbf" "Post ID,Page ID,Title,Publish time,Post type,Date,Views,Reach,"
    "\"Reactions, Comments and Shares\",Reactions,Comments,Shares,Link Clicks\n"
    "111,9,\"Lines\nand \"\"quotes\"\"\",10/31/2026 07:00,Photos,Lifetime,\"2,154\",\"1,091\","
    "5,4,1,0,\n",
    "2:111@2026-10-31T07:00 'Lines\nand \"quotes\"' reach=1091 views=2154 reactions=4 comments=1 "
    "shares=0/" },
  { "any-order-any-case",
    "REACH, publish TIME ,post id\r\n7,05/01/2025 17:15,1\r\n",
    "2:1@2025-05-01T17:15 '' reach=7/" },
  { "viewers-only", "Post ID,Publish time,Viewers\n1,06/16/2026 09:00,88\n",
    "2:1@2026-06-16T09:00 '' viewers=88/" },
  { "old-impressions", "Post ID,Publish time,Description,Impressions\n1,01/02/2025 09:00,Text,12\n",
    "2:1@2025-01-02T09:00 'Text' impressions=12/" },
  { "empty-is-not-zero", "Post ID,Publish time,Reach\n1,01/02/2025 09:00,\n2,01/02/2025 09:00,0\n",
    "2:1@2025-01-02T09:00 ''/3:2@2025-01-02T09:00 '' reach=0/" },
  { "german", "Beitrags-ID;Veröffentlichungszeitpunkt;Reichweite;Aufrufe;Geteilte Inhalte\n"
    "1;31.10.2026 10:05;1.181;298;1\n",
    "2:1@2026-10-31T10:05 '' reach=1181 views=298 shares=1/" },
  { "ids-damaged", "Post ID,Publish time,Reach\n1.22158E+17,01/02/2025 09:00,5\n"
    "\"1,22E+17\",01/02/2025 09:00,5\n1E17,01/02/2025 09:00,5\n12_34,01/02/2025 09:00,5\n",
    "5:12_34@2025-01-02T09:00 '' reach=5/!2 Post ID id-missing/!3 Post ID id-missing/"
    "!4 Post ID id-missing/" },
  { "id-and-time-missing", "Post ID,Publish time,Reach\n,01/02/2025 09:00,5\n2,,5\n"
    "3,13/32/2025 09:00,5\n",
    "!2 Post ID id-missing/!3 Publish time time-missing/!4 Publish time time-invalid/" },
  { "last-row-wins", "Post ID,Publish time,Reach\n1,01/02/2025 09:00,5\n2,01/03/2025 09:00,6\n"
    "1,01/02/2025 09:00,9\n",
    "4:1@2025-01-02T09:00 '' reach=9/3:2@2025-01-03T09:00 '' reach=6/" },
  { "no-number", "Post ID,Publish time,Reach\n1,01/02/2025 09:00,many\n2,01/02/2025 09:00,1.5\n"
    "3,01/02/2025 09:00,-4\n4,01/02/2025 09:00,99999999999999999999\n5,01/02/2025 09:00,N/A\n",
    "6:5@2025-01-02T09:00 ''/!2 Reach malformed-row/!3 Reach malformed-row/"
    "!4 Reach malformed-row/!5 Reach malformed-row/" },
  { "ragged", "Post ID,Publish time,Reach\n1,01/02/2025 09:00,1,000\n2,01/02/2025\n\n"
    "3,01/02/2025 09:00,\"7\n",
    "3:2@2025-01-02T00:00 ''/!2 row malformed-row/!5 row malformed-row/" },
  { "header-only", "Post ID,Publish time,Reach\n", "" },
};

static void
test_posts (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *path = write_file (posts[i].text, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufMetaFile) file = ruf_meta_file_read (path, NULL, &error);
  g_autofree char *read = NULL;

  g_assert_no_error (error);
  read = describe (file);
  g_assert_cmpstr (read, ==, posts[i].expected);
  g_assert_cmpstr (file->format, ==, "meta-posts");
  g_unlink (path);
}

static void
test_duplicates_are_counted (void)
{
  g_autofree char *path = write_file ("Post ID,Publish time,Reach\n1,01/02/2025 09:00,5\n"
                                      "1,01/02/2025 09:00,6\n1,01/02/2025 09:00,7\n", -1);
  g_autoptr (RufMetaFile) file = ruf_meta_file_read (path, NULL, NULL);

  g_assert_cmpuint (file->rows, ==, 3);
  g_assert_cmpuint (file->posts->len, ==, 1);
  g_assert_cmpuint (file->duplicates, ==, 2);
  g_unlink (path);
}

static const char days_text[] =
  "sep=,\r\n\"Facebook follows\"\r\n\"Date\",\"Primary\"\r\n"
  "\"2025-08-01T00:00:00\",\"1,020\"\r\n\"2025-08-02T00:00:00\",\"\"\r\n"
  "\"2025-08-03T00:00:00\",\"0\"\r\n\"soon\",\"3\"\r\n";

static void
check_days (const char *bytes,
            gsize       size,
            const char *encoding)
{
  g_autofree char *path = write_file (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufMetaFile) file = ruf_meta_file_read (path, NULL, &error);
  g_autofree char *read = NULL;

  g_assert_no_error (error);
  read = describe (file);
  g_assert_cmpstr (read, ==, "2025-08-01=1020/2025-08-03=0/!7 Date time-invalid/");
  g_assert_cmpstr (file->format, ==, "meta-page-daily");
  g_assert_cmpstr (file->metric, ==, "Facebook follows");
  g_assert_cmpstr (file->encoding, ==, encoding);
  g_assert_cmpint (file->delimiter, ==, ',');
  g_unlink (path);
}

/* Business Suite writes UTF-16; a program that saved the file again may not. */
static void
test_page_days (void)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  g_autofree char *utf16 = g_convert (days_text, -1, "UTF-16LE", "UTF-8", NULL, &size, &error);
  g_autofree char *bytes = NULL;

  g_assert_no_error (error);
  bytes = g_malloc (size + 2);
  memcpy (bytes, "\xff\xfe", 2);
  memcpy (bytes + 2, utf16, size);
  check_days (bytes, size + 2, "utf-16le");
  check_days (days_text, strlen (days_text), "utf-8");
}

/* Another kind of file is refused by its name, with what to do instead. */
static void
test_other_files (void)
{
  const struct { const char *text; const char *word; } files[] = {
    { "Post ID,Permalink,Posted,Lifetime Post Total Reach\n1,x,3/6/2019 16:00,10\n",
      "fb-insights-posts" },
    { "Kampagnenname,Tag,Ausgegebener Betrag (EUR),Reichweite\nA,2026-05-04,17.38,2\n",
      "meta-ads" },
    { "Campaign name,Day,Amount spent (CHF),Reach\nA,2026-05-04,17.38,2\n", "meta-ads" },
    { "name,phone\nAnna,0171\n", "Post ID" },
    { "Post ID,Publish time,Comments\n1,01/02/2025 09:00,5\n", "Reach" },
    { "just a line\nand another\n", "Post ID" },
    { "\n\n\n", "Post ID" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = write_file (files[i].text, -1);
      g_autoptr (GError) error = NULL;

      g_assert_null (ruf_meta_file_read (path, NULL, &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, files[i].word));
      g_assert_nonnull (strstr (error->message, path));
      g_unlink (path);
    }
}

/* What is opened from outside goes where it belongs. */
static void
test_recognise (void)
{
  const struct { const char *text; gboolean meta; } files[] = {
    { "Post ID,Publish time,Reach\n1,01/02/2025 09:00,5\n", TRUE },
    { "Beitrags-ID;Veröffentlichungszeitpunkt;Reichweite\n", TRUE },
    { "Viewers\n\"Date\",\"Primary\"\n2026-11-21,5\n", TRUE },
    { "Post ID,Permalink,Posted,Lifetime Post Total Reach\n", TRUE },
    { "Campaign name,Day,Amount spent (CHF),Reach\n", TRUE },
    { "name,phone\nAnna,0171\n", FALSE },
    { "Date,Name\n2026-11-21,Anna\n", FALSE },
    { "name\nAnna\n", FALSE },
    { "\n", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = write_file (files[i].text, -1);

      g_assert_cmpint (ruf_meta_file_recognise (path), ==, files[i].meta);
      g_unlink (path);
    }
  g_assert_false (ruf_meta_file_recognise ("/nowhere/at/all.csv"));
}

static void
test_unreadable (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ruf_meta_file_read ("/nowhere/at/all.csv", NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all.csv"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/meta-reader/posts/", posts[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_posts);
    }
  g_test_add_func ("/formats/meta-reader/duplicates", test_duplicates_are_counted);
  g_test_add_func ("/formats/meta-reader/page-days", test_page_days);
  g_test_add_func ("/formats/meta-reader/other-files", test_other_files);
  g_test_add_func ("/formats/meta-reader/recognise", test_recognise);
  g_test_add_func ("/formats/meta-reader/unreadable", test_unreadable);

  return g_test_run ();
}

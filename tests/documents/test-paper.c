/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "reading.h"
#include "ruf-paper.h"

#define N_ROWS 500

static GBytes *
print (RufPaperSize  size,
       const char   *name,
       gint64        made_at,
       RufPaperFunc  func)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GError) error = NULL;
  GBytes *pdf = ruf_paper_print (size, "Pages", made_at, zone, func, NULL, &error);

  g_assert_no_error (error);
  reading_keep (pdf, name);
  return pdf;
}

static char *
print_text (RufPaperSize  size,
            const char   *name,
            RufPaperFunc  func)
{
  g_autoptr (GBytes) pdf = print (size, name, READING_NOON, func);

  return reading_get_text (pdf);
}

static void
fill_letter (RufPaper      *paper,
             gconstpointer  data)
{
  ruf_paper_add_text (paper, RUF_PAPER_TITLE, "Title of it");
  ruf_paper_add_field (paper, "Name", "Kläre Öz");
  ruf_paper_add_field (paper, "Unknown", NULL);
  ruf_paper_add_field (paper, "Empty", "");
  ruf_paper_add_quote (paper, "First line\nsecond line");
  ruf_paper_add_text (paper, RUF_PAPER_BODY, "Damaged \377 text");
}

static void
test_letter (void)
{
  g_autofree char *text = NULL;

  if (!reading_is_possible ())
    return;

  text = print_text (RUF_PAPER_A4, "paper-letter.pdf", fill_letter);
  reading_assert_has (text, "Title of it");
  reading_assert_has (text, "Kläre Öz");
  reading_assert_has (text, "second line");
  reading_assert_has (text, "Made by Rundruf on this computer, 18 November 2026, 12:06");
  reading_assert_has (text, "Page 1 of 1");
  g_assert_cmpuint (reading_count (text, "Unknown"), ==, 0);
  g_assert_cmpuint (reading_count (text, "Empty"), ==, 0);
}

static void
fill_table (RufPaper      *paper,
            gconstpointer  data)
{
  static const RufPaperColumn columns[] = {
    { "Number", 0.3, RUF_PAPER_CODE },
    { "What happened", 0.7, RUF_PAPER_BODY },
  };

  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *number = g_strdup_printf ("row-%03u", i);

      ruf_paper_add_row (paper, (const char *[]) { number, "Something" });
    }
  ruf_paper_end_table (paper);
}

/* Each page of a long table has its head, its number, and every row comes once. */
static void
test_table (void)
{
  g_autofree char *text = NULL;
  g_autofree char *last = NULL;
  guint pages;

  if (!reading_is_possible ())
    return;

  text = print_text (RUF_PAPER_A4, "paper-table.pdf", fill_table);
  pages = reading_count (text, "\f");
  last = g_strdup_printf ("Page %u of %u", pages, pages);
  g_assert_cmpuint (pages, >, 5);
  g_assert_cmpuint (reading_count (text, "What happened"), ==, pages);
  g_assert_cmpuint (reading_count (text, "Pages"), ==, pages - 1);
  reading_assert_has (text, last);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *number = g_strdup_printf ("row-%03u", i);

      g_assert_cmpuint (reading_count (text, number), ==, 1);
    }
}

static char *
make_words (guint n)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (words, "%sw%05u", i > 0 ? " " : "", i);
  return g_string_free (words, FALSE);
}

static void
fill_book (RufPaper      *paper,
           gconstpointer  data)
{
  g_autofree char *words = make_words (6000);

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, "A quote");
  ruf_paper_add_quote (paper, words);
  ruf_paper_add_field (paper, "The same", words);
}

/* What is longer than a page goes on, and no word is lost where pages part. */
static void
test_long (void)
{
  g_autofree char *text = NULL;

  if (!reading_is_possible ())
    return;

  text = print_text (RUF_PAPER_A5, "paper-book.pdf", fill_book);
  for (guint i = 0; i < 6000; i++)
    {
      g_autofree char *word = g_strdup_printf ("w%05u", i);

      g_assert_cmpuint (reading_count (text, word), ==, 2);
    }
}

static void
fill_names (RufPaper      *paper,
            gconstpointer  data)
{
  g_autofree char *name = g_strnfill (5000, 'n');

  ruf_paper_add_text (paper, RUF_PAPER_TITLE, name);
  ruf_paper_add_field (paper, "Right to left", "שלום עולם");
  ruf_paper_add_field (paper, "Mixed", "محمد +49171 (Müller)");
  ruf_paper_add_field (paper, "Combining", "Zalg\u0300\u0301\u0302\u0303\u0304o");
  ruf_paper_add_field (paper, "Long", name);
}

static void
test_names (void)
{
  g_autofree char *text = NULL;
  guint n = 0;

  if (!reading_is_possible ())
    return;

  text = print_text (RUF_PAPER_A4, "paper-names.pdf", fill_names);
  for (const char *p = text; *p != '\0'; p++)
    n += *p == 'n';
  g_assert_cmpuint (n, >, 5000);
  reading_assert_has (text, "Müller");
  reading_assert_has (text, "Page 1 of 2");   /* as a heading only its beginning stands there */
}

static void
add_block (RufPaper      *paper,
           gconstpointer  data)
{
  g_autofree char *from = g_strdup_printf ("from-%02u", GPOINTER_TO_UINT (data));
  g_autofree char *to = g_strdup_printf ("to-%02u", GPOINTER_TO_UINT (data));

  ruf_paper_add_text (paper, RUF_PAPER_SUBHEADING, from);
  for (guint i = 0; i < 7; i++)
    ruf_paper_add_field (paper, "Field", "value");
  ruf_paper_add_text (paper, RUF_PAPER_BODY, to);
}

static void
fill_blocks (RufPaper      *paper,
             gconstpointer  data)
{
  for (guint i = 0; i < 30; i++)
    ruf_paper_keep_together (paper, add_block, GUINT_TO_POINTER (i));
}

static void
test_together (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;

  if (!reading_is_possible ())
    return;

  text = print_text (RUF_PAPER_A4, "paper-blocks.pdf", fill_blocks);
  pages = g_strsplit (text, "\f", -1);
  g_assert_cmpuint (g_strv_length (pages), >, 3);
  for (guint i = 0; pages[i] != NULL; i++)
    g_assert_cmpuint (reading_count (pages[i], "from-"), ==, reading_count (pages[i], "to-"));
  g_assert_cmpuint (reading_count (text, "to-"), ==, 30);
}

static void
add_chapter (RufPaper *paper,
             guint     lines_before)
{
  static const RufPaperColumn columns[] = { { "Head of it", 1, RUF_PAPER_BODY } };

  for (guint i = 0; i < lines_before; i++)
    ruf_paper_add_text (paper, RUF_PAPER_BODY, "line");
  ruf_paper_add_text (paper, RUF_PAPER_HEADING, "Chapter");
  ruf_paper_add_text (paper, RUF_PAPER_SMALL, "Remark");
  ruf_paper_begin_table (paper, columns, 1);
  ruf_paper_add_row (paper, (const char *[]) { "cell\ncell\ncell\ncell\ncell\ncell" });
  ruf_paper_end_table (paper);
}

static void
fill_chapters (RufPaper      *paper,
               gconstpointer  data)
{
  for (guint i = 0; i < 40; i++)
    add_chapter (paper, i);
}

/* Wherever it falls, a heading has something below it on its page. */
static void
test_headings (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;

  if (!reading_is_possible ())
    return;

  text = print_text (RUF_PAPER_A4, "paper-chapters.pdf", fill_chapters);
  pages = g_strsplit (text, "\f", -1);
  g_assert_cmpuint (reading_count (text, "Chapter"), ==, 40);
  for (guint i = 0; pages[i] != NULL; i++)
    {
      const char *last = g_strrstr (pages[i], "Chapter");

      if (last != NULL)
        reading_assert_has (last, "cell");
    }
}

/* A document made again at the same moment is the same file: its checksum can be kept. */
static void
test_same_bytes (void)
{
  g_autoptr (GBytes) first = print (RUF_PAPER_A4, "paper-letter.pdf", READING_NOON, fill_letter);
  g_autoptr (GBytes) again = print (RUF_PAPER_A4, "paper-letter.pdf", READING_NOON, fill_letter);
  g_autoptr (GBytes) later = print (RUF_PAPER_A4, "paper-letter.pdf", READING_NOON + G_TIME_SPAN_DAY,
                                    fill_letter);

  g_assert_true (g_bytes_equal (first, again));
  g_assert_false (g_bytes_equal (first, later));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/paper/letter", test_letter);
  g_test_add_func ("/documents/paper/table", test_table);
  g_test_add_func ("/documents/paper/long", test_long);
  g_test_add_func ("/documents/paper/names", test_names);
  g_test_add_func ("/documents/paper/together", test_together);
  g_test_add_func ("/documents/paper/headings", test_headings);
  g_test_add_func ("/documents/paper/same-bytes", test_same_bytes);

  return g_test_run ();
}

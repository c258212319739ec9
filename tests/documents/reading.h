/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#define READING_NOON G_GINT64_CONSTANT (1795000000000000)   /* 2026-11-18, 12:06:40 in Berlin */

/* FALSE, with the test marked as skipped, where poppler's programs are not installed. */
gboolean reading_is_possible (void);
/* What a PDF reader finds: the words, lines as on the page, a form feed behind each page. */
char    *reading_get_text    (GBytes *pdf);
/* The same with single blanks, so that words are found wherever lines were broken. */
char    *reading_join        (const char *text);
guint    reading_count       (const char *text, const char *words);
void     reading_assert_has  (const char *text, const char *words);
/* The pages as pictures, decoded: what a telephone's camera finds, or NULL. */
char    *reading_scan        (GBytes *pdf);
/* Where RUNDRUF_TEST_PAPERS names a folder, keeps the file there to be looked at. */
void     reading_keep        (GBytes *pdf, const char *name);

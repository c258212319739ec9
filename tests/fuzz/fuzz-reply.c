/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "ruf-keyword.h"

/* A reply means the same whatever blanks a phone adds. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *spaced = g_strconcat (" ", text, " \r\n", NULL);
  RufReplyReading reading, other;

  ruf_reply_read (text, &reading);
  ruf_reply_read (spaced, &other);
  g_assert_nonnull (ruf_reply_kind_to_string (reading.kind));
  g_assert_cmpint (reading.kind, ==, other.kind);
  g_assert_cmpstr (reading.purpose, ==, other.purpose);
  g_assert_cmpstr (reading.source, ==, other.source);
  fuzz_check_text (reading.purpose);
  fuzz_check_text (reading.source);
  ruf_reply_reading_clear (&reading);
  ruf_reply_reading_clear (&other);
  return 0;
}

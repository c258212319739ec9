/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "ruf-segment.h"

/* A segment means the same once it is written out. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufSegment) segment = ruf_segment_parse (text, &error);
  g_autoptr (RufSegment) again = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *twice = NULL;

  g_assert_true ((segment == NULL) == (error != NULL));
  if (segment == NULL)
    {
      fuzz_check_text (error->message);
      return 0;
    }
  canonical = ruf_segment_to_string (segment);
  fuzz_check_text (canonical);
  again = ruf_segment_parse (canonical, &error);
  g_assert_no_error (error);
  twice = ruf_segment_to_string (again);
  g_assert_cmpstr (canonical, ==, twice);
  return 0;
}

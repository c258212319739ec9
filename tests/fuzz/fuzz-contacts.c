/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "ruf-contact-reader.h"

/* Address lists of every kind. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufContactReader) reader =
    ruf_contact_reader_open (fuzz_file (data, size), NULL, &error);
  guint row = 0;

  g_assert_true ((reader == NULL) == (error != NULL));
  while (reader != NULL)
    {
      g_autoptr (RufContactRecord) record = ruf_contact_reader_next (reader, NULL, &error);

      g_assert_no_error (error);
      if (record == NULL)
        break;
      fuzz_check_record (record, row);
      row = record->row;
    }
  return 0;
}

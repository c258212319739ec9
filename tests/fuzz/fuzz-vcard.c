/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "ruf-vcard-reader.h"

/* vCards, whatever the file begins with. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static RufContactColumns *table;
  g_autoptr (GError) error = NULL;
  g_autoptr (RufVcardReader) reader = NULL;
  guint row = 0;

  if (table == NULL)
    table = ruf_contact_columns_new (&error);
  g_assert_no_error (error);
  reader = ruf_vcard_reader_open (fuzz_file (data, size), table, &error);
  g_assert_true ((reader == NULL) == (error != NULL));
  while (reader != NULL)
    {
      g_autoptr (RufContactRecord) record = ruf_vcard_reader_next (reader, NULL, &error);

      g_assert_no_error (error);
      if (record == NULL)
        break;
      fuzz_check_record (record, row);
      row = record->row;
    }
  return 0;
}

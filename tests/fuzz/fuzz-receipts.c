/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "ruf-receipt-reader.h"

static void
check_file (RufRecordFile *file,
            GError        *error)
{
  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL)
    fuzz_check_text (error->message);
  else
    fuzz_check_rejects (file->rejects);
}

/* Receipts and replies, as tables or JSON Lines. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  const char *path = fuzz_file (data, size);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reply_error = NULL;
  g_autoptr (RufRecordFile) receipts = ruf_receipt_file_read (path, zone, NULL, &error);
  g_autoptr (RufRecordFile) replies = ruf_reply_file_read (path, zone, NULL, &reply_error);

  check_file (receipts, error);
  check_file (replies, reply_error);
  return 0;
}

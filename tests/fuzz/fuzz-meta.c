/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "ruf-meta-reader.h"

/* Exports of Meta. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufMetaFile) file = ruf_meta_file_read (fuzz_file (data, size), NULL, &error);

  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL)
    {
      fuzz_check_text (error->message);
      return 0;
    }
  fuzz_check_rejects (file->rejects);
  for (guint i = 0; file->posts != NULL && i < file->posts->len; i++)
    {
      const RufPost *post = g_ptr_array_index (file->posts, i);

      g_assert_nonnull (post->post_id);
      fuzz_check_text (post->post_id);
      fuzz_check_text (post->title);
      g_assert_cmpint (post->reach, >=, RUF_NOT_MEASURED);
    }
  return 0;
}

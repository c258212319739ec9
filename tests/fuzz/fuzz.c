/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the targets have in common: files that live in memory, and what must hold of anything
 * that comes out of one. */

#define _GNU_SOURCE

#include "fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A file with these bytes; the same path every time. */
const char *
fuzz_file (const guint8 *data,
           size_t        size)
{
  static char path[32];
  static int fd = -1;

  if (fd < 0)
    {
      fd = memfd_create ("fuzz", MFD_CLOEXEC);
      g_assert_cmpint (fd, >=, 0);
      g_snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
    }
  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
  g_assert_cmpint (pwrite (fd, data, size, 0), ==, (gssize) size);
  return path;
}

/* A block of its own, so that reading behind its end is seen. */
char *
fuzz_text (const guint8 *data,
           size_t        size)
{
  char *text = g_malloc (size + 1);

  memcpy (text, data, size);
  text[size] = '\0';
  return text;
}

/* NULL or UTF-8. */
void
fuzz_check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

/* NULL or something. */
static void
check_field (const char *text)
{
  fuzz_check_text (text);
  g_assert_true (text == NULL || *text != '\0');
}

static void
check_cells (GPtrArray *cells)
{
  g_assert_cmpuint (cells->len, <=, RUF_CONTACT_MAX_VALUES);
  for (guint i = 0; i < cells->len; i++)
    {
      const RufContactCell *cell = g_ptr_array_index (cells, i);

      g_assert_nonnull (cell->text);
      check_field (cell->text);
      fuzz_check_text (cell->column);
      check_field (cell->label);
    }
}

/* Whatever a file holds: text that a database and a screen can take, at a place of the file. */
void
fuzz_check_record (const RufContactRecord *record,
                   guint                   last_row)
{
  const char *fields[] = {
    record->name, record->first_name, record->last_name, record->organisation, record->city,
    record->language, record->birthday, record->notes, record->consent_channel,
    record->consent_purpose, record->consent_at, record->consent_source, record->consent_text,
  };

  g_assert_cmpuint (record->row, >, last_row);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    check_field (fields[i]);
  check_cells (record->phones);
  check_cells (record->emails);
  for (guint i = 0; i < record->tags->len; i++)
    check_field (g_ptr_array_index (record->tags, i));
}

void
fuzz_check_rejects (GPtrArray *rejects)
{
  for (guint i = 0; i < rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (rejects, i);

      g_assert_cmpuint (reject->row, >, 0);
      g_assert_cmpint (reject->reason, !=, RUF_REJECT_NONE);
      fuzz_check_text (reject->column);
      fuzz_check_text (reject->value);
    }
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-reject.h"

#include <string.h>

static void
test_value (void)
{
  g_autofree char *huge = g_strnfill (100000, 'x');
  g_autoptr (GString) umlauts = g_string_new (NULL);
  g_autoptr (RufReject) cut = ruf_reject_new (7, "phone", RUF_REJECT_TOO_LONG, huge);
  g_autoptr (RufReject) wide = NULL;
  g_autoptr (RufReject) raw = ruf_reject_new (2, NULL, RUF_REJECT_PHONE_INVALID, "M\374ller");
  g_autoptr (RufReject) none = ruf_reject_new (3, NULL, RUF_REJECT_NO_ADDRESS, NULL);

  for (guint i = 0; i < 200; i++)
    g_string_append (umlauts, "😉");
  wide = ruf_reject_new (9, NULL, RUF_REJECT_PHONE_INVALID, umlauts->str);

  g_assert_cmpuint (cut->row, ==, 7);
  g_assert_cmpstr (cut->column, ==, "phone");
  g_assert_cmpuint (strlen (cut->value), ==, 80);
  g_assert_cmpint (g_utf8_strlen (wide->value, -1), ==, 80);
  g_assert_true (g_utf8_validate (wide->value, -1, NULL));
  g_assert_cmpstr (raw->value, ==, "M\357\277\275ller");
  g_assert_null (none->value);
}

static void
test_words (void)
{
  g_assert_cmpstr (ruf_reject_reason_to_string (RUF_REJECT_PHONE_DAMAGED), ==, "phone-damaged");
  g_assert_cmpstr (ruf_reject_reason_to_string (RUF_REJECT_UNKNOWN_STATUS), ==, "unknown-status");
  for (int i = RUF_REJECT_NONE; i <= RUF_REJECT_UNKNOWN_STATUS; i++)
    g_assert_nonnull (ruf_reject_reason_to_string (i));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/reject/value", test_value);
  g_test_add_func ("/core/reject/words", test_words);

  return g_test_run ();
}

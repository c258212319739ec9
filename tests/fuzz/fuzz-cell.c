/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "fuzz.h"
#include "ruf-moment.h"
#include "ruf-phone.h"

static void
check_phone (const char *text)
{
  RufPhone phone, again;

  ruf_phone_parse (text, "DE", &phone);
  if (phone.outcome != RUF_PHONE_VALID)
    return;
  /* A number that was taken is one, and the same one wherever it is read again. */
  g_assert_cmpint (phone.e164[0], ==, '+');
  g_assert_cmpuint (strspn (phone.e164 + 1, "0123456789"), ==, strlen (phone.e164) - 1);
  ruf_phone_parse (phone.e164, "CH", &again);
  g_assert_cmpint (again.outcome, ==, RUF_PHONE_VALID);
  g_assert_cmpstr (again.e164, ==, phone.e164);
}

static void
check_email (const char *text)
{
  g_autofree char *address = NULL;
  g_autofree char *again = NULL;

  if (!ruf_email_parse (text, &address))
    return;
  fuzz_check_text (address);
  g_assert_true (ruf_email_parse (address, &again));
  g_assert_cmpstr (address, ==, again);
}

static void
check_moment (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gint64 moment = 0, again = 0;
  g_autofree char *written = NULL;

  if (ruf_moment_parse (text, zone, &moment) == RUF_MOMENT_NONE)
    return;
  written = ruf_moment_to_iso8601 (moment);
  g_assert_cmpint (ruf_moment_parse (written, zone, &again), ==, RUF_MOMENT_TIME);
  g_assert_cmpint (moment - again, >=, 0);
  g_assert_cmpint (moment - again, <, G_USEC_PER_SEC);
}

/* What stands in the cells of an address list. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = fuzz_text (data, size);

  check_phone (text);
  check_email (text);
  check_moment (text);
  return 0;
}

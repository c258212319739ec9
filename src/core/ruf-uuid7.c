/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of events: unique everywhere, and in the order of time. */

#include "config.h"

#include "ruf-consent.h"

#include <unistd.h>

#define N_BYTES 16

/* The system's source of randomness; GLib's own where it is not to be had. */
static void
fill_random (guint8 *bytes,
             gsize   n)
{
  if (getentropy (bytes, n) == 0)
    return;
  for (gsize i = 0; i < n; i++)
    bytes[i] = g_random_int_range (0, 256);
}

static char *
write_hex (const guint8 bytes[N_BYTES])
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (2 * N_BYTES + 4 + 1);
  char *p = text;

  for (guint i = 0; i < N_BYTES; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = digits[bytes[i] >> 4];
      *p++ = digits[bytes[i] & 15];
    }
  *p = '\0';
  return text;
}

/**
 * ruf_uuid7_new:
 * @now: UTC time in microseconds
 *
 * Makes a UUID of version 7 (RFC 9562, May 2024): 48 bits of milliseconds, 12
 * bits of the fraction of the millisecond (its section 6.2, method 3), 62
 * random bits. Names made later sort later.
 *
 * Returns: (transfer full): 36 characters in lower case
 */
char *
ruf_uuid7_new (gint64 now)
{
  guint64 milliseconds = MAX (now, 0) / 1000;
  guint fraction = MAX (now, 0) % 1000 * 4096 / 1000;
  guint8 b[N_BYTES];

  fill_random (b, N_BYTES);
  for (guint i = 0; i < 6; i++)
    b[i] = milliseconds >> (40 - 8 * i);
  b[6] = 0x70 | fraction >> 8;
  b[7] = fraction;
  b[8] = 0x80 | (b[8] & 0x3f);

  return write_hex (b);
}

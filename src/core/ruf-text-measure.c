/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a channel counts a text. */

#include "config.h"

#include "ruf-text-measure.h"

#include <string.h>

/* GSM 03.38 (3GPP TS 23.038, 6.2.1), the default alphabet without its escape. */
static const char gsm_default[] =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/* The extension table: an escape and the character, two septets. */
static const char gsm_extension[] = "\f^{}\\[~]|€";

#define GSM_SINGLE  160
#define GSM_PART    153
#define UCS2_SINGLE 70
#define UCS2_PART   67
#define MOST_PARTS  10   /* what carriers commonly take; the standard's end is 255 */

/* A character is never cut in two between parts. */
typedef struct
{
  guint per_part;
  guint parts;
  guint in_part;
  guint units;
} Packer;

static guint
gsm_units (gunichar c)
{
  if (g_utf8_strchr (gsm_default, -1, c) != NULL)
    return 1;
  if (g_utf8_strchr (gsm_extension, -1, c) != NULL)
    return 2;
  return 0;
}

static guint
utf16_units (gunichar c)
{
  return c > 0xffff ? 2 : 1;
}

static void
pack (Packer *packer,
      guint   units)
{
  if (packer->parts == 0 || packer->in_part + units > packer->per_part)
    {
      packer->parts++;
      packer->in_part = 0;
    }
  packer->in_part += units;
  packer->units += units;
}

static char **
find_culprits (const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (gsm_units (c) == 0 && g_hash_table_add (seen, GUINT_TO_POINTER (c)))
        g_ptr_array_add (found, g_strndup (p, g_utf8_next_char (p) - p));
    }
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_steal (found, NULL);
}

static void
measure_sms (const char     *text,
             RufTextMeasure *out)
{
  gboolean gsm;
  guint single;
  Packer packer = { 0 };

  out->culprits = find_culprits (text);
  gsm = out->culprits[0] == NULL;
  single = gsm ? GSM_SINGLE : UCS2_SINGLE;
  packer.per_part = gsm ? GSM_PART : UCS2_PART;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      pack (&packer, gsm ? gsm_units (c) : utf16_units (c));
    }
  out->encoding = gsm ? "gsm-7" : "ucs-2";
  out->units = packer.units;
  out->limit = MOST_PARTS * packer.per_part;
  out->segments = packer.units <= single ? 1 : packer.parts;
}

/**
 * ruf_text_measure:
 * @text: a text; what is not UTF-8 counts as replacement characters
 * @channel: the channel that it would go by
 * @out: (out caller-allocates): the measure; free it with ruf_text_measure_clear()
 *
 * Measures a text as @channel counts it.
 *
 * SMS: septets of GSM 03.38 where all characters are in it (160 in a single
 * message, 153 in each of several; ^ { } [ ] ~ \ | € count double), else
 * UCS-2 units (70 and 67; most emoji count double). The culprits are the
 * characters that force UCS-2. All other channels count characters.
 */
void
ruf_text_measure (const char     *text,
                  RufChannel      channel,
                  RufTextMeasure *out)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (text != NULL);
  g_return_if_fail (out != NULL);

  valid = g_utf8_make_valid (text, -1);
  *out = (RufTextMeasure) { 0 };
  if (channel == RUF_CHANNEL_SMS)
    {
      measure_sms (valid, out);
      return;
    }

  out->encoding = "utf-8";
  out->units = g_utf8_strlen (valid, -1);
  out->limit = ruf_channel_get_text_limit (channel);
  out->segments = 1;
  out->culprits = g_new0 (char *, 1);
}

/**
 * ruf_text_measure_clear:
 * @self: a measure
 *
 * Frees what a measure holds, not the measure itself.
 */
void
ruf_text_measure_clear (RufTextMeasure *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->culprits, g_strfreev);
}

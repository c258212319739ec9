/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The key by which people are sorted. It is stored, so it must not depend on the locale of
 * whoever wrote the row, as g_utf8_collate_key() does: window and command line share a file.
 */

#include "config.h"

#include "ruf-name-key.h"

#include <string.h>

/* No UTF-8 text begins with it: sorts behind every name. */
#define BEHIND_ALL_NAMES "\xff"

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

/* "Müller" → "muller", "Groß" → "gross", as DIN 5007-1 sorts words. */
static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *decomposed = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *key = g_string_sized_new (strlen (text));

  for (const char *p = decomposed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (key, g_utf8_get_char (p));
  return g_string_free (key, FALSE);
}

/**
 * ruf_name_key_new:
 * @name: a person's name, or ""
 * @fallback: (nullable): what sorts people without a name, such as an address
 *
 * Makes a key whose bytes sort as people expect names to: without regard to case and accents;
 * equal names by their exact spelling; people without a name last.
 *
 * Returns: (transfer full): the key
 */
char *
ruf_name_key_new (const char *name,
                  const char *fallback)
{
  g_autofree char *folded = NULL;

  if (*name == '\0')
    return g_strconcat (BEHIND_ALL_NAMES, fallback, NULL);
  if (is_ascii (name))
    return g_ascii_strdown (name, -1);

  folded = fold (name);
  return g_strconcat (folded, "\x01", name, NULL);
}

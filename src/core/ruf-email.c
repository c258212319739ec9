/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One cell of a file to one e-mail address. */

#include "config.h"

#include "ruf-phone.h"

#include <string.h>

#define MOST_BYTES       254   /* RFC 5321, 4.5.3.1.3, without the brackets */
#define MOST_LOCAL_BYTES 64
#define MOST_LABEL_BYTES 63

/* Letters of all scripts (RFC 6531) and the signs of RFC 5322, 3.2.3. */
static gboolean
is_local_character (gunichar c)
{
  if (c > 0x7f)
    return c != 0xfffd && g_unichar_isprint (c) && !g_unichar_isspace (c);
  return g_ascii_isalnum (c) || strchr (".!#$%&'*+-/=?^_`{|}~", c) != NULL;
}

static gboolean
is_local_part (const char *text,
               const char *end)
{
  if (text == end || end - text > MOST_LOCAL_BYTES || *text == '.' || end[-1] == '.')
    return FALSE;
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    if (!is_local_character (g_utf8_get_char (p)) || (p[0] == '.' && p[1] == '.'))
      return FALSE;
  return TRUE;
}

static gboolean
is_label (const char *text)
{
  gsize n = strlen (text);

  if (n == 0 || n > MOST_LABEL_BYTES || text[0] == '-' || text[n - 1] == '-')
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (*p != '-' && !g_unichar_isalnum (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* At least two labels, the last one not a number. */
static gboolean
is_domain (const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);
  guint n = g_strv_length (labels);

  for (guint i = 0; i < n; i++)
    if (!is_label (labels[i]))
      return FALSE;
  return n >= 2 && strlen (labels[n - 1]) >= 2 &&
         strspn (labels[n - 1], "0123456789") < strlen (labels[n - 1]);
}

/* Blanks of every kind, and what cannot be seen, at both ends. */
static char *
trim (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *start = valid, *end = valid + strlen (valid);

  while (start < end && (g_unichar_isspace (g_utf8_get_char (start)) ||
                         g_unichar_type (g_utf8_get_char (start)) == G_UNICODE_FORMAT))
    start = g_utf8_next_char (start);
  while (end > start)
    {
      const char *previous = g_utf8_prev_char (end);
      gunichar c = g_utf8_get_char (previous);

      if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        break;
      end = previous;
    }
  return g_strndup (start, end - start);
}

/* mailto:anna@example.org?subject=… and <anna@example.org> */
static char *
unwrap (char *text)
{
  gsize n;

  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    {
      text += 7;
      text[strcspn (text, "?")] = '\0';
    }
  n = strlen (text);
  if (n > 2 && text[0] == '<' && text[n - 1] == '>')
    {
      text[n - 1] = '\0';
      text++;
    }
  return text;
}

/* Not g_utf8_strdown(), which follows the user's language: I and i are one
 * letter in an address, in Turkey too. */
static char *
to_lower (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    g_string_append_unichar (out, g_unichar_tolower (g_utf8_get_char (text)));
  return g_string_free (out, FALSE);
}

/**
 * ruf_email_parse:
 * @text: (nullable): one cell of a file, or what a person typed
 * @out: (out) (transfer full): the address, untouched where there is none
 *
 * Reads one e-mail address: trimmed, without "mailto:" and angle brackets, in
 * lower case. Quoted local parts and addresses of bare hosts are not taken.
 *
 * Returns: %TRUE where @text is one address
 */
gboolean
ruf_email_parse (const char  *text,
                 char       **out)
{
  g_autofree char *trimmed = NULL;
  const char *address, *at;

  g_return_val_if_fail (out != NULL, FALSE);

  if (text == NULL || strnlen (text, 2 * MOST_BYTES) == 2 * MOST_BYTES)
    return FALSE;

  trimmed = trim (text);
  address = unwrap (trimmed);
  at = strrchr (address, '@');
  if (at == NULL || strlen (address) > MOST_BYTES ||
      !is_local_part (address, at) || !is_domain (at + 1))
    return FALSE;

  *out = to_lower (address);
  return TRUE;
}

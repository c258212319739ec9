/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* WhatsApp's marks to Pango markup, for previews.
 *
 * Whatever the text is, the result is markup that Pango reads: text is escaped,
 * and a tag is written only where its end is known to lie within the tag
 * around it. */

#include "config.h"

#include "ruf-template.h"

#include <string.h>

typedef struct
{
  char        mark;
  const char *open;
  const char *close;
} Style;

static const Style styles[] = {
  { '*', "<b>", "</b>" },
  { '_', "<i>", "</i>" },
  { '~', "<s>", "</s>" },
};

static void append_inline (GString    *out,
                           const char *text,
                           const char *end,
                           guint       used);

/* Control characters are none that XML could hold. */
static void
append_text (GString    *out,
             const char *text,
             const char *end)
{
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    switch (*p)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      default:
        if (!g_ascii_iscntrl (*p) || *p == '\n' || *p == '\t')
          g_string_append_len (out, p, g_utf8_next_char (p) - p);
        break;
      }
}

static gboolean
is_word_at (const char *p)
{
  return g_unichar_isalnum (g_utf8_get_char (p));
}

static gboolean
is_blank_at (const char *p)
{
  return g_unichar_isspace (g_utf8_get_char (p));
}

/* A mark opens where no word touches it from before and no blank follows. */
static gboolean
opens (const char *text,
       const char *p,
       const char *end)
{
  return p + 1 < end && !is_blank_at (p + 1) &&
         (p == text || !is_word_at (g_utf8_find_prev_char (text, p)));
}

/* And closes where no blank comes before it and no word follows, on its line. */
static const char *
find_close (const char *open,
            const char *end)
{
  for (const char *p = open + 1; p < end && *p != '\n'; p++)
    if (*p == *open && p > open + 1 && !is_blank_at (g_utf8_find_prev_char (open, p)) &&
        (p + 1 == end || !is_word_at (p + 1)))
      return p;
  return NULL;
}

static void
append_mono (GString     *out,
             const char  *text,
             const char  *end)
{
  g_string_append (out, "<tt>");
  append_text (out, text, end);
  g_string_append (out, "</tt>");
}

/* ```mono``` over lines, `code` within one; nothing inside is a mark. */
static const char *
append_code (GString    *out,
             const char *p,
             const char *end)
{
  gboolean block = end - p >= 3 && memcmp (p, "```", 3) == 0;
  gsize n = block ? 3 : 1;

  for (const char *close = p + n; close + n <= end; close++)
    {
      if (!block && *close == '\n')
        return NULL;
      if (memcmp (close, p, n) == 0 && close > p + n)
        {
          append_mono (out, p + n, close);
          return close + n;
        }
    }
  return NULL;
}

/* A style is not used again within itself, which bounds the nesting. */
static const char *
append_styled (GString    *out,
               const char *text,
               const char *p,
               const char *end,
               guint       used)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      const char *close;

      if (*p != styles[i].mark || (used & 1u << i) || !opens (text, p, end))
        continue;
      close = find_close (p, end);
      if (close == NULL)
        return NULL;
      g_string_append (out, styles[i].open);
      append_inline (out, p + 1, close, used | 1u << i);
      g_string_append (out, styles[i].close);
      return close + 1;
    }
  return NULL;
}

static void
append_inline (GString    *out,
               const char *text,
               const char *end,
               guint       used)
{
  const char *p = text;

  while (p < end)
    {
      const char *next = *p == '`' ? append_code (out, p, end)
                                   : append_styled (out, text, p, end, used);

      if (next == NULL)
        {
          next = g_utf8_next_char (p);
          append_text (out, p, next);
        }
      p = next;
    }
}

/* "- " and "* " begin an item, "> " a quote; numbers stay as they are. */
static const char *
append_line_start (GString    *out,
                   const char *line,
                   gboolean   *quote)
{
  *quote = g_str_has_prefix (line, "> ");
  if (*quote)
    {
      g_string_append (out, "<span alpha=\"70%\">▏ ");
      return line + 2;
    }
  if (g_str_has_prefix (line, "- ") || g_str_has_prefix (line, "* "))
    {
      g_string_append (out, "• ");
      return line + 2;
    }
  return line;
}

/* The end of a line, behind a ```block``` that may begin on it. */
static const char *
find_line_end (const char *line)
{
  const char *p = line;

  for (;;)
    {
      const char *newline = p + strcspn (p, "\n");
      const char *fence = strstr (p, "```");
      const char *close;

      if (fence == NULL || fence >= newline || fence[3] == '\0')
        return newline;
      close = strstr (fence + 4, "```");
      if (close == NULL)
        return newline;
      p = close + 3;
    }
}

/**
 * ruf_markup_to_pango:
 * @text: a text with WhatsApp's marks; what is not UTF-8 is replaced
 *
 * Translates *bold*, _italic_, ~strike~, ```mono```, `code`, lists ("- ") and
 * quotes ("> ") to Pango markup.
 *
 * Marks touch the text that they enclose and stand at the borders of words;
 * one that is not closed on its line stays as it is. Any text gives valid
 * markup.
 *
 * Returns: (transfer full): Pango markup
 */
char *
ruf_markup_to_pango (const char *text)
{
  g_autofree char *valid = NULL;
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  out = g_string_new (NULL);
  for (const char *line = valid; ; )
    {
      gboolean quote;
      const char *end = find_line_end (line);
      const char *start = append_line_start (out, line, &quote);

      append_inline (out, start, MAX (start, end), 0);
      if (quote)
        g_string_append (out, "</span>");
      if (*end == '\0')
        break;
      g_string_append_c (out, '\n');
      line = end + 1;
    }
  return g_string_free (out, FALSE);
}

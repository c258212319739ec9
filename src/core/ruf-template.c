/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Message text with places to fill: {{first_name|Kundin}}. */

#include "config.h"

#include "ruf-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-error.h"

typedef struct
{
  char *text;       /* literal text, or the fallback */
  char *name;       /* NULL for literal text */
} Piece;

struct _RufTemplate
{
  GPtrArray *pieces;
  GPtrArray *names;      /* borrowed from pieces, NULL-terminated */
};

static const char * const known_names[] = {
  "first_name", "last_name", "name", "organisation", "city", NULL
};

static void
piece_free (Piece *self)
{
  g_free (self->text);
  g_free (self->name);
  g_free (self);
}

static void
add_piece (RufTemplate *self,
           char        *name,
           char        *text)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->name = name;
  piece->text = text;
  g_ptr_array_add (self->pieces, piece);
  if (name != NULL && !g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL))
    g_ptr_array_add (self->names, piece->name);
}

static gboolean
is_name (const char *name)
{
  if (!g_ascii_isalpha (*name))
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_' && *p != '-' && *p != '.')
      return FALSE;
  return TRUE;
}

/* Characters are counted from 1, as people count. */
static int
position_of (const char *text,
             const char *place)
{
  return (int) g_utf8_strlen (text, place - text) + 1;
}

/* Reads what stands between "{{" at @open and "}}" at @close. */
static gboolean
parse_placeholder (RufTemplate  *self,
                   const char   *text,
                   const char   *open,
                   const char   *close,
                   GError      **error)
{
  const char *inside = open + 2;
  const char *bar = memchr (inside, '|', close - inside);
  g_autofree char *raw = g_strndup (inside, (bar != NULL ? bar : close) - inside);
  g_autofree char *name = g_ascii_strdown (g_strstrip (raw), -1);
  char *fallback;

  if (!is_name (name))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The placeholder at character %d has no valid name. Write one like "
                     "{{first_name}} or {{first_name|Customer}}."),
                   position_of (text, open));
      return FALSE;
    }
  fallback = bar != NULL ? g_strndup (bar + 1, close - bar - 1) : g_strdup ("");
  add_piece (self, g_steal_pointer (&name), g_strstrip (fallback));
  return TRUE;
}

static gboolean
parse_pieces (RufTemplate  *self,
              const char   *text,
              GError      **error)
{
  const char *p = text;

  for (;;)
    {
      const char *open = strstr (p, "{{");
      const char *close = open != NULL ? strstr (open + 2, "}}") : NULL;
      const char *nested = open != NULL ? strstr (open + 2, "{{") : NULL;

      if (open == NULL)
        break;
      if (close == NULL || (nested != NULL && nested < close))
        {
          g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                       _("The placeholder that begins at character %d is not closed. "
                         "Add “}}” behind its name."),
                       position_of (text, open));
          return FALSE;
        }
      if (open > p)
        add_piece (self, NULL, g_strndup (p, open - p));
      if (!parse_placeholder (self, text, open, close, error))
        return FALSE;
      p = close + 2;
    }
  if (*p != '\0')
    add_piece (self, NULL, g_strdup (p));
  return TRUE;
}

/**
 * ruf_template_parse:
 * @text: text with {{name}} and {{name|fallback}}, in UTF-8
 * @error: return location for an error
 *
 * Reads a text with placeholders. Blanks around names and fallbacks do not
 * count, nor does the case of names. Single braces are text.
 *
 * Returns: (transfer full): the template, or %NULL with %RUF_ERROR_INVALID and
 *   the character (from 1) where a placeholder is not closed or has no name
 */
RufTemplate *
ruf_template_parse (const char  *text,
                    GError     **error)
{
  g_autoptr (RufTemplate) self = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           _("The text is not valid UTF-8. Save it as UTF-8 and try again."));
      return NULL;
    }

  self = g_new0 (RufTemplate, 1);
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  self->names = g_ptr_array_new ();
  if (!parse_pieces (self, text, error))
    return NULL;

  g_ptr_array_add (self->names, NULL);
  return g_steal_pointer (&self);
}

/**
 * ruf_template_free:
 * @self: (nullable) (transfer full): a template
 *
 * Frees a template.
 */
void
ruf_template_free (RufTemplate *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

/**
 * ruf_template_render:
 * @self: a template
 * @lookup: (scope call): gives the value of a placeholder, or %NULL
 * @user_data: for @lookup
 *
 * Fills a template for one recipient. A placeholder without a value, or with
 * an empty one, becomes its fallback, or nothing where it has none.
 *
 * Returns: (transfer full): the text
 */
char *
ruf_template_render (const RufTemplate *self,
                     RufTemplateLookup  lookup,
                     gpointer           user_data)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (lookup != NULL, NULL);

  out = g_string_new (NULL);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = g_ptr_array_index (self->pieces, i);
      const char *value = piece->name != NULL ? lookup (piece->name, user_data) : NULL;

      g_string_append (out, value != NULL && *value != '\0' ? value : piece->text);
    }
  return g_string_free (out, FALSE);
}

/**
 * ruf_template_get_longest:
 * @self: a template
 * @length: (scope call): gives the characters of the longest value of a placeholder
 * @user_data: for @length
 *
 * Measures a template for all recipients at once. Most often that already tells that it is
 * too long for none of them.
 *
 * Returns: characters; no rendered text has more
 */
guint
ruf_template_get_longest (const RufTemplate *self,
                          RufTemplateLength  length,
                          gpointer           user_data)
{
  guint longest = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (length != NULL, 0);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = g_ptr_array_index (self->pieces, i);
      guint value = piece->name != NULL ? length (piece->name, user_data) : 0;

      longest += MAX (value, (guint) g_utf8_strlen (piece->text, -1));
    }
  return longest;
}

/**
 * ruf_template_get_placeholders:
 * @self: a template
 *
 * Lists the names that the text uses, each once, in order of appearance.
 *
 * Returns: (array zero-terminated=1) (transfer none): the names
 */
const char * const *
ruf_template_get_placeholders (const RufTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char * const *) self->names->pdata;
}

/**
 * ruf_template_get_known:
 *
 * Lists the names that the program can fill.
 *
 * Returns: (array zero-terminated=1): the names
 */
const char * const *
ruf_template_get_known (void)
{
  return known_names;
}

/**
 * ruf_template_is_known:
 * @name: (nullable): a name
 *
 * Tells whether the program can fill @name.
 *
 * Returns: %TRUE where it can
 */
gboolean
ruf_template_is_known (const char *name)
{
  return name != NULL && g_strv_contains (known_names, name);
}

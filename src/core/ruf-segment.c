/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The language of segments:
 *
 *   expression = term { "or" term }
 *   term       = factor { "and" factor }
 *   factor     = "not" factor | "(" expression ")" | test
 *   test       = key ":" value
 */

#include "config.h"

#include "ruf-segment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-error.h"

/* SQLite's limit on the depth of an expression is 1000; ours leaves room. */
#define MOST_TESTS 400
#define MOST_DEPTH 100

struct _RufSegment
{
  gatomicrefcount  ref_count;
  RufSegmentKind   kind;
  RufChannel       channel;
  char            *value;
  RufSegment      *left;
  RufSegment      *right;
};

typedef struct
{
  const char *text;
  const char *p;
  guint       n_tests;
  guint       depth;
} Parser;

static const struct
{
  const char     *key;
  RufSegmentKind  kind;
} keys[] = {
  { "tag", RUF_SEGMENT_TAG },
  { "city", RUF_SEGMENT_CITY },
  { "language", RUF_SEGMENT_LANGUAGE },
  { "consent", RUF_SEGMENT_CONSENT },
  { "import", RUF_SEGMENT_IMPORT },
};

static RufSegment *parse_expression (Parser  *parser,
                                     GError **error);

static RufSegment *
new_node (RufSegmentKind  kind,
          RufSegment     *left,
          RufSegment     *right)
{
  RufSegment *self = g_new0 (RufSegment, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->left = left;
  self->right = right;
  return self;
}

/* Characters are counted from 1, as people count. */
static gpointer
fail (Parser      *parser,
      const char  *place,
      const char  *advice,
      GError     **error)
{
  int position = (int) g_utf8_strlen (parser->text, place - parser->text) + 1;

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("The segment cannot be read at character %d. %s"), position, advice);
  return NULL;
}

static void
skip_blanks (Parser *parser)
{
  while (g_unichar_isspace (g_utf8_get_char (parser->p)))
    parser->p = g_utf8_next_char (parser->p);
}

static gboolean
ends_word (const char *p)
{
  return *p == '\0' || *p == '(' || *p == ')' || *p == '"' ||
         g_unichar_isspace (g_utf8_get_char (p));
}

static gboolean
accept_word (Parser     *parser,
             const char *word)
{
  gsize n = strlen (word);

  skip_blanks (parser);
  if (g_ascii_strncasecmp (parser->p, word, n) != 0 || !ends_word (parser->p + n))
    return FALSE;
  parser->p += n;
  return TRUE;
}

/* "Bad Honnef", with \" and \\ inside. */
static char *
parse_quoted (Parser  *parser,
              GError **error)
{
  const char *open = parser->p;
  g_autoptr (GString) value = g_string_new (NULL);
  const char *p = open + 1;

  for (; *p != '"'; p++)
    {
      if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
        p++;
      if (*p == '\0')
        return fail (parser, open, _("The quotation mark is not closed."), error);
      g_string_append_c (value, *p);
    }
  parser->p = p + 1;
  return g_string_free (g_steal_pointer (&value), FALSE);
}

static char *
parse_value (Parser  *parser,
             GError **error)
{
  const char *start;
  g_autofree char *value = NULL;

  skip_blanks (parser);
  start = parser->p;
  if (*start == '"')
    {
      value = parse_quoted (parser, error);
      if (value == NULL)
        return NULL;
    }
  else
    {
      while (!ends_word (parser->p))
        parser->p = g_utf8_next_char (parser->p);
      value = g_strndup (start, parser->p - start);
    }
  if (*value == '\0')
    return fail (parser, start, _("A value is missing after the colon."), error);
  return g_steal_pointer (&value);
}

/* whatsapp/weekly-offer, WhatsApp/Wochenangebote */
static gboolean
set_consent (Parser      *parser,
             const char  *place,
             RufSegment  *self,
             char        *value,
             GError     **error)
{
  g_autofree char *owned = value;
  char *slash = strchr (value, '/');
  const char *key;

  if (slash != NULL)
    *slash = '\0';
  if (!ruf_channel_from_string (value, &self->channel))
    {
      fail (parser, place, _("Write a channel here: whatsapp, telegram, sms, email or signal."),
            error);
      return FALSE;
    }
  if (slash == NULL || slash[1] == '\0')
    {
      fail (parser, place,
            _("Add a purpose to the channel, as in consent:whatsapp/weekly-offer."),
            error);
      return FALSE;
    }
  key = ruf_purpose_from_words (slash + 1);
  self->value = key != NULL ? g_strdup (key) : g_ascii_strdown (slash + 1, -1);
  return TRUE;
}

static gboolean
set_import (Parser      *parser,
            const char  *place,
            RufSegment  *self,
            char        *value,
            GError     **error)
{
  g_autofree char *owned = value;
  guint64 id;

  if (!g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT64, &id, NULL))
    {
      fail (parser, place, _("Write the number of an import here."), error);
      return FALSE;
    }
  self->value = g_strdup_printf ("%" G_GUINT64_FORMAT, id);
  return TRUE;
}

static gboolean
set_value (Parser      *parser,
           const char  *place,
           RufSegment  *self,
           char        *value,
           GError     **error)
{
  switch (self->kind)
    {
    case RUF_SEGMENT_CONSENT:
      return set_consent (parser, place, self, value, error);
    case RUF_SEGMENT_IMPORT:
      return set_import (parser, place, self, value, error);
    case RUF_SEGMENT_TAG:
    case RUF_SEGMENT_CITY:
    case RUF_SEGMENT_LANGUAGE:
    case RUF_SEGMENT_ALL:
    case RUF_SEGMENT_AND:
    case RUF_SEGMENT_OR:
    case RUF_SEGMENT_NOT:
    default:
      self->value = value;
      return TRUE;
    }
}

static gboolean
accept_key (Parser         *parser,
            RufSegmentKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gsize n = strlen (keys[i].key);

      if (g_ascii_strncasecmp (parser->p, keys[i].key, n) == 0 && parser->p[n] == ':')
        {
          parser->p += n + 1;
          *kind = keys[i].kind;
          return TRUE;
        }
    }
  return FALSE;
}

static RufSegment *
parse_test (Parser  *parser,
            GError **error)
{
  g_autoptr (RufSegment) self = NULL;
  RufSegmentKind kind;
  const char *place;
  char *value;

  if (!accept_key (parser, &kind))
    return fail (parser, parser->p,
                 _("Write a condition here: tag:, city:, language:, consent: or import:."),
                 error);
  if (++parser->n_tests > MOST_TESTS)
    return fail (parser, parser->p, _("There are too many conditions."), error);

  skip_blanks (parser);
  place = parser->p;
  value = parse_value (parser, error);
  if (value == NULL)
    return NULL;

  self = new_node (kind, NULL, NULL);
  if (!set_value (parser, place, self, value, error))
    return NULL;
  return g_steal_pointer (&self);
}

static RufSegment *
parse_group (Parser  *parser,
             GError **error)
{
  const char *open = parser->p++;
  g_autoptr (RufSegment) inside = parse_expression (parser, error);

  if (inside == NULL)
    return NULL;
  skip_blanks (parser);
  if (*parser->p != ')')
    return *parser->p == '\0'
      ? fail (parser, open, _("The bracket is not closed."), error)
      : fail (parser, parser->p, _("Write “and”, “or” or a closing bracket here."), error);
  parser->p++;
  return g_steal_pointer (&inside);
}

static RufSegment *
parse_factor (Parser  *parser,
              GError **error)
{
  RufSegment *self;

  skip_blanks (parser);
  if (++parser->depth > MOST_DEPTH)
    return fail (parser, parser->p, _("The brackets are nested too deeply."), error);

  if (accept_word (parser, "not"))
    {
      self = parse_factor (parser, error);
      if (self != NULL)
        self = new_node (RUF_SEGMENT_NOT, self, NULL);
    }
  else if (*parser->p == '(')
    self = parse_group (parser, error);
  else
    self = parse_test (parser, error);
  parser->depth--;
  return self;
}

static RufSegment *
parse_chain (Parser          *parser,
             const char      *word,
             RufSegmentKind   kind,
             RufSegment    *(*parse_link) (Parser *, GError **),
             GError         **error)
{
  g_autoptr (RufSegment) left = parse_link (parser, error);

  while (left != NULL && accept_word (parser, word))
    {
      RufSegment *right = parse_link (parser, error);

      if (right == NULL)
        return NULL;
      left = new_node (kind, left, right);
    }
  return g_steal_pointer (&left);
}

static RufSegment *
parse_term (Parser  *parser,
            GError **error)
{
  return parse_chain (parser, "and", RUF_SEGMENT_AND, parse_factor, error);
}

static RufSegment *
parse_expression (Parser  *parser,
                  GError **error)
{
  return parse_chain (parser, "or", RUF_SEGMENT_OR, parse_term, error);
}

/* --- Writing ------------------------------------------------------------ */

static void
append_value (GString    *out,
              const char *value)
{
  const char *p = value;

  while (!ends_word (p) && *p != '\\')
    p = g_utf8_next_char (p);
  if (*p == '\0')
    {
      g_string_append (out, value);
      return;
    }

  g_string_append_c (out, '"');
  for (p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
append_test (GString          *out,
             const RufSegment *self)
{
  g_autofree char *consent = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].kind == self->kind)
      g_string_append_printf (out, "%s:", keys[i].key);

  if (self->kind == RUF_SEGMENT_CONSENT)
    consent = g_strconcat (ruf_channel_to_string (self->channel), "/", self->value, NULL);
  append_value (out, consent != NULL ? consent : self->value);
}

static int
binding_strength (const RufSegment *self)
{
  switch (self->kind)
    {
    case RUF_SEGMENT_OR:
      return 1;
    case RUF_SEGMENT_AND:
      return 2;
    case RUF_SEGMENT_NOT:
      return 3;
    case RUF_SEGMENT_ALL:
    case RUF_SEGMENT_TAG:
    case RUF_SEGMENT_CITY:
    case RUF_SEGMENT_LANGUAGE:
    case RUF_SEGMENT_CONSENT:
    case RUF_SEGMENT_IMPORT:
    default:
      return 4;
    }
}

/* Brackets only where the text would else be read in another way. */
static void
append_node (GString          *out,
             const RufSegment *self,
             int               least)
{
  int strength = binding_strength (self);

  if (strength < least)
    g_string_append_c (out, '(');
  if (self->kind == RUF_SEGMENT_NOT)
    {
      g_string_append (out, "not ");
      append_node (out, self->left, strength);
    }
  else if (self->left != NULL)
    {
      append_node (out, self->left, strength);
      g_string_append (out, self->kind == RUF_SEGMENT_AND ? " and " : " or ");
      append_node (out, self->right, strength + 1);
    }
  else if (self->kind != RUF_SEGMENT_ALL)
    append_test (out, self);
  if (strength < least)
    g_string_append_c (out, ')');
}

/**
 * ruf_segment_parse:
 * @text: an expression; blank for everyone
 * @error: return location for an error
 *
 * Reads an expression over people, such as
 * `tag:stamm and not tag:vip and (city:Bonn or city:"Bad Honnef")`.
 *
 * "not" binds tighter than "and", "and" tighter than "or"; their case and that
 * of the keys does not count. Up to 400 conditions.
 *
 * Returns: (transfer full): the segment, or %NULL with %RUF_ERROR_INVALID, the
 *   character (from 1) and what was expected there
 */
RufSegment *
ruf_segment_parse (const char  *text,
                   GError     **error)
{
  Parser parser = { .text = text, .p = text };
  g_autoptr (RufSegment) self = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           _("The segment is not valid UTF-8. Type it again."));
      return NULL;
    }
  skip_blanks (&parser);
  if (*parser.p == '\0')
    return new_node (RUF_SEGMENT_ALL, NULL, NULL);

  self = parse_expression (&parser, error);
  if (self == NULL)
    return NULL;
  skip_blanks (&parser);
  if (*parser.p != '\0')
    return fail (&parser, parser.p, _("Write “and” or “or” here."), error);
  return g_steal_pointer (&self);
}

/**
 * ruf_segment_ref:
 * @self: a segment
 *
 * Adds a reference. Segments never change and may be shared between threads.
 *
 * Returns: (transfer full): @self
 */
RufSegment *
ruf_segment_ref (RufSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * ruf_segment_unref:
 * @self: (nullable) (transfer full): a segment
 *
 * Drops a reference; the last one frees the segment and what is in it.
 */
void
ruf_segment_unref (RufSegment *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  ruf_segment_unref (self->left);
  ruf_segment_unref (self->right);
  g_free (self->value);
  g_free (self);
}

/**
 * ruf_segment_to_string:
 * @self: a segment
 *
 * Writes a segment in the one way that all spellings of it share. Reading it
 * again gives the same segment.
 *
 * Returns: (transfer full): the text, empty for everyone
 */
char *
ruf_segment_to_string (const RufSegment *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (NULL);
  append_node (out, self, 0);
  return g_string_free (out, FALSE);
}

/**
 * ruf_segment_get_kind:
 * @self: a segment
 *
 * Tells what the segment is: everyone, a condition, or a join of others.
 *
 * Returns: the kind
 */
RufSegmentKind
ruf_segment_get_kind (const RufSegment *self)
{
  g_return_val_if_fail (self != NULL, RUF_SEGMENT_ALL);

  return self->kind;
}

/**
 * ruf_segment_get_value:
 * @self: a segment
 *
 * Gets the value of a condition: the tag, the city, the language, the key of
 * the purpose or the decimal id of the import.
 *
 * Returns: (nullable): the value, %NULL where the segment is no condition
 */
const char *
ruf_segment_get_value (const RufSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->value;
}

/**
 * ruf_segment_get_channel:
 * @self: a segment of kind %RUF_SEGMENT_CONSENT
 *
 * Gets the channel of the consent asked for.
 *
 * Returns: the channel
 */
RufChannel
ruf_segment_get_channel (const RufSegment *self)
{
  g_return_val_if_fail (self != NULL, RUF_CHANNEL_WHATSAPP);
  g_return_val_if_fail (self->kind == RUF_SEGMENT_CONSENT, RUF_CHANNEL_WHATSAPP);

  return self->channel;
}

/**
 * ruf_segment_get_left:
 * @self: a segment
 *
 * Gets the first operand; that of "not" is its only one.
 *
 * Returns: (nullable) (transfer none): the operand
 */
const RufSegment *
ruf_segment_get_left (const RufSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->left;
}

/**
 * ruf_segment_get_right:
 * @self: a segment
 *
 * Gets the second operand of "and" and "or".
 *
 * Returns: (nullable) (transfer none): the operand
 */
const RufSegment *
ruf_segment_get_right (const RufSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->right;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Name, parameters and value of one vCard property, as the three versions write them: vCard 2.1
 * (versit Consortium, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350). Nothing asks which version it
 * is: address books mix them.
 */

#include "config.h"

#include "ruf-vcard-property.h"

#include <string.h>

#define REPLACEMENT 0xfffd

typedef struct
{
  const char *word;
  int         value;
} Word;

static const Word names[] = {
  { "BEGIN", RUF_VCARD_BEGIN },
  { "END", RUF_VCARD_END },
  { "VERSION", RUF_VCARD_VERSION },
  { "AGENT", RUF_VCARD_AGENT },
  { "FN", RUF_VCARD_FN },
  { "N", RUF_VCARD_N },
  { "NICKNAME", RUF_VCARD_NICKNAME },
  { "ORG", RUF_VCARD_ORG },
  { "TEL", RUF_VCARD_TEL },
  { "EMAIL", RUF_VCARD_EMAIL },
  { "CATEGORIES", RUF_VCARD_CATEGORIES },
  { "BDAY", RUF_VCARD_BDAY },
  { "ADR", RUF_VCARD_ADR },
  { "LANG", RUF_VCARD_LANG },
  { "NOTE", RUF_VCARD_NOTE },
  { "X-ABLABEL", RUF_VCARD_LABEL },
  { NULL, 0 }
};

static const Word types[] = {
  { "CELL", RUF_VCARD_CELL },
  { "MOBILE", RUF_VCARD_CELL },
  { "IPHONE", RUF_VCARD_CELL },
  { "PCS", RUF_VCARD_CELL },
  { "CAR", RUF_VCARD_CELL },
  { "HOME", RUF_VCARD_HOME },
  { "WORK", RUF_VCARD_WORK },
  { "MAIN", RUF_VCARD_MAIN },
  { "FAX", RUF_VCARD_DEAF },
  { "PAGER", RUF_VCARD_DEAF },
  { "MODEM", RUF_VCARD_DEAF },
  { "BBS", RUF_VCARD_DEAF },
  { "ISDN", RUF_VCARD_DEAF },
  { "TLX", RUF_VCARD_DEAF },
  { "TELEX", RUF_VCARD_DEAF },
  { NULL, 0 }
};

static const Word encodings[] = {
  { "QUOTED-PRINTABLE", RUF_VCARD_QUOTED_PRINTABLE },
  { "BASE64", RUF_VCARD_BASE64 },
  { "B", RUF_VCARD_BASE64 },
  { NULL, 0 }
};

static int
look_up (const Word *words,
         const char *word)
{
  for (; words->word != NULL; words++)
    if (g_ascii_strcasecmp (words->word, word) == 0)
      return words->value;
  return 0;
}

/**
 * ruf_vcard_property_init:
 * @self: memory for a property
 *
 * Makes it ready to be filled; ruf_vcard_property_clear() gives back what it holds.
 */
void
ruf_vcard_property_init (RufVcardProperty *self)
{
  memset (self, 0, sizeof *self);
  self->preference = RUF_VCARD_NO_PREFERENCE;
  self->value = g_string_new (NULL);
}

/**
 * ruf_vcard_property_clear:
 * @self: a property that was made ready
 */
void
ruf_vcard_property_clear (RufVcardProperty *self)
{
  g_free (self->group);
  g_free (self->charset);
  g_free (self->waid);
  if (self->value != NULL)
    g_string_free (self->value, TRUE);
  memset (self, 0, sizeof *self);
}

static void
replace_text (char      **place,
              const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* "cell,voice" and "CELL" alike. */
static void
read_types (RufVcardProperty *self,
            const char       *text)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_strstrip (words[i]);
      self->types |= look_up (types, words[i]);
      if (g_ascii_strcasecmp (words[i], "PREF") == 0)
        self->preference = 1;
    }
}

static void
read_preference (RufVcardProperty *self,
                 const char       *text)
{
  guint64 number = 0;

  if (g_ascii_string_to_unsigned (text, 10, 1, RUF_VCARD_NO_PREFERENCE - 1, &number, NULL))
    self->preference = number;
}

/* vCard 2.1 leaves out "TYPE=" and "ENCODING=". */
static void
read_bare_word (RufVcardProperty *self,
                const char       *word)
{
  int encoding = look_up (encodings, word);

  if (encoding != RUF_VCARD_PLAIN)
    self->encoding = encoding;
  else
    read_types (self, word);
}

static void
read_parameter (RufVcardProperty *self,
                char             *text)
{
  char *name = g_strstrip (text);
  char *sign = strchr (name, '=');
  char *value;

  if (sign == NULL)
    {
      read_bare_word (self, name);
      return;
    }
  *sign = '\0';
  g_strchomp (name);
  value = g_strstrip (g_strdelimit (sign + 1, "\"", ' '));
  if (g_ascii_strcasecmp (name, "TYPE") == 0)
    read_types (self, value);
  else if (g_ascii_strcasecmp (name, "ENCODING") == 0)
    self->encoding = look_up (encodings, value);
  else if (g_ascii_strcasecmp (name, "CHARSET") == 0)
    replace_text (&self->charset, value);
  else if (g_ascii_strcasecmp (name, "PREF") == 0)
    read_preference (self, value);
  else if (g_ascii_strcasecmp (name, "WAID") == 0)
    replace_text (&self->waid, value);
}

static void
read_name (RufVcardProperty *self,
           char             *text)
{
  char *dot = strrchr (text, '.');

  if (dot != NULL)
    {
      *dot = '\0';
      g_free (self->group);
      self->group = g_ascii_strup (g_strstrip (text), -1);
      text = dot + 1;
    }
  self->name = look_up (names, g_strstrip (text));
}

/* The end of a parameter: a semicolon outside quotes, or the end. */
static char *
find_end (char *text)
{
  gboolean quoted = FALSE;

  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        quoted = !quoted;
      else if (*text == ';' && !quoted)
        break;
    }
  return text;
}

/**
 * ruf_vcard_property_read_head:
 * @self: a property
 * @head: (array length=size): what stands before the colon: `item1.TEL;TYPE="cell,voice"`
 * @size: bytes
 *
 * Reads name, group and parameters. Upper and lower case do not matter; what is not known is
 * left out.
 */
void
ruf_vcard_property_read_head (RufVcardProperty *self,
                              const char       *head,
                              gsize             size)
{
  g_autofree char *text = g_strndup (head, size);
  char *start = text;

  for (gboolean is_name = TRUE, more = TRUE; more; is_name = FALSE)
    {
      char *end = find_end (start);

      more = *end != '\0';
      *end = '\0';
      if (is_name)
        read_name (self, start);
      else
        read_parameter (self, start);
      start = end + 1;
    }
}

/* 0x80 to 0x9f of Windows-1252 (unicode.org, CP1252.TXT); 0 where it has no character. */
static const gunichar windows_1252[] = {
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
  0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc,
  0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178
};

static char *
decode_windows_1252 (const char *data,
                     gsize       size)
{
  GString *out = g_string_sized_new (size + size / 8);

  for (gsize i = 0; i < size; i++)
    {
      guint8 byte = data[i];
      gunichar c = byte;

      if (byte >= 0x80 && byte <= 0x9f)
        c = windows_1252[byte - 0x80] != 0 ? windows_1252[byte - 0x80] : REPLACEMENT;
      g_string_append_unichar (out, c != 0 ? c : REPLACEMENT);
    }
  return g_string_free (out, FALSE);
}

/* Whether the bytes are in a stated character set that neither UTF-8 nor Windows-1252 stands for.
 * A name from a file goes to the converter only where it looks like one. */
static gboolean
has_own_charset (RufVcardProperty *self)
{
  static const char * const western[] = {
    "UTF-8", "UTF8", "US-ASCII", "ASCII", "ISO-8859-1", "ISO8859-1", "LATIN1", "WINDOWS-1252",
    "CP1252", NULL
  };
  const char *c = self->charset;

  if (c == NULL || *c == '\0' || strlen (c) > 32)
    return FALSE;
  if (self->is_text && self->encoding == RUF_VCARD_PLAIN)
    return FALSE;
  for (; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_:.", *c) == NULL)
      return FALSE;
  for (guint i = 0; western[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->charset, western[i]) == 0)
      return FALSE;
  return TRUE;
}

static char *
dup_without_nul (const char *data,
                 gsize       size)
{
  GString *out = g_string_sized_new (size);

  for (gsize i = 0; i < size; i++)
    if (data[i] != '\0')
      g_string_append_c (out, data[i]);
    else
      g_string_append_unichar (out, REPLACEMENT);
  return g_string_free (out, FALSE);
}

/* Address books state one character set and write another: bytes that are UTF-8 are hardly ever
 * meant as anything Western, and bytes that are not are Windows-1252. */
static char *
decode_bytes (RufVcardProperty *self,
              const char       *data,
              gsize             size)
{
  gsize written = 0;
  g_autofree char *converted = NULL;
  g_autofree char *text = NULL;

  if (has_own_charset (self))
    converted = g_convert (data, size, "UTF-8", self->charset, NULL, &written, NULL);
  if (converted != NULL)
    return dup_without_nul (converted, written);
  text = dup_without_nul (data, size);
  if (g_utf8_validate (text, -1, NULL))
    return g_steal_pointer (&text);
  return decode_windows_1252 (data, size);
}

/* A "=" that no two hex digits follow is text. */
static char *
decode_quoted_printable (RufVcardProperty *self,
                         const char       *text)
{
  g_autoptr (GString) bytes = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text++)
    {
      if (*text == '=' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2]))
        {
          g_string_append_c (bytes, g_ascii_xdigit_value (text[1]) << 4
                                    | g_ascii_xdigit_value (text[2]));
          text += 2;
        }
      else
        g_string_append_c (bytes, *text);
    }
  return decode_bytes (self, bytes->str, bytes->len);
}

static char *
decode_base64 (RufVcardProperty *self)
{
  g_autofree char *text = dup_without_nul (self->value->str, self->value->len);
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode (text, &size);

  return decode_bytes (self, (const char *) bytes, size);
}

/* The value with what must be undone before it is split: separators inside quoted-printable
 * text are themselves encoded, so that is undone afterwards. */
static char *
dup_raw (RufVcardProperty *self)
{
  if (self->encoding == RUF_VCARD_QUOTED_PRINTABLE)
    return dup_without_nul (self->value->str, self->value->len);
  if (self->encoding == RUF_VCARD_BASE64)
    return decode_base64 (self);
  return decode_bytes (self, self->value->str, self->value->len);
}

/* "\n" is a line break; a backslash before anything but punctuation is one. */
static void
unescape (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (from[0] != '\\' || from[1] == '\0' || strchr ("nN\\,;:\"", from[1]) == NULL)
        *to++ = *from;
      else
        {
          from++;
          *to++ = *from == 'n' || *from == 'N' ? '\n' : *from;
        }
    }
  *to = '\0';
}

static char *
decode_part (RufVcardProperty *self,
             const char       *start,
             gsize             size)
{
  char *text = g_strndup (start, size);

  if (self->encoding == RUF_VCARD_QUOTED_PRINTABLE)
    {
      char *decoded = decode_quoted_printable (self, text);

      g_free (text);
      text = decoded;
    }
  unescape (text);
  return text;
}

/**
 * ruf_vcard_property_split:
 * @self: a property
 * @separators: the characters that part its components, "" for none
 *
 * Decodes the value. Where no character set is stated or the stated one does not fit, valid UTF-8
 * is taken for that and anything else for Windows-1252.
 *
 * Returns: (transfer full) (array zero-terminated=1): its components as UTF-8, at least one
 */
GStrv
ruf_vcard_property_split (RufVcardProperty *self,
                          const char       *separators)
{
  g_autofree char *raw = dup_raw (self);
  GPtrArray *parts = g_ptr_array_new ();
  const char *start = raw;
  const char *c = raw;

  for (; *c != '\0'; c++)
    {
      if (*c == '\\' && c[1] != '\0')
        c++;
      else if (strchr (separators, *c) != NULL)
        {
          g_ptr_array_add (parts, decode_part (self, start, c - start));
          start = c + 1;
        }
    }
  g_ptr_array_add (parts, decode_part (self, start, c - start));
  g_ptr_array_add (parts, NULL);
  return (GStrv) g_ptr_array_free (parts, FALSE);
}

/**
 * ruf_vcard_property_dup_text:
 * @self: a property
 *
 * Returns: (transfer full): its whole value, decoded as by ruf_vcard_property_split()
 */
char *
ruf_vcard_property_dup_text (RufVcardProperty *self)
{
  g_auto (GStrv) parts = ruf_vcard_property_split (self, "");

  return g_strdup (parts[0]);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One cell of a file to one phone number, or the reason why not.
 *
 * The common spellings of German mobile numbers are read here at once; all
 * others are cleaned, looked at for the marks that spreadsheets and people
 * leave, and judged by libphonenumber. Guesses are proposed, never taken. */

#include "config.h"

#include "ruf-phone.h"

#include <string.h>

#include "ruf-phone-shim.h"

#define MOST_BYTES      250   /* of a cell; no number needs as many */
#define MOST_DIGITS     15    /* E.164 */
#define FEWEST_DIGITS   5
#define NUMBER_DIGITS   6     /* from here on digits in a row look like a number of their own */
#define LANDLINE_DIGITS 10    /* without the trunk zero fewer may lack the area code */
#define SEPARATORS      " -/."

/* Mobile ranges of the Bundesnetzagentur's number plan, and how many digits
 * they have in all: only those with one length. Others go the long way. */
static const struct
{
  const char prefix[4];
  guint      digits;
} german_mobile[] = {
  { "151", 11 }, { "152", 11 }, { "157", 11 }, { "159", 11 },
  { "160", 10 }, { "162", 10 }, { "163", 10 }, { "170", 10 }, { "171", 10 },
  { "172", 10 }, { "173", 10 }, { "174", 10 }, { "175", 10 }, { "176", 11 },
  { "177", 10 }, { "178", 10 }, { "179", 10 },
};

static void
reject (RufPhone        *out,
        RufRejectReason  reason)
{
  *out = (RufPhone) { .outcome = RUF_PHONE_REJECTED, .reason = reason };
}

static void
take (RufPhone             *out,
      const RufPhoneNumber *number,
      RufPhoneOutcome       outcome)
{
  *out = (RufPhone) { .outcome = outcome, .kind = number->kind };
  memcpy (out->e164, number->e164, sizeof out->e164);
}

/* --- The short way ------------------------------------------------------ */

static gboolean
is_german_mobile (const char *digits,
                  guint       n)
{
  for (guint i = 0; i < G_N_ELEMENTS (german_mobile); i++)
    if (n == german_mobile[i].digits && memcmp (digits, german_mobile[i].prefix, 3) == 0)
      return TRUE;
  return FALSE;
}

/* Behind +49, 0049 or a German trunk zero, or NULL. */
static const char *
skip_german_prefix (const char *p,
                    const char *region)
{
  gboolean german = strcmp (region, "DE") == 0;

  if (strncmp (p, "+49", 3) == 0)
    p += 3;
  else if (german && strncmp (p, "0049", 4) == 0)
    p += 4;
  else if (german && p[0] == '0' && p[1] == '1')
    return p + 1;
  else
    return NULL;

  while (*p == ' ')
    p++;
  if (strncmp (p, "(0)", 3) == 0)
    p += 3;
  while (*p != '\0' && strchr (SEPARATORS, *p) != NULL)
    p++;
  return p;
}

static gboolean
parse_german_mobile (const char *text,
                     const char *region,
                     RufPhone   *out)
{
  char digits[12];
  guint n = 0;
  const char *p = skip_german_prefix (text, region);

  if (p == NULL || *p != '1')
    return FALSE;
  for (; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) && n < 11)
      digits[n++] = *p;
    else if (strchr (SEPARATORS, *p) == NULL || !g_ascii_isdigit (p[1]))
      return FALSE;
  if (!is_german_mobile (digits, n))
    return FALSE;

  *out = (RufPhone) { .outcome = RUF_PHONE_VALID, .kind = RUF_PHONE_KIND_MOBILE };
  memcpy (out->e164, "+49", 3);
  memcpy (out->e164 + 3, digits, n);
  return TRUE;
}

/* --- Cleaning ----------------------------------------------------------- */

static gboolean
is_dash (gunichar c)
{
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe63 || c == 0xff0d;
}

/* Full-width signs and foreign digits to ASCII, all blanks to one kind, and
 * away with what cannot be seen. */
static void
append_clean (GString *out,
              gunichar c)
{
  if (g_unichar_type (c) == G_UNICODE_FORMAT || c == 0xad || c == 0xfeff)
    return;
  if (g_unichar_isspace (c) && c != '\n')
    g_string_append_c (out, ' ');
  else if (is_dash (c))
    g_string_append_c (out, '-');
  else if (c > 0x7f && g_unichar_isdigit (c))
    g_string_append_c (out, '0' + g_unichar_digit_value (c));
  else
    g_string_append_unichar (out, c);
}

static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *out = g_string_new (NULL);

  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    append_clean (out, g_utf8_get_char (p));
  return g_strstrip (g_string_free (out, FALSE));
}

static gboolean
skip_scheme (char       **p,
             const char  *scheme)
{
  gsize n = strlen (scheme);

  if (g_ascii_strncasecmp (*p, scheme, n) != 0)
    return FALSE;
  *p += n;
  return TRUE;
}

/* Takes off what programs put around a number: the text mark of spreadsheets
 * ('+49…, ="0151…") and the schemes of tel: and whatsapp: addresses. */
static char *
unwrap (char *text)
{
  gsize n = strlen (text);

  if (n > 3 && g_str_has_prefix (text, "=\"") && text[n - 1] == '"' &&
      strchr (text + 2, '"') == text + n - 1)
    {
      text[n - 1] = '\0';
      text += 2;
    }
  while (*text == '\'' || *text == '`' || *text == ' ')
    text++;
  if (skip_scheme (&text, "tel:"))
    text[strcspn (text, ";")] = '\0';
  else
    skip_scheme (&text, "whatsapp:");
  return g_strstrip (text);
}

/* --- What else a cell may be -------------------------------------------- */

/* DE.2026…, US.ENT.…: a country, a dot, up to 128 letters and digits. Long
 * before any digits are picked out, which would invent a number. */
static gboolean
is_user_id (const char *text)
{
  const char *p = text;
  gsize n;

  if (!g_ascii_isupper (p[0]) || !g_ascii_isupper (p[1]) || p[2] != '.')
    return FALSE;
  p += 3;
  if (g_str_has_prefix (p, "ENT."))
    p += 4;
  n = strspn (p, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  return p[n] == '\0' && n >= 4 && n <= 128 && strpbrk (p, "0123456789") != NULL;
}

/* 4,91512E+12; #NAME?, #WERT!; a column too narrow for its number: ####. */
static gboolean
is_damaged (const char *text)
{
  const char *p = text;

  if (*p == '#')
    return TRUE;
  if (*p == '+' || *p == '-')
    p++;
  if (!g_ascii_isdigit (*p))
    return FALSE;
  p += strspn (p, "0123456789");
  if (*p == '.' || *p == ',')
    p += 1 + strspn (p + 1, "0123456789");
  if (*p != 'e' && *p != 'E')
    return FALSE;
  p++;
  if (*p == '+' || *p == '-')
    p++;
  return *p != '\0' && p[strspn (p, "0123456789")] == '\0';
}

static guint
count_digits (const char *text,
              const char *end)
{
  guint n = 0;

  for (; text < end; text++)
    n += g_ascii_isdigit (*text);
  return n;
}

static gboolean
is_letter_at (const char *p)
{
  return g_unichar_isalpha (g_utf8_get_char (p));
}

static gboolean
has_letters (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_letter_at (p))
      return TRUE;
  return FALSE;
}

/* "0171/3920079 (Tochter)": a whole number and words beside it. A letter that
 * touches the digits may stand for one. */
static gboolean
is_number_with_remark (const char *text)
{
  const char *first = strpbrk (text, "+0123456789");
  gsize n;

  if (first == NULL)
    return FALSE;
  n = strspn (first, "+0123456789()" SEPARATORS);
  while (n > 0 && !g_ascii_isdigit (first[n - 1]))
    n--;
  if (count_digits (first, first + n) <= NUMBER_DIGITS)
    return FALSE;
  if (first > text && is_letter_at (g_utf8_find_prev_char (text, first)))
    return FALSE;
  return first[n] == '\0' || !is_letter_at (first + n);
}

/* "030/23125444, 0176/04069044": a number's worth of digits on both sides. A
 * slash or a blank is one in a single number too, so there the sum must be too
 * long for one; a second plus begins another number wherever it stands. */
static gboolean
is_several (const char *text)
{
  const char *end = text + strlen (text);
  gboolean too_long = count_digits (text, end) > MOST_DIGITS + 2;

  for (const char *p = text + 1; p < end; p++)
    {
      gboolean splits = strchr (",;|&\n+", *p) != NULL ||
                        (too_long && strchr (" /", *p) != NULL);

      if (splits &&
          count_digits (text, p) >= NUMBER_DIGITS && count_digits (p, end) >= NUMBER_DIGITS)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_phone_text (const char *text)
{
  if (*text == '+')
    text++;
  return text[strspn (text, "0123456789()[]~" SEPARATORS)] == '\0';
}

/* --- Judging ------------------------------------------------------------ */

/* 491713920034.0 is how data tools write a number; a fraction is no number. */
static gboolean
strip_float_tail (char *text)
{
  char *dot = strrchr (text, '.');

  if (dot == NULL || dot[1] != '0' || dot[1 + strspn (dot + 1, "0")] != '\0' ||
      *text == '0' || strspn (text, "0123456789") != (gsize) (dot - text) || dot - text < 9)
    return FALSE;
  *dot = '\0';
  return TRUE;
}

/* Removes the bracketed trunk zero of +49 (0)151. */
static void
strip_bracketed_zero (char *text)
{
  char *zero = strstr (text, "(0)");

  if (zero != NULL)
    memmove (zero, zero + 3, strlen (zero + 3) + 1);
}

static void
keep_digits (const char *text,
             char       *digits)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      *digits++ = *text;
  *digits = '\0';
}

/* +49… or 0049…: as it stands, or with a zero too many behind the code. */
static void
judge_international (const char *text,
                     const char *digits,
                     const char *region,
                     RufPhone   *out)
{
  RufPhoneNumber number;

  if (!ruf_phone_shim_parse (text, region, &number))
    reject (out, RUF_REJECT_PHONE_INVALID);
  else
    take (out, &number,
          strcmp (number.e164 + 1, digits) == 0 ? RUF_PHONE_VALID : RUF_PHONE_PROPOSED);
}

/* Digits alone: a code without its plus, or a number that lost its zero. */
static void
judge_bare (const char *digits,
            const char *region,
            const char *code,
            RufPhone   *out)
{
  g_autofree char *with_plus = g_strconcat ("+", digits, NULL);
  gboolean own_code = g_str_has_prefix (with_plus, code);
  gboolean international, national;
  RufPhoneNumber foreign, own;

  international = ruf_phone_shim_parse (with_plus, region, &foreign) &&
                  strcmp (foreign.e164, with_plus) == 0;
  national = ruf_phone_shim_parse (digits, region, &own) &&
             own.origin == RUF_PHONE_ORIGIN_REGION;

  if (international && own_code && strlen (digits) > LANDLINE_DIGITS)
    take (out, &foreign, RUF_PHONE_PROPOSED);
  else if (national && own.kind == RUF_PHONE_KIND_MOBILE)
    take (out, &own, RUF_PHONE_PROPOSED);
  else if (international && foreign.kind == RUF_PHONE_KIND_MOBILE &&
           strlen (digits) > LANDLINE_DIGITS)
    take (out, &foreign, RUF_PHONE_PROPOSED);
  else if (national && strlen (digits) >= LANDLINE_DIGITS)
    take (out, &own, RUF_PHONE_PROPOSED);
  else
    reject (out, RUF_REJECT_PHONE_INVALID);
}

/* North America dials its trunk prefix, 1, but seldom writes it; in other
 * countries a number without it is one that lost it. */
static gboolean
needs_trunk_prefix (const char *trunk)
{
  return *trunk != '\0' && strcmp (trunk, "1") != 0;
}

static void
judge_national (const char *text,
                const char *digits,
                const char *region,
                RufPhone   *out)
{
  RufPhoneNumber number;
  char code[8], trunk[8];

  if (!ruf_phone_shim_get_calling_code (region, code))
    {
      reject (out, RUF_REJECT_PHONE_INVALID);
      return;
    }
  ruf_phone_shim_get_trunk_prefix (region, trunk);
  if (needs_trunk_prefix (trunk) && !g_str_has_prefix (digits, trunk))
    {
      judge_bare (digits, region, code, out);
      return;
    }
  if (ruf_phone_shim_parse (text, region, &number))
    take (out, &number, number.origin == RUF_PHONE_ORIGIN_BARE_CODE ? RUF_PHONE_PROPOSED
                                                                    : RUF_PHONE_VALID);
  else
    reject (out, RUF_REJECT_PHONE_INVALID);
}

static void
judge (char       *text,
       const char *region,
       RufPhone   *out)
{
  gboolean was_float = strip_float_tail (text);
  gboolean plus = *text == '+';
  gboolean zeros = g_str_has_prefix (text, "00");
  char digits[MOST_BYTES + 1];
  guint n;

  if (plus || zeros)
    strip_bracketed_zero (text);
  keep_digits (text, digits);
  n = strlen (digits) - (zeros ? 2 : 0);
  if (n < FEWEST_DIGITS || n > MOST_DIGITS)
    reject (out, RUF_REJECT_PHONE_INVALID);
  else if (plus)
    judge_international (text, digits, region, out);
  else if (zeros)
    {
      *(++text) = '+';
      judge_international (text, digits + 2, region, out);
    }
  else
    judge_national (text, digits, region, out);

  if (was_float && out->outcome == RUF_PHONE_VALID)
    out->outcome = RUF_PHONE_PROPOSED;
}

static void
judge_cell (char       *text,
            const char *region,
            RufPhone   *out)
{
  if (*text == '\0')
    reject (out, RUF_REJECT_NO_ADDRESS);
  else if (is_user_id (text))
    *out = (RufPhone) { .outcome = RUF_PHONE_USER_ID };
  else if (is_damaged (text))
    reject (out, RUF_REJECT_PHONE_DAMAGED);
  else if (*text == '=' || *text == '@')
    reject (out, RUF_REJECT_PHONE_INVALID);
  else if (is_several (text) || (has_letters (text) && is_number_with_remark (text)))
    reject (out, RUF_REJECT_PHONE_AMBIGUOUS);
  else if (!is_phone_text (text))
    reject (out, RUF_REJECT_PHONE_INVALID);
  else
    judge (text, region, out);
}

/**
 * ruf_phone_parse:
 * @text: (nullable): one cell of a file, or what a person typed
 * @region: ISO 3166 country of numbers without a country code, such as "DE"
 * @out: (out caller-allocates): the number in E.164, or the reason why not
 *
 * Reads a phone number.
 *
 * What can mean one number only is %RUF_PHONE_VALID. What is probably meant,
 * such as 491713920034, 1713920034 or +490171…, is %RUF_PHONE_PROPOSED and must
 * be confirmed by the user. A business-scoped WhatsApp id is
 * %RUF_PHONE_USER_ID. Everything else is rejected: lost digits as
 * %RUF_REJECT_PHONE_DAMAGED, several numbers or a number with a remark as
 * %RUF_REJECT_PHONE_AMBIGUOUS, a blank cell as %RUF_REJECT_NO_ADDRESS, and
 * words, formulas, short codes, service numbers and more than 15 digits as
 * %RUF_REJECT_PHONE_INVALID.
 *
 * Safe from every thread. Common spellings of German mobile numbers take well
 * under two microseconds, all others some twenty.
 */
void
ruf_phone_parse (const char *text,
                 const char *region,
                 RufPhone   *out)
{
  g_autofree char *cleaned = NULL;

  g_return_if_fail (region != NULL);
  g_return_if_fail (out != NULL);

  if (text == NULL)
    reject (out, RUF_REJECT_NO_ADDRESS);
  else if (parse_german_mobile (text, region, out))
    return;
  else if (strnlen (text, MOST_BYTES + 1) > MOST_BYTES)
    reject (out, RUF_REJECT_TOO_LONG);
  else
    {
      cleaned = clean (text);
      if (strlen (cleaned) > MOST_BYTES)
        reject (out, RUF_REJECT_TOO_LONG);
      else
        judge_cell (unwrap (cleaned), region, out);
    }
}

/**
 * ruf_phone_is_region:
 * @region: an ISO 3166 code in capitals, for example "DE"
 *
 * Returns: whether it is a country that numbers without a country code can be of
 */
gboolean
ruf_phone_is_region (const char *region)
{
  char code[8];

  g_return_val_if_fail (region != NULL, FALSE);

  return ruf_phone_shim_get_calling_code (region, code);
}

/**
 * ruf_phone_format:
 * @e164: a number in E.164
 *
 * Writes a number in the groups that people of its country read it in:
 * "+49 176 04069071". Takes some twenty microseconds, and is safe from every thread.
 *
 * Returns: (transfer full): the number in groups; @e164 itself where it is none
 */
char *
ruf_phone_format (const char *e164)
{
  char text[32];

  g_return_val_if_fail (e164 != NULL, NULL);

  return g_strdup (ruf_phone_shim_format (e164, text) ? text : e164);
}

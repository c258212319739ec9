/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a reply asks for. A whole message that says stop is a stop; a stop
 * inside a sentence is for a person to judge. */

#include "config.h"

#include "ruf-keyword.h"

#include <string.h>

#include "ruf-channel.h"

#define MOST_SOURCE_BYTES 64
#define MOST_BRAND_WORDS  2   /* "Start SRF News": whose news, before the purpose */

typedef struct
{
  const char *phrase;      /* folded words with single blanks */
  gboolean    in_sentence; /* inside a sentence it asks for a look */
} StopPhrase;

/* STOP, STOPP, ABMELDEN, CANCEL, UNSUBSCRIBE; what carriers honour; and German
 * words of the same meaning. Words of everyday talk count alone only. */
static const StopPhrase stop_phrases[] = {
  { "stop", TRUE },
  { "stopp", TRUE },
  { "stoppen", TRUE },
  { "abmelden", TRUE },
  { "abmeldung", TRUE },
  { "abbestellen", TRUE },
  { "austragen", TRUE },
  { "unsubscribe", TRUE },
  { "stopall", TRUE },
  { "stop all", TRUE },
  { "opt out", TRUE },
  { "optout", TRUE },
  { "widerruf", TRUE },
  { "keine werbung", TRUE },
  { "cancel", FALSE },
  { "end", FALSE },
  { "ende", FALSE },
  { "quit", FALSE },
};

/* Never a stop by themselves, always worth a look. */
static const char * const review_phrases[] = {
  "keine nachricht", "keine nachrichten", "keine mail", "keine mails", "keine infos",
  "keine angebote", "keine sms", "keine whatsapp", "nicht mehr schreiben", "nicht mehr schicken",
  "nicht mehr senden", "nicht mehr erhalten", "nicht mehr bekommen", "nicht mehr anschreiben",
  "nichts mehr schicken", "nichts mehr senden", "in ruhe", "melde mich ab", "meldet mich ab",
  "melden sie mich ab", "nehmt mich raus", "löscht meine", "löschen sie meine",
  "meine nummer löschen", "meine daten löschen", "widerrufe", "widerspreche", "widerspruch",
  "spam", "belästigung", "no more messages", "stop sending", "remove me", "leave me alone",
};

static const char * const start_words[] = { "start" };

/* Courtesy goes with every keyword, small words with those that mean nothing else. */
static const char * const courtesies[] = {
  "bitte", "danke", "dank", "vielen", "schön", "please", "thanks", "thank", "you", "hallo", "hi",
  "lg", "vg", "mfg", "gruß", "gruss", "grüße", "grüsse", "viele", "liebe",
};

static const char * const small_words[] = {
  "alle", "alles", "all", "ab", "sofort", "jetzt", "now", "mehr", "mich", "uns", "me", "von", "vom",
  "der", "dem", "den", "die", "das", "für", "from", "the", "whatsapp", "sms", "newsletter",
};

/* The words of a reply, folded, and as they were written. */
typedef struct
{
  GPtrArray *folded;
  GPtrArray *written;
} Words;

static const char *
folded_at (const Words *words,
           guint        i)
{
  return g_ptr_array_index (words->folded, i);
}

static gboolean
is_listed (const char * const *list,
           guint               n,
           const char         *word)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (list[i], word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_courtesy (const char *word)
{
  return is_listed (courtesies, G_N_ELEMENTS (courtesies), word);
}

static gboolean
is_small (const char *word)
{
  return is_listed (small_words, G_N_ELEMENTS (small_words), word);
}

static void
add_word (Words   *words,
          GString *word)
{
  if (word->len == 0)
    return;
  g_ptr_array_add (words->written, g_strdup (word->str));
  g_ptr_array_add (words->folded, g_utf8_casefold (word->str, -1));
  g_string_truncate (word, 0);
}

/* Everything but letters and digits parts words: marks, emoji, quotes. */
static void
split_words (const char *text,
             Words      *words)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) word = g_string_new (NULL);

  words->folded = g_ptr_array_new_with_free_func (g_free);
  words->written = g_ptr_array_new_with_free_func (g_free);
  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (word, c);
      else if (g_unichar_type (c) != G_UNICODE_FORMAT)
        add_word (words, word);
    }
  add_word (words, word);
}

static void
clear_words (Words *words)
{
  g_ptr_array_unref (words->folded);
  g_ptr_array_unref (words->written);
}

/* How many words from @at on are @phrase, 0 where they are not. */
static guint
match_phrase (const Words *words,
              guint        at,
              const char  *phrase)
{
  guint n = 0;

  for (;; n++, phrase++)
    {
      gsize length = strcspn (phrase, " ");

      if (at + n >= words->folded->len ||
          strlen (folded_at (words, at + n)) != length ||
          memcmp (folded_at (words, at + n), phrase, length) != 0)
        return 0;
      phrase += length;
      if (*phrase == '\0')
        return n + 1;
    }
}

/* The longest stop phrase at a place. */
static guint
match_stop (const Words *words,
            guint        at,
            gboolean    *in_sentence)
{
  guint longest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (stop_phrases); i++)
    {
      guint n = match_phrase (words, at, stop_phrases[i].phrase);

      if (n > longest)
        {
          longest = n;
          *in_sentence = stop_phrases[i].in_sentence;
        }
    }
  return longest;
}

static void
append_word (GString    *rest,
             const char *word)
{
  if (rest->len > 0)
    g_string_append_c (rest, ' ');
  g_string_append (rest, word);
}

/* A stop, with courtesy, and nothing else but a purpose that we know. */
static gboolean
read_stop (const Words     *words,
           RufReplyReading *out)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  gboolean strong = FALSE, in_sentence = FALSE, small = FALSE, found = FALSE;

  for (guint i = 0; i < words->folded->len; i++)
    {
      guint n = match_stop (words, i, &in_sentence);

      if (n > 0)
        {
          found = TRUE;
          strong |= in_sentence;
          i += n - 1;
        }
      else if (is_small (folded_at (words, i)))
        small = TRUE;
      else if (!is_courtesy (folded_at (words, i)))
        append_word (rest, folded_at (words, i));
    }
  if (!found || (small && !strong))
    return FALSE;
  if (rest->len > 0 && ruf_purpose_from_words (rest->str) == NULL)
    return FALSE;

  out->kind = RUF_REPLY_STOP;
  if (rest->len > 0)
    out->purpose = g_strdup (ruf_purpose_from_words (rest->str));
  return TRUE;
}

static gboolean
asks_for_review (const Words *words)
{
  for (guint i = 0; i < words->folded->len; i++)
    {
      gboolean in_sentence = FALSE;

      if (match_stop (words, i, &in_sentence) > 0 && in_sentence)
        return TRUE;
      for (guint k = 0; k < G_N_ELEMENTS (review_phrases); k++)
        if (match_phrase (words, i, review_phrases[k]) > 0)
          return TRUE;
    }
  return FALSE;
}

/* "Q7F", "THEKE": what stands on a poster, not a word of a sentence. */
static gboolean
is_source_code (const char *word)
{
  gboolean has_digit = FALSE, has_lower = FALSE;
  glong n = g_utf8_strlen (word, -1);

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      has_digit |= g_unichar_isdigit (g_utf8_get_char (p));
      has_lower |= g_unichar_islower (g_utf8_get_char (p));
    }
  return n >= 2 && n <= 32 && (has_digit || !has_lower);
}

/* Finds words that name a purpose, two at a place before one ("weekly offer"). */
static const char *
find_purpose (const Words *words,
              guint       *at,
              guint       *n)
{
  for (*at = 1; *at < words->folded->len && *at <= 1 + MOST_BRAND_WORDS; (*at)++)
    for (*n = 2; *n > 0; (*n)--)
      {
        g_autoptr (GString) joined = g_string_new (NULL);
        const char *key;

        if (*at + *n > words->folded->len)
          continue;
        for (guint i = 0; i < *n; i++)
          append_word (joined, folded_at (words, *at + i));
        key = ruf_purpose_from_words (joined->str);
        if (key != NULL)
          return key;
      }
  return NULL;
}

/* START, alone, with a purpose, with a source code, in this order. */
static gboolean
read_start (const Words     *words,
            RufReplyReading *out)
{
  const char *purpose;
  const char *source = NULL;
  guint at, n, next = 1;

  if (words->folded->len == 0 ||
      !is_listed (start_words, G_N_ELEMENTS (start_words), folded_at (words, 0)))
    return FALSE;

  purpose = find_purpose (words, &at, &n);
  if (purpose != NULL)
    next = at + n;
  for (guint i = next; i < words->folded->len; i++)
    {
      const char *word = g_ptr_array_index (words->written, i);

      if (is_courtesy (folded_at (words, i)))
        continue;
      if (source != NULL || (purpose == NULL && !is_source_code (word)))
        return FALSE;
      source = word;
    }

  out->kind = RUF_REPLY_START;
  out->purpose = g_strdup (purpose);
  out->source = g_strdup (source);
  return TRUE;
}

/* "news_Q7F": a purpose that we know, and the source behind it. */
static gboolean
split_payload (const char      *payload,
               RufReplyReading *out)
{
  const char *mark = strrchr (payload, '_');
  g_autofree char *before = mark != NULL ? g_strndup (payload, mark - payload) : NULL;
  const char *key = ruf_purpose_from_words (before);

  if (key == NULL || mark[1] == '\0')
    return FALSE;

  out->purpose = g_strdup (key);
  out->source = g_strdup (mark + 1);
  return TRUE;
}

/* Telegram hands on the payload of a start link as it stands: "/start q7f". */
static gboolean
read_start_link (const char      *text,
                 RufReplyReading *out)
{
  g_autofree char *payload = NULL;
  const char *key;

  while (g_ascii_isspace (*text))
    text++;
  if (!g_str_has_prefix (text, "/start") || (text[6] != '\0' && text[6] != ' '))
    return FALSE;

  payload = g_strstrip (g_strdup (text + 6));
  if (strlen (payload) > MOST_SOURCE_BYTES || strpbrk (payload, " \t\r\n") != NULL ||
      !g_str_is_ascii (payload))
    return FALSE;

  out->kind = RUF_REPLY_START;
  if (split_payload (payload, out))
    return TRUE;

  key = ruf_purpose_from_words (payload);
  out->purpose = g_strdup (key);
  if (key == NULL && *payload != '\0')
    out->source = g_steal_pointer (&payload);
  return TRUE;
}

/**
 * ruf_reply_read:
 * @text: (nullable): a reply as it came
 * @out: (out caller-allocates): the reading; free it with ruf_reply_reading_clear()
 *
 * Reads a reply.
 *
 * A message that is nothing but a stop word, a courtesy ("Stop bitte") and
 * perhaps a purpose ("STOP Wochenangebote") is a stop at once. A stop word in a
 * longer sentence is %RUF_REPLY_REVIEW: never ignored, never taken silently.
 * START counts where it comes first, alone or with purpose and source code
 * ("Start Wochenangebote Q7F"), and where it is no question. "nonstop" and
 * "Ich starte morgen" are neither.
 */
void
ruf_reply_read (const char      *text,
                RufReplyReading *out)
{
  Words words;

  g_return_if_fail (out != NULL);

  *out = (RufReplyReading) { .kind = RUF_REPLY_OTHER };
  if (text == NULL || read_start_link (text, out))
    return;

  split_words (text, &words);
  if (!read_stop (&words, out))
    {
      if (asks_for_review (&words))
        out->kind = RUF_REPLY_REVIEW;
      else if (strchr (text, '?') == NULL)
        read_start (&words, out);
    }
  clear_words (&words);
}

/**
 * ruf_reply_reading_clear:
 * @self: a reading
 *
 * Frees what a reading holds, not the reading itself.
 */
void
ruf_reply_reading_clear (RufReplyReading *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->purpose, g_free);
  g_clear_pointer (&self->source, g_free);
}

/**
 * ruf_reply_find_start:
 * @text: a reply as it came
 *
 * Finds the first word START of a sentence, for a person who judges whether it is meant so.
 *
 * Returns: (transfer none) (nullable): @text from that word on, %NULL where it is not there
 */
const char *
ruf_reply_find_start (const char *text)
{
  gboolean in_word = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!in_word && g_ascii_strncasecmp (p, "start", 5) == 0 &&
          !g_unichar_isalnum (g_utf8_get_char_validated (p + 5, -1)))
        return p;
      in_word = g_unichar_isalnum (g_utf8_get_char_validated (p, -1));
    }

  return NULL;
}

static const char * const kind_names[] = {
  [RUF_REPLY_OTHER] = "other",
  [RUF_REPLY_STOP] = "stop",
  [RUF_REPLY_START] = "start",
  [RUF_REPLY_REVIEW] = "review",
};

/**
 * ruf_reply_kind_to_string:
 * @kind: a kind of reply
 *
 * Names a kind as in the database and in reports.
 *
 * Returns: "other", "stop", "start" or "review"
 */
const char *
ruf_reply_kind_to_string (RufReplyKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * ruf_reply_kind_from_string:
 * @text: (nullable): the name of a kind
 * @out: (out): the kind, untouched where the name is none
 *
 * Reads what ruf_reply_kind_to_string() writes.
 *
 * Returns: %TRUE where @text names a kind
 */
gboolean
ruf_reply_kind_from_string (const char   *text,
                            RufReplyKind *out)
{
  g_return_val_if_fail (out != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (text, kind_names[i]) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

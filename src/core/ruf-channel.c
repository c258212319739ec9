/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Channels, kinds of address and purposes, and the words people use for them. */

#include "config.h"

#include "ruf-channel.h"

#include <string.h>

typedef struct
{
  const char *word;   /* folded by fold_words() */
  int         value;
} Alias;

typedef struct
{
  const char *word;   /* folded by fold_words() */
  const char *key;
} PurposeAlias;

static const char * const channel_names[RUF_N_CHANNELS] = {
  [RUF_CHANNEL_WHATSAPP] = "whatsapp",
  [RUF_CHANNEL_TELEGRAM] = "telegram",
  [RUF_CHANNEL_SMS] = "sms",
  [RUF_CHANNEL_EMAIL] = "email",
  [RUF_CHANNEL_SIGNAL] = "signal",
};

static const Alias channel_aliases[] = {
  { "whatsapp", RUF_CHANNEL_WHATSAPP },
  { "whatsappbusiness", RUF_CHANNEL_WHATSAPP },
  { "wa", RUF_CHANNEL_WHATSAPP },
  { "telegram", RUF_CHANNEL_TELEGRAM },
  { "sms", RUF_CHANNEL_SMS },
  { "kurznachricht", RUF_CHANNEL_SMS },
  { "textmessage", RUF_CHANNEL_SMS },
  { "email", RUF_CHANNEL_EMAIL },
  { "emailadresse", RUF_CHANNEL_EMAIL },
  { "mail", RUF_CHANNEL_EMAIL },
  { "signal", RUF_CHANNEL_SIGNAL },
};

static const char * const kind_names[] = {
  [RUF_ADDRESS_PHONE] = "phone",
  [RUF_ADDRESS_EMAIL] = "email",
  [RUF_ADDRESS_TELEGRAM] = "telegram",
  [RUF_ADDRESS_WHATSAPP_USER] = "whatsapp-user",
};

static const char * const purposes[] = {
  "weekly-offer", "news", "story", "live", "service", NULL
};

static const PurposeAlias purpose_aliases[] = {
  { "weeklyoffer", "weekly-offer" },
  { "weeklyoffers", "weekly-offer" },
  { "wochenangebot", "weekly-offer" },
  { "wochenangebote", "weekly-offer" },
  { "wochenangeboten", "weekly-offer" },
  { "angebot", "weekly-offer" },
  { "angebote", "weekly-offer" },
  { "angeboten", "weekly-offer" },
  { "offers", "weekly-offer" },
  { "news", "news" },
  { "neues", "news" },
  { "neuheit", "news" },
  { "neuheiten", "news" },
  { "neuigkeit", "news" },
  { "neuigkeiten", "news" },
  { "neuheitenlieferungen", "news" },
  { "nachrichten", "news" },
  { "newsletter", "news" },
  { "story", "story" },
  { "stories", "story" },
  { "storys", "story" },
  { "geschichte", "story" },
  { "geschichten", "story" },
  { "redaktion", "story" },
  { "redaktionstory", "story" },
  { "live", "live" },
  { "liveupdate", "live" },
  { "liveupdates", "live" },
  { "liveticker", "live" },
  { "service", "service" },
  { "kundendienst", "service" },
  { "servicenachrichten", "service" },
  { "serviceinfo", "service" },
  { "serviceinfos", "service" },
};

/* Letters and digits in lower case; "E-Mail", "e mail" and "eMail" become one. */
static char *
fold_words (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/**
 * ruf_channel_to_string:
 * @channel: a channel
 *
 * Names a channel as in the database, in files and on the command line.
 *
 * Returns: the word, such as "whatsapp"
 */
const char *
ruf_channel_to_string (RufChannel channel)
{
  g_return_val_if_fail ((guint) channel < RUF_N_CHANNELS, NULL);

  return channel_names[channel];
}

/**
 * ruf_channel_from_string:
 * @text: (nullable): a word for a channel
 * @out: (out): the channel, untouched where the word is none
 *
 * Reads the name of a channel in any case and common spelling: "WhatsApp",
 * "E-Mail", "Mail".
 *
 * Returns: %TRUE where @text names a channel
 */
gboolean
ruf_channel_from_string (const char *text,
                         RufChannel *out)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (out != NULL, FALSE);

  if (text == NULL)
    return FALSE;

  folded = fold_words (text);
  for (guint i = 0; i < G_N_ELEMENTS (channel_aliases); i++)
    if (strcmp (folded, channel_aliases[i].word) == 0)
      {
        *out = channel_aliases[i].value;
        return TRUE;
      }
  return FALSE;
}

/**
 * ruf_channel_get_address_kind:
 * @channel: a channel
 *
 * Tells which kind of address a message on @channel needs. WhatsApp also takes
 * a business-scoped user id where a person has no number to show.
 *
 * Returns: the kind of address
 */
RufAddressKind
ruf_channel_get_address_kind (RufChannel channel)
{
  switch (channel)
    {
    case RUF_CHANNEL_EMAIL:
      return RUF_ADDRESS_EMAIL;
    case RUF_CHANNEL_TELEGRAM:
      return RUF_ADDRESS_TELEGRAM;
    case RUF_CHANNEL_WHATSAPP:
    case RUF_CHANNEL_SMS:
    case RUF_CHANNEL_SIGNAL:
    default:
      return RUF_ADDRESS_PHONE;
    }
}

/**
 * ruf_channel_get_text_limit:
 * @channel: a channel
 *
 * Tells how long one text may be: WhatsApp and Telegram 4096 characters
 * (Cloud API and Bot API references, 2026), SMS ten parts of 153 septets,
 * Signal 2000 characters (what its apps send without an attachment).
 *
 * Returns: characters, 0 where the channel sets no limit
 */
guint
ruf_channel_get_text_limit (RufChannel channel)
{
  switch (channel)
    {
    case RUF_CHANNEL_WHATSAPP:
    case RUF_CHANNEL_TELEGRAM:
      return 4096;
    case RUF_CHANNEL_SMS:
      return 1530;
    case RUF_CHANNEL_SIGNAL:
      return 2000;
    case RUF_CHANNEL_EMAIL:
    default:
      return 0;
    }
}

/**
 * ruf_address_kind_to_string:
 * @kind: a kind of address
 *
 * Names a kind of address as in the database and in files.
 *
 * Returns: "phone", "email", "telegram" or "whatsapp-user"
 */
const char *
ruf_address_kind_to_string (RufAddressKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * ruf_address_kind_from_string:
 * @text: (nullable): the name of a kind
 * @out: (out): the kind, untouched where the name is none
 *
 * Reads what ruf_address_kind_to_string() writes.
 *
 * Returns: %TRUE where @text names a kind
 */
gboolean
ruf_address_kind_from_string (const char     *text,
                              RufAddressKind *out)
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

/**
 * ruf_purpose_from_words:
 * @words: (nullable): a word for a purpose
 *
 * Maps a word in any case and spelling, "Wochenangebote" or "weekly offer", to
 * the key of a purpose that comes with the program.
 *
 * Returns: (nullable): the key, or %NULL where the word is none that we know
 */
const char *
ruf_purpose_from_words (const char *words)
{
  g_autofree char *folded = NULL;

  if (words == NULL)
    return NULL;

  folded = fold_words (words);
  for (guint i = 0; i < G_N_ELEMENTS (purpose_aliases); i++)
    if (strcmp (folded, purpose_aliases[i].word) == 0)
      return purpose_aliases[i].key;
  return NULL;
}

/**
 * ruf_purpose_get_builtin:
 *
 * Lists the keys of the purposes that come with the program.
 *
 * Returns: (array zero-terminated=1): the keys
 */
const char * const *
ruf_purpose_get_builtin (void)
{
  return purposes;
}

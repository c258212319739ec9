/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a poster asks people to send, and the link that opens it ready to be sent. What is made
 * here is read by ruf_reply_read(), so it is tried with it before anybody prints it. */

#include "config.h"

#include "ruf-start-link.h"

#include "ruf-keyword.h"

#define MOST_CODE_BYTES 16

/* Neither 0 and O nor 1, I and L, which look alike on paper. */
static const char code_letters[] = "ABCDEFGHJKMNPQRSTUVWXYZ";
static const char code_digits[] = "23456789";

/**
 * ruf_source_code_new:
 *
 * Makes a short code for one poster, such as "Q7F": letter, digit, letter, so that it is never
 * a word.
 *
 * Returns: (transfer full): the code
 */
char *
ruf_source_code_new (void)
{
  char code[4] = { 0 };

  code[0] = code_letters[g_random_int_range (0, sizeof code_letters - 1)];
  code[1] = code_digits[g_random_int_range (0, sizeof code_digits - 1)];
  code[2] = code_letters[g_random_int_range (0, sizeof code_letters - 1)];
  return g_strdup (code);
}

/**
 * ruf_source_code_is_valid:
 * @text: what somebody wants as a code
 *
 * Tells whether a code survives being typed into any messenger: ASCII letters and digits, at
 * most 16.
 *
 * Returns: whether @text may be a source code
 */
gboolean
ruf_source_code_is_valid (const char *text)
{
  gsize n = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  while (g_ascii_isalnum (text[n]))
    n++;
  return text[n] == '\0' && n >= 2 && n <= MOST_CODE_BYTES;
}

/* Is @text read as a START for just this purpose and source? */
static gboolean
is_understood (const char *text,
               const char *purpose,
               const char *source,
               const char *start_purpose)
{
  RufReplyReading reading;
  gboolean ok;

  ruf_reply_read (text, &reading);
  ok = reading.kind == RUF_REPLY_START && g_strcmp0 (reading.source, source) == 0 &&
       g_strcmp0 (reading.purpose != NULL ? reading.purpose : start_purpose, purpose) == 0;
  ruf_reply_reading_clear (&reading);
  return ok;
}

static char *
try_text (const char *name,
          const char *purpose,
          const char *source,
          const char *start_purpose)
{
  g_autofree char *text = name != NULL ? g_strdup_printf ("Start %s %s", name, source)
                                       : g_strdup_printf ("Start %s", source);

  return is_understood (text, purpose, source, start_purpose) ? g_steal_pointer (&text) : NULL;
}

/**
 * ruf_start_text_new:
 * @purpose: a purpose's key
 * @name: what the purpose is called where the text is read
 * @source: a source code
 * @start_purpose: the purpose of a START that names none
 *
 * Makes what people write to agree: "Start Wochenangebote Q7F", with the purpose's key where
 * its name would not be understood, without either where START alone means this purpose.
 *
 * Returns: (transfer full) (nullable): the text; %NULL where no such text would come back as
 *   consent to @purpose
 */
char *
ruf_start_text_new (const char *purpose,
                    const char *name,
                    const char *source,
                    const char *start_purpose)
{
  char *text = try_text (name, purpose, source, start_purpose);

  if (text == NULL)
    text = try_text (purpose, purpose, source, start_purpose);
  if (text == NULL)
    text = try_text (NULL, purpose, source, start_purpose);
  return text;
}

/**
 * ruf_start_payload_new:
 * @purpose: a purpose's key
 * @source: a source code
 * @start_purpose: the purpose of a START that names none
 *
 * Makes what Telegram hands on when somebody presses Start: the source, and before it the
 * purpose where that is not the one of a bare START.
 *
 * Returns: (transfer full) (nullable): the payload; %NULL where it would not come back as
 *   consent to @purpose
 */
char *
ruf_start_payload_new (const char *purpose,
                       const char *source,
                       const char *start_purpose)
{
  g_autofree char *payload = g_strcmp0 (purpose, start_purpose) == 0
                               ? g_strdup (source) : g_strconcat (purpose, "_", source, NULL);
  g_autofree char *text = g_strconcat ("/start ", payload, NULL);

  return is_understood (text, purpose, source, start_purpose) ? g_steal_pointer (&payload) : NULL;
}

/**
 * ruf_start_link_new:
 * @channel: a channel
 * @address: ours on that channel: E.164, a mail address, the name of a Telegram bot
 * @text: what is to be sent
 * @payload: what Telegram hands on
 *
 * Makes the link that opens a message to us, ready to be sent: `https://wa.me/49…?text=…`,
 * `https://t.me/<bot>?start=…`, `sms:+49…?body=…` (RFC 5724), `mailto:…?subject=…` (RFC 6068).
 *
 * Returns: (transfer full) (nullable): the link; %NULL for Signal, whose links take no text
 */
char *
ruf_start_link_new (RufChannel  channel,
                    const char *address,
                    const char *text,
                    const char *payload)
{
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
  g_autofree char *mail = NULL;

  switch (channel)
    {
    case RUF_CHANNEL_WHATSAPP:
      return g_strdup_printf ("https://wa.me/%s?text=%s", address + (*address == '+'), escaped);
    case RUF_CHANNEL_TELEGRAM:
      return g_strdup_printf ("https://t.me/%s?start=%s", address, payload);
    case RUF_CHANNEL_SMS:
      return g_strdup_printf ("sms:%s?body=%s", address, escaped);
    case RUF_CHANNEL_EMAIL:
      mail = g_uri_escape_string (address, "@", FALSE);
      return g_strdup_printf ("mailto:%s?subject=%s", mail, escaped);
    case RUF_CHANNEL_SIGNAL:
    default:
      return NULL;
    }
}

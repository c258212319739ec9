/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One address as people and platforms write it, whatever its kind.
 */

#include "ruf-address.h"

#include <string.h>

#include "ruf-phone.h"

#define TELEGRAM_PREFIX "telegram:"

static gboolean
parse_phone (const char      *text,
             const char      *region,
             RufAddressKind  *kind,
             char           **address)
{
  g_autofree char *international = NULL;
  RufPhone phone;

  if (region == NULL && g_ascii_isdigit (*text) && !g_str_has_prefix (text, "0"))
    text = international = g_strconcat ("+", text, NULL);

  ruf_phone_parse (text, region != NULL ? region : "DE", &phone);
  if (phone.outcome != RUF_PHONE_VALID && phone.outcome != RUF_PHONE_USER_ID)
    return FALSE;

  *kind = phone.outcome == RUF_PHONE_VALID ? RUF_ADDRESS_PHONE : RUF_ADDRESS_WHATSAPP_USER;
  *address = g_strdup (phone.outcome == RUF_PHONE_VALID ? phone.e164 : text);

  return TRUE;
}

/* A chat id of Telegram: digits, negative for groups. */
static gboolean
parse_telegram (const char      *text,
                RufAddressKind  *kind,
                char           **address)
{
  const char *digits;

  if (g_str_has_prefix (text, TELEGRAM_PREFIX))
    text += strlen (TELEGRAM_PREFIX);
  digits = *text == '-' ? text + 1 : text;

  if (*digits == '\0' || strspn (digits, "0123456789") != strlen (digits) || strlen (digits) > 20)
    return FALSE;

  *kind = RUF_ADDRESS_TELEGRAM;
  *address = g_strdup (text);

  return TRUE;
}

/**
 * ruf_address_parse:
 * @text: an address as it was typed or reported
 * @region: (nullable): ISO country of numbers without a country code; %NULL where
 *   every number is international, with or without its plus sign
 * @kind: (out): what kind of address it is
 * @address: (out) (transfer full): the normalised address
 *
 * Reads a phone number, an e-mail address, a business-scoped WhatsApp id
 * (`DE.2026…`) or `telegram:` and a chat id.
 *
 * Returns: %FALSE where the text is none of these, or not without a guess
 */
gboolean
ruf_address_parse (const char      *text,
                   const char      *region,
                   RufAddressKind  *kind,
                   char           **address)
{
  g_autofree char *trimmed = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (kind != NULL && address != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (text));

  if (g_str_has_prefix (trimmed, TELEGRAM_PREFIX))
    return parse_telegram (trimmed, kind, address);

  if (strchr (trimmed, '@') == NULL)
    return parse_phone (trimmed, region, kind, address);

  *kind = RUF_ADDRESS_EMAIL;

  return ruf_email_parse (trimmed, address);
}

/**
 * ruf_address_parse_on:
 * @text: an address as it was typed or reported
 * @channel: the channel that it belongs to
 * @region: (nullable): as in [func@address_parse]
 * @kind: (out): what kind of address it is
 * @address: (out) (transfer full): the normalised address
 *
 * Reads an address that stands beside its channel, so that the digits of a
 * Telegram chat are not taken for a phone number.
 *
 * Returns: %FALSE where the text is no address of this channel
 */
gboolean
ruf_address_parse_on (const char      *text,
                      RufChannel       channel,
                      const char      *region,
                      RufAddressKind  *kind,
                      char           **address)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *parsed = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (kind != NULL && address != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (text));

  if (channel == RUF_CHANNEL_TELEGRAM)
    return parse_telegram (trimmed, kind, address);

  if (!ruf_address_parse (trimmed, region, kind, &parsed) || !ruf_address_fits (*kind, channel))
    return FALSE;

  *address = g_steal_pointer (&parsed);

  return TRUE;
}

/**
 * ruf_address_fits:
 * @kind: kind of an address
 * @channel: a channel
 *
 * Tells whether messages of @channel go to addresses of @kind. People on WhatsApp
 * may hide their number; then only a business-scoped id is known.
 *
 * Returns: %TRUE where they do
 */
gboolean
ruf_address_fits (RufAddressKind kind,
                  RufChannel     channel)
{
  if (kind == RUF_ADDRESS_WHATSAPP_USER)
    return channel == RUF_CHANNEL_WHATSAPP;

  return kind == ruf_channel_get_address_kind (channel);
}

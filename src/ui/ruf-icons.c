/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The symbolic icons for what the program knows as enums; their words stand in ruf-words.c. */

#include "config.h"

#include "ruf-icons.h"

static const char * const channels[RUF_N_CHANNELS] = {
  [RUF_CHANNEL_WHATSAPP] = "ruf-whatsapp-symbolic",
  [RUF_CHANNEL_TELEGRAM] = "ruf-telegram-symbolic",
  [RUF_CHANNEL_SMS] = "ruf-sms-symbolic",
  [RUF_CHANNEL_EMAIL] = "ruf-email-symbolic",
  [RUF_CHANNEL_SIGNAL] = "ruf-signal-symbolic",
};

static const char * const address_kinds[] = {
  [RUF_ADDRESS_PHONE] = "call-start-symbolic",
  [RUF_ADDRESS_EMAIL] = "ruf-email-symbolic",
  [RUF_ADDRESS_TELEGRAM] = "ruf-telegram-symbolic",
  [RUF_ADDRESS_WHATSAPP_USER] = "ruf-whatsapp-symbolic",
};

/**
 * ruf_icons_channel:
 * @channel: a channel
 *
 * Returns: the name of its symbolic icon, drawn for this program
 */
const char *
ruf_icons_channel (RufChannel channel)
{
  g_return_val_if_fail (channel < RUF_N_CHANNELS, NULL);

  return channels[channel];
}

/**
 * ruf_icons_address:
 * @kind: a kind of address
 *
 * Returns: the name of its symbolic icon
 */
const char *
ruf_icons_address (RufAddressKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (address_kinds), NULL);

  return address_kinds[kind];
}

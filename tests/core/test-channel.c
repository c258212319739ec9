/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-channel.h"

static void
test_channels (void)
{
  static const struct
  {
    const char *text;
    int         channel;   /* -1: none */
  } cases[] = {
    { "whatsapp", RUF_CHANNEL_WHATSAPP }, { "WhatsApp", RUF_CHANNEL_WHATSAPP },
    { " Whats App ", RUF_CHANNEL_WHATSAPP }, { "E-Mail", RUF_CHANNEL_EMAIL },
    { "e-mail", RUF_CHANNEL_EMAIL }, { "Mail", RUF_CHANNEL_EMAIL },
    { "EMAIL", RUF_CHANNEL_EMAIL }, { "SMS", RUF_CHANNEL_SMS },
    { "Telegram", RUF_CHANNEL_TELEGRAM }, { "Signal", RUF_CHANNEL_SIGNAL },
    { "fax", -1 }, { "", -1 }, { "\377", -1 }, { NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RufChannel channel = RUF_CHANNEL_SMS;

      g_assert_cmpint (ruf_channel_from_string (cases[i].text, &channel), ==,
                       cases[i].channel >= 0);
      if (cases[i].channel >= 0)
        g_assert_cmpint (channel, ==, cases[i].channel);
    }
  for (int i = 0; i < RUF_N_CHANNELS; i++)
    {
      RufChannel channel;

      g_assert_true (ruf_channel_from_string (ruf_channel_to_string (i), &channel));
      g_assert_cmpint (channel, ==, i);
    }
}

static void
test_address_kinds (void)
{
  for (int i = RUF_ADDRESS_PHONE; i <= RUF_ADDRESS_WHATSAPP_USER; i++)
    {
      RufAddressKind kind;

      g_assert_true (ruf_address_kind_from_string (ruf_address_kind_to_string (i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  g_assert_cmpint (ruf_channel_get_address_kind (RUF_CHANNEL_EMAIL), ==, RUF_ADDRESS_EMAIL);
  g_assert_cmpint (ruf_channel_get_address_kind (RUF_CHANNEL_TELEGRAM), ==, RUF_ADDRESS_TELEGRAM);
  g_assert_cmpint (ruf_channel_get_address_kind (RUF_CHANNEL_WHATSAPP), ==, RUF_ADDRESS_PHONE);
}

static void
test_purposes (void)
{
  static const struct
  {
    const char *words;
    const char *key;
  } cases[] = {
    { "Wochenangebote", "weekly-offer" }, { "wochenangebot", "weekly-offer" },
    { "WEEKLY OFFER", "weekly-offer" }, { "Neuigkeiten", "news" }, { "News", "news" },
    { "Kundendienst", "service" },
    { "Neuheiten/Lieferungen", "news" }, { "Redaktion/Story", "story" },
    { "Live-Updates", "live" }, { "Service", "service" }, { "Stammtisch", NULL },
    { "", NULL }, { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (ruf_purpose_from_words (cases[i].words), ==, cases[i].key);
  for (const char * const *key = ruf_purpose_get_builtin (); *key != NULL; key++)
    g_assert_cmpstr (ruf_purpose_from_words (*key), ==, *key);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/channel/channels", test_channels);
  g_test_add_func ("/core/channel/address-kinds", test_address_kinds);
  g_test_add_func ("/core/channel/purposes", test_purposes);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-text-measure.h"

static void
test_measure (void)
{
  static const struct
  {
    RufChannel  channel;
    const char *unit;
    guint       repeat;
    const char *encoding;
    guint       units;
    guint       limit;
    guint       segments;
    const char *culprits;
  } cases[] = {
    { RUF_CHANNEL_SMS, "", 1, "gsm-7", 0, 1530, 1, "" },
    { RUF_CHANNEL_SMS, "a", 160, "gsm-7", 160, 1530, 1, "" },
    { RUF_CHANNEL_SMS, "a", 161, "gsm-7", 161, 1530, 2, "" },
    { RUF_CHANNEL_SMS, "ä", 306, "gsm-7", 306, 1530, 2, "" },
    { RUF_CHANNEL_SMS, "ß", 307, "gsm-7", 307, 1530, 3, "" },
    { RUF_CHANNEL_SMS, "€", 80, "gsm-7", 160, 1530, 1, "" },
    { RUF_CHANNEL_SMS, "€", 81, "gsm-7", 162, 1530, 2, "" },
    { RUF_CHANNEL_SMS, "€^{}[]~\\|", 1, "gsm-7", 18, 1530, 1, "" },
    { RUF_CHANNEL_SMS, "Grüße, Größe: 8 £ @ §_\n", 1, "gsm-7", 23, 1530, 1, "" },

    /* An escape and its character stay together: 76 pairs in 153 septets. */
    { RUF_CHANNEL_SMS, "€", 153, "gsm-7", 306, 1530, 3, "" },

    { RUF_CHANNEL_SMS, "ę", 70, "ucs-2", 70, 670, 1, "ę" },
    { RUF_CHANNEL_SMS, "ę", 71, "ucs-2", 71, 670, 2, "ę" },
    { RUF_CHANNEL_SMS, "😉", 35, "ucs-2", 70, 670, 1, "😉" },
    { RUF_CHANNEL_SMS, "😉", 67, "ucs-2", 134, 670, 3, "😉" },
    { RUF_CHANNEL_SMS, "„Käse“ – ja", 1, "ucs-2", 11, 670, 1, "„“–" },
    { RUF_CHANNEL_SMS, "`ç`", 1, "ucs-2", 3, 670, 1, "`ç" },

    { RUF_CHANNEL_WHATSAPP, "ä😉", 10, "utf-8", 20, 4096, 1, "" },
    { RUF_CHANNEL_TELEGRAM, "a", 5000, "utf-8", 5000, 4096, 1, "" },
    { RUF_CHANNEL_EMAIL, "a", 5000, "utf-8", 5000, 0, 1, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *culprits = NULL;
      RufTextMeasure measure;

      for (guint k = 0; k < cases[i].repeat; k++)
        g_string_append (text, cases[i].unit);
      ruf_text_measure (text->str, cases[i].channel, &measure);
      culprits = g_strjoinv ("", measure.culprits);
      g_test_message ("%u × %s", cases[i].repeat, cases[i].unit);
      g_assert_cmpstr (measure.encoding, ==, cases[i].encoding);
      g_assert_cmpuint (measure.units, ==, cases[i].units);
      g_assert_cmpuint (measure.limit, ==, cases[i].limit);
      g_assert_cmpuint (measure.segments, ==, cases[i].segments);
      g_assert_cmpstr (culprits, ==, cases[i].culprits);
      ruf_text_measure_clear (&measure);
      g_assert_null (measure.culprits);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/text-measure/measure", test_measure);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "ruf-cost.h"

typedef struct
{
  RufChannel channel;
  gint64     messages;
  guint      segments;
  double     low;
  double     likely;
  double     high;
} Case;

static void
test_estimate (void)
{
  /* 300 people on WhatsApp, 279 deliveries: 31.55 € at the platform. */
  static const Case cases[] = {
    { RUF_CHANNEL_WHATSAPP, 300, 1, 28.8405, 31.5549, 33.2514 },
    { RUF_CHANNEL_WHATSAPP, 0, 1, 0, 0, 0 },
    { RUF_CHANNEL_SMS, 100, 2, 15.0, 15.0, 15.0 },
    { RUF_CHANNEL_SMS, 100, 0, 7.5, 7.5, 7.5 },
    { RUF_CHANNEL_TELEGRAM, 1000, 1, 0, 0, 0 },
    { RUF_CHANNEL_EMAIL, 1000, 1, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RufCost cost;

      ruf_cost_estimate (cases[i].channel, cases[i].messages, cases[i].segments, &cost);
      g_assert_cmpstr (cost.currency, ==, "EUR");
      g_assert_cmpfloat_with_epsilon (cost.low, cases[i].low, 0.0001);
      g_assert_cmpfloat_with_epsilon (cost.likely, cases[i].likely, 0.0001);
      g_assert_cmpfloat_with_epsilon (cost.high, cases[i].high, 0.0001);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/cost/estimate", test_estimate);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a batch will cost: price per charged message times what is charged.
 */

#include "ruf-cost.h"

#define WHATSAPP_PRICE     0.1131
#define SMS_SEGMENT_PRICE  0.075

/**
 * ruf_cost_estimate:
 * @channel: by which the messages leave
 * @messages: how many leave
 * @segments: parts per SMS that are charged; ignored elsewhere
 * @out: (out): where to put the estimate, in euros
 *
 * Estimates the price of a batch, without the sending provider's own surcharge.
 *
 * WhatsApp charges each delivered marketing message: 0.1131 € in Germany since
 * 1 July 2025 (ten independent price lists agree; checked 23 November 2026).
 * Delivered are 85, 93 or 98 % (low, likely, high: provider figures of 92–98 %,
 * with a lower bound for old lists).
 *
 * SMS is charged per part that leaves: 0.075 € in Germany and Austria (price page
 * of seven.io, 23 November 2026). Telegram, e-mail and Signal charge nothing per
 * message.
 */
void
ruf_cost_estimate (RufChannel  channel,
                   gint64      messages,
                   guint       segments,
                   RufCost    *out)
{
  double per_message;

  g_return_if_fail (messages >= 0);
  g_return_if_fail (out != NULL);

  *out = (RufCost) { .currency = "EUR" };

  if (channel == RUF_CHANNEL_WHATSAPP)
    {
      per_message = WHATSAPP_PRICE * messages;
      out->low = per_message * 0.85;
      out->likely = per_message * 0.93;
      out->high = per_message * 0.98;
    }
  else if (channel == RUF_CHANNEL_SMS)
    {
      per_message = SMS_SEGMENT_PRICE * MAX (segments, 1) * messages;
      out->low = out->likely = out->high = per_message;
    }
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-channel.h"

G_BEGIN_DECLS

/**
 * RufCost:
 * What sending a batch will cost at the platform, in @currency.
 */
typedef struct
{
  const char *currency;   /* "EUR" */
  double      low;
  double      likely;
  double      high;
} RufCost;

void ruf_cost_estimate (RufChannel  channel,
                        gint64      messages,
                        guint       segments,
                        RufCost    *out);

G_END_DECLS

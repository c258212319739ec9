/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-channel.h"

G_BEGIN_DECLS

/**
 * RufTextMeasure:
 * How a channel counts a text. For SMS: GSM 03.38 septets (160, 153 a part) or
 * UCS-2 units (70, 67 a part); for the others characters and the channel's limit.
 */
typedef struct
{
  const char *encoding;   /* "gsm-7", "ucs-2", "utf-8" */
  guint       units;
  guint       limit;      /* of the whole text; 0 = none */
  guint       segments;   /* parts that are charged; 1 outside SMS */
  char      **culprits;   /* characters that force UCS-2, each once; NULL-terminated, owned */
} RufTextMeasure;

void ruf_text_measure       (const char     *text,
                             RufChannel      channel,
                             RufTextMeasure *out);
void ruf_text_measure_clear (RufTextMeasure *self);

G_END_DECLS

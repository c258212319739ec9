/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUF_CHANNEL_WHATSAPP,
  RUF_CHANNEL_TELEGRAM,
  RUF_CHANNEL_SMS,
  RUF_CHANNEL_EMAIL,
  RUF_CHANNEL_SIGNAL,   /* hand-off only: Signal's terms forbid bulk messages */
} RufChannel;
#define RUF_N_CHANNELS 5

typedef enum
{
  RUF_ADDRESS_PHONE,
  RUF_ADDRESS_EMAIL,
  RUF_ADDRESS_TELEGRAM,
  RUF_ADDRESS_WHATSAPP_USER,
} RufAddressKind;

const char    *ruf_channel_to_string      (RufChannel      channel);   /* "whatsapp" */
gboolean ruf_channel_from_string (const char                              *text,
                                  /* any case; "E-Mail" too */ RufChannel *out);
RufAddressKind ruf_channel_get_address_kind (RufChannel    channel);
guint          ruf_channel_get_text_limit (RufChannel      channel);   /* characters, 0 = none */
/* "phone" "email" "telegram" "whatsapp-user" */
const char *ruf_address_kind_to_string (RufAddressKind kind);
gboolean ruf_address_kind_from_string (const char     *text,
                                       RufAddressKind *out);

/* Purposes come with the program; users add their own. Keys are lower case with
 * hyphens. Maps "Wochenangebote", "Wochenangebot", "Neuigkeiten", "News" … to the key;
 * NULL where the word is none that we know (callers then take the word as a key). */
const char        *ruf_purpose_from_words   (const char *words);
const char * const *ruf_purpose_get_builtin (void);                    /* NULL-terminated keys */

G_END_DECLS

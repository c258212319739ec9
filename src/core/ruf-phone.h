/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-reject.h"

G_BEGIN_DECLS

typedef enum
{
  RUF_PHONE_REJECTED,   /* see reason */
  RUF_PHONE_VALID,      /* e164 is it */
  RUF_PHONE_PROPOSED,   /* e164 is a guess to be confirmed by the user, never taken silently */
  RUF_PHONE_USER_ID,    /* a business-scoped WhatsApp id (DE.2026…); id is in the input */
} RufPhoneOutcome;

typedef enum
{
  RUF_PHONE_KIND_UNKNOWN,
  RUF_PHONE_KIND_MOBILE,
  RUF_PHONE_KIND_LANDLINE,
} RufPhoneKind;

typedef struct
{
  RufPhoneOutcome outcome;
  RufPhoneKind    kind;
  RufRejectReason reason;
  char            e164[17];   /* "+" and up to 15 digits */
} RufPhone;

/* Reads one cell. @region: ISO country of numbers without a country code ("DE").
 * Thread-safe; numbers already in E.164 skip the work that is not needed. */
void ruf_phone_parse (const char *text,
                      const char *region,
                      RufPhone   *out);

/* Is "DE" a country with phone numbers? In capitals. */
gboolean ruf_phone_is_region (const char *region);

/* "+49 176 04069071" for "+4917604069071"; what is no E.164 number comes back as it is. */
char *ruf_phone_format (const char *e164);

/* Lower-cased, trimmed address in @out (owned), or FALSE. */
gboolean ruf_email_parse (const char  *text,
                          char       **out);

G_END_DECLS

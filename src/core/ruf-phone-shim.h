/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-phone.h"

G_BEGIN_DECLS

/* What libphonenumber knows, for C. For ruf-phone.c alone. */

typedef enum
{
  RUF_PHONE_ORIGIN_PLUS,       /* +49…, or 0049… where the region dials so */
  RUF_PHONE_ORIGIN_BARE_CODE,  /* 49… */
  RUF_PHONE_ORIGIN_REGION,     /* national */
} RufPhoneOrigin;

typedef struct
{
  RufPhoneOrigin origin;
  RufPhoneKind   kind;
  char           e164[17];
} RufPhoneNumber;

/* FALSE where the text is no valid number that a person can be reached at. */
gboolean ruf_phone_shim_parse                (const char     *text,
                                              const char     *region,
                                              RufPhoneNumber *out);
/* "+49" for "DE"; FALSE for an unknown region. */
gboolean ruf_phone_shim_get_calling_code     (const char     *region,
                                              char            out[8]);
/* "0" for "DE", "" where a region has none. */
void     ruf_phone_shim_get_trunk_prefix     (const char     *region,
                                              char            out[8]);
/* "+49 176 04069071"; FALSE where the text is not E.164. */
gboolean ruf_phone_shim_format               (const char     *e164,
                                              char            out[32]);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The properties that say something about a contact; pictures, keys and the rest are OTHER. */
typedef enum
{
  RUF_VCARD_OTHER,
  RUF_VCARD_BEGIN,
  RUF_VCARD_END,
  RUF_VCARD_VERSION,
  RUF_VCARD_AGENT,
  RUF_VCARD_FN,
  RUF_VCARD_N,
  RUF_VCARD_NICKNAME,
  RUF_VCARD_ORG,
  RUF_VCARD_TEL,
  RUF_VCARD_EMAIL,
  RUF_VCARD_CATEGORIES,
  RUF_VCARD_BDAY,
  RUF_VCARD_ADR,
  RUF_VCARD_LANG,
  RUF_VCARD_NOTE,
  RUF_VCARD_LABEL,     /* X-ABLabel: the name that a person gave to an address */
} RufVcardName;

typedef enum
{
  RUF_VCARD_PLAIN,
  RUF_VCARD_QUOTED_PRINTABLE,
  RUF_VCARD_BASE64,
} RufVcardEncoding;

/* What an address is for, as bits. */
typedef enum
{
  RUF_VCARD_CELL = 1 << 0,
  RUF_VCARD_HOME = 1 << 1,
  RUF_VCARD_WORK = 1 << 2,
  RUF_VCARD_MAIN = 1 << 3,
  RUF_VCARD_DEAF = 1 << 4,   /* fax, pager, modem: nobody reads there */
} RufVcardTypes;

#define RUF_VCARD_NO_PREFERENCE 101   /* after all that have one, which are 1 to 100 */

/**
 * RufVcardProperty:
 * One property of a card, still in the bytes of its file.
 */
typedef struct
{
  RufVcardName      name;
  guint             line;        /* where it starts, from 1 */
  RufVcardTypes     types;
  guint             preference;  /* the lowest is preferred */
  RufVcardEncoding  encoding;
  char             *group;       /* "ITEM1" in upper case, or NULL */
  char             *charset;     /* as stated, or NULL */
  char             *waid;        /* number on WhatsApp, or NULL */
  gboolean          is_text;     /* the value is UTF-8 already, whatever @charset says */
  GString          *value;
} RufVcardProperty;

void  ruf_vcard_property_init      (RufVcardProperty  *self);
void  ruf_vcard_property_clear     (RufVcardProperty  *self);
void  ruf_vcard_property_read_head (RufVcardProperty  *self,
                                    const char        *head,
                                    gsize              size);
GStrv ruf_vcard_property_split     (RufVcardProperty  *self,
                                    const char        *separators);
char *ruf_vcard_property_dup_text  (RufVcardProperty  *self);

G_END_DECLS

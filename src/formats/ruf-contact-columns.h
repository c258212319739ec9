/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RUF_FIELD_IGNORE,
  RUF_FIELD_NAME,
  RUF_FIELD_FIRST_NAME,
  RUF_FIELD_MIDDLE_NAME,
  RUF_FIELD_LAST_NAME,
  RUF_FIELD_NICKNAME,
  RUF_FIELD_ORGANISATION,
  RUF_FIELD_PHONE,
  RUF_FIELD_PHONE_LABEL,
  RUF_FIELD_EMAIL,
  RUF_FIELD_EMAIL_LABEL,
  RUF_FIELD_TAGS,
  RUF_FIELD_CITY,
  RUF_FIELD_LANGUAGE,
  RUF_FIELD_BIRTHDAY,
  RUF_FIELD_NOTES,
  RUF_FIELD_CHANNEL,
  RUF_FIELD_PURPOSE,
  RUF_FIELD_CONSENT_AT,
  RUF_FIELD_CONSENT_SOURCE,
  RUF_FIELD_CONSENT_TEXT,
  RUF_N_CONTACT_FIELDS
} RufContactField;

/* What one column of a file holds. */
typedef struct
{
  RufContactField  field;
  const char      *label;         /* of an address, or NULL */
  int              label_column;  /* the column that names it, or -1 */
} RufContactColumn;

/**
 * RufContactColumns:
 * The names that columns of address lists go by: a table from a data file, so that a new
 * spelling needs no new program.
 */
typedef struct _RufContactColumns RufContactColumns;

RufContactColumns *ruf_contact_columns_new           (GError             **error);
void               ruf_contact_columns_free          (RufContactColumns   *self);
RufContactColumn  *ruf_contact_columns_match         (RufContactColumns   *self,
                                                      const char * const  *headers,
                                                      guint                n_headers,
                                                      const char * const  *mapping,
                                                      GError             **error);
const char        *ruf_contact_columns_detect_format (RufContactColumns   *self,
                                                      const char * const  *headers);
gboolean           ruf_contact_columns_is_blank      (RufContactColumns   *self,
                                                      const char          *cell);
const char        *ruf_contact_columns_get_label     (RufContactColumns   *self,
                                                      const char          *cell);
const char        *ruf_contact_field_to_string       (RufContactField      field);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufContactColumns, ruf_contact_columns_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-contact-record.h"

G_BEGIN_DECLS

typedef struct _RufContactReader RufContactReader;

/* @mapping: NULL-terminated "COLUMN=FIELD" overrides or NULL. Fields: name first_name last_name
 * organisation phone email tags city language birthday notes channel purpose consent_at
 * consent_source consent_text ignore. */
RufContactReader *ruf_contact_reader_open (const char          *path,
                                           const char * const  *mapping,
                                           GError             **error);
void               ruf_contact_reader_free          (RufContactReader    *self);
/* "google-csv" … */
const char *ruf_contact_reader_get_format (RufContactReader *self);
const char        *ruf_contact_reader_get_encoding  (RufContactReader    *self);
char               ruf_contact_reader_get_delimiter (RufContactReader    *self);  /* 0 for vCard */
gboolean           ruf_contact_reader_has_consent   (RufContactReader    *self);
/* Headers and what each was taken for: pairs, NULL-terminated ("Handy", "phone", …). */
const char * const *ruf_contact_reader_get_columns  (RufContactReader    *self);
goffset            ruf_contact_reader_get_size      (RufContactReader    *self);
goffset            ruf_contact_reader_get_position  (RufContactReader    *self);
/* The next record that is not blank, or NULL at the end and on error. */
RufContactRecord *ruf_contact_reader_next (RufContactReader  *self,
                                           GCancellable      *cancellable,
                                           GError           **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufContactReader, ruf_contact_reader_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-reject.h"

G_BEGIN_DECLS

/* One address cell of a contact, as written in the file. */
typedef struct
{
  char *text;
  char *column;   /* header, for reports */
  char *label;    /* "mobile", "home", "work", "fax", "other" or NULL */
} RufContactCell;

/**
 * RufContactRecord:
 * One person of a file, raw: nothing is normalised, nothing is guessed. Strings may be
 * NULL, never "". Owned by the caller; free with ruf_contact_record_free().
 */
typedef struct
{
  guint      row;            /* line where the record starts, from 1, header counted */
  char      *name;           /* display name, made of its parts where the file has parts */
  char      *first_name;
  char      *last_name;
  char      *organisation;
  char      *city;
  char      *language;
  char      *birthday;
  char      *notes;
  GPtrArray *phones;         /* RufContactCell; fax, pager, telex are left out */
  GPtrArray *emails;         /* RufContactCell */
  GPtrArray *tags;           /* char *; system labels left out */
  /* Consent columns; NULL where the file has none or the cell is empty. */
  char      *consent_channel;
  char      *consent_purpose;   /* one, or several: "weekly-offer, news" */
  char      *consent_at;
  char      *consent_source;
  char      *consent_text;
  RufRejectReason fault;     /* RUF_REJECT_MALFORMED_ROW … where the record itself is broken */
} RufContactRecord;

void ruf_contact_record_free (RufContactRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufContactRecord, ruf_contact_record_free)

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

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-reject.h"

G_BEGIN_DECLS

/* Phones, mail addresses or tags of one person. More are no address list of people. */
#define RUF_CONTACT_MAX_VALUES 1000

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

RufContactRecord *ruf_contact_record_new      (guint              row);
void              ruf_contact_record_free     (RufContactRecord  *self);
void              ruf_contact_record_add_tag  (RufContactRecord  *self,
                                               char              *tag);
void              ruf_contact_record_add_cell (RufContactRecord  *self,
                                               GPtrArray         *cells,
                                               RufContactCell    *cell);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufContactRecord, ruf_contact_record_free)

RufContactCell *ruf_contact_cell_new  (char            *text,
                                       const char      *column,
                                       const char      *label);
void            ruf_contact_cell_free (RufContactCell  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufContactCell, ruf_contact_cell_free)

char *ruf_contact_dup_trimmed (const char *text);
char *ruf_contact_dup_name    (const char *text);
void  ruf_contact_set_once    (char       **place,
                               char        *value);

G_END_DECLS

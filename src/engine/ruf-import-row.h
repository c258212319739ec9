/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-consent.h"
#include "ruf-contact-reader.h"
#include "ruf-person-entry.h"
#include "ruf-phone.h"

G_BEGIN_DECLS

/* What is the same for every row of one import. Borrowed. */
typedef struct
{
  const char         *region;
  GTimeZone          *zone;
  gint64              now;       /* UTC µs */
  const char         *wording;   /* for rows without one of their own, or NULL */
  const char * const *columns;   /* as ruf_contact_reader_get_columns(), for reports */
} RufImportRules;

typedef struct
{
  RufAddressKind        kind;
  gboolean              mobile;
  char                 *address;   /* normalised */
  const RufContactCell *cell;      /* as entered */
} RufImportPoint;

/**
 * RufImportRow:
 * A record of a file, judged: its addresses normalised, its faults noted, its consent read.
 */
typedef struct
{
  RufContactRecord *record;
  GArray           *points;      /* RufImportPoint, each address once */
  GPtrArray        *rejects;     /* RufReject: values, or the row */
  GPtrArray        *proposals;   /* RufProposal */
  gboolean          taken;       /* somebody with an address */
  RufPersonDraft    draft;       /* where taken */
  RufPersonEntry   *entry;

  /* The consent it claims; without purposes there is none that could be recorded. */
  GStrv             purposes;    /* keys, or NULL */
  RufChannel        channel;
  guint             claim_point; /* index into points */
  gint64            occurred_at; /* 0 = not stated, or no moment that can be */
  const char       *occurred_text;
  const char       *wording;
  RufConsentLacks   lacks;       /* 0 = complete, or nothing is claimed */
} RufImportRow;

RufImportRow *ruf_import_row_new  (RufContactRecord      *record,
                                   const RufImportRules  *rules);
void          ruf_import_row_free (RufImportRow          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufImportRow, ruf_import_row_free)

G_END_DECLS

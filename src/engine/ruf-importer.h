/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-consent.h"
#include "ruf-context.h"
#include "ruf-import-table.h"
#include "ruf-job.h"
#include "ruf-reject.h"

G_BEGIN_DECLS

/**
 * RufImporter:
 * Brings one contact file in: read, normalised and written at once in several threads, faults
 * with row and column. The whole file is one transaction: until it is done nobody sees any of
 * it, and cancelling leaves the database as it was.
 */
#define RUF_TYPE_IMPORTER (ruf_importer_get_type ())
G_DECLARE_FINAL_TYPE (RufImporter, ruf_importer, RUF, IMPORTER, RufJob)

RufImporter *ruf_importer_new (RufContext *context,
                               const char *path);
/* default "DE" */
void ruf_importer_set_region (RufImporter *self,
                              const char  *region);
/* "COLUMN=FIELD" */
void ruf_importer_set_mapping (RufImporter        *self,
                               const char * const *mapping);
void ruf_importer_set_origin (RufImporter *self,
                              const char  *origin);
/* text shown to the people of this file */
void ruf_importer_set_wording (RufImporter *self,
                               const char  *wording);
/* counts only */
void ruf_importer_set_dry_run (RufImporter *self,
                               gboolean     dry_run);
/* CSV of what was not taken */
void ruf_importer_set_rejects_path (RufImporter *self,
                                    const char  *path);

/* A doubtful number, stored only after a yes. Owned strings. */
typedef struct
{
  guint  row;
  char  *column;
  char  *value;
  char  *proposal;   /* E.164 */
} RufProposal;

void ruf_proposal_free (RufProposal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufProposal, ruf_proposal_free)

/* What the consents that a file claims are worth, whether they are new or not. */
typedef struct
{
  gint64 n_usable;     /* consents by which their people may be written to */
  gint64 n_unproven;   /* consents that prove nothing yet */
  gint64 n_writable;   /* people of the usable ones */
  gint64 n_stopped;    /* people who said stop: no list lifts that */
} RufImportProof;

/* A row whose consent proves nothing yet, and why. */
typedef struct
{
  guint           row;
  RufConsentLacks lacks;
} RufUnproven;

/* After the run; borrowed. */
const RufImportProof *ruf_importer_get_proof (RufImporter *self);
/* RufUnproven, at most 10,000 kept; count in the proof */
GArray *ruf_importer_get_unproven (RufImporter *self);
const RufImportRecord *ruf_importer_get_record    (RufImporter *self);
char                   ruf_importer_get_delimiter (RufImporter *self);
/* RufReject, at most 10,000 kept; count in the record */
GPtrArray *ruf_importer_get_rejects (RufImporter *self);
GPtrArray             *ruf_importer_get_proposals (RufImporter *self);   /* RufProposal */

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-dossier.h"
#include "ruf-paper.h"

G_BEGIN_DECLS

/* What the pages about one person have in common; not for other rooms. */
typedef struct
{
  const RufDossier *dossier;
  GTimeZone        *zone;
} RufDossierParts;

void ruf_dossier_parts_add_addresses  (const RufDossierParts *self,
                                       RufPaper              *paper);
void ruf_dossier_parts_add_controller (const RufDossierParts *self,
                                       RufPaper              *paper);
void ruf_dossier_parts_add_status     (const RufDossierParts *self,
                                       RufPaper              *paper);
void ruf_dossier_parts_add_log        (const RufDossierParts *self,
                                       RufPaper              *paper);
void ruf_dossier_parts_add_chain      (const RufDossierParts *self,
                                       RufPaper              *paper);
void ruf_dossier_parts_add_hashes     (const RufDossierParts *self,
                                       RufPaper              *paper);

G_END_DECLS

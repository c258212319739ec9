/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-dossier.h"

/* A dossier of a customer with two addresses: agreed on paper, wrote START, withdrew. */
RufDossier *sample_dossier_new       (void);
/* Nobody has said anything yet. */
RufDossier *sample_dossier_new_empty (const char *name);
/* Adds an entry to the dossier's only log; strings are borrowed. */
void        sample_dossier_add_event (RufDossier *self, const RufConsentEvent *event);

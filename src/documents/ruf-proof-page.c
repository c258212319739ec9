/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The proof of what one person agreed to, for whoever asks: one page where it fits. */

#include "config.h"

#include "ruf-proof-page.h"

#include <glib/gi18n-lib.h>

#include "ruf-dossier-parts.h"

static void
fill (RufPaper      *paper,
      gconstpointer  data)
{
  const RufDossierParts *parts = data;

  ruf_paper_add_text (paper, RUF_PAPER_TITLE, _("Proof of consent"));
  ruf_paper_add_field (paper, _("Person"), parts->dossier->name);
  ruf_dossier_parts_add_addresses (parts, paper);
  ruf_dossier_parts_add_controller (parts, paper);

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("What holds today"));
  ruf_dossier_parts_add_status (parts, paper);
  ruf_dossier_parts_add_log (parts, paper);

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Check of the log"));
  ruf_dossier_parts_add_chain (parts, paper);
  ruf_dossier_parts_add_hashes (parts, paper);
  ruf_paper_add_text (paper, RUF_PAPER_SMALL,
                      _("This page shows what was recorded. It is no legal advice, and it does not "
                        "say whether a consent holds in law."));
}

/**
 * ruf_proof_page_print:
 * @dossier: a person
 * @zone: the zone of the times shown
 * @error: return location; IO where it could not be drawn
 *
 * Prints the consent log of one person with every wording, what holds today, and whether the
 * log is unchanged (BGH 10.02.2011, I ZR 164/09: each single declaration is to be printable at
 * any time).
 *
 * Returns: (transfer full) (nullable): a PDF file, A4
 */
GBytes *
ruf_proof_page_print (const RufDossier  *dossier,
                      GTimeZone         *zone,
                      GError           **error)
{
  const RufDossierParts parts = { dossier, zone };
  g_autofree char *title = NULL;

  g_return_val_if_fail (dossier != NULL && zone != NULL, NULL);

  /* Translators: the title of a page: "Proof of consent: Anna Müller" */
  title = g_strdup_printf (_("Proof of consent: %s"), dossier->name);
  return ruf_paper_print (RUF_PAPER_A4, title, dossier->made_at, zone, fill, &parts, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The proof of what one person agreed to, as a file. */

#include "config.h"

#include "ruf-proof.h"

#include "ruf-document-file.h"
#include "ruf-dossier-load.h"
#include "ruf-proof-page.h"

/**
 * ruf_proof_write:
 * @context: the context
 * @person: an id, a phone number or an e-mail address
 * @path: the PDF file
 * @cancellable: (nullable): stops the check of the log
 * @error: return location; NOT_FOUND where there is no such person, IO, FULL
 *
 * Writes the consent log of one person for whoever asks for a proof.
 *
 * Returns: whether the file is there
 */
gboolean
ruf_proof_write (RufContext    *context,
                 const char    *person,
                 const char    *path,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (RufDossier) dossier = ruf_dossier_load (context, person, cancellable, error);
  g_autoptr (GBytes) pdf = NULL;

  if (dossier == NULL)
    return FALSE;

  pdf = ruf_proof_page_print (dossier, ruf_context_get_zone (context), error);
  return pdf != NULL && ruf_document_file_put (path, pdf, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * consent proof.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-cli-verbs.h"
#include "ruf-proof.h"

/**
 * ruf_cli_consent_proof:
 * @call: the call
 * @error: return location
 *
 * `consent proof PERSON`: a page that shows what somebody agreed to, and how that is known.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_consent_proof (RufCliCall  *call,
                       GError     **error)
{
  g_autofree char *path = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  gboolean ok;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_("The PDF file"), N_("FILE.pdf") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_require (call, "--output", path, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  ruf_cli_call_begin (call, _("Checking the consent log"));
  ok = ruf_proof_write (context, ruf_cli_call_get_word (call, 0), path,
                        ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);
  if (!ok)
    return FALSE;

  ruf_cli_output_string (output, "file", path);
  ruf_cli_output_say (output, _("Wrote %s."), path);

  return TRUE;
}

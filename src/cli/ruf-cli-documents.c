/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * consent proof, contacts access.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-access.h"
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

/**
 * ruf_cli_contacts_access:
 * @call: the call
 * @error: return location
 *
 * `contacts access PERSON`: everything that is stored on somebody, for them.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_contacts_access (RufCliCall  *call,
                         GError     **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) files = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &folder,
      N_("The folder for the files; made where it is not there"), N_("DIR") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_require (call, "--output", folder, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  ruf_cli_call_begin (call, _("Checking the consent log"));
  files = ruf_access_write (context, ruf_cli_call_get_word (call, 0), folder,
                            ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);
  if (files == NULL)
    return FALSE;

  ruf_cli_output_begin_array (output, "files");
  for (guint i = 0; i < files->len; i++)
    ruf_cli_output_string (output, NULL, g_ptr_array_index (files, i));
  ruf_cli_output_end (output);
  for (guint i = 0; i < files->len; i++)
    ruf_cli_output_say (output, _("Wrote %s."), (const char *) g_ptr_array_index (files, i));

  return TRUE;
}

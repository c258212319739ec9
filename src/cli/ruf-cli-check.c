/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * consent verify, check: is everything as it was written.
 */

#include "config.h"

#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-check.h"
#include "ruf-cli-verbs.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"

static gboolean
verify (RufDb         *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return ruf_consent_table_verify (db, cancellable, data, error);
}

/**
 * ruf_cli_consent_verify:
 * @call: the call
 * @error: return location
 *
 * `consent verify`: the hash chain; a broken one is an error.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_consent_verify (RufCliCall  *call,
                        GError     **error)
{
  RufChainReport report = { 0 };
  g_autofree char *problem = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  gboolean done;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;

  ruf_cli_call_begin (call, _("Checking the consents"));
  done = ruf_cli_call_read (call, verify, &report, error);
  ruf_cli_call_end (call);
  problem = report.problem;
  if (!done)
    return FALSE;

  ruf_cli_output_int (output, "checked", report.checked);
  if (report.broken_seq != 0)
    ruf_cli_output_int (output, "broken", report.broken_seq);
  else
    ruf_cli_output_string (output, "broken", NULL);
  ruf_cli_output_string (output, "problem", problem);

  if (report.broken_seq != 0 || problem != NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
                   _("The chain of consents is broken: %s Put a backup back with "
                     "“rundruf-cli restore”."), problem != NULL ? problem : "");
      return FALSE;
    }

  ruf_cli_output_say (output, ngettext ("%lld event, nothing was changed afterwards.",
                                        "%lld events, nothing was changed afterwards.",
                                        report.checked), (long long) report.checked);

  return TRUE;
}

static gboolean
check (RufDb         *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  GPtrArray **problems = data;

  *problems = ruf_check_run (db, cancellable, error);

  return *problems != NULL;
}

/**
 * ruf_cli_check:
 * @call: the call
 * @error: return location
 *
 * `check`: integrity, hash chain and the invariants; problems are an error.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_check (RufCliCall  *call,
               GError     **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  gboolean done;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;

  ruf_cli_call_begin (call, _("Checking the database"));
  done = ruf_cli_call_read (call, check, &problems, error);
  ruf_cli_call_end (call);
  if (!done)
    return FALSE;

  ruf_cli_output_boolean (output, "ok", problems->len == 0);
  ruf_cli_output_begin_array (output, "problems");
  for (guint i = 0; i < problems->len; i++)
    {
      ruf_cli_output_string (output, NULL, g_ptr_array_index (problems, i));
      if (!ruf_cli_output_is_json (output))
        puts (g_ptr_array_index (problems, i));
    }
  ruf_cli_output_end (output);

  if (problems->len == 0)
    {
      ruf_cli_output_say (output, _("The database is sound."));
      return TRUE;
    }

  g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
               ngettext ("The database has %u problem; what to do stands with it.",
                         "The database has %u problems; what to do stands with each.",
                         problems->len), problems->len);
  return FALSE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * backup, restore: the database as a whole.
 */

#include "config.h"

#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-cli-verbs.h"

/**
 * ruf_cli_backup:
 * @call: the call
 * @error: return location
 *
 * `backup FILE`: a consistent copy, even while the window is open.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_backup (RufCliCall  *call,
                GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  const char *path;
  gboolean done;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  path = ruf_cli_call_get_word (call, 0);
  ruf_cli_call_begin (call, _("Copying the database"));
  done = ruf_store_backup (ruf_context_get_store (context), path,
                           ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);
  if (!done)
    return FALSE;

  ruf_cli_output_boolean (output, "ok", TRUE);
  ruf_cli_output_string (output, "file", path);
  ruf_cli_output_say (output, _("Wrote %s. It holds addresses: keep it where nobody else reads."),
                      path);

  return TRUE;
}

/* What is there now, kept beside it; NULL where it cannot be read, for then the
 * store keeps the damaged file itself. */
static char *
keep_present (RufCliCall *call,
              const char *path)
{
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *stamp = NULL;
  g_autofree char *kept = NULL;
  RufContext *context;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || (context = ruf_cli_call_open (call, NULL)) == NULL)
    return NULL;

  now = g_date_time_new_now_local ();
  stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  kept = g_strdup_printf ("%s.before-restore-%s", path, stamp);
  if (!ruf_store_backup (ruf_context_get_store (context), kept, NULL, NULL))
    return NULL;

  return g_steal_pointer (&kept);
}

/**
 * ruf_cli_restore:
 * @call: the call
 * @error: return location
 *
 * `restore FILE`: checks the copy, keeps what is there, and puts the copy back.
 *
 * Returns: %FALSE with @error set; then the database is as before
 */
gboolean
ruf_cli_restore (RufCliCall  *call,
                 GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  g_autofree char *kept = NULL;
  const char *path;
  gboolean done;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;

  path = ruf_cli_call_get_db_path (call);
  ruf_cli_call_begin (call, _("Putting the copy back"));
  kept = keep_present (call, path);
  ruf_cli_call_close (call);
  done = ruf_store_restore_file (ruf_cli_call_get_word (call, 0), path, error);
  ruf_cli_call_end (call);
  if (!done)
    {
      if (kept != NULL)
        remove (kept);
      return FALSE;
    }

  ruf_cli_output_boolean (output, "ok", TRUE);
  ruf_cli_output_string (output, "kept", kept);
  ruf_cli_output_say (output, _("%s holds what %s holds."), path, ruf_cli_call_get_word (call, 0));
  if (kept != NULL)
    ruf_cli_output_say (output, _("What was there before is in %s."), kept);

  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * demo: the sample shop from start to end.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-cli-verbs.h"
#include "ruf-demo.h"

static void
say_cb (const char *line,
        gpointer    output)
{
  ruf_cli_output_say (output, "%s", line);
}

/**
 * ruf_cli_demo:
 * @call: the call
 * @error: return location
 *
 * `demo DIR`: imports the sample shop, plans and sends its next offer to the
 * sandbox, and draws the charts.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_demo (RufCliCall  *call,
              GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufDemoResult result = { 0 };
  gboolean done;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;

  done = ruf_demo_run (ruf_cli_call_get_word (call, 0), say_cb, output, &result,
                       ruf_cli_call_get_cancellable (call), error);
  if (done)
    {
      ruf_cli_output_string (output, "db", result.db);
      ruf_cli_output_int (output, "run", result.run_id);
      ruf_cli_output_string (output, "status", ruf_run_state_to_string (result.state));
      ruf_cli_output_begin_array (output, "charts");
      for (guint i = 0; i < result.charts->len; i++)
        ruf_cli_output_string (output, NULL, g_ptr_array_index (result.charts, i));
      ruf_cli_output_end (output);
    }
  ruf_demo_result_clear (&result);

  return done;
}

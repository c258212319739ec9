/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The option --segment.
 */

#include "config.h"

#include "ruf-cli-segment.h"

#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"

/**
 * ruf_cli_segment_parse:
 * @text: (nullable): value of --segment
 * @segment: (out) (nullable): the segment, or %NULL for everyone
 * @error: return location
 *
 * Reads an expression over people.
 *
 * Returns: %FALSE with @error set where it is none
 */
gboolean
ruf_cli_segment_parse (const char  *text,
                       RufSegment **segment,
                       GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  *segment = NULL;
  if (text == NULL || *text == '\0')
    return TRUE;

  *segment = ruf_segment_parse (text, &local_error);
  if (*segment != NULL)
    return TRUE;

  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE, "--segment: %s", local_error->message);
  return FALSE;
}

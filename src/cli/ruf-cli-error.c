/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an error is called in JSON, and which exit code it ends with.
 */

#include "ruf-cli-error.h"

#include <gio/gio.h>

#include "ruf-error.h"

G_DEFINE_QUARK (ruf-cli-error-quark, ruf_cli_error)

/**
 * ruf_cli_error_is_usage:
 * @error: an error
 *
 * Tells whether the command line itself was wrong (exit code 2).
 *
 * Returns: %TRUE where it was
 */
gboolean
ruf_cli_error_is_usage (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  return error->domain == RUF_CLI_ERROR || error->domain == G_OPTION_ERROR;
}

/**
 * ruf_cli_error_get_code:
 * @error: an error
 *
 * Names the kind of error in one stable English word for the JSON output.
 *
 * Returns: the word
 */
const char *
ruf_cli_error_get_code (const GError *error)
{
  static const char * const codes[] = {
    [RUF_ERROR_INVALID] = "invalid",
    [RUF_ERROR_NOT_FOUND] = "not-found",
    [RUF_ERROR_EXISTS] = "exists",
    [RUF_ERROR_REFUSED] = "refused",
    [RUF_ERROR_IO] = "io",
    [RUF_ERROR_FULL] = "full",
    [RUF_ERROR_BUSY] = "busy",
    [RUF_ERROR_DAMAGED] = "damaged",
    [RUF_ERROR_UNREACHABLE] = "unreachable",
    [RUF_ERROR_UNCERTAIN] = "uncertain",
    [RUF_ERROR_PROTOCOL] = "protocol",
    [RUF_ERROR_DENIED] = "denied",
    [RUF_ERROR_RATE_LIMITED] = "rate-limited",
    [RUF_ERROR_CONFLICT] = "conflict",
  };

  g_return_val_if_fail (error != NULL, NULL);

  if (ruf_cli_error_is_usage (error))
    return "usage";

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "cancelled";

  if (error->domain == RUF_ERROR && (guint) error->code < G_N_ELEMENTS (codes))
    return codes[error->code];

  return "io";
}

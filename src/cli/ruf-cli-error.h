/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RufCliError:
 * @RUF_CLI_ERROR_USAGE: the command line is wrong; nothing was tried
 */
typedef enum
{
  RUF_CLI_ERROR_USAGE,
} RufCliError;

#define RUF_CLI_ERROR (ruf_cli_error_quark ())
GQuark      ruf_cli_error_quark    (void);

gboolean    ruf_cli_error_is_usage (const GError *error);
const char *ruf_cli_error_get_code (const GError *error);

G_END_DECLS

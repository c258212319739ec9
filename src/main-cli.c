/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libintl.h>
#include <locale.h>
#include <glib.h>

#include "ruf-cli.h"

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");

  /* Timers and scripts run without a locale; names are UTF-8 all the same. */
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");

  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("rundruf-cli");

  return ruf_cli_run (argc, argv);
}

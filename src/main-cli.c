/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "ruf-cli.h"
#include "ruf-place.h"

int
main (int   argc,
      char *argv[])
{
  ruf_place_init_locale ();
  g_set_prgname ("rundruf-cli");

  return ruf_cli_run (argc, argv);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ruf-application.h"
#include "ruf-place.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (RufApplication) application = NULL;
  g_autofree char *schemas = ruf_place_find ("data", "gschemas.compiled");

  /* Before the first setting is asked for, and before there is a second thread. */
  if (schemas != NULL)
    g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, FALSE);
  ruf_place_init_locale ();

  application = ruf_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

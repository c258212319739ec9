/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is responsible for the data: legal name and place, as the user stated them. */

#include "config.h"

#include "ruf-controller.h"

#include "ruf-import-table.h"

#define SETTING "controller-name"

/**
 * ruf_controller_read:
 * @db: a connection
 * @name: (out) (transfer full) (nullable): who it is, %NULL where that was never stated
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
ruf_controller_read (RufDb   *db,
                     char   **name,
                     GError **error)
{
  GError *local_error = NULL;

  *name = ruf_setting_get (db, SETTING, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

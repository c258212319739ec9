/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Fetches receipts until none are new, with patience. */

#include "config.h"

#include "ruf-collector.h"

#include "ruf-intake.h"

/* A backend may go on inventing news; nobody waits for that. */
#define MAX_POLLS 20

/* One look at the backend's receipts. */
typedef struct
{
  RufContext *context;
  RufBackend *backend;
  gint64      backend_id;
  guint       rows;         /* that came */
} Collection;

static gboolean
collect_once (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Collection *collection = data;
  RufIntake intake;

  if (!ruf_intake_collect_from (collection->context, collection->backend,
                                collection->backend_id, &intake, cancellable, error))
    return FALSE;

  collection->rows = intake.rows;
  ruf_intake_clear (&intake);
  return TRUE;
}

/**
 * ruf_collect_receipts:
 * @context: the context
 * @backend_id: the id of @patience's backend in the store
 * @patience: whom to ask, and how often a failing call is repeated
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Takes in all receipts that the backend has for us now. Nothing to do where it gives none.
 *
 * Returns: %FALSE with the error of the last try; what came before it stays
 */
gboolean
ruf_collect_receipts (RufContext         *context,
                      gint64              backend_id,
                      const RufPatience  *patience,
                      GCancellable       *cancellable,
                      GError            **error)
{
  Collection collection = { context, patience->backend, backend_id, 1 };
  gboolean uncertain;

  if (!ruf_backend_has_receipts (patience->backend))
    return TRUE;

  for (guint i = 0; i < MAX_POLLS && collection.rows > 0; i++)
    if (!ruf_patience_call (patience, collect_once, &collection, TRUE, &uncertain, cancellable,
                            error))
      return FALSE;

  return TRUE;
}

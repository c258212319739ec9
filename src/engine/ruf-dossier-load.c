/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Everything on one person, read at one moment: the tables, whether the log is unchanged, who
 * is responsible, and each message as that person reads it.
 */

#include "config.h"

#include "ruf-dossier-load.h"

#include "ruf-consent-table.h"
#include "ruf-controller.h"
#include "ruf-dossier-table.h"
#include "ruf-people-table.h"
#include "ruf-render.h"

typedef struct
{
  const char *person;
  RufDossier *dossier;
} Load;

static gboolean
check_chain (RufDb         *db,
             RufDossier    *dossier,
             GCancellable  *cancellable,
             GError       **error)
{
  RufChainReport report = { 0 };

  if (!ruf_consent_table_verify (db, cancellable, &report, error))
    return FALSE;

  dossier->n_checked = report.checked;
  dossier->chain_problem = report.problem;
  return TRUE;
}

static gboolean
load (RufDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Load *self = data;
  gint64 id = ruf_people_table_find (db, self->person, error);

  if (id == 0)
    return FALSE;

  self->dossier = ruf_dossier_table_read (db, id, error);
  return self->dossier != NULL &&
         ruf_controller_read (db, &self->dossier->controller, error) &&
         check_chain (db, self->dossier, cancellable, error);
}

/* A text that cannot be read as a template left as it stands, and is shown so. */
static void
render_text (const RufDossier  *dossier,
             RufDossierMessage *message)
{
  g_autoptr (RufTemplate) template = NULL;
  RufHandover row = {
    .name = dossier->name,
    .first_name = dossier->first_name,
    .last_name = dossier->last_name,
    .organisation = dossier->organisation,
    .city = dossier->city,
  };

  if (message->body == NULL || message->status == RUF_MESSAGE_EXCLUDED)
    return;

  template = ruf_template_parse (message->body, NULL);
  message->text = template != NULL ? ruf_render_handover (template, &row)
                                   : g_strdup (message->body);
}

/**
 * ruf_dossier_load:
 * @context: the context
 * @person: an id, a phone number or an e-mail address
 * @cancellable: (nullable): stops the check of the log
 * @error: return location; NOT_FOUND where there is no such person
 *
 * Collects everything that is stored on one person.
 *
 * Returns: (transfer full) (nullable): the dossier
 */
RufDossier *
ruf_dossier_load (RufContext    *context,
                  const char    *person,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Load self = { .person = person };
  g_autoptr (RufDossier) dossier = NULL;
  gboolean ok;

  g_return_val_if_fail (person != NULL, NULL);

  ok = ruf_store_read_sync (ruf_context_get_store (context), load, &self, cancellable, error);
  dossier = self.dossier;
  if (!ok)
    return NULL;

  dossier->made_at = ruf_context_get_now (context);
  for (guint i = 0; i < dossier->messages->len; i++)
    render_text (dossier, g_ptr_array_index (dossier->messages, i));
  return g_steal_pointer (&dossier);
}

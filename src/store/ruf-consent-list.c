/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Events of the log of consent, read for people and for files.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-row.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-step.h"

/* Of the events that a consent may rest on the one that says most: documented, then newest. */
#define SELECT_GRANTS \
  "SELECT" RUF_CONSENT_ROW_COLUMNS \
  "FROM contact_points c JOIN consent_states s ON s.point_id = c.id JOIN consent_events e" \
  " ON e.seq = (SELECT x.seq FROM consent_events x WHERE x.point_id = s.point_id AND" \
  "  x.channel = s.channel AND x.purpose = s.purpose AND" \
  "  x.type IN ('granted', 'confirmed', 'reinstated') AND" \
  "  (x.import_id IS NULL OR" RUF_CONSENT_RETRACTED_BY ("x") "IS NULL)" \
  "  ORDER BY (x.occurred_at > 0 AND x.source IS NOT NULL AND x.wording_id IS NOT NULL) DESC," \
  "  x.seq DESC LIMIT 1) LEFT JOIN wordings w ON w.id = e.wording_id " \
  "WHERE c.person_id = ?1 AND s.status = 'active' ORDER BY c.id, s.channel, s.purpose"

static RufConsentEvent *
copy_event (const RufConsentEvent *event)
{
  RufConsentEvent *copy = g_new (RufConsentEvent, 1);

  *copy = *event;
  copy->event_id = g_strdup (event->event_id);
  copy->address = g_strdup (event->address);
  copy->purpose = g_strdup (event->purpose);
  copy->source = g_strdup (event->source);
  copy->wording = g_strdup (event->wording);
  copy->wording_sha256 = g_strdup (event->wording_sha256);
  copy->occurred_text = g_strdup (event->occurred_text);
  copy->text = g_strdup (event->text);
  copy->evidence_sha256 = g_strdup (event->evidence_sha256);
  copy->salt = event->salt != NULL ? g_memdup2 (event->salt, RUF_CONSENT_SALT_SIZE) : NULL;
  copy->sealed = event->sealed != NULL ? g_memdup2 (event->sealed, RUF_CONSENT_SEAL_SIZE) : NULL;
  return copy;
}

/**
 * ruf_consent_record_free:
 * @self: (transfer full): an event of ruf_consent_table_list()
 *
 * Frees it with its strings.
 */
void
ruf_consent_record_free (RufConsentEvent *self)
{
  g_free ((char *) self->event_id);
  g_free ((char *) self->address);
  g_free ((char *) self->purpose);
  g_free ((char *) self->source);
  g_free ((char *) self->wording);
  g_free ((char *) self->wording_sha256);
  g_free ((char *) self->occurred_text);
  g_free ((char *) self->text);
  g_free ((char *) self->evidence_sha256);
  g_free ((guint8 *) self->salt);
  g_free ((guint8 *) self->sealed);
  g_free (self);
}

static gboolean
append_copy (GPtrArray  *list,
             RufStmt    *stmt,
             GError    **error)
{
  RufConsentEvent event;

  if (ruf_consent_row_read (stmt, &event))
    {
      g_ptr_array_add (list, copy_event (&event));
      return TRUE;
    }

  g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
               _("Event %lld of the consent log has been altered. "
                 "Restore a backup."), (long long) ruf_stmt_get_int (stmt, 0));
  return FALSE;
}

static gboolean
append_all (GPtrArray  *list,
            RufStmt    *stmt,
            GError    **error)
{
  GError *local = NULL;

  while (ruf_stmt_step (stmt, &local))
    if (!append_copy (list, stmt, error))
      return FALSE;
  return ruf_step_ended (local, error);
}

/**
 * ruf_consent_table_list:
 * @db: a connection
 * @kind: kind of the address
 * @address: a normalised address
 * @error: return location
 *
 * Returns: (transfer full) (element-type RufConsentEvent): the address's events, oldest first
 */
GPtrArray *
ruf_consent_table_list (RufDb           *db,
                        RufAddressKind   kind,
                        const char      *address,
                        GError         **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_consent_record_free);
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db,
                    "SELECT" RUF_CONSENT_ROW_COLUMNS "FROM" RUF_CONSENT_ROW_TABLES
                    "WHERE e.point_id = (SELECT id FROM contact_points"
                    " WHERE address = ?1 AND kind = ?2) ORDER BY e.seq", error);

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 1, address);
  ruf_stmt_bind_text (stmt, 2, ruf_address_kind_to_string (kind));
  return append_all (list, stmt, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * ruf_consent_table_list_grants:
 * @db: a connection
 * @person_id: a person
 * @error: return location
 *
 * Lists what a person agreed to that holds, by the event that documents it best.
 *
 * Returns: (transfer full) (element-type RufConsentEvent): one event of each stream that holds
 */
GPtrArray *
ruf_consent_table_list_grants (RufDb   *db,
                               gint64   person_id,
                               GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_consent_record_free);
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_GRANTS, person_id, error);

  if (stmt == NULL)
    return NULL;

  return append_all (list, stmt, error) ? g_steal_pointer (&list) : NULL;
}

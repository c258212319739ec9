/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Everything that the tables hold on one person. Whoever adds a table that knows people adds
 * it here too: what is missing here is missing in the answer that people have a right to.
 */

#include "config.h"

#include "ruf-dossier-table.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-outbox-row.h"
#include "ruf-step.h"

#define SELECT_PERSON \
  "SELECT name, prefix, first_name, middle_name, last_name, suffix, nickname, organisation," \
  " city, language, birthday, notes, created_at, changed_at, import_id FROM people WHERE id = ?1"
#define SELECT_ADDRESSES \
  "SELECT id, kind, address, as_entered, label, import_id FROM contact_points " \
  "WHERE person_id = ?1 ORDER BY id"
#define SELECT_TAGS "SELECT tag FROM person_tags WHERE person_id = ?1 ORDER BY tag"
#define SELECT_FIELDS \
  "SELECT name, value FROM person_fields WHERE person_id = ?1 ORDER BY name"
#define SELECT_CHANGES \
  "SELECT x.key, x.before, x.after, s.done_at FROM step_changes x JOIN steps s ON s.id = x.step_id" \
  " WHERE x.row_id = ?1 AND x.what IN ('field', 'own-field', 'tag') ORDER BY x.id"
#define SELECT_REQUESTS \
  "SELECT kind, received_at, due_at, done_at FROM requests WHERE person_id = ?1 ORDER BY id"
#define SELECT_CONSENTS \
  "SELECT s.point_id, c.address, s.channel, s.purpose " \
  "FROM contact_points c JOIN consent_states s ON s.point_id = c.id WHERE c.person_id = ?1 " \
  "ORDER BY s.point_id, s.channel, s.purpose"
#define SELECT_HASHES "SELECT prev_hash, hash FROM consent_events WHERE seq = ?1"
#define SELECT_MESSAGES \
  "SELECT o.id, r.title, r.channel, r.purpose, c.address, v.body, o.status, o.reason," \
  " o.error_code, coalesce (a.started_at, r.due_at) AS left_at, " RUF_OUTBOX_MESSAGE_ID " " \
  "FROM outbox o JOIN runs r ON r.id = o.run_id " \
  "LEFT JOIN contact_points c ON c.id = o.point_id " \
  "LEFT JOIN message_versions v ON v.id = r.message_version_id " \
  "LEFT JOIN attempts a ON a.id = o.attempt_id " \
  "WHERE o.person_id = ?1 ORDER BY left_at, o.id"
#define SELECT_RECEIPTS \
  "SELECT status, at, error_code FROM receipts WHERE message_id = ?1 ORDER BY at, id"
#define SELECT_IMPORTS \
  "SELECT id, file_name, sha256, format, origin, started_at FROM imports WHERE id IN (" \
  "SELECT import_id FROM people WHERE id = ?1 " \
  "UNION SELECT import_id FROM contact_points WHERE person_id = ?1 " \
  "UNION SELECT e.import_id FROM contact_points c JOIN consent_events e ON e.point_id = c.id" \
  " WHERE c.person_id = ?1) ORDER BY id"

/* Takes one row into the dossier. */
typedef gboolean (*RowFunc) (RufDossier  *self,
                             RufDb       *db,
                             RufStmt     *stmt,
                             GError     **error);

static char *
dup_text (RufStmt *stmt,
          int      column)
{
  return g_strdup (ruf_stmt_get_text (stmt, column));
}

static gboolean
read_rows (RufDossier  *self,
           RufDb       *db,
           const char  *sql,
           RowFunc      func,
           GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, sql, self->person_id, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    if (!func (self, db, stmt, error))
      return FALSE;
  return ruf_step_ended (local, error);
}

static gboolean
read_person (RufDossier  *self,
             RufDb       *db,
             RufStmt     *stmt,
             GError     **error)
{
  self->name = dup_text (stmt, 0);
  self->prefix = dup_text (stmt, 1);
  self->first_name = dup_text (stmt, 2);
  self->middle_name = dup_text (stmt, 3);
  self->last_name = dup_text (stmt, 4);
  self->suffix = dup_text (stmt, 5);
  self->nickname = dup_text (stmt, 6);
  self->organisation = dup_text (stmt, 7);
  self->city = dup_text (stmt, 8);
  self->language = dup_text (stmt, 9);
  self->birthday = dup_text (stmt, 10);
  self->notes = dup_text (stmt, 11);
  self->created_at = ruf_stmt_get_int (stmt, 12);
  self->changed_at = ruf_stmt_get_int (stmt, 13);
  self->import_id = ruf_stmt_get_int (stmt, 14);
  return TRUE;
}

static gboolean
read_address (RufDossier  *self,
              RufDb       *db,
              RufStmt     *stmt,
              GError     **error)
{
  RufDossierAddress *address = ruf_dossier_add_address (self);

  address->id = ruf_stmt_get_int (stmt, 0);
  ruf_address_kind_from_string (ruf_stmt_get_text (stmt, 1), &address->kind);
  address->address = dup_text (stmt, 2);
  address->as_entered = dup_text (stmt, 3);
  address->label = dup_text (stmt, 4);
  address->import_id = ruf_stmt_get_int (stmt, 5);
  return TRUE;
}

static gboolean
read_tag (RufDossier  *self,
          RufDb       *db,
          RufStmt     *stmt,
          GError     **error)
{
  g_ptr_array_add (self->tags, dup_text (stmt, 0));
  return TRUE;
}

static gboolean
read_field (RufDossier  *self,
            RufDb       *db,
            RufStmt     *stmt,
            GError     **error)
{
  RufDossierField *field = ruf_dossier_add_field (self);

  field->name = dup_text (stmt, 0);
  field->value = dup_text (stmt, 1);
  return TRUE;
}

static gboolean
read_change (RufDossier  *self,
             RufDb       *db,
             RufStmt     *stmt,
             GError     **error)
{
  RufDossierChange *change = ruf_dossier_add_change (self);

  change->name = dup_text (stmt, 0);
  change->before = dup_text (stmt, 1);
  change->after = dup_text (stmt, 2);
  change->at = ruf_stmt_get_int (stmt, 3);
  return TRUE;
}

static gboolean
read_request (RufDossier  *self,
              RufDb       *db,
              RufStmt     *stmt,
              GError     **error)
{
  RufDossierRequest *request = ruf_dossier_add_request (self);

  request->kind = dup_text (stmt, 0);
  request->received_at = ruf_stmt_get_int (stmt, 1);
  request->due_at = ruf_stmt_get_int (stmt, 2);
  request->done_at = ruf_stmt_get_int (stmt, 3);
  return TRUE;
}

static gboolean
read_consent (RufDossier  *self,
              RufDb       *db,
              RufStmt     *stmt,
              GError     **error)
{
  RufDossierConsent *consent = ruf_dossier_add_consent (self);
  RufConsentState state;

  consent->point_id = ruf_stmt_get_int (stmt, 0);
  consent->address = dup_text (stmt, 1);
  ruf_channel_from_string (ruf_stmt_get_text (stmt, 2), &consent->channel);
  consent->purpose = dup_text (stmt, 3);
  if (!ruf_consent_table_get_state (db, consent->point_id, consent->channel, consent->purpose,
                                    &state, error))
    return FALSE;

  consent->status = ruf_consent_state_get_status (&state);
  consent->level = ruf_consent_state_get_level (&state);
  consent->since = ruf_consent_state_get_since (&state);
  return TRUE;
}

/* What the log itself holds, right or wrong: a proof does not mend anything. */
static void
copy_hash (RufStmt *stmt,
           int      column,
           guint8   hash[32])
{
  gsize size;
  gconstpointer data = ruf_stmt_get_blob (stmt, column, &size);

  if (data != NULL)
    memcpy (hash, data, MIN (size, 32));
}

static gboolean
add_event (RufDossier             *self,
           RufDb                  *db,
           const RufConsentEvent  *record,
           GError                **error)
{
  g_autoptr (RufStmt) stmt = ruf_step_prepare_id (db, SELECT_HASHES, record->seq, error);
  RufDossierEvent *event;
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  event = ruf_dossier_add_event (self);
  event->event = record;
  if (ruf_stmt_step (stmt, &local))
    {
      copy_hash (stmt, 0, event->prev_hash);
      copy_hash (stmt, 1, event->hash);
    }
  return ruf_step_ended (local, error);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const RufDossierEvent *first = *(RufDossierEvent * const *) a;
  const RufDossierEvent *second = *(RufDossierEvent * const *) b;

  return (first->event->seq > second->event->seq) - (first->event->seq < second->event->seq);
}

static gboolean
read_events (RufDossier  *self,
             RufDb       *db,
             GError     **error)
{
  for (guint i = 0; i < self->addresses->len; i++)
    {
      const RufDossierAddress *address = g_ptr_array_index (self->addresses, i);
      GPtrArray *log = ruf_consent_table_list (db, address->kind, address->address, error);

      if (log == NULL)
        return FALSE;

      g_ptr_array_add (self->logs, log);
      for (guint k = 0; k < log->len; k++)
        if (!add_event (self, db, g_ptr_array_index (log, k), error))
          return FALSE;
    }

  g_ptr_array_sort (self->events, compare_events);
  return TRUE;
}

static gboolean
read_receipts (RufDossierMessage  *message,
               RufDb              *db,
               const char         *message_id,
               GError            **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, SELECT_RECEIPTS, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  ruf_stmt_bind_text (stmt, 1, message_id);
  while (ruf_stmt_step (stmt, &local))
    {
      RufDossierReceipt *receipt = ruf_dossier_add_receipt (message);
      const char *code = ruf_stmt_get_text (stmt, 2);

      receipt->status = dup_text (stmt, 0);
      receipt->at = ruf_stmt_get_int (stmt, 1);
      receipt->error_code = code != NULL && *code != '\0' ? g_strdup (code) : NULL;
    }
  return ruf_step_ended (local, error);
}

static gboolean
read_message (RufDossier  *self,
              RufDb       *db,
              RufStmt     *stmt,
              GError     **error)
{
  RufDossierMessage *message = ruf_dossier_add_message (self);

  message->id = ruf_stmt_get_int (stmt, 0);
  message->title = dup_text (stmt, 1);
  ruf_channel_from_string (ruf_stmt_get_text (stmt, 2), &message->channel);
  message->purpose = dup_text (stmt, 3);
  message->address = dup_text (stmt, 4);
  message->body = dup_text (stmt, 5);
  ruf_message_status_from_string (ruf_stmt_get_text (stmt, 6), &message->status);
  ruf_exclude_reason_from_string (ruf_stmt_get_text (stmt, 7), &message->reason);
  message->error_code = dup_text (stmt, 8);
  message->at = ruf_stmt_get_int (stmt, 9);
  return read_receipts (message, db, ruf_stmt_get_text (stmt, 10), error);
}

static gboolean
read_import (RufDossier  *self,
             RufDb       *db,
             RufStmt     *stmt,
             GError     **error)
{
  RufDossierImport *import = ruf_dossier_add_import (self);

  import->id = ruf_stmt_get_int (stmt, 0);
  import->file_name = dup_text (stmt, 1);
  import->sha256 = dup_text (stmt, 2);
  import->format = dup_text (stmt, 3);
  import->origin = dup_text (stmt, 4);
  import->started_at = ruf_stmt_get_int (stmt, 5);
  return TRUE;
}

static gboolean
read_replies (RufDossier  *self,
              RufDb       *db,
              GError     **error)
{
  g_autoptr (GPtrArray) list = ruf_reply_table_list (db, FALSE, self->person_id, error);

  if (list == NULL)
    return FALSE;

  for (guint i = list->len; i > 0; i--)
    {
      RufReplyRecord *record = g_ptr_array_index (list, i - 1);
      RufDossierReply *reply = ruf_dossier_add_reply (self);

      ruf_channel_from_string (record->channel, &reply->channel);
      reply->address = g_steal_pointer (&record->address);
      reply->text = g_steal_pointer (&record->text);
      reply->at = record->at;
      reply->kind = record->kind;
    }
  return TRUE;
}

/**
 * ruf_dossier_table_read:
 * @db: a connection, in one reading
 * @person_id: a person
 * @error: return location; NOT_FOUND where there is nobody of that id
 *
 * Reads everything that is stored on one person. The texts of messages keep their
 * placeholders; who is responsible and whether the log holds is for the caller.
 *
 * Returns: (transfer full) (nullable): the dossier
 */
RufDossier *
ruf_dossier_table_read (RufDb    *db,
                        gint64    person_id,
                        GError  **error)
{
  g_autoptr (RufDossier) self = ruf_dossier_new ();

  self->person_id = person_id;
  if (!read_rows (self, db, SELECT_PERSON, read_person, error))
    return NULL;
  if (self->name == NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                   _("There is nobody with the id %lld."), (long long) person_id);
      return NULL;
    }

  if (!read_rows (self, db, SELECT_ADDRESSES, read_address, error) ||
      !read_rows (self, db, SELECT_TAGS, read_tag, error) ||
      !read_rows (self, db, SELECT_FIELDS, read_field, error) ||
      !read_rows (self, db, SELECT_CHANGES, read_change, error) ||
      !read_rows (self, db, SELECT_REQUESTS, read_request, error) ||
      !read_rows (self, db, SELECT_CONSENTS, read_consent, error) ||
      !read_events (self, db, error) ||
      !read_rows (self, db, SELECT_MESSAGES, read_message, error) ||
      !read_replies (self, db, error) ||
      !read_rows (self, db, SELECT_IMPORTS, read_import, error))
    return NULL;

  return g_steal_pointer (&self);
}

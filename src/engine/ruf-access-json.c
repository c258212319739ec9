/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A dossier as JSON, for a person who takes their data elsewhere (Art. 20 GDPR): times in UTC,
 * words of ours as the command line knows them, what is not known left out. */

#include "config.h"

#include "ruf-access-json.h"

#include "ruf-moment.h"

#define FORMAT_VERSION 1

static void
add_text (JsonBuilder *json,
          const char  *name,
          const char  *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return;

  valid = g_utf8_make_valid (text, -1);
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, valid);
}

static void
add_moment (JsonBuilder *json,
            const char  *name,
            gint64       moment)
{
  g_autofree char *text = moment != 0 ? ruf_moment_to_iso8601 (moment) : NULL;

  add_text (json, name, text);
}

static void
add_id (JsonBuilder *json,
        const char  *name,
        gint64       id)
{
  if (id == 0)
    return;

  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, id);
}

static void
add_bytes (JsonBuilder  *json,
           const char   *name,
           const guint8 *bytes,
           guint         n)
{
  g_autoptr (GString) hex = g_string_new (NULL);

  if (bytes == NULL)
    return;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  add_text (json, name, hex->str);
}

static void
add_person (JsonBuilder      *json,
            const RufDossier *dossier)
{
  json_builder_set_member_name (json, "person");
  json_builder_begin_object (json);
  add_id (json, "id", dossier->person_id);
  add_text (json, "name", dossier->name);
  add_text (json, "prefix", dossier->prefix);
  add_text (json, "first_name", dossier->first_name);
  add_text (json, "middle_name", dossier->middle_name);
  add_text (json, "last_name", dossier->last_name);
  add_text (json, "suffix", dossier->suffix);
  add_text (json, "nickname", dossier->nickname);
  add_text (json, "organisation", dossier->organisation);
  add_text (json, "city", dossier->city);
  add_text (json, "language", dossier->language);
  add_text (json, "birthday", dossier->birthday);
  add_text (json, "notes", dossier->notes);
  add_moment (json, "created_at", dossier->created_at);
  add_moment (json, "changed_at", dossier->changed_at);
  add_id (json, "import_id", dossier->import_id);
  json_builder_end_object (json);
}

/* Writes the members of one record. */
typedef void (*RecordFunc) (JsonBuilder   *json,
                            gconstpointer  record);

static void
add_list (JsonBuilder *json,
          const char  *name,
          GPtrArray   *records,
          RecordFunc   func)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; i < records->len; i++)
    {
      json_builder_begin_object (json);
      func (json, g_ptr_array_index (records, i));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_address (JsonBuilder   *json,
             gconstpointer  record)
{
  const RufDossierAddress *address = record;

  add_text (json, "kind", ruf_address_kind_to_string (address->kind));
  add_text (json, "address", address->address);
  add_text (json, "as_entered", address->as_entered);
  add_text (json, "label", address->label);
  add_id (json, "import_id", address->import_id);
}

static void
add_field (JsonBuilder   *json,
           gconstpointer  record)
{
  const RufDossierField *field = record;

  add_text (json, "name", field->name);
  add_text (json, "value", field->value);
}

static void
add_change (JsonBuilder   *json,
            gconstpointer  record)
{
  const RufDossierChange *change = record;

  add_text (json, "name", change->name);
  add_text (json, "before", change->before);
  add_text (json, "after", change->after);
  add_moment (json, "at", change->at);
}

static void
add_request (JsonBuilder   *json,
             gconstpointer  record)
{
  const RufDossierRequest *request = record;

  add_text (json, "kind", request->kind);
  add_moment (json, "received_at", request->received_at);
  add_moment (json, "due_at", request->due_at);
  add_moment (json, "done_at", request->done_at);
}

static void
add_tags (JsonBuilder      *json,
          const RufDossier *dossier)
{
  json_builder_set_member_name (json, "tags");
  json_builder_begin_array (json);
  for (guint i = 0; i < dossier->tags->len; i++)
    json_builder_add_string_value (json, g_ptr_array_index (dossier->tags, i));
  json_builder_end_array (json);
}

static void
add_consent (JsonBuilder   *json,
             gconstpointer  record)
{
  const RufDossierConsent *consent = record;

  add_text (json, "address", consent->address);
  add_text (json, "channel", ruf_channel_to_string (consent->channel));
  add_text (json, "purpose", consent->purpose);
  add_text (json, "status", ruf_consent_status_to_string (consent->status));
  add_text (json, "level", ruf_evidence_level_to_string (consent->level));
  add_moment (json, "since", consent->since);
}

static void
add_event (JsonBuilder   *json,
           gconstpointer  record)
{
  const RufDossierEvent *entry = record;
  const RufConsentEvent *event = entry->event;

  add_id (json, "seq", event->seq);
  add_text (json, "event_id", event->event_id);
  add_text (json, "type", ruf_consent_event_type_to_string (event->type));
  add_text (json, "address", event->address);
  add_text (json, "channel", ruf_channel_to_string (event->channel));
  add_text (json, "purpose", event->purpose);
  add_text (json, "method", ruf_consent_method_to_string (event->method));
  add_text (json, "source", event->source);
  add_text (json, "wording", event->wording);
  add_text (json, "wording_sha256", event->wording_sha256);
  add_moment (json, "at", event->occurred_at);
  add_text (json, "at_text", event->occurred_text);
  add_text (json, "text", event->text);
  add_moment (json, "recorded_at", event->recorded_at);
  add_id (json, "import_id", event->import_id);
  add_text (json, "evidence_sha256", event->evidence_sha256);
  add_id (json, "retracted_by_seq", event->retracted_by);
  add_id (json, "hash_rule", event->rule);
  add_bytes (json, "salt", event->salt, RUF_CONSENT_SALT_SIZE);
  add_bytes (json, "sealed", event->sealed, RUF_CONSENT_SEAL_SIZE);
  add_bytes (json, "hash", entry->hash, sizeof entry->hash);
  add_bytes (json, "prev_hash", entry->prev_hash, sizeof entry->prev_hash);
}

static void
add_receipt (JsonBuilder   *json,
             gconstpointer  record)
{
  const RufDossierReceipt *receipt = record;

  add_text (json, "status", receipt->status);
  add_moment (json, "at", receipt->at);
  add_text (json, "error", receipt->error_code);
}

static void
add_message (JsonBuilder   *json,
             gconstpointer  record)
{
  const RufDossierMessage *message = record;

  add_moment (json, "at", message->at);
  add_text (json, "title", message->title);
  add_text (json, "channel", ruf_channel_to_string (message->channel));
  add_text (json, "purpose", message->purpose);
  add_text (json, "address", message->address);
  add_text (json, "text", message->text);
  add_text (json, "status", ruf_message_status_to_string (message->status));
  if (message->status == RUF_MESSAGE_EXCLUDED)
    add_text (json, "reason", ruf_exclude_reason_to_string (message->reason));
  add_text (json, "error", message->error_code);
  add_list (json, "receipts", message->receipts, add_receipt);
}

static void
add_reply (JsonBuilder   *json,
           gconstpointer  record)
{
  const RufDossierReply *reply = record;

  add_moment (json, "at", reply->at);
  add_text (json, "channel", ruf_channel_to_string (reply->channel));
  add_text (json, "address", reply->address);
  add_text (json, "text", reply->text);
  add_text (json, "kind", ruf_reply_kind_to_string (reply->kind));
}

static void
add_import (JsonBuilder   *json,
            gconstpointer  record)
{
  const RufDossierImport *import = record;

  add_id (json, "id", import->id);
  add_text (json, "file_name", import->file_name);
  add_text (json, "sha256", import->sha256);
  add_text (json, "format", import->format);
  add_text (json, "origin", import->origin);
  add_moment (json, "started_at", import->started_at);
}

static void
add_head (JsonBuilder      *json,
          const RufDossier *dossier)
{
  add_text (json, "format", "rundruf-access");
  add_id (json, "format_version", FORMAT_VERSION);
  add_moment (json, "made_at", dossier->made_at);
  add_text (json, "controller", dossier->controller);
  add_text (json, "log_problem", dossier->chain_problem);
}

/**
 * ruf_access_json_new:
 * @dossier: a person
 *
 * Returns: (transfer full): all that @dossier holds, as one object
 */
JsonNode *
ruf_access_json_new (const RufDossier *dossier)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  add_head (json, dossier);
  add_person (json, dossier);
  add_list (json, "addresses", dossier->addresses, add_address);
  add_tags (json, dossier);
  add_list (json, "fields", dossier->fields, add_field);
  add_list (json, "changes", dossier->changes, add_change);
  add_list (json, "requests", dossier->requests, add_request);
  add_list (json, "consents", dossier->consents, add_consent);
  add_list (json, "consent_events", dossier->events, add_event);
  add_list (json, "messages", dossier->messages, add_message);
  add_list (json, "replies", dossier->replies, add_reply);
  add_list (json, "imports", dossier->imports, add_import);
  json_builder_end_object (json);

  return json_builder_get_root (json);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything on one person, as plain records: the store fills them, paper and files show them. */

#include "config.h"

#include "ruf-dossier.h"

static void
address_free (gpointer data)
{
  RufDossierAddress *self = data;

  g_free (self->address);
  g_free (self->as_entered);
  g_free (self->label);
  g_free (self);
}

static void
consent_free (gpointer data)
{
  RufDossierConsent *self = data;

  g_free (self->address);
  g_free (self->purpose);
  g_free (self);
}

static void
receipt_free (gpointer data)
{
  RufDossierReceipt *self = data;

  g_free (self->status);
  g_free (self->error_code);
  g_free (self);
}

static void
message_free (gpointer data)
{
  RufDossierMessage *self = data;

  g_free (self->title);
  g_free (self->purpose);
  g_free (self->address);
  g_free (self->body);
  g_free (self->text);
  g_free (self->error_code);
  g_ptr_array_unref (self->receipts);
  g_free (self);
}

static void
reply_free (gpointer data)
{
  RufDossierReply *self = data;

  g_free (self->address);
  g_free (self->text);
  g_free (self);
}

static void
field_free (gpointer data)
{
  RufDossierField *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static void
change_free (gpointer data)
{
  RufDossierChange *self = data;

  g_free (self->name);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
request_free (gpointer data)
{
  RufDossierRequest *self = data;

  g_free (self->kind);
  g_free (self);
}

static void
import_free (gpointer data)
{
  RufDossierImport *self = data;

  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self->format);
  g_free (self->origin);
  g_free (self);
}

/**
 * ruf_dossier_new:
 *
 * Returns: (transfer full): a dossier in which nothing stands
 */
RufDossier *
ruf_dossier_new (void)
{
  RufDossier *self = g_new0 (RufDossier, 1);

  self->addresses = g_ptr_array_new_with_free_func (address_free);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->changes = g_ptr_array_new_with_free_func (change_free);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->consents = g_ptr_array_new_with_free_func (consent_free);
  self->events = g_ptr_array_new_with_free_func (g_free);
  self->logs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->replies = g_ptr_array_new_with_free_func (reply_free);
  self->imports = g_ptr_array_new_with_free_func (import_free);
  return self;
}

static void
free_lists (RufDossier *self)
{
  g_ptr_array_unref (self->addresses);
  g_ptr_array_unref (self->tags);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->consents);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->logs);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->replies);
  g_ptr_array_unref (self->imports);
}

/**
 * ruf_dossier_free:
 * @self: (nullable) (transfer full): a dossier
 *
 * Frees it with all that belongs to it.
 */
void
ruf_dossier_free (RufDossier *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->prefix);
  g_free (self->first_name);
  g_free (self->middle_name);
  g_free (self->last_name);
  g_free (self->suffix);
  g_free (self->nickname);
  g_free (self->organisation);
  g_free (self->city);
  g_free (self->language);
  g_free (self->birthday);
  g_free (self->notes);
  g_free (self->controller);
  g_free (self->chain_problem);
  free_lists (self);
  g_free (self);
}

/**
 * ruf_dossier_add_address:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierAddress *
ruf_dossier_add_address (RufDossier *self)
{
  RufDossierAddress *record = g_new0 (RufDossierAddress, 1);

  g_ptr_array_add (self->addresses, record);
  return record;
}

/**
 * ruf_dossier_add_field:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierField *
ruf_dossier_add_field (RufDossier *self)
{
  RufDossierField *record = g_new0 (RufDossierField, 1);

  g_ptr_array_add (self->fields, record);
  return record;
}

/**
 * ruf_dossier_add_change:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierChange *
ruf_dossier_add_change (RufDossier *self)
{
  RufDossierChange *record = g_new0 (RufDossierChange, 1);

  g_ptr_array_add (self->changes, record);
  return record;
}

/**
 * ruf_dossier_add_request:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierRequest *
ruf_dossier_add_request (RufDossier *self)
{
  RufDossierRequest *record = g_new0 (RufDossierRequest, 1);

  g_ptr_array_add (self->requests, record);
  return record;
}

/**
 * ruf_dossier_add_consent:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierConsent *
ruf_dossier_add_consent (RufDossier *self)
{
  RufDossierConsent *record = g_new0 (RufDossierConsent, 1);

  g_ptr_array_add (self->consents, record);
  return record;
}

/**
 * ruf_dossier_add_event:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierEvent *
ruf_dossier_add_event (RufDossier *self)
{
  RufDossierEvent *record = g_new0 (RufDossierEvent, 1);

  g_ptr_array_add (self->events, record);
  return record;
}

/**
 * ruf_dossier_add_message:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierMessage *
ruf_dossier_add_message (RufDossier *self)
{
  RufDossierMessage *record = g_new0 (RufDossierMessage, 1);

  record->receipts = g_ptr_array_new_with_free_func (receipt_free);
  g_ptr_array_add (self->messages, record);
  return record;
}

/**
 * ruf_dossier_add_receipt:
 * @message: a message of a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierReceipt *
ruf_dossier_add_receipt (RufDossierMessage *message)
{
  RufDossierReceipt *record = g_new0 (RufDossierReceipt, 1);

  g_ptr_array_add (message->receipts, record);
  return record;
}

/**
 * ruf_dossier_add_reply:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierReply *
ruf_dossier_add_reply (RufDossier *self)
{
  RufDossierReply *record = g_new0 (RufDossierReply, 1);

  g_ptr_array_add (self->replies, record);
  return record;
}

/**
 * ruf_dossier_add_import:
 * @self: a dossier
 *
 * Returns: (transfer none): an empty record at the end of its list
 */
RufDossierImport *
ruf_dossier_add_import (RufDossier *self)
{
  RufDossierImport *record = g_new0 (RufDossierImport, 1);

  g_ptr_array_add (self->imports, record);
  return record;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A person who does not exist, as the store would give her. */

#include "sample.h"

#include <string.h>

#include "reading.h"

#define WORDING "Ja, die Metzgerei Huber, Marktplatz 1, 53604 Bad Honnef, darf mir einmal pro " \
  "Woche ihre Wochenangebote per WhatsApp schicken. Ich kann das jederzeit mit STOP widerrufen."
#define SHA256 "1f9d8c0a6b52e7413c8d90f2a4b6e8d1c3f5a7092b4d6e8f0a1c3e5d7b9f1a2c"
#define DAY G_TIME_SPAN_DAY

RufDossier *
sample_dossier_new_empty (const char *name)
{
  RufDossier *self = ruf_dossier_new ();

  self->person_id = 17;
  self->name = g_strdup (name);
  self->made_at = READING_NOON;
  self->created_at = READING_NOON - 40 * DAY;
  self->changed_at = READING_NOON - 2 * DAY;
  g_ptr_array_add (self->logs, g_ptr_array_new_with_free_func (g_free));
  return self;
}

void
sample_dossier_add_event (RufDossier            *self,
                          const RufConsentEvent *event)
{
  RufConsentEvent *copy = g_memdup2 (event, sizeof *event);
  RufDossierEvent *record = ruf_dossier_add_event (self);
  guint8 start[32] = { 0 };

  copy->seq = self->events->len;
  g_ptr_array_add (g_ptr_array_index (self->logs, 0), copy);
  record->event = copy;
  if (self->events->len > 1)
    memcpy (record->prev_hash,
            ((RufDossierEvent *) g_ptr_array_index (self->events, self->events->len - 2))->hash, 32);
  else
    memcpy (record->prev_hash, start, 32);
  ruf_consent_event_hash (copy, record->prev_hash, record->hash);
  self->n_checked++;
}

static void
add_address (RufDossier     *self,
             gint64          id,
             RufAddressKind  kind,
             const char     *address,
             const char     *as_entered)
{
  RufDossierAddress *record = ruf_dossier_add_address (self);

  record->id = id;
  record->kind = kind;
  record->address = g_strdup (address);
  record->as_entered = g_strdup (as_entered);
  record->import_id = 3;
}

static void
add_consent (RufDossier       *self,
             gint64            point_id,
             const char       *address,
             RufChannel        channel,
             RufConsentStatus  status,
             RufEvidenceLevel  level,
             gint64            since)
{
  RufDossierConsent *record = ruf_dossier_add_consent (self);

  record->point_id = point_id;
  record->address = g_strdup (address);
  record->channel = channel;
  record->purpose = g_strdup ("weekly-offer");
  record->status = status;
  record->level = level;
  record->since = since;
}

static void
add_log (RufDossier *self)
{
  RufConsentEvent event = {
    .event_id = "01932e80-5a10-7c21-9f3e-1f0c5b8d6a01", .type = RUF_CONSENT_GRANTED,
    .point_id = 1, .address = "+491713920000", .channel = RUF_CHANNEL_WHATSAPP,
    .purpose = "weekly-offer", .method = RUF_CONSENT_METHOD_PAPER_FORM,
    .source = "Theke, Zettel Nr. 12", .wording = WORDING, .wording_sha256 = SHA256,
    .occurred_at = READING_NOON - 30 * DAY, .occurred_text = "19.10.2026 12:06",
    .recorded_at = READING_NOON - 29 * DAY, .import_id = 3,
  };

  sample_dossier_add_event (self, &event);

  event.event_id = "01932e80-5a10-7c21-9f3e-1f0c5b8d6a02";
  event.method = RUF_CONSENT_METHOD_KEYWORD_INBOUND;
  event.source = "Q7F";
  event.wording = event.wording_sha256 = event.occurred_text = NULL;
  event.text = "Start Wochenangebote Q7F";
  event.occurred_at = event.recorded_at = READING_NOON - 20 * DAY;
  sample_dossier_add_event (self, &event);

  event.event_id = "01932e80-5a10-7c21-9f3e-1f0c5b8d6a03";
  event.type = RUF_CONSENT_WITHDRAWN;
  event.point_id = 2;
  event.address = "anna.mueller@example.org";
  event.channel = RUF_CHANNEL_EMAIL;
  event.method = RUF_CONSENT_METHOD_OPERATOR;
  event.source = NULL;
  event.text = "Bitte keine Mails mehr, WhatsApp reicht mir.";
  event.occurred_at = event.recorded_at = READING_NOON - 3 * DAY;
  sample_dossier_add_event (self, &event);
}

RufDossier *
sample_dossier_new (void)
{
  RufDossier *self = sample_dossier_new_empty ("Anna Müller");

  self->controller = g_strdup ("Metzgerei Huber, Marktplatz 1, 53604 Bad Honnef");
  add_address (self, 1, RUF_ADDRESS_PHONE, "+491713920000", "0171 / 392 00 00");
  add_address (self, 2, RUF_ADDRESS_EMAIL, "anna.mueller@example.org", NULL);
  add_log (self);
  add_consent (self, 1, "+491713920000", RUF_CHANNEL_WHATSAPP, RUF_CONSENT_STATUS_ACTIVE,
               RUF_EVIDENCE_E2, READING_NOON - 20 * DAY);
  add_consent (self, 2, "anna.mueller@example.org", RUF_CHANNEL_EMAIL,
               RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, READING_NOON - 3 * DAY);
  self->n_checked = 812;
  return self;
}

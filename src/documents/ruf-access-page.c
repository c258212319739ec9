/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that is stored on one person, for that person to read. */

#include "config.h"

#include "ruf-access-page.h"

#include <glib/gi18n-lib.h>

#include "ruf-document-words.h"
#include "ruf-dossier-parts.h"
#include "ruf-words.h"

static char *
name_import (const RufDossier *dossier,
             gint64            id)
{
  for (guint i = 0; i < dossier->imports->len; i++)
    {
      const RufDossierImport *import = g_ptr_array_index (dossier->imports, i);

      if (import->id == id)
        return g_strdup (import->file_name);
    }
  return NULL;
}

static void
add_moment (RufPaper              *paper,
            const RufDossierParts *parts,
            const char            *name,
            gint64                 moment)
{
  g_autofree char *words = ruf_words_exact_moment (moment, parts->zone);

  ruf_paper_add_field (paper, name, words);
}

static void
add_tags (RufPaper         *paper,
          const RufDossier *dossier)
{
  g_autoptr (GString) tags = g_string_new (NULL);

  for (guint i = 0; i < dossier->tags->len; i++)
    g_string_append_printf (tags, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (dossier->tags, i));
  ruf_paper_add_field (paper, _("Tags"), tags->str);
}

static void
add_own_fields (RufPaper         *paper,
                const RufDossier *dossier)
{
  for (guint i = 0; i < dossier->fields->len; i++)
    {
      const RufDossierField *field = g_ptr_array_index (dossier->fields, i);

      ruf_paper_add_field (paper, field->name, field->value);
    }
}

static void
add_person (RufPaper              *paper,
            const RufDossierParts *parts)
{
  const RufDossier *dossier = parts->dossier;
  g_autofree char *file = name_import (dossier, dossier->import_id);

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Person"));
  ruf_paper_add_field (paper, _("Display name"), dossier->name);
  ruf_paper_add_field (paper, _("Name prefix"), dossier->prefix);
  ruf_paper_add_field (paper, _("First name"), dossier->first_name);
  ruf_paper_add_field (paper, _("Middle name"), dossier->middle_name);
  ruf_paper_add_field (paper, _("Last name"), dossier->last_name);
  ruf_paper_add_field (paper, _("Name suffix"), dossier->suffix);
  ruf_paper_add_field (paper, _("Nickname"), dossier->nickname);
  ruf_paper_add_field (paper, _("Company"), dossier->organisation);
  ruf_paper_add_field (paper, _("City"), dossier->city);
  ruf_paper_add_field (paper, _("Language"), dossier->language);
  ruf_paper_add_field (paper, _("Birthday"), dossier->birthday);
  add_tags (paper, dossier);
  add_own_fields (paper, dossier);
  ruf_paper_add_field (paper, _("Notes"), dossier->notes);
  add_moment (paper, parts, _("Stored since"), dossier->created_at);
  add_moment (paper, parts, _("Last changed"), dossier->changed_at);
  ruf_paper_add_field (paper, _("Came with"), file);
}

static void
add_addresses (RufPaper         *paper,
               const RufDossier *dossier)
{
  const RufPaperColumn columns[] = {
    { _("Address"), 0.34, RUF_PAPER_STRONG },
    { _("Kind"), 0.18, RUF_PAPER_BODY },
    { _("As entered"), 0.28, RUF_PAPER_BODY },
    { _("Came with"), 0.20, RUF_PAPER_BODY },
  };

  if (dossier->addresses->len == 0)
    return;

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Addresses"));
  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < dossier->addresses->len; i++)
    {
      const RufDossierAddress *address = g_ptr_array_index (dossier->addresses, i);
      const char *kind = ruf_words_address_kind (address->kind);
      g_autofree char *labelled =
        address->label != NULL ? g_strdup_printf ("%s (%s)", kind, address->label) : g_strdup (kind);
      g_autofree char *file = name_import (dossier, address->import_id);

      ruf_paper_add_row (paper, (const char *[]) {
        address->address, labelled, address->as_entered, file,
      });
    }
  ruf_paper_end_table (paper);
}

static void
add_suppression (RufPaper         *paper,
                 const RufDossier *dossier)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < dossier->consents->len; i++)
    {
      const RufDossierConsent *consent = g_ptr_array_index (dossier->consents, i);
      g_autofree char *stream = ruf_words_stream (consent->channel, consent->purpose);

      if (consent->status == RUF_CONSENT_STATUS_SUPPRESSED)
        g_string_append_printf (lines, "%s%s · %s", lines->len > 0 ? "\n" : "", stream,
                                consent->address);
    }

  ruf_paper_add_field (paper, _("Never write"), lines->len > 0 ? lines->str : _("no entry"));
}

static void
add_consents (RufPaper              *paper,
              const RufDossierParts *parts)
{
  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("What holds today"));
  ruf_dossier_parts_add_status (parts, paper);
  add_suppression (paper, parts->dossier);
  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Consent log"));
  ruf_dossier_parts_add_log (parts, paper);
  ruf_paper_add_space (paper, 6);
  ruf_dossier_parts_add_chain (parts, paper);
}

static void
append_receipt (GString                 *lines,
                const RufDossierReceipt *receipt,
                GTimeZone               *zone)
{
  g_autofree char *moment = ruf_words_full_moment (receipt->at, zone);
  RufMessageStatus status;
  const char *word = ruf_message_status_from_string (receipt->status, &status)
                       ? ruf_words_status (status) : receipt->status;

  g_string_append_printf (lines, "\n%s: %s", word, moment);
  if (receipt->error_code != NULL)
    g_string_append_printf (lines, " (%s)", receipt->error_code);
}

/* Where it stands, why, and every receipt behind that. */
static char *
tell_fate (const RufDossierMessage *message,
           GTimeZone               *zone)
{
  GString *lines = g_string_new (ruf_words_status (message->status));

  if (message->status == RUF_MESSAGE_EXCLUDED)
    g_string_append_printf (lines, ": %s", ruf_document_words_exclude (message->reason));
  if (message->error_code != NULL)
    g_string_append_printf (lines, " (%s)", message->error_code);
  for (guint i = 0; i < message->receipts->len; i++)
    append_receipt (lines, g_ptr_array_index (message->receipts, i), zone);
  return g_string_free (lines, FALSE);
}

static char *
tell_message (const RufDossierMessage *message)
{
  g_autofree char *stream = ruf_words_stream (message->channel, message->purpose);
  const char *text = message->text;

  if (text == NULL && message->body == NULL)
    text = _("(sent elsewhere; its text is not kept here)");

  return g_strdup_printf ("%s · %s%s%s", message->title, stream, text != NULL ? "\n" : "",
                          text != NULL ? text : "");
}

static void
add_messages (RufPaper              *paper,
              const RufDossierParts *parts)
{
  const RufPaperColumn columns[] = {
    { _("When"), 0.24, RUF_PAPER_BODY },
    { _("Message"), 0.43, RUF_PAPER_BODY },
    { _("What became of it"), 0.33, RUF_PAPER_BODY },
  };
  GPtrArray *messages = parts->dossier->messages;

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Messages"));
  if (messages->len == 0)
    {
      ruf_paper_add_text (paper, RUF_PAPER_BODY, _("None."));
      return;
    }

  ruf_paper_add_text (paper, RUF_PAPER_SMALL, _("Names stand in the texts as they are today."));
  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < messages->len; i++)
    {
      const RufDossierMessage *message = g_ptr_array_index (messages, i);
      g_autofree char *when = ruf_words_full_moment (message->at, parts->zone);
      g_autofree char *what = tell_message (message);
      g_autofree char *fate = tell_fate (message, parts->zone);

      ruf_paper_add_row (paper, (const char *[]) { when, what, fate });
    }
  ruf_paper_end_table (paper);
}

static const char *
tell_kind (RufReplyKind kind)
{
  switch (kind)
    {
    case RUF_REPLY_STOP:
      return _("taken as a withdrawal");
    case RUF_REPLY_START:
      return _("taken as a consent");
    case RUF_REPLY_REVIEW:
      return _("shown to a person");
    case RUF_REPLY_OTHER:
    default:
      return _("kept");
    }
}

static void
add_replies (RufPaper              *paper,
             const RufDossierParts *parts)
{
  const RufPaperColumn columns[] = {
    { _("When"), 0.24, RUF_PAPER_BODY },
    { _("What the person wrote"), 0.42, RUF_PAPER_BODY },
    { _("Channel"), 0.13, RUF_PAPER_BODY },
    { _("What became of it"), 0.21, RUF_PAPER_BODY },
  };
  GPtrArray *replies = parts->dossier->replies;

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Replies"));
  if (replies->len == 0)
    {
      ruf_paper_add_text (paper, RUF_PAPER_BODY, _("None."));
      return;
    }

  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < replies->len; i++)
    {
      const RufDossierReply *reply = g_ptr_array_index (replies, i);
      g_autofree char *when = ruf_words_full_moment (reply->at, parts->zone);

      ruf_paper_add_row (paper, (const char *[]) {
        when, reply->text, ruf_words_channel (reply->channel), tell_kind (reply->kind),
      });
    }
  ruf_paper_end_table (paper);
}

static void
add_imports (RufPaper              *paper,
             const RufDossierParts *parts)
{
  const RufPaperColumn columns[] = {
    { _("File"), 0.34, RUF_PAPER_STRONG },
    { _("Where from"), 0.30, RUF_PAPER_BODY },
    { _("When"), 0.36, RUF_PAPER_BODY },
  };
  GPtrArray *imports = parts->dossier->imports;

  if (imports->len == 0)
    return;

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Lists that the data came with"));
  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < imports->len; i++)
    {
      const RufDossierImport *import = g_ptr_array_index (imports, i);
      g_autofree char *when = ruf_words_full_moment (import->started_at, parts->zone);

      ruf_paper_add_row (paper, (const char *[]) { import->file_name, import->origin, when });
    }
  ruf_paper_end_table (paper);
}

/* What stood in a field earlier is stored too, for undo. */
static void
add_changes (RufPaper              *paper,
             const RufDossierParts *parts)
{
  const RufPaperColumn columns[] = {
    { _("Changed"), 0.24, RUF_PAPER_STRONG },
    { _("Before"), 0.28, RUF_PAPER_BODY },
    { _("After"), 0.28, RUF_PAPER_BODY },
    { _("When"), 0.20, RUF_PAPER_BODY },
  };
  GPtrArray *changes = parts->dossier->changes;

  if (changes->len == 0)
    return;

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Earlier entries"));
  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < changes->len; i++)
    {
      const RufDossierChange *change = g_ptr_array_index (changes, i);
      g_autofree char *when = ruf_words_full_moment (change->at, parts->zone);

      ruf_paper_add_row (paper, (const char *[]) {
        change->name, change->before, change->after, when,
      });
    }
  ruf_paper_end_table (paper);
}

static void
add_requests (RufPaper              *paper,
              const RufDossierParts *parts)
{
  const RufPaperColumn columns[] = {
    { _("Request"), 0.25, RUF_PAPER_STRONG },
    { _("Received"), 0.25, RUF_PAPER_BODY },
    { _("To be answered by"), 0.25, RUF_PAPER_BODY },
    { _("Answered"), 0.25, RUF_PAPER_BODY },
  };
  GPtrArray *requests = parts->dossier->requests;

  if (requests->len == 0)
    return;

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Requests"));
  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < requests->len; i++)
    {
      const RufDossierRequest *request = g_ptr_array_index (requests, i);
      g_autofree char *received = ruf_words_full_moment (request->received_at, parts->zone);
      g_autofree char *due = ruf_words_full_moment (request->due_at, parts->zone);
      g_autofree char *done = request->done_at != 0
                                ? ruf_words_full_moment (request->done_at, parts->zone) : NULL;

      ruf_paper_add_row (paper, (const char *[]) { request->kind, received, due, done });
    }
  ruf_paper_end_table (paper);
}

static void
fill (RufPaper      *paper,
      gconstpointer  data)
{
  const RufDossierParts *parts = data;

  ruf_paper_add_text (paper, RUF_PAPER_TITLE, _("Information on stored data"));
  ruf_paper_add_field (paper, _("Person"), parts->dossier->name);
  ruf_dossier_parts_add_controller (parts, paper);
  ruf_paper_add_space (paper, 4);
  ruf_paper_add_text (paper, RUF_PAPER_SMALL,
                      _("This is everything that is stored on this person in Rundruf (Art. 15 "
                        "GDPR). Beside this page lie the same data for programs (JSON) and for "
                        "spreadsheets (CSV). It is no legal advice."));
  add_person (paper, parts);
  add_addresses (paper, parts->dossier);
  add_consents (paper, parts);
  add_messages (paper, parts);
  add_replies (paper, parts);
  add_changes (paper, parts);
  add_requests (paper, parts);
  add_imports (paper, parts);
}

/**
 * ruf_access_page_print:
 * @dossier: a person
 * @zone: the zone of the times shown
 * @error: return location; IO where it could not be drawn
 *
 * Prints everything that @dossier holds, for a person who asks what is stored (Art. 15 GDPR).
 *
 * Returns: (transfer full) (nullable): a PDF file, A4
 */
GBytes *
ruf_access_page_print (const RufDossier  *dossier,
                       GTimeZone         *zone,
                       GError           **error)
{
  const RufDossierParts parts = { dossier, zone };
  g_autofree char *title = NULL;

  g_return_val_if_fail (dossier != NULL && zone != NULL, NULL);

  /* Translators: the title of a page: "Information on stored data: Anna Müller" */
  title = g_strdup_printf (_("Information on stored data: %s"), dossier->name);
  return ruf_paper_print (RUF_PAPER_A4, title, dossier->made_at, zone, fill, &parts, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The consent log of one person on paper: stream by stream, every entry with its evidence.
 * Entries are numbered through the whole page in the order in which they were recorded. */

#include "config.h"

#include "ruf-dossier-parts.h"

#include <glib/gi18n-lib.h>

#include "ruf-document-words.h"
#include "ruf-words.h"

#define SHORT_HASH 4   /* bytes shown beside an entry; all 32 stand at the end */

typedef struct
{
  const RufDossierParts *parts;
  const char            *head;    /* of the stream that begins here, or NULL */
  guint                  index;   /* in the dossier's events */
} Entry;

static const RufDossierEvent *
get_event (const RufDossier *dossier,
           guint             i)
{
  return g_ptr_array_index (dossier->events, i);
}

static char *
print_hash (const guint8 *hash,
            guint         bytes)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < bytes; i++)
    g_string_append_printf (hex, "%02x", hash[i]);
  if (bytes < 32)
    g_string_append (hex, "…");
  return g_string_free (hex, FALSE);
}

static char *
describe_address (const RufDossierAddress *address)
{
  const char *kind = ruf_words_address_kind (address->kind);

  if (address->as_entered == NULL || g_str_equal (address->as_entered, address->address))
    /* Translators: an address and its kind: "+491713920000 (Phone)" */
    return g_strdup_printf (_("%s (%s)"), address->address, kind);

  /* Translators: an address, its kind, and how it was written in the list it came from */
  return g_strdup_printf (_("%s (%s, entered as “%s”)"), address->address, kind,
                          address->as_entered);
}

/**
 * ruf_dossier_parts_add_addresses:
 * @self: the parts
 * @paper: pages
 *
 * Adds the addresses that are known of the person.
 */
void
ruf_dossier_parts_add_addresses (const RufDossierParts *self,
                                 RufPaper              *paper)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < self->dossier->addresses->len; i++)
    {
      g_autofree char *line = describe_address (g_ptr_array_index (self->dossier->addresses, i));

      g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", line);
    }
  ruf_paper_add_field (paper, _("Addresses"), lines->str);
}

/**
 * ruf_dossier_parts_add_controller:
 * @self: the parts
 * @paper: pages
 *
 * Adds who is responsible for the data, and as of when the page speaks.
 */
void
ruf_dossier_parts_add_controller (const RufDossierParts *self,
                                  RufPaper              *paper)
{
  g_autofree char *moment = ruf_words_exact_moment (self->dossier->made_at, self->zone);
  const char *controller = self->dossier->controller;

  ruf_paper_add_field (paper, _("Sender"), controller != NULL ? controller : _("not stated"));
  ruf_paper_add_field (paper, _("As of"), moment);
}

/**
 * ruf_dossier_parts_add_status:
 * @self: the parts
 * @paper: pages
 *
 * Adds what holds today for each address, channel and purpose.
 */
void
ruf_dossier_parts_add_status (const RufDossierParts *self,
                              RufPaper              *paper)
{
  const RufPaperColumn columns[] = {
    { _("What for"), 0.315, RUF_PAPER_BODY },
    { _("Address"), 0.28, RUF_PAPER_BODY },
    { _("Today"), 0.135, RUF_PAPER_BODY },
    { _("Evidence"), 0.10, RUF_PAPER_BODY },
    { _("Since"), 0.17, RUF_PAPER_BODY },
  };
  GPtrArray *consents = self->dossier->consents;

  if (consents->len == 0)
    return;

  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < consents->len; i++)
    {
      const RufDossierConsent *consent = g_ptr_array_index (consents, i);
      g_autofree char *stream = ruf_words_stream (consent->channel, consent->purpose);
      g_autofree char *since =
        consent->since != 0 ? ruf_words_day (consent->since, self->zone) : g_strdup ("–");

      ruf_paper_add_row (paper, (const char *[]) {
        stream, consent->address, ruf_words_consent_status (consent->status),
        consent->status == RUF_CONSENT_STATUS_ACTIVE
          ? ruf_evidence_level_to_string (consent->level) : "–", since,
      });
    }
  ruf_paper_end_table (paper);
}

static gboolean
is_about_evidence (const RufConsentEvent *event)
{
  return event->type == RUF_CONSENT_IMPORTED_UNPROVEN || event->type == RUF_CONSENT_GRANTED ||
         event->type == RUF_CONSENT_CONFIRMED || event->type == RUF_CONSENT_REINSTATED;
}

/* The entry at which a wording stands in full: the first one that was shown it. */
static guint
find_wording (const RufDossier *dossier,
              const char       *sha256)
{
  guint i = 0;

  while (g_strcmp0 (get_event (dossier, i)->event->wording_sha256, sha256) != 0)
    i++;
  return i;
}

static void
add_wording (const Entry           *entry,
             RufPaper              *paper,
             const RufConsentEvent *event)
{
  guint first = find_wording (entry->parts->dossier, event->wording_sha256);
  g_autofree char *same = NULL;

  if (first == entry->index)
    {
      ruf_paper_add_text (paper, RUF_PAPER_LABEL, _("Wording shown, in full"));
      ruf_paper_add_quote (paper, event->wording);
      return;
    }

  same = g_strdup_printf (_("the same, word for word, as at entry %u"), first + 1);
  ruf_paper_add_field (paper, _("Wording shown"), same);
}

/* The checksum of a scan or a file, also as early entries have it. */
static void
add_evidence (RufPaper              *paper,
              const RufConsentEvent *event)
{
  const char *sha256 = event->evidence_sha256;

  if (sha256 == NULL && event->type == RUF_CONSENT_EVIDENCE_ADDED)
    sha256 = event->text;
  ruf_paper_add_field (paper, _("Checksum of the file"), sha256);
}

static void
add_words (RufPaper              *paper,
           const RufConsentEvent *event)
{
  if (event->text == NULL || *event->text == '\0' || event->type == RUF_CONSENT_EVIDENCE_ADDED)
    return;

  ruf_paper_add_text (paper, RUF_PAPER_LABEL, _("The person’s own words"));
  ruf_paper_add_quote (paper, event->text);
}

static void
add_identity (RufPaper              *paper,
              const RufDossierEvent *entry)
{
  g_autofree char *hash = print_hash (entry->hash, SHORT_HASH);
  g_autofree char *before = print_hash (entry->prev_hash, SHORT_HASH);
  /* Translators: an entry's id, its checksum and that of the entry before it */
  g_autofree char *line = g_strdup_printf (_("%s, hash %s, after %s"), entry->event->event_id,
                                           hash, before);

  ruf_paper_add_field (paper, _("In the log"), line);
}

/* An entry that no longer counts says so, and why. */
static void
add_end (const Entry           *entry,
         RufPaper              *paper,
         const RufConsentEvent *event)
{
  const RufDossier *dossier = entry->parts->dossier;

  if (event->sealed != NULL)
    ruf_paper_add_field (paper, _("Removed"),
                         _("the words of this entry, when the time to keep them was over"));

  for (guint i = 0; event->retracted_by != 0 && i < dossier->events->len; i++)
    if (get_event (dossier, i)->event->seq == event->retracted_by)
      {
        g_autofree char *where = g_strdup_printf (_("with its list, see entry %u"), i + 1);

        ruf_paper_add_field (paper, _("Taken back"), where);
      }
}

/* What a list claimed proves nothing once the list was taken back. */
static RufEvidenceLevel
get_level (const Entry           *entry,
           const RufConsentEvent *event)
{
  return event->retracted_by != 0
           ? RUF_EVIDENCE_E0
           : ruf_consent_event_get_level (event, entry->parts->dossier->made_at);
}

static void
add_entry (RufPaper      *paper,
           gconstpointer  data)
{
  const Entry *entry = data;
  const RufDossierParts *parts = entry->parts;
  const RufDossierEvent *record = get_event (parts->dossier, entry->index);
  const RufConsentEvent *event = record->event;
  g_autofree char *when = ruf_document_words_when (event, parts->zone);
  g_autofree char *how = ruf_document_words_how (event);
  g_autofree char *recorded = ruf_words_exact_moment (event->recorded_at, parts->zone);
  g_autofree char *deed =
    g_strdup_printf ("%u  %s", entry->index + 1, ruf_words_deed (event->type));

  if (entry->head != NULL)
    ruf_paper_add_text (paper, RUF_PAPER_SUBHEADING, entry->head);
  ruf_paper_add_space (paper, 4);
  ruf_paper_add_text (paper, RUF_PAPER_STRONG, deed);
  ruf_paper_add_field (paper, _("When"), when);
  ruf_paper_add_field (paper, _("How"), how);
  if (event->wording != NULL)
    add_wording (entry, paper, event);
  add_words (paper, event);
  add_evidence (paper, event);
  if (is_about_evidence (event) && event->sealed == NULL)
    ruf_paper_add_field (paper, _("Evidence"),
                         ruf_document_words_level (get_level (entry, event)));
  add_end (entry, paper, event);
  ruf_paper_add_field (paper, _("Recorded"), recorded);
  add_identity (paper, record);
}

static gboolean
is_same_stream (const RufConsentEvent *a,
                const RufConsentEvent *b)
{
  return a->point_id == b->point_id && a->channel == b->channel &&
         g_str_equal (a->purpose, b->purpose);
}

static gboolean
begins_stream (const RufDossier *dossier,
               guint             index)
{
  for (guint i = 0; i < index; i++)
    if (is_same_stream (get_event (dossier, i)->event, get_event (dossier, index)->event))
      return FALSE;
  return TRUE;
}

static void
add_stream (const RufDossierParts *self,
            RufPaper              *paper,
            guint                  first)
{
  const RufConsentEvent *event = get_event (self->dossier, first)->event;
  g_autofree char *stream = ruf_words_stream (event->channel, event->purpose);
  g_autofree char *head = g_strdup_printf ("%s · %s", stream, event->address);

  for (guint i = first; i < self->dossier->events->len; i++)
    {
      Entry entry = { self, i == first ? head : NULL, i };

      if (is_same_stream (event, get_event (self->dossier, i)->event))
        ruf_paper_keep_together (paper, add_entry, &entry);
    }
}

/**
 * ruf_dossier_parts_add_log:
 * @self: the parts
 * @paper: pages
 *
 * Adds every entry of the log that is about the person, each wording and each message of
 * theirs in full.
 */
void
ruf_dossier_parts_add_log (const RufDossierParts *self,
                           RufPaper              *paper)
{
  if (self->dossier->events->len == 0)
    ruf_paper_add_text (paper, RUF_PAPER_BODY,
                        _("Nothing is recorded. There is no consent, so nothing may be sent."));

  for (guint i = 0; i < self->dossier->events->len; i++)
    if (begins_stream (self->dossier, i))
      add_stream (self, paper, i);
}

/**
 * ruf_dossier_parts_add_chain:
 * @self: the parts
 * @paper: pages
 *
 * Adds whether the log still is what was written into it.
 */
void
ruf_dossier_parts_add_chain (const RufDossierParts *self,
                             RufPaper              *paper)
{
  const RufDossier *dossier = self->dossier;
  g_autofree char *sound = NULL;

  if (dossier->chain_problem != NULL)
    {
      ruf_paper_add_text (paper, RUF_PAPER_STRONG,
                          _("The check of the log failed. It is not what was written into it:"));
      ruf_paper_add_quote (paper, dossier->chain_problem);
      return;
    }

  sound = g_strdup_printf (ngettext ("The log was checked as this page was made. It has %lld "
                                     "entry, and it is unchanged.",
                                     "The log was checked as this page was made. It has %lld "
                                     "entries of all people, and all are unchanged.",
                                     (gulong) dossier->n_checked),
                           (long long) dossier->n_checked);
  ruf_paper_add_text (paper, RUF_PAPER_BODY, sound);
  ruf_paper_add_text (paper, RUF_PAPER_SMALL,
                      _("Each entry carries a checksum (SHA-256) of itself and of the entry before "
                        "it. Whoever changes, removes or inserts an entry later breaks this "
                        "chain."));
}

/**
 * ruf_dossier_parts_add_hashes:
 * @self: the parts
 * @paper: pages
 *
 * Adds the checksums of the person's entries in full.
 */
void
ruf_dossier_parts_add_hashes (const RufDossierParts *self,
                              RufPaper              *paper)
{
  const RufPaperColumn columns[] = {
    { _("Entry"), 0.08, RUF_PAPER_BODY },
    { _("Id"), 0.34, RUF_PAPER_CODE },
    { _("Hash, and below it that of the entry before"), 0.58, RUF_PAPER_CODE },
  };

  if (self->dossier->events->len == 0)
    return;

  ruf_paper_add_text (paper, RUF_PAPER_HEADING, _("Checksums in full"));
  ruf_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < self->dossier->events->len; i++)
    {
      const RufDossierEvent *event = get_event (self->dossier, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *hash = print_hash (event->hash, 32);
      g_autofree char *before = print_hash (event->prev_hash, 32);
      g_autofree char *both = g_strdup_printf ("%s\n%s", hash, before);

      ruf_paper_add_row (paper, (const char *[]) { number, event->event->event_id, both });
    }
  ruf_paper_end_table (paper);
}

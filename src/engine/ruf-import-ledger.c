/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The writing half of an import. */

#include "config.h"

#include "ruf-import-ledger.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-table.h"
#include "ruf-csv-writer.h"
#include "ruf-people-table.h"

#define MAX_KEPT 10000

/* What has happened to a person in this file so far, and what its consents came to. */
enum
{
  NOT_MET,
  MET_UNCHANGED,
  MET_UPDATED,
  MET_NEW,
  MET_MASK = 3,
  IS_WRITABLE = 4,
  HAS_STOPPED = 8,
};

struct _RufImportLedger
{
  RufImportRecord *record;         /* borrowed */
  gint64           now;
  GByteArray      *met;            /* by person id: a byte each, so a million people are 1 MB */
  GHashTable      *claims;         /* set of 64-bit hashes: consents that this file has brought */
  GPtrArray       *rejects;
  GPtrArray       *proposals;
  RufImportProof   proof;
  GArray          *unproven;       /* RufUnproven */
  RufEvidenceLevel floors[RUF_N_CHANNELS];
  RufCsvWriter    *rejects_file;   /* or NULL */
  char            *wording;        /* the last one, with its hash: most rows have the same */
  char            *wording_sha256;
};

static gboolean
write_reject_headers (RufImportLedger  *self,
                      GError          **error)
{
  const char *headers[] = { _("Row"), _("Column"), _("Reason"), _("Value"), NULL };

  return ruf_csv_writer_row (self->rejects_file, headers, error);
}

/**
 * ruf_import_ledger_new:
 * @record: where the counts go; outlives the ledger
 * @now: UTC time in microseconds
 * @rejects_path: (nullable): where to list all that was not taken
 *
 * Errors: %RUF_ERROR_IO, %RUF_ERROR_FULL about @rejects_path.
 *
 * Returns: (transfer full): an empty ledger, or %NULL
 */
RufImportLedger *
ruf_import_ledger_new (RufImportRecord  *record,
                       gint64            now,
                       const char       *rejects_path,
                       GError          **error)
{
  g_autoptr (RufImportLedger) self = g_new0 (RufImportLedger, 1);

  self->record = record;
  self->now = now;
  self->met = g_byte_array_new ();
  self->claims = g_hash_table_new (NULL, NULL);
  self->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_reject_free);
  self->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_proposal_free);
  self->unproven = g_array_new (FALSE, FALSE, sizeof (RufUnproven));
  if (rejects_path == NULL)
    return g_steal_pointer (&self);
  self->rejects_file = ruf_csv_writer_open (rejects_path, RUF_CSV_HUMAN, error);
  if (self->rejects_file == NULL || !write_reject_headers (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ruf_import_ledger_free:
 * @self: (nullable): a ledger
 */
void
ruf_import_ledger_free (RufImportLedger *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->met);
  g_hash_table_unref (self->claims);
  g_ptr_array_unref (self->rejects);
  g_ptr_array_unref (self->proposals);
  g_array_unref (self->unproven);
  g_clear_pointer (&self->rejects_file, ruf_csv_writer_free);
  g_free (self->wording);
  g_free (self->wording_sha256);
  g_free (self);
}

/**
 * ruf_import_ledger_begin:
 * @self: a ledger
 * @db: the writer, in a transaction
 *
 * Records that an import begins; gives the record its id.
 *
 * Errors: those of the store.
 *
 * Returns: whether that worked
 */
gboolean
ruf_import_ledger_begin (RufImportLedger  *self,
                         RufDb            *db,
                         GError          **error)
{
  for (RufChannel channel = 0; channel < RUF_N_CHANNELS; channel++)
    if (!ruf_consent_table_get_floor (db, channel, &self->floors[channel], error))
      return FALSE;
  return ruf_import_table_begin (db, self->record, &self->record->id, error);
}

static gboolean
write_rejects (RufImportLedger  *self,
               GPtrArray        *rejects,
               GError          **error)
{
  for (guint i = 0; self->rejects_file != NULL && i < rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (rejects, i);
      g_autofree char *row = g_strdup_printf ("%u", reject->row);
      const char *cells[] = {
        row, reject->column != NULL ? reject->column : "",
        ruf_reject_reason_to_string (reject->reason), reject->value != NULL ? reject->value : "",
        NULL
      };

      if (!ruf_csv_writer_row (self->rejects_file, cells, error))
        return FALSE;
    }
  return TRUE;
}

static void
move_kept (GPtrArray *from,
           GPtrArray *to)
{
  while (from->len > 0 && to->len < MAX_KEPT)
    g_ptr_array_add (to, g_ptr_array_steal_index (from, 0));
}

static gboolean
note_rejects (RufImportLedger  *self,
              RufImportRow     *row,
              GError          **error)
{
  if (!write_rejects (self, row->rejects, error))
    return FALSE;
  move_kept (row->rejects, self->rejects);
  move_kept (row->proposals, self->proposals);
  return TRUE;
}

static void
remember_wording (RufImportLedger *self,
                  const char      *wording)
{
  if (wording == NULL || g_strcmp0 (self->wording, wording) == 0)
    return;
  g_free (self->wording);
  g_free (self->wording_sha256);
  self->wording = g_strdup (wording);
  self->wording_sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, wording, -1);
}

/* FNV-1a over 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv). */
static guint64
add_to_hash (guint64     hash,
             const void *data,
             gsize       size)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < size; i++)
    hash = (hash ^ bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

/* Whether this file claims that consent for the first time: told apart by everything that
 * makes an event another one. */
static gboolean
is_new_claim (RufImportLedger *self,
              RufImportRow    *row,
              gint64           point_id,
              const char      *purpose)
{
  const char *source = row->record->consent_source;
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  hash = add_to_hash (hash, &point_id, sizeof point_id);
  hash = add_to_hash (hash, &row->channel, sizeof row->channel);
  hash = add_to_hash (hash, &row->occurred_at, sizeof row->occurred_at);
  hash = add_to_hash (hash, purpose, strlen (purpose) + 1);
  hash = add_to_hash (hash, source != NULL ? source : "", source != NULL ? strlen (source) : 0);
  if (row->wording != NULL)
    hash = add_to_hash (hash, self->wording_sha256, strlen (self->wording_sha256));
  return g_hash_table_add (self->claims, GSIZE_TO_POINTER (hash));
}

/* A byte about a person, made where it is not there yet. */
static guint8 *
get_met (RufImportLedger *self,
         gint64           person_id)
{
  while (self->met->len <= (guint) person_id)
    {
      static const guint8 nobody[4096];

      g_byte_array_append (self->met, nobody, sizeof nobody);
    }
  return &self->met->data[person_id];
}

/* Counts a person once for @flag. */
static void
flag_person (RufImportLedger *self,
             gint64           person_id,
             guint8           flag,
             gint64          *count)
{
  guint8 *met = get_met (self, person_id);

  *count += (*met & flag) == 0;
  *met |= flag;
}

/* What a consent is worth, now that it stands beside all that was known.
 * Returns: what it lacks */
static RufConsentLacks
weigh_consent (RufImportLedger       *self,
               const RufImportRow    *row,
               gint64                 person_id,
               const RufConsentState *state)
{
  RufConsentStatus status = ruf_consent_state_get_status (state);

  if (row->lacks != 0)
    return row->lacks;
  if (status == RUF_CONSENT_STATUS_WITHDRAWN || status == RUF_CONSENT_STATUS_SUPPRESSED)
    {
      flag_person (self, person_id, HAS_STOPPED, &self->proof.n_stopped);
      return 0;
    }
  if (status != RUF_CONSENT_STATUS_ACTIVE ||
      ruf_consent_state_get_level (state) < self->floors[row->channel])
    return RUF_CONSENT_LACKS_LEVEL;

  self->proof.n_usable++;
  flag_person (self, person_id, IS_WRITABLE, &self->proof.n_writable);
  return 0;
}

static void
note_unproven (RufImportLedger *self,
               guint            row,
               RufConsentLacks  lacks)
{
  RufUnproven unproven = { row, lacks };

  if (lacks != 0 && self->unproven->len < MAX_KEPT)
    g_array_append_val (self->unproven, unproven);
}

static gboolean
append_consents (RufImportLedger  *self,
                 RufDb            *db,
                 RufImportRow     *row,
                 gint64            person_id,
                 const gint64     *point_ids,
                 gboolean         *brings_news,
                 GError          **error)
{
  const RufImportPoint *point = &g_array_index (row->points, RufImportPoint, row->claim_point);
  RufConsentEvent event = {
    .type = row->lacks == 0 ? RUF_CONSENT_GRANTED : RUF_CONSENT_IMPORTED_UNPROVEN,
    .point_id = point_ids[row->claim_point], .address = point->address, .channel = row->channel,
    .method = RUF_CONSENT_METHOD_IMPORT, .source = row->record->consent_source,
    .wording = row->wording, .occurred_at = row->occurred_at,
    .occurred_text = row->occurred_text, .recorded_at = self->now,
    .import_id = self->record->id,
  };
  RufConsentLacks lacks = 0;

  remember_wording (self, row->wording);
  event.wording_sha256 = row->wording != NULL ? self->wording_sha256 : NULL;
  for (guint i = 0; row->purposes[i] != NULL; i++)
    {
      RufConsentState state;
      RufConsentLacks lacks_now;
      gint64 seq = 0;

      if (!is_new_claim (self, row, event.point_id, row->purposes[i]))
        continue;
      *brings_news = TRUE;
      event.purpose = row->purposes[i];
      if (!ruf_consent_table_append_to (db, &event, &seq, NULL, &state, error))
        return FALSE;
      self->record->n_consents += seq != 0;
      lacks_now = weigh_consent (self, row, person_id, &state);
      self->proof.n_unproven += lacks_now != 0;
      lacks |= lacks_now;
    }
  note_unproven (self, row->record->row, lacks);
  return TRUE;
}

/* Each person counts once, by the most that happened to them.
 * Returns: whether this file has brought them before */
static gboolean
count_person (RufImportLedger *self,
              gint64           person_id,
              RufUpsert        result)
{
  guint8 now_met = result == RUF_UPSERT_NEW ? MET_NEW
                   : result == RUF_UPSERT_UPDATED ? MET_UPDATED : MET_UNCHANGED;
  guint8 *met = get_met (self, person_id);
  guint8 before = *met & MET_MASK;

  if (before == MET_UNCHANGED && now_met == MET_UPDATED)
    {
      self->record->n_unchanged--;
      self->record->n_updated++;
      *met = (*met & ~MET_MASK) | MET_UPDATED;
    }
  if (before != NOT_MET)
    return TRUE;
  *met |= now_met;
  self->record->people++;
  self->record->n_new += now_met == MET_NEW;
  self->record->n_updated += now_met == MET_UPDATED;
  self->record->n_unchanged += now_met == MET_UNCHANGED;
  return FALSE;
}

/* A claim that there is nothing to record of: of no channel, purpose or address. */
static void
note_homeless (RufImportLedger *self,
               RufImportRow    *row)
{
  self->proof.n_unproven += row->lacks != 0;
  note_unproven (self, row->record->row, row->lacks);
}

static gboolean
write_person (RufImportLedger  *self,
              RufDb            *db,
              RufImportRow     *row,
              GError          **error)
{
  g_autofree gint64 *point_ids = g_new0 (gint64, row->points->len);
  RufUpsert result = RUF_UPSERT_UNCHANGED;
  gint64 person_id = 0;
  gboolean brings_news = FALSE;

  if (!ruf_people_table_upsert_entry (db, row->entry, self->record->id, self->now, &result,
                                      &person_id, point_ids, error))
    return FALSE;
  if (row->purposes == NULL)
    note_homeless (self, row);
  else if (!append_consents (self, db, row, person_id, point_ids, &brings_news, error))
    return FALSE;
  if (count_person (self, person_id, result) && !brings_news)
    {
      self->record->n_duplicates++;
      g_ptr_array_add (row->rejects, ruf_reject_new (row->record->row, NULL, RUF_REJECT_DUPLICATE,
                                                     row->record->name));
    }
  return TRUE;
}

/**
 * ruf_import_ledger_write:
 * @self: a ledger
 * @db: the writer, in a transaction
 * @row: a judged row
 *
 * Stores the person and what they agreed to. Nothing that is there is overwritten. A row about
 * somebody this file has brought before, without a consent of its own, is a duplicate.
 *
 * Errors: those of the store and of the list of rejects.
 *
 * Returns: whether that worked
 */
gboolean
ruf_import_ledger_write (RufImportLedger  *self,
                         RufDb            *db,
                         RufImportRow     *row,
                         GError          **error)
{
  self->record->rows++;
  if (!row->taken)
    self->record->n_rejected++;
  else if (!write_person (self, db, row, error))
    return FALSE;
  return note_rejects (self, row, error);
}

/**
 * ruf_import_ledger_finish:
 * @self: a ledger
 * @db: the writer, in the same transaction
 *
 * Puts the list of rejects in place and records the counts.
 *
 * Errors: those of the store and of the list of rejects.
 *
 * Returns: whether that worked
 */
gboolean
ruf_import_ledger_finish (RufImportLedger  *self,
                          RufDb            *db,
                          GError          **error)
{
  if (self->rejects_file != NULL && !ruf_csv_writer_close (self->rejects_file, NULL, error))
    return FALSE;
  self->record->finished_at = self->now;
  return ruf_import_table_finish (db, self->record, error);
}

/**
 * ruf_import_ledger_get_rejects:
 * @self: a ledger
 *
 * Returns: (transfer none) (element-type RufReject): the first 10,000
 */
GPtrArray *
ruf_import_ledger_get_rejects (RufImportLedger *self)
{
  return self->rejects;
}

/**
 * ruf_import_ledger_get_proposals:
 * @self: a ledger
 *
 * Returns: (transfer none) (element-type RufProposal): the first 10,000
 */
GPtrArray *
ruf_import_ledger_get_proposals (RufImportLedger *self)
{
  return self->proposals;
}

/**
 * ruf_import_ledger_get_unproven:
 * @self: a ledger
 *
 * Returns: (transfer none) (element-type RufUnproven): the first 10,000
 */
GArray *
ruf_import_ledger_get_unproven (RufImportLedger *self)
{
  return self->unproven;
}

/**
 * ruf_import_ledger_get_proof:
 * @self: a ledger
 *
 * Returns: (transfer none): what the consents of the file are worth
 */
const RufImportProof *
ruf_import_ledger_get_proof (RufImportLedger *self)
{
  return &self->proof;
}

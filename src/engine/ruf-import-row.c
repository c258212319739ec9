/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Judges one record, without the store, so that several threads can do it at once. */

#include "config.h"

#include "ruf-import-row.h"

#include <string.h>

#include "ruf-importer.h"
#include "ruf-moment.h"

static void
import_point_clear (gpointer data)
{
  RufImportPoint *point = data;

  g_free (point->address);
}

static void
add_remark (RufImportRow    *self,
            const char      *column,
            RufRejectReason  reason,
            const char      *value,
            RufRejectDeed    deed)
{
  RufReject *reject = ruf_reject_new (self->record->row, column, reason, value);

  reject->deed = deed;
  g_ptr_array_add (self->rejects, reject);
}

static void
add_reject (RufImportRow    *self,
            const char      *column,
            RufRejectReason  reason,
            const char      *value)
{
  add_remark (self, column, reason, value, RUF_DEED_NOT_TAKEN);
}

/* How many characters are kept of each text. A wording is kept whole, for a part of it proves
 * nothing; the reader bounds it. */
#define MAX_TEXT 200
#define MAX_NOTES 10000

static const struct
{
  gsize       offset;
  const char *field;   /* as ruf_contact_field_to_string() */
  guint       most;
} texts[] = {
  { G_STRUCT_OFFSET (RufContactRecord, name), "name", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, first_name), "first_name", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, last_name), "last_name", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, organisation), "organisation", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, city), "city", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, language), "language", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, birthday), "birthday", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, notes), "notes", MAX_NOTES },
  { G_STRUCT_OFFSET (RufContactRecord, consent_purpose), "purpose", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, consent_at), "consent_at", MAX_TEXT },
  { G_STRUCT_OFFSET (RufContactRecord, consent_source), "consent_source", MAX_TEXT },
};

/* The header that people know a field by. Cards have none, and are known by their fields. */
static const char *
find_column (const RufImportRules *rules,
             const char           *field)
{
  for (guint i = 0; rules->columns[i] != NULL; i += 2)
    if (g_str_equal (rules->columns[i + 1], field))
      return rules->columns[i];
  return rules->columns[0] == NULL ? field : NULL;
}

/* A text of a person: cut where it is no entry of an address list any more. A name that was
 * put together has no column and is not told of: its parts are. */
static void
check_text (RufImportRow          *self,
            const RufImportRules  *rules,
            const char            *field,
            guint                  most,
            char                 **text)
{
  gboolean cut = strlen (*text) > most && g_utf8_strlen (*text, -1) > most;
  const char *column;

  if (!cut && strstr (*text, "\xef\xbf\xbd") == NULL)
    return;

  column = find_column (rules, field);
  if (column != NULL)
    add_remark (self, column, cut ? RUF_REJECT_TOO_LONG : RUF_REJECT_UNREADABLE, *text,
                cut ? RUF_DEED_CUT : RUF_DEED_REPLACED);
  if (cut)
    *g_utf8_offset_to_pointer (*text, most) = '\0';
}

static void
check_texts (RufImportRow         *self,
             const RufImportRules *rules)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char **text = G_STRUCT_MEMBER_P (self->record, texts[i].offset);

      if (*text != NULL)
        check_text (self, rules, texts[i].field, texts[i].most, text);
    }
  for (guint i = 0; i < self->record->tags->len; i++)
    check_text (self, rules, "tags", MAX_TEXT,
                (char **) &g_ptr_array_index (self->record->tags, i));
}

/* The same number in two columns is one address. */
static void
add_point (RufImportRow         *self,
           RufAddressKind        kind,
           gboolean              mobile,
           char                 *address,
           const RufContactCell *cell)
{
  RufImportPoint point = { kind, mobile, address, cell };

  for (guint i = 0; i < self->points->len; i++)
    {
      RufImportPoint *other = &g_array_index (self->points, RufImportPoint, i);

      if (other->kind == kind && g_str_equal (other->address, address))
        {
          g_free (address);
          return;
        }
    }
  g_array_append_val (self->points, point);
}

static void
add_proposal (RufImportRow         *self,
              const RufContactCell *cell,
              const char           *e164)
{
  RufProposal *proposal = g_new0 (RufProposal, 1);

  proposal->row = self->record->row;
  proposal->column = g_strdup (cell->column);
  proposal->value = g_strdup (cell->text);
  proposal->proposal = g_strdup (e164);
  g_ptr_array_add (self->proposals, proposal);
}

static void
take_phone (RufImportRow         *self,
            const RufContactCell *cell,
            const char           *region)
{
  RufPhone phone;

  ruf_phone_parse (cell->text, region, &phone);
  switch (phone.outcome)
    {
    case RUF_PHONE_VALID:
      add_point (self, RUF_ADDRESS_PHONE, phone.kind == RUF_PHONE_KIND_MOBILE,
                 g_strdup (phone.e164), cell);
      break;
    case RUF_PHONE_USER_ID:
      add_point (self, RUF_ADDRESS_WHATSAPP_USER, FALSE, g_strdup (cell->text), cell);
      break;
    case RUF_PHONE_PROPOSED:
      add_proposal (self, cell, phone.e164);
      break;
    case RUF_PHONE_REJECTED:
    default:
      add_reject (self, cell->column, phone.reason, cell->text);
    }
}

static void
take_email (RufImportRow         *self,
            const RufContactCell *cell)
{
  char *address = NULL;

  if (ruf_email_parse (cell->text, &address))
    add_point (self, RUF_ADDRESS_EMAIL, FALSE, address, cell);
  else
    add_reject (self, cell->column, RUF_REJECT_EMAIL_INVALID, cell->text);
}

/* A row that becomes nobody says why: by its values where they tell, else as a whole. A
 * number that is only a proposal is not taken either until somebody says yes. */
static void
judge_row (RufImportRow *self)
{
  RufContactRecord *record = self->record;

  self->taken = self->points->len > 0;
  if (self->taken)
    return;
  for (guint i = 0; i < self->proposals->len; i++)
    {
      RufProposal *proposal = g_ptr_array_index (self->proposals, i);

      add_reject (self, proposal->column, RUF_REJECT_PHONE_AMBIGUOUS, proposal->value);
    }
  if (self->rejects->len == 0)
    add_reject (self, NULL, RUF_REJECT_NO_ADDRESS, record->name);
}

static void
fill_points (RufImportRow   *self,
             RufPersonDraft *draft)
{
  draft->n_points = self->points->len;
  draft->points = g_malloc0_n (self->points->len, sizeof *draft->points);
  for (guint i = 0; i < self->points->len; i++)
    {
      const RufImportPoint *point = &g_array_index (self->points, RufImportPoint, i);

      draft->points[i].kind = point->kind;
      draft->points[i].address = point->address;
      draft->points[i].as_entered = point->cell->text;
      draft->points[i].label = point->cell->label != NULL ? point->cell->label
                               : point->mobile ? "mobile" : NULL;
    }
}

static void
make_entry (RufImportRow *self)
{
  RufContactRecord *record = self->record;

  self->draft = (RufPersonDraft) {
    .name = record->name, .first_name = record->first_name, .last_name = record->last_name,
    .organisation = record->organisation, .city = record->city, .language = record->language,
    .birthday = record->birthday, .notes = record->notes,
    .tags = g_new0 (const char *, record->tags->len + 1),
  };
  fill_points (self, &self->draft);
  if (self->draft.name == NULL)
    self->draft.name = self->draft.points[0].address;
  for (guint i = 0; i < record->tags->len; i++)
    self->draft.tags[i] = g_ptr_array_index (record->tags, i);
  self->entry = ruf_person_entry_new (&self->draft);
}

/* "Weekly Offer" → "weekly-offer" */
static char *
dup_purpose_key (const char *word)
{
  const char *known = ruf_purpose_from_words (word);
  g_autofree char *folded = NULL;

  if (known != NULL)
    return g_strdup (known);
  folded = g_utf8_strdown (word, -1);
  return g_strdelimit (g_steal_pointer (&folded), " _\t\r\n", '-');
}

static void
read_purposes (RufImportRow *self)
{
  g_auto (GStrv) words = g_strsplit_set (self->record->consent_purpose, ",;/\n", -1);
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      {
        char *key = dup_purpose_key (words[i]);

        if (g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
          g_free (key);
        else
          g_ptr_array_add (keys, key);
      }
  g_ptr_array_add (keys, NULL);
  self->purposes = (GStrv) g_ptr_array_free (keys, FALSE);
}

static gboolean
fits_channel (const RufImportPoint *point,
              RufChannel            channel)
{
  return point->kind == ruf_channel_get_address_kind (channel)
         || (channel == RUF_CHANNEL_WHATSAPP && point->kind == RUF_ADDRESS_WHATSAPP_USER);
}

/* The address a consent is about: on its channel, a mobile number before a landline. */
static gboolean
find_claim_point (RufImportRow *self)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->points->len; i++)
    {
      const RufImportPoint *point = &g_array_index (self->points, RufImportPoint, i);

      if (!fits_channel (point, self->channel) || (found && !point->mobile))
        continue;
      self->claim_point = i;
      found = TRUE;
      if (point->mobile)
        break;
    }
  return found;
}

/* A time that is none, or not yet, is kept as it was stated and proves nothing. */
static void
read_moment (RufImportRow         *self,
             const RufImportRules *rules)
{
  const char *text = self->record->consent_at;
  RufMomentPrecision precision = RUF_MOMENT_NONE;
  gint64 moment = 0;

  if (text != NULL)
    precision = ruf_moment_parse (text, rules->zone, &moment);
  if (precision == RUF_MOMENT_NONE || moment <= 0)
    self->lacks |= RUF_CONSENT_LACKS_TIME;
  else if (moment > rules->now)
    self->lacks |= RUF_CONSENT_LACKS_PAST;
  else
    self->occurred_at = moment;
  if (precision != RUF_MOMENT_TIME || self->occurred_at == 0)
    self->occurred_text = text;
}

/* Where the consent would hold: a channel, and an address on it. */
static void
read_place (RufImportRow *self)
{
  const char *channel = self->record->consent_channel;

  if (channel == NULL || !ruf_channel_from_string (channel, &self->channel))
    self->lacks |= RUF_CONSENT_LACKS_CHANNEL;
  else if (!find_claim_point (self))
    self->lacks |= RUF_CONSENT_LACKS_ADDRESS;
}

/* A row claims consent where it says by which channel, to what or when. Without channel and
 * purpose there is nothing that a consent could be to. */
static void
read_claim (RufImportRow         *self,
            const RufImportRules *rules)
{
  RufContactRecord *record = self->record;

  if (record->consent_channel == NULL && record->consent_purpose == NULL &&
      record->consent_at == NULL)
    return;

  read_place (self);
  read_moment (self, rules);
  self->wording = record->consent_text != NULL ? record->consent_text : rules->wording;
  if (record->consent_source == NULL)
    self->lacks |= RUF_CONSENT_LACKS_SOURCE;
  if (self->wording == NULL)
    self->lacks |= RUF_CONSENT_LACKS_WORDING;
  if (record->consent_purpose == NULL)
    self->lacks |= RUF_CONSENT_LACKS_PURPOSE;
  else if (!(self->lacks & (RUF_CONSENT_LACKS_CHANNEL | RUF_CONSENT_LACKS_ADDRESS)))
    read_purposes (self);
}

/**
 * ruf_import_row_new:
 * @record: (transfer full): a record as it stands in the file
 * @rules: what is the same for all rows
 *
 * Judges a record. Safe from every thread.
 *
 * A bad value beside a good address is noted and the person is taken; a broken record, or one
 * without any good address, is not. Texts of more than 200 characters are cut, and it is noted.
 *
 * Returns: (transfer full): the row
 */
RufImportRow *
ruf_import_row_new (RufContactRecord     *record,
                    const RufImportRules *rules)
{
  RufImportRow *self = g_new0 (RufImportRow, 1);

  self->record = record;
  self->points = g_array_new (FALSE, FALSE, sizeof (RufImportPoint));
  g_array_set_clear_func (self->points, import_point_clear);
  self->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_reject_free);
  self->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_proposal_free);
  if (record->fault != RUF_REJECT_NONE)
    {
      add_reject (self, NULL, record->fault, record->name);
      return self;
    }
  for (guint i = 0; i < record->phones->len; i++)
    take_phone (self, g_ptr_array_index (record->phones, i), rules->region);
  for (guint i = 0; i < record->emails->len; i++)
    take_email (self, g_ptr_array_index (record->emails, i));
  judge_row (self);
  if (!self->taken)
    return self;
  check_texts (self, rules);
  make_entry (self);
  read_claim (self, rules);
  return self;
}

/**
 * ruf_import_row_free:
 * @self: (nullable): a row
 */
void
ruf_import_row_free (RufImportRow *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->points);
  g_ptr_array_unref (self->rejects);
  g_ptr_array_unref (self->proposals);
  g_strfreev (self->purposes);
  ruf_person_entry_free (self->entry);
  g_free (self->draft.points);
  g_free (self->draft.tags);
  ruf_contact_record_free (self->record);
  g_free (self);
}

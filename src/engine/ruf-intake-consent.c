/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Consent that the user of this program records or withdraws by hand.
 */

#include "config.h"

#include "ruf-intake.h"

#include <glib/gi18n-lib.h>

#include "ruf-address.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-people-table.h"
#include "ruf-text-stream.h"

/* One address in one hand: what is to be appended, and what came of it. */
typedef struct
{
  RufAddressKind    kind;
  char             *address;
  RufConsentEvent   event;
  gboolean          channels[RUF_N_CHANNELS];   /* where to withdraw */
  gint64            seq;
  int               level;
  gint64            rows_withdrawn;
  GPtrArray        *event_ids;
} Entry;

static void
entry_clear (Entry *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->event_ids, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

static gboolean
parse_channel (const char  *text,
               RufChannel  *channel,
               GError     **error)
{
  if (ruf_channel_from_string (text, channel))
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("There is no channel “%s”. Use whatsapp, telegram, sms, email or signal."), text);
  return FALSE;
}

/* Reads the address; @channel NULL: of any kind. */
static gboolean
parse_address (RufContext  *context,
               const char  *text,
               const char  *channel,
               Entry       *entry,
               GError     **error)
{
  g_autofree char *region = NULL;
  gboolean good;

  if (channel != NULL && !parse_channel (channel, &entry->event.channel, error))
    return FALSE;

  region = ruf_context_dup_region (context, error);
  if (region == NULL)
    return FALSE;

  good = channel != NULL
         ? ruf_address_parse_on (text, entry->event.channel, region, &entry->kind, &entry->address)
         : ruf_address_parse (text, region, &entry->kind, &entry->address);
  if (good)
    return TRUE;

  if (channel != NULL)
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("“%s” is no address for %s. Numbers look like +49 171 3920000."), text, channel);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("“%s” is no phone number and no e-mail address."), text);
  return FALSE;
}

static gboolean
write_grant (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Entry *entry = data;

  if (!ruf_people_table_ensure_point (db, entry->kind, entry->address,
                                      entry->event.recorded_at, &entry->event.point_id, error) ||
      !ruf_consent_table_append (db, &entry->event, &entry->seq, NULL, error))
    return FALSE;

  entry->level = ruf_consent_event_get_level (&entry->event, entry->event.recorded_at);

  return TRUE;
}

/* Customers who bought may get e-mail, and SMS after thought, under § 7 (3) UWG;
 * messengers are contracts of their own and ask for an opt-in. */
static gboolean
check_method (RufConsentMethod   method,
              RufChannel         channel,
              GError           **error)
{
  if (method != RUF_CONSENT_METHOD_EXISTING_CUSTOMER ||
      channel == RUF_CHANNEL_EMAIL || channel == RUF_CHANNEL_SMS)
    return TRUE;

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("The exception for existing customers does not hold for %s. "
                 "Ask the person and record the answer."), ruf_channel_to_string (channel));
  return FALSE;
}

static gboolean
fill_grant (Entry       *entry,
            const char  *purpose,
            const char  *method,
            gint64       at,
            gint64       now,
            GError     **error)
{
  if (!ruf_consent_method_from_string (method, &entry->event.method))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("There is no method “%s”. Use paper_form, verbal_in_shop, web_form, qr_form, "
                     "keyword_inbound, double_opt_in, import or existing_customer."), method);
      return FALSE;
    }

  if (purpose == NULL || *purpose == '\0' || g_str_equal (purpose, RUF_PURPOSE_ALL))
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           _("A consent is for one purpose. Name it, for example weekly-offer."));
      return FALSE;
    }

  if (at > now)
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           _("The time of the consent lies in the future. "
                             "State when the person agreed."));
      return FALSE;
    }

  entry->event.type = entry->event.method == RUF_CONSENT_METHOD_DOUBLE_OPT_IN
                      ? RUF_CONSENT_CONFIRMED : RUF_CONSENT_GRANTED;
  entry->event.occurred_at = at;
  entry->event.recorded_at = now;

  return check_method (entry->event.method, entry->event.channel, error);
}

/**
 * ruf_record_consent:
 * @context: the context
 * @address: a phone number, e-mail address or chat id, as typed
 * @channel: the channel, for example `whatsapp`
 * @purpose: key or words of one purpose
 * @method: how the person agreed, for example `paper_form`
 * @at: when, UTC microseconds; 0 = not known, which proves nothing (E0)
 * @source: (nullable): where, for example "Theke, Zettel Nr. 12"
 * @wording: (nullable): the full text that the person was shown
 * @seq: (out): number of the event, 0 where the same one was recorded before
 * @level: (out): evidence level of this event, 0 to 3
 * @error: return location
 *
 * Records that a person agreed. The address need not belong to anybody yet.
 *
 * Returns: %FALSE with %RUF_ERROR_INVALID where a value is none or @at lies in the
 *   future, %RUF_ERROR_REFUSED where the method is not allowed on the channel
 */
gboolean
ruf_record_consent (RufContext  *context,
                    const char  *address,
                    const char  *channel,
                    const char  *purpose,
                    const char  *method,
                    gint64       at,
                    const char  *source,
                    const char  *wording,
                    gint64      *seq,
                    int         *level,
                    GError     **error)
{
  g_auto (Entry) entry = { 0 };
  g_autofree char *sha256 = NULL;
  const char *key;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (address != NULL && channel != NULL && method != NULL, FALSE);

  if (!parse_address (context, address, channel, &entry, error) ||
      !fill_grant (&entry, purpose, method, at, ruf_context_get_now (context), error))
    return FALSE;

  if (wording != NULL)
    sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, wording, -1);
  key = ruf_purpose_from_words (purpose);
  entry.event.address = entry.address;
  entry.event.purpose = key != NULL ? key : purpose;
  entry.event.source = source;
  entry.event.wording = wording;
  entry.event.wording_sha256 = sha256;

  if (!ruf_store_write_sync (ruf_context_get_store (context), write_grant, &entry, NULL, error))
    return FALSE;

  if (seq != NULL)
    *seq = entry.seq;
  if (level != NULL)
    *level = entry.level;

  return TRUE;
}

/**
 * ruf_add_evidence:
 * @context: the context
 * @address: a phone number, e-mail address or chat id, as typed
 * @channel: the channel
 * @purpose: key or words of one purpose
 * @path: a scan, a photograph or the like
 * @error: return location
 *
 * Notes which file shows a consent: its name and SHA-256 become part of the hash chain, so
 * that nobody can exchange it later. The file itself is not copied.
 *
 * Returns: %FALSE with %RUF_ERROR_IO where the file cannot be read, %RUF_ERROR_INVALID
 *   where a value is none
 */
gboolean
ruf_add_evidence (RufContext  *context,
                  const char  *address,
                  const char  *channel,
                  const char  *purpose,
                  const char  *path,
                  GError     **error)
{
  g_auto (Entry) entry = { 0 };
  g_autofree char *sha256 = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  const char *key;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (address != NULL && channel != NULL && purpose != NULL, FALSE);

  sha256 = ruf_file_get_sha256 (path, error);
  if (sha256 == NULL || !parse_address (context, address, channel, &entry, error))
    return FALSE;

  name = g_path_get_basename (path);
  text = g_strdup_printf ("SHA-256 %s", sha256);
  key = ruf_purpose_from_words (purpose);
  entry.event.type = RUF_CONSENT_EVIDENCE_ADDED;
  entry.event.address = entry.address;
  entry.event.purpose = key != NULL ? key : purpose;
  entry.event.method = RUF_CONSENT_METHOD_OPERATOR;
  entry.event.source = name;
  entry.event.text = text;
  entry.event.occurred_at = ruf_context_get_now (context);
  entry.event.recorded_at = entry.event.occurred_at;

  return ruf_store_write_sync (ruf_context_get_store (context), write_grant, &entry, NULL, error);
}

static gboolean
append_withdrawal (RufDb       *db,
                   Entry       *entry,
                   RufChannel   channel,
                   GHashTable  *seqs,
                   GError     **error)
{
  gint64 seq;
  gint64 rows = 0;

  entry->event.channel = channel;
  if (!ruf_consent_table_append (db, &entry->event, &seq, &rows, error))
    return FALSE;

  entry->rows_withdrawn += rows;
  if (seq != 0)
    g_hash_table_add (seqs, g_memdup2 (&seq, sizeof seq));

  return TRUE;
}

/* The ids under which the events of @seqs were stored. */
static gboolean
collect_event_ids (RufDb       *db,
                   Entry       *entry,
                   GHashTable  *seqs,
                   GError     **error)
{
  g_autoptr (GPtrArray) events = NULL;

  events = ruf_consent_table_list (db, entry->kind, entry->address, error);
  if (events == NULL)
    return FALSE;

  for (guint i = 0; i < events->len; i++)
    {
      const RufConsentEvent *event = g_ptr_array_index (events, i);

      if (g_hash_table_contains (seqs, &event->seq))
        g_ptr_array_add (entry->event_ids, g_strdup (event->event_id));
    }

  return TRUE;
}

static gboolean
write_withdrawal (RufDb         *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GHashTable) seqs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Entry *entry = data;

  if (!ruf_people_table_ensure_point (db, entry->kind, entry->address,
                                      entry->event.recorded_at, &entry->event.point_id, error))
    return FALSE;

  for (guint i = 0; i < RUF_N_CHANNELS; i++)
    if (entry->channels[i] && !append_withdrawal (db, entry, i, seqs, error))
      return FALSE;

  return collect_event_ids (db, entry, seqs, error);
}

/**
 * ruf_withdraw_consent:
 * @context: the context
 * @address: a phone number, e-mail address or chat id, as typed
 * @channel: (nullable): the channel; %NULL = every channel of the address
 * @purpose: (nullable): key or words of a purpose; %NULL = everything
 * @text: (nullable): what the person said or wrote
 * @events: (out) (optional) (element-type utf8) (transfer full): ids of the events
 * @rows_withdrawn: (out) (optional): waiting messages that were taken out of runs
 * @error: return location
 *
 * Records that a person wants no more messages. It holds from now on, against every
 * older consent and every import, and for addresses that nobody knows yet too.
 *
 * Returns: %FALSE with %RUF_ERROR_INVALID where the address or channel is none
 */
gboolean
ruf_withdraw_consent (RufContext   *context,
                      const char   *address,
                      const char   *channel,
                      const char   *purpose,
                      const char   *text,
                      GPtrArray   **events,
                      gint64       *rows_withdrawn,
                      GError      **error)
{
  g_auto (Entry) entry = { 0 };
  const char *key;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (!parse_address (context, address, channel, &entry, error))
    return FALSE;

  for (guint i = 0; i < RUF_N_CHANNELS; i++)
    entry.channels[i] = channel != NULL ? i == entry.event.channel
                                        : ruf_address_fits (entry.kind, i);

  key = purpose != NULL ? ruf_purpose_from_words (purpose) : RUF_PURPOSE_ALL;
  entry.event_ids = g_ptr_array_new_with_free_func (g_free);
  entry.event.type = RUF_CONSENT_WITHDRAWN;
  entry.event.address = entry.address;
  entry.event.purpose = key != NULL ? key : purpose;
  entry.event.method = RUF_CONSENT_METHOD_OPERATOR;
  entry.event.text = text;
  entry.event.occurred_at = ruf_context_get_now (context);
  entry.event.recorded_at = entry.event.occurred_at;

  if (!ruf_store_write_sync (ruf_context_get_store (context), write_withdrawal, &entry, NULL,
                             error))
    return FALSE;

  if (events != NULL)
    *events = g_steal_pointer (&entry.event_ids);
  if (rows_withdrawn != NULL)
    *rows_withdrawn = entry.rows_withdrawn;

  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows from the events of one address × channel × purpose.
 *
 * A state keeps nothing but the latest time of each kind of event, and what it
 * says is computed from these times alone: so the order in which files and
 * replies come in does not matter. */

#include "config.h"

#include "ruf-consent.h"

#include <string.h>

static const char * const type_names[] = {
  [RUF_CONSENT_IMPORTED_UNPROVEN] = "imported_unproven",
  [RUF_CONSENT_REQUESTED] = "requested",
  [RUF_CONSENT_GRANTED] = "granted",
  [RUF_CONSENT_CONFIRMED] = "confirmed",
  [RUF_CONSENT_SCOPE_CHANGED] = "scope_changed",
  [RUF_CONSENT_EVIDENCE_ADDED] = "evidence_added",
  [RUF_CONSENT_WITHDRAWN] = "withdrawn",
  [RUF_CONSENT_OBJECTED] = "objected",
  [RUF_CONSENT_SUPPRESSED] = "suppressed",
  [RUF_CONSENT_REINSTATED] = "reinstated",
  [RUF_CONSENT_EXPIRED_BY_POLICY] = "expired_by_policy",
  [RUF_CONSENT_PROOF_PURGED] = "proof_purged",
  [RUF_CONSENT_RETRACTED] = "retracted",
};

static const char * const method_names[] = {
  [RUF_CONSENT_METHOD_IMPORT] = "import",
  [RUF_CONSENT_METHOD_PAPER_FORM] = "paper_form",
  [RUF_CONSENT_METHOD_VERBAL_IN_SHOP] = "verbal_in_shop",
  [RUF_CONSENT_METHOD_WEB_FORM] = "web_form",
  [RUF_CONSENT_METHOD_QR_FORM] = "qr_form",
  [RUF_CONSENT_METHOD_KEYWORD_INBOUND] = "keyword_inbound",
  [RUF_CONSENT_METHOD_DOUBLE_OPT_IN] = "double_opt_in",
  [RUF_CONSENT_METHOD_EXISTING_CUSTOMER] = "existing_customer",
  [RUF_CONSENT_METHOD_PLATFORM] = "platform",
  [RUF_CONSENT_METHOD_OPERATOR] = "operator",
};

static const char * const status_names[] = {
  [RUF_CONSENT_STATUS_NONE] = "none",
  [RUF_CONSENT_STATUS_UNPROVEN] = "unproven",
  [RUF_CONSENT_STATUS_WAITING] = "waiting",
  [RUF_CONSENT_STATUS_ACTIVE] = "active",
  [RUF_CONSENT_STATUS_WITHDRAWN] = "withdrawn",
  [RUF_CONSENT_STATUS_SUPPRESSED] = "suppressed",
  [RUF_CONSENT_STATUS_EXPIRED] = "expired",
};

static const char * const level_names[] = { "E0", "E1", "E2", "E3" };

/* In the order of their bits. */
static const char * const lack_names[RUF_N_CONSENT_LACKS] = {
  "time", "time-in-future", "source", "wording", "channel", "purpose", "address", "level",
};

static gboolean
find_name (const char * const *names,
           guint               n_names,
           const char         *text,
           guint              *index)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_stated (const char *text)
{
  if (text == NULL)
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;
  return *text != '\0';
}

/* An event cannot tell of what comes after it was recorded. Its own record
 * counts, so that the answer is the same when the log is read again later. */
static gint64
latest_credible (const RufConsentEvent *event,
                 gint64                 now)
{
  return event->recorded_at > 0 ? MIN (event->recorded_at, now) : now;
}

static gint64
effective_time (const RufConsentEvent *event,
                gint64                 now)
{
  gint64 latest = latest_credible (event, now);
  gint64 at = event->occurred_at > 0 ? event->occurred_at : latest;

  return MAX (1, MIN (at, latest));
}

static gboolean
is_documented (const RufConsentEvent *event,
               gint64                 now)
{
  return event->occurred_at > 0 &&
         event->occurred_at <= latest_credible (event, now) &&
         is_stated (event->source) &&
         (is_stated (event->wording) || is_stated (event->wording_sha256));
}

/* A list or a click says of a confirmation only what any document says. */
static gboolean
is_told_by_operator (const RufConsentEvent *event)
{
  return event->method == RUF_CONSENT_METHOD_IMPORT ||
         event->method == RUF_CONSENT_METHOD_OPERATOR ||
         event->method == RUF_CONSENT_METHOD_EXISTING_CUSTOMER ||
         event->method == RUF_CONSENT_METHOD_PLATFORM;
}

/* Equal times count for the stop. */
static gboolean
is_e1_valid (const RufConsentState *state)
{
  return state->e1_at > state->expired_at && state->stop_at == 0 && state->objection_at == 0;
}

static gboolean
is_grant_valid (const RufConsentState *state,
                gint64                 at)
{
  return at > state->stop_at && at > state->objection_at && at > state->expired_at;
}

static RufEvidenceLevel
find_grant (const RufConsentState *state,
            gint64                *since)
{
  if (is_grant_valid (state, state->e3_at))
    {
      *since = state->e3_at;
      return RUF_EVIDENCE_E3;
    }
  if (is_grant_valid (state, state->e2_at))
    {
      *since = state->e2_at;
      return RUF_EVIDENCE_E2;
    }
  *since = state->e1_at;
  return is_e1_valid (state) ? RUF_EVIDENCE_E1 : RUF_EVIDENCE_E0;
}

static void
latest (gint64 *slot,
        gint64  at)
{
  *slot = MAX (*slot, at);
}

static gint64 *
slot_of_level (RufConsentState  *state,
               RufEvidenceLevel  level)
{
  switch (level)
    {
    case RUF_EVIDENCE_E3:
      return &state->e3_at;
    case RUF_EVIDENCE_E2:
      return &state->e2_at;
    case RUF_EVIDENCE_E1:
      return &state->e1_at;
    case RUF_EVIDENCE_E0:
    default:
      return &state->e0_at;
    }
}

static gboolean
is_stop (const RufConsentEvent *event)
{
  return event->type == RUF_CONSENT_WITHDRAWN || event->type == RUF_CONSENT_OBJECTED ||
         event->type == RUF_CONSENT_SUPPRESSED;
}

/* The time that an event of a stream moves on, NULL where it moves none. */
static gint64 *
slot_of_event (RufConsentState       *state,
               const RufConsentEvent *event,
               gint64                 now)
{
  RufEvidenceLevel level = ruf_consent_event_get_level (event, now);

  switch (event->type)
    {
    case RUF_CONSENT_IMPORTED_UNPROVEN:
      return &state->e0_at;
    case RUF_CONSENT_REQUESTED:
      return &state->requested_at;
    case RUF_CONSENT_GRANTED:
    case RUF_CONSENT_CONFIRMED:
      return slot_of_level (state, level);
    case RUF_CONSENT_EVIDENCE_ADDED:
      return level >= RUF_EVIDENCE_E1 && is_documented (event, now) ? &state->e1_at : NULL;
    case RUF_CONSENT_REINSTATED:
      return level >= RUF_EVIDENCE_E2 ? slot_of_level (state, level) : NULL;
    case RUF_CONSENT_WITHDRAWN:
      return &state->stop_at;
    case RUF_CONSENT_OBJECTED:
    case RUF_CONSENT_SUPPRESSED:
      return &state->objection_at;
    case RUF_CONSENT_EXPIRED_BY_POLICY:
      return &state->expired_at;
    case RUF_CONSENT_SCOPE_CHANGED:
    case RUF_CONSENT_PROOF_PURGED:
    case RUF_CONSENT_RETRACTED:
    default:
      return NULL;
    }
}

/* Every field starts with its length, so that no two events look alike. */
static void
add_bytes (GByteArray   *canon,
           const guint8 *bytes,
           gsize         n)
{
  guint64 length = GUINT64_TO_BE ((guint64) n);

  g_byte_array_append (canon, (const guint8 *) &length, sizeof length);
  g_byte_array_append (canon, bytes, n);
}

static void
add_integer (GByteArray *canon,
             gint64      value)
{
  gint64 big_endian = GINT64_TO_BE (value);

  add_bytes (canon, (const guint8 *) &big_endian, sizeof big_endian);
}

/* NULL and "" differ: a length of no string tells them apart. */
static void
add_string (GByteArray *canon,
            const char *text)
{
  static const guint64 none = G_MAXUINT64;

  if (text == NULL)
    g_byte_array_append (canon, (const guint8 *) &none, sizeof none);
  else
    add_bytes (canon, (const guint8 *) text, strlen (text));
}

/* At once: an update a field took a fifth of the time. */
static void
hash_canon (const GByteArray *canon,
            guint8            digest[32])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  g_checksum_update (checksum, canon->data, canon->len);
  g_checksum_get_digest (checksum, digest, &size);
}

/* The wording counts by its own hash, whether or not the text is at hand. */
static void
add_wording (GByteArray            *canon,
             const RufConsentEvent *event)
{
  g_autofree char *computed = NULL;

  if (event->wording_sha256 == NULL && event->wording != NULL)
    computed = g_compute_checksum_for_string (G_CHECKSUM_SHA256, event->wording, -1);
  add_string (canon, computed != NULL ? computed : event->wording_sha256);
}

/**
 * ruf_consent_event_type_to_string:
 * @type: a type of event
 *
 * Names a type as in the log and in exports.
 *
 * Returns: the word, such as "granted"
 */
const char *
ruf_consent_event_type_to_string (RufConsentEventType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (type_names), NULL);

  return type_names[type];
}

/**
 * ruf_consent_event_type_from_string:
 * @text: (nullable): the name of a type
 * @out: (out): the type, untouched where the name is none
 *
 * Reads what ruf_consent_event_type_to_string() writes.
 *
 * Returns: %TRUE where @text names a type
 */
gboolean
ruf_consent_event_type_from_string (const char          *text,
                                    RufConsentEventType *out)
{
  guint i;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!find_name (type_names, G_N_ELEMENTS (type_names), text, &i))
    return FALSE;
  *out = i;
  return TRUE;
}

/**
 * ruf_consent_method_to_string:
 * @method: a way in which consent is given or ended
 *
 * Names a method as in the log, in exports and on the command line.
 *
 * Returns: the word, such as "keyword_inbound"
 */
const char *
ruf_consent_method_to_string (RufConsentMethod method)
{
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (method_names), NULL);

  return method_names[method];
}

/**
 * ruf_consent_method_from_string:
 * @text: (nullable): the name of a method
 * @out: (out): the method, untouched where the name is none
 *
 * Reads what ruf_consent_method_to_string() writes.
 *
 * Returns: %TRUE where @text names a method
 */
gboolean
ruf_consent_method_from_string (const char       *text,
                                RufConsentMethod *out)
{
  guint i;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!find_name (method_names, G_N_ELEMENTS (method_names), text, &i))
    return FALSE;
  *out = i;
  return TRUE;
}

/**
 * ruf_consent_status_to_string:
 * @status: a status
 *
 * Names a status as in the database and on the command line.
 *
 * Returns: the word, such as "active"
 */
const char *
ruf_consent_status_to_string (RufConsentStatus status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (status_names), NULL);

  return status_names[status];
}

/**
 * ruf_evidence_level_to_string:
 * @level: a level of evidence
 *
 * Names a level.
 *
 * Returns: "E0", "E1", "E2" or "E3"
 */
const char *
ruf_evidence_level_to_string (RufEvidenceLevel level)
{
  g_return_val_if_fail ((guint) level < G_N_ELEMENTS (level_names), NULL);

  return level_names[level];
}

/**
 * ruf_consent_lack_to_string:
 * @lack: one thing that a claim of consent lacks
 *
 * Names it as on the command line.
 *
 * Returns: the word, such as "time"
 */
const char *
ruf_consent_lack_to_string (RufConsentLacks lack)
{
  int bit = g_bit_nth_lsf (lack, -1);

  g_return_val_if_fail (bit >= 0 && bit < RUF_N_CONSENT_LACKS, NULL);

  return lack_names[bit];
}

/**
 * ruf_consent_event_get_level:
 * @event: an event that grants
 * @now: UTC time in microseconds
 *
 * Tells what an event proves.
 *
 * E3: the person confirmed on the same channel. E2: the person wrote on the
 * channel first. E1: time, source and the wording shown are recorded, and the
 * time lies not after @now (nor after the record itself). E0: anything less,
 * and an existing customer on any other channel than e-mail (§ 7(3) UWG).
 *
 * A confirmation that stands in a list or was clicked by the operator proves
 * no more than the list does.
 *
 * Returns: the level of evidence
 */
RufEvidenceLevel
ruf_consent_event_get_level (const RufConsentEvent *event,
                             gint64                 now)
{
  g_return_val_if_fail (event != NULL, RUF_EVIDENCE_E0);

  if (event->method == RUF_CONSENT_METHOD_DOUBLE_OPT_IN ||
      (event->type == RUF_CONSENT_CONFIRMED && !is_told_by_operator (event)))
    return RUF_EVIDENCE_E3;
  if (event->method == RUF_CONSENT_METHOD_KEYWORD_INBOUND)
    return RUF_EVIDENCE_E2;
  if (event->method == RUF_CONSENT_METHOD_EXISTING_CUSTOMER &&
      event->channel != RUF_CHANNEL_EMAIL)
    return RUF_EVIDENCE_E0;
  return is_documented (event, now) ? RUF_EVIDENCE_E1 : RUF_EVIDENCE_E0;
}

/**
 * ruf_consent_state_fold:
 * @state: the state of the event's stream; all zeros at first
 * @event: an event of the stream
 * @now: UTC time in microseconds
 *
 * Takes an event into account. Events of one stream give the same state in
 * any order and any number of times, as long as no clock was turned back
 * between their records; ruf_consent_state_heed_stop() says what holds then.
 *
 * A reinstatement carries weight only as the person's own declaration (E2, E3)
 * that it is by its method. Evidence added later counts as a document. Changes
 * of scope and purged proofs stand in the log and change nothing here: what
 * they add or end has its own grant or withdrawal.
 */
void
ruf_consent_state_fold (RufConsentState       *state,
                        const RufConsentEvent *event,
                        gint64                 now)
{
  gint64 *slot;

  g_return_if_fail (state != NULL);
  g_return_if_fail (event != NULL);

  slot = slot_of_event (state, event, now);
  if (slot != NULL)
    latest (slot, effective_time (event, now));
  ruf_consent_state_heed_stop (state, event, now);
}

/**
 * ruf_consent_state_heed_stop:
 * @state: the state of a stream that @event concerns
 * @event: an event that is recorded after all that @state was folded from
 * @now: UTC time in microseconds
 *
 * Lets a stop count against what was recorded before it, where the clock says
 * otherwise. A grant that is dated after the moment in which the stop was
 * recorded comes from a clock that ran ahead, such as that of a rehearsal:
 * the order of the records tells that it was there first, and nothing tells
 * that it is the person's later word. Other events change nothing.
 */
void
ruf_consent_state_heed_stop (RufConsentState       *state,
                             const RufConsentEvent *event,
                             gint64                 now)
{
  gint64 latest_at, stop_at;

  g_return_if_fail (state != NULL);
  g_return_if_fail (event != NULL);

  if (!is_stop (event))
    return;

  latest_at = latest_credible (event, now);
  stop_at = effective_time (event, now);
  if (state->e2_at > latest_at)
    state->e2_at = stop_at;
  if (state->e3_at > latest_at)
    state->e3_at = stop_at;
}

/**
 * ruf_consent_state_merge:
 * @state: the state of one purpose
 * @all: the state of the channel's %RUF_PURPOSE_ALL stream
 *
 * Joins what ended everything on the channel into the state of a purpose. A
 * grant for everything is none for a purpose; a START for the purpose that is
 * newer than the stop lifts it for that purpose alone.
 */
void
ruf_consent_state_merge (RufConsentState       *state,
                         const RufConsentState *all)
{
  g_return_if_fail (state != NULL);
  g_return_if_fail (all != NULL);

  latest (&state->stop_at, all->stop_at);
  latest (&state->objection_at, all->objection_at);
}

/**
 * ruf_consent_state_get_status:
 * @state: a state
 *
 * Tells what a state means.
 *
 * An objection is lifted only by a newer E3, a stop by a newer E2 or E3. No
 * document (E1) lifts either, whatever its date: a purchase, an import or a
 * click of the operator is never enough. At equal times the stop counts.
 *
 * Returns: the status
 */
RufConsentStatus
ruf_consent_state_get_status (const RufConsentState *state)
{
  gint64 since;

  g_return_val_if_fail (state != NULL, RUF_CONSENT_STATUS_NONE);

  if (state->objection_at > 0 && state->e3_at <= state->objection_at)
    return RUF_CONSENT_STATUS_SUPPRESSED;
  if (state->stop_at > 0 && MAX (state->e2_at, state->e3_at) <= state->stop_at)
    return RUF_CONSENT_STATUS_WITHDRAWN;
  if (find_grant (state, &since) > RUF_EVIDENCE_E0)
    return RUF_CONSENT_STATUS_ACTIVE;
  if (state->expired_at > 0)
    return RUF_CONSENT_STATUS_EXPIRED;
  if (state->requested_at > 0)
    return RUF_CONSENT_STATUS_WAITING;
  return state->e0_at > 0 ? RUF_CONSENT_STATUS_UNPROVEN : RUF_CONSENT_STATUS_NONE;
}

/**
 * ruf_consent_state_get_level:
 * @state: a state
 *
 * Tells how well an active consent is proven.
 *
 * Returns: the highest level that holds, E0 where the status is not active
 */
RufEvidenceLevel
ruf_consent_state_get_level (const RufConsentState *state)
{
  gint64 since;

  g_return_val_if_fail (state != NULL, RUF_EVIDENCE_E0);

  if (ruf_consent_state_get_status (state) != RUF_CONSENT_STATUS_ACTIVE)
    return RUF_EVIDENCE_E0;
  return find_grant (state, &since);
}

/**
 * ruf_consent_state_get_since:
 * @state: a state
 *
 * Tells the time of the event that made the status what it is.
 *
 * Returns: UTC microseconds, 0 where nothing is recorded
 */
gint64
ruf_consent_state_get_since (const RufConsentState *state)
{
  gint64 since;

  g_return_val_if_fail (state != NULL, 0);

  switch (ruf_consent_state_get_status (state))
    {
    case RUF_CONSENT_STATUS_UNPROVEN:
      return state->e0_at;
    case RUF_CONSENT_STATUS_WAITING:
      return state->requested_at;
    case RUF_CONSENT_STATUS_ACTIVE:
      find_grant (state, &since);
      return since;
    case RUF_CONSENT_STATUS_WITHDRAWN:
      return state->stop_at;
    case RUF_CONSENT_STATUS_SUPPRESSED:
      return state->objection_at;
    case RUF_CONSENT_STATUS_EXPIRED:
      return state->expired_at;
    case RUF_CONSENT_STATUS_NONE:
    default:
      return 0;
    }
}

/* One text under the event's salt. */
static void
seal_text (const RufConsentEvent *event,
           guint8                 field,
           const char            *text,
           guint8                 digest[32])
{
  g_autoptr (GByteArray) canon = g_byte_array_sized_new (128);

  g_byte_array_append (canon, event->salt, RUF_CONSENT_SALT_SIZE);
  g_byte_array_append (canon, &field, 1);
  add_string (canon, text);
  hash_canon (canon, digest);
}

/**
 * ruf_consent_event_seal:
 * @event: a stored event
 * @sealed: (out caller-allocates): room for what stands for its texts in its hash
 *
 * Computes the salted hashes of address, source, time as stated and text. With these in place
 * of the texts and the salt, nobody can tell what they were, and the event's hash is the same.
 *
 * Returns: %FALSE for an event by rule 1, whose hash covers the texts themselves
 */
gboolean
ruf_consent_event_seal (const RufConsentEvent *event,
                        guint8                 sealed[RUF_CONSENT_SEAL_SIZE])
{
  const char *texts[] = { event->address, event->source, event->occurred_text, event->text };

  if (event->sealed != NULL)
    memcpy (sealed, event->sealed, RUF_CONSENT_SEAL_SIZE);
  else if (event->salt == NULL)
    return FALSE;
  else
    for (guint8 i = 0; i < G_N_ELEMENTS (texts); i++)
      seal_text (event, i, texts[i], sealed + i * 32);
  return TRUE;
}

/* By the first rule the texts themselves are covered. */
static void
add_event_1 (GByteArray            *canon,
             const RufConsentEvent *event,
             const guint8           prev_hash[32])
{
  add_string (canon, "rundruf consent event 1");
  add_bytes (canon, prev_hash, 32);
  add_string (canon, event->event_id);
  add_string (canon, ruf_consent_event_type_to_string (event->type));
  add_integer (canon, event->point_id);
  add_string (canon, event->address);
  add_string (canon, ruf_channel_to_string (event->channel));
  add_string (canon, event->purpose);
  add_string (canon, ruf_consent_method_to_string (event->method));
  add_string (canon, event->source);
  add_wording (canon, event);
  add_integer (canon, event->occurred_at);
  add_string (canon, event->occurred_text);
  add_string (canon, event->text);
  add_integer (canon, event->recorded_at);
  add_integer (canon, event->import_id);
}

/* By the second rule what seals them, and the evidence. */
static void
add_event_2 (GByteArray            *canon,
             const RufConsentEvent *event,
             const guint8           prev_hash[32])
{
  guint8 sealed[RUF_CONSENT_SEAL_SIZE] = { 0 };

  ruf_consent_event_seal (event, sealed);
  add_string (canon, "rundruf consent event 2");
  add_bytes (canon, prev_hash, 32);
  add_string (canon, event->event_id);
  add_string (canon, ruf_consent_event_type_to_string (event->type));
  add_integer (canon, event->point_id);
  add_string (canon, ruf_channel_to_string (event->channel));
  add_string (canon, event->purpose);
  add_string (canon, ruf_consent_method_to_string (event->method));
  add_wording (canon, event);
  add_integer (canon, event->occurred_at);
  add_bytes (canon, sealed, sizeof sealed);
  add_string (canon, event->evidence_sha256);
  add_integer (canon, event->recorded_at);
  add_integer (canon, event->import_id);
}

/**
 * ruf_consent_event_hash:
 * @event: an event with all that is stored of it
 * @prev_hash: (array fixed-size=32): hash of the event before it, or zeros
 * @hash: (out caller-allocates) (array fixed-size=32): SHA-256
 *
 * Computes the link of an event in the log's chain.
 *
 * Covered are the hash before and every stored field but the place in the log,
 * which the chain itself fixes. A wording counts by its own SHA-256, and by rule
 * 2 the texts about the person by what seals them. Fields are written in a fixed
 * order, each behind its length, so that two different events never look alike.
 */
void
ruf_consent_event_hash (const RufConsentEvent *event,
                        const guint8           prev_hash[32],
                        guint8                 hash[32])
{
  g_autoptr (GByteArray) canon = g_byte_array_sized_new (512);

  g_return_if_fail (event != NULL);

  if (event->rule >= 2)
    add_event_2 (canon, event, prev_hash);
  else
    add_event_1 (canon, event, prev_hash);
  hash_canon (canon, hash);
}

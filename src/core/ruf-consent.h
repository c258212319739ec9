/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-channel.h"

G_BEGIN_DECLS

typedef enum
{
  RUF_CONSENT_IMPORTED_UNPROVEN,
  RUF_CONSENT_REQUESTED,
  RUF_CONSENT_GRANTED,
  RUF_CONSENT_CONFIRMED,
  RUF_CONSENT_SCOPE_CHANGED,
  RUF_CONSENT_EVIDENCE_ADDED,
  RUF_CONSENT_WITHDRAWN,
  RUF_CONSENT_OBJECTED,
  RUF_CONSENT_SUPPRESSED,
  RUF_CONSENT_REINSTATED,
  RUF_CONSENT_EXPIRED_BY_POLICY,
  RUF_CONSENT_PROOF_PURGED,
  RUF_CONSENT_RETRACTED,          /* what an import claimed was taken back with the import */
} RufConsentEventType;

typedef enum
{
  RUF_CONSENT_METHOD_IMPORT,           /* documented list */
  RUF_CONSENT_METHOD_PAPER_FORM,
  RUF_CONSENT_METHOD_VERBAL_IN_SHOP,
  RUF_CONSENT_METHOD_WEB_FORM,
  RUF_CONSENT_METHOD_QR_FORM,
  RUF_CONSENT_METHOD_KEYWORD_INBOUND,  /* the person wrote START on the channel */
  RUF_CONSENT_METHOD_DOUBLE_OPT_IN,
  RUF_CONSENT_METHOD_EXISTING_CUSTOMER,
  RUF_CONSENT_METHOD_PLATFORM,         /* the platform told us (131050, block) */
  RUF_CONSENT_METHOD_OPERATOR,         /* the user of this program recorded it */
} RufConsentMethod;

typedef enum
{
  RUF_EVIDENCE_E0,
  RUF_EVIDENCE_E1,
  RUF_EVIDENCE_E2,
  RUF_EVIDENCE_E3,
} RufEvidenceLevel;

typedef enum
{
  RUF_CONSENT_STATUS_NONE,        /* nothing recorded */
  RUF_CONSENT_STATUS_UNPROVEN,    /* E0 */
  RUF_CONSENT_STATUS_WAITING,     /* requested, not answered */
  RUF_CONSENT_STATUS_ACTIVE,
  RUF_CONSENT_STATUS_WITHDRAWN,
  RUF_CONSENT_STATUS_SUPPRESSED,  /* objected or on the suppression list */
  RUF_CONSENT_STATUS_EXPIRED,
} RufConsentStatus;

/* How an event is hashed: rule 1 covers its texts, rule 2 their salted hashes, so that the texts
 * can be purged later. */
#define RUF_CONSENT_RULE 2
#define RUF_CONSENT_SALT_SIZE 16
#define RUF_CONSENT_SEAL_SIZE (4 * 32)

/* What a claim of consent lacks, so that it proves too little. The strings are a contract. */
typedef enum
{
  RUF_CONSENT_LACKS_TIME    = 1 << 0,   /* none, or none that can be read */
  RUF_CONSENT_LACKS_PAST    = 1 << 1,   /* its time is still to come */
  RUF_CONSENT_LACKS_SOURCE  = 1 << 2,
  RUF_CONSENT_LACKS_WORDING = 1 << 3,
  RUF_CONSENT_LACKS_CHANNEL = 1 << 4,   /* none, or none that is known */
  RUF_CONSENT_LACKS_PURPOSE = 1 << 5,
  RUF_CONSENT_LACKS_ADDRESS = 1 << 6,   /* on its channel */
  RUF_CONSENT_LACKS_LEVEL   = 1 << 7,   /* the channel asks for more than a document */
} RufConsentLacks;
#define RUF_N_CONSENT_LACKS 8

#define RUF_PURPOSE_ALL "*"   /* a withdrawal of everything on one channel */

/**
 * RufConsentEvent:
 * One entry of the append-only log of an address × channel × purpose.
 * All strings are borrowed; the table copies what it keeps.
 */
typedef struct
{
  gint64              seq;           /* 0 until stored */
  const char         *event_id;      /* UUIDv7, NULL until stored */
  RufConsentEventType type;
  gint64              point_id;
  const char         *address;       /* normalised */
  RufChannel          channel;
  const char         *purpose;       /* key, or RUF_PURPOSE_ALL */
  RufConsentMethod    method;
  const char         *source;        /* "Theke, Zettel Nr. 12", or NULL */
  const char         *wording;       /* full text shown, or NULL */
  const char         *wording_sha256;/* of wording, hex; NULL = not computed yet */
  gint64              occurred_at;   /* UTC µs, 0 = not stated */
  const char         *occurred_text; /* as stated, or NULL */
  const char         *text;          /* what the person wrote, or NULL */
  gint64              recorded_at;   /* UTC µs */
  gint64              import_id;     /* 0 = not from an import; of a retraction: which one */
  const char         *evidence_sha256; /* hex: of the scan or file that proves it, or NULL */
  guint               rule;          /* of its hash; 0 until stored */
  const guint8       *salt;          /* RUF_CONSENT_SALT_SIZE bytes; NULL by rule 1, or sealed */
  const guint8       *sealed;        /* RUF_CONSENT_SEAL_SIZE bytes once purged, else NULL */
  gint64              retracted_by;  /* seq of the event that took it back, 0 = it stands */
} RufConsentEvent;

/**
 * RufConsentState:
 * What follows from all events of one stream: derived, never typed in.
 * Folding is commutative, so files may arrive in any order.
 */
typedef struct
{
  gint64 e0_at;          /* latest event of each strength, 0 = none */
  gint64 requested_at;
  gint64 e1_at;
  gint64 e2_at;
  gint64 e3_at;
  gint64 stop_at;        /* latest withdrawal */
  gint64 objection_at;   /* latest objection or suppression */
  gint64 expired_at;
} RufConsentState;

const char      *ruf_consent_event_type_to_string (RufConsentEventType    type);   /* "granted" */
gboolean ruf_consent_event_type_from_string (const char          *text,
                                             RufConsentEventType *out);
/* "keyword_inbound" */
const char *ruf_consent_method_to_string (RufConsentMethod method);
gboolean ruf_consent_method_from_string (const char       *text,
                                         RufConsentMethod *out);
const char      *ruf_consent_status_to_string     (RufConsentStatus       status); /* "active" */
const char      *ruf_evidence_level_to_string     (RufEvidenceLevel       level);  /* "E1" */
const char      *ruf_consent_lack_to_string       (RufConsentLacks        lack);   /* "time" */

/* E0–E3 of one granted/confirmed event; @now decides about dates in the future. */
RufEvidenceLevel ruf_consent_event_get_level (const RufConsentEvent *event,
                                              gint64                 now);
void ruf_consent_state_fold (RufConsentState       *state,
                             const RufConsentEvent *event,
                             gint64                 now);
/* A stop counts against every grant recorded before it, also one that a clock dated later. */
void ruf_consent_state_heed_stop (RufConsentState       *state,
                                  const RufConsentEvent *event,
                                  gint64                 now);
/* Joins the stream of one purpose with the channel's RUF_PURPOSE_ALL stream. */
void ruf_consent_state_merge (RufConsentState       *state,
                              const RufConsentState *all);
RufConsentStatus ruf_consent_state_get_status     (const RufConsentState *state);
RufEvidenceLevel ruf_consent_state_get_level      (const RufConsentState *state);
gint64           ruf_consent_state_get_since      (const RufConsentState *state);

/* SHA-256 over a canonical form of @event and the hash before it (32 bytes each). */
gboolean         ruf_consent_event_seal           (const RufConsentEvent *event,
                                                  guint8                 sealed[RUF_CONSENT_SEAL_SIZE]);
void ruf_consent_event_hash (const RufConsentEvent *event,
                             const guint8           prev_hash[32],
                             guint8                 hash[32]);
/* A UUIDv7 (RFC 9562) of @now. */
char            *ruf_uuid7_new                    (gint64                 now);

G_END_DECLS

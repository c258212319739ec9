/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-consent.h"
#include "ruf-db.h"

G_BEGIN_DECLS

/* Appends one event to the hash chain and folds it into the derived state, in the caller's
 * transaction. An event already there (same stream, type, time, source, wording) is skipped:
 * @seq is then 0. A stop also takes every waiting outbox row of the point out (I7);
 * @rows_withdrawn may be NULL. */
gboolean ruf_consent_table_append (RufDb                  *db,
                                   const RufConsentEvent  *event,
                                   gint64                 *seq,
                                   gint64                 *rows_withdrawn,
                                   GError                **error);
gboolean ruf_consent_table_append_to (RufDb                  *db,
                                      const RufConsentEvent  *event,
                                      gint64                 *seq,
                                      gint64                 *rows_withdrawn,
                                      RufConsentState        *state,
                                      GError                **error);
/* Owned copies of one address's events, oldest first (RufConsentEvent with owned strings;
 * free with ruf_consent_record_free). @address: normalised. */
GPtrArray *ruf_consent_table_list (RufDb           *db,
                                   RufAddressKind   kind,
                                   const char      *address,
                                   GError         **error);
void       ruf_consent_record_free  (RufConsentEvent *self);
/* Likewise: what a person agreed to that holds, an event for each stream. */
GPtrArray *ruf_consent_table_list_grants (RufDb   *db,
                                          gint64   person_id,
                                          GError **error);
/* The full text of a wording by its SHA-256 in hex, or at least eight digits of its beginning;
 * NULL with NOT_FOUND, also where several begin so. */
char *ruf_consent_table_find_wording (RufDb       *db,
                                      const char  *sha256,
                                      GError     **error);
/* Derived state of one stream, joined with the channel's RUF_PURPOSE_ALL. */
gboolean ruf_consent_table_get_state (RufDb            *db,
                                      gint64            point_id,
                                      RufChannel        channel,
                                      const char       *purpose,
                                      RufConsentState  *state,
                                      GError          **error);

typedef struct
{
  gint64  checked;
  gint64  broken_seq;     /* first event whose hash is wrong, 0 = none */
  char   *problem;        /* what exactly is broken, or NULL */
} RufChainReport;
gboolean ruf_consent_table_verify (RufDb           *db,
                                   GCancellable    *cancellable,
                                   RufChainReport  *report,
                                   GError         **error);

/* Did anybody agree to this, or to everything on the channel? */
gboolean ruf_consent_table_has_active (RufDb       *db,
                                       RufChannel   channel,
                                       const char  *purpose,
                                       gboolean    *has,
                                       GError     **error);

/* Floor per channel: E1 unless the user raised it. */
gboolean ruf_consent_table_get_floor (RufDb             *db,
                                      RufChannel         channel,
                                      RufEvidenceLevel  *floor,
                                      GError           **error);
gboolean ruf_consent_table_set_floor (RufDb             *db,
                                      RufChannel         channel,
                                      RufEvidenceLevel   floor,
                                      GError           **error);

G_END_DECLS

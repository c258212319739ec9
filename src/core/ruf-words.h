/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-channel.h"
#include "ruf-consent.h"
#include "ruf-message-status.h"
#include "ruf-reject.h"

G_BEGIN_DECLS

const char *ruf_words_channel        (RufChannel             channel);
const char *ruf_words_address_kind   (RufAddressKind         kind);
char       *ruf_words_address        (RufAddressKind         kind,
                                      const char            *address);
const char *ruf_words_purpose        (const char            *purpose);
const char *ruf_words_level          (RufEvidenceLevel       level);
const char *ruf_words_method         (RufConsentMethod       method);
const char *ruf_words_consent_status (RufConsentStatus       status);
const char *ruf_words_consent        (RufConsentStatus       status,
                                      RufEvidenceLevel       level);
const char *ruf_words_status         (RufMessageStatus       status);
const char *ruf_words_exclude        (RufExcludeReason       reason);
const char *ruf_words_reject         (RufRejectReason        reason);
const char *ruf_words_reject_deed    (RufRejectDeed          deed);
char       *ruf_words_lacks          (RufConsentLacks        lacks);
char       *ruf_words_stream         (RufChannel             channel,
                                      const char            *purpose);
const char *ruf_words_deed           (RufConsentEventType    type);
char       *ruf_words_event          (const RufConsentEvent *event);
char       *ruf_words_moment         (gint64                 moment,
                                      gint64                 now,
                                      GTimeZone             *zone);
char       *ruf_words_full_moment    (gint64                 moment,
                                      GTimeZone             *zone);
char       *ruf_words_exact_moment   (gint64                 moment,
                                      GTimeZone             *zone);
char       *ruf_words_weekday_moment (gint64                 moment,
                                      GTimeZone             *zone);
char       *ruf_words_short_moment   (gint64                 moment,
                                      GTimeZone             *zone);
char       *ruf_words_day            (gint64                 moment,
                                      GTimeZone             *zone);
char       *ruf_words_number         (gint64                 number);
char       *ruf_words_people         (gint64                 number);
char       *ruf_words_capitalise     (const char            *words);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-consent.h"
#include "ruf-message-status.h"

G_BEGIN_DECLS

const char *ruf_document_words_method  (RufConsentMethod       method);
const char *ruf_document_words_level   (RufEvidenceLevel       level);
const char *ruf_document_words_exclude (RufExcludeReason       reason);
char       *ruf_document_words_when    (const RufConsentEvent *event,
                                        GTimeZone             *zone);
char       *ruf_document_words_how     (const RufConsentEvent *event);

G_END_DECLS

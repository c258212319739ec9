/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-consent.h"
#include "ruf-db.h"

G_BEGIN_DECLS

/* Streams whose stored state is not what their events say. @first_point: of the first, or 0. */
gboolean ruf_consent_refold_states (RufDb   *db,
                                    gint64  *streams,
                                    gint64  *first_point,
                                    GError **error);
/* Rows that left without a consent that was valid then (I1). @first_run: of the first, or 0. */
gboolean ruf_consent_refold_outbox (RufDb   *db,
                                    gint64  *rows,
                                    gint64  *first_run,
                                    GError **error);

/* What follows from the stream of an event as the log has it now. */
gboolean ruf_consent_refold_stream (RufDb                  *db,
                                    const RufConsentEvent  *of,
                                    RufConsentState        *own,
                                    GError                **error);

G_END_DECLS

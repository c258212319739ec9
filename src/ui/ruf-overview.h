/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-context.h"
#include "ruf-outbox-table.h"
#include "ruf-reach.h"

G_BEGIN_DECLS

/**
 * RufOverview:
 * What the first page says, read in one go.
 */
typedef struct
{
  gint64          people;
  gint64          messages;
  gint64          plans;       /* runs and campaigns, past ones too */
  GPtrArray      *next;        /* RufRun, earliest first */
  GPtrArray      *drafts;      /* RufCampaign that is due and has no run yet, earliest first */
  GPtrArray      *unclear;     /* RufRun with messages of which nobody knows whether they left */
  RufRun         *last;        /* the one that was sent last, or NULL */
  GPtrArray      *replies;     /* RufReplyRecord, to be read by a person */
  GPtrArray      *consents;    /* RufConsentCount */
  RufReachSeries *series;      /* of the last eight weeks, NULL where nothing was measured */
} RufOverview;

void         ruf_overview_free        (RufOverview          *self);
void         ruf_overview_read_async  (RufContext           *context,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
RufOverview *ruf_overview_read_finish (RufContext           *context,
                                       GAsyncResult         *result,
                                       GError              **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufOverview, ruf_overview_free)

G_END_DECLS

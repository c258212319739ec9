/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-context.h"
#include "ruf-outbox-table.h"

G_BEGIN_DECLS

#define RUF_TYPE_RECIPIENT_MODEL (ruf_recipient_model_get_type ())
G_DECLARE_FINAL_TYPE (RufRecipientModel, ruf_recipient_model, RUF, RECIPIENT_MODEL, GObject)

RufRecipientModel *ruf_recipient_model_new_of_run  (RufContext        *context,
                                                    gint64             run_id,
                                                    RufMessageStatus   status,
                                                    int                reason,
                                                    const char        *error_code);
RufRecipientModel *ruf_recipient_model_new_of_plan (RufContext        *context,
                                                    RufCampaign       *campaign,
                                                    RufExcludeReason   reason);
void               ruf_recipient_model_set_search  (RufRecipientModel *self,
                                                    const char        *search);
gint64             ruf_recipient_model_get_total   (RufRecipientModel *self);

G_END_DECLS

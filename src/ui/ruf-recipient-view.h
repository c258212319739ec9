/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-recipient-model.h"

G_BEGIN_DECLS

#define RUF_TYPE_RECIPIENT_VIEW (ruf_recipient_view_get_type ())
G_DECLARE_FINAL_TYPE (RufRecipientView, ruf_recipient_view, RUF, RECIPIENT_VIEW, AdwBin)

void        ruf_recipient_view_show      (RufRecipientView  *self,
                                          const char        *heading,
                                          RufRecipientModel *model);
const char *ruf_recipient_view_get_count (RufRecipientView  *self);

G_END_DECLS

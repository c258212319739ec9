/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-channel.h"
#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_PREVIEW (ruf_preview_get_type ())
G_DECLARE_FINAL_TYPE (RufPreview, ruf_preview, RUF, PREVIEW, AdwBin)

/* So many people one can step through. */
#define RUF_PREVIEW_PEOPLE 100

void ruf_preview_set_context    (RufPreview *self,
                                 RufContext *context);
void ruf_preview_set_message    (RufPreview *self,
                                 RufChannel  channel,
                                 const char *body);
void ruf_preview_set_moment     (RufPreview *self,
                                 gint64      moment);
void ruf_preview_set_recipients (RufPreview *self,
                                 GArray     *recipients);

G_END_DECLS

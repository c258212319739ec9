/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-campaign-table.h"
#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_MESSAGE_EDITOR (ruf_message_editor_get_type ())
G_DECLARE_FINAL_TYPE (RufMessageEditor, ruf_message_editor, RUF, MESSAGE_EDITOR, AdwBin)

void        ruf_message_editor_set_context (RufMessageEditor *self,
                                            RufContext       *context);
void        ruf_message_editor_set_narrow  (RufMessageEditor *self,
                                            gboolean          narrow);
void        ruf_message_editor_set_message (RufMessageEditor *self,
                                            const RufMessage *message);
void        ruf_message_editor_adopt       (RufMessageEditor *self,
                                            const RufMessage *message);
gint64      ruf_message_editor_get_id      (RufMessageEditor *self);
const char *ruf_message_editor_get_name    (RufMessageEditor *self);
RufChannel  ruf_message_editor_get_channel (RufMessageEditor *self);
char       *ruf_message_editor_dup_body    (RufMessageEditor *self);
void        ruf_message_editor_set_fault   (RufMessageEditor *self,
                                            const char       *words);
void        ruf_message_editor_focus_name  (RufMessageEditor *self);

G_END_DECLS

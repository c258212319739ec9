/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RUF_TYPE_RECIPIENT_ITEM (ruf_recipient_item_get_type ())
G_DECLARE_FINAL_TYPE (RufRecipientItem, ruf_recipient_item, RUF, RECIPIENT_ITEM, GObject)

RufRecipientItem *ruf_recipient_item_new           (gint64            person_id);
gint64            ruf_recipient_item_get_person_id (RufRecipientItem *self);
void              ruf_recipient_item_fill          (RufRecipientItem *self,
                                                    const char       *name,
                                                    const char       *address);

G_END_DECLS

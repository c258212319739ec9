/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "ruf-people-table.h"

G_BEGIN_DECLS

#define RUF_TYPE_PERSON_ITEM (ruf_person_item_get_type ())
G_DECLARE_FINAL_TYPE (RufPersonItem, ruf_person_item, RUF, PERSON_ITEM, GObject)

RufPersonItem   *ruf_person_item_new        (gint64         id);
gint64           ruf_person_item_get_id     (RufPersonItem *self);
const RufPerson *ruf_person_item_get_person (RufPersonItem *self);
void             ruf_person_item_take       (RufPersonItem *self,
                                             RufPerson     *person,
                                             const char    *address,
                                             gint64         now,
                                             GTimeZone     *zone);

G_END_DECLS

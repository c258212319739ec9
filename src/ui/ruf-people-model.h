/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-context.h"
#include "ruf-people-table.h"

G_BEGIN_DECLS

#define RUF_TYPE_PEOPLE_MODEL (ruf_people_model_get_type ())
G_DECLARE_FINAL_TYPE (RufPeopleModel, ruf_people_model, RUF, PEOPLE_MODEL, GObject)

RufPeopleModel *ruf_people_model_new         (RufContext      *context);
void            ruf_people_model_set_search  (RufPeopleModel  *self,
                                              const char      *search);
void            ruf_people_model_set_segment (RufPeopleModel  *self,
                                              RufSegment      *segment);
void            ruf_people_model_set_order   (RufPeopleModel  *self,
                                              RufPeopleOrder   order,
                                              gboolean         descending);
void            ruf_people_model_reload      (RufPeopleModel  *self);
gint64          ruf_people_model_get_total   (RufPeopleModel  *self);
gboolean        ruf_people_model_is_filtered (RufPeopleModel  *self);
gboolean        ruf_people_model_find        (RufPeopleModel  *self,
                                              gint64           id,
                                              guint           *position);

G_END_DECLS

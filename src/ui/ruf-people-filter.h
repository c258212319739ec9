/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-channel.h"
#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_PEOPLE_FILTER (ruf_people_filter_get_type ())
G_DECLARE_FINAL_TYPE (RufPeopleFilter, ruf_people_filter, RUF, PEOPLE_FILTER, GtkWidget)

void        ruf_people_filter_reload      (RufPeopleFilter *self,
                                           RufContext      *context);
void        ruf_people_filter_clear       (RufPeopleFilter *self);
void        ruf_people_filter_choose      (RufPeopleFilter *self,
                                           RufChannel       channel,
                                           const char      *purpose);
const char *ruf_people_filter_get_segment (RufPeopleFilter *self);
void        ruf_people_filter_set_count   (RufPeopleFilter *self,
                                           const char      *words);

G_END_DECLS

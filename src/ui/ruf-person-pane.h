/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_PERSON_PANE (ruf_person_pane_get_type ())
G_DECLARE_FINAL_TYPE (RufPersonPane, ruf_person_pane, RUF, PERSON_PANE, AdwBin)

void ruf_person_pane_show   (RufPersonPane *self,
                             RufContext    *context,
                             gint64         id);
void ruf_person_pane_reload (RufPersonPane *self);

G_END_DECLS

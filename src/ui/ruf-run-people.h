/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_RUN_PEOPLE (ruf_run_people_get_type ())
G_DECLARE_FINAL_TYPE (RufRunPeople, ruf_run_people, RUF, RUN_PEOPLE, AdwExpanderRow)

GtkWidget *ruf_run_people_new (RufContext *context,
                               gint64      run_id,
                               int         status,
                               int         reason,
                               const char *error_code,
                               gint64      count);

G_END_DECLS

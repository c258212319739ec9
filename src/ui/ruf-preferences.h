/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_PREFERENCES (ruf_preferences_get_type ())
G_DECLARE_FINAL_TYPE (RufPreferences, ruf_preferences, RUF, PREFERENCES, AdwPreferencesWindow)

GtkWidget *ruf_preferences_new (GtkWindow  *parent,
                                RufContext *context);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-context.h"
#include "ruf-page.h"

G_BEGIN_DECLS

#define RUF_TYPE_WINDOW (ruf_window_get_type ())
G_DECLARE_FINAL_TYPE (RufWindow, ruf_window, RUF, WINDOW, AdwApplicationWindow)

GtkWidget  *ruf_window_new         (GtkApplication *application,
                                    RufContext     *context,
                                    GSettings      *settings,
                                    gboolean        sample);
RufContext *ruf_window_get_context (RufWindow      *self);
gboolean    ruf_window_is_sample   (RufWindow      *self);
RufPage    *ruf_window_show_page   (RufWindow      *self,
                                    const char     *name);
void        ruf_window_import      (RufWindow      *self,
                                    const char     *path);

G_END_DECLS

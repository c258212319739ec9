/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUF_TYPE_TROUBLE_WINDOW (ruf_trouble_window_get_type ())
G_DECLARE_FINAL_TYPE (RufTroubleWindow, ruf_trouble_window, RUF, TROUBLE_WINDOW,
                      AdwApplicationWindow)

GtkWidget *ruf_trouble_window_new (GtkApplication *application,
                                   const char     *path,
                                   const GError   *error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_IMPORT_WINDOW (ruf_import_window_get_type ())
G_DECLARE_FINAL_TYPE (RufImportWindow, ruf_import_window, RUF, IMPORT_WINDOW, AdwWindow)

GtkWidget *ruf_import_window_new (GtkWindow  *parent,
                                  RufContext *context,
                                  const char *path);

G_END_DECLS

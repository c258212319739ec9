/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUF_TYPE_SAMPLE_WINDOW (ruf_sample_window_get_type ())
G_DECLARE_FINAL_TYPE (RufSampleWindow, ruf_sample_window, RUF, SAMPLE_WINDOW, AdwWindow)

GtkWidget *ruf_sample_window_new (GtkWindow *parent);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUF_TYPE_DEED_BUTTON (ruf_deed_button_get_type ())
G_DECLARE_FINAL_TYPE (RufDeedButton, ruf_deed_button, RUF, DEED_BUTTON, GtkButton)

G_END_DECLS

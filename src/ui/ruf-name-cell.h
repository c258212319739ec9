/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUF_TYPE_NAME_CELL (ruf_name_cell_get_type ())
G_DECLARE_FINAL_TYPE (RufNameCell, ruf_name_cell, RUF, NAME_CELL, GtkBox)

G_END_DECLS

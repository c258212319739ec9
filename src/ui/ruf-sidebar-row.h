/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUF_TYPE_SIDEBAR_ROW (ruf_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (RufSidebarRow, ruf_sidebar_row, RUF, SIDEBAR_ROW, GtkListBoxRow)

const char *ruf_sidebar_row_get_page_name (RufSidebarRow *self);
void        ruf_sidebar_row_set_badge     (RufSidebarRow *self,
                                           guint          badge);

G_END_DECLS

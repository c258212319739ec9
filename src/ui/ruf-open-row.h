/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUF_TYPE_OPEN_ROW (ruf_open_row_get_type ())
G_DECLARE_FINAL_TYPE (RufOpenRow, ruf_open_row, RUF, OPEN_ROW, AdwActionRow)

void       ruf_open_row_install_action (GtkWidgetClass *widget_class);
GtkWidget *ruf_open_row_new            (const char     *title,
                                        const char     *subtitle);
void       ruf_open_row_hide_arrow     (RufOpenRow     *self);
void       ruf_open_row_set_target     (RufOpenRow     *self,
                                        const char     *page,
                                        gint64          id);
void       ruf_open_row_set_value      (RufOpenRow     *self,
                                        const char     *value,
                                        const char     *css_class);

G_END_DECLS

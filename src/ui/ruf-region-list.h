/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkStringList *ruf_region_list_new     (void);
guint          ruf_region_list_find    (const char *region);
const char    *ruf_region_list_get     (guint       position);

G_END_DECLS

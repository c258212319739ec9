/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     ruf_stack_show  (GtkStack   *stack,
                          const char *name);
gboolean ruf_stack_is_at (GtkStack   *stack,
                          const char *name);

G_END_DECLS

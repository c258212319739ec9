/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages in a GtkStack, of which assistive technology sees the visible one only: GTK 4.8 tells
 * of all of them. */

#include "config.h"

#include "ruf-stack.h"

/**
 * ruf_stack_show:
 * @stack: a stack
 * @name: of one of its pages
 *
 * Shows a page and hides the others, from assistive technology too.
 */
void
ruf_stack_show (GtkStack   *stack,
                const char *name)
{
  GtkWidget *shown = gtk_stack_get_child_by_name (stack, name);

  g_return_if_fail (shown != NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 child != shown, -1);
  gtk_stack_set_visible_child (stack, shown);
}

/**
 * ruf_stack_is_at:
 * @stack: a stack
 * @name: of one of its pages
 *
 * Returns: whether that page is shown
 */
gboolean
ruf_stack_is_at (GtkStack   *stack,
                 const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), name) == 0;
}

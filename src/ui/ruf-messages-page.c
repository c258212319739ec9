/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Messages". */

#include "config.h"

#include "ruf-messages-page.h"

struct _RufMessagesPage
{
  RufPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RufMessagesPage, ruf_messages_page, RUF_TYPE_PAGE)

static void
ruf_messages_page_class_init (RufMessagesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-messages-page.ui");
}

static void
ruf_messages_page_init (RufMessagesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

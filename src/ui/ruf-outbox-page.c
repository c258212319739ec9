/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Outbox". */

#include "config.h"

#include "ruf-outbox-page.h"

struct _RufOutboxPage
{
  RufPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RufOutboxPage, ruf_outbox_page, RUF_TYPE_PAGE)

static void
ruf_outbox_page_class_init (RufOutboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-outbox-page.ui");
}

static void
ruf_outbox_page_init (RufOutboxPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

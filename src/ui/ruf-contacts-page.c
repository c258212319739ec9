/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Contacts". */

#include "config.h"

#include "ruf-contacts-page.h"

struct _RufContactsPage
{
  RufPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RufContactsPage, ruf_contacts_page, RUF_TYPE_PAGE)

static void
ruf_contacts_page_class_init (RufContactsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-contacts-page.ui");
}

static void
ruf_contacts_page_init (RufContactsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Overview". */

#include "config.h"

#include "ruf-overview-page.h"

struct _RufOverviewPage
{
  RufPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RufOverviewPage, ruf_overview_page, RUF_TYPE_PAGE)

static void
ruf_overview_page_class_init (RufOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-overview-page.ui");
}

static void
ruf_overview_page_init (RufOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Reach". */

#include "config.h"

#include "ruf-reach-page.h"

struct _RufReachPage
{
  RufPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RufReachPage, ruf_reach_page, RUF_TYPE_PAGE)

static void
ruf_reach_page_class_init (RufReachPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-reach-page.ui");
}

static void
ruf_reach_page_init (RufReachPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

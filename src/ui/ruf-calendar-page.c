/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Calendar". */

#include "config.h"

#include "ruf-calendar-page.h"

struct _RufCalendarPage
{
  RufPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RufCalendarPage, ruf_calendar_page, RUF_TYPE_PAGE)

static void
ruf_calendar_page_class_init (RufCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-calendar-page.ui");
}

static void
ruf_calendar_page_init (RufCalendarPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of a boxed list that opens something. Beside what AdwActionRow does, assistive
 * technology can open it: rows of GTK have no action of their own to call. */

#include "config.h"

#include "ruf-open-row.h"

struct _RufOpenRow
{
  AdwActionRow parent_instance;

  GtkWidget   *value;
  GtkWidget   *arrow;
};

G_DEFINE_FINAL_TYPE (RufOpenRow, ruf_open_row, ADW_TYPE_ACTION_ROW)

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_signal_emit_by_name (widget, "activate");
}

static void
ruf_open_row_class_init (RufOpenRowClass *klass)
{
  ruf_open_row_install_action (GTK_WIDGET_CLASS (klass));
}

static void
ruf_open_row_init (RufOpenRow *self)
{
  self->arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  self->value = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->value, "numeric");
  gtk_widget_set_visible (self->value, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->value);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->arrow);
}

/**
 * ruf_open_row_install_action:
 * @widget_class: a class of rows of a list box
 *
 * Lets assistive technology activate the rows of @widget_class.
 */
void
ruf_open_row_install_action (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "row.open", NULL, open_action);
}

/**
 * ruf_open_row_new:
 * @title: plain text
 * @subtitle: (nullable): plain text
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
ruf_open_row_new (const char *title,
                  const char *subtitle)
{
  RufOpenRow *self;

  /* One after the other: while a row is made, its label hears of the title first. */
  self = g_object_new (RUF_TYPE_OPEN_ROW, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);

  return GTK_WIDGET (self);
}

/**
 * ruf_open_row_hide_arrow:
 * @self: a row
 *
 * Leaves the arrow away, where the list itself says that its rows open something.
 */
void
ruf_open_row_hide_arrow (RufOpenRow *self)
{
  g_return_if_fail (RUF_IS_OPEN_ROW (self));

  gtk_widget_set_visible (self->arrow, FALSE);
}

/**
 * ruf_open_row_set_target:
 * @self: a row
 * @page: name of a page of the window
 * @id: what it is to show, or 0 for the page alone
 *
 * Decides what the row opens.
 */
void
ruf_open_row_set_target (RufOpenRow *self,
                         const char *page,
                         gint64      id)
{
  g_return_if_fail (RUF_IS_OPEN_ROW (self));
  g_return_if_fail (page != NULL);

  if (id != 0)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.show");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(sx)", page, id);
    }
  else
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.page");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", page);
    }
}

/**
 * ruf_open_row_set_value:
 * @self: a row
 * @value: what stands at its end, plain text
 * @css_class: how: "dim-label", "title-3"
 *
 * Shows a state or a number at the end of the row.
 */
void
ruf_open_row_set_value (RufOpenRow *self,
                        const char *value,
                        const char *css_class)
{
  g_return_if_fail (RUF_IS_OPEN_ROW (self));

  gtk_label_set_label (GTK_LABEL (self->value), value);
  gtk_widget_add_css_class (self->value, css_class);
  gtk_widget_set_visible (self->value, TRUE);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One page's row in the sidebar: icon, word, and how many things wait there. */

#include "config.h"

#include "ruf-sidebar-row.h"

#include <glib/gi18n-lib.h>

#include "ruf-open-row.h"

struct _RufSidebarRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *label;
  GtkLabel *badge_label;

  char     *page_name;
  char     *title;
  guint     badge;
};

enum
{
  PROP_0,
  PROP_PAGE_NAME,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_BADGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufSidebarRow, ruf_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_accessible_name (RufSidebarRow *self)
{
  g_autofree char *waiting = NULL;
  const char *description;

  waiting = g_strdup_printf (ngettext ("%u waits", "%u wait", self->badge), self->badge);
  description = self->badge > 0 ? waiting : "";
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
set_title (RufSidebarRow *self,
           const char    *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_label_set_label (self->label, title);
  update_accessible_name (self);
}

static void
ruf_sidebar_row_finalize (GObject *object)
{
  RufSidebarRow *self = RUF_SIDEBAR_ROW (object);

  g_free (self->page_name);
  g_free (self->title);

  G_OBJECT_CLASS (ruf_sidebar_row_parent_class)->finalize (object);
}

static void
ruf_sidebar_row_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RufSidebarRow *self = RUF_SIDEBAR_ROW (object);

  switch (prop_id)
    {
    case PROP_PAGE_NAME:
      g_value_set_string (value, self->page_name);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (self->icon));
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_BADGE:
      g_value_set_uint (value, self->badge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_sidebar_row_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  RufSidebarRow *self = RUF_SIDEBAR_ROW (object);

  switch (prop_id)
    {
    case PROP_PAGE_NAME:
      g_free (self->page_name);
      self->page_name = g_value_dup_string (value);
      break;
    case PROP_ICON_NAME:
      gtk_image_set_from_icon_name (self->icon, g_value_get_string (value));
      break;
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    case PROP_BADGE:
      ruf_sidebar_row_set_badge (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* A list row of GTK 4.8 has no action that assistive technology could call. */
/* Arrow keys go from row to row; Tab goes from the row of the page shown to the page itself,
 * and does not turn all the other pages on its way. */
static gboolean
ruf_sidebar_row_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && !gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (widget)))
    return FALSE;

  return GTK_WIDGET_CLASS (ruf_sidebar_row_parent_class)->focus (widget, direction);
}

static void
ruf_sidebar_row_class_init (RufSidebarRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ruf_sidebar_row_finalize;
  object_class->get_property = ruf_sidebar_row_get_property;
  object_class->set_property = ruf_sidebar_row_set_property;
  GTK_WIDGET_CLASS (klass)->focus = ruf_sidebar_row_focus;

  properties[PROP_PAGE_NAME] =
    g_param_spec_string ("page-name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BADGE] =
    g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  ruf_open_row_install_action (GTK_WIDGET_CLASS (klass));
}

static void
ruf_sidebar_row_init (RufSidebarRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  self->badge_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->badge_label), "badge");
  gtk_widget_add_css_class (GTK_WIDGET (self->badge_label), "numeric");
  gtk_widget_set_valign (GTK_WIDGET (self->badge_label), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->badge_label), FALSE);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->badge_label));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/**
 * ruf_sidebar_row_get_page_name:
 * @self: a row
 *
 * Returns: the name of the page in the window's stack
 */
const char *
ruf_sidebar_row_get_page_name (RufSidebarRow *self)
{
  g_return_val_if_fail (RUF_IS_SIDEBAR_ROW (self), NULL);

  return self->page_name;
}

/**
 * ruf_sidebar_row_set_badge:
 * @self: a row
 * @badge: how many things wait on the page; 0 shows nothing
 */
void
ruf_sidebar_row_set_badge (RufSidebarRow *self,
                           guint          badge)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUF_IS_SIDEBAR_ROW (self));

  if (self->badge == badge)
    return;

  self->badge = badge;
  text = g_strdup_printf ("%'u", badge);
  gtk_label_set_label (self->badge_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge_label), badge > 0);
  update_accessible_name (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
}

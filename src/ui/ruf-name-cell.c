/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody's name in the table of people. Where the page is narrow and has no column for the
 * address, that stands below. Cells are kept and not made anew for it: GTK 4.8 crashes where
 * the accessibility bus asks for a row whose cells are just being replaced. */

#include "config.h"

#include "ruf-name-cell.h"

#include "ruf-page.h"

struct _RufNameCell
{
  GtkBox          parent_instance;

  GtkInscription *name;
  GtkInscription *address;
  GBinding       *folded;   /* to the page the cell is on */
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_ADDRESS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufNameCell, ruf_name_cell, GTK_TYPE_BOX)

static void
ruf_name_cell_root (GtkWidget *widget)
{
  RufNameCell *self = RUF_NAME_CELL (widget);
  GtkWidget *page;

  GTK_WIDGET_CLASS (ruf_name_cell_parent_class)->root (widget);

  page = gtk_widget_get_ancestor (widget, RUF_TYPE_PAGE);
  if (page != NULL)
    self->folded = g_object_bind_property (page, "folded", self->address, "visible",
                                           G_BINDING_SYNC_CREATE);
}

static void
ruf_name_cell_unroot (GtkWidget *widget)
{
  g_clear_pointer (&RUF_NAME_CELL (widget)->folded, g_binding_unbind);

  GTK_WIDGET_CLASS (ruf_name_cell_parent_class)->unroot (widget);
}

static void
ruf_name_cell_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RufNameCell *self = RUF_NAME_CELL (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, gtk_inscription_get_text (self->name));
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, gtk_inscription_get_text (self->address));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_name_cell_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  RufNameCell *self = RUF_NAME_CELL (object);

  switch (prop_id)
    {
    case PROP_NAME:
      gtk_inscription_set_text (self->name, g_value_get_string (value));
      break;
    case PROP_ADDRESS:
      gtk_inscription_set_text (self->address, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_name_cell_class_init (RufNameCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ruf_name_cell_get_property;
  object_class->set_property = ruf_name_cell_set_property;
  widget_class->root = ruf_name_cell_root;
  widget_class->unroot = ruf_name_cell_unroot;

  properties[PROP_NAME] = g_param_spec_string ("name-text", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static GtkInscription *
add_line (RufNameCell *self)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (line), 12);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (line), 20);
  gtk_box_append (GTK_BOX (self), line);

  return GTK_INSCRIPTION (line);
}

static void
ruf_name_cell_init (RufNameCell *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  self->name = add_line (self);
  self->address = add_line (self);
  gtk_widget_add_css_class (GTK_WIDGET (self->address), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->address), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->address), "numeric");
  gtk_widget_set_visible (GTK_WIDGET (self->address), FALSE);
}

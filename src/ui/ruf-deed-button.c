/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The primary deed of a page in its header bar: a word where there is room, an icon where the
 * sidebar is folded. The word stays its name and its tooltip. */

#include "config.h"

#include "ruf-deed-button.h"

struct _RufDeedButton
{
  GtkButton  parent_instance;

  char      *text;
  char      *icon;
  gboolean   folded;
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_ICON,
  PROP_FOLDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufDeedButton, ruf_deed_button, GTK_TYPE_BUTTON)

static void
update (RufDeedButton *self)
{
  if (self->text == NULL || self->icon == NULL)
    return;

  if (self->folded)
    gtk_button_set_icon_name (GTK_BUTTON (self), self->icon);
  else
    gtk_button_set_label (GTK_BUTTON (self), self->text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->folded ? self->text : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->text, -1);
}

static void
ruf_deed_button_finalize (GObject *object)
{
  RufDeedButton *self = RUF_DEED_BUTTON (object);

  g_free (self->text);
  g_free (self->icon);

  G_OBJECT_CLASS (ruf_deed_button_parent_class)->finalize (object);
}

static void
ruf_deed_button_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RufDeedButton *self = RUF_DEED_BUTTON (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_ICON:
      g_value_set_string (value, self->icon);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_deed_button_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  RufDeedButton *self = RUF_DEED_BUTTON (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_free (self->text);
      self->text = g_value_dup_string (value);
      break;
    case PROP_ICON:
      g_free (self->icon);
      self->icon = g_value_dup_string (value);
      break;
    case PROP_FOLDED:
      self->folded = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  update (self);
}

static void
ruf_deed_button_class_init (RufDeedButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ruf_deed_button_finalize;
  object_class->get_property = ruf_deed_button_get_property;
  object_class->set_property = ruf_deed_button_set_property;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_deed_button_init (RufDeedButton *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "suggested-action");
}

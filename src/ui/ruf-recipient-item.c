/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One of the people behind a number: nothing at first, name and address once the store has
 * answered. */

#include "config.h"

#include "ruf-recipient-item.h"

struct _RufRecipientItem
{
  GObject  parent_instance;

  gint64   person_id;
  char    *name;
  char    *address;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_ADDRESS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufRecipientItem, ruf_recipient_item, G_TYPE_OBJECT)

static void
ruf_recipient_item_finalize (GObject *object)
{
  RufRecipientItem *self = RUF_RECIPIENT_ITEM (object);

  g_free (self->name);
  g_free (self->address);

  G_OBJECT_CLASS (ruf_recipient_item_parent_class)->finalize (object);
}

static void
ruf_recipient_item_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RufRecipientItem *self = RUF_RECIPIENT_ITEM (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_recipient_item_class_init (RufRecipientItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ruf_recipient_item_finalize;
  object_class->get_property = ruf_recipient_item_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_recipient_item_init (RufRecipientItem *self)
{
}

/**
 * ruf_recipient_item_new:
 * @person_id: who it is, 0 = forgotten or never known
 *
 * Returns: (transfer full): somebody without a name yet
 */
RufRecipientItem *
ruf_recipient_item_new (gint64 person_id)
{
  RufRecipientItem *self = g_object_new (RUF_TYPE_RECIPIENT_ITEM, NULL);

  self->person_id = person_id;
  return self;
}

/**
 * ruf_recipient_item_get_person_id:
 * @self: somebody
 *
 * Returns: who it is, 0 = forgotten or never known
 */
gint64
ruf_recipient_item_get_person_id (RufRecipientItem *self)
{
  g_return_val_if_fail (RUF_IS_RECIPIENT_ITEM (self), 0);

  return self->person_id;
}

/**
 * ruf_recipient_item_fill:
 * @self: somebody
 * @name: as people read it
 * @address: (nullable): as people read it
 *
 * Says who it is.
 */
void
ruf_recipient_item_fill (RufRecipientItem *self,
                         const char       *name,
                         const char       *address)
{
  g_return_if_fail (RUF_IS_RECIPIENT_ITEM (self));

  g_free (self->name);
  g_free (self->address);
  self->name = g_strdup (name);
  self->address = g_strdup (address);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADDRESS]);
}

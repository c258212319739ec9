/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing of a file that is not taken, as the list of faults shows it. */

#include "config.h"

#include "ruf-fault-item.h"

#include <glib/gi18n-lib.h>

struct _RufFaultItem
{
  GObject  parent_instance;

  char    *value;
  char    *place;
  char    *reason;
};

enum
{
  PROP_0,
  PROP_VALUE,
  PROP_PLACE,
  PROP_REASON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufFaultItem, ruf_fault_item, G_TYPE_OBJECT)

static void
ruf_fault_item_finalize (GObject *object)
{
  RufFaultItem *self = RUF_FAULT_ITEM (object);

  g_free (self->value);
  g_free (self->place);
  g_free (self->reason);

  G_OBJECT_CLASS (ruf_fault_item_parent_class)->finalize (object);
}

static void
ruf_fault_item_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  RufFaultItem *self = RUF_FAULT_ITEM (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_fault_item_class_init (RufFaultItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ruf_fault_item_finalize;
  object_class->get_property = ruf_fault_item_get_property;

  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_fault_item_init (RufFaultItem *self)
{
}

/**
 * ruf_fault_item_new:
 * @row: line of the file
 * @column: (nullable): header of the column, or NULL for the whole row
 * @value: (nullable): the cell
 * @reason: why it is not taken, in words
 *
 * Returns: (transfer full): an item
 */
RufFaultItem *
ruf_fault_item_new (guint       row,
                    const char *column,
                    const char *value,
                    const char *reason)
{
  RufFaultItem *self = g_object_new (RUF_TYPE_FAULT_ITEM, NULL);
  g_autofree char *place = NULL;

  if (column != NULL)
    /* Translators: where something stands in a file: "row 6, phone" */
    place = g_strdup_printf (_("row %u, %s"), row, column);
  else
    place = g_strdup_printf (_("row %u"), row);

  /* A fault of a whole row has nothing but its place to be called by. */
  if (value == NULL && column == NULL)
    self->value = g_strdup_printf (_("Row %u"), row);
  else
    self->value = g_strdup (value != NULL && *value != '\0' ? value : _("(empty)"));
  self->place = value == NULL && column == NULL ? NULL : g_steal_pointer (&place);
  self->reason = g_strdup (reason);

  return self;
}

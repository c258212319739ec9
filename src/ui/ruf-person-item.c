/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of the table of people: an id at first, the person once the store has answered.
 * The texts of the columns are made once, not with every redraw. */

#include "config.h"

#include "ruf-person-item.h"

#include "ruf-words.h"

struct _RufPersonItem
{
  GObject    parent_instance;

  gint64     id;
  RufPerson *person;   /* NULL until loaded */
  char      *address;
  char      *tags;
  char      *last_message;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_ADDRESS,
  PROP_TAGS,
  PROP_LAST_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint loaded_signal;

G_DEFINE_FINAL_TYPE (RufPersonItem, ruf_person_item, G_TYPE_OBJECT)

static char *
join_tags (const RufPerson *person)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < person->tags->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (person->tags, i));

  return g_string_free (words, FALSE);
}

static void
clear_texts (RufPersonItem *self)
{
  g_clear_pointer (&self->person, ruf_person_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->tags, g_free);
  g_clear_pointer (&self->last_message, g_free);
}

static void
ruf_person_item_finalize (GObject *object)
{
  clear_texts (RUF_PERSON_ITEM (object));

  G_OBJECT_CLASS (ruf_person_item_parent_class)->finalize (object);
}

static void
ruf_person_item_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RufPersonItem *self = RUF_PERSON_ITEM (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->person != NULL ? self->person->name : NULL);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_TAGS:
      g_value_set_string (value, self->tags);
      break;
    case PROP_LAST_MESSAGE:
      g_value_set_string (value, self->last_message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_person_item_class_init (RufPersonItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ruf_person_item_finalize;
  object_class->get_property = ruf_person_item_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_TAGS] = g_param_spec_string ("tags", NULL, NULL, NULL, flags);
  properties[PROP_LAST_MESSAGE] = g_param_spec_string ("last-message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RufPersonItem::loaded:
   *
   * The person is there, or is there anew.
   */
  loaded_signal = g_signal_new ("loaded", RUF_TYPE_PERSON_ITEM, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ruf_person_item_init (RufPersonItem *self)
{
}

/**
 * ruf_person_item_new:
 * @id: of the person
 *
 * Returns: (transfer full): a row without its person
 */
RufPersonItem *
ruf_person_item_new (gint64 id)
{
  RufPersonItem *self = g_object_new (RUF_TYPE_PERSON_ITEM, NULL);

  self->id = id;

  return self;
}

/**
 * ruf_person_item_get_id:
 * @self: a row
 *
 * Returns: the person's id
 */
gint64
ruf_person_item_get_id (RufPersonItem *self)
{
  g_return_val_if_fail (RUF_IS_PERSON_ITEM (self), 0);

  return self->id;
}

/**
 * ruf_person_item_get_person:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the person, NULL until the store has answered
 */
const RufPerson *
ruf_person_item_get_person (RufPersonItem *self)
{
  g_return_val_if_fail (RUF_IS_PERSON_ITEM (self), NULL);

  return self->person;
}

/**
 * ruf_person_item_take:
 * @self: a row
 * @person: (transfer full): who stands in it
 * @address: (nullable): the first of their addresses, as people read it
 * @now: UTC microseconds, to say when the last message left
 * @zone: where the user is
 *
 * Fills the row and tells the cells.
 */
void
ruf_person_item_take (RufPersonItem *self,
                      RufPerson     *person,
                      const char    *address,
                      gint64         now,
                      GTimeZone     *zone)
{
  g_return_if_fail (RUF_IS_PERSON_ITEM (self));
  g_return_if_fail (person != NULL);

  clear_texts (self);
  self->person = person;
  self->address = g_strdup (address);
  self->tags = join_tags (person);
  if (person->last_message_at != 0)
    self->last_message = ruf_words_moment (person->last_message_at, now, zone);

  for (guint i = PROP_NAME; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_signal_emit (self, loaded_signal, 0);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A message's text for one person. A name that is not known takes the fallback the text
 * gives, or nothing: never a raw placeholder.
 */

#include "config.h"

#include "ruf-render.h"

#include "ruf-dispatcher.h"

typedef struct
{
  gint64     person_id;
  RufPerson *person;
} PersonRead;

static const char *
look_up (const char *name,
         gpointer    user_data)
{
  const RufHandover *row = user_data;
  const struct {
    const char *name;
    const char *value;
  } values[] = {
    { "first_name", row->first_name },
    { "last_name", row->last_name },
    { "name", row->name },
    { "organisation", row->organisation },
    { "city", row->city },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (strcmp (name, values[i].name) == 0)
      return values[i].value;
  return NULL;
}

/**
 * ruf_render_handover:
 * @template: the message
 * @row: for whom
 *
 * Returns: (transfer full): the text that this person gets
 */
char *
ruf_render_handover (const RufTemplate *template,
                     const RufHandover *row)
{
  return ruf_template_render (template, look_up, (gpointer) row);
}

/**
 * ruf_render_person:
 * @template: the message
 * @person: (nullable): for whom; %NULL for somebody of whom nothing is known
 *
 * Returns: (transfer full): the text that this person would get
 */
char *
ruf_render_person (const RufTemplate *template,
                   const RufPerson   *person)
{
  RufHandover row = { 0 };

  if (person != NULL)
    {
      row.name = person->name;
      row.first_name = person->first_name;
      row.last_name = person->last_name;
      row.organisation = person->organisation;
      row.city = person->city;
    }
  return ruf_render_handover (template, &row);
}

static gboolean
read_person (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  PersonRead *read = data;

  read->person = ruf_people_table_get (db, read->person_id, error);
  return read->person != NULL;
}

/**
 * ruf_render_message:
 * @context: the context
 * @body: a text with placeholders
 * @person_id: for whom
 * @error: return location; NOT_FOUND where there is no such person, INVALID where @body has
 *   braces that are not closed
 *
 * The text as that person would get it.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
ruf_render_message (RufContext  *context,
                    const char  *body,
                    gint64       person_id,
                    GError     **error)
{
  g_autoptr (RufTemplate) template = ruf_template_parse (body, error);
  PersonRead read = { .person_id = person_id };
  g_autoptr (RufPerson) person = NULL;

  if (template == NULL ||
      !ruf_store_read_sync (ruf_context_get_store (context), read_person, &read, NULL, error))
    return NULL;

  person = read.person;
  return ruf_render_person (template, person);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A person on the way in, made ready: with the name composed, the empty strings gone, the sort
 * key and what the search is to know.
 */

#include "config.h"

#include "ruf-person-entry.h"

#include <string.h>

#include "ruf-name-key.h"

static const char *
non_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* The name, or what a name can be made of. */
static char *
compose_name (const RufPersonDraft *draft)
{
  const char *first = non_empty (draft->first_name);
  const char *last = non_empty (draft->last_name);

  if (non_empty (draft->name) != NULL)
    return g_strdup (draft->name);
  if (first != NULL && last != NULL)
    return g_strconcat (first, " ", last, NULL);
  if (first != NULL || last != NULL)
    return g_strdup (first != NULL ? first : last);
  return g_strdup (non_empty (draft->organisation));
}

static void
fill_fields (RufPersonEntry *self)
{
  const RufPersonDraft *draft = self->draft;

  self->fields[RUF_PERSON_NAME] = self->composed_name;
  self->fields[RUF_PERSON_FIRST_NAME] = non_empty (draft->first_name);
  self->fields[RUF_PERSON_LAST_NAME] = non_empty (draft->last_name);
  self->fields[RUF_PERSON_ORGANISATION] = non_empty (draft->organisation);
  self->fields[RUF_PERSON_CITY] = non_empty (draft->city);
  self->fields[RUF_PERSON_LANGUAGE] = non_empty (draft->language);
  self->fields[RUF_PERSON_BIRTHDAY] = non_empty (draft->birthday);
  self->fields[RUF_PERSON_NOTES] = non_empty (draft->notes);
}

static void
append_word (GString    *words,
             const char *word)
{
  if (word == NULL || strstr (words->str, word) != NULL)
    return;
  if (words->len > 0)
    g_string_append_c (words, ' ');
  g_string_append (words, word);
}

/* What ruf_people_index_update() would read of this person once they are in. */
static void
fill_search (RufPersonEntry *self)
{
  const RufPersonDraft *draft = self->draft;
  GString *name = g_string_new (self->composed_name);
  GString *addresses = g_string_new (NULL);

  append_word (name, self->fields[RUF_PERSON_FIRST_NAME]);
  append_word (name, self->fields[RUF_PERSON_LAST_NAME]);
  append_word (name, self->fields[RUF_PERSON_ORGANISATION]);
  for (guint i = 0; i < draft->n_points; i++)
    append_word (addresses, draft->points[i].address);
  self->search_name = g_string_free (name, FALSE);
  self->search_addresses = g_string_free (addresses, FALSE);
  if (draft->tags != NULL && draft->tags[0] != NULL)
    self->search_tags = g_strjoinv (" ", (char **) draft->tags);
}

/**
 * ruf_person_entry_new:
 * @draft: a person, who outlives the entry
 *
 * Makes a draft ready to be stored. Safe from every thread.
 *
 * Returns: (transfer full): the entry
 */
RufPersonEntry *
ruf_person_entry_new (const RufPersonDraft *draft)
{
  RufPersonEntry *self = g_new0 (RufPersonEntry, 1);
  const char *address = draft->n_points > 0 ? draft->points[0].address : NULL;

  self->draft = draft;
  self->composed_name = compose_name (draft);
  self->name_key = ruf_name_key_new (self->composed_name ? self->composed_name : "", address);
  fill_fields (self);
  fill_search (self);
  return self;
}

/**
 * ruf_person_entry_free:
 * @self: (nullable): an entry
 */
void
ruf_person_entry_free (RufPersonEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->composed_name);
  g_free (self->name_key);
  g_free (self->search_name);
  g_free (self->search_addresses);
  g_free (self->search_tags);
  g_free (self);
}

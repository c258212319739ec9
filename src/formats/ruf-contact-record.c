/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A person of a file, and the cleaning of text that every kind of file needs. */

#include "config.h"

#include "ruf-contact-record.h"

#include <string.h>

/**
 * ruf_contact_cell_new:
 * @text: (transfer full): the address as written
 * @column: the column it stands in
 * @label: (nullable): what kind of address it is
 *
 * Returns: (transfer full): an address of a record
 */
RufContactCell *
ruf_contact_cell_new (char       *text,
                      const char *column,
                      const char *label)
{
  RufContactCell *self = g_new0 (RufContactCell, 1);

  self->text = text;
  self->column = g_strdup (column);
  self->label = g_strdup (label);
  return self;
}

/**
 * ruf_contact_cell_free:
 * @self: (nullable): an address of a record
 */
void
ruf_contact_cell_free (RufContactCell *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->column);
  g_free (self->label);
  g_free (self);
}

/**
 * ruf_contact_record_new:
 * @row: line where the record starts, from 1
 *
 * Returns: (transfer full): a record of nobody yet
 */
RufContactRecord *
ruf_contact_record_new (guint row)
{
  RufContactRecord *self = g_new0 (RufContactRecord, 1);

  self->row = row;
  self->phones = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_contact_cell_free);
  self->emails = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_contact_cell_free);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * ruf_contact_record_free:
 * @self: (nullable): a record
 */
void
ruf_contact_record_free (RufContactRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->first_name);
  g_free (self->last_name);
  g_free (self->organisation);
  g_free (self->city);
  g_free (self->language);
  g_free (self->birthday);
  g_free (self->notes);
  g_free (self->consent_channel);
  g_free (self->consent_purpose);
  g_free (self->consent_at);
  g_free (self->consent_source);
  g_free (self->consent_text);
  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->emails);
  g_ptr_array_unref (self->tags);
  g_free (self);
}

static void
limit (RufContactRecord *self,
       GPtrArray        *values)
{
  if (values->len <= RUF_CONTACT_MAX_VALUES)
    return;
  g_ptr_array_set_size (values, RUF_CONTACT_MAX_VALUES);
  self->fault = RUF_REJECT_TOO_LONG;
}

/**
 * ruf_contact_record_add_tag:
 * @self: a record
 * @tag: (transfer full): a tag
 *
 * Adds a tag, unless the record has it in whatever case. More than %RUF_CONTACT_MAX_VALUES make
 * the record %RUF_REJECT_TOO_LONG.
 */
void
ruf_contact_record_add_tag (RufContactRecord *self,
                            char             *tag)
{
  for (guint i = 0; i < self->tags->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->tags, i), tag) == 0)
      {
        g_free (tag);
        return;
      }
  g_ptr_array_add (self->tags, tag);
  limit (self, self->tags);
}

/**
 * ruf_contact_record_add_cell:
 * @self: a record
 * @cells: its phones or emails
 * @cell: (transfer full): an address
 *
 * Adds an address. More than %RUF_CONTACT_MAX_VALUES make the record %RUF_REJECT_TOO_LONG.
 */
void
ruf_contact_record_add_cell (RufContactRecord *self,
                             GPtrArray        *cells,
                             RufContactCell   *cell)
{
  g_ptr_array_add (cells, cell);
  limit (self, cells);
}

/* A no-break space is white space that isspace() does not know. */
static gboolean
is_space (const char *c,
          gsize      *size)
{
  *size = 1;
  if (g_ascii_isspace (*c))
    return TRUE;
  *size = 2;
  return (guchar) c[0] == 0xc2 && (guchar) c[1] == 0xa0;
}

/**
 * ruf_contact_dup_trimmed:
 * @text: a text
 *
 * Returns: (transfer full) (nullable): @text without white space at both ends, no-break spaces
 *   included; %NULL where nothing is left
 */
char *
ruf_contact_dup_trimmed (const char *text)
{
  gsize size, length;

  while (is_space (text, &size))
    text += size;
  length = strlen (text);
  while (length > 0)
    {
      if (g_ascii_isspace (text[length - 1]))
        length--;
      else if (length > 1 && is_space (text + length - 2, &size) && size == 2)
        length -= 2;
      else
        break;
    }
  return length > 0 ? g_strndup (text, length) : NULL;
}

/**
 * ruf_contact_dup_name:
 * @text: a trimmed text
 *
 * Returns: (transfer full): @text on one line: white space of any kind becomes one blank
 */
char *
ruf_contact_dup_name (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *c = text; *c != '\0';)
    {
      gsize size;

      if (!is_space (c, &size))
        g_string_append_c (out, *c++);
      else
        {
          if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
          c += size;
        }
    }
  return g_string_free (out, FALSE);
}

/**
 * ruf_contact_set_once:
 * @place: (inout): a field of a record
 * @value: (transfer full) (nullable): what a file says about it
 *
 * Fills a field that is still empty: the first value of a file wins.
 */
void
ruf_contact_set_once (char **place,
                      char  *value)
{
  if (*place == NULL)
    *place = value;
  else
    g_free (value);
}

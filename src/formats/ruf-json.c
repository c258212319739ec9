/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON from strangers: read without trust in its depth or its types. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-json.h"

static gboolean
begins_object (const char *data,
               gsize       size)
{
  gsize i = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < size && g_ascii_isspace (data[i]))
    i++;
  return i < size && data[i] == '{';
}

/* json-glib descends by recursion, so a megabyte of "[" would end the program. Of two objects
 * in a row it keeps one and says nothing of the other. */
static gboolean
is_one_and_shallow (const char *data,
                    gsize       size)
{
  gboolean in_text = FALSE, has_ended = FALSE;
  int depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (has_ended && !g_ascii_isspace (data[i]))
        return FALSE;
      if (in_text)
        {
          if (data[i] == '\\')
            i++;
          else if (data[i] == '"')
            in_text = FALSE;
        }
      else if (data[i] == '"')
        in_text = TRUE;
      else if (data[i] == '[' || data[i] == '{')
        {
          if (++depth > RUF_JSON_MAX_DEPTH)
            return FALSE;
        }
      else if (data[i] == ']' || data[i] == '}')
        has_ended = --depth <= 0;
    }
  return TRUE;
}

/**
 * ruf_json_parse_object:
 * @data: bytes
 * @size: their number, or −1 where a NUL ends them
 * @error: return location
 *
 * Reads one JSON object. Deeper nesting than %RUF_JSON_MAX_DEPTH is refused, and so are text
 * that is not UTF-8 and anything behind the object.
 *
 * Returns: (transfer full): the object, or %NULL with %RUF_ERROR_PROTOCOL
 */
JsonObject *
ruf_json_parse_object (const char  *data,
                       gssize       size,
                       GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length = size < 0 ? strlen (data) : (gsize) size;

  if (!begins_object (data, length))
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_PROTOCOL, _("This is not a JSON object."));
      return NULL;
    }
  if (!g_utf8_validate_len (data, length, NULL) || !is_one_and_shallow (data, length)
      || !json_parser_load_from_data (parser, data, length, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_PROTOCOL, _("This is not JSON."));
      return NULL;
    }
  return json_node_dup_object (json_parser_get_root (parser));
}

static JsonNode *
get_value (JsonObject *object,
           const char *name,
           GType       type)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

/**
 * ruf_json_get_text:
 * @object: an object
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the string, %NULL where @name is missing or no string
 */
const char *
ruf_json_get_text (JsonObject *object,
                   const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * ruf_json_get_int:
 * @object: an object
 * @name: a member
 * @fallback: for a member that is missing or no whole number
 *
 * Returns: the number
 */
gint64
ruf_json_get_int (JsonObject *object,
                  const char *name,
                  gint64      fallback)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/**
 * ruf_json_get_flag:
 * @object: an object
 * @name: a member
 *
 * Returns: %TRUE where @name is `true`, and nowhere else
 */
gboolean
ruf_json_get_flag (JsonObject *object,
                   const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/**
 * ruf_json_get_array:
 * @object: an object
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the array, %NULL where @name is missing or no array
 */
JsonArray *
ruf_json_get_array (JsonObject *object,
                    const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * ruf_json_get_element:
 * @array: an array
 * @index: a place in it
 *
 * Returns: (nullable) (transfer none): the object there, %NULL where it is something else
 */
JsonObject *
ruf_json_get_element (JsonArray *array,
                      guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * ruf_json_write:
 * @node: (transfer full): a node
 *
 * Returns: (transfer full): @node as text on one line
 */
char *
ruf_json_write (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  json_node_unref (node);
  return text;
}

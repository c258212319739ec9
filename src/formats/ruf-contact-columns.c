/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Header words to fields, by the table in contact-columns.ini. */

#include "config.h"

#include "ruf-contact-columns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-error.h"
#include "ruf-formats-resources.h"

#define TABLE_NAME "contact-columns.ini"
#define MAX_BLANK 16   /* bytes; asked for every cell, so it must be cheap */
#define TABLE_PATH "/io/github/rundruf/Rundruf/formats/" TABLE_NAME

typedef struct
{
  RufContactField  field;
  const char      *label;
} Alias;

struct _RufContactColumns
{
  GHashTable *aliases;   /* char * → Alias */
  GHashTable *labels;    /* char * → interned label, "skip" for fax and pager */
  GHashTable *blanks;    /* set of char * */
  GPtrArray  *formats;   /* interned names in order of precedence */
  GHashTable *tells;     /* char * → interned name of a format */
};

static const char * const field_names[RUF_N_CONTACT_FIELDS + 1] = {
  "ignore", "name", "first_name", "middle_name", "last_name", "nickname", "organisation",
  "phone", "phone_label", "email", "email_label", "tags", "city", "language", "birthday",
  "notes", "channel", "purpose", "consent_at", "consent_source", "consent_text", NULL
};

/* Case, brackets, underscores, quotes, blanks and Unicode forms do not matter. */
static char *
normalise (const char *text)
{
  g_autofree char *whole = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_autofree char *folded = g_utf8_casefold (whole != NULL ? whole : text, -1);
  GString *out = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar u = g_utf8_get_char (c);

      if (u == '(' || u == ')' || u == '_' || u == 0xfeff || g_unichar_isspace (u))
        {
          if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
        }
      else if (u != '"' && u != '\'' && u != '*')
        g_string_append_unichar (out, u);
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* "telefon 2" → "telefon #", "handy2" → "handy #" */
static char *
number_to_sign (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isdigit (*c))
        g_string_append_c (out, *c);
      else if (out->len == 0 || out->str[out->len - 1] != '#')
        {
          if (out->len > 0 && g_ascii_isalpha (out->str[out->len - 1]))
            g_string_append_c (out, ' ');
          g_string_append_c (out, '#');
        }
    }
  return g_string_free (out, FALSE);
}

/* The header as written, with "#" for numbers, and without a number at its end. */
static gpointer
look_up (GHashTable *table,
         const char *header)
{
  g_autofree char *exact = normalise (header);
  g_autofree char *numbered = number_to_sign (exact);
  gpointer found = g_hash_table_lookup (table, exact);

  if (found == NULL)
    found = g_hash_table_lookup (table, numbered);
  if (found == NULL && g_str_has_suffix (numbered, " #"))
    {
      numbered[strlen (numbered) - 2] = '\0';
      found = g_hash_table_lookup (table, numbered);
    }
  return found;
}

static gboolean
parse_field (const char      *text,
             RufContactField *field)
{
  for (guint i = 0; i < RUF_N_CONTACT_FIELDS; i++)
    if (g_str_equal (field_names[i], text))
      {
        *field = i;
        return TRUE;
      }
  return FALSE;
}

static void
add_aliases (RufContactColumns *self,
             GKeyFile          *file,
             const char        *group,
             const char        *key)
{
  g_auto (GStrv) words = g_key_file_get_string_list (file, group, key, NULL, NULL);
  RufContactField field = RUF_FIELD_IGNORE;
  gboolean is_field = parse_field (group, &field);

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      char *word = normalise (words[i]);

      if (is_field)
        {
          Alias *alias = g_new (Alias, 1);

          alias->field = field;
          alias->label = g_str_equal (key, "any") ? NULL : g_intern_string (key);
          g_hash_table_replace (self->aliases, word, alias);
        }
      else if (g_str_equal (group, "labels"))
        g_hash_table_replace (self->labels, word, (gpointer) g_intern_string (key));
      else if (g_str_equal (group, "values"))
        g_hash_table_add (self->blanks, word);
      else if (g_str_equal (group, "formats") && !g_str_equal (key, "order"))
        g_hash_table_replace (self->tells, word, (gpointer) g_intern_string (key));
      else
        {
          if (g_str_equal (group, "formats"))
            g_ptr_array_add (self->formats, (gpointer) g_intern_string (words[i]));
          g_free (word);
        }
    }
}

static void
add_table (RufContactColumns *self,
           GKeyFile          *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);

      for (gsize k = 0; keys != NULL && keys[k] != NULL; k++)
        add_aliases (self, file, groups[i], keys[k]);
    }
}

static gboolean
load_own_table (RufContactColumns  *self,
                GError            **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes =
    g_resource_lookup_data (ruf_formats_get_resource (), TABLE_PATH, 0, error);

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, error))
    return FALSE;
  add_table (self, file);
  return TRUE;
}

static gboolean
load_user_table (RufContactColumns  *self,
                 GError            **error)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "rundruf", TABLE_NAME, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &local_error))
    add_table (self, file);
  else if (!g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The table of column names “%s” cannot be read: %s."), path,
                   local_error->message);
      return FALSE;
    }
  return TRUE;
}

/**
 * ruf_contact_columns_new:
 *
 * Reads the table that comes with the program and the user's additions.
 *
 * Errors: %RUF_ERROR_INVALID where the user's table is broken.
 *
 * Returns: (transfer full): the table, or %NULL
 */
RufContactColumns *
ruf_contact_columns_new (GError **error)
{
  g_autoptr (RufContactColumns) self = g_new0 (RufContactColumns, 1);

  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->blanks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->formats = g_ptr_array_new ();
  if (!load_own_table (self, error) || !load_user_table (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ruf_contact_columns_free:
 * @self: (nullable): a table
 */
void
ruf_contact_columns_free (RufContactColumns *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->aliases);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->blanks);
  g_hash_table_unref (self->tells);
  g_ptr_array_unref (self->formats);
  g_free (self);
}

static gboolean
set_mapping_error (const char * const  *headers,
                   const char          *wish,
                   GError             **error)
{
  g_autofree char *all = g_strjoinv ("”, “", (char **) headers);

  g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
               _("There is no column “%s”. The columns of the file are: “%s”."), wish, all);
  return FALSE;
}

/* "COLUMN=FIELD"; the column's name may hold "=" itself. */
static gboolean
apply_mapping (RufContactColumn    *columns,
               const char * const  *headers,
               guint                n_headers,
               const char          *wish,
               GError             **error)
{
  const char *sign = strrchr (wish, '=');
  RufContactField field = RUF_FIELD_IGNORE;
  g_autofree char *header = NULL;
  g_autofree char *key = NULL;
  gboolean found = FALSE;

  if (sign == NULL || !parse_field (sign + 1, &field))
    {
      g_autofree char *fields = g_strjoinv (", ", (char **) field_names);

      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” is not of the form COLUMN=FIELD with one of the fields: %s."), wish,
                   fields);
      return FALSE;
    }
  header = g_strndup (wish, sign - wish);
  key = normalise (header);
  for (guint i = 0; i < n_headers; i++)
    {
      g_autofree char *other = normalise (headers[i]);

      if (!g_str_equal (key, other))
        continue;
      columns[i] = (RufContactColumn) { field, NULL, -1 };
      found = TRUE;
    }
  return found || set_mapping_error (headers, header, error);
}

static gboolean
has_field (const RufContactColumn *columns,
           guint                   n,
           RufContactField         field)
{
  for (guint i = 0; i < n; i++)
    if (columns[i].field == field)
      return TRUE;
  return FALSE;
}

/* "Name" beside "Vorname" is the last name, unless the last name has its own column. */
static void
settle_name (RufContactColumn *columns,
             guint             n)
{
  if (!has_field (columns, n, RUF_FIELD_FIRST_NAME) || has_field (columns, n, RUF_FIELD_LAST_NAME))
    return;
  for (guint i = 0; i < n; i++)
    if (columns[i].field == RUF_FIELD_NAME)
      {
        columns[i].field = RUF_FIELD_LAST_NAME;
        return;
      }
}

/* Google names the kind of an address in the column before it. */
static void
settle_labels (RufContactColumn *columns,
               guint             n)
{
  for (guint i = 1; i < n; i++)
    if ((columns[i].field == RUF_FIELD_PHONE && columns[i - 1].field == RUF_FIELD_PHONE_LABEL)
        || (columns[i].field == RUF_FIELD_EMAIL && columns[i - 1].field == RUF_FIELD_EMAIL_LABEL))
      columns[i].label_column = i - 1;
}

/**
 * ruf_contact_columns_match:
 * @self: a table
 * @headers: (array length=n_headers): the header of a file, %NULL-terminated
 * @mapping: (nullable) (array zero-terminated=1): "COLUMN=FIELD", which wins over the table
 *
 * Finds out what each column of a file holds. Columns that the table does not know are
 * %RUF_FIELD_IGNORE.
 *
 * Errors: %RUF_ERROR_INVALID, %RUF_ERROR_NOT_FOUND for a @mapping that does not fit.
 *
 * Returns: (transfer full) (array length=n_headers): the columns, or %NULL
 */
RufContactColumn *
ruf_contact_columns_match (RufContactColumns   *self,
                           const char * const  *headers,
                           guint                n_headers,
                           const char * const  *mapping,
                           GError             **error)
{
  g_autofree RufContactColumn *columns = g_new0 (RufContactColumn, n_headers + 1);

  g_return_val_if_fail (self != NULL && headers != NULL, NULL);

  for (guint i = 0; i < n_headers; i++)
    {
      const Alias *alias = look_up (self->aliases, headers[i]);

      columns[i].label_column = -1;
      if (alias == NULL)
        continue;
      columns[i].field = alias->field;
      columns[i].label = alias->label;
    }
  settle_name (columns, n_headers);
  for (guint i = 0; mapping != NULL && mapping[i] != NULL; i++)
    if (!apply_mapping (columns, headers, n_headers, mapping[i], error))
      return NULL;
  settle_labels (columns, n_headers);
  return g_steal_pointer (&columns);
}

/**
 * ruf_contact_columns_detect_format:
 * @self: a table
 * @headers: (array zero-terminated=1): the header of a file
 *
 * Returns: (nullable): the program the file comes from ("google-csv"), or %NULL where no
 *   header tells
 */
const char *
ruf_contact_columns_detect_format (RufContactColumns  *self,
                                   const char * const *headers)
{
  guint best;

  g_return_val_if_fail (self != NULL && headers != NULL, NULL);

  best = self->formats->len;
  for (guint i = 0; headers[i] != NULL; i++)
    {
      const char *format = look_up (self->tells, headers[i]);
      guint place;

      if (format != NULL && g_ptr_array_find (self->formats, format, &place))
        best = MIN (best, place);
    }
  return best < self->formats->len ? g_ptr_array_index (self->formats, best) : NULL;
}

/**
 * ruf_contact_columns_is_blank:
 * @self: a table
 * @cell: a trimmed cell
 *
 * Returns: whether the cell says that there is nothing: "-", "keine"
 */
gboolean
ruf_contact_columns_is_blank (RufContactColumns *self,
                              const char        *cell)
{
  char word[MAX_BLANK + 1];
  gsize i;

  g_return_val_if_fail (self != NULL && cell != NULL, FALSE);

  for (i = 0; cell[i] != '\0' && i < MAX_BLANK; i++)
    word[i] = g_ascii_tolower (cell[i]);
  word[i] = '\0';
  return i == 0 || (cell[i] == '\0' && g_hash_table_contains (self->blanks, word));
}

/**
 * ruf_contact_columns_get_label:
 * @self: a table
 * @cell: a label cell: "* Mobile"
 *
 * Returns: (nullable): "mobile", "home", "work", "main", "other"; "skip" for what nobody can
 *   write to, among it every label with "fax" in it; %NULL for an empty cell
 */
const char *
ruf_contact_columns_get_label (RufContactColumns *self,
                               const char        *cell)
{
  g_autofree char *word = NULL;
  const char *label;

  g_return_val_if_fail (self != NULL && cell != NULL, NULL);

  word = normalise (cell);
  if (*word == '\0')
    return NULL;
  label = g_hash_table_lookup (self->labels, word);
  if (label == NULL && strstr (word, "fax") != NULL)
    return "skip";
  return label != NULL ? label : "other";
}

/**
 * ruf_contact_field_to_string:
 * @field: a field
 *
 * Returns: its name in mappings: "first_name"
 */
const char *
ruf_contact_field_to_string (RufContactField field)
{
  g_return_val_if_fail (field < RUF_N_CONTACT_FIELDS, NULL);
  return field_names[field];
}

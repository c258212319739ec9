/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of a file to people, as they are written there. Files of vCards are handed on. */

#include "config.h"

#include "ruf-contact-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-contact-columns.h"
#include "ruf-csv-reader.h"
#include "ruf-error.h"
#include "ruf-vcard-lines.h"
#include "ruf-vcard-reader.h"

/* Lists made by hand may begin with a title. */
#define MAX_TITLE_ROWS 5
#define GOOGLE_SEPARATOR ":::"

struct _RufContactReader
{
  RufVcardReader    *vcard;        /* or NULL, then the rest is about a table */
  RufCsvReader      *csv;
  RufContactColumns *table;
  const char        *format;
  GStrv              headers;
  guint              n_headers;
  RufContactColumn  *columns;
  gboolean           splits;       /* Google joins several values in one cell */
  gboolean           has_consent;
  GPtrArray         *pairs;        /* header, field, header, field, …, NULL */
};

/* The text of a cell; the guard that spreadsheets and our own lists put before a
 * dangerous character is taken off. */
static char *
dup_text (const char *cell)
{
  const char *text = cell;

  if (*text == '\'' && text[1] != '\0' && strchr ("=+-@'\t\r\n\xef", text[1]) != NULL)
    text++;
  return ruf_contact_dup_trimmed (text);
}

static char *
dup_value (RufContactReader *self,
           const char       *cell)
{
  g_autofree char *text = dup_text (cell);

  if (text == NULL || ruf_contact_columns_is_blank (self->table, text))
    return NULL;
  return g_steal_pointer (&text);
}

/* A name cell: white space of any kind becomes one blank. */
static char *
dup_name (RufContactReader *self,
          const char       *cell)
{
  g_autofree char *text = dup_value (self, cell);

  return text != NULL ? ruf_contact_dup_name (text) : NULL;
}

static void
add_cell (RufContactReader *self,
          RufContactRecord *record,
          GPtrArray        *cells,
          guint             column,
          const char       *label,
          const char       *text)
{
  char *value = dup_value (self, text);

  if (value != NULL)
    ruf_contact_record_add_cell (record, cells,
                                 ruf_contact_cell_new (value, self->headers[column], label));
}

static void
add_address (RufContactReader *self,
             RufContactRecord *record,
             GPtrArray        *cells,
             const RufCsvRow  *row,
             guint             column)
{
  const RufContactColumn *plan = &self->columns[column];
  const char *text = row->fields[column];
  const char *label = plan->label;

  if (plan->label_column >= 0)
    label = ruf_contact_columns_get_label (self->table, row->fields[plan->label_column]);
  if (g_strcmp0 (label, "skip") == 0)
    return;
  if (!self->splits || strstr (text, GOOGLE_SEPARATOR) == NULL)
    add_cell (self, record, cells, column, label, text);
  else
    {
      g_auto (GStrv) parts = g_strsplit (text, GOOGLE_SEPARATOR, -1);

      for (guint i = 0; parts[i] != NULL; i++)
        add_cell (self, record, cells, column, label, parts[i]);
    }
}

/* Google marks its own labels with "*". */
static void
add_tags (RufContactReader *self,
          RufContactRecord *record,
          const char       *cell)
{
  g_auto (GStrv) parts = NULL;

  if (*cell == '\0')
    return;
  parts = self->splits ? g_strsplit (cell, GOOGLE_SEPARATOR, -1)
                       : g_strsplit_set (cell, ";,\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *tag = dup_value (self, parts[i]);

      if (tag != NULL && *tag != '*')
        ruf_contact_record_add_tag (record, g_steal_pointer (&tag));
    }
}

/* The parts of a name that a record does not keep. */
typedef struct
{
  char *middle;
  char *nickname;
} NameParts;

static void
take_field (RufContactReader *self,
            RufContactRecord *record,
            NameParts        *parts,
            const RufCsvRow  *row,
            guint             column)
{
  const char *cell = row->fields[column];

  switch (self->columns[column].field)
    {
    case RUF_FIELD_NAME:
      ruf_contact_set_once (&record->name, dup_name (self, cell));
      break;
    case RUF_FIELD_FIRST_NAME:
      ruf_contact_set_once (&record->first_name, dup_name (self, cell));
      break;
    case RUF_FIELD_MIDDLE_NAME:
      ruf_contact_set_once (&parts->middle, dup_name (self, cell));
      break;
    case RUF_FIELD_LAST_NAME:
      ruf_contact_set_once (&record->last_name, dup_name (self, cell));
      break;
    case RUF_FIELD_NICKNAME:
      ruf_contact_set_once (&parts->nickname, dup_name (self, cell));
      break;
    case RUF_FIELD_ORGANISATION:
      ruf_contact_set_once (&record->organisation, dup_name (self, cell));
      break;
    case RUF_FIELD_PHONE:
      add_address (self, record, record->phones, row, column);
      break;
    case RUF_FIELD_EMAIL:
      add_address (self, record, record->emails, row, column);
      break;
    case RUF_FIELD_TAGS:
      add_tags (self, record, cell);
      break;
    case RUF_FIELD_CITY:
      ruf_contact_set_once (&record->city, dup_name (self, cell));
      break;
    case RUF_FIELD_LANGUAGE:
      ruf_contact_set_once (&record->language, dup_value (self, cell));
      break;
    case RUF_FIELD_BIRTHDAY:
      ruf_contact_set_once (&record->birthday, dup_value (self, cell));
      break;
    case RUF_FIELD_NOTES:
      ruf_contact_set_once (&record->notes, dup_text (cell));
      break;
    case RUF_FIELD_CHANNEL:
      ruf_contact_set_once (&record->consent_channel, dup_value (self, cell));
      break;
    case RUF_FIELD_PURPOSE:
      ruf_contact_set_once (&record->consent_purpose, dup_value (self, cell));
      break;
    case RUF_FIELD_CONSENT_AT:
      ruf_contact_set_once (&record->consent_at, dup_value (self, cell));
      break;
    case RUF_FIELD_CONSENT_SOURCE:
      ruf_contact_set_once (&record->consent_source, dup_value (self, cell));
      break;
    case RUF_FIELD_CONSENT_TEXT:
      ruf_contact_set_once (&record->consent_text, dup_value (self, cell));
      break;
    case RUF_FIELD_IGNORE:
    case RUF_FIELD_PHONE_LABEL:
    case RUF_FIELD_EMAIL_LABEL:
    case RUF_N_CONTACT_FIELDS:
    default:
      break;
    }
}

static guint
count_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strv_length (words);
}

/* "Oßwald, Silke" is one person; "Löffel & Söhne, Inh. K. Löffel" is left alone. */
static void
turn_name (RufContactRecord *record)
{
  const char *comma = strchr (record->name, ',');
  g_autofree char *last = NULL;
  g_autofree char *first = NULL;

  if (comma == NULL || strchr (comma + 1, ',') != NULL || strpbrk (record->name, "&.0123456789"))
    return;
  last = g_strstrip (g_strndup (record->name, comma - record->name));
  first = g_strstrip (g_strdup (comma + 1));
  if (*last == '\0' || *first == '\0' || count_words (last) > 2 || count_words (first) > 2)
    return;
  g_free (record->name);
  record->name = g_strconcat (first, " ", last, NULL);
  ruf_contact_set_once (&record->first_name, g_steal_pointer (&first));
  ruf_contact_set_once (&record->last_name, g_steal_pointer (&last));
}

static void
compose_name (RufContactRecord *record,
              NameParts        *parts)
{
  const char *words[4] = { NULL };
  guint n = 0;

  if (record->name != NULL)
    {
      turn_name (record);
      return;
    }
  if (record->first_name != NULL)
    words[n++] = record->first_name;
  if (parts->middle != NULL)
    words[n++] = parts->middle;
  if (record->last_name != NULL)
    words[n++] = record->last_name;
  if (n > 0)
    record->name = g_strjoinv (" ", (char **) words);
  else
    record->name = g_strdup (parts->nickname != NULL ? parts->nickname : record->organisation);
}

/* Empty cells behind the last column are a habit of spreadsheets; anything else there means
 * that an unquoted delimiter has shifted the row, and every cell may be wrong. */
static gboolean
has_extra_cells (RufContactReader *self,
                 const RufCsvRow  *row)
{
  for (guint i = self->n_headers; i < row->n_fields; i++)
    {
      g_autofree char *text = ruf_contact_dup_trimmed (row->fields[i]);

      if (text != NULL)
        return TRUE;
    }
  return FALSE;
}

static RufContactRecord *
read_record (RufContactReader *self,
             const RufCsvRow  *row)
{
  RufContactRecord *record = ruf_contact_record_new (row->line);
  NameParts parts = { NULL, NULL };

  for (guint i = 0; i < MIN (self->n_headers, row->n_fields); i++)
    take_field (self, record, &parts, row, i);
  compose_name (record, &parts);
  g_free (parts.middle);
  g_free (parts.nickname);
  if (row->unterminated || has_extra_cells (self, row))
    record->fault = RUF_REJECT_MALFORMED_ROW;
  else if (row->too_long)
    record->fault = RUF_REJECT_TOO_LONG;
  return record;
}

static gboolean
has_address_column (RufContactReader *self)
{
  for (guint i = 0; i < self->n_headers; i++)
    if (self->columns[i].field == RUF_FIELD_PHONE || self->columns[i].field == RUF_FIELD_EMAIL)
      return TRUE;
  return FALSE;
}

static void
settle_format (RufContactReader *self)
{
  for (guint i = 0; i < self->n_headers; i++)
    {
      RufContactField field = self->columns[i].field;

      if (field == RUF_FIELD_CHANNEL || field == RUF_FIELD_PURPOSE || field == RUF_FIELD_CONSENT_AT)
        self->has_consent = TRUE;
    }
  self->format =
    ruf_contact_columns_detect_format (self->table, (const char * const *) self->headers);
  self->splits = self->format != NULL && g_str_has_prefix (self->format, "google");
  if (self->format == NULL)
    self->format = self->has_consent ? "optin-csv" : "csv";
}

/* Label columns serve the address behind them and are no field of their own. */
static void
list_columns (RufContactReader *self)
{
  self->pairs = g_ptr_array_new ();
  for (guint i = 0; i < self->n_headers; i++)
    {
      RufContactField field = self->columns[i].field;

      if (field == RUF_FIELD_PHONE_LABEL || field == RUF_FIELD_EMAIL_LABEL)
        field = RUF_FIELD_IGNORE;
      g_ptr_array_add (self->pairs, self->headers[i]);
      g_ptr_array_add (self->pairs, (gpointer) ruf_contact_field_to_string (field));
    }
  g_ptr_array_add (self->pairs, NULL);
}

static void
set_no_address_error (const char  *path,
                      GStrv        headers,
                      GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *all = g_strjoinv ("”, “", headers);

  if (g_utf8_strlen (all, -1) > 400)
    *g_utf8_offset_to_pointer (all, 400) = '\0';
  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("No column of “%s” is known to hold phone numbers or e-mail addresses. Its first "
                 "row reads: “%s”. Give the column a heading such as “Phone” or “E-mail”."),
               name, all);
}

static char *
dup_header (const char *cell)
{
  g_autofree char *text = dup_text (cell);

  return text != NULL ? g_steal_pointer (&text) : g_strdup ("");
}

static gboolean
try_header (RufContactReader    *self,
            const RufCsvRow     *row,
            const char * const  *mapping,
            GError             **error)
{
  g_clear_pointer (&self->headers, g_strfreev);
  g_clear_pointer (&self->columns, g_free);
  self->n_headers = row->n_fields;
  self->headers = g_new0 (char *, row->n_fields + 1);
  for (guint i = 0; i < row->n_fields; i++)
    self->headers[i] = dup_header (row->fields[i]);
  self->columns = ruf_contact_columns_match (self->table, (const char * const *) self->headers,
                                             self->n_headers, mapping, error);
  return self->columns != NULL;
}

/* The header is the first row with an address column; lists made by hand begin with a title. */
static gboolean
read_header (RufContactReader    *self,
             const char          *path,
             const char * const  *mapping,
             GError             **error)
{
  g_auto (GStrv) first = NULL;
  g_autoptr (GError) mapping_error = NULL;
  g_autoptr (GError) read_error = NULL;
  const RufCsvRow *row;
  guint n = 0;

  while (n < MAX_TITLE_ROWS && (row = ruf_csv_reader_next (self->csv, NULL, &read_error)) != NULL)
    {
      if (row->blank)
        continue;
      n++;
      if (try_header (self, row, mapping, mapping_error == NULL ? &mapping_error : NULL)
          && has_address_column (self))
        return TRUE;
      if (first == NULL)
        first = g_strdupv (self->headers);
    }
  if (read_error != NULL)
    g_propagate_error (error, g_steal_pointer (&read_error));
  else if (mapping_error != NULL)
    g_propagate_error (error, g_steal_pointer (&mapping_error));
  else if (first != NULL)
    set_no_address_error (path, first, error);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID, _("The file “%s” holds no row."), path);
  return FALSE;
}

static gboolean
open_table (RufContactReader    *self,
            const char          *path,
            const char * const  *mapping,
            GError             **error)
{
  self->csv = ruf_csv_reader_open (path, NULL, 0, error);
  if (self->csv == NULL || !read_header (self, path, mapping, error))
    return FALSE;
  settle_format (self);
  return TRUE;
}

static gboolean
open_cards (RufContactReader    *self,
            const char          *path,
            const char * const  *mapping,
            GError             **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (mapping != NULL && mapping[0] != NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” holds vCards, which have no columns. Leave --map out."), name);
      return FALSE;
    }
  self->vcard = ruf_vcard_reader_open (path, self->table, error);
  if (self->vcard == NULL)
    return FALSE;
  self->format = ruf_vcard_reader_get_format (self->vcard);
  return TRUE;
}

/**
 * ruf_contact_reader_open:
 * @path: a file
 * @mapping: (nullable) (array zero-terminated=1): "COLUMN=FIELD" overrides. Fields: name
 *   first_name middle_name last_name nickname organisation phone email tags city language
 *   birthday notes channel purpose consent_at consent_source consent_text ignore
 *
 * Opens an address list: a file of vCards by its first line, else a table. Finds out what the
 * columns of a table hold, by the names that German and English spreadsheets, Google and Outlook
 * give them (contact-columns.ini).
 *
 * Errors: those of ruf_text_stream_open(); %RUF_ERROR_INVALID where no column holds
 * addresses, with the columns there are, and for a @mapping of vCards; %RUF_ERROR_NOT_FOUND for a
 * column of @mapping that the file does not have.
 *
 * Returns: (transfer full): a reader before the first record, or %NULL
 */
RufContactReader *
ruf_contact_reader_open (const char          *path,
                         const char * const  *mapping,
                         GError             **error)
{
  g_autoptr (RufContactReader) self = g_new0 (RufContactReader, 1);
  gboolean opened;

  g_return_val_if_fail (path != NULL, NULL);

  self->table = ruf_contact_columns_new (error);
  if (self->table == NULL)
    return NULL;
  opened = ruf_vcard_lines_is_vcard (path) ? open_cards (self, path, mapping, error)
                                           : open_table (self, path, mapping, error);
  if (!opened)
    return NULL;
  list_columns (self);
  return g_steal_pointer (&self);
}

/**
 * ruf_contact_reader_free:
 * @self: (nullable): a reader
 *
 * Closes the file.
 */
void
ruf_contact_reader_free (RufContactReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->vcard, ruf_vcard_reader_free);
  g_clear_pointer (&self->csv, ruf_csv_reader_free);
  g_clear_pointer (&self->table, ruf_contact_columns_free);
  g_clear_pointer (&self->headers, g_strfreev);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_free (self->columns);
  g_free (self);
}

/**
 * ruf_contact_reader_get_format:
 * @self: a reader
 *
 * Returns: the kind of file: "google-csv", "google-csv-old", "outlook-csv",
 *   "outlook-csv-de", "optin-csv" (with consent columns), "csv", "vcard-2.1", "vcard-3.0" or
 *   "vcard-4.0"
 */
const char *
ruf_contact_reader_get_format (RufContactReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->format;
}

/**
 * ruf_contact_reader_get_encoding:
 * @self: a reader
 *
 * Returns: what the file is written in, as ruf_text_stream_get_encoding()
 */
const char *
ruf_contact_reader_get_encoding (RufContactReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->vcard != NULL ? ruf_vcard_reader_get_encoding (self->vcard)
                             : ruf_csv_reader_get_encoding (self->csv);
}

/**
 * ruf_contact_reader_get_delimiter:
 * @self: a reader
 *
 * Returns: the byte between two fields; 0 for vCards
 */
char
ruf_contact_reader_get_delimiter (RufContactReader *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->csv != NULL ? ruf_csv_reader_get_delimiter (self->csv) : 0;
}

/**
 * ruf_contact_reader_has_consent:
 * @self: a reader
 *
 * Returns: whether the file has consent columns: channel, purpose or time
 */
gboolean
ruf_contact_reader_has_consent (RufContactReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->has_consent;
}

/**
 * ruf_contact_reader_get_columns:
 * @self: a reader
 *
 * Returns: (transfer none) (array zero-terminated=1): headers and what each was taken for, in
 *   pairs ("Handy", "phone", …); none for vCards
 */
const char * const *
ruf_contact_reader_get_columns (RufContactReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char * const *) self->pairs->pdata;
}

/**
 * ruf_contact_reader_get_size:
 * @self: a reader
 *
 * Returns: bytes of the file
 */
goffset
ruf_contact_reader_get_size (RufContactReader *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->vcard != NULL ? ruf_vcard_reader_get_size (self->vcard)
                             : ruf_csv_reader_get_size (self->csv);
}

/**
 * ruf_contact_reader_get_position:
 * @self: a reader
 *
 * Returns: bytes read so far, for progress
 */
goffset
ruf_contact_reader_get_position (RufContactReader *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->vcard != NULL ? ruf_vcard_reader_get_position (self->vcard)
                             : ruf_csv_reader_get_position (self->csv);
}

/**
 * ruf_contact_reader_next:
 * @self: a reader
 *
 * Reads the next record that is not blank. Nothing is normalised; a row that is broken comes
 * with its fault.
 *
 * A short row lacks its last columns. A long one is %RUF_REJECT_MALFORMED_ROW where the cells
 * behind the last column hold something.
 *
 * Errors: %RUF_ERROR_IO, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL at the end and on error
 */
RufContactRecord *
ruf_contact_reader_next (RufContactReader  *self,
                         GCancellable      *cancellable,
                         GError           **error)
{
  const RufCsvRow *row;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->vcard != NULL)
    return ruf_vcard_reader_next (self->vcard, cancellable, error);
  do
    row = ruf_csv_reader_next (self->csv, cancellable, error);
  while (row != NULL && row->blank);
  return row != NULL ? read_record (self, row) : NULL;
}

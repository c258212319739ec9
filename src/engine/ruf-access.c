/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The answer to "what do you know of me": the same data for programs, for spreadsheets and on
 * paper. The table is the JSON tree, one line a value, so that neither holds more than the
 * other. */

#include "config.h"

#include "ruf-access.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ruf-access-json.h"
#include "ruf-access-page.h"
#include "ruf-csv-writer.h"
#include "ruf-dossier-load.h"
#include "ruf-error.h"
#include "ruf-output-file.h"

/* All are written before any is put in place. */
typedef struct
{
  GPtrArray     *paths;
  RufOutputFile *json;
  RufCsvWriter  *csv;
  RufOutputFile *pdf;
} Files;

static void
files_clear (Files *self)
{
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->json, ruf_output_file_free);
  g_clear_pointer (&self->csv, ruf_csv_writer_free);
  g_clear_pointer (&self->pdf, ruf_output_file_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

/* Where a line of the table comes from. */
typedef struct
{
  RufCsvWriter *csv;
  const char   *section;
  guint         number;   /* of the record in its list, 0 where there is one only */
} Place;

static gboolean
ensure_folder (const char  *folder,
               GError     **error)
{
  g_autofree char *name = NULL;
  int code;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  code = errno;
  name = g_filename_display_name (folder);
  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               _("The folder “%s” cannot be made (%s). Name another one."), name,
               g_strerror (code));
  return FALSE;
}

static const char *
add_path (Files      *files,
          const char *folder,
          const char *name)
{
  g_ptr_array_add (files->paths, g_build_filename (folder, name, NULL));
  return g_ptr_array_index (files->paths, files->paths->len - 1);
}

static gboolean
open_files (Files       *files,
            const char  *folder,
            GError     **error)
{
  files->paths = g_ptr_array_new_with_free_func (g_free);
  files->json = ruf_output_file_open (add_path (files, folder, "access.json"), error);
  if (files->json == NULL)
    return FALSE;

  files->csv = ruf_csv_writer_open (add_path (files, folder, "access.csv"), RUF_CSV_HUMAN, error);
  if (files->csv == NULL)
    return FALSE;

  files->pdf = ruf_output_file_open (add_path (files, folder, "access.pdf"), error);
  return files->pdf != NULL;
}

static gboolean
write_json (Files     *files,
            JsonNode  *tree,
            GError   **error)
{
  g_autofree char *text = json_to_string (tree, TRUE);

  return ruf_output_file_write (files->json, text, strlen (text), error) &&
         ruf_output_file_write (files->json, "\n", 1, error);
}

static gboolean
write_line (const Place  *place,
            const char   *field,
            JsonNode     *value,
            GError      **error)
{
  g_autofree char *number =
    place->number > 0 ? g_strdup_printf ("%u", place->number) : g_strdup ("");
  g_autofree char *text = json_node_get_value_type (value) == G_TYPE_STRING
                            ? json_node_dup_string (value) : json_to_string (value, FALSE);

  return ruf_csv_writer_row (place->csv,
                             (const char *[]) { place->section, number, field, text, NULL }, error);
}

static gboolean write_object (const Place  *place,
                              const char   *prefix,
                              JsonObject   *object,
                              GError      **error);

/* A list inside a record, such as a message's receipts: "receipts 2 status". */
static gboolean
write_inner (const Place  *place,
             const char   *name,
             JsonArray    *array,
             GError      **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *prefix = g_strdup_printf ("%s %u ", name, i + 1);

      if (!write_object (place, prefix, json_array_get_object_element (array, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_object (const Place  *place,
              const char   *prefix,
              JsonObject   *object,
              GError      **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (object, l->data);
      g_autofree char *field = g_strconcat (prefix, l->data, NULL);
      gboolean ok = JSON_NODE_HOLDS_ARRAY (value)
                      ? write_inner (place, field, json_node_get_array (value), error)
                      : write_line (place, field, value, error);

      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_list (Place      *place,
            JsonArray  *array,
            GError    **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *record = json_array_get_element (array, i);
      gboolean ok;

      place->number = i + 1;
      ok = JSON_NODE_HOLDS_OBJECT (record)
             ? write_object (place, "", json_node_get_object (record), error)
             : write_line (place, "", record, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_csv (Files     *files,
           JsonNode  *tree,
           GError   **error)
{
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (tree));
  const char *head[] = { _("Section"), _("Number"), _("Field"), _("Value"), NULL };

  if (!ruf_csv_writer_row (files->csv, head, error))
    return FALSE;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *part = json_object_get_member (json_node_get_object (tree), l->data);
      Place place = { files->csv, l->data, 0 };
      gboolean ok;

      if (JSON_NODE_HOLDS_ARRAY (part))
        ok = write_list (&place, json_node_get_array (part), error);
      else if (JSON_NODE_HOLDS_OBJECT (part))
        ok = write_object (&place, "", json_node_get_object (part), error);
      else
        ok = write_line (&place, "", part, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_pdf (Files             *files,
           const RufDossier  *dossier,
           GTimeZone         *zone,
           GError           **error)
{
  g_autoptr (GBytes) pdf = ruf_access_page_print (dossier, zone, error);

  return pdf != NULL &&
         ruf_output_file_write (files->pdf, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf),
                                error);
}

static gboolean
put_in_place (Files   *files,
              GError **error)
{
  return ruf_output_file_close (files->json, NULL, error) &&
         ruf_csv_writer_close (files->csv, NULL, error) &&
         ruf_output_file_close (files->pdf, NULL, error);
}

/**
 * ruf_access_write:
 * @context: the context
 * @person: an id, a phone number or an e-mail address
 * @folder: where the files shall lie; made where it is not there, for its owner alone
 * @cancellable: (nullable): stops the check of the log
 * @error: return location; NOT_FOUND where there is no such person, IO, FULL
 *
 * Writes everything that is stored on one person as access.json, access.csv and access.pdf.
 *
 * Returns: (transfer container) (element-type filename) (nullable): the files
 */
GPtrArray *
ruf_access_write (RufContext    *context,
                  const char    *person,
                  const char    *folder,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (RufDossier) dossier = ruf_dossier_load (context, person, cancellable, error);
  g_autoptr (JsonNode) tree = NULL;
  g_auto (Files) files = { 0 };

  g_return_val_if_fail (folder != NULL, NULL);

  if (dossier == NULL || !ensure_folder (folder, error) || !open_files (&files, folder, error))
    return NULL;

  tree = ruf_access_json_new (dossier);
  if (!write_json (&files, tree, error) || !write_csv (&files, tree, error) ||
      !write_pdf (&files, dossier, ruf_context_get_zone (context), error) ||
      !put_in_place (&files, error))
    return NULL;

  return g_steal_pointer (&files.paths);
}

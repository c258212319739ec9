/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * contacts import, list, export.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"
#include "ruf-cli-rejects.h"
#include "ruf-cli-segment.h"
#include "ruf-cli-table.h"
#include "ruf-cli-text.h"
#include "ruf-cli-verbs.h"
#include "ruf-contact-exporter.h"
#include "ruf-contact-reader.h"
#include "ruf-importer.h"
#include "ruf-people-table.h"
#include "ruf-phone.h"
#include "ruf-words.h"

#define PAGE          256
#define DEFAULT_LIMIT 100
#define SPOKEN        20    /* more rows than this nobody reads in a terminal */

typedef struct
{
  char  *region;
  char **map;
  char  *origin;
  char  *wording;
  char  *rejects;
  int    dry_run;
} ImportOptions;

static void
import_options_clear (ImportOptions *self)
{
  g_free (self->region);
  g_strfreev (self->map);
  g_free (self->origin);
  g_free (self->wording);
  g_free (self->rejects);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportOptions, import_options_clear)

/* The second file's rejects go to OUT-2.csv beside OUT.csv. */
static char *
name_rejects (const char *path,
              guint       index)
{
  const char *dot = g_strrstr (path, ".");

  if (index == 0)
    return g_strdup (path);

  if (dot == NULL || g_strrstr (dot, G_DIR_SEPARATOR_S) != NULL)
    return g_strdup_printf ("%s-%u", path, index + 1);

  return g_strdup_printf ("%.*s-%u%s", (int) (dot - path), path, index + 1, dot);
}

/* Each file is opened before the first one is taken in, so that a wrong name in a
 * list leaves nothing half done. */
static gboolean
check_files (RufCliCall           *call,
             const ImportOptions  *options,
             GError              **error)
{
  for (guint i = 0; i < ruf_cli_call_get_n_words (call); i++)
    {
      g_autoptr (RufContactReader) reader = NULL;

      reader = ruf_contact_reader_open (ruf_cli_call_get_word (call, i),
                                        (const char * const *) options->map, error);
      if (reader == NULL)
        return FALSE;
    }

  return TRUE;
}

static RufImporter *
make_importer (RufCliCall           *call,
               guint                 index,
               const ImportOptions  *options,
               GError              **error)
{
  RufContext *context = ruf_cli_call_open (call, error);
  g_autoptr (RufImporter) importer = NULL;
  g_autofree char *rejects = NULL;

  if (context == NULL)
    return NULL;

  importer = ruf_importer_new (context, ruf_cli_call_get_word (call, index));
  if (options->region != NULL)
    ruf_importer_set_region (importer, options->region);
  if (options->map != NULL)
    ruf_importer_set_mapping (importer, (const char * const *) options->map);
  ruf_importer_set_origin (importer, options->origin);
  ruf_importer_set_wording (importer, options->wording);
  ruf_importer_set_dry_run (importer, options->dry_run);
  if (options->rejects != NULL)
    {
      rejects = name_rejects (options->rejects, index);
      ruf_importer_set_rejects_path (importer, rejects);
    }

  return g_steal_pointer (&importer);
}

static void
write_proposals (RufCliOutput *output,
                 GPtrArray    *proposals)
{
  ruf_cli_output_begin_array (output, "proposed");
  for (guint i = 0; i < proposals->len; i++)
    {
      const RufProposal *proposal = g_ptr_array_index (proposals, i);

      ruf_cli_output_begin_object (output, NULL);
      ruf_cli_output_int (output, "row", proposal->row);
      ruf_cli_output_string (output, "column", proposal->column);
      ruf_cli_output_string (output, "value", proposal->value);
      ruf_cli_output_string (output, "proposal", proposal->proposal);
      ruf_cli_output_end (output);
      ruf_cli_output_warn (output, _("Row %u, %s: “%s” may be %s. It was not taken."),
                           proposal->row, proposal->column != NULL ? proposal->column : "–",
                           proposal->value, proposal->proposal);
    }
  ruf_cli_output_end (output);
}

static void
write_counts (RufCliOutput          *output,
              const RufImportRecord *counts)
{
  ruf_cli_output_int (output, "rows", counts->rows);
  ruf_cli_output_int (output, "people", counts->people);
  ruf_cli_output_int (output, "new", counts->n_new);
  ruf_cli_output_int (output, "updated", counts->n_updated);
  ruf_cli_output_int (output, "unchanged", counts->n_unchanged);
  ruf_cli_output_int (output, "duplicates", counts->n_duplicates);
  ruf_cli_output_int (output, "consents", counts->n_consents);
  ruf_cli_output_int (output, "n_rejected", counts->n_rejected);
}

static void
write_proof (RufCliOutput         *output,
             const RufImportProof *proof)
{
  ruf_cli_output_int (output, "consents_usable", proof->n_usable);
  ruf_cli_output_int (output, "consents_unproven", proof->n_unproven);
  ruf_cli_output_int (output, "people_writable", proof->n_writable);
  ruf_cli_output_int (output, "people_stopped", proof->n_stopped);
}

static void
say_proof (RufCliOutput         *output,
           const RufImportProof *proof)
{
  if (proof->n_usable > 0 || proof->n_unproven > 0)
    ruf_cli_output_say (output, _("  of its consents %lld may be used, %lld prove nothing yet; "
                                  "people who may be written to: %lld"),
                        (long long) proof->n_usable, (long long) proof->n_unproven,
                        (long long) proof->n_writable);
  if (proof->n_stopped > 0)
    ruf_cli_output_say (output, ngettext ("  %lld person said stop before: only a START of their "
                                          "own lifts that, no list does.",
                                          "  %lld people said stop before: only a START of their "
                                          "own lifts that, no list does.", proof->n_stopped),
                        (long long) proof->n_stopped);
}

static void
write_lacks (RufCliOutput    *output,
             RufConsentLacks  lacks)
{
  ruf_cli_output_begin_array (output, "missing");
  for (guint i = 0; i < RUF_N_CONSENT_LACKS; i++)
    if (lacks & (1 << i))
      ruf_cli_output_string (output, NULL, ruf_consent_lack_to_string (1 << i));
  ruf_cli_output_end (output);
}

/* Rows whose consent proves nothing yet; people are told of the first ones. */
static void
write_unproven (RufCliOutput *output,
                const char   *path,
                GArray       *unproven)
{
  ruf_cli_output_begin_array (output, "unproven");
  for (guint i = 0; i < unproven->len; i++)
    {
      const RufUnproven *row = &g_array_index (unproven, RufUnproven, i);
      g_autofree char *words = i < SPOKEN ? ruf_words_lacks (row->lacks) : NULL;

      ruf_cli_output_begin_object (output, NULL);
      ruf_cli_output_int (output, "row", row->row);
      write_lacks (output, row->lacks);
      ruf_cli_output_end (output);
      if (words != NULL)
        ruf_cli_output_warn (output, _("%s, row %u: %s"), path, row->row, words);
    }
  ruf_cli_output_end (output);
  if (unproven->len > SPOKEN)
    ruf_cli_output_warn (output, _("%s: and %u more; --json names them all."), path,
                         unproven->len - SPOKEN);
}

static void
say_counts (RufCliOutput          *output,
            const char            *path,
            const RufImportRecord *counts,
            gboolean               dry_run)
{
  ruf_cli_output_say (output, ngettext ("%s: %lld row.", "%s: %lld rows.", counts->rows), path,
                      (long long) counts->rows);
  if (dry_run)
    ruf_cli_output_say (output, _("  This was a trial; nothing was changed."));
  ruf_cli_output_say (output, _("  new %lld, updated %lld, unchanged %lld, duplicates %lld, "
                                "consents %lld, rejected %lld"),
                      (long long) counts->n_new, (long long) counts->n_updated,
                      (long long) counts->n_unchanged, (long long) counts->n_duplicates,
                      (long long) counts->n_consents, (long long) counts->n_rejected);
}

/* Everything about one file, into the object that is open. */
static void
write_import (RufCliCall  *call,
              const char  *path,
              RufImporter *importer,
              gboolean     dry_run)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  const RufImportRecord *record = ruf_importer_get_record (importer);
  char delimiter[2] = { ruf_importer_get_delimiter (importer), '\0' };

  ruf_cli_output_string (output, "file", path);
  ruf_cli_output_string (output, "format", record->format);
  ruf_cli_output_string (output, "encoding", record->encoding);
  ruf_cli_output_string (output, "delimiter", delimiter[0] != '\0' ? delimiter : NULL);
  write_counts (output, record);
  write_proof (output, ruf_importer_get_proof (importer));
  if (dry_run)
    ruf_cli_output_string (output, "import_id", NULL);
  else
    ruf_cli_output_int (output, "import_id", record->id);

  say_counts (output, path, record, dry_run);
  say_proof (output, ruf_importer_get_proof (importer));
  ruf_cli_rejects_write (call, path, ruf_importer_get_rejects (importer), record->n_rejected);
  write_proposals (output, ruf_importer_get_proposals (importer));
  write_unproven (output, path, ruf_importer_get_unproven (importer));
}

static void
add_counts (RufImportRecord       *sum,
            const RufImportRecord *record)
{
  sum->rows += record->rows;
  sum->people += record->people;
  sum->n_new += record->n_new;
  sum->n_updated += record->n_updated;
  sum->n_unchanged += record->n_unchanged;
  sum->n_duplicates += record->n_duplicates;
  sum->n_consents += record->n_consents;
  sum->n_rejected += record->n_rejected;
}

static void
add_proof (RufImportProof       *sum,
           const RufImportProof *proof)
{
  sum->n_usable += proof->n_usable;
  sum->n_unproven += proof->n_unproven;
  sum->n_writable += proof->n_writable;
  sum->n_stopped += proof->n_stopped;
}

static gboolean
import_files (RufCliCall           *call,
              const ImportOptions  *options,
              GError              **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  guint n_files = ruf_cli_call_get_n_words (call);
  RufImportRecord sum = { 0 };
  RufImportProof proof = { 0 };

  if (n_files > 1)
    ruf_cli_output_begin_array (output, "files");

  for (guint i = 0; i < n_files; i++)
    {
      const char *path = ruf_cli_call_get_word (call, i);
      g_autoptr (RufImporter) importer = make_importer (call, i, options, error);

      if (importer == NULL ||
          !ruf_cli_call_run_job (call, importer, _("Bringing contacts in"), error))
        {
          /* What came before is in all the same. */
          if (i > 0 && !options->dry_run)
            ruf_cli_call_set_partial (call);
          return FALSE;
        }

      if (n_files > 1)
        ruf_cli_output_begin_object (output, NULL);
      write_import (call, path, importer, options->dry_run);
      if (n_files > 1)
        ruf_cli_output_end (output);
      add_counts (&sum, ruf_importer_get_record (importer));
      add_proof (&proof, ruf_importer_get_proof (importer));
    }

  if (n_files > 1)
    {
      ruf_cli_output_end (output);
      write_counts (output, &sum);
      write_proof (output, &proof);
    }

  return TRUE;
}

static gboolean
is_region (const char *text)
{
  g_autofree char *region = g_ascii_strup (text, -1);

  return ruf_phone_is_region (region);
}

/**
 * ruf_cli_contacts_import:
 * @call: the call
 * @error: return location
 *
 * `contacts import FILE…`: exit code 3 where rows were rejected.
 *
 * Returns: %FALSE with @error set where a file could not be taken in
 */
gboolean
ruf_cli_contacts_import (RufCliCall  *call,
                         GError     **error)
{
  g_auto (ImportOptions) options = { 0 };
  g_autofree char *wording_path = NULL;
  const GOptionEntry entries[] = {
    { "region", 0, 0, G_OPTION_ARG_STRING, &options.region,
      N_("Country of numbers without a country code (else as set in the database, or DE)"), "DE" },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.map,
      N_("Take a column for a field; may be repeated"), N_("COLUMN=FIELD") },
    { "origin", 0, 0, G_OPTION_ARG_STRING, &options.origin,
      N_("Where the addresses come from"), N_("TEXT") },
    { "wording", 0, 0, G_OPTION_ARG_FILENAME, &wording_path,
      N_("The text that the people of this file were shown"), N_("FILE.txt") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run,
      N_("Count only, change nothing"), NULL },
    { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &options.rejects,
      N_("Write what was not taken to a file"), N_("OUT.csv") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error))
    return FALSE;

  if (options.region != NULL && !is_region (options.region))
    {
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("--region “%s” is no country. Write two letters, for example DE."),
                   options.region);
      return FALSE;
    }

  if (wording_path != NULL &&
      (options.wording = ruf_cli_text_read (wording_path, error)) == NULL)
    return FALSE;

  return check_files (call, &options, error) && import_files (call, &options, error);
}

/* What `contacts list` asks the store for. */
typedef struct
{
  RufPeopleQuery  query;
  guint           limit;
  guint           offset;
  gint64          total;
  GArray         *ids;
  guint           first;
  guint           n;
  GPtrArray      *people;
} List;

static gboolean
read_ids (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  List *list = data;

  list->ids = ruf_people_table_list_ids (db, &list->query, list->limit, list->offset, error);

  return list->ids != NULL && ruf_people_table_count (db, &list->query, &list->total, error);
}

static gboolean
read_page (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  List *list = data;

  list->people = ruf_people_table_get_many (db, &g_array_index (list->ids, gint64, list->first),
                                            list->n, error);

  return list->people != NULL;
}

static void
write_points (RufCliOutput    *output,
              const char      *name,
              const RufPerson *person,
              RufAddressKind   kind)
{
  ruf_cli_output_begin_array (output, name);
  for (guint i = 0; i < person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (person->points, i);

      if (point->kind == kind)
        ruf_cli_output_string (output, NULL, point->address);
    }
  ruf_cli_output_end (output);
}

static const char *
find_point (const RufPerson *person,
            RufAddressKind   kind)
{
  for (guint i = 0; i < person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (person->points, i);

      if (point->kind == kind)
        return point->address;
    }

  return NULL;
}

static void
write_consents (RufCliOutput    *output,
                const RufPerson *person)
{
  ruf_cli_output_begin_array (output, "consents");
  for (guint i = 0; i < person->consents->len; i++)
    {
      const RufConsentMark *mark = g_ptr_array_index (person->consents, i);

      ruf_cli_output_begin_object (output, NULL);
      ruf_cli_output_string (output, "channel", ruf_channel_to_string (mark->channel));
      ruf_cli_output_string (output, "purpose", mark->purpose);
      ruf_cli_output_string (output, "status", ruf_consent_status_to_string (mark->status));
      ruf_cli_output_string (output, "level", ruf_evidence_level_to_string (mark->level));
      ruf_cli_output_moment (output, "at", mark->since);
      ruf_cli_output_end (output);
    }
  ruf_cli_output_end (output);
}

static void
write_tags (RufCliOutput    *output,
            const RufPerson *person)
{
  ruf_cli_output_begin_array (output, "tags");
  for (guint i = 0; i < person->tags->len; i++)
    ruf_cli_output_string (output, NULL, g_ptr_array_index (person->tags, i));
  ruf_cli_output_end (output);
}

/* What ended everything on a channel says it for each purpose there. */
static gboolean
is_said_by_channel (const RufPerson      *person,
                    const RufConsentMark *mark)
{
  if (g_str_equal (mark->purpose, RUF_PURPOSE_ALL))
    return FALSE;

  for (guint i = 0; i < person->consents->len; i++)
    {
      const RufConsentMark *other = g_ptr_array_index (person->consents, i);

      if (other->channel == mark->channel && other->status == mark->status &&
          g_str_equal (other->purpose, RUF_PURPOSE_ALL))
        return TRUE;
    }

  return FALSE;
}

static void
append_mark (GString              *text,
             const RufConsentMark *mark)
{
  const char *channel = ruf_channel_to_string (mark->channel);

  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", channel);
  if (!g_str_equal (mark->purpose, RUF_PURPOSE_ALL))
    g_string_append_printf (text, "/%s", mark->purpose);
  if (mark->status == RUF_CONSENT_STATUS_ACTIVE || mark->status == RUF_CONSENT_STATUS_UNPROVEN)
    g_string_append_printf (text, " %s", ruf_evidence_level_to_string (mark->level));
  if (mark->status != RUF_CONSENT_STATUS_ACTIVE)
    g_string_append_printf (text, " (%s)", ruf_words_consent_status (mark->status));
}

static void
append_marks (GString         *text,
              const RufPerson *person,
              gboolean         active)
{
  for (guint i = 0; i < person->consents->len; i++)
    {
      const RufConsentMark *mark = g_ptr_array_index (person->consents, i);

      if ((mark->status == RUF_CONSENT_STATUS_ACTIVE) == active &&
          mark->status != RUF_CONSENT_STATUS_NONE && !is_said_by_channel (person, mark))
        append_mark (text, mark);
    }
}

/* What is known of a person's will, in short and what holds first, for a cell may be cut; "–"
 * where they never said anything. */
static char *
describe_consents (const RufPerson *person)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_marks (text, person, TRUE);
  append_marks (text, person, FALSE);

  return g_strdup (text->len > 0 ? text->str : "–");
}

static char *
describe_tags (const RufPerson *person)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < person->tags->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (person->tags, i));

  return g_string_free (text, FALSE);
}

/* The columns show the first address of each kind, JSON all of them. */
static void
write_person (RufCliTable     *table,
              RufCliOutput    *output,
              const RufPerson *person)
{
  g_autofree char *consents = describe_consents (person);
  g_autofree char *tags = describe_tags (person);

  ruf_cli_table_begin_row (table);
  ruf_cli_table_add_int (table, "id", person->id);
  ruf_cli_table_add_text (table, "name", person->name);
  ruf_cli_table_add_text (table, NULL, find_point (person, RUF_ADDRESS_PHONE));
  ruf_cli_table_add_text (table, NULL, find_point (person, RUF_ADDRESS_EMAIL));
  ruf_cli_table_add_text (table, NULL, tags);
  ruf_cli_table_add_text (table, NULL, consents);
  write_points (output, "phones", person, RUF_ADDRESS_PHONE);
  write_points (output, "emails", person, RUF_ADDRESS_EMAIL);
  ruf_cli_output_string (output, "telegram", find_point (person, RUF_ADDRESS_TELEGRAM));
  ruf_cli_output_string (output, "whatsapp_user", find_point (person, RUF_ADDRESS_WHATSAPP_USER));
  ruf_cli_output_string (output, "city", person->city);
  write_tags (output, person);
  write_consents (output, person);
  ruf_cli_table_end_row (table);
}

static gboolean
list_people (RufCliCall   *call,
             List         *list,
             RufCliTable  *table,
             GError      **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);

  for (list->first = 0; list->first < list->ids->len; list->first += PAGE)
    {
      g_autoptr (GPtrArray) people = NULL;

      list->n = MIN (PAGE, list->ids->len - list->first);
      if (!ruf_cli_call_read (call, read_page, list, error))
        return FALSE;

      people = g_steal_pointer (&list->people);
      for (guint i = 0; i < people->len; i++)
        {
          const RufPerson *person = g_ptr_array_index (people, i);

          if (person != NULL)
            write_person (table, output, person);
        }
    }

  return TRUE;
}

static gboolean
print_list (RufCliCall  *call,
            List        *list,
            GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  g_autoptr (RufCliTable) table = NULL;
  static const char * const headers[] = {
    N_("No."), N_("Name"), N_("Phone"), N_("E-mail"), N_("Tags"), N_("Consents"), NULL
  };

  ruf_cli_output_int (output, "total", list->total);
  table = ruf_cli_table_new (call, "people", headers);
  if (!list_people (call, list, table, error))
    return FALSE;

  ruf_cli_table_finish (table);
  ruf_cli_table_say_shown (table, list->ids->len, list->total);

  return TRUE;
}

/**
 * ruf_cli_contacts_list:
 * @call: the call
 * @error: return location
 *
 * `contacts list`: people in the order of their names.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_contacts_list (RufCliCall  *call,
                       GError     **error)
{
  g_autofree char *segment_text = NULL;
  g_autofree char *search = NULL;
  g_autoptr (RufSegment) segment = NULL;
  int limit = DEFAULT_LIMIT;
  int offset = 0;
  List list = { 0 };
  gboolean done;
  const GOptionEntry entries[] = {
    { "segment", 0, 0, G_OPTION_ARG_STRING, &segment_text, N_("Only these people"), N_("EXPR") },
    { "search", 0, 0, G_OPTION_ARG_STRING, &search,
      N_("Only people whose name, address, tag or city begins so"), N_("TEXT") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many (default 100, 0 = all)"), "N" },
    { "offset", 0, 0, G_OPTION_ARG_INT, &offset, N_("Skip so many"), "N" },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_segment_parse (segment_text, &segment, error) ||
      !ruf_cli_call_check_page (call, limit, offset, error))
    return FALSE;

  list.query = (RufPeopleQuery) { .segment = segment, .search = search };
  list.limit = limit;
  list.offset = offset;
  done = ruf_cli_call_read (call, read_ids, &list, error) && print_list (call, &list, error);
  g_clear_pointer (&list.ids, g_array_unref);

  return done;
}

static gboolean
parse_profile (const char     *text,
               RufCsvProfile  *profile,
               GError        **error)
{
  if (text == NULL || g_str_equal (text, "human"))
    *profile = RUF_CSV_HUMAN;
  else if (g_str_equal (text, "machine"))
    *profile = RUF_CSV_MACHINE;
  else
    {
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("There is no profile “%s”. Use human or machine."), text);
      return FALSE;
    }

  return TRUE;
}

/* What the consents are worth where the file comes in again. */
static void
say_what_comes_back (RufCliOutput  *output,
                     RufCsvProfile  profile,
                     gint64         consents)
{
  if (profile == RUF_CSV_HUMAN)
    ruf_cli_output_say (output, _("The consents stand there to be read and do not come in again; "
                                  "--profile machine writes them so that they do."));
  else
    ruf_cli_output_say (output, ngettext ("It holds %lld consent, which is a document (E1) at most "
                                          "where the file comes in again.",
                                          "It holds %lld consents, which are documents (E1) at "
                                          "most where the file comes in again.", consents),
                        (long long) consents);
}

/**
 * ruf_cli_contacts_export:
 * @call: the call
 * @error: return location
 *
 * `contacts export FILE.csv`: people as a table.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_contacts_export (RufCliCall  *call,
                         GError     **error)
{
  g_autoptr (RufContactExporter) exporter = NULL;
  g_autoptr (RufSegment) segment = NULL;
  g_autofree char *segment_text = NULL;
  g_autofree char *profile_text = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  RufCsvProfile profile;
  gint64 rows, consents;
  const GOptionEntry entries[] = {
    { "segment", 0, 0, G_OPTION_ARG_STRING, &segment_text, N_("Only these people"), N_("EXPR") },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile_text,
      N_("human for spreadsheets (default), machine for programs"), N_("human|machine") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !parse_profile (profile_text, &profile, error) ||
      !ruf_cli_segment_parse (segment_text, &segment, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  exporter = ruf_contact_exporter_new (context, segment, profile, ruf_cli_call_get_word (call, 0));
  if (!ruf_cli_call_run_job (call, exporter, _("Writing contacts"), error))
    return FALSE;

  rows = ruf_contact_exporter_get_rows (exporter);
  consents = ruf_contact_exporter_get_consents (exporter);
  ruf_cli_output_int (output, "rows", rows);
  ruf_cli_output_int (output, "consents", consents);
  ruf_cli_output_string (output, "file", ruf_cli_call_get_word (call, 0));
  ruf_cli_output_say (output, ngettext ("Wrote %lld person to %s.",
                                        "Wrote %lld people to %s.", rows),
                      (long long) rows, ruf_cli_call_get_word (call, 0));
  say_what_comes_back (output, profile, consents);

  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * contacts imports, contacts undo, contacts forget.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"
#include "ruf-cli-table.h"
#include "ruf-cli-verbs.h"
#include "ruf-forget.h"
#include "ruf-import-table.h"
#include "ruf-import-undo.h"
#include "ruf-people-table.h"

/* An import that is taken back. */
typedef struct
{
  gint64         import_id;
  gint64         now;
  RufUndoReport  report;
} Undo;

/* Somebody who is forgotten. */
typedef struct
{
  const char      *words;
  gboolean         dry_run;
  gint64           now;
  RufForgetReport  report;
} Forget;

static GPtrArray *
read_imports (RufDb   *db,
              GError **error)
{
  return ruf_import_table_list (db, error);
}

static void
write_import (RufCliTable   *table,
              RufCliOutput  *output,
              gconstpointer  row)
{
  const RufImportRecord *record = row;

  ruf_cli_table_add_int (table, "id", record->id);
  ruf_cli_table_add_moment (table, "at", record->started_at);
  ruf_cli_table_add_text (table, "file", record->file_name);
  ruf_cli_table_add_int (table, "people", record->people);
  ruf_cli_table_add_int (table, "new", record->n_new);
  ruf_cli_table_add_int (table, "consents", record->n_consents);
  ruf_cli_table_add_moment (table, "undone_at", record->undone_at);
}

/**
 * ruf_cli_contacts_imports:
 * @call: the call
 * @error: return location
 *
 * `contacts imports`: which files came in, and which were taken back.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_contacts_imports (RufCliCall  *call,
                          GError     **error)
{
  static const RufCliList list = {
    "imports",
    { N_("No."), N_("When"), N_("File"), N_("People"), N_("New"), N_("Consents"),
      N_("Taken back") },
    read_imports, write_import,
  };

  return ruf_cli_call_parse (call, NULL, error) && ruf_cli_list_run (call, &list, error);
}

static gboolean
undo_import (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Undo *undo = data;

  return ruf_import_table_undo (db, undo->import_id, undo->now, &undo->report, error);
}

/**
 * ruf_cli_contacts_undo:
 * @call: the call
 * @error: return location
 *
 * `contacts undo IMPORT`: takes one import back; opt-outs recorded since then stay.
 *
 * Returns: %FALSE with @error set; then the database is as before
 */
gboolean
ruf_cli_contacts_undo (RufCliCall  *call,
                       GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  Undo undo = { 0 };
  gboolean done;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;
  if (!g_ascii_string_to_signed (ruf_cli_call_get_word (call, 0), 10, 1, G_MAXINT64,
                                 &undo.import_id, NULL))
    {
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("“%s” is not the number of an import. “contacts imports” lists them."),
                   ruf_cli_call_get_word (call, 0));
      return FALSE;
    }

  if (ruf_cli_call_open (call, error) == NULL)
    return FALSE;
  undo.now = ruf_cli_call_get_now (call);
  ruf_cli_call_begin (call, _("Taking the import back"));
  done = ruf_cli_call_write (call, undo_import, &undo, error);
  ruf_cli_call_end (call);
  if (!done)
    return FALSE;

  ruf_cli_output_int (output, "removed", undo.report.removed);
  ruf_cli_output_int (output, "restored", undo.report.restored);
  ruf_cli_output_int (output, "kept", undo.report.kept);
  ruf_cli_output_say (output, _("Removed: %lld people. Put back as before: %lld entries. Kept, "
                                "because something came later: %lld."),
                      (long long) undo.report.removed, (long long) undo.report.restored,
                      (long long) undo.report.kept);
  return TRUE;
}

static gboolean
forget_person (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Forget *forget = data;
  gint64 person_id = ruf_people_table_find (db, forget->words, error);

  if (person_id == 0)
    return FALSE;
  if (forget->dry_run)
    return ruf_forget_preview (db, person_id, &forget->report, error);
  return ruf_forget_person (db, person_id, "request", forget->now, &forget->report, error);
}

static void
say_forgotten (RufCliOutput *output,
               const Forget *forget)
{
  const RufForgetReport *report = &forget->report;

  if (forget->dry_run)
    ruf_cli_output_say (output, _("Would go: %lld addresses, %lld entries, %lld answers."),
                        (long long) report->addresses, (long long) report->fields,
                        (long long) report->replies);
  else
    ruf_cli_output_say (output, _("Gone for good: %lld addresses, %lld entries, %lld answers."),
                        (long long) report->addresses, (long long) report->fields,
                        (long long) report->replies);
  ruf_cli_output_say (output, _("What stays: a keyed hash of each address, so that no list brings "
                                "the person back; %lld proofs of consent until their retention is "
                                "over; %lld results as numbers of nobody. Backups made before "
                                "still hold everything."),
                      (long long) report->proofs, (long long) report->results);
}

/**
 * ruf_cli_contacts_forget:
 * @call: the call
 * @error: return location
 *
 * `contacts forget PERSON`: erases somebody for good.
 *
 * Returns: %FALSE with @error set; then the database is as before
 */
gboolean
ruf_cli_contacts_forget (RufCliCall  *call,
                         GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  Forget forget = { 0 };
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &forget.dry_run,
      N_("Only tell what would go and what stays"), NULL },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) || ruf_cli_call_open (call, error) == NULL)
    return FALSE;

  forget.now = ruf_cli_call_get_now (call);
  forget.words = ruf_cli_call_get_word (call, 0);
  if (forget.dry_run ? !ruf_cli_call_read (call, forget_person, &forget, error)
                     : !ruf_cli_call_write (call, forget_person, &forget, error))
    return FALSE;

  ruf_cli_output_int (output, "erased", forget.report.fields + forget.report.addresses +
                                        forget.report.replies);
  ruf_cli_output_int (output, "suppressed", forget.report.suppressed);
  ruf_cli_output_int (output, "proofs", forget.report.proofs);
  ruf_cli_output_int (output, "results", forget.report.results);
  say_forgotten (output, &forget);
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Hands a run over as a file: where to, and in which form. */

#include "config.h"

#include "ruf-export-dialog.h"

#include <glib/gi18n-lib.h>

#include "ruf-dispatcher.h"
#include "ruf-words.h"

/* The forms of a batch; the file's ending tells which was chosen. */
static const struct
{
  const char *format;
  const char *name;
  const char *ending;
} forms[] = {
  { "csv-human", N_("List for a spreadsheet"), "-Liste.csv" },
  { "csv", N_("CSV for a sending program (do not open in a spreadsheet)"), "-batch.csv" },
  { "jsonl", N_("JSON Lines for a sending program"), "-batch.jsonl" },
};

typedef struct
{
  RufPage *page;
  gint64   run_id;
} Export;

static void
export_free (gpointer data,
             GClosure *closure)
{
  Export *export = data;

  g_free (export);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RufPage) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *people = NULL, *words = NULL;

  if (!ruf_job_run_finish (RUF_JOB (source), result, &error))
    {
      ruf_page_say_error (page, error);
      return;
    }

  people = ruf_words_people (ruf_exporter_get_rows (RUF_EXPORTER (source)));
  words = g_strdup_printf (_("Handed over: %s"), people);
  ruf_page_say (page, words);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  Export *export = user_data;
  g_autoptr (GFile) file = NULL;
  g_autoptr (RufJob) job = NULL;
  const char *choice;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  choice = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), "format");
  job = RUF_JOB (ruf_exporter_new (ruf_page_get_context (export->page), export->run_id,
                                   choice != NULL ? choice : forms[0].format,
                                   g_file_peek_path (file)));
  ruf_job_run_async (job, exported_cb, g_object_ref (export->page));
}

static void
add_forms (GtkFileChooser *chooser)
{
  const char *ids[G_N_ELEMENTS (forms) + 1] = { NULL };
  const char *names[G_N_ELEMENTS (forms) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      ids[i] = forms[i].format;
      names[i] = _(forms[i].name);
    }

  gtk_file_chooser_add_choice (chooser, "format", _("Form"), ids, names);
  gtk_file_chooser_set_choice (chooser, "format", ids[0]);
}

/**
 * ruf_export_dialog_present:
 * @page: who asks; says there how it went
 * @run_id: what to hand over
 * @title: of the run, for the name of the file
 *
 * Lets the user choose a file and writes the batch there. Its rows then count as sent.
 */
void
ruf_export_dialog_present (RufPage    *page,
                           gint64      run_id,
                           const char *title)
{
  GtkFileChooserNative *chooser;
  g_autofree char *name = NULL;
  Export *export;

  g_return_if_fail (RUF_IS_PAGE (page));

  chooser = gtk_file_chooser_native_new (_("Hand Over as a File"),
                                         GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  add_forms (GTK_FILE_CHOOSER (chooser));
  name = g_strconcat (title, forms[0].ending, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);

  export = g_new0 (Export, 1);
  export->page = page;
  export->run_id = run_id;
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), export, export_free, 0);
  g_object_set_data_full (G_OBJECT (page), "export-chooser", chooser, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Hands a run over as a file: in which form, then where to. */

#include "config.h"

#include "ruf-export-dialog.h"

#include <glib/gi18n-lib.h>

#include "ruf-dispatcher.h"
#include "ruf-words.h"

/* A list for people guards its cells against formulas and carries dates as they are read; what
 * a program sends from is exact to the byte. */
static const struct
{
  const char *format;
  const char *name;
  const char *about;
  const char *ending;
} forms[] = {
  { "csv-human", N_("For a spreadsheet"), N_("A list to read, print and tick off"),
    /* Translators: end of a file's name, after the title: "Week 48-list.csv" */
    N_("-list.csv") },
  { "csv", N_("For a sending program, CSV"), N_("A spreadsheet would damage it"),
    "-batch.csv" },
  { "jsonl", N_("For a sending program, JSON Lines"), N_("A spreadsheet cannot open it"),
    "-batch.jsonl" },
};

typedef struct
{
  RufPage        *page;
  gint64          run_id;
  char           *title;
  GtkCheckButton *choices[G_N_ELEMENTS (forms)];   /* of the question, which owns this */
  guint           form;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->page);
  g_free (export->title);
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
file_chosen_cb (GtkNativeDialog *chooser,
                int              response,
                gpointer         user_data)
{
  Export *export = user_data;
  g_autoptr (GFile) file = NULL;
  g_autoptr (RufJob) job = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    {
      job = RUF_JOB (ruf_exporter_new (ruf_page_get_context (export->page), export->run_id,
                                       forms[export->form].format, g_file_peek_path (file)));
      ruf_job_run_async (job, exported_cb, g_object_ref (export->page));
    }
  g_object_unref (chooser);
}

/* A title may hold what a file's name may not. */
static char *
make_file_name (const Export *export)
{
  g_autofree char *title = g_strdelimit (g_strdup (export->title), "/\\:*?\"<>|\n", '-');

  return g_strconcat (title, _(forms[export->form].ending), NULL);
}

static void
choose_file (Export *export)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (export->page)));
  g_autofree char *name = make_file_name (export);
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Hand Over as a File"), parent,
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_object_set_data_full (G_OBJECT (chooser), "export", export, export_free);
  g_signal_connect (chooser, "response", G_CALLBACK (file_chosen_cb), export);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
form_chosen_cb (AdwMessageDialog *dialog,
                const char       *response)
{
  Export *export = g_object_get_data (G_OBJECT (dialog), "export");

  if (!g_str_equal (response, "save"))
    return;

  while (!gtk_check_button_get_active (export->choices[export->form]))
    export->form++;
  choose_file (g_object_steal_data (G_OBJECT (dialog), "export"));
}

static GtkWidget *
make_form_rows (Export *export)
{
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *choice = gtk_check_button_new ();

      gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), i > 0 ? export->choices[0] : NULL);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), i == 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _(forms[i].name), -1);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(forms[i].name));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(forms[i].about));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), choice);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
      export->choices[i] = GTK_CHECK_BUTTON (choice);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");

  return list;
}

/**
 * ruf_export_dialog_present:
 * @page: who asks; says there how it went
 * @run_id: what to hand over
 * @title: of the run, for the name of the file
 *
 * Lets the user choose a form and a file, and writes the batch there. Its rows then count as
 * sent.
 */
void
ruf_export_dialog_present (RufPage    *page,
                           gint64      run_id,
                           const char *title)
{
  GtkWidget *dialog;
  Export *export;

  g_return_if_fail (RUF_IS_PAGE (page));
  g_return_if_fail (title != NULL);

  export = g_new0 (Export, 1);
  export->page = g_object_ref (page);
  export->run_id = run_id;
  export->title = g_strdup (title);

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                   _("Hand Over as a File"),
                                   _("Whoever is in the file counts as written to from then on."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_form_rows (export));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("Cancel"), "save", _("Save…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "export", export, export_free);
  g_signal_connect (dialog, "response", G_CALLBACK (form_chosen_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings a file of people in: first a check that changes nothing, then the import itself with
 * progress and cancel, then what happened. */

#include "config.h"

#include "ruf-import-window.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ruf-fault-list.h"
#include "ruf-import-undo.h"
#include "ruf-importer.h"
#include "ruf-region-list.h"
#include "ruf-words.h"

struct _RufImportWindow
{
  AdwWindow       parent_instance;

  AdwWindowTitle *title;
  GtkWidget      *cancel_button;
  GtkButton      *import_button;
  GtkStack       *stack;
  AdwStatusPage  *working;
  AdwStatusPage  *problem;
  AdwStatusPage  *done;
  GtkProgressBar *progress;
  GtkLabel       *n_new;
  GtkLabel       *n_changed;
  GtkLabel       *n_doubtful;
  GtkLabel       *n_rejected;
  GtkImage       *consent_icon;
  GtkLabel       *consent_words;
  GtkWidget      *faults_box;
  GtkLabel       *faults_title;
  RufFaultList  *faults;
  AdwActionRow   *file_row;
  AdwComboRow    *region;
  GtkWidget      *origin;
  GtkTextView    *wording;
  GtkButton      *close_button;
  GtkWidget      *save_button;
  GtkWidget      *undo_button;
  GtkLabel       *remark;

  RufContext     *context;
  char           *path;
  RufImporter    *importer;     /* the check or the import under way, or done last */
  char           *folder;       /* where rejected rows wait to be saved */
  char           *rejects;      /* a file in it */
  gboolean        regions_filled;
};

/* An import on its way out of the store. */
typedef struct
{
  gint64        import_id;
  gint64        now;
  RufUndoReport report;
} Undo;

G_DEFINE_FINAL_TYPE (RufImportWindow, ruf_import_window, ADW_TYPE_WINDOW)

static void
show_number (GtkLabel *label,
             gint64    number)
{
  g_autofree char *text = ruf_words_number (number);

  gtk_label_set_label (label, text);
}

static const char *
name_delimiter (char delimiter)
{
  switch (delimiter)
    {
    case ',':
      return _("separated by commas");
    case ';':
      return _("separated by semicolons");
    case '\t':
      return _("separated by tabs");
    default:
      return NULL;
    }
}

static const char *
name_format (const char *format)
{
  static const struct
  {
    const char *prefix;
    const char *name;
  } formats[] = {
    { "google", N_("Google contacts") },
    { "outlook", N_("Outlook contacts") },
    { "optin", N_("List of consents") },
    { "vcard", N_("vCard") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_prefix (format, formats[i].prefix))
      return _(formats[i].name);

  return _("Table");
}

/* A card goes over many lines of its file. */
static char *
count_records (const RufImportRecord *record)
{
  g_autofree char *number = ruf_words_number (record->rows);
  gulong n = record->rows;

  if (g_str_has_prefix (record->format, "vcard"))
    return g_strdup_printf (ngettext ("%s card", "%s cards", n), number);
  return g_strdup_printf (ngettext ("%s row", "%s rows", n), number);
}

static void
show_file (RufImportWindow       *self,
           const RufImportRecord *record)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *counted = count_records (record);
  g_autofree char *encoding = g_ascii_strup (record->encoding, -1);
  g_autofree char *about = NULL;
  const char *delimiter = name_delimiter (ruf_importer_get_delimiter (self->importer));

  about = g_strjoin (" · ", counted, name_format (record->format), encoding, delimiter, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name);
  adw_action_row_set_subtitle (self->file_row, about);
  adw_window_title_set_subtitle (self->title, name);
}

/* "12 people of the file may be written to. 4 consents prove nothing yet." */
static char *
describe_proof (const RufImportProof *proof)
{
  g_autofree char *writable = ruf_words_number (proof->n_writable);
  g_autofree char *unproven = ruf_words_number (proof->n_unproven);
  g_autofree char *stopped = ruf_words_number (proof->n_stopped);
  g_autoptr (GString) words = g_string_new (NULL);

  if (proof->n_writable > 0)
    g_string_append_printf (words, ngettext ("%s person of this file may be written to.",
                                             "%s people of this file may be written to.",
                                             (gulong) proof->n_writable), writable);
  else
    g_string_append (words, _("The people come in, but nobody of this file may be written to "
                              "before they agree."));
  g_string_append_c (words, ' ');
  if (proof->n_unproven > 0)
    g_string_append_printf (words, ngettext ("%s consent proves nothing yet.",
                                             "%s consents prove nothing yet.",
                                             (gulong) proof->n_unproven), unproven);
  g_string_append_c (words, ' ');
  if (proof->n_stopped > 0)
    g_string_append_printf (words, ngettext ("%s person said stop before: only a START of their "
                                             "own lifts that.",
                                             "%s people said stop before: only a START of their "
                                             "own lifts that.", (gulong) proof->n_stopped),
                            stopped);

  return g_strstrip (g_string_free (g_steal_pointer (&words), FALSE));
}

static void
show_consents (RufImportWindow *self)
{
  const RufImportProof *proof = ruf_importer_get_proof (self->importer);
  g_autofree char *words = describe_proof (proof);

  gtk_label_set_label (self->consent_words, words);
  gtk_image_set_from_icon_name (self->consent_icon,
                                proof->n_writable > 0 && proof->n_unproven == 0
                                ? "emblem-ok-symbolic" : "dialog-information-symbolic");
}

static void
show_faults (RufImportWindow *self)
{
  guint n = ruf_fault_list_fill (self->faults, self->importer);
  g_autofree char *number = ruf_words_number (n);
  g_autofree char *words = NULL;

  words = g_strdup_printf (ngettext ("%s entry needs a look", "%s entries need a look",
                                     n), number);
  gtk_label_set_label (self->faults_title, words);
  gtk_widget_set_visible (self->faults_box, n > 0);
}

static void
show_check (RufImportWindow *self)
{
  const RufImportRecord *record = ruf_importer_get_record (self->importer);
  g_autofree char *number = ruf_words_number (record->people);
  g_autofree char *deed = NULL;

  show_number (self->n_new, record->n_new);
  show_number (self->n_changed, record->n_updated);
  show_number (self->n_doubtful, ruf_importer_get_proposals (self->importer)->len);
  show_number (self->n_rejected, record->n_rejected);
  show_file (self, record);
  show_consents (self);
  show_faults (self);

  deed = g_strdup_printf (ngettext ("Bring In %s Person", "Bring In %s People",
                                    (gulong) record->people), number);
  gtk_button_set_label (self->import_button, deed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import_button), record->people > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), TRUE);
  gtk_stack_set_visible_child_name (self->stack, "check");
  gtk_widget_grab_focus (GTK_WIDGET (self->import_button));
}

static char *
describe_result (const RufImportRecord *record,
                 const RufImportProof  *proof)
{
  g_autofree char *worth = describe_proof (proof);
  g_autofree char *n_new = ruf_words_number (record->n_new);
  g_autofree char *n_updated = ruf_words_number (record->n_updated);
  g_autofree char *n_unchanged = ruf_words_number (record->n_unchanged);
  g_autofree char *n_rejected = ruf_words_number (record->n_rejected);

  return g_strdup_printf (_("New: %s. Changed: %s. The same as before: %s. Not taken: %s.\n%s"),
                          n_new, n_updated, n_unchanged, n_rejected, worth);
}

static void
show_done (RufImportWindow *self)
{
  const RufImportRecord *record = ruf_importer_get_record (self->importer);
  g_autofree char *number = ruf_words_number (record->people);
  g_autofree char *title = NULL;
  g_autofree char *about = describe_result (record, ruf_importer_get_proof (self->importer));

  title = g_strdup_printf (ngettext ("%s Person Is In", "%s People Are In",
                                     (gulong) record->people), number);
  adw_status_page_set_title (self->done, title);
  adw_status_page_set_description (self->done, about);
  gtk_widget_set_visible (self->save_button, record->n_rejected > 0
                          && g_file_test (self->rejects, G_FILE_TEST_EXISTS));
  gtk_widget_set_visible (self->undo_button,
                          record->n_new + record->n_updated + record->n_consents > 0);
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
}

static void
show_problem (RufImportWindow *self,
              const GError    *error)
{
  g_autofree char *words = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
progress_cb (RufImportWindow *self)
{
  guint64 done = ruf_job_get_done (RUF_JOB (self->importer));
  guint64 total = ruf_job_get_total (RUF_JOB (self->importer));

  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double) done / total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
start_job (RufImportWindow     *self,
           const char          *title,
           GAsyncReadyCallback  callback)
{
  g_signal_connect_object (self->importer, "notify::done",
                           G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  gtk_progress_bar_set_fraction (self->progress, 0);
  adw_status_page_set_title (self->working, title);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "working");
  ruf_job_run_async (RUF_JOB (self->importer), callback, g_object_ref (self));
}

static RufImporter *
make_importer (RufImportWindow *self)
{
  RufImporter *importer = ruf_importer_new (self->context, self->path);
  guint region = adw_combo_row_get_selected (self->region);

  ruf_importer_set_region (importer, ruf_region_list_get (region));

  return importer;
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (RufImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* A newer check with another country took this one's place, or the window is gone. */
  if (!ruf_job_run_finish (RUF_JOB (source), result, &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (source != G_OBJECT (self->importer) || self->context == NULL)
    return;

  if (error != NULL)
    show_problem (self, error);
  else
    show_check (self);
}

static void
start_check (RufImportWindow *self)
{
  if (self->importer != NULL)
    ruf_job_cancel (RUF_JOB (self->importer));
  g_clear_object (&self->importer);
  self->importer = make_importer (self);
  ruf_importer_set_dry_run (self->importer, TRUE);
  start_job (self, _("Reading the File…"), checked_cb);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RufImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  ruf_job_run_finish (RUF_JOB (source), result, &error);
  if (self->context == NULL)
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_window_destroy (GTK_WINDOW (self));
  else if (error != NULL)
    show_problem (self, error);
  else
    show_done (self);
}

static void
set_proof (RufImportWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->wording);
  const char *origin = gtk_editable_get_text (GTK_EDITABLE (self->origin));
  g_autofree char *wording = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  wording = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  if (*wording != '\0')
    ruf_importer_set_wording (self->importer, wording);
  if (*origin != '\0')
    ruf_importer_set_origin (self->importer, origin);
}

static void
import_cb (RufImportWindow *self)
{
  g_clear_object (&self->importer);
  self->importer = make_importer (self);
  set_proof (self);
  if (self->folder == NULL)
    self->folder = g_dir_make_tmp ("rundruf-XXXXXX", NULL);
  if (self->folder != NULL)
    {
      g_free (self->rejects);
      self->rejects = g_build_filename (self->folder, "rejected.csv", NULL);
      ruf_importer_set_rejects_path (self->importer, self->rejects);
    }
  start_job (self, _("Bringing People In…"), imported_cb);
}

static void
region_cb (RufImportWindow *self)
{
  if (self->regions_filled)
    start_check (self);
}

static void
cancel_cb (RufImportWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* An import under way is taken back first; its end then closes the window. */
static gboolean
ruf_import_window_close_request (GtkWindow *window)
{
  RufImportWindow *self = RUF_IMPORT_WINDOW (window);

  if (self->importer != NULL && ruf_job_get_state (RUF_JOB (self->importer)) == RUF_JOB_RUNNING)
    {
      ruf_job_cancel (RUF_JOB (self->importer));
      if (self->folder != NULL)
        {
          adw_status_page_set_title (self->working, _("Taking Back What Came In…"));
          return GDK_EVENT_STOP;
        }
    }

  return GTK_WINDOW_CLASS (ruf_import_window_parent_class)->close_request (window);
}

static void
remark (RufImportWindow *self,
        const char      *words)
{
  gtk_label_set_label (self->remark, words);
  gtk_widget_set_visible (GTK_WIDGET (self->remark), TRUE);
}

static void
save_response_cb (GtkNativeDialog *chooser,
                  int              response,
                  RufImportWindow *self)
{
  g_autoptr (GFile) rejects = g_file_new_for_path (self->rejects);
  g_autoptr (GFile) target = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  gtk_native_dialog_destroy (chooser);
  if (target == NULL)
    return;

  if (g_file_copy (rejects, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    remark (self, _("Saved. Correct the rows there and bring the file in."));
  else
    remark (self, error->message);
}

static void
save_cb (RufImportWindow *self)
{
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Save Rejected Rows"), GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("rejected.csv"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_response_cb), self, 0);
  g_object_set_data_full (G_OBJECT (self), "chooser", chooser, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
write_undo (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Undo *undo = data;

  return ruf_import_table_undo (db, undo->import_id, undo->now, &undo->report, error);
}

static void
show_undone (RufImportWindow     *self,
             const RufUndoReport *report)
{
  g_autofree char *removed = ruf_words_people (report->removed);
  g_autofree char *kept = ruf_words_number (report->kept);
  g_autofree char *words = NULL;

  if (report->kept > 0)
    /* Translators: "19 people" and the number of entries that stay */
    words = g_strdup_printf (_("Removed: %s. Kept, because something came later: %s. "
                               "Who withdrew stays withdrawn."), removed, kept);
  else
    words = g_strdup_printf (_("Removed: %s. Who withdrew stays withdrawn."), removed);
  adw_status_page_set_icon_name (self->done, "edit-undo-symbolic");
  adw_status_page_set_title (self->done, _("The Import Was Taken Back"));
  adw_status_page_set_description (self->done, words);
  gtk_button_set_label (self->close_button, _("Close"));
  gtk_widget_set_visible (self->undo_button, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RufImportWindow) self = user_data;
  Undo *undo = ruf_store_get_task_data (result);
  g_autoptr (GError) error = NULL;

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      remark (self, error->message);
      gtk_widget_set_sensitive (self->undo_button, TRUE);
    }
  else if (self->context != NULL)
    show_undone (self, &undo->report);
}

static void
undo_cb (RufImportWindow *self)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->import_id = ruf_importer_get_record (self->importer)->id;
  undo->now = ruf_context_get_now (self->context);
  gtk_widget_set_sensitive (self->undo_button, FALSE);
  ruf_store_write_async (ruf_context_get_store (self->context), write_undo, undo, g_free, NULL,
                         undone_cb, g_object_ref (self));
}

static gboolean
read_region (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  char **region = data;
  g_autoptr (GError) failure = NULL;

  *region = ruf_setting_get (db, "region", &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
free_region (char **region)
{
  g_free (*region);
  g_free (region);
}

static void
region_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (RufImportWindow) self = user_data;
  char **region = ruf_store_get_task_data (result);
  g_autoptr (GError) error = NULL;

  ruf_store_run_finish (RUF_STORE (source), result, &error);
  if (self->context == NULL)
    return;
  if (error != NULL)
    {
      show_problem (self, error);
      return;
    }

  adw_combo_row_set_selected (self->region, ruf_region_list_find (*region));
  self->regions_filled = TRUE;
  start_check (self);
}

static void
ruf_import_window_dispose (GObject *object)
{
  RufImportWindow *self = RUF_IMPORT_WINDOW (object);

  if (self->rejects != NULL)
    g_unlink (self->rejects);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_clear_pointer (&self->rejects, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->importer);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (ruf_import_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, working);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, done);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, n_new);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, n_changed);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, n_doubtful);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, n_rejected);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, consent_icon);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, consent_words);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, faults_box);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, faults_title);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, faults);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, region);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, origin);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, wording);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, close_button);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, RufImportWindow, remark);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, region_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
}

static void
ruf_import_window_class_init (RufImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_import_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ruf_import_window_close_request;

  g_type_ensure (RUF_TYPE_FAULT_LIST);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  bind_template (widget_class);
}

static void
ruf_import_window_init (RufImportWindow *self)
{
  g_autoptr (GtkStringList) regions = ruf_region_list_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->region, G_LIST_MODEL (regions));
}

/**
 * ruf_import_window_new:
 * @parent: the window it belongs to
 * @context: where the people go
 * @path: a file of people
 *
 * Checks @path at once; nothing is brought in before the user says so.
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWidget *
ruf_import_window_new (GtkWindow  *parent,
                       RufContext *context,
                       const char *path)
{
  RufImportWindow *self;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (RUF_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  self->context = g_object_ref (context);
  self->path = g_strdup (path);
  ruf_store_read_async (ruf_context_get_store (context), read_region,
                        g_new0 (char *, 1), (GDestroyNotify) free_region, NULL,
                        region_read_cb, g_object_ref (self));

  return GTK_WIDGET (self);
}

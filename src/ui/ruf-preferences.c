/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What rarely changes: country, how strong a proof must be, the practice service, backups. */

#include "config.h"

#include "ruf-preferences.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-table.h"
#include "ruf-icons.h"
#include "ruf-import-table.h"
#include "ruf-practice.h"
#include "ruf-region-list.h"
#include "ruf-words.h"

struct _RufPreferences
{
  AdwPreferencesWindow  parent_instance;

  AdwComboRow          *region;
  AdwPreferencesGroup  *floors;
  GtkSwitch            *practice;
  GtkWidget            *backup_button;
  GtkWidget            *restore_button;

  AdwComboRow          *floor_rows[RUF_N_CHANNELS];
  RufContext           *context;
  GFile                *backup;    /* chosen, and not yet confirmed */
  gboolean              filled;
};

/* The settings that the store keeps; read together, written as they change. */
typedef struct
{
  char             *region;
  RufEvidenceLevel  floors[RUF_N_CHANNELS];
} Settings;

typedef struct
{
  RufStore *store;
  char     *backup;
  char     *aside;    /* copy of what was there before */
} Restore;

G_DEFINE_FINAL_TYPE (RufPreferences, ruf_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
settings_free (Settings *settings)
{
  g_free (settings->region);
  g_free (settings);
}

static void
restore_free (Restore *restore)
{
  g_object_unref (restore->store);
  g_free (restore->backup);
  g_free (restore->aside);
  g_free (restore);
}

static void
say (RufPreferences *self,
     const char     *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (markup));
}

static gboolean
read_settings (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Settings *settings = data;
  g_autoptr (GError) failure = NULL;

  settings->region = ruf_setting_get (db, "region", &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; i < RUF_N_CHANNELS; i++)
    if (!ruf_consent_table_get_floor (db, i, &settings->floors[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
write_settings (RufDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Settings *settings = data;

  if (!ruf_setting_set (db, "region", settings->region, error))
    return FALSE;
  for (guint i = 0; i < RUF_N_CHANNELS; i++)
    if (!ruf_consent_table_set_floor (db, i, settings->floors[i], error))
      return FALSE;

  return TRUE;
}

static void
settings_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (RufPreferences) self = user_data;
  Settings *settings = ruf_store_get_task_data (result);
  g_autoptr (GError) error = NULL;

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      say (self, error->message);
      return;
    }
  if (self->context == NULL)
    return;

  adw_combo_row_set_selected (self->region, ruf_region_list_find (settings->region));
  for (guint i = 0; i < RUF_N_CHANNELS; i++)
    adw_combo_row_set_selected (self->floor_rows[i],
                                MAX (settings->floors[i], RUF_EVIDENCE_E1) - RUF_EVIDENCE_E1);
  self->filled = TRUE;
}

static void
settings_written_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (RufPreferences) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    say (self, error->message);
}

static void
save_settings (RufPreferences *self)
{
  Settings *settings;

  if (!self->filled)
    return;

  settings = g_new0 (Settings, 1);
  settings->region = g_strdup (ruf_region_list_get (adw_combo_row_get_selected (self->region)));
  for (guint i = 0; i < RUF_N_CHANNELS; i++)
    settings->floors[i] = RUF_EVIDENCE_E1 + adw_combo_row_get_selected (self->floor_rows[i]);
  ruf_store_write_async (ruf_context_get_store (self->context), write_settings,
                         settings, (GDestroyNotify) settings_free, NULL,
                         settings_written_cb, g_object_ref (self));
}

static void
region_cb (RufPreferences *self)
{
  save_settings (self);
}

static void
practice_started_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (RufPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean running;

  running = ruf_practice_start_finish (RUF_PRACTICE (source), result, &error);
  if (!running)
    say (self, error->message);
  gtk_widget_set_sensitive (GTK_WIDGET (self->practice), TRUE);
  gtk_switch_set_state (self->practice, running);
  gtk_switch_set_active (self->practice, running);
}

static gboolean
practice_cb (RufPreferences *self,
             gboolean        state)
{
  RufPractice *practice = ruf_practice_get (self->context);

  if (state == ruf_practice_get_running (practice))
    return FALSE;
  if (!state)
    {
      ruf_practice_stop (practice);
      return FALSE;
    }

  gtk_widget_set_sensitive (GTK_WIDGET (self->practice), FALSE);
  ruf_practice_start_async (practice, NULL, practice_started_cb, g_object_ref (self));

  return TRUE;
}

static void
backup_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Restore *restore = task_data;
  g_autofree char *part = g_strconcat (restore->backup, ".part", NULL);
  g_autoptr (GFile) written = g_file_new_for_path (part);
  g_autoptr (GFile) target = g_file_new_for_path (restore->backup);
  GError *error = NULL;

  /* Written beside: an older backup of this name stays until the new one is whole. */
  if (ruf_store_backup (restore->store, part, cancellable, &error)
      && g_file_move (written, target, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
backed_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  RufPreferences *self = RUF_PREFERENCES (source);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->backup_button, TRUE);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    say (self, _("The backup is there"));
  else
    say (self, error->message);
}

static Restore *
new_restore (RufPreferences *self,
             GFile          *file)
{
  Restore *restore = g_new0 (Restore, 1);

  restore->store = g_object_ref (ruf_context_get_store (self->context));
  restore->backup = g_file_get_path (file);

  return restore;
}

static void
backup_chosen_cb (GtkNativeDialog *chooser,
                  int              response,
                  RufPreferences  *self)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GTask) task = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  gtk_native_dialog_destroy (chooser);
  if (file == NULL)
    return;

  task = g_task_new (self, NULL, backed_up_cb, NULL);
  g_task_set_task_data (task, new_restore (self, file), (GDestroyNotify) restore_free);
  gtk_widget_set_sensitive (self->backup_button, FALSE);
  g_task_run_in_thread (task, backup_thread);
}

static char *
name_backup (RufPreferences *self)
{
  g_autoptr (GDateTime) now = NULL;

  now = g_date_time_new_from_unix_local (ruf_context_get_now (self->context) / G_USEC_PER_SEC);

  return g_date_time_format (now, "rundruf-%Y-%m-%d-%H%M.db");
}

static void
choose (RufPreferences       *self,
        const char           *title,
        GtkFileChooserAction  action,
        const char           *deed,
        GCallback             callback)
{
  GtkFileChooserNative *chooser;
  g_autofree char *name = name_backup (self);

  chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, deed, _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", callback, self, 0);
  g_object_set_data_full (G_OBJECT (self), "chooser", chooser, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
backup_cb (RufPreferences *self)
{
  choose (self, _("Back Up"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Back Up"),
          G_CALLBACK (backup_chosen_cb));
}

static void
restore_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Restore *restore = task_data;
  GError *error = NULL;

  if (ruf_store_backup (restore->store, restore->aside, cancellable, &error)
      && ruf_store_restore_file (restore->backup, ruf_store_get_path (restore->store), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  RufPreferences *self = RUF_PREFERENCES (source);
  Restore *restore = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_path_get_basename (restore->aside);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->restore_button, TRUE);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      say (self, error->message);
      return;
    }

  /* Every page reads anew. */
  g_signal_emit_by_name (restore->store, "changed");
  words = g_strdup_printf (_("Restored. What was here before is kept as %s."), name);
  say (self, words);
}

static void
restore_confirmed_cb (RufPreferences *self,
                      const char     *response)
{
  Restore *restore;
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GTask) task = NULL;

  if (!g_str_equal (response, "restore") || self->backup == NULL)
    return;

  restore = new_restore (self, self->backup);
  folder = g_path_get_dirname (ruf_store_get_path (restore->store));
  name = name_backup (self);
  restore->aside = g_build_filename (folder, name, NULL);
  task = g_task_new (self, NULL, restored_cb, NULL);
  g_task_set_task_data (task, restore, (GDestroyNotify) restore_free);
  gtk_widget_set_sensitive (self->restore_button, FALSE);
  g_task_run_in_thread (task, restore_thread);
}

static void
restore_chosen_cb (GtkNativeDialog *chooser,
                   int              response,
                   RufPreferences  *self)
{
  GtkWidget *dialog;

  g_clear_object (&self->backup);
  if (response == GTK_RESPONSE_ACCEPT)
    self->backup = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  gtk_native_dialog_destroy (chooser);
  if (self->backup == NULL)
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Restore This Backup?"),
                                   _("Everything here is replaced by what the backup holds. "
                                     "Withdrawals that came later are not in it: nobody who "
                                     "withdrew since then may be written to."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("Cancel"),
                                    "restore", _("Replace Everything"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (restore_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
restore_cb (RufPreferences *self)
{
  choose (self, _("Restore a Backup"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"),
          G_CALLBACK (restore_chosen_cb));
}

static void
add_floor_rows (RufPreferences *self)
{
  for (guint i = 0; i < RUF_N_CHANNELS; i++)
    {
      g_autoptr (GtkStringList) levels = gtk_string_list_new (NULL);
      AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

      gtk_string_list_append (levels, _("Noted by you"));
      gtk_string_list_append (levels, _("From the person"));
      gtk_string_list_append (levels, _("Confirmed twice"));
      adw_combo_row_set_model (row, G_LIST_MODEL (levels));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ruf_words_channel (i));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name (ruf_icons_channel (i)));
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (save_settings), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->floors, GTK_WIDGET (row));
      self->floor_rows[i] = row;
      /* Signal is for writing by hand; no batch leaves there, so no floor applies. */
      gtk_widget_set_visible (GTK_WIDGET (row), i != RUF_CHANNEL_SIGNAL);
    }
}

static void
ruf_preferences_dispose (GObject *object)
{
  RufPreferences *self = RUF_PREFERENCES (object);

  g_clear_object (&self->context);
  g_clear_object (&self->backup);

  G_OBJECT_CLASS (ruf_preferences_parent_class)->dispose (object);
}

static void
ruf_preferences_class_init (RufPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_preferences_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, RufPreferences, region);
  gtk_widget_class_bind_template_child (widget_class, RufPreferences, floors);
  gtk_widget_class_bind_template_child (widget_class, RufPreferences, practice);
  gtk_widget_class_bind_template_child (widget_class, RufPreferences, backup_button);
  gtk_widget_class_bind_template_child (widget_class, RufPreferences, restore_button);
  gtk_widget_class_bind_template_callback (widget_class, region_cb);
  gtk_widget_class_bind_template_callback (widget_class, practice_cb);
  gtk_widget_class_bind_template_callback (widget_class, backup_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
ruf_preferences_init (RufPreferences *self)
{
  g_autoptr (GtkStringList) regions = ruf_region_list_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->region, G_LIST_MODEL (regions));
  add_floor_rows (self);
}

/**
 * ruf_preferences_new:
 * @parent: the window it belongs to
 * @context: what is set up
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWidget *
ruf_preferences_new (GtkWindow  *parent,
                     RufContext *context)
{
  RufPreferences *self;
  RufPractice *practice;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);

  self = g_object_new (RUF_TYPE_PREFERENCES, "transient-for", parent, NULL);
  self->context = g_object_ref (context);
  practice = ruf_practice_get (context);
  gtk_switch_set_active (self->practice, ruf_practice_get_running (practice));
  ruf_store_read_async (ruf_context_get_store (context), read_settings,
                        g_new0 (Settings, 1), (GDestroyNotify) settings_free, NULL,
                        settings_read_cb, g_object_ref (self));

  return GTK_WIDGET (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program: command line, keyboard shortcuts, and one window a database. */

#include "config.h"

#include "ruf-application.h"

#include <glib/gi18n-lib.h>

#include "ruf-moment.h"
#include "ruf-sample-window.h"
#include "ruf-trouble-window.h"
#include "ruf-ui-resources.h"
#include "ruf-window.h"

struct _RufApplication
{
  AdwApplication parent_instance;

  GSettings     *settings;   /* NULL where the schema is not installed */
  char          *own_path;   /* the user's database, to come back to from the sample shop */
  gint64         rehearsal;  /* the moment at which clocks stand still, 0 = they go */
};

G_DEFINE_FINAL_TYPE (RufApplication, ruf_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "db", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Open this database instead of your own, and create it where it is missing"), N_("FILE") },
  { "now", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Rehearse as if it were this time, and send nothing for real"), N_("TIME") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Say which version this is"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL,
    N_("[FILE TO BRING IN]") },
  { NULL }
};

static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "win.page::overview", { "<Control>1" } },
  { "win.page::contacts", { "<Control>2" } },
  { "win.page::messages", { "<Control>3" } },
  { "win.page::calendar", { "<Control>4" } },
  { "win.page::outbox", { "<Control>5" } },
  { "win.page::reach", { "<Control>6" } },
  { "win.search", { "<Control>f" } },
  { "win.new-message", { "<Control>n" } },
  { "win.import", { "<Control>i" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question", "F1" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
};

static RufWindow *
find_window (RufApplication *self,
             const char     *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      RufStore *store;

      if (!RUF_IS_WINDOW (l->data))
        continue;
      store = ruf_context_get_store (ruf_window_get_context (l->data));
      if (g_strcmp0 (ruf_store_get_path (store), path) == 0)
        return l->data;
    }

  return NULL;
}

static char *
get_database_path (GApplicationCommandLine *command_line)
{
  GVariantDict *given = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GFile) file = NULL;
  const char *wanted = NULL;

  if (!g_variant_dict_lookup (given, "db", "^&ay", &wanted))
    return ruf_context_get_default_path ();

  file = g_application_command_line_create_file_for_arg (command_line, wanted);

  return g_file_get_path (file);
}

static char *
get_import_path (GApplicationCommandLine *command_line)
{
  GVariantDict *given = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **files = NULL;
  g_autoptr (GFile) file = NULL;

  if (!g_variant_dict_lookup (given, G_OPTION_REMAINING, "^a&ay", &files) || files[0] == NULL)
    return NULL;

  file = g_application_command_line_create_file_for_arg (command_line, files[0]);

  return g_file_get_path (file);
}

static gboolean
read_rehearsal (RufApplication          *self,
                GApplicationCommandLine *command_line)
{
  GVariantDict *given = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *text = NULL;

  if (!g_variant_dict_lookup (given, "now", "&s", &text) ||
      ruf_moment_parse (text, zone, &self->rehearsal) == RUF_MOMENT_TIME)
    return TRUE;

  g_application_command_line_printerr (
    command_line, _("rundruf: “%s” is no day with a time. Write it like 2026-11-26T10:00.\n"), text);
  return FALSE;
}

static int
ruf_application_command_line (GApplication            *application,
                              GApplicationCommandLine *command_line)
{
  RufApplication *self = RUF_APPLICATION (application);
  g_autofree char *path = get_database_path (command_line);
  g_autofree char *file = get_import_path (command_line);
  g_autoptr (GError) error = NULL;

  if (!read_rehearsal (self, command_line))
    return 2;

  if (ruf_application_open (self, path, FALSE, &error))
    {
      g_free (self->own_path);
      self->own_path = g_strdup (path);
      if (file != NULL)
        ruf_window_import (find_window (self, path), file);
      return 0;
    }

  g_application_command_line_printerr (command_line, "rundruf: %s\n", error->message);
  gtk_window_present (GTK_WINDOW (ruf_trouble_window_new (GTK_APPLICATION (self), path, error)));

  return 1;
}

static int
ruf_application_handle_local_options (GApplication *application,
                                      GVariantDict *given)
{
  if (!g_variant_dict_contains (given, "version"))
    return -1;

  g_print ("rundruf %s\n", RUF_VERSION);
  return 0;
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  GtkApplication *application = user_data;
  const char *developers[] = { _("The Rundruf authors"), NULL };

  adw_show_about_window (gtk_application_get_active_window (application),
                         "application-name", _("Rundruf"),
                         "application-icon", APP_ID,
                         "version", RUF_VERSION,
                         "developer-name", _("The Rundruf authors"),
                         "developers", developers,
                         "comments", _("Plan messages to customers who agreed, and see what "
                                       "they reach."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "copyright", "© 2026 The Rundruf authors",
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
open_sample_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (RUF_IS_WINDOW (window) && !ruf_window_is_sample (RUF_WINDOW (window)))
    gtk_window_present (GTK_WINDOW (ruf_sample_window_new (window)));
}

static void
close_sample_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  RufApplication *self = RUF_APPLICATION (user_data);
  GtkWindow *window = gtk_application_get_active_window (user_data);
  g_autoptr (GError) error = NULL;

  if (!RUF_IS_WINDOW (window) || !ruf_window_is_sample (RUF_WINDOW (window)))
    return;

  if (!ruf_application_open (self, self->own_path, FALSE, &error))
    gtk_window_present (GTK_WINDOW (ruf_trouble_window_new (GTK_APPLICATION (self),
                                                            self->own_path, error)));
  gtk_window_close (window);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  GtkApplication *application = user_data;
  GList *windows;

  /* Closed one by one, so that each keeps its size and page. */
  while ((windows = gtk_application_get_windows (application)) != NULL)
    {
      GtkWindow *window = windows->data;

      gtk_window_close (window);
      if (g_list_find (gtk_application_get_windows (application), window))
        gtk_window_destroy (window);
    }
}

static void
ruf_application_startup (GApplication *application)
{
  RufApplication *self = RUF_APPLICATION (application);
  static const GActionEntry entries[] = {
    { "about", about_cb },
    { "open-sample", open_sample_cb },
    { "close-sample", close_sample_cb },
    { "quit", quit_cb },
  };
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  g_resources_register (ruf_ui_get_resource ());
  G_APPLICATION_CLASS (ruf_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           shortcuts[i].keys);

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  if (schema != NULL)
    self->settings = g_settings_new (APP_ID);
}

static void
ruf_application_dispose (GObject *object)
{
  RufApplication *self = RUF_APPLICATION (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ruf_application_parent_class)->dispose (object);
}

static void
ruf_application_finalize (GObject *object)
{
  g_free (RUF_APPLICATION (object)->own_path);

  G_OBJECT_CLASS (ruf_application_parent_class)->finalize (object);
}

static void
ruf_application_class_init (RufApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_application_dispose;
  G_OBJECT_CLASS (klass)->finalize = ruf_application_finalize;
  application_class->startup = ruf_application_startup;
  application_class->command_line = ruf_application_command_line;
  application_class->handle_local_options = ruf_application_handle_local_options;
}

static void
ruf_application_init (RufApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * ruf_application_new:
 *
 * Returns: (transfer full): the program
 */
RufApplication *
ruf_application_new (void)
{
  return g_object_new (RUF_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}

/**
 * ruf_application_open:
 * @self: the program
 * @path: a database
 * @sample: whether it is the sample shop, not the user's own
 * @error: why it cannot be opened
 *
 * Shows the window of @path, and makes it where there is none yet.
 *
 * Returns: whether the window is there
 */
gboolean
ruf_application_open (RufApplication  *self,
                      const char      *path,
                      gboolean         sample,
                      GError         **error)
{
  g_autoptr (RufClock) clock = NULL;
  g_autoptr (RufContext) context = NULL;
  RufWindow *window;

  g_return_val_if_fail (RUF_IS_APPLICATION (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  window = find_window (self, path);
  if (window == NULL)
    {
      clock = self->rehearsal != 0 ? ruf_clock_new_at (self->rehearsal) : ruf_clock_new ();
      context = ruf_context_new (path, clock, error);
      if (context == NULL)
        return FALSE;
      window = RUF_WINDOW (ruf_window_new (GTK_APPLICATION (self), context,
                                           self->settings, sample));
    }
  gtk_window_present (GTK_WINDOW (window));

  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Stands in for the main window where the database cannot be opened: says why, and what to
 * do next. */

#include "config.h"

#include "ruf-trouble-window.h"

#include "ruf-application.h"

struct _RufTroubleWindow
{
  AdwApplicationWindow parent_instance;

  AdwStatusPage *status;

  char          *path;
};

G_DEFINE_FINAL_TYPE (RufTroubleWindow, ruf_trouble_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_error (RufTroubleWindow *self,
            const GError     *error)
{
  g_autofree char *words = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->status, words);
}

static void
again_cb (RufTroubleWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GError) error = NULL;

  if (ruf_application_open (RUF_APPLICATION (application), self->path, FALSE, &error))
    gtk_window_destroy (GTK_WINDOW (self));
  else
    show_error (self, error);
}

static void
folder_cb (RufTroubleWindow *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
ruf_trouble_window_finalize (GObject *object)
{
  g_free (RUF_TROUBLE_WINDOW (object)->path);

  G_OBJECT_CLASS (ruf_trouble_window_parent_class)->finalize (object);
}

static void
ruf_trouble_window_class_init (RufTroubleWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ruf_trouble_window_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-trouble-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RufTroubleWindow, status);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_cb);
}

static void
ruf_trouble_window_init (RufTroubleWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_trouble_window_new:
 * @application: the program
 * @path: the database that cannot be opened
 * @error: why
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWidget *
ruf_trouble_window_new (GtkApplication *application,
                        const char     *path,
                        const GError   *error)
{
  RufTroubleWindow *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error != NULL, NULL);

  self = g_object_new (RUF_TYPE_TROUBLE_WINDOW, "application", application, NULL);
  self->path = g_strdup (path);
  show_error (self, error);

  return GTK_WIDGET (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sets the sample shop up beside the user's own data, and opens it. */

#include "config.h"

#include "ruf-sample-window.h"

#include <glib/gi18n-lib.h>

#include "ruf-application.h"
#include "ruf-demo.h"

struct _RufSampleWindow
{
  AdwWindow      parent_instance;

  AdwStatusPage *status;
  GtkSpinner    *spinner;
  GtkLabel      *line;

  GCancellable  *cancellable;
};

/* One line that the demo says, on its way to the window. */
typedef struct
{
  RufSampleWindow *window;
  char            *words;
} Line;

G_DEFINE_FINAL_TYPE (RufSampleWindow, ruf_sample_window, ADW_TYPE_WINDOW)

static void
line_free (Line *line)
{
  g_object_unref (line->window);
  g_free (line->words);
  g_free (line);
}

static void
result_free (RufDemoResult *result)
{
  ruf_demo_result_clear (result);
  g_free (result);
}

static gboolean
show_line_cb (gpointer data)
{
  Line *line = data;

  if (line->window->cancellable != NULL)
    gtk_label_set_label (line->window->line, line->words);

  return G_SOURCE_REMOVE;
}

static void
say_cb (const char *words,
        gpointer    user_data)
{
  Line *line = g_new0 (Line, 1);

  line->window = g_object_ref (user_data);
  line->words = g_strchug (g_strdup (words));
  g_idle_add_full (G_PRIORITY_DEFAULT, show_line_cb, line, (GDestroyNotify) line_free);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "rundruf",
                                              "sample-shop", NULL);
  RufDemoResult *result = g_new0 (RufDemoResult, 1);
  GError *error = NULL;

  if (ruf_demo_run (folder, say_cb, source, result, cancellable, &error))
    {
      g_task_return_pointer (task, result, (GDestroyNotify) result_free);
      return;
    }

  result_free (result);
  g_task_return_error (task, error);
}

static void
show_error (RufSampleWindow *self,
            const GError    *error)
{
  g_autofree char *words = g_markup_escape_text (error->message, -1);

  gtk_spinner_stop (self->spinner);
  gtk_label_set_label (self->line, "");
  adw_status_page_set_title (self->status, _("The Sample Shop Cannot Be Set Up"));
  adw_status_page_set_description (self->status, words);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  RufSampleWindow *self = RUF_SAMPLE_WINDOW (source);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autoptr (GError) error = NULL;
  RufDemoResult *shop = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->cancellable == NULL)
    g_clear_error (&error);
  else if (shop != NULL
           && ruf_application_open (RUF_APPLICATION (gtk_window_get_application (parent)),
                                    shop->db, TRUE, &error))
    {
      /* The task still holds this window when the other one is gone already. */
      gtk_window_destroy (GTK_WINDOW (self));
      gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
      gtk_window_close (parent);
    }
  if (error != NULL)
    show_error (self, error);
  g_clear_pointer (&shop, result_free);
}

static void
ruf_sample_window_dispose (GObject *object)
{
  RufSampleWindow *self = RUF_SAMPLE_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (ruf_sample_window_parent_class)->dispose (object);
}

static void
ruf_sample_window_class_init (RufSampleWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_sample_window_dispose;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-sample-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RufSampleWindow, status);
  gtk_widget_class_bind_template_child (widget_class, RufSampleWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RufSampleWindow, line);
}

static void
ruf_sample_window_init (RufSampleWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_sample_window_new:
 * @parent: the main window, which the sample shop's takes the place of
 *
 * Starts to set the sample shop up at once.
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWidget *
ruf_sample_window_new (GtkWindow *parent)
{
  RufSampleWindow *self = g_object_new (RUF_TYPE_SAMPLE_WINDOW, "transient-for", parent, NULL);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, ran_cb, NULL);

  g_task_run_in_thread (task, run_thread);

  return GTK_WIDGET (self);
}

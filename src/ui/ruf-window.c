/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The main window: a sidebar of six pages that folds away under 700 px. */

#include "config.h"

#include "ruf-window.h"

#include <glib/gi18n-lib.h>

#include "ruf-calendar-page.h"
#include "ruf-contacts-page.h"
#include "ruf-messages-page.h"
#include "ruf-meta-reader.h"
#include "ruf-outbox-page.h"
#include "ruf-overview-page.h"
#include "ruf-preferences.h"
#include "ruf-reach-page.h"
#include "ruf-sidebar-row.h"

#define UNFOLDED_WIDTH 700

struct _RufWindow
{
  AdwApplicationWindow parent_instance;

  AdwLeaflet  *leaflet;
  GtkListBox  *rows;
  GtkStack    *stack;
  GtkRevealer *sample_bar;

  RufContext  *context;
  GSettings   *settings;   /* NULL where the schema is not installed */
  gboolean     sample;
};

enum
{
  PROP_0,
  PROP_CONTEXT,
  PROP_SETTINGS,
  PROP_SAMPLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufWindow, ruf_window, ADW_TYPE_APPLICATION_WINDOW)

static RufPage *
get_page (RufWindow  *self,
          const char *name)
{
  GtkWidget *child = gtk_stack_get_child_by_name (self->stack, name);

  return child != NULL ? RUF_PAGE (child) : NULL;
}

static RufPage *
get_visible_page (RufWindow *self)
{
  return RUF_PAGE (gtk_stack_get_visible_child (self->stack));
}

static RufSidebarRow *
find_row (RufWindow  *self,
          const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (g_str_equal (ruf_sidebar_row_get_page_name (RUF_SIDEBAR_ROW (row)), name))
      return RUF_SIDEBAR_ROW (row);

  return NULL;
}

static void
row_activated_cb (RufWindow     *self,
                  RufSidebarRow *row)
{
  ruf_window_show_page (self, ruf_sidebar_row_get_page_name (row));
}

/* Arrow keys turn the pages; only a click or Return leaves a folded sidebar. */
static void
row_selected_cb (RufWindow     *self,
                 RufSidebarRow *row)
{
  if (row != NULL && self->context != NULL)
    gtk_stack_set_visible_child_name (self->stack, ruf_sidebar_row_get_page_name (row));
}

static void
visible_child_cb (RufWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);
  RufSidebarRow *row = name != NULL ? find_row (self, name) : NULL;

  if (row != NULL)
    gtk_list_box_select_row (self->rows, GTK_LIST_BOX_ROW (row));
}

static void
page_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ruf_window_show_page (RUF_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  const char *name;
  gint64 id;
  RufPage *page;

  g_variant_get (parameter, "(&sx)", &name, &id);
  page = ruf_window_show_page (RUF_WINDOW (widget), name);
  if (page != NULL)
    ruf_page_show_item (page, id);
}

static void
show_consent_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  RufPage *page = ruf_window_show_page (RUF_WINDOW (widget), "contacts");
  const char *name, *purpose;
  RufChannel channel;

  g_variant_get (parameter, "(&s&s)", &name, &purpose);
  if (ruf_channel_from_string (name, &channel))
    ruf_contacts_page_show_consent (RUF_CONTACTS_PAGE (page), channel, purpose);
}

static void
show_sidebar_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  RufWindow *self = RUF_WINDOW (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "sidebar");
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->rows)));
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ruf_page_search (get_visible_page (RUF_WINDOW (widget)));
}

static void
new_message_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  ruf_page_create (ruf_window_show_page (RUF_WINDOW (widget), "messages"));
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  RufPage *page = ruf_window_show_page (RUF_WINDOW (widget), "contacts");

  ruf_contacts_page_import (RUF_CONTACTS_PAGE (page));
}

static void
recognise_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  g_task_return_boolean (task, ruf_meta_file_recognise (task_data));
}

static void
recognised_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  RufWindow *self = RUF_WINDOW (source);
  const char *path = g_task_get_task_data (G_TASK (result));
  gboolean reach = g_task_propagate_boolean (G_TASK (result), NULL);
  RufPage *page;

  if (self->context == NULL)   /* It was closed meanwhile. */
    return;

  page = ruf_window_show_page (self, reach ? "reach" : "contacts");
  if (reach)
    ruf_reach_page_import_file (RUF_REACH_PAGE (page), path);
  else
    ruf_contacts_page_import_file (RUF_CONTACTS_PAGE (page), path);
}

static void
preferences_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  RufWindow *self = RUF_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (ruf_preferences_new (GTK_WINDOW (self), self->context)));
}

/* Made when it is asked for: GTK 4.8 crashes where an assistive technology asks for a window of
 * the program that has just closed while one lies ready that was never shown. */
static void
shortcuts_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/rundruf/Rundruf/ruf-shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (widget));
  gtk_window_present (shortcuts);
}

static void
bind_pages (RufWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      RufPage *page = get_page (self, ruf_sidebar_row_get_page_name (RUF_SIDEBAR_ROW (row)));
      g_autofree char *title = NULL;

      g_object_get (row, "title", &title, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (page),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      g_object_bind_property (page, "badge", row, "badge", G_BINDING_SYNC_CREATE);
      ruf_page_set_context (page, self->context);
    }
}

static void
restore_state (RufWindow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *period = NULL;
  int width, height;

  if (self->settings == NULL || self->sample)
    return;

  g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  period = g_settings_get_string (self->settings, "reach-period");
  if (*period != '\0')
    g_object_set (get_page (self, "reach"), "period", period, NULL);

  name = g_settings_get_string (self->settings, "last-page");
  if (get_page (self, name) != NULL)
    gtk_stack_set_visible_child_name (self->stack, name);
}

static void
ruf_window_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  RufWindow *self = RUF_WINDOW (widget);

  adw_leaflet_set_can_unfold (self->leaflet, width >= UNFOLDED_WIDTH);

  GTK_WIDGET_CLASS (ruf_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
save_state (RufWindow *self)
{
  const char *period = ruf_reach_page_get_chosen_period (RUF_REACH_PAGE (get_page (self,
                                                                                   "reach")));
  int width, height;

  if (self->settings == NULL || self->sample)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_string (self->settings, "last-page",
                         gtk_stack_get_visible_child_name (self->stack));
  if (period != NULL)
    g_settings_set_string (self->settings, "reach-period", period);
}

static gboolean
ruf_window_close_request (GtkWindow *window)
{
  save_state (RUF_WINDOW (window));

  return GTK_WINDOW_CLASS (ruf_window_parent_class)->close_request (window);
}

static void
ruf_window_constructed (GObject *object)
{
  RufWindow *self = RUF_WINDOW (object);

  G_OBJECT_CLASS (ruf_window_parent_class)->constructed (object);

  bind_pages (self);
  restore_state (self);
  visible_child_cb (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  gtk_revealer_set_reveal_child (self->sample_bar, self->sample);

  /* Until the page has read what it shows, the focus waits in the sidebar; no ring shows
   * where it is before the first key. */
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->rows)));
  ruf_page_take_focus (get_visible_page (self));
  gtk_window_set_focus_visible (GTK_WINDOW (self), FALSE);
}

static void
ruf_window_dispose (GObject *object)
{
  RufWindow *self = RUF_WINDOW (object);

  g_clear_object (&self->context);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ruf_window_parent_class)->dispose (object);
}

static void
ruf_window_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  RufWindow *self = RUF_WINDOW (object);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, self->context);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_SAMPLE:
      g_value_set_boolean (value, self->sample);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_window_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  RufWindow *self = RUF_WINDOW (object);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      self->context = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_SAMPLE:
      self->sample = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "win.show", "(sx)", show_action);
  gtk_widget_class_install_action (widget_class, "win.show-consent", "(ss)", show_consent_action);
  gtk_widget_class_install_action (widget_class, "win.show-sidebar", NULL, show_sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.new-message", NULL, new_message_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
}

static void
ensure_types (void)
{
  g_type_ensure (RUF_TYPE_SIDEBAR_ROW);
  g_type_ensure (RUF_TYPE_OVERVIEW_PAGE);
  g_type_ensure (RUF_TYPE_CONTACTS_PAGE);
  g_type_ensure (RUF_TYPE_MESSAGES_PAGE);
  g_type_ensure (RUF_TYPE_CALENDAR_PAGE);
  g_type_ensure (RUF_TYPE_OUTBOX_PAGE);
  g_type_ensure (RUF_TYPE_REACH_PAGE);
}

static void
ruf_window_class_init (RufWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = ruf_window_constructed;
  object_class->dispose = ruf_window_dispose;
  object_class->get_property = ruf_window_get_property;
  object_class->set_property = ruf_window_set_property;
  widget_class->size_allocate = ruf_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = ruf_window_close_request;

  properties[PROP_CONTEXT] =
    g_param_spec_object ("context", NULL, NULL, RUF_TYPE_CONTEXT, flags);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  properties[PROP_SAMPLE] =
    g_param_spec_boolean ("sample", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  install_actions (widget_class);
  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rundruf/Rundruf/ruf-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RufWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RufWindow, rows);
  gtk_widget_class_bind_template_child (widget_class, RufWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RufWindow, sample_bar);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
}

static void
ruf_window_init (RufWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_window_new:
 * @application: the application
 * @context: what the window works on
 * @settings: (nullable): where size and page are kept, or NULL to keep nothing
 * @sample: whether @context is the sample shop, not the user's own
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWidget *
ruf_window_new (GtkApplication *application,
                RufContext     *context,
                GSettings      *settings,
                gboolean        sample)
{
  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);

  return g_object_new (RUF_TYPE_WINDOW,
                       "application", application,
                       "context", context,
                       "settings", settings,
                       "sample", sample,
                       NULL);
}

/**
 * ruf_window_get_context:
 * @self: a window
 *
 * Returns: (transfer none): what the window works on
 */
RufContext *
ruf_window_get_context (RufWindow *self)
{
  g_return_val_if_fail (RUF_IS_WINDOW (self), NULL);

  return self->context;
}

/**
 * ruf_window_is_sample:
 * @self: a window
 *
 * Returns: whether the window shows the sample shop
 */
gboolean
ruf_window_is_sample (RufWindow *self)
{
  g_return_val_if_fail (RUF_IS_WINDOW (self), FALSE);

  return self->sample;
}

/**
 * ruf_window_show_page:
 * @self: a window
 * @name: "overview", "contacts", "messages", "calendar", "outbox" or "reach"
 *
 * Brings a page into view, also where the sidebar covers it.
 *
 * Returns: (transfer none) (nullable): the page, NULL where none has this name
 */
RufPage *
ruf_window_show_page (RufWindow  *self,
                      const char *name)
{
  RufPage *page;

  g_return_val_if_fail (RUF_IS_WINDOW (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  page = get_page (self, name);
  if (page == NULL)
    return NULL;

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  ruf_page_take_focus (page);

  return page;
}

/**
 * ruf_window_import:
 * @self: a window
 * @path: a file of people, or an export of Meta
 *
 * Opens the import of @path on the page where it belongs.
 */
void
ruf_window_import (RufWindow  *self,
                   const char *path)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RUF_IS_WINDOW (self));
  g_return_if_fail (path != NULL);

  task = g_task_new (self, NULL, recognised_cb, NULL);
  g_task_set_source_tag (task, ruf_window_import);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, recognise_thread);
}

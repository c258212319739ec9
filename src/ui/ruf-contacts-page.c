/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The people: a table that searches while one types, a pane with one person, and the way in
 * for files. */

#include "config.h"

#include "ruf-contacts-page.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-marks.h"
#include "ruf-deed-button.h"
#include "ruf-import-window.h"
#include "ruf-name-cell.h"
#include "ruf-people-filter.h"
#include "ruf-people-model.h"
#include "ruf-person-dialog.h"
#include "ruf-person-item.h"
#include "ruf-person-pane.h"
#include "ruf-words.h"

/* The width of a table that shows every column, and those of the pane, which covers the page
 * in the narrowest window. */
#define ROOMY       740
#define PANE        340
#define NARROW_PANE 360

struct _RufContactsPage
{
  RufPage              parent_instance;

  GtkSearchBar        *search_bar;
  GtkSearchEntry      *search_entry;
  GtkStack            *stack;
  GtkStack            *table_stack;
  AdwFlap             *flap;
  RufPersonPane       *pane;
  RufPeopleFilter     *filter;
  GtkColumnView       *table;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *address_column;
  GtkColumnViewColumn *tags_column;
  GtkColumnViewColumn *last_column;

  RufPeopleModel      *people;
  GtkSingleSelection  *selection;
  gint64               shown_id;   /* of the person in the pane, 0 = none */
  char                *order;
  gboolean             probed;     /* set while the header's order is asked for */
};

enum
{
  PROP_0,
  PROP_ORDER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufContactsPage, ruf_contacts_page, RUF_TYPE_PAGE)

/* GtkColumnViewSorter is private in GTK 4.8: this comparison is asked once, through the
 * table's sorter, and so tells whether the name column sorts and in which direction. */
static int
probe_cb (gconstpointer a,
          gconstpointer b,
          gpointer      user_data)
{
  RufContactsPage *self = user_data;

  self->probed = TRUE;

  return GTK_ORDERING_SMALLER;
}

static void
sorter_changed_cb (RufContactsPage *self,
                   GtkSorterChange  change,
                   GtkSorter       *sorter)
{
  g_autoptr (RufPersonItem) probe = ruf_person_item_new (0);
  GtkOrdering ordering;

  self->probed = FALSE;
  ordering = gtk_sorter_compare (sorter, probe, probe);
  if (!self->probed)
    return;

  g_free (self->order);
  self->order = g_strdup ("name");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
  ruf_people_model_set_order (self->people, RUF_PEOPLE_BY_NAME, ordering == GTK_ORDERING_LARGER);
}

static void
set_order (RufContactsPage *self,
           const char      *order)
{
  if (g_strcmp0 (self->order, order) == 0)
    return;

  g_free (self->order);
  self->order = g_strdup (order);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);

  if (self->people == NULL || order == NULL)
    return;
  if (g_str_equal (order, "city"))
    ruf_people_model_set_order (self->people, RUF_PEOPLE_BY_CITY, FALSE);
  else if (g_str_equal (order, "added"))
    ruf_people_model_set_order (self->people, RUF_PEOPLE_BY_ADDED, TRUE);
  else
    ruf_people_model_set_order (self->people, RUF_PEOPLE_BY_NAME, FALSE);
  gtk_column_view_sort_by_column (self->table,
                                  g_str_equal (order, "name") ? self->name_column : NULL,
                                  GTK_SORT_ASCENDING);
}

static void
update_count (RufContactsPage *self)
{
  gint64 total = ruf_people_model_get_total (self->people);
  gint64 shown = g_list_model_get_n_items (G_LIST_MODEL (self->people));
  g_autofree char *all = ruf_words_people (total);
  g_autofree char *some = ruf_words_number (shown);
  g_autofree char *both = NULL;

  /* Translators: "139 of 180 people" */
  both = g_strdup_printf (_("%s of %s"), some, all);
  ruf_people_filter_set_count (self->filter, shown < total ? both : all);
}

static void
answered_cb (RufContactsPage *self)
{
  gboolean nobody = g_list_model_get_n_items (G_LIST_MODEL (self->people)) == 0;
  gboolean empty = ruf_people_model_get_total (self->people) == 0;

  update_count (self);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "people");
  gtk_stack_set_visible_child_name (self->table_stack, nobody ? "nobody" : "table");
  if (self->shown_id != 0)
    ruf_person_pane_reload (self->pane);
  ruf_page_settle (RUF_PAGE (self));
}

static void
show_person (RufContactsPage *self,
             gint64           id)
{
  self->shown_id = id;
  ruf_person_pane_show (self->pane, ruf_page_get_context (RUF_PAGE (self)), id);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
selected_cb (RufContactsPage *self)
{
  RufPersonItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL && ruf_person_item_get_id (item) != self->shown_id)
    show_person (self, ruf_person_item_get_id (item));
}

static void
activate_cb (RufContactsPage *self,
             guint            position)
{
  g_autoptr (RufPersonItem) item = g_list_model_get_item (G_LIST_MODEL (self->people), position);

  if (item != NULL)
    show_person (self, ruf_person_item_get_id (item));
}

/* On a narrow page the address stands below the name; tags and the last message show where
 * the table has room. */
static gboolean
arrange_cb (gpointer data)
{
  RufContactsPage *self = data;
  gboolean folded = ruf_page_get_folded (RUF_PAGE (self));
  gboolean roomy = gtk_adjustment_get_page_size (gtk_scrollable_get_hadjustment (
    GTK_SCROLLABLE (self->table))) >= ROOMY;

  gtk_column_view_column_set_visible (self->address_column, !folded);
  gtk_column_view_column_set_visible (self->tags_column, roomy);
  gtk_column_view_column_set_visible (self->last_column, roomy);
  gtk_widget_set_size_request (GTK_WIDGET (self->pane), folded ? NARROW_PANE : PANE, -1);

  return G_SOURCE_REMOVE;
}

/* What makes it necessary is told from within an allocation, too late for another size. */
static void
queue_arrange (RufContactsPage *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, arrange_cb, g_object_ref (self), g_object_unref);
}

static void
folded_cb (RufContactsPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contacts.import-narrow",
                                 ruf_page_get_folded (RUF_PAGE (self)));
  queue_arrange (self);
}

static void
reveal_flap_cb (RufContactsPage *self)
{
  if (adw_flap_get_reveal_flap (self->flap))
    return;

  self->shown_id = 0;
  if (self->selection != NULL)
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

static void
pane_closed_cb (RufContactsPage *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

/* Wherever the focus is, Escape closes the person first. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  RufContactsPage *self = RUF_CONTACTS_PAGE (widget);

  if (!adw_flap_get_reveal_flap (self->flap))
    return FALSE;

  pane_closed_cb (self);
  return TRUE;
}

static void
search_changed_cb (RufContactsPage *self)
{
  if (self->people != NULL)
    ruf_people_model_set_search (self->people,
                                 gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* Return opens the first one found. */
static void
search_activate_cb (RufContactsPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->people)) == 0)
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self->table));
  gtk_single_selection_set_selected (self->selection, 0);
}

static void
segment_cb (RufContactsPage *self)
{
  const char *words = ruf_people_filter_get_segment (self->filter);
  g_autoptr (RufSegment) segment = NULL;
  g_autoptr (GError) error = NULL;

  if (*words != '\0')
    segment = ruf_segment_parse (words, &error);
  if (error != NULL)
    ruf_page_say_error (RUF_PAGE (self), error);
  else
    ruf_people_model_set_segment (self->people, segment);
}

static void
show_everyone_cb (RufContactsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  ruf_people_filter_clear (self->filter);
}

static void
open_import (RufContactsPage *self,
             GFile           *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    ruf_contacts_page_import_file (self, path);
  else
    ruf_page_say (RUF_PAGE (self), _("Only files on this computer can be brought in."));
}

static void
file_chosen_cb (GtkNativeDialog *chooser,
                int              response,
                RufContactsPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      open_import (self, file);
    }
  gtk_native_dialog_destroy (chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) contacts = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (contacts, _("Contact files (CSV, vCard)"));
  gtk_file_filter_add_suffix (contacts, "csv");
  gtk_file_filter_add_suffix (contacts, "tsv");
  gtk_file_filter_add_suffix (contacts, "txt");
  gtk_file_filter_add_suffix (contacts, "vcf");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, contacts);
  gtk_file_chooser_add_filter (chooser, all);
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (widget));
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Bring In People from a File"), parent,
                                         GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (chooser));
  /* The page keeps the chooser until it answers. */
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen_cb), widget, 0);
  g_object_set_data_full (G_OBJECT (widget), "chooser", chooser, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* From a person that covers the page to the table, from there to the sidebar. */
static void
back_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  RufContactsPage *self = RUF_CONTACTS_PAGE (widget);

  if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    pane_closed_cb (self);
  else
    gtk_widget_activate_action (widget, "win.show-sidebar", NULL);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ruf_page_create (RUF_PAGE (widget));
}

static gboolean
drop_cb (GtkDropTarget   *target,
         const GValue    *value,
         double           x,
         double           y,
         RufContactsPage *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    return FALSE;
  if (files->next != NULL)
    ruf_page_say (RUF_PAGE (self), _("One file at a time, please. The first one is open."));
  open_import (self, files->data);

  return TRUE;
}

static void
context_cb (RufContactsPage *self)
{
  g_autoptr (GtkSorter) by_name = NULL;

  self->people = ruf_people_model_new (ruf_page_get_context (RUF_PAGE (self)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->people)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->people, "notify::total",
                           G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);

  by_name = GTK_SORTER (gtk_custom_sorter_new (probe_cb, self, NULL));
  gtk_column_view_column_set_sorter (self->name_column, by_name);
  gtk_column_view_sort_by_column (self->table, self->name_column, GTK_SORT_ASCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
}

static void
ruf_contacts_page_refresh (RufPage *page)
{
  RufContactsPage *self = RUF_CONTACTS_PAGE (page);

  ruf_people_filter_reload (self->filter, ruf_page_get_context (page));
  ruf_people_model_reload (self->people);
}

static gboolean
ruf_contacts_page_take_focus (RufPage *page)
{
  RufContactsPage *self = RUF_CONTACTS_PAGE (page);
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (shown, "people") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->table));

  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
ruf_contacts_page_search (RufPage *page)
{
  RufContactsPage *self = RUF_CONTACTS_PAGE (page);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
ruf_contacts_page_create (RufPage *page)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));

  gtk_window_present (GTK_WINDOW (ruf_person_dialog_new (parent, page)));
}

static void
ruf_contacts_page_show_item (RufPage *page,
                             gint64   id)
{
  RufContactsPage *self = RUF_CONTACTS_PAGE (page);
  guint position;

  gtk_stack_set_visible_child_name (self->stack, "people");
  show_person (self, id);
  if (ruf_people_model_find (self->people, id, &position))
    gtk_single_selection_set_selected (self->selection, position);
}

static void
ruf_contacts_page_dispose (GObject *object)
{
  RufContactsPage *self = RUF_CONTACTS_PAGE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->people);

  G_OBJECT_CLASS (ruf_contacts_page_parent_class)->dispose (object);
}

static void
ruf_contacts_page_finalize (GObject *object)
{
  g_free (RUF_CONTACTS_PAGE (object)->order);

  G_OBJECT_CLASS (ruf_contacts_page_parent_class)->finalize (object);
}

static void
ruf_contacts_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_ORDER)
    g_value_set_string (value, RUF_CONTACTS_PAGE (object)->order);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_contacts_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (prop_id == PROP_ORDER)
    set_order (RUF_CONTACTS_PAGE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-contacts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, table_stack);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, pane);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, filter);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, table);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, name_column);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, address_column);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, tags_column);
  gtk_widget_class_bind_template_child (widget_class, RufContactsPage, last_column);
  gtk_widget_class_bind_template_callback (widget_class, reveal_flap_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, segment_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_everyone_cb);
}

static void
ruf_contacts_page_class_init (RufContactsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RufPageClass *page_class = RUF_PAGE_CLASS (klass);

  object_class->dispose = ruf_contacts_page_dispose;
  object_class->finalize = ruf_contacts_page_finalize;
  object_class->get_property = ruf_contacts_page_get_property;
  object_class->set_property = ruf_contacts_page_set_property;
  page_class->refresh = ruf_contacts_page_refresh;
  page_class->take_focus = ruf_contacts_page_take_focus;
  page_class->search = ruf_contacts_page_search;
  page_class->create = ruf_contacts_page_create;
  page_class->show_item = ruf_contacts_page_show_item;

  properties[PROP_ORDER] =
    g_param_spec_string ("order", NULL, NULL, "name",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_install_action (widget_class, "contacts.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "contacts.import-narrow", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "contacts.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "contacts.add", NULL, add_action);
  gtk_widget_class_install_property_action (widget_class, "contacts.order", "order");

  g_type_ensure (RUF_TYPE_DEED_BUTTON);
  g_type_ensure (RUF_TYPE_CONSENT_MARKS);
  g_type_ensure (RUF_TYPE_NAME_CELL);
  g_type_ensure (RUF_TYPE_PEOPLE_FILTER);
  g_type_ensure (RUF_TYPE_PERSON_ITEM);
  g_type_ensure (RUF_TYPE_PERSON_PANE);
  bind_template (widget_class);
}

static void
ruf_contacts_page_init (RufContactsPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->order = g_strdup ("name");
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "notify::context", G_CALLBACK (context_cb), NULL);
  g_signal_connect_object (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->table)),
                           "notify::page-size", G_CALLBACK (queue_arrange), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::folded", G_CALLBACK (folded_cb), NULL);
  folded_cb (self);
}

/**
 * ruf_contacts_page_import:
 * @self: the page
 *
 * Asks for a file and opens the import.
 */
void
ruf_contacts_page_import (RufContactsPage *self)
{
  g_return_if_fail (RUF_IS_CONTACTS_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "contacts.import", NULL);
}

/**
 * ruf_contacts_page_import_file:
 * @self: the page
 * @path: a file of people
 *
 * Opens the import of @path.
 */
void
ruf_contacts_page_import_file (RufContactsPage *self,
                               const char      *path)
{
  GtkWindow *parent;
  RufContext *context;

  g_return_if_fail (RUF_IS_CONTACTS_PAGE (self));
  g_return_if_fail (path != NULL);

  parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  context = ruf_page_get_context (RUF_PAGE (self));
  gtk_window_present (GTK_WINDOW (ruf_import_window_new (parent, context, path)));
}

/**
 * ruf_contacts_page_show_consent:
 * @self: the page
 * @channel: a channel
 * @purpose: a key
 *
 * Shows who may be written to about @purpose on @channel.
 */
void
ruf_contacts_page_show_consent (RufContactsPage *self,
                                RufChannel       channel,
                                const char      *purpose)
{
  g_return_if_fail (RUF_IS_CONTACTS_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  adw_flap_set_reveal_flap (self->flap, FALSE);
  ruf_people_filter_choose (self->filter, channel, purpose);
}

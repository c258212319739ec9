/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The people behind one number: a table of names and addresses with a search above it. Whoever
 * shows it leads back by the action "recipients.back"; where there is an action
 * "recipients.open", a row opens its person. */

#include "config.h"

#include "ruf-recipient-view.h"

#include <glib/gi18n-lib.h>

#include "ruf-recipient-item.h"
#include "ruf-stack.h"
#include "ruf-words.h"

struct _RufRecipientView
{
  AdwBin             parent_instance;

  GtkLabel          *heading;
  GtkEditable       *search;
  GtkStack          *stack;      /* "table", "nobody" */
  GtkColumnView     *table;

  RufRecipientModel *model;
  char              *count;
};

enum
{
  PROP_0,
  PROP_COUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufRecipientView, ruf_recipient_view, ADW_TYPE_BIN)

static void
answered_cb (RufRecipientView *self)
{
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gint64 total = ruf_recipient_model_get_total (self->model);
  g_autofree char *all = ruf_words_people (total);
  g_autofree char *some = ruf_words_number (shown);

  g_free (self->count);
  /* Translators: "139 of 180 people" */
  self->count = shown < total ? g_strdup_printf (_("%s of %s"), some, all)
                                 : g_steal_pointer (&all);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
  ruf_stack_show (self->stack, shown > 0 ? "table" : "nobody");
}

static void
search_cb (RufRecipientView *self)
{
  if (self->model != NULL)
    ruf_recipient_model_set_search (self->model, gtk_editable_get_text (self->search));
}

/* Escape clears the search first; without one it leads back. */
static void
stop_search_cb (RufRecipientView *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "recipients.back", NULL);
}

static void
activate_cb (RufRecipientView *self,
             guint             position)
{
  g_autoptr (RufRecipientItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  gint64 id = ruf_recipient_item_get_person_id (item);

  if (id != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "recipients.open", "x", id);
}

static gboolean
ruf_recipient_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUF_RECIPIENT_VIEW (widget)->search));
}

static void
ruf_recipient_view_dispose (GObject *object)
{
  g_clear_object (&RUF_RECIPIENT_VIEW (object)->model);

  G_OBJECT_CLASS (ruf_recipient_view_parent_class)->dispose (object);
}

static void
ruf_recipient_view_finalize (GObject *object)
{
  g_free (RUF_RECIPIENT_VIEW (object)->count);

  G_OBJECT_CLASS (ruf_recipient_view_parent_class)->finalize (object);
}

static void
ruf_recipient_view_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (prop_id == PROP_COUNT)
    g_value_set_string (value, RUF_RECIPIENT_VIEW (object)->count);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_recipient_view_class_init (RufRecipientViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_recipient_view_dispose;
  object_class->finalize = ruf_recipient_view_finalize;
  object_class->get_property = ruf_recipient_view_get_property;
  widget_class->grab_focus = ruf_recipient_view_grab_focus;

  /**
   * RufRecipientView:count:
   *
   * How many people are shown: "139 people", "2 of 139 people".
   */
  properties[PROP_COUNT] = g_param_spec_string ("count", NULL, NULL, NULL,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RUF_TYPE_RECIPIENT_ITEM);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-recipient-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RufRecipientView, heading);
  gtk_widget_class_bind_template_child (widget_class, RufRecipientView, search);
  gtk_widget_class_bind_template_child (widget_class, RufRecipientView, stack);
  gtk_widget_class_bind_template_child (widget_class, RufRecipientView, table);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
ruf_recipient_view_init (RufRecipientView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_recipient_view_show:
 * @self: a view
 * @heading: what they have in common
 * @model: (transfer full): whom to show
 *
 * Shows the people of another number, without a search.
 */
void
ruf_recipient_view_show (RufRecipientView  *self,
                         const char        *heading,
                         RufRecipientModel *model)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (RUF_IS_RECIPIENT_VIEW (self));

  g_clear_object (&self->model);
  gtk_label_set_text (self->heading, heading);
  gtk_editable_set_text (self->search, "");
  self->model = model;
  g_signal_connect_object (model, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (model)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
  ruf_stack_show (self->stack, "table");
  search_cb (self);
}

/**
 * ruf_recipient_view_get_count:
 * @self: a view
 *
 * Returns: (nullable): how many people are shown, in words
 */
const char *
ruf_recipient_view_get_count (RufRecipientView *self)
{
  g_return_val_if_fail (RUF_IS_RECIPIENT_VIEW (self), NULL);

  return self->count;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a file is not taken or not enough, and why: row, column, value and a sentence. */

#include "config.h"

#include "ruf-fault-table.h"

#include <glib/gi18n-lib.h>

#include "ruf-fault-item.h"
#include "ruf-words.h"

/* A table has no natural height of its own: so much room is asked for as few rows need. */
#define MAX_SHOWN 5
#define HEADER_HEIGHT 36
#define ROW_HEIGHT 40

struct _RufFaultTable
{
  GtkWidget          parent_instance;

  GtkScrolledWindow *scroller;
  GtkColumnView     *table;
};

G_DEFINE_FINAL_TYPE (RufFaultTable, ruf_fault_table, GTK_TYPE_WIDGET)

static void
ruf_fault_table_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ruf_fault_table_parent_class)->dispose (object);
}

static void
ruf_fault_table_class_init (RufFaultTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_fault_table_dispose;

  g_type_ensure (RUF_TYPE_FAULT_ITEM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-fault-table.ui");
  gtk_widget_class_bind_template_child (widget_class, RufFaultTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, RufFaultTable, table);
}

static void
ruf_fault_table_init (RufFaultTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_rejects (GListStore *items,
             GPtrArray  *rejects)
{
  for (guint i = 0; i < rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (rejects, i);
      g_autofree char *words = g_strjoin (" ", ruf_words_reject (reject->reason),
                                          ruf_words_reject_deed (reject->deed), NULL);
      g_autoptr (RufFaultItem) item = NULL;

      item = ruf_fault_item_new (reject->row, reject->column, reject->value, words);
      g_list_store_append (items, item);
    }
}

static void
add_proposals (GListStore *items,
               GPtrArray  *proposals)
{
  for (guint i = 0; i < proposals->len; i++)
    {
      const RufProposal *proposal = g_ptr_array_index (proposals, i);
      g_autoptr (RufFaultItem) item = NULL;
      g_autofree char *words = NULL;

      words = g_strdup_printf (_("Doubtful: perhaps %s. Correct it in the file."),
                               proposal->proposal);
      item = ruf_fault_item_new (proposal->row, proposal->column, proposal->value, words);
      g_list_store_append (items, item);
    }
}

static void
add_unproven (GListStore *items,
              GArray     *unproven)
{
  for (guint i = 0; i < unproven->len; i++)
    {
      const RufUnproven *row = &g_array_index (unproven, RufUnproven, i);
      g_autofree char *words = ruf_words_lacks (row->lacks);
      g_autoptr (RufFaultItem) item = ruf_fault_item_new (row->row, NULL, NULL, words);

      g_list_store_append (items, item);
    }
}

/**
 * ruf_fault_table_fill:
 * @self: a table
 * @importer: an import that has run
 *
 * Shows what @importer did not take, what it doubts, and what proves nothing yet.
 */
void
ruf_fault_table_fill (RufFaultTable *self,
                      RufImporter   *importer)
{
  g_autoptr (GListStore) items = g_list_store_new (RUF_TYPE_FAULT_ITEM);
  g_autoptr (GtkNoSelection) selection = NULL;
  guint n_shown;

  g_return_if_fail (RUF_IS_FAULT_TABLE (self));
  g_return_if_fail (RUF_IS_IMPORTER (importer));

  add_proposals (items, ruf_importer_get_proposals (importer));
  add_rejects (items, ruf_importer_get_rejects (importer));
  add_unproven (items, ruf_importer_get_unproven (importer));
  n_shown = MIN (g_list_model_get_n_items (G_LIST_MODEL (items)), MAX_SHOWN);
  gtk_scrolled_window_set_min_content_height (self->scroller,
                                              HEADER_HEIGHT + (int) n_shown * ROW_HEIGHT);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&items)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a file is not taken or not enough, and why: row, column, value and a sentence. */

#include "config.h"

#include "ruf-fault-list.h"

#include <glib/gi18n-lib.h>

#include "ruf-fault-item.h"
#include "ruf-words.h"

struct _RufFaultList
{
  GtkWidget    parent_instance;

  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (RufFaultList, ruf_fault_list, GTK_TYPE_WIDGET)

static void
ruf_fault_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ruf_fault_list_parent_class)->dispose (object);
}

static void
ruf_fault_list_class_init (RufFaultListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_fault_list_dispose;

  g_type_ensure (RUF_TYPE_FAULT_ITEM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-fault-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RufFaultList, list);
}

static void
ruf_fault_list_init (RufFaultList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A doubtful number is told once, with what it may be. */
static gboolean
is_proposed (const RufReject *reject,
             GPtrArray       *proposals)
{
  for (guint i = 0; i < proposals->len; i++)
    {
      const RufProposal *proposal = g_ptr_array_index (proposals, i);

      if (reject->row == proposal->row && g_strcmp0 (reject->column, proposal->column) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_rejects (GListStore *items,
             GPtrArray  *rejects,
             GPtrArray  *proposals)
{
  for (guint i = 0; i < rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (rejects, i);
      g_autofree char *words = g_strjoin (" ", ruf_words_reject (reject->reason),
                                          ruf_words_reject_deed (reject->deed), NULL);
      g_autoptr (RufFaultItem) item = NULL;

      if (is_proposed (reject, proposals))
        continue;
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
 * ruf_fault_list_fill:
 * @self: a list
 * @importer: an import that has run
 *
 * Shows what @importer did not take, what it doubts, and what proves nothing yet.
 *
 * Returns: how many entries that are
 */
guint
ruf_fault_list_fill (RufFaultList *self,
                     RufImporter  *importer)
{
  g_autoptr (GListStore) items = g_list_store_new (RUF_TYPE_FAULT_ITEM);
  g_autoptr (GtkNoSelection) selection = NULL;
  guint n;

  g_return_val_if_fail (RUF_IS_FAULT_LIST (self), 0);
  g_return_val_if_fail (RUF_IS_IMPORTER (importer), 0);

  add_proposals (items, ruf_importer_get_proposals (importer));
  add_rejects (items, ruf_importer_get_rejects (importer),
               ruf_importer_get_proposals (importer));
  add_unproven (items, ruf_importer_get_unproven (importer));
  n = g_list_model_get_n_items (G_LIST_MODEL (items));
  selection = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&items)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));

  return n;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The people behind one number, of a run or of a plan that is not stored, as a list model.
 *
 * All are read once, as ids (a million: 16 MB); names and addresses come in pages when a row is
 * asked for, and only the pages used last are kept. A search looks among the ids.
 *
 * Emits ::answered when the list is that of the search. */

#include "config.h"

#include "ruf-recipient-model.h"

#include <glib/gi18n-lib.h>

#include "ruf-phone.h"
#include "ruf-recipient-item.h"

#define PAGE_SIZE 256
#define MAX_PAGES 16

/* Which number. Never changes, so that the store's threads may read it. */
typedef struct
{
  RufCampaign      *campaign;     /* of a plan, NULL for a run */
  gint64            run_id;
  RufMessageStatus  status;
  int               reason;
  char             *error_code;
} Number;

typedef struct
{
  guint      number;
  GPtrArray *items;   /* RufRecipientItem */
} Page;

struct _RufRecipientModel
{
  GObject       parent_instance;

  RufContext   *context;
  GCancellable *cancellable;   /* of the question under way */
  Number       *of;
  GArray       *all;           /* RufRecipientId; NULL before the first answer */
  GArray       *found;         /* what the search left of them */
  GQueue        pages;         /* Page, used last first */
};

static guint answered_signal;

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RufRecipientModel, ruf_recipient_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
number_clear (gpointer data)
{
  Number *number = data;

  g_clear_pointer (&number->campaign, ruf_campaign_free);
  g_free (number->error_code);
}

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->items);
  g_free (page);
}

typedef struct
{
  GPtrArray *items;        /* RufRecipientItem */
  GArray    *ids;          /* theirs */
  GPtrArray *recipients;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_ptr_array_unref (load->items);
  g_array_unref (load->ids);
  g_clear_pointer (&load->recipients, g_ptr_array_unref);
  g_free (load);
}

/* Grouping the digits of a number takes long enough to be kept out of the main loop. */
static void
group_digits (GPtrArray *recipients)
{
  for (guint i = 0; i < recipients->len; i++)
    {
      RufRecipient *recipient = g_ptr_array_index (recipients, i);
      g_autofree char *plain = g_steal_pointer (&recipient->address);

      recipient->address = plain != NULL ? ruf_phone_format (plain) : NULL;
    }
}

static gboolean
read_page (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Load *load = data;

  load->recipients = ruf_recipient_get_many (db, (RufRecipientId *) (gpointer) load->ids->data,
                                             load->ids->len, error);
  if (load->recipients == NULL)
    return FALSE;

  group_digits (load->recipients);
  return TRUE;
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Load *load = ruf_store_get_task_data (result);

  if (!ruf_store_run_finish (RUF_STORE (source), result, NULL))
    return;

  for (guint i = 0; i < load->items->len; i++)
    {
      const RufRecipient *recipient = g_ptr_array_index (load->recipients, i);
      const char *name = recipient->name;

      if (recipient->person_id == 0)
        name = _("A person who was forgotten");
      ruf_recipient_item_fill (g_ptr_array_index (load->items, i),
                               name != NULL && *name != '\0' ? name : _("No name"),
                               recipient->address);
    }
}

static Page *
add_page (RufRecipientModel *self,
          guint              number)
{
  Page *page = g_new0 (Page, 1);
  Load *load = g_new0 (Load, 1);
  guint first = number * PAGE_SIZE;
  guint n = MIN (PAGE_SIZE, self->found->len - first);

  page->number = number;
  page->items = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (page->items, ruf_recipient_item_new (
      g_array_index (self->found, RufRecipientId, i).person_id));
  g_queue_push_head (&self->pages, page);
  while (self->pages.length > MAX_PAGES)
    page_free (g_queue_pop_tail (&self->pages));

  load->items = g_ptr_array_ref (page->items);
  load->ids = g_array_sized_new (FALSE, FALSE, sizeof (RufRecipientId), n);
  g_array_append_vals (load->ids, &g_array_index (self->found, RufRecipientId, first), n);
  ruf_store_read_async (ruf_context_get_store (self->context), read_page, load, load_free, NULL,
                        page_read_cb, NULL);

  return page;
}

static Page *
get_page (RufRecipientModel *self,
          guint              number)
{
  for (GList *l = self->pages.head; l != NULL; l = l->next)
    {
      Page *page = l->data;

      if (page->number != number)
        continue;
      g_queue_unlink (&self->pages, l);
      g_queue_push_head_link (&self->pages, l);
      return page;
    }

  return add_page (self, number);
}

static GType
ruf_recipient_model_get_item_type (GListModel *model)
{
  return RUF_TYPE_RECIPIENT_ITEM;
}

static guint
ruf_recipient_model_get_n_items (GListModel *model)
{
  return RUF_RECIPIENT_MODEL (model)->found->len;
}

static gpointer
ruf_recipient_model_get_item (GListModel *model,
                              guint       position)
{
  RufRecipientModel *self = RUF_RECIPIENT_MODEL (model);

  if (position >= self->found->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (get_page (self, position / PAGE_SIZE)->items,
                                          position % PAGE_SIZE));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = ruf_recipient_model_get_item_type;
  iface->get_n_items = ruf_recipient_model_get_n_items;
  iface->get_item = ruf_recipient_model_get_item;
}

/* A question on its way: whom does the number hold, or the search find? */
typedef struct
{
  Number *of;
  char   *search;
  GArray *all;
  GArray *found;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_atomic_rc_box_release_full (question->of, number_clear);
  g_clear_pointer (&question->all, g_array_unref);
  g_clear_pointer (&question->found, g_array_unref);
  g_free (question->search);
  g_free (question);
}

static GArray *
list_people (RufDb         *db,
             const Number  *of,
             GError       **error)
{
  if (of->campaign != NULL)
    return ruf_outbox_table_preview_people (db, of->campaign, of->reason, 0, error);

  return ruf_outbox_table_list_people (db, of->run_id, of->status, of->reason, of->error_code,
                                       error);
}

static gboolean
answer (RufDb         *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Question *question = data;

  if (question->all == NULL)
    question->all = list_people (db, question->of, error);
  if (question->all == NULL)
    return FALSE;

  question->found = *question->search == '\0'
                      ? g_array_ref (question->all)
                      : ruf_recipient_ids_search (db, question->all, question->search, error);
  return question->found != NULL;
}

/* GTK 4.8 asks for every item where a whole list is told to be another in one step. */
static void
replace (RufRecipientModel *self,
         GArray            *found)
{
  guint n_old = self->found->len;

  g_queue_clear_full (&self->pages, (GDestroyNotify) page_free);
  g_array_unref (self->found);
  self->found = g_array_new (FALSE, FALSE, sizeof (RufRecipientId));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, 0);
  g_array_unref (self->found);
  self->found = g_array_ref (found);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, found->len);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RufRecipientModel) self = user_data;
  Question *question = ruf_store_get_task_data (result);

  if (!ruf_store_run_finish (RUF_STORE (source), result, NULL))
    return;

  g_clear_pointer (&self->all, g_array_unref);
  self->all = g_array_ref (question->all);
  replace (self, question->found);
  g_signal_emit (self, answered_signal, 0);
}

static void
ruf_recipient_model_finalize (GObject *object)
{
  RufRecipientModel *self = RUF_RECIPIENT_MODEL (object);

  g_queue_clear_full (&self->pages, (GDestroyNotify) page_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->all, g_array_unref);
  g_array_unref (self->found);
  g_atomic_rc_box_release_full (self->of, number_clear);

  G_OBJECT_CLASS (ruf_recipient_model_parent_class)->finalize (object);
}

static void
ruf_recipient_model_class_init (RufRecipientModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_recipient_model_finalize;

  answered_signal = g_signal_new ("answered", RUF_TYPE_RECIPIENT_MODEL, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ruf_recipient_model_init (RufRecipientModel *self)
{
  self->of = g_atomic_rc_box_new0 (Number);
  self->found = g_array_new (FALSE, FALSE, sizeof (RufRecipientId));
  g_queue_init (&self->pages);
}

/**
 * ruf_recipient_model_new_of_run:
 * @context: where the run is
 * @run_id: a run
 * @status: which number of it
 * @reason: a #RufExcludeReason, -1 = any
 * @error_code: (nullable): the backend's code of a failure, "" for none; %NULL for any
 *
 * Returns: (transfer full): a list that is empty until it is searched, with "" for all
 */
RufRecipientModel *
ruf_recipient_model_new_of_run (RufContext       *context,
                                gint64            run_id,
                                RufMessageStatus  status,
                                int               reason,
                                const char       *error_code)
{
  RufRecipientModel *self = g_object_new (RUF_TYPE_RECIPIENT_MODEL, NULL);

  self->context = g_object_ref (context);
  self->of->run_id = run_id;
  self->of->status = status;
  self->of->reason = reason;
  self->of->error_code = g_strdup (error_code);
  return self;
}

/**
 * ruf_recipient_model_new_of_plan:
 * @context: where the people are
 * @campaign: (transfer full): channel, purpose and segment count
 * @reason: why people would be left out; NONE for those who would get it
 *
 * Returns: (transfer full): a list that is empty until it is searched, with "" for all
 */
RufRecipientModel *
ruf_recipient_model_new_of_plan (RufContext       *context,
                                 RufCampaign      *campaign,
                                 RufExcludeReason  reason)
{
  RufRecipientModel *self = g_object_new (RUF_TYPE_RECIPIENT_MODEL, NULL);

  self->context = g_object_ref (context);
  self->of->campaign = campaign;
  self->of->reason = reason;
  return self;
}

/**
 * ruf_recipient_model_set_search:
 * @self: a list
 * @search: words, matched by their beginnings; "" finds all
 *
 * Asks anew; a question under way is dropped.
 */
void
ruf_recipient_model_set_search (RufRecipientModel *self,
                                const char        *search)
{
  Question *question;

  g_return_if_fail (RUF_IS_RECIPIENT_MODEL (self));
  g_return_if_fail (search != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  question = g_new0 (Question, 1);
  question->of = g_atomic_rc_box_acquire (self->of);
  question->search = g_strdup (search);
  question->all = self->all != NULL ? g_array_ref (self->all) : NULL;
  ruf_store_read_async (ruf_context_get_store (self->context), answer, question, question_free,
                        self->cancellable, answered_cb, g_object_ref (self));
}

/**
 * ruf_recipient_model_get_total:
 * @self: a list
 *
 * Returns: how many there are without a search, 0 before the first answer
 */
gint64
ruf_recipient_model_get_total (RufRecipientModel *self)
{
  g_return_val_if_fail (RUF_IS_RECIPIENT_MODEL (self), 0);

  return self->all != NULL ? self->all->len : 0;
}

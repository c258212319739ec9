/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The people of a query as a list model that never holds more than what is looked at.
 *
 * A query is answered with a snapshot of all ids in order (a million: 0.2 s and 8 MB); the
 * people themselves come in pages of 256 when a row is asked for, and the pages used last are
 * kept. A row without its person is a placeholder until the page arrives.
 *
 * GTK 4.8 asks for every item when items_changed (0, n, n) comes, so a whole new list is told
 * in two steps: (0, n, 0), then (0, 0, n). After a change in the store only the part that
 * differs is told, so that the view stays where it was. */

#include "config.h"

#include "ruf-people-model.h"

#include "ruf-person-item.h"
#include "ruf-words.h"

#define PAGE_SIZE 256
#define MAX_PAGES 16

typedef struct
{
  guint      number;
  GPtrArray *items;   /* RufPersonItem */
} Page;

struct _RufPeopleModel
{
  GObject         parent_instance;

  RufContext     *context;
  GArray         *ids;          /* gint64, the snapshot in order */
  GQueue          pages;        /* Page, used last first */
  GHashTable     *known;        /* id → RufPersonItem while a new snapshot comes in */
  GCancellable   *cancellable;  /* of the query under way */
  guint           n_queries;    /* asked so far */
  gint64          total;

  char           *search;
  RufSegment     *segment;
  RufPeopleOrder  order;
  gboolean        descending;
};

typedef struct
{
  guint           number;
  char           *search;
  RufSegment     *segment;
  RufPeopleOrder  order;
  gboolean        descending;
  GArray         *ids;
  gint64          total;
} Query;

typedef struct
{
  GPtrArray *items;    /* RufPersonItem, whose ids are read */
  GArray    *ids;
  GPtrArray *people;
  GPtrArray *addresses;   /* char *, as shown; NULL where there is none */
} Load;

enum
{
  PROP_0,
  PROP_TOTAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RufPeopleModel, ruf_people_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->items);
  g_free (page);
}

static void
query_free (Query *query)
{
  g_free (query->search);
  g_clear_pointer (&query->segment, ruf_segment_unref);
  g_clear_pointer (&query->ids, g_array_unref);
  g_free (query);
}

static void
load_free (Load *load)
{
  g_ptr_array_unref (load->items);
  g_array_unref (load->ids);
  g_clear_pointer (&load->people, g_ptr_array_unref);
  g_clear_pointer (&load->addresses, g_ptr_array_unref);
  g_free (load);
}

/* Grouping the digits of a number takes long enough to be kept out of the main loop. */
static void
write_addresses (Load *load)
{
  load->addresses = g_ptr_array_new_full (load->people->len, g_free);
  for (guint i = 0; i < load->people->len; i++)
    {
      const RufPerson *person = g_ptr_array_index (load->people, i);
      const RufContactPoint *point = NULL;

      if (person != NULL && person->points->len > 0)
        point = g_ptr_array_index (person->points, 0);
      g_ptr_array_add (load->addresses,
                       point != NULL ? ruf_words_address (point->kind, point->address) : NULL);
    }
}

static gboolean
read_people (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Load *load = data;

  load->people = ruf_people_table_get_many (db, (const gint64 *) (gpointer) load->ids->data,
                                            load->ids->len, error);
  if (load->people == NULL)
    return FALSE;

  write_addresses (load);
  return TRUE;
}

static void
people_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (RufPeopleModel) self = user_data;
  Load *load = ruf_store_get_task_data (result);
  gint64 now = ruf_context_get_now (self->context);
  GTimeZone *zone = ruf_context_get_zone (self->context);

  /* What cannot be read stays a placeholder; the next change of the store tries again. */
  if (!ruf_store_run_finish (RUF_STORE (source), result, NULL))
    return;

  g_ptr_array_set_free_func (load->people, NULL);
  for (guint i = 0; i < load->people->len; i++)
    {
      RufPerson *person = g_ptr_array_index (load->people, i);

      if (person != NULL)
        ruf_person_item_take (g_ptr_array_index (load->items, i), person,
                              g_ptr_array_index (load->addresses, i), now, zone);
    }
}

static void
load_page (RufPeopleModel *self,
           Page           *page)
{
  Load *load = g_new0 (Load, 1);

  load->items = g_ptr_array_ref (page->items);
  load->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), page->items->len);
  for (guint i = 0; i < page->items->len; i++)
    {
      gint64 id = ruf_person_item_get_id (g_ptr_array_index (page->items, i));
      g_array_append_val (load->ids, id);
    }

  ruf_store_read_async (ruf_context_get_store (self->context), read_people,
                        load, (GDestroyNotify) load_free, NULL,
                        people_read_cb, g_object_ref (self));
}

static Page *
add_page (RufPeopleModel *self,
          guint           number)
{
  Page *page = g_new0 (Page, 1);
  guint first = number * PAGE_SIZE;
  guint n = MIN (PAGE_SIZE, self->ids->len - first);

  page->number = number;
  page->items = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      gint64 *id = &g_array_index (self->ids, gint64, first + i);
      RufPersonItem *item = NULL;

      if (self->known != NULL)
        item = g_hash_table_lookup (self->known, id);
      g_ptr_array_add (page->items,
                       item != NULL ? g_object_ref (item) : ruf_person_item_new (*id));
    }

  g_queue_push_head (&self->pages, page);
  while (self->pages.length > MAX_PAGES)
    page_free (g_queue_pop_tail (&self->pages));
  load_page (self, page);

  return page;
}

static Page *
get_page (RufPeopleModel *self,
          guint           number)
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

/* Puts @ids in the place of the old ones and tells what differs. */
static void
replace_ids (RufPeopleModel *self,
             GArray         *ids)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->ids);
  const gint64 *a = (const gint64 *) (gpointer) old->data;
  const gint64 *b = (const gint64 *) (gpointer) ids->data;
  guint shorter = MIN (old->len, ids->len);
  guint head = 0;
  guint tail = 0;

  self->ids = g_array_ref (ids);
  while (head < shorter && a[head] == b[head])
    head++;
  while (tail < shorter - head && a[old->len - 1 - tail] == b[ids->len - 1 - tail])
    tail++;

  if (old->len > head + tail)
    {
      /* Between the two steps the list is what both have in common. */
      g_autoptr (GArray) common = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_vals (common, b, head);
      if (tail > 0)
        g_array_append_vals (common, b + ids->len - tail, tail);
      g_array_unref (self->ids);
      self->ids = g_array_ref (common);
      g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, 0);
      g_array_unref (self->ids);
      self->ids = g_array_ref (ids);
      g_queue_clear_full (&self->pages, (GDestroyNotify) page_free);
    }
  if (ids->len > head + tail)
    g_list_model_items_changed (G_LIST_MODEL (self), head, 0, ids->len - head - tail);
}

/* The rows that were there, so that those who stay keep their person until read again. */
static GHashTable *
collect_items (GQueue *pages)
{
  GHashTable *known = g_hash_table_new_full (g_int64_hash, g_int64_equal,
                                             g_free, g_object_unref);

  for (GList *l = pages->head; l != NULL; l = l->next)
    {
      Page *page = l->data;

      for (guint i = 0; i < page->items->len; i++)
        {
          RufPersonItem *item = g_ptr_array_index (page->items, i);
          gint64 id = ruf_person_item_get_id (item);

          g_hash_table_insert (known, g_memdup2 (&id, sizeof id), g_object_ref (item));
        }
    }

  return known;
}

static void
replace_pages (RufPeopleModel *self,
               GArray         *ids)
{
  GQueue old = self->pages;

  self->known = collect_items (&old);
  g_queue_init (&self->pages);
  replace_ids (self, ids);
  for (GList *l = old.tail; l != NULL; l = l->prev)
    {
      guint number = ((Page *) l->data)->number;

      if (number * PAGE_SIZE < ids->len)
        get_page (self, number);
    }
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_queue_clear_full (&old, (GDestroyNotify) page_free);
}

static gboolean
read_ids (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Query *query = data;
  RufPeopleQuery wanted = {
    .segment = query->segment,
    .search = query->search,
    .order = query->order,
    .descending = query->descending,
  };
  RufPeopleQuery everyone = { 0 };

  query->ids = ruf_people_table_list_ids (db, &wanted, 0, 0, error);
  if (query->ids == NULL)
    return FALSE;

  return ruf_people_table_count (db, &everyone, &query->total, error);
}

static void
ids_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RufPeopleModel) self = user_data;
  Query *query = ruf_store_get_task_data (result);

  /* Two readers may answer in another order than they were asked. */
  if (!ruf_store_run_finish (RUF_STORE (source), result, NULL) || query->number != self->n_queries)
    return;

  self->total = query->total;
  replace_pages (self, query->ids);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

static GType
ruf_people_model_get_item_type (GListModel *model)
{
  return RUF_TYPE_PERSON_ITEM;
}

static guint
ruf_people_model_get_n_items (GListModel *model)
{
  return RUF_PEOPLE_MODEL (model)->ids->len;
}

static gpointer
ruf_people_model_get_item (GListModel *model,
                           guint       position)
{
  RufPeopleModel *self = RUF_PEOPLE_MODEL (model);
  Page *page;

  if (position >= self->ids->len)
    return NULL;

  page = get_page (self, position / PAGE_SIZE);

  return g_object_ref (g_ptr_array_index (page->items, position % PAGE_SIZE));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = ruf_people_model_get_item_type;
  iface->get_n_items = ruf_people_model_get_n_items;
  iface->get_item = ruf_people_model_get_item;
}

static void
ruf_people_model_finalize (GObject *object)
{
  RufPeopleModel *self = RUF_PEOPLE_MODEL (object);

  g_queue_clear_full (&self->pages, (GDestroyNotify) page_free);
  g_array_unref (self->ids);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_free (self->search);
  g_clear_pointer (&self->segment, ruf_segment_unref);

  G_OBJECT_CLASS (ruf_people_model_parent_class)->finalize (object);
}

static void
ruf_people_model_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (prop_id == PROP_TOTAL)
    g_value_set_int64 (value, RUF_PEOPLE_MODEL (object)->total);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_people_model_class_init (RufPeopleModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ruf_people_model_finalize;
  object_class->get_property = ruf_people_model_get_property;

  /**
   * RufPeopleModel:total:
   *
   * How many people there are without search and segment, -1 before the first answer.
   * Notifies after each answer, also where the number is the same.
   */
  properties[PROP_TOTAL] =
    g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_people_model_init (RufPeopleModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->total = -1;
  g_queue_init (&self->pages);
}

/**
 * ruf_people_model_new:
 * @context: where the people are
 *
 * Returns: (transfer full): an empty list; ruf_people_model_reload() fills it
 */
RufPeopleModel *
ruf_people_model_new (RufContext *context)
{
  RufPeopleModel *self;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);

  self = g_object_new (RUF_TYPE_PEOPLE_MODEL, NULL);
  self->context = g_object_ref (context);

  return self;
}

/**
 * ruf_people_model_set_search:
 * @self: a list
 * @search: (nullable): words, matched by their beginnings
 *
 * Asks anew; a question under way is dropped.
 */
void
ruf_people_model_set_search (RufPeopleModel *self,
                             const char     *search)
{
  g_return_if_fail (RUF_IS_PEOPLE_MODEL (self));

  if (g_strcmp0 (self->search, search) == 0)
    return;

  g_free (self->search);
  self->search = g_strdup (search);
  ruf_people_model_reload (self);
}

/**
 * ruf_people_model_set_segment:
 * @self: a list
 * @segment: (nullable): who is shown; NULL is everyone
 *
 * Asks anew.
 */
void
ruf_people_model_set_segment (RufPeopleModel *self,
                              RufSegment     *segment)
{
  g_return_if_fail (RUF_IS_PEOPLE_MODEL (self));

  g_clear_pointer (&self->segment, ruf_segment_unref);
  if (segment != NULL)
    self->segment = ruf_segment_ref (segment);
  ruf_people_model_reload (self);
}

/**
 * ruf_people_model_set_order:
 * @self: a list
 * @order: by what
 * @descending: whether the last comes first
 *
 * Asks anew.
 */
void
ruf_people_model_set_order (RufPeopleModel *self,
                            RufPeopleOrder  order,
                            gboolean        descending)
{
  g_return_if_fail (RUF_IS_PEOPLE_MODEL (self));

  if (self->order == order && self->descending == descending)
    return;

  self->order = order;
  self->descending = descending;
  ruf_people_model_reload (self);
}

/**
 * ruf_people_model_reload:
 * @self: a list
 *
 * Reads the store anew. What is the same stays where it is.
 */
void
ruf_people_model_reload (RufPeopleModel *self)
{
  Query *query;

  g_return_if_fail (RUF_IS_PEOPLE_MODEL (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  query = g_new0 (Query, 1);
  query->number = ++self->n_queries;
  query->search = g_strdup (self->search);
  query->segment = self->segment != NULL ? ruf_segment_ref (self->segment) : NULL;
  query->order = self->order;
  query->descending = self->descending;
  ruf_store_read_async (ruf_context_get_store (self->context), read_ids,
                        query, (GDestroyNotify) query_free, self->cancellable,
                        ids_read_cb, g_object_ref (self));
}

/**
 * ruf_people_model_get_total:
 * @self: a list
 *
 * Returns: how many people there are at all, -1 before the first answer
 */
gint64
ruf_people_model_get_total (RufPeopleModel *self)
{
  g_return_val_if_fail (RUF_IS_PEOPLE_MODEL (self), -1);

  return self->total;
}

/**
 * ruf_people_model_is_filtered:
 * @self: a list
 *
 * Returns: whether a search or segment leaves people out
 */
gboolean
ruf_people_model_is_filtered (RufPeopleModel *self)
{
  g_return_val_if_fail (RUF_IS_PEOPLE_MODEL (self), FALSE);

  return self->segment != NULL || (self->search != NULL && *self->search != '\0');
}

/**
 * ruf_people_model_find:
 * @self: a list
 * @id: of a person
 * @position: (out): where the person stands
 *
 * Returns: whether the person is in the list
 */
gboolean
ruf_people_model_find (RufPeopleModel *self,
                       gint64          id,
                       guint          *position)
{
  g_return_val_if_fail (RUF_IS_PEOPLE_MODEL (self), FALSE);

  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

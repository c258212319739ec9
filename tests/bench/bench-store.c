/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Times what the window asks of a large database: bench-store DB. Prints a row per figure:
 * name, milliseconds (best of five), budget. */

#include "ruf-people-table.h"
#include "ruf-store.h"

typedef struct
{
  RufPeopleQuery query;
  guint          limit;
  GArray        *ids;      /* of the last listing */
  double         best;     /* milliseconds */
} Listing;

static gboolean
list_cb (RufDb         *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Listing *listing = data;
  gint64 start = g_get_monotonic_time ();

  g_clear_pointer (&listing->ids, g_array_unref);
  listing->ids = ruf_people_table_list_ids (db, &listing->query, listing->limit, 0, error);
  listing->best = MIN (listing->best, (g_get_monotonic_time () - start) / 1000.0);
  return listing->ids != NULL;
}

static gboolean
page_cb (RufDb         *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Listing *listing = data;
  guint n = MIN (listing->ids->len, 256);
  gint64 *first = &g_array_index (listing->ids, gint64, listing->ids->len - n);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) people = ruf_people_table_get_many (db, first, n, error);

  listing->best = MIN (listing->best, (g_get_monotonic_time () - start) / 1000.0);
  return people != NULL;
}

static void
measure (RufStore     *store,
         const char   *what,
         RufStoreFunc  func,
         Listing      *listing,
         double        budget)
{
  g_autoptr (GError) error = NULL;

  listing->best = G_MAXDOUBLE;
  for (int i = 0; i < 5; i++)
    if (!ruf_store_read_sync (store, func, listing, NULL, &error))
      g_error ("%s: %s", what, error->message);
  g_print ("%s\t%.2f\t%g\n", what, listing->best, budget);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufStore) store = argc == 2 ? ruf_store_open (argv[1], &error) : NULL;
  Listing all = { .query = { .order = RUF_PEOPLE_BY_NAME } };
  Listing search = { .query = { .order = RUF_PEOPLE_BY_NAME }, .limit = 256 };

  if (store == NULL)
    g_error ("usage: bench-store DB: %s", error != NULL ? error->message : "");

  measure (store, "all ids by name", list_cb, &all, 300);
  measure (store, "page of 256 people at the end", page_cb, &all, 10);
  search.query.search = "mö";
  measure (store, "search keystroke 'mö'", list_cb, &search, 50);
  search.query.search = "käthe voß";
  measure (store, "search keystroke 'käthe voß'", list_cb, &search, 50);
  search.query.search = "zzz";
  measure (store, "search keystroke without a hit", list_cb, &search, 50);
  g_clear_pointer (&all.ids, g_array_unref);
  g_clear_pointer (&search.ids, g_array_unref);
  return 0;
}

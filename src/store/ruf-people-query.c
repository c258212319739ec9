/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Who is on a list, and in which order: a segment and searched words become ids.
 *
 * The search index gives ids as they come. Few of them are sorted by SQL; of many the list is
 * walked in its order instead, and a bit per id tells who belongs to it. Both ways the first
 * rows of a million are there within a keystroke.
 */

#include "config.h"

#include "ruf-people-table.h"

#include <string.h>

#include "ruf-segment-sql.h"
#include "ruf-step.h"

/* Up to here it is cheaper to sort the hits than to walk the list. */
#define FEW_HITS 4000

/* A list is one or two passes, each in the order of an index: people without a city come after
 * all others, which no index can tell by itself. */
#define MAX_PASSES 2
static const char * const order_sql[][2][MAX_PASSES] = {
  [RUF_PEOPLE_BY_NAME] = {
    { " ORDER BY p.name_key, p.id" },
    { " ORDER BY p.name_key DESC, p.id DESC" },
  },
  [RUF_PEOPLE_BY_CITY] = {
    { " AND p.city IS NOT NULL ORDER BY p.city COLLATE NOCASE, p.name_key, p.id",
      " AND p.city IS NULL ORDER BY p.name_key, p.id" },
    { " AND p.city IS NOT NULL ORDER BY p.city COLLATE NOCASE DESC, p.name_key DESC, p.id DESC",
      " AND p.city IS NULL ORDER BY p.name_key DESC, p.id DESC" },
  },
  [RUF_PEOPLE_BY_ADDED] = {
    { " ORDER BY p.id" },
    { " ORDER BY p.id DESC" },
  },
};

/* Which part of the rows is wanted, and how far it is. */
typedef struct
{
  guint   limit;     /* 0 = all */
  guint   offset;    /* still to be left out */
  GArray *ids;
} Page;

/* The hits of a search. */
typedef struct
{
  GArray *ids;     /* gint64, ascending; NULL = everybody */
  guint8 *bits;    /* one per id; only where there are many */
  gint64  max_id;
} Hits;

static void
hits_clear (Hits *self)
{
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->bits, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hits, hits_clear)

static gboolean
hits_contain (const Hits *self,
              gint64      id)
{
  return self->bits == NULL ||
         (id <= self->max_id && (self->bits[id / 8] & (1 << (id % 8))) != 0);
}

static void
hits_make_bits (Hits *self)
{
  const gint64 *ids = (const gint64 *) self->ids->data;

  self->max_id = ids[self->ids->len - 1];
  self->bits = g_malloc0 (self->max_id / 8 + 1);
  for (guint i = 0; i < self->ids->len; i++)
    self->bits[ids[i] / 8] |= 1 << (ids[i] % 8);
}

/* The digits of a phone number as people type it, or NULL where it is none. */
static char *
read_phone_digits (const char *search)
{
  GString *digits = g_string_new (NULL);

  for (const char *c = search; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
    else if (strchr (" +-/().", *c) == NULL)
      {
        g_string_free (digits, TRUE);
        return NULL;
      }

  if (g_str_has_prefix (digits->str, "00"))
    g_string_erase (digits, 0, 2);
  return g_string_free (digits, digits->len == 0);
}

/* Numbers are stored with their country: 0151 is searched as the home countries write it. */
static char *
match_phone (const char *digits)
{
  if (*digits != '0')
    return g_strdup_printf ("\"%s\"*", digits);
  return g_strdup_printf ("\"49%s\"* OR \"43%s\"* OR \"41%s\"* OR \"%s\"*",
                          digits + 1, digits + 1, digits + 1, digits);
}

/* Each word as a prefix, all of them wanted. Letters and digits alone get into the expression,
 * cut where the index cuts words. */
static char *
match_words (const char *search)
{
  g_autofree char *text = g_utf8_normalize (search, -1, G_NORMALIZE_NFC);
  GString *match = g_string_new (NULL);
  gboolean in_word = FALSE;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) != in_word)
        g_string_append (match, in_word ? "\"* " : "\"");
      in_word = g_unichar_isalnum (c);
      if (in_word)
        g_string_append_unichar (match, c);
    }
  if (in_word)
    g_string_append (match, "\"*");
  return g_string_free (match, FALSE);
}

/* What FTS5 shall look for; "" where the search has no letter and no digit. */
static char *
make_match (const char *search)
{
  g_autofree char *digits = read_phone_digits (search);

  return digits != NULL ? match_phone (digits) : match_words (search);
}

static GArray *
find_words (RufDb       *db,
            const char  *match,
            GError     **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "SELECT rowid FROM people_search WHERE people_search MATCH ?1 "
                        "ORDER BY rowid", error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  ruf_stmt_bind_text (stmt, 1, match);
  while (ruf_stmt_step (stmt, &local))
    {
      gint64 id = ruf_stmt_get_int (stmt, 0);

      g_array_append_val (ids, id);
    }
  return ruf_step_ended (local, error) ? g_steal_pointer (&ids) : NULL;
}

static gboolean
search_people (RufDb                 *db,
               const RufPeopleQuery  *query,
               Hits                  *hits,
               GError               **error)
{
  g_autofree char *match = NULL;

  if (query->search == NULL || *query->search == '\0')
    return TRUE;
  match = make_match (query->search);
  if (*match == '\0')
    return TRUE;

  hits->ids = find_words (db, match, error);
  if (hits->ids == NULL)
    return FALSE;
  if (hits->ids->len > FEW_HITS)
    hits_make_bits (hits);
  return TRUE;
}

static char *
ids_to_json (const GArray *ids)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (ids, gint64, i));
  return g_string_free (g_string_append_c (json, ']'), FALSE);
}

/* All text is constant: the order's, the segment's fragments, and parameter numbers. */
static char *
make_sql (RufSegmentSql *segment,
          const char    *order,
          gboolean       few_hits)
{
  g_autofree char *source = NULL;

  if (few_hits)
    source = g_strdup_printf ("json_each (?%u) j CROSS JOIN people p ON p.id = j.value",
                              segment->values->len + 1);
  return g_strconcat ("SELECT p.id FROM ", few_hits ? source : "people p",
                      " WHERE ", segment->where->str, order, NULL);
}

static gboolean
is_full (const Page *page)
{
  return page->limit > 0 && page->ids->len == page->limit;
}

/* Takes the rows that are hits, as far as the page wants them. */
static gboolean
collect (RufStmt     *stmt,
         const Hits  *hits,
         Page        *page,
         GError     **error)
{
  GError *local = NULL;

  while (!is_full (page) && ruf_stmt_step (stmt, &local))
    {
      gint64 id = ruf_stmt_get_int (stmt, 0);

      if (!hits_contain (hits, id))
        continue;
      if (page->offset > 0)
        page->offset--;
      else
        g_array_append_val (page->ids, id);
    }
  return ruf_step_ended (local, error);
}

static gboolean
run_pass (RufDb          *db,
          RufSegmentSql  *segment,
          const Hits     *hits,
          const char     *order,
          Page           *page,
          GError        **error)
{
  gboolean few_hits = hits->ids != NULL && hits->bits == NULL;
  g_autofree char *sql = make_sql (segment, order, few_hits);
  g_autofree char *json = few_hits ? ids_to_json (hits->ids) : NULL;
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;

  ruf_segment_sql_bind (segment, stmt);
  if (few_hits)
    ruf_stmt_bind_text (stmt, segment->values->len + 1, json);
  return collect (stmt, hits, page, error);
}

/**
 * ruf_people_table_list_ids:
 * @db: a connection
 * @query: whom, and in which order
 * @limit: how many at most, 0 for all
 * @offset: how many to leave out first
 * @error: return location
 *
 * Lists ids in order. Words are searched as prefixes in names, addresses, tags and city;
 * a phone number may be typed as at home (0151 …).
 *
 * Returns: (transfer full) (element-type gint64): the ids
 */
GArray *
ruf_people_table_list_ids (RufDb                 *db,
                           const RufPeopleQuery  *query,
                           guint                  limit,
                           guint                  offset,
                           GError               **error)
{
  g_autoptr (RufSegmentSql) segment = ruf_segment_sql_new (db, query->segment, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char * const *passes = order_sql[query->order][query->descending ? 1 : 0];
  Page page = { limit, offset, ids };
  g_auto (Hits) hits = { 0 };

  if (segment == NULL || !search_people (db, query, &hits, error))
    return NULL;

  for (guint i = 0; i < MAX_PASSES && passes[i] != NULL && !is_full (&page); i++)
    if (!run_pass (db, segment, &hits, passes[i], &page, error))
      return NULL;
  return g_steal_pointer (&ids);
}

static gboolean
count_segment (RufDb                 *db,
               const RufPeopleQuery  *query,
               gint64                *count,
               GError               **error)
{
  g_autoptr (RufSegmentSql) segment = ruf_segment_sql_new (db, query->segment, error);
  g_autofree char *sql = NULL;
  g_autoptr (RufStmt) stmt = NULL;
  GError *local = NULL;

  if (segment == NULL)
    return FALSE;
  sql = g_strconcat ("SELECT count (*) FROM people p WHERE ", segment->where->str, NULL);
  stmt = ruf_db_prepare (db, sql, error);
  if (stmt == NULL)
    return FALSE;

  ruf_segment_sql_bind (segment, stmt);
  *count = ruf_stmt_step (stmt, &local) ? ruf_stmt_get_int (stmt, 0) : 0;
  return ruf_step_ended (local, error);
}

/**
 * ruf_people_table_count:
 * @db: a connection
 * @query: whom
 * @count: (out): room for the number
 * @error: return location
 *
 * Counts whom ruf_people_table_list_ids() lists.
 *
 * Returns: whether they could be counted
 */
gboolean
ruf_people_table_count (RufDb                 *db,
                        const RufPeopleQuery  *query,
                        gint64                *count,
                        GError               **error)
{
  RufPeopleQuery by_id = *query;
  g_autoptr (GArray) ids = NULL;
  g_auto (Hits) hits = { 0 };

  if (!search_people (db, query, &hits, error))
    return FALSE;
  if (hits.ids == NULL)
    return count_segment (db, query, count, error);
  if (query->segment == NULL)
    {
      *count = hits.ids->len;
      return TRUE;
    }

  by_id.order = RUF_PEOPLE_BY_ADDED;
  ids = ruf_people_table_list_ids (db, &by_id, 0, 0, error);
  *count = ids != NULL ? ids->len : 0;
  return ids != NULL;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Figures over all people: tags in use, and who may be written to.
 */

#include "config.h"

#include <string.h>

#include "ruf-consent-table.h"
#include "ruf-people-table.h"
#include "ruf-step.h"

/* Each from a partial index alone. Addresses without a person are few and taken off again:
 * nobody is planned for them. */
#define COUNT_STATES \
  "SELECT channel, purpose, level, count (*), sum (since >= ?1), 0 FROM consent_states" \
  " WHERE status = 'active' GROUP BY channel, purpose, level " \
  "UNION ALL " \
  "SELECT s.channel, s.purpose, s.level, -count (*), -sum (s.since >= ?1), 0" \
  " FROM contact_points c CROSS JOIN consent_states s ON s.point_id = c.id" \
  " WHERE c.person_id IS NULL AND s.status = 'active' GROUP BY s.channel, s.purpose, s.level " \
  "UNION ALL " \
  "SELECT channel, purpose, 0, 0, 0, count (*) FROM consent_states" \
  " WHERE status IN ('withdrawn', 'suppressed') AND since >= ?1 AND purpose <> '*'" \
  " GROUP BY channel, purpose " \
  "ORDER BY 1, 2"

/**
 * ruf_people_table_list_tags:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): all tags, most used first
 */
GPtrArray *
ruf_people_table_list_tags (RufDb   *db,
                            GError **error)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RufStmt) stmt =
    ruf_db_prepare (db, "SELECT tag FROM person_tags GROUP BY tag ORDER BY count (*) DESC, tag",
                    error);
  GError *local = NULL;

  if (stmt == NULL)
    return NULL;

  while (ruf_stmt_step (stmt, &local))
    g_ptr_array_add (tags, g_strdup (ruf_stmt_get_text (stmt, 0)));
  return ruf_step_ended (local, error) ? g_steal_pointer (&tags) : NULL;
}

/**
 * ruf_consent_count_free:
 * @self: (transfer full): a count
 *
 * Frees it.
 */
void
ruf_consent_count_free (RufConsentCount *self)
{
  g_free (self->purpose);
  g_free (self);
}

static gboolean
read_floors (RufDb            *db,
             RufEvidenceLevel  floors[RUF_N_CHANNELS],
             GError          **error)
{
  for (RufChannel channel = 0; channel < RUF_N_CHANNELS; channel++)
    if (!ruf_consent_table_get_floor (db, channel, &floors[channel], error))
      return FALSE;
  return TRUE;
}

/* Rows come sorted: the last count is the one of this channel and purpose, or it is new. */
static RufConsentCount *
ensure_count (GPtrArray  *list,
              RufChannel  channel,
              const char *purpose)
{
  RufConsentCount *last = list->len > 0 ? g_ptr_array_index (list, list->len - 1) : NULL;

  if (last != NULL && last->channel == channel && strcmp (last->purpose, purpose) == 0)
    return last;

  last = g_new0 (RufConsentCount, 1);
  last->channel = channel;
  last->purpose = g_strdup (purpose);
  g_ptr_array_add (list, last);
  return last;
}

static void
add_row (GPtrArray              *list,
         RufStmt                *stmt,
         const RufEvidenceLevel  floors[RUF_N_CHANNELS])
{
  RufConsentCount *count;
  RufChannel channel;

  if (!ruf_channel_from_string (ruf_stmt_get_text (stmt, 0), &channel))
    return;

  count = ensure_count (list, channel, ruf_stmt_get_text (stmt, 1));
  if (ruf_stmt_get_int (stmt, 2) >= (gint64) floors[channel])
    {
      count->n_active += ruf_stmt_get_int (stmt, 3);
      count->n_new += ruf_stmt_get_int (stmt, 4);
    }
  count->n_stopped += ruf_stmt_get_int (stmt, 5);
}

/**
 * ruf_people_table_count_consents:
 * @db: a connection
 * @since: UTC microseconds
 * @error: return location
 *
 * Counts, per channel and purpose, the people with an active consent at or above the
 * channel's floor, how many of them since @since, and how many stopped since then.
 *
 * Returns: (transfer full) (element-type RufConsentCount): by channel and purpose
 */
GPtrArray *
ruf_people_table_count_consents (RufDb   *db,
                                 gint64   since,
                                 GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_consent_count_free);
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, COUNT_STATES, error);
  RufEvidenceLevel floors[RUF_N_CHANNELS];
  GError *local = NULL;

  if (stmt == NULL || !read_floors (db, floors, error))
    return NULL;

  ruf_stmt_bind_int (stmt, 1, since);
  while (ruf_stmt_step (stmt, &local))
    add_row (list, stmt, floors);
  return ruf_step_ended (local, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * ruf_people_table_get_longest:
 * @db: a connection
 * @longest: (out caller-allocates): room for the characters
 * @error: return location
 *
 * Measures the values that a message's text can name, each by the person who has the longest.
 *
 * Returns: whether it could be read
 */
gboolean
ruf_people_table_get_longest (RufDb             *db,
                              RufPersonLengths  *longest,
                              GError           **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db,
    "SELECT max (length (name)), max (length (first_name)), max (length (last_name)),"
    " max (length (organisation)), max (length (city)) FROM people", error);

  if (stmt == NULL || !ruf_stmt_step (stmt, error))
    return FALSE;

  longest->name = ruf_stmt_get_int (stmt, 0);
  longest->first_name = ruf_stmt_get_int (stmt, 1);
  longest->last_name = ruf_stmt_get_int (stmt, 2);
  longest->organisation = ruf_stmt_get_int (stmt, 3);
  longest->city = ruf_stmt_get_int (stmt, 4);
  return TRUE;
}

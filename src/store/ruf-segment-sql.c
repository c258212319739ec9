/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A segment becomes SQL here. The text is put together of the constant fragments below and of
 * parameter numbers; every value of the user's is bound, none is ever part of the text.
 */

#include "config.h"

#include "ruf-segment-sql.h"

#include "ruf-consent-table.h"

/* "?#" stands for the number of the next parameter. Each fragment is true or false, never
 * NULL, so that "not" turns it around. */
#define HAS_TAG "p.id IN (SELECT person_id FROM person_tags WHERE tag = ?#)"
#define HAS_CITY "p.city IS ?# COLLATE NOCASE"
#define HAS_LANGUAGE "p.language IS ?# COLLATE NOCASE"
#define CAME_WITH_IMPORT "p.import_id IS ?#"
/* Both indexes hold all that is asked for: reading the tables took ten times as long. */
#define HAS_CONSENT \
  "p.id IN (SELECT c.person_id FROM contact_points c INDEXED BY contact_points_by_person" \
  " WHERE c.person_id IS NOT NULL AND c.id IN (SELECT s.point_id FROM consent_states s" \
  "  WHERE s.status = 'active' AND s.channel = ?# AND s.purpose = ?# AND s.level >= ?#))"

static gboolean compile (RufSegmentSql *self, RufDb *db, const RufSegment *segment, GError **error);

static void
append_fragment (RufSegmentSql *self,
                 const char    *fragment,
                 guint          n_before)
{
  g_auto (GStrv) parts = g_strsplit (fragment, "?#", -1);

  g_string_append (self->where, parts[0]);
  for (guint i = 1; parts[i] != NULL; i++)
    g_string_append_printf (self->where, "?%u%s", n_before + i, parts[i]);
}

static void
add_text (RufSegmentSql *self,
          const char    *value)
{
  g_ptr_array_add (self->values, g_variant_ref_sink (g_variant_new_string (value)));
}

static void
add_number (RufSegmentSql *self,
            gint64         value)
{
  g_ptr_array_add (self->values, g_variant_ref_sink (g_variant_new_int64 (value)));
}

static void
compile_text (RufSegmentSql    *self,
              const char       *fragment,
              const RufSegment *segment)
{
  append_fragment (self, fragment, self->values->len);
  add_text (self, ruf_segment_get_value (segment));
}

static gboolean
compile_consent (RufSegmentSql     *self,
                 RufDb             *db,
                 const RufSegment  *segment,
                 GError           **error)
{
  RufChannel channel = ruf_segment_get_channel (segment);
  RufEvidenceLevel floor;

  if (!ruf_consent_table_get_floor (db, channel, &floor, error))
    return FALSE;

  append_fragment (self, HAS_CONSENT, self->values->len);
  add_text (self, ruf_channel_to_string (channel));
  add_text (self, ruf_segment_get_value (segment));
  add_number (self, floor);
  return TRUE;
}

static gboolean
compile_pair (RufSegmentSql     *self,
              RufDb             *db,
              const char        *word,
              const RufSegment  *segment,
              GError           **error)
{
  g_string_append_c (self->where, '(');
  if (!compile (self, db, ruf_segment_get_left (segment), error))
    return FALSE;
  g_string_append (self->where, word);
  if (!compile (self, db, ruf_segment_get_right (segment), error))
    return FALSE;
  g_string_append_c (self->where, ')');
  return TRUE;
}

static gboolean
compile_not (RufSegmentSql     *self,
             RufDb             *db,
             const RufSegment  *segment,
             GError           **error)
{
  g_string_append (self->where, "NOT (");
  if (!compile (self, db, ruf_segment_get_left (segment), error))
    return FALSE;
  g_string_append_c (self->where, ')');
  return TRUE;
}

static gboolean
compile (RufSegmentSql     *self,
         RufDb             *db,
         const RufSegment  *segment,
         GError           **error)
{
  switch (ruf_segment_get_kind (segment))
    {
    case RUF_SEGMENT_AND:
      return compile_pair (self, db, " AND ", segment, error);
    case RUF_SEGMENT_OR:
      return compile_pair (self, db, " OR ", segment, error);
    case RUF_SEGMENT_NOT:
      return compile_not (self, db, segment, error);
    case RUF_SEGMENT_CONSENT:
      return compile_consent (self, db, segment, error);
    case RUF_SEGMENT_TAG:
      compile_text (self, HAS_TAG, segment);
      return TRUE;
    case RUF_SEGMENT_CITY:
      compile_text (self, HAS_CITY, segment);
      return TRUE;
    case RUF_SEGMENT_LANGUAGE:
      compile_text (self, HAS_LANGUAGE, segment);
      return TRUE;
    case RUF_SEGMENT_IMPORT:
      append_fragment (self, CAME_WITH_IMPORT, self->values->len);
      add_number (self, g_ascii_strtoll (ruf_segment_get_value (segment), NULL, 10));
      return TRUE;
    case RUF_SEGMENT_ALL:
    default:
      g_string_append (self->where, "1");
      return TRUE;
    }
}

/**
 * ruf_segment_sql_new:
 * @db: a connection, for the floors of consent
 * @segment: (nullable): a segment, %NULL for everyone
 * @error: return location
 *
 * Compiles a segment.
 *
 * Returns: (transfer full): the condition
 */
RufSegmentSql *
ruf_segment_sql_new (RufDb             *db,
                     const RufSegment  *segment,
                     GError           **error)
{
  g_autoptr (RufSegmentSql) self = g_new0 (RufSegmentSql, 1);

  self->where = g_string_new (segment == NULL ? "1" : NULL);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  if (segment != NULL && !compile (self, db, segment, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ruf_segment_sql_free:
 * @self: (transfer full): a condition
 *
 * Frees it.
 */
void
ruf_segment_sql_free (RufSegmentSql *self)
{
  g_string_free (self->where, TRUE);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * ruf_segment_sql_bind:
 * @self: a condition, which must outlive the statement's use
 * @stmt: a statement that contains it
 *
 * Binds its values to the parameters from 1.
 */
void
ruf_segment_sql_bind (RufSegmentSql *self,
                      RufStmt       *stmt)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      GVariant *value = g_ptr_array_index (self->values, i);

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        ruf_stmt_bind_text (stmt, i + 1, g_variant_get_string (value, NULL));
      else
        ruf_stmt_bind_int (stmt, i + 1, g_variant_get_int64 (value));
    }
}

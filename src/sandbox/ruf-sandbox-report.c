/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sandbox tells of what it was given: receipts and counts.
 *
 * Receipts are not stored. A commit writes up to three waves (sent, arrived, read) over a
 * span of messages; what each message says in a wave follows from the seed, so a page of
 * receipts is a walk over the waves in the order in which they become visible. */

#include "config.h"

#include "ruf-error.h"
#include "ruf-moment.h"
#include "ruf-sandbox-dice.h"
#include "ruf-sandbox-store-private.h"

#define DETAIL_ROWS 10000

typedef struct
{
  gint64 visible_at;
  gint64 wave;
  gint64 message;
} Cursor;

static gboolean
parse_cursor (const char *text,
              Cursor     *cursor)
{
  g_auto (GStrv) words = g_strsplit (text, ".", -1);
  gint64 *places[] = { &cursor->visible_at, &cursor->wave, &cursor->message };

  *cursor = (Cursor) { 0 };
  if (text[0] == '\0')
    return TRUE;
  if (g_strv_length (words) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_signed (words[i], 10, 0, G_MAXINT64, places[i], NULL))
      return FALSE;
  return TRUE;
}

/* What @story says in a wave: a status, or NULL where it is silent. */
static const char *
get_word (const RufSandboxStory *story,
          RufSandboxWave         wave,
          guint                 *seconds)
{
  switch (wave)
    {
    case RUF_SANDBOX_WAVE_SENT:
      *seconds = story->seconds_sent;
      return "sent";
    case RUF_SANDBOX_WAVE_ARRIVED:
      *seconds = story->seconds_arrived;
      if (story->fate == RUF_SANDBOX_FAILED)
        return "failed";
      return story->fate == RUF_SANDBOX_SENT ? NULL : "delivered";
    case RUF_SANDBOX_WAVE_READ:
      *seconds = story->seconds_read;
      return story->fate == RUF_SANDBOX_READ ? "read" : NULL;
    default:
      g_assert_not_reached ();
    }
}

static void
add_receipt (RufSandboxStore *self,
             RufSandboxStmt  *row,
             JsonArray       *receipts)
{
  RufSandboxStory story;
  RufSandboxWave wave = sqlite3_column_int (row, 2);
  g_autofree char *at = NULL;
  const char *word;
  JsonObject *object;
  guint seconds;

  ruf_sandbox_dice_tell (self->seed, ruf_sandbox_stmt_get_text (row, 3),
                         ruf_sandbox_stmt_get_text (row, 6), &story);
  word = get_word (&story, wave, &seconds);
  if (word == NULL)
    return;
  at = ruf_moment_to_iso8601 (sqlite3_column_int64 (row, 4) + seconds * G_USEC_PER_SEC);
  object = json_object_new ();
  json_object_set_string_member (object, "message_id", ruf_sandbox_stmt_get_text (row, 5));
  json_object_set_string_member (object, "status", word);
  json_object_set_string_member (object, "at", at);
  if (wave == RUF_SANDBOX_WAVE_ARRIVED && story.code != NULL)
    json_object_set_string_member (object, "code", story.code);
  else
    json_object_set_null_member (object, "code");
  json_array_add_object_element (receipts, object);
}

/**
 * ruf_sandbox_store_list_receipts:
 * @self: a store
 * @after: cursor, "" from the start
 * @limit: receipts at most
 * @now: UTC µs; later receipts are not visible yet
 * @next: (out) (transfer full): cursor of the next page
 * @error: return location
 *
 * Returns: (transfer full): the page; %NULL with %RUF_ERROR_INVALID for a cursor that is none
 */
JsonArray *
ruf_sandbox_store_list_receipts (RufSandboxStore  *self,
                                 const char       *after,
                                 guint             limit,
                                 gint64            now,
                                 char            **next,
                                 GError          **error)
{
  g_autoptr (JsonArray) receipts = json_array_new ();
  g_autoptr (RufSandboxStmt) stmt = NULL;
  Cursor cursor;
  int code = SQLITE_DONE;

  if (!parse_cursor (after, &cursor))
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           "after: not a cursor of this server");
      return NULL;
    }
  stmt = ruf_sandbox_store_prepare (self,
    "SELECT w.visible_at, w.id, w.kind, b.campaign, w.base, m.message_id, m.recipient, m.id"
    " FROM waves w JOIN batches b ON b.id = w.batch CROSS JOIN messages m"
    " WHERE w.visible_at <= ?4 AND (w.visible_at, w.id) >= (?1, ?2)"
    " AND m.id BETWEEN max (w.first, iif (w.id = ?2, ?3 + 1, 0)) AND w.last"
    " AND +m.batch = w.batch ORDER BY w.visible_at, w.id, m.id", error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, cursor.visible_at);
  sqlite3_bind_int64 (stmt, 2, cursor.wave);
  sqlite3_bind_int64 (stmt, 3, cursor.message);
  sqlite3_bind_int64 (stmt, 4, now);
  while (json_array_get_length (receipts) < limit && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      add_receipt (self, stmt, receipts);
      cursor.visible_at = sqlite3_column_int64 (stmt, 0);
      cursor.wave = sqlite3_column_int64 (stmt, 1);
      cursor.message = sqlite3_column_int64 (stmt, 7);
    }
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    {
      ruf_sandbox_store_fail (self, error);
      return NULL;
    }
  *next = cursor.wave == 0 ? g_strdup (after)
                           : g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT
                                              ".%" G_GINT64_FORMAT,
                                              cursor.visible_at, cursor.wave, cursor.message);
  return g_steal_pointer (&receipts);
}

static JsonArray *
list_recipients (RufSandboxStore  *self,
                 GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "SELECT recipient, sum (n), sum (n - 1) FROM"
    " (SELECT recipient, count (*) AS n FROM messages GROUP BY batch, recipient)"
    " GROUP BY recipient ORDER BY 3 DESC, 1 LIMIT ?1", error);
  JsonArray *array;

  if (stmt == NULL)
    return NULL;
  array = json_array_new ();
  sqlite3_bind_int (stmt, 1, DETAIL_ROWS);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "recipient", ruf_sandbox_stmt_get_text (stmt, 0));
      json_object_set_int_member (object, "messages", sqlite3_column_int64 (stmt, 1));
      json_object_set_int_member (object, "doubles", sqlite3_column_int64 (stmt, 2));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
list_keys (RufSandboxStore  *self,
           GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "SELECT c.key, b.batch_id, c.messages, c.requests FROM chunks c JOIN batches b"
    " ON b.id = c.batch ORDER BY c.rowid LIMIT ?1", error);
  JsonArray *array;

  if (stmt == NULL)
    return NULL;
  array = json_array_new ();
  sqlite3_bind_int (stmt, 1, DETAIL_ROWS);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "key", ruf_sandbox_stmt_get_text (stmt, 0));
      json_object_set_string_member (object, "batch_id", ruf_sandbox_stmt_get_text (stmt, 1));
      json_object_set_int_member (object, "messages", sqlite3_column_int64 (stmt, 2));
      json_object_set_int_member (object, "requests", sqlite3_column_int64 (stmt, 3));
      json_array_add_object_element (array, object);
    }
  return array;
}

static gboolean
add_details (RufSandboxStore  *self,
             JsonObject       *stats,
             GError          **error)
{
  g_autoptr (JsonArray) recipients = list_recipients (self, error);
  g_autoptr (JsonArray) keys = recipients != NULL ? list_keys (self, error) : NULL;

  if (keys == NULL)
    return FALSE;
  json_object_set_array_member (stats, "by_recipient", g_steal_pointer (&recipients));
  json_object_set_array_member (stats, "by_key", g_steal_pointer (&keys));
  return TRUE;
}

/**
 * ruf_sandbox_store_get_stats:
 * @self: a store
 * @detail: whether to list recipients (those with doubles first) and keys, 10,000 at most
 * @error: return location
 *
 * Returns: (transfer full): `messages`, `recipients`, `doubles` and `requests`; a double is a
 *   second message of one batch to one recipient
 */
JsonObject *
ruf_sandbox_store_get_stats (RufSandboxStore  *self,
                             gboolean          detail,
                             GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "SELECT count (*), count (DISTINCT recipient), count (*) -"
    " (SELECT count (*) FROM (SELECT DISTINCT batch, recipient FROM messages)) FROM messages",
    error);
  g_autoptr (JsonObject) stats = NULL;

  if (stmt == NULL)
    return NULL;
  if (sqlite3_step (stmt) != SQLITE_ROW)
    {
      ruf_sandbox_store_fail (self, error);
      return NULL;
    }
  stats = json_object_new ();
  json_object_set_int_member (stats, "messages", sqlite3_column_int64 (stmt, 0));
  json_object_set_int_member (stats, "recipients", sqlite3_column_int64 (stmt, 1));
  json_object_set_int_member (stats, "doubles", sqlite3_column_int64 (stmt, 2));
  json_object_set_int_member (stats, "requests", self->requests);
  if (detail && !add_details (self, stats, error))
    return NULL;
  return g_steal_pointer (&stats);
}

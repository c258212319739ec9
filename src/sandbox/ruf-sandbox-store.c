/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sandbox was given. Texts of messages are not kept: nobody needs them. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ruf-error.h"
#include "ruf-sandbox-store-private.h"

static const char schema[] =
  "PRAGMA journal_mode = WAL;"
  "PRAGMA busy_timeout = 5000;"
  "CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;"
  "CREATE TABLE IF NOT EXISTS batches ("
  "  id INTEGER PRIMARY KEY, batch_id TEXT NOT NULL UNIQUE, campaign TEXT NOT NULL,"
  "  channel TEXT NOT NULL, send_at INTEGER NOT NULL, state INTEGER NOT NULL,"
  "  committed_to INTEGER NOT NULL DEFAULT 0, messages INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE IF NOT EXISTS chunks ("
  "  key TEXT PRIMARY KEY, batch INTEGER NOT NULL, sha256 TEXT NOT NULL, answer TEXT NOT NULL,"
  "  messages INTEGER NOT NULL, requests INTEGER NOT NULL DEFAULT 1) STRICT;"
  "CREATE TABLE IF NOT EXISTS messages ("
  "  id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, message_id TEXT NOT NULL,"
  "  recipient TEXT NOT NULL) STRICT;"
  "CREATE INDEX IF NOT EXISTS messages_by_recipient ON messages (batch, recipient);"
  "CREATE TABLE IF NOT EXISTS waves ("
  "  id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, kind INTEGER NOT NULL,"
  "  first INTEGER NOT NULL, last INTEGER NOT NULL, base INTEGER NOT NULL,"
  "  visible_at INTEGER NOT NULL) STRICT;"
  "CREATE INDEX IF NOT EXISTS waves_by_time ON waves (visible_at, id);";

/**
 * ruf_sandbox_stmt_free:
 * @stmt: a statement
 *
 * Ends it.
 */
void
ruf_sandbox_stmt_free (RufSandboxStmt *stmt)
{
  sqlite3_finalize (stmt);
}

/**
 * ruf_sandbox_store_fail:
 * @self: a store
 * @error: return location
 *
 * Makes the last SQLite error a sentence that names the file.
 *
 * Returns: %FALSE
 */
gboolean
ruf_sandbox_store_fail (RufSandboxStore  *self,
                        GError          **error)
{
  int code = sqlite3_errcode (self->db) & 0xff;

  if (code == SQLITE_FULL)
    g_set_error (error, RUF_ERROR, RUF_ERROR_FULL,
                 _("The disk is full; “%s” cannot be written. Make room and try again."),
                 self->path);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
                 _("“%s” cannot be used as the sandbox’s file (%s). Name another file."),
                 self->path, sqlite3_errmsg (self->db));
  return FALSE;
}

static gboolean
run (RufSandboxStore  *self,
     const char       *sql,
     GError          **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return ruf_sandbox_store_fail (self, error);
  return TRUE;
}

/**
 * ruf_sandbox_store_prepare:
 * @self: a store
 * @sql: a constant
 * @error: return location
 *
 * Returns: (transfer full): a statement, or %NULL
 */
RufSandboxStmt *
ruf_sandbox_store_prepare (RufSandboxStore  *self,
                           const char       *sql,
                           GError          **error)
{
  RufSandboxStmt *stmt = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL) != SQLITE_OK)
    ruf_sandbox_store_fail (self, error);
  return stmt;
}

static void
bind_text (RufSandboxStmt *stmt,
           int             index,
           const char     *text)
{
  sqlite3_bind_text (stmt, index, text, -1, SQLITE_STATIC);
}

/**
 * ruf_sandbox_stmt_get_text:
 * @stmt: a statement with a row
 * @column: from 0
 *
 * Returns: (transfer none): its text, until the next step
 */
const char *
ruf_sandbox_stmt_get_text (RufSandboxStmt *stmt,
                           int             column)
{
  return (const char *) sqlite3_column_text (stmt, column);
}

/* Steps to the end of a statement that returns nothing. */
static gboolean
finish (RufSandboxStore  *self,
        RufSandboxStmt   *stmt,
        GError          **error)
{
  if (sqlite3_step (stmt) != SQLITE_DONE)
    return ruf_sandbox_store_fail (self, error);
  sqlite3_reset (stmt);
  return TRUE;
}

/* COMMIT, or ROLLBACK where @ok is FALSE. */
static gboolean
end_transaction (RufSandboxStore  *self,
                 gboolean          ok,
                 GError          **error)
{
  if (ok && run (self, "COMMIT", error))
    return TRUE;
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static gboolean
save_requests (RufSandboxStore  *self,
               GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "INSERT INTO counters VALUES ('requests', ?1)"
    " ON CONFLICT DO UPDATE SET n = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, self->requests);
  return finish (self, stmt, error);
}

static gboolean
load_requests (RufSandboxStore  *self,
               GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "SELECT n FROM counters WHERE name = 'requests'", error);

  if (stmt == NULL)
    return FALSE;
  if (sqlite3_step (stmt) == SQLITE_ROW)
    self->requests = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* SQLite would create the file by the umask; addresses are nobody else's business. */
static gboolean
create_private (const char  *path,
                GError     **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);
  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               _("“%s” cannot be written (%s). Name another file."), path, g_strerror (errno));
  return FALSE;
}

/**
 * ruf_sandbox_store_open:
 * @path: (nullable): a file, made where it is missing; %NULL keeps all in memory
 * @seed: decides what becomes of the messages
 * @error: return location
 *
 * Returns: (transfer full): the store, or %NULL with %RUF_ERROR_IO
 */
RufSandboxStore *
ruf_sandbox_store_open (const char  *path,
                        guint64      seed,
                        GError     **error)
{
  g_autoptr (RufSandboxStore) self = NULL;

  if (path != NULL && !create_private (path, error))
    return NULL;
  self = g_new0 (RufSandboxStore, 1);
  self->path = g_strdup (path != NULL ? path : ":memory:");
  self->seed = seed;
  if (sqlite3_open (self->path, &self->db) != SQLITE_OK)
    {
      ruf_sandbox_store_fail (self, error);
      return NULL;
    }
  if (!run (self, schema, error) || !load_requests (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ruf_sandbox_store_close:
 * @self: a store
 *
 * Writes what is left to write and closes the file.
 */
void
ruf_sandbox_store_close (RufSandboxStore *self)
{
  if (self->db != NULL && self->requests > 0)
    save_requests (self, NULL);
  sqlite3_close (self->db);
  g_free (self->path);
  g_free (self);
}

/**
 * ruf_sandbox_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): its word in the protocol
 */
const char *
ruf_sandbox_state_to_string (RufSandboxState state)
{
  static const char * const words[] = { "missing", "open", "committed", "cancelled" };

  return words[state];
}

/**
 * ruf_sandbox_store_count_request:
 * @self: a store
 *
 * Returns: the number of this request, from 1, counted over restarts
 */
guint64
ruf_sandbox_store_count_request (RufSandboxStore *self)
{
  return ++self->requests;
}

/**
 * ruf_sandbox_store_get_batch:
 * @self: a store
 * @batch_id: name of a batch
 * @batch: (out): the batch; its state is missing where there is none
 * @error: return location
 *
 * Returns: %FALSE where the file cannot be read
 */
gboolean
ruf_sandbox_store_get_batch (RufSandboxStore  *self,
                             const char       *batch_id,
                             RufSandboxBatch  *batch,
                             GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "SELECT id, state, campaign, channel, send_at, messages"
    " FROM batches WHERE batch_id = ?1", error);

  *batch = (RufSandboxBatch) { 0 };
  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, batch_id);
  switch (sqlite3_step (stmt))
    {
    case SQLITE_DONE:
      return TRUE;
    case SQLITE_ROW:
      batch->row = sqlite3_column_int64 (stmt, 0);
      batch->state = sqlite3_column_int (stmt, 1);
      batch->campaign = g_strdup (ruf_sandbox_stmt_get_text (stmt, 2));
      batch->channel = g_strdup (ruf_sandbox_stmt_get_text (stmt, 3));
      batch->send_at = sqlite3_column_int64 (stmt, 4);
      batch->messages = sqlite3_column_int64 (stmt, 5);
      return TRUE;
    default:
      return ruf_sandbox_store_fail (self, error);
    }
}

/**
 * ruf_sandbox_batch_clear:
 * @self: a batch
 *
 * Frees its strings.
 */
void
ruf_sandbox_batch_clear (RufSandboxBatch *self)
{
  g_clear_pointer (&self->campaign, g_free);
  g_clear_pointer (&self->channel, g_free);
}

/**
 * ruf_sandbox_store_add_batch:
 * @self: a store
 * @batch_id: name of the batch, not used before
 * @campaign: name of the campaign
 * @channel: channel
 * @send_at: UTC µs, 0 = at once
 * @error: return location
 *
 * Returns: %FALSE where the file cannot be written
 */
gboolean
ruf_sandbox_store_add_batch (RufSandboxStore  *self,
                             const char       *batch_id,
                             const char       *campaign,
                             const char       *channel,
                             gint64            send_at,
                             GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "INSERT INTO batches (batch_id, campaign, channel,"
    " send_at, state) VALUES (?1, ?2, ?3, ?4, ?5)", error);

  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, batch_id);
  bind_text (stmt, 2, campaign);
  bind_text (stmt, 3, channel);
  sqlite3_bind_int64 (stmt, 4, send_at);
  sqlite3_bind_int (stmt, 5, RUF_SANDBOX_STATE_OPEN);
  return finish (self, stmt, error);
}

static gboolean
count_repeat (RufSandboxStore  *self,
              const char       *key,
              GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "UPDATE chunks SET requests = requests + 1"
    " WHERE key = ?1", error);

  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, key);
  return finish (self, stmt, error);
}

/**
 * ruf_sandbox_store_find_chunk:
 * @self: a store
 * @key: idempotency key
 * @sha256: hash of the request
 * @other: (out): %TRUE where the key stands for another request
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the answer given under this key; %NULL where the key is
 *   new, and on errors
 */
char *
ruf_sandbox_store_find_chunk (RufSandboxStore  *self,
                              const char       *key,
                              const char       *sha256,
                              gboolean         *other,
                              GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "SELECT sha256, answer FROM chunks WHERE key = ?1", error);
  g_autofree char *answer = NULL;
  int code;

  *other = FALSE;
  if (stmt == NULL)
    return NULL;
  bind_text (stmt, 1, key);
  code = sqlite3_step (stmt);
  if (code != SQLITE_ROW)
    {
      if (code != SQLITE_DONE)
        ruf_sandbox_store_fail (self, error);
      return NULL;
    }
  *other = !g_str_equal (ruf_sandbox_stmt_get_text (stmt, 0), sha256);
  answer = g_strdup (ruf_sandbox_stmt_get_text (stmt, 1));
  if (!count_repeat (self, key, error))
    return NULL;
  return g_steal_pointer (&answer);
}

static gboolean
insert_messages (RufSandboxStore          *self,
                 gint64                    batch,
                 const RufSandboxMessage  *messages,
                 guint                     n_messages,
                 GError                  **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "INSERT INTO messages (batch, message_id, recipient)"
    " VALUES (?1, ?2, ?3)", error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < n_messages; i++)
    {
      sqlite3_bind_int64 (stmt, 1, batch);
      bind_text (stmt, 2, messages[i].message_id);
      bind_text (stmt, 3, messages[i].to);
      if (!finish (self, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_chunk (RufSandboxStore  *self,
              gint64            batch,
              const char       *key,
              const char       *sha256,
              guint             n_messages,
              const char       *answer,
              GError          **error)
{
  g_autoptr (RufSandboxStmt) chunk = ruf_sandbox_store_prepare (self,
    "INSERT INTO chunks (key, batch, sha256, messages, answer) VALUES (?1, ?2, ?3, ?4, ?5)", error);
  g_autoptr (RufSandboxStmt) count = ruf_sandbox_store_prepare (self,
    "UPDATE batches SET messages = messages + ?2 WHERE id = ?1", error);

  if (chunk == NULL || count == NULL)
    return FALSE;
  bind_text (chunk, 1, key);
  sqlite3_bind_int64 (chunk, 2, batch);
  bind_text (chunk, 3, sha256);
  sqlite3_bind_int64 (chunk, 4, n_messages);
  bind_text (chunk, 5, answer);
  sqlite3_bind_int64 (count, 1, batch);
  sqlite3_bind_int64 (count, 2, n_messages);
  return finish (self, chunk, error) && finish (self, count, error);
}

/**
 * ruf_sandbox_store_add_chunk:
 * @self: a store
 * @batch: its batch
 * @key: idempotency key, not used before
 * @sha256: hash of the request
 * @messages: (array length=n_messages): what is taken
 * @n_messages: their number, may be 0
 * @answer: what is answered, now and to every repeat
 * @error: return location
 *
 * Takes a chunk in one transaction: all of it and its key, or nothing.
 *
 * Returns: %FALSE where the file cannot be written
 */
gboolean
ruf_sandbox_store_add_chunk (RufSandboxStore          *self,
                             const RufSandboxBatch    *batch,
                             const char               *key,
                             const char               *sha256,
                             const RufSandboxMessage  *messages,
                             guint                     n_messages,
                             const char               *answer,
                             GError                  **error)
{
  gboolean ok;

  if (!run (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  ok = insert_messages (self, batch->row, messages, n_messages, error)
       && insert_chunk (self, batch->row, key, sha256, n_messages, answer, error)
       && save_requests (self, error);
  return end_transaction (self, ok, error);
}

static gboolean
insert_wave (RufSandboxStore        *self,
             const RufSandboxBatch  *batch,
             RufSandboxWave          kind,
             gint64                  now,
             gint64                  delay,
             GError                **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "INSERT INTO waves (batch, kind, first, last, base, visible_at)"
    " SELECT ?1, ?2, b.committed_to + 1, max (m.id), ?3, ?4"
    " FROM batches b JOIN messages m ON m.batch = b.id AND m.id > b.committed_to"
    " WHERE b.id = ?1 GROUP BY b.id", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, batch->row);
  sqlite3_bind_int (stmt, 2, kind);
  sqlite3_bind_int64 (stmt, 3, MAX (now, batch->send_at));
  sqlite3_bind_int64 (stmt, 4, now + delay * G_USEC_PER_SEC);
  return finish (self, stmt, error);
}

static gboolean
insert_waves (RufSandboxStore        *self,
              const RufSandboxBatch  *batch,
              RufSandboxReceipts      receipts,
              gint64                  now,
              GError                **error)
{
  gboolean slow = receipts == RUF_SANDBOX_SLOW;

  return receipts == RUF_SANDBOX_NONE
         || (insert_wave (self, batch, RUF_SANDBOX_WAVE_SENT, now, slow ? 1 : 0, error)
             && insert_wave (self, batch, RUF_SANDBOX_WAVE_ARRIVED, now, slow ? 3 : 0, error)
             && insert_wave (self, batch, RUF_SANDBOX_WAVE_READ, now, slow ? 6 : 0, error));
}

static gboolean
mark_committed (RufSandboxStore  *self,
                gint64            batch,
                GError          **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "UPDATE batches SET state = ?2, committed_to ="
    " (SELECT coalesce (max (id), 0) FROM messages WHERE batch = ?1) WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, batch);
  sqlite3_bind_int (stmt, 2, RUF_SANDBOX_STATE_COMMITTED);
  return finish (self, stmt, error);
}

/**
 * ruf_sandbox_store_commit:
 * @self: a store
 * @batch: a batch
 * @receipts: which receipts follow, and when
 * @now: UTC µs
 * @error: return location
 *
 * "Delivers" what was not committed before. Times of receipts count from @now, or from the
 * batch's time where that lies ahead: whoever sends next week's batch today rehearses.
 *
 * Returns: %FALSE where the file cannot be written
 */
gboolean
ruf_sandbox_store_commit (RufSandboxStore        *self,
                          const RufSandboxBatch  *batch,
                          RufSandboxReceipts      receipts,
                          gint64                  now,
                          GError                **error)
{
  gboolean ok;

  if (!run (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  ok = insert_waves (self, batch, receipts, now, error)
       && mark_committed (self, batch->row, error)
       && save_requests (self, error);
  return end_transaction (self, ok, error);
}

/**
 * ruf_sandbox_store_cancel:
 * @self: a store
 * @batch: an open batch
 * @error: return location
 *
 * Returns: %FALSE where the file cannot be written
 */
gboolean
ruf_sandbox_store_cancel (RufSandboxStore        *self,
                          const RufSandboxBatch  *batch,
                          GError                **error)
{
  g_autoptr (RufSandboxStmt) stmt = ruf_sandbox_store_prepare (self,
    "UPDATE batches SET state = ?2 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, batch->row);
  sqlite3_bind_int (stmt, 2, RUF_SANDBOX_STATE_CANCELLED);
  return finish (self, stmt, error);
}

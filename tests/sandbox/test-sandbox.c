/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Client and server of the batch protocol against each other. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ruf-error.h"
#include "ruf-test-sandbox.h"

#define BATCH "0192f0c1-6d1e-7c3a-9a53-7d2f9d1b8a44"
#define SEND_AT G_GINT64_CONSTANT (4102444800000000)   /* 1 January 2100 */

static void
open_batch (RufBackend *backend,
            guint       planned)
{
  RufManifest manifest = {
    .batch_id = BATCH, .campaign = "Wochenangebot", .channel = "whatsapp",
    .purpose = "weekly-offer", .send_at = SEND_AT, .planned = planned,
  };
  g_autoptr (GError) error = NULL;

  g_assert_true (ruf_backend_open (backend, &manifest, NULL, &error));
  g_assert_no_error (error);
}

/* Messages first … first + n − 1, one to each number. */
static RufOutgoing *
make_messages (guint        first,
               guint        n,
               GPtrArray   *strings)
{
  RufOutgoing *messages = g_new0 (RufOutgoing, n);

  for (guint i = 0; i < n; i++)
    {
      char *id = g_strdup_printf ("m-%06u", first + i);
      char *to = g_strdup_printf ("+49171%07u", first + i);

      g_ptr_array_add (strings, id);
      g_ptr_array_add (strings, to);
      messages[i] = (RufOutgoing) { .message_id = id, .to = to, .text = "Diese Woche: Rouladen" };
    }
  return messages;
}

static gint64
get_count (RufTestSandbox *sandbox,
           const char     *name)
{
  g_autoptr (JsonObject) stats = ruf_test_sandbox_get (sandbox, "/stats");

  return ruf_json_get_int (stats, name, -1);
}

typedef gboolean (*Step) (RufBackend *backend, gpointer data, GError **error);

/* What a dispatcher does: the same request again, under the same key, until it is answered. */
static guint
insist (RufBackend *backend,
        Step        step,
        gpointer    data)
{
  for (guint tries = 1; tries < 200; tries++)
    {
      g_autoptr (GError) error = NULL;

      if (step (backend, data, &error))
        return tries;
      g_assert_true (g_error_matches (error, RUF_ERROR, RUF_ERROR_UNCERTAIN)
                     || g_error_matches (error, RUF_ERROR, RUF_ERROR_UNREACHABLE));
    }
  g_assert_not_reached ();
}

typedef struct
{
  const char  *key;
  RufOutgoing *messages;
  guint        n;
} Chunk;

static gboolean
step_submit (RufBackend  *backend,
             gpointer     data,
             GError     **error)
{
  Chunk *chunk = data;

  return ruf_backend_submit (backend, BATCH, chunk->key, chunk->messages, chunk->n, NULL, error);
}

static gboolean
step_commit (RufBackend  *backend,
             gpointer     data,
             GError     **error)
{
  return ruf_backend_commit (backend, BATCH, NULL, error);
}

static gboolean
step_open (RufBackend  *backend,
           gpointer     data,
           GError     **error)
{
  RufManifest manifest = { .batch_id = BATCH, .campaign = "c", .channel = "whatsapp",
                           .purpose = "weekly-offer", .planned = 1 };

  return ruf_backend_open (backend, &manifest, NULL, error);
}

static guint
submit_all (RufBackend *backend,
            guint       n_chunks,
            guint       chunk_size)
{
  guint tries = 0;

  for (guint i = 0; i < n_chunks; i++)
    {
      g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
      g_autofree RufOutgoing *messages = make_messages (i * chunk_size, chunk_size, strings);
      g_autofree char *key = g_strdup_printf ("k-%u", i);
      Chunk chunk = { key, messages, chunk_size };

      tries += insist (backend, step_submit, &chunk);
      for (guint j = 0; j < chunk_size; j++)
        g_assert_true (messages[j].accepted);
    }
  return tries;
}

/* All receipts, page by page: message id → statuses in order of arrival. */
static GHashTable *
collect_all (RufBackend *backend,
             char      **cursor)
{
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *at = g_strdup (*cursor);

  for (;;)
    {
      g_autoptr (GPtrArray) receipts = NULL;
      g_autoptr (GError) error = NULL;
      char *next;

      receipts = ruf_backend_collect (backend, at, &next, NULL, &error);
      if (g_error_matches (error, RUF_ERROR, RUF_ERROR_UNREACHABLE))
        continue;
      g_assert_no_error (error);
      g_free (at);
      at = next;
      if (receipts->len == 0)
        break;
      for (guint i = 0; i < receipts->len; i++)
        {
          RufReceipt *receipt = g_ptr_array_index (receipts, i);
          const char *before = g_hash_table_lookup (seen, receipt->message_id);
          const char *word = ruf_message_status_to_string (receipt->status);

          g_assert_cmpint (receipt->at, >=, SEND_AT);
          g_assert_true ((receipt->status == RUF_MESSAGE_FAILED) == (receipt->error_code != NULL));
          g_hash_table_insert (seen, g_strdup (receipt->message_id),
                               g_strconcat (before != NULL ? before : "", word, " ", NULL));
        }
    }
  g_free (*cursor);
  *cursor = g_steal_pointer (&at);
  return seen;
}

static guint
count_stories (GHashTable *seen,
               const char *story)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += g_str_equal (value, story);
  return n;
}

static void
test_whole_way (void)
{
  const RufSandboxOptions options = { .seed = 7 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GHashTable) nothing = NULL;
  g_autoptr (GHashTable) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *cursor = g_strdup ("");
  g_autofree char *start = g_strdup ("");

  g_assert_true (ruf_backend_test (backend, &detail, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (detail, "delivers nothing"));

  open_batch (backend, 2000);
  submit_all (backend, 2, 1000);
  nothing = collect_all (backend, &cursor);
  g_assert_cmpuint (g_hash_table_size (nothing), ==, 0);

  g_assert_true (ruf_backend_commit (backend, BATCH, NULL, &error));
  g_assert_true (ruf_backend_commit (backend, BATCH, NULL, &error));
  g_assert_no_error (error);
  seen = collect_all (backend, &cursor);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 2000);
  g_assert_cmpuint (count_stories (seen, "sent "), >, 20);
  g_assert_cmpuint (count_stories (seen, "sent failed "), >, 40);
  g_assert_cmpuint (count_stories (seen, "sent delivered "), >, 400);
  g_assert_cmpuint (count_stories (seen, "sent delivered read "), >, 1000);
  g_assert_cmpuint (count_stories (seen, "sent ") + count_stories (seen, "sent failed ")
                      + count_stories (seen, "sent delivered ")
                      + count_stories (seen, "sent delivered read "), ==, 2000);

  again = collect_all (backend, &start);
  g_assert_cmpuint (count_stories (again, "sent delivered read "), ==,
                    count_stories (seen, "sent delivered read "));
  g_assert_cmpint (get_count (sandbox, "messages"), ==, 2000);
  g_assert_cmpint (get_count (sandbox, "recipients"), ==, 2000);
  g_assert_cmpint (get_count (sandbox, "doubles"), ==, 0);
}

/* Cut connections and faults, before and after the chunk was taken: nothing twice. */
static void
test_faults (void)
{
  const RufSandboxOptions options = { .fail = 0.3, .drop = 0.4, .seed = 3 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);

  insist (backend, step_open, NULL);
  g_assert_cmpuint (submit_all (backend, 40, 25), >, 50);
  insist (backend, step_commit, NULL);
  g_assert_cmpint (get_count (sandbox, "messages"), ==, 1000);
  g_assert_cmpint (get_count (sandbox, "recipients"), ==, 1000);
  g_assert_cmpint (get_count (sandbox, "doubles"), ==, 0);
}

/* A repeat after a cut connection carries its body, on connections that were used before, too. */
static void
test_cut_after_use (void)
{
  for (guint64 seed = 0; seed < 20; seed++)
    {
      const RufSandboxOptions options = { .drop = 0.5, .seed = seed };
      g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
      g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
      g_autofree char *detail = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (ruf_backend_test (backend, &detail, NULL, &error));
      g_assert_no_error (error);
      insist (backend, step_open, NULL);
      insist (backend, step_open, NULL);
      submit_all (backend, 2, 2);
      insist (backend, step_commit, NULL);
      g_assert_cmpint (get_count (sandbox, "messages"), ==, 4);
      g_assert_cmpint (get_count (sandbox, "doubles"), ==, 0);
    }
}

/* The same seed and the same requests give the same faults. */
static void
test_seed (void)
{
  guint64 seeds[] = { 11, 11, 12 };
  guint tries[3];

  for (guint i = 0; i < 3; i++)
    {
      const RufSandboxOptions options = { .fail = 0.5, .seed = seeds[i] };
      g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
      g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);

      insist (backend, step_open, NULL);
      tries[i] = submit_all (backend, 50, 1);
    }
  g_assert_cmpuint (tries[0], ==, tries[1]);
  g_assert_cmpuint (tries[0], !=, tries[2]);
}

static void
test_doubles_are_seen (void)
{
  const RufSandboxOptions options = { 0 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_autofree RufOutgoing *messages = make_messages (0, 3, strings);
  g_autoptr (JsonObject) stats = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *first;

  open_batch (backend, 3);
  g_assert_true (ruf_backend_submit (backend, BATCH, "k-1", messages, 3, NULL, &error));
  g_assert_true (ruf_backend_submit (backend, BATCH, "k-1", messages, 3, NULL, &error));
  g_assert_true (ruf_backend_submit (backend, BATCH, "k-2", messages + 1, 1, NULL, &error));
  g_assert_no_error (error);

  stats = ruf_test_sandbox_get (sandbox, "/stats?detail=1");
  g_assert_cmpint (ruf_json_get_int (stats, "messages", -1), ==, 4);
  g_assert_cmpint (ruf_json_get_int (stats, "recipients", -1), ==, 3);
  g_assert_cmpint (ruf_json_get_int (stats, "doubles", -1), ==, 1);
  g_assert_cmpint (ruf_json_get_int (stats, "requests", -1), ==, 4);
  first = ruf_json_get_element (ruf_json_get_array (stats, "by_recipient"), 0);
  g_assert_cmpstr (ruf_json_get_text (first, "recipient"), ==, messages[1].to);
  g_assert_cmpint (ruf_json_get_int (first, "doubles", -1), ==, 1);
  first = ruf_json_get_element (ruf_json_get_array (stats, "by_key"), 0);
  g_assert_cmpstr (ruf_json_get_text (first, "key"), ==, "k-1");
  g_assert_cmpint (ruf_json_get_int (first, "requests", -1), ==, 2);
}

static void
test_key_reused (void)
{
  const RufSandboxOptions options = { 0 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_autofree RufOutgoing *messages = make_messages (0, 3, strings);
  g_autoptr (GError) error = NULL;

  open_batch (backend, 3);
  g_assert_true (ruf_backend_submit (backend, BATCH, "k-1", messages, 2, NULL, &error));
  g_assert_false (ruf_backend_submit (backend, BATCH, "k-1", messages, 3, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
  g_assert_cmpint (get_count (sandbox, "messages"), ==, 2);
}

static void
test_refused_messages (void)
{
  const RufSandboxOptions options = { 0 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  RufOutgoing messages[] = {
    { .message_id = "m-1", .to = "0171 3920000", .text = "x" },
    { .message_id = "m-2", .to = "+491713920001", .text = "" },
    { .message_id = "m-3", .to = "+491713920002", .text = "x" },
  };
  g_autoptr (GError) error = NULL;

  open_batch (backend, 3);
  for (guint repeat = 0; repeat < 2; repeat++)
    {
      g_assert_true (ruf_backend_submit (backend, BATCH, "k-1", messages, 3, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (messages[0].code, ==, "invalid-address");
      g_assert_cmpstr (messages[1].code, ==, "empty-text");
      g_assert_true (messages[2].accepted);
      g_assert_false (messages[0].accepted || messages[1].accepted);
    }
  for (guint i = 0; i < 3; i++)
    ruf_outgoing_clear (&messages[i]);
  g_assert_cmpint (get_count (sandbox, "messages"), ==, 1);
}

static void
test_limit (void)
{
  const RufSandboxOptions options = { .limit = 3 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50 && error == NULL; i++)
    step_open (backend, NULL, &error);
  g_assert_error (error, RUF_ERROR, RUF_ERROR_RATE_LIMITED);
  g_assert_cmpuint (ruf_backend_get_retry_after (backend), ==, 1);
}

static gpointer
submit_in_thread (gpointer data)
{
  RufBackend *backend = data;
  RufOutgoing message = { .message_id = "m-1", .to = "+491713920000", .text = "x" };
  GError *error = NULL;

  ruf_backend_submit (backend, BATCH, "k-1", &message, 1, NULL, &error);
  return error;
}

/* Two requests under one key at the same time: one is done, the other is told to wait. */
static void
test_key_in_use (void)
{
  const RufSandboxOptions options = { .delay = 800 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) one = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (RufBackend) two = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  GThread *thread;

  open_batch (one, 1);
  thread = g_thread_new ("first", submit_in_thread, one);
  second = submit_in_thread (two);
  first = g_thread_join (thread);
  g_assert_true ((first == NULL) != (second == NULL));
  if (first == NULL)
    g_assert_error (second, RUF_ERROR, RUF_ERROR_CONFLICT);
  else
    g_assert_error (first, RUF_ERROR, RUF_ERROR_CONFLICT);
  g_assert_cmpint (get_count (sandbox, "messages"), ==, 1);
}

static void
test_cancel (void)
{
  const RufSandboxOptions options = { 0 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = g_strdup ("");

  open_batch (backend, 5);
  submit_all (backend, 1, 5);
  g_assert_true (ruf_backend_cancel (backend, BATCH, NULL, &error));
  g_assert_true (ruf_backend_cancel (backend, BATCH, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (ruf_backend_commit (backend, BATCH, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
  seen = collect_all (backend, &cursor);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 0);
}

static void
test_cancel_too_late (void)
{
  const RufSandboxOptions options = { 0 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GError) error = NULL;

  open_batch (backend, 5);
  submit_all (backend, 1, 5);
  g_assert_true (ruf_backend_commit (backend, BATCH, NULL, NULL));
  g_assert_false (ruf_backend_cancel (backend, BATCH, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
}

static void
test_unknown_batch (void)
{
  const RufSandboxOptions options = { 0 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GError) error = NULL;

  g_assert_false (ruf_backend_commit (backend, BATCH, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
}

static void
test_no_receipts (void)
{
  const RufSandboxOptions options = { .receipts = RUF_SANDBOX_NONE };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GHashTable) seen = NULL;
  g_autofree char *cursor = g_strdup ("");

  open_batch (backend, 5);
  submit_all (backend, 1, 5);
  g_assert_true (ruf_backend_commit (backend, BATCH, NULL, NULL));
  seen = collect_all (backend, &cursor);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 0);
}

/* What was given is there after a restart, and a repeat is still recognised. */
static void
test_restart (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rundruf-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "sandbox.db", NULL);
  const RufSandboxOptions options = { .db = path, .seed = 5 };
  g_autofree char *cursor = g_strdup ("");
  g_autofree char *start = g_strdup ("");
  GStatBuf info;
  guint read = 0;

  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
      g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
      g_autoptr (GHashTable) seen = NULL;

      open_batch (backend, 100);
      submit_all (backend, 10, 10);
      g_assert_true (ruf_backend_commit (backend, BATCH, NULL, NULL));
      g_assert_cmpint (get_count (sandbox, "messages"), ==, 100);
      g_assert_cmpint (get_count (sandbox, "doubles"), ==, 0);
      seen = collect_all (backend, turn == 0 ? &cursor : &start);
      if (turn == 1)
        g_assert_cmpuint (count_stories (seen, "sent delivered read "), ==, read);
      read = count_stories (seen, "sent delivered read ");
    }
  g_assert_cmpstr (cursor, ==, start);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_unlink (path);
  g_rmdir (dir);
}

/* What comes behind a commit is delivered with the next one, and no receipt is lost or doubled. */
static void
test_second_commit (void)
{
  const RufSandboxOptions options = { 0 };
  g_autoptr (RufTestSandbox) sandbox = ruf_test_sandbox_new (&options);
  g_autoptr (RufBackend) backend = ruf_test_sandbox_dup_backend (sandbox);
  g_autoptr (GHashTable) first = NULL;
  g_autoptr (GHashTable) second = NULL;
  g_autofree char *cursor = g_strdup ("");

  open_batch (backend, 20);
  submit_all (backend, 1, 10);
  g_assert_true (ruf_backend_commit (backend, BATCH, NULL, NULL));
  first = collect_all (backend, &cursor);
  g_assert_cmpuint (g_hash_table_size (first), ==, 10);
  submit_all (backend, 2, 10);
  g_assert_true (ruf_backend_commit (backend, BATCH, NULL, NULL));
  second = collect_all (backend, &cursor);
  g_assert_cmpuint (g_hash_table_size (second), ==, 10);
  g_assert_true (g_hash_table_contains (second, "m-000010"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/whole-way", test_whole_way);
  g_test_add_func ("/sandbox/faults", test_faults);
  g_test_add_func ("/sandbox/cut-after-use", test_cut_after_use);
  g_test_add_func ("/sandbox/seed", test_seed);
  g_test_add_func ("/sandbox/doubles-are-seen", test_doubles_are_seen);
  g_test_add_func ("/sandbox/key-reused", test_key_reused);
  g_test_add_func ("/sandbox/refused-messages", test_refused_messages);
  g_test_add_func ("/sandbox/limit", test_limit);
  g_test_add_func ("/sandbox/key-in-use", test_key_in_use);
  g_test_add_func ("/sandbox/cancel", test_cancel);
  g_test_add_func ("/sandbox/cancel-too-late", test_cancel_too_late);
  g_test_add_func ("/sandbox/unknown-batch", test_unknown_batch);
  g_test_add_func ("/sandbox/no-receipts", test_no_receipts);
  g_test_add_func ("/sandbox/restart", test_restart);
  g_test_add_func ("/sandbox/second-commit", test_second_commit);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sending against a backend that fails as it is told, and handing over as a file. */

#include "shop.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ruf-dispatcher.h"
#include "ruf-error.h"
#include "ruf-run-lock.h"

#define N_PEOPLE 25   /* three chunks of ten */
#define BODY     "Hallo {{first_name|Kundin}}!"

/* What the next calls do, a letter each; after the last all goes well. */
#define TEST_TYPE_BACKEND (test_backend_get_type ())
G_DECLARE_FINAL_TYPE (TestBackend, test_backend, TEST, BACKEND, RufBackend)

struct _TestBackend
{
  RufBackend  parent_instance;
  const char *script;
  Shop       *shop;
  RufJob     *job;
  GHashTable *keys;         /* idempotency key → itself */
  GHashTable *recipients;   /* address → text */
  GPtrArray  *receipts;     /* of what was taken, RufReceipt */
  guint       doubles;
  guint       commits;
};

G_DEFINE_FINAL_TYPE (TestBackend, test_backend, RUF_TYPE_BACKEND)

static RufBackendTraits traits = {
  .type_name = "test", .idempotent = TRUE, .receipts = TRUE, .chunk_size = 10, .risk = "none",
};

static gboolean
change_state (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  TestBackend *self = data;

  return self->script[0] == 'C'
    ? ruf_outbox_table_cancel (db, self->shop->run_id, SHOP_NOON, NULL, error)
    : ruf_outbox_table_set_state (db, self->shop->run_id, RUF_RUN_PAUSED, NULL, SHOP_NOON, error);
}

/* Somebody else changes the run while the network is being called. */
static void
change_run (TestBackend *self)
{
  g_autoptr (GError) error = NULL;

  ruf_store_write_sync (ruf_context_get_store (self->shop->context), change_state, self, NULL,
                        &error);
  g_assert_no_error (error);
}

static void
take (TestBackend *self,
      const char  *key,
      RufOutgoing *messages,
      guint        n_messages)
{
  gboolean known = !g_hash_table_add (self->keys, g_strdup (key)) && traits.idempotent;

  for (guint i = 0; i < n_messages; i++)
    {
      messages[i].accepted = TRUE;
      if (known)
        continue;
      if (!g_hash_table_insert (self->recipients, g_strdup (messages[i].to),
                                g_strdup (messages[i].text)))
        self->doubles++;
    }
}

static gboolean
fail (GError   **error,
      RufError   code)
{
  g_set_error_literal (error, RUF_ERROR, code, "as told");
  return FALSE;
}

static gboolean
test_backend_submit (RufBackend    *backend,
                     const char    *batch_id,
                     const char    *key,
                     RufOutgoing   *messages,
                     guint          n_messages,
                     GCancellable  *cancellable,
                     GError       **error)
{
  TestBackend *self = TEST_BACKEND (backend);
  char what = self->script[0];

  if (what == 'P' || what == 'C')
    change_run (self);
  if (what != '\0')
    self->script++;
  if (strchr ("udrcLK", what) == NULL || what == '\0')
    take (self, key, messages, n_messages);

  switch (what)
    {
    case 'u':
      return fail (error, RUF_ERROR_UNREACHABLE);
    case 'U':
    case 'L':
      return fail (error, RUF_ERROR_UNCERTAIN);
    case 'd':
      return fail (error, RUF_ERROR_DENIED);
    case 'p':
      return fail (error, RUF_ERROR_PROTOCOL);
    case 'r':
      ruf_backend_set_retry_after (backend, 2);
      return fail (error, RUF_ERROR_RATE_LIMITED);
    case 'c':
      return fail (error, RUF_ERROR_CONFLICT);
    case 'K':
      ruf_job_cancel (self->job);
      return !g_cancellable_set_error_if_cancelled (cancellable, error);
    case 'N':
      ruf_clock_advance (self->shop->clock, 8 * G_TIME_SPAN_HOUR);
      return TRUE;
    case 'x':
      messages[0].accepted = FALSE;
      messages[0].code = g_strdup ("invalid-address");
      return TRUE;
    default:
      return TRUE;
    }
}

static gboolean
test_backend_open (RufBackend         *backend,
                   const RufManifest  *manifest,
                   GCancellable       *cancellable,
                   GError            **error)
{
  g_assert_cmpstr (manifest->campaign, ==, "Angebot");
  g_assert_cmpuint (manifest->planned, ==, N_PEOPLE);
  return TRUE;
}

static gboolean
test_backend_commit (RufBackend    *backend,
                     const char    *batch_id,
                     GCancellable  *cancellable,
                     GError       **error)
{
  TEST_BACKEND (backend)->commits++;
  return TRUE;
}

static GPtrArray *
test_backend_collect (RufBackend    *backend,
                      const char    *cursor,
                      char         **next_cursor,
                      GCancellable  *cancellable,
                      GError       **error)
{
  TestBackend *self = TEST_BACKEND (backend);
  GPtrArray *receipts = g_steal_pointer (&self->receipts);

  *next_cursor = g_strdup (cursor);
  self->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_receipt_free);
  return receipts;
}

static void
test_backend_finalize (GObject *object)
{
  TestBackend *self = TEST_BACKEND (object);

  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->recipients);
  g_ptr_array_unref (self->receipts);
  G_OBJECT_CLASS (test_backend_parent_class)->finalize (object);
}

static void
test_backend_class_init (TestBackendClass *klass)
{
  RufBackendClass *backend_class = RUF_BACKEND_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_backend_finalize;
  backend_class->traits = &traits;
  backend_class->open = test_backend_open;
  backend_class->submit = test_backend_submit;
  backend_class->commit = test_backend_commit;
  backend_class->collect = test_backend_collect;
}

static void
test_backend_init (TestBackend *self)
{
  self->script = "";
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->recipients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_receipt_free);
}

typedef struct
{
  Shop         shop;
  TestBackend *backend;
  gint64       backend_id;
  gboolean     at_once;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  traits.idempotent = TRUE;
  shop_open (&fixture->shop, N_PEOPLE);
  fixture->backend_id = shop_add_backend (&fixture->shop, "test", "sandbox", NULL, NULL);
  fixture->backend = g_object_new (TEST_TYPE_BACKEND, "name", "test", NULL);
  fixture->backend->shop = &fixture->shop;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->backend);
  shop_close (&fixture->shop);
}

/* The error's code, or −1; cancelled is −2. */
static int
send (Fixture    *fixture,
      const char *script)
{
  g_autoptr (RufDispatcher) dispatcher = NULL;
  g_autoptr (GError) error = NULL;

  dispatcher = ruf_dispatcher_new (fixture->shop.context, fixture->shop.run_id, NULL);
  ruf_dispatcher_set_backend (dispatcher, RUF_BACKEND (fixture->backend), fixture->backend_id);
  ruf_dispatcher_set_at_once (dispatcher, fixture->at_once);
  fixture->backend->script = script;
  fixture->backend->job = RUF_JOB (dispatcher);
  if (ruf_job_run_sync (RUF_JOB (dispatcher), &error))
    return -1;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return -2;
  g_assert_true (error->domain == RUF_ERROR);
  return error->code;
}

static void
test_failures (void)
{
  const struct {
    const char  *script;
    gboolean     idempotent;
    int          code;
    RufRunState  state;
    const char  *counts;
    const char  *after;      /* a second start, all well */
  } rows[] = {
    { "", TRUE, -1, RUF_RUN_DONE, "sent 25", "sent 25" },
    { "uuo", TRUE, -1, RUF_RUN_DONE, "sent 25", "sent 25" },
    { "uuuuuu", TRUE, RUF_ERROR_UNREACHABLE, RUF_RUN_PAUSED, "queued 25", "sent 25" },
    { "oU", TRUE, -1, RUF_RUN_DONE, "sent 25", "sent 25" },
    { "oUUUUUU", TRUE, RUF_ERROR_UNCERTAIN, RUF_RUN_PAUSED, "queued 5, unknown 10, sent 10",
      "sent 25" },
    { "L", TRUE, -1, RUF_RUN_DONE, "sent 25", "sent 25" },
    { "oU", FALSE, RUF_ERROR_UNCERTAIN, RUF_RUN_PAUSED, "queued 5, unknown 10, sent 10",
      "unknown 10, sent 15" },
    { "rr", FALSE, -1, RUF_RUN_DONE, "sent 25", "sent 25" },
    { "oc", TRUE, -1, RUF_RUN_DONE, "sent 25", "sent 25" },
    { "d", TRUE, RUF_ERROR_DENIED, RUF_RUN_PAUSED, "queued 25", "sent 25" },
    { "Ud", TRUE, RUF_ERROR_DENIED, RUF_RUN_PAUSED, "queued 15, unknown 10", "sent 25" },
    { "Uuuuuuuu", TRUE, RUF_ERROR_UNREACHABLE, RUF_RUN_PAUSED, "queued 15, unknown 10",
      "sent 25" },
    { "pp", TRUE, -1, RUF_RUN_DONE, "sent 25", "sent 25" },
    { "ppp", TRUE, RUF_ERROR_PROTOCOL, RUF_RUN_PAUSED, "queued 15, unknown 10", "sent 25" },
    { "x", TRUE, -1, RUF_RUN_DONE, "failed 1, sent 24", "failed 1, sent 24" },
    { "P", TRUE, -1, RUF_RUN_PAUSED, "queued 15, sent 10", "sent 25" },
    { "K", TRUE, -2, RUF_RUN_PAUSED, "queued 15, unknown 10", "sent 25" },
    { "oC", TRUE, -1, RUF_RUN_CANCELLED, "excluded 5, sent 20", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture fixture = { 0 };
      g_autoptr (RufRun) run = NULL;

      g_test_message ("%s", rows[i].script);
      set_up (&fixture, NULL);
      traits.idempotent = rows[i].idempotent;
      shop_plan (&fixture.shop, BODY, SHOP_NOON, 0);

      g_assert_cmpint (send (&fixture, rows[i].script), ==, rows[i].code);
      shop_assert_counts (&fixture.shop, rows[i].counts);
      run = shop_get_run (&fixture.shop);
      g_assert_cmpint (run->state, ==, rows[i].state);
      g_assert_true ((run->problem != NULL) == (rows[i].code != -1));

      g_assert_cmpint (send (&fixture, ""), ==, rows[i].after ? -1 : RUF_ERROR_REFUSED);
      shop_assert_counts (&fixture.shop, rows[i].after ? rows[i].after : rows[i].counts);
      g_assert_cmpuint (fixture.backend->doubles, ==, 0);
      tear_down (&fixture, NULL);
    }
}

static void
test_texts (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  shop_plan (&fixture->shop, BODY, SHOP_NOON, 0);
  g_assert_cmpint (send (fixture, ""), ==, -1);
  g_assert_cmpstr (g_hash_table_lookup (fixture->backend->recipients, "+4917100000001"), ==,
                   "Hallo Person 1!");
  g_assert_cmpstr (g_hash_table_lookup (fixture->backend->recipients, "+4917100000002"), ==,
                   "Hallo Kundin!");
  g_assert_cmpuint (fixture->backend->commits, ==, 1);

  text = ruf_render_message (fixture->shop.context, "{{name}} {{city}}!", 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "Person 1 !");
  g_assert_null (ruf_render_message (fixture->shop.context, "{{name", 1, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
}

static void
test_hours (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (RufRun) run = NULL;

  /* Half past eleven at night, then the next morning. */
  shop_plan (&fixture->shop, BODY, SHOP_NOON, 0);
  ruf_clock_advance (fixture->shop.clock, 11 * G_TIME_SPAN_HOUR + 24 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (send (fixture, ""), ==, RUF_ERROR_REFUSED);
  shop_assert_counts (&fixture->shop, "queued 25");
  run = shop_get_run (&fixture->shop);
  g_assert_cmpint (run->state, ==, RUF_RUN_PLANNED);
  g_assert_cmpint (run->due_at, ==, SHOP_NOON);

  ruf_clock_advance (fixture->shop.clock, 9 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (send (fixture, ""), ==, -1);
  shop_assert_counts (&fixture->shop, "sent 25");

  /* What is on its way already may still be asked about. */
  ruf_clock_advance (fixture->shop.clock, 15 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (send (fixture, ""), ==, -1);
}

/* The hours end while it is being sent. */
static void
test_closing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (RufRun) run = NULL;

  shop_plan (&fixture->shop, BODY, SHOP_NOON, 0);
  g_assert_cmpint (send (fixture, "N"), ==, -1);
  shop_assert_counts (&fixture->shop, "queued 15, sent 10");
  run = shop_get_run (&fixture->shop);
  g_assert_cmpint (run->state, ==, RUF_RUN_PAUSED);
  g_assert_nonnull (strstr (run->problem, "Thursday, 19 November 2026, 08:00"));
}

static void
test_at_once (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (RufRun) before = NULL;
  g_autoptr (RufRun) after = NULL;
  gint64 due = SHOP_NOON + 2 * G_TIME_SPAN_DAY;

  fixture->at_once = TRUE;

  /* At night it stays planned for its own time. */
  shop_plan (&fixture->shop, BODY, due, 0);
  ruf_clock_advance (fixture->shop.clock, 12 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (send (fixture, ""), ==, RUF_ERROR_REFUSED);
  shop_assert_counts (&fixture->shop, "queued 25");
  before = shop_get_run (&fixture->shop);
  g_assert_cmpint (before->state, ==, RUF_RUN_PLANNED);
  g_assert_cmpint (before->due_at, ==, due);

  ruf_clock_advance (fixture->shop.clock, 9 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (send (fixture, ""), ==, -1);
  shop_assert_counts (&fixture->shop, "sent 25");
  after = shop_get_run (&fixture->shop);
  g_assert_cmpint (after->due_at, ==, SHOP_NOON + 21 * G_TIME_SPAN_HOUR);
}

static void
test_not_due (Fixture       *fixture,
              gconstpointer  data)
{
  shop_plan (&fixture->shop, BODY, SHOP_NOON + G_TIME_SPAN_HOUR, 0);
  g_assert_cmpint (send (fixture, ""), ==, RUF_ERROR_REFUSED);
  shop_assert_counts (&fixture->shop, "queued 25");
  ruf_clock_advance (fixture->shop.clock, G_TIME_SPAN_HOUR);
  g_assert_cmpint (send (fixture, ""), ==, -1);
  shop_assert_counts (&fixture->shop, "sent 25");
}

static void
test_too_late (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (RufRun) run = NULL;

  shop_plan (&fixture->shop, BODY, SHOP_NOON, SHOP_NOON + G_TIME_SPAN_HOUR);
  ruf_clock_advance (fixture->shop.clock, G_TIME_SPAN_HOUR);
  g_assert_cmpint (send (fixture, ""), ==, -1);
  shop_assert_counts (&fixture->shop, "expired 25");
  run = shop_get_run (&fixture->shop);
  g_assert_cmpint (run->state, ==, RUF_RUN_DONE);
  g_assert_cmpuint (g_hash_table_size (fixture->backend->recipients), ==, 0);
  g_assert_cmpuint (fixture->backend->commits, ==, 0);
}

static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufRunLock) lock = NULL;

  shop_plan (&fixture->shop, BODY, SHOP_NOON, 0);
  lock = ruf_run_lock_take (fixture->shop.path, fixture->shop.run_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (send (fixture, ""), ==, RUF_ERROR_BUSY);
  shop_assert_counts (&fixture->shop, "queued 25");
}

static void
add_receipt (Fixture          *fixture,
             guint             row,
             RufMessageStatus  status,
             const char       *code)
{
  g_autoptr (RufRun) run = shop_get_run (&fixture->shop);
  RufReceipt *receipt = g_new0 (RufReceipt, 1);

  receipt->message_id = g_strdup_printf ("%s-%u", run->batch_id, row);
  receipt->status = status;
  receipt->at = ruf_clock_get_now (fixture->shop.clock);
  receipt->error_code = g_strdup (code);
  g_ptr_array_add (fixture->backend->receipts, receipt);
}

/* What the backend reports comes in with the sending, opt-outs included. */
static void
test_receipts (Fixture       *fixture,
               gconstpointer  data)
{
  shop_plan (&fixture->shop, BODY, SHOP_NOON, 0);
  g_assert_cmpint (send (fixture, ""), ==, -1);
  ruf_clock_advance (fixture->shop.clock, G_TIME_SPAN_SECOND);
  add_receipt (fixture, 1, RUF_MESSAGE_READ, NULL);
  add_receipt (fixture, 2, RUF_MESSAGE_DELIVERED, NULL);
  add_receipt (fixture, 3, RUF_MESSAGE_FAILED, "131050");
  g_assert_cmpint (send (fixture, ""), ==, -1);
  shop_assert_counts (&fixture->shop, "failed 1, sent 22, delivered 1, read 1");

  shop_plan (&fixture->shop, BODY, SHOP_NOON + 1, 0);
  shop_assert_counts (&fixture->shop, "queued 24, excluded 1");
}

/* The error's code, or −1. */
static int
export_to (Fixture    *fixture,
           const char *format,
           const char *path,
           guint64     rows)
{
  g_autoptr (RufExporter) exporter = NULL;
  g_autoptr (GError) error = NULL;

  exporter = ruf_exporter_new (fixture->shop.context, fixture->shop.run_id, format, path);
  if (!ruf_job_run_sync (RUF_JOB (exporter), &error))
    return error->code;
  g_assert_cmpuint (ruf_exporter_get_rows (exporter), ==, rows);
  g_assert_cmpuint (strlen (ruf_exporter_get_sha256 (exporter)), ==, 64);
  return -1;
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->shop.dir, "batch.jsonl", NULL);
  g_autofree char *again = g_build_filename (fixture->shop.dir, "again.jsonl", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (RufRun) run = NULL;

  shop_plan (&fixture->shop, BODY, SHOP_NOON + G_TIME_SPAN_DAY, 0);
  shop_withdraw (&fixture->shop, "+4917100000005");
  g_assert_cmpint (export_to (fixture, "jsonl", path, 24), ==, -1);
  shop_assert_counts (&fixture->shop, "excluded 1, sent 24");
  run = shop_get_run (&fixture->shop);
  g_assert_cmpint (run->state, ==, RUF_RUN_DONE);

  first = read_file (path);
  g_assert_nonnull (strstr (first, "\"to\":\"+4917100000001\",\"text\":\"Hallo Person 1!\""));
  g_assert_null (strstr (first, "+4917100000005"));

  /* Once more: the same messages by the same names, less one. */
  shop_withdraw (&fixture->shop, "+4917100000025");
  g_assert_cmpint (export_to (fixture, "jsonl", again, 23), ==, -1);
  second = read_file (again);
  g_assert_true (g_str_has_prefix (first, second));
  shop_assert_counts (&fixture->shop, "excluded 1, sent 24");

  /* What went as a file does not go by a backend as well. */
  ruf_clock_advance (fixture->shop.clock, G_TIME_SPAN_DAY);
  g_assert_cmpint (send (fixture, ""), ==, -1);
  g_assert_cmpuint (g_hash_table_size (fixture->backend->recipients), ==, 0);
  g_assert_cmpuint (fixture->backend->commits, ==, 0);
}

static void
test_export_fails (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *nowhere = g_build_filename (fixture->shop.dir, "no", "batch.csv", NULL);
  g_autofree char *path = g_build_filename (fixture->shop.dir, "batch.csv", NULL);

  shop_plan (&fixture->shop, BODY, SHOP_NOON, 0);
  g_assert_cmpint (export_to (fixture, "csv", nowhere, 0), ==, RUF_ERROR_IO);
  g_assert_cmpint (export_to (fixture, "xml", path, 0), ==, RUF_ERROR_INVALID);
  shop_assert_counts (&fixture->shop, "queued 25");

  for (guint i = 1; i <= N_PEOPLE; i++)
    {
      g_autofree char *address = g_strdup_printf ("+49171%08u", i);

      shop_withdraw (&fixture->shop, address);
    }
  g_assert_cmpint (export_to (fixture, "csv", path, 0), ==, RUF_ERROR_REFUSED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define ADD(path, func) \
  g_test_add ("/engine/dispatcher/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_setenv ("RUNDRUF_SECOND_MS", "1", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/dispatcher/failures", test_failures);
  ADD ("texts", test_texts);
  ADD ("hours", test_hours);
  ADD ("closing", test_closing);
  ADD ("at-once", test_at_once);
  ADD ("not-due", test_not_due);
  ADD ("too-late", test_too_late);
  ADD ("busy", test_busy);
  ADD ("receipts", test_receipts);
  ADD ("export", test_export);
  ADD ("export-fails", test_export_fails);

  return g_test_run ();
}

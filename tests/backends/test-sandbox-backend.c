/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The client of the batch protocol against servers that lie. */

#include <string.h>

#include "ruf-backend.h"
#include "ruf-error.h"
#include "ruf-test-liar.h"

#define BATCH "0192f0c1-6d1e-7c3a-9a53-7d2f9d1b8a44"
#define RECIPIENT "+491713920000"
#define TEXT "Diese Woche: Rouladen"

typedef struct
{
  const char *name;
  RufTestLie  lie;
  int         submit;        /* RufError */
  int         collect;
  guint       retry_after;
  const char *words;         /* in the sentence: the next step */
} Case;

#define JSON "application/json"
#define OURS "{\"sandbox\":true,\"batch_id\":\"" BATCH "\",\"accepted\":"

static const Case cases[] = {
  { "html", { .status = 200, .type = "text/html", .body = "<html>Welcome</html>" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "web page instead of JSON. Check the setting “url”" },
  { "not-json", { .status = 200, .type = JSON, .body = "{\"accepted\":" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "no JSON object. Check the setting “url”" },
  { "array", { .status = 200, .type = JSON, .body = "[1, 2]" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "no JSON object" },
  { "empty", { .status = 200, .type = JSON, .body = "" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "no JSON object" },
  { "not-utf8", { .status = 200, .type = JSON, .body = "{\"code\":\"\xff\xfe\"}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "no JSON object" },
  { "deep", { .status = 200, .type = JSON, .padding = 1000000, .padding_byte = '[' },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "no JSON object" },
  { "10-megabytes", { .status = 200, .type = JSON, .padding = 10485760, .padding_byte = 'x' },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "more than 1 MB" },
  { "not-a-sandbox", { .status = 200, .type = JSON,
                       .body = "{\"batch_id\":\"" BATCH "\",\"accepted\":1,\"rejected\":[]}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "does not say that it is a sandbox" },
  { "sandbox-in-words", { .status = 200, .type = JSON, .body = "{\"sandbox\":\"true\"}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "does not say that it is a sandbox" },
  { "other-batch", { .status = 200, .type = JSON,
                     .body = "{\"sandbox\":true,\"batch_id\":\"x\",\"accepted\":1,\"rejected\":[]}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "at “" },
  { "too-many-accepted", { .status = 200, .type = JSON, .body = OURS "2,\"rejected\":[]}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "at “" },
  { "stranger-rejected", { .status = 200, .type = JSON,
                           .body = OURS "0,\"rejected\":[{\"message_id\":\"x\",\"code\":\"c\"}]}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "at “" },
  { "rejected-twice", { .status = 200, .type = JSON,
                        .body = OURS "0,\"rejected\":[{\"message_id\":\"m-1\",\"code\":\"c\"},"
                                "{\"message_id\":\"m-1\",\"code\":\"c\"}]}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "at “" },
  { "wrong-types", { .status = 200, .type = JSON,
                     .body = OURS "\"1\",\"rejected\":{},\"receipts\":[7],\"next\":\"\"}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "at “" },
  { "no-time", { .status = 200, .type = JSON,
                 .body = "{\"sandbox\":true,\"next\":\"1\",\"receipts\":[{\"message_id\":\"m-1\","
                         "\"status\":\"read\",\"at\":\"yesterday\"}]}" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "at “" },
  { "401", { .status = 401, .type = "text/plain", .body = "no",
             .header = "WWW-Authenticate", .value = "Basic realm=x" },
    RUF_ERROR_DENIED, RUF_ERROR_DENIED, 0, "Store the right key" },
  { "403", { .status = 403, .type = JSON, .body = "{\"code\":\"forbidden\",\"detail\":\"no\"}" },
    RUF_ERROR_DENIED, RUF_ERROR_DENIED, 0, "HTTP 403, forbidden: no" },
  { "404", { .status = 404, .type = "text/html", .body = "<h1>404</h1>" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "does not speak the batch protocol" },
  { "404-of-ours", { .status = 404, .type = JSON,
                     .body = "{\"code\":\"batch-unknown\",\"detail\":\"none\"}" },
    RUF_ERROR_NOT_FOUND, RUF_ERROR_NOT_FOUND, 0, "Send the run again" },
  { "409", { .status = 409, .type = JSON, .body = "{}", .header = "Retry-After", .value = "7" },
    RUF_ERROR_CONFLICT, RUF_ERROR_CONFLICT, 7, "Try again in 7 seconds" },
  { "409-silent", { .status = 409, .type = JSON, .body = "{}" },
    RUF_ERROR_CONFLICT, RUF_ERROR_CONFLICT, 5, "Try again in 5 seconds" },
  { "429-seconds", { .status = 429, .type = JSON, .body = "{}",
                     .header = "Retry-After", .value = "1" },
    RUF_ERROR_RATE_LIMITED, RUF_ERROR_RATE_LIMITED, 1, "Try again in 1 second." },
  { "429-silent", { .status = 429, .type = "text/html", .body = "<p>slow" },
    RUF_ERROR_RATE_LIMITED, RUF_ERROR_RATE_LIMITED, 5, "Try again in 5 seconds" },
  { "429-past", { .status = 429, .type = JSON, .body = "{}",
                  .header = "Retry-After", .value = "Sun, 06 Nov 1994 08:49:37 GMT" },
    RUF_ERROR_RATE_LIMITED, RUF_ERROR_RATE_LIMITED, 1, "Try again in 1 second." },
  { "429-nonsense", { .status = 429, .type = JSON, .body = "{}",
                      .header = "Retry-After", .value = "soon" },
    RUF_ERROR_RATE_LIMITED, RUF_ERROR_RATE_LIMITED, 5, "Try again in 5 seconds" },
  { "429-forever", { .status = 429, .type = JSON, .body = "{}",
                     .header = "Retry-After", .value = "99999999999" },
    RUF_ERROR_RATE_LIMITED, RUF_ERROR_RATE_LIMITED, 3600, "Try again in 3600 seconds" },
  { "500", { .status = 500, .type = "text/html", .body = "<h1>Oops</h1>" },
    RUF_ERROR_UNCERTAIN, RUF_ERROR_UNREACHABLE, 0, "Try again later" },
  { "502", { .status = 502, .type = JSON, .body = "{}" },
    RUF_ERROR_UNCERTAIN, RUF_ERROR_UNREACHABLE, 0, "HTTP 502" },
  { "503", { .status = 503, .type = JSON, .body = "{}", .header = "Retry-After", .value = "3" },
    RUF_ERROR_UNCERTAIN, RUF_ERROR_UNREACHABLE, 3, "Try again later" },
  { "400", { .status = 400, .type = JSON, .body = "{\"code\":\"bad\",\"detail\":\"why\"}" },
    RUF_ERROR_INVALID, RUF_ERROR_INVALID, 0, "bad: why" },
  { "422", { .status = 422, .type = JSON, .body = "{\"code\":\"key-reused\",\"detail\":\"why\"}" },
    RUF_ERROR_INVALID, RUF_ERROR_INVALID, 0, "key-reused" },
  { "410", { .status = 410, .type = JSON, .body = "{\"code\":\"gone\",\"detail\":\"why\"}" },
    RUF_ERROR_REFUSED, RUF_ERROR_REFUSED, 0, "Plan the campaign anew" },
  { "redirect", { .status = 302, .type = "text/html", .body = "",
                  .header = "Location", .value = "http://127.0.0.1:1/elsewhere" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "which is not followed" },
  { "teapot", { .status = 418, .type = "text/plain", .body = "" },
    RUF_ERROR_PROTOCOL, RUF_ERROR_PROTOCOL, 0, "HTTP 418" },
  { "reset", { .kind = LIE_RESET },
    RUF_ERROR_UNCERTAIN, RUF_ERROR_UNREACHABLE, 0, "ry again" },
  { "silence", { .kind = LIE_SILENCE },
    RUF_ERROR_UNCERTAIN, RUF_ERROR_UNREACHABLE, 0, "ry again" },
};

static RufBackend *
make_backend (const char *url,
              const char *secret)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  RufBackend *backend;

  g_hash_table_insert (settings, (char *) "url", (char *) url);
  g_hash_table_insert (settings, (char *) "timeout", (char *) "1");
  backend = ruf_backend_new ("practice", "sandbox", settings, secret, &error);
  g_assert_no_error (error);
  return backend;
}

static void
assert_sentence (const GError *error,
                 const char   *url,
                 const char   *words)
{
  g_assert_nonnull (strstr (error->message, url));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
  g_assert_null (strstr (error->message, RECIPIENT));
  g_assert_null (strstr (error->message, TEXT));
}

static void
test_lie (gconstpointer data)
{
  const Case *lie = data;
  g_autoptr (RufTestLiar) liar = ruf_test_liar_new (&lie->lie);
  const char *url = ruf_test_liar_get_url (liar);
  g_autoptr (RufBackend) backend = make_backend (url, NULL);
  RufOutgoing message = { .message_id = "m-1", .to = RECIPIENT, .text = TEXT };
  g_autoptr (GError) submit_error = NULL;
  g_autoptr (GError) collect_error = NULL;
  g_autofree char *next = NULL;

  g_assert_false (ruf_backend_submit (backend, BATCH, "k-1", &message, 1, NULL, &submit_error));
  g_assert_error (submit_error, RUF_ERROR, lie->submit);
  g_assert_cmpuint (ruf_backend_get_retry_after (backend), ==, lie->retry_after);
  assert_sentence (submit_error, url, lie->words);
  g_assert_false (message.accepted);
  g_assert_null (message.code);
  g_assert_cmpuint (ruf_test_liar_get_requests (liar), ==, 1);

  g_assert_null (ruf_backend_collect (backend, "", &next, NULL, &collect_error));
  g_assert_error (collect_error, RUF_ERROR, lie->collect);
  assert_sentence (collect_error, url, "");
  g_assert_null (next);

  g_object_add_weak_pointer (G_OBJECT (backend), (gpointer *) &backend);
  g_object_unref (backend);
  g_assert_null (backend);
}

/* A date in Retry-After counts from the server's own clock, whatever ours says. */
static void
test_retry_date (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 60);
  g_autofree char *date = soup_date_time_to_string (later, SOUP_DATE_HTTP);
  RufTestLie lie = { .status = 429, .type = JSON, .body = "{}",
                     .header = "Retry-After", .value = date };
  g_autoptr (RufTestLiar) liar = ruf_test_liar_new (&lie);
  g_autoptr (RufBackend) backend = make_backend (ruf_test_liar_get_url (liar), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ruf_backend_commit (backend, BATCH, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_RATE_LIMITED);
  g_assert_cmpuint (ruf_backend_get_retry_after (backend), >=, 50);
  g_assert_cmpuint (ruf_backend_get_retry_after (backend), <=, 60);
}

static void
test_unreachable (void)
{
  const RufTestLie lie = { .status = 200 };
  g_autoptr (RufTestLiar) liar = ruf_test_liar_new (&lie);
  g_autofree char *url = g_strdup (ruf_test_liar_get_url (liar));
  g_autoptr (RufBackend) backend = make_backend (url, NULL);
  RufOutgoing message = { .message_id = "m-1", .to = RECIPIENT, .text = TEXT };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&liar, ruf_test_liar_free);
  g_assert_false (ruf_backend_submit (backend, BATCH, "k-1", &message, 1, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_UNREACHABLE);
  assert_sentence (error, url, "Check that the server runs");
}

static void
test_cancelled (void)
{
  const RufTestLie lie = { .status = 200 };
  g_autoptr (RufTestLiar) liar = ruf_test_liar_new (&lie);
  g_autoptr (RufBackend) backend = make_backend (ruf_test_liar_get_url (liar), NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (ruf_backend_commit (backend, BATCH, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (ruf_test_liar_get_requests (liar), ==, 0);
}

static void
test_headers (void)
{
  const RufTestLie lie = { .status = 200, .type = JSON, .body = OURS "1,\"rejected\":[]}" };
  g_autoptr (RufTestLiar) liar = ruf_test_liar_new (&lie);
  g_autofree char *url = g_strconcat (ruf_test_liar_get_url (liar), "/", NULL);
  g_autoptr (RufBackend) backend = make_backend (url, "s3cret");
  RufOutgoing message = { .message_id = "m-1", .to = RECIPIENT, .text = TEXT };
  g_autofree char *key = NULL;
  g_autofree char *bearer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ruf_backend_submit (backend, BATCH, "k-1", &message, 1, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (message.accepted);
  key = ruf_test_liar_dup_header (liar, "idempotency-key");
  bearer = ruf_test_liar_dup_header (liar, "authorization");
  g_assert_cmpstr (key, ==, "\"k-1\"");
  g_assert_cmpstr (bearer, ==, "Bearer s3cret");
}

static const struct
{
  const char *type;
  const char *key;
  const char *value;
  const char *words;
} wrong_settings[] = {
  { "sandbox", "timeout", "5", "needs the setting “url”" },
  { "sandbox", "url", "", "needs the setting “url”" },
  { "sandbox", "url", "ftp://127.0.0.1", "“url” must be an address" },
  { "sandbox", "url", "127.0.0.1:80", "“url” must be an address" },
  { "sandbox", "url", "http://", "“url” must be an address" },
  { "sandbox", "url", "http://example.org", "“url” leads to example.org without encryption" },
  { "sandbox", "url", "http://127.0.0.1.example.org", "without encryption" },
  { "sandbox", "url", "https://me:pass@example.org", "neither a name or password" },
  { "sandbox", "url", "https://example.org/?key=1", "neither a name or password" },
  { "sandbox", "adress", "x", "no setting “adress”" },
  { "file", "dir", "relative/path", "“dir” must be a whole path" },
  { "file", "url", "x", "no setting “url”" },
  { "pigeon", "url", "x", "no backend of type “pigeon”" },
};

static void
test_settings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_settings); i++)
    {
      g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GError) error = NULL;

      g_hash_table_insert (settings, (char *) wrong_settings[i].key,
                           (char *) wrong_settings[i].value);
      g_assert_null (ruf_backend_new ("x", wrong_settings[i].type, settings, NULL, &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
      if (strstr (error->message, wrong_settings[i].words) == NULL)
        g_error ("“%s” is not in “%s”", wrong_settings[i].words, error->message);
    }
}

static void
test_good_urls (void)
{
  static const char * const urls[] = {
    "http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1/", "https://example.org/gateway",
  };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (RufBackend) backend = make_backend (urls[i], NULL);

      g_assert_false (ruf_backend_is_real (backend));
      g_assert_true (ruf_backend_is_idempotent (backend));
      g_assert_cmpstr (ruf_backend_get_type_name (backend), ==, "sandbox");
      g_assert_cmpstr (ruf_backend_get_name (backend), ==, "practice");
    }
}

static void
test_bad_secret (void)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (settings, (char *) "url", (char *) "http://127.0.0.1:1");
  g_assert_null (ruf_backend_new ("x", "sandbox", settings, "two\r\nlines", &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
  g_assert_null (strstr (error->message, "two"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/backends/sandbox/lie/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_lie);
    }
  g_test_add_func ("/backends/sandbox/retry-date", test_retry_date);
  g_test_add_func ("/backends/sandbox/unreachable", test_unreachable);
  g_test_add_func ("/backends/sandbox/cancelled", test_cancelled);
  g_test_add_func ("/backends/sandbox/headers", test_headers);
  g_test_add_func ("/backends/settings", test_settings);
  g_test_add_func ("/backends/good-urls", test_good_urls);
  g_test_add_func ("/backends/bad-secret", test_bad_secret);
  return g_test_run ();
}

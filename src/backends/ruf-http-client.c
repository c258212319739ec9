/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON over HTTP. This is the one place where HTTP and socket errors become errors of ours;
 * the sentences name the address and the next step, never a recipient or a text of ours. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "ruf-error.h"
#include "ruf-http-client.h"
#include "ruf-json.h"

#define MAX_ANSWER (1024 * 1024)
#define DEFAULT_WAIT 5     /* seconds, where a server asks to wait but does not say how long */
#define MAX_WAIT 3600
#define TOO_MANY_REQUESTS 429   /* RFC 6585; libsoup has no name for it */

struct _RufHttpClient
{
  SoupSession *session;
  char        *address;       /* without a slash at the end */
  char        *secret;        /* or NULL */
  guint        timeout;       /* seconds */
  guint        retry_after;   /* seconds, of the last call */
};

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
check_url (const char  *url,
           GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || host[0] == '\0'
      || (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https")))
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("The setting “url” must be an address such as http://127.0.0.1:8080 or "
                   "https://example.org, not “%s”."), url);
  else if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
           || g_uri_get_fragment (uri) != NULL)
    g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                         _("The setting “url” must hold neither a name or password nor anything "
                           "behind “?” or “#”. Access keys belong into the keyring."));
  else if (g_str_equal (scheme, "http") && !is_loopback (host))
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("The setting “url” leads to %s without encryption. Use https:// for every "
                   "computer but this one."), host);
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_printable (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

static SoupSession *
make_session (const char *url,
              guint       timeout)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  SoupSession *session = soup_session_new_with_options ("timeout", timeout,
                                                        "user-agent", "Rundruf/" RUF_VERSION,
                                                        NULL);

  /* A proxy of the environment would not know our loopback. */
  if (is_loopback (g_uri_get_host (uri)))
    soup_session_set_proxy_resolver (session, NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

/**
 * ruf_http_client_new:
 * @url: base address, http or https; http only for this computer
 * @secret: (nullable): access key, sent as bearer token
 * @timeout: seconds without a byte, and for an answer as a whole
 * @error: return location
 *
 * Returns: (transfer full): a client, or %NULL with %RUF_ERROR_INVALID that names the setting
 */
RufHttpClient *
ruf_http_client_new (const char  *url,
                     const char  *secret,
                     guint        timeout,
                     GError     **error)
{
  RufHttpClient *self;
  gsize length = strlen (url);

  if (!check_url (url, error))
    return NULL;
  if (secret != NULL && !is_printable (secret))
    {
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                           _("The access key holds blanks or signs that no key has. Copy it "
                             "again, without line breaks."));
      return NULL;
    }
  while (length > 0 && url[length - 1] == '/')
    length--;

  self = g_new0 (RufHttpClient, 1);
  self->address = g_strndup (url, length);
  self->secret = g_strdup (secret);
  self->timeout = timeout;
  self->session = make_session (url, timeout);
  return self;
}

/**
 * ruf_http_client_free:
 * @self: a client
 *
 * Closes the connection and frees @self.
 */
void
ruf_http_client_free (RufHttpClient *self)
{
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self->address);
  g_free (self->secret);
  g_free (self);
}

/**
 * ruf_http_client_get_address:
 * @self: a client
 *
 * Returns: (transfer none): the base address, for sentences
 */
const char *
ruf_http_client_get_address (RufHttpClient *self)
{
  return self->address;
}

/**
 * ruf_http_client_get_retry_after:
 * @self: a client
 *
 * Returns: seconds to wait, as the last answer asked; 0 = it did not
 */
guint
ruf_http_client_get_retry_after (RufHttpClient *self)
{
  return self->retry_after;
}

/* Retry-After is either seconds or a date; the date is read against the server's own clock. */
static guint
parse_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  const char *date = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return CLAMP (seconds, 1, MAX_WAIT);
  until = soup_date_time_new_from_http_string (text);
  now = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;
  if (until == NULL)
    return 0;
  if (now == NULL)
    now = g_date_time_new_now_utc ();
  return CLAMP (g_date_time_difference (until, now) / G_USEC_PER_SEC, 1, MAX_WAIT);
}

/* What the server says about its refusal: HTTP status, code and detail. @spoken: whether it
 * said so in the protocol's words. */
static char *
describe_refusal (guint     status,
                  GBytes   *body,
                  gboolean *spoken)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autoptr (JsonObject) object = size > 0 ? ruf_json_parse_object (data, size, NULL) : NULL;
  const char *code = object != NULL ? ruf_json_get_text (object, "code") : NULL;
  const char *detail = object != NULL ? ruf_json_get_text (object, "detail") : NULL;
  g_autofree char *cut = NULL;

  *spoken = code != NULL;
  if (detail != NULL)
    cut = g_utf8_substring (detail, 0, MIN (200, g_utf8_strlen (detail, -1)));
  if (code == NULL)
    return g_strdup_printf ("HTTP %u", status);
  return cut != NULL ? g_strdup_printf ("HTTP %u, %s: %s", status, code, cut)
                     : g_strdup_printf ("HTTP %u, %s", status, code);
}

static void
set_wait_error (RufHttpClient  *self,
                guint           status,
                SoupMessage    *message,
                GError        **error)
{
  self->retry_after = parse_retry_after (soup_message_get_response_headers (message));
  if (self->retry_after == 0)
    self->retry_after = DEFAULT_WAIT;
  if (status == SOUP_STATUS_CONFLICT)
    g_set_error (error, RUF_ERROR, RUF_ERROR_CONFLICT,
                 ngettext ("%s is still working on the request before. Try again in %u second.",
                           "%s is still working on the request before. Try again in %u seconds.",
                           self->retry_after),
                 self->address, self->retry_after);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_RATE_LIMITED,
                 ngettext ("%s gets too many requests. Try again in %u second.",
                           "%s gets too many requests. Try again in %u seconds.",
                           self->retry_after),
                 self->address, self->retry_after);
}

static void
set_server_error (RufHttpClient  *self,
                  SoupMessage    *message,
                  const char     *words,
                  GError        **error)
{
  gboolean safe = g_str_equal (soup_message_get_method (message), "GET");

  self->retry_after = parse_retry_after (soup_message_get_response_headers (message));
  g_set_error (error, RUF_ERROR, safe ? RUF_ERROR_UNREACHABLE : RUF_ERROR_UNCERTAIN,
               _("The server at %s reports a fault of its own (%s). Try again later; if it stays, "
                 "ask whoever runs the server."), self->address, words);
}

/* 404 and 410 are answers of the protocol only where they come with its JSON. */
static void
set_refusal_error (RufHttpClient  *self,
                   guint           status,
                   const char     *words,
                   gboolean        spoken,
                   GError        **error)
{
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    g_set_error (error, RUF_ERROR, RUF_ERROR_DENIED,
                 _("%s does not accept the access key (%s). Store the right key for this "
                   "backend and try again."), self->address, words);
  else if (status == SOUP_STATUS_NOT_FOUND && spoken)
    g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                 _("%s does not know this batch (%s). Send the run again."), self->address, words);
  else if (status == SOUP_STATUS_GONE && spoken)
    g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                 _("%s has closed this batch (%s). Plan the campaign anew."),
                 self->address, words);
  else if (status == SOUP_STATUS_BAD_REQUEST || status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE
           || status == SOUP_STATUS_UNPROCESSABLE_ENTITY)
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("%s refuses what it was given (%s). Correct the message or the backend’s "
                   "settings and try again."), self->address, words);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_PROTOCOL,
                 _("%s does not speak the batch protocol (%s). Check the setting “url”."),
                 self->address, words);
}

static void
set_status_error (RufHttpClient  *self,
                  SoupMessage    *message,
                  GBytes         *body,
                  GError        **error)
{
  guint status = soup_message_get_status (message);
  gboolean spoken;
  g_autofree char *words = describe_refusal (status, body, &spoken);

  if (status == SOUP_STATUS_CONFLICT || status == TOO_MANY_REQUESTS)
    set_wait_error (self, status, message, error);
  else if (status >= 500 || status == SOUP_STATUS_REQUEST_TIMEOUT)
    set_server_error (self, message, words, error);
  else if (SOUP_STATUS_IS_REDIRECTION (status))
    g_set_error (error, RUF_ERROR, RUF_ERROR_PROTOCOL,
                 _("%s leads on to another address (%s), which is not followed. Put the right "
                   "address into the setting “url”."), self->address, words);
  else
    set_refusal_error (self, status, words, spoken, error);
}

static JsonObject *
read_answer (RufHttpClient  *self,
             SoupMessage    *message,
             GBytes         *body,
             GError        **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  JsonObject *object = size > 0 ? ruf_json_parse_object (data, size, NULL) : NULL;

  if (object != NULL)
    return object;
  if (g_strcmp0 (type, "text/html") == 0)
    g_set_error (error, RUF_ERROR, RUF_ERROR_PROTOCOL,
                 _("%s answers with a web page instead of JSON. Check the setting “url”: it must "
                   "lead to a server that speaks the batch protocol."), self->address);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_PROTOCOL,
                 _("%s answers with something that is no JSON object. Check the setting “url”: it "
                   "must lead to a server that speaks the batch protocol."), self->address);
  return NULL;
}

static void
set_too_long (RufHttpClient  *self,
              GError        **error)
{
  g_set_error (error, RUF_ERROR, RUF_ERROR_PROTOCOL,
               _("%s answers with more than 1 MB, which no answer of the batch protocol has. "
                 "Check the setting “url”."), self->address);
}

/* Reads at most MAX_ANSWER bytes. The connection of an answer that is longer is thrown away:
 * closing the stream politely would read it to its end. */
static GBytes *
read_body (RufHttpClient  *self,
           GInputStream   *stream,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  gint64 deadline = g_get_monotonic_time () + self->timeout * G_USEC_PER_SEC;
  guint8 buffer[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, error)) > 0)
    {
      g_byte_array_append (body, buffer, n);
      if (body->len > MAX_ANSWER)
        set_too_long (self, error);
      else if (g_get_monotonic_time () > deadline)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                             _("the answer does not end"));
      else
        continue;
      n = -1;
      break;
    }
  if (n == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&body));
  soup_session_abort (self->session);
  return NULL;
}

static void
wrote_headers_cb (SoupMessage *message,
                  gpointer     user_data)
{
  gboolean *written = user_data;

  *written = TRUE;
}

/* Socket and TLS errors. @written: whether anything of the request can have arrived. */
static void
translate_error (RufHttpClient  *self,
                 SoupMessage    *message,
                 gboolean        written,
                 GError         *cause,
                 GError        **error)
{
  gboolean safe = g_str_equal (soup_message_get_method (message), "GET");

  if (cause->domain == RUF_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return;
    }
  if (cause->domain == G_TLS_ERROR)
    g_set_error (error, RUF_ERROR, RUF_ERROR_UNREACHABLE,
                 _("No safe connection to %s (%s). Check the setting “url” and the server’s "
                   "certificate."), self->address, cause->message);
  else if (written && !safe)
    g_set_error (error, RUF_ERROR, RUF_ERROR_UNCERTAIN,
                 _("The connection to %s broke before the answer came (%s). Try again; what "
                   "arrived already is recognised."), self->address, cause->message);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_UNREACHABLE,
                 _("%s does not answer (%s). Check that the server runs and that the setting "
                   "“url” is right, then try again."), self->address, cause->message);
  g_error_free (cause);
}

static SoupMessage *
make_message (RufHttpClient        *self,
              const RufHttpRequest *request)
{
  g_autofree char *url = g_strconcat (self->address, request->path, NULL);
  SoupMessage *message = soup_message_new (request->method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* On a connection that was used before, libsoup 3.2 repeats a PUT that got no answer by
   * itself, without its body. On a new one it leaves the repeat to us; so that they do not
   * pile up, each is closed with its answer. */
  if (!g_str_equal (request->method, "GET"))
    {
      soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
      soup_message_headers_replace (headers, "Connection", "close");
    }
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (self->secret != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->secret, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  if (request->idempotency_key != NULL)
    {
      /* A structured-field string (RFC 8941): with quotes. */
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", request->idempotency_key);

      soup_message_headers_replace (headers, "Idempotency-Key", quoted);
    }
  if (request->body != NULL)
    {
      char *text = ruf_json_write (request->body);
      g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return message;
}

/**
 * ruf_http_client_call:
 * @self: a client
 * @request: what to ask; its body is taken
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Asks and waits for the answer, of which at most 1 MB is read.
 *
 * %RUF_ERROR_UNREACHABLE: nothing arrived (or it was a GET, which changes nothing);
 * %RUF_ERROR_UNCERTAIN: the request may have arrived;
 * %RUF_ERROR_PROTOCOL, %RUF_ERROR_DENIED, %RUF_ERROR_INVALID, %RUF_ERROR_CONFLICT,
 * %RUF_ERROR_RATE_LIMITED, %RUF_ERROR_NOT_FOUND, %RUF_ERROR_REFUSED: what was answered.
 *
 * Returns: (transfer full): the JSON object of a 2xx answer, or %NULL
 */
JsonObject *
ruf_http_client_call (RufHttpClient         *self,
                      const RufHttpRequest  *request,
                      GCancellable          *cancellable,
                      GError               **error)
{
  g_autoptr (SoupMessage) message = make_message (self, request);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) body = NULL;
  gboolean written = FALSE;
  GError *cause = NULL;

  self->retry_after = 0;
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), &written);
  stream = soup_session_send (self->session, message, cancellable, &cause);
  if (stream != NULL)
    body = read_body (self, stream, cancellable, &cause);
  g_signal_handlers_disconnect_by_data (message, &written);

  if (body == NULL)
    {
      translate_error (self, message, written, cause, error);
      return NULL;
    }
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    {
      set_status_error (self, message, body, error);
      return NULL;
    }
  return read_answer (self, message, body, error);
}

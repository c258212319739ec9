/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * backend add, list, test.
 */

#include "config.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-cli-error.h"
#include "ruf-cli-table.h"
#include "ruf-cli-text.h"
#include "ruf-cli-verbs.h"
#include "ruf-error.h"

typedef struct
{
  const char *name;
  const char *type;
  GHashTable *settings;
  gint64      id;
} Add;

static gboolean
save (RufDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Add *request = data;

  return ruf_backend_table_save (db, request->name, request->type, request->settings,
                                 &request->id, error);
}

/* Command lines are seen by everybody on the machine, and settings are not secret. */
static gboolean
is_secret (const char *key)
{
  static const char * const words[] = { "secret", "token", "password", "passwd", "api_key",
                                        "apikey", "api-key" };
  g_autofree char *lower = g_ascii_strdown (key, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
add_setting (GHashTable  *settings,
             const char  *pair,
             GError     **error)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *key = NULL;

  if (equals == NULL || equals == pair)
    {
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("--set “%s” is no setting. Write it like url=http://127.0.0.1:8080."), pair);
      return FALSE;
    }

  key = g_strndup (pair, equals - pair);
  if (is_secret (key))
    {
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("“%s” is a secret and must not stand on the command line. "
                     "Write it to a file and give that with --secret-file."), key);
      return FALSE;
    }

  g_hash_table_insert (settings, g_steal_pointer (&key), g_strdup (equals + 1));

  return TRUE;
}

static GHashTable *
parse_settings (char   **pairs,
                GError **error)
{
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    if (!add_setting (settings, pairs[i], error))
      return NULL;

  return g_steal_pointer (&settings);
}

static gboolean
store_backend (RufCliCall  *call,
               Add         *request,
               const char  *secret,
               GError     **error)
{
  g_autoptr (RufBackend) backend = NULL;
  RufContext *context;

  backend = ruf_backend_new (request->name, request->type, request->settings, secret, error);
  if (backend == NULL)
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL ||
      (secret != NULL && !ruf_context_store_secret (context, request->name, secret, error)))
    return FALSE;

  return ruf_cli_call_write (call, save, request, error);
}

/**
 * ruf_cli_backend_add:
 * @call: the call
 * @error: return location
 *
 * `backend add NAME`: settings into the database, the secret into the keyring.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_backend_add (RufCliCall  *call,
                     GError     **error)
{
  g_autofree char *type = NULL;
  g_auto (GStrv) pairs = NULL;
  g_autofree char *secret_file = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (GHashTable) settings = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  Add request = { 0 };
  const GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_STRING, &type, N_("sandbox or file"), "T" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &pairs, N_("A setting; may be repeated"),
      N_("KEY=VALUE") },
    { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &secret_file,
      N_("File that holds the secret; it goes to the keyring"), N_("FILE") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_require (call, "--type", type, error))
    return FALSE;

  settings = parse_settings (pairs, error);
  if (settings == NULL)
    return FALSE;

  if (secret_file != NULL && (secret = ruf_cli_text_read (secret_file, error)) == NULL)
    return FALSE;

  request.name = ruf_cli_call_get_word (call, 0);
  request.type = type;
  request.settings = settings;
  if (!store_backend (call, &request, secret, error))
    return FALSE;

  ruf_cli_output_boolean (output, "ok", TRUE);
  ruf_cli_output_int (output, "id", request.id);
  ruf_cli_output_string (output, "name", request.name);
  ruf_cli_output_string (output, "type", request.type);
  ruf_cli_output_say (output, _("Saved “%s”. Try it with “rundruf-cli backend test %s”."),
                      request.name, request.name);

  return TRUE;
}

static char *
describe_settings (GHashTable *settings)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (settings), (GCompareFunc) strcmp);
  GString *text = g_string_new (NULL);

  for (GList *l = keys; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "", (const char *) l->data,
                            (const char *) g_hash_table_lookup (settings, l->data));

  return g_string_free (text, FALSE);
}

static void
write_settings (RufCliOutput *output,
                GHashTable   *settings)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  ruf_cli_output_begin_object (output, "settings");
  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    ruf_cli_output_string (output, key, value);
  ruf_cli_output_end (output);
}

static void
write_backend (RufCliTable   *table,
               RufCliOutput  *output,
               gconstpointer  row)
{
  const RufBackendRecord *record = row;
  g_autoptr (RufBackend) backend = NULL;
  g_autofree char *settings = describe_settings (record->settings);

  backend = ruf_backend_new (record->name, record->type, record->settings, NULL, NULL);
  ruf_cli_table_add_text (table, "name", record->name);
  ruf_cli_table_add_text (table, "type", record->type);
  ruf_cli_table_add_text (table, NULL, settings);
  write_settings (output, record->settings);
  ruf_cli_table_add_text (table, "risk", backend != NULL ? ruf_backend_get_risk (backend)
                                                         : _("cannot be used as it is set"));
}

/**
 * ruf_cli_backend_list:
 * @call: the call
 * @error: return location
 *
 * `backend list`: without secrets, which are not in the database.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_backend_list (RufCliCall  *call,
                      GError     **error)
{
  static const RufCliList list = {
    .member = "backends",
    .headers = { N_("Name"), N_("Type"), N_("Settings"), N_("Risk") },
    .read = ruf_backend_table_list,
    .write_row = write_backend,
  };

  return ruf_cli_list_run (call, &list, error);
}

/**
 * ruf_cli_backend_test:
 * @call: the call
 * @error: return location
 *
 * `backend test NAME`: fails where the backend is not ready.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_backend_test (RufCliCall  *call,
                      GError     **error)
{
  g_autoptr (RufBackend) backend = NULL;
  g_autofree char *detail = NULL;
  g_autoptr (GError) local_error = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  gint64 id;
  gboolean ok;

  if (!ruf_cli_call_parse (call, NULL, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  backend = ruf_context_dup_backend (context, ruf_cli_call_get_word (call, 0), &id, error);
  if (backend == NULL)
    return FALSE;

  ruf_cli_call_begin (call, _("Asking the backend"));
  ok = ruf_backend_test (backend, &detail, ruf_cli_call_get_cancellable (call), &local_error);
  ruf_cli_call_end (call);

  ruf_cli_output_boolean (output, "ok", ok);
  ruf_cli_output_string (output, "detail", ok ? detail : local_error->message);
  ruf_cli_output_string (output, "risk", ruf_backend_get_risk (backend));
  if (!ok)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!ruf_cli_output_is_json (output))
    printf ("%s\n%s\n", detail != NULL ? detail : "", ruf_backend_get_risk (backend));

  return TRUE;
}

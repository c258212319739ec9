/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * consent record, withdraw, log.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-address.h"
#include "ruf-cli-error.h"
#include "ruf-cli-table.h"
#include "ruf-cli-text.h"
#include "ruf-cli-verbs.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-intake.h"
#include "ruf-text-stream.h"

/* The events of one address. */
typedef struct
{
  RufAddressKind  kind;
  char           *address;
  GPtrArray      *events;
} Log;

static void
log_clear (Log *self)
{
  g_free (self->address);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

static gboolean
read_events (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Log *log = data;

  log->events = ruf_consent_table_list (db, log->kind, log->address, error);

  return log->events != NULL;
}

static gboolean
read_log (RufCliCall  *call,
          Log         *log,
          GError     **error)
{
  const char *word = ruf_cli_call_get_word (call, 0);
  RufContext *context = ruf_cli_call_open (call, error);
  g_autofree char *region = context != NULL ? ruf_context_dup_region (context, error) : NULL;

  if (region == NULL)
    return FALSE;

  if (!ruf_address_parse (word, region, &log->kind, &log->address))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” is no phone number and no e-mail address."), word);
      return FALSE;
    }

  return ruf_cli_call_read (call, read_events, log, error);
}

/* The id under which the event was stored, or NULL where it was there before. */
static char *
find_event_id (RufCliCall *call,
               gint64      seq)
{
  g_auto (Log) log = { 0 };

  if (seq == 0 || !read_log (call, &log, NULL))
    return NULL;

  for (guint i = 0; i < log.events->len; i++)
    {
      const RufConsentEvent *event = g_ptr_array_index (log.events, i);

      if (event->seq == seq)
        return g_strdup (event->event_id);
    }

  return NULL;
}

typedef struct
{
  char *channel;
  char *purpose;
  char *method;
  char *at;
  char *source;
  char *wording;
  char *evidence;
} RecordOptions;

static void
record_options_clear (RecordOptions *self)
{
  g_free (self->channel);
  g_free (self->purpose);
  g_free (self->method);
  g_free (self->at);
  g_free (self->source);
  g_free (self->wording);
  g_free (self->evidence);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RecordOptions, record_options_clear)

static gboolean
check_record_options (RufCliCall           *call,
                      const RecordOptions  *options,
                      gint64               *at,
                      GError              **error)
{
  RufConsentMethod method;
  RufChannel channel;

  if (!ruf_cli_call_parse_moment (call, "--at", options->at, FALSE, at, error) ||
      !ruf_cli_call_parse_channel (call, options->channel, &channel, error) ||
      !ruf_cli_call_require (call, "--purpose", options->purpose, error) ||
      !ruf_cli_call_require (call, "--method", options->method, error))
    return FALSE;

  if (ruf_consent_method_from_string (options->method, &method))
    return TRUE;

  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
               _("There is no method “%s”. Use paper_form, verbal_in_shop, web_form, qr_form, "
                 "keyword_inbound, double_opt_in, import or existing_customer."),
               options->method);
  return FALSE;
}

static gboolean
record (RufCliCall           *call,
        const RecordOptions  *options,
        gint64                at,
        const char           *wording,
        GError              **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context = ruf_cli_call_open (call, error);
  g_autofree char *event_id = NULL;
  gint64 seq;
  int level;

  if (context == NULL)
    return FALSE;

  if (options->at == NULL)
    at = ruf_cli_call_get_now (call);
  if (!ruf_record_consent (context, ruf_cli_call_get_word (call, 0), options->channel,
                           options->purpose, options->method, at, options->source, wording,
                           &seq, &level, error) ||
      (options->evidence != NULL &&
       !ruf_add_evidence (context, ruf_cli_call_get_word (call, 0), options->channel,
                          options->purpose, options->evidence, error)))
    return FALSE;

  event_id = find_event_id (call, seq);
  ruf_cli_output_string (output, "event_id", event_id);
  ruf_cli_output_string (output, "level", ruf_evidence_level_to_string (level));
  ruf_cli_output_boolean (output, "recorded", seq != 0);
  if (seq == 0)
    ruf_cli_output_say (output, _("This was recorded before; nothing changed."));
  else if (level == RUF_EVIDENCE_E0)
    ruf_cli_output_say (output, _("Recorded, but it proves nothing yet (E0): state time, source "
                                  "and the wording shown."));
  else
    ruf_cli_output_say (output, _("Recorded with evidence level %s."),
                        ruf_evidence_level_to_string (level));

  return TRUE;
}

typedef struct
{
  const char *sha256;
  char       *text;
} Wording;

static gboolean
find_wording (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Wording *wording = data;

  wording->text = ruf_consent_table_find_wording (db, wording->sha256, error);

  return wording->text != NULL;
}

/* A file with the text, or the name of one that is in the log. */
static char *
read_wording (RufCliCall  *call,
              const char  *word,
              GError     **error)
{
  Wording wording = { .sha256 = word };

  if (g_file_test (word, G_FILE_TEST_EXISTS))
    return ruf_cli_text_read (word, error);

  return ruf_cli_call_read (call, find_wording, &wording, error) ? wording.text : NULL;
}

/* A file that cannot be read is said before anything is recorded. */
static gboolean
check_evidence (const char  *path,
                GError     **error)
{
  g_autofree char *sha256 = path != NULL ? ruf_file_get_sha256 (path, error) : NULL;

  return path == NULL || sha256 != NULL;
}

/**
 * ruf_cli_consent_record:
 * @call: the call
 * @error: return location
 *
 * `consent record ADDRESS`: a person agreed.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_consent_record (RufCliCall  *call,
                        GError     **error)
{
  g_auto (RecordOptions) options = { 0 };
  g_autofree char *wording = NULL;
  gint64 at = 0;
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &options.channel, N_("The channel agreed to"), "C" },
    { "purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose,
      N_("The purpose agreed to, for example weekly-offer"), "P" },
    { "method", 0, 0, G_OPTION_ARG_STRING, &options.method,
      N_("How: paper_form, verbal_in_shop, web_form, qr_form, keyword_inbound, double_opt_in"),
      "M" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, N_("When (default: now)"), "T" },
    { "source", 0, 0, G_OPTION_ARG_STRING, &options.source, N_("Where, for example a form's number"),
      "S" },
    { "wording", 0, 0, G_OPTION_ARG_FILENAME, &options.wording,
      N_("The text that the person was shown: a file, or the SHA-256 of one in the log"),
      N_("FILE.txt|ID") },
    { "evidence", 0, 0, G_OPTION_ARG_FILENAME, &options.evidence,
      N_("A scan or photograph; its name and SHA-256 are recorded"), N_("FILE") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !check_record_options (call, &options, &at, error))
    return FALSE;

  if (!check_evidence (options.evidence, error) ||
      (options.wording != NULL && (wording = read_wording (call, options.wording, error)) == NULL))
    return FALSE;

  return record (call, &options, at, wording, error);
}

/**
 * ruf_cli_consent_withdraw:
 * @call: the call
 * @error: return location
 *
 * `consent withdraw ADDRESS`: a person wants no more messages.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_consent_withdraw (RufCliCall  *call,
                          GError     **error)
{
  g_autofree char *channel_text = NULL;
  g_autofree char *purpose = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) events = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  RufChannel channel;
  gint64 rows;
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_text,
      N_("Only this channel (default: every channel of the address)"), "C" },
    { "purpose", 0, 0, G_OPTION_ARG_STRING, &purpose,
      N_("Only this purpose (default: everything)"), "P" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_("What the person said or wrote"), "T" },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      (channel_text != NULL && !ruf_cli_call_parse_channel (call, channel_text, &channel, error)))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL ||
      !ruf_withdraw_consent (context, ruf_cli_call_get_word (call, 0), channel_text, purpose, text,
                             &events, &rows, error))
    return FALSE;

  ruf_cli_output_begin_array (output, "event_ids");
  for (guint i = 0; i < events->len; i++)
    ruf_cli_output_string (output, NULL, g_ptr_array_index (events, i));
  ruf_cli_output_end (output);
  ruf_cli_output_int (output, "rows_withdrawn", rows);
  ruf_cli_output_say (output, ngettext ("Withdrawn; %lld waiting message was taken out.",
                                        "Withdrawn; %lld waiting messages were taken out.", rows),
                      (long long) rows);

  return TRUE;
}

static void
write_event (RufCliTable           *table,
             RufCliOutput          *output,
             const RufConsentEvent *event)
{
  ruf_cli_table_begin_row (table);
  ruf_cli_output_int (output, "seq", event->seq);
  ruf_cli_output_string (output, "event_id", event->event_id);
  ruf_cli_output_string (output, "address", event->address);
  ruf_cli_table_add_moment (table, "at", event->occurred_at);
  ruf_cli_table_add_text (table, "type", ruf_consent_event_type_to_string (event->type));
  ruf_cli_table_add_text (table, "channel", ruf_channel_to_string (event->channel));
  ruf_cli_table_add_text (table, "purpose", event->purpose);
  ruf_cli_table_add_text (table, "method", ruf_consent_method_to_string (event->method));
  ruf_cli_table_add_text (table, "source", event->source);
  ruf_cli_table_add_text (table, "text", event->text);
  ruf_cli_output_string (output, "wording", event->wording);
  ruf_cli_output_string (output, "wording_sha256", event->wording_sha256);
  ruf_cli_output_string (output, "at_text", event->occurred_text);
  ruf_cli_output_moment (output, "recorded_at", event->recorded_at);
  ruf_cli_table_end_row (table);
}

/**
 * ruf_cli_consent_log:
 * @call: the call
 * @error: return location
 *
 * `consent log ADDRESS`: all events of one address, oldest first.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_consent_log (RufCliCall  *call,
                     GError     **error)
{
  g_auto (Log) log = { 0 };
  g_autoptr (RufCliTable) table = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  static const char * const headers[] = {
    N_("When"), N_("What"), N_("Channel"), N_("Purpose"), N_("How"), N_("Where"), N_("Words"), NULL
  };

  if (!ruf_cli_call_parse (call, NULL, error) || !read_log (call, &log, error))
    return FALSE;

  table = ruf_cli_table_new (call, "events", headers);
  for (guint i = 0; i < log.events->len; i++)
    write_event (table, output, g_ptr_array_index (log.events, i));
  ruf_cli_table_finish (table);
  if (log.events->len == 0)
    ruf_cli_output_say (output, _("Nothing is recorded for %s."), log.address);

  return TRUE;
}

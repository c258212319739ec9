/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * message save, list, render, measure.
 */

#include "config.h"

#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-cli-error.h"
#include "ruf-cli-table.h"
#include "ruf-cli-text.h"
#include "ruf-cli-verbs.h"
#include "ruf-dispatcher.h"
#include "ruf-error.h"
#include "ruf-people-table.h"
#include "ruf-template.h"
#include "ruf-text-measure.h"

typedef struct
{
  const char  *name;
  RufChannel   channel;
  const char  *body;
  gint64       now;
  RufMessage  *message;
} Save;

static gboolean
save (RufDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Save *request = data;

  return ruf_message_table_save (db, request->name, request->channel, request->body, request->now,
                                 &request->message, error);
}

/* A brace that is never closed is an error; a name that nobody can fill is said. */
static gboolean
check_body (RufCliCall  *call,
            const char  *body,
            RufChannel   channel,
            GError     **error)
{
  g_autoptr (RufTemplate) template = ruf_template_parse (body, error);
  RufCliOutput *output = ruf_cli_call_get_output (call);
  const char * const *names;
  RufTextMeasure measure;

  if (template == NULL)
    return FALSE;

  names = ruf_template_get_placeholders (template);
  for (guint i = 0; names[i] != NULL; i++)
    if (!ruf_template_is_known (names[i]))
      ruf_cli_output_warn (output, _("There is no placeholder “%s”; people would get what stands "
                                     "behind the bar, or nothing."), names[i]);

  ruf_text_measure (body, channel, &measure);
  if (measure.limit > 0 && measure.units > measure.limit)
    ruf_cli_output_warn (output, _("The text has %u characters; %s takes %u."), measure.units,
                         ruf_channel_to_string (channel), measure.limit);
  ruf_text_measure_clear (&measure);

  return TRUE;
}

/**
 * ruf_cli_message_save:
 * @call: the call
 * @error: return location
 *
 * `message save NAME`: a new version where the text changed.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_message_save (RufCliCall  *call,
                      GError     **error)
{
  g_autofree char *channel_text = NULL;
  g_autofree char *body_path = NULL;
  g_autofree char *body = NULL;
  g_autoptr (RufMessage) message = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  Save request = { 0 };
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_text,
      N_("whatsapp, telegram, sms, email or signal"), "C" },
    { "body", 0, 0, G_OPTION_ARG_FILENAME, &body_path,
      N_("File with the text; - reads the standard input"), N_("FILE|-") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_parse_channel (call, channel_text, &request.channel, error) ||
      !ruf_cli_call_require (call, "--body", body_path, error))
    return FALSE;

  body = ruf_cli_text_read (body_path, error);
  if (body == NULL || !check_body (call, body, request.channel, error))
    return FALSE;

  request.name = ruf_cli_call_get_word (call, 0);
  request.body = body;
  request.now = ruf_cli_call_get_now (call);
  if (!ruf_cli_call_write (call, save, &request, error))
    return FALSE;

  message = request.message;
  ruf_cli_output_int (output, "id", message->id);
  ruf_cli_output_int (output, "version", message->version);
  ruf_cli_output_say (output, _("Saved “%s”, version %d."), message->name, message->version);

  return TRUE;
}

static void
write_message (RufCliTable   *table,
               RufCliOutput  *output,
               gconstpointer  row)
{
  const RufMessage *message = row;

  ruf_cli_output_int (output, "id", message->id);
  ruf_cli_table_add_text (table, "name", message->name);
  ruf_cli_table_add_text (table, "channel", ruf_channel_to_string (message->channel));
  ruf_cli_table_add_int (table, "version", message->version);
  ruf_cli_table_add_moment (table, "changed_at", message->changed_at);
  ruf_cli_table_add_text (table, "body", message->body);
}

/**
 * ruf_cli_message_list:
 * @call: the call
 * @error: return location
 *
 * `message list`: the newest version of each, latest change first.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_message_list (RufCliCall  *call,
                      GError     **error)
{
  static const RufCliList list = {
    .member = "messages",
    .headers = { N_("Name"), N_("Channel"), N_("Version"), N_("Changed"), N_("Text") },
    .read = ruf_message_table_list,
    .write_row = write_message,
  };

  return ruf_cli_list_run (call, &list, error);
}

typedef struct
{
  const char *name;
  const char *contact;
  RufMessage *message;
  gint64      person_id;
} Render;

static gboolean
find_both (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Render *request = data;

  request->message = ruf_message_table_get (db, request->name, error);
  if (request->message == NULL)
    return FALSE;

  request->person_id = ruf_people_table_find (db, request->contact, error);

  return request->person_id != 0;
}

/**
 * ruf_cli_message_render:
 * @call: the call
 * @error: return location
 *
 * `message render NAME`: the text as one person gets it.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_message_render (RufCliCall  *call,
                        GError     **error)
{
  g_autofree char *contact = NULL;
  g_autofree char *text = NULL;
  g_autoptr (RufMessage) message = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  Render request = { 0 };
  gboolean found;
  const GOptionEntry entries[] = {
    { "contact", 0, 0, G_OPTION_ARG_STRING, &contact,
      N_("Number, e-mail address or id of the person"), N_("PERSON") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_require (call, "--contact", contact, error))
    return FALSE;

  request.name = ruf_cli_call_get_word (call, 0);
  request.contact = contact;
  found = ruf_cli_call_read (call, find_both, &request, error);
  message = request.message;
  if (!found)
    return FALSE;

  text = ruf_render_message (ruf_cli_call_open (call, NULL), message->body, request.person_id,
                             error);
  if (text == NULL)
    return FALSE;

  ruf_cli_output_string (output, "text", text);
  if (!ruf_cli_output_is_json (output))
    puts (text);

  return TRUE;
}

static void
write_measure (RufCliOutput         *output,
               const RufTextMeasure *measure)
{
  g_autofree char *culprits = g_strjoinv (" ", measure->culprits);

  ruf_cli_output_string (output, "encoding", measure->encoding);
  ruf_cli_output_int (output, "units", measure->units);
  ruf_cli_output_int (output, "limit", measure->limit);
  ruf_cli_output_int (output, "segments", measure->segments);
  ruf_cli_output_begin_array (output, "culprits");
  for (guint i = 0; measure->culprits[i] != NULL; i++)
    ruf_cli_output_string (output, NULL, measure->culprits[i]);
  ruf_cli_output_end (output);

  if (ruf_cli_output_is_json (output))
    return;

  printf (_("Encoding %s, %u characters, %u parts\n"), measure->encoding, measure->units,
          measure->segments);
  if (*culprits != '\0')
    printf (_("These characters make it longer: %s\n"), culprits);
}

/**
 * ruf_cli_message_measure:
 * @call: the call
 * @error: return location
 *
 * `message measure`: counts a text; needs no database.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_message_measure (RufCliCall  *call,
                         GError     **error)
{
  g_autofree char *channel_text = NULL;
  g_autofree char *text = NULL;
  RufTextMeasure measure;
  RufChannel channel;
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_text,
      N_("whatsapp, telegram, sms, email or signal"), "C" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_("The text"), "T" },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_parse_channel (call, channel_text, &channel, error))
    return FALSE;

  if (text == NULL)
    return ruf_cli_call_require (call, "--text", NULL, error);

  ruf_text_measure (text, channel, &measure);
  write_measure (ruf_cli_call_get_output (call), &measure);
  ruf_text_measure_clear (&measure);

  return TRUE;
}

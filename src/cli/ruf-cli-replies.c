/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * replies list, replies settle.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"
#include "ruf-cli-table.h"
#include "ruf-cli-verbs.h"
#include "ruf-intake.h"
#include "ruf-outbox-table.h"

/* What `replies list` asks the store for. */
typedef struct
{
  gboolean   only_to_review;
  GPtrArray *replies;
} List;

static gboolean
read_replies (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  List *list = data;

  list->replies = ruf_reply_table_list (db, list->only_to_review, 0, error);

  return list->replies != NULL;
}

static void
write_reply (RufCliTable          *table,
             RufCliOutput         *output,
             const RufReplyRecord *reply)
{
  gboolean waits = !reply->handled;

  ruf_cli_table_begin_row (table);
  ruf_cli_table_add_int (table, "id", reply->id);
  ruf_cli_table_add_moment (table, "at", reply->at);
  ruf_cli_table_add_text (table, "name", reply->name);
  ruf_cli_table_add_text (table, "address", reply->address);
  ruf_cli_table_add_text (table, "channel", reply->channel);
  ruf_cli_table_add_text (table, "kind", ruf_reply_kind_to_string (reply->kind));
  ruf_cli_table_add_text (table, NULL, waits ? _("yes") : "");
  ruf_cli_table_add_text (table, "text", reply->text);
  ruf_cli_output_boolean (output, "handled", reply->handled);
  ruf_cli_table_end_row (table);
}

static guint
count_waiting (GPtrArray *replies)
{
  guint n = 0;

  for (guint i = 0; i < replies->len; i++)
    n += !((const RufReplyRecord *) g_ptr_array_index (replies, i))->handled;

  return n;
}

static void
say_waiting (RufCliOutput *output,
             guint         waiting)
{
  if (waiting == 0)
    ruf_cli_output_say (output, _("No answer waits to be read."));
  else
    ruf_cli_output_say (output, ngettext ("%u answer waits to be read. Its person gets nothing on "
                                          "this channel before it is settled: “rundruf-cli "
                                          "replies settle NUMBER --as stop|start|other”.",
                                          "%u answers wait to be read. Their people get nothing "
                                          "on this channel before they are settled: “rundruf-cli "
                                          "replies settle NUMBER --as stop|start|other”.",
                                          waiting), waiting);
}

/**
 * ruf_cli_replies_list:
 * @call: the call
 * @error: return location
 *
 * `replies list`: what people answered, latest first.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_replies_list (RufCliCall  *call,
                      GError     **error)
{
  g_autoptr (RufCliTable) table = NULL;
  g_autoptr (GPtrArray) replies = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  List list = { 0 };
  int review = FALSE;
  guint waiting;
  static const char * const headers[] = {
    N_("No."), N_("When"), N_("Name"), N_("Address"), N_("Channel"), N_("Kind"), N_("Waits"),
    N_("Words"), NULL
  };
  const GOptionEntry entries[] = {
    { "review", 0, 0, G_OPTION_ARG_NONE, &review, N_("Only those that wait to be read"), NULL },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error))
    return FALSE;

  list.only_to_review = review;
  if (!ruf_cli_call_read (call, read_replies, &list, error))
    return FALSE;

  replies = list.replies;
  waiting = count_waiting (replies);
  table = ruf_cli_table_new (call, "replies", headers);
  for (guint i = 0; i < replies->len; i++)
    write_reply (table, output, g_ptr_array_index (replies, i));
  ruf_cli_table_finish (table);
  ruf_cli_output_int (output, "review", waiting);
  say_waiting (output, waiting);

  return TRUE;
}

static gboolean
parse_reply (RufCliCall    *call,
             const char    *text,
             gint64        *id,
             RufReplyKind  *as,
             GError       **error)
{
  const char *word = ruf_cli_call_get_word (call, 0);

  if (!g_ascii_string_to_signed (word, 10, 1, G_MAXINT64, id, NULL))
    {
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("“%s” is not the number of an answer. “replies list” shows it."), word);
      return FALSE;
    }

  if (ruf_reply_kind_from_string (text, as) && *as != RUF_REPLY_REVIEW)
    return TRUE;

  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
               _("--as “%s” is none of stop, start and other."), text);
  return FALSE;
}

static void
say_settled (RufCliOutput *output,
             RufReplyKind  as,
             gint64        rows_withdrawn)
{
  if (as == RUF_REPLY_STOP)
    ruf_cli_output_say (output, ngettext ("Withdrawn; %lld waiting message was taken out.",
                                          "Withdrawn; %lld waiting messages were taken out.",
                                          rows_withdrawn), (long long) rows_withdrawn);
  else if (as == RUF_REPLY_START)
    ruf_cli_output_say (output, _("Recorded as a START of the person."));
  else
    ruf_cli_output_say (output, _("Kept as an answer."));
}

/**
 * ruf_cli_replies_settle:
 * @call: the call
 * @error: return location
 *
 * `replies settle ID`: what somebody who has read a reply takes it for.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_replies_settle (RufCliCall  *call,
                        GError     **error)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);
  g_autofree char *text = NULL;
  RufContext *context;
  RufReplyKind as;
  gint64 id, rows_withdrawn;
  const GOptionEntry entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &text, N_("What it is"), "stop|start|other" },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_require (call, "--as", text, error) ||
      !parse_reply (call, text, &id, &as, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL || !ruf_settle_reply (context, id, as, &rows_withdrawn, error))
    return FALSE;

  ruf_cli_output_int (output, "id", id);
  ruf_cli_output_string (output, "as", ruf_reply_kind_to_string (as));
  ruf_cli_output_int (output, "rows_withdrawn", rows_withdrawn);
  say_settled (output, as, rows_withdrawn);

  return TRUE;
}

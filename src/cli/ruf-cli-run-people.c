/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run people: who stands behind the counts of a run.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"
#include "ruf-cli-run.h"
#include "ruf-cli-table.h"
#include "ruf-cli-verbs.h"
#include "ruf-words.h"

#define DEFAULT_LIMIT 100

typedef struct
{
  RufCliTable  *table;
  RufCliOutput *output;
  gint64        run_id;
  int           status;   /* RufMessageStatus, -1 = any */
  int           reason;   /* RufExcludeReason, -1 = any */
  int           limit;
  int           offset;
  gint64        total;
  gint64        n;        /* that were listed */
} People;

/* As `run status` counts them. */
static const char *
name_status (RufMessageStatus status)
{
  return status == RUF_MESSAGE_QUEUED ? "waiting" : ruf_message_status_to_string (status);
}

static const char *
name_reason (guint reason)
{
  return ruf_exclude_reason_to_string (reason);
}

/* Which of the words from @first to before @end @text is. */
static gboolean
parse_word (const char   *option,
            const char   *text,
            const char *(*name) (guint index),
            guint         first,
            guint         end,
            int          *index,
            GError      **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  *index = -1;
  if (text == NULL)
    return TRUE;

  for (guint i = first; i < end; i++)
    {
      if (g_str_equal (text, name (i)))
        *index = i;
      g_string_append_printf (known, "%s%s", i > first ? ", " : "", name (i));
    }
  if (*index >= 0)
    return TRUE;

  /* Translators: an option, what was given for it, and what may be given */
  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE, _("%s knows no “%s”. Use one of: %s."),
               option, text, known->str);
  return FALSE;
}

/* The column "why" for people: the words, and the code that --reason takes. */
static void
add_why (People             *people,
         const RufOutboxRow *row)
{
  g_autofree char *why = NULL;

  if (row->status == RUF_MESSAGE_EXCLUDED)
    why = g_strdup_printf ("%s (%s)", ruf_words_exclude (row->reason), name_reason (row->reason));
  ruf_cli_table_add_text (people->table, NULL, why != NULL ? why : row->error_code);
}

static void
write_row (const RufOutboxRow *row,
           gpointer            data)
{
  People *people = data;
  gboolean excluded = row->status == RUF_MESSAGE_EXCLUDED;

  people->n++;
  ruf_cli_table_begin_row (people->table);
  if (row->person_id != 0)
    ruf_cli_output_int (people->output, "id", row->person_id);
  else
    ruf_cli_output_string (people->output, "id", NULL);
  ruf_cli_table_add_text (people->table, "name", row->name);
  ruf_cli_table_add_text (people->table, "address", row->address);
  ruf_cli_output_string (people->output, "status", name_status (row->status));
  ruf_cli_table_add_text (people->table, NULL, ruf_words_status (row->status));
  ruf_cli_output_string (people->output, "reason", excluded ? name_reason (row->reason) : NULL);
  ruf_cli_output_string (people->output, "error", row->error_code);
  add_why (people, row);
  ruf_cli_output_moment (people->output, "changed_at", row->changed_at);
  ruf_cli_table_end_row (people->table);
}

static gboolean
each_row (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  People *people = data;

  return ruf_outbox_table_each_row (db, people->run_id, people->status, people->reason,
                                    people->limit, people->offset, write_row, people, error);
}

/* How many there are, by the figures that the store keeps. */
static gint64
count_people (const People *people,
              const RufRun *run,
              GArray       *excluded)
{
  gboolean fits = people->status < 0 || people->status == RUF_MESSAGE_EXCLUDED;

  if (people->reason < 0)
    return people->status < 0 ? run->planned : run->counts[people->status];

  for (guint i = 0; i < excluded->len && fits; i++)
    {
      const RufExcludeCount *count = &g_array_index (excluded, RufExcludeCount, i);

      if ((int) count->reason == people->reason)
        return count->count;
    }

  return 0;
}

static gboolean
list_people (RufCliCall  *call,
             People      *people,
             GError     **error)
{
  static const char * const headers[] = {
    N_("Name"), N_("Address"), N_("State"), N_("Why"), NULL
  };
  g_autoptr (RufCliTable) table = NULL;

  ruf_cli_output_int (people->output, "total", people->total);
  table = people->table = ruf_cli_table_new (call, "people", headers);
  if (!ruf_cli_call_read (call, each_row, people, error))
    return FALSE;

  ruf_cli_table_finish (table);
  ruf_cli_table_say_shown (table, people->n, people->total);

  return TRUE;
}

/**
 * ruf_cli_run_people:
 * @call: the call
 * @error: return location
 *
 * `run people RUN`: names, addresses and what became of each message, in order of name.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_run_people (RufCliCall  *call,
                    GError     **error)
{
  g_autofree char *status = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (RufRun) run = NULL;
  g_autoptr (GArray) excluded = NULL;
  People people = { .output = ruf_cli_call_get_output (call), .limit = DEFAULT_LIMIT };
  const GOptionEntry entries[] = {
    { "status", 0, 0, G_OPTION_ARG_STRING, &status,
      N_("Only messages in this state, as “run status” counts them"), "S" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_("Only people left out for this reason"),
      "R" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &people.limit,
      N_("At most so many (default 100, 0 = all)"), "N" },
    { "offset", 0, 0, G_OPTION_ARG_INT, &people.offset, N_("Skip so many"), "N" },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_parse_run (call, &people.run_id, error) ||
      !ruf_cli_call_check_page (call, people.limit, people.offset, error) ||
      !parse_word ("--status", status, name_status, RUF_MESSAGE_QUEUED, RUF_N_MESSAGE_STATUSES,
                   &people.status, error) ||
      !parse_word ("--reason", reason, name_reason, RUF_EXCLUDE_NONE + 1, RUF_N_EXCLUDE_REASONS,
                   &people.reason, error) ||
      !ruf_cli_run_read (call, people.run_id, &run, &excluded, error))
    return FALSE;

  people.total = count_people (&people, run, excluded);

  return list_people (call, &people, error);
}

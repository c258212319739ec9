/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* rundruf-sandbox: speaks the batch protocol and only pretends to deliver. */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "ruf-place.h"
#include "ruf-sandbox-server.h"

typedef struct
{
  int    port;
  char  *db;
  int    delay;
  double fail;
  double drop;
  int    limit;
  char  *receipts;
  gint64 seed;
  gboolean until_eof;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->db);
  g_free (self->receipts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse_receipts (const char         *word,
                RufSandboxReceipts *receipts)
{
  static const char * const words[] = { "instant", "slow", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (word == NULL || g_str_equal (word, words[i]))
      {
        *receipts = i;
        return TRUE;
      }
  return FALSE;
}

/* The argument that is wrong, in words, or NULL. */
static const char *
find_fault (const Arguments    *arguments,
            RufSandboxReceipts *receipts)
{
  if (arguments->port < 0 || arguments->port > 65535)
    return _("--port must be a number from 0 to 65535.");
  if (arguments->delay < 0 || arguments->limit < 0)
    return _("--delay and --limit must not be negative.");
  if (!(arguments->fail >= 0 && arguments->fail <= 1)
      || !(arguments->drop >= 0 && arguments->drop <= 1))
    return _("--fail and --drop must be rates from 0 to 1, for example 0.25.");
  if (!parse_receipts (arguments->receipts, receipts))
    return _("--receipts must be instant, slow or none.");
  return NULL;
}

static gboolean
parse (int         *argc,
       char      ***argv,
       Arguments   *arguments,
       GError     **error)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &arguments->port,
      N_("Port on loopback; 0, the default, takes a free one"), N_("N") },
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &arguments->db,
      N_("Keep what was given over restarts"), N_("FILE") },
    { "delay", 0, 0, G_OPTION_ARG_INT, &arguments->delay,
      N_("Answer each request late"), N_("MS") },
    { "fail", 0, 0, G_OPTION_ARG_DOUBLE, &arguments->fail,
      N_("Share of requests answered with 500"), N_("RATE") },
    { "drop", 0, 0, G_OPTION_ARG_DOUBLE, &arguments->drop,
      N_("Share of connections cut, before or after the request was taken"), N_("RATE") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &arguments->limit,
      N_("Requests allowed in a second; 429 above"), N_("PER_SECOND") },
    { "receipts", 0, 0, G_OPTION_ARG_STRING, &arguments->receipts,
      N_("When receipts come: instant, slow or none"), N_("MODE") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &arguments->seed,
      N_("Decides about faults and receipts"), N_("N") },
    { "until-eof", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &arguments->until_eof,
      NULL, NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _("Takes batches as a sending service would, and "
                                           "delivers nothing to anybody. For practice and tests."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _("“%s” is not understood. See --help."), (*argv)[1]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* Whoever started us as a child holds the other end of our standard input; it closes when
 * they end, even where they are killed. */
static gboolean
input_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  char buffer[64];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static int
serve (const RufSandboxOptions *options,
       gboolean                 until_eof)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufSandboxServer) server = ruf_sandbox_server_new (options, &error);

  if (server == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  if (until_eof)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_cb, loop);
  printf ("listening on http://127.0.0.1:%u\n", ruf_sandbox_server_get_port (server));
  fflush (stdout);
  g_main_loop_run (loop);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (GError) error = NULL;
  RufSandboxOptions options = { 0 };
  const char *fault;

  ruf_place_init_locale ();

  if (!parse (&argc, &argv, &arguments, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  fault = find_fault (&arguments, &options.receipts);
  if (fault != NULL)
    {
      g_printerr ("%s\n", fault);
      return 2;
    }
  options.port = arguments.port;
  options.db = arguments.db;
  options.delay = arguments.delay;
  options.fail = arguments.fail;
  options.drop = arguments.drop;
  options.limit = arguments.limit;
  options.seed = arguments.seed;
  return serve (&options, arguments.until_eof);
}

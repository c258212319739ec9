/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From argv to an exit code: 0 done, 1 failed and nothing changed, 2 wrong usage,
 * 3 done but something was left out, which was said.
 */

#include "config.h"

#include "ruf-cli.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "ruf-cli-error.h"
#include "ruf-cli-verbs.h"
#include "ruf-error.h"

enum
{
  EXIT_DONE,
  EXIT_FAILED,
  EXIT_USAGE,
  EXIT_PARTIAL,
};

static void
print_verbs (const char *noun)
{
  for (const RufCliVerb *verb = ruf_cli_verbs_get (); verb->noun != NULL; verb++)
    {
      g_autofree char *call = g_strdup_printf ("%s%s%s", verb->noun, verb->name ? " " : "",
                                               verb->name ? verb->name : "");

      if (noun == NULL || g_str_equal (noun, verb->noun))
        printf ("  %-18s %s\n", call, _(verb->summary));
    }
}

static void
print_help (const char *noun)
{
  if (noun != NULL)
    printf (_("Usage:\n  rundruf-cli [OPTION…] %s VERB …\n\nVerbs:\n"), noun);
  else
    printf (_("Usage:\n  rundruf-cli [OPTION…] VERB …\n\nVerbs:\n"));
  print_verbs (noun);

  fputs (_("\nOptions for every verb, before it or behind it:\n"
           "  --db FILE          The database\n"
           "  --json             Answer with one JSON object\n"
           "  -q, --quiet        No progress and no remarks\n"
           "  --now T            Rehearse as if it were T; real backends refuse\n"
           "  --version          Say which version this is\n"
           "  -h, --help         Say how a verb is used\n"
           "\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something was left out.\n"),
         stdout);
}

static void
set_no_verb_error (const char  *noun,
                   const char  *name,
                   GError     **error)
{
  g_autofree char *guess = NULL;

  if (noun == NULL)
    g_set_error_literal (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                         _("A verb is missing. “rundruf-cli --help” lists them."));
  else if (name == NULL && ruf_cli_verbs_has_noun (noun))
    g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                 _("What about “%s”? “rundruf-cli %s --help” lists its verbs."), noun, noun);
  else
    {
      guess = ruf_cli_verbs_guess (noun, name);
      g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
                   _("There is no such verb “%s%s%s”. Did you mean “%s”?"),
                   noun, name != NULL ? " " : "", name != NULL ? name : "", guess);
    }
}

/* The next word of @args that is no option; it becomes the first argument. */
static gboolean
next_word (RufCliOptions   *options,
           char          ***args,
           const char     **word,
           GError         **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_strict_posix (context, TRUE);
  if (!ruf_cli_options_parse (options, context, NULL, args, error))
    return FALSE;

  *word = (*args)[0] != NULL ? (*args)[1] : NULL;

  return TRUE;
}

/* Drops the program's name, so that the word behind it takes its place. */
static void
shift (char ***args)
{
  g_autofree char *first = (*args)[0];

  memmove (*args, *args + 1, g_strv_length (*args) * sizeof **args);
}

static void
tell_error (const RufCliVerb  *verb,
            const GError      *cause,
            GError           **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _("Cancelled. What was not finished is not there."));
  else if (cause->domain == G_OPTION_ERROR)
    g_set_error (error, cause->domain, cause->code, "%s%s%s: %s", verb->noun,
                 verb->name ? " " : "", verb->name ? verb->name : "", cause->message);
  else
    g_propagate_error (error, g_error_copy (cause));
}

/* Exit code 3 goes with an error, too: where the work broke off half-way. */
static int
run_verb (const RufCliVerb  *verb,
          RufCliOptions     *options,
          char             **args,
          RufCliOutput      *output,
          GError           **error)
{
  g_autoptr (RufCliCall) call = ruf_cli_call_new (verb, options, args, output);
  g_autoptr (GError) local_error = NULL;
  int status;

  ruf_cli_call_run (call, &local_error);
  if (ruf_cli_call_get_partial (call))
    status = EXIT_PARTIAL;
  else if (local_error == NULL)
    status = EXIT_DONE;
  else
    status = ruf_cli_error_is_usage (local_error) ? EXIT_USAGE : EXIT_FAILED;

  if (local_error != NULL)
    tell_error (verb, local_error, error);

  return status;
}

/* Reads the global options and the verb. @verb: NULL where only help was asked for. */
static gboolean
find_verb (RufCliOptions     *options,
           char            ***args,
           const RufCliVerb **verb,
           GError           **error)
{
  const char *noun;
  const char *name = NULL;

  if (!next_word (options, args, &noun, error))
    return FALSE;

  if (options->version)
    {
      printf ("rundruf-cli %s\n", RUF_VERSION);
      return TRUE;
    }

  if (noun != NULL && ruf_cli_verbs_has_noun (noun))
    {
      shift (args);
      noun = (*args)[0];
      *verb = ruf_cli_verbs_find (noun, NULL);
      if (*verb != NULL)
        return TRUE;

      if (!next_word (options, args, &name, error))
        return FALSE;
      noun = (*args)[0];
    }

  if (name == NULL && options->help)
    {
      print_help (noun != NULL && ruf_cli_verbs_has_noun (noun) ? noun : NULL);
      return TRUE;
    }

  *verb = noun != NULL ? ruf_cli_verbs_find (noun, name) : NULL;
  if (*verb != NULL)
    {
      shift (args);
      return TRUE;
    }

  if (name == NULL && noun != NULL && !ruf_cli_verbs_has_noun (noun))
    name = (*args)[1] != NULL ? (*args)[2] : NULL;
  set_no_verb_error (noun, name, error);
  return FALSE;
}

static int
report (RufCliOutput *output,
        GError       *error,
        int           status)
{
  if (error != NULL)
    ruf_cli_output_error (output, error);

  if (!ruf_cli_output_finish (output))
    {
      fprintf (stderr, "rundruf-cli: %s\n", _("The answer could not be written to the end."));
      status = EXIT_FAILED;
    }

  return status;
}

static gboolean
asks_for (char       **args,
          const char  *option)
{
  for (guint i = 1; args[i] != NULL && !g_str_equal (args[i], "--"); i++)
    if (g_str_equal (args[i], option))
      return TRUE;

  return FALSE;
}

/**
 * ruf_cli_run:
 * @argc: number of arguments
 * @argv: arguments, the first one is the program
 *
 * Runs one call of the program.
 *
 * Returns: its exit code
 */
int
ruf_cli_run (int    argc,
             char **argv)
{
  g_auto (GStrv) args = g_strdupv (argv);
  RufCliOptions options = { 0 };
  g_autoptr (RufCliOutput) output = NULL;
  g_autoptr (GError) error = NULL;
  const RufCliVerb *verb = NULL;
  gboolean speechless;
  int status;

  /* How errors are told is known before the options are understood. */
  speechless = asks_for (args, "--help") || asks_for (args, "-h") || asks_for (args, "--version");
  output = ruf_cli_output_new (!speechless && asks_for (args, "--json"),
                               asks_for (args, "--quiet") || asks_for (args, "-q"));

  status = find_verb (&options, &args, &verb, &error) ? EXIT_DONE : EXIT_USAGE;
  if (verb != NULL)
    status = run_verb (verb, &options, g_steal_pointer (&args), output, &error);

  status = report (output, error, status);
  g_free (options.db);
  g_free (options.now);

  return status;
}

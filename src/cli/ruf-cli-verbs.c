/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of verbs.
 */

#include "config.h"

#include "ruf-cli-verbs.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* What stands in the files: the columns keep their names in every language. */
#define CONTACTS_FILE N_( \
  "The file:\n" \
  "  A table (CSV) or vCards. The first row of a table names its columns:\n" \
  "    name, first_name, last_name, organisation, phone, email, tags, city, notes\n" \
  "  For consent, these as well, in every row that proves one:\n" \
  "    channel, purpose, consent_at, consent_source, consent_text\n" \
  "  German names do (Vorname, Handy, Kanal, Zweck, Einwilligung am, Quelle, Wortlaut),\n" \
  "  and those of Google and Outlook; --map takes any other.")
#define MESSAGES_FILE N_( \
  "The file:\n" \
  "  A table (CSV); its first row names the columns:\n" \
  "    message_id   the number by which receipts name the message\n" \
  "    campaign     what it belonged to\n" \
  "    phone        to whom it went\n" \
  "    exported_at  when, for example 2026-11-26T10:00:00+01:00")
#define RECEIPTS_FILE N_( \
  "The file:\n" \
  "  A table (CSV) whose first row names the columns, or JSON Lines with these keys:\n" \
  "    message_id   the number that the message had when it was handed over\n" \
  "    status       sent, delivered, read or failed\n" \
  "    at           when, for example 2026-11-26T09:00:42Z\n" \
  "    error_code   why it failed; the column may be missing")
#define REPLIES_FILE N_( \
  "The file:\n" \
  "  A table (CSV); its first row names the columns:\n" \
  "    message_id   a number of the answer, so that it counts once\n" \
  "    from         who wrote: a phone number or an e-mail address\n" \
  "    at           when, for example 2026-11-26T09:00:42Z\n" \
  "    channel      whatsapp, telegram, sms, email or signal\n" \
  "    text         what was written")
#define REACH_FILE N_( \
  "The file:\n" \
  "  As Meta Business Suite exports it, in English or German:\n" \
  "    Insights, Content, Export      one row a post\n" \
  "    Insights, Results, Export      one row a day")

static const RufCliVerb verbs[] = {
  { "contacts", "import", N_("FILE…"), 1, RUF_CLI_ANY_WORDS,
    N_("Brings contacts in from CSV files and vCards."),
    "rundruf-cli contacts import kunden.csv --region DE --rejects rejects.csv",
    ruf_cli_contacts_import, .file = CONTACTS_FILE, .makes_db = TRUE },
  { "contacts", "list", NULL, 0, 0,
    N_("Lists people with their addresses, tags and consents."),
    "rundruf-cli contacts list --segment 'tag:stamm and consent:whatsapp/weekly-offer'",
    ruf_cli_contacts_list },
  { "contacts", "export", N_("FILE.csv"), 1, 1,
    N_("Writes people to a CSV file."),
    "rundruf-cli contacts export kunden.csv --profile human",
    ruf_cli_contacts_export },
  { "contacts", "access", N_("PERSON"), 1, 1,
    N_("Writes everything that is stored on one person: JSON, CSV and PDF."),
    "rundruf-cli contacts access +491713920000 --output anna",
    ruf_cli_contacts_access },
  { "contacts", "imports", NULL, 0, 0,
    N_("Lists the files that contacts came from."),
    "rundruf-cli contacts imports",
    ruf_cli_contacts_imports },
  { "contacts", "undo", N_("IMPORT"), 1, 1,
    N_("Takes one import back; opt-outs recorded since then stay."),
    "rundruf-cli contacts undo 3",
    ruf_cli_contacts_undo },
  { "contacts", "forget", N_("PERSON"), 1, 1,
    N_("Erases somebody for good; keeps only the keyed hash on the suppression list."),
    "rundruf-cli contacts forget +491713920000 --dry-run",
    ruf_cli_contacts_forget },

  { "consent", "record", N_("ADDRESS"), 1, 1,
    N_("Records that a person agreed to messages for one purpose."),
    "rundruf-cli consent record '+49 171 3920000' --channel whatsapp --purpose weekly-offer "
    "--method paper_form --at 2026-11-20T10:15 --source 'Zettel 12' --wording form.txt",
    ruf_cli_consent_record, .makes_db = TRUE },
  { "consent", "withdraw", N_("ADDRESS"), 1, 1,
    N_("Records that a person wants no more messages, and takes waiting ones out."),
    "rundruf-cli consent withdraw +491713920000 --channel whatsapp",
    ruf_cli_consent_withdraw },
  { "consent", "log", N_("ADDRESS"), 1, 1,
    N_("Shows all that was recorded for one address."),
    "rundruf-cli consent log +491713920000",
    ruf_cli_consent_log },
  { "consent", "verify", NULL, 0, 0,
    N_("Checks the hash chain of all consent events."),
    "rundruf-cli consent verify",
    ruf_cli_consent_verify },
  { "consent", "proof", N_("PERSON"), 1, 1,
    N_("Prints what one person agreed to, with every wording and the check of the log."),
    "rundruf-cli consent proof +491713920000 --output proof.pdf",
    ruf_cli_consent_proof },

  { "message", "save", N_("NAME"), 1, 1,
    N_("Saves a message; a changed text becomes a new version."),
    "rundruf-cli message save Rouladen --channel whatsapp --body text.txt",
    ruf_cli_message_save, .makes_db = TRUE },
  { "message", "list", NULL, 0, 0,
    N_("Lists the messages."),
    "rundruf-cli message list",
    ruf_cli_message_list },
  { "message", "render", N_("NAME"), 1, 1,
    N_("Shows a message as one person gets it."),
    "rundruf-cli message render Rouladen --contact +491713920000",
    ruf_cli_message_render },
  { "message", "measure", NULL, 0, 0,
    N_("Counts a text as the channel counts it."),
    "rundruf-cli message measure --channel sms --text 'Heute: Linsen 6,50 €'",
    ruf_cli_message_measure },

  { "campaign", "save", N_("NAME"), 1, 1,
    N_("Saves a campaign: which message goes to whom, and when."),
    "rundruf-cli campaign save KW48 --message Rouladen --channel whatsapp "
    "--purpose weekly-offer --at 2026-11-26T10:00 --not-after 2026-11-28T18:00",
    ruf_cli_campaign_save },
  { "campaign", "list", NULL, 0, 0,
    N_("Lists the campaigns, latest first."),
    "rundruf-cli campaign list",
    ruf_cli_campaign_list },
  { "campaign", "plan", N_("NAME"), 1, 1,
    N_("Freezes the next run: who gets the message, and who is left out and why."),
    "rundruf-cli campaign plan KW48",
    ruf_cli_campaign_plan },

  { "run", "list", NULL, 0, 0,
    N_("Lists the runs with their counts, latest first."),
    "rundruf-cli run list",
    ruf_cli_run_list },
  { "run", "people", N_("RUN"), 1, 1,
    N_("Lists the people behind the counts of a run."),
    "rundruf-cli run people 7 --reason opted-out",
    ruf_cli_run_people },
  { "run", "import", N_("FILE"), 1, 1,
    N_("Takes messages in that were sent elsewhere, so that receipts find them."),
    "rundruf-cli run import messages.csv",
    ruf_cli_run_import, .file = MESSAGES_FILE, .makes_db = TRUE },
  { "run", "export", N_("RUN"), 1, 1,
    N_("Hands a run over as a file."),
    "rundruf-cli run export 7 --format jsonl --output batch.jsonl",
    ruf_cli_run_export },
  { "run", "send", N_("RUN"), 1, 1,
    N_("Sends a run until nothing waits that may go now."),
    "rundruf-cli run send 7 --backend practice",
    ruf_cli_run_send },
  { "run", "status", N_("RUN"), 1, 1,
    N_("Shows how far a run is."),
    "rundruf-cli run status 7",
    ruf_cli_run_status },
  { "run", "pause", N_("RUN"), 1, 1,
    N_("Holds a run; what has left has left."),
    "rundruf-cli run pause 7",
    ruf_cli_run_pause },
  { "run", "resume", N_("RUN"), 1, 1,
    N_("Lets a run that was held go on with the next send."),
    "rundruf-cli run resume 7",
    ruf_cli_run_resume },
  { "run", "cancel", N_("RUN"), 1, 1,
    N_("Takes everything back that still waits, and ends the run."),
    "rundruf-cli run cancel 7",
    ruf_cli_run_cancel },

  { "backend", "add", N_("NAME"), 1, 1,
    N_("Adds a way by which messages leave, or changes its settings."),
    "rundruf-cli backend add practice --type sandbox --set url=http://127.0.0.1:8080",
    ruf_cli_backend_add, .makes_db = TRUE },
  { "backend", "list", NULL, 0, 0,
    N_("Lists the backends with their settings and risks."),
    "rundruf-cli backend list",
    ruf_cli_backend_list },
  { "backend", "test", N_("NAME"), 1, 1,
    N_("Asks a backend whether it is ready."),
    "rundruf-cli backend test practice",
    ruf_cli_backend_test },

  { "receipts", "import", N_("FILE"), 1, 1,
    N_("Takes delivery receipts in from a file."),
    "rundruf-cli receipts import receipts.csv",
    ruf_cli_receipts_import, .file = RECEIPTS_FILE, .makes_db = TRUE },
  { "receipts", "collect", NULL, 0, 0,
    N_("Fetches delivery receipts from a backend."),
    "rundruf-cli receipts collect --backend practice",
    ruf_cli_receipts_collect },

  { "replies", "import", N_("FILE"), 1, 1,
    N_("Takes replies in: STOP, START and the rest."),
    "rundruf-cli replies import replies.csv",
    ruf_cli_replies_import, .file = REPLIES_FILE, .makes_db = TRUE },
  { "replies", "list", NULL, 0, 0,
    N_("Shows what people answered, and what waits to be read."),
    "rundruf-cli replies list --review",
    ruf_cli_replies_list },
  { "replies", "settle", N_("NUMBER"), 1, 1,
    N_("Says what an answer is; until then its person gets nothing on that channel."),
    "rundruf-cli replies settle 12 --as stop",
    ruf_cli_replies_settle },

  { "reach", "import", N_("FILE…"), 1, RUF_CLI_ANY_WORDS,
    N_("Takes exports of Facebook's insights in."),
    "rundruf-cli reach import posts.csv viewers.csv",
    ruf_cli_reach_import, .file = REACH_FILE, .makes_db = TRUE },
  { "reach", "report", NULL, 0, 0,
    N_("Shows the reach of Facebook and of messages side by side."),
    "rundruf-cli reach report --from 2026-10-01 --to 2026-10-31",
    ruf_cli_reach_report },
  { "reach", "chart", N_("NAME"), 1, 1,
    N_("Draws a chart to a file; “compare” sets Facebook beside messages per week."),
    "rundruf-cli reach chart compare --output reach.svg",
    ruf_cli_reach_chart },

  { "poster", NULL, NULL, 0, 0,
    N_("Prints a poster or a table card by which people agree, with a QR code."),
    "rundruf-cli poster --channel whatsapp --purpose weekly-offer --number '+49 171 3920000' "
    "--shop 'Metzgerei Huber, Bonn' --output poster.pdf",
    ruf_cli_poster, .makes_db = TRUE },

  { "backup", NULL, N_("FILE"), 1, 1,
    N_("Writes a consistent copy of the database."),
    "rundruf-cli backup rundruf-2026-11-23.db",
    ruf_cli_backup },
  { "restore", NULL, N_("FILE"), 1, 1,
    N_("Puts a copy in the place of the database, after checking it."),
    "rundruf-cli restore rundruf-2026-11-23.db",
    ruf_cli_restore },
  { "check", NULL, NULL, 0, 0,
    N_("Checks the database: its file, the consent chain and all counts."),
    "rundruf-cli check",
    ruf_cli_check },
  { "demo", NULL, N_("DIR"), 1, 1,
    N_("Shows the sample shop, from import to chart, in a folder of its own."),
    "rundruf-cli demo ~/rundruf-demo",
    ruf_cli_demo },
  { NULL },
};

/**
 * ruf_cli_verbs_get:
 *
 * Returns: (transfer none): the table
 */
const RufCliVerb *
ruf_cli_verbs_get (void)
{
  return verbs;
}

/**
 * ruf_cli_verbs_find:
 * @noun: first word of the call
 * @name: (nullable): second word
 *
 * Returns: (nullable) (transfer none): the verb, or %NULL where there is none
 */
const RufCliVerb *
ruf_cli_verbs_find (const char *noun,
                    const char *name)
{
  for (const RufCliVerb *verb = verbs; verb->noun != NULL; verb++)
    if (g_str_equal (verb->noun, noun) && g_strcmp0 (verb->name, name) == 0)
      return verb;

  return NULL;
}

/**
 * ruf_cli_verbs_has_noun:
 * @noun: first word of the call
 *
 * Returns: %TRUE where some verb begins with it
 */
gboolean
ruf_cli_verbs_has_noun (const char *noun)
{
  for (const RufCliVerb *verb = verbs; verb->noun != NULL; verb++)
    if (g_str_equal (verb->noun, noun))
      return TRUE;

  return FALSE;
}

/* Levenshtein's distance in bytes: good enough for words that are ASCII. */
static guint
distance (const char *a,
          const char *b)
{
  gsize length = strlen (b);
  g_autofree guint *row = g_new (guint, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = j;

  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= length; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (row[j], row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
          diagonal = above;
        }
    }

  return row[length];
}

static char *
name_verb (const RufCliVerb *verb)
{
  return verb->name != NULL ? g_strconcat (verb->noun, " ", verb->name, NULL)
                            : g_strdup (verb->noun);
}

/**
 * ruf_cli_verbs_guess:
 * @noun: first word of the call
 * @name: (nullable): second word
 *
 * Finds the verb that is spelled most like the one that does not exist.
 *
 * Returns: (transfer full): that verb, as it is typed
 */
char *
ruf_cli_verbs_guess (const char *noun,
                     const char *name)
{
  g_autofree char *wanted = g_strndup (noun, 40);
  g_autofree char *best = NULL;
  guint best_distance = G_MAXUINT;

  if (name != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s %.40s", wanted, name);

      g_free (g_steal_pointer (&wanted));
      wanted = g_steal_pointer (&both);
    }

  for (const RufCliVerb *verb = verbs; verb->noun != NULL; verb++)
    {
      g_autofree char *candidate = name_verb (verb);
      guint apart = MIN (distance (wanted, candidate), distance (noun, candidate));

      if (apart < best_distance)
        {
          best_distance = apart;
          g_free (best);
          best = g_steal_pointer (&candidate);
        }
    }

  return g_steal_pointer (&best);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Is the database what it should be? The file's own integrity, the chain of the consent log,
 * the states that follow from it, and the invariants I1–I8 as far as stored data can show
 * them. I5 is about two imports, not about one state: tests show it.
 */

#include "config.h"

#include "ruf-check.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-refold.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-outbox-row.h"
#include "ruf-step.h"

/* What somebody does about a finding. Only where the file was damaged or altered does a backup
 * help: no backup takes a message back. */
#define RESTORE N_("The file was damaged or changed by another program: put a backup back with " \
                   "“rundruf-cli restore”.")
#define REPORT N_("The file is whole, and no backup takes a message back: ask these people's " \
                  "pardon, and report the mistake to the makers of Rundruf.")
#define PLAN_AGAIN N_("They get nothing all the same, for sending asks again. Plan the campaign " \
                      "again, or cancel the run.")

/* A rule that one SELECT judges: how many break it, and the number of the first. */
typedef struct
{
  const char *sql;
  const char *sentence;    /* translatable */
  const char *advice;      /* translatable */
} Rule;

static const Rule rules[] = {
  { "SELECT count (*), min (run_id) FROM (SELECT run_id FROM outbox"
    " WHERE point_id IS NOT NULL GROUP BY point_id, run_id HAVING count (*) > 1)",
    N_("I2: The outbox holds two rows of one run for the same address."), RESTORE },
  { "SELECT count (*), min (o.run_id) FROM outbox o JOIN runs r ON r.id = o.run_id"
    " WHERE o.status IN ('delivered', 'read') AND NOT EXISTS (SELECT 1 FROM receipts x"
    "  WHERE x.message_id = " RUF_OUTBOX_MESSAGE_ID " AND x.status = o.status)",
    N_("I3: Rows of the outbox count as delivered or read without a receipt."), RESTORE },
  { "SELECT count (*), min (o.run_id) FROM outbox o LEFT JOIN attempts a ON a.id = o.attempt_id"
    " WHERE o.status = 'sending' AND (a.id IS NULL OR a.outcome IS NOT NULL)",
    N_("I4: Rows of the outbox count as being sent without an attempt under way."), RESTORE },
  { "SELECT count (*), min (run_id) FROM ("
    " SELECT run_id FROM (SELECT run_id, status, n FROM run_counts WHERE n <> 0"
    "  EXCEPT SELECT run_id, status, count (*) FROM outbox GROUP BY run_id, status) UNION"
    " SELECT run_id FROM (SELECT run_id, status, count (*) AS n FROM outbox GROUP BY run_id, status"
    "  EXCEPT SELECT run_id, status, n FROM run_counts))",
    N_("I6: The stored figures of runs differ from their rows."), RESTORE },
  { "SELECT count (*), min (o.run_id) FROM outbox o JOIN runs r ON r.id = o.run_id"
    " WHERE o.status = 'queued' AND EXISTS (SELECT 1 FROM consent_states s"
    "  WHERE s.point_id = o.point_id AND s.channel = r.channel AND s.purpose IN (r.purpose, '*')"
    "  AND s.status IN ('withdrawn', 'suppressed')) AND NOT EXISTS (SELECT 1 FROM consent_states t"
    "  WHERE t.point_id = o.point_id AND t.channel = r.channel AND t.purpose = r.purpose"
    "  AND t.status = 'active')",
    N_("I7: Rows of the outbox wait for people who have opted out."), PLAN_AGAIN },
  { "SELECT count (*), min (r.id) FROM runs r WHERE r.planned <>"
    " (SELECT coalesce (sum (n), 0) FROM run_counts c WHERE c.run_id = r.id)",
    N_("I8: The planned number of runs is not the sum of their rows."), RESTORE },
};

static const Rule search_rule =
  { "SELECT count (*), min (id) FROM people"
    " WHERE id NOT IN (SELECT id FROM people_search_docsize)",
    N_("The search does not know some people."), RESTORE };

/* The first is named by its run where it has one: that is a number that people see. */
static void
add_counted (GPtrArray  *problems,
             const char *sentence,
             const char *advice,
             gboolean    of_run,
             gint64      n,
             gint64      first)
{
  g_autofree char *numbers = NULL;

  if (n == 0)
    return;

  /* Translators: cases of a fault that the sentence before names. */
  numbers = g_strdup_printf (of_run ? _("Cases: %lld. The first is in run %lld.")
                                    : _("Cases: %lld. The first has the number %lld."),
                             (long long) n, (long long) first);
  g_ptr_array_add (problems, g_strdup_printf ("%s %s %s", _(sentence), numbers, _(advice)));
}

/* Rows of a PRAGMA that are problems themselves; @fine is the word for none. */
static gboolean
check_pragma (RufDb       *db,
              const char  *sql,
              const char  *fine,
              const char  *sentence,
              GPtrArray   *problems,
              GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, sql, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (ruf_stmt_step (stmt, &local))
    if (g_strcmp0 (ruf_stmt_get_text (stmt, 0), fine) != 0)
      g_ptr_array_add (problems, g_strdup_printf ("%s (%s)", _(sentence),
                                                  ruf_stmt_get_text (stmt, 0)));
  return ruf_step_ended (local, error);
}

static gboolean
check_chain (RufDb         *db,
             GCancellable  *cancellable,
             GPtrArray     *problems,
             GError       **error)
{
  RufChainReport report;

  if (!ruf_consent_table_verify (db, cancellable, &report, error))
    return FALSE;
  if (report.problem != NULL)
    g_ptr_array_add (problems, g_strdup_printf ("%s %s", report.problem, _(RESTORE)));
  g_free (report.problem);
  return TRUE;
}

static gboolean
check_consent (RufDb      *db,
               GPtrArray  *problems,
               GError    **error)
{
  gint64 n, first;

  if (!ruf_consent_refold_states (db, &n, &first, error))
    return FALSE;
  add_counted (problems, N_("The stored states of consent are not what the log says."), RESTORE,
               FALSE, n, first);

  if (!ruf_consent_refold_outbox (db, &n, &first, error))
    return FALSE;
  add_counted (problems, N_("I1: Messages left without a consent that was valid at that moment."),
               REPORT, TRUE, n, first);
  return TRUE;
}

static gboolean
check_rule (RufDb       *db,
            const Rule  *rule,
            gboolean     of_run,
            GPtrArray   *problems,
            GError     **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, rule->sql, error);
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;
  if (ruf_stmt_step (stmt, &local))
    add_counted (problems, rule->sentence, rule->advice, of_run,
                 ruf_stmt_get_int (stmt, 0), ruf_stmt_get_int (stmt, 1));
  return ruf_step_ended (local, error);
}

static gboolean
check_rules (RufDb      *db,
             GPtrArray  *problems,
             GError    **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!check_rule (db, &rules[i], TRUE, problems, error))
      return FALSE;
  return check_rule (db, &search_rule, FALSE, problems, error);
}

static gboolean
check_everything (RufDb         *db,
                  GCancellable  *cancellable,
                  GPtrArray     *problems,
                  GError       **error)
{
  return check_pragma (db, "PRAGMA integrity_check (20)", "ok",
                       N_("The database file is damaged. Restore a backup."), problems, error) &&
         check_pragma (db, "PRAGMA foreign_key_check", NULL,
                       N_("Rows of a table point to rows that are gone. Restore a backup."),
                       problems, error) &&
         check_chain (db, cancellable, problems, error) &&
         check_consent (db, problems, error) &&
         check_rules (db, problems, error);
}

/**
 * ruf_check_run:
 * @db: a connection
 * @cancellable: (nullable): what may end it
 * @error: return location
 *
 * Checks the file's integrity, the hash chain of the consent log, the states that follow from
 * it, and the invariants I1–I8.
 *
 * Returns: (transfer full) (element-type utf8): problems as sentences for people, each with
 *   what to do about it, none in health; %NULL where it could not be checked
 */
GPtrArray *
ruf_check_run (RufDb         *db,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  GError *local = NULL;

  if (check_everything (db, cancellable, problems, &local))
    return g_steal_pointer (&problems);

  /* So damaged that it cannot be read to the end: that is an answer too. */
  if (!g_error_matches (local, RUF_ERROR, RUF_ERROR_DAMAGED))
    {
      g_propagate_error (error, local);
      return NULL;
    }
  g_ptr_array_add (problems, g_strdup (local->message));
  g_error_free (local);
  return g_steal_pointer (&problems);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for records of the store. */

#include "config.h"

#include "ruf-record-words.h"

#include <glib/gi18n-lib.h>

#include "ruf-words.h"

static const char * const run_states[] = {
  [RUF_RUN_PLANNED] = N_("planned"),
  [RUF_RUN_SENDING] = N_("sending"),
  [RUF_RUN_PAUSED] = N_("paused"),
  [RUF_RUN_DONE] = N_("done"),
  [RUF_RUN_CANCELLED] = N_("cancelled"),
  [RUF_RUN_PAST] = N_("sent elsewhere"),
};

/**
 * ruf_record_words_run_state:
 * @state: of a run
 *
 * Returns: the same in words, translated
 */
const char *
ruf_record_words_run_state (RufRunState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (run_states), NULL);

  return _(run_states[state]);
}

/**
 * ruf_record_words_mark:
 * @mark: what somebody agreed to
 * @zone: where the user is
 *
 * Returns: (transfer full): "Weekly offers on WhatsApp: agreed, 2 January 2026, E1"
 */
char *
ruf_record_words_mark (const RufConsentMark *mark,
                       GTimeZone            *zone)
{
  g_autofree char *stream = ruf_words_stream (mark->channel, mark->purpose);
  g_autofree char *day = NULL;

  if (mark->since == 0)
    /* Translators: "Weekly offers on WhatsApp: not proven (E0)" */
    return g_strdup_printf (_("%s: %s (%s)"), stream, ruf_words_consent_status (mark->status),
                            ruf_evidence_level_to_string (mark->level));

  day = ruf_words_day (mark->since, zone);
  /* Translators: "Weekly offers on WhatsApp: agreed, 2 January 2026 (E1)" */
  return g_strdup_printf (_("%s: %s, %s (%s)"), stream, ruf_words_consent_status (mark->status),
                          day, ruf_evidence_level_to_string (mark->level));
}

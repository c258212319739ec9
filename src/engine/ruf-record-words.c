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
 * Returns: (transfer full): "WhatsApp, Weekly offers: agreed on a list or on paper,
 *   2 January 2026"
 */
char *
ruf_record_words_mark (const RufConsentMark *mark,
                       GTimeZone            *zone)
{
  const char *channel = ruf_words_channel (mark->channel);
  const char *purpose = ruf_words_purpose (mark->purpose);
  const char *state = ruf_words_consent (mark->status, mark->level);
  g_autofree char *day = NULL;

  if (mark->since == 0)
    /* Translators: "WhatsApp, Weekly offers: no proof, may not be written to" */
    return g_strdup_printf (_("%s, %s: %s"), channel, purpose, state);

  day = ruf_words_day (mark->since, zone);
  /* Translators: "WhatsApp, Weekly offers: agreed on a list or on paper, 2 January 2026" */
  return g_strdup_printf (_("%s, %s: %s, %s"), channel, purpose, state, day);
}

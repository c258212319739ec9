/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Words for whoever is handed a page: a customer, an authority, a court. The window says "by
 * you" to the one who sits before it; here that one is "the sender". */

#include "config.h"

#include "ruf-document-words.h"

#include <glib/gi18n-lib.h>

#include "ruf-words.h"

static const char * const levels[] = {
  [RUF_EVIDENCE_E0] = N_("E0: no evidence; nothing may be sent"),
  [RUF_EVIDENCE_E1] = N_("E1: documented by the sender, with time, source and the wording shown"),
  [RUF_EVIDENCE_E2] = N_("E2: the person wrote on this channel"),
  [RUF_EVIDENCE_E3] = N_("E3: the person confirmed it on this channel"),
};

/**
 * ruf_document_words_method:
 * @method: how something came into the log
 *
 * Returns: the same in words, translated
 */
const char *
ruf_document_words_method (RufConsentMethod method)
{
  return method == RUF_CONSENT_METHOD_OPERATOR ? _("entered by the sender")
                                               : ruf_words_method (method);
}

/**
 * ruf_document_words_level:
 * @level: an evidence level
 *
 * Returns: the level and what it means, translated
 */
const char *
ruf_document_words_level (RufEvidenceLevel level)
{
  g_return_val_if_fail ((guint) level < G_N_ELEMENTS (levels), NULL);

  return _(levels[level]);
}

/**
 * ruf_document_words_exclude:
 * @reason: why somebody got no message
 *
 * Returns: the same in words, translated
 */
const char *
ruf_document_words_exclude (RufExcludeReason reason)
{
  return reason == RUF_EXCLUDE_CANCELLED ? _("taken back by the sender")
                                         : ruf_words_exclude (reason);
}

/**
 * ruf_document_words_when:
 * @event: an entry of the log
 * @zone: where the reader is
 *
 * Says when it happened: to the second, and beside it what a list or form said.
 *
 * Returns: (transfer full): the words
 */
char *
ruf_document_words_when (const RufConsentEvent *event,
                         GTimeZone             *zone)
{
  g_autofree char *moment = NULL;

  if (event->occurred_at == 0 && event->occurred_text == NULL)
    return g_strdup (_("time not stated"));
  if (event->occurred_at == 0)
    /* Translators: a time that is no time, as a list says it */
    return g_strdup_printf (_("time not clear (stated as “%s”)"), event->occurred_text);

  moment = ruf_words_exact_moment (event->occurred_at, zone);
  if (event->occurred_text == NULL)
    return g_steal_pointer (&moment);

  /* Translators: "3 May 2026, 10:05:00 +02:00 (stated as “3.5.2026 10:05”)" */
  return g_strdup_printf (_("%s (stated as “%s”)"), moment, event->occurred_text);
}

/**
 * ruf_document_words_how:
 * @event: an entry of the log
 *
 * Returns: (transfer full): way and source: "paper form: counter, slip 12"
 */
char *
ruf_document_words_how (const RufConsentEvent *event)
{
  const char *method = ruf_document_words_method (event->method);

  if (event->source == NULL)
    return g_strdup (method);

  /* Translators: way and source: "paper form: counter, slip 12" */
  return g_strdup_printf (_("%s: %s"), method, event->source);
}

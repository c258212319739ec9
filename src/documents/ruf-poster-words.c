/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a poster says. Somebody who agrees must know to whom, to what, how often and how to end
 * it (BGH 14.03.2017, VI ZR 721/15; Art. 7(3) GDPR), so all of it stands there. */

#include "config.h"

#include "ruf-poster-words.h"

#include <glib/gi18n-lib.h>

#include "ruf-words.h"

static const struct
{
  const char *purpose;
  const char *words;
} promises[] = {
  { "weekly-offer", N_("Once a week we send you our offers.") },
  { "news", N_("We write when there is something new, at most once a week.") },
  { "story", N_("We send you our story in instalments, until it is told.") },
  { "live", N_("We write while it happens, and stop when it is over.") },
  { "service", N_("We write only about your order or your contract.") },
};

static const char *
find_promise (const char *purpose)
{
  for (guint i = 0; i < G_N_ELEMENTS (promises); i++)
    if (g_str_equal (promises[i].purpose, purpose))
      return _(promises[i].words);
  return _("We write at most once a week.");
}

static char *
make_subline (RufChannel channel)
{
  if (channel == RUF_CHANNEL_EMAIL)
    return g_strdup (_("straight to your inbox, by e-mail"));

  /* Translators: %s is a messenger: "straight to your phone, by WhatsApp" */
  return g_strdup_printf (_("straight to your phone, by %s"), ruf_words_channel (channel));
}

static const char *
find_second_step (RufChannel channel)
{
  switch (channel)
    {
    case RUF_CHANNEL_TELEGRAM:
      return _("Press “Start” in Telegram");
    case RUF_CHANNEL_EMAIL:
      return _("Send the mail that is ready there");
    case RUF_CHANNEL_WHATSAPP:
    case RUF_CHANNEL_SMS:
    case RUF_CHANNEL_SIGNAL:
    default:
      return _("Send the message that is ready there");
    }
}

static char *
make_to_whom (const RufPoster *poster)
{
  if (poster->channel == RUF_CHANNEL_EMAIL)
    /* Translators: behind the words to write: "as the subject of a mail to post@example.org" */
    return g_strdup_printf (_("as the subject of a mail to %s"), poster->address);
  if (poster->channel == RUF_CHANNEL_TELEGRAM)
    /* Translators: behind the words to write: "in Telegram to @huber_bot" */
    return g_strdup_printf (_("in Telegram to %s"), poster->address);

  /* Translators: behind the words to write: "by WhatsApp to +49 171 3920000" */
  return g_strdup_printf (_("by %s to %s"), ruf_words_channel (poster->channel), poster->address);
}

static char *
make_wording (const RufPoster *poster)
{
  if (poster->wording != NULL)
    return g_strdup (poster->wording);

  /* Translators: who writes, what about, by which channel */
  return g_strdup_printf (_("With this message I agree that %s sends me messages about “%s” by %s. "
                            "I can take this back at any time by answering STOP. My address, my "
                            "message and its time are stored as proof. Ask us for our privacy "
                            "notice."),
                          poster->shop != NULL ? poster->shop : _("the business named above"),
                          ruf_words_purpose (poster->purpose),
                          ruf_words_channel (poster->channel));
}

/**
 * ruf_poster_words_init:
 * @self: (out caller-allocates): room for the words
 * @poster: what it is about
 *
 * Finds the words for a poster; free them with [func@poster_words_clear].
 */
void
ruf_poster_words_init (RufPosterWords  *self,
                       const RufPoster *poster)
{
  *self = (RufPosterWords) {
    .headline = g_strdup (poster->title != NULL ? poster->title
                                                : ruf_words_purpose (poster->purpose)),
    .subline = make_subline (poster->channel),
    .promise = g_strdup (find_promise (poster->purpose)),
    .steps = {
      g_strdup (_("Scan the code with your camera")),
      g_strdup (find_second_step (poster->channel)),
      g_strdup (_("That is all. Welcome!")),
    },
    .by_hand = g_strdup (_("No camera? Then write")),
    .to_whom = make_to_whom (poster),
    .stop = g_strdup (_("No more messages? Answer STOP at any time.")),
    .wording = make_wording (poster),
  };
}

/**
 * ruf_poster_words_clear:
 * @self: words
 *
 * Frees what they hold.
 */
void
ruf_poster_words_clear (RufPosterWords *self)
{
  g_free (self->headline);
  g_free (self->subline);
  g_free (self->promise);
  for (guint i = 0; i < RUF_POSTER_STEPS; i++)
    g_free (self->steps[i]);
  g_free (self->by_hand);
  g_free (self->to_whom);
  g_free (self->stop);
  g_free (self->wording);
}

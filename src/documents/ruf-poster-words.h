/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-poster.h"

G_BEGIN_DECLS

#define RUF_POSTER_STEPS 3

/* The words of a poster. Owned. */
typedef struct
{
  char *headline;                   /* "Weekly offers" */
  char *subline;                    /* "straight to your phone, by WhatsApp" */
  char *promise;                    /* what comes, and how often */
  char *steps[RUF_POSTER_STEPS];
  char *by_hand;                    /* the same without a camera, up to the message */
  char *to_whom;                    /* and behind it */
  char *stop;
  char *wording;
} RufPosterWords;

void ruf_poster_words_init  (RufPosterWords  *self,
                             const RufPoster *poster);
void ruf_poster_words_clear (RufPosterWords  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RufPosterWords, ruf_poster_words_clear)

G_END_DECLS

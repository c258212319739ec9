/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"

G_BEGIN_DECLS

typedef enum
{
  RUF_POSTER_A4,
  RUF_POSTER_A5,
  RUF_POSTER_CARD,   /* A5, folded across the middle: a face for each side of a table */
} RufPosterSize;

/**
 * RufPoster:
 * What an invitation to agree says. Borrowed strings.
 */
typedef struct
{
  RufPosterSize  size;
  RufChannel     channel;
  const char    *purpose;   /* key */
  const char    *title;     /* instead of the purpose's name, or NULL */
  const char    *shop;      /* who writes, or NULL: room for a stamp */
  const char    *message;   /* what people send: "Start Wochenangebote Q7F" */
  const char    *address;   /* to whom, as people type it: "+49 171 3920000", "@huber_bot" */
  const char    *link;      /* for the camera */
  const char    *source;    /* "Q7F" */
  const char    *wording;   /* what is agreed to, in full; NULL for the usual words */
  gint64         made_at;   /* UTC µs */
} RufPoster;

GBytes *ruf_poster_print (const RufPoster  *self,
                          GError          **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUF_REPLY_OTHER,
  RUF_REPLY_STOP,     /* withdraw at once */
  RUF_REPLY_START,    /* grant, E2 */
  RUF_REPLY_REVIEW,   /* a stop word inside a sentence: hold and show to a person */
} RufReplyKind;

typedef struct
{
  RufReplyKind kind;
  char        *purpose;   /* key where the text names a known one, else NULL = everything */
  char        *source;    /* source code behind START ("Q7F"), or NULL */
} RufReplyReading;

/* Reads a reply by the keyword rules; words of STOP and START in German and English,
 * alone, with a courtesy ("Stop bitte") or with a purpose ("Stop Wochenangebote"). */
void        ruf_reply_read          (const char      *text,
                                     RufReplyReading *out);
void        ruf_reply_reading_clear (RufReplyReading *self);
/* The word START and what follows it, NULL where it is none of the words. */
const char *ruf_reply_find_start    (const char      *text);
const char *ruf_reply_kind_to_string   (RufReplyKind     kind);   /* "stop" */
gboolean    ruf_reply_kind_from_string (const char      *text,
                                        RufReplyKind    *out);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"
#include "ruf-keyword.h"
#include "ruf-reject.h"

G_BEGIN_DECLS

/* What came in from a file or a backend. Free with ruf_intake_clear(). */
typedef struct
{
  guint      rows;
  guint      applied, stale, duplicate, unknown;       /* receipts */
  guint      opt_outs, opt_ins, other, review;         /* replies; @review is part of @other */
  guint      runs, messages, new_campaigns;            /* history */
  guint      rows_withdrawn;                           /* waiting rows taken out by opt-outs */
  GPtrArray *rejects;                                  /* RufReject */
} RufIntake;

void     ruf_intake_clear            (RufIntake *self);

/* Receipts: forward only, any order, twice is once. Error 131050 (stopped marketing messages)
 * and 130403 (blocked) are withdrawals. */
gboolean ruf_intake_receipts (RufContext    *context,
                              const char    *path,
                              RufIntake     *out,
                              GCancellable  *cancellable,
                              GError       **error);
/* One batch of receipts (RufReceipt) in the caller's transaction. */
gboolean ruf_intake_add_receipts (RufDb      *db,
                                  GPtrArray  *receipts,
                                  gint64      backend_id,
                                  gint64      now,
                                  RufIntake  *out,
                                  GError    **error);
gboolean ruf_intake_collect_from (RufContext    *context,
                                  RufBackend    *backend,
                                  gint64         backend_id,
                                  RufIntake     *out,
                                  GCancellable  *cancellable,
                                  GError       **error);
gboolean ruf_intake_collect (RufContext    *context,
                             const char    *backend,
                             RufIntake     *out,
                             GCancellable  *cancellable,
                             GError       **error);
/* STOP withdraws, START grants E2, the rest is kept; addresses nobody knows work too. */
gboolean ruf_intake_replies (RufContext    *context,
                             const char    *path,
                             RufIntake     *out,
                             GCancellable  *cancellable,
                             GError       **error);
/* The purpose of a START that names none. */
char    *ruf_intake_dup_start_purpose (RufDb   *db,
                                       GError **error);
/* History: messages handed over elsewhere. @channel, @purpose: of campaigns that are not known
 * yet, NULL = whatsapp, weekly-offer; a campaign that is known has its own. */
gboolean ruf_intake_past_messages (RufContext    *context,
                                   const char    *path,
                                   const char    *channel,
                                   const char    *purpose,
                                   RufIntake     *out,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* What somebody who has read a reply takes it for: STOP, START or OTHER. From then on its person
 * is not held for it any more. */
gboolean ruf_settle_reply (RufContext    *context,
                           gint64         id,
                           RufReplyKind   as,
                           gint64        *rows_withdrawn,
                           GError       **error);
/* For an Undo of OTHER: it waits to be read again. */
gboolean ruf_reopen_reply (RufContext  *context,
                           gint64       id,
                           GError     **error);

/* One click or one line by the user. @purpose: NULL = everything on the channel. */
gboolean ruf_record_consent (RufContext  *context,
                             const char  *address,
                             const char  *channel,
                             const char  *purpose,
                             const char  *method,
                             gint64       at,
                             const char  *source,
                             const char  *wording,
                             gint64      *seq,
                             int         *level,
                             GError     **error);
/* A file that shows the consent: its name and SHA-256 go into the log, the file stays where it
 * is. */
gboolean ruf_add_evidence (RufContext  *context,
                           const char  *address,
                           const char  *channel,
                           const char  *purpose,
                           const char  *path,
                           GError     **error);
/* @channel NULL = every channel of the address. @events: ids (char *). */
gboolean ruf_withdraw_consent (RufContext  *context,
                               const char  *address,
                               const char  *channel,
                               const char  *purpose,
                               const char  *text,
                               GPtrArray  **events,
                               gint64      *rows_withdrawn,
                               GError     **error);

G_END_DECLS

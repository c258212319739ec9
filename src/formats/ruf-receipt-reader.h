/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-message-status.h"
#include "ruf-reject.h"

G_BEGIN_DECLS

/* A delivery receipt. Owned strings. */
typedef struct
{
  guint            row;
  RufReject       *fault;       /* borrowed, of a doubtful one; else NULL */
  char            *message_id;
  RufMessageStatus status;      /* SENT, DELIVERED, READ or FAILED */
  gint64           at;          /* UTC µs; 0 in a doubtful one: could not be read */
  char            *error_code;  /* or NULL */
} RufReceipt;

void ruf_receipt_free (RufReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReceipt, ruf_receipt_free)

/* A reply of a person. Owned strings. */
typedef struct
{
  guint      row;
  RufReject *fault;      /* borrowed, of a doubtful one; else NULL */
  char      *message_id; /* "" only in a doubtful one */
  char      *from;       /* as written; international, with or without plus */
  gint64     at;         /* UTC µs; 0 in a doubtful one: could not be read */
  char      *channel;    /* "whatsapp" */
  char      *text;       /* may be "" */
} RufReply;

void ruf_reply_free (RufReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReply, ruf_reply_free)

/* A message that was handed over elsewhere (history). Owned strings. */
typedef struct
{
  guint      row;
  RufReject *fault;      /* NULL */
  char      *message_id;
  char      *campaign;
  char      *phone;
  gint64     exported_at;
} RufPastMessage;

void ruf_past_message_free (RufPastMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufPastMessage, ruf_past_message_free)

/**
 * RufRecordFile:
 * A receipts (CSV, JSON Lines), replies or messages file, read whole and in order;
 * rows that cannot be understood stand in @rejects with row and column. Those of them that
 * may still say that a person wants no more messages stand in @doubtful too.
 */
typedef struct
{
  char      *format;     /* "receipts-csv" "receipts-jsonl" "replies-csv" "messages-csv" */
  char      *encoding;
  GPtrArray *records;    /* RufReceipt, RufReply or RufPastMessage */
  GPtrArray *doubtful;   /* RufReceipt or RufReply */
  GPtrArray *rejects;    /* RufReject */
  guint      rows;
} RufRecordFile;

RufRecordFile *ruf_receipt_file_read (const char    *path,
                                      GTimeZone     *zone,
                                      GCancellable  *cancellable,
                                      GError       **error);
RufRecordFile *ruf_reply_file_read (const char    *path,
                                    GTimeZone     *zone,
                                    GCancellable  *cancellable,
                                    GError       **error);
RufRecordFile *ruf_past_message_file_read (const char    *path,
                                           GTimeZone     *zone,
                                           GCancellable  *cancellable,
                                           GError       **error);
void           ruf_record_file_free       (RufRecordFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufRecordFile, ruf_record_file_free)

G_END_DECLS

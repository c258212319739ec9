/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-campaign-table.h"
#include "ruf-channel.h"
#include "ruf-db.h"
#include "ruf-message-status.h"
#include "ruf-recipient.h"

G_BEGIN_DECLS

typedef enum
{
  RUF_RUN_PLANNED,     /* frozen, waiting for its time or for Send */
  RUF_RUN_SENDING,
  RUF_RUN_PAUSED,
  RUF_RUN_DONE,        /* nothing waits; see the counts */
  RUF_RUN_CANCELLED,
  RUF_RUN_PAST,        /* history: handed over elsewhere */
} RufRunState;

const char *ruf_run_state_to_string (RufRunState state);   /* "planned" */

/**
 * RufRun:
 * One frozen batch with its counts. Owned strings.
 * I8: planned = Σ counts over all statuses, at every moment.
 */
typedef struct
{
  gint64      id;
  gint64      campaign_id;
  gint64      message_version_id;  /* 0 for history */
  char       *title;
  char       *batch_id;            /* UUID, the backend's name for it */
  RufChannel  channel;
  char       *purpose;
  RufRunState state;
  gint64      planned_at;
  gint64      due_at;
  gint64      not_after;           /* 0 = none */
  gint64      finished_at;         /* 0 = not yet */
  char       *backend;             /* name of the last backend, or NULL */
  char       *problem;             /* why it stands still, for people, or NULL */
  gint64      planned;
  gint64      counts[RUF_N_MESSAGE_STATUSES];   /* rows in each status now */
} RufRun;

void     ruf_run_free            (RufRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufRun, ruf_run_free)

/* Rows that the backend took, whatever came after: SENT + DELIVERED + READ. */
gint64   ruf_run_get_sent        (const RufRun *self);
gint64   ruf_run_get_delivered   (const RufRun *self);   /* DELIVERED + READ */
gint64   ruf_run_get_ready       (const RufRun *self);   /* planned − EXCLUDED */
gint64   ruf_run_get_left        (const RufRun *self);   /* SENT + SENDING + UNKNOWN + FAILED */

typedef struct
{
  RufExcludeReason reason;
  gint64           count;
} RufExcludeCount;

/* Freezes the audience of @campaign_id as of @now: one row per person of the segment, each
 * queued or excluded with its reason; live consent decides, by the channel's floor.
 * A campaign whose run still waits is planned anew: the old run is replaced. */
gboolean ruf_outbox_table_plan (RufDb   *db,
                                gint64   campaign_id,
                                gint64   now,
                                gint64  *run_id,
                                GError **error);
/* The same counts without writing anything, for the plan sheet. */
gboolean ruf_outbox_table_preview (RufDb              *db,
                                   const RufCampaign  *campaign,
                                   gint64             *ready,
                                   GArray            **excluded,
                                   GError            **error);
/* RufRecipientId: who would be left out for @reason; NONE = who would get it. @limit: 0 = all. */
GArray *ruf_outbox_table_preview_people (RufDb              *db,
                                         const RufCampaign  *campaign,
                                         RufExcludeReason    reason,
                                         guint               limit,
                                         GError            **error);

RufRun *ruf_outbox_table_get_run (RufDb   *db,
                                  gint64   run_id,
                                  GError **error);
/* latest due first */
GPtrArray *ruf_outbox_table_list_runs (RufDb   *db,
                                       GError **error);
/* RufExcludeCount, most first */
GArray *ruf_outbox_table_get_excluded (RufDb   *db,
                                       gint64   run_id,
                                       GError **error);
gboolean ruf_outbox_table_set_state (RufDb        *db,
                                     gint64        run_id,
                                     RufRunState   state,
                                     const char   *problem,
                                     gint64        now,
                                     GError      **error);
/* Takes everything that waits out (EXCLUDED, cancelled) and ends the run. */
gboolean ruf_outbox_table_cancel (RufDb   *db,
                                  gint64   run_id,
                                  gint64   now,
                                  gint64  *rows,
                                  GError **error);
/* Undoes that for a run of which nothing has left. */
gboolean ruf_outbox_table_uncancel (RufDb   *db,
                                    gint64   run_id,
                                    gint64   now,
                                    GError **error);

/* One row for people and exports. Owned strings. */
typedef struct
{
  gint64            id;
  gint64            person_id;     /* 0 = forgotten or never known */
  gint64            point_id;
  char             *name;
  char             *address;
  RufMessageStatus  status;
  RufExcludeReason  reason;        /* for EXCLUDED */
  char             *error_code;    /* for FAILED */
  char             *message_id;    /* idempotency key of this message; NULL before it was claimed */
  gint64            changed_at;
} RufOutboxRow;

void       ruf_outbox_row_free       (RufOutboxRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufOutboxRow, ruf_outbox_row_free)
/* RufRecipientId; @reason: -1 = any, @error_code: NULL = any. */
GArray *ruf_outbox_table_list_people (RufDb             *db,
                                      gint64             run_id,
                                      RufMessageStatus   status,
                                      int                reason,
                                      const char        *error_code,
                                      GError           **error);

/* RufRecipientId: who gets it or got it. @limit: 0 = all. */
GArray *ruf_outbox_table_list_recipients (RufDb   *db,
                                          gint64   run_id,
                                          guint    limit,
                                          GError **error);

/* Owned string. */
typedef struct
{
  char   *error_code;       /* "" = none was told */
  gint64  count;
} RufFailureCount;

void       ruf_failure_count_free          (RufFailureCount *self);
/* RufFailureCount, most first */
GPtrArray *ruf_outbox_table_count_failures (RufDb   *db,
                                            gint64   run_id,
                                            GError **error);

/* @status and @reason: -1 = any. In order of name. */
typedef void (*RufOutboxRowFunc) (const RufOutboxRow *row, gpointer data);
gboolean   ruf_outbox_table_each_row (RufDb             *db,
                                      gint64             run_id,
                                      int                status,
                                      int                reason,
                                      guint              limit,
                                      guint              offset,
                                      RufOutboxRowFunc   func,
                                      gpointer           data,
                                      GError           **error);

/* Claims up to @limit waiting rows in the caller's transaction: consent, opt-outs and not-after
 * are checked again; rows that fail become EXCLUDED or EXPIRED; the others get their
 * message_id, an attempt with @idempotency_key is written, and they become SENDING (I1, I4).
 * @rows: RufOutboxRow. @attempt_id for _finish. Empty = nothing waits. */
gboolean ruf_outbox_table_claim (RufDb       *db,
                                 gint64       run_id,
                                 gint64       backend_id,
                                 const char  *idempotency_key,
                                 guint        limit,
                                 gint64       now,
                                 gint64      *attempt_id,
                                 GPtrArray  **rows,
                                 GError     **error);

typedef enum
{
  RUF_ATTEMPT_TAKEN,      /* rows → SENT, or FAILED for those in @refused */
  RUF_ATTEMPT_UNKNOWN,    /* rows → UNKNOWN */
  RUF_ATTEMPT_NOT_SENT,   /* nothing arrived: rows → QUEUED again */
} RufAttemptOutcome;

/* @refused: outbox id (gint64 by g_hash_table of GINT keys via g_int64_hash) → error code, or
 * NULL. */
gboolean ruf_outbox_table_finish_attempt (RufDb              *db,
                                          gint64              attempt_id,
                                          RufAttemptOutcome   outcome,
                                          GHashTable         *refused,
                                          gint64              now,
                                          GError            **error);

/* An attempt that was under way when the program ended. Owned strings. */
typedef struct
{
  gint64  id;
  gint64  run_id;
  gint64  backend_id;
  char   *idempotency_key;
} RufOpenAttempt;
void       ruf_open_attempt_free     (RufOpenAttempt *self);
/* Attempts without an outcome, or UNKNOWN ones, of a run: may be repeated under the same key by
 * an idempotent backend. */
GPtrArray *ruf_outbox_table_list_open_attempts (RufDb   *db,
                                                gint64   run_id,
                                                GError **error);
/* RufOutboxRow */
GPtrArray *ruf_outbox_table_list_attempt_rows (RufDb   *db,
                                               gint64   attempt_id,
                                               GError **error);
/* Does each of its people still consent, and is there still time? */
gboolean ruf_outbox_table_attempt_may_repeat (RufDb     *db,
                                              gint64     attempt_id,
                                              gint64     now,
                                              gboolean  *may,
                                              GError   **error);
/* At start: rows left in SENDING by a crash become UNKNOWN (I4). */
gboolean ruf_outbox_table_recover (RufDb   *db,
                                   gint64   now,
                                   gint64  *rows,
                                   GError **error);
gboolean ruf_outbox_table_recover_run (RufDb   *db,
                                       gint64   run_id,
                                       gint64   now,
                                       gint64  *rows,
                                       GError **error);
gboolean ruf_outbox_table_expire (RufDb   *db,
                                  gint64   run_id,
                                  gint64   now,
                                  gint64  *rows,
                                  GError **error);

/* One message on its way out and what it may say of its person. Borrowed until the next row. */
typedef struct
{
  gint64      id;
  const char *message_id;
  const char *address;
  const char *name;
  const char *first_name;
  const char *last_name;
  const char *organisation;
  const char *city;
} RufHandover;

typedef gboolean (*RufHandoverFunc) (const RufHandover *row, gpointer data, GError **error);
/* Those whom a plan would find ready; nothing need be stored. */
gboolean ruf_outbox_table_preview_each (RufDb              *db,
                                        const RufCampaign  *campaign,
                                        RufHandoverFunc     func,
                                        gpointer            data,
                                        GError            **error);
gboolean ruf_outbox_table_each_claimed (RufDb            *db,
                                        gint64            attempt_id,
                                        RufHandoverFunc   func,
                                        gpointer          data,
                                        GError          **error);
gboolean ruf_outbox_table_each_of_attempt (RufDb            *db,
                                           gint64            attempt_id,
                                           RufHandoverFunc   func,
                                           gpointer          data,
                                           GError          **error);
/* A batch that leaves as a file: everything that waits, by the rules of a claim, SENT with the commit.
 * @settled may be NULL: called once it is settled who may leave, before the rows move. */
typedef void (*RufSettledFunc) (gint64 left_out, gpointer data);
gboolean ruf_outbox_table_hand_over (RufDb           *db,
                                     gint64           run_id,
                                     const char      *key,
                                     gint64           now,
                                     RufSettledFunc   settled,
                                     gpointer         data,
                                     gint64          *attempt_id,
                                     gint64          *rows,
                                     GError         **error);
/* What waits; @ask: less those whose people do not consent now. */
gboolean ruf_outbox_table_each_waiting (RufDb            *db,
                                        gint64            run_id,
                                        gboolean          ask,
                                        RufHandoverFunc   func,
                                        gpointer          data,
                                        GError          **error);
gboolean ruf_outbox_table_was_handed_over (RufDb     *db,
                                           gint64     run_id,
                                           gboolean  *was,
                                           GError   **error);
gboolean ruf_outbox_table_each_handed_over (RufDb            *db,
                                            gint64            run_id,
                                            RufHandoverFunc   func,
                                            gpointer          data,
                                            GError          **error);
gboolean ruf_outbox_table_finish_hand_over (RufDb     *db,
                                            gint64     run_id,
                                            gint64     attempt_id,
                                            gboolean   in_place,
                                            gint64     now,
                                            GError   **error);

/* What the past messages of campaign @title are; FALSE in @known where it is new. */
gboolean ruf_outbox_table_find_past (RufDb       *db,
                                     const char  *title,
                                     gboolean    *known,
                                     RufChannel  *channel,
                                     char       **purpose,
                                     GError     **error);
/* History: a past message of campaign @title to @point_id. FALSE in @added where it is there. */
gboolean ruf_outbox_table_add_past (RufDb       *db,
                                    const char  *title,
                                    RufChannel   channel,
                                    const char  *purpose,
                                    const char  *message_id,
                                    gint64       point_id,
                                    gint64       sent_at,
                                    gboolean    *added,
                                    GError     **error);

typedef enum
{
  RUF_RECEIPT_APPLIED,
  RUF_RECEIPT_STALE,      /* kept, but the row is further already */
  RUF_RECEIPT_DUPLICATE,
  RUF_RECEIPT_UNKNOWN,    /* kept, no message of ours has this id (yet) */
} RufReceiptResult;

/* Appends the receipt and moves the row forward (I3); figures follow in the same transaction (I6).
 * @point_id: whose message it was, 0 = unknown. */
gboolean ruf_receipt_table_add (RufDb             *db,
                                const char        *message_id,
                                RufMessageStatus   status,
                                gint64             at,
                                const char        *error_code,
                                gint64             backend_id,
                                gint64             now,
                                RufReceiptResult  *result,
                                gint64            *point_id,
                                RufChannel        *channel,
                                GError           **error);

/* A failure that was reported for a message. Owned strings. */
typedef struct
{
  char   *error_code;
  gint64  at;
} RufFailure;
void       ruf_failure_free          (RufFailure *self);
/* Failures of one message with a code, oldest first (RufFailure). */
GPtrArray *ruf_receipt_table_list_failures (RufDb       *db,
                                            const char  *message_id,
                                            GError     **error);

typedef struct
{
  gint64   id;
  gint64   point_id;
  char    *address;
  char    *name;          /* or NULL */
  char    *channel;
  char    *text;
  gint64   at;
  int      kind;          /* RufReplyKind */
  gboolean handled;
} RufReplyRecord;
void       ruf_reply_record_free     (RufReplyRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReplyRecord, ruf_reply_record_free)
/* FALSE in @added where the message id is there already. */
gboolean ruf_reply_table_add (RufDb       *db,
                              const char  *message_id,
                              gint64       point_id,
                              RufChannel   channel,
                              gint64       at,
                              const char  *text,
                              int          kind,
                              gboolean    *added,
                              gint64      *id,
                              GError     **error);
RufReplyRecord *ruf_reply_table_get (RufDb   *db,
                                     gint64   id,
                                     GError **error);
GPtrArray *ruf_reply_table_list (RufDb     *db,
                                 gboolean   only_to_review,
                                 gint64     person_id,
                                 GError   **error);
gboolean ruf_reply_table_set_handled (RufDb     *db,
                                      gint64     id,
                                      gboolean   handled,
                                      GError   **error);

G_END_DECLS

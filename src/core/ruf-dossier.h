/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-consent.h"
#include "ruf-keyword.h"
#include "ruf-message-status.h"

G_BEGIN_DECLS

/* An address of the person. */
typedef struct
{
  gint64         id;
  RufAddressKind kind;
  char          *address;      /* normalised */
  char          *as_entered;   /* or NULL */
  char          *label;        /* or NULL */
  gint64         import_id;    /* 0 = none */
} RufDossierAddress;

/* One entry of the consent log with its place in the chain. */
typedef struct
{
  const RufConsentEvent *event;   /* of one of the dossier's logs */
  guint8                 prev_hash[32];
  guint8                 hash[32];
} RufDossierEvent;

/* What holds now for one address × channel × purpose. */
typedef struct
{
  gint64            point_id;
  char             *address;
  RufChannel        channel;
  char             *purpose;
  RufConsentStatus  status;
  RufEvidenceLevel  level;
  gint64            since;     /* UTC µs, 0 = not stated */
} RufDossierConsent;

typedef struct
{
  char   *status;       /* as reported */
  gint64  at;
  char   *error_code;   /* or NULL */
} RufDossierReceipt;

/* A message to the person, or why there was none. */
typedef struct
{
  gint64            id;
  char             *title;        /* of the run */
  RufChannel        channel;
  char             *purpose;
  char             *address;      /* or NULL */
  char             *body;         /* with placeholders; NULL where it was sent elsewhere */
  char             *text;         /* as the person reads it; NULL where it does not leave */
  RufMessageStatus  status;
  RufExcludeReason  reason;       /* for EXCLUDED */
  char             *error_code;   /* or NULL */
  gint64            at;           /* when it left or was due, UTC µs */
  GPtrArray        *receipts;     /* RufDossierReceipt, oldest first */
} RufDossierMessage;

typedef struct
{
  RufChannel    channel;
  char         *address;
  char         *text;
  gint64        at;
  RufReplyKind  kind;
} RufDossierReply;

typedef struct
{
  gint64  id;
  char   *file_name;
  char   *sha256;
  char   *format;
  char   *origin;       /* or NULL */
  gint64  started_at;
} RufDossierImport;

/* A field of the user's own. */
typedef struct
{
  char *name;
  char *value;
} RufDossierField;

/* What stood in a field before somebody changed it. */
typedef struct
{
  char   *name;     /* of the field, or the tag */
  char   *before;   /* or NULL */
  char   *after;    /* or NULL */
  gint64  at;       /* UTC µs */
} RufDossierChange;

/* A request of the person, with its deadline. */
typedef struct
{
  char   *kind;          /* "access" */
  gint64  received_at;
  gint64  due_at;
  gint64  done_at;       /* 0 = open */
} RufDossierRequest;

/**
 * RufDossier:
 * Everything that is stored on one person, for a proof and for an answer to "what do you know
 * of me". Owned; strings NULL where unknown.
 */
typedef struct
{
  gint64     person_id;
  char      *name;
  char      *prefix;
  char      *first_name;
  char      *middle_name;
  char      *last_name;
  char      *suffix;
  char      *nickname;
  char      *organisation;
  char      *city;
  char      *language;
  char      *birthday;
  char      *notes;
  gint64     created_at;
  gint64     changed_at;
  gint64     import_id;        /* 0 = none */

  GPtrArray *addresses;        /* RufDossierAddress */
  GPtrArray *tags;             /* char * */
  GPtrArray *fields;           /* RufDossierField */
  GPtrArray *changes;          /* RufDossierChange, oldest first */
  GPtrArray *requests;         /* RufDossierRequest, oldest first */
  GPtrArray *consents;         /* RufDossierConsent, in the order of their first event */
  GPtrArray *events;           /* RufDossierEvent, in the order of the log */
  GPtrArray *logs;             /* GPtrArray: what owns the events */
  GPtrArray *messages;         /* RufDossierMessage, oldest first */
  GPtrArray *replies;          /* RufDossierReply, oldest first */
  GPtrArray *imports;          /* RufDossierImport: what the person and the addresses came with */

  char      *controller;       /* who is responsible, or NULL where it was never stated */
  gint64     n_checked;        /* entries of the whole log, of everybody */
  char      *chain_problem;    /* what is broken in the log, or NULL */
  gint64     made_at;          /* UTC µs */
} RufDossier;

RufDossier        *ruf_dossier_new         (void);
void               ruf_dossier_free        (RufDossier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufDossier, ruf_dossier_free)

/* Each adds an empty record, owned by the dossier. */
RufDossierAddress *ruf_dossier_add_address (RufDossier *self);
RufDossierField   *ruf_dossier_add_field   (RufDossier *self);
RufDossierChange  *ruf_dossier_add_change  (RufDossier *self);
RufDossierRequest *ruf_dossier_add_request (RufDossier *self);
RufDossierConsent *ruf_dossier_add_consent (RufDossier *self);
RufDossierEvent   *ruf_dossier_add_event   (RufDossier *self);
RufDossierMessage *ruf_dossier_add_message (RufDossier *self);
RufDossierReceipt *ruf_dossier_add_receipt (RufDossierMessage *message);
RufDossierReply   *ruf_dossier_add_reply   (RufDossier *self);
RufDossierImport  *ruf_dossier_add_import  (RufDossier *self);

G_END_DECLS

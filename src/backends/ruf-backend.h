/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-receipt-reader.h"

G_BEGIN_DECLS

/**
 * RufBackend:
 * One way by which messages leave. Methods block and are called from a job's thread;
 * they see no store. Errors are RUF_ERROR_* : UNREACHABLE means that nothing arrived,
 * UNCERTAIN that something may have.
 */
#define RUF_TYPE_BACKEND (ruf_backend_get_type ())
G_DECLARE_DERIVABLE_TYPE (RufBackend, ruf_backend, RUF, BACKEND, GObject)

typedef struct
{
  const char *batch_id;       /* UUID of the run */
  const char *campaign;
  const char *channel;
  const char *purpose;
  gint64      send_at;
  gint64      expires_at;     /* 0 = none */
  guint       planned;        /* messages that are to follow */
} RufManifest;

typedef struct
{
  const char *message_id;
  const char *to;
  const char *text;
  /* answer, set by submit: */
  gboolean    accepted;
  char       *code;           /* backend's word for a refusal, owned */
  char       *detail;
} RufOutgoing;

/* What is true of every backend of one type. */
typedef struct
{
  const char *type_name;    /* "sandbox" */
  gboolean    idempotent;   /* the same key twice is one message */
  gboolean    real;         /* people get what is sent */
  gboolean    receipts;
  guint       chunk_size;   /* messages a call */
  const char *risk;         /* N_() words for people */
} RufBackendTraits;

struct _RufBackendClass
{
  GObjectClass parent_class;

  const RufBackendTraits *traits;

  gboolean   (*test)    (RufBackend         *self,
                         char              **detail,
                         GCancellable       *cancellable,
                         GError            **error);
  gboolean   (*open)    (RufBackend         *self,
                         const RufManifest  *manifest,
                         GCancellable       *cancellable,
                         GError            **error);
  gboolean   (*submit)  (RufBackend         *self,
                         const char         *batch_id,
                         const char         *idempotency_key,
                         RufOutgoing        *messages,
                         guint               n_messages,
                         GCancellable       *cancellable,
                         GError            **error);
  gboolean   (*commit)  (RufBackend         *self,
                         const char         *batch_id,
                         GCancellable       *cancellable,
                         GError            **error);
  gboolean   (*cancel)  (RufBackend         *self,
                         const char         *batch_id,
                         GCancellable       *cancellable,
                         GError            **error);
  GPtrArray *(*collect) (RufBackend         *self,
                         const char         *cursor,
                         char              **next_cursor,
                         GCancellable       *cancellable,
                         GError            **error);
};

const char *ruf_backend_get_name          (RufBackend *self);
const char *ruf_backend_get_type_name     (RufBackend *self);
gboolean    ruf_backend_is_idempotent     (RufBackend *self);
gboolean    ruf_backend_is_real           (RufBackend *self);
gboolean    ruf_backend_has_receipts      (RufBackend *self);
const char *ruf_backend_get_risk          (RufBackend *self);
guint       ruf_backend_get_chunk_size    (RufBackend *self);
guint       ruf_backend_get_retry_after   (RufBackend *self);
/* For subclasses. */
void ruf_backend_set_retry_after (RufBackend *self,
                                  guint       seconds);

gboolean ruf_backend_test (RufBackend    *self,
                           char         **detail,
                           GCancellable  *cancellable,
                           GError       **error);
gboolean ruf_backend_open (RufBackend         *self,
                           const RufManifest  *manifest,
                           GCancellable       *cancellable,
                           GError            **error);
gboolean ruf_backend_submit (RufBackend    *self,
                             const char    *batch_id,
                             const char    *idempotency_key,
                             RufOutgoing   *messages,
                             guint          n_messages,
                             GCancellable  *cancellable,
                             GError       **error);
gboolean ruf_backend_commit (RufBackend    *self,
                             const char    *batch_id,
                             GCancellable  *cancellable,
                             GError       **error);
gboolean ruf_backend_cancel (RufBackend    *self,
                             const char    *batch_id,
                             GCancellable  *cancellable,
                             GError       **error);
GPtrArray *ruf_backend_collect (RufBackend    *self,
                                const char    *cursor,
                                char         **next_cursor,
                                GCancellable  *cancellable,
                                GError       **error);

void        ruf_outgoing_clear            (RufOutgoing *self);

RufBackend *ruf_backend_new (const char  *name,
                             const char  *type,
                             GHashTable  *settings,
                             const char  *secret,
                             GError     **error);
const char * const *ruf_backend_get_types (void);

G_END_DECLS

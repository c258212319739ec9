/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-backend.h"
#include "ruf-clock.h"
#include "ruf-store.h"

G_BEGIN_DECLS

/**
 * RufContext:
 * What every job needs, made in main and handed down: store, clock, zone, secrets, backends.
 * There are no globals.
 */
#define RUF_TYPE_CONTEXT (ruf_context_get_type ())
G_DECLARE_FINAL_TYPE (RufContext, ruf_context, RUF, CONTEXT, GObject)

/* Opens or creates the database at @path; rows that a crash left in SENDING become UNKNOWN. */
RufContext *ruf_context_new (const char  *path,
                             RufClock    *clock,
                             GError     **error);
RufStore   *ruf_context_get_store    (RufContext *self);
RufClock   *ruf_context_get_clock    (RufContext *self);
GTimeZone  *ruf_context_get_zone     (RufContext *self);   /* local */
gint64      ruf_context_get_now      (RufContext *self);
/* $XDG_DATA_HOME/rundruf/rundruf.db; owned */
char       *ruf_context_get_default_path (void);
/* The configured backend @name, its secret from the keyring or RUNDRUF_SECRET_<NAME>. A real
 * backend is refused while the clock rehearses. */
RufBackend *ruf_context_dup_backend (RufContext  *self,
                                     const char  *name,
                                     gint64      *id,
                                     GError     **error);
gboolean ruf_context_store_secret (RufContext  *self,
                                   const char  *backend,
                                   const char  *secret,
                                   GError     **error);

/* Country of numbers without a country code: the user's setting, "DE" unless set. */
char       *ruf_context_dup_region   (RufContext *self, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

/**
 * RufForgetReport:
 * What goes when somebody is forgotten, and what stays.
 */
typedef struct
{
  gint64 addresses;     /* go; their HMAC stays on the suppression list */
  gint64 fields;        /* go: name, city, notes, own fields, tags */
  gint64 replies;       /* go */
  gint64 waiting;       /* messages that will not leave any more */
  gint64 results;       /* stay as numbers, of nobody */
  gint64 proofs;        /* events of the log that stay until their retention is over */
  gint64 suppressed;    /* entries on the suppression list afterwards */
} RufForgetReport;

gboolean ruf_forget_preview (RufDb            *db,
                             gint64            person_id,
                             RufForgetReport  *report,
                             GError          **error);
gboolean ruf_forget_person  (RufDb            *db,
                             gint64            person_id,
                             const char       *reason,
                             gint64            now,
                             RufForgetReport  *report,
                             GError          **error);
gboolean ruf_forget_proofs  (RufDb            *db,
                             gint64            before,
                             gint64            now,
                             gint64           *n_events,
                             GError          **error);

G_END_DECLS

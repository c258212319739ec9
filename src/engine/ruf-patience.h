/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-backend.h"

G_BEGIN_DECLS

/* A wait begins: why, how long, and which try of how many comes next. From the thread that
 * waits. */
typedef void (*RufWaitFunc) (const GError *failure,
                             guint         seconds,
                             guint         next_try,
                             guint         tries,
                             gpointer      data);

/**
 * RufPatience:
 * How often and after what waits a call to a backend is repeated.
 */
typedef struct
{
  RufBackend *backend;
  guint       second_ms;                       /* how long a second is; tests have short ones */
  gboolean  (*keep_waiting) (gpointer data);   /* asked every second of a wait, or NULL */
  gpointer    data;
  RufWaitFunc wait;                            /* told of each wait, or NULL */
  gpointer    wait_data;
} RufPatience;

typedef gboolean (*RufPatientFunc) (gpointer data, GCancellable *cancellable, GError **error);

/* @repeatable: doing it twice is doing it once. @uncertain becomes TRUE where something may
 * have arrived although the call failed. */
gboolean ruf_patience_call (const RufPatience  *self,
                            RufPatientFunc      func,
                            gpointer            data,
                            gboolean            repeatable,
                            gboolean           *uncertain,
                            GCancellable       *cancellable,
                            GError            **error);

G_END_DECLS

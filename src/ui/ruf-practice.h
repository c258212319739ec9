/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_PRACTICE_BACKEND "practice"   /* the backend that ruf_sandbox_process_register() makes */

#define RUF_TYPE_PRACTICE (ruf_practice_get_type ())
G_DECLARE_FINAL_TYPE (RufPractice, ruf_practice, RUF, PRACTICE, GObject)

RufPractice *ruf_practice_get          (RufContext           *context);
gboolean     ruf_practice_get_running  (RufPractice          *self);
void ruf_practice_start_async (RufPractice         *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean ruf_practice_start_finish (RufPractice   *self,
                                    GAsyncResult  *result,
                                    GError       **error);
void         ruf_practice_stop         (RufPractice          *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_SENDING (ruf_sending_get_type ())
G_DECLARE_FINAL_TYPE (RufSending, ruf_sending, RUF, SENDING, GObject)

RufSending *ruf_sending_new        (RufContext *context);
void        ruf_sending_start      (RufSending *self,
                                    gint64      run_id,
                                    const char *backend);
gboolean    ruf_sending_is_sending (RufSending *self,
                                    gint64      run_id);
void        ruf_sending_stop       (RufSending *self,
                                    gint64      run_id);

G_END_DECLS

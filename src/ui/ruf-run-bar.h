/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-outbox-table.h"

G_BEGIN_DECLS

/* What a run's messages have come to, in the order and colours used everywhere. */
typedef enum
{
  RUF_RUN_PART_WAITING,
  RUF_RUN_PART_SENT,        /* taken, and nothing more is known */
  RUF_RUN_PART_DELIVERED,   /* not known to be read */
  RUF_RUN_PART_READ,
  RUF_RUN_PART_FAILED,
  RUF_RUN_PART_UNKNOWN,
  RUF_RUN_PART_LEFT_OUT,
} RufRunPart;
#define RUF_N_RUN_PARTS 7

const char    *ruf_run_part_get_words  (RufRunPart    part);
const GdkRGBA *ruf_run_part_get_color  (RufRunPart    part);
gint64         ruf_run_part_get_count  (RufRunPart    part,
                                        const RufRun *run);

#define RUF_TYPE_RUN_BAR (ruf_run_bar_get_type ())
G_DECLARE_FINAL_TYPE (RufRunBar, ruf_run_bar, RUF, RUN_BAR, GtkWidget)

void           ruf_run_bar_set_run     (RufRunBar    *self,
                                        const RufRun *run);

G_END_DECLS

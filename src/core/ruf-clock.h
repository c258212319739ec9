/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RUF_TYPE_CLOCK (ruf_clock_get_type ())
G_DECLARE_FINAL_TYPE (RufClock, ruf_clock, RUF, CLOCK, GObject)

/* Time comes from here and nowhere else, so that tests and rehearsals own it.
 * All times in the program are UTC microseconds (gint64); 0 means "none". */
RufClock *ruf_clock_new      (void);
RufClock *ruf_clock_new_at   (gint64    now);           /* stands still at @now */

gint64    ruf_clock_get_now  (RufClock *self);
gboolean  ruf_clock_is_rehearsal (RufClock *self);      /* TRUE when made by _new_at */
void      ruf_clock_advance  (RufClock *self,
                              gint64    microseconds);  /* only for _new_at clocks */

G_END_DECLS

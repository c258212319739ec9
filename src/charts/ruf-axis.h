/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RufAxis:
 * A scale from 0 to a round number, in round steps of whole units.
 */
typedef struct
{
  double max;       /* the value at 1.0 */
  double step;      /* between two ticks */
  guint  n_ticks;   /* with the one at 0 */
} RufAxis;

void    ruf_axis_init          (RufAxis       *self,
                                double         highest,
                                guint          wanted);
double  ruf_axis_place         (const RufAxis *self,
                                double         value);
double  ruf_axis_get_tick      (const RufAxis *self,
                                guint          index);
char   *ruf_axis_format_tick   (const RufAxis *self,
                                guint          index);
char   *ruf_axis_format_number (double         value);

G_END_DECLS

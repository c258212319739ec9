/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* RufAxis turns values into places between 0 and 1, and knows the ticks. Every
 * degenerate case (nothing, zero, infinity) is handled here and nowhere else. */

#include "config.h"

#include "ruf-axis.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Where nothing was counted, the scale shows what a small count would look like. */
#define NOTHING_COUNTED 10.0

static double
round_step (double raw)
{
  const double factors[] = { 1, 2, 5, 10 };
  double magnitude = pow (10, floor (log10 (raw)));

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      if (raw <= factors[i] * magnitude * (1 + 1e-9))
        return MAX (1, factors[i] * magnitude);
    }

  return MAX (1, 10 * magnitude);
}

/**
 * ruf_axis_init:
 * @self: (out caller-allocates): the axis
 * @highest: the greatest value it has to hold, in people or messages
 * @wanted: about how many steps there is room for, at least 1
 *
 * Chooses steps of 1, 2 or 5 times a power of ten, never below one whole unit,
 * so that the last tick is at or above @highest.
 *
 * Where @highest is no positive number, the axis goes to 10.
 */
void
ruf_axis_init (RufAxis *self,
               double   highest,
               guint    wanted)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (wanted > 0);

  if (!isfinite (highest) || highest <= 0)
    highest = NOTHING_COUNTED;

  self->step = round_step (highest / wanted);
  self->n_ticks = (guint) ceil (highest / self->step - 1e-9) + 1;
  self->max = self->step * (self->n_ticks - 1);
}

/**
 * ruf_axis_place:
 * @self: an axis
 * @value: a value on it
 *
 * Returns: where @value lies, from 0 (none) to 1 (the last tick); values beyond
 *   either end are put at that end
 */
double
ruf_axis_place (const RufAxis *self,
                double         value)
{
  g_return_val_if_fail (self != NULL && self->max > 0, 0);

  if (isnan (value))
    return 0;

  return CLAMP (value / self->max, 0, 1);
}

/**
 * ruf_axis_get_tick:
 * @self: an axis
 * @index: which tick, 0 at the bottom
 *
 * Returns: the value at that tick
 */
double
ruf_axis_get_tick (const RufAxis *self,
                   guint          index)
{
  g_return_val_if_fail (self != NULL && index < self->n_ticks, 0);

  return self->step * index;
}

/**
 * ruf_axis_format_tick:
 * @self: an axis
 * @index: which tick, 0 at the bottom
 *
 * Writes the value at a tick as people read it. Where the steps are whole millions
 * or thousands of millions, the unit is a word and the noughts are left out.
 *
 * Returns: (transfer full): the label, with the separators of the locale
 */
char *
ruf_axis_format_tick (const RufAxis *self,
                      guint          index)
{
  double value = ruf_axis_get_tick (self, index);
  double unit = self->step >= 1e9 ? 1e9 : self->step >= 1e6 ? 1e6 : 1;
  g_autofree char *number = ruf_axis_format_number (value / unit);

  if (unit == 1 || value == 0)
    return g_steal_pointer (&number);

  /* Translators: a number of thousands of millions on the scale of a chart, kept short. */
  if (unit == 1e9)
    return g_strdup_printf (_("%s bn"), number);

  /* Translators: a number of millions on the scale of a chart, kept short. */
  return g_strdup_printf (_("%s m"), number);
}

/**
 * ruf_axis_format_number:
 * @value: a count
 *
 * Returns: (transfer full): @value as a whole number with the separators of the locale
 */
char *
ruf_axis_format_number (double value)
{
  return g_strdup_printf ("%'.0f", value);
}

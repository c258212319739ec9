/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program's only source of time, so that tests and rehearsals own it. */

#include "config.h"

#include "ruf-clock.h"

struct _RufClock
{
  GObject  parent_instance;

  GMutex   mutex;       /* guards now: jobs ask from their threads */
  gint64   now;
  gboolean rehearsal;
};

G_DEFINE_FINAL_TYPE (RufClock, ruf_clock, G_TYPE_OBJECT)

static void
ruf_clock_finalize (GObject *object)
{
  RufClock *self = RUF_CLOCK (object);

  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (ruf_clock_parent_class)->finalize (object);
}

static void
ruf_clock_class_init (RufClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_clock_finalize;
}

static void
ruf_clock_init (RufClock *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * ruf_clock_new:
 *
 * Makes the clock of everyday use, which goes with the system.
 *
 * Returns: (transfer full): a clock
 */
RufClock *
ruf_clock_new (void)
{
  return g_object_new (RUF_TYPE_CLOCK, NULL);
}

/**
 * ruf_clock_new_at:
 * @now: UTC time in microseconds
 *
 * Makes a clock that stands still at @now until it is advanced.
 *
 * Who runs by such a clock rehearses: real backends refuse it.
 *
 * Returns: (transfer full): a clock
 */
RufClock *
ruf_clock_new_at (gint64 now)
{
  RufClock *self = ruf_clock_new ();

  self->now = now;
  self->rehearsal = TRUE;
  return self;
}

/**
 * ruf_clock_get_now:
 * @self: a clock
 *
 * Tells the time. Safe from every thread.
 *
 * Returns: UTC time in microseconds
 */
gint64
ruf_clock_get_now (RufClock *self)
{
  gint64 now;

  g_return_val_if_fail (RUF_IS_CLOCK (self), 0);

  if (!self->rehearsal)
    return g_get_real_time ();

  g_mutex_lock (&self->mutex);
  now = self->now;
  g_mutex_unlock (&self->mutex);
  return now;
}

/**
 * ruf_clock_is_rehearsal:
 * @self: a clock
 *
 * Tells whether the clock stands still, made by ruf_clock_new_at().
 *
 * Returns: %TRUE in a rehearsal
 */
gboolean
ruf_clock_is_rehearsal (RufClock *self)
{
  g_return_val_if_fail (RUF_IS_CLOCK (self), FALSE);

  return self->rehearsal;
}

/**
 * ruf_clock_advance:
 * @self: a clock made by ruf_clock_new_at()
 * @microseconds: how far to go on, not negative
 *
 * Moves a standing clock forward. It is a mistake to call this on a clock that
 * goes with the system.
 */
void
ruf_clock_advance (RufClock *self,
                   gint64    microseconds)
{
  g_return_if_fail (RUF_IS_CLOCK (self));
  g_return_if_fail (self->rehearsal);
  g_return_if_fail (microseconds >= 0);

  g_mutex_lock (&self->mutex);
  self->now += microseconds;
  g_mutex_unlock (&self->mutex);
}

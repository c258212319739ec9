/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Calls over a network fail; which of them may be repeated, how often and when, stands here
 * alone. Waits grow 1, 2, 4 … seconds unless the backend names one, and are real time: a
 * rehearsal's clock does not shorten them.
 */

#include "config.h"

#include "ruf-patience.h"

#include "ruf-error.h"

#define MAX_WAIT_SECONDS 60

/* How often in all a call is tried that fails like this. */
static guint
get_tries (const GError *failure,
           gboolean      repeatable)
{
  if (failure->domain != RUF_ERROR)
    return 1;

  switch ((RufError) failure->code)
    {
    case RUF_ERROR_UNREACHABLE:
      return 6;
    case RUF_ERROR_RATE_LIMITED:
    case RUF_ERROR_CONFLICT:
      return 12;
    case RUF_ERROR_UNCERTAIN:
      return repeatable ? 6 : 1;
    case RUF_ERROR_PROTOCOL:
      return repeatable ? 3 : 1;
    default:
      return 1;
    }
}

/* An answer that cannot be understood, or none, says nothing about what was taken. */
static gboolean
leaves_open (const GError *failure)
{
  return g_error_matches (failure, RUF_ERROR, RUF_ERROR_UNCERTAIN) ||
         g_error_matches (failure, RUF_ERROR, RUF_ERROR_PROTOCOL) ||
         g_error_matches (failure, RUF_ERROR, RUF_ERROR_CONFLICT) ||
         failure->domain != RUF_ERROR;
}

/* FALSE where the wait was cut short. */
static gboolean
wait_second (const RufPatience *self,
             GCancellable      *cancellable)
{
  GPollFD poll_fd;
  gboolean polled = g_cancellable_make_pollfd (cancellable, &poll_fd);

  if (polled)
    {
      g_poll (&poll_fd, 1, self->second_ms);
      g_cancellable_release_fd (cancellable);
    }
  else
    g_usleep (self->second_ms * G_TIME_SPAN_MILLISECOND);

  return !g_cancellable_is_cancelled (cancellable) &&
         (self->keep_waiting == NULL || self->keep_waiting (self->data));
}

static gboolean
wait_before_try (const RufPatience *self,
                 const GError      *failure,
                 guint              tried,
                 guint              tries,
                 GCancellable      *cancellable)
{
  guint asked = ruf_backend_get_retry_after (self->backend);
  guint seconds = MIN (asked > 0 ? asked : 1u << MIN (tried - 1, 6), MAX_WAIT_SECONDS);

  if (self->wait != NULL)
    self->wait (failure, seconds, tried + 1, tries, self->wait_data);
  for (guint i = 0; i < seconds; i++)
    if (!wait_second (self, cancellable))
      return FALSE;
  return TRUE;
}

/**
 * ruf_patience_call:
 * @self: how patient to be
 * @func: the call
 * @data: for @func
 * @repeatable: whether doing it twice is doing it once
 * @uncertain: (inout): becomes %TRUE where something may have arrived although it failed
 * @cancellable: (nullable): ends the call and the waits
 * @error: return location; the last failure, or that it was cancelled
 *
 * Calls until it succeeds or it makes no sense to go on.
 *
 * Returns: whether it succeeded
 */
gboolean
ruf_patience_call (const RufPatience  *self,
                   RufPatientFunc      func,
                   gpointer            data,
                   gboolean            repeatable,
                   gboolean           *uncertain,
                   GCancellable       *cancellable,
                   GError            **error)
{
  g_autoptr (GError) failure = NULL;
  guint tried = 0;

  while (!func (data, cancellable, &failure))
    {
      guint tries = get_tries (failure, repeatable);

      tried++;
      *uncertain |= leaves_open (failure);
      if (tried >= tries || !wait_before_try (self, failure, tried, tries, cancellable))
        {
          /* Whoever ends a wait wants to know that it ended, not what it was for. */
          if (!g_cancellable_set_error_if_cancelled (cancellable, error))
            g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_clear_error (&failure);
    }
  return TRUE;
}

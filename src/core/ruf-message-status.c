/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The state of an outbox row, and why a planned person gets no message. */

#include "config.h"

#include "ruf-message-status.h"

static const char * const status_names[RUF_N_MESSAGE_STATUSES] = {
  [RUF_MESSAGE_QUEUED] = "queued",
  [RUF_MESSAGE_EXCLUDED] = "excluded",
  [RUF_MESSAGE_EXPIRED] = "expired",
  [RUF_MESSAGE_SENDING] = "sending",
  [RUF_MESSAGE_UNKNOWN] = "unknown",
  [RUF_MESSAGE_FAILED] = "failed",
  [RUF_MESSAGE_SENT] = "sent",
  [RUF_MESSAGE_DELIVERED] = "delivered",
  [RUF_MESSAGE_READ] = "read",
};

static const char * const exclude_names[RUF_N_EXCLUDE_REASONS] = {
  [RUF_EXCLUDE_NONE] = "none",
  [RUF_EXCLUDE_NO_ADDRESS] = "no-address",
  [RUF_EXCLUDE_NO_CONSENT] = "no-consent",
  [RUF_EXCLUDE_LEVEL_TOO_LOW] = "level-too-low",
  [RUF_EXCLUDE_OPTED_OUT] = "opted-out",
  [RUF_EXCLUDE_SUPPRESSED] = "suppressed",
  [RUF_EXCLUDE_DUPLICATE_ADDRESS] = "duplicate-address",
  [RUF_EXCLUDE_FREQUENCY_CAP] = "frequency-cap",
  [RUF_EXCLUDE_HANDOFF_ONLY] = "handoff-only",
  [RUF_EXCLUDE_CANCELLED] = "cancelled",
  [RUF_EXCLUDE_IN_REVIEW] = "in-review",
};

static gboolean
find_name (const char * const *names,
           guint               n_names,
           const char         *text,
           guint              *index)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * ruf_message_status_to_string:
 * @status: a status
 *
 * Names a status as in the database and in files.
 *
 * Returns: the word, such as "queued"
 */
const char *
ruf_message_status_to_string (RufMessageStatus status)
{
  g_return_val_if_fail ((guint) status < RUF_N_MESSAGE_STATUSES, NULL);

  return status_names[status];
}

/**
 * ruf_message_status_from_string:
 * @text: (nullable): the name of a status
 * @out: (out): the status, untouched where the name is none
 *
 * Reads what ruf_message_status_to_string() writes.
 *
 * Returns: %TRUE where @text names a status
 */
gboolean
ruf_message_status_from_string (const char       *text,
                                RufMessageStatus *out)
{
  guint i;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!find_name (status_names, RUF_N_MESSAGE_STATUSES, text, &i))
    return FALSE;
  *out = i;
  return TRUE;
}

/**
 * ruf_message_status_can_advance:
 * @from: status of the row
 * @to: status that a receipt reports
 *
 * Tells whether a receipt may move a row.
 *
 * Receipts arrive late, twice and out of order, so the answers are such that
 * any order ends in the same status: a failure replaces "sent" but not the
 * other way round; "delivered" and "read" replace a failure; nothing lowers
 * them. A row that waits, is left out or has expired sent nothing that a
 * receipt could be about.
 *
 * Returns: %TRUE where the row takes the status @to
 */
gboolean
ruf_message_status_can_advance (RufMessageStatus from,
                                RufMessageStatus to)
{
  g_return_val_if_fail ((guint) from < RUF_N_MESSAGE_STATUSES, FALSE);
  g_return_val_if_fail ((guint) to < RUF_N_MESSAGE_STATUSES, FALSE);

  if (from < RUF_MESSAGE_SENDING || to < RUF_MESSAGE_FAILED)
    return FALSE;
  if (from == RUF_MESSAGE_FAILED)
    return to >= RUF_MESSAGE_DELIVERED;
  if (to == RUF_MESSAGE_FAILED)
    return from <= RUF_MESSAGE_SENT;
  return to > from;
}

/**
 * ruf_exclude_reason_to_string:
 * @reason: a reason
 *
 * Names a reason as in the database, in reports and on the command line.
 *
 * Returns: the word, such as "no-consent"
 */
const char *
ruf_exclude_reason_to_string (RufExcludeReason reason)
{
  g_return_val_if_fail ((guint) reason < RUF_N_EXCLUDE_REASONS, NULL);

  return exclude_names[reason];
}

/**
 * ruf_exclude_reason_from_string:
 * @text: (nullable): the name of a reason
 * @out: (out): the reason, untouched where the name is none
 *
 * Reads what ruf_exclude_reason_to_string() writes.
 *
 * Returns: %TRUE where @text names a reason
 */
gboolean
ruf_exclude_reason_from_string (const char       *text,
                                RufExcludeReason *out)
{
  guint i;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!find_name (exclude_names, RUF_N_EXCLUDE_REASONS, text, &i))
    return FALSE;
  *out = i;
  return TRUE;
}

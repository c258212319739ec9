/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RufMessageStatus:
 * The state of one outbox row; the order is the order of progress (I3).
 *
 * @RUF_MESSAGE_QUEUED: waiting
 * @RUF_MESSAGE_EXCLUDED: left out, with a reason; no message leaves
 * @RUF_MESSAGE_EXPIRED: the not-after time came first
 * @RUF_MESSAGE_SENDING: the attempt is written, the network is being called
 * @RUF_MESSAGE_UNKNOWN: nobody knows whether it left
 * @RUF_MESSAGE_FAILED: the backend says that it did not arrive
 * @RUF_MESSAGE_SENT: taken by the backend, or handed over as a file
 * @RUF_MESSAGE_DELIVERED: on the recipient's device
 * @RUF_MESSAGE_READ: seen
 */
typedef enum
{
  RUF_MESSAGE_QUEUED,
  RUF_MESSAGE_EXCLUDED,
  RUF_MESSAGE_EXPIRED,
  RUF_MESSAGE_SENDING,
  RUF_MESSAGE_UNKNOWN,
  RUF_MESSAGE_FAILED,
  RUF_MESSAGE_SENT,
  RUF_MESSAGE_DELIVERED,
  RUF_MESSAGE_READ,
} RufMessageStatus;
#define RUF_N_MESSAGE_STATUSES 9

const char *ruf_message_status_to_string   (RufMessageStatus  status);  /* "queued" */
gboolean    ruf_message_status_from_string (const char       *text,
                                            RufMessageStatus *out);
/* May a receipt move @from to @to? Later reports never lower a status;
 * delivered and read replace a failure. */
gboolean    ruf_message_status_can_advance (RufMessageStatus  from,
                                            RufMessageStatus  to);

/* Why a planned person gets no message. The strings are a contract. */
typedef enum
{
  RUF_EXCLUDE_NONE,
  RUF_EXCLUDE_NO_ADDRESS,
  RUF_EXCLUDE_NO_CONSENT,       /* nobody says that they agreed */
  RUF_EXCLUDE_LEVEL_TOO_LOW,    /* somebody says so, and the proof is below the floor */
  RUF_EXCLUDE_OPTED_OUT,
  RUF_EXCLUDE_SUPPRESSED,
  RUF_EXCLUDE_DUPLICATE_ADDRESS,
  RUF_EXCLUDE_FREQUENCY_CAP,
  RUF_EXCLUDE_HANDOFF_ONLY,
  RUF_EXCLUDE_CANCELLED,        /* the user took the run back */
  RUF_EXCLUDE_IN_REVIEW,        /* an answer may say stop, and nobody has read it yet */
} RufExcludeReason;
#define RUF_N_EXCLUDE_REASONS 11

const char *ruf_exclude_reason_to_string   (RufExcludeReason  reason);  /* "no-consent" */
gboolean    ruf_exclude_reason_from_string (const char       *text,
                                            RufExcludeReason *out);

G_END_DECLS

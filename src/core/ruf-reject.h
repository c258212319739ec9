/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a row, or a value of it, is not taken. The strings are a contract. */
typedef enum
{
  RUF_REJECT_NONE,
  RUF_REJECT_PHONE_DAMAGED,    /* digits are lost: 4,91512E+12 */
  RUF_REJECT_PHONE_AMBIGUOUS,
  RUF_REJECT_PHONE_INVALID,
  RUF_REJECT_EMAIL_INVALID,
  RUF_REJECT_NO_ADDRESS,
  RUF_REJECT_MALFORMED_ROW,
  RUF_REJECT_DUPLICATE,
  RUF_REJECT_SUPPRESSED,
  RUF_REJECT_TOO_LONG,
  RUF_REJECT_ID_MISSING,
  RUF_REJECT_TIME_MISSING,
  RUF_REJECT_TIME_INVALID,
  RUF_REJECT_UNKNOWN_STATUS,
  RUF_REJECT_UNREADABLE,       /* a character that is none: a NUL byte, or lost on the way here */
} RufRejectReason;

const char *ruf_reject_reason_to_string (RufRejectReason reason);   /* "phone-damaged" */

/* What was done with it all the same. The strings are a contract. */
typedef enum
{
  RUF_DEED_NOT_TAKEN,
  RUF_DEED_STOPPED,            /* it says stop, and that counts */
  RUF_DEED_HELD,               /* it may say stop: nothing is sent before somebody has read it */
  RUF_DEED_KEPT,               /* it says stop, of a message that is not known yet */
  RUF_DEED_CUT,                /* its beginning is taken */
  RUF_DEED_REPLACED,           /* it is taken with "�" in the place of what cannot be read */
} RufRejectDeed;

const char *ruf_reject_deed_to_string (RufRejectDeed deed);         /* "not-taken" */

/**
 * RufReject:
 * One thing of a file that was not taken as it stands, where it is, and what was done with it.
 */
typedef struct
{
  guint           row;      /* line of the file where the record starts, from 1 */
  char           *column;   /* header of the column, or NULL for the whole row */
  RufRejectReason reason;
  char           *value;    /* the cell, cut to 80 characters */
  RufRejectDeed   deed;
} RufReject;

RufReject *ruf_reject_new  (guint            row,
                            const char      *column,
                            RufRejectReason  reason,
                            const char      *value);
void       ruf_reject_free (RufReject       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufReject, ruf_reject_free)

G_END_DECLS

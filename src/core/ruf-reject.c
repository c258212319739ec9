/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a file brought and the program did not take. */

#include "config.h"

#include "ruf-reject.h"

#include <string.h>

#define VALUE_CHARACTERS 80

static const char * const reason_names[] = {
  [RUF_REJECT_NONE] = "none",
  [RUF_REJECT_PHONE_DAMAGED] = "phone-damaged",
  [RUF_REJECT_PHONE_AMBIGUOUS] = "phone-ambiguous",
  [RUF_REJECT_PHONE_INVALID] = "phone-invalid",
  [RUF_REJECT_EMAIL_INVALID] = "email-invalid",
  [RUF_REJECT_NO_ADDRESS] = "no-address",
  [RUF_REJECT_MALFORMED_ROW] = "malformed-row",
  [RUF_REJECT_DUPLICATE] = "duplicate",
  [RUF_REJECT_SUPPRESSED] = "suppressed",
  [RUF_REJECT_TOO_LONG] = "too-long",
  [RUF_REJECT_ID_MISSING] = "id-missing",
  [RUF_REJECT_TIME_MISSING] = "time-missing",
  [RUF_REJECT_TIME_INVALID] = "time-invalid",
  [RUF_REJECT_UNKNOWN_STATUS] = "unknown-status",
  [RUF_REJECT_UNREADABLE] = "unreadable-character",
};

static const char * const deed_names[] = {
  [RUF_DEED_NOT_TAKEN] = "not-taken",
  [RUF_DEED_STOPPED] = "stopped",
  [RUF_DEED_HELD] = "held",
  [RUF_DEED_KEPT] = "kept",
  [RUF_DEED_CUT] = "cut",
  [RUF_DEED_REPLACED] = "replaced",
};

/* Reads no more of a cell of 100 kB than can be kept. */
static char *
cut_value (const char *value)
{
  gsize n = strnlen (value, VALUE_CHARACTERS * 4);
  g_autofree char *valid = g_utf8_make_valid (value, n);

  if (g_utf8_strlen (valid, -1) <= VALUE_CHARACTERS)
    return g_steal_pointer (&valid);
  return g_utf8_substring (valid, 0, VALUE_CHARACTERS);
}

/**
 * ruf_reject_reason_to_string:
 * @reason: a reason
 *
 * Names a reason as in reports and on the command line.
 *
 * Returns: the word, such as "phone-damaged"
 */
const char *
ruf_reject_reason_to_string (RufRejectReason reason)
{
  g_return_val_if_fail ((guint) reason < G_N_ELEMENTS (reason_names), NULL);

  return reason_names[reason];
}

/**
 * ruf_reject_deed_to_string:
 * @deed: a deed
 *
 * Names what was done with something that was not taken as it stands.
 *
 * Returns: the word, such as "stopped"
 */
const char *
ruf_reject_deed_to_string (RufRejectDeed deed)
{
  g_return_val_if_fail ((guint) deed < G_N_ELEMENTS (deed_names), NULL);

  return deed_names[deed];
}

/**
 * ruf_reject_new:
 * @row: line of the file where the record starts, from 1
 * @column: (nullable): header of the column, or %NULL for the whole row
 * @reason: why it was not taken
 * @value: (nullable): the cell, in whatever bytes the file had
 *
 * Notes a value that was not taken. @value is kept as valid UTF-8, cut to 80
 * characters. Who does something with it all the same, sets the deed.
 *
 * Returns: (transfer full): the note
 */
RufReject *
ruf_reject_new (guint            row,
                const char      *column,
                RufRejectReason  reason,
                const char      *value)
{
  RufReject *self = g_new0 (RufReject, 1);

  self->row = row;
  self->column = g_strdup (column);
  self->reason = reason;
  self->value = value != NULL ? cut_value (value) : NULL;
  return self;
}

/**
 * ruf_reject_free:
 * @self: (nullable) (transfer full): a note
 *
 * Frees a note and its strings.
 */
void
ruf_reject_free (RufReject *self)
{
  if (self == NULL)
    return;

  g_free (self->column);
  g_free (self->value);
  g_free (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RufError:
 * @RUF_ERROR_INVALID: what was given cannot be understood
 * @RUF_ERROR_NOT_FOUND: there is nothing of that name
 * @RUF_ERROR_EXISTS: there is one already
 * @RUF_ERROR_REFUSED: a rule forbids it (consent, state, real backend in rehearsal)
 * @RUF_ERROR_IO: a file or folder cannot be read or written
 * @RUF_ERROR_FULL: the disk is full
 * @RUF_ERROR_BUSY: another program holds the database
 * @RUF_ERROR_DAMAGED: the database or a file of ours is not what it should be
 * @RUF_ERROR_UNREACHABLE: no connection, or it broke before anything was sent
 * @RUF_ERROR_UNCERTAIN: the connection broke after the request may have arrived
 * @RUF_ERROR_PROTOCOL: the other side answered something else than it should
 * @RUF_ERROR_DENIED: the other side does not accept the secret
 * @RUF_ERROR_RATE_LIMITED: the other side asks to wait
 * @RUF_ERROR_CONFLICT: the other side knows the idempotency key with other content,
 *   or is still working on it
 *
 * Everything that can fail at run time. SQLite codes become errors in ruf-db.c
 * only, HTTP codes in backends/ only.
 */
typedef enum
{
  RUF_ERROR_INVALID,
  RUF_ERROR_NOT_FOUND,
  RUF_ERROR_EXISTS,
  RUF_ERROR_REFUSED,
  RUF_ERROR_IO,
  RUF_ERROR_FULL,
  RUF_ERROR_BUSY,
  RUF_ERROR_DAMAGED,
  RUF_ERROR_UNREACHABLE,
  RUF_ERROR_UNCERTAIN,
  RUF_ERROR_PROTOCOL,
  RUF_ERROR_DENIED,
  RUF_ERROR_RATE_LIMITED,
  RUF_ERROR_CONFLICT,
} RufError;

#define RUF_ERROR (ruf_error_quark ())
GQuark ruf_error_quark          (void);
void   ruf_error_set_unwritable (GError     **error,
                                 const char  *path,
                                 int          code);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"

G_BEGIN_DECLS

/**
 * RufSandboxProcess:
 * rundruf-sandbox as a child on loopback, for practice; ends with the object.
 * Found beside the running program, in the build tree or in BIN_DIR.
 */
#define RUF_TYPE_SANDBOX_PROCESS (ruf_sandbox_process_get_type ())
G_DECLARE_FINAL_TYPE (RufSandboxProcess, ruf_sandbox_process, RUF, SANDBOX_PROCESS, GObject)

/* Blocks until it is ready (a second or so). @db: its file. */
RufSandboxProcess *ruf_sandbox_process_start (const char  *db,
                                              GError     **error);
const char        *ruf_sandbox_process_get_url (RufSandboxProcess *self);
void               ruf_sandbox_process_stop    (RufSandboxProcess *self);
/* Makes or updates the backend "practice" of type sandbox with the url. */
gboolean ruf_sandbox_process_register (RufSandboxProcess  *self,
                                       RufContext         *context,
                                       GError            **error);

G_END_DECLS

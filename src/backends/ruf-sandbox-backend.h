/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-backend.h"

G_BEGIN_DECLS

#define RUF_TYPE_SANDBOX_BACKEND (ruf_sandbox_backend_get_type ())
G_DECLARE_FINAL_TYPE (RufSandboxBackend, ruf_sandbox_backend, RUF, SANDBOX_BACKEND, RufBackend)

RufBackend *ruf_sandbox_backend_new (const char  *name,
                                     GHashTable  *settings,
                                     const char  *secret,
                                     GError     **error);

G_END_DECLS

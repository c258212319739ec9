/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-backend.h"
#include "ruf-json.h"
#include "ruf-sandbox-server.h"

G_BEGIN_DECLS

/* The sandbox in a thread of the test, so that sanitizers see both sides. */
typedef struct _RufTestSandbox RufTestSandbox;

RufTestSandbox *ruf_test_sandbox_new         (const RufSandboxOptions *options);
const char     *ruf_test_sandbox_get_url     (RufTestSandbox *self);
RufBackend     *ruf_test_sandbox_dup_backend (RufTestSandbox *self);
/* The JSON answer to GET @path. */
JsonObject     *ruf_test_sandbox_get         (RufTestSandbox *self, const char *path);
void            ruf_test_sandbox_free        (RufTestSandbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufTestSandbox, ruf_test_sandbox_free)

G_END_DECLS

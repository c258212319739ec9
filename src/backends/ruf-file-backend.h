/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-backend.h"

G_BEGIN_DECLS

#define RUF_TYPE_FILE_BACKEND (ruf_file_backend_get_type ())
G_DECLARE_FINAL_TYPE (RufFileBackend, ruf_file_backend, RUF, FILE_BACKEND, RufBackend)

RufBackend *ruf_file_backend_new (const char  *name,
                                  GHashTable  *settings,
                                  const char  *secret,
                                  GError     **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

/* Integrity, hash chain and I1–I8. Problems as sentences (char *); an empty array is health. */
GPtrArray *ruf_check_run (RufDb *db, GCancellable *cancellable, GError **error);

G_END_DECLS

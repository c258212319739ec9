/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"

G_BEGIN_DECLS

GPtrArray *ruf_access_write (RufContext    *context,
                             const char    *person,
                             const char    *folder,
                             GCancellable  *cancellable,
                             GError       **error);

G_END_DECLS

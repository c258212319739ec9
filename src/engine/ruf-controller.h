/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

gboolean ruf_controller_read (RufDb   *db,
                              char   **name,
                              GError **error);

G_END_DECLS

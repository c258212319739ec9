/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-change-table.h"

G_BEGIN_DECLS

gboolean ruf_import_table_undo (RufDb          *db,
                                gint64          import_id,
                                gint64          now,
                                RufUndoReport  *report,
                                GError        **error);

G_END_DECLS

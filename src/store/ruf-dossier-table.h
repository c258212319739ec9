/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"
#include "ruf-dossier.h"

G_BEGIN_DECLS

RufDossier *ruf_dossier_table_read (RufDb    *db,
                                    gint64    person_id,
                                    GError  **error);

G_END_DECLS

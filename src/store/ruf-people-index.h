/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

gboolean ruf_people_index_add     (RufDb       *db,
                                   gint64       person_id,
                                   const char  *name,
                                   const char  *addresses,
                                   const char  *tags,
                                   const char  *city,
                                   GError     **error);
gboolean ruf_people_index_remove  (RufDb       *db,
                                   gint64       person_id,
                                   GError     **error);
gboolean ruf_people_index_update  (RufDb       *db,
                                   gint64       person_id,
                                   GError     **error);
gboolean ruf_people_index_refresh (RufDb       *db,
                                   gint64       person_id,
                                   gint64       now,
                                   GError     **error);

G_END_DECLS

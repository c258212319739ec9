/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* House rule: Monday–Saturday 08:00–20:00 in the recipient's zone (facts of the field:
 * no statute for DE/AT/CH; the user may override with a reason).
 * Returns @moment when it may go now, else the next moment when it may. */
gint64 ruf_quiet_hours_next_open (gint64     moment,
                                  GTimeZone *zone);

G_END_DECLS

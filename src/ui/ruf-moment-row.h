/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUF_TYPE_MOMENT_ROW (ruf_moment_row_get_type ())
G_DECLARE_FINAL_TYPE (RufMomentRow, ruf_moment_row, RUF, MOMENT_ROW, AdwActionRow)

gint64 ruf_moment_row_get_moment (RufMomentRow *self);
void   ruf_moment_row_set_moment (RufMomentRow *self,
                                  gint64        moment);
void   ruf_moment_row_set_zone   (RufMomentRow *self,
                                  GTimeZone    *zone);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-poster-draw.h"

G_BEGIN_DECLS

gboolean ruf_table_card_draw (const RufPosterSheet  *sheet,
                              GError               **error);

G_END_DECLS

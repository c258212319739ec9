/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-outbox-table.h"
#include "ruf-template.h"

G_BEGIN_DECLS

/* The text for one row on its way out. */
char *ruf_render_handover (const RufTemplate *template, const RufHandover *row);

G_END_DECLS

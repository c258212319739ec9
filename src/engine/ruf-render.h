/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-outbox-table.h"
#include "ruf-people-table.h"
#include "ruf-template.h"

G_BEGIN_DECLS

/* The text for one row on its way out. */
char *ruf_render_handover (const RufTemplate *template,
                           const RufHandover *row);
/* The text for somebody who is looked at; NULL = nobody in particular. */
char *ruf_render_person   (const RufTemplate *template,
                           const RufPerson   *person);

G_END_DECLS

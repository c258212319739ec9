/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ruf_place_find        (const char *part,
                             const char *witness);
void  ruf_place_init_locale (void);

G_END_DECLS

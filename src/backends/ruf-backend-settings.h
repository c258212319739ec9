/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ruf_backend_settings_check (GHashTable          *settings,
                                     const char * const  *known,
                                     GError             **error);
const char *ruf_backend_settings_get (GHashTable  *settings,
                                      const char  *key,
                                      GError     **error);
gboolean ruf_backend_settings_get_uint (GHashTable  *settings,
                                        const char  *key,
                                        guint        min,
                                        guint        max,
                                        guint        fallback,
                                        guint       *value,
                                        GError     **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-channel.h"

G_BEGIN_DECLS

char    *ruf_source_code_new      (void);
gboolean ruf_source_code_is_valid (const char *text);

char    *ruf_start_text_new       (const char *purpose,
                                   const char *name,
                                   const char *source,
                                   const char *start_purpose);
char    *ruf_start_payload_new    (const char *purpose,
                                   const char *source,
                                   const char *start_purpose);
char    *ruf_start_link_new       (RufChannel  channel,
                                   const char *address,
                                   const char *text,
                                   const char *payload);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean ruf_document_file_put (const char  *path,
                                GBytes      *bytes,
                                GError     **error);

G_END_DECLS

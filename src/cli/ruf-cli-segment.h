/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-segment.h"

G_BEGIN_DECLS

gboolean ruf_cli_segment_parse (const char  *text,
                                RufSegment **segment,
                                GError     **error);

G_END_DECLS

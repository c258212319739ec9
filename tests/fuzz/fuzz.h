/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-contact-record.h"
#include "ruf-reject.h"

G_BEGIN_DECLS

/* What libFuzzer calls. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

const char *fuzz_file          (const guint8            *data,
                                size_t                   size);
char       *fuzz_text          (const guint8            *data,
                                size_t                   size);
void        fuzz_check_text    (const char              *text);
void        fuzz_check_record  (const RufContactRecord  *record,
                                guint                    last_row);
void        fuzz_check_rejects (GPtrArray               *rejects);

G_END_DECLS

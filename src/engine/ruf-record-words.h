/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

G_BEGIN_DECLS

const char *ruf_record_words_run_state (RufRunState           state);
char       *ruf_record_words_mark      (const RufConsentMark *mark,
                                        GTimeZone            *zone);

G_END_DECLS

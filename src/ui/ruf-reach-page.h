/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-page.h"

G_BEGIN_DECLS

#define RUF_TYPE_REACH_PAGE (ruf_reach_page_get_type ())
G_DECLARE_FINAL_TYPE (RufReachPage, ruf_reach_page, RUF, REACH_PAGE, RufPage)

void ruf_reach_page_import_file (RufReachPage *self,
                                 const char   *path);
const char *ruf_reach_page_get_chosen_period (RufReachPage *self);

G_END_DECLS

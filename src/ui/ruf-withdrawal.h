/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-page.h"
#include "ruf-people-table.h"

G_BEGIN_DECLS

void ruf_withdrawal_start (RufPage              *page,
                           const RufPerson      *person,
                           const RufConsentMark *mark);

G_END_DECLS

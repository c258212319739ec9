/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-page.h"

G_BEGIN_DECLS

#define RUF_TYPE_MESSAGES_PAGE (ruf_messages_page_get_type ())
G_DECLARE_FINAL_TYPE (RufMessagesPage, ruf_messages_page, RUF, MESSAGES_PAGE, RufPage)

G_END_DECLS

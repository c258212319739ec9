/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-demo.h"

G_BEGIN_DECLS

gboolean ruf_demo_shop_take_in (RufContext    *context,
                                const char    *sample,
                                RufDemoSay     say,
                                gpointer       user_data,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS

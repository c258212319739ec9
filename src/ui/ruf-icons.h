/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"

G_BEGIN_DECLS

const char *ruf_icons_channel (RufChannel     channel);
const char *ruf_icons_address (RufAddressKind kind);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-channel.h"

G_BEGIN_DECLS

gboolean ruf_address_parse       (const char      *text,
                                  const char      *region,
                                  RufAddressKind  *kind,
                                  char           **address);
gboolean ruf_address_parse_on    (const char      *text,
                                  RufChannel       channel,
                                  const char      *region,
                                  RufAddressKind  *kind,
                                  char           **address);
gboolean ruf_address_fits        (RufAddressKind   kind,
                                  RufChannel       channel);

G_END_DECLS

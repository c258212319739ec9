/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-dossier.h"

G_BEGIN_DECLS

GBytes *ruf_access_page_print (const RufDossier  *dossier,
                               GTimeZone         *zone,
                               GError           **error);

G_END_DECLS

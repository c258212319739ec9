/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"
#include "ruf-dossier.h"

G_BEGIN_DECLS

RufDossier *ruf_dossier_load (RufContext    *context,
                              const char    *person,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS

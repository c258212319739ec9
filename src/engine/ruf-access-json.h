/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "ruf-dossier.h"

G_BEGIN_DECLS

JsonNode *ruf_access_json_new (const RufDossier *dossier);

G_END_DECLS

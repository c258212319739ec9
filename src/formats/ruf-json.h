/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUF_JSON_MAX_DEPTH 64

JsonObject *ruf_json_parse_object (const char *data, gssize size, GError **error);

const char *ruf_json_get_text     (JsonObject *object, const char *name);
gint64      ruf_json_get_int      (JsonObject *object, const char *name, gint64 fallback);
gboolean    ruf_json_get_flag     (JsonObject *object, const char *name);
JsonArray  *ruf_json_get_array    (JsonObject *object, const char *name);
JsonObject *ruf_json_get_element  (JsonArray *array, guint index);

char       *ruf_json_write        (JsonNode *node);

G_END_DECLS

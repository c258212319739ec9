/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RUF_TYPE_FAULT_ITEM (ruf_fault_item_get_type ())
G_DECLARE_FINAL_TYPE (RufFaultItem, ruf_fault_item, RUF, FAULT_ITEM, GObject)

RufFaultItem *ruf_fault_item_new (guint       row,
                                  const char *column,
                                  const char *value,
                                  const char *reason);

G_END_DECLS

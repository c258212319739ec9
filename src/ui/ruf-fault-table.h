/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-importer.h"

G_BEGIN_DECLS

#define RUF_TYPE_FAULT_TABLE (ruf_fault_table_get_type ())
G_DECLARE_FINAL_TYPE (RufFaultTable, ruf_fault_table, RUF, FAULT_TABLE, GtkWidget)

void ruf_fault_table_fill (RufFaultTable *self,
                           RufImporter   *importer);

G_END_DECLS

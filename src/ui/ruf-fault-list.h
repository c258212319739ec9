/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-importer.h"

G_BEGIN_DECLS

#define RUF_TYPE_FAULT_LIST (ruf_fault_list_get_type ())
G_DECLARE_FINAL_TYPE (RufFaultList, ruf_fault_list, RUF, FAULT_LIST, GtkWidget)

guint ruf_fault_list_fill (RufFaultList *self,
                           RufImporter  *importer);

G_END_DECLS

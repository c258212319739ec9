/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RufCliTable:
 * Rows for people: columns as wide as their widest cell, numbers to the right.
 */
typedef struct _RufCliTable RufCliTable;

RufCliTable *ruf_cli_table_new      (const char * const *headers);
void         ruf_cli_table_free     (RufCliTable        *self);
void         ruf_cli_table_add_text (RufCliTable        *self,
                                     const char         *text);
void         ruf_cli_table_add_int  (RufCliTable        *self,
                                     gint64              value);
void         ruf_cli_table_add_moment (RufCliTable      *self,
                                     gint64              moment,
                                     GTimeZone          *zone);
void         ruf_cli_table_print    (RufCliTable        *self);
char        *ruf_cli_table_to_string (RufCliTable       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCliTable, ruf_cli_table_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-cli-call.h"

G_BEGIN_DECLS

/**
 * RufCliTable:
 * The rows of an answer. With JSON an array of objects, written as it comes; without, columns
 * for people, as wide as their widest cell, numbers to the right.
 */
typedef struct _RufCliTable RufCliTable;

RufCliTable *ruf_cli_table_new        (RufCliCall         *call,
                                       const char         *member,
                                       const char * const *headers);
void         ruf_cli_table_free       (RufCliTable        *self);
void         ruf_cli_table_begin_row  (RufCliTable        *self);
void         ruf_cli_table_add_text   (RufCliTable        *self,
                                       const char         *name,
                                       const char         *text);
void         ruf_cli_table_add_int    (RufCliTable        *self,
                                       const char         *name,
                                       gint64              value);
void         ruf_cli_table_add_moment (RufCliTable        *self,
                                       const char         *name,
                                       gint64              moment);
void         ruf_cli_table_end_row    (RufCliTable        *self);
void         ruf_cli_table_finish     (RufCliTable        *self);
void         ruf_cli_table_say_shown  (RufCliTable        *self,
                                       gint64              shown,
                                       gint64              total);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCliTable, ruf_cli_table_free)

/**
 * RufCliList:
 * A verb that lists all of something and has no options.
 */
typedef struct
{
  const char  *member;        /* name of the array in JSON */
  const char  *headers[10];   /* not translated yet; ended by NULL */
  GPtrArray *(*read)      (RufDb          *db,
                           GError        **error);
  void       (*write_row) (RufCliTable    *table,
                           RufCliOutput   *output,
                           gconstpointer   row);
} RufCliList;

gboolean     ruf_cli_list_run         (RufCliCall         *call,
                                       const RufCliList   *list,
                                       GError            **error);

G_END_DECLS

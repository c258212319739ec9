/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

G_BEGIN_DECLS

/**
 * RufStepKind:
 * What the user did with one click.
 */
typedef enum
{
  RUF_STEP_EDIT,
  RUF_STEP_TAG,
  RUF_STEP_MERGE,
  RUF_STEP_REMOVE,
  RUF_STEP_IMPORT,
} RufStepKind;

/**
 * RufPlace:
 * Where something may change. Of each place @row_id and @key tell which one, and a text what
 * stands there; %NULL is nothing.
 */
typedef enum
{
  RUF_PLACE_PERSON,      /* person; "CREATED_AT/IMPORT" while they are there */
  RUF_PLACE_FIELD,       /* person, column: "city" */
  RUF_PLACE_OWN_FIELD,   /* person, name of a field of the user's own */
  RUF_PLACE_TAG,         /* person, tag; "1" */
  RUF_PLACE_OWNER,       /* contact point; the person it belongs to */
  RUF_PLACE_LABEL,       /* contact point; "mobile" */
  RUF_PLACE_RECIPIENT,   /* outbox row; the person it was planned for */
} RufPlace;

typedef struct
{
  gint64       id;
  RufStepKind  kind;
  char        *title;
  gint64       import_id;   /* 0 = none */
  gint64       done_at;     /* UTC µs */
  gint64       undone_at;   /* 0 = stands */
} RufStepRecord;

void ruf_step_record_free (RufStepRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufStepRecord, ruf_step_record_free)

typedef struct
{
  gint64 removed;    /* people who were there only by the step */
  gint64 restored;   /* places that are again as they were before */
  gint64 kept;       /* places and people that stay, because something came later */
} RufUndoReport;

/* The columns of a person, as keys of %RUF_PLACE_FIELD; ends with %NULL. */
extern const char * const ruf_person_fields[];

gboolean   ruf_change_table_begin (RufDb           *db,
                                   RufStepKind      kind,
                                   const char      *title,
                                   gint64           import_id,
                                   gint64           now,
                                   gint64          *step_id,
                                   GError         **error);
gboolean   ruf_change_table_get   (RufDb           *db,
                                   RufPlace         place,
                                   gint64           row_id,
                                   const char      *key,
                                   char           **value,
                                   GError         **error);
gboolean   ruf_change_table_set   (RufDb           *db,
                                   gint64           step_id,
                                   RufPlace         place,
                                   gint64           row_id,
                                   const char      *key,
                                   const char      *value,
                                   GError         **error);
gboolean   ruf_change_table_note  (RufDb           *db,
                                   gint64           step_id,
                                   RufPlace         place,
                                   gint64           row_id,
                                   const char      *key,
                                   const char      *before,
                                   const char      *after,
                                   GError         **error);
gboolean   ruf_change_table_end   (RufDb           *db,
                                   gint64          *step_id,
                                   gint64           now,
                                   GError         **error);
gboolean   ruf_change_table_find_import (RufDb     *db,
                                         gint64     import_id,
                                         gint64    *step_id,
                                         GError   **error);
gboolean   ruf_change_table_undo  (RufDb           *db,
                                   gint64           step_id,
                                   gint64           now,
                                   RufUndoReport   *report,
                                   GError         **error);
GPtrArray *ruf_change_table_list  (RufDb           *db,
                                   guint            limit,
                                   GError         **error);

G_END_DECLS

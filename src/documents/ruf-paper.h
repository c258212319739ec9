/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-paper-text.h"

G_BEGIN_DECLS

typedef enum
{
  RUF_PAPER_A4,
  RUF_PAPER_A5,
} RufPaperSize;

/**
 * RufPaper:
 * Pages that are filled from top to bottom. What does not fit goes on to the next page; each
 * page says which one of how many it is, when it was made and by what.
 */
typedef struct _RufPaper RufPaper;

typedef void (*RufPaperFunc) (RufPaper      *paper,
                              gconstpointer  data);

typedef struct
{
  const char    *title;   /* plain text, translated */
  double         share;   /* of the width, all together 1 */
  RufPaperStyle  style;
} RufPaperColumn;

GBytes *ruf_paper_print         (RufPaperSize           size,
                                 const char            *title,
                                 gint64                 made_at,
                                 GTimeZone             *zone,
                                 RufPaperFunc           func,
                                 gconstpointer          data,
                                 GError               **error);

void    ruf_paper_add_text      (RufPaper              *self,
                                 RufPaperStyle          style,
                                 const char            *text);
void    ruf_paper_add_field     (RufPaper              *self,
                                 const char            *name,
                                 const char            *value);
void    ruf_paper_add_quote     (RufPaper              *self,
                                 const char            *text);
void    ruf_paper_add_space     (RufPaper              *self,
                                 double                 points);
void    ruf_paper_begin_table   (RufPaper              *self,
                                 const RufPaperColumn  *columns,
                                 guint                  n_columns);
void    ruf_paper_add_row       (RufPaper              *self,
                                 const char * const    *cells);
void    ruf_paper_end_table     (RufPaper              *self);
void    ruf_paper_keep_together (RufPaper              *self,
                                 RufPaperFunc           func,
                                 gconstpointer          data);

G_END_DECLS

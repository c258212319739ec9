/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pangocairo.h>

#include "ruf-chart-palette.h"
#include "ruf-poster-words.h"

G_BEGIN_DECLS

/* What poster and card draw with; not for other rooms. */
typedef struct
{
  cairo_t              *cr;       /* NULL: texts are only measured */
  PangoContext         *context;
  const RufPoster      *poster;
  const RufPosterWords *words;
  const RufColor       *accent;   /* the channel's; white text on it has at least 4.5 : 1 */
  const RufColor       *tint;     /* a breath of it */
} RufPosterSheet;

typedef struct
{
  double x, y, width, height;
} RufPosterBox;

/* How a text stands in its box: as big as it fits, not bigger or smaller than this. */
typedef struct
{
  double          most, least;   /* points */
  PangoWeight     weight;
  PangoAlignment  align;
  const RufColor *color;
} RufPosterType;

/* The same for one of several texts below each other. */
typedef struct
{
  RufPosterType type;
  double        room;   /* for this text at most */
  double        gap;    /* below it */
} RufPosterCallType;

extern const RufColor ruf_poster_white;
extern const RufColor ruf_poster_black;
extern const RufColor ruf_poster_dim;

void     ruf_poster_sheet_init   (RufPosterSheet        *self,
                                  cairo_t               *cr,
                                  PangoContext          *context,
                                  const RufPoster       *poster,
                                  const RufPosterWords  *words);
double   ruf_poster_draw_text    (const RufPosterSheet  *self,
                                  const char            *text,
                                  const RufPosterType   *type,
                                  const RufPosterBox    *box,
                                  GError               **error);
gboolean ruf_poster_draw_call    (const RufPosterSheet     *self,
                                  const RufPosterCallType  *type,
                                  const RufPosterBox       *box,
                                  GError                  **error);
void     ruf_poster_draw_panel   (const RufPosterSheet  *self,
                                  const RufPosterBox    *box,
                                  double                 radius,
                                  const RufColor        *color);
void     ruf_poster_draw_bubble  (const RufPosterSheet  *self,
                                  const RufPosterBox    *box,
                                  double                 radius,
                                  double                 tail_x,
                                  double                 tail);
void     ruf_poster_draw_frame   (const RufPosterSheet  *self,
                                  const RufPosterBox    *box,
                                  double                 radius,
                                  double                 width);
void     ruf_poster_draw_number  (const RufPosterSheet  *self,
                                  guint                  number,
                                  double                 x,
                                  double                 y,
                                  double                 size);
gboolean ruf_poster_draw_sender  (const RufPosterSheet  *self,
                                  const RufPosterBox    *box,
                                  double                 most,
                                  GError               **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A text line by line. Lines are measured once; where a page ends, the next begins with the
 * line that did not fit. */

#include "config.h"

#include "ruf-paper-flow.h"

typedef struct
{
  PangoLayoutLine *line;   /* the layout's */
  double           x;
  double           top, bottom, baseline;
} Line;

struct _RufPaperFlow
{
  PangoLayout    *layout;
  const RufColor *color;
  double          x;
  GArray         *lines;
  guint           next;
};

static void
collect_lines (RufPaperFlow *self)
{
  PangoLayoutIter *iter = pango_layout_get_iter (self->layout);

  do
    {
      PangoRectangle place;
      int top, bottom;
      Line line = { .line = pango_layout_iter_get_line_readonly (iter) };

      pango_layout_iter_get_line_extents (iter, NULL, &place);
      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      line.x = (double) place.x / PANGO_SCALE;
      line.top = (double) top / PANGO_SCALE;
      line.bottom = (double) bottom / PANGO_SCALE;
      line.baseline = (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE;
      g_array_append_val (self->lines, line);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/**
 * ruf_paper_flow_new:
 * @layout: (transfer full): a text, laid out
 * @color: its colour; must outlive the flow
 * @x: its left edge on the page
 *
 * Returns: (transfer full): the flow, at its first line
 */
RufPaperFlow *
ruf_paper_flow_new (PangoLayout    *layout,
                    const RufColor *color,
                    double          x)
{
  RufPaperFlow *self = g_new0 (RufPaperFlow, 1);

  self->layout = layout;
  self->color = color;
  self->x = x;
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  collect_lines (self);
  return self;
}

/**
 * ruf_paper_flow_free:
 * @self: (transfer full): a flow
 */
void
ruf_paper_flow_free (RufPaperFlow *self)
{
  g_array_unref (self->lines);
  g_object_unref (self->layout);
  g_free (self);
}

/**
 * ruf_paper_flow_is_empty:
 * @self: a flow
 *
 * Returns: whether all of it was drawn
 */
gboolean
ruf_paper_flow_is_empty (RufPaperFlow *self)
{
  return self->next >= self->lines->len;
}

/**
 * ruf_paper_flow_measure:
 * @self: a flow
 * @room: points down the page
 *
 * Returns: how much of @room the lines take that fit in, 0 where not even one does
 */
double
ruf_paper_flow_measure (RufPaperFlow *self,
                        double        room)
{
  double height = 0;

  for (guint i = self->next; i < self->lines->len; i++)
    {
      const Line *first = &g_array_index (self->lines, Line, self->next);
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->bottom - first->top > room)
        break;
      height = line->bottom - first->top;
    }
  return height;
}

/**
 * ruf_paper_flow_draw:
 * @self: a flow
 * @cr: (nullable): where to draw, %NULL to go on without drawing
 * @y: top edge
 * @height: room for lines
 *
 * Draws the lines that fit, and goes on to those behind them.
 */
void
ruf_paper_flow_draw (RufPaperFlow *self,
                     cairo_t      *cr,
                     double        y,
                     double        height)
{
  double top = 0;

  if (!ruf_paper_flow_is_empty (self))
    top = g_array_index (self->lines, Line, self->next).top;

  for (; self->next < self->lines->len; self->next++)
    {
      const Line *line = &g_array_index (self->lines, Line, self->next);

      if (line->bottom - top > height)
        break;
      if (cr == NULL)
        continue;
      ruf_color_set_source (self->color, cr);
      cairo_move_to (cr, self->x + line->x, y + line->baseline - top);
      pango_cairo_show_layout_line (cr, line->line);
    }
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages, printed twice: the first time nothing is drawn, only counted, so that each page can
 * say of how many it is one. */

#include "config.h"

#include "ruf-paper.h"

#include <glib/gi18n-lib.h>

#include "ruf-chart-text.h"
#include "ruf-paper-flow.h"
#include "ruf-pdf.h"
#include "ruf-words.h"

#define MOST_COLUMNS    8
#define NAME_SHARE      0.26   /* of a field's width */
#define GAP             10     /* between cells */
#define ROW_PADDING     2.5
#define QUOTE_INDENT    10
#define QUOTE_PADDING   4
#define HEADING_COMPANY 130    /* a heading stands with at least so much, itself counted */
#define TABLE_COMPANY   56     /* head and a row */
#define MOST_HEADING_LINES 3
#define HEAD_HEIGHT     24     /* of what stands atop every page but the first */
#define LEAST_ROOM      24     /* two lines */

typedef struct
{
  RufPaperFlow *flows[MOST_COLUMNS];
  guint         n;
  RufPaperStyle style;   /* of the first */
} Row;

struct _RufPaper
{
  PangoContext         *context;
  cairo_t              *cr;         /* NULL while pages are counted */
  const char           *title;
  gint64                made_at;
  GTimeZone            *zone;

  double                width, height;
  double                left, right, top, bottom;   /* edges of what is filled */
  double                y;
  double                fresh;      /* @y where the page has only what every page begins with */
  guint                 page, n_pages;
  guint                 trials;     /* > 0: only measuring, on a page without end */

  gboolean              is_headed;  /* a heading stands right above @y, and shall not stay alone */
  const RufPaperColumn *columns;    /* of the table under way, or NULL */
  guint                 n_columns;
};

static const RufColor rule_color = { 0.80, 0.80, 0.80, 1 };
static const RufColor shade_color = { 0.955, 0.955, 0.955, 1 };

static cairo_t *
get_cairo (RufPaper *self)
{
  return self->trials > 0 ? NULL : self->cr;
}

static void
draw_rule (RufPaper *self,
           double    y)
{
  cairo_t *cr = get_cairo (self);

  if (cr == NULL)
    return;

  ruf_color_set_source (&rule_color, cr);
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, self->left, y);
  cairo_line_to (cr, self->right, y);
  cairo_stroke (cr);
}

/* One line, cut off where it is too long, at the left or at the right edge. */
static void
draw_line (RufPaper   *self,
           const char *text,
           double      y,
           gboolean    at_right)
{
  g_autoptr (PangoLayout) layout =
    ruf_paper_text_new (self->context, RUF_PAPER_SMALL, text, (self->right - self->left) * 0.8);
  double x = self->left;

  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (at_right)
    x = self->right - ruf_chart_text_get_width (layout);
  ruf_chart_text_draw (layout, self->cr, ruf_paper_text_get_color (RUF_PAPER_SMALL), x, y);
}

static void
draw_foot (RufPaper *self)
{
  g_autofree char *moment = NULL;
  g_autofree char *made = NULL;
  g_autofree char *number = NULL;

  if (self->cr == NULL)
    return;

  moment = ruf_words_full_moment (self->made_at, self->zone);
  made = g_strdup_printf (_("Made by Rundruf on this computer, %s"), moment);
  number = g_strdup_printf (_("Page %u of %u"), self->page, self->n_pages);
  draw_rule (self, self->bottom + 8);
  draw_line (self, made, self->bottom + 12, FALSE);
  draw_line (self, number, self->bottom + 12, TRUE);
}

/* Loose sheets tell what they belong to. */
static void
draw_running_head (RufPaper *self)
{
  if (self->cr != NULL)
    {
      draw_line (self, self->title, self->y, FALSE);
      draw_rule (self, self->y + 14);
    }
  self->y += HEAD_HEIGHT;
}

static void draw_columns (RufPaper *self);

static void
end_page (RufPaper *self)
{
  draw_foot (self);
  if (self->cr != NULL)
    cairo_show_page (self->cr);
}

static void
break_page (RufPaper *self)
{
  g_assert (self->trials == 0);

  end_page (self);
  self->page++;
  self->y = self->fresh = self->top;
  draw_running_head (self);
  if (self->columns != NULL)
    draw_columns (self);
  self->fresh = self->y;
}

static double
get_room (RufPaper *self)
{
  return self->trials > 0 ? G_MAXDOUBLE : self->bottom - self->y;
}

static gboolean
is_fresh (RufPaper *self)
{
  return self->y <= self->fresh;
}

static double
measure_row (const Row *row,
             double     room)
{
  double height = 0;

  for (guint i = 0; i < row->n; i++)
    height = MAX (height, ruf_paper_flow_measure (row->flows[i], room));
  return height;
}

static gboolean
row_is_empty (const Row *row)
{
  for (guint i = 0; i < row->n; i++)
    if (!ruf_paper_flow_is_empty (row->flows[i]))
      return FALSE;
  return TRUE;
}

static void
clear_row (Row *row)
{
  for (guint i = 0; i < row->n; i++)
    ruf_paper_flow_free (row->flows[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, clear_row)

static gboolean
is_heading (RufPaperStyle style)
{
  return style <= RUF_PAPER_SUBHEADING;
}

static void
add_cell (RufPaper      *self,
          Row           *row,
          RufPaperStyle  style,
          const char    *text,
          double         x,
          double         width)
{
  PangoLayout *layout =
    ruf_paper_text_new (self->context, style, text != NULL ? text : "", width);

  g_assert (row->n < MOST_COLUMNS);
  if (is_heading (style))
    {
      pango_layout_set_height (layout, -MOST_HEADING_LINES);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  if (row->n == 0)
    row->style = style;
  row->flows[row->n++] = ruf_paper_flow_new (layout, ruf_paper_text_get_color (style), x);
}

/* What is short stays on one page; what is long may part, but not behind its first line.
 * What has a heading above it parts rather than leaves that alone. */
static void
make_room (RufPaper *self,
           double    height)
{
  gboolean is_short = height <= (self->bottom - self->top) / 3;
  double least = is_short && !self->is_headed ? height : LEAST_ROOM;

  if (get_room (self) < least && !is_fresh (self))
    break_page (self);
}

static void
draw_shade (RufPaper *self,
            double    height)
{
  cairo_t *cr = get_cairo (self);

  if (cr == NULL)
    return;

  ruf_color_set_source (&shade_color, cr);
  cairo_rectangle (cr, self->left, self->y, self->right - self->left, height);
  cairo_fill (cr);
  ruf_color_set_source (&rule_color, cr);
  cairo_rectangle (cr, self->left, self->y, 2, height);
  cairo_fill (cr);
}

/* What screen readers are told a text is. */
static const char *
get_tag (RufPaperStyle style)
{
  static const char * const tags[] = {
    [RUF_PAPER_TITLE] = "H1",
    [RUF_PAPER_HEADING] = "H2",
    [RUF_PAPER_SUBHEADING] = "H3",
  };

  return style < G_N_ELEMENTS (tags) ? tags[style] : "P";
}

static void
draw_row (RufPaper *self,
          Row      *row,
          double    y,
          double    height)
{
  cairo_t *cr = get_cairo (self);

  for (guint i = 0; i < row->n; i++)
    {
      if (cr != NULL)
        cairo_tag_begin (cr, get_tag (row->style), NULL);
      ruf_paper_flow_draw (row->flows[i], cr, y, height);
      if (cr != NULL)
        cairo_tag_end (cr, get_tag (row->style));
    }
}

/* Draws a row over as many pages as it takes. */
static void
pour_row (RufPaper *self,
          Row      *row,
          double    padding,
          gboolean  is_shaded)
{
  make_room (self, measure_row (row, G_MAXDOUBLE) + 2 * padding);

  while (!row_is_empty (row))
    {
      double height = measure_row (row, get_room (self) - 2 * padding);

      if (is_shaded)
        draw_shade (self, height + 2 * padding);
      draw_row (self, row, self->y + padding, height);
      self->y += height + 2 * padding;
      if (!row_is_empty (row))
        break_page (self);
    }
  self->is_headed = FALSE;
}

/**
 * ruf_paper_add_text:
 * @self: pages
 * @style: how it looks
 * @text: plain text, as long as it likes
 *
 * Adds a heading or a paragraph. A heading stays with what follows, and is cut off behind
 * its third line.
 */
void
ruf_paper_add_text (RufPaper      *self,
                    RufPaperStyle  style,
                    const char    *text)
{
  gboolean was_headed = self->is_headed;
  g_auto (Row) row = { 0 };

  g_return_if_fail (self != NULL && text != NULL);

  if (is_heading (style) && get_room (self) < HEADING_COMPANY && !is_fresh (self))
    break_page (self);
  if (is_heading (style))
    ruf_paper_add_space (self, style == RUF_PAPER_HEADING ? 12 : 6);
  add_cell (self, &row, style, text, self->left, self->right - self->left);
  pour_row (self, &row, style == RUF_PAPER_TITLE ? 0 : 1.5, FALSE);
  if (is_heading (style))
    ruf_paper_add_space (self, style == RUF_PAPER_TITLE ? 8 : 2);
  self->is_headed = is_heading (style) || (style == RUF_PAPER_SMALL && was_headed);
}

/**
 * ruf_paper_add_field:
 * @self: pages
 * @name: what it is
 * @value: (nullable): plain text; nothing is added for %NULL and ""
 *
 * Adds one line of a table of names and values.
 */
void
ruf_paper_add_field (RufPaper   *self,
                     const char *name,
                     const char *value)
{
  double width = self->right - self->left;
  g_auto (Row) row = { 0 };

  g_return_if_fail (name != NULL);

  if (value == NULL || *value == '\0')
    return;

  add_cell (self, &row, RUF_PAPER_LABEL, name, self->left, width * NAME_SHARE - GAP);
  add_cell (self, &row, RUF_PAPER_BODY, value, self->left + width * NAME_SHARE,
            width * (1 - NAME_SHARE));
  pour_row (self, &row, 1, FALSE);
}

/**
 * ruf_paper_add_quote:
 * @self: pages
 * @text: words of somebody, every one of which counts
 *
 * Adds a paragraph on a grey ground.
 */
void
ruf_paper_add_quote (RufPaper   *self,
                     const char *text)
{
  g_auto (Row) row = { 0 };

  g_return_if_fail (text != NULL);

  add_cell (self, &row, RUF_PAPER_BODY, text, self->left + QUOTE_INDENT,
            self->right - self->left - 2 * QUOTE_INDENT);
  pour_row (self, &row, QUOTE_PADDING, TRUE);
}

/**
 * ruf_paper_add_space:
 * @self: pages
 * @points: how much
 *
 * Leaves room; none where a page begins.
 */
void
ruf_paper_add_space (RufPaper *self,
                     double    points)
{
  if (!is_fresh (self))
    self->y += points;
}

static void
add_cells (RufPaper           *self,
           Row                *row,
           const char * const *cells,
           RufPaperStyle       style)
{
  double width = self->right - self->left;
  double x = self->left;

  for (guint i = 0; i < self->n_columns; i++)
    {
      const RufPaperColumn *column = &self->columns[i];
      double gap = i + 1 < self->n_columns ? GAP : 0;

      add_cell (self, row, style == RUF_N_PAPER_STYLES ? column->style : style,
                cells != NULL ? cells[i] : column->title, x, column->share * width - gap);
      x += column->share * width;
    }
}

static void
draw_columns (RufPaper *self)
{
  g_auto (Row) row = { 0 };

  add_cells (self, &row, NULL, RUF_PAPER_SMALL);
  pour_row (self, &row, ROW_PADDING, FALSE);
  draw_rule (self, self->y);
}

/**
 * ruf_paper_begin_table:
 * @self: pages
 * @columns: (array length=n_columns): must live until the table ends
 * @n_columns: at most 8
 *
 * Begins a table. Its head stands on each page that it reaches.
 */
void
ruf_paper_begin_table (RufPaper             *self,
                       const RufPaperColumn *columns,
                       guint                 n_columns)
{
  g_return_if_fail (self->columns == NULL && n_columns <= MOST_COLUMNS);

  make_room (self, TABLE_COMPANY);
  self->columns = columns;
  self->n_columns = n_columns;
  draw_columns (self);
  self->is_headed = TRUE;
}

/**
 * ruf_paper_add_row:
 * @self: pages
 * @cells: one text a column, %NULL for none
 *
 * Adds a row to the table under way.
 */
void
ruf_paper_add_row (RufPaper           *self,
                   const char * const *cells)
{
  g_auto (Row) row = { 0 };

  g_return_if_fail (self->columns != NULL);

  add_cells (self, &row, cells, RUF_N_PAPER_STYLES);
  pour_row (self, &row, ROW_PADDING, FALSE);
  draw_rule (self, self->y);
}

/**
 * ruf_paper_end_table:
 * @self: pages
 *
 * Ends the table.
 */
void
ruf_paper_end_table (RufPaper *self)
{
  self->columns = NULL;
  self->n_columns = 0;
  ruf_paper_add_space (self, 6);
}

/**
 * ruf_paper_keep_together:
 * @self: pages
 * @func: adds some things
 * @data: for @func
 *
 * Begins a new page first where what @func adds would otherwise be parted; what is longer
 * than a page is parted all the same.
 */
void
ruf_paper_keep_together (RufPaper      *self,
                         RufPaperFunc   func,
                         gconstpointer  data)
{
  double y = self->y;
  gboolean is_headed = self->is_headed;
  double height;

  self->trials++;
  func (self, data);
  self->trials--;
  height = self->y - y;
  self->y = y;
  self->is_headed = is_headed;

  if (height > get_room (self) && !self->is_headed && height < self->bottom - self->top - HEAD_HEIGHT && !is_fresh (self))
    break_page (self);
  func (self, data);
}

static void
set_size (RufPaper     *self,
          RufPaperSize  size)
{
  gboolean is_a4 = size == RUF_PAPER_A4;
  double margin = (is_a4 ? 20 : 13) * RUF_PDF_MM;

  self->width = is_a4 ? RUF_PDF_A4_WIDTH : RUF_PDF_A5_WIDTH;
  self->height = is_a4 ? RUF_PDF_A4_HEIGHT : RUF_PDF_A5_HEIGHT;
  self->left = margin;
  self->right = self->width - margin;
  self->top = margin * 0.9;
  self->bottom = self->height - margin - 10;
}

static void
print_once (RufPaper      *self,
            RufPaperFunc   func,
            gconstpointer  data)
{
  self->page = 1;
  self->y = self->fresh = self->top;
  func (self, data);
  end_page (self);
  self->n_pages = self->page;
}

/**
 * ruf_paper_print:
 * @size: of the paper
 * @title: what the document is about; stands on every page but the first
 * @made_at: UTC µs; the same moment and content make the same bytes
 * @zone: where the reader is
 * @func: fills the pages; called twice, and must add the same both times
 * @data: for @func
 * @error: return location; IO where cairo gave up
 *
 * Returns: (transfer full) (nullable): the PDF file
 */
GBytes *
ruf_paper_print (RufPaperSize    size,
                 const char     *title,
                 gint64          made_at,
                 GTimeZone      *zone,
                 RufPaperFunc    func,
                 gconstpointer   data,
                 GError        **error)
{
  RufPaper self = { .title = title, .made_at = made_at, .zone = zone };
  g_autoptr (RufPdf) pdf = NULL;

  g_return_val_if_fail (title != NULL && zone != NULL && func != NULL, NULL);

  self.context = ruf_paper_text_create_context ();
  set_size (&self, size);
  print_once (&self, func, data);

  pdf = ruf_pdf_new (self.width, self.height, title, made_at);
  self.cr = ruf_pdf_get_cairo (pdf);
  print_once (&self, func, data);
  g_object_unref (self.context);

  return ruf_pdf_finish (pdf, error);
}

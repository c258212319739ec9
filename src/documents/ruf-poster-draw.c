/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shapes and big type. */

#include "config.h"

#include "ruf-poster-draw.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ruf-chart-text.h"
#include "ruf-error.h"
#include "ruf-paper-text.h"

#define RGB(r, g, b) { r / 255.0, g / 255.0, b / 255.0, 1.0 }
#define SHRINK 0.96

const RufColor ruf_poster_white = { 1, 1, 1, 1 };
const RufColor ruf_poster_black = RGB (0x24, 0x1f, 0x31);
const RufColor ruf_poster_dim = RGB (0x5e, 0x5c, 0x64);

static const struct
{
  RufColor accent, tint;
} colors[RUF_N_CHANNELS] = {
  [RUF_CHANNEL_WHATSAPP] = { RGB (0x13, 0x73, 0x4a), RGB (0xe6, 0xf4, 0xec) },
  [RUF_CHANNEL_TELEGRAM] = { RGB (0x1a, 0x5f, 0xb4), RGB (0xe7, 0xef, 0xf9) },
  [RUF_CHANNEL_SMS] = { RGB (0x81, 0x3d, 0x9c), RGB (0xf4, 0xeb, 0xf8) },
  [RUF_CHANNEL_EMAIL] = { RGB (0xb8, 0x42, 0x00), RGB (0xfb, 0xee, 0xe6) },
  [RUF_CHANNEL_SIGNAL] = { RGB (0x24, 0x1f, 0x31), RGB (0xee, 0xee, 0xf0) },
};

/**
 * ruf_poster_sheet_init:
 * @self: (out caller-allocates): room for the sheet
 * @cr: where to draw
 * @context: for text
 * @poster: what it is about
 * @words: what it says
 *
 * Takes the colours of the poster's channel.
 */
void
ruf_poster_sheet_init (RufPosterSheet       *self,
                       cairo_t              *cr,
                       PangoContext         *context,
                       const RufPoster      *poster,
                       const RufPosterWords *words)
{
  *self = (RufPosterSheet) {
    cr, context, poster, words, &colors[poster->channel].accent, &colors[poster->channel].tint,
  };
}

static PangoLayout *
lay_out (const RufPosterSheet *self,
         const char           *text,
         const RufPosterType  *type,
         double                points,
         double                width)
{
  PangoLayout *layout = ruf_paper_text_new_sized (self->context, points, type->weight, text, width);

  /* No word is torn while a smaller size keeps it whole. */
  if (points > type->least)
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_alignment (layout, type->align);
  return layout;
}

static gboolean
fits (PangoLayout        *layout,
      const RufPosterBox *box)
{
  return ruf_chart_text_get_height (layout) <= box->height &&
         ruf_chart_text_get_width (layout) <= box->width + 0.5;
}

/**
 * ruf_poster_draw_text:
 * @self: a sheet
 * @text: what to write
 * @type: how
 * @box: where at most
 * @error: return location; INVALID where @text is too long for @box
 *
 * Writes @text from the top of @box, as big as it fits; only measures it where the sheet has
 * nothing to draw on.
 *
 * Returns: how high it became, or -1
 */
double
ruf_poster_draw_text (const RufPosterSheet  *self,
                      const char            *text,
                      const RufPosterType   *type,
                      const RufPosterBox    *box,
                      GError               **error)
{
  double points = type->most;
  g_autoptr (PangoLayout) layout = lay_out (self, text, type, points, box->width);

  while (!fits (layout, box) && points > type->least)
    {
      points = MAX (points * SHRINK, type->least);
      g_object_unref (layout);
      layout = lay_out (self, text, type, points, box->width);
    }
  if (!fits (layout, box))
    {
      g_autofree char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 40));

      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("There is no room for “%s…” on this paper. Shorten it, or choose larger "
                     "paper."), start);
      return -1;
    }

  if (self->cr != NULL)
    ruf_chart_text_draw (layout, self->cr, type->color, box->x, box->y);
  return ruf_chart_text_get_height (layout);
}

/* One text below the other; what the first ones leave is the last one's. */
static double
draw_call_at (const RufPosterSheet     *self,
              const RufPosterCallType  *type,
              const RufPosterBox       *box,
              double                    y,
              GError                  **error)
{
  const char *texts[] = { self->words->headline, self->words->subline, self->words->promise };
  double at = y;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      RufPosterBox place = { box->x, at, box->width, type[i].room };
      double height = ruf_poster_draw_text (self, texts[i], &type[i].type, &place, error);

      if (height < 0)
        return -1;
      at += height + type[i].gap;
    }
  return at - y;
}

/**
 * ruf_poster_draw_call:
 * @self: a sheet
 * @type: (array fixed-size=3): how headline, subline and promise are written
 * @box: where; the three must have room in it together
 * @error: return location; INVALID where something is too long
 *
 * Writes what it is about in the middle of @box.
 *
 * Returns: whether it was drawn
 */
gboolean
ruf_poster_draw_call (const RufPosterSheet     *self,
                      const RufPosterCallType  *type,
                      const RufPosterBox       *box,
                      GError                  **error)
{
  RufPosterSheet trial = *self;
  double height;

  trial.cr = NULL;
  height = draw_call_at (&trial, type, box, box->y, error);
  return height >= 0 &&
         draw_call_at (self, type, box, box->y + (box->height - height) / 2, error) >= 0;
}

static void
trace_panel (cairo_t            *cr,
             const RufPosterBox *box,
             double              r)
{
  double right = box->x + box->width;
  double bottom = box->y + box->height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - r, box->y + r, r, -G_PI_2, 0);
  cairo_arc (cr, right - r, bottom - r, r, 0, G_PI_2);
  cairo_arc (cr, box->x + r, bottom - r, r, G_PI_2, G_PI);
  cairo_arc (cr, box->x + r, box->y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/**
 * ruf_poster_draw_panel:
 * @self: a sheet
 * @box: where
 * @radius: of its corners
 * @color: its colour
 *
 * Fills a rectangle with round corners.
 */
void
ruf_poster_draw_panel (const RufPosterSheet *self,
                       const RufPosterBox   *box,
                       double                radius,
                       const RufColor       *color)
{
  trace_panel (self->cr, box, radius);
  ruf_color_set_source (color, self->cr);
  cairo_fill (self->cr);
}

/**
 * ruf_poster_draw_bubble:
 * @self: a sheet
 * @box: where
 * @radius: of its corners
 * @tail_x: where its tail hangs
 * @tail: how long that is
 *
 * Fills a speech bubble in the channel's colour, the tail at its lower edge.
 */
void
ruf_poster_draw_bubble (const RufPosterSheet *self,
                        const RufPosterBox   *box,
                        double                radius,
                        double                tail_x,
                        double                tail)
{
  double bottom = box->y + box->height;

  ruf_poster_draw_panel (self, box, radius, self->accent);
  cairo_move_to (self->cr, tail_x, bottom - 1);
  cairo_curve_to (self->cr, tail_x + tail * 0.2, bottom + tail * 0.5, tail_x - tail * 0.1,
                  bottom + tail * 0.9, tail_x - tail * 0.5, bottom + tail);
  cairo_curve_to (self->cr, tail_x + tail * 0.5, bottom + tail, tail_x + tail * 1.2,
                  bottom + tail * 0.6, tail_x + tail * 1.4, bottom - 1);
  cairo_close_path (self->cr);
  cairo_fill (self->cr);
}

/**
 * ruf_poster_draw_frame:
 * @self: a sheet
 * @box: where
 * @radius: of its corners
 * @width: of the line
 *
 * Draws a white panel with a frame in the channel's colour.
 */
void
ruf_poster_draw_frame (const RufPosterSheet *self,
                       const RufPosterBox   *box,
                       double                radius,
                       double                width)
{
  ruf_poster_draw_panel (self, box, radius, &ruf_poster_white);
  trace_panel (self->cr, box, radius);
  ruf_color_set_source (self->accent, self->cr);
  cairo_set_line_width (self->cr, width);
  cairo_stroke (self->cr);
}

/**
 * ruf_poster_draw_number:
 * @self: a sheet
 * @number: 1 to 9
 * @x: left edge
 * @y: top edge
 * @size: of the disc
 *
 * Draws the number of a step on a disc.
 */
void
ruf_poster_draw_number (const RufPosterSheet *self,
                        guint                 number,
                        double                x,
                        double                y,
                        double                size)
{
  g_autofree char *digit = g_strdup_printf ("%u", number);
  g_autoptr (PangoLayout) layout =
    ruf_paper_text_new_sized (self->context, size * 0.58, PANGO_WEIGHT_BOLD, digit, size);

  ruf_poster_draw_panel (self, &(RufPosterBox) { x, y, size, size }, size / 2, self->accent);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  ruf_chart_text_draw (layout, self->cr, &ruf_poster_white, x,
                       y + (size - ruf_chart_text_get_height (layout)) / 2);
}

/* White room for a name or a stamp, where the sender is not known. */
static gboolean
draw_stamp_field (const RufPosterSheet  *self,
                  const RufPosterBox    *box,
                  double                 most,
                  GError               **error)
{
  const RufPosterType type = {
    most * 0.5, 4, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, &ruf_poster_dim,
  };
  const RufPosterBox field = { box->x, box->y, box->width * 0.62, box->height };
  const RufPosterBox caption = {
    field.x + most * 0.5, field.y + field.height - most * 0.95, field.width - most, most,
  };

  ruf_poster_draw_panel (self, &field, most * 0.4, &ruf_poster_white);
  return ruf_poster_draw_text (self, _("Name or stamp"), &type, &caption, error) >= 0;
}

/**
 * ruf_poster_draw_sender:
 * @self: a sheet
 * @box: where at most
 * @most: how big at most, points
 * @error: return location; INVALID where the name is too long for @box
 *
 * Writes who sends the messages, or leaves room for a stamp.
 *
 * Returns: whether it was drawn
 */
gboolean
ruf_poster_draw_sender (const RufPosterSheet  *self,
                        const RufPosterBox    *box,
                        double                 most,
                        GError               **error)
{
  const RufPosterType type = {
    most, most * 0.6, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, &ruf_poster_white,
  };

  if (self->poster->shop != NULL)
    return ruf_poster_draw_text (self, self->poster->shop, &type, box, error) >= 0;

  return draw_stamp_field (self, box, most, error);
}

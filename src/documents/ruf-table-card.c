/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A card for the table: A5, folded across the middle. The upper face stands on its head, so
 * that both sides of the tent are read upright. */

#include "config.h"

#include "ruf-table-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ruf-pdf.h"
#include "ruf-qr.h"

/* Points; a face is A6 across, 420 by 298. */
#define FACE_WIDTH  RUF_PDF_A5_WIDTH
#define FACE_HEIGHT (RUF_PDF_A5_HEIGHT / 2)
#define MARGIN      20
#define CODE_SIZE   142   /* 50 mm with its quiet zone */

static gboolean
draw_call (const RufPosterSheet  *sheet,
           GError               **error)
{
  const RufPosterCallType types[] = {
    { { 38, 13, PANGO_WEIGHT_HEAVY, PANGO_ALIGN_LEFT, &ruf_poster_white }, 50, 1 },
    { { 12.5, 8, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, &ruf_poster_white }, 18, 3 },
    { { 10, 7.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, &ruf_poster_white }, 26, 0 },
  };
  const RufPosterBox bubble = {
    MARGIN, MARGIN, FACE_WIDTH - 3 * MARGIN - CODE_SIZE + 6, CODE_SIZE,
  };
  const RufPosterBox sender = { bubble.x + 14, bubble.y + 11, bubble.width - 28, 26 };
  const RufPosterBox call = { sender.x, bubble.y + 36, sender.width, bubble.height - 42 };

  ruf_poster_draw_bubble (sheet, &bubble, 16, bubble.x + bubble.width - 60, 16);
  return ruf_poster_draw_sender (sheet, &sender, 11, error) &&
         ruf_poster_draw_call (sheet, types, &call, error);
}

static gboolean
draw_code (const RufPosterSheet  *sheet,
           GError               **error)
{
  const RufPosterBox frame = { FACE_WIDTH - MARGIN - CODE_SIZE, MARGIN, CODE_SIZE, CODE_SIZE };

  ruf_poster_draw_frame (sheet, &frame, 10, 1.5);
  return ruf_qr_draw (sheet->cr, sheet->poster->link, frame.x + 3, frame.y + 3, CODE_SIZE - 6,
                      error);
}

/* Under the bubble the two steps that ask for something; the third is thanks, and has no room. */
static gboolean
draw_steps (const RufPosterSheet  *sheet,
            GError               **error)
{
  const RufPosterType type = {
    9.5, 7, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, &ruf_poster_black,
  };
  double width = (FACE_WIDTH - 2 * MARGIN) / 2;

  for (guint i = 0; i < 2; i++)
    {
      RufPosterBox box = { MARGIN + i * width + 22, 185, width - 28, 14 };

      ruf_poster_draw_number (sheet, i + 1, box.x - 22, box.y - 2, 16);
      if (ruf_poster_draw_text (sheet, sheet->words->steps[i], &type, &box, error) < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
draw_by_hand (const RufPosterSheet  *sheet,
              GError               **error)
{
  const RufPosterType type = {
    9.5, 6.5, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, sheet->accent,
  };
  const RufPosterBox panel = { MARGIN, 206, FACE_WIDTH - 2 * MARGIN, 22 };
  const RufPosterBox box = { panel.x + 8, panel.y + 4, panel.width - 16, 15 };
  g_autofree char *line = g_strdup_printf (_("%s “%s” %s"), sheet->words->by_hand,
                                           sheet->poster->message, sheet->words->to_whom);

  ruf_poster_draw_panel (sheet, &panel, 6, sheet->tint);
  return ruf_poster_draw_text (sheet, line, &type, &box, error) >= 0;
}

static gboolean
draw_foot (const RufPosterSheet  *sheet,
           GError               **error)
{
  const RufPosterType stop = {
    9, 7, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, &ruf_poster_black,
  };
  const RufPosterType small = {
    7.5, 5.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, &ruf_poster_dim,
  };
  const RufPosterType code = {
    6, 5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_RIGHT, &ruf_poster_dim,
  };
  RufPosterBox box = { MARGIN, 233, FACE_WIDTH - 2 * MARGIN, 14 };

  if (ruf_poster_draw_text (sheet, sheet->words->stop, &stop, &box, error) < 0 ||
      ruf_poster_draw_text (sheet, sheet->poster->source, &code, &box, error) < 0)
    return FALSE;

  box.y += 14;
  box.height = FACE_HEIGHT - box.y - 8;
  return ruf_poster_draw_text (sheet, sheet->words->wording, &small, &box, error) >= 0;
}

static gboolean
draw_face (const RufPosterSheet  *sheet,
           GError               **error)
{
  return draw_call (sheet, error) && draw_code (sheet, error) && draw_steps (sheet, error) &&
         draw_by_hand (sheet, error) && draw_foot (sheet, error);
}

static void
draw_fold (const RufPosterSheet *sheet)
{
  double dashes[] = { 2, 4 };

  ruf_color_set_source (&ruf_poster_dim, sheet->cr);
  cairo_set_line_width (sheet->cr, 0.4);
  cairo_set_dash (sheet->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (sheet->cr, 0, FACE_HEIGHT);
  cairo_line_to (sheet->cr, FACE_WIDTH, FACE_HEIGHT);
  cairo_stroke (sheet->cr);
  cairo_set_dash (sheet->cr, NULL, 0, 0);
}

/**
 * ruf_table_card_draw:
 * @sheet: an A5 page
 * @error: return location; INVALID where something is too long for the card
 *
 * Draws both faces and the line to fold along.
 *
 * Returns: whether they were drawn
 */
gboolean
ruf_table_card_draw (const RufPosterSheet  *sheet,
                     GError               **error)
{
  gboolean ok;

  cairo_save (sheet->cr);
  cairo_translate (sheet->cr, FACE_WIDTH, FACE_HEIGHT);
  cairo_rotate (sheet->cr, G_PI);
  ok = draw_face (sheet, error);
  cairo_restore (sheet->cr);
  if (!ok)
    return FALSE;

  draw_fold (sheet);
  cairo_translate (sheet->cr, 0, FACE_HEIGHT);
  return draw_face (sheet, error);
}

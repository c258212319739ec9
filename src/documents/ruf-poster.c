/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An invitation to agree, for a wall or a window. Drawn on A4; A5 has the same shape. */

#include "config.h"

#include "ruf-poster.h"

#include <glib/gi18n-lib.h>

#include "ruf-paper-text.h"
#include "ruf-pdf.h"
#include "ruf-poster-draw.h"
#include "ruf-qr.h"
#include "ruf-table-card.h"
#include "ruf-words.h"

/* Points on A4, 595 by 842. */
#define MARGIN     36
#define INNER      30     /* inside the bubble */
#define CODE_SIZE  236    /* 83 mm with its quiet zone */
#define LEAST_TYPE 6.5    /* on paper, whatever its size */

static const RufPosterBox bubble = { MARGIN, MARGIN, 595.3 - 2 * MARGIN, 320 };

static gboolean
draw_call (const RufPosterSheet  *sheet,
           GError               **error)
{
  const RufPosterCallType types[] = {
    { { 76, 24, PANGO_WEIGHT_HEAVY, PANGO_ALIGN_LEFT, &ruf_poster_white }, 130, 2 },
    { { 26, 14, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, &ruf_poster_white }, 36, 8 },
    { { 18, 11, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, &ruf_poster_white }, 44, 0 },
  };
  const RufPosterBox sender = { bubble.x + INNER, bubble.y + 26, bubble.width - 2 * INNER, 50 };
  const RufPosterBox call = { sender.x, bubble.y + 80, sender.width, bubble.height - 94 };

  ruf_poster_draw_bubble (sheet, &bubble, 30, 150, 40);
  return ruf_poster_draw_sender (sheet, &sender, 22, error) &&
         ruf_poster_draw_call (sheet, types, &call, error);
}

static gboolean
draw_code (const RufPosterSheet  *sheet,
           GError               **error)
{
  const RufPosterBox frame = { MARGIN, 410, CODE_SIZE, CODE_SIZE };

  ruf_poster_draw_frame (sheet, &frame, 16, 3);
  return ruf_qr_draw (sheet->cr, sheet->poster->link, frame.x + 5, frame.y + 5, CODE_SIZE - 10,
                      error);
}

static gboolean
draw_steps (const RufPosterSheet  *sheet,
            GError               **error)
{
  const RufPosterType type = {
    19, 12, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, &ruf_poster_black,
  };
  RufPosterBox box = { MARGIN + CODE_SIZE + 76, 0, 0, 58 };

  box.width = 595.3 - MARGIN - box.x;
  for (guint i = 0; i < RUF_POSTER_STEPS; i++)
    {
      box.y = 424 + i * 76;
      ruf_poster_draw_number (sheet, i + 1, box.x - 52, box.y - 4, 38);
      if (ruf_poster_draw_text (sheet, sheet->words->steps[i], &type, &box, error) < 0)
        return FALSE;
    }
  return TRUE;
}

/* The same for those without a camera: what to write looks like a message. */
static gboolean
draw_by_hand (const RufPosterSheet  *sheet,
              GError               **error)
{
  const RufPosterType label = {
    12.5, 9, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, &ruf_poster_black,
  };
  const RufPosterType message = {
    17, 9, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, sheet->accent,
  };
  const RufPosterBox panel = { MARGIN, 662, 595.3 - 2 * MARGIN, 64 };
  RufPosterBox box = { panel.x + 18, panel.y + 9, panel.width - 36, 20 };
  /* Translators: what people write, in quotation marks, and to whom */
  g_autofree char *what = g_strdup_printf (_("“%s” %s"), sheet->poster->message,
                                           sheet->words->to_whom);

  ruf_poster_draw_panel (sheet, &panel, 14, sheet->tint);
  if (ruf_poster_draw_text (sheet, sheet->words->by_hand, &label, &box, error) < 0)
    return FALSE;

  box.y += 18;
  box.height = 30;
  return ruf_poster_draw_text (sheet, what, &message, &box, error) >= 0;
}

static gboolean
draw_foot (const RufPosterSheet  *sheet,
           double                 scale,
           GError               **error)
{
  const RufPosterType stop = {
    13.5, 9, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, &ruf_poster_black,
  };
  const RufPosterType small = {
    10, LEAST_TYPE / scale, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, &ruf_poster_dim,
  };
  const RufPosterType code = {
    8, 6, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_RIGHT, &ruf_poster_dim,
  };
  RufPosterBox box = { MARGIN, 736, 595.3 - 2 * MARGIN, 20 };
  RufPosterBox corner = { MARGIN, 818, 595.3 - 2 * MARGIN, 14 };

  if (ruf_poster_draw_text (sheet, sheet->words->stop, &stop, &box, error) < 0)
    return FALSE;

  box.y += 20;
  box.height = 60;
  return ruf_poster_draw_text (sheet, sheet->words->wording, &small, &box, error) >= 0 &&
         ruf_poster_draw_text (sheet, sheet->poster->source, &code, &corner, error) >= 0;
}

static gboolean
draw_poster (const RufPosterSheet  *sheet,
             GError               **error)
{
  double scale = sheet->poster->size == RUF_POSTER_A5 ? RUF_PDF_A5_WIDTH / RUF_PDF_A4_WIDTH : 1;

  cairo_scale (sheet->cr, scale, scale);
  return draw_call (sheet, error) && draw_code (sheet, error) && draw_steps (sheet, error) &&
         draw_by_hand (sheet, error) && draw_foot (sheet, scale, error);
}

static GBytes *
print (const RufPoster       *self,
       const RufPosterWords  *words,
       RufPdf                *pdf,
       PangoContext          *context,
       GError               **error)
{
  RufPosterSheet sheet;
  gboolean ok;

  ruf_poster_sheet_init (&sheet, ruf_pdf_get_cairo (pdf), context, self, words);
  ok = self->size == RUF_POSTER_CARD ? ruf_table_card_draw (&sheet, error)
                                     : draw_poster (&sheet, error);
  if (!ok)
    return NULL;

  cairo_show_page (sheet.cr);
  return ruf_pdf_finish (pdf, error);
}

/**
 * ruf_poster_print:
 * @self: what it says
 * @error: return location; INVALID where something is too long for the paper, IO
 *
 * Prints an invitation to agree, with a code for cameras and the same in words.
 *
 * Returns: (transfer full) (nullable): a PDF file of one page
 */
GBytes *
ruf_poster_print (const RufPoster  *self,
                  GError          **error)
{
  gboolean is_a4 = self->size == RUF_POSTER_A4;
  g_auto (RufPosterWords) words = { 0 };
  g_autoptr (RufPdf) pdf = NULL;
  g_autofree char *title = NULL;
  PangoContext *context;
  GBytes *bytes;

  g_return_val_if_fail (self->message != NULL && self->link != NULL, NULL);

  ruf_poster_words_init (&words, self);
  /* Translators: the title of a file: a headline and a poster's code */
  title = g_strdup_printf (_("%s (poster %s)"), words.headline, self->source);
  pdf = ruf_pdf_new (is_a4 ? RUF_PDF_A4_WIDTH : RUF_PDF_A5_WIDTH,
                     is_a4 ? RUF_PDF_A4_HEIGHT : RUF_PDF_A5_HEIGHT, title, self->made_at);
  context = ruf_paper_text_create_context ();
  bytes = print (self, &words, pdf, context, error);
  g_object_unref (context);
  return bytes;
}

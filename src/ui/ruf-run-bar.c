/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A run as one stacked bar; says its parts to a screen reader. */

#include "config.h"

#include "ruf-run-bar.h"

#include <glib/gi18n-lib.h>

#include "ruf-words.h"

struct _RufRunBar
{
  GtkWidget parent_instance;

  gint64 counts[RUF_N_RUN_PARTS];
};

G_DEFINE_FINAL_TYPE (RufRunBar, ruf_run_bar, GTK_TYPE_WIDGET)

#define BAR_HEIGHT 12
#define GAP 1.0f

static const struct
{
  const char *words;
  GdkRGBA     color;   /* of the GNOME palette; differ in lightness too */
} parts[RUF_N_RUN_PARTS] = {
  [RUF_RUN_PART_WAITING] = { N_("waiting"), { 0.600f, 0.757f, 0.945f, 1 } },
  [RUF_RUN_PART_SENT] = { N_("not delivered yet"), { 0.561f, 0.941f, 0.643f, 1 } },
  [RUF_RUN_PART_DELIVERED] = { N_("delivered but unread"), { 0.200f, 0.820f, 0.478f, 1 } },
  [RUF_RUN_PART_READ] = { N_("read"), { 0.149f, 0.635f, 0.412f, 1 } },
  [RUF_RUN_PART_FAILED] = { N_("failed"), { 0.878f, 0.106f, 0.141f, 1 } },
  [RUF_RUN_PART_UNKNOWN] = { N_("unknown"), { 0.369f, 0.361f, 0.392f, 1 } },
  [RUF_RUN_PART_LEFT_OUT] = { N_("left out"), { 0.753f, 0.749f, 0.737f, 1 } },
};

static gint64
get_total (RufRunBar *self)
{
  gint64 total = 0;

  for (guint i = 0; i < RUF_N_RUN_PARTS; i++)
    total += self->counts[i];

  return total;
}

static void
ruf_run_bar_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  RufRunBar *self = RUF_RUN_BAR (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gint64 total = get_total (self), before = 0;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &area, height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (total == 0)
    gtk_snapshot_append_color (snapshot, &parts[RUF_RUN_PART_LEFT_OUT].color, &area);
  for (guint i = 0; i < RUF_N_RUN_PARTS && total > 0; i++)
    {
      float left = width * before / total;
      float right = width * (before + self->counts[i]) / total;

      before += self->counts[i];
      if (right > left)
        gtk_snapshot_append_color (
          snapshot, &parts[i].color,
          &GRAPHENE_RECT_INIT (left, 0, MAX (right - left - (before < total ? GAP : 0), GAP),
                               height));
    }
  gtk_snapshot_pop (snapshot);
}

static void
ruf_run_bar_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 96 : BAR_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : BAR_HEIGHT;
}

static void
ruf_run_bar_class_init (RufRunBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = ruf_run_bar_snapshot;
  widget_class->measure = ruf_run_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ruf_run_bar_init (RufRunBar *self)
{
}

static void
describe (RufRunBar *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < RUF_N_RUN_PARTS; i++)
    if (self->counts[i] > 0)
      {
        g_autofree char *number = ruf_words_number (self->counts[i]);

        g_string_append_printf (words, "%s%s %s", words->len > 0 ? ", " : "", number,
                                _(parts[i].words));
      }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words->str, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words->str);
}

/**
 * ruf_run_bar_set_run:
 * @self: a bar
 * @run: whose counts to show; copied
 */
void
ruf_run_bar_set_run (RufRunBar    *self,
                     const RufRun *run)
{
  g_return_if_fail (RUF_IS_RUN_BAR (self));
  g_return_if_fail (run != NULL);

  for (guint i = 0; i < RUF_N_RUN_PARTS; i++)
    self->counts[i] = ruf_run_part_get_count (i, run);

  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ruf_run_part_get_words:
 * @part: a part of a run
 *
 * Returns: its name, translated: "delivered"
 */
const char *
ruf_run_part_get_words (RufRunPart part)
{
  g_return_val_if_fail (part < RUF_N_RUN_PARTS, NULL);

  return _(parts[part].words);
}

/**
 * ruf_run_part_get_color:
 * @part: a part of a run
 *
 * Returns: (transfer none): its colour, the same in bars and legends
 */
const GdkRGBA *
ruf_run_part_get_color (RufRunPart part)
{
  g_return_val_if_fail (part < RUF_N_RUN_PARTS, NULL);

  return &parts[part].color;
}

/**
 * ruf_run_part_get_count:
 * @part: a part of a run
 * @run: a run
 *
 * Each message of @run is in exactly one part; together they are all that were planned.
 *
 * Returns: messages in @part
 */
gint64
ruf_run_part_get_count (RufRunPart    part,
                        const RufRun *run)
{
  g_return_val_if_fail (run != NULL, 0);

  switch (part)
    {
    case RUF_RUN_PART_WAITING:
      return run->counts[RUF_MESSAGE_QUEUED] + run->counts[RUF_MESSAGE_SENDING];
    case RUF_RUN_PART_SENT:
      return run->counts[RUF_MESSAGE_SENT];
    case RUF_RUN_PART_DELIVERED:
      return run->counts[RUF_MESSAGE_DELIVERED];
    case RUF_RUN_PART_READ:
      return run->counts[RUF_MESSAGE_READ];
    case RUF_RUN_PART_FAILED:
      return run->counts[RUF_MESSAGE_FAILED];
    case RUF_RUN_PART_UNKNOWN:
      return run->counts[RUF_MESSAGE_UNKNOWN];
    case RUF_RUN_PART_LEFT_OUT:
      return run->counts[RUF_MESSAGE_EXCLUDED] + run->counts[RUF_MESSAGE_EXPIRED];
    default:
      g_return_val_if_reached (0);
    }
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One run in a list: title, when, how far. Assistive technology can open it, which rows of
 * GTK 4.8 cannot by themselves. */

#include "config.h"

#include "ruf-run-row.h"

#include <glib/gi18n-lib.h>

#include "ruf-icons.h"
#include "ruf-open-row.h"
#include "ruf-record-words.h"
#include "ruf-run-bar.h"
#include "ruf-words.h"

struct _RufRunRow
{
  GtkListBoxRow parent_instance;

  GtkImage  *icon;
  GtkLabel  *title;
  GtkLabel  *when;
  GtkLabel  *problem;
  RufRunBar *bar;
  GtkLabel  *numbers;

  gint64     run_id;
};

G_DEFINE_FINAL_TYPE (RufRunRow, ruf_run_row, GTK_TYPE_LIST_BOX_ROW)

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit_by_name (widget, "activate");
}

static void
ruf_run_row_class_init (RufRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RUF_TYPE_RUN_BAR);
  gtk_widget_class_install_action (widget_class, "row.open", NULL, open_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rundruf/Rundruf/ruf-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RufRunRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RufRunRow, title);
  gtk_widget_class_bind_template_child (widget_class, RufRunRow, when);
  gtk_widget_class_bind_template_child (widget_class, RufRunRow, problem);
  gtk_widget_class_bind_template_child (widget_class, RufRunRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RufRunRow, numbers);
  ruf_open_row_install_action (widget_class);
}

static void
ruf_run_row_init (RufRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Takes @words. */
static void
add_part (GString *numbers,
          gint64   count,
          char    *words)
{
  if (count > 0)
    g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? ", " : "", words);
  g_free (words);
}

/* "12 failed" */
static char *
say_part (RufRunPart    part,
          const RufRun *run)
{
  g_autofree char *number = ruf_words_number (ruf_run_part_get_count (part, run));

  return g_strdup_printf ("%s %s", number, ruf_run_part_get_words (part));
}

/* Before sending, who gets it; afterwards, what became of it. What stands outside the brackets
 * adds up to all that were planned (I8). */
static char *
say_numbers (const RufRun *run)
{
  GString *numbers = g_string_new (NULL);
  gint64 sent = ruf_run_get_sent (run);
  g_autofree char *all = ruf_words_number (sent);
  g_autofree char *delivered = ruf_words_number (ruf_run_get_delivered (run));
  g_autofree char *read = ruf_words_number (run->counts[RUF_MESSAGE_READ]);
  static const RufRunPart others[] = {
    RUF_RUN_PART_WAITING, RUF_RUN_PART_FAILED, RUF_RUN_PART_UNKNOWN, RUF_RUN_PART_LEFT_OUT,
  };

  if (run->state == RUF_RUN_PLANNED)
    {
      gint64 waiting = ruf_run_part_get_count (RUF_RUN_PART_WAITING, run);

      add_part (numbers, waiting, ruf_words_people (waiting));
    }
  else
    /* Translators: of the first number the two others are parts */
    add_part (numbers, sent, g_strdup_printf (_("%s sent (%s delivered, %s read)"), all,
                                              delivered, read));
  for (guint i = run->state == RUF_RUN_PLANNED ? 1 : 0; i < G_N_ELEMENTS (others); i++)
    add_part (numbers, ruf_run_part_get_count (others[i], run), say_part (others[i], run));

  return g_string_free (numbers, FALSE);
}

/**
 * ruf_run_row_new:
 *
 * Returns: (transfer floating): a row without a run yet
 */
GtkWidget *
ruf_run_row_new (void)
{
  return g_object_new (RUF_TYPE_RUN_ROW, NULL);
}

/**
 * ruf_run_row_get_run_id:
 * @self: a row
 *
 * Returns: the run that it shows
 */
gint64
ruf_run_row_get_run_id (RufRunRow *self)
{
  g_return_val_if_fail (RUF_IS_RUN_ROW (self), 0);

  return self->run_id;
}

/**
 * ruf_run_row_set_run:
 * @self: a row
 * @run: what to show; copied
 * @now: UTC microseconds
 * @zone: where the user is
 */
void
ruf_run_row_set_run (RufRunRow    *self,
                     const RufRun *run,
                     gint64        now,
                     GTimeZone    *zone)
{
  g_autofree char *moment = NULL, *stream = NULL, *when = NULL, *numbers = NULL;

  g_return_if_fail (RUF_IS_RUN_ROW (self));
  g_return_if_fail (run != NULL);

  self->run_id = run->id;
  moment = ruf_words_moment (run->due_at, now, zone);
  stream = ruf_words_stream (run->channel, run->purpose);
  if (run->state == RUF_RUN_PAUSED || run->state == RUF_RUN_CANCELLED)
    when = g_strdup_printf ("%s · %s · %s", moment, stream,
                            ruf_record_words_run_state (run->state));
  else
    when = g_strdup_printf ("%s · %s", moment, stream);
  numbers = say_numbers (run);

  gtk_image_set_from_icon_name (self->icon, ruf_icons_channel (run->channel));
  gtk_label_set_text (self->title, run->title);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->problem, run->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), run->problem != NULL);
  gtk_label_set_text (self->numbers, numbers);
  ruf_run_bar_set_run (self->bar, run);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  run->title, -1);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Times the frames of the window while Contacts is scrolled: bench-scroll --db DB. Prints a row
 * per figure: name, milliseconds, budget. A frame is what the frame clock works from its first
 * phase to its last: update, layout and paint. */

#include <stdlib.h>

#include "ruf-application.h"
#include "ruf-window.h"

#define SETTLE_MS 3000       /* the first rows are on the screen by then */
#define N_FRAMES 200         /* of each kind */
#define BUDGET_MS 50

/* How the table is moved, frame by frame. */
typedef enum
{
  SMOOTH,    /* a third of a page on */
  JUMPS,     /* anywhere, as with the scrollbar */
  N_KINDS
} Kind;

static const char * const kind_names[] = { "scrolling on", "jumping about" };

typedef struct
{
  GApplication  *application;
  RufWindow     *window;
  GtkAdjustment *adjustment;
  GRand         *dice;
  Kind           kind;
  gint64         began;
  GArray        *frames;     /* double: milliseconds, of the kind under way */
} Bench;

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : *(const double *) a > *(const double *) b;
}

static void
report (Bench *bench)
{
  GArray *frames = bench->frames;

  g_array_sort (frames, compare_doubles);
  g_print ("Contacts, %s: 95 of 100 frames\t%.2f\t%d\n", kind_names[bench->kind],
           g_array_index (frames, double, frames->len * 95 / 100), BUDGET_MS);
  g_print ("Contacts, %s: slowest frame\t%.2f\t%d\n", kind_names[bench->kind],
           g_array_index (frames, double, frames->len - 1), BUDGET_MS);
  g_array_set_size (frames, 0);
}

static void
before_paint_cb (Bench *bench)
{
  bench->began = g_get_monotonic_time ();
}

static void
after_paint_cb (Bench *bench)
{
  double spent = (g_get_monotonic_time () - bench->began) / 1000.0;

  if (bench->kind < N_KINDS)
    g_array_append_val (bench->frames, spent);
}

static double
next_position (Bench *bench)
{
  double page = gtk_adjustment_get_page_size (bench->adjustment);
  double end = gtk_adjustment_get_upper (bench->adjustment) - page;

  if (bench->kind == JUMPS)
    return g_rand_double_range (bench->dice, 0, end);
  return MIN (end, gtk_adjustment_get_value (bench->adjustment) + page / 3);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  Bench *bench = data;

  if (bench->frames->len >= N_FRAMES)
    {
      report (bench);
      bench->kind++;
    }
  if (bench->kind == N_KINDS)
    {
      g_application_quit (bench->application);
      return G_SOURCE_REMOVE;
    }
  gtk_adjustment_set_value (bench->adjustment, next_position (bench));
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_cb (gpointer data)
{
  Bench *bench = data;
  GtkWidget *table = find_widget (GTK_WIDGET (bench->window), GTK_TYPE_COLUMN_VIEW);
  GdkFrameClock *clock;

  if (table == NULL)
    g_error ("Contacts shows no table");
  bench->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table));
  clock = gtk_widget_get_frame_clock (table);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  gtk_widget_add_tick_callback (table, tick_cb, bench, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
show_cb (gpointer data)
{
  Bench *bench = data;

  ruf_window_show_page (bench->window, "contacts");
  g_timeout_add (SETTLE_MS, begin_cb, bench);
  return G_SOURCE_REMOVE;
}

static void
window_added_cb (Bench     *bench,
                 GtkWindow *window)
{
  if (!RUF_IS_WINDOW (window) || bench->window != NULL)
    return;
  bench->window = RUF_WINDOW (window);
  g_timeout_add (SETTLE_MS, show_cb, bench);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (RufApplication) application = ruf_application_new ();
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);
  Bench bench = { .application = G_APPLICATION (application), .frames = frames, .dice = dice };

  g_signal_connect_swapped (application, "window-added", G_CALLBACK (window_added_cb), &bench);
  return g_application_run (G_APPLICATION (application), argc, argv);
}

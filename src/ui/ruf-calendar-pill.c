/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One entry in a day of the calendar. Opens with "calendar.open"; what still waits can be
 * dragged to another day, carrying its key. */

#include "config.h"

#include "ruf-calendar-pill.h"

#include <glib/gi18n-lib.h>

#include "ruf-icons.h"
#include "ruf-words.h"

struct _RufCalendarPill
{
  GtkButton parent_instance;

  char     *key;
};

G_DEFINE_FINAL_TYPE (RufCalendarPill, ruf_calendar_pill, GTK_TYPE_BUTTON)

static GdkContentProvider *
prepare_cb (RufCalendarPill *self)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING, self->key);
}

static void
drag_begin_cb (RufCalendarPill *self,
               GdkDrag         *drag,
               GtkDragSource   *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static void
add_drag (RufCalendarPill *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static GtkWidget *
make_content (const RufCalendarEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (entry->title);
  g_autofree char *number = NULL;

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (
    entry->kind == RUF_CALENDAR_POST ? "ruf-post-symbolic"
                                     : ruf_icons_channel (entry->channel)));
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  if (entry->people >= 0 && entry->kind != RUF_CALENDAR_POST)
    {
      GtkWidget *people;

      number = ruf_words_number (entry->people);
      people = gtk_label_new (number);
      gtk_widget_add_css_class (people, "numeric");
      gtk_widget_add_css_class (people, "dim-label");
      gtk_box_append (GTK_BOX (box), people);
    }

  return box;
}

static const char *
get_style (const RufCalendarEntry *entry)
{
  if (entry->kind == RUF_CALENDAR_POST)
    return "post";
  if (ruf_calendar_entry_is_over (entry))
    return "over";

  return "waiting";
}

static void
ruf_calendar_pill_finalize (GObject *object)
{
  g_free (RUF_CALENDAR_PILL (object)->key);

  G_OBJECT_CLASS (ruf_calendar_pill_parent_class)->finalize (object);
}

static void
ruf_calendar_pill_class_init (RufCalendarPillClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_calendar_pill_finalize;
}

static void
ruf_calendar_pill_init (RufCalendarPill *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "calendar-pill");
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
}

/**
 * ruf_calendar_pill_new:
 * @entry: what to show; copied
 * @zone: where the user is
 *
 * Returns: (transfer floating): a pill that opens its entry
 */
GtkWidget *
ruf_calendar_pill_new (const RufCalendarEntry *entry,
                       GTimeZone              *zone)
{
  RufCalendarPill *self;
  g_autofree char *words = NULL, *name = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (RUF_TYPE_CALENDAR_PILL, "child", make_content (entry), NULL);
  self->key = g_strdup (entry->key);
  words = ruf_calendar_entry_say (entry, zone);
  name = g_strdup_printf ("%s, %s", entry->title, words);
  gtk_widget_add_css_class (GTK_WIDGET (self), get_style (entry));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "calendar.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", entry->key);
  if (ruf_calendar_entry_is_movable (entry))
    add_drag (self);

  return GTK_WIDGET (self);
}

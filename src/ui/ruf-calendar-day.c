/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One day of the month: its number and pills. An empty place plans a message for the day, and a
 * pill dropped on it moves there. */

#include "config.h"

#include "ruf-calendar-day.h"

#include <glib/gi18n-lib.h>

#include "ruf-calendar-pill.h"

/* So many lines have room in a day; a day with more says how many more, in the last of them. */
#define MAX_LINES 3

struct _RufCalendarDay
{
  GtkWidget  parent_instance;

  GtkWidget *box;
  GtkLabel  *number;
  GtkWidget *pills;
  guint      day;
  gboolean   past;
};

G_DEFINE_FINAL_TYPE (RufCalendarDay, ruf_calendar_day, GTK_TYPE_WIDGET)

static void
plan_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "calendar.plan", "u", RUF_CALENDAR_DAY (widget)->day);
}

static void
released_cb (RufCalendarDay *self,
             int             n_press,
             double          x,
             double          y)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  /* A day of the next month is elsewhere once it is selected. */
  guint day = self->day;

  if (hit == NULL || gtk_widget_get_ancestor (hit, GTK_TYPE_BUTTON) != NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.select", "u", day);
  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.plan", "u", day);
}

static gboolean
drop_cb (RufCalendarDay *self,
         const GValue   *value)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.move", "(su)",
                              g_value_get_string (value), self->day);
  return TRUE;
}

static GdkDragAction
drop_motion_cb (RufCalendarDay *self)
{
  return self->past ? 0 : GDK_ACTION_MOVE;
}

static void
add_more (RufCalendarDay *self,
          GPtrArray      *entries,
          guint           hidden,
          GTimeZone      *zone)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u more", "%u more", hidden), hidden);
  GtkWidget *more = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < entries->len; i++)
    {
      GtkWidget *pill = ruf_calendar_pill_new (g_ptr_array_index (entries, i), zone);

      g_signal_connect_object (pill, "clicked", G_CALLBACK (gtk_popover_popdown), popover,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), pill);
    }
  gtk_widget_set_size_request (box, 260, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (more), words);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (more), popover);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (more), FALSE);
  gtk_widget_set_halign (more, GTK_ALIGN_START);
  gtk_widget_add_css_class (more, "calendar-more");
  gtk_box_append (GTK_BOX (self->pills), more);
}

static void
show_entries (RufCalendarDay *self,
              GPtrArray      *entries,
              GTimeZone      *zone)
{
  guint shown = entries->len > MAX_LINES ? MAX_LINES - 1 : entries->len;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->pills)) != NULL)
    gtk_box_remove (GTK_BOX (self->pills), child);
  for (guint i = 0; i < shown; i++)
    gtk_box_append (GTK_BOX (self->pills),
                    ruf_calendar_pill_new (g_ptr_array_index (entries, i), zone));
  if (shown < entries->len)
    add_more (self, entries, entries->len - shown, zone);
}

static void
show_name (RufCalendarDay *self,
           guint           n_entries)
{
  /* Translators: a day as a screen reader says it: "Thursday 26 November" */
  g_autofree char *day = ruf_calendar_day_format (self->day, _("%A %-d %B"));
  g_autofree char *name = NULL;

  if (n_entries == 0)
    name = g_strdup_printf (_("%s, no entries"), day);
  else
    name = g_strdup_printf (ngettext ("%s, %u entry", "%s, %u entries", n_entries), day,
                            n_entries);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_style (GtkWidget  *widget,
           const char *css_class,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
ruf_calendar_day_dispose (GObject *object)
{
  g_clear_pointer (&RUF_CALENDAR_DAY (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (ruf_calendar_day_parent_class)->dispose (object);
}

static void
ruf_calendar_day_class_init (RufCalendarDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_calendar_day_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "calendarday");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  gtk_widget_class_install_action (widget_class, "day.plan", NULL, plan_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "day.plan", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "day.plan", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "day.plan", NULL);
}

static void
add_controllers (RufCalendarDay *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (drop, "enter", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (drop, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

static void
ruf_calendar_day_init (RufCalendarDay *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->number = GTK_LABEL (gtk_label_new (NULL));
  self->pills = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_halign (GTK_WIDGET (self->number), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "day-number");
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "numeric");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->number));
  gtk_box_append (GTK_BOX (self->box), self->pills);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  add_controllers (self);
}

/**
 * ruf_calendar_day_new:
 *
 * Returns: (transfer floating): a place for a day
 */
GtkWidget *
ruf_calendar_day_new (void)
{
  return g_object_new (RUF_TYPE_CALENDAR_DAY, NULL);
}

/**
 * ruf_calendar_day_show:
 * @self: a place for a day
 * @day: which day, as g_date_get_julian() counts
 * @today: which day is today
 * @outside: whether it belongs to the month before or after
 * @entries: (element-type RufCalendarEntry): what stands on it
 * @zone: where the user is
 *
 * Shows a day.
 */
void
ruf_calendar_day_show (RufCalendarDay *self,
                       guint           day,
                       guint           today,
                       gboolean        outside,
                       GPtrArray      *entries,
                       GTimeZone      *zone)
{
  g_autofree char *number = NULL;

  g_return_if_fail (RUF_IS_CALENDAR_DAY (self));
  g_return_if_fail (g_date_valid_julian (day));

  self->day = day;
  self->past = day < today;
  number = ruf_calendar_day_format (day, "%-d");
  gtk_label_set_text (self->number, number);
  set_style (GTK_WIDGET (self), "today", day == today);
  set_style (GTK_WIDGET (self), "past", self->past);
  set_style (GTK_WIDGET (self), "outside", outside);
  show_entries (self, entries, zone);
  show_name (self, entries->len);
}

/**
 * ruf_calendar_day_get_day:
 * @self: a place for a day
 *
 * Returns: the day shown, as g_date_get_julian() counts
 */
guint
ruf_calendar_day_get_day (RufCalendarDay *self)
{
  g_return_val_if_fail (RUF_IS_CALENDAR_DAY (self), 0);

  return self->day;
}

/**
 * ruf_calendar_day_set_current:
 * @self: a place for a day
 * @current: whether the keyboard is on it
 *
 * Of all days only the current one, with its pills, is a stop of the Tab key.
 */
void
ruf_calendar_day_set_current (RufCalendarDay *self,
                              gboolean        current)
{
  g_return_if_fail (RUF_IS_CALENDAR_DAY (self));

  gtk_widget_set_can_focus (GTK_WIDGET (self), current);
}

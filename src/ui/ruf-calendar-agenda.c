/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A month as a list: each day that has something, and under it what it has. Begins at today
 * where the month is the present one. */

#include "config.h"

#include "ruf-calendar-agenda.h"

#include <glib/gi18n-lib.h>

#include "ruf-icons.h"
#include "ruf-open-row.h"
#include "ruf-words.h"

struct _RufCalendarAgenda
{
  AdwBin             parent_instance;

  GtkStack          *stack;
  GtkScrolledWindow *scroller;
  GtkWidget         *groups;
  AdwStatusPage     *empty;
  GtkWidget         *first;      /* group to begin with, unowned */
  guint              month;      /* shown last: its first day */
  guint              n_frames;   /* to wait before scrolling */
};

G_DEFINE_FINAL_TYPE (RufCalendarAgenda, ruf_calendar_agenda, ADW_TYPE_BIN)

static GtkWidget *
make_row (const RufCalendarEntry *entry,
          GTimeZone              *zone)
{
  g_autofree char *words = ruf_calendar_entry_say (entry, zone);
  GtkWidget *row = ruf_open_row_new (entry->title, words);
  GtkWidget *icon = gtk_image_new_from_icon_name (
    entry->kind == RUF_CALENDAR_POST ? "ruf-post-symbolic"
                                     : ruf_icons_channel (entry->channel));

  ruf_open_row_hide_arrow (RUF_OPEN_ROW (row));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (ruf_calendar_entry_is_over (entry) || entry->kind == RUF_CALENDAR_POST)
    gtk_widget_add_css_class (icon, "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "calendar.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", entry->key);

  return row;
}

static AdwPreferencesGroup *
add_group (RufCalendarAgenda *self,
           guint              day,
           guint              today)
{
  GtkWidget *group = adw_preferences_group_new ();
  /* Translators: a day as the heading of what it brings: "Thursday 26 November" */
  g_autofree char *name = ruf_calendar_day_format (day, _("%A %-d %B"));
  g_autofree char *title = NULL;

  if (day == today)
    /* Translators: "Today, Thursday 26 November" */
    title = g_strdup_printf (_("Today, %s"), name);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title != NULL ? title : name);
  gtk_box_append (GTK_BOX (self->groups), group);
  if (day >= today && self->first == NULL)
    self->first = group;

  return ADW_PREFERENCES_GROUP (group);
}

static guint
add_days (RufCalendarAgenda *self,
          guint              from,
          guint              to,
          guint              today,
          GPtrArray         *entries,
          GTimeZone         *zone)
{
  AdwPreferencesGroup *group = NULL;
  guint day = 0, n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const RufCalendarEntry *entry = g_ptr_array_index (entries, i);

      if (entry->day < from || entry->day >= to)
        continue;
      if (entry->day != day)
        group = add_group (self, day = entry->day, today);
      adw_preferences_group_add (group, make_row (entry, zone));
      n++;
    }

  return n;
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  RufCalendarAgenda *self = RUF_CALENDAR_AGENDA (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  /* A frame's ticks come before its layout: new rows have no place before the next frame. */
  if (--self->n_frames > 0)
    return G_SOURCE_CONTINUE;

  if (self->first == NULL)
    gtk_adjustment_set_value (adjustment, 0);
  else if (gtk_widget_compute_bounds (self->first, self->groups, &bounds))
    gtk_adjustment_set_value (adjustment, bounds.origin.y);

  return G_SOURCE_REMOVE;
}

static void
clear (RufCalendarAgenda *self)
{
  GtkWidget *child;

  self->first = NULL;
  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
}

static void
ruf_calendar_agenda_class_init (RufCalendarAgendaClass *klass)
{
}

static GtkWidget *
make_empty (RufCalendarAgenda *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Plan a Message…"));

  self->empty = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->empty, "ruf-calendar-symbolic");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "calendar.plan-any");
  adw_status_page_set_child (self->empty, button);

  return GTK_WIDGET (self->empty);
}

static void
ruf_calendar_agenda_init (RufCalendarAgenda *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_top (self->groups, 18);
  gtk_widget_set_margin_bottom (self->groups, 24);
  gtk_widget_set_margin_start (self->groups, 12);
  gtk_widget_set_margin_end (self->groups, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 900);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->groups);

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, clamp);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->scroller), "days");
  gtk_stack_add_named (self->stack, make_empty (self), "empty");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * ruf_calendar_agenda_show:
 * @self: an agenda
 * @current: a day of the month to show, as g_date_get_julian() counts
 * @today: which day is today
 * @entries: (element-type RufCalendarEntry): what stands in the calendar, by day
 * @zone: where the user is
 *
 * Shows a month.
 */
void
ruf_calendar_agenda_show (RufCalendarAgenda *self,
                          guint              current,
                          guint              today,
                          GPtrArray         *entries,
                          GTimeZone         *zone)
{
  g_autofree char *month = NULL, *title = NULL;
  GDate date;
  guint from;

  g_return_if_fail (RUF_IS_CALENDAR_AGENDA (self));
  g_return_if_fail (entries != NULL);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, current);
  g_date_set_day (&date, 1);
  from = g_date_get_julian (&date);
  g_date_add_months (&date, 1);

  clear (self);
  if (add_days (self, from, g_date_get_julian (&date), today, entries, zone) > 0)
    gtk_stack_set_visible_child_name (self->stack, "days");
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");

  /* Translators: month and year: "Nothing in November 2026" */
  month = ruf_calendar_day_format (from, _("%OB %Y"));
  title = g_strdup_printf (_("Nothing in %s"), month);
  adw_status_page_set_title (self->empty, title);
  if (self->month == from)
    return;

  self->month = from;
  if (self->n_frames == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
  self->n_frames = 3;
}

/**
 * ruf_calendar_agenda_take_focus:
 * @self: an agenda
 *
 * Puts the keyboard on the first entry from today on, else on the first of all.
 *
 * Returns: whether there is something that takes it
 */
gboolean
ruf_calendar_agenda_take_focus (RufCalendarAgenda *self)
{
  g_return_val_if_fail (RUF_IS_CALENDAR_AGENDA (self), FALSE);

  return gtk_widget_child_focus (self->first != NULL ? self->first : GTK_WIDGET (self),
                                 GTK_DIR_TAB_FORWARD);
}

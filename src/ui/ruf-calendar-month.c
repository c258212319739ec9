/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A month as six weeks of days, the first weekday as the locale has it. The keyboard goes from
 * day to day; "calendar.select" tells which day it is on. */

#include "config.h"

#include "ruf-calendar-month.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>

#include "ruf-calendar-day.h"

#define N_WEEKS 6
#define N_WEEKDAYS 7

struct _RufCalendarMonth
{
  GtkWidget       parent_instance;

  GtkWidget      *grid;
  GtkLabel       *weekdays[N_WEEKDAYS];
  GtkLabel       *weeks[N_WEEKS];
  RufCalendarDay *days[N_WEEKS * N_WEEKDAYS];
  guint           current;
};

G_DEFINE_FINAL_TYPE (RufCalendarMonth, ruf_calendar_month, GTK_TYPE_WIDGET)

/* Monday is 0. */
static guint
get_first_weekday (void)
{
#ifdef __GLIBC__
  guint origin = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
  guint first = (guint) nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];

  /* glibc counts from the weekday of this date: a Sunday, or the Monday after it. */
  return origin == 19971201 ? (first + 6) % N_WEEKDAYS : (first + 5) % N_WEEKDAYS;
#else
  return 0;
#endif
}

/* The day in the upper left corner of the month that @day is in. */
static guint
get_first_day (guint day)
{
  GDate date;
  guint weekday;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  g_date_set_day (&date, 1);
  weekday = (guint) g_date_get_weekday (&date) - G_DATE_MONDAY;

  return g_date_get_julian (&date) - (weekday + N_WEEKDAYS - get_first_weekday ()) % N_WEEKDAYS;
}

static GDateMonth
get_month (guint day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);

  return g_date_get_month (&date);
}

static guint
add_months (guint day,
            int   months)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  if (months > 0)
    g_date_add_months (&date, (guint) months);
  else
    g_date_subtract_months (&date, (guint) -months);

  return g_date_get_julian (&date);
}

static gboolean
key_pressed_cb (RufCalendarMonth *self,
                guint             key,
                guint             code,
                GdkModifierType   state)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint column = (self->current - get_first_day (self->current)) % N_WEEKDAYS;
  guint day;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Left:
      day = rtl ? self->current + 1 : self->current - 1;
      break;
    case GDK_KEY_Right:
      day = rtl ? self->current - 1 : self->current + 1;
      break;
    case GDK_KEY_Up:
      day = self->current - N_WEEKDAYS;
      break;
    case GDK_KEY_Down:
      day = self->current + N_WEEKDAYS;
      break;
    case GDK_KEY_Home:
      day = self->current - column;
      break;
    case GDK_KEY_End:
      day = self->current + N_WEEKDAYS - 1 - column;
      break;
    case GDK_KEY_Page_Up:
      day = add_months (self->current, -1);
      break;
    case GDK_KEY_Page_Down:
      day = add_months (self->current, 1);
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }

  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.select", "u", day);
  ruf_calendar_month_grab_focus (self);
  return GDK_EVENT_STOP;
}

static GPtrArray *
get_entries_of (GPtrArray *entries,
                guint     *at,
                guint      day)
{
  GPtrArray *found = g_ptr_array_new ();

  while (*at < entries->len && ((RufCalendarEntry *) g_ptr_array_index (entries, *at))->day < day)
    (*at)++;
  for (; *at < entries->len; (*at)++)
    {
      RufCalendarEntry *entry = g_ptr_array_index (entries, *at);

      if (entry->day != day)
        break;
      g_ptr_array_add (found, entry);
    }

  return found;
}

static void
show_week (RufCalendarMonth *self,
           guint             week,
           guint             first)
{
  g_autofree char *number = g_strdup_printf ("%u", ruf_calendar_week_of (first));
  g_autofree char *name = g_strdup_printf (_("Week %s"), number);

  gtk_label_set_text (self->weeks[week], number);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->weeks[week]), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->weeks[week]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
ruf_calendar_month_dispose (GObject *object)
{
  g_clear_pointer (&RUF_CALENDAR_MONTH (object)->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (ruf_calendar_month_parent_class)->dispose (object);
}

static void
ruf_calendar_month_class_init (RufCalendarMonthClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_calendar_month_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "calendarmonth");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static GtkLabel *
add_label (RufCalendarMonth *self,
           int               column,
           int               row)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);

  return GTK_LABEL (label);
}

static void
fill_grid (RufCalendarMonth *self)
{
  g_autoptr (GtkSizeGroup) same = gtk_size_group_new (GTK_SIZE_GROUP_BOTH);

  for (int i = 0; i < N_WEEKDAYS; i++)
    {
      self->weekdays[i] = add_label (self, i + 1, 0);
      gtk_label_set_xalign (self->weekdays[i], 0);
      gtk_widget_add_css_class (GTK_WIDGET (self->weekdays[i]), "weekday");
    }
  for (int i = 0; i < N_WEEKS; i++)
    {
      self->weeks[i] = add_label (self, 0, i + 1);
      gtk_widget_set_valign (GTK_WIDGET (self->weeks[i]), GTK_ALIGN_START);
      gtk_widget_add_css_class (GTK_WIDGET (self->weeks[i]), "week-number");
    }
  for (int i = 0; i < N_WEEKS * N_WEEKDAYS; i++)
    {
      self->days[i] = RUF_CALENDAR_DAY (ruf_calendar_day_new ());
      gtk_grid_attach (GTK_GRID (self->grid), GTK_WIDGET (self->days[i]), i % N_WEEKDAYS + 1,
                       i / N_WEEKDAYS + 1, 1, 1);
      gtk_size_group_add_widget (same, GTK_WIDGET (self->days[i]));
    }
}

static void
ruf_calendar_month_init (RufCalendarMonth *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->grid = gtk_grid_new ();
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  fill_grid (self);

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Month"), -1);
}

static void
show_frame (RufCalendarMonth *self,
            guint             first)
{
  for (guint i = 0; i < N_WEEKDAYS; i++)
    {
      g_autofree char *name = ruf_calendar_day_format (first + i, "%a");

      gtk_label_set_text (self->weekdays[i], name);
    }
  for (guint i = 0; i < N_WEEKS; i++)
    show_week (self, i, first + i * N_WEEKDAYS);
}

/**
 * ruf_calendar_month_show:
 * @self: a month
 * @current: the day the keyboard is on; its month is shown
 * @today: which day is today
 * @entries: (element-type RufCalendarEntry): what stands in the calendar, by day
 * @zone: where the user is
 *
 * Shows a month.
 */
void
ruf_calendar_month_show (RufCalendarMonth *self,
                         guint             current,
                         guint             today,
                         GPtrArray        *entries,
                         GTimeZone        *zone)
{
  guint first, at = 0;

  g_return_if_fail (RUF_IS_CALENDAR_MONTH (self));
  g_return_if_fail (entries != NULL);

  self->current = current;
  first = get_first_day (current);
  show_frame (self, first);
  for (guint i = 0; i < G_N_ELEMENTS (self->days); i++)
    {
      g_autoptr (GPtrArray) found = get_entries_of (entries, &at, first + i);

      ruf_calendar_day_show (self->days[i], first + i, today,
                             get_month (first + i) != get_month (current), found, zone);
      ruf_calendar_day_set_current (self->days[i], first + i == current);
    }
}

/**
 * ruf_calendar_month_grab_focus:
 * @self: a month
 *
 * Puts the keyboard on the current day.
 */
void
ruf_calendar_month_grab_focus (RufCalendarMonth *self)
{
  g_return_if_fail (RUF_IS_CALENDAR_MONTH (self));

  for (guint i = 0; i < G_N_ELEMENTS (self->days); i++)
    if (ruf_calendar_day_get_day (self->days[i]) == self->current)
      gtk_widget_grab_focus (GTK_WIDGET (self->days[i]));
}

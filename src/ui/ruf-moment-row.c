/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A row that holds a day and a time of day. */

#include "config.h"

#include "ruf-moment-row.h"

#include <glib/gi18n-lib.h>

struct _RufMomentRow
{
  AdwActionRow parent_instance;

  GtkMenuButton *day;
  GtkCalendar   *calendar;
  GtkSpinButton *hour;
  GtkSpinButton *minute;

  GTimeZone     *zone;
  gboolean       filling;
};

enum
{
  PROP_0,
  PROP_MOMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufMomentRow, ruf_moment_row, ADW_TYPE_ACTION_ROW)

static void
show_day (RufMomentRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  /* Translators: a short date with weekday: "Thu, 26 Nov" */
  g_autofree char *words = g_date_time_format (day, _("%a, %-d %b"));

  gtk_menu_button_set_label (self->day, words);
}

static void
changed_cb (RufMomentRow *self)
{
  if (self->filling)
    return;

  show_day (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOMENT]);
}

static void
day_selected_cb (RufMomentRow *self)
{
  if (!self->filling)
    gtk_menu_button_popdown (self->day);
  changed_cb (self);
}

static gboolean
two_digits_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static void
ruf_moment_row_finalize (GObject *object)
{
  g_clear_pointer (&RUF_MOMENT_ROW (object)->zone, g_time_zone_unref);

  G_OBJECT_CLASS (ruf_moment_row_parent_class)->finalize (object);
}

static void
ruf_moment_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_MOMENT:
      g_value_set_int64 (value, ruf_moment_row_get_moment (RUF_MOMENT_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_moment_row_class_init (RufMomentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = ruf_moment_row_finalize;
  object_class->get_property = ruf_moment_row_get_property;

  properties[PROP_MOMENT] =
    g_param_spec_int64 ("moment", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rundruf/Rundruf/ruf-moment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RufMomentRow, day);
  gtk_widget_class_bind_template_child (widget_class, RufMomentRow, calendar);
  gtk_widget_class_bind_template_child (widget_class, RufMomentRow, hour);
  gtk_widget_class_bind_template_child (widget_class, RufMomentRow, minute);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, two_digits_cb);
}

static void
ruf_moment_row_init (RufMomentRow *self)
{
  self->zone = g_time_zone_new_local ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

/**
 * ruf_moment_row_set_zone:
 * @self: a row
 * @zone: where the user is; the local zone unless set
 */
void
ruf_moment_row_set_zone (RufMomentRow *self,
                         GTimeZone    *zone)
{
  g_return_if_fail (RUF_IS_MOMENT_ROW (self));

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

/**
 * ruf_moment_row_get_moment:
 * @self: a row
 *
 * Returns: UTC microseconds of what is chosen
 */
gint64
ruf_moment_row_get_moment (RufMomentRow *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) moment = NULL;

  g_return_val_if_fail (RUF_IS_MOMENT_ROW (self), 0);

  day = gtk_calendar_get_date (self->calendar);
  moment = g_date_time_new (self->zone, g_date_time_get_year (day), g_date_time_get_month (day),
                            g_date_time_get_day_of_month (day),
                            gtk_spin_button_get_value_as_int (self->hour),
                            gtk_spin_button_get_value_as_int (self->minute), 0);

  return g_date_time_to_unix (moment) * G_USEC_PER_SEC;
}

/**
 * ruf_moment_row_set_moment:
 * @self: a row
 * @moment: UTC microseconds
 */
void
ruf_moment_row_set_moment (RufMomentRow *self,
                           gint64        moment)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_return_if_fail (RUF_IS_MOMENT_ROW (self));

  utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, self->zone);

  self->filling = TRUE;
  gtk_calendar_select_day (self->calendar, local);
  gtk_spin_button_set_value (self->hour, g_date_time_get_hour (local));
  gtk_spin_button_set_value (self->minute, g_date_time_get_minute (local));
  self->filling = FALSE;
  changed_cb (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The reach chart as a widget. The pointer and the arrow keys pick a week, whose figures
 * then stand in words beside it; a screen reader gets the same words. */

#include "config.h"

#include "ruf-reach-chart-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define MIN_WIDTH 280
#define NATURAL_WIDTH 640
#define NATURAL_HEIGHT 460
#define PLOT_ROOM 80   /* more than the plot needs at least; the page scrolls anyway */

struct _RufReachChartView
{
  GtkWidget        parent_instance;

  GtkPopover      *popover;    /* the week in words */
  GtkLabel        *label;
  RufReachSeries  *series;
  int              week;       /* -1 = none */
  gboolean         pointed;    /* by the pointer, which may take it back */
  double           enter_x;    /* where the pointer came in */
  double           enter_y;
};

enum
{
  PROP_0,
  PROP_WEEK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufReachChartView, ruf_reach_chart_view, GTK_TYPE_WIDGET)

static AdwStyleManager *
get_style_manager (RufReachChartView *self)
{
  return adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
}

static RufChartStyle
get_style (RufReachChartView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  return (RufChartStyle) {
    .dark = adw_style_manager_get_dark (get_style_manager (self)),
    .highlight = self->week,
    .font = pango_font_description_get_family (pango_context_get_font_description (context)),
  };
}

static guint
get_n_weeks (RufReachChartView *self)
{
  return self->series != NULL ? ruf_reach_series_get_n_weeks (self->series) : 0;
}

static gboolean
is_week_at (RufReachChartView *self,
            double             x,
            double             y)
{
  RufChartStyle style = get_style (self);
  int week = ruf_reach_chart_pick (self->series, &style, gtk_widget_get_width (GTK_WIDGET (self)),
                                   gtk_widget_get_height (GTK_WIDGET (self)), x, y);

  return week == self->week;
}

/* The top of the week's share of the plot, found as the pointer would find it. */
static GdkRectangle
find_week (RufReachChartView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int left = 0, right, top = 0;

  while (left < width && !is_week_at (self, left, height / 2.0))
    left++;
  right = left;
  while (right < width && is_week_at (self, right, height / 2.0))
    right++;
  while (top < height / 2 && !is_week_at (self, left, top))
    top++;

  return (GdkRectangle) { left, top, MAX (1, right - left), 1 };
}

static void
describe (RufReachChartView *self)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self);
  g_autofree char *words = NULL;

  if (self->series == NULL)
    return;

  words = self->week >= 0 ? ruf_reach_series_describe_week (self->series, self->week)
                          : ruf_reach_series_describe (self->series);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  if (self->week >= 0)
    gtk_label_set_label (self->label, words);
}

static void
show_words (RufReachChartView *self)
{
  GdkRectangle place;

  if (self->week < 0)
    {
      gtk_popover_popdown (self->popover);
      return;
    }

  place = find_week (self);
  gtk_popover_set_pointing_to (self->popover, &place);
  gtk_popover_popup (self->popover);
}

static void
pick_at (RufReachChartView *self,
         double             x,
         double             y)
{
  RufChartStyle style = get_style (self);

  if (self->series == NULL)
    return;

  self->pointed = TRUE;
  ruf_reach_chart_view_set_week (self, ruf_reach_chart_pick (
    self->series, &style, gtk_widget_get_width (GTK_WIDGET (self)),
    gtk_widget_get_height (GTK_WIDGET (self)), x, y));
}

static void
enter_cb (RufReachChartView *self,
          double             x,
          double             y)
{
  self->enter_x = x;
  self->enter_y = y;
}

/* A pointer that rests where the chart appears has not asked for anything. */
static void
motion_cb (RufReachChartView *self,
           double             x,
           double             y)
{
  if (x != self->enter_x || y != self->enter_y)
    pick_at (self, x, y);
}

static void
pressed_cb (RufReachChartView *self,
            int                n_press,
            double             x,
            double             y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  pick_at (self, x, y);
}

static void
leave_cb (RufReachChartView *self)
{
  ruf_reach_chart_view_set_week (self, -1);
}

/* What opens under a resting pointer makes it leave; a week that keys have picked stays. */
static void
pointer_leave_cb (RufReachChartView *self)
{
  if (self->pointed)
    leave_cb (self);
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  RufReachChartView *self = RUF_REACH_CHART_VIEW (widget);
  int last = (int) get_n_weeks (self) - 1;
  int step = g_variant_get_int32 (args);
  int week = self->week;

  if (last < 0)
    return FALSE;

  self->pointed = FALSE;
  /* The newest week is where one begins. */
  week = week < 0 ? last : CLAMP (week + step, 0, last);
  ruf_reach_chart_view_set_week (self, week);
  return TRUE;
}

static gboolean
end_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  RufReachChartView *self = RUF_REACH_CHART_VIEW (widget);

  if (self->week < 0)
    return FALSE;

  ruf_reach_chart_view_set_week (self, -1);
  return TRUE;
}

static void
ruf_reach_chart_view_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  RufReachChartView *self = RUF_REACH_CHART_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  RufChartStyle style = get_style (self);
  cairo_t *cr;

  if (self->series == NULL || width <= 0 || height <= 0)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  ruf_reach_chart_draw (cr, self->series, &style, width, height);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
ruf_reach_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ruf_reach_chart_view_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  RufReachChartView *self = RUF_REACH_CHART_VIEW (widget);
  RufChartStyle style = get_style (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }

  *minimum = 0;
  if (self->series != NULL)
    *minimum = PLOT_ROOM + (int) ceil (ruf_reach_chart_get_min_height (
      self->series, &style, for_size < 0 ? NATURAL_WIDTH : MAX (for_size, MIN_WIDTH)));
  *natural = MAX (*minimum, NATURAL_HEIGHT);
}

static void
ruf_reach_chart_view_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  gtk_popover_present (RUF_REACH_CHART_VIEW (widget)->popover);
}

static void
ruf_reach_chart_view_realize (GtkWidget *widget)
{
  RufReachChartView *self = RUF_REACH_CHART_VIEW (widget);

  GTK_WIDGET_CLASS (ruf_reach_chart_view_parent_class)->realize (widget);
  g_signal_connect_object (get_style_manager (self), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

static void
ruf_reach_chart_view_unrealize (GtkWidget *widget)
{
  RufReachChartView *self = RUF_REACH_CHART_VIEW (widget);

  g_signal_handlers_disconnect_by_func (get_style_manager (self), gtk_widget_queue_draw, self);
  GTK_WIDGET_CLASS (ruf_reach_chart_view_parent_class)->unrealize (widget);
}

static void
ruf_reach_chart_view_dispose (GObject *object)
{
  RufReachChartView *self = RUF_REACH_CHART_VIEW (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_pointer (&self->series, ruf_reach_series_free);

  G_OBJECT_CLASS (ruf_reach_chart_view_parent_class)->dispose (object);
}

static void
ruf_reach_chart_view_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  if (prop_id == PROP_WEEK)
    g_value_set_int (value, RUF_REACH_CHART_VIEW (object)->week);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_reach_chart_view_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  if (prop_id == PROP_WEEK)
    ruf_reach_chart_view_set_week (RUF_REACH_CHART_VIEW (object), g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_reach_chart_view_class_init (RufReachChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_reach_chart_view_dispose;
  object_class->get_property = ruf_reach_chart_view_get_property;
  object_class->set_property = ruf_reach_chart_view_set_property;
  widget_class->snapshot = ruf_reach_chart_view_snapshot;
  widget_class->get_request_mode = ruf_reach_chart_view_get_request_mode;
  widget_class->measure = ruf_reach_chart_view_measure;
  widget_class->size_allocate = ruf_reach_chart_view_size_allocate;
  widget_class->realize = ruf_reach_chart_view_realize;
  widget_class->unrealize = ruf_reach_chart_view_unrealize;

  /**
   * RufReachChartView:week:
   *
   * The week that is picked, 0 = the oldest, -1 = none.
   */
  properties[PROP_WEEK] =
    g_param_spec_int ("week", NULL, NULL, -1, G_MAXINT, -1,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "reachchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, step_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, step_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, step_cb, "i", -G_MAXINT16);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, step_cb, "i", G_MAXINT16);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, end_cb, NULL);
}

static void
add_popover (RufReachChartView *self)
{
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_popover_set_child (self->popover, GTK_WIDGET (self->label));
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_TOP);
  gtk_widget_set_can_target (GTK_WIDGET (self->popover), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

static void
add_controllers (RufReachChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_leave_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
ruf_reach_chart_view_init (RufReachChartView *self)
{
  self->week = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Reach per week, Facebook beside messenger"), -1);
  add_popover (self);
  add_controllers (self);
}

/**
 * ruf_reach_chart_view_new:
 *
 * Returns: a chart without a series
 */
GtkWidget *
ruf_reach_chart_view_new (void)
{
  return g_object_new (RUF_TYPE_REACH_CHART_VIEW, NULL);
}

/**
 * ruf_reach_chart_view_get_series:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const RufReachSeries *
ruf_reach_chart_view_get_series (RufReachChartView *self)
{
  g_return_val_if_fail (RUF_IS_REACH_CHART_VIEW (self), NULL);

  return self->series;
}

/**
 * ruf_reach_chart_view_set_series:
 * @self: a chart
 * @series: (transfer full) (nullable): what it shows from now on
 *
 * Shows another series; no week is picked in it.
 */
void
ruf_reach_chart_view_set_series (RufReachChartView *self,
                                 RufReachSeries    *series)
{
  g_return_if_fail (RUF_IS_REACH_CHART_VIEW (self));

  ruf_reach_chart_view_set_week (self, -1);
  g_clear_pointer (&self->series, ruf_reach_series_free);
  self->series = series;
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * ruf_reach_chart_view_get_week:
 * @self: a chart
 *
 * Returns: the week that is picked, -1 = none
 */
int
ruf_reach_chart_view_get_week (RufReachChartView *self)
{
  g_return_val_if_fail (RUF_IS_REACH_CHART_VIEW (self), -1);

  return self->week;
}

/**
 * ruf_reach_chart_view_set_week:
 * @self: a chart
 * @week: the week to pick, 0 = the oldest, -1 = none
 *
 * Marks the week and shows its figures beside it.
 */
void
ruf_reach_chart_view_set_week (RufReachChartView *self,
                               int                week)
{
  g_return_if_fail (RUF_IS_REACH_CHART_VIEW (self));
  g_return_if_fail (week >= -1 && week < (int) MAX (1, get_n_weeks (self)));

  if (self->week == week)
    return;

  self->week = week;
  describe (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEEK]);
}

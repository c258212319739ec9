/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* RufReachLayout finds the place of everything on a reach chart: from the top the title,
 * the key, the plot with its week labels, and under it definitions and source. */

#include "config.h"

#include "ruf-reach-layout.h"

#include <glib/gi18n-lib.h>

#include "ruf-chart-text.h"

#define LABEL_GAP 8.0       /* between scale and plot */
#define BLOCK_GAP 12.0      /* between title, key, plot and footer */
#define TOP_GAP 32.0        /* over the plot, for values and the break's label */
#define WEEK_LABELS 38.0    /* under the plot: week and year */
#define SMALL_WEEK_LABELS 22.0
#define TICK_DISTANCE 44.0
#define MIN_PLOT 120.0
#define SMALL_MIN_PLOT 60.0
#define MAX_SLOT 120.0
#define MAX_BAR 32.0
#define SLENDER_SLOT 10.0   /* a week this narrow gives more of itself to its bars */
#define SWATCH 12.0
#define OUTLIER_ROOM 1.25   /* over the usual bars, so that one that goes on shows it */

static double
get_max_label_width (const RufReachLayout *self)
{
  double width = 0;

  for (guint i = 0; i < self->axis.n_ticks; i++)
    {
      g_autofree char *text = ruf_axis_format_tick (&self->axis, i);
      g_autoptr (PangoLayout) label =
        ruf_chart_text_new (self->context, RUF_CHART_TEXT_SMALL, text, -1);

      width = MAX (width, ruf_chart_text_get_width (label));
    }

  return width;
}

static double
get_inner_width (const RufReachLayout *self)
{
  return MAX (1, self->width - 2 * self->margin);
}

/**
 * ruf_reach_layout_create_title:
 * @self: a layout
 *
 * Returns: (transfer full): the title, broken where it is wider than the chart
 */
PangoLayout *
ruf_reach_layout_create_title (const RufReachLayout *self)
{
  return ruf_chart_text_new (self->context, RUF_CHART_TEXT_TITLE, self->series->title,
                             get_inner_width (self));
}

static const char *
get_name (const RufReachLayout *self,
          RufReachBar           bar)
{
  return bar == RUF_REACH_FACEBOOK ? self->series->facebook_name : self->series->messenger_name;
}

static double
get_name_width (const RufReachLayout *self,
                RufReachBar           bar)
{
  g_autoptr (PangoLayout) name =
    ruf_chart_text_new (self->context, RUF_CHART_TEXT_SMALL, get_name (self, bar), -1);

  return ruf_chart_text_get_width (name);
}

/**
 * ruf_reach_layout_get_key_name:
 * @self: a layout
 * @bar: which of the two
 *
 * Returns: (transfer none): what the bars are called in the key: short on small charts, and
 *   where there is no room for more than the definition under the chart says anyway
 */
const char *
ruf_reach_layout_get_key_name (const RufReachLayout *self,
                               RufReachBar           bar)
{
  double room = get_inner_width (self) - 2 * SWATCH;

  if (self->style.small || get_name_width (self, RUF_REACH_FACEBOOK) > room
      || get_name_width (self, RUF_REACH_MESSENGER) > room)
    return bar == RUF_REACH_FACEBOOK ? _("Facebook") : _("Messenger, read");

  return get_name (self, bar);
}

/**
 * ruf_reach_layout_create_definition:
 * @self: a layout
 * @bar: which of the two
 *
 * Returns: (transfer full): name and definition, wrapped beside the mark of the bars
 */
PangoLayout *
ruf_reach_layout_create_definition (const RufReachLayout *self,
                                    RufReachBar           bar)
{
  gboolean facebook = bar == RUF_REACH_FACEBOOK;
  const char *name = get_name (self, bar);
  const char *definition = facebook ? self->series->facebook_definition
                                    : self->series->messenger_definition;
  PangoLayout *layout = ruf_chart_text_new (self->context, RUF_CHART_TEXT_SMALL, NULL,
                                            MAX (1, get_inner_width (self) - 2 * SWATCH));
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b>  %s",
                                                     name != NULL ? name : "",
                                                     definition != NULL ? definition : "");

  pango_layout_set_markup (layout, markup, -1);
  return layout;
}

/**
 * ruf_reach_layout_create_source:
 * @self: a layout
 *
 * Returns: (transfer full): the line that says where the figures come from
 */
PangoLayout *
ruf_reach_layout_create_source (const RufReachLayout *self)
{
  return ruf_chart_text_new (self->context, RUF_CHART_TEXT_SMALL, self->series->source,
                             get_inner_width (self));
}

static double
get_title_height (const RufReachLayout *self)
{
  g_autoptr (PangoLayout) title = NULL;

  if (self->style.small || self->series->title == NULL || *self->series->title == '\0')
    return 0;

  title = ruf_reach_layout_create_title (self);
  return ruf_chart_text_get_height (title);
}

/* The key stands in one line where both names fit, else in two. */
static double
get_key_height (const RufReachLayout *self)
{
  g_autoptr (PangoLayout) first =
    ruf_chart_text_new (self->context, RUF_CHART_TEXT_SMALL,
                        ruf_reach_layout_get_key_name (self, RUF_REACH_FACEBOOK), -1);
  g_autoptr (PangoLayout) second =
    ruf_chart_text_new (self->context, RUF_CHART_TEXT_SMALL,
                        ruf_reach_layout_get_key_name (self, RUF_REACH_MESSENGER), -1);
  double line = ruf_chart_text_get_height (first);
  double width = ruf_chart_text_get_width (first) + ruf_chart_text_get_width (second);

  return width + 6 * SWATCH <= get_inner_width (self) ? line : 2 * line + 4;
}

/**
 * ruf_reach_layout_get_header_height:
 * @self: a layout
 *
 * Returns: what lies above the plot, with the space around it, in pixels
 */
double
ruf_reach_layout_get_header_height (const RufReachLayout *self)
{
  double title = get_title_height (self);

  return self->margin + title + (title > 0 ? BLOCK_GAP : 0) + get_key_height (self) + TOP_GAP;
}

/**
 * ruf_reach_layout_get_footer_height:
 * @self: a layout
 *
 * Returns: what definitions and source need under the week labels, in pixels
 */
double
ruf_reach_layout_get_footer_height (const RufReachLayout *self)
{
  g_autoptr (PangoLayout) facebook = NULL;
  g_autoptr (PangoLayout) messenger = NULL;
  g_autoptr (PangoLayout) source = NULL;

  if (self->style.small)
    return 0;

  facebook = ruf_reach_layout_create_definition (self, RUF_REACH_FACEBOOK);
  messenger = ruf_reach_layout_create_definition (self, RUF_REACH_MESSENGER);
  source = ruf_reach_layout_create_source (self);

  return ruf_chart_text_get_height (facebook) + ruf_chart_text_get_height (messenger)
         + ruf_chart_text_get_height (source) + 2 * 6 + BLOCK_GAP;
}

static void
place_rows (RufReachLayout *self)
{
  double weeks = self->style.small ? SMALL_WEEK_LABELS : WEEK_LABELS;
  double top = ruf_reach_layout_get_header_height (self);
  double footer = ruf_reach_layout_get_footer_height (self);
  double room = self->height - top - weeks - self->margin;

  /* A plot that cannot be read helps nobody: the words give way first. */
  if (room - footer < MIN_PLOT)
    footer = 0;

  self->title = (RufBox) { self->margin, self->margin, get_inner_width (self),
                           get_title_height (self) };
  self->key = (RufBox) { self->margin, top - TOP_GAP - get_key_height (self),
                         get_inner_width (self), get_key_height (self) };
  self->plot.y = top;
  self->plot.height = MAX (1, room - footer);
  self->footer = (RufBox) { self->margin, self->height - self->margin - footer + BLOCK_GAP,
                            get_inner_width (self), MAX (0, footer - BLOCK_GAP) };
}

static void
place_columns (RufReachLayout *self)
{
  guint n_weeks = MAX (1, ruf_reach_series_get_n_weeks (self->series));
  double labels = get_max_label_width (self);
  double share;

  self->plot.x = self->margin + labels + LABEL_GAP;
  self->plot.width = MAX (1, self->width - self->margin - self->plot.x);
  self->slot = self->plot.width / n_weeks;
  self->gap = CLAMP (self->slot * 0.06, 0.5, 3);
  share = self->slot < SLENDER_SLOT ? 0.9 : 0.72;
  self->bar = MIN (MAX_BAR, (MIN (self->slot, MAX_SLOT) * share - self->gap) / 2);
  self->bar = MAX (0.5, self->bar);
}

/**
 * ruf_reach_layout_init:
 * @self: (out caller-allocates): the layout
 * @series: what is drawn; must outlive @self
 * @style: how
 * @width: pixels
 * @height: pixels
 *
 * Finds the places. Free with ruf_reach_layout_clear().
 */
void
ruf_reach_layout_init (RufReachLayout       *self,
                       const RufReachSeries *series,
                       const RufChartStyle  *style,
                       double                width,
                       double                height)
{
  double top;

  *self = (RufReachLayout) {
    .series = series,
    .style = *style,
    .context = ruf_chart_text_create_context (style->font),
    .width = width,
    .height = height,
    .margin = style->small ? 12 : width < 420 ? 12 : 24,
  };

  top = ruf_reach_series_get_usual (series);
  if (top < ruf_reach_series_get_highest (series))
    top *= OUTLIER_ROOM;

  ruf_axis_init (&self->axis, top, 2);
  place_rows (self);
  ruf_axis_init (&self->axis, top,
                 (guint) CLAMP (self->plot.height / TICK_DISTANCE, 2, 8));
  place_columns (self);
}

/**
 * ruf_reach_layout_clear:
 * @self: a layout
 *
 * Frees what @self holds, not @self.
 */
void
ruf_reach_layout_clear (RufReachLayout *self)
{
  g_clear_object (&self->context);
}

/**
 * ruf_reach_layout_get_slot_x:
 * @self: a layout
 * @week: which week; the number of weeks gives the right end
 *
 * Returns: the left edge of that week's share of the plot
 */
double
ruf_reach_layout_get_slot_x (const RufReachLayout *self,
                             guint                 week)
{
  return self->plot.x + self->slot * week;
}

/**
 * ruf_reach_layout_get_bar_x:
 * @self: a layout
 * @week: which week
 * @bar: which of its two bars
 *
 * Returns: the left edge of that bar
 */
double
ruf_reach_layout_get_bar_x (const RufReachLayout *self,
                            guint                 week,
                            RufReachBar           bar)
{
  double middle = ruf_reach_layout_get_slot_x (self, week) + self->slot / 2;

  return bar == RUF_REACH_FACEBOOK ? middle - self->gap / 2 - self->bar : middle + self->gap / 2;
}

/**
 * ruf_reach_layout_is_cut:
 * @self: a layout
 * @value: a count
 *
 * Returns: whether a bar of @value goes on beyond the scale
 */
gboolean
ruf_reach_layout_is_cut (const RufReachLayout *self,
                         double                value)
{
  return value > self->axis.max;
}

/**
 * ruf_reach_layout_get_y:
 * @self: a layout
 * @value: a count
 *
 * Returns: how far down the drawing that value lies
 */
double
ruf_reach_layout_get_y (const RufReachLayout *self,
                        double                value)
{
  return self->plot.y + self->plot.height * (1 - ruf_axis_place (&self->axis, value));
}

/**
 * ruf_reach_layout_get_min_height:
 * @self: a layout
 *
 * Returns: how high a chart of this width must be, in pixels, to show all its words
 *   and a plot that can be read
 */
double
ruf_reach_layout_get_min_height (const RufReachLayout *self)
{
  double plot = self->style.small ? SMALL_MIN_PLOT + SMALL_WEEK_LABELS : MIN_PLOT + WEEK_LABELS;

  return ruf_reach_layout_get_header_height (self) + plot
         + ruf_reach_layout_get_footer_height (self) + self->margin;
}

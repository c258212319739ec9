/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* RufReachSeries is what a reach chart draws, and the same figures in words for those
 * who cannot see it. */

#include "config.h"

#include "ruf-reach-series.h"

#include <glib/gi18n-lib.h>

#include "ruf-axis.h"

/* A bar this many times as high as the next one would press the others to the ground. */
#define OUTLIER 3.0
/* So many weeks make a habit from which one can stand out. */
#define MIN_WEEKS 4

static void
clear_week (gpointer data)
{
  RufReachWeek *week = data;

  g_clear_pointer (&week->label, g_free);
  g_clear_pointer (&week->week, g_free);
}

/**
 * ruf_reach_series_new:
 *
 * Returns: (transfer full): a series without weeks and without words
 */
RufReachSeries *
ruf_reach_series_new (void)
{
  RufReachSeries *self = g_new0 (RufReachSeries, 1);

  self->weeks = g_array_new (FALSE, TRUE, sizeof (RufReachWeek));
  g_array_set_clear_func (self->weeks, clear_week);

  return self;
}

/**
 * ruf_reach_series_free:
 * @self: a series
 *
 * Frees @self, its weeks and its words.
 */
void
ruf_reach_series_free (RufReachSeries *self)
{
  g_clear_pointer (&self->weeks, g_array_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->facebook_name, g_free);
  g_clear_pointer (&self->facebook_definition, g_free);
  g_clear_pointer (&self->messenger_name, g_free);
  g_clear_pointer (&self->messenger_definition, g_free);
  g_clear_pointer (&self->break_label, g_free);
  g_clear_pointer (&self->source, g_free);
  g_free (self);
}

/**
 * ruf_reach_series_get_n_weeks:
 * @self: a series
 *
 * Returns: how many weeks it has
 */
guint
ruf_reach_series_get_n_weeks (const RufReachSeries *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->weeks->len;
}

/**
 * ruf_reach_series_get_week:
 * @self: a series
 * @index: which week, 0 = the oldest
 *
 * Returns: (transfer none): the week
 */
const RufReachWeek *
ruf_reach_series_get_week (const RufReachSeries *self,
                           guint                 index)
{
  g_return_val_if_fail (self != NULL && index < self->weeks->len, NULL);

  return &g_array_index (self->weeks, RufReachWeek, index);
}

/**
 * ruf_reach_series_get_highest:
 * @self: a series
 *
 * Returns: the greatest value of any week, 0 where nothing was measured
 */
double
ruf_reach_series_get_highest (const RufReachSeries *self)
{
  double highest = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->weeks->len; i++)
    {
      const RufReachWeek *week = ruf_reach_series_get_week (self, i);

      highest = MAX (highest, week->facebook);
      highest = MAX (highest, MAX (week->messenger, week->messenger_high));
    }

  return highest;
}

static int
compare_descending (gconstpointer a,
                    gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first < second) - (first > second);
}

static GArray *
sort_values (const RufReachSeries *self)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < self->weeks->len; i++)
    {
      const RufReachWeek *week = ruf_reach_series_get_week (self, i);
      double messenger = MAX (week->messenger, week->messenger_high);

      g_array_append_val (values, week->facebook);
      g_array_append_val (values, messenger);
    }

  g_array_sort (values, compare_descending);
  return values;
}

/**
 * ruf_reach_series_get_usual:
 * @self: a series
 *
 * The greatest value but for outliers: at most one week in ten may stand out by more than
 * three times the next value, as a paid post does. A scale made for the others keeps those
 * readable; what is beyond it has to be marked as cut off.
 *
 * Returns: a value, at most that of ruf_reach_series_get_highest()
 */
double
ruf_reach_series_get_usual (const RufReachSeries *self)
{
  g_autoptr (GArray) values = NULL;
  double highest = ruf_reach_series_get_highest (self);
  guint n_weeks = ruf_reach_series_get_n_weeks (self);

  if (n_weeks < MIN_WEEKS)
    return highest;

  values = sort_values (self);
  for (guint i = 0; i < MAX (1, n_weeks / 10); i++)
    {
      double value = g_array_index (values, double, i);
      double next = g_array_index (values, double, i + 1);

      if (next > 0 && value > OUTLIER * next)
        return next;
    }

  return highest;
}

static char *
describe_value (double value)
{
  return value < 0 ? g_strdup (_("not measured")) : ruf_axis_format_number (value);
}

static char *
describe_facebook (const RufReachWeek *week)
{
  g_autofree char *value = describe_value (week->facebook);

  if (g_strcmp0 (week->facebook_metric, "viewers") == 0)
    return g_strdup_printf (_("Facebook, viewers: %s"), value);

  return g_strdup_printf (_("Facebook, reach: %s"), value);
}

/**
 * ruf_reach_series_describe_week:
 * @self: a series
 * @index: which week, 0 = the oldest
 *
 * The figures of one week in words, a line each: for tooltips, screen readers and the
 * description inside an SVG file.
 *
 * Returns: (transfer full): a text of four lines, five where the metric changed
 */
char *
ruf_reach_series_describe_week (const RufReachSeries *self,
                                guint                 index)
{
  const RufReachWeek *week = ruf_reach_series_get_week (self, index);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *facebook = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *delivered = NULL;

  g_return_val_if_fail (week != NULL, NULL);

  facebook = describe_facebook (week);
  seen = describe_value (week->messenger);
  delivered = describe_value (week->messenger_high);

  g_string_append_printf (text, "%s (%s)\n%s\n", week->label, week->week, facebook);
  g_string_append_printf (text, _("Messenger, read: %s"), seen);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Messenger, delivered: %s"), delivered);
  if (week->metric_changed && self->break_label != NULL)
    g_string_append_printf (text, "\n%s", self->break_label);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * ruf_reach_series_describe:
 * @self: a series
 *
 * Everything the chart shows, in words: each week, the definitions and the source.
 *
 * Returns: (transfer full): paragraphs with line ends
 */
char *
ruf_reach_series_describe (const RufReachSeries *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->weeks->len; i++)
    g_ptr_array_add (parts, ruf_reach_series_describe_week (self, i));

  if (self->facebook_definition != NULL)
    g_ptr_array_add (parts, g_strdup (self->facebook_definition));
  if (self->messenger_definition != NULL)
    g_ptr_array_add (parts, g_strdup (self->messenger_definition));
  if (self->source != NULL)
    g_ptr_array_add (parts, g_strdup (self->source));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv ("\n", (char **) parts->pdata);
}

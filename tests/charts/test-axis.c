/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "ruf-axis.h"
#include "ruf-chart-palette.h"

static const struct
{
  double highest;
  guint  wanted;
  double step;
  guint  n_ticks;
} scales[] = {
  { 310, 8, 50, 8 },
  { 310, 2, 200, 3 },
  { 400, 4, 100, 5 },
  { 3, 8, 1, 4 },               /* no half people */
  { 1, 5, 1, 2 },
  { 0, 2, 5, 3 },
  { -1, 2, 5, 3 },
  { NAN, 2, 5, 3 },
  { INFINITY, 2, 5, 3 },
  { 2.1e9, 4, 1e9, 4 },
  { 9.9e14, 5, 2e14, 6 },
};

static void
test_ticks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      RufAxis axis;

      ruf_axis_init (&axis, scales[i].highest, scales[i].wanted);
      g_assert_cmpfloat (axis.step, ==, scales[i].step);
      g_assert_cmpuint (axis.n_ticks, ==, scales[i].n_ticks);
      g_assert_cmpfloat (axis.max, ==, ruf_axis_get_tick (&axis, axis.n_ticks - 1));
      if (isfinite (scales[i].highest))
        g_assert_cmpfloat (axis.max, >=, scales[i].highest);
    }
}

static void
test_place (void)
{
  RufAxis axis;

  ruf_axis_init (&axis, 200, 2);
  g_assert_cmpfloat (ruf_axis_place (&axis, 0), ==, 0);
  g_assert_cmpfloat (ruf_axis_place (&axis, 50), ==, 0.25);
  g_assert_cmpfloat (ruf_axis_place (&axis, 200), ==, 1);
  g_assert_cmpfloat (ruf_axis_place (&axis, 1e9), ==, 1);
  g_assert_cmpfloat (ruf_axis_place (&axis, -1), ==, 0);
  g_assert_cmpfloat (ruf_axis_place (&axis, NAN), ==, 0);
}

static void
test_labels (void)
{
  const struct { double highest; const char *top; } labels[] = {
    { 40, "40" }, { 1500, "1500" }, { 4e6, "4 m" }, { 3e9, "3 bn" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      RufAxis axis;
      g_autofree char *top = NULL;
      g_autofree char *bottom = NULL;

      ruf_axis_init (&axis, labels[i].highest, 4);
      top = ruf_axis_format_tick (&axis, axis.n_ticks - 1);
      bottom = ruf_axis_format_tick (&axis, 0);
      g_assert_cmpstr (top, ==, labels[i].top);
      g_assert_cmpstr (bottom, ==, "0");
    }
}

/* Text at 4.5 : 1 and bars at 3 : 1, on each surface they stand on: the file's paper,
 * and GNOME's window, view and card colours. */
static void
test_contrast (void)
{
  const struct { gboolean dark; double grey; } surfaces[] = {
    { FALSE, 0xff }, { FALSE, 0xfa }, { TRUE, 0x1e }, { TRUE, 0x24 }, { TRUE, 0x30 }, { TRUE, 0x36 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (surfaces); i++)
    {
      const RufChartPalette *palette = ruf_chart_palette_get (surfaces[i].dark);
      double grey = surfaces[i].grey / 255;
      RufColor surface = { grey, grey, grey, 1 };

      g_assert_cmpfloat (ruf_color_get_contrast (&palette->text, &surface), >=, 7);
      g_assert_cmpfloat (ruf_color_get_contrast (&palette->dim_text, &surface), >=, 4.5);
      g_assert_cmpfloat (ruf_color_get_contrast (&palette->whisker, &surface), >=, 4.5);
      g_assert_cmpfloat (ruf_color_get_contrast (&palette->facebook, &surface), >=, 3);
      g_assert_cmpfloat (ruf_color_get_contrast (&palette->messenger, &surface), >=, 3);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charts/axis/ticks", test_ticks);
  g_test_add_func ("/charts/axis/place", test_place);
  g_test_add_func ("/charts/axis/labels", test_labels);
  g_test_add_func ("/charts/palette/contrast", test_contrast);

  return g_test_run ();
}

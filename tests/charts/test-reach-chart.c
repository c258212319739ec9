/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "ruf-error.h"
#include "ruf-reach-chart.h"

#define WIDTH 640
#define HEIGHT 420

static RufReachSeries *
make_series (void)
{
  RufReachSeries *series = ruf_reach_series_new ();

  series->title = g_strdup ("Facebook & messenger");
  series->facebook_name = g_strdup ("Facebook: reach");
  series->facebook_definition = g_strdup ("Counted per post, \"added up\".");
  series->messenger_name = g_strdup ("Messenger: read");
  series->messenger_definition = g_strdup ("A lower bound.");
  series->break_label = g_strdup ("metric changed");
  series->source = g_strdup ("Source: exports");

  return series;
}

static void
add_week (RufReachSeries *series,
          guint           number,
          double          facebook,
          double          messenger,
          double          high,
          gboolean        changed)
{
  RufReachWeek week = {
    .label = g_strdup_printf ("Wk %u", number),
    .week = g_strdup_printf ("2026-W%02u", number),
    .facebook = facebook,
    .messenger = messenger,
    .messenger_high = high,
    .metric_changed = changed,
    .facebook_metric = facebook < 0 ? NULL : changed ? "viewers" : "reach",
  };

  g_array_append_val (series->weeks, week);
}

/* Four weeks: one ordinary, one without Facebook, one after the change, one of zeros. */
static RufReachSeries *
make_four_weeks (void)
{
  RufReachSeries *series = make_series ();

  add_week (series, 44, 100, 40, 80, FALSE);
  add_week (series, 45, -1, 20, 20, FALSE);
  add_week (series, 46, 50, -1, -1, TRUE);
  add_week (series, 47, 0, 0, 0, FALSE);

  return series;
}

static char *
make_path (const char *ending)
{
  g_autofree char *name = g_strdup_printf ("ruf-chart-%u%s", g_test_rand_int (), ending);

  return g_build_filename (g_get_tmp_dir (), name, NULL);
}

static char *
write_and_read (const RufReachSeries *series,
                const char           *ending,
                gsize                *size)
{
  g_autofree char *path = make_path (ending);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  ruf_reach_chart_write (series, path, WIDTH, HEIGHT, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &contents, size, &error);
  g_assert_no_error (error);
  g_unlink (path);

  return contents;
}

/* A picture of the chart, one pixel a pixel. */
typedef struct
{
  cairo_surface_t *surface;
  int              width;
  int              height;
} Picture;

static Picture
draw (const RufReachSeries *series,
      const RufChartStyle  *style,
      int                   width,
      int                   height)
{
  Picture self = { cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height), width, height };
  cairo_t *cr = cairo_create (self.surface);

  cairo_set_source_rgb (cr, style->dark ? 0.118 : 1, style->dark ? 0.118 : 1,
                        style->dark ? 0.118 : 1);
  cairo_paint (cr);
  ruf_reach_chart_draw (cr, series, style, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (self.surface);

  return self;
}

static guint32
get_pixel (const Picture *self,
           int            x,
           int            y)
{
  const guchar *row = cairo_image_surface_get_data (self->surface)
                      + (gsize) y * cairo_image_surface_get_stride (self->surface);

  return ((const guint32 *) row)[x] & 0xffffff;
}

static gboolean
is_blue (guint32 pixel)
{
  return (pixel & 0xff) > 150 && ((pixel >> 16) & 0xff) < 90;
}

static gboolean
is_green (guint32 pixel)
{
  int red = (pixel >> 16) & 0xff, green = (pixel >> 8) & 0xff, blue = pixel & 0xff;

  return green > red + 40 && green > blue + 20;
}

typedef struct
{
  int left, right;    /* of what the pointer finds as this week */
  int top, bottom;
} Span;

static Span
find_week (const RufReachSeries *series,
           const RufChartStyle  *style,
           int                   week)
{
  Span span = { G_MAXINT, -1, G_MAXINT, -1 };
  const int middle = 170;     /* inside any plot of this size */

  for (int x = 0; x < WIDTH; x++)
    {
      if (ruf_reach_chart_pick (series, style, WIDTH, HEIGHT, x, middle) != week)
        continue;
      span.left = MIN (span.left, x);
      span.right = MAX (span.right, x);
    }

  for (int y = 0; y < HEIGHT; y++)
    {
      if (ruf_reach_chart_pick (series, style, WIDTH, HEIGHT, span.left + 1, y) != week)
        continue;
      span.top = MIN (span.top, y);
      span.bottom = MAX (span.bottom, y);
    }

  return span;
}

/* How many rows of the week have a pixel of that kind: the height of its bar. */
static int
measure_bar (const Picture *picture,
             Span           span,
             gboolean     (*is_color) (guint32))
{
  int height = 0;

  for (int y = span.top; y <= span.bottom; y++)
    {
      int found = 0;

      /* The definitions' marks lie far left, the bars never touch the slot's edge. */
      for (int x = span.left + 2; x < span.right - 2; x++)
        found += is_color (get_pixel (picture, x, y)) ? 1 : 0;
      height += found >= 4 ? 1 : 0;
    }

  return height;
}

static void
test_bars (gconstpointer data)
{
  RufChartStyle style = { .dark = GPOINTER_TO_INT (data), .highlight = -1 };
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  Picture picture = draw (series, &style, WIDTH, HEIGHT);
  Span spans[4];
  int full;

  for (int i = 0; i < 4; i++)
    spans[i] = find_week (series, &style, i);

  full = measure_bar (&picture, spans[0], is_blue);
  g_assert_cmpint (full, >, 80);
  g_assert_cmpint (ABS (measure_bar (&picture, spans[2], is_blue) - full / 2), <=, 3);
  g_assert_cmpint (ABS (measure_bar (&picture, spans[0], is_green) - full * 4 / 10), <=, 4);
  g_assert_cmpint (ABS (measure_bar (&picture, spans[1], is_green) - full * 2 / 10), <=, 4);

  g_assert_cmpint (measure_bar (&picture, spans[1], is_blue), ==, 0);
  g_assert_cmpint (measure_bar (&picture, spans[2], is_green), ==, 0);
  g_assert_cmpint (measure_bar (&picture, spans[3], is_blue), ==, 0);
  g_assert_cmpint (measure_bar (&picture, spans[3], is_green), ==, 0);
  cairo_surface_destroy (picture.surface);
}

/* The week that was not measured has a mark that the week of zero has not. */
static void
test_not_measured_is_not_zero (void)
{
  RufChartStyle style = { .highlight = -1 };
  g_autoptr (RufReachSeries) missing = make_series ();
  g_autoptr (RufReachSeries) zero = make_series ();
  g_autofree char *words = NULL;
  g_autofree char *zero_words = NULL;

  add_week (missing, 1, -1, -1, -1, FALSE);
  add_week (zero, 1, 0, 0, 0, FALSE);
  words = ruf_reach_series_describe_week (missing, 0);
  zero_words = ruf_reach_series_describe_week (zero, 0);
  g_assert_nonnull (strstr (words, "not measured"));
  g_assert_null (strstr (zero_words, "not measured"));

  for (guint dark = 0; dark < 2; dark++)
    {
      Picture a, b;

      style.dark = dark;
      a = draw (missing, &style, WIDTH, HEIGHT);
      b = draw (zero, &style, WIDTH, HEIGHT);
      g_assert_cmpint (memcmp (cairo_image_surface_get_data (a.surface),
                               cairo_image_surface_get_data (b.surface),
                               (gsize) HEIGHT * cairo_image_surface_get_stride (a.surface)), !=, 0);
      cairo_surface_destroy (a.surface);
      cairo_surface_destroy (b.surface);
    }
}

/* Darker than the grid, lighter than nothing: dashes of the text colour. */
static int
count_dark (const Picture *picture,
            int            x,
            Span           span)
{
  int dark = 0;

  for (int y = span.top; y <= span.bottom; y++)
    dark += (get_pixel (picture, x, y) & 0xff) < 0x90 ? 1 : 0;

  return dark;
}

static void
test_break_stands_before_its_week (void)
{
  RufChartStyle style = { .highlight = -1 };
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  Picture picture = draw (series, &style, WIDTH, HEIGHT);

  for (int i = 1; i < 4; i++)
    {
      Span span = find_week (series, &style, i);
      int dark = 0;

      for (int x = span.left - 1; x <= span.left + 1; x++)
        dark = MAX (dark, count_dark (&picture, x, span));

      if (i == 2)
        g_assert_cmpint (dark, >, 30);
      else
        g_assert_cmpint (dark, <, 10);
    }
  cairo_surface_destroy (picture.surface);
}

/* Whether white follows blue and blue white in one column of the week. */
static gboolean
has_gap (const Picture *picture,
         Span           span)
{
  for (int x = span.left; x <= span.right; x++)
    {
      gboolean blue = FALSE, white = FALSE;

      for (int y = span.top; y <= span.bottom; y++)
        {
          guint32 pixel = get_pixel (picture, x, y);

          if (blue && white && is_blue (pixel))
            return TRUE;
          blue = blue || is_blue (pixel);
          white = blue && (white || pixel == 0xffffff);
        }
    }

  return FALSE;
}

/* One paid post must not press the other weeks to the ground: its bar is cut, with a gap
 * that shows the background, and the others keep their height. Shapes stay shapes. */
static void
test_outlier (void)
{
  RufChartStyle style = { .highlight = -1 };
  g_autoptr (RufReachSeries) usual = make_series ();
  g_autoptr (RufReachSeries) outlier = make_series ();
  g_autofree char *svg = NULL;
  Picture a, b;
  int whole, cut;

  for (guint i = 1; i <= 6; i++)
    {
      add_week (usual, i, 100, 40, 40, FALSE);
      add_week (outlier, i, i == 3 ? 5000 : 100, 40, 40, FALSE);
    }
  svg = write_and_read (outlier, ".svg", NULL);
  g_assert_null (strstr (svg, "<image"));
  g_assert_cmpfloat (ruf_reach_series_get_highest (outlier), ==, 5000);
  g_assert_cmpfloat (ruf_reach_series_get_usual (outlier), ==, 100);
  g_assert_cmpfloat (ruf_reach_series_get_usual (usual), ==, 100);

  a = draw (usual, &style, WIDTH, HEIGHT);
  b = draw (outlier, &style, WIDTH, HEIGHT);
  whole = measure_bar (&a, find_week (usual, &style, 2), is_blue);
  cut = measure_bar (&b, find_week (outlier, &style, 1), is_blue);
  g_assert_cmpint (cut, >, whole / 2);
  g_assert_cmpint (measure_bar (&b, find_week (outlier, &style, 2), is_blue), >, cut);
  g_assert_true (has_gap (&b, find_week (outlier, &style, 2)));
  g_assert_false (has_gap (&b, find_week (outlier, &style, 1)));
  cairo_surface_destroy (a.surface);
  cairo_surface_destroy (b.surface);
}

/* Two high weeks in six are no exception, and three weeks no habit. */
static void
test_no_outlier (void)
{
  const double values[][6] = { { 500, 500, 10, 10, 10, 10 }, { 500, 200, 10, 10, 10, 10 } };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (RufReachSeries) series = make_series ();

      for (guint week = 0; week < 6; week++)
        add_week (series, week + 1, values[i][week], 5, 5, FALSE);
      g_assert_cmpfloat (ruf_reach_series_get_usual (series), ==, 500);

      g_array_set_size (series->weeks, 3);
      g_assert_cmpfloat (ruf_reach_series_get_usual (series), ==, 500);
    }
}

static void
test_pick (void)
{
  RufChartStyle style = { .highlight = -1 };
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  g_autoptr (RufReachSeries) empty = make_series ();
  Span first = find_week (series, &style, 0);
  Span last = find_week (series, &style, 3);

  g_assert_cmpint (first.left, <, first.right);
  g_assert_cmpint (first.right, <, last.left);
  g_assert_cmpint (ruf_reach_chart_pick (series, &style, WIDTH, HEIGHT, 0, 200), ==, -1);
  g_assert_cmpint (ruf_reach_chart_pick (series, &style, WIDTH, HEIGHT, WIDTH - 1, 200), ==, -1);
  g_assert_cmpint (ruf_reach_chart_pick (series, &style, WIDTH, HEIGHT, 300, 2), ==, -1);
  g_assert_cmpint (ruf_reach_chart_pick (series, &style, WIDTH, HEIGHT, 300, HEIGHT - 2), ==, -1);
  g_assert_cmpint (ruf_reach_chart_pick (empty, &style, WIDTH, HEIGHT, 300, 200), ==, -1);
}

static void
test_highlight_shows (void)
{
  RufChartStyle plain = { .highlight = -1 };
  RufChartStyle marked = { .highlight = 3 };
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  Span span = find_week (series, &plain, 3);
  Picture a = draw (series, &plain, WIDTH, HEIGHT);
  Picture b = draw (series, &marked, WIDTH, HEIGHT);
  int x = (span.left + span.right) / 2;
  int y = span.top + 9;

  g_assert_cmpuint (get_pixel (&a, x, y), ==, 0xffffff);
  g_assert_cmpuint (get_pixel (&b, x, y), !=, 0xffffff);
  g_assert_cmpuint (get_pixel (&b, span.left - 4, y), ==, 0xffffff);
  cairo_surface_destroy (a.surface);
  cairo_surface_destroy (b.surface);
}

/* Nothing to draw, too much to draw, too little room: never an error, never empty. */
static void
test_odd_shapes (void)
{
  const struct { guint n_weeks; double value; int width; int height; gboolean small; } shapes[] = {
    { 0, 0, 600, 300, FALSE }, { 0, 0, 280, 160, TRUE }, { 1, 5, 600, 300, FALSE },
    { 60, 500, 280, 400, FALSE }, { 60, 500, 280, 160, TRUE }, { 400, 3, 300, 300, FALSE },
    { 5, 0, 600, 300, FALSE }, { 5, 9e14, 280, 300, FALSE }, { 5, 10, 20, 20, FALSE },
    { 5, 10, 1, 1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (RufReachSeries) series = make_series ();
      RufChartStyle style = { .small = shapes[i].small, .highlight = 2 };
      Picture picture;
      int marked = 0;

      for (guint week = 1; week <= shapes[i].n_weeks; week++)
        add_week (series, week, shapes[i].value, shapes[i].value / 2, shapes[i].value,
                  week % 30 == 4);

      picture = draw (series, &style, shapes[i].width, shapes[i].height);
      for (int y = 0; y < shapes[i].height; y++)
        for (int x = 0; x < shapes[i].width; x++)
          marked += get_pixel (&picture, x, y) != 0xffffff ? 1 : 0;
      if (shapes[i].width > 100)
        g_assert_cmpint (marked, >, 100);
      cairo_surface_destroy (picture.surface);
    }
}

static void
test_min_height (void)
{
  RufChartStyle style = { .highlight = -1 };
  RufChartStyle small = { .small = TRUE, .highlight = -1 };
  g_autoptr (RufReachSeries) series = make_four_weeks ();

  g_assert_cmpfloat (ruf_reach_chart_get_min_height (series, &style, 200), >,
                     ruf_reach_chart_get_min_height (series, &style, 800));
  g_assert_cmpfloat (ruf_reach_chart_get_min_height (series, &small, 280), <=, 160);
}

static void
test_csv (void)
{
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  g_autofree char *csv = write_and_read (series, ".csv", NULL);

  g_assert_cmpstr (csv, ==,
    "format_version,week,facebook,facebook_metric,metric_changed,messenger_read,"
    "messenger_delivered,facebook_definition,messenger_definition,source\n"
    "1,2026-W44,100,reach,false,40,80,\"Counted per post, \"\"added up\"\".\",A lower bound.,"
    "Source: exports\n"
    "1,2026-W45,,,false,20,20,\"Counted per post, \"\"added up\"\".\",A lower bound.,"
    "Source: exports\n"
    "1,2026-W46,50,viewers,true,,,\"Counted per post, \"\"added up\"\".\",A lower bound.,"
    "Source: exports\n"
    "1,2026-W47,0,reach,false,0,0,\"Counted per post, \"\"added up\"\".\",A lower bound.,"
    "Source: exports\n");
}

/* An SVG is well-formed and says in words what it shows in shapes. */
static void
test_svg (void)
{
  const char *words[] = {
    "<title>Facebook &amp; messenger</title>", "Wk 44 (2026-W44)", "Facebook, reach: 100",
    "Facebook, reach: not measured", "Facebook, viewers: 50", "Messenger, read: 40",
    "Messenger, delivered: 80", "metric changed", "A lower bound.", "Source: exports",
  };
  const GMarkupParser parser = { 0 };
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  g_autofree char *svg = write_and_read (series, ".svg", NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (svg, words[i]));

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
}

typedef struct
{
  const char *data;
  gsize       left;
} Bytes;

static cairo_status_t
read_cb (void          *closure,
         unsigned char *data,
         unsigned int   length)
{
  Bytes *bytes = closure;

  if (length > bytes->left)
    return CAIRO_STATUS_READ_ERROR;

  memcpy (data, bytes->data, length);
  bytes->data += length;
  bytes->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static void
test_png (void)
{
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  gsize size;
  g_autofree char *png = write_and_read (series, ".png", &size);
  Bytes bytes = { png, size };
  Picture picture = { cairo_image_surface_create_from_png_stream (read_cb, &bytes) };
  int blue = 0, green = 0;

  g_assert_cmpint (cairo_surface_status (picture.surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (picture.surface), ==, 2 * WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (picture.surface), ==, 2 * HEIGHT);

  g_assert_cmpuint (get_pixel (&picture, 0, 0), ==, 0xffffff);
  for (int y = 0; y < 2 * HEIGHT; y++)
    for (int x = 0; x < 2 * WIDTH; x++)
      {
        blue += is_blue (get_pixel (&picture, x, y)) ? 1 : 0;
        green += is_green (get_pixel (&picture, x, y)) ? 1 : 0;
      }
  g_assert_cmpint (blue, >, 5000);
  g_assert_cmpint (green, >, 2000);
  cairo_surface_destroy (picture.surface);
}

static void
test_pdf (void)
{
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  gsize size;
  g_autofree char *pdf = write_and_read (series, ".PDF", &size);

  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_cmpuint (size, >, 1000);
}

/* What cannot be written leaves what was there. */
static void
test_write_errors (void)
{
  g_autoptr (RufReachSeries) series = make_four_weeks ();
  const struct { const char *path; int width; int height; int code; } cases[] = {
    { "chart.gif", 600, 400, RUF_ERROR_INVALID },
    { "chart", 600, 400, RUF_ERROR_INVALID },
    { "chart.png", 0, 400, RUF_ERROR_INVALID },
    { "chart.png", 600, 100000, RUF_ERROR_INVALID },
    { "/nowhere/at/all/chart.svg", 600, 400, RUF_ERROR_IO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ruf_reach_chart_write (series, cases[i].path, cases[i].width,
                                             cases[i].height, &error));
      g_assert_error (error, RUF_ERROR, cases[i].code);
      g_assert_false (g_file_test (cases[i].path, G_FILE_TEST_EXISTS));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/charts/reach-chart/bars/light", GINT_TO_POINTER (FALSE), test_bars);
  g_test_add_data_func ("/charts/reach-chart/bars/dark", GINT_TO_POINTER (TRUE), test_bars);
  g_test_add_func ("/charts/reach-chart/not-measured", test_not_measured_is_not_zero);
  g_test_add_func ("/charts/reach-chart/break", test_break_stands_before_its_week);
  g_test_add_func ("/charts/reach-chart/outlier", test_outlier);
  g_test_add_func ("/charts/reach-chart/no-outlier", test_no_outlier);
  g_test_add_func ("/charts/reach-chart/pick", test_pick);
  g_test_add_func ("/charts/reach-chart/highlight", test_highlight_shows);
  g_test_add_func ("/charts/reach-chart/odd-shapes", test_odd_shapes);
  g_test_add_func ("/charts/reach-chart/min-height", test_min_height);
  g_test_add_func ("/charts/reach-chart/csv", test_csv);
  g_test_add_func ("/charts/reach-chart/svg", test_svg);
  g_test_add_func ("/charts/reach-chart/png", test_png);
  g_test_add_func ("/charts/reach-chart/pdf", test_pdf);
  g_test_add_func ("/charts/reach-chart/write-errors", test_write_errors);

  return g_test_run ();
}

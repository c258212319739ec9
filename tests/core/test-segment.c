/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-segment.h"

#include <string.h>

#include "ruf-error.h"

static void
test_canonical (void)
{
  static const struct
  {
    const char *text;
    const char *canonical;
  } cases[] = {
    { "", "" },
    { "  \n", "" },
    { "tag:stamm", "tag:stamm" },
    { "TAG:Stamm AND Not tag:vip", "tag:Stamm and not tag:vip" },
    { "tag:stamm and not tag:vip and (city:Bonn or city:\"Bad Honnef\")"
      " and consent:whatsapp/weekly-offer",
      "tag:stamm and not tag:vip and (city:Bonn or city:\"Bad Honnef\")"
      " and consent:whatsapp/weekly-offer" },
    { "consent:WhatsApp/Wochenangebote", "consent:whatsapp/weekly-offer" },
    { "consent:e-mail/Vereinsnews", "consent:email/vereinsnews" },
    { "((tag:a))", "tag:a" },
    { "tag:a or tag:b and tag:c", "tag:a or tag:b and tag:c" },
    { "(tag:a or tag:b) and tag:c", "(tag:a or tag:b) and tag:c" },
    { "tag:a and (tag:b and tag:c)", "tag:a and (tag:b and tag:c)" },
    { "(tag:a and tag:b) and tag:c", "tag:a and tag:b and tag:c" },
    { "not (tag:a or tag:b)", "not (tag:a or tag:b)" },
    { "not not tag:a", "not not tag:a" },
    { "not(tag:a)and(tag:b)", "not tag:a and tag:b" },
    { "tag:and or tag:or", "tag:and or tag:or" },
    { "tag: stamm", "tag:stamm" },
    { "tag:\"a \\\"b\\\" \\\\ c\"", "tag:\"a \\\"b\\\" \\\\ c\"" },
    { "city:Köln", "city:Köln" },
    { "import:0012", "import:12" },
    { "language:de", "language:de" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RufSegment) segment = ruf_segment_parse (cases[i].text, &error);
      g_autoptr (RufSegment) again = NULL;
      g_autofree char *text = NULL;
      g_autofree char *text_again = NULL;

      g_assert_no_error (error);
      text = ruf_segment_to_string (segment);
      g_assert_cmpstr (text, ==, cases[i].canonical);
      again = ruf_segment_parse (text, &error);
      g_assert_no_error (error);
      text_again = ruf_segment_to_string (again);
      g_assert_cmpstr (text_again, ==, text);
    }
}

static void
test_tree (void)
{
  g_autoptr (RufSegment) segment =
    ruf_segment_parse ("tag:a or not consent:sms/news and city:Bonn", NULL);
  const RufSegment *right, *negated;

  g_assert_cmpint (ruf_segment_get_kind (segment), ==, RUF_SEGMENT_OR);
  g_assert_cmpstr (ruf_segment_get_value (ruf_segment_get_left (segment)), ==, "a");

  right = ruf_segment_get_right (segment);
  g_assert_cmpint (ruf_segment_get_kind (right), ==, RUF_SEGMENT_AND);
  g_assert_cmpint (ruf_segment_get_kind (ruf_segment_get_left (right)), ==, RUF_SEGMENT_NOT);
  g_assert_null (ruf_segment_get_right (ruf_segment_get_left (right)));

  negated = ruf_segment_get_left (ruf_segment_get_left (right));
  g_assert_cmpint (ruf_segment_get_kind (negated), ==, RUF_SEGMENT_CONSENT);
  g_assert_cmpint (ruf_segment_get_channel (negated), ==, RUF_CHANNEL_SMS);
  g_assert_cmpstr (ruf_segment_get_value (negated), ==, "news");
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    int         position;
  } cases[] = {
    { "stamm", 1 },
    { "tag:", 5 },
    { "tag:a tag:b", 7 },
    { "tag:a and", 10 },
    { "tag:a and or tag:b", 11 },
    { "(tag:a", 1 },
    { "(tag:a tag:b)", 8 },
    { "tag:a)", 6 },
    { "city:\"Bad", 6 },
    { "city:\"Bad\\", 6 },
    { "city:Köln und tag:a", 11 },
    { "consent:fax/news", 9 },
    { "consent:whatsapp", 9 },
    { "consent:whatsapp/", 9 },
    { "import:eins", 8 },
    { "import:-1", 8 },
    { "not", 4 },
    { "tag:\"\"", 5 },
    { "alter:18", 1 },
    { "; DROP TABLE people", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RufSegment) segment = ruf_segment_parse (cases[i].text, &error);
      g_autofree char *place = g_strdup_printf ("at character %d.", cases[i].position);

      g_assert_null (segment);
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
      g_test_message ("%s: %s", cases[i].text, error->message);
      g_assert_nonnull (strstr (error->message, place));
    }
}

/* What somebody pastes must not bring the program down. */
static void
test_limits (void)
{
  g_autofree char *brackets = g_strnfill (100000, '(');
  g_autoptr (GString) nots = g_string_new (NULL);
  g_autoptr (GString) many = g_string_new ("tag:a");
  const char *texts[3];

  for (guint i = 0; i < 100000; i++)
    g_string_append (nots, "not ");
  for (guint i = 0; i < 100000; i++)
    g_string_append (many, " or tag:a");
  texts[0] = brackets;
  texts[1] = nots->str;
  texts[2] = many->str;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ruf_segment_parse (texts[i], &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
    }
  g_assert_null (ruf_segment_parse ("tag:\377", NULL));
}

static void
test_ref (void)
{
  g_autoptr (RufSegment) first = ruf_segment_parse ("tag:a and tag:b", NULL);
  g_autoptr (RufSegment) second = ruf_segment_ref (first);

  g_clear_pointer (&first, ruf_segment_unref);
  g_assert_cmpint (ruf_segment_get_kind (second), ==, RUF_SEGMENT_AND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/segment/canonical", test_canonical);
  g_test_add_func ("/core/segment/tree", test_tree);
  g_test_add_func ("/core/segment/errors", test_errors);
  g_test_add_func ("/core/segment/limits", test_limits);
  g_test_add_func ("/core/segment/ref", test_ref);

  return g_test_run ();
}

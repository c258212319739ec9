/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-template.h"

#include <pango/pango.h>
#include <string.h>

#include "ruf-error.h"

static const char *
look_up (const char *name,
         gpointer    user_data)
{
  GHashTable *values = user_data;

  return g_hash_table_lookup (values, name);
}

static void
test_render (void)
{
  static const struct
  {
    const char *text;
    const char *rendered;
  } cases[] = {
    { "", "" },
    { "Hallo", "Hallo" },
    { "Hallo {{first_name}}!", "Hallo Änne!" },
    { "Hallo {{ First_Name | Kundin }}!", "Hallo Änne!" },
    { "Hallo {{city|Nachbar}}!", "Hallo Nachbar!" },
    { "Hallo {{city}}!", "Hallo !" },
    { "Hallo {{organisation|Kundin}}!", "Hallo Kundin!" },
    { "{{first_name}}{{last_name}}", "ÄnneGroß" },
    { "{a} } {{first_name|{x}}} }}", "{a} } Änne} }}" },
    { "{{city|a|b}}", "a|b" },
    { "{{last_name}} {{%s}}", NULL },
  };
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (values, (gpointer) "first_name", (gpointer) "Änne");
  g_hash_table_insert (values, (gpointer) "last_name", (gpointer) "Groß");
  g_hash_table_insert (values, (gpointer) "organisation", (gpointer) "");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RufTemplate) template = ruf_template_parse (cases[i].text, NULL);
      g_autofree char *rendered = NULL;

      if (template != NULL)
        rendered = ruf_template_render (template, look_up, values);
      g_assert_cmpstr (rendered, ==, cases[i].rendered);
    }
}

static guint
get_length (const char *name,
            gpointer    user_data)
{
  return g_str_equal (name, "first_name") ? GPOINTER_TO_UINT (user_data) : 0;
}

/* Where a value is missing the fallback counts, so the longer of both does. */
static void
test_longest (void)
{
  static const struct
  {
    const char *text;
    guint       first_name;
    guint       longest;
  } cases[] = {
    { "", 9, 0 },
    { "Hällo", 9, 5 },
    { "Hallo {{first_name}}!", 9, 16 },
    { "Hallo {{first_name|Kundin}}!", 4, 13 },
    { "{{first_name}}{{first_name|ö}}{{city|Ort}}", 2, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RufTemplate) template = ruf_template_parse (cases[i].text, NULL);

      g_assert_cmpuint (ruf_template_get_longest (template, get_length,
                                                  GUINT_TO_POINTER (cases[i].first_name)),
                        ==, cases[i].longest);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    int         position;
  } cases[] = {
    { "{{first_name", 1 },
    { "Grüße, {{first_name}", 8 },
    { "{{a}} {{b", 7 },
    { "Hallo {{first_name, {{city}}", 7 },
    { "Hallo {{}}", 7 },
    { "Hallo {{ |Kundin}}", 7 },
    { "Hallo {{first name}}", 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RufTemplate) template = ruf_template_parse (cases[i].text, &error);
      g_autofree char *place = g_strdup_printf ("at character %d ", cases[i].position);

      g_assert_null (template);
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, place));
    }
  g_assert_null (ruf_template_parse ("\377", NULL));
}

static void
test_placeholders (void)
{
  g_autoptr (RufTemplate) template =
    ruf_template_parse ("{{city}} {{ first_name|x }} {{city|y}} {{shoe_size}}", NULL);
  g_autofree char *names = g_strjoinv (" ", (char **) ruf_template_get_placeholders (template));

  g_assert_cmpstr (names, ==, "city first_name shoe_size");
  g_assert_true (ruf_template_is_known ("first_name"));
  g_assert_false (ruf_template_is_known ("shoe_size"));
  g_assert_false (ruf_template_is_known (NULL));
  for (const char * const *name = ruf_template_get_known (); *name != NULL; name++)
    g_assert_true (ruf_template_is_known (*name));
}

static void
test_markup (void)
{
  static const struct
  {
    const char *text;
    const char *markup;
  } cases[] = {
    { "", "" },
    { "*fett*", "<b>fett</b>" },
    { "_kursiv_ ~weg~", "<i>kursiv</i> <s>weg</s>" },
    { "*fett _und kursiv_*", "<b>fett <i>und kursiv</i></b>" },
    { "Nur *heute*: 5 €", "Nur <b>heute</b>: 5 €" },
    { "(*heute*)", "(<b>heute</b>)" },
    { "`a*b*` ```x <y>\nz```", "<tt>a*b*</tt> <tt>x &lt;y&gt;\nz</tt>" },
    { "2 * 3 * 4", "2 * 3 * 4" },
    { "*offen", "*offen" },
    { "*kein ende *", "*kein ende *" },
    { "* kein anfang*", "• kein anfang*" },
    { "snake_case_name", "snake_case_name" },
    { "*zwei\nzeilen*", "*zwei\nzeilen*" },
    { "**", "**" },
    { "*_schief*_", "<b>_schief</b>_" },
    { "- eins\n- zwei", "• eins\n• zwei" },
    { "1. eins", "1. eins" },
    { "a < b && c > d", "a &lt; b &amp;&amp; c &gt; d" },
    { "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;" },
    { "a\001b", "ab" },
    { "``", "``" },
    { "```", "```" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = ruf_markup_to_pango (cases[i].text);

      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

/* Whatever is typed, the preview shows it; nothing but marks gets lost. */
static void
test_markup_is_valid (void)
{
  static const char * const bits[] = {
    "*", "_", "~", "`", "```", "\n", " ", "a", "ä", "😉", "<", ">", "&", "> ", "- ", "\"", "\001",
    "\377", "</b>", "&amp;", "*fett*", "\302\240",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *markup = NULL;
      guint n = g_rand_int_range (rand, 1, 30);

      for (guint i = 0; i < n; i++)
        g_string_append (text, bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))]);
      markup = ruf_markup_to_pango (text->str);
      pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, &error);
      if (error != NULL)
        g_error ("%s\n%s\n%s", text->str, markup, error->message);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/template/render", test_render);
  g_test_add_func ("/core/template/longest", test_longest);
  g_test_add_func ("/core/template/errors", test_errors);
  g_test_add_func ("/core/template/placeholders", test_placeholders);
  g_test_add_func ("/core/markup/cases", test_markup);
  g_test_add_func ("/core/markup/is-valid", test_markup_is_valid);

  return g_test_run ();
}

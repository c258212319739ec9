/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each file of tests/data/contacts has a .golden beside it: what must be read from it, a
 * line per record. With RUF_WRITE_GOLDEN=1 the files are written anew, to be looked at. */

#include <glib/gstdio.h>
#include <string.h>

#include "ruf-contact-reader.h"
#include "ruf-error.h"

static void
append_cells (GString    *out,
              const char *what,
              GPtrArray  *cells)
{
  for (guint i = 0; i < cells->len; i++)
    {
      RufContactCell *cell = g_ptr_array_index (cells, i);

      g_string_append_printf (out, " %s=%s[%s/%s]", what, cell->text, cell->column,
                              cell->label ? cell->label : "");
    }
}

static void
append_text (GString    *out,
             const char *what,
             const char *text)
{
  g_autofree char *line = g_strdup (text);

  if (line == NULL)
    return;
  g_strdelimit (line, "\r\n", '~');
  if (g_utf8_strlen (line, -1) > 60)
    *g_utf8_offset_to_pointer (line, 60) = '\0';
  g_string_append_printf (out, " %s=%s", what, line);
}

static void
append_record (GString                *out,
               const RufContactRecord *record)
{
  g_string_append_printf (out, "%u:", record->row);
  append_text (out, "name", record->name);
  append_text (out, "first", record->first_name);
  append_text (out, "last", record->last_name);
  append_text (out, "organisation", record->organisation);
  append_cells (out, "phone", record->phones);
  append_cells (out, "email", record->emails);
  for (guint i = 0; i < record->tags->len; i++)
    append_text (out, "tag", g_ptr_array_index (record->tags, i));
  append_text (out, "city", record->city);
  append_text (out, "language", record->language);
  append_text (out, "birthday", record->birthday);
  append_text (out, "notes", record->notes);
  append_text (out, "channel", record->consent_channel);
  append_text (out, "purpose", record->consent_purpose);
  append_text (out, "at", record->consent_at);
  append_text (out, "source", record->consent_source);
  append_text (out, "text", record->consent_text);
  if (record->fault != RUF_REJECT_NONE)
    g_string_append_printf (out, " FAULT %s",
                            record->fault == RUF_REJECT_MALFORMED_ROW ? "malformed-row" : "other");
  g_string_append_c (out, '\n');
}

static char *
describe (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufContactReader) reader = ruf_contact_reader_open (path, NULL, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  g_string_append_printf (out, "%s %s 0x%02x%s\n", ruf_contact_reader_get_format (reader),
                          ruf_contact_reader_get_encoding (reader),
                          ruf_contact_reader_get_delimiter (reader),
                          ruf_contact_reader_has_consent (reader) ? " consent" : "");
  while (TRUE)
    {
      g_autoptr (RufContactRecord) record = ruf_contact_reader_next (reader, NULL, &error);

      g_assert_no_error (error);
      if (record == NULL)
        break;
      append_record (out, record);
    }
  g_assert_cmpint (ruf_contact_reader_get_position (reader), ==,
                   ruf_contact_reader_get_size (reader));
  return g_string_free (out, FALSE);
}

static void
test_golden (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "contacts", data, NULL);
  g_autofree char *golden = g_strconcat (path, ".golden", NULL);
  g_autofree char *got = describe (path);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("RUF_WRITE_GOLDEN") != NULL)
    g_file_set_contents (golden, got, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (golden, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, expected);
}

static char *
write_file (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("ruf-contacts-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* A header and what its columns are taken for. */
static const struct
{
  const char *header;
  const char *fields;
} headers[] = {
  { "Vorname;NACHNAME;Handy-Nr.;E-Mail-Adresse", "first_name last_name phone email" },
  { "Name;Vorname;Telefon", "last_name first_name phone" },
  { "Name;Vorname;Nachname;Telefon", "name first_name last_name phone" },
  { "Telefon (privat);Telefon (privat 2);Handy2;Fax", "phone phone phone ignore" },
  { "phone_number,FIRST_NAME, e-mail ,Company", "phone first_name email organisation" },
  { "Telefon;Kanal;Zweck;Einwilligung am;Quelle;Wortlaut",
    "phone channel purpose consent_at consent_source consent_text" },
  { "Telefon;Umsatz 2025;Kundennr;Newsletter", "phone ignore ignore ignore" },
  { "Telefon;strasse geschäftlich;Ort geschäftlich", "phone ignore city" },
};

static void
test_headers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *path = write_file (headers[i].header);
      g_autoptr (GError) error = NULL;
      g_autoptr (RufContactReader) reader = ruf_contact_reader_open (path, NULL, &error);
      g_autoptr (GString) fields = g_string_new (NULL);
      const char * const *pairs;

      g_assert_no_error (error);
      pairs = ruf_contact_reader_get_columns (reader);
      for (guint k = 0; pairs[k] != NULL; k += 2)
        g_string_append_printf (fields, "%s%s", k ? " " : "", pairs[k + 1]);
      g_assert_cmpstr (fields->str, ==, headers[i].fields);
      g_unlink (path);
    }
}

static RufContactRecord *
read_first (const char         *text,
            const char * const *mapping)
{
  g_autofree char *path = write_file (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufContactReader) reader = ruf_contact_reader_open (path, mapping, &error);
  RufContactRecord *record;

  g_assert_no_error (error);
  record = ruf_contact_reader_next (reader, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (record);
  g_unlink (path);
  return record;
}

/* A name cell, alone or with organisation, and the name it makes. */
static const struct
{
  const char *text;
  const char *name;
} names[] = {
  { "name,phone\n\"Oßwald, Silke\",1\n", "Silke Oßwald" },
  { "name,phone\n\"Löffel & Söhne, Inh. K. Löffel\",1\n", "Löffel & Söhne, Inh. K. Löffel" },
  { "name,phone\n\"  Anna \n Berta \",1\n", "Anna Berta" },
  { "name,phone\n'=1+1,1\n", "=1+1" },
  { "name,phone\n'n Abend,1\n", "'n Abend" },
  { "Firma,Vorname,Nachname,phone\nCafé Süß,,,1\n", "Café Süß" },
  { "Firma,Vorname,Nachname,phone\nCafé Süß,Ida,,1\n", "Ida" },
  { "Vorname,Spitzname,phone\n,Mohrle,1\n", "Mohrle" },
  { "name,phone\n,1\n", NULL },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RufContactRecord) record = read_first (names[i].text, NULL);

      g_assert_cmpstr (record->name, ==, names[i].name);
    }
}

static void
test_mapping (void)
{
  const char *mapping[] = { "Wer=name", "a=b=phone", "Telefon=ignore", NULL };
  g_autoptr (RufContactRecord) record =
    read_first ("Wer;a=b;Telefon\nIda;0171 3920034;0171 3920040\n", mapping);
  RufContactCell *cell;

  g_assert_cmpstr (record->name, ==, "Ida");
  g_assert_cmpuint (record->phones->len, ==, 1);
  cell = g_ptr_array_index (record->phones, 0);
  g_assert_cmpstr (cell->text, ==, "0171 3920034");
  g_assert_cmpstr (cell->column, ==, "a=b");
}

static void
test_title_rows (void)
{
  g_autoptr (RufContactRecord) record =
    read_first ("Kundenliste 2026;;\n;;\nName;Telefon;Ort\nIda;0171 3920034;Bonn\n", NULL);

  g_assert_cmpuint (record->row, ==, 4);
  g_assert_cmpstr (record->city, ==, "Bonn");
}

static void
test_ragged_rows (void)
{
  g_autoptr (RufContactRecord) short_row = read_first ("name,phone,city\nIda,1\n", NULL);
  g_autoptr (RufContactRecord) empty_tail = read_first ("name,phone\nIda,1,, \n", NULL);
  g_autoptr (RufContactRecord) shifted = read_first ("name,phone\nA, Ida,1,x\n", NULL);
  g_autoptr (RufContactRecord) open_quote = read_first ("name,phone\n\"Ida,1\nBob,2\n", NULL);

  g_assert_cmpint (short_row->fault, ==, RUF_REJECT_NONE);
  g_assert_null (short_row->city);
  g_assert_cmpint (empty_tail->fault, ==, RUF_REJECT_NONE);
  g_assert_cmpint (shifted->fault, ==, RUF_REJECT_MALFORMED_ROW);
  g_assert_cmpint (open_quote->fault, ==, RUF_REJECT_MALFORMED_ROW);
}

static void
test_own_table (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "rundruf", NULL);
  g_autofree char *path = g_build_filename (folder, "contact-columns.ini", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufContactRecord) record = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, "[phone]\nmobile=Klingel Nr. #\n", -1, &error);
  g_assert_no_error (error);
  record = read_first ("name,klingel nr. 7\nIda,0171 3920034\n", NULL);
  g_assert_cmpuint (record->phones->len, ==, 1);
  g_unlink (path);
  g_rmdir (folder);
}

static const struct
{
  const char *text;
  const char *mapping[2];
  int         code;
  const char *word;
} refusals[] = {
  { "Artikel;Preis\nWurst;3\n", { NULL }, RUF_ERROR_INVALID, "heading" },
  { "Artikel;Preis\nWurst;3\n", { NULL }, RUF_ERROR_INVALID, "Artikel" },
  { "BEGIN:VCARD\nVERSION:3.0\nFN:Ida\nEND:VCARD\n", { "a=phone" }, RUF_ERROR_INVALID, "--map" },
  { "a;b\n1;2\n", { "c=phone" }, RUF_ERROR_NOT_FOUND, "c" },
  { "a;b\n1;2\n", { "a=telephone" }, RUF_ERROR_INVALID, "first_name" },
  { "\n\n;;\n", { NULL }, RUF_ERROR_INVALID, "" },
};

static void
test_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = write_file (refusals[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (ruf_contact_reader_open (path, refusals[i].mapping, &error));
      g_assert_error (error, RUF_ERROR, refusals[i].code);
      g_assert_nonnull (strstr (error->message, refusals[i].word));
      g_unlink (path);
    }
}

static void
append_columns (GString    *text,
                const char *start,
                guint       n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", start, i);
}

/* What a program exports that makes a column of everything. */
static void
test_many_columns (void)
{
  g_autoptr (GString) text = g_string_new ("name");
  g_autoptr (RufContactRecord) record = NULL;
  const RufContactCell *cell;

  append_columns (text, ",field ", 10000);
  g_string_append (text, ",Telefon\nIda");
  append_columns (text, ",", 10000);
  g_string_append (text, ",0171 3920034\n");
  record = read_first (text->str, NULL);
  g_assert_cmpint (record->fault, ==, RUF_REJECT_NONE);
  g_assert_cmpstr (record->name, ==, "Ida");
  g_assert_cmpuint (record->phones->len, ==, 1);
  cell = g_ptr_array_index (record->phones, 0);
  g_assert_cmpstr (cell->text, ==, "0171 3920034");
}

/* Ten thousand numbers, and a cell of as many tags, are not one person. */
static void
test_many_values (void)
{
  g_autoptr (GString) phones = g_string_new ("name");
  g_autoptr (GString) tags = g_string_new ("name,phone,tags\nIda,1,\"0");
  g_autoptr (RufContactRecord) record = NULL;
  g_autoptr (RufContactRecord) tagged = NULL;

  append_columns (phones, ",Telefon ", 10000);
  g_string_append (phones, "\nIda");
  append_columns (phones, ",0", 10000);
  record = read_first (phones->str, NULL);
  g_assert_cmpint (record->fault, ==, RUF_REJECT_TOO_LONG);
  g_assert_cmpstr (record->name, ==, "Ida");
  append_columns (tags, ";", 100000);
  g_string_append (tags, "\"\n");
  tagged = read_first (tags->str, NULL);
  g_assert_cmpint (tagged->fault, ==, RUF_REJECT_TOO_LONG);
  g_assert_cmpuint (tagged->tags->len, ==, RUF_CONTACT_MAX_VALUES);
}

/* Hebrew, an override that turns the text around it, and marks upon marks: all of it is a name
 * as somebody wrote it, and none of it moves a cell. */
static const char * const scripts[] = {
  "שרה כהן", "محمد علي", "Ida â®neffoâ¬ Groß", "ZoeÌÌÌ£Í",
  "नमिता", "กิ๊ก", "👩‍👩‍👧‍👦 Familie",
};

static void
test_scripts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *text = g_strdup_printf ("name,phone,city\n%s,1,Bonn\n", scripts[i]);
      g_autoptr (RufContactRecord) record = read_first (text, NULL);

      g_assert_cmpstr (record->name, ==, scripts[i]);
      g_assert_cmpstr (record->city, ==, "Bonn");
    }
}

static const char * const files[] = {
  "google-new.csv", "google-old.csv", "outlook-en.csv", "outlook-de-cp1252.csv",
  "excel-de-semicolon.csv", "excel-utf8-bom.csv", "utf16-tab.txt", "minimal.csv", "broken.csv",
  "opt-in.csv", "iphone-3.0.vcf", "android-2.1-quoted-printable.vcf", "outlook-2.1-cp1252.vcf",
  "vcard-4.0.vcf",
};

int
main (int    argc,
      char **argv)
{
  g_autofree char *config = g_dir_make_tmp ("ruf-config-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strconcat ("/formats/contact-reader/golden/", files[i], NULL);

      g_test_add_data_func (name, files[i], test_golden);
    }
  g_test_add_func ("/formats/contact-reader/headers", test_headers);
  g_test_add_func ("/formats/contact-reader/names", test_names);
  g_test_add_func ("/formats/contact-reader/mapping", test_mapping);
  g_test_add_func ("/formats/contact-reader/title-rows", test_title_rows);
  g_test_add_func ("/formats/contact-reader/ragged-rows", test_ragged_rows);
  g_test_add_func ("/formats/contact-reader/many-columns", test_many_columns);
  g_test_add_func ("/formats/contact-reader/many-values", test_many_values);
  g_test_add_func ("/formats/contact-reader/scripts", test_scripts);
  g_test_add_func ("/formats/contact-reader/own-table", test_own_table);
  g_test_add_func ("/formats/contact-reader/refusals", test_refusals);
  result = g_test_run ();
  g_rmdir (config);
  return result;
}

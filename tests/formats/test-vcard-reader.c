/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One peculiarity of vCards a row: a file and what must be read from it. Whole files are among
 * the golden files of test-contact-reader.c. */

#include <glib/gstdio.h>
#include <string.h>

#include "ruf-contact-reader.h"

static char *
write_bytes (const char *data,
             gssize      size)
{
  g_autoptr (GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("ruf-vcard-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
  return path;
}

static void
append (GString    *out,
        const char *what,
        const char *text)
{
  if (text != NULL)
    g_string_append_printf (out, " %s=%s", what, text);
}

static void
append_cells (GString    *out,
              const char *what,
              GPtrArray  *cells)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const RufContactCell *cell = g_ptr_array_index (cells, i);

      g_string_append_printf (out, " %s=%s", what, cell->text);
      if (cell->label != NULL)
        g_string_append_printf (out, "/%s", cell->label);
    }
}

static void
append_record (GString                *out,
               const RufContactRecord *record)
{
  g_string_append_printf (out, "%u", record->row);
  append (out, "name", record->name);
  append (out, "first", record->first_name);
  append (out, "last", record->last_name);
  append (out, "org", record->organisation);
  append_cells (out, "tel", record->phones);
  append_cells (out, "mail", record->emails);
  for (guint i = 0; i < record->tags->len; i++)
    append (out, "tag", g_ptr_array_index (record->tags, i));
  append (out, "city", record->city);
  append (out, "lang", record->language);
  append (out, "bday", record->birthday);
  append (out, "note", record->notes);
  if (record->fault != RUF_REJECT_NONE)
    append (out, "fault", ruf_reject_reason_to_string (record->fault));
  g_string_append_c (out, '\n');
}

/* What is read from a file, and what the file was taken for. */
static char *
describe (const char *data,
          gssize      size,
          char      **kind)
{
  g_autofree char *path = write_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufContactReader) reader = ruf_contact_reader_open (path, NULL, &error);
  g_autoptr (GString) out = g_string_new (NULL);
  RufContactRecord *record;

  g_assert_no_error (error);
  if (kind != NULL)
    *kind = g_strconcat (ruf_contact_reader_get_format (reader), " ",
                         ruf_contact_reader_get_encoding (reader), NULL);
  while ((record = ruf_contact_reader_next (reader, NULL, &error)) != NULL)
    {
      append_record (out, record);
      ruf_contact_record_free (record);
    }
  g_assert_no_error (error);
  g_assert_cmpint (ruf_contact_reader_get_position (reader), ==,
                   ruf_contact_reader_get_size (reader));
  g_assert_cmpint (ruf_contact_reader_get_delimiter (reader), ==, 0);
  g_assert_null (ruf_contact_reader_get_columns (reader)[0]);
  g_unlink (path);
  return g_strdup (out->str);
}

typedef struct
{
  const char *name;
  const char *lines;   /* inside one card; "|" is a line end */
  const char *expected;
} Case;

static const Case cases[] = {
  /* Names */
  { "name-of-parts", "N:Groß;Ida;Maria,Eva;Dr.;", "name=Ida Maria Eva Groß first=Ida last=Groß" },
  { "name-of-family", "N:Weiß\\, Inh. T. Weiß;;;;",
    "name=Weiß, Inh. T. Weiß last=Weiß, Inh. T. Weiß" },
  { "name-of-nickname", "N:;;;;|NICKNAME:Mausi,Maus|ORG:Bäcker", "name=Mausi org=Bäcker" },
  { "name-of-company", "FN:|ORG:Bäckerei Süß\\; Sohn;Filiale 2|TEL:1",
    "name=Bäckerei Süß; Sohn org=Bäckerei Süß; Sohn tel=1" },
  { "name-of-mail", "EMAIL:ida@example.org|TEL:1",
    "name=ida@example.org tel=1 mail=ida@example.org" },
  { "name-of-nothing", "TEL:1", "tel=1" },
  { "name-wins", "FN:  Ida\xc2\xa0 Groß |N:Klein;Eva", "name=Ida Groß first=Eva last=Klein" },
  { "name-blank", "FN:-|N:;Ida", "name=Ida first=Ida" },

  /* Lines */
  { "folded", "FN:Ida Gr| oß", "name=Ida Groß" },
  { "folded-by-tab", "FN:Ida Gr|\toß", "name=Ida Groß" },
  { "folded-inside-character", "FN:Ida Gro\xc3| \x9f", "name=Ida Groß" },
  { "folded-head", "TEL;TYPE=\"cell| ,voice\":1", "tel=1/mobile" },
  { "folded-old", "VERSION:2.1|FN:Ida| Groß", "name=Ida Groß" },
  { "folded-new", "VERSION:3.0|FN:Ida|  Groß", "name=Ida Groß" },
  { "no-colon", "FN:Ida|und noch etwas|TEL:1", "name=Ida tel=1" },
  { "open-quote", "TEL;TYPE=\"cell:1|FN:Ida", "name=Ida tel=1/mobile" },
  { "lower-case", "fn:Ida|tel;type=cell:1", "name=Ida tel=1/mobile" },
  { "blanks-in-head", "FN :Ida|TEL ; TYPE = CELL :1", "name=Ida tel=1/mobile" },
  { "unknown", "X-FN:Eva|FN:Ida|X-TEL:2", "name=Ida" },

  /* Quoted-printable */
  { "quoted", "FN;ENCODING=QUOTED-PRINTABLE:Gro=C3=9F", "name=Groß" },
  { "quoted-bare", "FN;quoted-printable;CHARSET=utf-8:Gro=c3=9f", "name=Groß" },
  { "quoted-soft-break", "FN;ENCODING=QUOTED-PRINTABLE:Ida=20=|Gro=C3=|=9F|TEL:1",
    "name=Ida Groß tel=1" },
  { "quoted-soft-break-before-blank", "FN;ENCODING=QUOTED-PRINTABLE:Ida=| Groß", "name=Ida Groß" },
  { "quoted-lines", "NOTE;ENCODING=QUOTED-PRINTABLE:eins=0D=0A=|zwei", "note=eins\r\nzwei" },
  { "quoted-separator", "N;ENCODING=QUOTED-PRINTABLE:Gro=3B=C3=9F;Ida",
    "name=Ida Gro;ß first=Ida last=Gro;ß" },
  { "quoted-escape", "N;ENCODING=QUOTED-PRINTABLE:Gro=5C=3Bs;Ida",
    "name=Ida Gro;s first=Ida last=Gro;s" },
  { "quoted-not", "FN;ENCODING=QUOTED-PRINTABLE:1=1 und =ZZ=4", "name=1=1 und =ZZ=4" },
  { "quoted-end", "FN:Ida|NOTE;ENCODING=QUOTED-PRINTABLE:Text=", "name=Ida note=Text" },
  { "quoted-waste", "LABEL;ENCODING=QUOTED-PRINTABLE:Weg 1=0D=0A=|TEL:2|FN:Ida", "name=Ida" },
  { "base64-text", "FN;ENCODING=b:SWRhIEdyb8Of", "name=Ida Groß" },

  /* Character sets */
  { "charset-windows", "FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:=84A=93 =96 =80 Gro=DF",
    "name=„A“ – € Groß" },
  { "charset-latin-1", "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Gro=DF", "name=Groß" },
  { "charset-not-stated", "FN;ENCODING=QUOTED-PRINTABLE:Gro=DF", "name=Groß" },
  { "charset-wrong", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gro=DF", "name=Groß" },
  { "charset-outdated", "FN;CHARSET=Windows-1252:Groß", "name=Groß" },
  { "charset-polish", "FN;CHARSET=ISO-8859-2;ENCODING=QUOTED-PRINTABLE:=A3ucja", "name=Łucja" },
  { "charset-japanese", "FN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=83=5C=83j=81=5B",
    "name=ソニー" },
  { "charset-none", "FN;CHARSET=../../etc/passwd:Gro\xdf", "name=Groß" },
  { "charset-undefined", "FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:a=81b=FF=00c",
    "name=a�bÿ�c" },

  /* Escapes */
  { "escapes", "NOTE:a\\nb\\Nc\\, d\\; e\\\\f C:\\Users\\", "note=a\nb\nc, d; e\\f C:\\Users\\" },
  { "notes", "NOTE:eins|NOTE:zwei", "note=eins\nzwei" },

  /* Numbers and addresses */
  { "types-bare", "TEL;CELL;PREF:1|TEL;WORK;VOICE:2|TEL;HOME:3|TEL:4",
    "tel=1/mobile tel=2/work tel=3/home tel=4" },
  { "types-many", "TEL;type=WORK;type=CELL:1|TEL;TYPE=home,cell:2|TEL;TYPE=\"cell;x,voice\":3",
    "tel=1/mobile tel=2/mobile tel=3" },
  { "deaf", "TEL;WORK;FAX:1|TEL;TYPE=PAGER:2|TEL;TYPE=\"fax,home\":3|TEL;MODEM:4|TEL:5", "tel=5" },
  { "labels", "item1.TEL:1|item1.X-ABLabel:_$!<Mobile>!$_|item2.TEL:2|ITEM2.X-ABLABEL:Laden",
    "tel=1/mobile tel=2/other" },
  { "labels-first", "item1.X-ABLabel:_$!<Home>!$_|item1.TEL:1", "tel=1/home" },
  { "labels-deaf",
    "item1.TEL;type=WORK:1|item1.X-ABLabel:_$!<WorkFAX>!$_|item2.TEL:2|item2.X-ABLabel:Telefax Büro",
    "" },
  { "preference", "TEL:1|TEL;PREF=2:2|TEL;PREF=1:3|TEL;type=pref:4|EMAIL:a@b|EMAIL;PREF:c@d",
    "name=c@d tel=3 tel=4 tel=2 tel=1 mail=c@d mail=a@b" },
  { "uri", "TEL;VALUE=uri;TYPE=\"work,voice\":tel:+49-30-23125018;ext=102",
    "tel=+49-30-23125018/work" },
  { "uri-escaped", "TEL:TEL:+49%2030%2023125018|TEL:tel:1%FF", "tel=+49 30 23125018 tel=1%FF" },
  { "uri-mail", "FN:I|EMAIL:mailto:ida%40example.org?subject=x", "name=I mail=ida@example.org" },
  { "whatsapp", "TEL;type=CELL;waid=4915112345678:0151 12345678", "tel=+4915112345678/mobile" },
  { "whatsapp-odd", "TEL;waid=DE.20:0151 12345678", "tel=0151 12345678" },

  /* The rest */
  { "tags", "CATEGORIES:Stammkunde,Verein\\, lokal|CATEGORIES:myContacts,stammkunde;Markt",
    "tag=Stammkunde tag=Verein, lokal tag=Markt" },
  { "city", "ADR;HOME:;;Weg 1;Köln;;50667;D|ADR;PREF=1:;;;Bonn", "city=Bonn" },
  { "language", "LANG;PREF=2:en|LANG;PREF=1:de", "lang=de" },
  { "birthday", "BDAY:19800712", "bday=1980-07-12" },
  { "birthday-time", "BDAY:1980-07-12T00:00:00Z", "bday=1980-07-12" },
  { "birthday-no-year", "BDAY:--0712", "bday=--07-12" },
  { "birthday-apple", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-07-12", "bday=--07-12" },
  { "birthday-words", "BDAY;VALUE=text:im Oktober", "bday=im Oktober" },
  { "picture", "PHOTO;ENCODING=b;TYPE=JPEG:AAAA| BBBB|FN:Ida|LOGO:data:image/png;base64,AA",
    "name=Ida" },
  { "picture-old", "PHOTO;JPEG;BASE64:| AAAA| BBBB||FN:Ida", "name=Ida" },
  { "agent", "FN:Ida|AGENT:|BEGIN:VCARD|FN:Eva|TEL:2|END:VCARD|TEL:1", "name=Ida tel=1" },
  { "agent-same-line", "FN:Ida|AGENT:BEGIN:VCARD|FN:Eva|TEL:2|END:VCARD|TEL:1", "name=Ida tel=1" },
  { "agent-escaped", "FN:Ida|AGENT:BEGIN:VCARD\\nFN:Eva\\nTEL:2\\nEND:VCARD|TEL:1",
    "name=Ida tel=1" },
  { "agent-of-agent", "AGENT:|BEGIN:VCARD|AGENT:|BEGIN:VCARD|END:VCARD|TEL:2|END:VCARD|TEL:1",
    "tel=1" },
  { "right-to-left", "FN:שרה \xe2\x80\xaeכהן\xe2\x80\xac|N:כהן;שרה|ADR:;;;ירושלים",
    "name=שרה \xe2\x80\xaeכהן\xe2\x80\xac first=שרה last=כהן city=ירושלים" },
  { "combining", "FN:Zoe\xcc\x88\xcc\x81\xcc\xa3\xcd\x9c",
    "name=Zoe\xcc\x88\xcc\x81\xcc\xa3\xcd\x9c" },
};

/* Each case with every kind of line end: that must make no difference. */
static void
test_case (gconstpointer data)
{
  static const char * const ends[] = { "\r\n", "\n", "\r" };
  const Case *c = data;
  g_autofree char *expected = g_strstrip (g_strdup_printf ("1 %s", c->expected));

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *card = g_strconcat ("BEGIN:VCARD|", c->lines, "|END:VCARD|", NULL);
      g_auto (GStrv) lines = g_strsplit (card, "|", -1);
      g_autofree char *text = g_strjoinv (ends[i], lines);
      g_autofree char *got = describe (text, -1, NULL);

      g_assert_cmpstr (g_strchomp (got), ==, expected);
    }
}

/* What stands in a whole file, and its records. */
static const Case files[] = {
  { "many", "BEGIN:VCARD\nFN:A\nEND:VCARD\n\n\nBEGIN:VCARD\nFN:B\nEND:VCARD",
    "1 name=A\n6 name=B\n" },
  { "between", "BEGIN:VCARD\nFN:A\nEND:VCARD\nFN:X\nTEL:9\nbegin:vcard\nFN:B\nend:vcard \n",
    "1 name=A\n6 name=B\n" },
  { "cut-off", "BEGIN:VCARD\nFN:A\nTEL:1\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
    "1 name=A tel=1 fault=malformed-row\n4 name=B\n" },
  { "cut-off-at-end", "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nTEL;CEL",
    "1 name=A\n4 name=B fault=malformed-row\n" },
  { "cut-off-in-soft-break",
    "BEGIN:VCARD\nFN:A\nNOTE;ENCODING=QUOTED-PRINTABLE:x=\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
    "1 name=A note=x fault=malformed-row\n4 name=B\n" },
  { "cut-off-in-picture", "BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b:AAAA\n AAA",
    "1 name=A fault=malformed-row\n" },
  { "cut-off-in-agent",
    "BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:X\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
    "1 name=A fault=malformed-row\n6 name=B\n" },
  { "begin-only", "BEGIN:VCARD", "1 fault=malformed-row\n" },
  { "empty-card", "BEGIN:VCARD\nEND:VCARD\n", "1\n" },
  { "other-component", "BEGIN:VCARD\nFN:A\nEND:VCALENDAR\nTEL:1\nEND:VCARD\n",
    "1 name=A tel=1\n" },
  { "blank-lines-first", "\n \nBEGIN:VCARD\nFN:A\nEND:VCARD\n", "3 name=A\n" },
  { "folded-lines-counted",
    "BEGIN:VCARD\nNOTE:a\n b\n c\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
    "1 note=abc\n6 name=B\n" },
};

static void
test_file (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *got = describe (c->lines, -1, NULL);

  g_assert_cmpstr (got, ==, c->expected);
}

static const struct
{
  const char *bytes;
  gssize      size;
  const char *kind;
} kinds[] = {
  { "BEGIN:VCARD\nVERSION:2.1\nFN:\xc3\x84nne\nEND:VCARD\n", -1, "vcard-2.1 utf-8" },
  { "BEGIN:VCARD\r\nversion:3.0\r\nFN:\xc3\x84nne\r\nEND:VCARD\r\n", -1, "vcard-3.0 utf-8" },
  { "BEGIN:VCARD\nVERSION:4.0\nFN:\xc3\x84nne\nEND:VCARD\n", -1, "vcard-4.0 utf-8" },
  { "BEGIN:VCARD\nFN:\xc3\x84nne\nEND:VCARD\n", -1, "vcard-3.0 utf-8" },
  { "BEGIN:VCARD\nVERSION:2.1\nFN:\xc4nne\nEND:VCARD\n", -1, "vcard-2.1 windows-1252" },
  { "\xef\xbb\xbf" "BEGIN:VCARD\nVERSION:3.0\nFN:\xc3\x84nne\nEND:VCARD\n", -1,
    "vcard-3.0 utf-8" },
};

/* The same person, whatever the bytes. */
static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *kind = NULL;
      g_autofree char *got = describe (kinds[i].bytes, kinds[i].size, &kind);

      g_assert_cmpstr (kind, ==, kinds[i].kind);
      g_assert_cmpstr (got, ==, "1 name=Änne\n");
    }
}

static void
test_utf16 (void)
{
  static const char * const forms[] = { "UTF-16LE", "UTF-16BE" };
  const char *text = "\xef\xbb\xbf" "BEGIN:VCARD\r\nVERSION:3.0\r\n"
                     "FN;CHARSET=SHIFT_JIS:Ida Groß 🥨\r\nTEL;CELL:1\r\nEND:VCARD\r\n";

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize size;
      g_autofree char *bytes = g_convert (text, -1, forms[i], "UTF-8", NULL, &size, &error);
      g_autofree char *kind = NULL;
      g_autofree char *got = NULL;

      g_assert_no_error (error);
      got = describe (bytes, size, &kind);
      g_assert_cmpstr (kind, ==, i == 0 ? "vcard-3.0 utf-16le" : "vcard-3.0 utf-16be");
      g_assert_cmpstr (got, ==, "1 name=Ida Groß 🥨 tel=1/mobile\n");
    }
}

/* Two programs' cards in one file: each keeps its own character set. */
static void
test_mixed_charsets (void)
{
  g_autofree char *got = describe ("BEGIN:VCARD\nFN:Gro\xdf\nEND:VCARD\n"
                                   "BEGIN:VCARD\nFN:Gro\xc3\x9f\nEND:VCARD\n", -1, NULL);

  g_assert_cmpstr (got, ==, "1 name=Groß\n4 name=Groß\n");
}

static void
append_picture (GString *text,
                gsize    size)
{
  g_string_append (text, "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo\r\n");
  for (gsize i = 0; i < size; i += 75)
    g_string_append (text, " QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpBQkNERUZHSElKS0xNTk9QUVJTVFVWV1h"
                           "ZWkFC\r\n");
}

/* The card behind a picture of 1.2 MB arrives; so does one behind the same in a single line. */
static void
test_big_picture (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCARD\r\nFN:A\r\n");
  g_autofree char *line = g_strnfill (1200000, 'A');
  g_autofree char *got = NULL;

  append_picture (text, 1200000);
  g_string_append_printf (text, "TEL:1\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:B\r\nPHOTO:%s\r\nTEL:2\r\n"
                          "END:VCARD\r\n", line);
  got = describe (text->str, text->len, NULL);
  g_assert_cmpstr (got, ==, "1 name=A tel=1\n16006 name=B tel=2\n");
}

/* A value, a head or a file that does not end must not end the reading. */
static void
test_endless (void)
{
  g_autofree char *much = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *text =
    g_strconcat ("BEGIN:VCARD\nFN:A\nNOTE:", much, "\nTEL:1\nEND:VCARD\n",
                 "BEGIN:VCARD\nFN:B\nTEL;", much, ":1\nTEL:2\nEND:VCARD\n",
                 "BEGIN:VCARD\nFN:C\n", much, "\nTEL:3\nEND:VCARD\n",
                 "BEGIN:VCARD\nFN:D\nNOTE:", much, NULL);
  g_autofree char *got = describe (text, -1, NULL);

  g_assert_cmpstr (got, ==, "1 name=A fault=too-long\n6 name=B tel=2\n11 name=C tel=3\n"
                            "16 name=D fault=too-long\n");
}

/* Many small values are as much as a large one. */
static void
test_many_values (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCARD\nFN:A\n");
  g_autofree char *got = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "NOTE:x\n");
  g_string_append (text, "END:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n");
  got = describe (text->str, text->len, NULL);
  g_assert_nonnull (strstr (got, "fault=too-long\n50004 name=B\n"));
}

/* A card of a thousand numbers is nobody's, and must not cost more than it is worth. */
static void
test_many_numbers (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCARD\nFN:A\n");
  g_autofree char *got = NULL;

  for (guint i = 0; i <= RUF_CONTACT_MAX_VALUES; i++)
    g_string_append_printf (text, "TEL:%u\n", i);
  g_string_append (text, "END:VCARD\n");
  got = describe (text->str, text->len, NULL);
  g_assert_nonnull (strstr (got, "tel=999 fault=too-long\n"));
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (5000, 'n');
  g_autofree char *text = g_strdup_printf ("BEGIN:VCARD\nFN:%s\nTEL:1\nEND:VCARD\n", name);
  g_autofree char *expected = g_strdup_printf ("1 name=%s tel=1\n", name);
  g_autofree char *got = describe (text, -1, NULL);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_cancel (void)
{
  g_autofree char *line = g_strnfill (400000, 'A');
  g_autofree char *text = g_strconcat ("BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nPHOTO:", line,
                                       "\nEND:VCARD\n", NULL);
  g_autofree char *path = write_bytes (text, -1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RufContactReader) reader = ruf_contact_reader_open (path, NULL, &error);
  g_autoptr (RufContactRecord) first = NULL;

  g_assert_no_error (error);
  first = ruf_contact_reader_next (reader, cancellable, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ruf_contact_reader_get_position (reader), <, 200000);
  g_cancellable_cancel (cancellable);
  g_assert_null (ruf_contact_reader_next (reader, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_unlink (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/vcard-reader/card/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/vcard-reader/file/", files[i].name, NULL);

      g_test_add_data_func (path, &files[i], test_file);
    }
  g_test_add_func ("/formats/vcard-reader/kinds", test_kinds);
  g_test_add_func ("/formats/vcard-reader/utf16", test_utf16);
  g_test_add_func ("/formats/vcard-reader/mixed-charsets", test_mixed_charsets);
  g_test_add_func ("/formats/vcard-reader/big-picture", test_big_picture);
  g_test_add_func ("/formats/vcard-reader/endless", test_endless);
  g_test_add_func ("/formats/vcard-reader/many-values", test_many_values);
  g_test_add_func ("/formats/vcard-reader/many-numbers", test_many_numbers);
  g_test_add_func ("/formats/vcard-reader/long-name", test_long_name);
  g_test_add_func ("/formats/vcard-reader/cancel", test_cancel);
  return g_test_run ();
}

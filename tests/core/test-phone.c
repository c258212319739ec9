/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-phone.h"

#include <string.h>

typedef struct
{
  const char      *text;
  const char      *region;
  RufPhoneOutcome  outcome;
  const char      *e164;
  RufPhoneKind     kind;
  RufRejectReason  reason;
} Case;

#define VALID(text, region, e164, kind) \
  { text, region, RUF_PHONE_VALID, e164, RUF_PHONE_KIND_##kind, RUF_REJECT_NONE }
#define PROPOSED(text, region, e164, kind) \
  { text, region, RUF_PHONE_PROPOSED, e164, RUF_PHONE_KIND_##kind, RUF_REJECT_NONE }
#define REJECTED(text, reason) \
  { text, "DE", RUF_PHONE_REJECTED, "", RUF_PHONE_KIND_UNKNOWN, RUF_REJECT_##reason }
#define USER_ID(text) \
  { text, "DE", RUF_PHONE_USER_ID, "", RUF_PHONE_KIND_UNKNOWN, RUF_REJECT_NONE }

static const Case cases[] = {
  /* What people write. */
  VALID ("+4917604069018", "DE", "+4917604069018", MOBILE),
  VALID ("0176 04069018", "DE", "+4917604069018", MOBILE),
  VALID ("0176/04069018", "DE", "+4917604069018", MOBILE),
  VALID ("0171-3920096", "DE", "+491713920096", MOBILE),
  VALID ("0176.04069050", "DE", "+4917604069050", MOBILE),
  VALID ("0176 / 04069003", "DE", "+4917604069003", MOBILE),
  VALID ("(0176) 04069004", "DE", "+4917604069004", MOBILE),
  VALID ("0176 04 06 90 81", "DE", "+4917604069081", MOBILE),
  VALID ("  0171 3920011 ", "DE", "+491713920011", MOBILE),
  VALID ("+49 171 3920034", "DE", "+491713920034", MOBILE),
  VALID ("+49-176-04069068", "DE", "+4917604069068", MOBILE),
  VALID ("0049 176 04069030", "DE", "+4917604069030", MOBILE),
  VALID ("0049 176/04069050", "DE", "+4917604069050", MOBILE),
  VALID ("+49 (0)176 04069037", "DE", "+4917604069037", MOBILE),
  VALID ("+49 (0) 176 04069037", "DE", "+4917604069037", MOBILE),
  VALID ("0049(0)17604069037", "DE", "+4917604069037", MOBILE),
  VALID ("+49 171 3920034", "AT", "+491713920034", MOBILE),
  VALID ("0049 171 3920034", "AT", "+491713920034", MOBILE),
  VALID ("0049 171 3920034", "US", "+491713920034", MOBILE),
  VALID ("030/23125234", "DE", "+493023125234", LANDLINE),
  VALID ("040/669692-05", "DE", "+494066969205", LANDLINE),
  VALID ("089/99998710", "DE", "+498999998710", LANDLINE),
  VALID ("0664 123456", "AT", "+43664123456", MOBILE),
  VALID ("079 123 45 67", "CH", "+41791234567", MOBILE),
  VALID ("+39 02 1234 5678", "DE", "+390212345678", LANDLINE),
  VALID ("+1 201 555 0123", "DE", "+12015550123", UNKNOWN),
  VALID ("(201) 555-0123", "US", "+12015550123", UNKNOWN),
  VALID ("612 34 56 78", "ES", "+34612345678", MOBILE),

  /* What programs write around it. */
  VALID ("'+491713920034", "DE", "+491713920034", MOBILE),
  VALID ("=\"01713920034\"", "DE", "+491713920034", MOBILE),
  VALID ("tel:+49-171-3920034;ext=1", "DE", "+491713920034", MOBILE),
  VALID ("whatsapp:+491713920034", "DE", "+491713920034", MOBILE),
  VALID ("+49\302\240171\302\2403920034", "DE", "+491713920034", MOBILE),
  VALID ("\342\200\252+49 171 3920034\342\200\254", "DE", "+491713920034", MOBILE),
  VALID ("0171\342\200\2213920034", "DE", "+491713920034", MOBILE),
  VALID ("01\302\2557139\342\200\21320034", "DE", "+491713920034", MOBILE),
  VALID ("＋４９１７１３９２００３４", "DE", "+491713920034", MOBILE),
  VALID ("٠١٧١٣٩٢٠٠٣٤", "DE", "+491713920034", MOBILE),

  /* What is probably meant, and must be asked. */
  PROPOSED ("491713920081", "DE", "+491713920081", MOBILE),
  PROPOSED ("4917604069014", "DE", "+4917604069014", MOBILE),
  PROPOSED ("17604069014", "DE", "+4917604069014", MOBILE),
  PROPOSED ("1713920034", "DE", "+491713920034", MOBILE),
  PROPOSED ("17604069018", "DE", "+4917604069018", MOBILE),
  PROPOSED ("4917604069018", "DE", "+4917604069018", MOBILE),
  PROPOSED ("436641234567", "DE", "+436641234567", MOBILE),
  PROPOSED ("3023125444", "DE", "+493023125444", LANDLINE),
  PROPOSED ("+4901713920034", "DE", "+491713920034", MOBILE),
  PROPOSED ("+49 0171 3920034", "DE", "+491713920034", MOBILE),
  PROPOSED ("004901713920034", "DE", "+491713920034", MOBILE),
  PROPOSED ("491713920034.0", "DE", "+491713920034", MOBILE),
  PROPOSED ("1713920034.0", "DE", "+491713920034", MOBILE),

  /* Digits are lost. */
  REJECTED ("4,91714E+12", PHONE_DAMAGED),
  REJECTED ("4.9171E+11", PHONE_DAMAGED),
  REJECTED ("4.91512e+12", PHONE_DAMAGED),
  REJECTED ("5E+11", PHONE_DAMAGED),
  REJECTED ("#NAME?", PHONE_DAMAGED),
  REJECTED ("#WERT!", PHONE_DAMAGED),
  REJECTED ("###########", PHONE_DAMAGED),

  /* Which one? */
  REJECTED ("030/23125444, 0176/04069044", PHONE_AMBIGUOUS),
  REJECTED ("0151 2345678 / 0160 1234567", PHONE_AMBIGUOUS),
  REJECTED ("0151 2345678 0160 1234567", PHONE_AMBIGUOUS),
  REJECTED ("01713920034\n01713920035", PHONE_AMBIGUOUS),
  REJECTED ("+491713920034 +491713920035", PHONE_AMBIGUOUS),
  REJECTED ("+491713920034;+491713920035", PHONE_AMBIGUOUS),
  REJECTED ("01713920034 oder 01713920035", PHONE_AMBIGUOUS),
  REJECTED ("0171/3920079 (Tochter)", PHONE_AMBIGUOUS),
  REJECTED ("Tochter: 0171 3920079", PHONE_AMBIGUOUS),

  /* No number that a person can be written to at. */
  REJECTED ("", NO_ADDRESS),
  REJECTED (" \302\240 ", NO_ADDRESS),
  REJECTED ("-", PHONE_INVALID),
  REJECTED ("unbekannt", PHONE_INVALID),
  REJECTED ("folgt noch", PHONE_INVALID),
  REJECTED ("0171 392", PHONE_INVALID),
  REJECTED ("0151 12", PHONE_INVALID),
  REJECTED ("0151 2345678", PHONE_INVALID),
  REJECTED ("112", PHONE_INVALID),
  REJECTED ("3311", PHONE_INVALID),
  REJECTED ("11833", PHONE_INVALID),
  REJECTED ("23125444", PHONE_INVALID),
  REJECTED ("0800 1234567", PHONE_INVALID),
  REJECTED ("0900 1234567", PHONE_INVALID),
  REJECTED ("0137 1234567", PHONE_INVALID),
  REJECTED ("0180 5123456", PHONE_INVALID),
  REJECTED ("O17604069026", PHONE_INVALID),
  REJECTED ("017604069O26", PHONE_INVALID),
  REJECTED ("017604069060017604069060", PHONE_INVALID),
  REJECTED ("+4917139200341234567", PHONE_INVALID),
  REJECTED ("=HYPERLINK(\"tel:+491713920030\",\"anrufen\")", PHONE_INVALID),
  REJECTED ("=491713920030", PHONE_INVALID),
  REJECTED ("@SUM(1)", PHONE_INVALID),
  REJECTED ("0171*3920034", PHONE_INVALID),
  REJECTED ("\377\376\001", PHONE_INVALID),
  REJECTED ("++491713920034", PHONE_INVALID),

  /* No digits are picked out of an id. */
  USER_ID ("DE.2026112312345678"),
  USER_ID ("US.ENT.11815799212886844830"),
  REJECTED ("DE.", PHONE_INVALID),
  REJECTED ("D2.2026", PHONE_INVALID),
};

static void
assert_same (const char     *text,
             const RufPhone *a,
             const RufPhone *b)
{
  if (a->outcome != b->outcome || a->kind != b->kind || a->reason != b->reason ||
      strcmp (a->e164, b->e164) != 0)
    g_error ("%s: outcome %d and %d, kind %d and %d, reason %d and %d, %s and %s", text,
             a->outcome, b->outcome, a->kind, b->kind, a->reason, b->reason, a->e164, b->e164);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      RufPhone expected = { c->outcome, c->kind, c->reason, "" };
      RufPhone phone;

      g_strlcpy (expected.e164, c->e164, sizeof expected.e164);
      ruf_phone_parse (c->text, c->region, &phone);
      assert_same (c->text, &phone, &expected);
    }
}

static void
test_too_long (void)
{
  g_autofree char *digits = g_strnfill (100000, '7');
  g_autofree char *ligatures = g_malloc0 (241);
  RufPhone phone;

  ruf_phone_parse (digits, "DE", &phone);
  g_assert_cmpint (phone.outcome, ==, RUF_PHONE_REJECTED);
  g_assert_cmpint (phone.reason, ==, RUF_REJECT_TOO_LONG);

  /* U+FDFA, which is one character and becomes eighteen when normalised. */
  for (guint i = 0; i < 80; i++)
    memcpy (ligatures + 3 * i, "\357\267\272", 3);
  ruf_phone_parse (ligatures, "DE", &phone);
  g_assert_cmpint (phone.outcome, ==, RUF_PHONE_REJECTED);
}

/* The short way and the long way must agree. An apostrophe, which spreadsheets
 * put before text, takes every number the long way. */
static void
assert_ways_agree (const char *text)
{
  g_autofree char *long_way = g_strconcat ("'", text, NULL);
  RufPhone a, b;

  ruf_phone_parse (text, "DE", &a);
  ruf_phone_parse (long_way, "DE", &b);
  assert_same (text, &a, &b);
}

static char *
spell (const char *area,
       const char *subscriber,
       guint       how)
{
  static const char * const patterns[] = {
    "+49%s%s", "+49 %s %s", "0%s %s", "0%s/%s", "0049%s%s", "+49 (0)%s %s", "0%s%s", "0%s-%s",
    "+49 %s / %s", "0049 (0) %s.%s", "0 %s  %s", "+49-%s--%s", "+490%s%s",
  };
  GString *out = g_string_new (NULL);
  const char *p = patterns[how % G_N_ELEMENTS (patterns)];

  for (gboolean first = TRUE; *p != '\0'; p++)
    if (*p == '%')
      {
        g_string_append (out, first ? area : subscriber);
        first = FALSE;
        p++;
      }
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static void
assert_block_agrees (guint  area,
                     guint  block,
                     guint  digits,
                     GRand *rand)
{
  g_autofree char *code = g_strdup_printf ("%u", area);
  g_autofree char *number = g_strdup_printf ("%03u%09u", block, g_rand_int (rand) % 1000000000);
  g_autofree char *text = NULL;

  number[digits] = '\0';
  text = spell (code, number, area + block);
  assert_ways_agree (text);
}

/* Blocks of ten or a hundred thousand numbers from 0150 to 0179, in lengths
 * around the right one, and each block in another spelling: every third block,
 * or all of them in thorough mode (-m thorough). */
static void
test_ways_agree (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  guint step = g_test_thorough () ? 1 : 3;

  for (guint area = 150; area < 180; area++)
    for (guint block = 0; block < 1000; block += 7)
      assert_block_agrees (area, block, 6 + block % 4, rand);
  for (guint area = 150; area < 180; area++)
    for (guint block = 0; block < 1000; block += step)
      for (guint digits = 7; digits <= 8; digits++)
        assert_block_agrees (area, block, digits, rand);
}

static void
parse_some (gpointer data,
            gpointer user_data)
{
  gint *n_valid = user_data;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s 0171 39200%02u", i & 1 ? "" : "'", i % 100);
      RufPhone phone;

      ruf_phone_parse (text, "DE", &phone);
      if (phone.outcome == RUF_PHONE_VALID)
        g_atomic_int_inc (n_valid);
    }
}

static void
test_threads (void)
{
  gint n_valid = 0;
  GThreadPool *pool = g_thread_pool_new (parse_some, &n_valid, 4, TRUE, NULL);

  for (guint i = 0; i < 8; i++)
    g_thread_pool_push (pool, &n_valid, NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_assert_cmpint (n_valid, ==, 1600);
}

static void
test_speed (void)
{
  RufPhone phone;
  double seconds;

  g_test_timer_start ();
  for (guint i = 0; i < 8 * 125000; i++)
    {
      static const char * const spellings[] = {
        "+4917604069050", "+49 176 04069050", "0176 04069050", "0176/04069050",
        "004917604069050", "+49 (0)176 04069050", "017604069050", "0176-04069050",
      };

      ruf_phone_parse (spellings[i % 8], "DE", &phone);
      g_assert_cmpint (phone.outcome, ==, RUF_PHONE_VALID);
    }
  seconds = g_test_timer_elapsed ();
  g_test_minimized_result (seconds, "a million numbers: %.3f s", seconds);
  g_assert_cmpfloat (seconds, <, 2.0);
}

/* What is shown in groups is read back as the same number. */
static void
test_format (void)
{
  static const struct
  {
    const char *e164;
    const char *text;
  } numbers[] = {
    { "+4917604069071", "+49 176 04069071" },
    { "+493023125234", "+49 30 23125234" },
    { "+43664123456", "+43 664 123456" },
    { "+41791234567", "+41 79 123 45 67" },
    { "+12015550123", "+1 201-555-0123" },
    { "DE.2026abcd", "DE.2026abcd" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = ruf_phone_format (numbers[i].e164);
      RufPhone phone;

      g_assert_cmpstr (text, ==, numbers[i].text);
      ruf_phone_parse (text, "DE", &phone);
      if (phone.outcome == RUF_PHONE_VALID)
        g_assert_cmpstr (phone.e164, ==, numbers[i].e164);
      else
        g_assert_cmpint (*text, !=, '+');
    }
}

static void
test_email (void)
{
  static const struct
  {
    const char *text;
    const char *address;
  } addresses[] = {
    { "Anna@Example.ORG", "anna@example.org" },
    { " immel@example.org  ", "immel@example.org" },
    { "\302\240immel@example.org\342\200\213", "immel@example.org" },
    { "mailto:anna@example.org?subject=Hallo", "anna@example.org" },
    { "<anna@example.org>", "anna@example.org" },
    { "anna.b+wurst@mail.example.co.uk", "anna.b+wurst@mail.example.co.uk" },
    { "MÜLLER@exämple.org", "müller@exämple.org" },
    { "IRIS@EXAMPLE.ORG", "iris@example.org" },
    { "name@", NULL },
    { "@example.org", NULL },
    { "anna", NULL },
    { "anna@host", NULL },
    { "anna@example..org", NULL },
    { "anna..b@example.org", NULL },
    { ".anna@example.org", NULL },
    { "an na@example.org", NULL },
    { "anna@example.org, ben@example.org", NULL },
    { "anna@127.0.0.1", NULL },
    { "anna@-example.org", NULL },
    { "/o=ExchangeLabs/ou=Exchange/cn=Recipients/cn=anna", NULL },
    { "=HYPERLINK(\"mailto:a@example.org\")", NULL },
    { "anna@example.org\r\nBcc: x@example.org", NULL },
    { "", NULL },
    { "\377@example.org", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *shown = g_strescape (addresses[i].text, NULL);
      g_autofree char *address = NULL;

      g_test_message ("%s", shown);
      g_assert_cmpint (ruf_email_parse (addresses[i].text, &address), ==,
                       addresses[i].address != NULL);
      g_assert_cmpstr (address, ==, addresses[i].address);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/phone/cases", test_cases);
  g_test_add_func ("/core/phone/too-long", test_too_long);
  g_test_add_func ("/core/phone/ways-agree", test_ways_agree);
  g_test_add_func ("/core/phone/threads", test_threads);
  if (g_test_perf ())
    g_test_add_func ("/core/phone/speed", test_speed);
  g_test_add_func ("/core/phone/format", test_format);
  g_test_add_func ("/core/email/cases", test_email);

  return g_test_run ();
}

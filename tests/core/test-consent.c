/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-consent.h"

#include <string.h>

#define NOW    G_GINT64_CONSTANT (1795428000000000)   /* 23 November 2026 */
#define DAY    (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)
#define AT(n)  (NOW - 100 * DAY + (n) * DAY)

static RufConsentEvent
event_at (RufConsentEventType type,
          RufConsentMethod    method,
          gint64              at)
{
  return (RufConsentEvent) {
    .type = type, .method = method, .channel = RUF_CHANNEL_WHATSAPP, .purpose = "weekly-offer",
    .address = "+491713920034", .source = "Theke, Zettel Nr. 12",
    .wording = "Ich bin einverstanden.",
    .occurred_at = at, .recorded_at = NOW,
  };
}

static void
test_level (void)
{
  static const struct
  {
    RufConsentEventType  type;
    RufConsentMethod     method;
    RufChannel           channel;
    gint64               occurred_at;
    const char          *source;
    const char          *wording;
    RufEvidenceLevel     level;
  } cases[] = {
#define CASE(type, method, channel, at, source, wording, level) \
  { RUF_CONSENT_##type, RUF_CONSENT_METHOD_##method, RUF_CHANNEL_##channel, at, source, wording, \
    RUF_EVIDENCE_##level }
    CASE (GRANTED, IMPORT, WHATSAPP, AT (1), "s", "w", E1),
    CASE (GRANTED, PAPER_FORM, SMS, AT (1), "s", "w", E1),
    CASE (GRANTED, OPERATOR, EMAIL, AT (1), "s", "w", E1),
    CASE (GRANTED, IMPORT, WHATSAPP, 0, "s", "w", E0),
    CASE (GRANTED, IMPORT, WHATSAPP, AT (1), NULL, "w", E0),
    CASE (GRANTED, IMPORT, WHATSAPP, AT (1), "s", "  ", E0),
    CASE (GRANTED, IMPORT, WHATSAPP, NOW + 1, "s", "w", E0),
    CASE (GRANTED, IMPORT, WHATSAPP, NOW, "s", "w", E1),
    CASE (GRANTED, KEYWORD_INBOUND, WHATSAPP, AT (1), NULL, NULL, E2),
    CASE (CONFIRMED, WEB_FORM, EMAIL, AT (1), NULL, NULL, E3),
    CASE (CONFIRMED, DOUBLE_OPT_IN, EMAIL, AT (1), NULL, NULL, E3),
    CASE (GRANTED, DOUBLE_OPT_IN, EMAIL, AT (1), NULL, NULL, E3),
    CASE (CONFIRMED, IMPORT, EMAIL, AT (1), "s", "w", E1),
    CASE (CONFIRMED, OPERATOR, EMAIL, AT (1), NULL, NULL, E0),
    CASE (GRANTED, EXISTING_CUSTOMER, EMAIL, AT (1), "s", "w", E1),
    CASE (GRANTED, EXISTING_CUSTOMER, EMAIL, AT (1), "s", NULL, E0),
    CASE (GRANTED, EXISTING_CUSTOMER, WHATSAPP, AT (1), "s", "w", E0),
#undef CASE
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RufConsentEvent event = event_at (cases[i].type, cases[i].method, cases[i].occurred_at);

      event.channel = cases[i].channel;
      event.source = cases[i].source;
      event.wording = cases[i].wording;
      g_test_message ("case %u", i);
      g_assert_cmpint (ruf_consent_event_get_level (&event, NOW), ==, cases[i].level);
    }
}

/* A date in the future stays unproven when the log is read again later. */
static void
test_future_stays_unproven (void)
{
  RufConsentEvent event = event_at (RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_IMPORT, NOW + DAY);

  g_assert_cmpint (ruf_consent_event_get_level (&event, NOW + 30 * DAY), ==, RUF_EVIDENCE_E0);
}

/* One letter an event: i import, p paper, k keyword START, c confirmed, w
 * withdrawn, o objected, s suppressed, K reinstated by keyword, C by double
 * opt-in, O by the operator, r requested, u unproven, e expired, x purged.
 * Each is a day after the one before it; '=' puts the next on the same day. */
static RufConsentEvent
event_of_letter (char   letter,
                 gint64 at)
{
  static const struct
  {
    char                letter;
    RufConsentEventType type;
    RufConsentMethod    method;
  } letters[] = {
    { 'i', RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_IMPORT },
    { 'p', RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_PAPER_FORM },
    { 'k', RUF_CONSENT_GRANTED, RUF_CONSENT_METHOD_KEYWORD_INBOUND },
    { 'c', RUF_CONSENT_CONFIRMED, RUF_CONSENT_METHOD_DOUBLE_OPT_IN },
    { 'w', RUF_CONSENT_WITHDRAWN, RUF_CONSENT_METHOD_KEYWORD_INBOUND },
    { 'o', RUF_CONSENT_OBJECTED, RUF_CONSENT_METHOD_OPERATOR },
    { 's', RUF_CONSENT_SUPPRESSED, RUF_CONSENT_METHOD_PLATFORM },
    { 'K', RUF_CONSENT_REINSTATED, RUF_CONSENT_METHOD_KEYWORD_INBOUND },
    { 'C', RUF_CONSENT_REINSTATED, RUF_CONSENT_METHOD_DOUBLE_OPT_IN },
    { 'O', RUF_CONSENT_REINSTATED, RUF_CONSENT_METHOD_OPERATOR },
    { 'r', RUF_CONSENT_REQUESTED, RUF_CONSENT_METHOD_OPERATOR },
    { 'u', RUF_CONSENT_IMPORTED_UNPROVEN, RUF_CONSENT_METHOD_IMPORT },
    { 'e', RUF_CONSENT_EXPIRED_BY_POLICY, RUF_CONSENT_METHOD_OPERATOR },
    { 'x', RUF_CONSENT_PROOF_PURGED, RUF_CONSENT_METHOD_OPERATOR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == letter)
      return event_at (letters[i].type, letters[i].method, at);
  g_assert_not_reached ();
}

static guint
events_of_story (const char      *story,
                 RufConsentEvent *events)
{
  guint n = 0;
  gint64 at = AT (0);

  for (; *story != '\0'; story++)
    if (*story == '=')
      at -= DAY;
    else
      events[n++] = event_of_letter (*story, at += DAY);
  return n;
}

static RufConsentState
state_of_story (const char *story)
{
  RufConsentEvent events[32];
  RufConsentState state = { 0 };
  guint n = events_of_story (story, events);

  for (guint i = 0; i < n; i++)
    ruf_consent_state_fold (&state, &events[i], NOW);
  return state;
}

static const struct
{
  const char       *story;
  RufConsentStatus  status;
  RufEvidenceLevel  level;
  int               since;   /* day */
} stories[] = {
  { "", RUF_CONSENT_STATUS_NONE, RUF_EVIDENCE_E0, 0 },
  { "x", RUF_CONSENT_STATUS_NONE, RUF_EVIDENCE_E0, 0 },
  { "u", RUF_CONSENT_STATUS_UNPROVEN, RUF_EVIDENCE_E0, 1 },
  { "ur", RUF_CONSENT_STATUS_WAITING, RUF_EVIDENCE_E0, 2 },
  { "urc", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E3, 3 },
  { "i", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E1, 1 },
  { "ik", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E2, 2 },
  { "ikp", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E2, 2 },
  { "w", RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, 1 },
  { "iw", RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, 2 },
  { "wi", RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, 1 },
  { "kwip", RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, 2 },
  { "iwO", RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, 2 },
  { "iwk", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E2, 3 },
  { "iwK", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E2, 3 },
  { "k=w", RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, 1 },
  { "cw", RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, 2 },
  { "cwk", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E2, 3 },
  { "io", RUF_CONSENT_STATUS_SUPPRESSED, RUF_EVIDENCE_E0, 2 },
  { "ioi", RUF_CONSENT_STATUS_SUPPRESSED, RUF_EVIDENCE_E0, 2 },
  { "iok", RUF_CONSENT_STATUS_SUPPRESSED, RUF_EVIDENCE_E0, 2 },
  { "ioK", RUF_CONSENT_STATUS_SUPPRESSED, RUF_EVIDENCE_E0, 2 },
  { "ioc", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E3, 3 },
  { "isC", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E3, 3 },
  { "c=o", RUF_CONSENT_STATUS_SUPPRESSED, RUF_EVIDENCE_E0, 1 },
  { "ocw", RUF_CONSENT_STATUS_WITHDRAWN, RUF_EVIDENCE_E0, 3 },
  { "ocwk", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E2, 4 },
  { "ie", RUF_CONSENT_STATUS_EXPIRED, RUF_EVIDENCE_E0, 2 },
  { "cei", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E1, 3 },
  { "ei", RUF_CONSENT_STATUS_ACTIVE, RUF_EVIDENCE_E1, 2 },
};

static void
test_stories (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      RufConsentState state = state_of_story (stories[i].story);

      g_test_message ("%s", stories[i].story);
      g_assert_cmpstr (ruf_consent_status_to_string (ruf_consent_state_get_status (&state)), ==,
                       ruf_consent_status_to_string (stories[i].status));
      g_assert_cmpint (ruf_consent_state_get_level (&state), ==, stories[i].level);
      g_assert_cmpint (ruf_consent_state_get_since (&state), ==,
                       stories[i].since > 0 ? AT (stories[i].since) : 0);
    }
}

static void
test_merge (void)
{
  static const struct
  {
    const char       *own;
    const char       *all;
    RufConsentStatus  status;
  } cases[] = {
    { "i", "", RUF_CONSENT_STATUS_ACTIVE },
    { "i", "..w", RUF_CONSENT_STATUS_WITHDRAWN },
    { "...i", "w", RUF_CONSENT_STATUS_WITHDRAWN },
    { "...k", "w", RUF_CONSENT_STATUS_ACTIVE },
    { "k", "..w", RUF_CONSENT_STATUS_WITHDRAWN },
    { "...k", "o", RUF_CONSENT_STATUS_SUPPRESSED },
    { "...c", "o", RUF_CONSENT_STATUS_ACTIVE },
    { "", "k", RUF_CONSENT_STATUS_NONE },
    { "", "w", RUF_CONSENT_STATUS_WITHDRAWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RufConsentState state = { 0 }, all = { 0 };
      RufConsentState *states[] = { &state, &all };
      const char *texts[] = { cases[i].own, cases[i].all };

      for (guint s = 0; s < 2; s++)
        for (guint day = 0; texts[s][day] != '\0'; day++)
          if (texts[s][day] != '.')
            {
              RufConsentEvent event = event_of_letter (texts[s][day], AT (day));

              ruf_consent_state_fold (states[s], &event, NOW);
            }
      ruf_consent_state_merge (&state, &all);
      g_test_message ("%s with %s", cases[i].own, cases[i].all);
      g_assert_cmpint (ruf_consent_state_get_status (&state), ==, cases[i].status);
    }
}

static void
shuffle (RufConsentEvent *events,
         guint            n,
         GRand           *rand)
{
  for (guint i = n; i > 1; i--)
    {
      guint k = g_rand_int_range (rand, 0, i);
      RufConsentEvent kept = events[i - 1];

      events[i - 1] = events[k];
      events[k] = kept;
    }
}

static void
assert_no_stop_is_overrun (const RufConsentEvent *events,
                           guint                  n,
                           const RufConsentState *state)
{
  gint64 stop = 0, objection = 0, written = 0, confirmed = 0;

  for (guint i = 0; i < n; i++)
    {
      RufEvidenceLevel level = ruf_consent_event_get_level (&events[i], NOW);
      gboolean grants = events[i].type == RUF_CONSENT_GRANTED ||
                        events[i].type == RUF_CONSENT_CONFIRMED ||
                        events[i].type == RUF_CONSENT_REINSTATED;

      if (events[i].type == RUF_CONSENT_WITHDRAWN)
        stop = MAX (stop, events[i].occurred_at);
      if (events[i].type == RUF_CONSENT_OBJECTED || events[i].type == RUF_CONSENT_SUPPRESSED)
        objection = MAX (objection, events[i].occurred_at);
      if (grants && level >= RUF_EVIDENCE_E2)
        written = MAX (written, events[i].occurred_at);
      if (grants && level >= RUF_EVIDENCE_E3)
        confirmed = MAX (confirmed, events[i].occurred_at);
    }
  if (ruf_consent_state_get_status (state) == RUF_CONSENT_STATUS_ACTIVE)
    {
      g_assert_true (stop == 0 || written > stop);
      g_assert_true (objection == 0 || confirmed > objection);
      g_assert_cmpint (ruf_consent_state_get_level (state), >, RUF_EVIDENCE_E0);
    }
  else
    g_assert_cmpint (ruf_consent_state_get_level (state), ==, RUF_EVIDENCE_E0);
}

static void
test_any_order (void)
{
  static const char letters[] = "ipkcwosKCOruex=";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 5000; round++)
    {
      RufConsentEvent events[16];
      RufConsentState first = { 0 };
      char story[13] = "";
      guint n;

      for (guint i = 0; i < 12; i++)
        story[i] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
      n = events_of_story (story, events);
      for (guint i = 0; i < n; i++)
        ruf_consent_state_fold (&first, &events[i], NOW);
      assert_no_stop_is_overrun (events, n, &first);

      for (guint order = 0; order < 4; order++)
        {
          RufConsentState other = { 0 };

          shuffle (events, n, rand);
          for (guint i = 0; i < n; i++)
            ruf_consent_state_fold (&other, &events[i], NOW);
          ruf_consent_state_fold (&other, &events[0], NOW);
          g_assert_cmpmem (&first, sizeof first, &other, sizeof other);
        }
    }
}

static const RufConsentEvent full_event = {
  .seq = 3, .event_id = "01932b3c-0000-7000-8000-000000000001", .type = RUF_CONSENT_GRANTED,
  .point_id = 12, .address = "+491713920034", .channel = RUF_CHANNEL_WHATSAPP,
  .purpose = "weekly-offer", .method = RUF_CONSENT_METHOD_IMPORT, .source = "Theke",
  .wording = "Ja.", .occurred_at = AT (1), .occurred_text = "14.03.2026",
  .text = "x", .recorded_at = NOW, .import_id = 4,
};

static void
assert_hash_differs (const RufConsentEvent *event,
                     const guint8          *before)
{
  static const guint8 none[32] = { 0 };
  guint8 hash[32];

  ruf_consent_event_hash (event, none, hash);
  g_assert_cmpint (memcmp (hash, before, 32), !=, 0);
}

static void
test_hash (void)
{
  static const guint8 none[32] = { 0 };
  static const guint8 other_prev[32] = { 1 };
  guint8 hash[32], again[32];
  RufConsentEvent e = full_event;
  g_autofree char *sha = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "Ja.", -1);

  ruf_consent_event_hash (&full_event, none, hash);
  ruf_consent_event_hash (&full_event, other_prev, again);
  g_assert_cmpint (memcmp (hash, again, 32), !=, 0);

  /* The wording counts by its hash, whoever computed it. */
  e.wording = NULL;
  e.wording_sha256 = sha;
  ruf_consent_event_hash (&e, none, again);
  g_assert_cmpmem (hash, 32, again, 32);

#define CHANGED(field, value) \
  e = full_event; \
  e.field = value; \
  assert_hash_differs (&e, hash)

  CHANGED (event_id, "01932b3c-0000-7000-8000-000000000002");
  CHANGED (type, RUF_CONSENT_CONFIRMED);
  CHANGED (point_id, 13);
  CHANGED (address, "+491713920035");
  CHANGED (channel, RUF_CHANNEL_SMS);
  CHANGED (purpose, "*");
  CHANGED (method, RUF_CONSENT_METHOD_PAPER_FORM);
  CHANGED (source, "Theke ");
  CHANGED (source, NULL);
  CHANGED (wording, "Nein.");
  CHANGED (wording, NULL);
  CHANGED (occurred_at, AT (2));
  CHANGED (occurred_text, "15.03.2026");
  CHANGED (text, "");
  CHANGED (text, NULL);
  CHANGED (recorded_at, NOW + 1);
  CHANGED (import_id, 5);
#undef CHANGED
}

/* Fields cannot lend each other their ends. */
static void
test_hash_is_unambiguous (void)
{
  static const guint8 none[32] = { 0 };
  RufConsentEvent a = full_event, b = full_event;
  guint8 hash[32];

  a.occurred_text = "ab";
  a.text = "c";
  b.occurred_text = "a";
  b.text = "bc";
  ruf_consent_event_hash (&a, none, hash);
  assert_hash_differs (&b, hash);
}

static void
test_uuid7 (void)
{
  g_autofree char *first = ruf_uuid7_new (NOW);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_true (g_uuid_string_is_valid (first));
  g_assert_cmpint (first[14], ==, '7');
  g_assert_nonnull (strchr ("89ab", first[19]));
  g_assert_cmpint (g_ascii_strtoull (first, NULL, 16), ==, (NOW / 1000) >> 16);

  for (guint i = 1; i < 1000; i++)
    {
      char *next = ruf_uuid7_new (NOW + i);

      g_assert_cmpstr (next, >, first);
      g_assert_true (g_hash_table_add (seen, next));
      g_assert_true (g_hash_table_add (seen, ruf_uuid7_new (NOW)));
    }
}

static void
test_words (void)
{
  for (int i = RUF_CONSENT_IMPORTED_UNPROVEN; i <= RUF_CONSENT_PROOF_PURGED; i++)
    {
      RufConsentEventType type;

      g_assert_true (ruf_consent_event_type_from_string (ruf_consent_event_type_to_string (i),
                                                         &type));
      g_assert_cmpint (type, ==, i);
    }
  for (int i = RUF_CONSENT_METHOD_IMPORT; i <= RUF_CONSENT_METHOD_OPERATOR; i++)
    {
      RufConsentMethod method;

      g_assert_true (ruf_consent_method_from_string (ruf_consent_method_to_string (i), &method));
      g_assert_cmpint (method, ==, i);
    }
  g_assert_cmpstr (ruf_evidence_level_to_string (RUF_EVIDENCE_E1), ==, "E1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/consent/level", test_level);
  g_test_add_func ("/core/consent/future-stays-unproven", test_future_stays_unproven);
  g_test_add_func ("/core/consent/stories", test_stories);
  g_test_add_func ("/core/consent/merge", test_merge);
  g_test_add_func ("/core/consent/any-order", test_any_order);
  g_test_add_func ("/core/consent/hash", test_hash);
  g_test_add_func ("/core/consent/hash-is-unambiguous", test_hash_is_unambiguous);
  g_test_add_func ("/core/consent/uuid7", test_uuid7);
  g_test_add_func ("/core/consent/words", test_words);

  return g_test_run ();
}

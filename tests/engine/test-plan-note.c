/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What there is to say of a plan, by the code. */

#include "shop.h"

#include "ruf-error.h"
#include "ruf-plan-note.h"

#define THURSDAY G_GINT64_CONSTANT (1795078800000000)   /* 2026-11-19, 10:00 in Berlin */
#define DAY      G_TIME_SPAN_DAY
#define HOUR     G_TIME_SPAN_HOUR

typedef struct
{
  const char *body;
  RufChannel  written_for;
  RufChannel  channel;
  const char *purpose;
  gint64      send_at;
  gint64      not_after;
  GTimeZone  *zone;
  GPtrArray  *notes;
} Plan;

static gboolean
save_message (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Plan *plan = data;

  return ruf_message_table_keep (db, "Text", plan->written_for, plan->body, SHOP_NOON, NULL, error);
}

static gboolean
make_notes (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Plan *plan = data;
  RufCampaign campaign = {
    .name = (char *) "Angebot", .message_name = (char *) "Text", .channel = plan->channel,
    .purpose = (char *) plan->purpose, .send_at = plan->send_at, .not_after = plan->not_after,
  };

  plan->notes = ruf_plan_notes_make (db, &campaign, SHOP_NOON, plan->zone, error);
  return plan->notes != NULL;
}

/* "over, nobody-agreed": in the order in which they are told. */
static char *
describe (GPtrArray *notes)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const RufPlanNote *note = g_ptr_array_index (notes, i);

      g_assert_cmpstr (note->text, !=, "");
      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                              ruf_plan_code_to_string (note->code));
    }
  return g_string_free (words, FALSE);
}

static char *
ask (Shop *shop,
     Plan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  RufStore *store = ruf_context_get_store (shop->context);
  const RufPlanNote *first;

  ruf_store_write_sync (store, save_message, plan, NULL, &error);
  g_assert_no_error (error);
  ruf_store_read_sync (store, make_notes, plan, NULL, &error);
  g_assert_no_error (error);

  notes = plan->notes;
  first = notes->len > 0 ? g_ptr_array_index (notes, 0) : NULL;
  if (ruf_plan_notes_allow (notes, &refusal))
    g_assert_true (first == NULL || !ruf_plan_code_blocks (first->code));
  else
    {
      g_assert_error (refusal, RUF_ERROR, RUF_ERROR_REFUSED);
      g_assert_cmpstr (refusal->message, ==, first->text);
    }
  return describe (notes);
}

static void
test_text (void)
{
  static const struct
  {
    const char *body;
    RufChannel  written_for;
    RufChannel  channel;
    const char *codes;
  } rows[] = {
    { "Hallo {{first_name|Kundin}}!", RUF_CHANNEL_WHATSAPP, RUF_CHANNEL_WHATSAPP, "" },
    { "Hallo {{first_name", RUF_CHANNEL_WHATSAPP, RUF_CHANNEL_WHATSAPP, "placeholder-broken" },
    { "{{vorname}} {{ort}}", RUF_CHANNEL_WHATSAPP, RUF_CHANNEL_WHATSAPP,
      "placeholder-unknown, placeholder-unknown" },
    { "Hallo!", RUF_CHANNEL_SMS, RUF_CHANNEL_WHATSAPP, "wrong-channel" },
  };
  Shop shop;

  shop_open (&shop, 3);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Plan plan = { rows[i].body, rows[i].written_for, rows[i].channel, "weekly-offer", THURSDAY,
                    0, ruf_context_get_zone (shop.context) };
      g_autofree char *codes = ask (&shop, &plan);

      g_assert_cmpstr (codes, ==, rows[i].codes);
    }
  shop_close (&shop);
}

/* The people are called "Person 1" to "Person 12"; every other one has a first name too. */
static void
test_longest (void)
{
  static const struct
  {
    const char *end;
    guint       length;
    const char *codes;
  } rows[] = {
    { "", 4096, "" },
    { "", 4097, "text-too-long" },
    { "{{name}}", 4096 - 9, "" },
    { "{{name}}", 4096 - 8, "text-too-long" },
    { "{{first_name}}{{name}}", 4096 - 9 - 9, "" },
    { "{{first_name|Kundinnen}}", 4096 - 9, "" },
    { "{{first_name|Kundinnen}}", 4096 - 8, "text-too-long" },
  };
  Shop shop;

  shop_open (&shop, 12);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *begin = g_strnfill (rows[i].length, 'x');
      g_autofree char *body = g_strconcat (begin, rows[i].end, NULL);
      Plan plan = { body, RUF_CHANNEL_WHATSAPP, RUF_CHANNEL_WHATSAPP, "weekly-offer", THURSDAY, 0,
                    ruf_context_get_zone (shop.context) };
      g_autofree char *codes = ask (&shop, &plan);

      g_assert_cmpstr (codes, ==, rows[i].codes);
    }
  shop_close (&shop);
}

/* A person of longest first name need not be the one of longest name. */
static void
test_longest_together (void)
{
  g_autofree char *begin = g_strnfill (4096 - 9 - 8, 'x');
  g_autofree char *body = g_strconcat (begin, "{{first_name}}{{name}}", NULL);
  g_autofree char *codes = NULL;
  Shop shop;
  Plan plan = { body, RUF_CHANNEL_WHATSAPP, RUF_CHANNEL_WHATSAPP, "weekly-offer", THURSDAY, 0 };

  /* "Person 10" has no first name, "Person 9" has one of eight characters. */
  shop_open (&shop, 10);
  plan.zone = ruf_context_get_zone (shop.context);
  codes = ask (&shop, &plan);
  g_assert_cmpstr (codes, ==, "");
  shop_close (&shop);
}

/* One character that GSM 03.38 does not have halves what fits into ten parts. */
static void
test_sms (void)
{
  static const struct
  {
    const char *end;
    guint       length;
    const char *codes;
  } rows[] = {
    { "", 1530, "nobody-agreed" },
    { "", 1531, "text-too-long, nobody-agreed" },
    { "ş", 669, "nobody-agreed" },
    { "ş", 670, "text-too-long, nobody-agreed" },
  };
  Shop shop;

  shop_open (&shop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *begin = g_strnfill (rows[i].length, 'x');
      g_autofree char *body = g_strconcat (begin, rows[i].end, NULL);
      Plan plan = { body, RUF_CHANNEL_SMS, RUF_CHANNEL_SMS, "weekly-offer", THURSDAY, 0,
                    ruf_context_get_zone (shop.context) };
      g_autofree char *codes = ask (&shop, &plan);

      g_assert_cmpstr (codes, ==, rows[i].codes);
    }
  shop_close (&shop);
}

static void
test_times (void)
{
  static const struct
  {
    const char *purpose;
    gint64      send_at;
    gint64      not_after;
    const char *codes;
  } rows[] = {
    { "weekly-offer", THURSDAY, 0, "" },
    { "weekly-offer", THURSDAY, THURSDAY + HOUR, "" },
    { "story", THURSDAY, 0, "nobody-agreed" },
    { "weekly-offer", SHOP_NOON - 1, 0, "time-past" },
    { "weekly-offer", THURSDAY + 3 * DAY, 0, "outside-hours" },
    { "weekly-offer", THURSDAY + 10 * HOUR, 0, "outside-hours" },
    { "weekly-offer", THURSDAY + 10 * HOUR - 1, 0, "" },
    { "weekly-offer", THURSDAY - 2 * HOUR, 0, "" },
    { "weekly-offer", THURSDAY - 2 * HOUR - 1, 0, "outside-hours" },
    { "weekly-offer", THURSDAY, THURSDAY, "ends-too-early" },
    { "weekly-offer", SHOP_NOON - 2 * HOUR, SHOP_NOON, "over, time-past" },
    { "weekly-offer", THURSDAY + 10 * HOUR, THURSDAY + 22 * HOUR, "never-inside-hours" },
    { "weekly-offer", THURSDAY + 10 * HOUR, THURSDAY + 22 * HOUR + 1, "outside-hours" },
    { "story", THURSDAY + 3 * DAY, THURSDAY, "ends-too-early, nobody-agreed" },
  };
  Shop shop;

  shop_open (&shop, 2);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Plan plan = { "Hallo!", RUF_CHANNEL_WHATSAPP, RUF_CHANNEL_WHATSAPP, rows[i].purpose,
                    rows[i].send_at, rows[i].not_after, ruf_context_get_zone (shop.context) };
      g_autofree char *codes = ask (&shop, &plan);

      g_assert_cmpstr (codes, ==, rows[i].codes);
    }
  shop_close (&shop);
}

static void
test_hours (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *sunday = ruf_plan_say_hours (THURSDAY + 3 * DAY, zone);
  g_autofree char *night = ruf_plan_say_hours (THURSDAY + 11 * HOUR, zone);

  g_assert_null (ruf_plan_say_hours (THURSDAY, zone));
  g_assert_true (g_str_has_prefix (sunday, "Sunday, 10:00 "));
  g_assert_true (g_str_has_prefix (night, "Thursday, 21:00 "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/plan-note/text", test_text);
  g_test_add_func ("/engine/plan-note/longest", test_longest);
  g_test_add_func ("/engine/plan-note/longest-together", test_longest_together);
  g_test_add_func ("/engine/plan-note/sms", test_sms);
  g_test_add_func ("/engine/plan-note/times", test_times);
  g_test_add_func ("/engine/plan-note/hours", test_hours);

  return g_test_run ();
}

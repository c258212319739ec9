/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "shop.h"

#include <glib/gstdio.h>

#include "ruf-campaign-table.h"
#include "ruf-check.h"
#include "ruf-consent-table.h"
#include "ruf-people-table.h"

#define PURPOSE "weekly-offer"

typedef struct
{
  Shop       *shop;
  guint       n_people;
  const char *address;
  const char *body;
  gint64      send_at;
  gint64      not_after;
  const char *name;
  const char *type;
  GHashTable *settings;
  gint64      id;
  RufRun     *run;
  GPtrArray  *problems;
} Work;

static void
do_write (Shop         *shop,
          RufStoreFunc  func,
          Work         *work)
{
  g_autoptr (GError) error = NULL;

  work->shop = shop;
  ruf_store_write_sync (ruf_context_get_store (shop->context), func, work, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
append_consent (RufDb                *db,
                const char           *address,
                gint64                point_id,
                RufConsentEventType   type,
                gint64                at,
                GError              **error)
{
  gint64 seq;
  RufConsentEvent event = {
    .type = type, .method = RUF_CONSENT_METHOD_PAPER_FORM, .point_id = point_id,
    .address = address, .channel = RUF_CHANNEL_WHATSAPP, .purpose = PURPOSE, .source = "Theke",
    .wording = "Ja, ich möchte die Wochenangebote.", .occurred_at = at, .recorded_at = at,
  };

  return ruf_consent_table_append (db, &event, &seq, NULL, error);
}

static gboolean
add_people (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Work *work = data;

  for (guint i = 1; i <= work->n_people; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", i);
      g_autofree char *address = g_strdup_printf ("+49171%08u", i);
      struct { RufAddressKind kind; const char *address, *as_entered, *label; } point = {
        RUF_ADDRESS_PHONE, address
      };
      RufPersonDraft draft = { .name = name, .points = (gpointer) &point, .n_points = 1,
                               .first_name = i % 2 ? name : NULL };
      gint64 person_id, point_id;
      RufUpsert result;

      if (!ruf_people_table_upsert (db, &draft, 0, SHOP_NOON, &result, &person_id, &point_id,
                                    error) ||
          !append_consent (db, address, point_id, RUF_CONSENT_GRANTED,
                           SHOP_NOON - G_TIME_SPAN_DAY, error))
        return FALSE;
    }
  return TRUE;
}

void
shop_return (Shop *shop)
{
  g_autoptr (GError) error = NULL;

  shop->context = ruf_context_new (shop->path, shop->clock, &error);
  g_assert_no_error (error);
}

void
shop_leave (Shop *shop)
{
  g_assert_finalize_object (shop->context);
  shop->context = NULL;
}

void
shop_open (Shop  *shop,
           guint  n_people)
{
  Work work = { .n_people = n_people };

  shop->dir = g_dir_make_tmp ("ruf-shop-XXXXXX", NULL);
  shop->path = g_build_filename (shop->dir, "rundruf.db", NULL);
  shop->clock = ruf_clock_new_at (SHOP_NOON);
  shop_return (shop);
  do_write (shop, add_people, &work);
}

void
shop_close (Shop *shop)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  shop_leave (shop);
  g_clear_object (&shop->clock);
  dir = g_dir_open (shop->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (shop->dir, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (shop->dir), ==, 0);
  g_clear_pointer (&shop->dir, g_free);
  g_clear_pointer (&shop->path, g_free);
}

static gboolean
plan (RufDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Work *work = data;
  gint64 campaign_id;
  RufCampaign campaign = {
    .name = (char *) "Angebot", .message_name = (char *) "Text", .purpose = (char *) PURPOSE,
    .channel = RUF_CHANNEL_WHATSAPP, .send_at = work->send_at, .not_after = work->not_after,
  };

  return ruf_message_table_save (db, "Text", RUF_CHANNEL_WHATSAPP, work->body, SHOP_NOON, NULL,
                                 error) &&
         ruf_campaign_table_save (db, &campaign, SHOP_NOON, &campaign_id, error) &&
         ruf_outbox_table_plan (db, campaign_id, SHOP_NOON, &work->id, error);
}

gint64
shop_plan (Shop       *shop,
           const char *body,
           gint64      send_at,
           gint64      not_after)
{
  Work work = { .body = body, .send_at = send_at, .not_after = not_after };

  do_write (shop, plan, &work);
  shop->run_id = work.id;
  return work.id;
}

static gboolean
save_backend (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Work *work = data;

  return ruf_backend_table_save (db, work->name, work->type, work->settings, &work->id, error);
}

gint64
shop_add_backend (Shop       *shop,
                  const char *name,
                  const char *type,
                  const char *setting,
                  const char *value)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  Work work = { .name = name, .type = type, .settings = settings };

  if (setting != NULL)
    g_hash_table_insert (settings, (gpointer) setting, (gpointer) value);
  do_write (shop, save_backend, &work);
  return work.id;
}

static gboolean
withdraw (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work *work = data;
  gint64 point_id;

  return ruf_people_table_ensure_point (db, RUF_ADDRESS_PHONE, work->address,
                                        1764000000000000, &point_id, error) &&
         append_consent (db, work->address, point_id, RUF_CONSENT_WITHDRAWN, SHOP_NOON + 1, error);
}

void
shop_withdraw (Shop       *shop,
               const char *address)
{
  Work work = { .address = address };

  do_write (shop, withdraw, &work);
}

static gboolean
read_run (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work *work = data;

  work->run = ruf_outbox_table_get_run (db, work->shop->run_id, error);
  work->problems = work->run != NULL ? ruf_check_run (db, NULL, error) : NULL;
  return work->problems != NULL;
}

RufRun *
shop_get_run (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  Work work = { .shop = shop };

  ruf_store_read_sync (ruf_context_get_store (shop->context), read_run, &work, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < work.problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (work.problems, i));
  g_assert_cmpuint (work.problems->len, ==, 0);
  g_ptr_array_unref (work.problems);
  return work.run;
}

void
shop_assert_counts (Shop       *shop,
                    const char *expected)
{
  g_autoptr (RufRun) run = shop_get_run (shop);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < RUF_N_MESSAGE_STATUSES; i++)
    if (run->counts[i] > 0)
      g_string_append_printf (found, "%s%s %d", found->len > 0 ? ", " : "",
                              ruf_message_status_to_string (i), (int) run->counts[i]);
  g_assert_cmpstr (found->str, ==, expected);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Versions of a message: what is saved, and what is kept while somebody writes. */

#include "fixture.h"

#include "ruf-campaign-table.h"
#include "ruf-error.h"
#include "ruf-outbox-table.h"

#define NOW G_GINT64_CONSTANT (1795000000000000)   /* 2026-11-18 */

static RufMessage *
keep (RufDb      *db,
      const char *body)
{
  g_autoptr (GError) error = NULL;
  RufMessage *message = NULL;

  ruf_message_table_keep (db, "Käse", RUF_CHANNEL_WHATSAPP, body, NOW, &message, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (message->body, ==, body);
  return message;
}

static void
plan (RufDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 id, run_id;
  RufCampaign campaign = {
    .name = (char *) "Angebot", .message_name = (char *) "Käse", .channel = RUF_CHANNEL_WHATSAPP,
    .purpose = (char *) "news", .send_at = NOW + G_TIME_SPAN_HOUR,
  };

  ruf_campaign_table_save (db, &campaign, NOW, &id, &error);
  g_assert_no_error (error);
  ruf_outbox_table_plan (db, id, NOW, &run_id, &error);
  g_assert_no_error (error);
}

/* Typing leaves one version, until a run shows it. */
static void
test_keep (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (RufMessage) begun = keep (fixture->db, "Ha");
  g_autoptr (RufMessage) further = keep (fixture->db, "Hallo {{first_name");
  g_autoptr (RufMessage) done = keep (fixture->db, "Hallo {{first_name}}!");
  g_autoptr (RufMessage) later = NULL, shown = NULL;

  g_assert_cmpint (done->id, ==, begun->id);
  g_assert_cmpint (done->version, ==, 1);

  plan (fixture->db);
  later = keep (fixture->db, "Hallo {{first_name}}, heute Käse!");
  g_assert_cmpint (later->version, ==, 2);
  shown = ruf_message_table_get_version (fixture->db, done->version_id, NULL);
  g_assert_cmpstr (shown->body, ==, "Hallo {{first_name}}!");
  g_assert_cmpint (fixture_count (fixture->db, "SELECT count (*) FROM message_versions"), ==, 2);
}

/* What is saved stands: each text is a version, and must be one that can be sent. */
static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *body;
    int         version;    /* 0 = refused */
  } rows[] = {
    { "Eins", 1 },
    { "Eins", 1 },
    { "Zwei", 2 },
    { "Eins", 3 },
    { "Hallo {{first_name", 0 },
    { " \n", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RufMessage) message = NULL;

      ruf_message_table_save (fixture->db, "Käse", RUF_CHANNEL_WHATSAPP, rows[i].body, NOW,
                              &message, &error);
      if (rows[i].version == 0)
        g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
      else
        g_assert_cmpint (message->version, ==, rows[i].version);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/store/message-table/keep", Fixture, NULL, fixture_set_up_db, test_keep,
              fixture_tear_down);
  g_test_add ("/store/message-table/save", Fixture, NULL, fixture_set_up_db, test_save,
              fixture_tear_down);

  return g_test_run ();
}

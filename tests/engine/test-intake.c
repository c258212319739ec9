/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Receipts, replies and history on the sample files.
 */

#include <glib/gstdio.h>

#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-intake.h"
#include "ruf-moment.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"

#define NOW "2026-11-23T12:00:00Z"

typedef struct
{
  char       *folder;
  RufContext *context;
} Fixture;

static gint64
moment (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gint64 at;

  g_assert_cmpint (ruf_moment_parse (text, zone, &at), ==, RUF_MOMENT_TIME);
  return at;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (RufClock) clock = ruf_clock_new_at (moment (NOW));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("ruf-intake-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "t.db", NULL);
  fixture->context = ruf_context_new (path, clock, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_finalize_object (fixture->context);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static char *
sample (const char *folder,
        const char *name)
{
  return g_test_build_filename (G_TEST_DIST, folder, name, NULL);
}

typedef gboolean (*IntakeFunc) (RufContext *, const char *, RufIntake *, GCancellable *, GError **);

static void
take_in (Fixture    *fixture,
         IntakeFunc  func,
         const char *path,
         RufIntake  *out)
{
  g_autoptr (GError) error = NULL;
  gboolean done = func (fixture->context, path, out, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static gboolean
take_past_messages (RufContext    *context,
                    const char    *path,
                    RufIntake     *out,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return ruf_intake_past_messages (context, path, NULL, NULL, out, cancellable, error);
}

/* What a test asks the store, and what it answers. */
typedef struct
{
  const char      *address;
  RufChannel       channel;
  const char      *purpose;
  RufConsentState  state;
  GPtrArray       *events;
  GPtrArray       *runs;
  GPtrArray       *replies;
} Question;

static gboolean
ask_state (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Question *question = data;
  RufAddressKind kind = ruf_channel_get_address_kind (question->channel);
  gint64 point_id;

  question->events = ruf_consent_table_list (db, kind, question->address, error);
  return question->events != NULL &&
         ruf_people_table_ensure_point (db, kind, question->address, moment (NOW),
                                        &point_id, error) &&
         ruf_consent_table_get_state (db, point_id, question->channel, question->purpose,
                                      &question->state, error);
}

static gboolean
ask_lists (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Question *question = data;

  question->runs = ruf_outbox_table_list_runs (db, error);
  question->replies = ruf_reply_table_list (db, TRUE, 0, error);
  return question->runs != NULL && question->replies != NULL;
}

/* Asks in a write, for asking about a stranger makes his point. */
static void
ask (Fixture      *fixture,
     RufStoreFunc  func,
     Question     *question)
{
  g_autoptr (GError) error = NULL;

  ruf_store_write_sync (ruf_context_get_store (fixture->context), func, question, NULL, &error);
  g_assert_no_error (error);
}

static RufConsentStatus
get_status (Fixture    *fixture,
            const char *address,
            const char *purpose,
            guint      *n_events)
{
  Question question = { .address = address, .channel = RUF_CHANNEL_WHATSAPP, .purpose = purpose };

  ask (fixture, ask_state, &question);
  if (n_events != NULL)
    *n_events = question.events->len;
  g_ptr_array_unref (question.events);
  return ruf_consent_state_get_status (&question.state);
}

static void
test_replies (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char       *address;
    RufConsentStatus  offer;
    RufConsentStatus  news;
  } last_words[] = {
    { "+491713920088", RUF_CONSENT_STATUS_WITHDRAWN, RUF_CONSENT_STATUS_WITHDRAWN },
    { "+4917604069032", RUF_CONSENT_STATUS_WITHDRAWN, RUF_CONSENT_STATUS_WITHDRAWN },
    { "+4917604069003", RUF_CONSENT_STATUS_WITHDRAWN, RUF_CONSENT_STATUS_WITHDRAWN },
    /* STOP Wochenangebote leaves the news alone. */
    { "+4917604069052", RUF_CONSENT_STATUS_WITHDRAWN, RUF_CONSENT_STATUS_NONE },
    { "+491713920032", RUF_CONSENT_STATUS_ACTIVE, RUF_CONSENT_STATUS_NONE },
    { "+491713920012", RUF_CONSENT_STATUS_ACTIVE, RUF_CONSENT_STATUS_NONE },
    /* STOP of the 19th stands below START of the 20th; time decides, not the row. */
    { "+4917604069036", RUF_CONSENT_STATUS_ACTIVE, RUF_CONSENT_STATUS_WITHDRAWN },
    { "+491713920066", RUF_CONSENT_STATUS_WITHDRAWN, RUF_CONSENT_STATUS_WITHDRAWN },
    { "+4917604069009", RUF_CONSENT_STATUS_NONE, RUF_CONSENT_STATUS_NONE },
    { "+491713920055", RUF_CONSENT_STATUS_NONE, RUF_CONSENT_STATUS_NONE },
  };
  g_autofree char *path = sample ("data/receipts", "replies.csv");
  RufIntake out;

  take_in (fixture, ruf_intake_replies, path, &out);
  g_assert_cmpuint (out.rows, ==, 32);
  g_assert_cmpuint (out.opt_ins, ==, 5);
  g_assert_cmpuint (out.opt_outs, >=, 12);
  g_assert_cmpuint (out.opt_outs + out.opt_ins + out.other, ==, 32);
  g_assert_cmpuint (out.opt_outs + out.review, >=, 13);
  g_assert_cmpuint (out.rejects->len, ==, 0);
  ruf_intake_clear (&out);

  for (guint i = 0; i < G_N_ELEMENTS (last_words); i++)
    {
      g_test_message ("%s", last_words[i].address);
      g_assert_cmpint (get_status (fixture, last_words[i].address, "weekly-offer", NULL), ==,
                       last_words[i].offer);
      g_assert_cmpint (get_status (fixture, last_words[i].address, "news", NULL), ==,
                       last_words[i].news);
    }
}

static void
test_replies_twice (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = sample ("data/receipts", "replies.csv");
  Question question = { 0 };
  guint n_events;
  guint again;
  guint n_to_review;
  RufIntake out;

  take_in (fixture, ruf_intake_replies, path, &out);
  n_to_review = out.review;
  ruf_intake_clear (&out);
  get_status (fixture, "+4917604069036", "weekly-offer", &n_events);
  g_assert_cmpuint (n_events, ==, 2);

  take_in (fixture, ruf_intake_replies, path, &out);
  g_assert_cmpuint (out.duplicate, ==, 32);
  g_assert_cmpuint (out.opt_outs + out.opt_ins + out.other, ==, 0);
  ruf_intake_clear (&out);
  get_status (fixture, "+4917604069036", "weekly-offer", &again);
  g_assert_cmpuint (again, ==, n_events);

  /* What may mean stop waits for a person. */
  ask (fixture, ask_lists, &question);
  g_assert_cmpuint (question.replies->len, ==, n_to_review);
  g_assert_cmpuint (n_to_review, >, 0);
  g_ptr_array_unref (question.replies);
  g_ptr_array_unref (question.runs);
}

static void
test_reply_details (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "replies.csv",
    "message_id,from,at,channel,text\n"
    "m1,491713920032,2026-10-15T21:13:00+02:00,whatsapp,Start Wochenangebote Q7F\n"
    "m2,nobody,2026-10-15T21:13:00+02:00,whatsapp,STOP\n"
    "m3,491713920033,2026-10-15T21:13:00+02:00,pigeon,STOP\n"
    "m4,491713920034,2027-01-01T00:00:00Z,whatsapp,STOP\n");
  Question question = { .address = "+491713920032", .channel = RUF_CHANNEL_WHATSAPP,
                        .purpose = "weekly-offer" };
  const RufConsentEvent *event;
  RufIntake out;

  take_in (fixture, ruf_intake_replies, path, &out);
  g_assert_cmpuint (out.opt_ins, ==, 1);
  g_assert_cmpuint (out.opt_outs, ==, 1);
  g_assert_cmpuint (out.rejects->len, ==, 2);
  ruf_intake_clear (&out);

  ask (fixture, ask_state, &question);
  g_assert_cmpuint (question.events->len, ==, 1);
  event = g_ptr_array_index (question.events, 0);
  g_assert_cmpint (event->type, ==, RUF_CONSENT_GRANTED);
  g_assert_cmpint (event->method, ==, RUF_CONSENT_METHOD_KEYWORD_INBOUND);
  g_assert_cmpstr (event->source, ==, "Q7F");
  g_assert_cmpstr (event->text, ==, "Start Wochenangebote Q7F");
  g_assert_cmpint (event->occurred_at, ==, moment ("2026-10-15T19:13:00Z"));
  g_assert_cmpint (ruf_consent_state_get_level (&question.state), ==, RUF_EVIDENCE_E2);
  g_ptr_array_unref (question.events);

  /* A clock that runs ahead does not hold a STOP back. */
  g_assert_cmpint (get_status (fixture, "+491713920034", "weekly-offer", NULL), ==,
                   RUF_CONSENT_STATUS_WITHDRAWN);
}

/* "time-invalid stopped/": what was wrong with each row that is reported, and what was done. */
static char *
describe_rejects (const RufIntake *out)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < out->rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (out->rejects, i);

      g_string_append_printf (words, "%u %s %s/", reject->row,
                              ruf_reject_reason_to_string (reject->reason),
                              ruf_reject_deed_to_string (reject->deed));
    }
  return g_string_free (words, FALSE);
}

/* A stop counts at once, whatever else is wrong with its row; anything else waits for a row that
 * can be read. What is wrong is reported all the same. */
static void
test_stop_without_a_time (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *starts = write_file (fixture, "starts.csv",
    "message_id,from,at,channel,text\n"
    "s1,491713920031,2026-10-01T10:00:00Z,whatsapp,START\n"
    "s2,491713920032,2026-10-01T10:00:00Z,whatsapp,START\n"
    "s3,491713920033,2026-10-01T10:00:00Z,whatsapp,START\n"
    "s4,491713920034,2026-10-01T10:00:00Z,whatsapp,START\n");
  g_autofree char *path = write_file (fixture, "replies.csv",
    "message_id,from,at,channel,text\n"
    "m1,491713920031,gestern,whatsapp,STOP\n"
    "m2,491713920032,,whatsapp,Stop bitte\n"
    ",491713920033,2026-10-15T21:13:00Z,whatsapp,STOP\n"
    "m4,491713920034,31.02.2026,whatsapp,\"Ich moechte das stoppen, geht das?\"\n"
    "m5,491713920035,bald,whatsapp,START\n"
    "m6,491713920036,bald,whatsapp,Danke\n");
  Question question = { .address = "+491713920031", .channel = RUF_CHANNEL_WHATSAPP,
                        .purpose = "weekly-offer" };
  g_autofree char *rejects = NULL;
  const RufConsentEvent *event;
  RufIntake out;

  take_in (fixture, ruf_intake_replies, starts, &out);
  ruf_intake_clear (&out);
  take_in (fixture, ruf_intake_replies, path, &out);
  rejects = describe_rejects (&out);
  g_assert_cmpuint (out.rows, ==, 6);
  g_assert_cmpuint (out.opt_outs, ==, 3);
  g_assert_cmpuint (out.opt_ins, ==, 0);
  g_assert_cmpuint (out.review, ==, 1);
  g_assert_cmpstr (rejects, ==, "2 time-invalid stopped/3 time-missing stopped/"
                   "4 id-missing stopped/5 time-invalid held/6 time-invalid not-taken/"
                   "7 time-invalid not-taken/");
  ruf_intake_clear (&out);

  ask (fixture, ask_state, &question);
  event = g_ptr_array_index (question.events, question.events->len - 1);
  g_assert_cmpint (event->type, ==, RUF_CONSENT_WITHDRAWN);
  g_assert_cmpint (event->occurred_at, ==, 0);
  g_assert_cmpstr (event->occurred_text, ==, "gestern");
  g_assert_cmpint (ruf_consent_state_get_since (&question.state), ==, moment (NOW));
  g_ptr_array_unref (question.events);
  g_assert_cmpint (get_status (fixture, "+491713920032", "weekly-offer", NULL), ==,
                   RUF_CONSENT_STATUS_WITHDRAWN);
  g_assert_cmpint (get_status (fixture, "+491713920033", "weekly-offer", NULL), ==,
                   RUF_CONSENT_STATUS_WITHDRAWN);
  g_assert_cmpint (get_status (fixture, "+491713920035", "weekly-offer", NULL), ==,
                   RUF_CONSENT_STATUS_NONE);

  /* The same file again: nothing new, and still reported. */
  take_in (fixture, ruf_intake_replies, path, &out);
  g_assert_cmpuint (out.opt_outs + out.review, ==, 0);
  g_assert_cmpuint (out.duplicate, ==, 4);
  g_assert_cmpuint (out.rejects->len, ==, 6);
  ruf_intake_clear (&out);
}

#define PAST "message_id,campaign,phone,exported_at\n"

/* So does what the platform says of a person, before or after the message is known. */
static void
test_signal_without_a_time (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree char *messages = write_file (fixture, "messages.csv", PAST
    "a,K,+491713920031,2026-10-01T10:00:00Z\nb,K,+491713920032,2026-10-01T10:00:00Z\n"
    "c,K,+491713920033,2026-10-01T10:00:00Z\nd,K,+491713920034,2026-10-01T10:00:00Z\n");
  g_autofree char *late = write_file (fixture, "late.csv", PAST
    "e,K,+491713920035,2026-10-01T10:00:00Z\n");
  g_autofree char *path = write_file (fixture, "receipts.csv",
    "message_id,status,at,error_code\n"
    "a,failed,soon,131050\nb,failed,,130403\nc,undelivered,2026-10-02T10:00:00Z,21610\n"
    "d,failed,soon,131026\ne,failed,soon,131050\n");
  g_autofree char *rejects = NULL;
  RufIntake out;

  take_in (fixture, take_past_messages, messages, &out);
  ruf_intake_clear (&out);
  take_in (fixture, ruf_intake_receipts, path, &out);
  rejects = describe_rejects (&out);
  g_assert_cmpuint (out.opt_outs, ==, 3);
  g_assert_cmpstr (rejects, ==, "2 time-invalid stopped/3 time-missing stopped/"
                   "4 unknown-status stopped/5 time-invalid not-taken/6 time-invalid kept/");
  ruf_intake_clear (&out);
  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *address = g_strdup_printf ("+49171392003%u", i);

      g_assert_cmpint (get_status (fixture, address, "news", NULL), ==,
                       i < 4 ? RUF_CONSENT_STATUS_WITHDRAWN : RUF_CONSENT_STATUS_NONE);
    }

  take_in (fixture, take_past_messages, late, &out);
  g_assert_cmpuint (out.opt_outs, ==, 1);
  ruf_intake_clear (&out);
  take_in (fixture, ruf_intake_receipts, path, &out);
  g_assert_cmpuint (out.opt_outs, ==, 0);
  g_assert_cmpuint (out.duplicate, ==, 4);
  ruf_intake_clear (&out);
}

static gint64
find_to_review (Fixture    *fixture,
                const char *address)
{
  Question question = { 0 };
  gint64 id = 0;

  ask (fixture, ask_lists, &question);
  for (guint i = 0; i < question.replies->len; i++)
    {
      const RufReplyRecord *reply = g_ptr_array_index (question.replies, i);

      if (g_str_equal (reply->address, address))
        id = reply->id;
    }
  g_ptr_array_unref (question.replies);
  g_ptr_array_unref (question.runs);
  return id;
}

/* A reader decides; who decides START needs the person's own word for it. */
static void
test_settle (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char       *address;
    const char       *text;
    RufReplyKind      as;
    RufConsentStatus  offer;
    RufConsentStatus  news;
  } cases[] = {
    { "+491713920031", "Ich will das stoppen, danke", RUF_REPLY_STOP,
      RUF_CONSENT_STATUS_WITHDRAWN, RUF_CONSENT_STATUS_WITHDRAWN },
    { "+491713920032", "Stop mal, kostet das wirklich 12 Euro?", RUF_REPLY_OTHER,
      RUF_CONSENT_STATUS_NONE, RUF_CONSENT_STATUS_NONE },
    { "+491713920033", "Das Stop war ein Versehen: START", RUF_REPLY_START,
      RUF_CONSENT_STATUS_ACTIVE, RUF_CONSENT_STATUS_NONE },
    { "+491713920034", "Kein Stop! Start News", RUF_REPLY_START,
      RUF_CONSENT_STATUS_NONE, RUF_CONSENT_STATUS_ACTIVE },
  };
  g_autoptr (GString) text = g_string_new ("message_id,from,at,channel,text\n");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  RufIntake out;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append_printf (text, "m%u,%s,2026-10-15T21:13:00Z,whatsapp,\"%s\"\n", i,
                            cases[i].address, cases[i].text);
  path = write_file (fixture, "replies.csv", text->str);
  take_in (fixture, ruf_intake_replies, path, &out);
  g_assert_cmpuint (out.review, ==, G_N_ELEMENTS (cases));
  ruf_intake_clear (&out);

  g_assert_false (ruf_settle_reply (fixture->context, find_to_review (fixture, cases[1].address),
                                    RUF_REPLY_START, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (ruf_settle_reply (fixture->context, 4711, RUF_REPLY_STOP, NULL, &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND);
  g_clear_error (&error);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 id = find_to_review (fixture, cases[i].address);

      g_assert_cmpint (id, >, 0);
      ruf_settle_reply (fixture->context, id, cases[i].as, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (find_to_review (fixture, cases[i].address), ==, 0);
      g_assert_cmpint (get_status (fixture, cases[i].address, "weekly-offer", NULL), ==,
                       cases[i].offer);
      g_assert_cmpint (get_status (fixture, cases[i].address, "news", NULL), ==, cases[i].news);

      ruf_reopen_reply (fixture->context, id, &error);
      g_assert_no_error (error);
      g_assert_cmpint (find_to_review (fixture, cases[i].address), ==, id);
    }
}

static gboolean
set_start_purpose (RufDb         *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return ruf_setting_set (db, "start-purpose", "news", error);
}

static void
test_start_purpose (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "replies.csv",
    "message_id,from,at,channel,text\nm1,+491713920032,2026-10-15T21:13:00Z,whatsapp,START\n");
  g_autoptr (GError) error = NULL;
  RufIntake out;

  ruf_store_write_sync (ruf_context_get_store (fixture->context), set_start_purpose, NULL, NULL,
                        &error);
  g_assert_no_error (error);
  take_in (fixture, ruf_intake_replies, path, &out);
  ruf_intake_clear (&out);

  g_assert_cmpint (get_status (fixture, "+491713920032", "news", NULL), ==,
                   RUF_CONSENT_STATUS_ACTIVE);
  g_assert_cmpint (get_status (fixture, "+491713920032", "weekly-offer", NULL), ==,
                   RUF_CONSENT_STATUS_NONE);
}

/* "K sms news/": what the runs are, latest first. */
static char *
describe_runs (Fixture *fixture)
{
  GString *words = g_string_new (NULL);
  Question question = { 0 };

  ask (fixture, ask_lists, &question);
  for (guint i = 0; i < question.runs->len; i++)
    {
      const RufRun *run = g_ptr_array_index (question.runs, i);

      g_string_append_printf (words, "%s %s %s %d/", run->title,
                              ruf_channel_to_string (run->channel), run->purpose,
                              (int) run->planned);
    }
  g_ptr_array_unref (question.replies);
  g_ptr_array_unref (question.runs);
  return g_string_free (words, FALSE);
}

/* What a campaign is, its owner says; a campaign that is known keeps it, and a file that says
 * otherwise changes nothing. */
static void
test_past_campaigns (Fixture       *fixture,
                     gconstpointer  data)
{
  static const struct
  {
    const char *campaign;
    const char *address;
    const char *channel;
    const char *purpose;
    int         code;        /* -1 = taken */
    const char *runs;
  } files[] = {
    { "K", "+491713920031", "sms", "Neuheiten", -1, "K sms news 1/" },
    { "K", "+491713920032", NULL, NULL, -1, "K sms news 2/" },
    { "K", "+491713920033", "whatsapp", NULL, RUF_ERROR_REFUSED, "K sms news 2/" },
    { "K", "+491713920033", NULL, "story", RUF_ERROR_REFUSED, "K sms news 2/" },
    { "K", "+491713920033", "sms", "news", -1, "K sms news 3/" },
    { "L", "anna@example.org", "email", NULL, -1, "L email weekly-offer 1/K sms news 3/" },
    { "M", "+491713920033", "pigeon", NULL, RUF_ERROR_INVALID,
      "L email weekly-offer 1/K sms news 3/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = g_strdup_printf ("message_id,campaign,phone,exported_at\n"
                                               "m%u,%s,%s,2026-10-01T10:00:00Z\n", i,
                                               files[i].campaign, files[i].address);
      g_autofree char *path = write_file (fixture, "messages.csv", text);
      g_autofree char *runs = NULL;
      g_autoptr (GError) error = NULL;
      RufIntake out = { 0 };

      ruf_intake_past_messages (fixture->context, path, files[i].channel, files[i].purpose, &out,
                                NULL, &error);
      if (files[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, RUF_ERROR, files[i].code);
      g_assert_cmpuint (out.new_campaigns, ==, i == 0 || i == 5);
      ruf_intake_clear (&out);
      runs = describe_runs (fixture);
      g_assert_cmpstr (runs, ==, files[i].runs);
    }
}

typedef struct
{
  gint64 sent, delivered, read, failed;
} Sums;

static Sums
sum_runs (Fixture *fixture,
          guint   *n_runs)
{
  Question question = { 0 };
  Sums sums = { 0 };

  ask (fixture, ask_lists, &question);
  *n_runs = question.runs->len;
  for (guint i = 0; i < question.runs->len; i++)
    {
      const RufRun *run = g_ptr_array_index (question.runs, i);
      gint64 total = 0;

      g_assert_cmpint (run->state, ==, RUF_RUN_PAST);
      for (guint j = 0; j < RUF_N_MESSAGE_STATUSES; j++)
        total += run->counts[j];
      g_assert_cmpint (total, ==, run->planned);   /* I8 */
      sums.sent += run->planned;
      sums.delivered += ruf_run_get_delivered (run);
      sums.read += run->counts[RUF_MESSAGE_READ];
      sums.failed += run->counts[RUF_MESSAGE_FAILED];
    }
  g_ptr_array_unref (question.runs);
  g_ptr_array_unref (question.replies);

  return sums;
}

/* The year of the sample shop, with the files in both orders, and all of it twice. */
static void
test_shop (Fixture       *fixture,
           gconstpointer  data)
{
  gboolean receipts_first = GPOINTER_TO_INT (data);
  g_autofree char *messages = sample ("../data/sample-shop", "messages.csv");
  g_autofree char *receipts = sample ("../data/sample-shop", "receipts.csv");
  guint n_runs;
  RufIntake out;
  Sums sums;

  for (guint round = 0; round < 2; round++)
    {
      if (receipts_first)
        {
          take_in (fixture, ruf_intake_receipts, receipts, &out);
          g_assert_cmpuint (out.rows, ==, 10572);
          g_assert_cmpuint (out.duplicate, ==, round == 0 ? 83 : 10572);
          g_assert_cmpuint (out.unknown, ==, round == 0 ? 10489 : 0);
          ruf_intake_clear (&out);
        }

      take_in (fixture, take_past_messages, messages, &out);
      g_assert_cmpuint (out.runs, ==, round == 0 ? 40 : 0);
      g_assert_cmpuint (out.messages, ==, round == 0 ? 4048 : 0);
      g_assert_cmpuint (out.opt_outs, ==, round == 0 && receipts_first ? 2 : 0);
      ruf_intake_clear (&out);

      if (!receipts_first)
        {
          take_in (fixture, ruf_intake_receipts, receipts, &out);
          g_assert_cmpuint (out.duplicate, ==, round == 0 ? 83 : 10572);
          g_assert_cmpuint (out.opt_outs, ==, round == 0 ? 2 : 0);
          ruf_intake_clear (&out);
        }

      sums = sum_runs (fixture, &n_runs);
      g_assert_cmpuint (n_runs, ==, 40);
      g_assert_cmpint (sums.sent, ==, 4048);
      g_assert_cmpint (sums.delivered, ==, 3762);
      g_assert_cmpint (sums.read, ==, 2516);
      g_assert_cmpint (sums.failed, ==, 163);
      g_assert_cmpint (get_status (fixture, "+491713920006", "weekly-offer", NULL), ==,
                       RUF_CONSENT_STATUS_WITHDRAWN);
      g_assert_cmpint (get_status (fixture, "+491713920073", "news", NULL), ==,
                       RUF_CONSENT_STATUS_WITHDRAWN);
    }
}

static void
test_receipts (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct
  {
    const char *name;
    guint       rows;
    guint       duplicates;
    guint       rejects;
  } files[] = {
    { "receipts.csv", 132, 7, 3 },
    { "receipts.jsonl", 79, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = sample ("data/receipts", files[i].name);
      RufIntake out;

      take_in (fixture, ruf_intake_receipts, path, &out);
      g_assert_cmpuint (out.rejects->len, ==, files[i].rejects);
      g_assert_cmpuint (out.duplicate, ==, files[i].duplicates);
      g_assert_cmpuint (out.unknown + out.duplicate + out.rejects->len, ==, out.rows);
      ruf_intake_clear (&out);
    }
}

typedef struct
{
  const char *name;
  const char *address;
  const char *channel;
  const char *purpose;
  const char *method;
  const char *at;
  const char *source;
  const char *wording;
  int         level;     /* -1: refused */
} Grant;

static void
test_record (Fixture       *fixture,
             gconstpointer  data)
{
  static const Grant grants[] = {
    { "documented", "0171 3920001", "whatsapp", "Wochenangebote", "paper_form",
      "2026-11-20T10:00:00Z", "Theke", "Ja, gern", 1 },
    { "no wording", "0171 3920002", "whatsapp", "news", "paper_form",
      "2026-11-20T10:00:00Z", "Theke", NULL, 0 },
    { "no time", "0171 3920003", "whatsapp", "news", "paper_form", NULL, "Theke", "Ja", 0 },
    { "written by the person", "0171 3920004", "whatsapp", "news", "keyword_inbound",
      "2026-11-20T10:00:00Z", NULL, NULL, 2 },
    { "confirmed", "anna@example.org", "email", "news", "double_opt_in",
      "2026-11-20T10:00:00Z", "Formular", "Ja", 3 },
    { "future", "0171 3920005", "whatsapp", "news", "paper_form",
      "2026-12-20T10:00:00Z", "Theke", "Ja", -1 },
    { "mail on a messenger", "anna@example.org", "whatsapp", "news", "paper_form",
      "2026-11-20T10:00:00Z", "Theke", "Ja", -1 },
    { "no number", "Anna", "whatsapp", "news", "paper_form", "2026-11-20T10:00:00Z", "T", "J", -1 },
    { "no purpose", "0171 3920006", "whatsapp", NULL, "paper_form", NULL, NULL, NULL, -1 },
    { "no method", "0171 3920006", "whatsapp", "news", "telepathy", NULL, NULL, NULL, -1 },
    { "customers on a messenger", "0171 3920006", "whatsapp", "news", "existing_customer",
      "2026-11-20T10:00:00Z", "Theke", "Ja", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (grants); i++)
    {
      const Grant *grant = &grants[i];
      g_autoptr (GError) error = NULL;
      gint64 at = grant->at != NULL ? moment (grant->at) : 0;
      gint64 seq = -1;
      int level = -1;
      gboolean done;

      g_test_message ("%s", grant->name);
      done = ruf_record_consent (fixture->context, grant->address, grant->channel, grant->purpose,
                                 grant->method, at, grant->source, grant->wording, &seq, &level,
                                 &error);
      g_assert_cmpint (done, ==, grant->level >= 0);
      g_assert_cmpint (level, ==, grant->level);
      g_assert_true (done ? seq > 0 : error->domain == RUF_ERROR);
      if (!done || at == 0)
        continue;

      /* The same again is not new. */
      done = ruf_record_consent (fixture->context, grant->address, grant->channel, grant->purpose,
                                 grant->method, at, grant->source, grant->wording, &seq, &level,
                                 &error);
      g_assert_true (done);
      g_assert_cmpint (seq, ==, 0);
    }

  g_assert_cmpint (get_status (fixture, "+491713920001", "weekly-offer", NULL), ==,
                   RUF_CONSENT_STATUS_ACTIVE);
  g_assert_cmpint (get_status (fixture, "+491713920006", "news", NULL), ==,
                   RUF_CONSENT_STATUS_NONE);
}

static void
test_withdraw (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rows = -1;

  /* A phone number is an address on WhatsApp, SMS and Signal. */
  ruf_withdraw_consent (fixture->context, "0171 3920009", NULL, NULL, "am Telefon", &events, &rows,
                        &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 3);
  g_assert_cmpint (rows, ==, 0);
  g_assert_cmpint (get_status (fixture, "+491713920009", "news", NULL), ==,
                   RUF_CONSENT_STATUS_WITHDRAWN);

  ruf_withdraw_consent (fixture->context, "0171 3920010", "whatsapp", "Wochenangebote", NULL, &one,
                        NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (get_status (fixture, "+491713920010", "weekly-offer", NULL), ==,
                   RUF_CONSENT_STATUS_WITHDRAWN);
  g_assert_cmpint (get_status (fixture, "+491713920010", "news", NULL), ==,
                   RUF_CONSENT_STATUS_NONE);

  g_assert_false (ruf_withdraw_consent (fixture->context, "Anna", NULL, NULL, NULL, NULL, NULL,
                                        &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/engine/intake/replies", NULL, test_replies);
  ADD ("/engine/intake/replies-twice", NULL, test_replies_twice);
  ADD ("/engine/intake/reply-details", NULL, test_reply_details);
  ADD ("/engine/intake/stop-without-a-time", NULL, test_stop_without_a_time);
  ADD ("/engine/intake/signal-without-a-time", NULL, test_signal_without_a_time);
  ADD ("/engine/intake/settle", NULL, test_settle);
  ADD ("/engine/intake/start-purpose", NULL, test_start_purpose);
  ADD ("/engine/intake/past-campaigns", NULL, test_past_campaigns);
  ADD ("/engine/intake/receipts", NULL, test_receipts);
  ADD ("/engine/intake/shop", GINT_TO_POINTER (FALSE), test_shop);
  ADD ("/engine/intake/shop-receipts-first", GINT_TO_POINTER (TRUE), test_shop);
  ADD ("/engine/intake/record", NULL, test_record);
  ADD ("/engine/intake/withdraw", NULL, test_withdraw);

  return g_test_run ();
}

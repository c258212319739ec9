/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each file of tests/data/contacts has a .import beside it: the people it makes, what they
 * agreed to and what was not taken. With RUF_WRITE_GOLDEN=1 they are written anew, to be looked
 * at. */

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-importer.h"
#include "ruf-moment.h"
#include "ruf-people-table.h"

typedef struct
{
  char       *folder;
  char       *db_path;
  char       *file;
  RufContext *context;
} Shop;

static void
set_up (Shop          *shop,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufClock) clock = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now;

  ruf_moment_parse ("2026-11-23T10:00:00Z", zone, &now);
  clock = ruf_clock_new_at (now);
  shop->folder = g_dir_make_tmp ("ruf-importer-XXXXXX", &error);
  g_assert_no_error (error);
  shop->db_path = g_build_filename (shop->folder, "rundruf.db", NULL);
  shop->file = g_build_filename (shop->folder, "list.csv", NULL);
  shop->context = ruf_context_new (shop->db_path, clock, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
tear_down (Shop          *shop,
           gconstpointer  data)
{
  g_clear_object (&shop->context);
  remove_folder (shop->folder);
  g_free (shop->folder);
  g_free (shop->db_path);
  g_free (shop->file);
}

static void
write_list (Shop       *shop,
            const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (shop->file, text, -1, &error);
  g_assert_no_error (error);
}

static RufImporter *
import_file (Shop       *shop,
             const char *path)
{
  g_autoptr (GError) error = NULL;
  RufImporter *importer = ruf_importer_new (shop->context, path);

  ruf_job_run_sync (RUF_JOB (importer), &error);
  g_assert_no_error (error);
  return importer;
}

static void
append_person (GString         *out,
               const RufPerson *person)
{
  g_string_append_printf (out, "%s", person->name);
  for (guint i = 0; i < person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (person->points, i);

      g_string_append_printf (out, " %s/%s", point->address, point->label ? point->label : "");
    }
  for (guint i = 0; i < person->tags->len; i++)
    g_string_append_printf (out, " #%s", (char *) g_ptr_array_index (person->tags, i));
  for (guint i = 0; i < person->consents->len; i++)
    {
      const RufConsentMark *mark = g_ptr_array_index (person->consents, i);
      g_autofree char *since = mark->since ? ruf_moment_to_iso8601 (mark->since) : NULL;

      g_string_append_printf (out, " [%s/%s %s %s %s]", ruf_channel_to_string (mark->channel),
                              mark->purpose, ruf_consent_status_to_string (mark->status),
                              ruf_evidence_level_to_string (mark->level), since ? since : "");
    }
  g_string_append_c (out, '\n');
}

static gboolean
dump_people (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  RufPeopleQuery query = { .order = RUF_PEOPLE_BY_ADDED };
  g_autoptr (GArray) ids = ruf_people_table_list_ids (db, &query, 0, 0, error);
  g_autoptr (GPtrArray) people = NULL;

  g_assert_no_error (*error);
  people = ruf_people_table_get_many (db, (gint64 *) ids->data, ids->len, error);
  g_assert_no_error (*error);
  for (guint i = 0; i < people->len; i++)
    append_person (data, g_ptr_array_index (people, i));
  return TRUE;
}

static char *
dump (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  ruf_store_read_sync (ruf_context_get_store (shop->context), dump_people, out, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
append_lists (GString     *out,
              RufImporter *importer)
{
  GPtrArray *rejects = ruf_importer_get_rejects (importer);
  GPtrArray *proposals = ruf_importer_get_proposals (importer);

  for (guint i = 0; i < rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (rejects, i);

      g_string_append_printf (out, "%u %s %s: %s\n", reject->row,
                              ruf_reject_reason_to_string (reject->reason),
                              reject->column ? reject->column : "",
                              reject->value ? reject->value : "");
    }
  for (guint i = 0; i < proposals->len; i++)
    {
      const RufProposal *proposal = g_ptr_array_index (proposals, i);

      g_string_append_printf (out, "%u %s %s? %s\n", proposal->row, proposal->column,
                              proposal->value, proposal->proposal);
    }
}

static char *
describe_counts (RufImporter *importer)
{
  const RufImportRecord *record = ruf_importer_get_record (importer);

  return g_strdup_printf ("rows %d people %d new %d updated %d unchanged %d duplicates %d "
                          "consents %d rejected %d\n", (int) record->rows, (int) record->people,
                          (int) record->n_new, (int) record->n_updated, (int) record->n_unchanged,
                          (int) record->n_duplicates, (int) record->n_consents,
                          (int) record->n_rejected);
}

static char *
describe_proof (RufImporter *importer)
{
  const RufImportProof *proof = ruf_importer_get_proof (importer);
  GArray *unproven = ruf_importer_get_unproven (importer);
  GString *words = g_string_new (NULL);

  g_string_append_printf (words, "usable %d unproven %d writable %d stopped %d\n",
                          (int) proof->n_usable, (int) proof->n_unproven,
                          (int) proof->n_writable, (int) proof->n_stopped);
  for (guint i = 0; i < unproven->len; i++)
    {
      const RufUnproven *row = &g_array_index (unproven, RufUnproven, i);

      g_string_append_printf (words, "%u", row->row);
      for (guint k = 0; k < RUF_N_CONSENT_LACKS; k++)
        if (row->lacks & (1 << k))
          g_string_append_printf (words, " %s", ruf_consent_lack_to_string (1 << k));
      g_string_append_c (words, '\n');
    }
  return g_string_free (words, FALSE);
}

static void
test_golden (Shop          *shop,
             gconstpointer  data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "contacts", data, NULL);
  g_autofree char *golden = g_strconcat (path, ".import", NULL);
  g_autoptr (RufImporter) importer = import_file (shop, path);
  g_autofree char *counts = describe_counts (importer);
  g_autofree char *proof = describe_proof (importer);
  g_autofree char *people = dump (shop);
  g_autofree char *expected = NULL;
  g_autoptr (GString) got = g_string_new (counts);
  g_autoptr (GError) error = NULL;

  g_string_append (got, proof);
  g_string_append (got, people);
  append_lists (got, importer);
  if (g_getenv ("RUF_WRITE_GOLDEN") != NULL)
    g_file_set_contents (golden, got->str, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (golden, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got->str, ==, expected);
}

static void
test_i5_same_file_twice (Shop          *shop,
                         gconstpointer  data)
{
  static const char * const names[] = { "opt-in.csv", "broken.csv", "google-new.csv",
                                        "iphone-3.0.vcf" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "contacts",
                                                     names[i], NULL);
      g_autoptr (RufImporter) first = import_file (shop, path);
      g_autofree char *before = dump (shop);
      g_autoptr (RufImporter) second = import_file (shop, path);
      g_autofree char *after = dump (shop);
      const RufImportRecord *one = ruf_importer_get_record (first);
      const RufImportRecord *two = ruf_importer_get_record (second);

      g_assert_cmpstr (before, ==, after);
      g_assert_cmpint (two->n_new, ==, 0);
      g_assert_cmpint (two->n_updated, ==, 0);
      g_assert_cmpint (two->n_consents, ==, 0);
      g_assert_cmpint (two->n_unchanged, ==, one->people);
      g_assert_cmpint (two->n_duplicates, ==, one->n_duplicates);
      g_assert_cmpint (two->n_rejected, ==, one->n_rejected);
      g_assert_cmpstr (two->sha256, ==, one->sha256);
    }
}

#define HEADER "name,phone,channel,purpose,consent_at,consent_source,consent_text\n"

static gboolean
withdraw (RufDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  RufConsentEvent event = {
    .type = RUF_CONSENT_WITHDRAWN, .address = "+491713920034",
    .channel = RUF_CHANNEL_WHATSAPP, .purpose = RUF_PURPOSE_ALL,
    .method = RUF_CONSENT_METHOD_KEYWORD_INBOUND, .text = "STOP",
    .occurred_at = *(gint64 *) data, .recorded_at = *(gint64 *) data,
  };
  gint64 seq;

  return ruf_people_table_ensure_point (db, RUF_ADDRESS_PHONE, event.address,
                                        1764000000000000, &event.point_id,
                                        error)
         && ruf_consent_table_append (db, &event, &seq, NULL, error);
}

/* Neither the file that was there before the STOP, nor one with a later date. */
static void
test_i7_import_after_stop (Shop          *shop,
                           gconstpointer  data)
{
  static const char * const lists[] = {
    HEADER "Ida,0171 3920034,whatsapp,news,2026-03-01 10:00,Theke,Ja\n",
    HEADER "Ida,0171 3920034,whatsapp,news,2026-11-20 10:00,Theke,Ja\n",
    HEADER "Ida,0171 3920034,whatsapp,news,2026-03-01 10:00,Theke,\n",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 stop;

  ruf_moment_parse ("2026-10-01 12:00", zone, &stop);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (RufImporter) importer = NULL;
      g_autofree char *people = NULL;

      write_list (shop, lists[i]);
      importer = import_file (shop, shop->file);
      if (i == 0)
        ruf_store_write_sync (ruf_context_get_store (shop->context), withdraw, &stop, NULL, &error);
      g_assert_no_error (error);
      people = dump (shop);
      g_assert_nonnull (strstr (people, "withdrawn"));
      g_assert_null (strstr (people, "active"));
    }
}

static gboolean
raise_floor (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return ruf_consent_table_set_floor (db, RUF_CHANNEL_SMS, RUF_EVIDENCE_E2, error);
}

/* What a file claims is weighed with all that is known: a stop, and what the user asks for. It is
 * the same when the file comes again. */
static void
test_proof (Shop          *shop,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 stop = ruf_context_get_now (shop->context) - G_TIME_SPAN_DAY;

  ruf_store_write_sync (ruf_context_get_store (shop->context), withdraw, &stop, NULL, &error);
  g_assert_no_error (error);
  ruf_store_write_sync (ruf_context_get_store (shop->context), raise_floor, NULL, NULL, &error);
  g_assert_no_error (error);
  write_list (shop, HEADER
              "Ida,0171 3920034,whatsapp,\"news,story\",2026-11-22 18:00,Theke,Ja\n"
              "Bob,0171 3920035,whatsapp,\"news,story\",2026-03-01 10:00,Theke,Ja\n"
              "Eva,0171 3920036,sms,news,2026-03-01 10:00,Theke,Ja\n"
              "Uwe,0171 3920037,email,news,2026-03-01 10:00,Theke,Ja\n"
              "Isa,0171 3920038,fax,news,2026-03-01 10:00,Theke,Ja\n"
              "Ben,0171 3920039,whatsapp,,2026-03-01 10:00,Theke,Ja\n"
              "Pia,0171 3920040,whatsapp,news,2027-03-01 10:00,,\n"
              "Max,0171 3920041,,,,Messe,\n");
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (RufImporter) importer = import_file (shop, shop->file);
      g_autofree char *proof = describe_proof (importer);

      g_assert_cmpint (ruf_importer_get_record (importer)->n_consents, ==, round == 0 ? 6 : 0);
      g_assert_cmpstr (proof, ==, "usable 2 unproven 5 writable 1 stopped 1\n"
                       "4 level\n5 address\n6 channel\n7 purpose\n"
                       "8 time-in-future source wording\n");
    }
}

static void
test_wording (Shop          *shop,
              gconstpointer  data)
{
  g_autoptr (RufImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *people = NULL;

  write_list (shop, "name,phone,channel,purpose,consent_at,consent_source\n"
              "Ida,0171 3920034,WhatsApp,\"Wochenangebote, News\",2026-03-01 10:00,Theke\n");
  importer = ruf_importer_new (shop->context, shop->file);
  ruf_importer_set_wording (importer, "Ich bin einverstanden.\n");
  g_assert_true (ruf_job_run_sync (RUF_JOB (importer), &error));
  g_assert_no_error (error);
  g_assert_cmpint (ruf_importer_get_record (importer)->n_consents, ==, 2);
  people = dump (shop);
  g_assert_nonnull (strstr (people, "[whatsapp/weekly-offer active E1 2026-03-01T09:00:00Z]"));
  g_assert_nonnull (strstr (people, "[whatsapp/news active E1 2026-03-01T09:00:00Z]"));
}

static void
test_dry_run (Shop          *shop,
              gconstpointer  data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "contacts", "opt-in.csv",
                                                 NULL);
  g_autoptr (RufImporter) importer = ruf_importer_new (shop->context, path);
  g_autoptr (RufImporter) real = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *people = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *real_counts = NULL;

  ruf_importer_set_dry_run (importer, TRUE);
  g_assert_true (ruf_job_run_sync (RUF_JOB (importer), &error));
  g_assert_no_error (error);
  people = dump (shop);
  g_assert_cmpstr (people, ==, "");
  g_assert_cmpint (ruf_importer_get_record (importer)->id, ==, 0);
  real = import_file (shop, path);
  counts = describe_counts (importer);
  real_counts = describe_counts (real);
  g_assert_cmpstr (counts, ==, real_counts);
}

static gboolean
count_imports (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GPtrArray) imports = ruf_import_table_list (db, error);

  *(guint *) data = imports->len;
  return TRUE;
}

static void
assert_untouched (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *people = dump (shop);
  guint n_imports = 1;

  g_assert_cmpstr (people, ==, "");
  ruf_store_read_sync (ruf_context_get_store (shop->context), count_imports, &n_imports, NULL,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_imports, ==, 0);
}

static void
write_long_list (Shop *shop)
{
  g_autoptr (GString) text = g_string_new (HEADER);

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "Ida %u,+49151%08u,whatsapp,news,2026-03-01 10:00,Theke,Ja\n",
                            i, 10000000 + i);
  write_list (shop, text->str);
}

static void
cancel_cb (RufJob     *job,
           GParamSpec *pspec,
           gpointer    user_data)
{
  if (ruf_job_get_done (job) > 0 && ruf_job_get_state (job) == RUF_JOB_RUNNING)
    ruf_job_cancel (job);
}

static void
test_cancel (Shop          *shop,
             gconstpointer  data)
{
  g_autoptr (RufImporter) importer = ruf_importer_new (shop->context, shop->file);
  g_autofree char *rejects = g_build_filename (shop->folder, "rejects.csv", NULL);
  g_autoptr (GError) error = NULL;

  write_long_list (shop);
  ruf_importer_set_rejects_path (importer, rejects);
  g_signal_connect (importer, "notify::done", G_CALLBACK (cancel_cb), NULL);
  g_assert_false (ruf_job_run_sync (RUF_JOB (importer), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (ruf_job_get_state (RUF_JOB (importer)), ==, RUF_JOB_CANCELLED);
  g_assert_false (g_file_test (rejects, G_FILE_TEST_EXISTS));
  assert_untouched (shop);
}

/* A spreadsheet saves the file while it is read. */
static void
save_again_cb (RufJob     *job,
               GParamSpec *pspec,
               Shop       *shop)
{
  FILE *file = g_fopen (shop->file, "a");

  g_assert_nonnull (file);
  fputs ("Eva,+4915120000000,,,,,\n", file);
  fclose (file);
}

static void
test_changed_file (Shop          *shop,
                   gconstpointer  data)
{
  g_autoptr (RufImporter) importer = ruf_importer_new (shop->context, shop->file);
  g_autoptr (GError) error = NULL;

  write_long_list (shop);
  g_signal_connect (importer, "notify::done", G_CALLBACK (save_again_cb), shop);
  g_assert_false (ruf_job_run_sync (RUF_JOB (importer), &error));
  g_assert_error (error, RUF_ERROR, RUF_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "list.csv"));
  assert_untouched (shop);
}

/* Batches of several threads end up in the order of the file. */
static void
test_order (Shop          *shop,
            gconstpointer  data)
{
  g_autoptr (RufImporter) importer = NULL;
  g_autofree char *people = NULL;
  g_auto (GStrv) lines = NULL;

  write_long_list (shop);
  importer = import_file (shop, shop->file);
  g_assert_cmpint (ruf_importer_get_record (importer)->n_new, ==, 40000);
  g_assert_cmpint (ruf_importer_get_record (importer)->n_consents, ==, 40000);
  people = dump (shop);
  lines = g_strsplit (people, "\n", -1);
  for (guint i = 0; i < 40000; i += 997)
    {
      g_autofree char *start = g_strdup_printf ("Ida %u +49151%08u/mobile ", i, 10000000 + i);

      g_assert_true (g_str_has_prefix (lines[i], start));
    }
}

static void
test_rejects_file (Shop          *shop,
                   gconstpointer  data)
{
  g_autoptr (RufImporter) importer = ruf_importer_new (shop->context, shop->file);
  g_autofree char *rejects = g_build_filename (shop->folder, "rejects.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  write_list (shop, "name,phone,email\nIda,\"4,91714E+12\",ida@example.org\nBob,=1+1,\nEva,,\n");
  ruf_importer_set_rejects_path (importer, rejects);
  g_assert_true (ruf_job_run_sync (RUF_JOB (importer), &error));
  g_file_get_contents (rejects, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "\xef\xbb\xbf\"Row\";\"Column\";\"Reason\";\"Value\"\r\n"
                   "\"2\";\"phone\";\"phone-damaged\";\"4,91714E+12\"\r\n"
                   "\"3\";\"phone\";\"phone-invalid\";\"'=1+1\"\r\n"
                   "\"4\";\"\";\"no-address\";\"Eva\"\r\n");
  g_assert_cmpint (ruf_importer_get_record (importer)->n_new, ==, 1);
  g_assert_cmpint (ruf_importer_get_record (importer)->n_rejected, ==, 2);
}

static char *
describe_remarks (RufImporter *importer)
{
  GPtrArray *rejects = ruf_importer_get_rejects (importer);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (rejects, i);

      g_string_append_printf (words, "%u %s %s %s/", reject->row, reject->column,
                              ruf_reject_reason_to_string (reject->reason),
                              ruf_reject_deed_to_string (reject->deed));
    }
  return g_string_free (words, FALSE);
}

/* A name of 100 kB is none, nor is one with a NUL byte in it; the people are taken, and what was
 * done with the cells is told. */
static void
test_long_and_unreadable (Shop          *shop,
                          gconstpointer  data)
{
  g_autofree char *long_name = g_strnfill (100000, 'x');
  g_autoptr (GString) list = g_string_new ("Name;Handy;Vorname;Stichworte;Notizen\n");
  g_autoptr (RufImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *people = NULL;
  g_autofree char *told = NULL;

  g_string_append_printf (list, "%s;0171 3920001;;;\nIda;0171 3920002;%s;\"a,%s\";%s\n", long_name,
                          long_name, long_name, long_name);
  g_string_append_len (list, "An\0na;0171 3920003;;;\n", 22);
  g_string_append (list, "\303\204 \357\277\275rger;0171 3920004;;;kurz\n");
  g_file_set_contents (shop->file, list->str, list->len, &error);
  g_assert_no_error (error);
  importer = import_file (shop, shop->file);
  g_assert_cmpint (ruf_importer_get_record (importer)->n_new, ==, 4);
  g_assert_cmpint (ruf_importer_get_record (importer)->n_rejected, ==, 0);

  told = describe_remarks (importer);
  g_assert_cmpstr (told, ==, "2 Name too-long cut/3 Vorname too-long cut/3 Notizen too-long cut/"
                   "3 Stichworte too-long cut/4 Name unreadable-character replaced/"
                   "5 Name unreadable-character replaced/");
  people = dump (shop);
  long_name[200] = '\0';
  g_assert_true (g_str_has_prefix (people, long_name));
  g_assert_cmpuint (strlen (people), <, 1000);
  g_assert_nonnull (strstr (people, "An\357\277\275na "));
}

/* A card has no columns: its entries are known by what they are. */
static void
test_long_card (Shop          *shop,
                gconstpointer  data)
{
  g_autoptr (GString) card = g_string_new ("BEGIN:VCARD\nVERSION:3.0\nFN:");
  g_autoptr (RufImporter) importer = NULL;
  g_autofree char *people = NULL;
  g_autofree char *told = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (card, "\327\251\326\274");   /* Hebrew, each letter with a mark */
  g_string_append (card, "\nTEL:0171 3920001\nEND:VCARD\nBEGIN:VCARD\nFN:Ida\nTEL:0171 3920002\n");
  write_list (shop, card->str);
  importer = import_file (shop, shop->file);
  told = describe_remarks (importer);
  g_assert_cmpstr (told, ==, "1 name too-long cut/6 (null) malformed-row not-taken/");
  people = dump (shop);
  g_assert_true (g_utf8_validate (people, -1, NULL));
  g_assert_true (g_str_has_prefix (people, "\327\251\326\274\327\251"));
  g_assert_cmpint (g_utf8_strchr (people, -1, ' ') - people, ==, 400);
}

static void
test_region (Shop          *shop,
             gconstpointer  data)
{
  static const struct { const char *region; gboolean good; } cases[] = {
    { "XX", FALSE }, { "D", FALSE }, { "DEU", FALSE }, { "", FALSE }, { "de", TRUE },
  };

  write_list (shop, "name,phone\nIda,0171 3920034\n");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RufImporter) importer = ruf_importer_new (shop->context, shop->file);
      g_autoptr (GError) error = NULL;

      ruf_importer_set_region (importer, cases[i].region);
      g_assert_cmpint (ruf_job_run_sync (RUF_JOB (importer), &error), ==, cases[i].good);
      if (cases[i].good)
        g_assert_cmpint (ruf_importer_get_record (importer)->n_new, ==, 1);
      else
        {
          g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
          assert_untouched (shop);
        }
    }
}

static void
test_failures (Shop          *shop,
               gconstpointer  data)
{
  static const struct
  {
    const char *text;
    const char *rejects;
    int         code;
  } cases[] = {
    { "Artikel;Preis\nWurst;3\n", NULL, RUF_ERROR_INVALID },
    { "", NULL, RUF_ERROR_INVALID },
    { "name,phone\nIda,0171 3920034\nBob,x\n", "/dev/full", RUF_ERROR_FULL },
    { "name,phone\nIda,0171 3920034\n", "/nowhere/rejects.csv", RUF_ERROR_IO },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RufImporter) importer = ruf_importer_new (shop->context, shop->file);
      g_autoptr (GError) error = NULL;

      write_list (shop, cases[i].text);
      ruf_importer_set_rejects_path (importer, cases[i].rejects);
      g_assert_false (ruf_job_run_sync (RUF_JOB (importer), &error));
      g_assert_error (error, RUF_ERROR, cases[i].code);
      g_assert_cmpint (ruf_importer_get_record (importer)->id, ==, 0);
      assert_untouched (shop);
    }
}

/* One number under two names is one person; a second row of theirs that brings an e-mail address
 * adds it; what is known is not overwritten. */
static void
test_merge (Shop          *shop,
            gconstpointer  data)
{
  g_autoptr (RufImporter) importer = NULL;
  g_autofree char *people = NULL;
  g_autofree char *counts = NULL;

  write_list (shop, "name,phone,email\nIda,0171 3920034,\n"
              "Familie Weiß,+491713920034,ida@example.org\n"
              "Eva,,EVA@example.org\n");
  importer = import_file (shop, shop->file);
  people = dump (shop);
  counts = describe_counts (importer);
  g_assert_cmpstr (people, ==, "Ida +491713920034/mobile ida@example.org/\nEva eva@example.org/\n");
  g_assert_cmpstr (counts, ==, "rows 3 people 2 new 2 updated 0 unchanged 0 duplicates 1 "
                   "consents 0 rejected 0\n");
}

static const char * const files[] = {
  "google-new.csv", "google-old.csv", "outlook-en.csv", "outlook-de-cp1252.csv",
  "excel-de-semicolon.csv", "excel-utf8-bom.csv", "utf16-tab.txt", "minimal.csv", "broken.csv",
  "opt-in.csv", "iphone-3.0.vcf", "android-2.1-quoted-printable.vcf", "outlook-2.1-cp1252.vcf",
  "vcard-4.0.vcf",
};

#define ADD(name, func) g_test_add ("/engine/importer/" name, Shop, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strconcat ("/engine/importer/golden/", files[i], NULL);

      g_test_add (name, Shop, files[i], set_up, test_golden, tear_down);
    }
  ADD ("i5-same-file-twice", test_i5_same_file_twice);
  ADD ("i7-import-after-stop", test_i7_import_after_stop);
  ADD ("proof", test_proof);
  ADD ("wording", test_wording);
  ADD ("dry-run", test_dry_run);
  ADD ("changed-file", test_changed_file);
  ADD ("cancel", test_cancel);
  ADD ("order", test_order);
  ADD ("rejects-file", test_rejects_file);
  ADD ("long-and-unreadable", test_long_and_unreadable);
  ADD ("long-card", test_long_card);
  ADD ("region", test_region);
  ADD ("failures", test_failures);
  ADD ("merge", test_merge);
  return g_test_run ();
}

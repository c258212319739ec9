/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sample shop's year, file by file, by the same jobs that the user's own files go
 * through. A step that is done stands in the settings, so that a second call skips it; each
 * may also be repeated, because no file changes anything when it comes again. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-campaign-table.h"
#include "ruf-csv-reader.h"
#include "ruf-demo-shop.h"
#include "ruf-error.h"
#include "ruf-importer.h"
#include "ruf-intake.h"
#include "ruf-people-table.h"
#include "ruf-reach.h"

typedef struct
{
  RufContext   *context;
  const char   *sample;
  RufDemoSay    say;
  gpointer      user_data;
  GCancellable *cancellable;
} Shop;

G_GNUC_PRINTF (2, 3) static void
say (Shop       *shop,
     const char *format,
     ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  shop->say (line, shop->user_data);
}

static char *
get_path (Shop       *shop,
          const char *name)
{
  return g_build_filename (shop->sample, name, NULL);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      job)
{
  ruf_job_cancel (job);
}

static gboolean
import_file (Shop         *shop,
             RufImporter  *importer,
             GError      **error)
{
  gulong handler = 0;
  gboolean done;

  if (shop->cancellable != NULL)
    handler = g_cancellable_connect (shop->cancellable, G_CALLBACK (cancelled_cb), importer, NULL);
  done = ruf_job_run_sync (RUF_JOB (importer), error);
  if (shop->cancellable != NULL)
    g_cancellable_disconnect (shop->cancellable, handler);
  return done;
}

static gboolean
take_contacts (Shop    *shop,
               GError **error)
{
  g_autofree char *path = get_path (shop, "contacts.csv");
  g_autoptr (RufImporter) importer = ruf_importer_new (shop->context, path);
  const RufImportRecord *record;

  if (!import_file (shop, importer, error))
    return FALSE;
  record = ruf_importer_get_record (importer);
  say (shop, ngettext ("  contacts.csv: %d customer. An address is no permission yet.",
                       "  contacts.csv: %d customers. An address is no permission yet.",
                       record->people),
       (int) record->people);
  return TRUE;
}

static gboolean
count_consents (RufDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GPtrArray) counts = ruf_people_table_count_consents (db, 0, error);
  gint64 *active = data;

  if (counts == NULL)
    return FALSE;
  for (guint i = 0; i < counts->len; i++)
    {
      RufConsentCount *count = g_ptr_array_index (counts, i);

      if (count->channel == RUF_CHANNEL_WHATSAPP && g_str_equal (count->purpose, "weekly-offer"))
        *active = count->n_active;
    }
  return TRUE;
}

static gboolean
take_opt_ins (Shop    *shop,
              GError **error)
{
  g_autofree char *path = get_path (shop, "opt-ins.csv");
  g_autoptr (RufImporter) importer = ruf_importer_new (shop->context, path);
  const RufImportRecord *record;
  gint64 active = 0;

  if (!import_file (shop, importer, error)
      || !ruf_store_read_sync (ruf_context_get_store (shop->context), count_consents, &active,
                               shop->cancellable, error))
    return FALSE;
  record = ruf_importer_get_record (importer);
  say (shop, ngettext ("  opt-ins.csv: %d consent from the shop’s forms and QR codes.",
                       "  opt-ins.csv: %d consents from the shop’s forms and QR codes.",
                       record->rows),
       (int) record->rows);
  say (shop, ngettext ("  Now %d person agreed to weekly offers on WhatsApp, with date, source and "
                       "wording.",
                       "  Now %d people agreed to weekly offers on WhatsApp, with date, source and "
                       "wording.", active),
       (int) active);
  return TRUE;
}

/* One text of a past week. Borrowed. */
typedef struct
{
  const char *path;
  gint64      now;
  guint       n;
} PastTexts;

enum
{
  COLUMN_CAMPAIGN,
  COLUMN_TITLE,
  COLUMN_TEXT,
  N_COLUMNS
};

static gboolean
find_columns (const RufCsvRow  *header,
              const char       *path,
              guint             columns[N_COLUMNS],
              GError          **error)
{
  static const char * const names[N_COLUMNS] = { "campaign", "title", "text" };

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      columns[i] = G_MAXUINT;
      for (guint j = 0; header != NULL && j < header->n_fields; j++)
        if (g_str_equal (header->fields[j], names[i]))
          columns[i] = j;
      if (columns[i] == G_MAXUINT)
        {
          g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
                       _("“%s” has no column “%s”. Install Rundruf again."), path, names[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
save_text (RufDb            *db,
           const RufCsvRow  *row,
           const guint       columns[N_COLUMNS],
           gint64            now,
           GError          **error)
{
  g_autofree char *name = g_strdup_printf ("%s %s", row->fields[columns[COLUMN_CAMPAIGN]],
                                           row->fields[columns[COLUMN_TITLE]]);
  g_autoptr (RufMessage) message = NULL;

  return ruf_message_table_save (db, name, RUF_CHANNEL_WHATSAPP, row->fields[columns[COLUMN_TEXT]],
                                 now, &message, error);
}

static gboolean
save_texts (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  PastTexts *texts = data;
  g_autoptr (RufCsvReader) reader = ruf_csv_reader_open (texts->path, NULL, 0, error);
  g_autoptr (GError) fault = NULL;
  guint columns[N_COLUMNS];
  const RufCsvRow *row;

  if (reader == NULL
      || !find_columns (ruf_csv_reader_next (reader, cancellable, NULL), texts->path, columns,
                        error))
    return FALSE;
  while ((row = ruf_csv_reader_next (reader, cancellable, &fault)) != NULL)
    {
      if (row->n_fields <= columns[COLUMN_TEXT])
        continue;
      if (!save_text (db, row, columns, texts->now, error))
        return FALSE;
      texts->n++;
    }
  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));
  return fault == NULL;
}

static gboolean
take_texts (Shop    *shop,
            GError **error)
{
  g_autofree char *path = get_path (shop, "campaigns.csv");
  PastTexts texts = { .path = path, .now = ruf_context_get_now (shop->context) };

  if (!ruf_store_write_sync (ruf_context_get_store (shop->context), save_texts, &texts,
                             shop->cancellable, error))
    return FALSE;
  say (shop, ngettext ("  campaigns.csv: the text of %u weekly offer.",
                       "  campaigns.csv: the texts of %u weekly offers.", texts.n),
       texts.n);
  return TRUE;
}

static gboolean
take_messages (Shop    *shop,
               GError **error)
{
  g_autofree char *path = get_path (shop, "messages.csv");
  RufIntake intake = { 0 };
  gboolean done = ruf_intake_past_messages (shop->context, path, NULL, NULL, &intake,
                                            shop->cancellable, error);

  if (done)
    say (shop, ngettext ("  messages.csv: %u message that the shop sent with another program.",
                         "  messages.csv: %u messages that the shop sent with another program.",
                         intake.messages),
         intake.messages);
  ruf_intake_clear (&intake);
  return done;
}

static gboolean
take_receipts (Shop    *shop,
               GError **error)
{
  g_autofree char *path = get_path (shop, "receipts.csv");
  RufIntake intake = { 0 };
  gboolean done = ruf_intake_receipts (shop->context, path, &intake, shop->cancellable, error);

  if (done)
    say (shop, ngettext ("  receipts.csv: %u receipt read; %u of them came twice and count once.",
                         "  receipts.csv: %u receipts read; %u of them came twice and count once.",
                         intake.rows),
         intake.rows, intake.duplicate);
  ruf_intake_clear (&intake);
  return done;
}

static gboolean
take_replies (Shop    *shop,
              GError **error)
{
  g_autofree char *path = get_path (shop, "replies.csv");
  RufIntake intake = { 0 };
  gboolean done = ruf_intake_replies (shop->context, path, &intake, shop->cancellable, error);

  if (done)
    say (shop, _("  replies.csv: STOP %u times, START %u times, something else %u times. Whoever "
                 "wrote STOP gets nothing more."),
         intake.opt_outs, intake.opt_ins, intake.other);
  ruf_intake_clear (&intake);
  return done;
}

static gboolean
take_posts (Shop    *shop,
            GError **error)
{
  static const char * const names[] = { "facebook-posts-1.csv", "facebook-posts-2.csv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = get_path (shop, names[i]);
      g_autoptr (RufMetaFile) file = NULL;

      file = ruf_reach_import (shop->context, path, NULL, shop->cancellable, error);
      if (file == NULL)
        return FALSE;
      say (shop, ngettext ("  %s: %u Facebook post with its figures.",
                           "  %s: %u Facebook posts with their figures.", file->posts->len),
           names[i], file->posts->len);
    }
  return TRUE;
}

static gboolean
take_days (Shop    *shop,
           GError **error)
{
  static const char * const names[] = { "facebook-viewers.csv", "facebook-follows.csv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = get_path (shop, names[i]);
      g_autoptr (RufMetaFile) file = NULL;

      file = ruf_reach_import (shop->context, path, NULL, shop->cancellable, error);
      if (file == NULL)
        return FALSE;
      say (shop, ngettext ("  %s: what the Facebook page reached on %u day.",
                           "  %s: what the Facebook page reached on %u days.", file->days->len),
           names[i], file->days->len);
    }
  return TRUE;
}

static const struct
{
  const char *key;       /* of the setting that says: done */
  gboolean  (*take) (Shop *shop, GError **error);
  const char *headline;  /* said before it, or NULL */
} steps[] = {
  { "demo-contacts", take_contacts, N_("1. Who may be written to") },
  { "demo-opt-ins", take_opt_ins },
  { "demo-texts", take_texts, N_("2. What the shop sent and posted in the past year") },
  { "demo-messages", take_messages },
  { "demo-receipts", take_receipts },
  { "demo-replies", take_replies },
  { "demo-posts", take_posts },
  { "demo-days", take_days },
};

static gboolean
read_done (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  gboolean *done = data;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) fault = NULL;
      g_autofree char *value = ruf_setting_get (db, steps[i].key, &fault);

      if (fault != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
      done[i] = value != NULL;
    }
  return TRUE;
}

static gboolean
write_done (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return ruf_setting_set (db, data, "done", error);
}

static gboolean
is_all_done (const gboolean *done)
{
  gboolean all = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    all &= done[i];
  return all;
}

/**
 * ruf_demo_shop_take_in:
 * @context: a context
 * @sample: the folder with the shop's files
 * @say: (scope call): is told each step, in a sentence
 * @user_data: for @say
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Takes the shop's year in; what is there already is not read again.
 *
 * Returns: %FALSE with the error of the file or of the store; the steps before stay
 */
gboolean
ruf_demo_shop_take_in (RufContext    *context,
                       const char    *sample,
                       RufDemoSay     say_func,
                       gpointer       user_data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  Shop shop = { context, sample, say_func, user_data, cancellable };
  RufStore *store = ruf_context_get_store (context);
  gboolean done[G_N_ELEMENTS (steps)] = { FALSE };

  if (!ruf_store_read_sync (store, read_done, done, cancellable, error))
    return FALSE;

  if (is_all_done (done))
    say (&shop, _("1. and 2. Customers and past year are in already; nothing was read again."));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (done[i])
        continue;
      if (steps[i].headline != NULL)
        say (&shop, "%s", _(steps[i].headline));
      if (!steps[i].take (&shop, error)
          || !ruf_store_write_sync (store, write_done, (gpointer) steps[i].key, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

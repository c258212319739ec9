/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * People to CSV. The headers are words that the importer knows in both languages, so
 * that an export that was worked on in a spreadsheet can come back. There the consents
 * stand only to be read.
 *
 * For programs each consent that holds has a row, in the columns that the importer takes
 * consents from. What comes in again is a document (E1) at best: that somebody wrote
 * START or confirmed is in our log, and a list is no evidence of it.
 */

#include "config.h"

#include "ruf-contact-exporter.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-table.h"
#include "ruf-moment.h"
#include "ruf-people-table.h"

#define PAGE 256

struct _RufContactExporter
{
  RufJob         parent_instance;

  RufContext    *context;
  RufSegment    *segment;
  RufCsvProfile  profile;
  char          *path;
  guint64        rows;
  guint64        consents;
};

G_DEFINE_FINAL_TYPE (RufContactExporter, ruf_contact_exporter, RUF_TYPE_JOB)

/* Columns that stand once; phones and mails follow, as many as are needed. */
typedef enum
{
  COLUMN_NAME,
  COLUMN_FIRST_NAME,
  COLUMN_LAST_NAME,
  COLUMN_ORGANISATION,
  COLUMN_CITY,
  COLUMN_LANGUAGE,
  COLUMN_BIRTHDAY,
  COLUMN_TAGS,
  COLUMN_NOTES,
  COLUMN_TELEGRAM,
  COLUMN_CONSENTS,
  N_COLUMNS,
} Column;

static const char * const machine_headers[N_COLUMNS] = {
  "display_name", "first_name", "last_name", "organisation", "city", "language", "birthday",
  "tags", "notes", "telegram", "consents",
};

/* Translators: the headers of a table that the importer reads back. In German:
 * Anzeigename, Vorname, Nachname, Firma, Ort, Sprache, Geburtstag, Stichworte, Notizen. */
static const char * const human_headers[N_COLUMNS] = {
  N_("Display name"), N_("First name"), N_("Last name"), N_("Company"), N_("City"),
  N_("Language"), N_("Birthday"), N_("Tags"), N_("Notes"), N_("Telegram"), N_("Consents"),
};

/* Behind the addresses, for programs. */
static const char * const consent_headers[] = {
  "channel", "purpose", "consent_at", "consent_source", "consent_text", NULL
};

/* What the store reads for us, in one reading. */
typedef struct
{
  RufContactExporter *self;
  RufDb              *db;
  RufCsvWriter       *writer;
  GArray             *ids;
  guint               n_phones;
  guint               n_emails;
} Export;

static gboolean
is_phone (const RufContactPoint *point)
{
  return point->kind == RUF_ADDRESS_PHONE || point->kind == RUF_ADDRESS_WHATSAPP_USER;
}

static gboolean
is_email (const RufContactPoint *point)
{
  return point->kind == RUF_ADDRESS_EMAIL;
}

static guint
count_points (const RufPerson *person,
              gboolean       (*matches) (const RufContactPoint *))
{
  guint n = 0;

  for (guint i = 0; i < person->points->len; i++)
    n += matches (g_ptr_array_index (person->points, i));

  return n;
}

typedef gboolean (*PersonFunc) (Export           *export,
                                const RufPerson  *person,
                                GError          **error);

/* Hands each person of the list to @func, in order. */
static gboolean
for_each_person (RufDb         *db,
                 Export        *export,
                 PersonFunc     func,
                 guint          step,
                 GCancellable  *cancellable,
                 GError       **error)
{
  guint total = export->ids->len;

  for (guint i = 0; i < total; i += PAGE)
    {
      g_autoptr (GPtrArray) people = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      people = ruf_people_table_get_many (db, &g_array_index (export->ids, gint64, i),
                                          MIN (PAGE, total - i), error);
      if (people == NULL)
        return FALSE;

      for (guint j = 0; j < people->len; j++)
        if (g_ptr_array_index (people, j) != NULL &&
            !func (export, g_ptr_array_index (people, j), error))
          return FALSE;

      ruf_job_set_progress (RUF_JOB (export->self), (guint64) step * total + i, 2 * total);
    }

  return TRUE;
}

static gboolean
count_columns (Export           *export,
               const RufPerson  *person,
               GError          **error)
{
  export->n_phones = MAX (export->n_phones, count_points (person, is_phone));
  export->n_emails = MAX (export->n_emails, count_points (person, is_email));

  return TRUE;
}

static char *
join_tags (const RufPerson *person)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < person->tags->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (person->tags, i));

  return g_string_free (text, FALSE);
}

static char *
join_consents (const RufPerson *person)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < person->consents->len; i++)
    {
      const RufConsentMark *mark = g_ptr_array_index (person->consents, i);

      g_string_append_printf (text, "%s%s/%s %s %s", i > 0 ? ", " : "",
                              ruf_channel_to_string (mark->channel), mark->purpose,
                              ruf_consent_status_to_string (mark->status),
                              ruf_evidence_level_to_string (mark->level));
    }

  return g_string_free (text, FALSE);
}

/* @only: of these addresses only this one; NULL = all. */
static void
add_points (GPtrArray        *fields,
            const RufPerson  *person,
            gboolean        (*matches) (const RufContactPoint *),
            const char       *only,
            guint             columns)
{
  guint filled = 0;

  for (guint i = 0; i < person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (person->points, i);

      if (!matches (point) || (only != NULL && !g_str_equal (point->address, only)))
        continue;
      g_ptr_array_add (fields, g_strdup (point->address));
      filled++;
    }

  for (; filled < columns; filled++)
    g_ptr_array_add (fields, g_strdup (""));
}

static const char *
find_telegram (const RufPerson *person)
{
  for (guint i = 0; i < person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (person->points, i);

      if (point->kind == RUF_ADDRESS_TELEGRAM)
        return point->address;
    }

  return NULL;
}

static void
add_field (GPtrArray  *fields,
           const char *text)
{
  g_ptr_array_add (fields, g_strdup (text != NULL ? text : ""));
}

static void
add_consent (GPtrArray             *fields,
             const RufConsentEvent *event)
{
  g_autofree char *at = event != NULL && event->occurred_at > 0
                        ? ruf_moment_to_iso8601 (event->occurred_at) : NULL;

  add_field (fields, event != NULL ? ruf_channel_to_string (event->channel) : NULL);
  add_field (fields, event != NULL ? event->purpose : NULL);
  add_field (fields, at);
  add_field (fields, event != NULL ? event->source : NULL);
  add_field (fields, event != NULL ? event->wording : NULL);
}

/* @grant: a consent of the person, NULL = none; @only: just the address that it is about. */
static gboolean
write_row (Export                 *export,
           const RufPerson        *person,
           const RufConsentEvent  *grant,
           gboolean                only,
           GError                **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  const char *address = only ? grant->address : NULL;

  add_field (fields, person->name);
  add_field (fields, person->first_name);
  add_field (fields, person->last_name);
  add_field (fields, person->organisation);
  add_field (fields, person->city);
  add_field (fields, person->language);
  add_field (fields, person->birthday);
  g_ptr_array_add (fields, join_tags (person));
  add_field (fields, person->notes);
  add_field (fields, find_telegram (person));
  g_ptr_array_add (fields, join_consents (person));
  add_points (fields, person, is_phone, address, export->n_phones);
  add_points (fields, person, is_email, address, export->n_emails);
  if (export->self->profile == RUF_CSV_MACHINE)
    add_consent (fields, grant);
  g_ptr_array_add (fields, NULL);

  return ruf_csv_writer_row (export->writer, (const char * const *) fields->pdata, error);
}

/* Whether a row with all addresses would leave open which of them agreed. */
static gboolean
is_ambiguous (const RufPerson *person,
              GPtrArray       *grants)
{
  gboolean phones = count_points (person, is_phone) > 1;
  gboolean emails = count_points (person, is_email) > 1;

  for (guint i = 0; i < grants->len; i++)
    {
      const RufConsentEvent *grant = g_ptr_array_index (grants, i);

      if (grant->channel == RUF_CHANNEL_EMAIL ? emails : phones)
        return TRUE;
    }

  return FALSE;
}

static gboolean
agrees (const RufPerson *person)
{
  for (guint i = 0; i < person->consents->len; i++)
    if (((const RufConsentMark *) g_ptr_array_index (person->consents, i))->status ==
        RUF_CONSENT_STATUS_ACTIVE)
      return TRUE;

  return FALSE;
}

/* A row for each consent; where it would be open whose it is, the person first, and in each row
 * of a consent its address alone. */
static gboolean
write_grants (Export           *export,
              const RufPerson  *person,
              GError          **error)
{
  g_autoptr (GPtrArray) grants = ruf_consent_table_list_grants (export->db, person->id, error);
  gboolean ambiguous;

  if (grants == NULL)
    return FALSE;

  ambiguous = is_ambiguous (person, grants);
  if ((grants->len == 0 || ambiguous) && !write_row (export, person, NULL, FALSE, error))
    return FALSE;

  for (guint i = 0; i < grants->len; i++)
    if (!write_row (export, person, g_ptr_array_index (grants, i), ambiguous, error))
      return FALSE;

  export->self->consents += grants->len;

  return TRUE;
}

static gboolean
write_person (Export           *export,
              const RufPerson  *person,
              GError          **error)
{
  export->self->rows++;

  return export->self->profile == RUF_CSV_MACHINE && agrees (person)
         ? write_grants (export, person, error)
         : write_row (export, person, NULL, FALSE, error);
}

static void
add_numbered (GPtrArray  *headers,
              const char *word,
              guint       n)
{
  for (guint i = 1; i <= n; i++)
    g_ptr_array_add (headers, i == 1 ? g_strdup (word) : g_strdup_printf ("%s %u", word, i));
}

static gboolean
write_headers (Export  *export,
               GError **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new_with_free_func (g_free);
  gboolean human = export->self->profile == RUF_CSV_HUMAN;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_ptr_array_add (headers, g_strdup (human ? _(human_headers[i]) : machine_headers[i]));
  add_numbered (headers, human ? _("Phone") : "phone", export->n_phones);
  add_numbered (headers, human ? _("E-mail") : "email", export->n_emails);
  for (guint i = 0; !human && consent_headers[i] != NULL; i++)
    g_ptr_array_add (headers, g_strdup (consent_headers[i]));
  g_ptr_array_add (headers, NULL);

  return ruf_csv_writer_row (export->writer, (const char * const *) headers->pdata, error);
}

static gboolean
read_people (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Export *export = data;
  RufPeopleQuery query = { .segment = export->self->segment, .order = RUF_PEOPLE_BY_NAME };

  export->db = db;
  export->ids = ruf_people_table_list_ids (db, &query, 0, 0, error);
  if (export->ids == NULL)
    return FALSE;

  return for_each_person (db, export, count_columns, 0, cancellable, error) &&
         write_headers (export, error) &&
         for_each_person (db, export, write_person, 1, cancellable, error);
}

static gboolean
ruf_contact_exporter_run (RufJob        *job,
                          GCancellable  *cancellable,
                          GError       **error)
{
  RufContactExporter *self = RUF_CONTACT_EXPORTER (job);
  g_autoptr (RufCsvWriter) writer = NULL;
  Export export = { .self = self };
  gboolean done;

  writer = ruf_csv_writer_open (self->path, self->profile, error);
  if (writer == NULL)
    return FALSE;

  export.writer = writer;
  self->rows = self->consents = 0;
  done = ruf_store_read_sync (ruf_context_get_store (self->context), read_people, &export,
                              cancellable, error);
  g_clear_pointer (&export.ids, g_array_unref);

  return done && ruf_csv_writer_close (writer, NULL, error);
}

static void
ruf_contact_exporter_finalize (GObject *object)
{
  RufContactExporter *self = RUF_CONTACT_EXPORTER (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->segment, ruf_segment_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (ruf_contact_exporter_parent_class)->finalize (object);
}

static void
ruf_contact_exporter_class_init (RufContactExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_contact_exporter_finalize;
  RUF_JOB_CLASS (klass)->run = ruf_contact_exporter_run;
}

static void
ruf_contact_exporter_init (RufContactExporter *self)
{
}

/**
 * ruf_contact_exporter_new:
 * @context: the context
 * @segment: (nullable): whom to write; %NULL = everyone
 * @profile: for people's spreadsheets or for programs
 * @path: the file, put in place when it is whole
 *
 * Returns: (transfer full): a job that has not run
 */
RufContactExporter *
ruf_contact_exporter_new (RufContext    *context,
                          RufSegment    *segment,
                          RufCsvProfile  profile,
                          const char    *path)
{
  RufContactExporter *self = NULL;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (RUF_TYPE_CONTACT_EXPORTER, NULL);
  self->context = g_object_ref (context);
  self->segment = segment != NULL ? ruf_segment_ref (segment) : NULL;
  self->profile = profile;
  self->path = g_strdup (path);

  return self;
}

/**
 * ruf_contact_exporter_get_rows:
 * @self: an exporter that ran
 *
 * Returns: how many people were written
 */
guint64
ruf_contact_exporter_get_rows (RufContactExporter *self)
{
  g_return_val_if_fail (RUF_IS_CONTACT_EXPORTER (self), 0);

  return self->rows;
}

/**
 * ruf_contact_exporter_get_consents:
 * @self: an exporter that ran
 *
 * Returns: how many consents were written so that they can come in again; none for people's
 *   spreadsheets
 */
guint64
ruf_contact_exporter_get_consents (RufContactExporter *self)
{
  g_return_val_if_fail (RUF_IS_CONTACT_EXPORTER (self), 0);

  return self->consents;
}

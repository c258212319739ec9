/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads what comes back from a backend as a file: delivery receipts (CSV or JSON Lines),
 * replies, and messages that were handed over elsewhere. Columns are found by name. */

#include "config.h"

#include "ruf-receipt-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-csv-reader.h"
#include "ruf-error.h"
#include "ruf-moment.h"
#include "ruf-receipt-lines.h"

#define MAX_COLUMNS 5

/* What is wrong with a row, and in which of the kind's columns. */
typedef struct
{
  RufRejectReason reason;
  guint           column;
} Fault;

/* One kind of file: its columns, and how a row of them becomes a record. */
typedef struct
{
  const char     *format;
  const char     *columns[MAX_COLUMNS + 1];
  guint           n_required;    /* so many of the first columns must be there */
  gpointer      (*parse)         (const char * const *cells,
                                  GTimeZone          *zone,
                                  Fault              *fault);
  GDestroyNotify  free;
} Kind;

/* Spreadsheets and people put blanks around a cell. */
static char *
dup_trimmed (const char *cell)
{
  return g_strstrip (g_strdup (cell));
}

/* The first fault of a row is the one that is told. */
static void
set_fault (Fault           *fault,
           RufRejectReason  reason,
           guint            column)
{
  if (fault->reason == RUF_REJECT_NONE)
    *fault = (Fault) { reason, column };
}

static char *
parse_id (const char *cell,
          Fault      *fault)
{
  char *id = dup_trimmed (cell);

  if (*id == '\0')
    set_fault (fault, RUF_REJECT_ID_MISSING, 0);
  return id;
}

/* 0 where it cannot be read. */
static gint64
parse_time (const char * const *cells,
            guint               column,
            GTimeZone          *zone,
            Fault              *fault)
{
  g_autofree char *time = dup_trimmed (cells[column]);
  gint64 at = 0;

  if (*time == '\0')
    set_fault (fault, RUF_REJECT_TIME_MISSING, column);
  else if (ruf_moment_parse (time, zone, &at) == RUF_MOMENT_NONE)
    set_fault (fault, RUF_REJECT_TIME_INVALID, column);
  return at;
}

static gboolean
parse_status (const char       *cell,
              RufMessageStatus *out)
{
  const RufMessageStatus known[] = {
    RUF_MESSAGE_SENT, RUF_MESSAGE_DELIVERED, RUF_MESSAGE_READ, RUF_MESSAGE_FAILED,
  };
  g_autofree char *word = dup_trimmed (cell);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      *out = known[i];
      if (g_ascii_strcasecmp (word, ruf_message_status_to_string (known[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

/* An error code tells of a failure, whatever the other cells say. */
static gpointer
parse_receipt (const char * const *cells,
               GTimeZone          *zone,
               Fault              *fault)
{
  g_autoptr (RufReceipt) receipt = g_new0 (RufReceipt, 1);
  g_autofree char *code = dup_trimmed (cells[3]);

  receipt->message_id = parse_id (cells[0], fault);
  receipt->at = parse_time (cells, 2, zone, fault);
  if (!parse_status (cells[1], &receipt->status))
    {
      set_fault (fault, RUF_REJECT_UNKNOWN_STATUS, 1);
      receipt->status = RUF_MESSAGE_FAILED;
    }
  if (*receipt->message_id == '\0' || (fault->reason != RUF_REJECT_NONE && *code == '\0'))
    return NULL;

  receipt->error_code = *code != '\0' ? g_steal_pointer (&code) : NULL;
  return g_steal_pointer (&receipt);
}

/* Who wrote what is enough to heed a stop. */
static gpointer
parse_reply (const char * const *cells,
             GTimeZone          *zone,
             Fault              *fault)
{
  g_autoptr (RufReply) reply = g_new0 (RufReply, 1);

  reply->message_id = parse_id (cells[0], fault);
  reply->at = parse_time (cells, 2, zone, fault);
  reply->from = dup_trimmed (cells[1]);
  reply->channel = dup_trimmed (cells[3]);
  reply->text = g_strdup (cells[4]);
  if (*reply->from != '\0' && *reply->channel != '\0')
    return g_steal_pointer (&reply);

  set_fault (fault, RUF_REJECT_MALFORMED_ROW, *reply->from == '\0' ? 1 : 3);
  return NULL;
}

static gpointer
parse_past_message (const char * const *cells,
                    GTimeZone          *zone,
                    Fault              *fault)
{
  g_autoptr (RufPastMessage) message = g_new0 (RufPastMessage, 1);

  message->message_id = parse_id (cells[0], fault);
  message->exported_at = parse_time (cells, 3, zone, fault);
  message->campaign = dup_trimmed (cells[1]);
  message->phone = dup_trimmed (cells[2]);
  if (*message->campaign == '\0' || *message->phone == '\0')
    set_fault (fault, RUF_REJECT_MALFORMED_ROW, *message->campaign == '\0' ? 1 : 2);

  return fault->reason == RUF_REJECT_NONE ? g_steal_pointer (&message) : NULL;
}

/* How each record begins. */
typedef struct
{
  guint      row;
  RufReject *fault;
} Head;
G_STATIC_ASSERT (G_STRUCT_OFFSET (RufReceipt, fault) == G_STRUCT_OFFSET (Head, fault));
G_STATIC_ASSERT (G_STRUCT_OFFSET (RufReply, fault) == G_STRUCT_OFFSET (Head, fault));
G_STATIC_ASSERT (G_STRUCT_OFFSET (RufPastMessage, fault) == G_STRUCT_OFFSET (Head, fault));

static const Kind receipt_kind = {
  .format = "receipts-csv",
  .columns = { "message_id", "status", "at", "error_code", NULL },
  .n_required = 3,
  .parse = parse_receipt,
  .free = (GDestroyNotify) ruf_receipt_free,
};

static const Kind reply_kind = {
  .format = "replies-csv",
  .columns = { "message_id", "from", "at", "channel", "text", NULL },
  .n_required = 5,
  .parse = parse_reply,
  .free = (GDestroyNotify) ruf_reply_free,
};

static const Kind past_message_kind = {
  .format = "messages-csv",
  .columns = { "message_id", "campaign", "phone", "exported_at", NULL },
  .n_required = 4,
  .parse = parse_past_message,
  .free = (GDestroyNotify) ruf_past_message_free,
};

static RufRecordFile *
record_file_new (const char     *format,
                 GDestroyNotify  free_record)
{
  RufRecordFile *self = g_new0 (RufRecordFile, 1);

  self->format = g_strdup (format);
  self->records = g_ptr_array_new_with_free_func (free_record);
  self->doubtful = g_ptr_array_new_with_free_func (free_record);
  self->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_reject_free);

  return self;
}

static void
add_row (RufRecordFile      *self,
         const Kind         *kind,
         guint               row,
         const char * const *cells,
         GTimeZone          *zone)
{
  Fault fault = { 0 };
  Head *record = kind->parse (cells, zone, &fault);
  RufReject *reject = NULL;

  if (fault.reason != RUF_REJECT_NONE)
    {
      reject = ruf_reject_new (row, kind->columns[fault.column], fault.reason,
                               cells[fault.column]);
      g_ptr_array_add (self->rejects, reject);
    }
  if (record == NULL)
    return;

  record->row = row;
  record->fault = reject;
  g_ptr_array_add (reject != NULL ? self->doubtful : self->records, record);
}

static void
add_malformed (RufRecordFile *self,
               guint          row,
               const char    *value)
{
  g_ptr_array_add (self->rejects, ruf_reject_new (row, NULL, RUF_REJECT_MALFORMED_ROW, value));
}

static int
find_header (const RufCsvRow *row,
             const char      *name)
{
  for (guint i = 0; i < row->n_fields; i++)
    {
      g_autofree char *header = dup_trimmed (row->fields[i]);

      if (g_ascii_strcasecmp (header, name) == 0)
        return (int) i;
    }

  return -1;
}

static gboolean
map_columns (const char       *path,
             const Kind       *kind,
             const RufCsvRow  *row,
             int              *index,
             GError          **error)
{
  for (guint i = 0; kind->columns[i] != NULL; i++)
    {
      g_autofree char *all = NULL;

      index[i] = row != NULL ? find_header (row, kind->columns[i]) : -1;
      if (index[i] >= 0 || i >= kind->n_required)
        continue;

      all = g_strjoinv (", ", (char **) kind->columns);
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("“%s” has no column “%s”. Its first row must name the columns: %s."),
                   path, kind->columns[i], all);
      return FALSE;
    }

  return TRUE;
}

static void
read_row (RufRecordFile   *self,
          const Kind      *kind,
          const RufCsvRow *row,
          guint            n_headers,
          const int       *index,
          GTimeZone       *zone)
{
  const char *cells[MAX_COLUMNS];

  self->rows++;
  if (row->unterminated || row->too_long || row->n_fields > n_headers)
    {
      add_malformed (self, row->line, row->fields[0]);
      return;
    }

  for (guint i = 0; i < MAX_COLUMNS; i++)
    cells[i] = "";
  for (guint i = 0; kind->columns[i] != NULL; i++)
    {
      if (index[i] >= 0 && (guint) index[i] < row->n_fields)
        cells[i] = row->fields[index[i]];
    }

  add_row (self, kind, row->line, cells, zone);
}

static RufRecordFile *
read_csv (const char    *path,
          const Kind    *kind,
          GTimeZone     *zone,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (RufCsvReader) csv = ruf_csv_reader_open (path, NULL, 0, error);
  g_autoptr (RufRecordFile) self = record_file_new (kind->format, kind->free);
  g_autoptr (GError) failure = NULL;
  const RufCsvRow *row = NULL;
  int index[MAX_COLUMNS];
  guint n_headers;

  if (csv == NULL)
    return NULL;

  row = ruf_csv_reader_next (csv, cancellable, &failure);
  if (failure == NULL && !map_columns (path, kind, row, index, error))
    return NULL;

  n_headers = row != NULL ? row->n_fields : 0;
  while (failure == NULL && (row = ruf_csv_reader_next (csv, cancellable, &failure)) != NULL)
    {
      if (!row->blank)
        read_row (self, kind, row, n_headers, index, zone);
    }

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  self->encoding = g_strdup (ruf_csv_reader_get_encoding (csv));
  return g_steal_pointer (&self);
}

static RufRecordFile *
read_receipt_lines (RufReceiptLines  *lines,
                    GTimeZone        *zone,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autoptr (RufRecordFile) self = record_file_new ("receipts-jsonl", receipt_kind.free);
  const RufReceiptLine *line;
  g_autoptr (GError) failure = NULL;

  while ((line = ruf_receipt_lines_next (lines, cancellable, &failure)) != NULL)
    {
      self->rows++;
      if (line->malformed)
        add_malformed (self, line->row, line->text);
      else
        add_row (self, &receipt_kind, line->row, (const char * const *) line->cells, zone);
    }

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  self->encoding = g_strdup (ruf_receipt_lines_get_encoding (lines));
  return g_steal_pointer (&self);
}

/**
 * ruf_receipt_file_read:
 * @path: the file
 * @zone: the zone of times that state no offset
 * @cancellable: (nullable): to stop reading
 * @error: return location
 *
 * Reads delivery receipts: CSV with the columns `message_id`, `status`, `at` and, if there
 * is one, `error_code`; or JSON Lines with the same keys, the code as text or as number.
 * Which of the two it is, the file's first letter tells.
 *
 * Rows without an id or time, with a time that cannot be read, or with a status that is none
 * of sent, delivered, read and failed stand in `rejects`; so do lines that are cut off. Those
 * with a message and an error code are `doubtful`.
 *
 * Returns: (transfer full): the receipts in the order of the file; %NULL with
 *   %RUF_ERROR_INVALID where a column is missing, or the error of the file
 */
RufRecordFile *
ruf_receipt_file_read (const char    *path,
                       GTimeZone     *zone,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (RufReceiptLines) lines = NULL;

  g_return_val_if_fail (path != NULL && zone != NULL, NULL);

  lines = ruf_receipt_lines_open (path, error);
  if (lines == NULL)
    return NULL;

  return ruf_receipt_lines_is_json (lines)
         ? read_receipt_lines (lines, zone, cancellable, error)
         : read_csv (path, &receipt_kind, zone, cancellable, error);
}

/**
 * ruf_reply_file_read:
 * @path: the file
 * @zone: the zone of times that state no offset
 * @cancellable: (nullable): to stop reading
 * @error: return location
 *
 * Reads replies of people: CSV with the columns `message_id`, `from`, `at`, `channel` and
 * `text`. The text may be empty and may have several lines; it is kept as it was written.
 * Rows without an id or a readable time are `doubtful` where they say who wrote what.
 *
 * Returns: (transfer full): the replies in the order of the file; %NULL with
 *   %RUF_ERROR_INVALID where a column is missing, or the error of the file
 */
RufRecordFile *
ruf_reply_file_read (const char    *path,
                     GTimeZone     *zone,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (path != NULL && zone != NULL, NULL);

  return read_csv (path, &reply_kind, zone, cancellable, error);
}

/**
 * ruf_past_message_file_read:
 * @path: the file
 * @zone: the zone of times that state no offset
 * @cancellable: (nullable): to stop reading
 * @error: return location
 *
 * Reads messages that were handed over elsewhere: CSV with the columns `message_id`,
 * `campaign`, `phone` and `exported_at`.
 *
 * Returns: (transfer full): the messages in the order of the file; %NULL with
 *   %RUF_ERROR_INVALID where a column is missing, or the error of the file
 */
RufRecordFile *
ruf_past_message_file_read (const char    *path,
                            GTimeZone     *zone,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (path != NULL && zone != NULL, NULL);

  return read_csv (path, &past_message_kind, zone, cancellable, error);
}

/**
 * ruf_record_file_free:
 * @self: a file
 *
 * Frees @self with its records and rejects.
 */
void
ruf_record_file_free (RufRecordFile *self)
{
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->encoding, g_free);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->doubtful, g_ptr_array_unref);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_free (self);
}

/**
 * ruf_receipt_free:
 * @self: a receipt
 *
 * Frees @self and its strings.
 */
void
ruf_receipt_free (RufReceipt *self)
{
  g_clear_pointer (&self->message_id, g_free);
  g_clear_pointer (&self->error_code, g_free);
  g_free (self);
}

/**
 * ruf_reply_free:
 * @self: a reply
 *
 * Frees @self and its strings.
 */
void
ruf_reply_free (RufReply *self)
{
  g_clear_pointer (&self->message_id, g_free);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->text, g_free);
  g_free (self);
}

/**
 * ruf_past_message_free:
 * @self: a message
 *
 * Frees @self and its strings.
 */
void
ruf_past_message_free (RufPastMessage *self)
{
  g_clear_pointer (&self->message_id, g_free);
  g_clear_pointer (&self->campaign, g_free);
  g_clear_pointer (&self->phone, g_free);
  g_free (self);
}

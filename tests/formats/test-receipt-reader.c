/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "ruf-error.h"
#include "ruf-moment.h"
#include "ruf-receipt-reader.h"

typedef RufRecordFile *(*ReadFunc) (const char    *path,
                                    GTimeZone     *zone,
                                    GCancellable  *cancellable,
                                    GError       **error);

static RufRecordFile *
read_text (ReadFunc     func,
           const char  *text,
           gssize       size,
           GError     **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("ruf-receipts-XXXXXX", &path, NULL);
  RufRecordFile *file;

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, size, NULL));
  file = func (path, zone, NULL, error);
  g_unlink (path);
  return file;
}

static void
append_receipt (GString       *out,
                gconstpointer  record)
{
  const RufReceipt *receipt = record;
  g_autofree char *at = ruf_moment_to_iso8601 (receipt->at);

  g_string_append_printf (out, "%u:%s %s %s %s/", receipt->row, receipt->message_id,
                          ruf_message_status_to_string (receipt->status), at,
                          receipt->error_code != NULL ? receipt->error_code : "-");
}

static void
append_reply (GString       *out,
              gconstpointer  record)
{
  const RufReply *reply = record;
  g_autofree char *at = ruf_moment_to_iso8601 (reply->at);

  g_string_append_printf (out, "%u:%s %s %s %s '%s'/", reply->row, reply->message_id, reply->from,
                          at, reply->channel, reply->text);
}

static void
append_past (GString       *out,
             gconstpointer  record)
{
  const RufPastMessage *message = record;
  g_autofree char *at = ruf_moment_to_iso8601 (message->exported_at);

  g_string_append_printf (out, "%u:%s %s %s %s/", message->row, message->message_id,
                          message->campaign, message->phone, at);
}

static char *
describe (const RufRecordFile *file,
          void               (*append) (GString *, gconstpointer))
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < file->records->len; i++)
    append (out, g_ptr_array_index (file->records, i));

  for (guint i = 0; i < file->rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (file->rejects, i);

      g_string_append_printf (out, "!%u %s %s/", reject->row,
                              reject->column != NULL ? reject->column : "row",
                              ruf_reject_reason_to_string (reject->reason));
    }

  return g_string_free (out, FALSE);
}

#define HEAD "message_id,status,at,error_code\n"

static const struct
{
  const char *name;
  ReadFunc    read;
  void      (*append) (GString *, gconstpointer);
  const char *format;
  const char *text;
  const char *expected;
} files[] = {
  { "csv/all-statuses", ruf_receipt_file_read, append_receipt, "receipts-csv",
    HEAD "a,sent,2026-10-15T08:00:00Z,\na,delivered,2026-10-15T10:00:01+02:00,\n"
    "a,READ,2026-10-15 10:00:02,\nb,failed,2026-10-15T08:00:00Z,131026\n",
    "2:a sent 2026-10-15T08:00:00Z -/3:a delivered 2026-10-15T08:00:01Z -/"
    "4:a read 2026-10-15T08:00:02Z -/5:b failed 2026-10-15T08:00:00Z 131026/" },
  { "csv/rejects", ruf_receipt_file_read, append_receipt, "receipts-csv",
    HEAD ",read,2026-10-15T08:00:00Z,\na,delivered,,\na,played,2026-10-15T08:00:00Z,\n"
    "a,read,soon,\na,queued,2026-10-15T08:00:00Z,\n",
    "!2 message_id id-missing/!3 at time-missing/!4 status unknown-status/"
    "!5 at time-invalid/!6 status unknown-status/" },
  { "csv/ragged", ruf_receipt_file_read, append_receipt, "receipts-csv",
    HEAD "a,sent,2026-10-15T08:00:00Z\n\n,,,\na,sent,2026-10-15T08:00:00Z,1,2\n"
    "b,\"sent,2026-10-15T08:00:00Z,\n",
    "2:a sent 2026-10-15T08:00:00Z -/!5 row malformed-row/!6 row malformed-row/" },
  { "csv/other-order", ruf_receipt_file_read, append_receipt, "receipts-csv",
    "AT;Status; Message_ID ;note\n2026-10-15T08:00:00Z;sent; a ;x\n",
    "2:a sent 2026-10-15T08:00:00Z -/" },
  { "jsonl/codes", ruf_receipt_file_read, append_receipt, "receipts-jsonl",
    "{\"message_id\":\"a\",\"status\":\"sent\",\"at\":\"2026-10-22T08:00:06Z\","
    "\"error_code\":null}\n\n"
    "{\"message_id\":\"b\",\"status\":\"failed\",\"at\":\"2026-10-22T08:00:06Z\","
    "\"error_code\":131026,\"extra\":{\"x\":[1]}}\r\n"
    "{\"message_id\":\"c\",\"status\":\"failed\",\"at\":\"2026-10-22T08:00:06Z\","
    "\"error_code\":\"131049\"}",
    "1:a sent 2026-10-22T08:00:06Z -/3:b failed 2026-10-22T08:00:06Z 131026/"
    "4:c failed 2026-10-22T08:00:06Z 131049/" },
  { "jsonl/rejects", ruf_receipt_file_read, append_receipt, "receipts-jsonl",
    "{\"message_id\":\"a\",\"status\":\"deliv\n[1]\ntext\n"
    "{\"status\":\"sent\",\"at\":\"2026-10-22T08:00:06Z\"}\n"
    "{\"message_id\":\"a\",\"status\":\"sent\"}\n"
    "{\"message_id\":\"a\",\"status\":7,\"at\":\"2026-10-22T08:00:06Z\"}\n"
    "{\"message_id\":[],\"status\":\"sent\",\"at\":\"2026-10-22T08:00:06Z\"}\n"
    "{\"message_id\":\"a\",\"status\":\"sent\",\"at\":\"2026-10-22T08:00:06Z\"}"
    "{\"message_id\":\"b\",\"status\":\"sent\",\"at\":\"2026-10-22T08:00:06Z\"}\n"
    "0{\"message_id\":\"c\",\"status\":\"sent\",\"at\":\"2026-10-22T08:00:06Z\"}\n",
    "!1 row malformed-row/!2 row malformed-row/!3 row malformed-row/!4 message_id id-missing/"
    "!5 at time-missing/!6 status unknown-status/!7 message_id id-missing/"
    "!8 row malformed-row/!9 row malformed-row/" },
  { "replies", ruf_reply_file_read, append_reply, "replies-csv",
    "message_id,from,at,channel,text\na,+49 171 3920001,2026-10-15T10:11:00+02:00,whatsapp,\n"
    "b,491713920002,2026-10-15T08:11:00Z,whatsapp,\"two\nlines, one \"\"quote\"\"\"\n"
    "c,,2026-10-15T08:11:00Z,whatsapp,STOP\n,1,2026-10-15T08:11:00Z,sms,STOP\n",
    "2:a +49 171 3920001 2026-10-15T08:11:00Z whatsapp ''/"
    "3:b 491713920002 2026-10-15T08:11:00Z whatsapp 'two\nlines, one \"quote\"'/"
    "!5 from malformed-row/!6 message_id id-missing/" },
  { "past-messages", ruf_past_message_file_read, append_past, "messages-csv",
    "message_id,campaign,phone,exported_at\na,SO-1,+491713920001,2026-02-12T10:00:00+01:00\n"
    "b,,+491713920001,2026-02-12T10:00:00+01:00\nc,SO-1,+491713920001,never\n",
    "2:a SO-1 +491713920001 2026-02-12T09:00:00Z/!3 campaign malformed-row/"
    "!4 exported_at time-invalid/" },
};

static void
test_file (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RufRecordFile) file = read_text (files[i].read, files[i].text, -1, &error);
  g_autofree char *read = NULL;

  g_assert_no_error (error);
  read = describe (file, files[i].append);
  g_assert_cmpstr (read, ==, files[i].expected);
  g_assert_cmpstr (file->format, ==, files[i].format);
  g_assert_cmpuint (file->rows, ==, file->records->len + file->rejects->len);
}

static void
test_missing_column (void)
{
  const struct { ReadFunc read; const char *text; const char *column; } cases[] = {
    { ruf_receipt_file_read, "message_id,state,at\na,sent,2026-10-15T08:00:00Z\n", "status" },
    { ruf_reply_file_read, "message_id,from,at,text\n", "channel" },
    { ruf_past_message_file_read, "Name,Phone\n", "message_id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (cases[i].read, cases[i].text, -1, &error));
      g_assert_error (error, RUF_ERROR, RUF_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].column));
    }
}

/* One bad line costs only itself, however long or deep it is. */
static void
test_monstrous_lines (void)
{
  g_autoptr (GString) text = g_string_new ("{\"message_id\":\"a\",\"status\":\"sent\","
                                           "\"at\":\"2026-10-22T08:00:06Z\"}\n{\"x\":");
  g_autoptr (GError) error = NULL;
  g_autoptr (RufRecordFile) file = NULL;
  gsize before;

  for (guint i = 0; i < 60000; i++)
    g_string_append_c (text, '[');
  g_string_append (text, "\n{\"x\":\"");
  before = text->len;
  g_string_set_size (text, before + 1000000);
  memset (text->str + before, 'y', 1000000);
  g_string_append (text, "\"}\n{\"message_id\":\"b\",\"status\":\"read\","
                         "\"at\":\"2026-10-22T08:00:06Z\"}\n");

  file = read_text (ruf_receipt_file_read, text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->rows, ==, 4);
  g_assert_cmpuint (file->records->len, ==, 2);
  g_assert_cmpuint (file->rejects->len, ==, 2);
  g_assert_cmpuint (((RufReceipt *) file->records->pdata[1])->row, ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/receipt-reader/", files[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_file);
    }
  g_test_add_func ("/formats/receipt-reader/missing-column", test_missing_column);
  g_test_add_func ("/formats/receipt-reader/monstrous-lines", test_monstrous_lines);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"
#include "ruf-cli-output.h"
#include "ruf-context.h"
#include "ruf-job.h"

G_BEGIN_DECLS

/**
 * RufCliCall:
 * One call of the program: its options, its words, and what it works with.
 */
typedef struct _RufCliCall RufCliCall;

typedef gboolean (*RufCliFunc) (RufCliCall  *call,
                                GError     **error);

/**
 * RufCliVerb:
 * One line of the table of verbs. A verb reads its options with ruf_cli_call_parse(),
 * does its work, and answers through the output.
 */
typedef struct
{
  const char *noun;
  const char *name;      /* NULL where the noun is the whole verb: "backup" */
  const char *words;     /* what stands behind it, for the help; NULL = nothing */
  guint       min_words;
  guint       max_words;
  const char *summary;
  const char *example;
  RufCliFunc  func;
  const char *file;      /* what the file that it takes in has to look like, or NULL */
  gboolean    makes_db;  /* where there is none; without, a wrong --db is an error */
} RufCliVerb;

#define RUF_CLI_ANY_WORDS G_MAXUINT

/* Global options; owned strings. */
typedef struct
{
  char     *db;
  char     *now;
  gboolean  json;
  gboolean  quiet;
  gboolean  help;
  gboolean  version;
} RufCliOptions;

gboolean      ruf_cli_options_parse      (RufCliOptions       *self,
                                          GOptionContext      *context,
                                          const GOptionEntry  *entries,
                                          char              ***args,
                                          GError             **error);

RufCliCall   *ruf_cli_call_new           (const RufCliVerb    *verb,
                                          RufCliOptions       *options,
                                          char               **args,
                                          RufCliOutput        *output);
void          ruf_cli_call_free          (RufCliCall          *self);
gboolean      ruf_cli_call_run           (RufCliCall          *self,
                                          GError             **error);

gboolean      ruf_cli_call_parse         (RufCliCall          *self,
                                          const GOptionEntry  *entries,
                                          GError             **error);
guint         ruf_cli_call_get_n_words   (RufCliCall          *self);
const char   *ruf_cli_call_get_word      (RufCliCall          *self,
                                          guint                index);
gboolean      ruf_cli_call_require       (RufCliCall          *self,
                                          const char          *option,
                                          const char          *value,
                                          GError             **error);
gboolean      ruf_cli_call_parse_channel (RufCliCall          *self,
                                          const char          *text,
                                          RufChannel          *channel,
                                          GError             **error);
gboolean      ruf_cli_call_parse_moment  (RufCliCall          *self,
                                          const char          *option,
                                          const char          *text,
                                          gboolean             with_time,
                                          gint64              *moment,
                                          GError             **error);
gboolean      ruf_cli_call_parse_period  (RufCliCall          *self,
                                          const char          *from_text,
                                          const char          *to_text,
                                          gint64              *from,
                                          gint64              *to,
                                          GError             **error);
gboolean      ruf_cli_call_check_page    (RufCliCall          *self,
                                          int                  limit,
                                          int                  offset,
                                          GError             **error);
gboolean      ruf_cli_call_parse_run     (RufCliCall          *self,
                                          gint64              *run_id,
                                          GError             **error);

RufCliOutput *ruf_cli_call_get_output    (RufCliCall          *self);
const char   *ruf_cli_call_get_db_path   (RufCliCall          *self);
RufContext   *ruf_cli_call_open          (RufCliCall          *self,
                                          GError             **error);
void          ruf_cli_call_close         (RufCliCall          *self);
GCancellable *ruf_cli_call_get_cancellable (RufCliCall        *self);
void          ruf_cli_call_forget_cancel (RufCliCall          *self);
gint64        ruf_cli_call_get_now       (RufCliCall          *self);
GTimeZone    *ruf_cli_call_get_zone      (RufCliCall          *self);
gboolean      ruf_cli_call_get_partial   (RufCliCall          *self);
void          ruf_cli_call_set_partial   (RufCliCall          *self);

gboolean      ruf_cli_call_read          (RufCliCall          *self,
                                          RufStoreFunc         func,
                                          gpointer             data,
                                          GError             **error);
gboolean      ruf_cli_call_write         (RufCliCall          *self,
                                          RufStoreFunc         func,
                                          gpointer             data,
                                          GError             **error);
gboolean      ruf_cli_call_run_job       (RufCliCall          *self,
                                          gpointer             job,
                                          const char          *label,
                                          GError             **error);
void          ruf_cli_call_remark        (RufCliCall          *self,
                                          const char          *line);
void          ruf_cli_call_begin         (RufCliCall          *self,
                                          const char          *label);
void          ruf_cli_call_end           (RufCliCall          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCliCall, ruf_cli_call_free)

G_END_DECLS

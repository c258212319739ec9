/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RufCliOutput:
 * What a verb answers. With JSON, members go to stdout as one object and words to
 * stderr; without, members go nowhere and words to stdout.
 */
typedef struct _RufCliOutput RufCliOutput;

RufCliOutput *ruf_cli_output_new          (gboolean      json,
                                           gboolean      quiet);
void          ruf_cli_output_free         (RufCliOutput *self);
gboolean      ruf_cli_output_is_json      (RufCliOutput *self);
gboolean      ruf_cli_output_is_quiet     (RufCliOutput *self);

void          ruf_cli_output_begin_object (RufCliOutput *self,
                                           const char   *name);
void          ruf_cli_output_begin_array  (RufCliOutput *self,
                                           const char   *name);
void          ruf_cli_output_end          (RufCliOutput *self);
void          ruf_cli_output_int          (RufCliOutput *self,
                                           const char   *name,
                                           gint64        value);
void          ruf_cli_output_double       (RufCliOutput *self,
                                           const char   *name,
                                           double        value);
void          ruf_cli_output_boolean      (RufCliOutput *self,
                                           const char   *name,
                                           gboolean      value);
void          ruf_cli_output_string       (RufCliOutput *self,
                                           const char   *name,
                                           const char   *value);
void          ruf_cli_output_moment       (RufCliOutput *self,
                                           const char   *name,
                                           gint64        moment);

void          ruf_cli_output_say          (RufCliOutput *self,
                                           const char   *format,
                                           ...) G_GNUC_PRINTF (2, 3);
void          ruf_cli_output_warn         (RufCliOutput *self,
                                           const char   *format,
                                           ...) G_GNUC_PRINTF (2, 3);
void          ruf_cli_output_error        (RufCliOutput *self,
                                           const GError *error);
gboolean      ruf_cli_output_finish       (RufCliOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCliOutput, ruf_cli_output_free)

G_END_DECLS

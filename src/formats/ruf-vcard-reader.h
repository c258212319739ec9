/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-contact-columns.h"
#include "ruf-contact-record.h"

G_BEGIN_DECLS

/**
 * RufVcardReader:
 * The cards of a vCard file of version 2.1, 3.0 or 4.0, as records.
 */
typedef struct _RufVcardReader RufVcardReader;

RufVcardReader   *ruf_vcard_reader_open         (const char         *path,
                                                 RufContactColumns  *table,
                                                 GError            **error);
void              ruf_vcard_reader_free         (RufVcardReader     *self);
const char       *ruf_vcard_reader_get_format   (RufVcardReader     *self);
const char       *ruf_vcard_reader_get_encoding (RufVcardReader     *self);
goffset           ruf_vcard_reader_get_size     (RufVcardReader     *self);
goffset           ruf_vcard_reader_get_position (RufVcardReader     *self);
RufContactRecord *ruf_vcard_reader_next         (RufVcardReader     *self,
                                                 GCancellable       *cancellable,
                                                 GError            **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufVcardReader, ruf_vcard_reader_free)

G_END_DECLS

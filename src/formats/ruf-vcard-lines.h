/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "ruf-vcard-property.h"

G_BEGIN_DECLS

#define RUF_VCARD_MAX_CARD (1024 * 1024)   /* bytes kept of one card, and of one value */

/**
 * RufVcardLines:
 * The properties of a vCard file one after another: folded lines joined, soft line breaks
 * joined, pictures stepped over. Streams, so that a file, or a line, may be larger than memory.
 */
typedef struct _RufVcardLines RufVcardLines;

gboolean       ruf_vcard_lines_is_vcard     (const char        *path);
RufVcardLines *ruf_vcard_lines_open         (const char        *path,
                                             GError           **error);
void           ruf_vcard_lines_free         (RufVcardLines     *self);
const char    *ruf_vcard_lines_get_encoding (RufVcardLines     *self);
goffset        ruf_vcard_lines_get_size     (RufVcardLines     *self);
goffset        ruf_vcard_lines_get_position (RufVcardLines     *self);
gboolean       ruf_vcard_lines_peek_version (RufVcardLines     *self,
                                             char              *version,
                                             GError           **error);
void           ruf_vcard_lines_set_old      (RufVcardLines     *self,
                                             gboolean           old);
gboolean       ruf_vcard_lines_next         (RufVcardLines     *self,
                                             RufVcardProperty  *property,
                                             GCancellable      *cancellable,
                                             GError           **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufVcardLines, ruf_vcard_lines_free)

G_END_DECLS

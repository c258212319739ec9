/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"
#include "ruf-csv-writer.h"
#include "ruf-job.h"
#include "ruf-segment.h"

G_BEGIN_DECLS

/**
 * RufContactExporter:
 * Writes the people of a segment to a CSV file that the importer reads back.
 */
#define RUF_TYPE_CONTACT_EXPORTER (ruf_contact_exporter_get_type ())
G_DECLARE_FINAL_TYPE (RufContactExporter, ruf_contact_exporter, RUF, CONTACT_EXPORTER, RufJob)

RufContactExporter *ruf_contact_exporter_new      (RufContext         *context,
                                                   RufSegment         *segment,
                                                   RufCsvProfile       profile,
                                                   const char         *path);

guint64 ruf_contact_exporter_get_rows     (RufContactExporter *self);   /* people */
guint64 ruf_contact_exporter_get_consents (RufContactExporter *self);

G_END_DECLS

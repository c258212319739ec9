/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RufMomentPrecision:
 * How much of a moment the text stated. A date without a time is a date.
 */
typedef enum
{
  RUF_MOMENT_NONE,
  RUF_MOMENT_DATE,
  RUF_MOMENT_TIME,
} RufMomentPrecision;

/* Reads ISO 8601 ("2026-03-14T09:12:00+01:00", "2026-04-02 17:40", "2026-06-19"),
 * German ("3.5.2026 10:05", "09.11.25") and Meta's "MM/DD/YYYY HH:MM". Text without
 * an offset is local time of @zone. @out: UTC microseconds (start of day for a date).
 * Returns RUF_MOMENT_NONE where the text is no moment (31.02.2026, "ja"). */
RufMomentPrecision ruf_moment_parse       (const char *text,
                                           GTimeZone  *zone,
                                           gint64     *out);
char              *ruf_moment_to_iso8601  (gint64      moment);  /* "2026-11-23T10:00:00Z" */
char              *ruf_moment_to_local    (gint64      moment,
                                           GTimeZone  *zone);    /* "2026-11-23T11:00:00+01:00" */
/* ISO weeks, as people plan: "2026-W47". Monday first, in @zone. */
char              *ruf_moment_get_week    (gint64      moment,
                                           GTimeZone  *zone);
gint64             ruf_moment_week_start  (gint64      moment,
                                           GTimeZone  *zone);

G_END_DECLS

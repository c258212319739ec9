/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ruf-channel.h"

G_BEGIN_DECLS

/**
 * RufSegment:
 * An expression over people:
 *   tag:stamm and not tag:vip and (city:Bonn or city:"Bad Honnef")
 *   and consent:whatsapp/weekly-offer
 * The empty text is everyone.
 */
typedef struct _RufSegment RufSegment;

typedef enum
{
  RUF_SEGMENT_ALL,
  RUF_SEGMENT_AND,
  RUF_SEGMENT_OR,
  RUF_SEGMENT_NOT,
  RUF_SEGMENT_TAG,
  RUF_SEGMENT_CITY,
  RUF_SEGMENT_LANGUAGE,
  RUF_SEGMENT_CONSENT,   /* value = purpose, channel set */
  RUF_SEGMENT_IMPORT,    /* value = import id */
} RufSegmentKind;

/* Error says at which character (from 1) and what was expected there. */
RufSegment       *ruf_segment_parse       (const char        *text,
                                           GError           **error);
RufSegment       *ruf_segment_ref         (RufSegment        *self);
void              ruf_segment_unref       (RufSegment        *self);
char             *ruf_segment_to_string   (const RufSegment  *self);   /* canonical text */
RufSegmentKind    ruf_segment_get_kind    (const RufSegment  *self);
const char       *ruf_segment_get_value   (const RufSegment  *self);
RufChannel        ruf_segment_get_channel (const RufSegment  *self);
const RufSegment *ruf_segment_get_left    (const RufSegment  *self);   /* NOT: its operand */
const RufSegment *ruf_segment_get_right   (const RufSegment  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufSegment, ruf_segment_unref)

G_END_DECLS

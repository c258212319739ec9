/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-campaign-table.h"

G_BEGIN_DECLS

/**
 * RufPlanCode:
 * What there is to say of a plan. The strings are a contract.
 */
typedef enum
{
  RUF_PLAN_TEXT_TOO_LONG,          /* for somebody who would get it */
  RUF_PLAN_PLACEHOLDER_BROKEN,
  RUF_PLAN_PLACEHOLDER_UNKNOWN,
  RUF_PLAN_WRONG_CHANNEL,          /* the message is for another one */
  RUF_PLAN_NOBODY_AGREED,          /* to this purpose on this channel */
  RUF_PLAN_TIME_PAST,
  RUF_PLAN_OUTSIDE_HOURS,
  RUF_PLAN_ENDS_TOO_EARLY,         /* before it begins */
  RUF_PLAN_OVER,                   /* its end has passed */
  RUF_PLAN_NEVER_INSIDE_HOURS,     /* over before people may be written to */
} RufPlanCode;

/* One remark on a plan. Owned string. */
typedef struct
{
  RufPlanCode  code;
  char        *text;    /* a sentence for people, and what to do */
} RufPlanNote;

const char *ruf_plan_code_to_string (RufPlanCode code);   /* "time-past" */
/* Does nothing leave before this is mended? Else it is only good to know. */
gboolean    ruf_plan_code_blocks    (RufPlanCode code);

void        ruf_plan_note_free      (RufPlanNote *self);
/* RufPlanNote, what blocks first; @campaign need not be saved, but names its message. */
GPtrArray  *ruf_plan_notes_make     (RufDb              *db,
                                     const RufCampaign  *campaign,
                                     gint64              now,
                                     GTimeZone          *zone,
                                     GError            **error);
/* FALSE with REFUSED where one of @notes blocks. */
gboolean    ruf_plan_notes_allow    (GPtrArray          *notes,
                                     GError            **error);

/* "People are written to from Monday to Saturday, 8 to 20 o'clock." with the day or hour that
 * lies outside; NULL where @moment lies inside. */
char       *ruf_plan_say_hours      (gint64              moment,
                                     GTimeZone          *zone);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"
#include "ruf-poster.h"

G_BEGIN_DECLS

/**
 * RufInvitation:
 * What a poster shall invite to. Borrowed strings.
 */
typedef struct
{
  RufPosterSize  size;
  RufChannel     channel;
  const char    *purpose;   /* a key, or a word for one */
  const char    *address;   /* ours: a number, a bot's name, a mail address, as typed */
  const char    *source;    /* a code, NULL to have one made */
  const char    *shop;      /* who writes, NULL for whom the database names */
  const char    *title;     /* instead of the purpose's name, or NULL */
  const char    *wording;   /* what is agreed to, NULL for the usual words */
} RufInvitation;

/* What became of it. Owned strings. */
typedef struct
{
  char     *source;
  char     *message;    /* "Start Wochenangebote Q7F" */
  char     *link;
  gboolean  has_shop;   /* FALSE: there is room for a stamp */
} RufInvitationResult;

void     ruf_invitation_result_clear (RufInvitationResult  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RufInvitationResult, ruf_invitation_result_clear)

gboolean ruf_invitation_write        (RufContext           *context,
                                      const RufInvitation  *self,
                                      const char           *path,
                                      RufInvitationResult  *result,
                                      GError              **error);

G_END_DECLS

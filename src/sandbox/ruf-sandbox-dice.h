/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What becomes of one message. */
typedef enum
{
  RUF_SANDBOX_SENT,        /* taken, and never heard of again */
  RUF_SANDBOX_FAILED,
  RUF_SANDBOX_DELIVERED,
  RUF_SANDBOX_READ,
} RufSandboxFate;

typedef struct
{
  RufSandboxFate  fate;
  const char     *code;              /* for FAILED */
  guint           seconds_sent;      /* after the commit */
  guint           seconds_arrived;   /* delivered or failed */
  guint           seconds_read;
} RufSandboxStory;

double ruf_sandbox_dice_throw (guint64 seed, guint64 turn, const char *question);
void   ruf_sandbox_dice_tell  (guint64 seed, const char *campaign, const char *recipient,
                               RufSandboxStory *story);

G_END_DECLS

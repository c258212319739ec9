/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A server on loopback that answers every request with one prepared answer. */
typedef struct _RufTestLiar RufTestLiar;

typedef enum
{
  LIE_ANSWER,    /* status, type, header, body */
  LIE_RESET,     /* the connection breaks when the request is there */
  LIE_SILENCE,   /* no answer at all */
} RufTestLieKind;

typedef struct
{
  RufTestLieKind  kind;
  guint           status;
  const char     *type;
  const char     *header;      /* name, or NULL */
  const char     *value;
  const char     *body;
  gsize           padding;     /* bytes of body instead */
  char            padding_byte;
} RufTestLie;

RufTestLiar *ruf_test_liar_new     (const RufTestLie *lie);
const char  *ruf_test_liar_get_url (RufTestLiar *self);
/* Of the last request; NULL before the first. */
char        *ruf_test_liar_dup_header (RufTestLiar *self, const char *name);
guint        ruf_test_liar_get_requests (RufTestLiar *self);
void         ruf_test_liar_free    (RufTestLiar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufTestLiar, ruf_test_liar_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"
#include "ruf-db.h"

G_BEGIN_DECLS

/* The newest version of a message. Owned strings. */
typedef struct
{
  gint64      id;
  gint64      version_id;
  int         version;      /* from 1 */
  char       *name;         /* unique */
  RufChannel  channel;
  char       *body;
  gint64      changed_at;
} RufMessage;

void        ruf_message_free       (RufMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufMessage, ruf_message_free)

/* A new version when channel or body changed; the same otherwise. @message: room for the result. */
gboolean ruf_message_table_save (RufDb       *db,
                                 const char  *name,
                                 RufChannel   channel,
                                 const char  *body,
                                 gint64       now,
                                 RufMessage **message,
                                 GError     **error);
/* While it is written: placeholders need not be closed, and a version that no run has used is
 * written over. */
gboolean ruf_message_table_keep (RufDb       *db,
                                 const char  *name,
                                 RufChannel   channel,
                                 const char  *body,
                                 gint64       now,
                                 RufMessage **message,
                                 GError     **error);
RufMessage *ruf_message_table_get (RufDb       *db,
                                   const char  *name,
                                   GError     **error);   /* NOT_FOUND */
RufMessage *ruf_message_table_get_version (RufDb   *db,
                                           gint64   version_id,
                                           GError **error);
/* latest change first */
GPtrArray *ruf_message_table_list (RufDb   *db,
                                   GError **error);
/* Takes it off the list; its versions stay for the runs that used them. _restore undoes. */
gboolean ruf_message_table_remove (RufDb   *db,
                                   gint64   id,
                                   GError **error);
gboolean ruf_message_table_restore (RufDb   *db,
                                    gint64   id,
                                    GError **error);
gboolean ruf_message_table_rename (RufDb       *db,
                                   gint64       id,
                                   const char  *name,
                                   GError     **error);

/* message + channel + purpose + segment + time. Owned strings. */
typedef struct
{
  gint64      id;
  char       *name;         /* unique */
  gint64      message_id;
  char       *message_name; /* filled on read */
  RufChannel  channel;
  char       *purpose;      /* key */
  char       *segment;      /* expression, "" = everyone */
  gint64      send_at;      /* UTC µs */
  gint64      not_after;    /* 0 = none */
} RufCampaign;

RufCampaign *ruf_campaign_new        (void);
void         ruf_campaign_free       (RufCampaign *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufCampaign, ruf_campaign_free)

/* Saves by name; message_name decides about message_id where that is 0. */
gboolean ruf_campaign_table_save (RufDb              *db,
                                  const RufCampaign  *campaign,
                                  gint64              now,
                                  gint64             *id,
                                  GError            **error);
RufCampaign *ruf_campaign_table_get (RufDb       *db,
                                     const char  *name,
                                     GError     **error);
RufCampaign *ruf_campaign_table_get_by_id (RufDb   *db,
                                           gint64   id,
                                           GError **error);
GPtrArray *ruf_campaign_table_list (RufDb   *db,
                                    GError **error);   /* by time, latest first */
/* also its run that waits */
gboolean ruf_campaign_table_move (RufDb   *db,
                                  gint64   id,
                                  gint64   send_at,
                                  GError **error);
/* Moves its end along. */
gboolean ruf_campaign_table_shift (RufDb   *db,
                                   gint64   id,
                                   gint64   send_at,
                                   GError **error);

/* Backends; secrets are not here but in the keyring. Owned strings. */
typedef struct
{
  gint64      id;
  char       *name;
  char       *type;
  GHashTable *settings;     /* char * → char * */
} RufBackendRecord;

void              ruf_backend_record_free (RufBackendRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufBackendRecord, ruf_backend_record_free)
gboolean ruf_backend_table_save (RufDb       *db,
                                 const char  *name,
                                 const char  *type,
                                 GHashTable  *settings,
                                 gint64      *id,
                                 GError     **error);
RufBackendRecord *ruf_backend_table_get (RufDb       *db,
                                         const char  *name,
                                         GError     **error);
GPtrArray *ruf_backend_table_list (RufDb   *db,
                                   GError **error);
/* "" at first */
char *ruf_backend_table_get_cursor (RufDb   *db,
                                    gint64   id,
                                    GError **error);
gboolean ruf_backend_table_set_cursor (RufDb       *db,
                                       gint64       id,
                                       const char  *cursor,
                                       GError     **error);

G_END_DECLS

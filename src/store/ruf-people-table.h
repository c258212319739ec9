/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"
#include "ruf-consent.h"
#include "ruf-db.h"
#include "ruf-person-entry.h"
#include "ruf-segment.h"

G_BEGIN_DECLS

typedef struct
{
  gint64         id;
  RufAddressKind kind;
  char          *address;
  char          *label;
} RufContactPoint;

typedef struct
{
  RufChannel       channel;
  char            *purpose;
  RufConsentStatus status;
  RufEvidenceLevel level;
  gint64           since;     /* UTC µs, 0 = not stated */
} RufConsentMark;

/**
 * RufPerson:
 * A person with addresses, tags and what they agreed to. Owned; strings NULL where unknown.
 */
typedef struct
{
  gint64     id;
  char      *name;
  char      *first_name;
  char      *last_name;
  char      *organisation;
  char      *city;
  char      *language;
  char      *birthday;
  char      *notes;
  GPtrArray *points;     /* RufContactPoint */
  GPtrArray *tags;       /* char * */
  GPtrArray *consents;   /* RufConsentMark */
  gint64     last_message_at;   /* latest outbox row that left, 0 = none */
} RufPerson;

RufPerson *ruf_person_new  (void);
void       ruf_person_free (RufPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufPerson, ruf_person_free)

typedef enum
{
  RUF_UPSERT_NEW,
  RUF_UPSERT_UPDATED,     /* something missing was filled in; nothing is ever overwritten */
  RUF_UPSERT_UNCHANGED,
} RufUpsert;

/* Finds the person by any of the addresses (never by name), fills in what is missing, adds
 * addresses and tags. @point_ids: room for n_points ids, in order. An address that already
 * belongs to somebody else stays there and gives that point's id. */
gboolean ruf_people_table_upsert (RufDb                 *db,
                                  const RufPersonDraft  *draft,
                                  gint64                 import_id,
                                  gint64                 now,
                                  RufUpsert             *result,
                                  gint64                *person_id,
                                  gint64                *point_ids,
                                  GError               **error);
/* As ruf_people_table_upsert(), of a draft that was made ready elsewhere. */
gboolean ruf_people_table_upsert_entry (RufDb                 *db,
                                        const RufPersonEntry  *person,
                                        gint64                 import_id,
                                        gint64                 now,
                                        RufUpsert             *result,
                                        gint64                *person_id,
                                        gint64                *point_ids,
                                        GError               **error);
/* The point of an address, made without a person where it is new (a STOP from a stranger). */
gboolean ruf_people_table_ensure_point (RufDb           *db,
                                        RufAddressKind   kind,
                                        const char      *address,
                                        gint64           now,
                                        gint64          *point_id,
                                        GError         **error);
/* The normalised address of a point; NULL with NOT_FOUND. */
char *ruf_people_table_get_address (RufDb   *db,
                                    gint64   point_id,
                                    GError **error);
RufPerson *ruf_people_table_get (RufDb   *db,
                                 gint64   id,
                                 GError **error);   /* NOT_FOUND */
/* By id ("17"), E.164 or e-mail address. 0 with NOT_FOUND. */
gint64 ruf_people_table_find (RufDb       *db,
                              const char  *words,
                              GError     **error);

typedef enum
{
  RUF_PEOPLE_BY_NAME,
  RUF_PEOPLE_BY_CITY,
  RUF_PEOPLE_BY_ADDED,
} RufPeopleOrder;

typedef struct
{
  const RufSegment *segment;   /* NULL = everyone */
  const char       *search;    /* words, prefix match; NULL or "" = all */
  RufPeopleOrder    order;
  gboolean          descending;
} RufPeopleQuery;

/* All ids of a query in order (gint64): a million takes 0.2 s and 8 MB. @limit 0 = all. */
GArray *ruf_people_table_list_ids (RufDb                 *db,
                                   const RufPeopleQuery  *query,
                                   guint                  limit,
                                   guint                  offset,
                                   GError               **error);
gboolean ruf_people_table_count (RufDb                 *db,
                                 const RufPeopleQuery  *query,
                                 gint64                *count,
                                 GError               **error);
/* RufPerson array in the order of @ids; somebody who is gone is a NULL entry. */
GPtrArray *ruf_people_table_get_many (RufDb         *db,
                                      const gint64  *ids,
                                      guint          n_ids,
                                      GError       **error);
GPtrArray *ruf_people_table_list_tags (RufDb   *db,
                                       GError **error);   /* char *, most used first */

/* Characters of the longest value that anybody has. */
typedef struct
{
  guint name;
  guint first_name;
  guint last_name;
  guint organisation;
  guint city;
} RufPersonLengths;
gboolean ruf_people_table_get_longest (RufDb             *db,
                                       RufPersonLengths  *longest,
                                       GError           **error);

/* Who may be written to, per channel and purpose. */
typedef struct
{
  RufChannel channel;
  char      *purpose;
  gint64     n_active;         /* at or above the floor */
  gint64     n_new;            /* of these since @since */
  gint64     n_stopped;        /* withdrawn since @since */
} RufConsentCount;
void       ruf_consent_count_free     (RufConsentCount *self);
GPtrArray *ruf_people_table_count_consents (RufDb   *db,
                                            gint64   since,
                                            GError **error);

G_END_DECLS

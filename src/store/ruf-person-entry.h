/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"

G_BEGIN_DECLS

/* A person as a file brings it: parsed and normalised. Borrowed strings. */
typedef struct
{
  const char     *name;
  const char     *first_name;
  const char     *last_name;
  const char     *organisation;
  const char     *city;
  const char     *language;
  const char     *birthday;
  const char     *notes;
  const char    **tags;          /* NULL-terminated, or NULL */
  struct {
    RufAddressKind kind;
    const char    *address;      /* normalised */
    const char    *as_entered;
    const char    *label;
  }              *points;
  guint           n_points;
} RufPersonDraft;

/* The text columns of a person. */
typedef enum
{
  RUF_PERSON_NAME,
  RUF_PERSON_FIRST_NAME,
  RUF_PERSON_LAST_NAME,
  RUF_PERSON_ORGANISATION,
  RUF_PERSON_CITY,
  RUF_PERSON_LANGUAGE,
  RUF_PERSON_BIRTHDAY,
  RUF_PERSON_NOTES,
  RUF_PERSON_N_FIELDS
} RufPersonField;

/**
 * RufPersonEntry:
 * A draft with all that follows from it alone: work that needs no database, so that several
 * threads can do it at once.
 */
typedef struct
{
  const RufPersonDraft *draft;
  const char           *fields[RUF_PERSON_N_FIELDS];   /* NULL where empty */
  char                 *composed_name;
  char                 *name_key;
  /* What the search knows of somebody new. */
  char                 *search_name;
  char                 *search_addresses;
  char                 *search_tags;
} RufPersonEntry;

RufPersonEntry *ruf_person_entry_new  (const RufPersonDraft *draft);
void            ruf_person_entry_free (RufPersonEntry       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufPersonEntry, ruf_person_entry_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-db.h"

/* A folder of its own for each test, and a database path in it. */
typedef struct
{
  char  *dir;
  char  *path;
  RufDb *db;      /* where fixture_set_up_db was used */
} Fixture;

void   fixture_set_up    (Fixture *fixture, gconstpointer data);
void   fixture_set_up_db (Fixture *fixture, gconstpointer data);
void   fixture_tear_down (Fixture *fixture, gconstpointer data);

/* One number of a constant SELECT. */
gint64 fixture_count     (RufDb *db, const char *sql);
/* Runs SQL past RufDb, as another program would. */
void   fixture_raw_exec  (const char *path, const char *sql);
/* SHA-256 over all rows of all tables, in order: equal means that nothing changed. */
char  *fixture_digest    (const char *path);

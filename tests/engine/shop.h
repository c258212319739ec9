/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-context.h"
#include "ruf-outbox-table.h"

#define SHOP_NOON G_GINT64_CONSTANT (1795000000000000)   /* Wednesday 2026-11-18, 12:06 in Berlin */

/* A folder, a database in it with people who all consent, and a planned run. */
typedef struct
{
  char       *dir;
  char       *path;
  RufClock   *clock;
  RufContext *context;
  gint64      run_id;
} Shop;

/* The clock stands at noon. */
void    shop_open          (Shop *shop, guint n_people);
void    shop_close         (Shop *shop);
/* Ends the program that has the database open, and begins anew. */
void    shop_leave         (Shop *shop);
void    shop_return        (Shop *shop);

gint64  shop_plan          (Shop *shop, const char *body, gint64 send_at, gint64 not_after);
gint64  shop_add_backend   (Shop *shop, const char *name, const char *type, const char *setting, const char *value);
void    shop_withdraw      (Shop *shop, const char *address);
RufRun *shop_get_run       (Shop *shop);
/* "excluded 1, sent 9", with I1–I8 checked. */
void    shop_assert_counts (Shop *shop, const char *expected);

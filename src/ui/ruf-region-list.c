/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The countries that a number without a country code may be from, for drop-downs. */

#include "config.h"

#include "ruf-region-list.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *code;
  const char *name;
} regions[] = {
  { "DE", N_("Germany (+49)") },
  { "AT", N_("Austria (+43)") },
  { "CH", N_("Switzerland (+41)") },
  { "LI", N_("Liechtenstein (+423)") },
  { "LU", N_("Luxembourg (+352)") },
  { "BE", N_("Belgium (+32)") },
  { "CZ", N_("Czechia (+420)") },
  { "DK", N_("Denmark (+45)") },
  { "ES", N_("Spain (+34)") },
  { "FR", N_("France (+33)") },
  { "GB", N_("United Kingdom (+44)") },
  { "IE", N_("Ireland (+353)") },
  { "IT", N_("Italy (+39)") },
  { "NL", N_("Netherlands (+31)") },
  { "PL", N_("Poland (+48)") },
  { "PT", N_("Portugal (+351)") },
  { "SE", N_("Sweden (+46)") },
  { "US", N_("United States (+1)") },
};

/**
 * ruf_region_list_new:
 *
 * Returns: (transfer full): the countries' names, translated
 */
GtkStringList *
ruf_region_list_new (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++)
    gtk_string_list_append (names, _(regions[i].name));

  return names;
}

/**
 * ruf_region_list_find:
 * @region: (nullable): an ISO 3166 code; NULL is Germany
 *
 * Returns: its position in the list; 0 where it is not there
 */
guint
ruf_region_list_find (const char *region)
{
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    if (g_strcmp0 (regions[i].code, region) == 0)
      return i;

  return 0;
}

/**
 * ruf_region_list_get:
 * @position: in the list
 *
 * Returns: the ISO 3166 code
 */
const char *
ruf_region_list_get (guint position)
{
  g_return_val_if_fail (position < G_N_ELEMENTS (regions), "DE");

  return regions[position].code;
}

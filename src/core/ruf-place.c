/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the parts of the program lie while it runs from the tree it was built in. Whoever
 * tries or mends the program starts it there, and nothing of an older installation must mix
 * in. */

#include "config.h"

#include "ruf-place.h"

#include <libintl.h>
#include <locale.h>

/* The program lies at most so deep below the root of the source tree. */
#define LEVELS 5

/**
 * ruf_place_find:
 * @part: a file or folder below the root of the build or source tree, "data/sample-shop"
 * @witness: (nullable): what lies in it and nowhere else of that name, "contacts.csv"
 *
 * Looks for a part of the program in the folder of the running program and those above it.
 *
 * Returns: (transfer full) (nullable): its path, or %NULL where the program does not run from
 *   the tree it was built in
 */
char *
ruf_place_find (const char *part,
                const char *witness)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  g_return_val_if_fail (part != NULL, NULL);

  for (guint level = 0; folder != NULL && level < LEVELS; level++)
    {
      g_autofree char *place = g_build_filename (folder, part, NULL);
      g_autofree char *inside = g_build_filename (place, witness, NULL);
      char *above = g_path_get_dirname (folder);

      if (g_file_test (inside, G_FILE_TEST_EXISTS))
        {
          g_free (above);
          return g_steal_pointer (&place);
        }

      g_free (folder);
      folder = above;
    }

  return NULL;
}

/**
 * ruf_place_init_locale:
 *
 * Takes the user's locale, and the program's words in the user's language. For the first line
 * of a program.
 */
void
ruf_place_init_locale (void)
{
  g_autofree char *built = ruf_place_find ("po", "de/LC_MESSAGES/" GETTEXT_PACKAGE ".mo");

  setlocale (LC_ALL, "");

  /* Timers and scripts run without a locale; names are UTF-8 all the same. */
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");

  bindtextdomain (GETTEXT_PACKAGE, built != NULL ? built : LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

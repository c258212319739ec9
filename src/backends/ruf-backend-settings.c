/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings of backends: every complaint names the setting. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-backend-settings.h"
#include "ruf-error.h"

/**
 * ruf_backend_settings_check:
 * @settings: (element-type utf8 utf8): what the user set
 * @known: (array zero-terminated=1): what the backend knows
 * @error: return location
 *
 * Finds misspelt settings, which would otherwise be silently without effect.
 *
 * Returns: %FALSE with %RUF_ERROR_INVALID where one is not in @known
 */
gboolean
ruf_backend_settings_check (GHashTable          *settings,
                            const char * const  *known,
                            GError             **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_strv_contains (known, key))
      {
        g_autofree char *all = g_strjoinv (", ", (char **) known);

        g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                     _("This backend has no setting “%s”. It knows: %s."), (char *) key, all);
        return FALSE;
      }
  return TRUE;
}

/**
 * ruf_backend_settings_get:
 * @settings: (element-type utf8 utf8): what the user set
 * @key: a setting that must be there
 * @error: return location
 *
 * Returns: (transfer none): its value, or %NULL with %RUF_ERROR_INVALID
 */
const char *
ruf_backend_settings_get (GHashTable  *settings,
                          const char  *key,
                          GError     **error)
{
  const char *value = g_hash_table_lookup (settings, key);

  if (value == NULL || value[0] == '\0')
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The backend needs the setting “%s”. Set it and try again."), key);
      return NULL;
    }
  return value;
}

/**
 * ruf_backend_settings_get_uint:
 * @settings: (element-type utf8 utf8): what the user set
 * @key: a setting that may be missing
 * @min: least value
 * @max: greatest value
 * @fallback: where it is missing
 * @value: (out): the number
 * @error: return location
 *
 * Returns: %FALSE with %RUF_ERROR_INVALID where it is no number within the bounds
 */
gboolean
ruf_backend_settings_get_uint (GHashTable  *settings,
                               const char  *key,
                               guint        min,
                               guint        max,
                               guint        fallback,
                               guint       *value,
                               GError     **error)
{
  const char *text = g_hash_table_lookup (settings, key);
  guint64 number = fallback;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, min, max, &number, NULL))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                   _("The setting “%s” must be a whole number from %u to %u, not “%s”."),
                   key, min, max, text);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

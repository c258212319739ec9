/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables in a terminal. Cells come from foreign files: control characters never
 * reach the terminal, and long ones are cut.
 */

#include "config.h"

#include "ruf-cli-table.h"

#include <stdio.h>
#include <string.h>

#include "ruf-words.h"

#define WIDEST_CELL 48

struct _RufCliTable
{
  guint      n_columns;
  GPtrArray *cells;      /* char *, row by row, headers first */
  gboolean  *numbers;    /* columns that hold numbers only */
};

static guint
char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

static guint
text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += char_width (g_utf8_get_char (p));

  return width;
}

/* @text in one line of at most 48 columns. */
static char *
fit_cell (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *cell = g_string_new (NULL);
  guint width = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c))
        c = ' ';
      width += char_width (c);
      if (width >= WIDEST_CELL && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (cell, "…");
          break;
        }
      g_string_append_unichar (cell, c);
    }

  return g_string_free (cell, FALSE);
}

/**
 * ruf_cli_table_new:
 * @headers: (array zero-terminated=1): translated headers
 *
 * Returns: (transfer full): a table without rows
 */
RufCliTable *
ruf_cli_table_new (const char * const *headers)
{
  RufCliTable *self = g_new0 (RufCliTable, 1);

  self->n_columns = g_strv_length ((char **) headers);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_new0 (gboolean, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    g_ptr_array_add (self->cells, g_strdup (headers[i]));

  return self;
}

/**
 * ruf_cli_table_free:
 * @self: a table
 *
 * Frees @self.
 */
void
ruf_cli_table_free (RufCliTable *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self->numbers);
  g_free (self);
}

/**
 * ruf_cli_table_add_text:
 * @self: a table
 * @text: (nullable): the next cell, from left to right
 *
 * Adds a cell.
 */
void
ruf_cli_table_add_text (RufCliTable *self,
                        const char  *text)
{
  g_ptr_array_add (self->cells, fit_cell (text != NULL ? text : ""));
}

/**
 * ruf_cli_table_add_int:
 * @self: a table
 * @value: the next cell
 *
 * Adds a number with the locale's separators.
 */
void
ruf_cli_table_add_int (RufCliTable *self,
                       gint64       value)
{
  self->numbers[self->cells->len % self->n_columns] = TRUE;
  g_ptr_array_add (self->cells, g_strdup_printf ("%'" G_GINT64_FORMAT, value));
}

/**
 * ruf_cli_table_add_moment:
 * @self: a table
 * @moment: UTC microseconds; 0 is an empty cell
 * @zone: zone of the reader
 *
 * Adds a moment as the locale writes it.
 */
void
ruf_cli_table_add_moment (RufCliTable *self,
                          gint64       moment,
                          GTimeZone   *zone)
{
  g_autofree char *text = moment != 0 ? ruf_words_short_moment (moment, zone) : NULL;

  ruf_cli_table_add_text (self, text);
}

static guint
column_width (RufCliTable *self,
              guint        column)
{
  guint width = 0;

  for (guint i = column; i < self->cells->len; i += self->n_columns)
    width = MAX (width, text_width (g_ptr_array_index (self->cells, i)));

  return width;
}

static void
append_cell (RufCliTable *self,
             GString     *out,
             guint        index,
             guint        width)
{
  const char *cell = g_ptr_array_index (self->cells, index);
  guint column = index % self->n_columns;
  guint gap = width - text_width (cell);

  if (self->numbers[column])
    g_string_append_printf (out, "%*s%s", gap, "", cell);
  else if (column + 1 < self->n_columns)
    g_string_append_printf (out, "%s%*s", cell, gap, "");
  else
    g_string_append (out, cell);

  g_string_append (out, column + 1 < self->n_columns ? "  " : "\n");
}

/**
 * ruf_cli_table_to_string:
 * @self: a table
 *
 * Returns: (transfer full): the headers and rows, aligned
 */
char *
ruf_cli_table_to_string (RufCliTable *self)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->n_columns; i++)
    widths[i] = column_width (self, i);

  for (guint i = 0; i < self->cells->len; i++)
    append_cell (self, out, i, widths[i % self->n_columns]);

  return g_string_free (out, FALSE);
}

/**
 * ruf_cli_table_print:
 * @self: a table
 *
 * Writes the table to stdout.
 */
void
ruf_cli_table_print (RufCliTable *self)
{
  g_autofree char *text = ruf_cli_table_to_string (self);

  fputs (text, stdout);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables in JSON or in a terminal. Cells come from foreign files: control characters never
 * reach the terminal, and long ones are cut.
 */

#include "config.h"

#include "ruf-cli-table.h"

#include <stdio.h>
#include <glib/gi18n-lib.h>

#include "ruf-words.h"

#define WIDEST_CELL 48

struct _RufCliTable
{
  RufCliOutput *output;
  GTimeZone    *zone;
  guint         n_columns;
  gboolean      for_people; /* JSON goes out at once, columns when all widths are known */
  GPtrArray    *cells;      /* char *, row by row, headers first */
  gboolean     *numbers;    /* columns that hold numbers only */
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
 * @call: the call whose answer it is
 * @member: name of the array in JSON
 * @headers: (array zero-terminated=1): headers, not translated yet
 *
 * Returns: (transfer full): a table without rows
 */
RufCliTable *
ruf_cli_table_new (RufCliCall         *call,
                   const char         *member,
                   const char * const *headers)
{
  RufCliTable *self = g_new0 (RufCliTable, 1);

  self->output = ruf_cli_call_get_output (call);
  self->zone = ruf_cli_call_get_zone (call);
  self->for_people = !ruf_cli_output_is_json (self->output);
  self->n_columns = g_strv_length ((char **) headers);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_new0 (gboolean, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    g_ptr_array_add (self->cells, g_strdup (_(headers[i])));
  ruf_cli_output_begin_array (self->output, member);

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
 * ruf_cli_table_begin_row:
 * @self: a table
 *
 * What is written to the output until [method@CliTable.end_row] belongs to this row, too.
 */
void
ruf_cli_table_begin_row (RufCliTable *self)
{
  ruf_cli_output_begin_object (self->output, NULL);
}

/**
 * ruf_cli_table_add_text:
 * @self: a table
 * @name: (nullable): name of the member in JSON; %NULL for people only
 * @text: (nullable): the next cell, from left to right
 *
 * Adds a cell.
 */
void
ruf_cli_table_add_text (RufCliTable *self,
                        const char  *name,
                        const char  *text)
{
  if (name != NULL)
    ruf_cli_output_string (self->output, name, text);
  if (self->for_people)
    g_ptr_array_add (self->cells, fit_cell (text != NULL ? text : ""));
}

/**
 * ruf_cli_table_add_int:
 * @self: a table
 * @name: (nullable): name of the member in JSON; %NULL for people only
 * @value: the next cell
 *
 * Adds a number, for people with the locale's separators.
 */
void
ruf_cli_table_add_int (RufCliTable *self,
                       const char  *name,
                       gint64       value)
{
  if (name != NULL)
    ruf_cli_output_int (self->output, name, value);
  if (!self->for_people)
    return;

  self->numbers[self->cells->len % self->n_columns] = TRUE;
  g_ptr_array_add (self->cells, g_strdup_printf ("%'" G_GINT64_FORMAT, value));
}

/**
 * ruf_cli_table_add_moment:
 * @self: a table
 * @name: (nullable): name of the member in JSON; %NULL for people only
 * @moment: UTC microseconds; 0 is an empty cell, and null in JSON
 *
 * Adds a moment, for people as they write it.
 */
void
ruf_cli_table_add_moment (RufCliTable *self,
                          const char  *name,
                          gint64       moment)
{
  if (name != NULL)
    ruf_cli_output_moment (self->output, name, moment);
  if (self->for_people)
    g_ptr_array_add (self->cells, moment != 0 ? ruf_words_short_moment (moment, self->zone)
                                              : g_strdup (""));
}

/**
 * ruf_cli_table_end_row:
 * @self: a table
 *
 * The row is complete.
 */
void
ruf_cli_table_end_row (RufCliTable *self)
{
  ruf_cli_output_end (self->output);
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

static char *
format_table (RufCliTable *self)
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
 * ruf_cli_table_finish:
 * @self: a table
 *
 * All rows are there: closes the array, or prints the columns.
 */
void
ruf_cli_table_finish (RufCliTable *self)
{
  g_autofree char *text = NULL;

  ruf_cli_output_end (self->output);
  if (!self->for_people)
    return;

  text = format_table (self);
  fputs (text, stdout);
}

/**
 * ruf_cli_table_say_shown:
 * @self: a table of people that is finished
 * @shown: how many of them it has
 * @total: how many there are
 *
 * Tells people whether that is all.
 */
void
ruf_cli_table_say_shown (RufCliTable *self,
                         gint64       shown,
                         gint64       total)
{
  if (!self->for_people)
    return;

  if (shown < total)
    ruf_cli_output_say (self->output, _("%lld of %lld people. --limit 0 shows all."),
                        (long long) shown, (long long) total);
  else
    ruf_cli_output_say (self->output, ngettext ("%lld person.", "%lld people.", total),
                        (long long) total);
}

/* What a list verb reads. */
typedef struct
{
  const RufCliList *list;
  GPtrArray        *rows;
} Read;

static gboolean
read_rows (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Read *request = data;

  request->rows = request->list->read (db, error);

  return request->rows != NULL;
}

/**
 * ruf_cli_list_run:
 * @call: the call
 * @list: what is listed, and how
 * @error: return location
 *
 * Does all that such a verb does.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_list_run (RufCliCall        *call,
                  const RufCliList  *list,
                  GError           **error)
{
  Read request = { .list = list };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RufCliTable) table = NULL;

  if (!ruf_cli_call_parse (call, NULL, error) ||
      !ruf_cli_call_read (call, read_rows, &request, error))
    return FALSE;

  rows = request.rows;
  table = ruf_cli_table_new (call, list->member, list->headers);
  for (guint i = 0; i < rows->len; i++)
    {
      ruf_cli_table_begin_row (table);
      list->write_row (table, ruf_cli_call_get_output (call), g_ptr_array_index (rows, i));
      ruf_cli_table_end_row (table);
    }
  ruf_cli_table_finish (table);

  return TRUE;
}

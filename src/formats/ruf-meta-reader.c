/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads what Meta Business Suite exports: posts with their lifetime figures, and page
 * metrics day by day. Columns are found by name, in any order; a required few decide what
 * kind of file it is, because Meta changes the others from month to month. */

#include "config.h"

#include "ruf-meta-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ruf-csv-reader.h"
#include "ruf-error.h"
#include "ruf-moment.h"

#define MAX_ROWS 200000

typedef enum
{
  COLUMN_POST_ID,
  COLUMN_PAGE_ID,
  COLUMN_PAGE_NAME,
  COLUMN_TITLE,
  COLUMN_DESCRIPTION,
  COLUMN_TIME,
  COLUMN_PERMALINK,
  COLUMN_TYPE,
  COLUMN_REACH,
  COLUMN_VIEWERS,
  COLUMN_VIEWS,
  COLUMN_IMPRESSIONS,
  COLUMN_REACTIONS,
  COLUMN_COMMENTS,
  COLUMN_SHARES,
  COLUMN_LINK_CLICKS,
  N_COLUMNS,
} Column;

/* English as exported; German by a reconstruction, for no real file was at hand. */
static const struct
{
  Column      column;
  const char *header;
} headers[] = {
  { COLUMN_POST_ID, "post id" },
  { COLUMN_POST_ID, "beitrags-id" },
  { COLUMN_PAGE_ID, "page id" },
  { COLUMN_PAGE_ID, "account id" },
  { COLUMN_PAGE_ID, "seiten-id" },
  { COLUMN_PAGE_ID, "konto-id" },
  { COLUMN_PAGE_NAME, "page name" },
  { COLUMN_PAGE_NAME, "account name" },
  { COLUMN_PAGE_NAME, "seitenname" },
  { COLUMN_PAGE_NAME, "kontoname" },
  { COLUMN_TITLE, "title" },
  { COLUMN_TITLE, "titel" },
  { COLUMN_DESCRIPTION, "description" },
  { COLUMN_DESCRIPTION, "beschreibung" },
  { COLUMN_TIME, "publish time" },
  { COLUMN_TIME, "veröffentlichungszeitpunkt" },
  { COLUMN_PERMALINK, "permalink" },
  { COLUMN_TYPE, "post type" },
  { COLUMN_TYPE, "beitragstyp" },
  { COLUMN_REACH, "reach" },
  { COLUMN_REACH, "reichweite" },
  { COLUMN_VIEWERS, "viewers" },
  { COLUMN_VIEWS, "views" },
  { COLUMN_VIEWS, "aufrufe" },
  { COLUMN_IMPRESSIONS, "impressions" },
  { COLUMN_IMPRESSIONS, "impressionen" },
  { COLUMN_REACTIONS, "reactions" },
  { COLUMN_REACTIONS, "reaktionen" },
  { COLUMN_COMMENTS, "comments" },
  { COLUMN_COMMENTS, "kommentare" },
  { COLUMN_SHARES, "shares" },
  { COLUMN_SHARES, "geteilte inhalte" },
  { COLUMN_LINK_CLICKS, "link clicks" },
  { COLUMN_LINK_CLICKS, "link-klicks" },
};

/* Where each column's figure goes in a RufPost. */
static const struct
{
  Column column;
  gsize  offset;
} figures[] = {
  { COLUMN_REACH, G_STRUCT_OFFSET (RufPost, reach) },
  { COLUMN_VIEWERS, G_STRUCT_OFFSET (RufPost, viewers) },
  { COLUMN_VIEWS, G_STRUCT_OFFSET (RufPost, views) },
  { COLUMN_IMPRESSIONS, G_STRUCT_OFFSET (RufPost, impressions) },
  { COLUMN_REACTIONS, G_STRUCT_OFFSET (RufPost, reactions) },
  { COLUMN_COMMENTS, G_STRUCT_OFFSET (RufPost, comments) },
  { COLUMN_SHARES, G_STRUCT_OFFSET (RufPost, shares) },
  { COLUMN_LINK_CLICKS, G_STRUCT_OFFSET (RufPost, link_clicks) },
};

typedef struct
{
  const char   *path;
  RufCsvReader *csv;
  GTimeZone    *utc;              /* times are kept as written, so any fixed zone does */
  RufMetaFile  *file;
  guint         n_fields;         /* of the header */
  int           index[N_COLUMNS]; /* field of each column, -1 = not there */
  char         *names[N_COLUMNS]; /* its header, for reports */
  GHashTable   *seen;             /* post id (borrowed) → index in file->posts + 1 */
} MetaReader;

static void
meta_reader_clear (MetaReader *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&self->names[i], g_free);
  g_clear_pointer (&self->csv, ruf_csv_reader_free);
  g_clear_pointer (&self->utc, g_time_zone_unref);
  g_clear_pointer (&self->file, ruf_meta_file_free);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MetaReader, meta_reader_clear)

static char *
fold_header (const char *header)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (header));

  return g_utf8_strdown (trimmed, -1);
}

static void
map_header (MetaReader *self,
            const char *header,
            guint       field)
{
  g_autofree char *folded = fold_header (header);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      Column column = headers[i].column;

      if (strcmp (folded, headers[i].header) != 0 || self->index[column] >= 0)
        continue;

      self->index[column] = field;
      self->names[column] = g_strstrip (g_strdup (header));
    }
}

static void
map_headers (MetaReader      *self,
             const RufCsvRow *row)
{
  self->n_fields = row->n_fields;
  for (guint i = 0; i < N_COLUMNS; i++)
    self->index[i] = -1;

  for (guint i = 0; i < row->n_fields; i++)
    map_header (self, row->fields[i], i);
}

static gboolean
has_column (MetaReader *self,
            Column      column)
{
  return self->index[column] >= 0;
}

static gboolean
is_posts (MetaReader *self)
{
  return has_column (self, COLUMN_POST_ID) && has_column (self, COLUMN_TIME)
         && (has_column (self, COLUMN_REACH) || has_column (self, COLUMN_VIEWERS)
             || has_column (self, COLUMN_VIEWS) || has_column (self, COLUMN_IMPRESSIONS));
}

static gboolean
row_has_header (const RufCsvRow *row,
                const char      *prefix)
{
  for (guint i = 0; i < row->n_fields; i++)
    {
      g_autofree char *folded = fold_header (row->fields[i]);

      if (g_str_has_prefix (folded, prefix))
        return TRUE;
    }

  return FALSE;
}

static const char *
get_cell (MetaReader      *self,
          const RufCsvRow *row,
          Column           column)
{
  int index = self->index[column];

  return index >= 0 && (guint) index < row->n_fields ? row->fields[index] : "";
}

static char *
dup_cell (MetaReader      *self,
          const RufCsvRow *row,
          Column           column)
{
  g_autofree char *text = g_strstrip (g_strdup (get_cell (self, row, column)));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* A thousands separator stands between digits and has exactly three of them behind it. */
static gboolean
is_separator (const char *text,
              gsize      *length)
{
  const char *separators[] = { ",", ".", "'", "’", "\u00a0", "\u202f" };

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      *length = strlen (separators[i]);
      if (strncmp (text, separators[i], *length) == 0)
        return g_ascii_isdigit (text[*length]) && g_ascii_isdigit (text[*length + 1])
               && g_ascii_isdigit (text[*length + 2]) && !g_ascii_isdigit (text[*length + 3]);
    }

  return FALSE;
}

/* "2,154" → 2154; an empty cell, "-" and "N/A" → RUF_NOT_MEASURED. FALSE: no count. */
static gboolean
parse_count (const char *text,
             gint64     *out)
{
  g_autofree char *cell = g_strstrip (g_strdup (text));
  gint64 value = 0;
  gsize length;

  *out = RUF_NOT_MEASURED;
  if (*cell == '\0' || strcmp (cell, "-") == 0 || strcmp (cell, "–") == 0
      || g_ascii_strcasecmp (cell, "n/a") == 0)
    return TRUE;

  for (const char *at = cell; *at != '\0';)
    {
      if (g_ascii_isdigit (*at))
        {
          if (value > (G_MAXINT64 - 9) / 10)
            return FALSE;
          value = 10 * value + (*at++ - '0');
        }
      else if (at > cell && is_separator (at, &length))
        at += length;
      else
        return FALSE;
    }

  *out = value;
  return TRUE;
}

/* A spreadsheet that opened the file wrote 1.22158E+17: the digits are gone. */
static gboolean
is_damaged_id (const char *id)
{
  gsize digits = strspn (id, "0123456789.,");

  return digits > 0 && (id[digits] == 'E' || id[digits] == 'e')
         && strspn (id + digits + 1, "+-0123456789") == strlen (id + digits + 1);
}

static char *
parse_time (MetaReader *self,
            const char *text)
{
  gint64 moment;
  g_autoptr (GDateTime) time = NULL;

  if (ruf_moment_parse (text, self->utc, &moment) == RUF_MOMENT_NONE)
    return NULL;

  time = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M") : NULL;
}

static gboolean
reject (MetaReader      *self,
        const RufCsvRow *row,
        const char      *column,
        RufRejectReason  reason,
        const char      *value)
{
  g_ptr_array_add (self->file->rejects, ruf_reject_new (row->line, column, reason, value));
  return FALSE;
}

static gboolean
read_identity (MetaReader      *self,
               const RufCsvRow *row,
               RufPost         *post)
{
  g_autofree char *id = dup_cell (self, row, COLUMN_POST_ID);
  g_autofree char *time = dup_cell (self, row, COLUMN_TIME);

  if (id == NULL || is_damaged_id (id))
    return reject (self, row, self->names[COLUMN_POST_ID], RUF_REJECT_ID_MISSING, id);
  if (time == NULL)
    return reject (self, row, self->names[COLUMN_TIME], RUF_REJECT_TIME_MISSING, NULL);

  post->published_at = parse_time (self, time);
  if (post->published_at == NULL)
    return reject (self, row, self->names[COLUMN_TIME], RUF_REJECT_TIME_INVALID, time);

  post->post_id = g_steal_pointer (&id);
  return TRUE;
}

static gboolean
read_figures (MetaReader      *self,
              const RufCsvRow *row,
              RufPost         *post)
{
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      Column column = figures[i].column;
      const char *cell = get_cell (self, row, column);

      if (!parse_count (cell, &G_STRUCT_MEMBER (gint64, post, figures[i].offset)))
        return reject (self, row, self->names[column], RUF_REJECT_MALFORMED_ROW, cell);
    }

  return TRUE;
}

static void
read_words (MetaReader      *self,
            const RufCsvRow *row,
            RufPost         *post)
{
  post->page_id = dup_cell (self, row, COLUMN_PAGE_ID);
  post->page_name = dup_cell (self, row, COLUMN_PAGE_NAME);
  post->type = dup_cell (self, row, COLUMN_TYPE);
  post->permalink = dup_cell (self, row, COLUMN_PERMALINK);
  post->title = dup_cell (self, row, COLUMN_TITLE);
  if (post->title == NULL)
    post->title = dup_cell (self, row, COLUMN_DESCRIPTION);
  if (post->title == NULL)
    post->title = g_strdup ("");
}

/* Figures are totals since the post went out, so that of two rows the later one counts. */
static void
keep_post (MetaReader *self,
           RufPost    *post)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, post->post_id));

  if (place == 0)
    {
      g_ptr_array_add (self->file->posts, post);
      g_hash_table_insert (self->seen, post->post_id, GUINT_TO_POINTER (self->file->posts->len));
      return;
    }

  self->file->duplicates++;
  g_hash_table_remove (self->seen, post->post_id);
  ruf_post_free (self->file->posts->pdata[place - 1]);
  self->file->posts->pdata[place - 1] = post;
  g_hash_table_insert (self->seen, post->post_id, GUINT_TO_POINTER (place));
}

static void
read_post (MetaReader      *self,
           const RufCsvRow *row)
{
  g_autoptr (RufPost) post = g_new0 (RufPost, 1);

  post->row = row->line;
  if (row->unterminated || row->n_fields > self->n_fields)
    {
      reject (self, row, NULL, RUF_REJECT_MALFORMED_ROW, row->fields[0]);
      return;
    }
  if (!read_identity (self, row, post) || !read_figures (self, row, post))
    return;

  read_words (self, row, post);
  keep_post (self, g_steal_pointer (&post));
}

static void
read_day (MetaReader      *self,
          const RufCsvRow *row)
{
  const char *date = row->fields[0];
  const char *cell = row->n_fields > 1 ? row->fields[1] : "";
  g_autofree char *time = parse_time (self, date);
  RufPageDay day;

  if (row->unterminated || row->n_fields > self->n_fields)
    reject (self, row, NULL, RUF_REJECT_MALFORMED_ROW, date);
  else if (time == NULL)
    reject (self, row, "Date", *date != '\0' ? RUF_REJECT_TIME_INVALID : RUF_REJECT_TIME_MISSING,
            date);
  else if (!parse_count (cell, &day.value))
    reject (self, row, self->file->metric, RUF_REJECT_MALFORMED_ROW, cell);
  else if (day.value != RUF_NOT_MEASURED)
    {
      g_strlcpy (day.day, time, sizeof day.day);
      g_array_append_val (self->file->days, day);
    }
}

static const RufCsvRow *
next_row (MetaReader    *self,
          GCancellable  *cancellable,
          GError       **error)
{
  const RufCsvRow *row;

  do
    row = ruf_csv_reader_next (self->csv, cancellable, error);
  while (row != NULL && row->blank);

  return row;
}

static gboolean
read_rows (MetaReader    *self,
           void         (*read_row) (MetaReader *, const RufCsvRow *),
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GError) failure = NULL;
  const RufCsvRow *row;

  while ((row = next_row (self, cancellable, &failure)) != NULL)
    {
      if (++self->file->rows > MAX_ROWS)
        {
          g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                       _("“%s” has more than %d rows. Export a shorter period and import the "
                         "parts one after another."), self->path, MAX_ROWS);
          return FALSE;
        }
      read_row (self, row);
    }

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_old_insights (const RufCsvRow *row)
{
  return row_has_header (row, "lifetime post ");
}

static gboolean
is_ads (const RufCsvRow *row)
{
  return row_has_header (row, "ausgegebener betrag") || row_has_header (row, "amount spent");
}

static gboolean
fail_unknown (MetaReader       *self,
              const RufCsvRow  *row,
              GError          **error)
{
  if (row != NULL && is_old_insights (row))
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("“%s” is an old Facebook Insights export (fb-insights-posts). These cannot be "
                   "read yet. Export the posts from Meta Business Suite under Insights, Content."),
                 self->path);
  else if (row != NULL && is_ads (row))
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("“%s” is an export of Meta Ads Manager (meta-ads). These cannot be read yet. "
                   "Export the posts from Meta Business Suite under Insights, Content."),
                 self->path);
  else
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("“%s” is not a Meta export: the columns Post ID, Publish time and one of "
                   "Reach, Viewers, Views or Impressions were not found. Export the posts from "
                   "Meta Business Suite under Insights, Content."), self->path);

  return FALSE;
}

static gboolean
is_day_header (const RufCsvRow *row)
{
  g_autofree char *first = row != NULL ? fold_header (row->fields[0]) : NULL;

  return row != NULL && row->n_fields >= 2 && row->n_fields <= 3
         && (strcmp (first, "date") == 0 || strcmp (first, "datum") == 0);
}

static gboolean
read_posts (MetaReader    *self,
            GCancellable  *cancellable,
            GError       **error)
{
  self->file->format = g_strdup ("meta-posts");
  return read_rows (self, read_post, cancellable, error);
}

/* The metric's name stands alone in a line over the header. */
static gboolean
read_days (MetaReader    *self,
           const char    *metric,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *name = g_strstrip (g_strdup (metric));
  g_autoptr (GError) failure = NULL;
  const RufCsvRow *row = next_row (self, cancellable, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!is_day_header (row))
    return fail_unknown (self, row, error);

  self->n_fields = row->n_fields;
  self->file->format = g_strdup ("meta-page-daily");
  self->file->metric = g_steal_pointer (&name);
  return read_rows (self, read_day, cancellable, error);
}

static gboolean
stands_alone (const RufCsvRow *row)
{
  for (guint i = 1; i < row->n_fields; i++)
    {
      if (*row->fields[i] != '\0')
        return FALSE;
    }

  return *row->fields[0] != '\0';
}

static gboolean
read_file (MetaReader    *self,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GError) failure = NULL;
  const RufCsvRow *row = next_row (self, cancellable, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (row == NULL)
    return fail_unknown (self, NULL, error);

  map_headers (self, row);
  if (is_posts (self))
    return read_posts (self, cancellable, error);
  if (stands_alone (row))
    return read_days (self, row->fields[0], cancellable, error);

  return fail_unknown (self, row, error);
}

static RufMetaFile *
meta_file_new (void)
{
  RufMetaFile *self = g_new0 (RufMetaFile, 1);

  self->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_post_free);
  self->days = g_array_new (FALSE, FALSE, sizeof (RufPageDay));
  self->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_reject_free);

  return self;
}

/**
 * ruf_meta_file_read:
 * @path: the exported file
 * @cancellable: (nullable): to stop reading
 * @error: return location
 *
 * Reads an export of Meta Business Suite: posts (format `meta-posts`) or one page metric by
 * day (`meta-page-daily`). An empty cell is %RUF_NOT_MEASURED, never 0. Rows without an id,
 * with an id that a spreadsheet has damaged, or without a time that can be read stand in
 * `rejects` with row and column; of two rows with one id the later counts.
 *
 * Returns: (transfer full): what the file holds; %NULL with %RUF_ERROR_INVALID where it is
 *   no such export, or the error of the file
 */
RufMetaFile *
ruf_meta_file_read (const char    *path,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_auto (MetaReader) self = { .path = path };

  g_return_val_if_fail (path != NULL, NULL);

  self.csv = ruf_csv_reader_open (path, NULL, 0, error);
  if (self.csv == NULL)
    return NULL;

  self.utc = g_time_zone_new_utc ();
  self.file = meta_file_new ();
  self.seen = g_hash_table_new (g_str_hash, g_str_equal);
  if (!read_file (&self, cancellable, error))
    return NULL;

  self.file->encoding = g_strdup (ruf_csv_reader_get_encoding (self.csv));
  self.file->delimiter = ruf_csv_reader_get_delimiter (self.csv);
  return g_steal_pointer (&self.file);
}

/**
 * ruf_meta_file_recognise:
 * @path: any file
 *
 * Looks at the head of a file only. Also knows exports of Meta that cannot be read yet, so
 * that whoever opens one is told so by ruf_meta_file_read().
 *
 * Returns: whether @path is an export of Meta; %FALSE too where it cannot be read
 */
gboolean
ruf_meta_file_recognise (const char *path)
{
  g_auto (MetaReader) self = { .path = path };
  const RufCsvRow *row;

  g_return_val_if_fail (path != NULL, FALSE);

  self.csv = ruf_csv_reader_open (path, NULL, 0, NULL);
  row = self.csv != NULL ? next_row (&self, NULL, NULL) : NULL;
  if (row == NULL)
    return FALSE;

  map_headers (&self, row);
  if (is_posts (&self) || is_old_insights (row) || is_ads (row))
    return TRUE;

  return stands_alone (row) && is_day_header (next_row (&self, NULL, NULL));
}

/**
 * ruf_meta_file_free:
 * @self: a file
 *
 * Frees @self and all it holds.
 */
void
ruf_meta_file_free (RufMetaFile *self)
{
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->encoding, g_free);
  g_clear_pointer (&self->metric, g_free);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->days, g_array_unref);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_free (self);
}

/**
 * ruf_post_free:
 * @self: a post
 *
 * Frees @self and its strings.
 */
void
ruf_post_free (RufPost *self)
{
  g_clear_pointer (&self->post_id, g_free);
  g_clear_pointer (&self->page_id, g_free);
  g_clear_pointer (&self->page_name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->permalink, g_free);
  g_clear_pointer (&self->published_at, g_free);
  g_free (self);
}

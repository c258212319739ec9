/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The people behind one number of a run: a row that unfolds into their names. They are read when
 * it is unfolded for the first time, a hundred at a time. */

#include "config.h"

#include "ruf-run-people.h"

#include <glib/gi18n-lib.h>

#include "ruf-outbox-table.h"
#include "ruf-words.h"

#define PAGE 100

struct _RufRunPeople
{
  AdwExpanderRow parent_instance;

  RufContext   *context;
  GCancellable *cancellable;
  gint64        run_id;
  int           status;
  int           reason;
  char         *error_code;    /* NULL = any */
  guint         n_read;        /* rows read so far */
  GtkWidget    *more;          /* the row "Show More", NULL where all are shown */
  gboolean      reading;
};

G_DEFINE_FINAL_TYPE (RufRunPeople, ruf_run_people, ADW_TYPE_EXPANDER_ROW)

typedef struct
{
  gint64     run_id;
  int        status, reason;
  guint      offset;
  GPtrArray *rows;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->rows, g_ptr_array_unref);
  g_free (page);
}

static gboolean
read_page (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Page *page = data;

  page->rows = ruf_outbox_table_list_rows (db, page->run_id, page->status, page->reason, PAGE,
                                           page->offset, error);
  return page->rows != NULL;
}

static void read_more (RufRunPeople *self);

static GtkWidget *
make_row (const RufOutboxRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  const char *name = row->name != NULL && *row->name != '\0' ? row->name : row->address;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget),
                                 name != NULL ? name : _("A person who was forgotten"));
  if (row->address != NULL && name != row->address)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), row->address);

  return widget;
}

static void
add_more_row (RufRunPeople *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Show More"));

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (read_more), self);
  self->more = gtk_list_box_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->more), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->more), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->more);
}

static void
show_page (RufRunPeople *self,
           GPtrArray    *rows)
{
  if (self->more != NULL)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->more);
  self->more = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const RufOutboxRow *row = g_ptr_array_index (rows, i);

      if (self->error_code == NULL || g_strcmp0 (row->error_code, self->error_code) == 0)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (self), make_row (row));
    }

  self->n_read += rows->len;
  if (rows->len == PAGE)
    add_more_row (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RufRunPeople) self = user_data;
  g_autoptr (GError) error = NULL;
  Page *page = ruf_store_get_task_data (result);

  self->reading = FALSE;
  if (ruf_store_run_finish (RUF_STORE (source), result, &error))
    show_page (self, page->rows);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), error->message);
}

static void
read_more (RufRunPeople *self)
{
  Page *page;

  if (self->reading)
    return;

  self->reading = TRUE;
  page = g_new0 (Page, 1);
  page->run_id = self->run_id;
  page->status = self->status;
  page->reason = self->reason;
  page->offset = self->n_read;
  ruf_store_read_async (ruf_context_get_store (self->context), read_page, page, page_free,
                        self->cancellable, read_cb, g_object_ref (self));
}

static void
expanded_cb (RufRunPeople *self)
{
  if (self->n_read == 0 && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    read_more (self);
}

static void
ruf_run_people_dispose (GObject *object)
{
  RufRunPeople *self = RUF_RUN_PEOPLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (ruf_run_people_parent_class)->dispose (object);
}

static void
ruf_run_people_finalize (GObject *object)
{
  RufRunPeople *self = RUF_RUN_PEOPLE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->error_code, g_free);

  G_OBJECT_CLASS (ruf_run_people_parent_class)->finalize (object);
}

static void
ruf_run_people_class_init (RufRunPeopleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ruf_run_people_dispose;
  object_class->finalize = ruf_run_people_finalize;
}

static void
ruf_run_people_init (RufRunPeople *self)
{
  self->cancellable = g_cancellable_new ();
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

/**
 * ruf_run_people_new:
 * @context: what the window works on
 * @run_id: a run
 * @status: a RufMessageStatus, -1 = any
 * @reason: a RufExcludeReason, -1 = any
 * @error_code: (nullable): the backend's code of a failure, NULL = any
 * @count: how many people there are
 *
 * Returns: (transfer floating): a row that shows @count and unfolds into the people
 */
GtkWidget *
ruf_run_people_new (RufContext *context,
                    gint64      run_id,
                    int         status,
                    int         reason,
                    const char *error_code,
                    gint64      count)
{
  RufRunPeople *self = g_object_new (RUF_TYPE_RUN_PEOPLE, NULL);
  g_autofree char *number = ruf_words_number (count);
  GtkWidget *label = gtk_label_new (number);

  self->context = g_object_ref (context);
  self->run_id = run_id;
  self->status = status;
  self->reason = reason;
  self->error_code = g_strdup (error_code);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), label);

  return GTK_WIDGET (self);
}

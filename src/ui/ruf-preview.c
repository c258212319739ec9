/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The message as it will look on a recipient's phone: a chat bubble, for one real person after
 * the other. */

#include "config.h"

#include "ruf-preview.h"

#include <glib/gi18n-lib.h>

#include "ruf-people-table.h"
#include "ruf-template.h"

#define MAX_PEOPLE 50

struct _RufPreview
{
  AdwBin parent_instance;

  GtkLabel   *recipient;
  GtkWidget  *previous;
  GtkWidget  *next;
  GtkWidget  *bubble;
  GtkLabel   *text;
  GtkLabel   *time;

  RufContext *context;
  RufChannel  channel;
  char       *body;
  GPtrArray  *people;    /* RufPerson */
  guint       at;
};

G_DEFINE_FINAL_TYPE (RufPreview, ruf_preview, ADW_TYPE_BIN)

static const char *
look_up (const char *name,
         gpointer    user_data)
{
  const RufPerson *person = user_data;

  if (person == NULL)
    return NULL;
  if (g_str_equal (name, "first_name"))
    return person->first_name;
  if (g_str_equal (name, "last_name"))
    return person->last_name;
  if (g_str_equal (name, "name"))
    return person->name;
  if (g_str_equal (name, "organisation"))
    return person->organisation;
  if (g_str_equal (name, "city"))
    return person->city;

  return NULL;
}

static const RufPerson *
get_person (RufPreview *self)
{
  if (self->people == NULL || self->at >= self->people->len)
    return NULL;

  return g_ptr_array_index (self->people, self->at);
}

/* A text that cannot be parsed yet, as while typing, is shown as it stands. */
static char *
render (RufPreview *self)
{
  g_autoptr (RufTemplate) template = ruf_template_parse (self->body, NULL);

  if (template == NULL)
    return g_strdup (self->body);

  return ruf_template_render (template, look_up, (gpointer) get_person (self));
}

static void
show (RufPreview *self)
{
  const RufPerson *person = get_person (self);
  guint n = self->people != NULL ? self->people->len : 0;
  g_autofree char *text = render (self);
  g_autofree char *markup = self->channel == RUF_CHANNEL_WHATSAPP
                              ? ruf_markup_to_pango (text)
                              : g_markup_escape_text (text, -1);

  gtk_label_set_text (self->recipient, person == NULL ? _("Nobody in particular")
                                       : person->name != NULL ? person->name : _("No name"));
  gtk_widget_set_sensitive (self->previous, self->at > 0);
  gtk_widget_set_sensitive (self->next, self->at + 1 < n);
  gtk_widget_set_visible (self->bubble, *self->body != '\0');
  gtk_label_set_markup (self->text, markup);
}

static gboolean
read_people (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  GPtrArray **people = data;
  RufPeopleQuery query = { .order = RUF_PEOPLE_BY_NAME };
  g_autoptr (GArray) ids = ruf_people_table_list_ids (db, &query, MAX_PEOPLE, 0, error);

  if (ids == NULL)
    return FALSE;

  *people = ruf_people_table_get_many (db, (gint64 *) (gpointer) ids->data, ids->len, error);
  return *people != NULL;
}

static void
people_free (gpointer data)
{
  GPtrArray **people = data;

  g_clear_pointer (people, g_ptr_array_unref);
  g_free (people);
}

static void
people_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RufPreview) self = user_data;
  GPtrArray **people = ruf_store_get_task_data (result);

  if (!ruf_store_run_finish (RUF_STORE (source), result, NULL))
    return;

  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->people = g_steal_pointer (people);
  self->at = MIN (self->at, MAX (self->people->len, 1) - 1);
  show (self);
}

static void
read_again (RufPreview *self)
{
  ruf_store_read_async (ruf_context_get_store (self->context), read_people,
                        g_new0 (GPtrArray *, 1), people_free, NULL, people_cb,
                        g_object_ref (self));
}

static void
previous_cb (RufPreview *self)
{
  self->at--;
  show (self);
}

static void
next_cb (RufPreview *self)
{
  self->at++;
  show (self);
}

static void
ruf_preview_dispose (GObject *object)
{
  RufPreview *self = RUF_PREVIEW (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->people, g_ptr_array_unref);

  G_OBJECT_CLASS (ruf_preview_parent_class)->dispose (object);
}

static void
ruf_preview_finalize (GObject *object)
{
  g_free (RUF_PREVIEW (object)->body);

  G_OBJECT_CLASS (ruf_preview_parent_class)->finalize (object);
}

static void
ruf_preview_class_init (RufPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_preview_dispose;
  object_class->finalize = ruf_preview_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rundruf/Rundruf/ruf-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, RufPreview, recipient);
  gtk_widget_class_bind_template_child (widget_class, RufPreview, previous);
  gtk_widget_class_bind_template_child (widget_class, RufPreview, next);
  gtk_widget_class_bind_template_child (widget_class, RufPreview, bubble);
  gtk_widget_class_bind_template_child (widget_class, RufPreview, text);
  gtk_widget_class_bind_template_child (widget_class, RufPreview, time);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
ruf_preview_init (RufPreview *self)
{
  self->body = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

/**
 * ruf_preview_set_context:
 * @self: a preview
 * @context: whose people to show the message for
 */
void
ruf_preview_set_context (RufPreview *self,
                         RufContext *context)
{
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *time = NULL;

  g_return_if_fail (RUF_IS_PREVIEW (self));
  g_return_if_fail (RUF_IS_CONTEXT (context));

  if (g_set_object (&self->context, context))
    g_signal_connect_object (ruf_context_get_store (context), "changed",
                             G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);

  now = g_date_time_new_from_unix_utc (ruf_context_get_now (context) / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (now, ruf_context_get_zone (context));
  time = g_date_time_format (local, "%H:%M ✓✓");
  gtk_label_set_text (self->time, time);
  read_again (self);
}

/**
 * ruf_preview_set_message:
 * @self: a preview
 * @channel: whose formatting counts
 * @body: text with placeholders
 */
void
ruf_preview_set_message (RufPreview *self,
                         RufChannel  channel,
                         const char *body)
{
  g_return_if_fail (RUF_IS_PREVIEW (self));
  g_return_if_fail (body != NULL);

  self->channel = channel;
  g_free (self->body);
  self->body = g_strdup (body);
  show (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The message as it will look on a recipient's phone: a chat bubble, for one real person after
 * the other. */

#include "config.h"

#include "ruf-preview.h"

#include <glib/gi18n-lib.h>

#include "ruf-people-table.h"
#include "ruf-recipient.h"
#include "ruf-render.h"

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
  GArray     *recipients;  /* RufRecipientId; NULL = anybody */
  GPtrArray  *people;      /* RufPerson, NULL where somebody is gone */
  guint       at;
};

G_DEFINE_FINAL_TYPE (RufPreview, ruf_preview, ADW_TYPE_BIN)

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

  return ruf_render_person (template, get_person (self));
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

typedef struct
{
  GArray    *recipients;
  GPtrArray *people;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->recipients, g_array_unref);
  g_clear_pointer (&look->people, g_ptr_array_unref);
  g_free (look);
}

/* The ids of those who are shown. */
static GArray *
list_ids (RufDb       *db,
          const Look  *look,
          GError     **error)
{
  RufPeopleQuery anybody = { .order = RUF_PEOPLE_BY_NAME };
  GArray *ids;

  if (look->recipients == NULL)
    return ruf_people_table_list_ids (db, &anybody, RUF_PREVIEW_PEOPLE, 0, error);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < look->recipients->len; i++)
    g_array_append_val (ids, g_array_index (look->recipients, RufRecipientId, i).person_id);
  return ids;
}

static gboolean
read_people (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Look *look = data;
  g_autoptr (GArray) ids = list_ids (db, look, error);

  if (ids == NULL)
    return FALSE;

  look->people = ruf_people_table_get_many (db, (gint64 *) (gpointer) ids->data, ids->len, error);
  return look->people != NULL;
}

static void
people_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RufPreview) self = user_data;
  Look *look = ruf_store_get_task_data (result);

  /* Of two questions under way the later one counts. */
  if (!ruf_store_run_finish (RUF_STORE (source), result, NULL) ||
      look->recipients != self->recipients)
    return;

  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->people = g_steal_pointer (&look->people);
  self->at = MIN (self->at, MAX (self->people->len, 1) - 1);
  show (self);
}

static void
read_again (RufPreview *self)
{
  Look *look = g_new0 (Look, 1);

  if (self->recipients != NULL)
    look->recipients = g_array_ref (self->recipients);
  ruf_store_read_async (ruf_context_get_store (self->context), read_people, look, look_free, NULL,
                        people_cb, g_object_ref (self));
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
  g_clear_pointer (&self->recipients, g_array_unref);
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
 *
 * The bubble shows the present time until ruf_preview_set_moment() says another one.
 */
void
ruf_preview_set_context (RufPreview *self,
                         RufContext *context)
{
  g_return_if_fail (RUF_IS_PREVIEW (self));
  g_return_if_fail (RUF_IS_CONTEXT (context));

  if (!g_set_object (&self->context, context))
    return;

  g_signal_connect_object (ruf_context_get_store (context), "changed",
                           G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  ruf_preview_set_moment (self, ruf_context_get_now (context));
  read_again (self);
}

/**
 * ruf_preview_set_moment:
 * @self: a preview with a context
 * @moment: when the message arrives, UTC microseconds
 */
void
ruf_preview_set_moment (RufPreview *self,
                        gint64      moment)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *time = NULL;

  g_return_if_fail (RUF_IS_PREVIEW (self));
  g_return_if_fail (self->context != NULL);

  utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, ruf_context_get_zone (self->context));
  time = g_date_time_format (local, "%H:%M ✓✓");
  gtk_label_set_text (self->time, time);
}

/**
 * ruf_preview_set_recipients:
 * @self: a preview with a context
 * @recipients: (element-type RufRecipientId): whom to step through
 *
 * Shows the message for nobody else than those who would get it.
 */
void
ruf_preview_set_recipients (RufPreview *self,
                            GArray     *recipients)
{
  g_return_if_fail (RUF_IS_PREVIEW (self));
  g_return_if_fail (self->context != NULL);
  g_return_if_fail (recipients != NULL);

  g_clear_pointer (&self->recipients, g_array_unref);
  self->recipients = g_array_ref (recipients);
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

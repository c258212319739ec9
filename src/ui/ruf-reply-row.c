/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer with a stop word inside a sentence: a person decides whether it was one. "Stop
 * Writing" withdraws everything on that channel; "Keep Writing" only takes it off the list.
 * The buttons stand under the words, which may be long and the window narrow. */

#include "config.h"

#include "ruf-reply-row.h"

#include <glib/gi18n-lib.h>

#include "ruf-intake.h"
#include "ruf-words.h"

struct _RufReplyRow
{
  AdwPreferencesRow parent_instance;

  GtkBox      *lines;
  GtkBox      *buttons;
  RufPage     *page;      /* outlives its rows */
  gint64       id;
  char        *address;
  char        *channel;
  char        *text;
};

/* A decision on its way into the store. */
typedef struct
{
  RufContext *context;
  gint64      id;
  gboolean    withdraw;
  gboolean    handled;
  char       *address;
  char       *channel;
  char       *text;
} Decision;

G_DEFINE_FINAL_TYPE (RufReplyRow, ruf_reply_row, ADW_TYPE_PREFERENCES_ROW)

static void
decision_free (Decision *decision)
{
  g_object_unref (decision->context);
  g_free (decision->address);
  g_free (decision->channel);
  g_free (decision->text);
  g_free (decision);
}

static gboolean
write_handled (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Decision *decision = data;

  return ruf_reply_table_set_handled (db, decision->id, decision->handled, error);
}

static void
decide_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Decision *decision = task_data;
  GError *error = NULL;

  if (decision->withdraw
      && !ruf_withdraw_consent (decision->context, decision->address, decision->channel, NULL,
                                decision->text, NULL, NULL, &error))
    g_task_return_error (task, error);
  else if (!ruf_store_write_sync (ruf_context_get_store (decision->context), write_handled,
                                  decision, NULL, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void decide (RufPage  *page,
                    Decision *decision);

static Decision *
copy_decision (const Decision *decision)
{
  Decision *copy = g_new0 (Decision, 1);

  copy->context = g_object_ref (decision->context);
  copy->id = decision->id;

  return copy;
}

static void
undo_cb (AdwToast *toast,
         RufPage  *page)
{
  decide (page, copy_decision (g_object_get_data (G_OBJECT (toast), "decision")));
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  RufPage *page = RUF_PAGE (source);
  Decision *decision = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      ruf_page_say_error (page, error);
      return;
    }
  if (!decision->handled)
    return;
  if (decision->withdraw)
    {
      ruf_page_say (page, _("Withdrawn. This person gets nothing more on this channel."));
      return;
    }

  toast = adw_toast_new (_("Kept as an answer"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "decision", copy_decision (decision),
                          (GDestroyNotify) decision_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), page, 0);
  ruf_page_add_toast (page, toast);
}

/* Takes @decision. */
static void
decide (RufPage  *page,
        Decision *decision)
{
  g_autoptr (GTask) task = g_task_new (page, NULL, decided_cb, NULL);

  g_task_set_task_data (task, decision, (GDestroyNotify) decision_free);
  g_task_run_in_thread (task, decide_thread);
}

static void
decide_row (RufReplyRow *self,
            gboolean     withdraw)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->context = g_object_ref (ruf_page_get_context (self->page));
  decision->id = self->id;
  decision->withdraw = withdraw;
  decision->handled = TRUE;
  decision->address = g_strdup (self->address);
  decision->channel = g_strdup (self->channel);
  decision->text = g_strdup (self->text);

  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  decide (self->page, decision);
}

static void
stop_cb (RufReplyRow *self)
{
  decide_row (self, TRUE);
}

static void
keep_cb (RufReplyRow *self)
{
  decide_row (self, FALSE);
}

static void
add_button (RufReplyRow *self,
            const char  *label,
            GCallback    callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->buttons, button);
}

static GtkWidget *
add_line (RufReplyRow *self,
          const char  *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (self->lines, label);

  return label;
}

/* "Anna Müller · WhatsApp · yesterday, 10:11" */
static char *
describe (RufPage              *page,
          const RufReplyRecord *reply)
{
  RufContext *context = ruf_page_get_context (page);
  g_autofree char *when = NULL;
  RufChannel channel;

  when = ruf_words_moment (reply->at, ruf_context_get_now (context),
                           ruf_context_get_zone (context));
  if (!ruf_channel_from_string (reply->channel, &channel))
    return g_strdup (when);

  return g_strdup_printf ("%s · %s · %s", reply->name != NULL ? reply->name : reply->address,
                          ruf_words_channel (channel), when);
}

static void
ruf_reply_row_finalize (GObject *object)
{
  RufReplyRow *self = RUF_REPLY_ROW (object);

  g_free (self->address);
  g_free (self->channel);
  g_free (self->text);

  G_OBJECT_CLASS (ruf_reply_row_parent_class)->finalize (object);
}

static void
ruf_reply_row_class_init (RufReplyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_reply_row_finalize;
}

static void
ruf_reply_row_init (RufReplyRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->lines = GTK_BOX (lines);
  self->buttons = GTK_BOX (buttons);
  gtk_widget_add_css_class (lines, "reply");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_margin_top (buttons, 6);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), lines);
  add_button (self, _("Keep Writing"), G_CALLBACK (keep_cb));
  add_button (self, _("Stop Writing"), G_CALLBACK (stop_cb));
}

/**
 * ruf_reply_row_new:
 * @page: the page that shows the row, and says what was done
 * @reply: the answer
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
ruf_reply_row_new (RufPage              *page,
                   const RufReplyRecord *reply)
{
  RufReplyRow *self;
  g_autofree char *about = NULL;
  GtkWidget *line;

  g_return_val_if_fail (RUF_IS_PAGE (page), NULL);
  g_return_val_if_fail (reply != NULL, NULL);

  about = describe (page, reply);
  self = g_object_new (RUF_TYPE_REPLY_ROW, "use-markup", FALSE, "title", reply->text, NULL);
  add_line (self, reply->text);
  line = add_line (self, about);
  gtk_widget_add_css_class (line, "caption");
  gtk_widget_add_css_class (line, "dim-label");
  gtk_box_append (self->lines, GTK_WIDGET (self->buttons));
  self->page = page;
  self->id = reply->id;
  self->address = g_strdup (reply->address);
  self->channel = g_strdup (reply->channel);
  self->text = g_strdup (reply->text);

  return GTK_WIDGET (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer with a stop word inside a sentence: a person decides whether it was one. "Stop
 * Writing" withdraws everything on that channel; "Keep Writing" only takes it off the list.
 * Until then nothing is sent to that person on that channel.
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
};

/* A decision on its way into the store. */
typedef struct
{
  RufContext  *context;
  gint64       id;
  RufReplyKind as;
  gboolean     reopen;    /* takes a decision back */
} Decision;

G_DEFINE_FINAL_TYPE (RufReplyRow, ruf_reply_row, ADW_TYPE_PREFERENCES_ROW)

static void
decision_free (Decision *decision)
{
  g_object_unref (decision->context);
  g_free (decision);
}

static void
decide_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Decision *decision = task_data;
  GError *error = NULL;

  if (decision->reopen
      ? ruf_reopen_reply (decision->context, decision->id, &error)
      : ruf_settle_reply (decision->context, decision->id, decision->as, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void decide (RufPage  *page,
                    Decision *decision);

static Decision *
decision_new (RufContext   *context,
              gint64        id,
              RufReplyKind  as,
              gboolean      reopen)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->context = g_object_ref (context);
  decision->id = id;
  decision->as = as;
  decision->reopen = reopen;

  return decision;
}

static void
undo_cb (AdwToast *toast,
         RufPage  *page)
{
  const Decision *decision = g_object_get_data (G_OBJECT (toast), "decision");

  decide (page, decision_new (decision->context, decision->id, decision->as, TRUE));
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
  if (decision->reopen)
    return;
  if (decision->as == RUF_REPLY_STOP)
    {
      ruf_page_say (page, _("Withdrawn. This person gets nothing more on this channel."));
      return;
    }

  toast = adw_toast_new (_("Kept as an answer"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "decision",
                          decision_new (decision->context, decision->id, decision->as, TRUE),
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
decide_row (RufReplyRow  *self,
            RufReplyKind  as)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  decide (self->page, decision_new (ruf_page_get_context (self->page), self->id, as, FALSE));
}

static void
stop_cb (RufReplyRow *self)
{
  decide_row (self, RUF_REPLY_STOP);
}

static void
keep_cb (RufReplyRow *self)
{
  decide_row (self, RUF_REPLY_OTHER);
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
ruf_reply_row_class_init (RufReplyRowClass *klass)
{
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

  return GTK_WIDGET (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Outbox": what is being sent, what is planned, what is done; one run in full. */

#include "config.h"

#include "ruf-outbox-page.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-deed-button.h"
#include "ruf-dispatcher.h"
#include "ruf-export-dialog.h"
#include "ruf-outbox-table.h"
#include "ruf-run-row.h"
#include "ruf-run-view.h"
#include "ruf-send-dialog.h"
#include "ruf-sending.h"
#include "ruf-stack.h"

struct _RufOutboxPage
{
  RufPage parent_instance;

  AdwWindowTitle *title;
  GtkStack       *stack;         /* "empty", "runs", "run" */
  GtkWidget      *back;
  GtkWidget      *back_to_sidebar;
  GtkWidget      *run_buttons;
  RufDeedButton  *deed;
  GtkWidget      *groups[3];     /* what stands around each list */
  GtkListBox     *lists[3];      /* now, planned, done */
  RufRunView     *view;

  RufSending     *sending;
  gint64          run_id;        /* the run in view, 0 = the lists */
  gboolean        read;          /* whether what is shown is what is wanted */
  char           *run_title;
  RufRunState     run_state;
  gboolean        untouched;     /* whether nothing of that run has left */
};

G_DEFINE_FINAL_TYPE (RufOutboxPage, ruf_outbox_page, RUF_TYPE_PAGE)

/* What one look at the store brings. */
typedef struct
{
  gint64      run_id;
  GPtrArray  *runs;
  RufRun     *run;
  GArray     *excluded;
  GPtrArray  *failures;
  char       *text;
  GPtrArray  *backends;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->runs, g_ptr_array_unref);
  g_clear_pointer (&look->run, ruf_run_free);
  g_clear_pointer (&look->excluded, g_array_unref);
  g_clear_pointer (&look->failures, g_ptr_array_unref);
  g_clear_pointer (&look->backends, g_ptr_array_unref);
  g_free (look->text);
  g_free (look);
}

static gboolean
read_run (RufDb   *db,
          Look    *look,
          GError **error)
{
  g_autoptr (RufMessage) message = NULL;

  look->run = ruf_outbox_table_get_run (db, look->run_id, error);
  if (look->run == NULL)
    return FALSE;

  look->excluded = ruf_outbox_table_get_excluded (db, look->run_id, error);
  look->failures = ruf_outbox_table_count_failures (db, look->run_id, error);
  look->backends = ruf_backend_table_list (db, error);
  if (look->excluded == NULL || look->failures == NULL || look->backends == NULL)
    return FALSE;
  if (look->run->message_version_id == 0)
    return TRUE;

  message = ruf_message_table_get_version (db, look->run->message_version_id, error);
  look->text = message != NULL ? g_strdup (message->body) : NULL;
  return message != NULL;
}

static gboolean
read_look (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Look *look = data;

  look->runs = ruf_outbox_table_list_runs (db, error);
  return look->runs != NULL && (look->run_id == 0 || read_run (db, look, error));
}

static guint
get_group (const RufRun *run)
{
  switch (run->state)
    {
    case RUF_RUN_SENDING:
    case RUF_RUN_PAUSED:
      return 0;
    case RUF_RUN_PLANNED:
      return 1;
    default:
      return 2;
    }
}

static void
show_group (RufOutboxPage *self,
            guint          group,
            GPtrArray     *runs)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  int at = 0;
  GtkListBoxRow *row;

  for (guint i = 0; i < runs->len; i++)
    {
      const RufRun *run = g_ptr_array_index (runs, i);

      if (get_group (run) != group)
        continue;
      row = gtk_list_box_get_row_at_index (self->lists[group], at++);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (ruf_run_row_new ());
          gtk_list_box_append (self->lists[group], GTK_WIDGET (row));
        }
      ruf_run_row_set_run (RUF_RUN_ROW (row), run, ruf_context_get_now (context),
                           ruf_context_get_zone (context));
    }

  while ((row = gtk_list_box_get_row_at_index (self->lists[group], at)) != NULL)
    gtk_list_box_remove (self->lists[group], GTK_WIDGET (row));
  gtk_widget_set_visible (self->groups[group], at > 0);
}

/* What waits, or what left as a file before and can be written once more. */
static gboolean
can_hand_over (const RufRun *run)
{
  if (run->state == RUF_RUN_PLANNED || run->state == RUF_RUN_PAUSED)
    return run->counts[RUF_MESSAGE_QUEUED] > 0;

  return run->state == RUF_RUN_DONE && run->backend == NULL && ruf_run_get_sent (run) > 0;
}

/* What the button in the header does to the run in view. */
static void
show_deed (RufOutboxPage *self,
           const RufRun  *run)
{
  gboolean sending = run != NULL && ruf_sending_is_sending (self->sending, run->id);
  const char *words = NULL;
  const char *icon = "document-send-symbolic";

  if (run != NULL && (sending || run->state == RUF_RUN_SENDING))
    {
      words = _("Pause");
      icon = "media-playback-pause-symbolic";
    }
  else if (run != NULL && run->state == RUF_RUN_PAUSED)
    words = _("Resume");
  else if (run != NULL && run->state == RUF_RUN_PLANNED)
    words = _("Send Now…");

  gtk_widget_set_visible (GTK_WIDGET (self->deed), words != NULL);
  if (words != NULL)
    g_object_set (self->deed, "text", words, "icon", icon, NULL);
  if (run == NULL)
    return;

  g_free (self->run_title);
  self->run_title = g_strdup (run->title);
  self->run_state = run->state;
  self->untouched = run->state == RUF_RUN_PLANNED && ruf_run_get_left (run) == 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "outbox.cancel", words != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "outbox.export", can_hand_over (run));
}

/* What stands in the header: over the lists, over a run, or over a part of it. */
static void
show_title (RufOutboxPage *self)
{
  gboolean shown = ruf_stack_is_at (self->stack, "run"), inside = FALSE;
  g_autofree char *title = NULL;

  if (shown)
    g_object_get (self->view, "title", &title, "inside", &inside, NULL);

  adw_window_title_set_title (self->title, title != NULL ? title : _("Outbox"));
  gtk_widget_set_visible (self->back, shown);
  gtk_widget_set_visible (self->back_to_sidebar,
                          !shown && ruf_page_get_folded (RUF_PAGE (self)));
  gtk_widget_set_visible (self->run_buttons, shown && !inside);
}

static void
show_look (RufOutboxPage *self,
           Look          *look)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  const char *child = look->runs->len == 0 ? "empty" : look->run != NULL ? "run" : "runs";

  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    show_group (self, i, look->runs);
  if (look->run != NULL)
    ruf_run_view_show (self->view, context, look->run, look->excluded, look->failures,
                       look->text);

  ruf_stack_show (self->stack, child);
  show_deed (self, look->run);
  show_title (self);
  self->read = TRUE;
  ruf_page_settle (RUF_PAGE (self));
}

static void
look_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RufOutboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Look *look = ruf_store_get_task_data (result);

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      self->run_id = 0;
      ruf_page_say_error (RUF_PAGE (self), error);
    }
  else if (look->run_id == self->run_id)
    show_look (self, look);
}

static void
ruf_outbox_page_refresh (RufPage *page)
{
  RufOutboxPage *self = RUF_OUTBOX_PAGE (page);
  RufContext *context = ruf_page_get_context (page);
  Look *look = g_new0 (Look, 1);

  look->run_id = self->run_id;
  ruf_store_read_async (ruf_context_get_store (context), read_look, look, look_free, NULL,
                        look_cb, g_object_ref (self));
}

/* The first thing of what is shown, once it is there. */
static gboolean
ruf_outbox_page_take_focus (RufPage *page)
{
  RufOutboxPage *self = RUF_OUTBOX_PAGE (page);
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (shown));

  if (!self->read)
    return FALSE;

  return (focus != NULL && gtk_widget_is_ancestor (focus, shown)) ||
         gtk_widget_child_focus (shown, GTK_DIR_TAB_FORWARD);
}

static void
ruf_outbox_page_show_item (RufPage *page,
                           gint64   id)
{
  RufOutboxPage *self = RUF_OUTBOX_PAGE (page);

  self->run_id = id;
  self->read = FALSE;
  ruf_page_take_focus (page);
  ruf_page_refresh (page);
}

static void
row_activated_cb (RufOutboxPage *self,
                  RufRunRow     *row)
{
  ruf_page_show_item (RUF_PAGE (self), ruf_run_row_get_run_id (row));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RufOutboxPage *self = RUF_OUTBOX_PAGE (widget);

  if (ruf_stack_is_at (self->stack, "run") && !ruf_run_view_go_back (self->view))
    ruf_page_show_item (RUF_PAGE (self), 0);
}

static void
open_person_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.show", "(sx)", "contacts",
                              g_variant_get_int64 (parameter));
}

/* Something to be done to the run in view, in the store. */
typedef struct
{
  gint64      run_id;
  RufRunState state;
  gint64      now;
} Deed;

static gboolean
set_state (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Deed *deed = data;

  return ruf_outbox_table_set_state (db, deed->run_id, deed->state, NULL, deed->now, error);
}

static gboolean
uncancel_run (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Deed *deed = data;

  return ruf_outbox_table_uncancel (db, deed->run_id, deed->now, error);
}

static void
deed_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RufOutboxPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    ruf_page_say_error (RUF_PAGE (self), error);
}

static void
do_deed (RufOutboxPage *self,
         gint64         run_id,
         RufStoreFunc   func,
         RufRunState    state)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  Deed *deed = g_new0 (Deed, 1);

  deed->run_id = run_id;
  deed->state = state;
  deed->now = ruf_context_get_now (context);
  ruf_store_write_async (ruf_context_get_store (context), func, deed, g_free, NULL, deed_cb,
                         g_object_ref (self));
}

static void
send_chosen_cb (gint64      run_id,
                const char *backend,
                gpointer    user_data)
{
  RufOutboxPage *self = user_data;

  ruf_sending_start (self->sending, run_id, backend);
  ruf_page_refresh (RUF_PAGE (self));
}

/* By which the latest run was sent, NULL where none was. */
static const char *
find_last_way (GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const RufRun *run = g_ptr_array_index (runs, i);

      if (run->backend != NULL)
        return run->backend;
    }

  return NULL;
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (RufOutboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Look *look = ruf_store_get_task_data (result);

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    ruf_page_say_error (RUF_PAGE (self), error);
  else
    ruf_send_dialog_present (GTK_WIDGET (self), ruf_page_get_context (RUF_PAGE (self)),
                             look->run, look->backends, find_last_way (look->runs),
                             send_chosen_cb, self);
}

static void
deed_clicked_cb (RufOutboxPage *self)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  Look *look;

  if (self->run_state == RUF_RUN_SENDING || ruf_sending_is_sending (self->sending, self->run_id))
    {
      do_deed (self, self->run_id, set_state, RUF_RUN_PAUSED);
      return;
    }

  look = g_new0 (Look, 1);
  look->run_id = self->run_id;
  ruf_store_read_async (ruf_context_get_store (context), read_look, look, look_free, NULL,
                        ask_cb, g_object_ref (self));
}

/* A run on its way to being cancelled. */
typedef struct
{
  RufOutboxPage *self;
  gint64         run_id;
  gboolean       untouched;   /* nothing of it has left, so that it can come back */
  char          *title;
} Cancel;

static void
cancel_free (Cancel *cancel)
{
  g_object_unref (cancel->self);
  g_free (cancel->title);
  g_free (cancel);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cancel, cancel_free)

static void
undo_cb (RufOutboxPage *self,
         AdwToast      *toast)
{
  const gint64 *run_id = g_object_get_data (G_OBJECT (toast), "run");

  do_deed (self, *run_id, uncancel_run, RUF_RUN_PLANNED);
}

static void
say_cancelled (const Cancel *cancel)
{
  g_autofree char *words = g_strdup_printf (_("“%s” cancelled"), cancel->title);
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (cancel->untouched)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      g_object_set_data_full (G_OBJECT (toast), "run",
                              g_memdup2 (&cancel->run_id, sizeof cancel->run_id), g_free);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), cancel->self,
                               G_CONNECT_SWAPPED);
    }
  ruf_page_add_toast (RUF_PAGE (cancel->self), toast);
}

static void
cancelled_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Cancel) cancel = user_data;
  g_autoptr (GError) error = NULL;

  if (ruf_dispatcher_cancel_run_finish (RUF_CONTEXT (source), result, &error))
    say_cancelled (cancel);
  else
    ruf_page_say_error (RUF_PAGE (cancel->self), error);
}

static void
cancel_run (RufOutboxPage *self)
{
  Cancel *cancel = g_new0 (Cancel, 1);

  cancel->self = g_object_ref (self);
  cancel->run_id = self->run_id;
  cancel->untouched = self->untouched;
  cancel->title = g_strdup (self->run_title);
  ruf_dispatcher_cancel_run_async (ruf_page_get_context (RUF_PAGE (self)), self->run_id,
                                   cancelled_cb, cancel);
}

static void
cancel_response_cb (RufOutboxPage *self,
                    const char    *response)
{
  if (g_str_equal (response, "cancel-run"))
    cancel_run (self);
}

/* What has not begun is cancelled at once and can come back; else there is a question, since
 * messages have left for good. */
static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RufOutboxPage *self = RUF_OUTBOX_PAGE (widget);
  GtkWidget *dialog;

  if (self->untouched)
    {
      cancel_run (self);
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                   _("Cancel This Run?"),
                                   _("What has not left yet stays here. What has left cannot be "
                                     "taken back."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("Keep It"),
                                    "cancel-run", _("Cancel Run"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "cancel-run",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_response_cb), widget,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RufOutboxPage *self = RUF_OUTBOX_PAGE (widget);

  ruf_export_dialog_present (RUF_PAGE (self), self->run_id, self->run_title);
}

static void
stopped_cb (RufOutboxPage *self,
            gint64         run_id,
            GError        *error)
{
  if (error != NULL)
    ruf_page_say_error (RUF_PAGE (self), error);
  ruf_page_refresh (RUF_PAGE (self));
}

static void
context_cb (RufOutboxPage *self)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));

  g_clear_object (&self->sending);
  if (context == NULL)
    return;

  self->sending = ruf_sending_new (context);
  g_signal_connect_object (self->sending, "stopped", G_CALLBACK (stopped_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
ruf_outbox_page_dispose (GObject *object)
{
  g_clear_object (&RUF_OUTBOX_PAGE (object)->sending);

  G_OBJECT_CLASS (ruf_outbox_page_parent_class)->dispose (object);
}

static void
ruf_outbox_page_finalize (GObject *object)
{
  g_free (RUF_OUTBOX_PAGE (object)->run_title);

  G_OBJECT_CLASS (ruf_outbox_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-outbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RufOutboxPage, title);
  gtk_widget_class_bind_template_child (widget_class, RufOutboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RufOutboxPage, back);
  gtk_widget_class_bind_template_child (widget_class, RufOutboxPage, back_to_sidebar);
  gtk_widget_class_bind_template_child (widget_class, RufOutboxPage, run_buttons);
  gtk_widget_class_bind_template_child (widget_class, RufOutboxPage, deed);
  gtk_widget_class_bind_template_child (widget_class, RufOutboxPage, view);
  gtk_widget_class_bind_template_child_full (widget_class, "now_group", FALSE,
                                             G_STRUCT_OFFSET (RufOutboxPage, groups[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "planned_group", FALSE,
                                             G_STRUCT_OFFSET (RufOutboxPage, groups[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "done_group", FALSE,
                                             G_STRUCT_OFFSET (RufOutboxPage, groups[2]));
  gtk_widget_class_bind_template_child_full (widget_class, "now_list", FALSE,
                                             G_STRUCT_OFFSET (RufOutboxPage, lists[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "planned_list", FALSE,
                                             G_STRUCT_OFFSET (RufOutboxPage, lists[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "done_list", FALSE,
                                             G_STRUCT_OFFSET (RufOutboxPage, lists[2]));
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, deed_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_title);
}

static void
ruf_outbox_page_class_init (RufOutboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RufPageClass *page_class = RUF_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_outbox_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ruf_outbox_page_finalize;
  page_class->refresh = ruf_outbox_page_refresh;
  page_class->take_focus = ruf_outbox_page_take_focus;
  page_class->show_item = ruf_outbox_page_show_item;

  g_type_ensure (RUF_TYPE_DEED_BUTTON);
  g_type_ensure (RUF_TYPE_RUN_VIEW);
  gtk_widget_class_install_action (widget_class, "outbox.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "recipients.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "recipients.open", "x", open_person_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "outbox.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "outbox.back",
                                       NULL);
  gtk_widget_class_install_action (widget_class, "outbox.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "outbox.export", NULL, export_action);
  bind_template (widget_class);
}

static void
ruf_outbox_page_init (RufOutboxPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::context", G_CALLBACK (context_cb), NULL);
  g_signal_connect (self, "notify::folded", G_CALLBACK (show_title), NULL);
}

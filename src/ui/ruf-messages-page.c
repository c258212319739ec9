/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Messages": a list, and beside it the message that is written. What is typed is kept
 * by itself, a moment after the last key and before another message is opened. */

#include "config.h"

#include "ruf-messages-page.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-deed-button.h"
#include "ruf-error.h"
#include "ruf-icons.h"
#include "ruf-message-editor.h"
#include "ruf-message-row.h"
#include "ruf-plan-sheet.h"
#include "ruf-stack.h"
#include "ruf-words.h"

#define KEEP_AFTER_MS 800

/* A new message on its way to an id. The store's writer fills it in, so that what is typed while
 * the first words are being kept goes to the same message. */
typedef struct
{
  gint64 id;
} Begun;

struct _RufMessagesPage
{
  RufPage parent_instance;

  GtkStack         *stack;        /* "empty", "messages" */
  AdwLeaflet       *leaflet;
  GtkListBox       *list;
  RufMessageEditor *editor;
  GtkWidget        *back;
  GtkWidget        *add;
  GtkWidget        *deeds;
  GtkWidget        *plan;
  GtkWidget        *menu;

  guint             keep_source;
  guint             buttons_source;
  guint             keeping;      /* writes under way */
  gboolean          plan_when_kept;
  Begun            *begun;        /* the new message in the editor, until it has an id */
  gboolean          filling;
};

G_DEFINE_FINAL_TYPE (RufMessagesPage, ruf_messages_page, RUF_TYPE_PAGE)

/* The message as the editor holds it, on its way into the store. */
typedef struct
{
  gint64      id;
  Begun      *begun;    /* NULL where id is known */
  char       *name;
  RufChannel  channel;
  char       *body;
  gint64      now;
  RufMessage *kept;
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_clear_pointer (&draft->kept, ruf_message_free);
  g_clear_pointer (&draft->begun, g_atomic_rc_box_release);
  g_free (draft->name);
  g_free (draft->body);
  g_free (draft);
}

/* Another message of that name is never written over. */
static gboolean
claim_name (RufDb   *db,
            Draft   *draft,
            GError **error)
{
  g_autoptr (RufMessage) other = ruf_message_table_get (db, draft->name, NULL);

  if (other != NULL && other->id != draft->id)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_EXISTS,
                   _("There is another message called “%s”. Choose another name."), draft->name);
      return FALSE;
    }

  return other != NULL || draft->id == 0 ||
         ruf_message_table_rename (db, draft->id, draft->name, error);
}

static gboolean
keep_draft (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Draft *draft = data;

  if (draft->begun != NULL)
    draft->id = draft->begun->id;
  if (!claim_name (db, draft, error) ||
      !ruf_message_table_keep (db, draft->name, draft->channel, draft->body, draft->now,
                               &draft->kept, error))
    return FALSE;

  if (draft->begun != NULL)
    draft->begun->id = draft->kept->id;
  return TRUE;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RufMessagesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Draft *draft = ruf_store_get_task_data (result);
  gboolean plan = --self->keeping == 0 && self->plan_when_kept;

  if (plan)
    self->plan_when_kept = FALSE;
  if (ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      ruf_message_editor_set_fault (self->editor, NULL);
      if (draft->begun != NULL && draft->begun == self->begun)
        {
          ruf_message_editor_adopt (self->editor, draft->kept);
          g_clear_pointer (&self->begun, g_atomic_rc_box_release);
        }
      if (plan)
        ruf_plan_sheet_present (RUF_PAGE (self), draft->kept->name, 0);
    }
  else if (g_error_matches (error, RUF_ERROR, RUF_ERROR_EXISTS))
    ruf_message_editor_set_fault (self->editor, error->message);
  else
    ruf_page_say_error (RUF_PAGE (self), error);
}

/* A message without a name is called by its first words. */
static char *
name_draft (const char *name,
            const char *body)
{
  g_autofree char *line = g_strndup (body, strcspn (body, "\n"));
  g_autofree char *cut = NULL;

  if (*name != '\0')
    return g_strdup (name);

  cut = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), 40));
  g_strstrip (cut);
  return *cut != '\0' ? g_steal_pointer (&cut) : NULL;
}

static void
keep (RufMessagesPage *self)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  g_autofree char *body = ruf_message_editor_dup_body (self->editor);
  g_autofree char *name = name_draft (ruf_message_editor_get_name (self->editor), body);
  Draft *draft;

  /* A name alone is not worth keeping, and no reason to complain while somebody types. */
  if (name == NULL || body[strspn (body, " \t\r\n")] == '\0')
    return;

  draft = g_new0 (Draft, 1);
  draft->id = ruf_message_editor_get_id (self->editor);
  if (self->begun != NULL)
    draft->begun = g_atomic_rc_box_acquire (self->begun);
  draft->name = g_steal_pointer (&name);
  draft->channel = ruf_message_editor_get_channel (self->editor);
  draft->body = g_steal_pointer (&body);
  draft->now = ruf_context_get_now (context);
  self->keeping++;
  ruf_store_write_async (ruf_context_get_store (context), keep_draft, draft, draft_free, NULL,
                         kept_cb, g_object_ref (self));
}

static void
keep_now (RufMessagesPage *self)
{
  if (self->keep_source == 0)
    return;

  g_clear_handle_id (&self->keep_source, g_source_remove);
  keep (self);
}

static gboolean
keep_later_cb (gpointer user_data)
{
  RufMessagesPage *self = user_data;

  self->keep_source = 0;
  keep (self);
  return G_SOURCE_REMOVE;
}

static void
edited_cb (RufMessagesPage *self)
{
  g_clear_handle_id (&self->keep_source, g_source_remove);
  self->keep_source = g_timeout_add (KEEP_AFTER_MS, keep_later_cb, self);
}

static gboolean
read_messages (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  GPtrArray **messages = data;

  *messages = ruf_message_table_list (db, error);
  return *messages != NULL;
}

static void
messages_free (gpointer data)
{
  GPtrArray **messages = data;

  g_clear_pointer (messages, g_ptr_array_unref);
  g_free (messages);
}

static const RufMessage *
get_message (GtkListBoxRow *row)
{
  return row != NULL ? ruf_message_row_get_message (RUF_MESSAGE_ROW (row)) : NULL;
}

static void
open_message (RufMessagesPage  *self,
              const RufMessage *message)
{
  keep_now (self);
  g_clear_pointer (&self->begun, g_atomic_rc_box_release);
  if (message == NULL)
    self->begun = g_atomic_rc_box_new0 (Begun);
  ruf_message_editor_set_message (self->editor, message);
  gtk_widget_set_visible (self->plan, TRUE);
  gtk_widget_set_visible (self->menu, message != NULL);
}

/* Rows stay where they are and say what is there now. */
static void
fill_list (RufMessagesPage *self,
           GPtrArray       *messages)
{
  int at = 0;
  GtkListBoxRow *row;

  for (; messages->len > 0; at++)
    {
      row = gtk_list_box_get_row_at_index (self->list, at);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (ruf_message_row_new ());
          gtk_list_box_append (self->list, GTK_WIDGET (row));
        }
      ruf_message_row_set_message (RUF_MESSAGE_ROW (row), g_ptr_array_steal_index (messages, 0));
    }

  while ((row = gtk_list_box_get_row_at_index (self->list, at)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static GtkListBoxRow *
find_row (RufMessagesPage *self,
          gint64           id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (get_message (row)->id == id)
      return row;

  return NULL;
}

/* The selection as it was; the editor keeps what is being typed. */
static void
show_messages (RufMessagesPage *self,
               GPtrArray       *messages)
{
  GtkListBoxRow *row;
  gboolean any;

  self->filling = TRUE;
  fill_list (self, messages);
  row = find_row (self, ruf_message_editor_get_id (self->editor));
  gtk_list_box_select_row (self->list, row);
  self->filling = FALSE;

  if (row == NULL && self->begun == NULL)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));

  any = gtk_list_box_get_row_at_index (self->list, 0) != NULL || self->begun != NULL;
  ruf_stack_show (self->stack, any ? "messages" : "empty");
  gtk_widget_set_visible (self->plan, any);
  gtk_widget_set_visible (self->menu, any && self->begun == NULL);
  ruf_page_settle (RUF_PAGE (self));
}

static void
messages_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RufMessagesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray **messages = ruf_store_get_task_data (result);

  if (ruf_store_run_finish (RUF_STORE (source), result, &error))
    show_messages (self, *messages);
  else
    ruf_page_say_error (RUF_PAGE (self), error);
}

static void
ruf_messages_page_refresh (RufPage *page)
{
  RufContext *context = ruf_page_get_context (page);

  ruf_store_read_async (ruf_context_get_store (context), read_messages,
                        g_new0 (GPtrArray *, 1), messages_free, NULL, messages_cb,
                        g_object_ref (page));
}

static void
ruf_messages_page_create (RufPage *page)
{
  RufMessagesPage *self = RUF_MESSAGES_PAGE (page);

  open_message (self, NULL);
  gtk_list_box_unselect_all (self->list);
  ruf_stack_show (self->stack, "messages");
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->editor));
  ruf_message_editor_focus_name (self->editor);
}

static void
row_selected_cb (RufMessagesPage *self,
                 GtkListBoxRow   *row)
{
  const RufMessage *message = get_message (row);

  if (!self->filling && message != NULL &&
      message->id != ruf_message_editor_get_id (self->editor))
    open_message (self, message);
}

static void
row_activated_cb (RufMessagesPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->editor));
}

static gboolean
ruf_messages_page_take_focus (RufPage *page)
{
  RufMessagesPage *self = RUF_MESSAGES_PAGE (page);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (ruf_stack_is_at (self->stack, "empty"))
    return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
new_cb (RufMessagesPage *self)
{
  ruf_page_create (RUF_PAGE (self));
}

static void
plan_cb (RufMessagesPage *self)
{
  keep_now (self);
  if (self->keeping > 0)
    self->plan_when_kept = TRUE;
  else
    ruf_plan_sheet_present (RUF_PAGE (self), ruf_message_editor_get_name (self->editor), 0);
}

/* Removal and its undo. */
typedef struct
{
  gint64   id;
  gboolean restore;
} Removal;

static gboolean
remove_or_restore (RufDb         *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const Removal *removal = data;

  return removal->restore ? ruf_message_table_restore (db, removal->id, error)
                          : ruf_message_table_remove (db, removal->id, error);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (RufMessagesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    ruf_page_say_error (RUF_PAGE (self), error);
}

static void
set_removed (RufMessagesPage *self,
             gint64           id,
             gboolean         restore)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  Removal *removal = g_new0 (Removal, 1);

  removal->id = id;
  removal->restore = restore;
  ruf_store_write_async (ruf_context_get_store (context), remove_or_restore, removal, g_free,
                         NULL, removed_cb, g_object_ref (self));
}

/* A toast lies over the window, where no action of this page reaches. */
static void
undo_cb (RufMessagesPage *self,
         AdwToast        *toast)
{
  const gint64 *id = g_object_get_data (G_OBJECT (toast), "message");

  set_removed (self, *id, TRUE);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RufMessagesPage *self = RUF_MESSAGES_PAGE (widget);
  gint64 id = ruf_message_editor_get_id (self->editor);
  g_autofree char *title = g_strdup_printf (_("“%s” removed"),
                                            ruf_message_editor_get_name (self->editor));
  AdwToast *toast = adw_toast_new (title);

  g_clear_handle_id (&self->keep_source, g_source_remove);
  ruf_message_editor_set_message (self->editor, NULL);
  set_removed (self, id, FALSE);
  adw_toast_set_button_label (toast, _("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "message", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self,
                           G_CONNECT_SWAPPED);
  ruf_page_add_toast (RUF_PAGE (self), toast);
}

/* Where only one of list and editor is in view, only its buttons are. */
static void
show_buttons (RufMessagesPage *self)
{
  gboolean narrow = adw_leaflet_get_folded (self->leaflet);
  gboolean editing = narrow &&
                     adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->editor);

  gtk_widget_set_visible (self->add, !editing);
  gtk_widget_set_visible (self->deeds, editing || !narrow);
  gtk_widget_set_visible (self->back, editing || ruf_page_get_folded (RUF_PAGE (self)));
  ruf_message_editor_set_narrow (self->editor, ruf_page_get_folded (RUF_PAGE (self)));
}

static gboolean
show_buttons_cb (gpointer user_data)
{
  RufMessagesPage *self = user_data;

  self->buttons_source = 0;
  show_buttons (self);
  return G_SOURCE_REMOVE;
}

/* A leaflet folds while it is being laid out, when nothing may come or go. */
static void
folded_cb (RufMessagesPage *self)
{
  if (self->buttons_source == 0)
    self->buttons_source = g_idle_add (show_buttons_cb, self);
}

static void
back_cb (RufMessagesPage *self)
{
  if (!adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-sidebar", NULL);
}

static void
ruf_messages_page_unmap (GtkWidget *widget)
{
  keep_now (RUF_MESSAGES_PAGE (widget));

  GTK_WIDGET_CLASS (ruf_messages_page_parent_class)->unmap (widget);
}

static void
context_cb (RufMessagesPage *self)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));

  if (context != NULL)
    ruf_message_editor_set_context (self->editor, context);
}

static void
ruf_messages_page_dispose (GObject *object)
{
  RufMessagesPage *self = RUF_MESSAGES_PAGE (object);

  g_clear_handle_id (&self->keep_source, g_source_remove);
  g_clear_handle_id (&self->buttons_source, g_source_remove);
  g_clear_pointer (&self->begun, g_atomic_rc_box_release);

  G_OBJECT_CLASS (ruf_messages_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-messages-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, list);
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, editor);
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, back);
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, add);
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, deeds);
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, plan);
  gtk_widget_class_bind_template_child (widget_class, RufMessagesPage, menu);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_cb);
  gtk_widget_class_bind_template_callback (widget_class, plan_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void
ruf_messages_page_class_init (RufMessagesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RufPageClass *page_class = RUF_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_messages_page_dispose;
  widget_class->unmap = ruf_messages_page_unmap;
  page_class->refresh = ruf_messages_page_refresh;
  page_class->take_focus = ruf_messages_page_take_focus;
  page_class->create = ruf_messages_page_create;

  g_type_ensure (RUF_TYPE_DEED_BUTTON);
  g_type_ensure (RUF_TYPE_MESSAGE_EDITOR);
  gtk_widget_class_install_action (widget_class, "messages.remove", NULL, remove_action);
  bind_template (widget_class);
}

static void
ruf_messages_page_init (RufMessagesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::context", G_CALLBACK (context_cb), NULL);
  g_signal_connect (self, "notify::folded", G_CALLBACK (folded_cb), NULL);
}

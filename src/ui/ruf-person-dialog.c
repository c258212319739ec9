/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Adds one person by hand: a name and one address, checked while the eyes are still on it. */

#include "config.h"

#include "ruf-person-dialog.h"

#include <glib/gi18n-lib.h>

#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-people-table.h"
#include "ruf-phone.h"
#include "ruf-words.h"

struct _RufPersonDialog
{
  AdwWindow  parent_instance;

  GtkWidget *add;
  GtkWidget *name;
  GtkWidget *address;
  GtkWidget *tags;
  GtkLabel  *problem;

  RufPage   *page;
};

/* What was typed, on its way into the store. */
typedef struct
{
  char     *name;
  char     *address;
  char    **tags;
  gint64    now;
  RufUpsert result;
  gint64    id;
} Entry;

G_DEFINE_FINAL_TYPE (RufPersonDialog, ruf_person_dialog, ADW_TYPE_WINDOW)

static void
entry_free (Entry *entry)
{
  g_free (entry->name);
  g_free (entry->address);
  g_strfreev (entry->tags);
  g_free (entry);
}

static gboolean
parse_phone (RufDb       *db,
             const char  *text,
             RufPhone    *phone,
             GError     **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *region = ruf_setting_get (db, "region", &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  ruf_phone_parse (text, region != NULL ? region : "DE", phone);
  if (phone->outcome == RUF_PHONE_VALID)
    return TRUE;
  if (phone->outcome == RUF_PHONE_PROPOSED)
    g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
                 _("Is this %s? Then write it like that."), phone->e164);
  else
    g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID, ruf_words_reject (phone->reason));

  return FALSE;
}

static gboolean
write_person (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Entry *entry = data;
  g_autofree char *email = NULL;
  RufPhone phone = { 0 };
  RufPersonDraft draft = { .name = entry->name, .n_points = 1 };
  gint64 point_id;

  draft.tags = (const char **) entry->tags;
  draft.points = g_newa0 (__typeof__ (*draft.points), 1);
  draft.points[0].as_entered = entry->address;
  if (strchr (entry->address, '@') != NULL)
    {
      if (!ruf_email_parse (entry->address, &email))
        {
          g_set_error_literal (error, RUF_ERROR, RUF_ERROR_INVALID,
                               ruf_words_reject (RUF_REJECT_EMAIL_INVALID));
          return FALSE;
        }
      draft.points[0].kind = RUF_ADDRESS_EMAIL;
      draft.points[0].address = email;
    }
  else
    {
      if (!parse_phone (db, entry->address, &phone, error))
        return FALSE;
      draft.points[0].kind = RUF_ADDRESS_PHONE;
      draft.points[0].address = phone.e164;
    }

  return ruf_people_table_upsert (db, &draft, 0, entry->now, &entry->result, &entry->id,
                                  &point_id, error);
}

static void
show_problem (RufPersonDialog *self,
              const char      *words)
{
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_widget_add_css_class (self->address, "error");
  gtk_widget_grab_focus (self->address);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (RufPersonDialog) self = user_data;
  Entry *entry = ruf_store_get_task_data (result);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->add, TRUE);
  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      show_problem (self, error->message);
      return;
    }

  if (entry->result == RUF_UPSERT_NEW)
    words = g_strdup_printf (_("%s was added"), entry->name);
  else
    words = g_strdup (_("This address was there already; what was missing was added"));
  if (gtk_widget_get_root (GTK_WIDGET (self->page)) != NULL)
    {
      ruf_page_say (self->page, words);
      ruf_page_show_item (self->page, entry->id);
    }
  gtk_window_close (GTK_WINDOW (self));
}

static char *
dup_text (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* "stamm, vip" → { "stamm", "vip", NULL } */
static char **
split_tags (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

static void
add_cb (RufPersonDialog *self)
{
  RufContext *context = ruf_page_get_context (self->page);
  Entry *entry = g_new0 (Entry, 1);

  entry->name = dup_text (self->name);
  entry->address = dup_text (self->address);
  entry->tags = split_tags (gtk_editable_get_text (GTK_EDITABLE (self->tags)));
  entry->now = ruf_context_get_now (context);
  if (*entry->name == '\0')
    {
      g_free (entry->name);
      entry->name = g_strdup (entry->address);
    }

  gtk_widget_set_sensitive (self->add, FALSE);
  ruf_store_write_async (ruf_context_get_store (context), write_person,
                         entry, (GDestroyNotify) entry_free, NULL,
                         written_cb, g_object_ref (self));
}

static void
changed_cb (RufPersonDialog *self)
{
  g_autofree char *address = dup_text (self->address);

  gtk_widget_set_sensitive (self->add, *address != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_remove_css_class (self->address, "error");
}

static void
ruf_person_dialog_dispose (GObject *object)
{
  RufPersonDialog *self = RUF_PERSON_DIALOG (object);

  g_clear_object (&self->page);

  G_OBJECT_CLASS (ruf_person_dialog_parent_class)->dispose (object);
}

static void
ruf_person_dialog_class_init (RufPersonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_person_dialog_dispose;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-person-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RufPersonDialog, add);
  gtk_widget_class_bind_template_child (widget_class, RufPersonDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RufPersonDialog, address);
  gtk_widget_class_bind_template_child (widget_class, RufPersonDialog, tags);
  gtk_widget_class_bind_template_child (widget_class, RufPersonDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
ruf_person_dialog_init (RufPersonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_person_dialog_new:
 * @parent: the window it belongs to
 * @page: the page that shows the person once they are added
 *
 * Returns: (transfer none): a dialog, owned by GTK
 */
GtkWidget *
ruf_person_dialog_new (GtkWindow *parent,
                       RufPage   *page)
{
  RufPersonDialog *self;

  g_return_val_if_fail (RUF_IS_PAGE (page), NULL);

  self = g_object_new (RUF_TYPE_PERSON_DIALOG, "transient-for", parent, NULL);
  self->page = g_object_ref (page);
  gtk_widget_grab_focus (self->name);

  return GTK_WIDGET (self);
}

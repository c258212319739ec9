/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Records that somebody agreed, with everything that makes it a proof. The line at the foot
 * says at every moment what the proof is worth and what it still lacks. */

#include "config.h"

#include "ruf-consent-dialog.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent.h"
#include "ruf-error.h"
#include "ruf-intake.h"
#include "ruf-moment.h"
#include "ruf-words.h"

struct _RufConsentDialog
{
  AdwWindow    parent_instance;

  GtkWidget   *record;
  AdwComboRow *channel;
  AdwComboRow *purpose;
  AdwComboRow *method;
  GtkWidget   *moment;
  GtkWidget   *source;
  GtkTextView *wording;
  GtkImage    *level_icon;
  GtkLabel    *level;

  RufPage     *page;
  GPtrArray   *addresses;   /* char *, beside the channels of the list */
  GArray      *channels;    /* RufChannel */
};

/* What was entered, on its way into the store. */
typedef struct
{
  RufContext       *context;
  char             *address;
  RufChannel        channel;
  const char       *purpose;
  RufConsentMethod  method;
  gint64            at;
  char             *source;
  char             *wording;
  int               level;
} Entry;

/* The ways that somebody at a counter can choose from. */
static const RufConsentMethod methods[] = {
  RUF_CONSENT_METHOD_PAPER_FORM,
  RUF_CONSENT_METHOD_VERBAL_IN_SHOP,
  RUF_CONSENT_METHOD_WEB_FORM,
  RUF_CONSENT_METHOD_QR_FORM,
  RUF_CONSENT_METHOD_DOUBLE_OPT_IN,
};

G_DEFINE_FINAL_TYPE (RufConsentDialog, ruf_consent_dialog, ADW_TYPE_WINDOW)

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->context);
  g_free (entry->address);
  g_free (entry->source);
  g_free (entry->wording);
  g_free (entry);
}

static char *
dup_row_text (GtkWidget *row)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

  return *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
}

static char *
dup_wording (RufConsentDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->wording);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
}

/* 0 for no time, -1 for words that are none. */
static gint64
get_moment (RufConsentDialog *self)
{
  RufContext *context = ruf_page_get_context (self->page);
  g_autofree char *text = dup_row_text (self->moment);
  gint64 moment = 0;

  if (text == NULL)
    return 0;
  if (ruf_moment_parse (text, ruf_context_get_zone (context), &moment) == RUF_MOMENT_NONE)
    return -1;

  return moment;
}

static Entry *
collect_entry (RufConsentDialog *self)
{
  Entry *entry = g_new0 (Entry, 1);
  guint i = adw_combo_row_get_selected (self->channel);

  entry->context = g_object_ref (ruf_page_get_context (self->page));
  entry->address = g_strdup (g_ptr_array_index (self->addresses, i));
  entry->channel = g_array_index (self->channels, RufChannel, i);
  entry->purpose = ruf_purpose_get_builtin ()[adw_combo_row_get_selected (self->purpose)];
  entry->method = methods[adw_combo_row_get_selected (self->method)];
  entry->at = get_moment (self);
  entry->source = dup_row_text (self->source);
  entry->wording = dup_wording (self);

  return entry;
}

static RufEvidenceLevel
judge (const Entry *entry)
{
  RufConsentEvent event = {
    .type = RUF_CONSENT_GRANTED,
    .channel = entry->channel,
    .purpose = entry->purpose,
    .method = entry->method,
    .source = entry->source,
    .wording = entry->wording,
    .occurred_at = MAX (entry->at, 0),
  };

  return ruf_consent_event_get_level (&event, ruf_context_get_now (entry->context));
}

static const char *
name_gap (const Entry *entry)
{
  if (entry->at == 0)
    return _("The day is missing: without it the person may not be written to.");
  if (entry->at > ruf_context_get_now (entry->context))
    return _("This day is yet to come: the person may not be written to.");
  if (entry->source == NULL)
    return _("Where it is noted is missing: without it the person may not be written to.");

  return _("The wording is missing: without it the person may not be written to.");
}

static void
update_level (RufConsentDialog *self)
{
  Entry *entry;
  RufEvidenceLevel level;
  gboolean readable;

  if (self->page == NULL || self->addresses->len == 0)
    return;

  entry = collect_entry (self);
  level = judge (entry);
  readable = entry->at >= 0;
  gtk_widget_set_sensitive (self->record, readable);
  if (readable)
    gtk_widget_remove_css_class (self->moment, "error");
  else
    gtk_widget_add_css_class (self->moment, "error");

  gtk_image_set_from_icon_name (self->level_icon,
                                readable && level > RUF_EVIDENCE_E0
                                ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  if (!readable)
    gtk_label_set_label (self->level, _("This is not a day. Write it like 2026-01-31 10:00."));
  else if (level == RUF_EVIDENCE_E0)
    gtk_label_set_label (self->level, name_gap (entry));
  else
    gtk_label_set_label (self->level, ruf_words_level (level));
  entry_free (entry);
}

static void
changed_cb (RufConsentDialog *self)
{
  update_level (self);
}

static void
record_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Entry *entry = task_data;
  GError *error = NULL;

  if (ruf_record_consent (entry->context, entry->address, ruf_channel_to_string (entry->channel),
                          entry->purpose, ruf_consent_method_to_string (entry->method),
                          entry->at, entry->source, entry->wording, NULL, &entry->level, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
recorded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  RufConsentDialog *self = RUF_CONSENT_DIALOG (source);
  Entry *entry = g_task_get_task_data (G_TASK (result));
  g_autofree char *stream = ruf_words_stream (entry->channel, entry->purpose);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      gtk_widget_set_sensitive (self->record, TRUE);
      gtk_image_set_from_icon_name (self->level_icon, "dialog-error-symbolic");
      gtk_label_set_label (self->level, error->message);
      return;
    }

  words = g_strdup_printf (_("Recorded: %s, %s"), stream,
                           ruf_words_consent (RUF_CONSENT_STATUS_ACTIVE,
                                              (RufEvidenceLevel) entry->level));
  ruf_page_say (self->page, words);
  gtk_window_close (GTK_WINDOW (self));
}

static void
record_cb (RufConsentDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, recorded_cb, NULL);

  gtk_widget_set_sensitive (self->record, FALSE);
  g_task_set_task_data (task, collect_entry (self), (GDestroyNotify) entry_free);
  g_task_run_in_thread (task, record_thread);
}

static void
fill_channels (RufConsentDialog *self,
               const RufPerson  *person)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (person->points, i);
      g_autofree char *address = ruf_words_address (point->kind, point->address);

      for (guint c = 0; c < RUF_N_CHANNELS; c++)
        {
          RufChannel channel = c;

          if (ruf_channel_get_address_kind (channel) != point->kind)
            continue;
          g_ptr_array_add (self->addresses, g_strdup (point->address));
          g_array_append_val (self->channels, channel);
          /* Translators: a channel and an address: "WhatsApp, +49 170 …" */
          gtk_string_list_take (words, g_strdup_printf (_("%s, %s"), ruf_words_channel (channel),
                                                        address));
        }
    }
  adw_combo_row_set_model (self->channel, G_LIST_MODEL (words));
  gtk_widget_set_sensitive (self->record, self->addresses->len > 0);
}

static void
fill_choices (RufConsentDialog *self)
{
  g_autoptr (GtkStringList) purposes = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) ways = gtk_string_list_new (NULL);
  const char * const *builtin = ruf_purpose_get_builtin ();

  for (guint i = 0; builtin[i] != NULL; i++)
    gtk_string_list_append (purposes, ruf_words_purpose (builtin[i]));
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    gtk_string_list_append (ways, ruf_words_method (methods[i]));
  adw_combo_row_set_model (self->purpose, G_LIST_MODEL (purposes));
  adw_combo_row_set_model (self->method, G_LIST_MODEL (ways));
}

/* Most consents are recorded while the person stands at the counter. */
static void
fill_moment (RufConsentDialog *self)
{
  RufContext *context = ruf_page_get_context (self->page);
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) utc = g_date_time_add (epoch, ruf_context_get_now (context));
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, ruf_context_get_zone (context));
  g_autofree char *text = g_date_time_format (local, "%Y-%m-%d %H:%M");

  gtk_editable_set_text (GTK_EDITABLE (self->moment), text);
}

static void
ruf_consent_dialog_dispose (GObject *object)
{
  RufConsentDialog *self = RUF_CONSENT_DIALOG (object);

  g_clear_object (&self->page);

  G_OBJECT_CLASS (ruf_consent_dialog_parent_class)->dispose (object);
}

static void
ruf_consent_dialog_finalize (GObject *object)
{
  RufConsentDialog *self = RUF_CONSENT_DIALOG (object);

  g_ptr_array_unref (self->addresses);
  g_array_unref (self->channels);

  G_OBJECT_CLASS (ruf_consent_dialog_parent_class)->finalize (object);
}

static void
ruf_consent_dialog_class_init (RufConsentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_consent_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ruf_consent_dialog_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-consent-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, record);
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, channel);
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, purpose);
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, method);
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, moment);
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, source);
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, wording);
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, level_icon);
  gtk_widget_class_bind_template_child (widget_class, RufConsentDialog, level);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_cb);
}

static void
ruf_consent_dialog_init (RufConsentDialog *self)
{
  self->addresses = g_ptr_array_new_with_free_func (g_free);
  self->channels = g_array_new (FALSE, FALSE, sizeof (RufChannel));
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->wording), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * ruf_consent_dialog_new:
 * @parent: the window it belongs to
 * @page: the page that says what was recorded
 * @person: who agreed
 *
 * Returns: (transfer none): a dialog, owned by GTK
 */
GtkWidget *
ruf_consent_dialog_new (GtkWindow       *parent,
                        RufPage         *page,
                        const RufPerson *person)
{
  RufConsentDialog *self;

  g_return_val_if_fail (RUF_IS_PAGE (page), NULL);
  g_return_val_if_fail (person != NULL, NULL);

  self = g_object_new (RUF_TYPE_CONSENT_DIALOG, "transient-for", parent, NULL);
  self->page = g_object_ref (page);
  fill_moment (self);
  fill_channels (self, person);
  update_level (self);
  gtk_widget_grab_focus (self->source);

  return GTK_WIDGET (self);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes one message: name, channel, text with placeholders and formatting, what the channel
 * counts, and beside it what the recipient will see.
 *
 * Emits ::edited after each change by the user; whoever listens keeps it. */

#include "config.h"

#include "ruf-message-editor.h"

#include <glib/gi18n-lib.h>

#include "ruf-preview.h"
#include "ruf-template.h"
#include "ruf-text-measure.h"
#include "ruf-words.h"

struct _RufMessageEditor
{
  AdwBin parent_instance;

  GtkBox        *panes;
  AdwEntryRow   *name;
  GtkLabel      *name_fault;
  AdwComboRow   *channel;
  GtkTextView   *view;
  GtkTextBuffer *text;
  GtkLabel      *counter;
  GtkLabel      *fault;
  GtkWidget     *formatting;
  RufPreview    *preview;

  gint64         id;
  gboolean       loading;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RufMessageEditor, ruf_message_editor, ADW_TYPE_BIN)

/* What the buttons put around or into the text. */
static const struct
{
  const char *action;
  const char *before;
  const char *after;
} insertions[] = {
  { "message.bold", "*", "*" },
  { "message.italic", "_", "_" },
  { "message.strike", "~", "~" },
};

static char *
say_count (const RufTextMeasure *measure)
{
  g_autofree char *units = ruf_words_number (measure->units);
  g_autofree char *limit = ruf_words_number (measure->limit);

  if (measure->segments > 1)
    return g_strdup_printf (ngettext ("%s characters, %u part that is charged",
                                      "%s characters, %u parts that are charged",
                                      measure->segments), units, measure->segments);
  if (measure->limit == 0)
    return g_strdup_printf (_("%s characters"), units);

  /* Translators: "142 of 4,096 characters" */
  return g_strdup_printf (_("%s of %s characters"), units, limit);
}

/* The first thing that stands in the way, in words; NULL where nothing does. */
static char *
find_fault (const char           *body,
            const RufTextMeasure *measure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RufTemplate) template = ruf_template_parse (body, &error);
  const char * const *names;

  if (template == NULL)
    return g_strdup (error->message);

  names = ruf_template_get_placeholders (template);
  for (guint i = 0; names[i] != NULL; i++)
    if (!ruf_template_is_known (names[i]))
      return g_strdup_printf (_("“%s” is no placeholder that Rundruf can fill. Choose one from "
                                "the placeholder menu."), names[i]);

  if (measure->limit > 0 && measure->units > measure->limit)
    return g_strdup_printf (ngettext ("%u character too long for this channel",
                                      "%u characters too long for this channel",
                                      measure->units - measure->limit),
                            measure->units - measure->limit);

  return NULL;
}

static void
show_measure (RufMessageEditor *self)
{
  g_autofree char *body = ruf_message_editor_dup_body (self);
  RufChannel channel = ruf_message_editor_get_channel (self);
  g_autofree char *count = NULL;
  g_autofree char *fault = NULL;
  RufTextMeasure measure;

  ruf_text_measure (body, channel, &measure);
  count = say_count (&measure);
  fault = find_fault (body, &measure);
  ruf_text_measure_clear (&measure);

  gtk_label_set_text (self->counter, count);
  gtk_label_set_text (self->fault, fault);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), fault != NULL);
  gtk_widget_set_visible (self->formatting, channel == RUF_CHANNEL_WHATSAPP);
  ruf_preview_set_message (self->preview, channel, body);
}

static void
changed_cb (RufMessageEditor *self)
{
  if (self->loading)
    return;

  show_measure (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
wrap_selection (RufMessageEditor *self,
                const char       *before,
                const char       *after)
{
  GtkTextIter start, end;
  g_autofree char *selected = NULL;

  gtk_text_buffer_get_selection_bounds (self->text, &start, &end);
  selected = gtk_text_buffer_get_text (self->text, &start, &end, TRUE);
  gtk_text_buffer_begin_user_action (self->text);
  gtk_text_buffer_delete (self->text, &start, &end);
  gtk_text_buffer_insert (self->text, &start, before, -1);
  gtk_text_buffer_insert (self->text, &start, selected, -1);
  gtk_text_buffer_insert (self->text, &start, after, -1);
  gtk_text_iter_backward_chars (&start, g_utf8_strlen (after, -1));
  gtk_text_buffer_place_cursor (self->text, &start);
  gtk_text_buffer_end_user_action (self->text);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
format_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (insertions); i++)
    if (g_str_equal (insertions[i].action, name))
      wrap_selection (RUF_MESSAGE_EDITOR (widget), insertions[i].before, insertions[i].after);
}

/* A first name gets a fallback at once: some people have none recorded. */
static void
placeholder_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  const char *placeholder = g_variant_get_string (parameter, NULL);
  const char *fallback = g_str_equal (placeholder, "first_name") ? _("friend") : "";
  g_autofree char *text = *fallback != '\0'
                            ? g_strdup_printf ("{{%s|%s}}", placeholder, fallback)
                            : g_strdup_printf ("{{%s}}", placeholder);

  wrap_selection (RUF_MESSAGE_EDITOR (widget), text, "");
}

static void
emoji_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_signal_emit_by_name (RUF_MESSAGE_EDITOR (widget)->view, "insert-emoji");
}

static void
fill_channels (RufMessageEditor *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < RUF_N_CHANNELS; i++)
    gtk_string_list_append (list, ruf_words_channel (i));
  adw_combo_row_set_model (self->channel, G_LIST_MODEL (list));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-message-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, panes);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, name);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, name_fault);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, channel);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, view);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, text);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, counter);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, fault);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, formatting);
  gtk_widget_class_bind_template_child (widget_class, RufMessageEditor, preview);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
ruf_message_editor_class_init (RufMessageEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[EDITED] = g_signal_new ("edited", RUF_TYPE_MESSAGE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUF_TYPE_PREVIEW);
  for (guint i = 0; i < G_N_ELEMENTS (insertions); i++)
    gtk_widget_class_install_action (widget_class, insertions[i].action, NULL, format_action);
  gtk_widget_class_install_action (widget_class, "message.placeholder", "s", placeholder_action);
  gtk_widget_class_install_action (widget_class, "message.emoji", NULL, emoji_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK,
                                       "message.bold", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK,
                                       "message.italic", NULL);
  bind_template (widget_class);
}

static void
ruf_message_editor_init (RufMessageEditor *self)
{
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_channels (self);
  self->loading = FALSE;
}

/**
 * ruf_message_editor_set_narrow:
 * @self: an editor
 * @narrow: whether there is little room
 *
 * Puts the phone below the text where both do not fit side by side.
 */
void
ruf_message_editor_set_narrow (RufMessageEditor *self,
                               gboolean          narrow)
{
  g_return_if_fail (RUF_IS_MESSAGE_EDITOR (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->panes),
                                  narrow ? GTK_ORIENTATION_VERTICAL
                                         : GTK_ORIENTATION_HORIZONTAL);
}

/**
 * ruf_message_editor_set_context:
 * @self: an editor
 * @context: whose people to preview for
 */
void
ruf_message_editor_set_context (RufMessageEditor *self,
                                RufContext       *context)
{
  g_return_if_fail (RUF_IS_MESSAGE_EDITOR (self));

  ruf_preview_set_context (self->preview, context);
}

/**
 * ruf_message_editor_set_message:
 * @self: an editor
 * @message: (nullable): what to edit; NULL begins a new one
 */
void
ruf_message_editor_set_message (RufMessageEditor *self,
                                const RufMessage *message)
{
  g_return_if_fail (RUF_IS_MESSAGE_EDITOR (self));

  self->loading = TRUE;
  self->id = message != NULL ? message->id : 0;
  gtk_editable_set_text (GTK_EDITABLE (self->name), message != NULL ? message->name : "");
  adw_combo_row_set_selected (self->channel,
                              message != NULL ? message->channel : RUF_CHANNEL_WHATSAPP);
  gtk_text_buffer_set_enable_undo (self->text, FALSE);
  gtk_text_buffer_set_text (self->text, message != NULL ? message->body : "", -1);
  gtk_text_buffer_set_enable_undo (self->text, TRUE);
  self->loading = FALSE;

  ruf_message_editor_set_fault (self, NULL);
  show_measure (self);
}

/**
 * ruf_message_editor_adopt:
 * @self: an editor with a new message
 * @message: what it was stored as
 *
 * From here on the editor's text is that of @message. What was typed since stays.
 */
void
ruf_message_editor_adopt (RufMessageEditor *self,
                          const RufMessage *message)
{
  g_return_if_fail (RUF_IS_MESSAGE_EDITOR (self));
  g_return_if_fail (message != NULL);

  self->id = message->id;
  if (*ruf_message_editor_get_name (self) == '\0')
    {
      self->loading = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->name), message->name);
      self->loading = FALSE;
    }
}

/**
 * ruf_message_editor_get_id:
 * @self: an editor
 *
 * Returns: the message that is edited, 0 for a new one
 */
gint64
ruf_message_editor_get_id (RufMessageEditor *self)
{
  g_return_val_if_fail (RUF_IS_MESSAGE_EDITOR (self), 0);

  return self->id;
}

/**
 * ruf_message_editor_get_name:
 * @self: an editor
 *
 * Returns: (transfer none): the name as typed, may be empty
 */
const char *
ruf_message_editor_get_name (RufMessageEditor *self)
{
  g_return_val_if_fail (RUF_IS_MESSAGE_EDITOR (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->name));
}

/**
 * ruf_message_editor_get_channel:
 * @self: an editor
 *
 * Returns: the channel chosen
 */
RufChannel
ruf_message_editor_get_channel (RufMessageEditor *self)
{
  g_return_val_if_fail (RUF_IS_MESSAGE_EDITOR (self), RUF_CHANNEL_WHATSAPP);

  return adw_combo_row_get_selected (self->channel);
}

/**
 * ruf_message_editor_dup_body:
 * @self: an editor
 *
 * Returns: (transfer full): the text as typed
 */
char *
ruf_message_editor_dup_body (RufMessageEditor *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RUF_IS_MESSAGE_EDITOR (self), NULL);

  gtk_text_buffer_get_bounds (self->text, &start, &end);
  return gtk_text_buffer_get_text (self->text, &start, &end, TRUE);
}

/**
 * ruf_message_editor_set_fault:
 * @self: an editor
 * @words: (nullable): what is wrong with the name, shown beside it; NULL for nothing
 */
void
ruf_message_editor_set_fault (RufMessageEditor *self,
                              const char       *words)
{
  g_return_if_fail (RUF_IS_MESSAGE_EDITOR (self));

  gtk_label_set_text (self->name_fault, words);
  gtk_widget_set_visible (GTK_WIDGET (self->name_fault), words != NULL);
  if (words != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
}

/**
 * ruf_message_editor_focus_name:
 * @self: an editor
 *
 * Puts the keyboard focus where a new message begins.
 */
void
ruf_message_editor_focus_name (RufMessageEditor *self)
{
  g_return_if_fail (RUF_IS_MESSAGE_EDITOR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

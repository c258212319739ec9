/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One message in a list: its name, its first line, its channel. Assistive technology can open
 * it, which rows of GTK 4.8 cannot by themselves. */

#include "config.h"

#include "ruf-message-row.h"

#include "ruf-icons.h"
#include "ruf-open-row.h"
#include "ruf-words.h"

struct _RufMessageRow
{
  AdwActionRow  parent_instance;

  GtkImage     *icon;
  RufMessage   *message;
};

G_DEFINE_FINAL_TYPE (RufMessageRow, ruf_message_row, ADW_TYPE_ACTION_ROW)

static void
ruf_message_row_finalize (GObject *object)
{
  g_clear_pointer (&RUF_MESSAGE_ROW (object)->message, ruf_message_free);

  G_OBJECT_CLASS (ruf_message_row_parent_class)->finalize (object);
}

static void
ruf_message_row_class_init (RufMessageRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ruf_message_row_finalize;

  ruf_open_row_install_action (GTK_WIDGET_CLASS (klass));
}

static void
ruf_message_row_init (RufMessageRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  self->icon = GTK_IMAGE (gtk_image_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (row, 1);
  adw_action_row_set_subtitle_lines (row, 1);
  adw_action_row_add_prefix (row, GTK_WIDGET (self->icon));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

/**
 * ruf_message_row_new:
 *
 * Returns: (transfer floating): a row without a message yet
 */
GtkWidget *
ruf_message_row_new (void)
{
  return g_object_new (RUF_TYPE_MESSAGE_ROW, NULL);
}

/**
 * ruf_message_row_get_message:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const RufMessage *
ruf_message_row_get_message (RufMessageRow *self)
{
  g_return_val_if_fail (RUF_IS_MESSAGE_ROW (self), NULL);

  return self->message;
}

/**
 * ruf_message_row_set_message:
 * @self: a row
 * @message: (transfer full): what to show
 */
void
ruf_message_row_set_message (RufMessageRow *self,
                             RufMessage    *message)
{
  g_autofree char *line = NULL;

  g_return_if_fail (RUF_IS_MESSAGE_ROW (self));
  g_return_if_fail (message != NULL);

  g_clear_pointer (&self->message, ruf_message_free);
  self->message = message;
  line = g_strndup (message->body, strcspn (message->body, "\r\n"));
  gtk_image_set_from_icon_name (self->icon, ruf_icons_channel (message->channel));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), ruf_words_channel (message->channel));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), message->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), line);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A quiet remark under the rows that it is about: what stands in the way, or is good to know.
 * The icon alone is coloured, so that the words stay easy to read. */

#include "config.h"

#include "ruf-note-row.h"

struct _RufNoteRow
{
  AdwPreferencesRow  parent_instance;

  GtkWidget         *icon;
  GtkWidget         *label;
};

G_DEFINE_FINAL_TYPE (RufNoteRow, ruf_note_row, ADW_TYPE_PREFERENCES_ROW)

static void
ruf_note_row_class_init (RufNoteRowClass *klass)
{
}

static void
ruf_note_row_init (RufNoteRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = gtk_image_new ();
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), self->icon);

  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_box_append (GTK_BOX (box), self->label);

  gtk_widget_add_css_class (GTK_WIDGET (self), "note");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/**
 * ruf_note_row_new:
 * @text: one or two sentences, plain text
 * @blocks: whether nothing goes on before this is mended
 *
 * Returns: (transfer floating): a row that cannot be activated
 */
GtkWidget *
ruf_note_row_new (const char *text,
                  gboolean    blocks)
{
  RufNoteRow *self = g_object_new (RUF_TYPE_NOTE_ROW, NULL);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), blocks ? "dialog-error-symbolic"
                                                               : "dialog-warning-symbolic");
  gtk_widget_add_css_class (self->icon, blocks ? "error" : "warning");
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  return GTK_WIDGET (self);
}

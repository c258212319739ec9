/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What one person agreed to, as small marks: the channel's icon and the evidence level. The
 * tooltip and the screen reader get the same in words. Withdrawn consent is struck through
 * and pale; nothing depends on colour alone. */

#include "config.h"

#include "ruf-consent-marks.h"

#include <glib/gi18n-lib.h>

#include "ruf-icons.h"
#include "ruf-record-words.h"
#include "ruf-words.h"

#define MAX_MARKS 4

struct _RufConsentMarks
{
  GtkWidget      parent_instance;

  RufPersonItem *item;
};

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufConsentMarks, ruf_consent_marks, GTK_TYPE_WIDGET)

static void
remove_marks (RufConsentMarks *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static const char *
get_mark_text (const RufConsentMark *mark)
{
  switch (mark->status)
    {
    case RUF_CONSENT_STATUS_ACTIVE:
    case RUF_CONSENT_STATUS_UNPROVEN:
      return ruf_evidence_level_to_string (mark->level);
    case RUF_CONSENT_STATUS_WAITING:
      return "…";
    case RUF_CONSENT_STATUS_NONE:
    case RUF_CONSENT_STATUS_WITHDRAWN:
    case RUF_CONSENT_STATUS_SUPPRESSED:
    case RUF_CONSENT_STATUS_EXPIRED:
    default:
      return "×";
    }
}

static void
add_mark (RufConsentMarks      *self,
          const RufConsentMark *mark)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *icon = gtk_image_new_from_icon_name (ruf_icons_channel (mark->channel));
  GtkWidget *label = gtk_label_new (get_mark_text (mark));

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (box, "consent-mark");
  if (mark->status != RUF_CONSENT_STATUS_ACTIVE)
    gtk_widget_add_css_class (box, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static char *
describe (const RufPerson *person)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < person->consents->len; i++)
    {
      g_autofree char *mark = ruf_record_words_mark (g_ptr_array_index (person->consents, i), zone);

      g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "", mark);
    }
  if (words->len == 0)
    g_string_append (words, _("Has not agreed to anything yet"));

  return g_string_free (words, FALSE);
}

static void
update (RufConsentMarks *self)
{
  const RufPerson *person = NULL;
  g_autofree char *words = NULL;

  remove_marks (self);
  if (self->item != NULL)
    person = ruf_person_item_get_person (self->item);
  if (person == NULL)
    return;

  for (guint i = 0; i < MIN (person->consents->len, MAX_MARKS); i++)
    add_mark (self, g_ptr_array_index (person->consents, i));

  words = describe (person);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
ruf_consent_marks_dispose (GObject *object)
{
  RufConsentMarks *self = RUF_CONSENT_MARKS (object);

  ruf_consent_marks_set_item (self, NULL);
  remove_marks (self);

  G_OBJECT_CLASS (ruf_consent_marks_parent_class)->dispose (object);
}

static void
ruf_consent_marks_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_ITEM)
    g_value_set_object (value, RUF_CONSENT_MARKS (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_consent_marks_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (prop_id == PROP_ITEM)
    ruf_consent_marks_set_item (RUF_CONSENT_MARKS (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_consent_marks_class_init (RufConsentMarksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_consent_marks_dispose;
  object_class->get_property = ruf_consent_marks_get_property;
  object_class->set_property = ruf_consent_marks_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, RUF_TYPE_PERSON_ITEM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ruf_consent_marks_init (RufConsentMarks *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
}

/**
 * ruf_consent_marks_set_item:
 * @self: marks
 * @item: (nullable): whose
 *
 * Shows what @item's person agreed to, and follows when it is loaded anew.
 */
void
ruf_consent_marks_set_item (RufConsentMarks *self,
                            RufPersonItem   *item)
{
  g_return_if_fail (RUF_IS_CONSENT_MARKS (self));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What one person agreed to, as small marks: a channel's icon and a sign for how things stand
 * there; a number where it stands so for several purposes. Each mark says the same in words,
 * in its tooltip and to a screen reader. Shape and sign differ, not only the colour. */

#include "config.h"

#include "ruf-consent-marks.h"

#include <glib/gi18n-lib.h>

#include "ruf-icons.h"
#include "ruf-record-words.h"

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

/* How a status is drawn. */
static const struct
{
  const char *sign;
  const char *css_class;
} signs[] = {
  [RUF_CONSENT_STATUS_NONE] = { "?", "unproven" },
  [RUF_CONSENT_STATUS_UNPROVEN] = { "?", "unproven" },
  [RUF_CONSENT_STATUS_WAITING] = { "…", "unproven" },
  [RUF_CONSENT_STATUS_ACTIVE] = { "✓", "agreed" },
  [RUF_CONSENT_STATUS_WITHDRAWN] = { "✕", "withdrawn" },
  [RUF_CONSENT_STATUS_SUPPRESSED] = { "✕", "withdrawn" },
  [RUF_CONSENT_STATUS_EXPIRED] = { "✕", "withdrawn" },
};

static gboolean
look_alike (const RufConsentMark *a,
            const RufConsentMark *b)
{
  return a->channel == b->channel && a->status == b->status;
}

/* One line for each purpose that looks like @mark. */
static char *
describe (const RufPerson      *person,
          const RufConsentMark *mark,
          GTimeZone            *zone,
          guint                *n)
{
  GString *words = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < person->consents->len; i++)
    {
      const RufConsentMark *other = g_ptr_array_index (person->consents, i);
      g_autofree char *line = NULL;

      if (mark != NULL && !look_alike (mark, other))
        continue;
      line = ruf_record_words_mark (other, zone);
      g_string_append_printf (words, "%s%s", (*n)++ > 0 ? "\n" : "", line);
    }

  return g_string_free (words, FALSE);
}

static GtkWidget *
add_part (RufConsentMarks *self,
          GtkWidget       *part,
          const char      *words)
{
  gtk_widget_set_tooltip_text (part, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_parent (part, GTK_WIDGET (self));

  return part;
}

static void
add_mark (RufConsentMarks      *self,
          const RufPerson      *person,
          const RufConsentMark *mark,
          GTimeZone            *zone)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG,
                                 "spacing", 4, NULL);
  guint n;
  g_autofree char *words = describe (person, mark, zone, &n);
  g_autofree char *sign = NULL;

  sign = n > 1 ? g_strdup_printf ("%s %u", signs[mark->status].sign, n)
               : g_strdup (signs[mark->status].sign);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (ruf_icons_channel (mark->channel)));
  gtk_box_append (GTK_BOX (box), gtk_label_new (sign));
  gtk_widget_add_css_class (box, "consent-mark");
  gtk_widget_add_css_class (box, signs[mark->status].css_class);
  add_part (self, box, words);
}

static gboolean
was_shown (const RufPerson *person,
           guint            position)
{
  for (guint i = 0; i < position; i++)
    if (look_alike (g_ptr_array_index (person->consents, i),
                    g_ptr_array_index (person->consents, position)))
      return TRUE;

  return FALSE;
}

static void
add_marks (RufConsentMarks *self,
           const RufPerson *person,
           GTimeZone       *zone,
           const char      *all)
{
  guint shown = 0;

  for (guint i = 0; i < person->consents->len; i++)
    {
      if (was_shown (person, i))
        continue;
      if (shown++ == MAX_MARKS)
        {
          add_part (self, gtk_label_new ("…"), all);
          return;
        }
      add_mark (self, person, g_ptr_array_index (person->consents, i), zone);
    }
}

static void
add_nothing (RufConsentMarks *self)
{
  /* Translators: stands under "Consent" where somebody has not agreed to anything yet. */
  GtkWidget *label = gtk_label_new (_("none yet"));

  gtk_widget_add_css_class (label, "dim-label");
  add_part (self, label, _("Has not agreed to anything yet"));
}

/* A row of GTK 4.8 has no words for a screen reader; its cells alone have. */
static void
name_row (RufConsentMarks *self,
          const RufPerson *person,
          const char      *all)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *words = NULL;

  if (row == NULL)
    return;

  words = g_strdup_printf ("%s\n%s", person->name, all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
update (RufConsentMarks *self)
{
  const RufPerson *person = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *all = NULL;
  guint n;

  remove_marks (self);
  if (self->item != NULL)
    person = ruf_person_item_get_person (self->item);
  if (person == NULL)
    return;

  zone = g_time_zone_new_local ();
  all = describe (person, NULL, zone, &n);
  if (n == 0)
    add_nothing (self);
  else
    add_marks (self, person, zone, all);
  name_row (self, person, n > 0 ? all : _("Has not agreed to anything yet"));
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
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ruf_consent_marks_init (RufConsentMarks *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
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

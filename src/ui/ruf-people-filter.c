/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which people are shown, as two drop-downs that read like a sentence: "Everyone with tag
 * stamm", "who agreed to Weekly offers on WhatsApp", and how many they are. */

#include "config.h"

#include "ruf-people-filter.h"

#include <glib/gi18n-lib.h>

#include "ruf-people-table.h"
#include "ruf-words.h"

struct _RufPeopleFilter
{
  GtkWidget    parent_instance;

  GtkDropDown *tags;
  GtkDropDown *consents;
  GtkWidget   *clear;
  GtkLabel    *count;

  GPtrArray   *tag_terms;       /* char *, beside the words of the drop-down; the first is "" */
  GPtrArray   *consent_terms;
  char        *segment;
  char        *wanted_consent;  /* to be chosen as soon as it is in the list */
  gboolean     filling;
  gboolean     folded;
};

/* What the store knows to filter by. */
typedef struct
{
  GPtrArray *tags;
  GPtrArray *consents;
} Choices;

enum
{
  PROP_0,
  PROP_SEGMENT,
  PROP_FOLDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufPeopleFilter, ruf_people_filter, GTK_TYPE_WIDGET)

static void
choices_free (Choices *choices)
{
  g_clear_pointer (&choices->tags, g_ptr_array_unref);
  g_clear_pointer (&choices->consents, g_ptr_array_unref);
  g_free (choices);
}

static gboolean
read_choices (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Choices *choices = data;

  choices->tags = ruf_people_table_list_tags (db, error);
  if (choices->tags == NULL)
    return FALSE;
  choices->consents = ruf_people_table_count_consents (db, 0, error);

  return choices->consents != NULL;
}

static const char *
get_term (GtkDropDown *drop_down,
          GPtrArray   *terms)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  return selected < terms->len ? g_ptr_array_index (terms, selected) : "";
}

static void
update_segment (RufPeopleFilter *self)
{
  const char *tag = get_term (self->tags, self->tag_terms);
  const char *consent = get_term (self->consents, self->consent_terms);
  g_autofree char *segment = NULL;

  if (*tag != '\0' && *consent != '\0')
    segment = g_strdup_printf ("%s and %s", tag, consent);
  else
    segment = g_strdup (*tag != '\0' ? tag : consent);

  gtk_widget_set_visible (self->clear, *segment != '\0');
  if (g_strcmp0 (segment, self->segment) == 0)
    return;

  g_free (self->segment);
  self->segment = g_steal_pointer (&segment);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEGMENT]);
}

static void
selected_cb (RufPeopleFilter *self)
{
  if (self->filling)
    return;

  g_clear_pointer (&self->wanted_consent, g_free);
  update_segment (self);
}

static gboolean
equal_terms (GPtrArray *a,
             GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;

  return TRUE;
}

static gboolean
choose (GtkDropDown *drop_down,
        GPtrArray   *terms,
        const char  *term)
{
  for (guint i = 0; i < terms->len; i++)
    if (g_str_equal (g_ptr_array_index (terms, i), term))
      {
        gtk_drop_down_set_selected (drop_down, i);
        return TRUE;
      }

  return FALSE;
}

/* Puts new choices in place; the one that was taken stays where it is still there. */
static void
fill (RufPeopleFilter *self,
      GtkDropDown     *drop_down,
      GPtrArray      **terms,
      GPtrArray       *new_terms,
      GtkStringList   *words)
{
  g_autofree char *taken = g_strdup (get_term (drop_down, *terms));

  if (equal_terms (*terms, new_terms))
    return;

  self->filling = TRUE;
  g_ptr_array_unref (*terms);
  *terms = g_ptr_array_ref (new_terms);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (words));
  choose (drop_down, new_terms, taken);
  gtk_widget_set_visible (GTK_WIDGET (drop_down), new_terms->len > 1);
  self->filling = FALSE;
}

static void
fill_tags (RufPeopleFilter *self,
           GPtrArray       *tags)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  g_ptr_array_add (terms, g_strdup (""));
  gtk_string_list_append (words, _("Everyone"));
  for (guint i = 0; i < tags->len; i++)
    {
      const char *tag = g_ptr_array_index (tags, i);

      g_ptr_array_add (terms, g_strdup_printf ("tag:\"%s\"", tag));
      gtk_string_list_take (words, g_strdup_printf (_("Everyone with tag “%s”"), tag));
    }

  fill (self, self->tags, &self->tag_terms, terms, words);
}

static char *
make_consent_term (RufChannel  channel,
                   const char *purpose)
{
  return g_strdup_printf ("consent:%s/%s", ruf_channel_to_string (channel), purpose);
}

static void
fill_consents (RufPeopleFilter *self,
               GPtrArray       *consents)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  g_ptr_array_add (terms, g_strdup (""));
  gtk_string_list_append (words, _("with or without consent"));
  for (guint i = 0; i < consents->len; i++)
    {
      RufConsentCount *count = g_ptr_array_index (consents, i);
      g_autofree char *stream = NULL;

      if (g_str_equal (count->purpose, RUF_PURPOSE_ALL))
        continue;
      stream = ruf_words_stream (count->channel, count->purpose);
      g_ptr_array_add (terms, make_consent_term (count->channel, count->purpose));
      /* Translators: goes on after "Everyone": "who agreed to Weekly offers on WhatsApp" */
      gtk_string_list_take (words, g_strdup_printf (_("who agreed to %s"), stream));
    }

  fill (self, self->consents, &self->consent_terms, terms, words);
}

static void
choose_wanted (RufPeopleFilter *self)
{
  if (self->wanted_consent != NULL
      && choose (self->consents, self->consent_terms, self->wanted_consent))
    g_clear_pointer (&self->wanted_consent, g_free);
}

static void
choices_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (RufPeopleFilter) self = user_data;
  Choices *choices = ruf_store_get_task_data (result);

  if (!ruf_store_run_finish (RUF_STORE (source), result, NULL) || self->tags == NULL)
    return;

  fill_tags (self, choices->tags);
  fill_consents (self, choices->consents);
  choose_wanted (self);
  update_segment (self);
}

static void
ruf_people_filter_dispose (GObject *object)
{
  RufPeopleFilter *self = RUF_PEOPLE_FILTER (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->tags = NULL;
  self->consents = NULL;
  self->clear = NULL;
  self->count = NULL;

  G_OBJECT_CLASS (ruf_people_filter_parent_class)->dispose (object);
}

static void
ruf_people_filter_finalize (GObject *object)
{
  RufPeopleFilter *self = RUF_PEOPLE_FILTER (object);

  g_ptr_array_unref (self->tag_terms);
  g_ptr_array_unref (self->consent_terms);
  g_free (self->segment);
  g_free (self->wanted_consent);

  G_OBJECT_CLASS (ruf_people_filter_parent_class)->finalize (object);
}

static void
ruf_people_filter_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RufPeopleFilter *self = RUF_PEOPLE_FILTER (object);

  switch (prop_id)
    {
    case PROP_SEGMENT:
      g_value_set_string (value, self->segment);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* In a narrow window the parts of the sentence stand below each other. */
static void
set_folded (RufPeopleFilter *self,
            gboolean         folded)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->folded = folded;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  folded ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_label_set_xalign (self->count, folded ? 0 : 1);
}

static void
ruf_people_filter_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (prop_id == PROP_FOLDED)
    set_folded (RUF_PEOPLE_FILTER (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_people_filter_class_init (RufPeopleFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_people_filter_dispose;
  object_class->finalize = ruf_people_filter_finalize;
  object_class->get_property = ruf_people_filter_get_property;
  object_class->set_property = ruf_people_filter_set_property;

  properties[PROP_SEGMENT] =
    g_param_spec_string ("segment", NULL, NULL, "",
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-people-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, RufPeopleFilter, tags);
  gtk_widget_class_bind_template_child (widget_class, RufPeopleFilter, consents);
  gtk_widget_class_bind_template_child (widget_class, RufPeopleFilter, clear);
  gtk_widget_class_bind_template_child (widget_class, RufPeopleFilter, count);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, ruf_people_filter_clear);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

/* The button inside a drop-down has no name of its own in GTK 4.8. */
static void
name_button (GtkDropDown *drop_down,
             const char  *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
ruf_people_filter_init (RufPeopleFilter *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->tag_terms = g_ptr_array_new_with_free_func (g_free);
  self->consent_terms = g_ptr_array_new_with_free_func (g_free);
  self->segment = g_strdup ("");
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_init_template (GTK_WIDGET (self));
  name_button (self->tags, _("Tag"));
  name_button (self->consents, _("Consent"));
}

/**
 * ruf_people_filter_reload:
 * @self: a filter
 * @context: where the people are
 *
 * Reads anew which tags and consents there are to choose from.
 */
void
ruf_people_filter_reload (RufPeopleFilter *self,
                          RufContext      *context)
{
  g_return_if_fail (RUF_IS_PEOPLE_FILTER (self));
  g_return_if_fail (RUF_IS_CONTEXT (context));

  ruf_store_read_async (ruf_context_get_store (context), read_choices,
                        g_new0 (Choices, 1), (GDestroyNotify) choices_free, NULL,
                        choices_read_cb, g_object_ref (self));
}

/**
 * ruf_people_filter_clear:
 * @self: a filter
 *
 * Goes back to everyone.
 */
void
ruf_people_filter_clear (RufPeopleFilter *self)
{
  g_return_if_fail (RUF_IS_PEOPLE_FILTER (self));

  g_clear_pointer (&self->wanted_consent, g_free);
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->tags, 0);
  gtk_drop_down_set_selected (self->consents, 0);
  self->filling = FALSE;
  update_segment (self);
}

/**
 * ruf_people_filter_choose:
 * @self: a filter
 * @channel: a channel
 * @purpose: a key
 *
 * Shows who agreed to @purpose on @channel, whatever their tags, now or once it is read that
 * there are such people.
 */
void
ruf_people_filter_choose (RufPeopleFilter *self,
                          RufChannel       channel,
                          const char      *purpose)
{
  g_return_if_fail (RUF_IS_PEOPLE_FILTER (self));
  g_return_if_fail (purpose != NULL);

  ruf_people_filter_clear (self);
  g_free (self->wanted_consent);
  self->wanted_consent = make_consent_term (channel, purpose);
  choose_wanted (self);
}

/**
 * ruf_people_filter_get_segment:
 * @self: a filter
 *
 * Returns: the expression of what is chosen; "" for everyone
 */
const char *
ruf_people_filter_get_segment (RufPeopleFilter *self)
{
  g_return_val_if_fail (RUF_IS_PEOPLE_FILTER (self), "");

  return self->segment;
}

/**
 * ruf_people_filter_set_count:
 * @self: a filter
 * @words: how many are shown: "139 of 180 people"
 */
void
ruf_people_filter_set_count (RufPeopleFilter *self,
                             const char      *words)
{
  g_return_if_fail (RUF_IS_PEOPLE_FILTER (self));

  gtk_label_set_label (self->count, words);
}

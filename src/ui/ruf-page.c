/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One page of the window: knows the context, whether the sidebar is folded away, and when to
 * read the store again. Only the page in view reads; the others wait until they are shown. */

#include "config.h"

#include "ruf-page.h"

typedef struct
{
  RufContext *context;
  gboolean    folded;
  gboolean    stale;
  gboolean    wants_focus;   /* as soon as its main thing is there */
  guint       badge;
} RufPagePrivate;

enum
{
  PROP_0,
  PROP_CONTEXT,
  PROP_FOLDED,
  PROP_BADGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RufPage, ruf_page, ADW_TYPE_BIN)

static void
changed_cb (RufPage *self)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  priv->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ruf_page_refresh (self);
}

/* GTK 4.8 shows assistive technology the pages behind the visible one too. */
static void
set_hidden (GtkWidget *widget,
            gboolean   hidden)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

static void
ruf_page_unmap (GtkWidget *widget)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (RUF_PAGE (widget));

  priv->wants_focus = FALSE;
  set_hidden (widget, TRUE);

  GTK_WIDGET_CLASS (ruf_page_parent_class)->unmap (widget);
}

static void
ruf_page_map (GtkWidget *widget)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (RUF_PAGE (widget));

  GTK_WIDGET_CLASS (ruf_page_parent_class)->map (widget);
  set_hidden (widget, FALSE);

  if (priv->stale)
    ruf_page_refresh (RUF_PAGE (widget));
}

static gboolean
ruf_page_real_take_focus (RufPage *self)
{
  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
ruf_page_dispose (GObject *object)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (RUF_PAGE (object));

  g_clear_object (&priv->context);

  G_OBJECT_CLASS (ruf_page_parent_class)->dispose (object);
}

static void
ruf_page_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (RUF_PAGE (object));

  switch (prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, priv->context);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, priv->folded);
      break;
    case PROP_BADGE:
      g_value_set_uint (value, priv->badge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_page_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  RufPage *self = RUF_PAGE (object);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      ruf_page_set_context (self, g_value_get_object (value));
      break;
    case PROP_FOLDED:
      ruf_page_set_folded (self, g_value_get_boolean (value));
      break;
    case PROP_BADGE:
      ruf_page_set_badge (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_page_class_init (RufPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_page_dispose;
  object_class->get_property = ruf_page_get_property;
  object_class->set_property = ruf_page_set_property;
  widget_class->map = ruf_page_map;
  widget_class->unmap = ruf_page_unmap;
  klass->take_focus = ruf_page_real_take_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  properties[PROP_CONTEXT] =
    g_param_spec_object ("context", NULL, NULL, RUF_TYPE_CONTEXT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BADGE] =
    g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_page_init (RufPage *self)
{
  set_hidden (GTK_WIDGET (self), TRUE);
}

/**
 * ruf_page_get_context:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the context, NULL before the window handed it over
 */
RufContext *
ruf_page_get_context (RufPage *self)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_val_if_fail (RUF_IS_PAGE (self), NULL);

  return priv->context;
}

/**
 * ruf_page_set_context:
 * @self: a page
 * @context: what the page works on
 *
 * Hands the context over, once. The page reads the store when it is shown next.
 */
void
ruf_page_set_context (RufPage    *self,
                      RufContext *context)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_if_fail (RUF_IS_PAGE (self));
  g_return_if_fail (RUF_IS_CONTEXT (context));
  g_return_if_fail (priv->context == NULL);

  priv->context = g_object_ref (context);
  g_signal_connect_object (ruf_context_get_store (context), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTEXT]);
  changed_cb (self);
}

/**
 * ruf_page_get_folded:
 * @self: a page
 *
 * Returns: whether the sidebar is folded away, so that the page shows a back button
 */
gboolean
ruf_page_get_folded (RufPage *self)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_val_if_fail (RUF_IS_PAGE (self), FALSE);

  return priv->folded;
}

/**
 * ruf_page_set_folded:
 * @self: a page
 * @folded: whether the sidebar is folded away
 *
 * Set by the window.
 */
void
ruf_page_set_folded (RufPage  *self,
                     gboolean  folded)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_if_fail (RUF_IS_PAGE (self));

  if (priv->folded == folded)
    return;

  priv->folded = folded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

/**
 * ruf_page_get_badge:
 * @self: a page
 *
 * Returns: how many things wait on this page; 0 shows no badge
 */
guint
ruf_page_get_badge (RufPage *self)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_val_if_fail (RUF_IS_PAGE (self), 0);

  return priv->badge;
}

/**
 * ruf_page_set_badge:
 * @self: a page
 * @badge: how many things wait on this page
 *
 * The sidebar shows the number beside the page's name where it is above 0.
 */
void
ruf_page_set_badge (RufPage *self,
                    guint    badge)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_if_fail (RUF_IS_PAGE (self));

  if (priv->badge == badge)
    return;

  priv->badge = badge;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
}

/**
 * ruf_page_refresh:
 * @self: a page
 *
 * Reads the store anew and shows what is there.
 */
void
ruf_page_refresh (RufPage *self)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_if_fail (RUF_IS_PAGE (self));

  priv->stale = FALSE;
  if (priv->context != NULL && RUF_PAGE_GET_CLASS (self)->refresh != NULL)
    RUF_PAGE_GET_CLASS (self)->refresh (self);
}

/**
 * ruf_page_take_focus:
 * @self: a page
 *
 * Puts the keyboard focus on the page's main thing, now or once it is there.
 */
void
ruf_page_take_focus (RufPage *self)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_if_fail (RUF_IS_PAGE (self));

  priv->wants_focus = !RUF_PAGE_GET_CLASS (self)->take_focus (self);
}

/**
 * ruf_page_settle:
 * @self: a page
 *
 * Called by a page whenever it has shown what it read: the focus that could not be taken
 * before is taken now.
 */
void
ruf_page_settle (RufPage *self)
{
  RufPagePrivate *priv = ruf_page_get_instance_private (self);

  g_return_if_fail (RUF_IS_PAGE (self));

  if (priv->wants_focus)
    ruf_page_take_focus (self);
}

/**
 * ruf_page_search:
 * @self: a page
 *
 * Opens the page's search, where it has one.
 */
void
ruf_page_search (RufPage *self)
{
  g_return_if_fail (RUF_IS_PAGE (self));

  if (RUF_PAGE_GET_CLASS (self)->search != NULL)
    RUF_PAGE_GET_CLASS (self)->search (self);
}

/**
 * ruf_page_create:
 * @self: a page
 *
 * Starts a new one of what the page lists: a message, a person by hand.
 */
void
ruf_page_create (RufPage *self)
{
  g_return_if_fail (RUF_IS_PAGE (self));

  if (RUF_PAGE_GET_CLASS (self)->create != NULL)
    RUF_PAGE_GET_CLASS (self)->create (self);
}

/**
 * ruf_page_show_item:
 * @self: a page
 * @id: of the run, message or person
 *
 * Brings one thing into view.
 */
void
ruf_page_show_item (RufPage *self,
                    gint64   id)
{
  g_return_if_fail (RUF_IS_PAGE (self));

  if (RUF_PAGE_GET_CLASS (self)->show_item != NULL)
    RUF_PAGE_GET_CLASS (self)->show_item (self, id);
}

/**
 * ruf_page_add_toast:
 * @self: a page inside a window
 * @toast: (transfer full): a toast
 *
 * Shows @toast over the window the page is in.
 */
void
ruf_page_add_toast (RufPage  *self,
                    AdwToast *toast)
{
  GtkWidget *overlay;

  g_return_if_fail (RUF_IS_PAGE (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

/**
 * ruf_page_say:
 * @self: a page
 * @words: one translated sentence
 *
 * Says @words in a toast.
 */
void
ruf_page_say (RufPage    *self,
              const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  ruf_page_add_toast (self, adw_toast_new (markup));
}

/**
 * ruf_page_say_error:
 * @self: a page
 * @error: (nullable): what went wrong
 *
 * Says what went wrong in a toast; a cancelled piece of work is not worth a word.
 */
void
ruf_page_say_error (RufPage *self,
                    GError  *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ruf_page_say (self, error->message);
}

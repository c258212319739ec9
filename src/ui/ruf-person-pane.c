/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One person beside the table: who it is, what they agreed to and how that came about, what
 * they answered. One click withdraws. */

#include "config.h"

#include "ruf-person-pane.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-dialog.h"
#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-icons.h"
#include "ruf-outbox-table.h"
#include "ruf-page.h"
#include "ruf-withdrawal.h"
#include "ruf-words.h"

struct _RufPersonPane
{
  AdwBin               parent_instance;

  AdwAvatar           *avatar;
  GtkLabel            *name;
  GtkLabel            *about;
  GtkFlowBox          *tags;
  AdwPreferencesGroup *addresses;
  AdwPreferencesGroup *consents;
  AdwPreferencesGroup *history;
  AdwPreferencesGroup *replies;

  GPtrArray           *rows;      /* GtkWidget, what the groups hold now */
  RufContext          *context;
  gint64               id;
  RufPerson           *person;
};

/* What the store knows of one person. */
typedef struct
{
  gint64     id;
  RufPerson *person;
  GPtrArray *events;    /* RufConsentEvent */
  GPtrArray *replies;   /* RufReplyRecord */
} Portrait;

static guint closed_signal;

G_DEFINE_FINAL_TYPE (RufPersonPane, ruf_person_pane, ADW_TYPE_BIN)

static void
portrait_free (Portrait *portrait)
{
  g_clear_pointer (&portrait->person, ruf_person_free);
  g_clear_pointer (&portrait->events, g_ptr_array_unref);
  g_clear_pointer (&portrait->replies, g_ptr_array_unref);
  g_free (portrait);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const RufConsentEvent *left = *(const RufConsentEvent * const *) a;
  const RufConsentEvent *right = *(const RufConsentEvent * const *) b;

  return left->seq > right->seq ? -1 : left->seq < right->seq;
}

static gboolean
read_events (RufDb     *db,
             Portrait  *portrait,
             GError   **error)
{
  portrait->events = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_consent_record_free);
  for (guint i = 0; i < portrait->person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (portrait->person->points, i);
      g_autoptr (GPtrArray) events = NULL;

      events = ruf_consent_table_list (db, point->kind, point->address, error);
      if (events == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (portrait->events, g_steal_pointer (&events));
    }
  g_ptr_array_sort (portrait->events, compare_events);

  return TRUE;
}

static gboolean
read_portrait (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Portrait *portrait = data;

  portrait->person = ruf_people_table_get (db, portrait->id, error);
  if (portrait->person == NULL || !read_events (db, portrait, error))
    return FALSE;
  portrait->replies = ruf_reply_table_list (db, FALSE, portrait->id, error);

  return portrait->replies != NULL;
}

static RufPage *
get_page (RufPersonPane *self)
{
  return RUF_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self), RUF_TYPE_PAGE));
}

static void
add_row (RufPersonPane       *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (RufPersonPane *self)
{
  AdwPreferencesGroup *groups[] = {
    self->addresses, self->consents, self->history, self->replies
  };
  GtkWidget *child;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < G_N_ELEMENTS (groups); j++)
        if (gtk_widget_is_ancestor (row, GTK_WIDGET (groups[j])))
          {
            adw_preferences_group_remove (groups[j], row);
            break;
          }
    }
  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tags))) != NULL)
    gtk_flow_box_remove (self->tags, child);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  return row;
}

static void
fill_addresses (RufPersonPane *self)
{
  for (guint i = 0; i < self->person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (self->person->points, i);
      g_autofree char *address = ruf_words_address (point->kind, point->address);
      GtkWidget *row = make_row (address, ruf_words_address_kind (point->kind));
      GtkWidget *icon = gtk_image_new_from_icon_name (ruf_icons_address (point->kind));

      /* On several lines a hyphen would slip into the address. */
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
      gtk_widget_set_tooltip_text (row, address);
      adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      add_row (self, self->addresses, row);
    }
}

static void
withdraw_cb (GtkButton     *button,
             RufPersonPane *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "mark"));

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  ruf_withdrawal_start (get_page (self), self->person,
                        g_ptr_array_index (self->person->consents, i));
}

static char *
describe_mark (RufPersonPane        *self,
               const RufConsentMark *mark)
{
  const char *state = ruf_words_consent (mark->status, mark->level);
  g_autofree char *day = NULL;

  if (mark->since == 0)
    return g_strdup (state);

  day = ruf_words_day (mark->since, ruf_context_get_zone (self->context));
  return g_strdup_printf ("%s · %s", state, day);
}

static void
fill_consents (RufPersonPane *self)
{
  for (guint i = 0; i < self->person->consents->len; i++)
    {
      const RufConsentMark *mark = g_ptr_array_index (self->person->consents, i);
      g_autofree char *stream = ruf_words_stream (mark->channel, mark->purpose);
      g_autofree char *state = describe_mark (self, mark);
      GtkWidget *row = make_row (stream, state);
      GtkWidget *icon = gtk_image_new_from_icon_name (ruf_icons_channel (mark->channel));

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      gtk_widget_set_tooltip_text (row, ruf_words_level (mark->level));
      if (mark->status == RUF_CONSENT_STATUS_ACTIVE)
        {
          GtkWidget *button = gtk_button_new_with_label (_("Withdraw"));

          gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
          gtk_widget_add_css_class (button, "flat");
          g_object_set_data (G_OBJECT (button), "mark", GUINT_TO_POINTER (i));
          g_signal_connect_object (button, "clicked", G_CALLBACK (withdraw_cb), self, 0);
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
        }
      add_row (self, self->consents, row);
    }

  if (self->person->consents->len == 0)
    add_row (self, self->consents,
             make_row (_("Nothing yet"), _("An address is not yet a permission.")));
}

static char *
describe_event (RufPersonPane         *self,
                const RufConsentEvent *event)
{
  g_autofree char *stream = ruf_words_stream (event->channel, event->purpose);
  g_autofree char *when = NULL;
  gint64 moment = event->occurred_at != 0 ? event->occurred_at : event->recorded_at;
  RufEvidenceLevel level;
  gboolean granted;

  when = ruf_words_full_moment (moment, ruf_context_get_zone (self->context));
  granted = event->type == RUF_CONSENT_GRANTED || event->type == RUF_CONSENT_CONFIRMED;
  level = ruf_consent_event_get_level (event, ruf_context_get_now (self->context));
  if (granted && level == RUF_EVIDENCE_E0)
    return g_strdup_printf ("%s\n%s · %s", stream, when,
                            ruf_words_consent_status (RUF_CONSENT_STATUS_UNPROVEN));

  return g_strdup_printf ("%s\n%s", stream, when);
}

/* With a wording or the person's own words, the row opens and shows them. */
static GtkWidget *
make_event_row (RufPersonPane         *self,
                const RufConsentEvent *event)
{
  g_autofree char *title = ruf_words_event (event);
  g_autofree char *subtitle = describe_event (self, event);
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  if (event->wording != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              make_row (_("What they were shown"), event->wording));
  if (event->text != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              make_row (_("What they wrote"), event->text));

  return row;
}

static void
fill_history (RufPersonPane *self,
              GPtrArray     *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const RufConsentEvent *event = g_ptr_array_index (events, i);
      g_autofree char *title = NULL;
      g_autofree char *subtitle = NULL;

      if (event->wording != NULL || event->text != NULL)
        {
          add_row (self, self->history, make_event_row (self, event));
          continue;
        }
      title = ruf_words_event (event);
      subtitle = describe_event (self, event);
      add_row (self, self->history, make_row (title, subtitle));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->history), events->len > 0);
}

static void
fill_replies (RufPersonPane *self,
              GPtrArray     *replies)
{
  for (guint i = 0; i < replies->len; i++)
    {
      const RufReplyRecord *reply = g_ptr_array_index (replies, i);
      g_autofree char *when = NULL;

      when = ruf_words_full_moment (reply->at, ruf_context_get_zone (self->context));
      add_row (self, self->replies, make_row (reply->text, when));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->replies), replies->len > 0);
}

static char *
describe_person (RufPersonPane *self)
{
  const RufPerson *person = self->person;
  g_autofree char *moment = NULL;
  g_autofree char *last = NULL;
  const char *parts[4] = { NULL };
  guint n = 0;

  if (person->organisation != NULL)
    parts[n++] = person->organisation;
  if (person->city != NULL)
    parts[n++] = person->city;
  if (person->last_message_at != 0)
    {
      moment = ruf_words_moment (person->last_message_at, ruf_context_get_now (self->context),
                                 ruf_context_get_zone (self->context));
      last = g_strdup_printf (_("last message %s"), moment);
      parts[n++] = last;
    }

  return g_strjoinv (" · ", (char **) parts);
}

static void
fill_head (RufPersonPane *self)
{
  g_autofree char *about = describe_person (self);

  adw_avatar_set_text (self->avatar, self->person->name);
  gtk_label_set_label (self->name, self->person->name);
  gtk_label_set_label (self->about, about);
  gtk_widget_set_visible (GTK_WIDGET (self->about), *about != '\0');
  for (guint i = 0; i < self->person->tags->len; i++)
    {
      const char *words = g_ptr_array_index (self->person->tags, i);
      GtkWidget *tag = gtk_label_new (words);

      gtk_label_set_ellipsize (GTK_LABEL (tag), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (tag), 16);
      gtk_widget_set_tooltip_text (tag, words);
      gtk_widget_add_css_class (tag, "tag");
      gtk_widget_set_halign (tag, GTK_ALIGN_CENTER);
      gtk_flow_box_append (self->tags, tag);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tags), self->person->tags->len > 0);
}

static void
portrait_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (RufPersonPane) self = user_data;
  Portrait *portrait = ruf_store_get_task_data (result);
  g_autoptr (GError) error = NULL;

  if (portrait->id != self->id || get_page (self) == NULL)
    return;
  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      if (g_error_matches (error, RUF_ERROR, RUF_ERROR_NOT_FOUND))
        g_signal_emit (self, closed_signal, 0);
      else
        ruf_page_say_error (get_page (self), error);
      return;
    }

  clear_rows (self);
  g_clear_pointer (&self->person, ruf_person_free);
  self->person = g_steal_pointer (&portrait->person);
  fill_head (self);
  fill_addresses (self);
  fill_consents (self);
  fill_history (self, portrait->events);
  fill_replies (self, portrait->replies);
}

static void
close_cb (RufPersonPane *self)
{
  g_signal_emit (self, closed_signal, 0);
}

static void
record_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  RufPersonPane *self = RUF_PERSON_PANE (widget);
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (widget));

  if (self->person != NULL)
    gtk_window_present (GTK_WINDOW (ruf_consent_dialog_new (parent, get_page (self),
                                                            self->person)));
}

static void
ruf_person_pane_dispose (GObject *object)
{
  RufPersonPane *self = RUF_PERSON_PANE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->person, ruf_person_free);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (ruf_person_pane_parent_class)->dispose (object);
}

static void
ruf_person_pane_class_init (RufPersonPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_person_pane_dispose;

  /**
   * RufPersonPane::closed:
   *
   * The user is done with this person, or the person is gone.
   */
  closed_signal = g_signal_new ("closed", RUF_TYPE_PERSON_PANE, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "person.record", NULL, record_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-person-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RufPersonPane, avatar);
  gtk_widget_class_bind_template_child (widget_class, RufPersonPane, name);
  gtk_widget_class_bind_template_child (widget_class, RufPersonPane, about);
  gtk_widget_class_bind_template_child (widget_class, RufPersonPane, tags);
  gtk_widget_class_bind_template_child (widget_class, RufPersonPane, addresses);
  gtk_widget_class_bind_template_child (widget_class, RufPersonPane, consents);
  gtk_widget_class_bind_template_child (widget_class, RufPersonPane, history);
  gtk_widget_class_bind_template_child (widget_class, RufPersonPane, replies);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
ruf_person_pane_init (RufPersonPane *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_person_pane_show:
 * @self: a pane
 * @context: where the person is
 * @id: of the person
 *
 * Reads one person and shows them.
 */
void
ruf_person_pane_show (RufPersonPane *self,
                      RufContext    *context,
                      gint64         id)
{
  g_return_if_fail (RUF_IS_PERSON_PANE (self));
  g_return_if_fail (RUF_IS_CONTEXT (context));

  g_set_object (&self->context, context);
  self->id = id;
  ruf_person_pane_reload (self);
}

/**
 * ruf_person_pane_reload:
 * @self: a pane
 *
 * Reads the person anew.
 */
void
ruf_person_pane_reload (RufPersonPane *self)
{
  Portrait *portrait;

  g_return_if_fail (RUF_IS_PERSON_PANE (self));

  if (self->context == NULL || self->id == 0)
    return;

  portrait = g_new0 (Portrait, 1);
  portrait->id = self->id;
  ruf_store_read_async (ruf_context_get_store (self->context), read_portrait,
                        portrait, (GDestroyNotify) portrait_free, NULL,
                        portrait_read_cb, g_object_ref (self));
}

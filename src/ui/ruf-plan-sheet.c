/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans a message: what for, to whom, when. Counts while the user chooses who will get it, who
 * will not, and why; what it will cost; says what stands in the way; and freezes all that with
 * one button. */

#include "config.h"

#include "ruf-plan-sheet.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-cost.h"
#include "ruf-error.h"
#include "ruf-moment-row.h"
#include "ruf-note-row.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"
#include "ruf-plan-audience.h"
#include "ruf-plan-note.h"
#include "ruf-preview.h"
#include "ruf-quiet-hours.h"
#include "ruf-recipient-view.h"
#include "ruf-stack.h"
#include "ruf-text-measure.h"
#include "ruf-words.h"

struct _RufPlanSheet
{
  AdwWindow parent_instance;

  AdwWindowTitle   *title;
  GtkWidget        *cancel;
  GtkWidget        *back;
  GtkStack         *stack;       /* "plan", "people" */
  RufRecipientView *recipients;
  AdwToastOverlay  *toasts;
  GtkButton        *plan;
  RufPreview       *preview;
  AdwEntryRow     *name;
  GtkLabel        *name_fault;
  AdwComboRow     *message;
  AdwComboRow     *purpose;
  AdwComboRow     *segment;
  RufMomentRow    *when;
  AdwComboRow     *until;
  AdwPreferencesGroup *text_group;
  AdwPreferencesGroup *consent_group;
  AdwPreferencesGroup *time_group;
  RufPlanAudience     *audience;

  RufPage         *page;        /* unowned: our parent's */
  RufContext      *context;
  GPtrArray       *messages;    /* RufMessage */
  GPtrArray       *campaigns;   /* RufCampaign, latest first */
  GPtrArray       *counts;      /* RufConsentCount */
  GPtrArray       *purposes;    /* char *: keys */
  GPtrArray       *segments;    /* char *: expressions */
  GPtrArray       *notes;       /* RufPlanNote: what the note rows say, or NULL */
  GPtrArray       *note_rows;   /* GtkWidget */
  GCancellable    *counting;
  GtkWidget       *opener;      /* the row that opened the people, unowned */
  gboolean         name_typed;
  gboolean         filling;
  char            *wanted;      /* name of the message to begin with */
};

G_DEFINE_FINAL_TYPE (RufPlanSheet, ruf_plan_sheet, ADW_TYPE_WINDOW)

/* How long after its time a message may still leave. */
static const struct
{
  const char *words;
  gint64      span;
} untils[] = {
  { N_("No end"), 0 },
  { N_("1 hour later"), G_TIME_SPAN_HOUR },
  { N_("4 hours later"), 4 * G_TIME_SPAN_HOUR },
  { N_("1 day later"), G_TIME_SPAN_DAY },
};

/* What the sheet offers to choose from. */
typedef struct
{
  GPtrArray *messages;
  GPtrArray *campaigns;
  GPtrArray *tags;
  GPtrArray *counts;    /* RufConsentCount: the purposes in use */
} Choices;

static void
choices_free (gpointer data)
{
  Choices *choices = data;

  g_clear_pointer (&choices->messages, g_ptr_array_unref);
  g_clear_pointer (&choices->campaigns, g_ptr_array_unref);
  g_clear_pointer (&choices->tags, g_ptr_array_unref);
  g_clear_pointer (&choices->counts, g_ptr_array_unref);
  g_free (choices);
}

static gboolean
read_choices (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Choices *choices = data;

  choices->messages = ruf_message_table_list (db, error);
  choices->campaigns = choices->messages != NULL ? ruf_campaign_table_list (db, error) : NULL;
  choices->tags = choices->campaigns != NULL ? ruf_people_table_list_tags (db, error) : NULL;
  choices->counts = choices->tags != NULL ? ruf_people_table_count_consents (db, 0, error) : NULL;

  return choices->counts != NULL;
}

static const RufMessage *
get_message (RufPlanSheet *self)
{
  guint at = adw_combo_row_get_selected (self->message);

  return self->messages != NULL && at < self->messages->len
           ? g_ptr_array_index (self->messages, at) : NULL;
}

/* The campaign as chosen. */
static RufCampaign *
make_campaign (RufPlanSheet *self)
{
  const RufMessage *message = get_message (self);
  RufCampaign *campaign = ruf_campaign_new ();
  gint64 span = untils[adw_combo_row_get_selected (self->until)].span;

  campaign->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  campaign->message_id = message->id;
  campaign->message_name = g_strdup (message->name);
  campaign->channel = message->channel;
  campaign->purpose = g_strdup (g_ptr_array_index (self->purposes,
                                                   adw_combo_row_get_selected (self->purpose)));
  campaign->segment = g_strdup (g_ptr_array_index (self->segments,
                                                   adw_combo_row_get_selected (self->segment)));
  campaign->send_at = ruf_moment_row_get_moment (self->when);
  campaign->not_after = span != 0 ? campaign->send_at + span : 0;

  return campaign;
}

typedef struct
{
  RufCampaign *campaign;
  gint64       now;
  GTimeZone   *zone;
  gint64       ready;
  GArray      *excluded;
  GArray      *recipients;   /* RufRecipientId: the first of those who will get it */
  GPtrArray   *notes;
  gint64       run_id;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_clear_pointer (&plan->campaign, ruf_campaign_free);
  g_time_zone_unref (plan->zone);
  g_clear_pointer (&plan->excluded, g_array_unref);
  g_clear_pointer (&plan->recipients, g_array_unref);
  g_clear_pointer (&plan->notes, g_ptr_array_unref);
  g_free (plan);
}

static Plan *
make_plan (RufPlanSheet *self)
{
  Plan *plan = g_new0 (Plan, 1);

  plan->campaign = make_campaign (self);
  plan->now = ruf_context_get_now (self->context);
  plan->zone = g_time_zone_ref (ruf_context_get_zone (self->context));

  return plan;
}

static gboolean
count_plan (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Plan *plan = data;

  if (!ruf_outbox_table_preview (db, plan->campaign, &plan->ready, &plan->excluded, error))
    return FALSE;

  plan->notes = ruf_plan_notes_make (db, plan->campaign, plan->now, plan->zone, error);
  if (plan->notes == NULL)
    return FALSE;

  plan->recipients = ruf_outbox_table_preview_people (db, plan->campaign, RUF_EXCLUDE_NONE,
                                                      RUF_PREVIEW_PEOPLE, error);
  return plan->recipients != NULL;
}

static void
estimate (RufPlanSheet *self,
          gint64        ready,
          RufCost      *cost)
{
  const RufMessage *message = get_message (self);
  RufTextMeasure measure;

  ruf_text_measure (message->body, message->channel, &measure);
  ruf_cost_estimate (message->channel, ready, measure.segments, cost);
  ruf_text_measure_clear (&measure);
}

/* Under the rows that it is about. */
static AdwPreferencesGroup *
get_note_group (RufPlanSheet *self,
                RufPlanCode   code)
{
  switch (code)
    {
    case RUF_PLAN_TEXT_TOO_LONG:
    case RUF_PLAN_PLACEHOLDER_BROKEN:
    case RUF_PLAN_PLACEHOLDER_UNKNOWN:
    case RUF_PLAN_WRONG_CHANNEL:
      return self->text_group;
    case RUF_PLAN_NOBODY_AGREED:
      return self->consent_group;
    default:
      return self->time_group;
    }
}

static gboolean
are_notes_shown (RufPlanSheet *self,
                 GPtrArray    *notes)
{
  if (self->notes == NULL || self->notes->len != notes->len)
    return FALSE;

  for (guint i = 0; i < notes->len; i++)
    {
      const RufPlanNote *a = g_ptr_array_index (self->notes, i);
      const RufPlanNote *b = g_ptr_array_index (notes, i);

      if (a->code != b->code || !g_str_equal (a->text, b->text))
        return FALSE;
    }
  return TRUE;
}

static void
show_notes (RufPlanSheet *self,
            GPtrArray    *notes)
{
  if (are_notes_shown (self, notes))
    return;

  for (guint i = 0; i < self->note_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->note_rows, i);

      adw_preferences_group_remove (
        ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->note_rows, 0);

  g_clear_pointer (&self->notes, g_ptr_array_unref);
  self->notes = g_ptr_array_ref (notes);
  for (guint i = 0; i < notes->len; i++)
    {
      const RufPlanNote *note = g_ptr_array_index (notes, i);
      GtkWidget *row = ruf_note_row_new (note->text, ruf_plan_code_blocks (note->code));

      adw_preferences_group_add (get_note_group (self, note->code), row);
      g_ptr_array_add (self->note_rows, row);
    }
}

static void
show_count (RufPlanSheet *self,
            const Plan   *plan)
{
  g_autofree char *number = ruf_words_number (plan->ready);
  g_autofree char *deed = g_strdup_printf (
    ngettext ("Plan for %s Person", "Plan for %s People", (gulong) plan->ready), number);
  RufCost cost;

  estimate (self, plan->ready, &cost);
  ruf_plan_audience_show (self->audience, plan->ready, plan->excluded, &cost);
  show_notes (self, plan->notes);
  ruf_preview_set_recipients (self->preview, plan->recipients);
  gtk_button_set_label (self->plan, deed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->plan),
                            plan->ready > 0 && ruf_plan_notes_allow (plan->notes, NULL));
}

static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (RufPlanSheet) self = user_data;
  g_autoptr (GError) error = NULL;
  Plan *plan = ruf_store_get_task_data (result);

  if (ruf_store_run_finish (RUF_STORE (source), result, &error))
    show_count (self, plan);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ruf_plan_audience_say (self->audience, error->message);
}

/* An earlier count that is still under way is of no use any more. */
static void
count (RufPlanSheet *self)
{
  if (get_message (self) == NULL)
    return;

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  ruf_store_read_async (ruf_context_get_store (self->context), count_plan, make_plan (self),
                        plan_free, self->counting, count_cb, g_object_ref (self));
}

static gboolean
has_campaign (RufPlanSheet *self,
              const char   *name)
{
  for (guint i = 0; i < self->campaigns->len; i++)
    if (g_str_equal (((RufCampaign *) g_ptr_array_index (self->campaigns, i))->name, name))
      return TRUE;

  return FALSE;
}

/* "Wochenangebot, 26 November", until the user types a name. */
static void
propose_name (RufPlanSheet *self)
{
  const RufMessage *message = get_message (self);
  g_autofree char *day = NULL, *name = NULL;

  if (self->name_typed || message == NULL)
    return;

  day = ruf_words_day (ruf_moment_row_get_moment (self->when),
                       ruf_context_get_zone (self->context));
  name = g_strdup_printf ("%s, %s", message->name, day);
  for (guint n = 2; has_campaign (self, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s, %s (%u)", message->name, day, n);
    }
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  self->filling = FALSE;
}

static void
changed_cb (RufPlanSheet *self)
{
  const RufMessage *message = get_message (self);

  if (self->filling || message == NULL)
    return;

  propose_name (self);
  ruf_preview_set_message (self->preview, message->channel, message->body);
  ruf_preview_set_moment (self->preview, ruf_moment_row_get_moment (self->when));
  count (self);
}

/* The last campaign with this message, else the last on its channel. */
static const RufCampaign *
find_last (RufPlanSheet     *self,
           const RufMessage *message)
{
  const RufCampaign *last = NULL;

  for (guint i = 0; i < self->campaigns->len; i++)
    {
      const RufCampaign *campaign = g_ptr_array_index (self->campaigns, i);

      if (campaign->message_id == message->id)
        return campaign;
      if (last == NULL && campaign->channel == message->channel)
        last = campaign;
    }

  return last;
}

/* What most people on the channel agreed to. */
static const char *
find_usual_purpose (RufPlanSheet *self,
                    RufChannel    channel)
{
  const RufConsentCount *most = NULL;

  for (guint i = 0; i < self->counts->len; i++)
    {
      const RufConsentCount *count = g_ptr_array_index (self->counts, i);

      if (count->channel == channel && (most == NULL || count->n_active > most->n_active))
        most = count;
    }

  return most != NULL ? most->purpose : NULL;
}

static void
choose (AdwComboRow *row,
        GPtrArray   *keys,
        const char  *key)
{
  guint at;

  if (key != NULL && g_ptr_array_find_with_equal_func (keys, key, g_str_equal, &at))
    adw_combo_row_set_selected (row, at);
}

/* As long after its time as @last. */
static void
propose_until (RufPlanSheet      *self,
               const RufCampaign *last)
{
  gint64 span = last->not_after != 0 ? last->not_after - last->send_at : 0;

  for (guint i = 0; i < G_N_ELEMENTS (untils); i++)
    if (untils[i].span == span)
      adw_combo_row_set_selected (self->until, i);
}

/* Begins with what was chosen last time. */
static void
propose_audience (RufPlanSheet *self)
{
  const RufMessage *message = get_message (self);
  const RufCampaign *last;

  if (message == NULL)
    return;

  last = find_last (self, message);
  choose (self->purpose, self->purposes,
          last != NULL ? last->purpose : find_usual_purpose (self, message->channel));
  if (last != NULL)
    {
      choose (self->segment, self->segments, last->segment);
      propose_until (self, last);
    }
}

static void
message_changed_cb (RufPlanSheet *self)
{
  if (self->filling)
    return;

  self->filling = TRUE;
  propose_audience (self);
  self->filling = FALSE;
  changed_cb (self);
}

static void
set_name_fault (RufPlanSheet *self,
                const char   *words)
{
  gtk_label_set_text (self->name_fault, words);
  gtk_widget_set_visible (GTK_WIDGET (self->name_fault), words != NULL);
  if (words != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
}

static void
name_changed_cb (RufPlanSheet *self)
{
  if (self->filling)
    return;

  self->name_typed = TRUE;
  set_name_fault (self, NULL);
}

/* A campaign of that name is never written over, and what has changed since the sheet counted
 * is looked at again. */
static gboolean
store_plan (RufDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Plan *plan = data;
  g_autoptr (RufCampaign) other = ruf_campaign_table_get (db, plan->campaign->name, NULL);
  gint64 id;

  if (other != NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_EXISTS,
                   _("There is a campaign called “%s” already. Choose another name."),
                   plan->campaign->name);
      return FALSE;
    }

  plan->notes = ruf_plan_notes_make (db, plan->campaign, plan->now, plan->zone, error);
  return plan->notes != NULL && ruf_plan_notes_allow (plan->notes, error) &&
         ruf_campaign_table_save (db, plan->campaign, plan->now, &id, error) &&
         ruf_outbox_table_plan (db, id, plan->now, &plan->run_id, error);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RufPlanSheet) self = user_data;
  g_autoptr (GError) error = NULL;
  Plan *plan = ruf_store_get_task_data (result);

  gtk_widget_set_sensitive (GTK_WIDGET (self->plan), TRUE);
  if (ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->page), "win.show", "(sx)", "outbox",
                                  plan->run_id);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (g_error_matches (error, RUF_ERROR, RUF_ERROR_EXISTS))
    set_name_fault (self, error->message);
  else
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
}

static void
plan_clicked_cb (RufPlanSheet *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->name)) == '\0')
    {
      set_name_fault (self, _("Give the campaign a name by which you find it again."));
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      return;
    }

  gtk_widget_set_sensitive (GTK_WIDGET (self->plan), FALSE);
  ruf_store_write_async (ruf_context_get_store (self->context), store_plan, make_plan (self),
                         plan_free, NULL, stored_cb, g_object_ref (self));
}

static void
fill_messages (RufPlanSheet *self,
               GPtrArray    *messages)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint at = 0;

  self->messages = g_ptr_array_ref (messages);
  for (guint i = 0; i < messages->len; i++)
    {
      const RufMessage *message = g_ptr_array_index (messages, i);

      gtk_string_list_append (list, message->name);
      if (g_strcmp0 (message->name, self->wanted) == 0)
        at = i;
    }
  adw_combo_row_set_model (self->message, G_LIST_MODEL (list));
  if (messages->len > 0)
    adw_combo_row_set_selected (self->message, at);
}

static void
add_purpose (RufPlanSheet  *self,
             GtkStringList *list,
             const char    *key)
{
  if (g_ptr_array_find_with_equal_func (self->purposes, key, g_str_equal, NULL))
    return;

  g_ptr_array_add (self->purposes, g_strdup (key));
  gtk_string_list_append (list, ruf_words_purpose (key));
}

/* Those that people agreed to come first. */
static void
fill_purposes (RufPlanSheet *self,
               GPtrArray    *counts)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const char * const *builtin = ruf_purpose_get_builtin ();

  for (guint i = 0; i < counts->len; i++)
    add_purpose (self, list, ((RufConsentCount *) g_ptr_array_index (counts, i))->purpose);
  for (guint i = 0; builtin[i] != NULL; i++)
    add_purpose (self, list, builtin[i]);
  adw_combo_row_set_model (self->purpose, G_LIST_MODEL (list));
}

static void
fill_segments (RufPlanSheet *self,
               GPtrArray    *tags)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("Everyone who agreed"));
  g_ptr_array_add (self->segments, g_strdup (""));
  for (guint i = 0; i < tags->len; i++)
    {
      const char *tag = g_ptr_array_index (tags, i);
      g_autofree char *words = g_strdup_printf (_("With the tag “%s”"), tag);

      gtk_string_list_append (list, words);
      g_ptr_array_add (self->segments, g_strdup_printf ("tag:\"%s\"", tag));
    }
  adw_combo_row_set_model (self->segment, G_LIST_MODEL (list));
}

static void
choices_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (RufPlanSheet) self = user_data;
  g_autoptr (GError) error = NULL;
  Choices *choices = ruf_store_get_task_data (result);

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
      return;
    }

  self->filling = TRUE;
  self->campaigns = g_ptr_array_ref (choices->campaigns);
  self->counts = g_ptr_array_ref (choices->counts);
  fill_messages (self, choices->messages);
  fill_purposes (self, choices->counts);
  fill_segments (self, choices->tags);
  propose_audience (self);
  self->filling = FALSE;
  if (self->messages->len == 0)
    ruf_plan_audience_say (self->audience, _("Write a message first."));
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->message));
}

static void
show_title (RufPlanSheet *self)
{
  gboolean people = ruf_stack_is_at (self->stack, "people");
  const char *count = ruf_recipient_view_get_count (self->recipients);

  adw_window_title_set_title (self->title, people && count != NULL ? count : _("Plan a Message"));
  gtk_widget_set_visible (self->cancel, !people);
  gtk_widget_set_visible (GTK_WIDGET (self->plan), !people);
  gtk_widget_set_visible (self->back, people);
}

static void
people_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RufPlanSheet *self = RUF_PLAN_SHEET (widget);
  RufExcludeReason reason = g_variant_get_int32 (parameter);
  g_autofree char *title = reason == RUF_EXCLUDE_NONE
                             ? g_strdup (_("Get the message"))
                             : ruf_words_capitalise (ruf_words_exclude (reason));

  g_set_weak_pointer (&self->opener, gtk_root_get_focus (GTK_ROOT (self)));
  ruf_recipient_view_show (self->recipients, title,
                           ruf_recipient_model_new_of_plan (self->context, make_campaign (self),
                                                            reason));
  ruf_stack_show (self->stack, "people");
  show_title (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->recipients));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RufPlanSheet *self = RUF_PLAN_SHEET (widget);

  if (!ruf_stack_is_at (self->stack, "people"))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  ruf_stack_show (self->stack, "plan");
  show_title (self);
  if (self->opener != NULL)
    gtk_widget_grab_focus (self->opener);
}

static void
fill_untils (RufPlanSheet *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (untils); i++)
    gtk_string_list_append (list, _(untils[i].words));
  adw_combo_row_set_model (self->until, G_LIST_MODEL (list));
}

static void
ruf_plan_sheet_dispose (GObject *object)
{
  RufPlanSheet *self = RUF_PLAN_SHEET (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->context);
  g_clear_weak_pointer (&self->opener);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->campaigns, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_ptr_array_unref);

  G_OBJECT_CLASS (ruf_plan_sheet_parent_class)->dispose (object);
}

static void
ruf_plan_sheet_finalize (GObject *object)
{
  RufPlanSheet *self = RUF_PLAN_SHEET (object);

  g_ptr_array_unref (self->purposes);
  g_ptr_array_unref (self->segments);
  g_ptr_array_unref (self->note_rows);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self->wanted);

  G_OBJECT_CLASS (ruf_plan_sheet_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rundruf/Rundruf/ruf-plan-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, title);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, cancel);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, back);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, stack);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, recipients);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, toasts);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, plan);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, preview);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, name);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, name_fault);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, message);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, purpose);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, segment);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, when);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, until);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, text_group);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, consent_group);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, time_group);
  gtk_widget_class_bind_template_child (widget_class, RufPlanSheet, audience);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, plan_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_title);
}

static void
ruf_plan_sheet_class_init (RufPlanSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_plan_sheet_dispose;
  object_class->finalize = ruf_plan_sheet_finalize;

  g_type_ensure (RUF_TYPE_PREVIEW);
  g_type_ensure (RUF_TYPE_MOMENT_ROW);
  g_type_ensure (RUF_TYPE_PLAN_AUDIENCE);
  g_type_ensure (RUF_TYPE_RECIPIENT_VIEW);
  gtk_widget_class_install_action (widget_class, "plan.people", "i", people_action);
  gtk_widget_class_install_action (widget_class, "recipients.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "recipients.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK,
                                       "recipients.back", NULL);
  bind_template (widget_class);
}

static void
ruf_plan_sheet_init (RufPlanSheet *self)
{
  self->purposes = g_ptr_array_new_with_free_func (g_free);
  self->segments = g_ptr_array_new_with_free_func (g_free);
  self->note_rows = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_untils (self);
  ruf_stack_show (self->stack, "plan");
  self->filling = FALSE;
}

/* The next full hour that is at least an hour away, within the sending hours; on another day two
 * hours after these begin, when the shop is open. */
static gint64
propose_moment (RufContext *context)
{
  GTimeZone *zone = ruf_context_get_zone (context);
  gint64 soon = ruf_context_get_now (context) + 2 * G_TIME_SPAN_HOUR - 1;
  gint64 hour = soon - soon % G_TIME_SPAN_HOUR;
  gint64 open = ruf_quiet_hours_next_open (hour, zone);

  return open == hour ? hour : open + 2 * G_TIME_SPAN_HOUR;
}

/**
 * ruf_plan_sheet_present:
 * @page: who asks; the new run is shown in its window
 * @message: (nullable): name of the message to begin with
 * @send_at: UTC microseconds to begin with, 0 proposes the next good hour
 *
 * Opens the sheet that plans a message.
 */
void
ruf_plan_sheet_present (RufPage    *page,
                        const char *message,
                        gint64      send_at)
{
  RufPlanSheet *self;

  g_return_if_fail (RUF_IS_PAGE (page));

  self = g_object_new (RUF_TYPE_PLAN_SHEET,
                       "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  self->page = page;
  self->context = g_object_ref (ruf_page_get_context (page));
  self->wanted = g_strdup (message);
  ruf_moment_row_set_zone (self->when, ruf_context_get_zone (self->context));
  ruf_moment_row_set_moment (self->when,
                             send_at != 0 ? send_at : propose_moment (self->context));
  ruf_preview_set_context (self->preview, self->context);
  ruf_store_read_async (ruf_context_get_store (self->context), read_choices,
                        g_new0 (Choices, 1), choices_free, NULL, choices_cb,
                        g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}

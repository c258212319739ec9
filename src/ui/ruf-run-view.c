/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One run: what it is, how far it is, who was left out, what failed and what to do about it.
 * Each number opens the people behind it, and the message opens as they see it. */

#include "config.h"

#include "ruf-run-view.h"

#include <glib/gi18n-lib.h>

#include "ruf-open-row.h"
#include "ruf-practice.h"
#include "ruf-preview.h"
#include "ruf-recipient-view.h"
#include "ruf-record-words.h"
#include "ruf-run-bar.h"
#include "ruf-stack.h"
#include "ruf-words.h"

struct _RufRunView
{
  AdwBin parent_instance;

  GtkStack            *stack;    /* "run", "people", "message" */
  GtkScrolledWindow   *page;
  GtkLabel            *title;
  RufRunBar           *bar;
  GtkFlowBox          *legend;
  GtkLabel            *problem;
  AdwActionRow        *when;
  AdwActionRow        *stream;
  AdwActionRow        *way;
  AdwActionRow        *message;
  AdwPreferencesGroup *left_out;
  AdwPreferencesGroup *trouble;
  AdwPreferencesGroup *arrived;
  RufRecipientView    *people;
  RufPreview          *preview;

  RufContext          *context;
  GPtrArray           *rows;     /* GtkWidget: what the groups hold of the run shown */
  gint64               run_id;
  guint                state;    /* of what is shown, so that the focus stays where it is */
  GtkWidget           *opener;   /* the row that leads to where we are, unowned */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_INSIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufRunView, ruf_run_view, ADW_TYPE_BIN)

/* What a backend's code means and what to do; by the code, never by its text. */
static const struct
{
  const char *code;
  const char *title;
  const char *advice;
} failures_known[] = {
  { "131026", N_("No WhatsApp on this number"),
    N_("Ask for another way to reach these people.") },
  { "131049", N_("WhatsApp limits advertising per person"),
    N_("Possible again tomorrow.") },
  { "131050", N_("Stopped marketing messages in WhatsApp"),
    N_("Their consent is withdrawn; they get no more messages.") },
  { "130403", N_("Blocked your number"),
    N_("Their consent is withdrawn; they get no more messages.") },
  { "invalid_address", N_("The sending service does not know the address"),
    N_("Check the address in Contacts.") },
};

static GtkWidget *
make_dot (RufRunPart part)
{
  GtkWidget *dot = g_object_new (GTK_TYPE_LABEL, "label", "●", "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  const GdkRGBA *color = ruf_run_part_get_color (part);
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_foreground_new (color->red * 65535,
                                                           color->green * 65535,
                                                           color->blue * 65535));
  gtk_label_set_attributes (GTK_LABEL (dot), list);
  pango_attr_list_unref (list);

  return dot;
}

static void
show_legend (RufRunView   *self,
             const RufRun *run)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    gtk_flow_box_remove (self->legend, child);

  for (guint part = 0; part < RUF_N_RUN_PARTS; part++)
    {
      gint64 count = ruf_run_part_get_count (part, run);
      g_autofree char *number = ruf_words_number (count);
      g_autofree char *words = g_strdup_printf ("%s %s", number, ruf_run_part_get_words (part));
      GtkWidget *box;

      if (count == 0)
        continue;
      box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      gtk_box_append (GTK_BOX (box), make_dot (part));
      gtk_box_append (GTK_BOX (box), gtk_label_new (words));
      gtk_flow_box_append (self->legend, box);
    }
}

/* As the legend calls it, so that a row is found by its part of the bar. */
static const char *
say_status (RufMessageStatus status)
{
  switch (status)
    {
    case RUF_MESSAGE_SENT:
      return ruf_run_part_get_words (RUF_RUN_PART_SENT);
    case RUF_MESSAGE_DELIVERED:
      return ruf_run_part_get_words (RUF_RUN_PART_DELIVERED);
    default:
      return ruf_words_status (status);
    }
}

static const char *
say_way (const RufRun *run)
{
  if (run->state == RUF_RUN_CANCELLED && ruf_run_get_left (run) == 0)
    return ruf_record_words_run_state (run->state);
  if (g_strcmp0 (run->backend, RUF_PRACTICE_BACKEND) == 0)
    return _("Practice");
  if (run->backend != NULL)
    return run->backend;
  if (run->state == RUF_RUN_PAST)
    return _("handed over elsewhere");

  return ruf_run_get_sent (run) > 0 ? _("handed over as a file") : _("not sent yet");
}

static void
show_facts (RufRunView   *self,
            RufContext   *context,
            const RufRun *run,
            const char   *text)
{
  GTimeZone *zone = ruf_context_get_zone (context);
  g_autofree char *due = ruf_words_full_moment (run->due_at, zone);
  g_autofree char *stream = ruf_words_stream (run->channel, run->purpose);
  g_autofree char *until = NULL;

  if (run->not_after != 0)
    {
      g_autofree char *end = ruf_words_full_moment (run->not_after, zone);

      until = g_strdup_printf (_("%s, not after %s"), due, end);
    }

  adw_action_row_set_subtitle (self->when, until != NULL ? until : due);
  adw_action_row_set_subtitle (self->stream, stream);
  adw_action_row_set_subtitle (self->way, say_way (run));
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  if (text != NULL)
    {
      g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
      g_autofree char *escaped = g_markup_escape_text (line, -1);

      adw_action_row_set_subtitle (self->message, escaped);
    }
  gtk_label_set_text (self->problem, run->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), run->problem != NULL);
}

/* A number of the run and its words; opens the people behind it. */
static void
add_people (RufRunView          *self,
            AdwPreferencesGroup *group,
            const char          *words,
            const char          *advice,
            gint64               count,
            RufMessageStatus     status,
            int                  reason,
            const char          *error_code)
{
  g_autofree char *title = ruf_words_capitalise (words);
  g_autofree char *number = ruf_words_number (count);
  GtkWidget *row = ruf_open_row_new (title, advice);

  ruf_open_row_set_value (RUF_OPEN_ROW (row), number, "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "run.people");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(siims)", title, status, reason,
                                    error_code);
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
}

static void
show_left_out (RufRunView   *self,
               const RufRun *run,
               GArray       *excluded)
{
  for (guint i = 0; i < excluded->len; i++)
    {
      RufExcludeCount *count = &g_array_index (excluded, RufExcludeCount, i);

      add_people (self, self->left_out, ruf_words_exclude (count->reason), NULL, count->count,
                  RUF_MESSAGE_EXCLUDED, count->reason, NULL);
    }

  if (run->counts[RUF_MESSAGE_EXPIRED] > 0)
    add_people (self, self->left_out,
                _("Too late: the time until which it might leave was over"), NULL,
                run->counts[RUF_MESSAGE_EXPIRED], RUF_MESSAGE_EXPIRED, -1, NULL);
}

static void
add_failure (RufRunView            *self,
             const RufFailureCount *failure)
{
  g_autofree char *title = g_strdup_printf (_("The sending service answered “%s”"),
                                            failure->error_code);

  for (guint i = 0; i < G_N_ELEMENTS (failures_known); i++)
    if (g_str_equal (failures_known[i].code, failure->error_code))
      {
        g_autofree char *advice = g_strdup_printf (_("%s (Code %s)"),
                                                   _(failures_known[i].advice),
                                                   failure->error_code);

        add_people (self, self->trouble, _(failures_known[i].title), advice, failure->count,
                    RUF_MESSAGE_FAILED, -1, failure->error_code);
        return;
      }

  add_people (self, self->trouble, title, NULL, failure->count, RUF_MESSAGE_FAILED, -1,
              failure->error_code);
}

static void
show_trouble (RufRunView   *self,
              const RufRun *run,
              GPtrArray    *failures)
{
  for (guint i = 0; i < failures->len; i++)
    add_failure (self, g_ptr_array_index (failures, i));

  if (run->counts[RUF_MESSAGE_UNKNOWN] > 0)
    add_people (self, self->trouble, _("Nobody knows whether it left"),
                _("The connection broke. A delivery receipt will tell; until then nothing is "
                  "sent again."),
                run->counts[RUF_MESSAGE_UNKNOWN], RUF_MESSAGE_UNKNOWN, -1, NULL);
}

static void
show_arrived (RufRunView   *self,
              const RufRun *run)
{
  static const RufMessageStatus order[] = {
    RUF_MESSAGE_QUEUED, RUF_MESSAGE_SENDING, RUF_MESSAGE_SENT, RUF_MESSAGE_DELIVERED,
    RUF_MESSAGE_READ,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (run->counts[order[i]] > 0)
      add_people (self, self->arrived, say_status (order[i]), NULL, run->counts[order[i]],
                  order[i], -1, NULL);
}

static void
clear_groups (RufRunView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
    }

  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->arrived), FALSE);
}

/* Counts that differ mean other people behind the rows. */
static guint
get_fingerprint (const RufRun *run)
{
  guint hash = g_int64_hash (&run->id);

  for (guint i = 0; i < RUF_N_MESSAGE_STATUSES; i++)
    hash = hash * 31 + g_int64_hash (&run->counts[i]);

  return hash;
}

static void
go_to (RufRunView *self,
       const char *part)
{
  ruf_stack_show (self->stack, part);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSIDE]);
}

static void
people_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RufRunView *self = RUF_RUN_VIEW (widget);
  const char *number, *error_code;
  int status, reason;

  g_variant_get (parameter, "(&siim&s)", &number, &status, &reason, &error_code);
  ruf_recipient_view_show (self->people, number,
                           ruf_recipient_model_new_of_run (self->context, self->run_id, status,
                                                           reason, error_code));
  g_set_weak_pointer (&self->opener, gtk_root_get_focus (gtk_widget_get_root (widget)));
  go_to (self, "people");
  gtk_widget_grab_focus (GTK_WIDGET (self->people));
}

static void
message_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RufRunView *self = RUF_RUN_VIEW (widget);

  g_set_weak_pointer (&self->opener, GTK_WIDGET (self->message));
  go_to (self, "message");
  gtk_widget_child_focus (GTK_WIDGET (self->preview), GTK_DIR_TAB_FORWARD);
}

static void
count_cb (RufRunView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
ruf_run_view_dispose (GObject *object)
{
  RufRunView *self = RUF_RUN_VIEW (object);

  g_clear_weak_pointer (&self->opener);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (ruf_run_view_parent_class)->dispose (object);
}

static void
ruf_run_view_finalize (GObject *object)
{
  RufRunView *self = RUF_RUN_VIEW (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (ruf_run_view_parent_class)->finalize (object);
}

static const char *
say_title (RufRunView *self)
{
  if (ruf_stack_is_at (self->stack, "people"))
    return ruf_recipient_view_get_count (self->people);

  return ruf_stack_is_at (self->stack, "message") ? _("Message") : _("Run");
}

static void
ruf_run_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RufRunView *self = RUF_RUN_VIEW (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, say_title (self));
      break;
    case PROP_INSIDE:
      g_value_set_boolean (value, !ruf_stack_is_at (self->stack, "run"));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  /**
   * RufRunView:title:
   *
   * What stands over the view: how many people are shown, or what part of the window it is.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);

  /**
   * RufRunView:inside:
   *
   * Whether a part of the run is open, from where ruf_run_view_go_back() leads back.
   */
  properties[PROP_INSIDE] = g_param_spec_boolean ("inside", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rundruf/Rundruf/ruf-run-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RufRunView, stack);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, page);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, people);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, preview);
  gtk_widget_class_bind_template_callback (widget_class, count_cb);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, title);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, bar);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, legend);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, problem);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, when);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, stream);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, way);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, message);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, left_out);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, trouble);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, arrived);
}

static void
ruf_run_view_class_init (RufRunViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ruf_run_view_dispose;
  object_class->finalize = ruf_run_view_finalize;
  object_class->get_property = ruf_run_view_get_property;
  install_properties (object_class);

  g_type_ensure (RUF_TYPE_OPEN_ROW);
  g_type_ensure (RUF_TYPE_PREVIEW);
  g_type_ensure (RUF_TYPE_RECIPIENT_VIEW);
  g_type_ensure (RUF_TYPE_RUN_BAR);
  gtk_widget_class_install_action (widget_class, "run.people", "(siims)", people_action);
  gtk_widget_class_install_action (widget_class, "run.message", NULL, message_action);
  bind_template (widget_class);
}

static void
ruf_run_view_init (RufRunView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Whom the message's preview is for. */
typedef struct
{
  gint64  run_id;
  GArray *ids;     /* RufRecipientId */
} Recipients;

static void
recipients_free (gpointer data)
{
  Recipients *recipients = data;

  g_clear_pointer (&recipients->ids, g_array_unref);
  g_free (recipients);
}

static gboolean
read_recipients (RufDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Recipients *recipients = data;

  recipients->ids = ruf_outbox_table_list_recipients (db, recipients->run_id, RUF_PREVIEW_PEOPLE,
                                                      error);
  return recipients->ids != NULL;
}

static void
recipients_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (RufRunView) self = user_data;
  const Recipients *recipients = ruf_store_get_task_data (result);

  if (ruf_store_run_finish (RUF_STORE (source), result, NULL) &&
      recipients->run_id == self->run_id)
    ruf_preview_set_recipients (self->preview, recipients->ids);
}

/* A run that was looked at before comes with its message. */
static void
show_other_run (RufRunView   *self,
                RufContext   *context,
                const RufRun *run,
                const char   *text)
{
  Recipients *recipients = g_new0 (Recipients, 1);

  self->run_id = run->id;
  gtk_label_set_text (self->title, run->title);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->page), 0);
  go_to (self, "run");

  ruf_preview_set_context (self->preview, context);
  ruf_preview_set_message (self->preview, run->channel, text != NULL ? text : "");
  ruf_preview_set_moment (self->preview, run->due_at);
  recipients->run_id = run->id;
  ruf_store_read_async (ruf_context_get_store (context), read_recipients, recipients,
                        recipients_free, NULL, recipients_cb, g_object_ref (self));
}

/**
 * ruf_run_view_show:
 * @self: a view
 * @context: what the window works on
 * @run: what to show; copied
 * @excluded: (element-type RufExcludeCount): who was left out, most first
 * @failures: (element-type RufFailureCount): whom the backend did not reach, most first
 * @text: (nullable): the message as written, NULL for history
 *
 * Shows @run. Rows stay while the numbers are the same.
 */
void
ruf_run_view_show (RufRunView   *self,
                   RufContext   *context,
                   const RufRun *run,
                   GArray       *excluded,
                   GPtrArray    *failures,
                   const char   *text)
{
  guint state;

  g_return_if_fail (RUF_IS_RUN_VIEW (self));
  g_return_if_fail (run != NULL);

  ruf_run_bar_set_run (self->bar, run);
  show_legend (self, run);
  show_facts (self, context, run, text);

  g_set_object (&self->context, context);
  state = get_fingerprint (run);
  if (self->run_id != run->id)
    show_other_run (self, context, run, text);
  else if (self->state == state)
    return;

  self->state = state;
  clear_groups (self);
  show_trouble (self, run, failures);
  show_left_out (self, run, excluded);
  show_arrived (self, run);
}

/**
 * ruf_run_view_go_back:
 * @self: a view
 *
 * Leads from the people of a number, or from the message, back to the run.
 *
 * Returns: whether there was a way back inside the view
 */
gboolean
ruf_run_view_go_back (RufRunView *self)
{
  g_return_val_if_fail (RUF_IS_RUN_VIEW (self), FALSE);

  if (ruf_stack_is_at (self->stack, "run"))
    return FALSE;

  go_to (self, "run");
  if (self->opener != NULL)
    gtk_widget_grab_focus (self->opener);
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One run: what it is, how far it is, who was left out, what failed and what to do about it. */

#include "config.h"

#include "ruf-run-view.h"

#include <glib/gi18n-lib.h>

#include "ruf-practice.h"
#include "ruf-run-bar.h"
#include "ruf-run-people.h"
#include "ruf-words.h"

struct _RufRunView
{
  AdwBin parent_instance;

  RufRunBar           *bar;
  GtkFlowBox          *legend;
  GtkLabel            *problem;
  AdwActionRow        *when;
  AdwActionRow        *stream;
  AdwActionRow        *way;
  AdwExpanderRow      *message;
  GtkLabel            *text;
  AdwPreferencesGroup *left_out;
  AdwPreferencesGroup *trouble;
  AdwPreferencesGroup *arrived;

  GPtrArray           *rows;     /* GtkWidget: what the groups hold of the run shown */
  gint64               run_id;
  guint                state;    /* of what is shown, so that unfolded rows stay as they are */
};

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
  GtkWidget *dot = gtk_label_new ("●");
  const GdkRGBA *color = ruf_run_part_get_color (part);
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_foreground_new (color->red * 65535,
                                                           color->green * 65535,
                                                           color->blue * 65535));
  gtk_label_set_attributes (GTK_LABEL (dot), list);
  pango_attr_list_unref (list);
  gtk_accessible_update_state (GTK_ACCESSIBLE (dot), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

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
      gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
    }
}

static const char *
say_way (const RufRun *run)
{
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
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  gtk_label_set_text (self->problem, run->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), run->problem != NULL);
}

/* What stands inside a sentence elsewhere begins a row here. */
static char *
capitalise (const char *words)
{
  char first[6];
  int length = g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (words)), first);

  return g_strdup_printf ("%.*s%s", length, first, g_utf8_next_char (words));
}

static void
add_people (RufRunView          *self,
            AdwPreferencesGroup *group,
            GtkWidget           *row,
            const char          *title,
            const char          *subtitle)
{
  g_autofree char *name = capitalise (title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (subtitle != NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
}

static void
show_left_out (RufRunView   *self,
               RufContext   *context,
               const RufRun *run,
               GArray       *excluded)
{
  for (guint i = 0; i < excluded->len; i++)
    {
      RufExcludeCount *count = &g_array_index (excluded, RufExcludeCount, i);

      add_people (self, self->left_out,
                  ruf_run_people_new (context, run->id, RUF_MESSAGE_EXCLUDED, count->reason, NULL,
                                      count->count),
                  ruf_words_exclude (count->reason), NULL);
    }

  if (run->counts[RUF_MESSAGE_EXPIRED] > 0)
    add_people (self, self->left_out,
                ruf_run_people_new (context, run->id, RUF_MESSAGE_EXPIRED, -1, NULL,
                                    run->counts[RUF_MESSAGE_EXPIRED]),
                _("Too late: the time until which it might leave was over"), NULL);
}

static void
add_failure (RufRunView *self,
             RufContext *context,
             gint64      run_id,
             const char *code,
             gint64      count)
{
  g_autofree char *title = g_strdup_printf (_("The sending service answered “%s”"), code);
  GtkWidget *row = ruf_run_people_new (context, run_id, RUF_MESSAGE_FAILED, -1, code, count);

  for (guint i = 0; i < G_N_ELEMENTS (failures_known); i++)
    if (g_str_equal (failures_known[i].code, code))
      {
        g_autofree char *advice = g_strdup_printf (_("%s (Code %s)"),
                                                   _(failures_known[i].advice), code);

        add_people (self, self->trouble, row, _(failures_known[i].title), advice);
        return;
      }

  add_people (self, self->trouble, row, title, NULL);
}

static void
show_trouble (RufRunView   *self,
              RufContext   *context,
              const RufRun *run,
              GHashTable   *failures)
{
  GHashTableIter iter;
  gpointer code, count;

  g_hash_table_iter_init (&iter, failures);
  while (g_hash_table_iter_next (&iter, &code, &count))
    add_failure (self, context, run->id, code, GPOINTER_TO_INT (count));

  if (run->counts[RUF_MESSAGE_UNKNOWN] > 0)
    add_people (self, self->trouble,
                ruf_run_people_new (context, run->id, RUF_MESSAGE_UNKNOWN, -1, NULL,
                                    run->counts[RUF_MESSAGE_UNKNOWN]),
                _("Nobody knows whether it left"),
                _("The connection broke. A delivery receipt will tell; until then nothing is "
                  "sent again."));
}

static void
show_arrived (RufRunView   *self,
              RufContext   *context,
              const RufRun *run)
{
  static const struct
  {
    RufMessageStatus status;
    RufRunPart       part;
  } order[] = {
    { RUF_MESSAGE_QUEUED, RUF_RUN_PART_WAITING },
    { RUF_MESSAGE_SENT, RUF_RUN_PART_SENT },
    { RUF_MESSAGE_DELIVERED, RUF_RUN_PART_DELIVERED },
    { RUF_MESSAGE_READ, RUF_RUN_PART_READ },
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (run->counts[order[i].status] > 0)
      add_people (self, self->arrived,
                  ruf_run_people_new (context, run->id, order[i].status, -1, NULL,
                                      run->counts[order[i].status]),
                  ruf_run_part_get_words (order[i].part), NULL);
  if (run->counts[RUF_MESSAGE_SENDING] > 0)
    add_people (self, self->arrived,
                ruf_run_people_new (context, run->id, RUF_MESSAGE_SENDING, -1, NULL,
                                    run->counts[RUF_MESSAGE_SENDING]),
                ruf_words_status (RUF_MESSAGE_SENDING), NULL);
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
ruf_run_view_finalize (GObject *object)
{
  g_ptr_array_unref (RUF_RUN_VIEW (object)->rows);

  G_OBJECT_CLASS (ruf_run_view_parent_class)->finalize (object);
}

static void
ruf_run_view_class_init (RufRunViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ruf_run_view_finalize;
  g_type_ensure (RUF_TYPE_RUN_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rundruf/Rundruf/ruf-run-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RufRunView, bar);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, legend);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, problem);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, when);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, stream);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, way);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, message);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, text);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, left_out);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, trouble);
  gtk_widget_class_bind_template_child (widget_class, RufRunView, arrived);
}

static void
ruf_run_view_init (RufRunView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_run_view_show:
 * @self: a view
 * @context: what the window works on
 * @run: what to show; copied
 * @excluded: (element-type RufExcludeCount): who was left out, most first
 * @failures: (element-type utf8 int): the backend's code → people
 * @text: (nullable): the message as written, NULL for history
 *
 * Shows @run. Rows that are unfolded stay so while the numbers are the same.
 */
void
ruf_run_view_show (RufRunView   *self,
                   RufContext   *context,
                   const RufRun *run,
                   GArray       *excluded,
                   GHashTable   *failures,
                   const char   *text)
{
  guint state;

  g_return_if_fail (RUF_IS_RUN_VIEW (self));
  g_return_if_fail (run != NULL);

  ruf_run_bar_set_run (self->bar, run);
  show_legend (self, run);
  show_facts (self, context, run, text);

  state = get_fingerprint (run);
  if (self->run_id == run->id && self->state == state)
    return;

  self->run_id = run->id;
  self->state = state;
  clear_groups (self);
  show_trouble (self, context, run, failures);
  show_left_out (self, context, run, excluded);
  show_arrived (self, context, run);
}

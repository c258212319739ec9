/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The last question before messages leave: how many, to whom, by which way. Outside the sending
 * hours there is nothing to ask. */

#include "config.h"

#include "ruf-send-dialog.h"

#include <glib/gi18n-lib.h>

#include "ruf-campaign-table.h"
#include "ruf-plan-note.h"
#include "ruf-practice.h"
#include "ruf-quiet-hours.h"
#include "ruf-words.h"

typedef struct
{
  gint64         run_id;
  AdwComboRow   *way;
  GPtrArray     *names;      /* char *, beside the combo's items; "" = practice */
  RufSendChosen  chosen;
  gpointer       user_data;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_ptr_array_unref (question->names);
  g_free (question);
}

static void
response_cb (Question   *question,
             const char *response)
{
  const char *name;

  if (!g_str_equal (response, "send"))
    return;

  name = g_ptr_array_index (question->names, adw_combo_row_get_selected (question->way));
  question->chosen (question->run_id, *name != '\0' ? name : NULL, question->user_data);
}

/* The ways that are set up; the practice service always is, and comes last. */
static GtkStringList *
list_ways (GPtrArray *backends,
           GPtrArray *names)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < backends->len; i++)
    {
      RufBackendRecord *record = g_ptr_array_index (backends, i);

      if (g_str_equal (record->name, RUF_PRACTICE_BACKEND))
        continue;
      gtk_string_list_append (list, record->name);
      g_ptr_array_add (names, g_strdup (record->name));
    }

  gtk_string_list_append (list, _("Practice"));
  g_ptr_array_add (names, g_strdup (""));

  return list;
}

/* The first where @last is none of them. */
static guint
find_way (Question   *question,
          const char *last)
{
  guint at;

  if (g_strcmp0 (last, RUF_PRACTICE_BACKEND) == 0)
    return question->names->len - 1;

  return last != NULL && g_ptr_array_find_with_equal_func (question->names, last, g_str_equal, &at)
           ? at : 0;
}

static GtkWidget *
make_way_row (Question   *question,
              GPtrArray  *backends,
              const char *last)
{
  g_autoptr (GtkStringList) ways = list_ways (backends, question->names);
  GtkWidget *list = gtk_list_box_new ();

  question->way = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->way), _("Send through"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (question->way), _("Practice delivers nothing"));
  adw_combo_row_set_model (question->way, G_LIST_MODEL (ways));
  adw_combo_row_set_selected (question->way, find_way (question, last));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (question->way));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");

  return list;
}

static char *
make_body (RufContext   *context,
           const RufRun *run)
{
  gint64 now = ruf_context_get_now (context);
  g_autofree char *stream = ruf_words_stream (run->channel, run->purpose);
  g_autofree char *left_out = ruf_words_people (run->counts[RUF_MESSAGE_EXCLUDED]);
  g_autofree char *when = ruf_words_moment (run->due_at, now, ruf_context_get_zone (context));

  if (run->due_at > now)
    /* Translators: title, channel and purpose, people left out, planned time */
    return g_strdup_printf (_("“%s” (%s) leaves now instead of %s. %s left out. What has left "
                              "cannot be taken back."), run->title, stream, when, left_out);

  return g_strdup_printf (_("“%s” (%s) leaves now. %s left out. What has left cannot be taken "
                            "back."), run->title, stream, left_out);
}

/* Why nothing may leave now, and when it may; the run stays as it is. */
static void
present_hours (GtkWidget    *parent,
               RufContext   *context,
               const RufRun *run)
{
  GTimeZone *zone = ruf_context_get_zone (context);
  gint64 now = ruf_context_get_now (context);
  g_autofree char *hours = ruf_plan_say_hours (now, zone);
  g_autofree char *opening = ruf_words_weekday_moment (ruf_quiet_hours_next_open (now, zone), zone);
  g_autofree char *due = ruf_words_weekday_moment (run->due_at, zone);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (run->due_at > now)
    /* Translators: a sentence on the sending hours, the planned time, the next moment */
    body = g_strdup_printf (_("%s The run stays planned for %s. To send it sooner, come back on "
                              "%s."), hours, due, opening);
  else
    /* Translators: a sentence on the sending hours, the next moment */
    body = g_strdup_printf (_("%s Come back on %s."), hours, opening);

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)),
                                   _("Nothing Leaves Now"), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Takes @body. */
static void
present_question (GtkWidget     *parent,
                  const RufRun  *run,
                  char          *body,
                  GPtrArray     *backends,
                  const char    *last,
                  RufSendChosen  chosen,
                  gpointer       user_data)
{
  gint64 waiting = run->counts[RUF_MESSAGE_QUEUED];
  g_autofree char *number = ruf_words_number (waiting);
  g_autofree char *deed = g_strdup_printf (
    ngettext ("Send to %s Person", "Send to %s People", (gulong) waiting), number);
  g_autofree char *words = body;
  Question *question = g_new0 (Question, 1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)),
                                              _("Send Now?"), words);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  question->run_id = run->id;
  question->names = g_ptr_array_new_with_free_func (g_free);
  question->chosen = chosen;
  question->user_data = user_data;

  adw_message_dialog_set_extra_child (message, make_way_row (question, backends, last));
  adw_message_dialog_add_responses (message, "cancel", _("Cancel"), "send", deed, NULL);
  adw_message_dialog_set_response_appearance (message, "send", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (message, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * ruf_send_dialog_present:
 * @parent: a widget of the window that asks
 * @context: what the window works on
 * @run: what would leave
 * @backends: (element-type RufBackendRecord): the ways that are set up
 * @last: (nullable): the way that was used last, to begin with
 * @chosen: called when the user says yes
 * @user_data: for @chosen
 *
 * Asks whether @run may leave, and by which way. The button names the number of people. A run
 * that is held goes on by its way without a question; outside the sending hours nothing does.
 */
void
ruf_send_dialog_present (GtkWidget     *parent,
                         RufContext    *context,
                         const RufRun  *run,
                         GPtrArray     *backends,
                         const char    *last,
                         RufSendChosen  chosen,
                         gpointer       user_data)
{
  gint64 now = ruf_context_get_now (context);

  if (ruf_quiet_hours_next_open (now, ruf_context_get_zone (context)) > now)
    present_hours (parent, context, run);
  else if (run->state == RUF_RUN_PAUSED && run->backend != NULL)
    chosen (run->id, run->backend, user_data);
  else
    present_question (parent, run, make_body (context, run), backends, last, chosen, user_data);
}

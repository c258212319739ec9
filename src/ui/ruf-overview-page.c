/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The first page: what waits for a decision, the first steps until something is planned, then
 * what is next, what reached people, and who may be written to. */

#include "config.h"

#include "ruf-overview-page.h"

#include <glib/gi18n-lib.h>

#include "ruf-deed-button.h"
#include "ruf-first-steps.h"
#include "ruf-icons.h"
#include "ruf-open-row.h"
#include "ruf-overview.h"
#include "ruf-record-words.h"
#include "ruf-reply-row.h"
#include "ruf-words.h"

#define MAX_ROWS 5

struct _RufOverviewPage
{
  RufPage              parent_instance;

  GtkStack            *stack;
  GtkWidget           *new_button;
  GtkWidget           *content;
  RufFirstSteps       *steps;
  AdwPreferencesGroup *next;
  AdwPreferencesGroup *waiting;
  AdwPreferencesGroup *last;
  AdwPreferencesGroup *reach;
  AdwPreferencesGroup *consents;
  GtkWidget           *chart_button;
  GtkDrawingArea      *chart;

  GCancellable        *cancellable;
  RufReachSeries      *series;
  GPtrArray           *rows;      /* GtkWidget, what the groups hold now */
};

G_DEFINE_FINAL_TYPE (RufOverviewPage, ruf_overview_page, RUF_TYPE_PAGE)

static void
add_row (RufOverviewPage     *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row)
{
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (RufOverviewPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static gboolean
has_focus (GtkWidget *row)
{
  GtkRoot *root = gtk_widget_get_root (row);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
}

/* Rows are made anew whenever something changed: keys go on where they were. */
static char *
dup_focused_title (RufOverviewPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (has_focus (g_ptr_array_index (self->rows, i)))
      return g_strdup (adw_preferences_row_get_title (g_ptr_array_index (self->rows, i)));

  return NULL;
}

static void
restore_focus (RufOverviewPage *self,
               const char      *title)
{
  for (guint i = 0; title != NULL && i < self->rows->len; i++)
    {
      AdwPreferencesRow *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (adw_preferences_row_get_title (row), title) == 0)
        {
          gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
          return;
        }
    }
}

static char *
describe (RufOverviewPage *self,
          gint64           moment,
          RufChannel       channel,
          gint64           people)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  g_autofree char *when = NULL;
  g_autofree char *who = NULL;

  when = ruf_words_moment (moment, ruf_context_get_now (context),
                           ruf_context_get_zone (context));
  if (people < 0)
    return g_strdup_printf ("%s · %s", when, ruf_words_channel (channel));

  who = ruf_words_people (people);
  return g_strdup_printf ("%s · %s · %s", when, ruf_words_channel (channel), who);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle,
          RufChannel  channel,
          const char *state)
{
  GtkWidget *row = ruf_open_row_new (title, subtitle);
  GtkWidget *icon = gtk_image_new_from_icon_name (ruf_icons_channel (channel));

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (state != NULL)
    ruf_open_row_set_value (RUF_OPEN_ROW (row), state, "dim-label");

  return row;
}

static void
add_run (RufOverviewPage     *self,
         AdwPreferencesGroup *group,
         const RufRun        *run,
         const char          *state,
         const char          *outcome)
{
  g_autofree char *about = describe (self, run->due_at, run->channel, ruf_run_get_ready (run));
  g_autofree char *lines = g_strjoin ("\n", about, outcome, NULL);
  GtkWidget *row = make_row (run->title, lines, run->channel, state);

  ruf_open_row_set_target (RUF_OPEN_ROW (row), "outbox", run->id);
  add_row (self, group, row);
}

static void
add_draft (RufOverviewPage   *self,
           const RufCampaign *campaign)
{
  g_autofree char *about = describe (self, campaign->send_at, campaign->channel, -1);
  GtkWidget *row = make_row (campaign->name, about, campaign->channel, _("not yet released"));

  ruf_open_row_set_target (RUF_OPEN_ROW (row), "calendar", 0);
  add_row (self, self->next, row);
}

static void
fill_next (RufOverviewPage   *self,
           const RufOverview *overview)
{
  guint shown = MIN (overview->next->len, MAX_ROWS);

  for (guint i = 0; i < shown; i++)
    {
      const RufRun *run = g_ptr_array_index (overview->next, i);

      add_run (self, self->next, run, ruf_record_words_run_state (run->state), NULL);
    }
  for (guint i = 0; i < overview->drafts->len && shown + i < MAX_ROWS; i++)
    add_draft (self, g_ptr_array_index (overview->drafts, i));

  /* Until then the first steps say what to do. */
  gtk_widget_set_visible (GTK_WIDGET (self->next), overview->plans > 0);
  if (shown == 0 && overview->drafts->len == 0)
    {
      GtkWidget *row = ruf_open_row_new (_("Nothing is planned"),
                                         _("Write a message and give it a day."));

      ruf_open_row_set_target (RUF_OPEN_ROW (row), "messages", 0);
      add_row (self, self->next, row);
    }
}

static void
fill_waiting (RufOverviewPage   *self,
              const RufOverview *overview)
{
  guint waiting = overview->unclear->len + overview->replies->len;

  for (guint i = 0; i < overview->unclear->len; i++)
    {
      const RufRun *run = g_ptr_array_index (overview->unclear, i);
      g_autofree char *number = ruf_words_number (run->counts[RUF_MESSAGE_UNKNOWN]);
      g_autofree char *state = g_strdup_printf (_("%s unknown"), number);

      add_run (self, self->waiting, run, state, NULL);
    }
  for (guint i = 0; i < MIN (overview->replies->len, MAX_ROWS); i++)
    add_row (self, self->waiting,
             ruf_reply_row_new (RUF_PAGE (self), g_ptr_array_index (overview->replies, i)));

  gtk_widget_set_visible (GTK_WIDGET (self->waiting), waiting > 0);
  ruf_page_set_badge (RUF_PAGE (self), waiting);
}

static void
fill_last (RufOverviewPage   *self,
           const RufOverview *overview)
{
  const RufRun *run = overview->last;
  g_autofree char *delivered = NULL;
  g_autofree char *read = NULL;
  g_autofree char *outcome = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->last), run != NULL);
  if (run == NULL)
    return;

  delivered = ruf_words_number (ruf_run_get_delivered (run));
  read = ruf_words_number (run->counts[RUF_MESSAGE_READ]);
  /* Translators: how many messages arrived, and how many of them were read */
  outcome = g_strdup_printf (_("%s delivered, %s read"), delivered, read);
  add_run (self, self->last, run, NULL, outcome);
}

static char *
describe_change (const RufConsentCount *count)
{
  g_autofree char *more = ruf_words_number (count->n_new);
  g_autofree char *fewer = ruf_words_number (count->n_stopped);

  if (count->n_new == 0 && count->n_stopped == 0)
    return g_strdup (_("no change this month"));

  /* Translators: people who agreed and who withdrew: "this month: +12, −3" */
  return g_strdup_printf (_("this month: +%s, −%s"), more, fewer);
}

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const RufConsentCount *left = *(const RufConsentCount * const *) a;
  const RufConsentCount *right = *(const RufConsentCount * const *) b;

  return left->n_active > right->n_active ? -1 : left->n_active < right->n_active;
}

static void
fill_consents (RufOverviewPage   *self,
               const RufOverview *overview)
{
  guint shown = 0;

  g_ptr_array_sort (overview->consents, compare_counts);
  for (guint i = 0; i < overview->consents->len; i++)
    {
      const RufConsentCount *count = g_ptr_array_index (overview->consents, i);
      g_autofree char *stream = NULL;
      g_autofree char *change = NULL;
      g_autofree char *number = NULL;
      GtkWidget *row;

      if (g_str_equal (count->purpose, RUF_PURPOSE_ALL))
        continue;
      stream = ruf_words_stream (count->channel, count->purpose);
      change = describe_change (count);
      number = ruf_words_number (count->n_active);
      row = make_row (stream, change, count->channel, NULL);
      ruf_open_row_set_value (RUF_OPEN_ROW (row), number, "title-3");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-consent");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)",
                                        ruf_channel_to_string (count->channel), count->purpose);
      add_row (self, self->consents, row);
      shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->consents), shown > 0);
}

static void
draw_chart (GtkDrawingArea *area,
            cairo_t        *cr,
            int             width,
            int             height,
            gpointer        user_data)
{
  RufOverviewPage *self = RUF_OVERVIEW_PAGE (user_data);
  AdwStyleManager *manager = adw_style_manager_get_for_display (
    gtk_widget_get_display (GTK_WIDGET (area)));
  RufChartStyle style = {
    .dark = adw_style_manager_get_dark (manager),
    .small = TRUE,
    .highlight = -1,
  };

  if (self->series != NULL)
    ruf_reach_chart_draw (cr, self->series, &style, width, height);
}

static void
fill_reach (RufOverviewPage *self,
            RufOverview     *overview)
{
  g_autofree char *words = NULL;

  g_clear_pointer (&self->series, ruf_reach_series_free);
  self->series = g_steal_pointer (&overview->series);
  gtk_widget_set_visible (GTK_WIDGET (self->reach), self->series != NULL);
  if (self->series == NULL)
    return;

  words = ruf_reach_series_describe (self->series);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self->chart));
}

/* A welcome alone stands in the middle; a list begins at the top. */
static void
arrange (RufOverviewPage   *self,
         const RufOverview *overview)
{
  gboolean alone = overview->people == 0 && overview->messages == 0 && overview->plans == 0
                   && ruf_page_get_badge (RUF_PAGE (self)) == 0;

  gtk_widget_set_valign (self->content, alone ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_set_visible (self->new_button, overview->plans > 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RufOverviewPage) self = user_data;
  g_autoptr (RufOverview) overview = NULL;
  g_autofree char *focused = NULL;
  g_autoptr (GError) error = NULL;

  overview = ruf_overview_read_finish (RUF_CONTEXT (source), result, &error);
  if (overview == NULL)
    {
      ruf_page_say_error (RUF_PAGE (self), error);
      return;
    }
  if (self->rows == NULL)
    return;

  focused = dup_focused_title (self);
  clear_rows (self);
  ruf_first_steps_fill (self->steps, overview);
  fill_next (self, overview);
  fill_waiting (self, overview);
  fill_last (self, overview);
  fill_consents (self, overview);
  fill_reach (self, overview);
  arrange (self, overview);
  gtk_stack_set_visible_child_name (self->stack, "overview");
  restore_focus (self, focused);
  ruf_page_settle (RUF_PAGE (self));
}

static void
ruf_overview_page_refresh (RufPage *page)
{
  RufOverviewPage *self = RUF_OVERVIEW_PAGE (page);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ruf_overview_read_async (ruf_page_get_context (page), self->cancellable,
                           read_cb, g_object_ref (self));
}

static gboolean
ruf_overview_page_take_focus (RufPage *page)
{
  return gtk_widget_child_focus (RUF_OVERVIEW_PAGE (page)->content, GTK_DIR_TAB_FORWARD);
}

static void
ruf_overview_page_dispose (GObject *object)
{
  RufOverviewPage *self = RUF_OVERVIEW_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->series, ruf_reach_series_free);

  G_OBJECT_CLASS (ruf_overview_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, content);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, steps);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, next);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, last);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, reach);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, consents);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, chart_button);
  gtk_widget_class_bind_template_child (widget_class, RufOverviewPage, chart);
}

static void
ruf_overview_page_class_init (RufOverviewPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ruf_overview_page_dispose;
  RUF_PAGE_CLASS (klass)->refresh = ruf_overview_page_refresh;
  RUF_PAGE_CLASS (klass)->take_focus = ruf_overview_page_take_focus;

  g_type_ensure (RUF_TYPE_DEED_BUTTON);
  g_type_ensure (RUF_TYPE_FIRST_STEPS);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ruf_overview_page_init (RufOverviewPage *self)
{
  const char *name;

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  name = _("Reach of the last eight weeks, Facebook beside messenger");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_drawing_area_set_draw_func (self->chart, draw_chart, self, NULL);
}

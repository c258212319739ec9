/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What reached people: Facebook beside the messenger, week by week, as a chart and as a
 * table, with the way in for Meta's exports and the way out for chart and figures. */

#include "config.h"

#include "ruf-reach-page.h"

#include <glib/gi18n-lib.h>

#include "ruf-deed-button.h"
#include "ruf-moment.h"
#include "ruf-reach-chart-view.h"
#include "ruf-reach-figures.h"
#include "ruf-reach-week-item.h"
#include "ruf-words.h"

#define FILE_WIDTH 1100
#define FILE_HEIGHT 640
#define MAX_REJECTS_SHOWN 12

struct _RufReachPage
{
  RufPage              parent_instance;

  GtkStack            *stack;
  GtkStack            *view_stack;
  GtkWidget           *menu_button;
  GtkWidget           *spinner;
  GtkMenuButton       *period_button;
  GtkToggleButton     *table_button;
  GtkBox              *choices;
  GtkLabel            *sentence;
  RufReachChartView   *chart;
  GtkColumnView       *table;
  GtkColumnViewColumn *metric_column;
  GtkLabel            *definitions;

  guint                period;       /* index into periods */
  gboolean             chosen;       /* the period is the user's choice */
  GListStore          *weeks;        /* RufReachWeekItem, newest first */
  GCancellable        *cancellable;  /* of what is being read */
};

enum
{
  PROP_0,
  PROP_PERIOD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

#define EVERYTHING (G_N_ELEMENTS (periods) - 1)

/* Whole weeks up to today, the last whole month of the calendar, or all there is. */
static const struct
{
  const char *key;
  const char *name;
  guint       weeks;
  guint       months;
} periods[] = {
  { "8-weeks", N_("Last 8 Weeks"), 8, 0 },
  { "month", N_("Last Month"), 0, 1 },
  { "half-year", N_("Last Half Year"), 26, 0 },
  { "year", N_("Last Year"), 52, 0 },
  { "everything", N_("Everything"), 0, 0 },
};

G_DEFINE_FINAL_TYPE (RufReachPage, ruf_reach_page, RUF_TYPE_PAGE)

/* Monday, so many weeks before this one; noon keeps clear of changes of the clocks. */
static gint64
get_week_start (RufContext *context,
                guint       weeks_ago)
{
  GTimeZone *zone = ruf_context_get_zone (context);
  gint64 monday = ruf_moment_week_start (ruf_context_get_now (context), zone);

  return ruf_moment_week_start (monday + 12 * G_TIME_SPAN_HOUR
                                - (gint64) weeks_ago * 7 * G_TIME_SPAN_DAY, zone);
}

static gint64
get_month_start (RufContext *context,
                 int         months_ago)
{
  g_autoptr (GDateTime) utc =
    g_date_time_new_from_unix_utc (ruf_context_get_now (context) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, ruf_context_get_zone (context));
  g_autoptr (GDateTime) first =
    g_date_time_new (ruf_context_get_zone (context), g_date_time_get_year (now),
                     g_date_time_get_month (now), 1, 0, 0, 0);
  g_autoptr (GDateTime) start = g_date_time_add_months (first, -months_ago);

  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

static void
get_period (RufReachPage *self,
            gint64       *from,
            gint64       *to)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));

  *from = *to = 0;
  if (periods[self->period].weeks > 0)
    *from = get_week_start (context, periods[self->period].weeks - 1);
  if (periods[self->period].months > 0)
    {
      *from = get_month_start (context, periods[self->period].months);
      *to = get_month_start (context, 0);
    }
}

static void
fill_table (RufReachPage         *self,
            const RufReachSeries *series)
{
  g_autofree char *definitions =
    g_markup_printf_escaped ("<b>%s</b>  %s\n<b>%s</b>  %s\n%s",
                             series->facebook_name, series->facebook_definition,
                             series->messenger_name, series->messenger_definition,
                             series->source);

  gtk_label_set_markup (self->definitions, definitions);
  g_list_store_remove_all (self->weeks);
  for (guint i = ruf_reach_series_get_n_weeks (series); i > 0; i--)
    {
      g_autoptr (RufReachWeekItem) item =
        ruf_reach_week_item_new (ruf_reach_series_get_week (series, i - 1));

      g_list_store_append (self->weeks, item);
    }
}

static void
set_period (RufReachPage *self,
            guint         period)
{
  gtk_menu_button_set_label (self->period_button, _(periods[period].name));
  if (self->period == period)
    return;

  self->period = period;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERIOD]);
  ruf_page_refresh (RUF_PAGE (self));
}

/* An old export must not look as if nothing had come in. */
static gboolean
is_out_of_sight (RufReachPage          *self,
                 const RufReachFigures *figures)
{
  return figures->has_any && !self->chosen && self->period != EVERYTHING
         && ruf_reach_series_get_n_weeks (figures->series) == 0;
}

static void
show_figures (RufReachPage    *self,
              RufReachFigures *figures)
{
  if (is_out_of_sight (self, figures))
    {
      set_period (self, EVERYTHING);
      return;
    }

  gtk_label_set_label (self->sentence, figures->sentence);
  fill_table (self, figures->series);
  ruf_reach_chart_view_set_series (self->chart, g_steal_pointer (&figures->series));
  gtk_widget_set_visible (self->menu_button, figures->has_any);
  gtk_stack_set_visible_child_name (self->stack, figures->has_any ? "reach" : "empty");
  ruf_page_settle (RUF_PAGE (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RufReachPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RufReachFigures) figures =
    ruf_reach_figures_read_finish (RUF_CONTEXT (source), result, &error);

  if (figures == NULL)
    ruf_page_say_error (RUF_PAGE (self), error);
  else if (self->weeks != NULL)
    show_figures (self, figures);
}

static void
ruf_reach_page_refresh (RufPage *page)
{
  RufReachPage *self = RUF_REACH_PAGE (page);
  gint64 from, to;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  get_period (self, &from, &to);
  ruf_reach_figures_read_async (ruf_page_get_context (page), from, to, self->cancellable,
                                read_cb, g_object_ref (self));
}

static gboolean
ruf_reach_page_take_focus (RufPage *page)
{
  RufReachPage *self = RUF_REACH_PAGE (page);
  GtkWidget *shown = gtk_stack_get_visible_child (self->view_stack);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "reach") == 0)
    return gtk_widget_child_focus (shown, GTK_DIR_TAB_FORWARD);

  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
view_cb (RufReachPage *self)
{
  gboolean table = gtk_toggle_button_get_active (self->table_button);

  gtk_stack_set_visible_child_name (self->view_stack, table ? "table" : "chart");
}

static void
folded_cb (RufReachPage *self)
{
  gboolean folded = ruf_page_get_folded (RUF_PAGE (self));

  gtk_column_view_column_set_visible (self->metric_column, !folded);
  if (folded)
    gtk_widget_add_css_class (GTK_WIDGET (self->table), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->table), "narrow");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->choices),
                                  folded ? GTK_ORIENTATION_VERTICAL
                                         : GTK_ORIENTATION_HORIZONTAL);
}

static void
show_dialog (RufReachPage *self,
             const char   *heading,
             const char   *body)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static const char *
get_reject_words (RufRejectReason reason)
{
  return reason == RUF_REJECT_ID_MISSING ? _("The post’s ID is missing or damaged.")
                                         : ruf_words_reject (reason);
}

/* One line for each row that was not taken, the first dozen of them. */
static void
show_rejects (RufReachPage *self,
              GPtrArray    *rejects)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *number = ruf_words_number (rejects->len);
  g_autofree char *heading =
    g_strdup_printf (ngettext ("%s Row Was Left Out", "%s Rows Were Left Out", rejects->len),
                     number);

  for (guint i = 0; i < MIN (rejects->len, MAX_REJECTS_SHOWN); i++)
    {
      const RufReject *reject = g_ptr_array_index (rejects, i);

      /* Translators: a row of a file and what is wrong with it. */
      g_string_append_printf (body, _("Row %u: %s"), reject->row,
                              get_reject_words (reject->reason));
      g_string_append_c (body, '\n');
    }
  if (rejects->len > MAX_REJECTS_SHOWN)
    g_string_append (body, "…");

  show_dialog (self, heading, body->str);
}

static void
say_imported (RufReachPage         *self,
              const RufReachImport *import)
{
  guint read = import->posts + import->days;
  g_autofree char *number = ruf_words_number (read);
  g_autofree char *changed = ruf_words_number (import->changed);
  g_autofree char *words = NULL;

  if (import->changed == 0)
    words = g_strdup (_("Nothing new: these figures are here already."));
  else if (import->days == 0)
    words = g_strdup_printf (ngettext ("%s post read, %s new or changed",
                                       "%s posts read, %s new or changed", read),
                             number, changed);
  else
    words = g_strdup_printf (ngettext ("%s figure read, %s new or changed",
                                       "%s figures read, %s new or changed", read),
                             number, changed);

  ruf_page_say (RUF_PAGE (self), words);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RufReachPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RufReachImport) import =
    ruf_reach_import_finish (RUF_CONTEXT (source), result, &error);

  if (self->weeks == NULL)
    return;

  gtk_widget_set_visible (self->spinner, FALSE);
  if (import == NULL)
    {
      show_dialog (self, _("The File Could Not Be Brought In"), error->message);
      return;
    }

  say_imported (self, import);
  if (import->rejects->len > 0)
    show_rejects (self, import->rejects);
}

static void
import_paths (RufReachPage       *self,
              const char * const *paths)
{
  gtk_widget_set_visible (self->spinner, TRUE);
  ruf_reach_import_async (ruf_page_get_context (RUF_PAGE (self)), paths, NULL, imported_cb,
                          g_object_ref (self));
}

static void
import_files (RufReachPage *self,
              GListModel   *files)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (g_file_peek_path (file) != NULL)
        g_strv_builder_add (paths, g_file_peek_path (file));
    }

  list = g_strv_builder_end (paths);
  if (list[0] == NULL)
    {
      ruf_page_say (RUF_PAGE (self), _("Only files on this computer can be brought in."));
      return;
    }

  import_paths (self, (const char * const *) list);
}

static void
import_chosen_cb (GtkNativeDialog *chooser,
                  int              response,
                  RufReachPage    *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));

      import_files (self, files);
    }
  gtk_native_dialog_destroy (chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) exports = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (exports, _("Exports of Meta Business Suite (CSV)"));
  gtk_file_filter_add_suffix (exports, "csv");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, exports);
  gtk_file_chooser_add_filter (chooser, all);
}

static GtkFileChooserNative *
make_chooser (RufReachPage         *self,
              const char           *title,
              GtkFileChooserAction  action,
              const char           *accept)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, parent, action, accept, _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  /* The page keeps the chooser until it answers. */
  g_object_set_data_full (G_OBJECT (self), "chooser", chooser, g_object_unref);

  return chooser;
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  RufReachPage *self = RUF_REACH_PAGE (widget);
  GtkFileChooserNative *chooser =
    make_chooser (self, _("Bring In an Export of Your Facebook Page"),
                  GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (chooser));
  g_signal_connect_object (chooser, "response", G_CALLBACK (import_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
export_chosen_cb (GtkNativeDialog *chooser,
                  int              response,
                  RufReachPage    *self)
{
  const RufReachSeries *series = ruf_reach_chart_view_get_series (self->chart);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  gtk_native_dialog_destroy (chooser);
  if (file == NULL || series == NULL)
    return;

  if (ruf_reach_chart_write (series, g_file_peek_path (file), FILE_WIDTH, FILE_HEIGHT, &error))
    ruf_page_say (RUF_PAGE (self), _("Saved"));
  else
    show_dialog (self, _("The File Could Not Be Saved"), error->message);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  RufReachPage *self = RUF_REACH_PAGE (widget);
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  g_autofree char *week = ruf_moment_get_week (ruf_context_get_now (context),
                                               ruf_context_get_zone (context));
  /* Translators: the name of a file, before the week of the year. */
  g_autofree char *name = g_strdup_printf ("%s-%s.%s", _("reach"), week,
                                           g_variant_get_string (parameter, NULL));
  GtkFileChooserNative *chooser =
    make_chooser (self, _("Save Reach"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (export_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         RufReachPage  *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (GSList *at = files; at != NULL; at = at->next)
    g_list_store_append (list, at->data);
  import_files (self, G_LIST_MODEL (list));

  return files != NULL;
}

static void
ruf_reach_page_dispose (GObject *object)
{
  RufReachPage *self = RUF_REACH_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->weeks);

  G_OBJECT_CLASS (ruf_reach_page_parent_class)->dispose (object);
}

static void
ruf_reach_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (prop_id == PROP_PERIOD)
    g_value_set_static_string (value, periods[RUF_REACH_PAGE (object)->period].key);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_reach_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (prop_id != PROP_PERIOD)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      if (g_strcmp0 (g_value_get_string (value), periods[i].key) != 0)
        continue;
      RUF_REACH_PAGE (object)->chosen = TRUE;
      set_period (RUF_REACH_PAGE (object), i);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-reach-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, view_stack);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, period_button);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, table_button);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, choices);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, chart);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, table);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, metric_column);
  gtk_widget_class_bind_template_child (widget_class, RufReachPage, definitions);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
}

static void
ruf_reach_page_class_init (RufReachPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_reach_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = ruf_reach_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = ruf_reach_page_set_property;
  RUF_PAGE_CLASS (klass)->refresh = ruf_reach_page_refresh;
  RUF_PAGE_CLASS (klass)->take_focus = ruf_reach_page_take_focus;

  /**
   * RufReachPage:period:
   *
   * What is shown: "8-weeks", "month", "half-year", "year" or "everything".
   */
  properties[PROP_PERIOD] =
    g_param_spec_string ("period", NULL, NULL, periods[0].key,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  g_type_ensure (RUF_TYPE_DEED_BUTTON);
  g_type_ensure (RUF_TYPE_REACH_CHART_VIEW);
  g_type_ensure (RUF_TYPE_REACH_WEEK_ITEM);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "reach.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "reach.export", "s", export_action);
  gtk_widget_class_install_property_action (widget_class, "reach.period", "period");
}

static void
ruf_reach_page_init (RufReachPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkNoSelection *selection;

  self->weeks = g_list_store_new (RUF_TYPE_REACH_WEEK_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));

  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->weeks)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);

  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  g_signal_connect (self, "notify::folded", G_CALLBACK (folded_cb), NULL);
  folded_cb (self);
  set_period (self, 0);
}

/**
 * ruf_reach_page_import_file:
 * @self: the page
 * @path: an export of Meta
 *
 * Brings @path in.
 */
void
ruf_reach_page_import_file (RufReachPage *self,
                            const char   *path)
{
  const char *paths[] = { path, NULL };

  g_return_if_fail (RUF_IS_REACH_PAGE (self));
  g_return_if_fail (path != NULL);

  import_paths (self, paths);
}

/**
 * ruf_reach_page_get_chosen_period:
 * @self: the page
 *
 * Returns: (nullable): the period that the user chose, NULL where none was chosen
 */
const char *
ruf_reach_page_get_chosen_period (RufReachPage *self)
{
  g_return_val_if_fail (RUF_IS_REACH_PAGE (self), NULL);

  return self->chosen ? periods[self->period].key : NULL;
}

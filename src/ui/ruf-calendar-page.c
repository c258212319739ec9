/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page "Calendar": a month of runs, campaigns and posts, as a grid or as a list. A folded
 * window is too narrow for seven days and shows the list. */

#include "config.h"

#include "ruf-calendar-page.h"

#include <glib/gi18n-lib.h>

#include "ruf-calendar-agenda.h"
#include "ruf-calendar-entry.h"
#include "ruf-calendar-month.h"
#include "ruf-campaign-table.h"
#include "ruf-deed-button.h"
#include "ruf-plan-sheet.h"
#include "ruf-stack.h"

struct _RufCalendarPage
{
  RufPage parent_instance;

  AdwWindowTitle    *title;
  GtkLabel          *month_title;   /* below the header, where that has no room */
  GtkWidget         *views;
  GtkToggleButton   *as_agenda;
  GtkRevealer       *hint;
  GtkStack          *stack;      /* "month", "agenda" */
  RufCalendarMonth  *month;
  RufCalendarAgenda *agenda;

  GPtrArray         *entries;    /* RufCalendarEntry, by day */
  guint              current;    /* a day; its month is in view */
};

G_DEFINE_FINAL_TYPE (RufCalendarPage, ruf_calendar_page, RUF_TYPE_PAGE)

static GTimeZone *
get_zone (RufCalendarPage *self)
{
  return ruf_context_get_zone (ruf_page_get_context (RUF_PAGE (self)));
}

static guint
get_today (RufCalendarPage *self)
{
  return ruf_calendar_day_of (ruf_context_get_now (ruf_page_get_context (RUF_PAGE (self))),
                              get_zone (self));
}

static gboolean
has_own_entries (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (((RufCalendarEntry *) g_ptr_array_index (entries, i))->kind != RUF_CALENDAR_POST)
      return TRUE;

  return FALSE;
}

static void
show (RufCalendarPage *self)
{
  GTimeZone *zone;
  guint today;
  g_autofree char *title = NULL;

  if (self->entries == NULL)
    return;

  zone = get_zone (self);
  today = get_today (self);
  ruf_calendar_month_show (self->month, self->current, today, self->entries, zone);
  ruf_calendar_agenda_show (self->agenda, self->current, today, self->entries, zone);
  gtk_revealer_set_reveal_child (self->hint, !has_own_entries (self->entries));

  /* Translators: month and year above the calendar */
  title = ruf_calendar_day_format (self->current, _("%OB %Y"));
  adw_window_title_set_title (self->title, ruf_page_get_folded (RUF_PAGE (self))
                                             ? _("Calendar") : title);
  gtk_label_set_text (self->month_title, title);
}

static void
settle (RufCalendarPage *self)
{
  gboolean narrow = ruf_page_get_folded (RUF_PAGE (self));
  gboolean agenda = narrow || gtk_toggle_button_get_active (self->as_agenda);

  ruf_stack_show (self->stack, agenda ? "agenda" : "month");
  gtk_widget_set_visible (self->views, !narrow);
  show (self);
}

static void
view_toggled_cb (RufCalendarPage *self)
{
  settle (self);
}

/* What one look at the store brings. */
typedef struct
{
  GTimeZone *zone;
  GPtrArray *entries;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_time_zone_unref (look->zone);
  g_clear_pointer (&look->entries, g_ptr_array_unref);
  g_free (look);
}

static gboolean
read_look (RufDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Look *look = data;

  look->entries = ruf_calendar_entries_read (db, look->zone, error);
  return look->entries != NULL;
}

static void
look_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RufCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Look *look = ruf_store_get_task_data (result);

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    {
      ruf_page_say_error (RUF_PAGE (self), error);
      return;
    }

  /* What looks the same stays, and with it the focus. */
  if (self->entries == NULL ||
      ruf_calendar_entries_hash (self->entries) != ruf_calendar_entries_hash (look->entries))
    {
      g_clear_pointer (&self->entries, g_ptr_array_unref);
      self->entries = g_steal_pointer (&look->entries);
      show (self);
    }
  ruf_page_settle (RUF_PAGE (self));
}

static void
ruf_calendar_page_refresh (RufPage *page)
{
  RufCalendarPage *self = RUF_CALENDAR_PAGE (page);
  RufContext *context = ruf_page_get_context (page);
  Look *look = g_new0 (Look, 1);

  if (self->current == 0)
    self->current = get_today (self);
  look->zone = g_time_zone_ref (get_zone (self));
  ruf_store_read_async (ruf_context_get_store (context), read_look, look, look_free, NULL,
                        look_cb, g_object_ref (self));
}

static gboolean
ruf_calendar_page_take_focus (RufPage *page)
{
  RufCalendarPage *self = RUF_CALENDAR_PAGE (page);

  if (self->entries == NULL)
    return FALSE;

  if (ruf_stack_is_at (self->stack, "agenda"))
    return ruf_calendar_agenda_take_focus (self->agenda);

  ruf_calendar_month_grab_focus (self->month);
  return TRUE;
}

static const RufCalendarEntry *
find_entry (RufCalendarPage *self,
            const char      *key)
{
  for (guint i = 0; self->entries != NULL && i < self->entries->len; i++)
    {
      const RufCalendarEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->key, key))
        return entry;
    }

  return NULL;
}

static void
open_post (RufCalendarPage        *self,
           const RufCalendarEntry *entry)
{
  if (entry->permalink != NULL && g_str_has_prefix (entry->permalink, "https://"))
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), entry->permalink,
                  GDK_CURRENT_TIME);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "reach");
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RufCalendarPage *self = RUF_CALENDAR_PAGE (widget);
  const RufCalendarEntry *entry = find_entry (self, g_variant_get_string (parameter, NULL));

  if (entry == NULL)
    return;

  if (entry->kind == RUF_CALENDAR_POST)
    open_post (self, entry);
  else if (entry->kind == RUF_CALENDAR_RUN)
    gtk_widget_activate_action (widget, "win.show", "(sx)", "outbox", entry->id);
  else
    ruf_plan_sheet_present (RUF_PAGE (self), entry->message, entry->at);
}

/* At 10:00; today, where that has passed, at the next good hour. */
static void
plan_day (RufCalendarPage *self,
          guint            day)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  guint today = get_today (self);
  gint64 at = ruf_calendar_day_at (day, 10, 0, get_zone (self));

  if (day < today)
    ruf_page_say (RUF_PAGE (self), _("This day is over. Choose today or a later day."));
  else
    ruf_plan_sheet_present (RUF_PAGE (self), NULL, at > ruf_context_get_now (context) ? at : 0);
}

static void
plan_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  plan_day (RUF_CALENDAR_PAGE (widget), g_variant_get_uint32 (parameter));
}

static void
plan_any_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RufCalendarPage *self = RUF_CALENDAR_PAGE (widget);

  plan_day (self, MAX (self->current, get_today (self)));
}

/* A campaign on its way to another time, and back. */
typedef struct
{
  gint64  campaign_id;
  gint64  to;
  gint64  from;
  char   *title;
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;

  g_free (move->title);
  g_free (move);
}

static void
closure_free (gpointer  data,
              GClosure *closure)
{
  move_free (data);
}

static gboolean
move_campaign (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Move *move = data;

  return ruf_campaign_table_shift (db, move->campaign_id, move->to, error);
}

static void start_move (RufCalendarPage    *self,
                        Move               *move,
                        GAsyncReadyCallback callback);

static void
undo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RufCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ruf_store_run_finish (RUF_STORE (source), result, &error))
    ruf_page_say_error (RUF_PAGE (self), error);
}

static void
undo_clicked_cb (AdwToast *toast,
                 gpointer  user_data)
{
  const Move *done = user_data;
  RufCalendarPage *self = g_object_get_data (G_OBJECT (toast), "page");
  Move *move = g_new0 (Move, 1);

  move->campaign_id = done->campaign_id;
  move->to = done->from;
  start_move (self, move, undo_cb);
}

static void
say_moved (RufCalendarPage *self,
           const Move      *move)
{
  g_autofree char *day = ruf_calendar_day_format (ruf_calendar_day_of (move->to, get_zone (self)),
                                                  _("%A %-d %B"));
  /* Translators: title and day: "“Wochenangebot” moved to Thursday 26 November" */
  g_autofree char *words = g_strdup_printf (_("“%s” moved to %s"), move->title, day);
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (escaped);
  Move *back = g_new0 (Move, 1);

  back->campaign_id = move->campaign_id;
  back->from = move->from;
  adw_toast_set_button_label (toast, _("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "page", g_object_ref (self), g_object_unref);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), back,
                         closure_free, 0);
  ruf_page_add_toast (RUF_PAGE (self), toast);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (RufCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ruf_store_run_finish (RUF_STORE (source), result, &error))
    say_moved (self, ruf_store_get_task_data (result));
  else
    ruf_page_say_error (RUF_PAGE (self), error);
}

static void
start_move (RufCalendarPage    *self,
            Move               *move,
            GAsyncReadyCallback callback)
{
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));

  ruf_store_write_async (ruf_context_get_store (context), move_campaign, move, move_free, NULL,
                         callback, g_object_ref (self));
}

static gint64
get_same_hour (RufCalendarPage *self,
               gint64           moment,
               guint            day)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, get_zone (self));

  return ruf_calendar_day_at (day, g_date_time_get_hour (local), g_date_time_get_minute (local),
                              get_zone (self));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RufCalendarPage *self = RUF_CALENDAR_PAGE (widget);
  RufContext *context = ruf_page_get_context (RUF_PAGE (self));
  const RufCalendarEntry *entry;
  const char *key;
  gint64 to;
  guint day;
  Move *move;

  g_variant_get (parameter, "(&su)", &key, &day);
  entry = find_entry (self, key);
  if (entry == NULL || !ruf_calendar_entry_is_movable (entry) || entry->day == day)
    return;

  to = get_same_hour (self, entry->at, day);
  if (to <= ruf_context_get_now (context))
    {
      ruf_page_say (RUF_PAGE (self), _("This hour is over. Choose a later day."));
      return;
    }

  move = g_new0 (Move, 1);
  move->campaign_id = entry->campaign_id;
  move->from = entry->at;
  move->to = to;
  move->title = g_strdup (entry->title);
  start_move (self, move, moved_cb);
}

static void
select_day (RufCalendarPage *self,
            guint            day)
{
  self->current = day;
  show (self);
}

static void
select_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  select_day (RUF_CALENDAR_PAGE (widget), g_variant_get_uint32 (parameter));
}

/* The first of a neighbouring month; today, where it is today's month. */
static void
turn (RufCalendarPage *self,
      int              months)
{
  guint today = get_today (self);
  GDate date, present;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, self->current);
  g_date_set_day (&date, 1);
  if (months > 0)
    g_date_add_months (&date, 1);
  else
    g_date_subtract_months (&date, 1);

  g_date_clear (&present, 1);
  g_date_set_julian (&present, today);
  g_date_set_day (&present, 1);
  select_day (self, g_date_compare (&date, &present) == 0 ? today : g_date_get_julian (&date));
}

static void
previous_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  turn (RUF_CALENDAR_PAGE (widget), -1);
}

static void
next_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  turn (RUF_CALENDAR_PAGE (widget), 1);
}

static void
today_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RufCalendarPage *self = RUF_CALENDAR_PAGE (widget);

  select_day (self, get_today (self));
}

static void
ruf_calendar_page_dispose (GObject *object)
{
  RufCalendarPage *self = RUF_CALENDAR_PAGE (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (ruf_calendar_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "calendar.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "calendar.plan", "u", plan_action);
  gtk_widget_class_install_action (widget_class, "calendar.plan-any", NULL, plan_any_action);
  gtk_widget_class_install_action (widget_class, "calendar.move", "(su)", move_action);
  gtk_widget_class_install_action (widget_class, "calendar.select", "u", select_action);
  gtk_widget_class_install_action (widget_class, "calendar.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "calendar.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "calendar.today", NULL, today_action);
}

static void
ruf_calendar_page_class_init (RufCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ruf_calendar_page_dispose;
  RUF_PAGE_CLASS (klass)->refresh = ruf_calendar_page_refresh;
  RUF_PAGE_CLASS (klass)->take_focus = ruf_calendar_page_take_focus;

  install_actions (widget_class);
  g_type_ensure (RUF_TYPE_DEED_BUTTON);
  g_type_ensure (RUF_TYPE_CALENDAR_MONTH);
  g_type_ensure (RUF_TYPE_CALENDAR_AGENDA);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-calendar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RufCalendarPage, title);
  gtk_widget_class_bind_template_child (widget_class, RufCalendarPage, month_title);
  gtk_widget_class_bind_template_child (widget_class, RufCalendarPage, views);
  gtk_widget_class_bind_template_child (widget_class, RufCalendarPage, as_agenda);
  gtk_widget_class_bind_template_child (widget_class, RufCalendarPage, hint);
  gtk_widget_class_bind_template_child (widget_class, RufCalendarPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RufCalendarPage, month);
  gtk_widget_class_bind_template_child (widget_class, RufCalendarPage, agenda);
  gtk_widget_class_bind_template_callback (widget_class, view_toggled_cb);
}

static void
ruf_calendar_page_init (RufCalendarPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::folded", G_CALLBACK (settle), NULL);
}

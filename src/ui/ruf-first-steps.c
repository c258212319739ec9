/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The three steps to a first message. Each ticks itself off; with the last of them they are
 * gone. The welcome and the way to the sample shop stand there only until something is done. */

#include "config.h"

#include "ruf-first-steps.h"

#include <glib/gi18n-lib.h>

#include "ruf-open-row.h"
#include "ruf-words.h"

#define WELCOME_WIDTH 440
#define FULL_WIDTH    900   /* as wide as the lists beside them */

struct _RufFirstSteps
{
  AdwBin               parent_instance;

  AdwClamp            *clamp;
  GtkWidget           *welcome;
  GtkWidget           *sample_button;
  AdwPreferencesGroup *steps;
  RufOpenRow          *step_contacts;
  RufOpenRow          *step_message;
  RufOpenRow          *step_plan;
  GtkLabel            *mark_contacts;
  GtkLabel            *mark_message;
  GtkLabel            *mark_plan;
};

G_DEFINE_FINAL_TYPE (RufFirstSteps, ruf_first_steps, ADW_TYPE_BIN)

static void
tick (RufOpenRow *row,
      GtkLabel   *mark,
      const char *number,
      const char *task,
      const char *done)
{
  gtk_label_set_label (mark, done != NULL ? "✓" : number);
  if (done != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (mark), "done");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (mark), "done");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), done != NULL ? done : task);
}

/* A message that is there is opened; only the first one is begun. */
static void
aim_message (RufFirstSteps *self,
             gboolean       written)
{
  GtkActionable *row = GTK_ACTIONABLE (self->step_message);

  /* Name and target of two actions never meet: GTK warns where they do not fit. */
  gtk_actionable_set_action_name (row, NULL);
  gtk_actionable_set_action_target_value (row, written ? g_variant_new_string ("messages")
                                                       : NULL);
  gtk_actionable_set_action_name (row, written ? "win.page" : "win.new-message");
}

static void
ruf_first_steps_class_init (RufFirstStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RUF_TYPE_OPEN_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rundruf/Rundruf/ruf-first-steps.ui");
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, clamp);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, welcome);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, sample_button);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, steps);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, step_contacts);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, step_message);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, step_plan);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, mark_contacts);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, mark_message);
  gtk_widget_class_bind_template_child (widget_class, RufFirstSteps, mark_plan);
}

static void
ruf_first_steps_init (RufFirstSteps *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ruf_first_steps_fill:
 * @self: the steps
 * @overview: what is there
 *
 * Ticks off what @overview shows to be done. Once something was planned, nothing is shown.
 */
void
ruf_first_steps_fill (RufFirstSteps     *self,
                      const RufOverview *overview)
{
  g_autofree char *people = NULL;
  g_autofree char *there = NULL;
  gboolean anything;

  g_return_if_fail (RUF_IS_FIRST_STEPS (self));
  g_return_if_fail (overview != NULL);

  people = ruf_words_people (overview->people);
  there = g_strdup_printf (_("Done: %s"), people);
  anything = overview->people + overview->messages + overview->plans > 0;

  tick (self->step_contacts, self->mark_contacts, "1",
        _("A file from your phone, mail program or till"),
        overview->people > 0 ? there : NULL);
  tick (self->step_message, self->mark_message, "2",
        _("With everybody’s first name, if you like"),
        overview->messages > 0 ? _("Done") : NULL);
  tick (self->step_plan, self->mark_plan, "3",
        _("See who gets it, and who does not, before anything leaves"),
        overview->plans > 0 ? _("Done") : NULL);
  aim_message (self, overview->messages > 0);
  adw_preferences_group_set_title (self->steps, anything ? _("First Steps") : "");
  adw_clamp_set_maximum_size (self->clamp, anything ? FULL_WIDTH : WELCOME_WIDTH);
  adw_clamp_set_tightening_threshold (self->clamp, anything ? FULL_WIDTH : WELCOME_WIDTH);
  gtk_widget_set_visible (self->welcome, !anything);
  gtk_widget_set_visible (self->sample_button, !anything);
  gtk_widget_set_visible (GTK_WIDGET (self), overview->plans == 0);
}

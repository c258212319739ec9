/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What there is to say of a plan before anything is frozen: what would make it fail or send
 * nonsense, which blocks it, and what is merely good to know. Window and command line show the
 * same notes.
 */

#include "config.h"

#include "ruf-plan-note.h"

#include <glib/gi18n-lib.h>

#include "ruf-consent-table.h"
#include "ruf-error.h"
#include "ruf-outbox-table.h"
#include "ruf-people-table.h"
#include "ruf-quiet-hours.h"
#include "ruf-render.h"
#include "ruf-text-measure.h"
#include "ruf-words.h"

static const struct
{
  const char *name;
  gboolean    blocks;
} codes[] = {
  [RUF_PLAN_TEXT_TOO_LONG] = { "text-too-long", TRUE },
  [RUF_PLAN_PLACEHOLDER_BROKEN] = { "placeholder-broken", TRUE },
  [RUF_PLAN_PLACEHOLDER_UNKNOWN] = { "placeholder-unknown", TRUE },
  [RUF_PLAN_WRONG_CHANNEL] = { "wrong-channel", TRUE },
  [RUF_PLAN_NOBODY_AGREED] = { "nobody-agreed", FALSE },
  [RUF_PLAN_TIME_PAST] = { "time-past", FALSE },
  [RUF_PLAN_OUTSIDE_HOURS] = { "outside-hours", FALSE },
  [RUF_PLAN_ENDS_TOO_EARLY] = { "ends-too-early", TRUE },
  [RUF_PLAN_OVER] = { "over", TRUE },
  [RUF_PLAN_NEVER_INSIDE_HOURS] = { "never-inside-hours", TRUE },
};

/* What the notes are about, and what there is so far. */
typedef struct
{
  RufDb              *db;
  const RufCampaign  *campaign;
  gint64              now;
  GTimeZone          *zone;
  RufTemplate        *template;
  GPtrArray          *notes;
} Check;

/**
 * ruf_plan_code_to_string:
 * @code: a code
 *
 * Returns: its word in JSON
 */
const char *
ruf_plan_code_to_string (RufPlanCode code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), NULL);

  return codes[code].name;
}

/**
 * ruf_plan_code_blocks:
 * @code: a code
 *
 * Returns: whether a plan with this note must not be made
 */
gboolean
ruf_plan_code_blocks (RufPlanCode code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), TRUE);

  return codes[code].blocks;
}

/**
 * ruf_plan_note_free:
 * @self: (transfer full): a note
 */
void
ruf_plan_note_free (RufPlanNote *self)
{
  g_free (self->text);
  g_free (self);
}

/* Takes @text. */
static void
add (Check       *check,
     RufPlanCode  code,
     char        *text)
{
  RufPlanNote *note = g_new0 (RufPlanNote, 1);

  note->code = code;
  note->text = text;
  g_ptr_array_add (check->notes, note);
}

static void
check_times (Check *check)
{
  const RufCampaign *campaign = check->campaign;
  gint64 begin = MAX (campaign->send_at, check->now);
  gint64 open = ruf_quiet_hours_next_open (begin, check->zone);
  g_autofree char *opening = ruf_words_weekday_moment (open, check->zone);

  if (campaign->not_after != 0 && campaign->not_after <= campaign->send_at)
    add (check, RUF_PLAN_ENDS_TOO_EARLY,
         g_strdup (_("The end lies before the time, so nothing could leave. Choose a later "
                     "end.")));
  else if (campaign->not_after != 0 && campaign->not_after <= check->now)
    add (check, RUF_PLAN_OVER,
         g_strdup (_("The end has passed, so nothing may leave any more. Choose a later end.")));
  else if (campaign->not_after != 0 && campaign->not_after <= open)
    add (check, RUF_PLAN_NEVER_INSIDE_HOURS,
         g_strdup_printf (_("It is over before people may be written to again, on %s. Choose "
                            "another time or a later end."), opening));
  else if (open > begin && begin == campaign->send_at)
    {
      g_autofree char *hours = ruf_plan_say_hours (begin, check->zone);

      add (check, RUF_PLAN_OUTSIDE_HOURS,
           /* Translators: first a sentence on the sending hours, then day and time */
           g_strdup_printf (_("%s The messages can leave on %s."), hours, opening));
    }

  if (campaign->send_at < check->now)
    add (check, RUF_PLAN_TIME_PAST,
         g_strdup (_("This time has passed. The messages can leave as soon as you send them.")));
}

static gboolean
check_purpose (Check   *check,
               GError **error)
{
  const RufCampaign *campaign = check->campaign;
  g_autofree char *stream = ruf_words_stream (campaign->channel, campaign->purpose);
  gboolean has;

  if (!ruf_consent_table_has_active (check->db, campaign->channel, campaign->purpose, &has, error))
    return FALSE;

  if (!has)
    add (check, RUF_PLAN_NOBODY_AGREED,
         /* Translators: "Weekly offers on WhatsApp" */
         g_strdup_printf (_("Nobody has agreed to this yet: %s."), stream));
  return TRUE;
}

static void
check_placeholders (Check *check)
{
  const char * const *names = ruf_template_get_placeholders (check->template);
  g_autofree char *known = g_strjoinv (", ", (char **) ruf_template_get_known ());

  for (guint i = 0; names[i] != NULL; i++)
    if (!ruf_template_is_known (names[i]))
      add (check, RUF_PLAN_PLACEHOLDER_UNKNOWN,
           /* Translators: the name as written, and the names that there are */
           g_strdup_printf (_("“%s” is no placeholder that Rundruf can fill. There are: %s."),
                            names[i], known));
}

static guint
get_length (const char *name,
            gpointer    user_data)
{
  const RufPersonLengths *longest = user_data;
  const struct {
    const char *name;
    guint       length;
  } lengths[] = {
    { "name", longest->name },
    { "first_name", longest->first_name },
    { "last_name", longest->last_name },
    { "organisation", longest->organisation },
    { "city", longest->city },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (g_str_equal (name, lengths[i].name))
      return lengths[i].length;
  return 0;
}

/* The text that is too long by most. */
typedef struct
{
  Check *check;
  guint  excess;
  guint  units;
  guint  limit;
  char  *name;     /* whose it is */
} Worst;

static gboolean
measure_row (const RufHandover  *row,
             gpointer            data,
             GError            **error)
{
  Worst *worst = data;
  g_autofree char *text = ruf_render_handover (worst->check->template, row);
  RufTextMeasure measure;

  ruf_text_measure (text, worst->check->campaign->channel, &measure);
  if (measure.units > measure.limit + worst->excess)
    {
      worst->excess = measure.units - measure.limit;
      worst->units = measure.units;
      worst->limit = measure.limit;
      g_free (worst->name);
      worst->name = g_strdup (row->name);
    }
  ruf_text_measure_clear (&measure);
  return TRUE;
}

/* An SMS with a character that GSM 03.38 does not have holds fewer, each in up to two units. */
static guint
get_safe_length (RufChannel channel)
{
  RufTextMeasure measure;
  guint limit;

  ruf_text_measure ("…", channel, &measure);
  limit = channel == RUF_CHANNEL_SMS ? measure.limit / 2 : measure.limit;
  ruf_text_measure_clear (&measure);
  return limit;
}

static void
say_too_long (Check       *check,
              const Worst *worst)
{
  g_autofree char *units = ruf_words_number (worst->units);
  g_autofree char *limit = ruf_words_number (worst->limit);
  const char *channel = ruf_words_channel (check->campaign->channel);

  if (worst->name != NULL)
    add (check, RUF_PLAN_TEXT_TOO_LONG,
         /* Translators: somebody's name, characters, channel, characters */
         g_strdup_printf (_("For %s the text has %s characters; %s takes %s at most. Shorten "
                            "it."), worst->name, units, channel, limit));
  else
    add (check, RUF_PLAN_TEXT_TOO_LONG,
         /* Translators: characters, channel, characters */
         g_strdup_printf (_("The text has %s characters; %s takes %s at most. Shorten it."),
                          units, channel, limit));
}

/* Measured for everybody who would get it, but only where it could be too long for anybody. */
static gboolean
check_length (Check   *check,
              GError **error)
{
  guint safe = get_safe_length (check->campaign->channel);
  g_autofree char *name = NULL;
  Worst worst = { .check = check };
  RufPersonLengths longest;
  RufHandover nobody = { 0 };
  gboolean done;

  if (safe == 0)
    return TRUE;
  if (!ruf_people_table_get_longest (check->db, &longest, error))
    return FALSE;
  if (ruf_template_get_longest (check->template, get_length, &longest) <= safe)
    return TRUE;

  measure_row (&nobody, &worst, NULL);
  done = worst.excess > 0 || *ruf_template_get_placeholders (check->template) == NULL ||
         ruf_outbox_table_preview_each (check->db, check->campaign, measure_row, &worst, error);
  name = worst.name;
  if (done && worst.excess > 0)
    say_too_long (check, &worst);
  return done;
}

static gboolean
check_text (Check            *check,
            const RufMessage *message,
            GError          **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (RufTemplate) template = ruf_template_parse (message->body, &fault);

  if (message->channel != check->campaign->channel)
    add (check, RUF_PLAN_WRONG_CHANNEL,
         /* Translators: title, channel, channel */
         g_strdup_printf (_("The message “%s” is for %s, not for %s. Save it for that channel "
                            "first."), message->name, ruf_words_channel (message->channel),
                          ruf_words_channel (check->campaign->channel)));

  if (template == NULL)
    {
      add (check, RUF_PLAN_PLACEHOLDER_BROKEN, g_strdup (fault->message));
      return TRUE;
    }

  check->template = template;
  check_placeholders (check);
  return check_length (check, error);
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const RufPlanNote *left = *(const RufPlanNote **) a;
  const RufPlanNote *right = *(const RufPlanNote **) b;

  if (codes[left->code].blocks != codes[right->code].blocks)
    return codes[left->code].blocks ? -1 : 1;

  return (int) left->code - (int) right->code;
}

/**
 * ruf_plan_notes_make:
 * @db: a connection
 * @campaign: what is to be planned, by the name of its message; it need not be saved
 * @now: UTC µs
 * @zone: where the user is
 * @error: return location; NOT_FOUND where there is no such message
 *
 * Returns: (transfer full) (element-type RufPlanNote) (nullable): what there is to say, what
 *   blocks first
 */
GPtrArray *
ruf_plan_notes_make (RufDb              *db,
                     const RufCampaign  *campaign,
                     gint64              now,
                     GTimeZone          *zone,
                     GError            **error)
{
  g_autoptr (GPtrArray) notes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_plan_note_free);
  g_autoptr (RufMessage) message = NULL;
  Check check = { .db = db, .campaign = campaign, .now = now, .zone = zone, .notes = notes };

  g_return_val_if_fail (campaign != NULL && campaign->message_name != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  message = ruf_message_table_get (db, campaign->message_name, error);
  if (message == NULL ||
      !check_text (&check, message, error) ||
      !check_purpose (&check, error))
    return NULL;

  check_times (&check);
  g_ptr_array_sort (notes, compare_notes);
  return g_steal_pointer (&notes);
}

/**
 * ruf_plan_notes_allow:
 * @notes: (element-type RufPlanNote): what there is to say of a plan
 * @error: return location; REFUSED in the words of the first note that blocks
 *
 * Returns: whether the plan may be made
 */
gboolean
ruf_plan_notes_allow (GPtrArray  *notes,
                      GError    **error)
{
  const RufPlanNote *first = notes->len > 0 ? g_ptr_array_index (notes, 0) : NULL;

  if (first == NULL || !codes[first->code].blocks)
    return TRUE;

  g_set_error_literal (error, RUF_ERROR, RUF_ERROR_REFUSED, first->text);
  return FALSE;
}

/**
 * ruf_plan_say_hours:
 * @moment: UTC microseconds
 * @zone: where the user is
 *
 * Returns: (transfer full) (nullable): why nobody is written to at @moment; %NULL where they are
 */
char *
ruf_plan_say_hours (gint64     moment,
                    GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  if (ruf_quiet_hours_next_open (moment, zone) == moment)
    return NULL;

  utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, zone);
  /* Translators: %A is the weekday, %H:%M the time, as in strftime(). */
  return g_date_time_format (local, _("%A, %H:%M lies outside the sending hours, Monday to "
                                      "Saturday from 8 to 20 o’clock."));
}

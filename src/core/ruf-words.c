/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for what the program knows as enums, keys, numbers and moments; window, command
 * line and paper use the same ones. */

#include "config.h"

#include "ruf-words.h"

#include <glib/gi18n-lib.h>

#include "ruf-phone.h"

static const char * const channels[RUF_N_CHANNELS] = {
  [RUF_CHANNEL_WHATSAPP] = N_("WhatsApp"),
  [RUF_CHANNEL_TELEGRAM] = N_("Telegram"),
  [RUF_CHANNEL_SMS] = N_("SMS"),
  [RUF_CHANNEL_EMAIL] = N_("E-mail"),
  [RUF_CHANNEL_SIGNAL] = N_("Signal"),
};

static const char * const address_kinds[] = {
  [RUF_ADDRESS_PHONE] = N_("Phone"),
  [RUF_ADDRESS_EMAIL] = N_("E-mail"),
  [RUF_ADDRESS_TELEGRAM] = N_("Telegram"),
  [RUF_ADDRESS_WHATSAPP_USER] = N_("WhatsApp"),
};

static const struct
{
  const char *key;
  const char *name;
} purposes[] = {
  { "weekly-offer", N_("Weekly offers") },
  { "news", N_("News") },
  { "story", N_("Stories") },
  { "live", N_("Live updates") },
  { "service", N_("Service") },
  { RUF_PURPOSE_ALL, N_("Everything") },
};

static const char * const deeds[] = {
  [RUF_CONSENT_IMPORTED_UNPROVEN] = N_("Address came in without proof"),
  [RUF_CONSENT_REQUESTED] = N_("Was asked"),
  [RUF_CONSENT_GRANTED] = N_("Agreed"),
  [RUF_CONSENT_CONFIRMED] = N_("Confirmed"),
  [RUF_CONSENT_SCOPE_CHANGED] = N_("Changed what they want to get"),
  [RUF_CONSENT_EVIDENCE_ADDED] = N_("Proof was added"),
  [RUF_CONSENT_WITHDRAWN] = N_("Withdrew"),
  [RUF_CONSENT_OBJECTED] = N_("Objected"),
  [RUF_CONSENT_SUPPRESSED] = N_("Was put on the list of people never to write to"),
  [RUF_CONSENT_REINSTATED] = N_("May be written to again"),
  [RUF_CONSENT_EXPIRED_BY_POLICY] = N_("Expired"),
  [RUF_CONSENT_PROOF_PURGED] = N_("Proof was removed"),
  [RUF_CONSENT_RETRACTED] = N_("What a list said was taken back"),
};

static const char * const levels[] = {
  [RUF_EVIDENCE_E0] = N_("No proof: may not be written to (E0)"),
  [RUF_EVIDENCE_E1] = N_("Noted by you, with time, source and wording (E1)"),
  [RUF_EVIDENCE_E2] = N_("Written or clicked by the person (E2)"),
  [RUF_EVIDENCE_E3] = N_("Confirmed twice by the person (E3)"),
};

static const char * const methods[] = {
  [RUF_CONSENT_METHOD_IMPORT] = N_("documented list"),
  [RUF_CONSENT_METHOD_PAPER_FORM] = N_("paper form"),
  [RUF_CONSENT_METHOD_VERBAL_IN_SHOP] = N_("spoken in the shop"),
  [RUF_CONSENT_METHOD_WEB_FORM] = N_("web form"),
  [RUF_CONSENT_METHOD_QR_FORM] = N_("QR code"),
  [RUF_CONSENT_METHOD_KEYWORD_INBOUND] = N_("message from the person"),
  [RUF_CONSENT_METHOD_DOUBLE_OPT_IN] = N_("double opt-in"),
  [RUF_CONSENT_METHOD_EXISTING_CUSTOMER] = N_("existing customer"),
  [RUF_CONSENT_METHOD_PLATFORM] = N_("told by the messenger"),
  [RUF_CONSENT_METHOD_OPERATOR] = N_("recorded by you"),
};

static const char * const agreements[] = {
  [RUF_EVIDENCE_E0] = N_("no proof, may not be written to"),
  [RUF_EVIDENCE_E1] = N_("agreed on a list or on paper"),
  [RUF_EVIDENCE_E2] = N_("agreed in writing or with a click"),
  [RUF_EVIDENCE_E3] = N_("agreed and confirmed it"),
};

static const char * const consent_statuses[] = {
  [RUF_CONSENT_STATUS_NONE] = N_("nothing recorded"),
  [RUF_CONSENT_STATUS_UNPROVEN] = N_("not proven"),
  [RUF_CONSENT_STATUS_WAITING] = N_("asked, not answered"),
  [RUF_CONSENT_STATUS_ACTIVE] = N_("agreed"),
  [RUF_CONSENT_STATUS_WITHDRAWN] = N_("withdrawn"),
  [RUF_CONSENT_STATUS_SUPPRESSED] = N_("never write"),
  [RUF_CONSENT_STATUS_EXPIRED] = N_("expired"),
};

static const char * const statuses[RUF_N_MESSAGE_STATUSES] = {
  [RUF_MESSAGE_QUEUED] = N_("waiting"),
  [RUF_MESSAGE_EXCLUDED] = N_("left out"),
  [RUF_MESSAGE_EXPIRED] = N_("too late"),
  [RUF_MESSAGE_SENDING] = N_("sending"),
  [RUF_MESSAGE_UNKNOWN] = N_("unknown"),
  [RUF_MESSAGE_FAILED] = N_("failed"),
  [RUF_MESSAGE_SENT] = N_("sent"),
  [RUF_MESSAGE_DELIVERED] = N_("delivered"),
  [RUF_MESSAGE_READ] = N_("read"),
};

static const char * const excludes[RUF_N_EXCLUDE_REASONS] = {
  [RUF_EXCLUDE_NONE] = N_("not left out"),
  [RUF_EXCLUDE_NO_ADDRESS] = N_("no address on this channel"),
  [RUF_EXCLUDE_NO_CONSENT] = N_("did not agree to this"),
  [RUF_EXCLUDE_LEVEL_TOO_LOW] = N_("is said to have agreed, but the proof is too weak"),
  [RUF_EXCLUDE_OPTED_OUT] = N_("withdrew"),
  [RUF_EXCLUDE_SUPPRESSED] = N_("must never be written to"),
  [RUF_EXCLUDE_DUPLICATE_ADDRESS] = N_("shares an address with somebody who gets it"),
  [RUF_EXCLUDE_FREQUENCY_CAP] = N_("was written to often enough"),
  [RUF_EXCLUDE_HANDOFF_ONLY] = N_("this channel is for writing by hand"),
  [RUF_EXCLUDE_CANCELLED] = N_("taken back by you"),
  [RUF_EXCLUDE_IN_REVIEW] = N_("wrote something that may mean stop; read it first"),
};

static const char * const rejects[] = {
  [RUF_REJECT_NONE] = N_("taken"),
  [RUF_REJECT_PHONE_DAMAGED] =
    N_("The spreadsheet rounded this number; its last digits are lost."),
  [RUF_REJECT_PHONE_AMBIGUOUS] = N_("This number can be read in more than one way."),
  [RUF_REJECT_PHONE_INVALID] = N_("No phone has this number."),
  [RUF_REJECT_EMAIL_INVALID] = N_("This is not an e-mail address."),
  [RUF_REJECT_NO_ADDRESS] = N_("There is no phone number and no e-mail address."),
  [RUF_REJECT_MALFORMED_ROW] = N_("This row does not have the columns of the header."),
  [RUF_REJECT_DUPLICATE] = N_("This person stands further up in the file."),
  [RUF_REJECT_SUPPRESSED] = N_("This person asked never to be written to."),
  [RUF_REJECT_TOO_LONG] = N_("This is longer than an entry can be."),
  [RUF_REJECT_ID_MISSING] = N_("The message’s number is missing."),
  [RUF_REJECT_TIME_MISSING] = N_("The time is missing."),
  [RUF_REJECT_TIME_INVALID] = N_("This is not a time."),
  [RUF_REJECT_UNKNOWN_STATUS] = N_("This state is not known."),
  [RUF_REJECT_UNREADABLE] = N_("A character in it cannot be read."),
};

static const char * const reject_deeds[] = {
  [RUF_DEED_NOT_TAKEN] = NULL,
  [RUF_DEED_STOPPED] = N_("It counts as a stop all the same."),
  [RUF_DEED_HELD] =
    N_("It may say stop: nothing is sent to this person before somebody has read it."),
  [RUF_DEED_KEPT] = N_("It is kept, and counts as a stop once its message is known."),
  [RUF_DEED_CUT] = N_("Its beginning is taken."),
  [RUF_DEED_REPLACED] = N_("It is taken, with “�” in that place."),
};

/* In the order of their bits. */
static const char * const lacks_words[RUF_N_CONSENT_LACKS] = {
  N_("no time"), N_("a time that is still to come"), N_("no source"), N_("no wording"),
  N_("no channel that is known"), N_("no purpose"), N_("no address on that channel"),
  N_("a proof below what you ask for on that channel"),
};

/**
 * ruf_words_channel:
 * @channel: a channel
 *
 * Returns: its name, translated
 */
const char *
ruf_words_channel (RufChannel channel)
{
  g_return_val_if_fail (channel < RUF_N_CHANNELS, NULL);

  return _(channels[channel]);
}

/**
 * ruf_words_address_kind:
 * @kind: a kind of address
 *
 * Returns: what it is called, translated
 */
const char *
ruf_words_address_kind (RufAddressKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (address_kinds), NULL);

  return _(address_kinds[kind]);
}

/**
 * ruf_words_address:
 * @kind: its kind
 * @address: an address of somebody
 *
 * Safe from every thread.
 *
 * Returns: (transfer full): the address as people read it: "+49 176 04069071"
 */
char *
ruf_words_address (RufAddressKind  kind,
                   const char     *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  return kind == RUF_ADDRESS_PHONE ? ruf_phone_format (address) : g_strdup (address);
}

/**
 * ruf_words_purpose:
 * @purpose: a key
 *
 * Returns: the purpose's name, translated where it came with the program; the
 *   user's own are named by their key
 */
const char *
ruf_words_purpose (const char *purpose)
{
  g_return_val_if_fail (purpose != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (g_str_equal (purposes[i].key, purpose))
      return _(purposes[i].name);

  return purpose;
}

/**
 * ruf_words_level:
 * @level: an evidence level
 *
 * Returns: the level and what it means, translated
 */
const char *
ruf_words_level (RufEvidenceLevel level)
{
  g_return_val_if_fail (level < G_N_ELEMENTS (levels), NULL);

  return _(levels[level]);
}

/**
 * ruf_words_method:
 * @method: how somebody agreed
 *
 * Returns: the same in words, translated
 */
const char *
ruf_words_method (RufConsentMethod method)
{
  g_return_val_if_fail (method < G_N_ELEMENTS (methods), NULL);

  return _(methods[method]);
}

/**
 * ruf_words_consent_status:
 * @status: what follows from all events
 *
 * Returns: the same in words, translated
 */
const char *
ruf_words_consent_status (RufConsentStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (consent_statuses), NULL);

  return _(consent_statuses[status]);
}

/**
 * ruf_words_consent:
 * @status: what follows from all events
 * @level: how well that is proven
 *
 * Returns: both in words, translated: "agreed on a list or on paper", "withdrawn"
 */
const char *
ruf_words_consent (RufConsentStatus status,
                   RufEvidenceLevel level)
{
  g_return_val_if_fail (level < G_N_ELEMENTS (agreements), NULL);

  if (status == RUF_CONSENT_STATUS_ACTIVE || status == RUF_CONSENT_STATUS_UNPROVEN)
    return _(agreements[level]);

  return ruf_words_consent_status (status);
}

/**
 * ruf_words_status:
 * @status: of one message
 *
 * Returns: the same in words, translated
 */
const char *
ruf_words_status (RufMessageStatus status)
{
  g_return_val_if_fail (status < RUF_N_MESSAGE_STATUSES, NULL);

  return _(statuses[status]);
}

/**
 * ruf_words_exclude:
 * @reason: why somebody gets no message
 *
 * Returns: the same in words, translated
 */
const char *
ruf_words_exclude (RufExcludeReason reason)
{
  g_return_val_if_fail (reason < RUF_N_EXCLUDE_REASONS, NULL);

  return _(excludes[reason]);
}

/**
 * ruf_words_reject:
 * @reason: why a row was not taken
 *
 * Returns: the same as a sentence, translated
 */
const char *
ruf_words_reject (RufRejectReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (rejects), NULL);

  return _(rejects[reason]);
}

/**
 * ruf_words_reject_deed:
 * @deed: what was done with something that was not taken as it stands
 *
 * Returns: (nullable): the same as a sentence, translated; %NULL where nothing was done
 */
const char *
ruf_words_reject_deed (RufRejectDeed deed)
{
  g_return_val_if_fail (deed < G_N_ELEMENTS (reject_deeds), NULL);

  return reject_deeds[deed] != NULL ? _(reject_deeds[deed]) : NULL;
}

/**
 * ruf_words_lacks:
 * @lacks: what a claim of consent lacks, at least one thing
 *
 * Returns: (transfer full): the same as a sentence, translated
 */
char *
ruf_words_lacks (RufConsentLacks lacks)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < RUF_N_CONSENT_LACKS; i++)
    if (lacks & (1 << i))
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", _(lacks_words[i]));

  /* Translators: what a claim of consent lacks, for example "no time, no wording" */
  return g_strdup_printf (_("This consent proves nothing yet: %s."), list->str);
}

/**
 * ruf_words_stream:
 * @channel: a channel
 * @purpose: a key
 *
 * Returns: (transfer full): "Weekly offers on WhatsApp"
 */
char *
ruf_words_stream (RufChannel  channel,
                  const char *purpose)
{
  /* Translators: a purpose and a channel: "Weekly offers on WhatsApp" */
  return g_strdup_printf (_("%s on %s"), ruf_words_purpose (purpose),
                          ruf_words_channel (channel));
}

/**
 * ruf_words_deed:
 * @type: what one entry of the log is about
 *
 * Returns: what the person did, or what happened to the address, translated: "Agreed"
 */
const char *
ruf_words_deed (RufConsentEventType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (deeds), NULL);

  return _(deeds[type]);
}

/**
 * ruf_words_event:
 * @event: one entry of the log
 *
 * Returns: (transfer full): "Agreed (paper form: counter, slip 12)"
 */
char *
ruf_words_event (const RufConsentEvent *event)
{
  const char *deed;

  g_return_val_if_fail (event != NULL, NULL);

  deed = ruf_words_deed (event->type);

  if (event->source != NULL)
    /* Translators: deed, way and source: "Agreed (paper form: counter, slip 12)" */
    return g_strdup_printf (_("%s (%s: %s)"), deed, ruf_words_method (event->method),
                            event->source);

  /* Translators: deed and way: "Agreed (message from the person)" */
  return g_strdup_printf (_("%s (%s)"), deed, ruf_words_method (event->method));
}

static GDateTime *
to_local (gint64     moment,
          GTimeZone *zone)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) utc = g_date_time_add (epoch, moment);

  return g_date_time_to_timezone (utc, zone);
}

static int
get_day_number (GDateTime *date)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (date), g_date_time_get_month (date),
                  g_date_time_get_year (date));

  return (int) g_date_get_julian (&day);
}

static char *
name_minutes (gint64 distance)
{
  int minutes = (int) (ABS (distance) / G_TIME_SPAN_MINUTE);

  if (minutes == 0)
    return g_strdup (_("now"));
  if (distance > 0)
    return g_strdup_printf (ngettext ("in %d minute", "in %d minutes", minutes), minutes);

  return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", minutes), minutes);
}

/**
 * ruf_words_moment:
 * @moment: UTC microseconds
 * @now: UTC microseconds
 * @zone: where the user is
 *
 * Says a moment as people do, seen from @now: "in 20 minutes", "today, 18:00",
 * "tomorrow, 10:00", "Thursday, 10:00" for the week to come, "last Thursday, 10:00" for the
 * one that has passed, else the date.
 *
 * Returns: (transfer full): the words
 */
char *
ruf_words_moment (gint64     moment,
                  gint64     now,
                  GTimeZone *zone)
{
  g_autoptr (GDateTime) then = to_local (moment, zone);
  g_autoptr (GDateTime) today = to_local (now, zone);
  int days = get_day_number (then) - get_day_number (today);

  if (ABS (moment - now) < G_TIME_SPAN_HOUR)
    return name_minutes (moment - now);
  if (days == 0)
    return g_date_time_format (then, _("today, %H:%M"));
  if (days == 1)
    return g_date_time_format (then, _("tomorrow, %H:%M"));
  if (days == -1)
    return g_date_time_format (then, _("yesterday, %H:%M"));
  if (days > 1 && days < 7)
    /* Translators: "Thursday, 10:00" */
    return g_date_time_format (then, _("%A, %H:%M"));
  if (days < -1 && days > -7)
    /* Translators: "last Thursday, 10:00" */
    return g_date_time_format (then, _("last %A, %H:%M"));
  if (g_date_time_get_year (then) == g_date_time_get_year (today))
    /* Translators: "2 January, 10:00" */
    return g_date_time_format (then, _("%-d %B, %H:%M"));

  return ruf_words_full_moment (moment, zone);
}

/**
 * ruf_words_full_moment:
 * @moment: UTC microseconds
 * @zone: where the user is
 *
 * Returns: (transfer full): "2 January 2026, 10:00"
 */
char *
ruf_words_full_moment (gint64     moment,
                       GTimeZone *zone)
{
  g_autoptr (GDateTime) then = to_local (moment, zone);

  /* Translators: "2 January 2026, 10:00" */
  return g_date_time_format (then, _("%-d %B %Y, %H:%M"));
}

/**
 * ruf_words_exact_moment:
 * @moment: UTC microseconds
 * @zone: where the reader is
 *
 * For what has to be proven: the local time to the second, and how far from UTC it is.
 *
 * Returns: (transfer full): "2 January 2026, 10:00:00 +01:00"
 */
char *
ruf_words_exact_moment (gint64     moment,
                        GTimeZone *zone)
{
  g_autoptr (GDateTime) then = to_local (moment, zone);

  /* Translators: "2 January 2026, 10:00:00 +01:00" */
  return g_date_time_format (then, _("%-d %B %Y, %H:%M:%S %:z"));
}

/**
 * ruf_words_weekday_moment:
 * @moment: UTC microseconds
 * @zone: where the user is
 *
 * For sentences that are still read when "tomorrow" is over.
 *
 * Returns: (transfer full): "Friday, 2 January 2026, 10:00"
 */
char *
ruf_words_weekday_moment (gint64     moment,
                          GTimeZone *zone)
{
  g_autoptr (GDateTime) then = to_local (moment, zone);

  /* Translators: "Friday, 2 January 2026, 10:00" */
  return g_date_time_format (then, _("%A, %-d %B %Y, %H:%M"));
}

/**
 * ruf_words_short_moment:
 * @moment: UTC microseconds
 * @zone: where the user is
 *
 * For the cells of a table.
 *
 * Returns: (transfer full): "2 Jan 2026, 10:00"
 */
char *
ruf_words_short_moment (gint64     moment,
                        GTimeZone *zone)
{
  g_autoptr (GDateTime) then = to_local (moment, zone);

  /* Translators: "2 Jan 2026, 10:00", short, for the cells of a table */
  return g_date_time_format (then, _("%-d %b %Y, %H:%M"));
}

/**
 * ruf_words_day:
 * @moment: UTC microseconds
 * @zone: where the user is
 *
 * Returns: (transfer full): "2 January 2026"
 */
char *
ruf_words_day (gint64     moment,
               GTimeZone *zone)
{
  g_autoptr (GDateTime) then = to_local (moment, zone);

  /* Translators: "2 January 2026" */
  return g_date_time_format (then, _("%-d %B %Y"));
}

/**
 * ruf_words_number:
 * @number: a number
 *
 * Returns: (transfer full): the number with the locale's separators
 */
char *
ruf_words_number (gint64 number)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, number);
}

/**
 * ruf_words_people:
 * @number: how many
 *
 * Returns: (transfer full): "139 people"
 */
char *
ruf_words_people (gint64 number)
{
  g_autofree char *digits = ruf_words_number (number);

  return g_strdup_printf (ngettext ("%s person", "%s people", (gulong) number), digits);
}

/**
 * ruf_words_capitalise:
 * @words: what stands inside a sentence elsewhere
 *
 * Returns: (transfer full): the same at the beginning of a row
 */
char *
ruf_words_capitalise (const char *words)
{
  char first[6];
  int length;

  g_return_val_if_fail (words != NULL && *words != '\0', NULL);

  length = g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (words)), first);
  return g_strdup_printf ("%.*s%s", length, first, g_utf8_next_char (words));
}

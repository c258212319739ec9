/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Moments as files state them, and as the program writes them. */

#include "config.h"

#include "ruf-moment.h"

#include <string.h>

#define SECONDS_PER_DAY 86400
/* Other years are slips of a keyboard, and none is written with four digits everywhere. */
#define MIN_YEAR 1900
#define MAX_YEAR 9998

typedef struct
{
  int      year;
  int      month;
  int      day;
  int      hour;
  int      minute;
  int      second;
  int      micro;
  gboolean has_time;
  gboolean has_offset;
  int      offset;    /* seconds east of UTC */
} Fields;

/* Reads @min to @max digits and moves on, or returns FALSE and stays. */
static gboolean
read_number (const char **p,
             int          min,
             int          max,
             int         *out,
             int         *n_digits)
{
  int value = 0, n = 0;

  while (n < max && g_ascii_isdigit ((*p)[n]))
    value = value * 10 + g_ascii_digit_value ((*p)[n++]);
  if (n < min || g_ascii_isdigit ((*p)[n]))
    return FALSE;

  *p += n;
  *out = value;
  if (n_digits != NULL)
    *n_digits = n;
  return TRUE;
}

static gboolean
read_char (const char **p,
           char         c)
{
  if (**p != c)
    return FALSE;
  (*p)++;
  return TRUE;
}

static void
skip_blanks (const char **p)
{
  for (;;)
    if (g_ascii_isspace (**p))
      (*p)++;
    else if (strncmp (*p, "\302\240", 2) == 0)   /* no-break space */
      *p += 2;
    else if (strncmp (*p, "\342\200\257", 3) == 0)   /* narrow no-break space */
      *p += 3;
    else
      return;
}

static gboolean
read_iso_date (const char **p,
               Fields      *f)
{
  return read_number (p, 4, 4, &f->year, NULL) && read_char (p, '-') &&
         read_number (p, 2, 2, &f->month, NULL) && read_char (p, '-') &&
         read_number (p, 2, 2, &f->day, NULL);
}

/* "03.05.2026", "3.5.2026", "09.11.25" */
static gboolean
read_german_date (const char **p,
                  Fields      *f)
{
  int n;

  if (!read_number (p, 1, 2, &f->day, NULL) || !read_char (p, '.'))
    return FALSE;
  skip_blanks (p);
  if (!read_number (p, 1, 2, &f->month, NULL) || !read_char (p, '.'))
    return FALSE;
  skip_blanks (p);
  if (!read_number (p, 2, 4, &f->year, &n) || n == 3)
    return FALSE;
  if (n == 2)
    f->year += f->year < 70 ? 2000 : 1900;   /* as POSIX strptime %y, within a year */
  return TRUE;
}

/* Meta's "11/03/2026" and "10/1/2015": the month comes first. */
static gboolean
read_american_date (const char **p,
                    Fields      *f)
{
  return read_number (p, 1, 2, &f->month, NULL) && read_char (p, '/') &&
         read_number (p, 1, 2, &f->day, NULL) && read_char (p, '/') &&
         read_number (p, 4, 4, &f->year, NULL);
}

static gboolean
read_date (const char **p,
           Fields      *f)
{
  gsize n = strspn (*p, "0123456789");

  switch ((*p)[n])
    {
    case '-':
      return read_iso_date (p, f);
    case '.':
      return read_german_date (p, f);
    case '/':
      return read_american_date (p, f);
    default:
      return FALSE;
    }
}

static void
read_fraction (const char **p,
               Fields      *f)
{
  int scale = G_USEC_PER_SEC / 10;

  for (; g_ascii_isdigit (**p); (*p)++, scale /= 10)
    f->micro += g_ascii_digit_value (**p) * scale;
}

static gboolean
read_time (const char **p,
           Fields      *f)
{
  if (!read_number (p, 1, 2, &f->hour, NULL) || !read_char (p, ':') ||
      !read_number (p, 2, 2, &f->minute, NULL))
    return FALSE;
  f->has_time = TRUE;

  if (!read_char (p, ':'))
    return TRUE;
  if (!read_number (p, 2, 2, &f->second, NULL))
    return FALSE;
  if ((**p == '.' || **p == ',') && g_ascii_isdigit ((*p)[1]))
    {
      (*p)++;
      read_fraction (p, f);
    }
  return TRUE;
}

/* "Z", "+01:00", "+0100", "+01"; German times may end in "Uhr". */
static gboolean
read_offset (const char **p,
             Fields      *f)
{
  int sign, hours, minutes = 0;

  skip_blanks (p);
  if (g_ascii_strncasecmp (*p, "Uhr", 3) == 0)
    *p += 3;
  if (**p == 'Z' || **p == 'z')
    {
      (*p)++;
      f->has_offset = TRUE;
      return TRUE;
    }
  if (**p != '+' && **p != '-')
    return TRUE;

  sign = *(*p)++ == '-' ? -1 : 1;
  if (strspn (*p, "0123456789") == 4)
    {
      if (!read_number (p, 4, 4, &hours, NULL))
        return FALSE;
      minutes = hours % 100;
      hours /= 100;
    }
  else if (!read_number (p, 2, 2, &hours, NULL) ||
           (read_char (p, ':') && !read_number (p, 2, 2, &minutes, NULL)))
    return FALSE;
  f->has_offset = TRUE;
  f->offset = sign * (hours * 3600 + minutes * 60);
  return hours <= 14 && minutes <= 59;
}

static gboolean
read_moment (const char *text,
             Fields     *f)
{
  const char *p = text;

  skip_blanks (&p);
  if (!read_date (&p, f))
    return FALSE;

  if (read_char (&p, 'T') || read_char (&p, 't'))
    {
      if (!read_time (&p, f) || !read_offset (&p, f))
        return FALSE;
    }
  else
    {
      read_char (&p, ',');
      skip_blanks (&p);
      if (*p != '\0' && (!read_time (&p, f) || !read_offset (&p, f)))
        return FALSE;
    }
  skip_blanks (&p);
  return *p == '\0';
}

static gboolean
is_calendar_moment (const Fields *f)
{
  return f->year >= MIN_YEAR && f->year <= MAX_YEAR &&
         g_date_valid_dmy (f->day, f->month, f->year) &&
         f->hour <= 23 && f->minute <= 59 && f->second <= 59;
}

/* Days since 1970-01-01 in the Gregorian calendar. */
static gint64
days_from_epoch (const Fields *f)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, f->day, f->month, f->year);
  return (gint64) g_date_get_julian (&date) - 719163;
}

/* Where the clocks go forward, a time that does not exist moves on with them. */
static gint64
local_to_utc (gint64     local,
              GTimeZone *zone)
{
  int interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_STANDARD, &local);

  return local - g_time_zone_get_offset (zone, interval);
}

static GDateTime *
moment_in_zone (gint64     moment,
                GTimeZone *zone)
{
  gint64 seconds = moment / G_USEC_PER_SEC;
  g_autoptr (GDateTime) utc = NULL;

  if (moment < 0 && moment % G_USEC_PER_SEC != 0)
    seconds--;
  utc = g_date_time_new_from_unix_utc (seconds);
  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

/**
 * ruf_moment_parse:
 * @text: (nullable): what a cell says
 * @zone: time zone of text without an offset
 * @out: (out): UTC microseconds, start of the day for a date; 0 for none
 *
 * Reads ISO 8601 ("2026-03-14T09:12:00+01:00", "2026-04-02 17:40",
 * "2026-06-19"), German ("3.5.2026 10:05", "09.11.25") and American times
 * with the month first ("11/03/2026 10:15"), as Meta exports them.
 *
 * Two-digit years below 70 are of this century. A time that the change to
 * summer time leaves out moves on by an hour; one that comes twice in autumn
 * is taken as standard time.
 *
 * Returns: how much the text stated; %RUF_MOMENT_NONE where it is no moment
 *   ("31.02.2026", "ja"), or one before 1900 or after 9998
 */
RufMomentPrecision
ruf_moment_parse (const char *text,
                  GTimeZone  *zone,
                  gint64     *out)
{
  Fields f = { 0 };
  gint64 seconds;

  g_return_val_if_fail (zone != NULL, RUF_MOMENT_NONE);
  g_return_val_if_fail (out != NULL, RUF_MOMENT_NONE);

  *out = 0;
  if (text == NULL || !read_moment (text, &f) || !is_calendar_moment (&f))
    return RUF_MOMENT_NONE;

  seconds = days_from_epoch (&f) * SECONDS_PER_DAY + f.hour * 3600 + f.minute * 60 + f.second;
  seconds = f.has_offset ? seconds - f.offset : local_to_utc (seconds, zone);
  *out = seconds * G_USEC_PER_SEC + f.micro;
  return f.has_time ? RUF_MOMENT_TIME : RUF_MOMENT_DATE;
}

/**
 * ruf_moment_to_iso8601:
 * @moment: UTC microseconds
 *
 * Writes a moment in UTC to the second: "2026-11-23T10:00:00Z".
 *
 * Returns: (transfer full): the text
 */
char *
ruf_moment_to_iso8601 (gint64 moment)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date_time = moment_in_zone (moment, utc);

  g_return_val_if_fail (date_time != NULL, NULL);

  return g_date_time_format (date_time, "%Y-%m-%dT%H:%M:%SZ");
}

/**
 * ruf_moment_to_local:
 * @moment: UTC microseconds
 * @zone: a time zone
 *
 * Writes a moment as the clocks in @zone show it, with their offset:
 * "2026-11-23T11:00:00+01:00".
 *
 * Returns: (transfer full): the text
 */
char *
ruf_moment_to_local (gint64     moment,
                     GTimeZone *zone)
{
  g_autoptr (GDateTime) date_time = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  date_time = moment_in_zone (moment, zone);
  g_return_val_if_fail (date_time != NULL, NULL);

  return g_date_time_format (date_time, "%Y-%m-%dT%H:%M:%S%:z");
}

/**
 * ruf_moment_get_week:
 * @moment: UTC microseconds
 * @zone: a time zone
 *
 * Names the ISO 8601 week of a moment in @zone: "2026-W47". Weeks begin on
 * Monday; the first days of January may be of the old year's last week.
 *
 * Returns: (transfer full): the name of the week
 */
char *
ruf_moment_get_week (gint64     moment,
                     GTimeZone *zone)
{
  g_autoptr (GDateTime) date_time = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  date_time = moment_in_zone (moment, zone);
  g_return_val_if_fail (date_time != NULL, NULL);

  return g_strdup_printf ("%04d-W%02d", g_date_time_get_week_numbering_year (date_time),
                          g_date_time_get_week_of_year (date_time));
}

/**
 * ruf_moment_week_start:
 * @moment: UTC microseconds
 * @zone: a time zone
 *
 * Finds the Monday, 00:00 in @zone, of the week of @moment.
 *
 * Returns: UTC microseconds
 */
gint64
ruf_moment_week_start (gint64     moment,
                       GTimeZone *zone)
{
  g_autoptr (GDateTime) date_time = NULL;
  g_autoptr (GDateTime) monday = NULL;
  g_autoptr (GDateTime) start = NULL;

  g_return_val_if_fail (zone != NULL, 0);

  date_time = moment_in_zone (moment, zone);
  g_return_val_if_fail (date_time != NULL, 0);

  monday = g_date_time_add_days (date_time, 1 - g_date_time_get_day_of_week (date_time));
  start = g_date_time_new (zone, g_date_time_get_year (monday), g_date_time_get_month (monday),
                           g_date_time_get_day_of_month (monday), 0, 0, 0);
  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

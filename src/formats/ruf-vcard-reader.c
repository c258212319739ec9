/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards to people, as they are written there. */

#include "config.h"

#include "ruf-vcard-reader.h"

#include <string.h>

#include "ruf-vcard-lines.h"

#define PROPERTY_COST 128   /* what a property needs beside its text, about */
#define CITY 3              /* component of ADR */

struct _RufVcardReader
{
  RufVcardLines     *lines;
  RufContactColumns *table;         /* borrowed */
  const char        *format;
  RufVcardProperty   property;      /* the last one read */
  gboolean           has_begun;     /* that was the BEGIN of a card nobody has read yet */
};

/* An address that waits for the label of its group. */
typedef struct
{
  GPtrArray     *cells;        /* of the record */
  char          *text;
  char          *group;
  const char    *column;
  RufVcardTypes  types;
  guint          preference;
} Address;

/* A card on the way to a record. */
typedef struct
{
  RufContactRecord *record;
  char             *name_of_parts;    /* FN made of N */
  char             *nickname;
  GArray           *addresses;        /* Address, in the order of the file */
  GHashTable       *labels;           /* group → label as written */
  guint             city_preference;
  guint             language_preference;
  gsize             cost;             /* bytes kept */
  guint             agents;           /* nested cards that are open */
  gboolean          expects_agent;    /* the last property announces one */
} Card;

static void
address_clear (gpointer data)
{
  Address *address = data;

  g_free (address->text);
  g_free (address->group);
}

static void
card_init (Card  *card,
           guint  line)
{
  memset (card, 0, sizeof *card);
  card->record = ruf_contact_record_new (line);
  card->addresses = g_array_new (FALSE, FALSE, sizeof (Address));
  g_array_set_clear_func (card->addresses, address_clear);
  card->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  card->city_preference = card->language_preference = G_MAXUINT;
}

static void
card_clear (Card *card)
{
  g_clear_pointer (&card->record, ruf_contact_record_free);
  g_array_unref (card->addresses);
  g_hash_table_unref (card->labels);
  g_free (card->name_of_parts);
  g_free (card->nickname);
}

static char *
dup_value (RufVcardReader *self,
           const char     *text)
{
  g_autofree char *trimmed = ruf_contact_dup_trimmed (text);

  if (trimmed == NULL || ruf_contact_columns_is_blank (self->table, trimmed))
    return NULL;
  return g_steal_pointer (&trimmed);
}

static char *
dup_name (RufVcardReader *self,
          const char     *text)
{
  g_autofree char *trimmed = dup_value (self, text);

  return trimmed != NULL ? ruf_contact_dup_name (trimmed) : NULL;
}

static char *
dup_part (RufVcardReader *self,
          GStrv           parts,
          guint           which)
{
  return which < g_strv_length (parts) ? dup_name (self, parts[which]) : NULL;
}

/* Several given names are parted by commas. */
static char *
dup_given (RufVcardReader *self,
           GStrv           parts,
           guint           which)
{
  g_autofree char *names = dup_part (self, parts, which);

  return names != NULL ? dup_name (self, g_strdelimit (names, ",", ' ')) : NULL;
}

/* Family name, given name, additional names, titles: the display name goes without titles. */
static void
take_n (RufVcardReader *self,
        Card           *card)
{
  g_auto (GStrv) parts = ruf_vcard_property_split (&self->property, ";");
  g_autofree char *last = dup_part (self, parts, 0);
  g_autofree char *first = dup_given (self, parts, 1);
  g_autofree char *middle = dup_given (self, parts, 2);
  const char *words[4] = { NULL };
  guint n = 0;

  if (first != NULL)
    words[n++] = first;
  if (middle != NULL)
    words[n++] = middle;
  if (last != NULL)
    words[n++] = last;
  if (n > 0)
    ruf_contact_set_once (&card->name_of_parts, g_strjoinv (" ", (char **) words));
  ruf_contact_set_once (&card->record->first_name, g_steal_pointer (&first));
  ruf_contact_set_once (&card->record->last_name, g_steal_pointer (&last));
}

/* The first of several, each with components of its own. */
static char *
dup_component (RufVcardReader *self,
               const char     *separators,
               guint           which)
{
  g_auto (GStrv) parts = ruf_vcard_property_split (&self->property, separators);

  return dup_part (self, parts, which);
}

static void
take_preferred (RufVcardReader *self,
                char          **place,
                guint          *preference,
                char           *value)
{
  if (value == NULL || self->property.preference >= *preference)
    {
      g_free (value);
      return;
    }
  g_free (*place);
  *place = value;
  *preference = self->property.preference;
}

/* Groups that an address book puts everybody in. */
static gboolean
is_system_tag (const char *tag)
{
  return g_ascii_strcasecmp (tag, "myContacts") == 0 || g_ascii_strcasecmp (tag, "starred") == 0;
}

static void
take_tags (RufVcardReader *self,
           Card           *card)
{
  g_auto (GStrv) parts = ruf_vcard_property_split (&self->property, ",;");

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *tag = dup_name (self, parts[i]);

      if (tag == NULL || is_system_tag (tag))
        g_free (tag);
      else
        ruf_contact_record_add_tag (card->record, tag);
    }
}

static void
take_note (RufVcardReader *self,
           Card           *card)
{
  g_autofree char *text = ruf_vcard_property_dup_text (&self->property);
  g_autofree char *note = dup_value (self, text);
  char *old = card->record->notes;

  if (note == NULL)
    return;
  card->record->notes = old != NULL ? g_strconcat (old, "\n", note, NULL)
                                    : g_steal_pointer (&note);
  g_free (old);
}

static gboolean
is_digits (const char *text,
           gsize       n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* "19800712" and "1980-07-12T00:00:00Z" are the same day. */
static char *
dup_day (const char *text)
{
  gsize n = strcspn (text, "Tt");

  if (n == 8 && is_digits (text, 8))
    return g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
  if (n == 6 && g_str_has_prefix (text, "--") && is_digits (text + 2, 4))
    return g_strdup_printf ("--%.2s-%.2s", text + 2, text + 4);
  if (n == 10 && is_digits (text, 4) && text[4] == '-' && text[7] == '-')
    return g_strndup (text, n);
  return g_strdup (text);
}

/* Apple writes the year 1604 where none is known; RFC 6350 leaves it out. */
static void
take_birthday (RufVcardReader *self,
               Card           *card)
{
  g_autofree char *text = ruf_vcard_property_dup_text (&self->property);
  g_autofree char *value = dup_value (self, text);
  g_autofree char *day = value != NULL ? dup_day (value) : NULL;

  if (day != NULL && g_str_has_prefix (day, "1604-"))
    ruf_contact_set_once (&card->record->birthday, g_strconcat ("--", day + 5, NULL));
  else
    ruf_contact_set_once (&card->record->birthday, g_steal_pointer (&day));
}

/* `tel:+49-30-23125018;ext=102`; the extension is no part of the number. */
static char *
dup_uri_address (const char *address)
{
  g_autofree char *rest = g_strndup (address, strcspn (address, ";?"));
  g_autofree char *plain = g_uri_unescape_string (rest, NULL);

  return plain != NULL && g_utf8_validate (plain, -1, NULL) ? g_steal_pointer (&plain)
                                                            : g_steal_pointer (&rest);
}

static char *
dup_address (RufVcardReader *self)
{
  static const char * const schemes[] = { "tel:", "mailto:" };
  g_autofree char *text = ruf_vcard_property_dup_text (&self->property);
  g_autofree char *value = dup_value (self, text);

  for (gsize i = 0; value != NULL && i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (value, schemes[i], strlen (schemes[i])) == 0)
      {
        g_autofree char *plain = dup_uri_address (value + strlen (schemes[i]));

        return dup_value (self, plain);
      }
  return g_steal_pointer (&value);
}

/* A card shared from WhatsApp brings the number there, with its country code but without the
 * plus. What is shown beside it may lack the country code, and then be somebody else's here. */
static char *
dup_number (RufVcardReader *self)
{
  const char *waid = self->property.waid;
  gsize n = waid != NULL ? strlen (waid) : 0;

  if (n >= 7 && n <= 15 && is_digits (waid, n))
    return g_strconcat ("+", waid, NULL);
  return dup_address (self);
}

static void
take_address (RufVcardReader *self,
              Card           *card,
              GPtrArray      *cells,
              const char     *column,
              char           *text)
{
  Address address = {
    .cells = cells, .text = text, .group = g_strdup (self->property.group), .column = column,
    .types = self->property.types, .preference = self->property.preference,
  };

  if (text != NULL)
    g_array_append_val (card->addresses, address);
  else
    g_free (address.group);
}

static void
take_label (RufVcardReader *self,
            Card           *card)
{
  if (self->property.group != NULL)
    g_hash_table_replace (card->labels, g_strdup (self->property.group),
                          ruf_vcard_property_dup_text (&self->property));
}

static void
take_version (RufVcardReader *self)
{
  g_autofree char *text = ruf_vcard_property_dup_text (&self->property);

  ruf_vcard_lines_set_old (self->lines, *g_strstrip (text) == '2');
}

static gboolean
is_vcard (RufVcardReader *self)
{
  g_autofree char *text = ruf_vcard_property_dup_text (&self->property);

  return g_ascii_strcasecmp (g_strstrip (text), "VCARD") == 0;
}

/* The card of an assistant stands inside the card, behind an empty AGENT or in its value. */
static void
take_agent (RufVcardReader *self,
            Card           *card)
{
  g_autofree char *text = ruf_vcard_property_dup_text (&self->property);

  g_strstrip (text);
  card->expects_agent = *text == '\0';
  if (g_ascii_strcasecmp (text, "BEGIN:VCARD") == 0)
    card->agents++;
}

static void
take_property (RufVcardReader *self,
               Card           *card)
{
  RufContactRecord *record = card->record;

  switch (self->property.name)
    {
    case RUF_VCARD_VERSION:
      take_version (self);
      break;
    case RUF_VCARD_FN:
      ruf_contact_set_once (&record->name, dup_component (self, "", 0));
      break;
    case RUF_VCARD_N:
      take_n (self, card);
      break;
    case RUF_VCARD_NICKNAME:
      ruf_contact_set_once (&card->nickname, dup_component (self, ",", 0));
      break;
    case RUF_VCARD_ORG:
      ruf_contact_set_once (&record->organisation, dup_component (self, ";", 0));
      break;
    case RUF_VCARD_TEL:
      take_address (self, card, record->phones, "TEL", dup_number (self));
      break;
    case RUF_VCARD_EMAIL:
      take_address (self, card, record->emails, "EMAIL", dup_address (self));
      break;
    case RUF_VCARD_CATEGORIES:
      take_tags (self, card);
      break;
    case RUF_VCARD_BDAY:
      take_birthday (self, card);
      break;
    case RUF_VCARD_ADR:
      take_preferred (self, &record->city, &card->city_preference,
                      dup_component (self, ";", CITY));
      break;
    case RUF_VCARD_LANG:
      take_preferred (self, &record->language, &card->language_preference,
                      dup_component (self, "", 0));
      break;
    case RUF_VCARD_NOTE:
      take_note (self, card);
      break;
    case RUF_VCARD_LABEL:
      take_label (self, card);
      break;
    case RUF_VCARD_BEGIN:
    case RUF_VCARD_END:
    case RUF_VCARD_AGENT:
    case RUF_VCARD_OTHER:
    default:
      break;
    }
}

/* A number for both is a mobile one: that says what can be sent there. */
static const char *
label_of_types (RufVcardTypes types)
{
  if (types & RUF_VCARD_DEAF)
    return "skip";
  if (types & RUF_VCARD_CELL)
    return "mobile";
  if (types & RUF_VCARD_MAIN)
    return "main";
  if (types & RUF_VCARD_WORK)
    return "work";
  return types & RUF_VCARD_HOME ? "home" : NULL;
}

/* `_$!<Mobile>!$_` is a label of Apple's own, anything else what somebody typed. */
static const char *
label_of_group (RufVcardReader *self,
                Card           *card,
                const char     *group)
{
  const char *label = group != NULL ? g_hash_table_lookup (card->labels, group) : NULL;
  g_autofree char *word = NULL;

  if (label == NULL)
    return NULL;
  if (g_str_has_prefix (label, "_$!<") && g_str_has_suffix (label, ">!$_"))
    word = g_strndup (label + 4, strlen (label) - 8);
  return ruf_contact_columns_get_label (self->table, word != NULL ? word : label);
}

static int
compare_preference (gconstpointer a,
                    gconstpointer b)
{
  const Address *one = a;
  const Address *other = b;

  return (int) one->preference - (int) other->preference;
}

/* The types say more than a label that somebody typed, unless that says that nobody reads
 * there. */
static void
settle_addresses (RufVcardReader *self,
                  Card           *card)
{
  g_array_sort (card->addresses, compare_preference);
  for (guint i = 0; i < card->addresses->len; i++)
    {
      Address *address = &g_array_index (card->addresses, Address, i);
      const char *typed = label_of_group (self, card, address->group);
      const char *label = label_of_types (address->types);

      if (label == NULL || g_strcmp0 (typed, "skip") == 0)
        label = typed;
      if (g_strcmp0 (label, "skip") != 0)
        ruf_contact_record_add_cell (card->record, address->cells,
                                     ruf_contact_cell_new (g_steal_pointer (&address->text),
                                                           address->column, label));
    }
}

/* Without a name of its own a card is called by its parts, its company or its mail address; by
 * its number where there is nothing else, but that is for those to say who normalise it. */
static void
settle_name (Card *card)
{
  RufContactRecord *record = card->record;
  const RufContactCell *mail = record->emails->len > 0
                               ? g_ptr_array_index (record->emails, 0) : NULL;

  ruf_contact_set_once (&record->name, g_strdup (card->name_of_parts));
  ruf_contact_set_once (&record->name, g_strdup (card->nickname));
  ruf_contact_set_once (&record->name, g_strdup (record->organisation));
  ruf_contact_set_once (&record->name, g_strdup (mail != NULL ? mail->text : NULL));
}

static RufContactRecord *
finish_card (RufVcardReader  *self,
             Card            *card,
             RufRejectReason  fault)
{
  RufContactRecord *record = card->record;

  if (record->fault == RUF_REJECT_NONE)
    record->fault = fault;
  settle_addresses (self, card);
  settle_name (card);
  return g_steal_pointer (&card->record);
}

/* Returns: whether the card goes on */
static gboolean
take_mark (RufVcardReader *self,
           Card           *card)
{
  if (!is_vcard (self))
    return TRUE;
  if (self->property.name == RUF_VCARD_BEGIN && card->expects_agent)
    card->agents++;
  else if (self->property.name == RUF_VCARD_END && card->agents > 0)
    card->agents--;
  else
    return FALSE;
  card->expects_agent = FALSE;
  return TRUE;
}

/* A card that holds more than anybody writes is reported; what it says is not kept. */
static void
count_cost (RufVcardReader *self,
            Card           *card)
{
  card->cost += self->property.value->len + PROPERTY_COST;
  if (card->cost > RUF_VCARD_MAX_CARD)
    card->record->fault = RUF_REJECT_TOO_LONG;
}

/* From behind BEGIN to END. Another BEGIN means that the end is missing. */
static gboolean
read_properties (RufVcardReader   *self,
                 Card             *card,
                 RufRejectReason  *fault,
                 GCancellable     *cancellable,
                 GError          **error)
{
  g_autoptr (GError) local_error = NULL;

  *fault = RUF_REJECT_MALFORMED_ROW;
  while (ruf_vcard_lines_next (self->lines, &self->property, cancellable, &local_error))
    {
      RufVcardName name = self->property.name;

      if (name == RUF_VCARD_BEGIN || name == RUF_VCARD_END)
        {
          if (take_mark (self, card))
            continue;
          self->has_begun = name == RUF_VCARD_BEGIN;
          if (name == RUF_VCARD_END)
            *fault = RUF_REJECT_NONE;
          return TRUE;
        }
      card->expects_agent = FALSE;
      count_cost (self, card);
      if (name == RUF_VCARD_AGENT)
        take_agent (self, card);
      else if (card->agents == 0 && card->record->fault == RUF_REJECT_NONE)
        take_property (self, card);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* What stands between cards is nobody's. */
static gboolean
find_card (RufVcardReader  *self,
           GCancellable    *cancellable,
           GError         **error)
{
  while (!self->has_begun)
    {
      if (!ruf_vcard_lines_next (self->lines, &self->property, cancellable, error))
        return FALSE;
      self->has_begun = self->property.name == RUF_VCARD_BEGIN && is_vcard (self);
    }
  self->has_begun = FALSE;
  ruf_vcard_lines_set_old (self->lines, FALSE);
  return TRUE;
}

static RufContactRecord *
read_card (RufVcardReader  *self,
           GCancellable    *cancellable,
           GError         **error)
{
  RufContactRecord *record = NULL;
  RufRejectReason fault;
  Card card;

  if (!find_card (self, cancellable, error))
    return NULL;
  card_init (&card, self->property.line);
  if (read_properties (self, &card, &fault, cancellable, error))
    record = finish_card (self, &card, fault);
  card_clear (&card);
  return record;
}

/**
 * ruf_vcard_reader_open:
 * @path: a file that ruf_vcard_lines_is_vcard() knows
 * @table: words for labels and for nothing; outlives the reader
 *
 * Opens a file of vCards.
 *
 * Errors: those of ruf_text_stream_open() and ruf_text_stream_read().
 *
 * Returns: (transfer full): a reader before the first card, or %NULL
 */
RufVcardReader *
ruf_vcard_reader_open (const char         *path,
                       RufContactColumns  *table,
                       GError            **error)
{
  g_autoptr (RufVcardReader) self = g_new0 (RufVcardReader, 1);
  char version = '3';

  g_return_val_if_fail (path != NULL && table != NULL, NULL);

  self->table = table;
  self->lines = ruf_vcard_lines_open (path, error);
  if (self->lines == NULL || !ruf_vcard_lines_peek_version (self->lines, &version, error))
    return NULL;
  self->format = version == '2' ? "vcard-2.1" : version == '4' ? "vcard-4.0" : "vcard-3.0";
  return g_steal_pointer (&self);
}

/**
 * ruf_vcard_reader_free:
 * @self: (nullable): a reader
 *
 * Closes the file.
 */
void
ruf_vcard_reader_free (RufVcardReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->lines, ruf_vcard_lines_free);
  ruf_vcard_property_clear (&self->property);
  g_free (self);
}

/**
 * ruf_vcard_reader_get_format:
 * @self: a reader
 *
 * Returns: "vcard-2.1", "vcard-3.0" or "vcard-4.0": the version that the first card states;
 *   "vcard-3.0", which most programs write, where it states none
 */
const char *
ruf_vcard_reader_get_format (RufVcardReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->format;
}

/**
 * ruf_vcard_reader_get_encoding:
 * @self: a reader
 *
 * Returns: what the file is written in, as ruf_text_stream_get_encoding()
 */
const char *
ruf_vcard_reader_get_encoding (RufVcardReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return ruf_vcard_lines_get_encoding (self->lines);
}

/**
 * ruf_vcard_reader_get_size:
 * @self: a reader
 *
 * Returns: bytes of the file
 */
goffset
ruf_vcard_reader_get_size (RufVcardReader *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return ruf_vcard_lines_get_size (self->lines);
}

/**
 * ruf_vcard_reader_get_position:
 * @self: a reader
 *
 * Returns: bytes read so far, for progress
 */
goffset
ruf_vcard_reader_get_position (RufVcardReader *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return ruf_vcard_lines_get_position (self->lines);
}

/**
 * ruf_vcard_reader_next:
 * @self: a reader
 *
 * Reads the next card. One without an end is %RUF_REJECT_MALFORMED_ROW, one of more than
 * %RUF_VCARD_MAX_CARD bytes beside its pictures %RUF_REJECT_TOO_LONG. Pictures are not kept, nor
 * is the card of an assistant; numbers of fax and pager are left out.
 *
 * Errors: those of ruf_text_stream_read().
 *
 * Returns: (transfer full) (nullable): the record, or %NULL at the end and on error
 */
RufContactRecord *
ruf_vcard_reader_next (RufVcardReader  *self,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return read_card (self, cancellable, error);
}

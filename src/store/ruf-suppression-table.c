/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The suppression list: who must not be written to although nothing else is known of them.
 *
 * An entry is HMAC-SHA-256 of channel and address. A plain hash of a phone number could be
 * found again by trying all numbers; so the key, 32 random bytes, lies in a file of its own
 * beside the database, and goes along with each backup.
 */

#include "config.h"

#include "ruf-suppression-table.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ruf-consent-table.h"
#include "ruf-db-private.h"
#include "ruf-error.h"
#include "ruf-step.h"

#define KEY_SIZE RUF_SUPPRESSION_KEY_SIZE
#define HMAC_SIZE 32

#define INSERT_ENTRY \
  "INSERT INTO suppressions (hmac, channel, purpose, kind, since, reason) " \
  "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET" \
  " kind = iif (kind = 'objection', kind, excluded.kind), since = max (since, excluded.since)"
#define SELECT_ENTRIES \
  "SELECT purpose, kind, since FROM suppressions WHERE hmac = ?1 AND channel = ?2 ORDER BY purpose"

static const char * const kind_names[] = {
  [RUF_SUPPRESSION_STOP] = "stop",
  [RUF_SUPPRESSION_OBJECTION] = "objection",
};

/**
 * ruf_suppression_free:
 * @self: (transfer full): an entry
 */
void
ruf_suppression_free (RufSuppression *self)
{
  g_free (self->purpose);
  g_free (self);
}

/**
 * ruf_suppression_key_path:
 * @database: path of a database
 *
 * Returns: (transfer full): the path of its key
 */
char *
ruf_suppression_key_path (const char *database)
{
  return g_strconcat (database, ".key", NULL);
}

static gboolean
fail_key (const char  *path,
          const char  *why,
          GError     **error)
{
  g_set_error (error, RUF_ERROR, RUF_ERROR_DAMAGED,
               /* Translators: a path, then what is wrong with it. */
               _("The key of the suppression list, “%s”, cannot be used: %s. Without it nobody "
                 "can be recognised who must not be written to. Put the file back from a backup."),
               path, why);
  return FALSE;
}

static gboolean
write_new_key (const char  *path,
               guint8       key[KEY_SIZE],
               GError     **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean good = fd >= 0 &&
                  getrandom (key, KEY_SIZE, 0) == KEY_SIZE &&
                  write (fd, key, KEY_SIZE) == KEY_SIZE &&
                  fsync (fd) == 0;
  int saved_errno = errno;

  if (fd >= 0)
    close (fd);
  if (good)
    return TRUE;
  if (fd >= 0)
    g_unlink (path);
  return fail_key (path, g_strerror (saved_errno), error);
}

/* A key is made for the first entry, never for a list that is there already: with another key
 * none of its entries could be found. */
static gboolean
load_key (RufDb       *db,
          const char  *path,
          GError     **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *bytes = NULL;
  gboolean is_empty;
  gsize size;

  if (!ruf_suppression_table_is_empty (db, &is_empty, error))
    return FALSE;
  if (!g_file_get_contents (path, &bytes, &size, &local))
    return is_empty && g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT)
             ? write_new_key (path, db->suppression_key, error)
             : fail_key (path, local->message, error);
  if (size != KEY_SIZE)
    return fail_key (path, _("it does not have 32 bytes"), error);

  memcpy (db->suppression_key, bytes, KEY_SIZE);
  return TRUE;
}

/* Tells one state of a file from another; 0 where there is none. */
static guint64
get_stamp (const char *path)
{
  struct stat status;

  if (stat (path, &status) != 0)
    return 0;
  return MAX (1, (guint64) status.st_ino * G_USEC_PER_SEC * 1000 +
                 (guint64) status.st_mtim.tv_sec * G_USEC_PER_SEC * 1000 +
                 (guint64) status.st_mtim.tv_nsec);
}

/* Read once, and again where a restore has put another file in place. */
static const guint8 *
get_key (RufDb   *db,
         GError **error)
{
  g_autofree char *path = ruf_suppression_key_path (ruf_db_get_path (db));
  guint64 stamp = get_stamp (path);

  if (stamp == 0 || stamp != db->suppression_key_stamp)
    {
      if (!load_key (db, path, error))
        return NULL;
      db->suppression_key_stamp = get_stamp (path);
    }
  return db->suppression_key;
}

static void
compute_hmac (const guint8  key[KEY_SIZE],
              RufChannel    channel,
              const char   *address,
              guint8        hmac[HMAC_SIZE])
{
  g_autoptr (GHmac) state = g_hmac_new (G_CHECKSUM_SHA256, key, KEY_SIZE);
  const char *name = ruf_channel_to_string (channel);
  gsize size = HMAC_SIZE;

  g_hmac_update (state, (const guint8 *) name, strlen (name) + 1);
  g_hmac_update (state, (const guint8 *) address, strlen (address));
  g_hmac_get_digest (state, hmac, &size);
}

/**
 * ruf_suppression_table_is_empty:
 * @db: a connection
 * @is_empty: (out): room for whether nobody is on the list
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
ruf_suppression_table_is_empty (RufDb     *db,
                                gboolean  *is_empty,
                                GError   **error)
{
  gint64 any;

  if (!ruf_db_get_int (db, "SELECT EXISTS (SELECT 1 FROM suppressions)", &any, error))
    return FALSE;
  *is_empty = any == 0;
  return TRUE;
}

/**
 * ruf_suppression_table_add:
 * @db: a connection in a transaction
 * @channel: a channel
 * @address: a normalised address
 * @purpose: a purpose's key, or "*" for everything on the channel
 * @kind: what would lift it
 * @since: UTC µs
 * @reason: "forgotten" or "imported"
 * @error: return location
 *
 * Puts an address on the list. An entry that is there becomes stricter, never weaker.
 *
 * Errors: DAMAGED where the key is missing.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_suppression_table_add (RufDb               *db,
                           RufChannel           channel,
                           const char          *address,
                           const char          *purpose,
                           RufSuppressionKind   kind,
                           gint64               since,
                           const char          *reason,
                           GError             **error)
{
  const guint8 *key = get_key (db, error);
  g_autoptr (RufStmt) stmt = NULL;
  guint8 hmac[HMAC_SIZE];

  if (key == NULL || (stmt = ruf_db_prepare (db, INSERT_ENTRY, error)) == NULL)
    return FALSE;

  compute_hmac (key, channel, address, hmac);
  ruf_stmt_bind_blob (stmt, 1, hmac, sizeof hmac);
  ruf_stmt_bind_text (stmt, 2, ruf_channel_to_string (channel));
  ruf_stmt_bind_text (stmt, 3, purpose);
  ruf_stmt_bind_text (stmt, 4, kind_names[kind]);
  ruf_stmt_bind_int (stmt, 5, since);
  ruf_stmt_bind_text (stmt, 6, reason);
  return ruf_stmt_run (stmt, error);
}

static gboolean
find_on_channel (RufDb         *db,
                 const guint8   key[KEY_SIZE],
                 RufChannel     channel,
                 const char    *address,
                 GPtrArray     *entries,
                 GError       **error)
{
  g_autoptr (RufStmt) stmt = ruf_db_prepare (db, SELECT_ENTRIES, error);
  guint8 hmac[HMAC_SIZE];
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  compute_hmac (key, channel, address, hmac);
  ruf_stmt_bind_blob (stmt, 1, hmac, sizeof hmac);
  ruf_stmt_bind_text (stmt, 2, ruf_channel_to_string (channel));
  while (ruf_stmt_step (stmt, &local))
    {
      RufSuppression *entry = g_new0 (RufSuppression, 1);

      entry->channel = channel;
      entry->purpose = g_strdup (ruf_stmt_get_text (stmt, 0));
      entry->kind = g_strcmp0 (ruf_stmt_get_text (stmt, 1), "stop") == 0
                      ? RUF_SUPPRESSION_STOP : RUF_SUPPRESSION_OBJECTION;
      entry->since = ruf_stmt_get_int (stmt, 2);
      g_ptr_array_add (entries, entry);
    }
  return ruf_step_ended (local, error);
}

/**
 * ruf_suppression_serves:
 * @channel: a channel
 * @kind: a kind of address
 *
 * Returns: whether people are reached on @channel by addresses of @kind
 */
gboolean
ruf_suppression_serves (RufChannel     channel,
                        RufAddressKind kind)
{
  return ruf_channel_get_address_kind (channel) == kind ||
         (channel == RUF_CHANNEL_WHATSAPP && kind == RUF_ADDRESS_WHATSAPP_USER);
}

/**
 * ruf_suppression_table_find:
 * @db: a connection
 * @kind: kind of the address
 * @address: a normalised address
 * @error: return location
 *
 * Looks an address up on every channel that it serves.
 *
 * Errors: DAMAGED where the list has entries and its key is missing.
 *
 * Returns: (transfer full) (element-type RufSuppression): its entries, mostly none
 */
GPtrArray *
ruf_suppression_table_find (RufDb           *db,
                            RufAddressKind   kind,
                            const char      *address,
                            GError         **error)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_suppression_free);
  const guint8 *key;
  gboolean is_empty;

  if (!ruf_suppression_table_is_empty (db, &is_empty, error))
    return NULL;
  if (is_empty)
    return g_steal_pointer (&entries);
  if ((key = get_key (db, error)) == NULL)
    return NULL;

  for (RufChannel channel = 0; channel < RUF_N_CHANNELS; channel++)
    if (ruf_suppression_serves (channel, kind) &&
        !find_on_channel (db, key, channel, address, entries, error))
      return NULL;
  return g_steal_pointer (&entries);
}

/**
 * ruf_suppression_table_apply:
 * @db: a connection in a transaction
 * @point_id: an address that has just become known
 * @kind: its kind
 * @address: the same, normalised
 * @now: UTC µs
 * @error: return location
 *
 * Gives an address that was forgotten the end of consent back that it had, as the first events
 * of its log: the rules of what lifts them hold from then on.
 *
 * Returns: whether it is stored
 */
gboolean
ruf_suppression_table_apply (RufDb           *db,
                             gint64           point_id,
                             RufAddressKind   kind,
                             const char      *address,
                             gint64           now,
                             GError         **error)
{
  g_autoptr (GPtrArray) entries = ruf_suppression_table_find (db, kind, address, error);

  if (entries == NULL)
    return FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      const RufSuppression *entry = g_ptr_array_index (entries, i);
      RufConsentEvent event = {
        .type = entry->kind == RUF_SUPPRESSION_STOP ? RUF_CONSENT_WITHDRAWN
                                                    : RUF_CONSENT_SUPPRESSED,
        .point_id = point_id, .address = address, .channel = entry->channel,
        .purpose = entry->purpose, .method = RUF_CONSENT_METHOD_OPERATOR,
        .source = "suppression list", .occurred_at = entry->since, .recorded_at = now,
      };
      gint64 seq;

      if (!ruf_consent_table_append (db, &event, &seq, NULL, error))
        return FALSE;
    }
  return TRUE;
}

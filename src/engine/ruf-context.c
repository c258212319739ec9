/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * RufContext is what every job needs: the store, the clock, the time zone and the way to
 * backends and their secrets. main makes it and hands it down.
 *
 * Window and command line may have one database open at the same time. Whoever opens it while
 * nobody else has it open knows that no sending is under way, and that rows left in SENDING
 * are what a crash left. A lock on a file beside the database tells: everybody holds it
 * shared, and it can be had alone only by the first. The kernel drops it with the process.
 */

#include "config.h"

#include "ruf-context.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <sys/file.h>

#include "ruf-campaign-table.h"
#include "ruf-error.h"
#include "ruf-import-table.h"
#include "ruf-outbox-table.h"

struct _RufContext
{
  GObject    parent_instance;

  RufStore  *store;
  RufClock  *clock;
  GTimeZone *zone;
  int        lock_fd;
};

static const SecretSchema secret_schema = {
  APP_ID ".Backend", SECRET_SCHEMA_NONE,
  {
    { "database", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "backend", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

/* What ruf_context_dup_backend() reads in one go. */
typedef struct
{
  const char       *name;
  RufBackendRecord *record;
  char             *has_secret;
} BackendQuery;

G_DEFINE_FINAL_TYPE (RufContext, ruf_context, G_TYPE_OBJECT)

static gboolean
make_default_folder (const char  *path,
                     GError     **error)
{
  g_autofree char *default_path = ruf_context_get_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  int saved_errno;

  if (g_strcmp0 (path, default_path) != 0 || g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  saved_errno = errno;
  g_set_error (error, RUF_ERROR, RUF_ERROR_IO,
               _("The folder “%s” cannot be created: %s. Name another database with --db."),
               folder, g_strerror (saved_errno));
  return FALSE;
}

/* Returns whether nobody else has the database open; the lock is held either way. */
static gboolean
take_lock (RufContext *self,
           const char *path)
{
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);

  self->lock_fd = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    return FALSE;
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  /* Waits only while somebody else recovers. */
  while (flock (self->lock_fd, LOCK_SH) != 0 && errno == EINTR)
    ;
  return FALSE;
}

static gboolean
recover (RufDb         *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  RufContext *self = data;
  gint64 rows;

  return ruf_outbox_table_recover (db, ruf_clock_get_now (self->clock), &rows, error);
}

static gboolean
open_store (RufContext  *self,
            const char  *path,
            GError     **error)
{
  gboolean ok;

  if (!make_default_folder (path, error))
    return FALSE;
  self->store = ruf_store_open (path, error);
  if (self->store == NULL)
    return FALSE;
  if (!take_lock (self, path))
    return TRUE;

  ok = ruf_store_write_sync (self->store, recover, self, NULL, error);
  flock (self->lock_fd, LOCK_SH);
  return ok;
}

/* RUNDRUF_SECRET_PRACTICE for "practice"; what is neither letter nor digit becomes "_". */
static char *
get_variable_name (const char *backend)
{
  g_autofree char *upper = g_ascii_strup (backend, -1);

  for (char *c = upper; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      *c = '_';
  return g_strconcat ("RUNDRUF_SECRET_", upper, NULL);
}

/* The setting that says: the keyring has a secret for this backend. */
static char *
get_secret_setting (const char *backend)
{
  return g_strconcat ("secret:", backend, NULL);
}

static gboolean
read_backend (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  BackendQuery *query = data;
  g_autofree char *setting = get_secret_setting (query->name);
  g_autoptr (GError) local_error = NULL;

  query->record = ruf_backend_table_get (db, query->name, error);
  if (query->record == NULL)
    return FALSE;

  query->has_secret = ruf_setting_get (db, setting, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
mark_secret (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *setting = get_secret_setting (data);

  return ruf_setting_set (db, setting, "keyring", error);
}

static gboolean
set_keyring_error (const char  *backend,
                   GError      *cause,
                   GError     **error)
{
  g_autofree char *variable = get_variable_name (backend);

  g_set_error (error, RUF_ERROR, RUF_ERROR_DENIED,
               _("The keyring does not answer about the secret of “%s” (%s). "
                 "Unlock it, or put the secret into the environment as %s."),
               backend, cause != NULL ? cause->message : "–", variable);
  g_clear_error (&cause);
  return FALSE;
}

/* @secret stays NULL where the backend has none. */
static gboolean
find_secret (RufContext    *self,
             BackendQuery  *query,
             char         **secret,
             GError       **error)
{
  g_autofree char *variable = get_variable_name (query->name);
  GError *cause = NULL;

  if (g_getenv (variable) != NULL)
    {
      *secret = g_strdup (g_getenv (variable));
      return TRUE;
    }
  if (query->has_secret == NULL)
    return TRUE;

  *secret = secret_password_lookup_sync (&secret_schema, NULL, &cause,
                                         "database", ruf_store_get_path (self->store),
                                         "backend", query->name, NULL);
  return *secret != NULL || set_keyring_error (query->name, cause, error);
}

static RufBackend *
make_backend (RufContext    *self,
              BackendQuery  *query,
              GError       **error)
{
  g_autoptr (RufBackend) backend = NULL;
  char *secret = NULL;

  if (!find_secret (self, query, &secret, error))
    return NULL;

  backend = ruf_backend_new (query->name, query->record->type, query->record->settings,
                             secret, error);
  secret_password_free (secret);
  if (backend == NULL)
    return NULL;

  if (ruf_clock_is_rehearsal (self->clock) && ruf_backend_is_real (backend))
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
                   _("“%s” really sends, and a rehearsal must not. "
                     "Leave --now away, or rehearse with a backend of type sandbox."),
                   query->name);
      return NULL;
    }
  return g_steal_pointer (&backend);
}

static void
ruf_context_dispose (GObject *object)
{
  RufContext *self = RUF_CONTEXT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  if (self->lock_fd >= 0)
    g_close (self->lock_fd, NULL);
  self->lock_fd = -1;

  G_OBJECT_CLASS (ruf_context_parent_class)->dispose (object);
}

static void
ruf_context_class_init (RufContextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ruf_context_dispose;
}

static void
ruf_context_init (RufContext *self)
{
  self->lock_fd = -1;
  self->zone = g_time_zone_new_local ();
}

/**
 * ruf_context_new:
 * @path: the database file
 * @clock: where time comes from
 * @error: return location
 *
 * Opens the database, made where there is none. Where nobody else has it open, rows that a
 * crash left in SENDING become UNKNOWN. Errors as of ruf_store_open().
 *
 * Returns: (transfer full): the context
 */
RufContext *
ruf_context_new (const char  *path,
                 RufClock    *clock,
                 GError     **error)
{
  g_autoptr (RufContext) self = g_object_new (RUF_TYPE_CONTEXT, NULL);

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (RUF_IS_CLOCK (clock), NULL);

  self->clock = g_object_ref (clock);
  return open_store (self, path, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * ruf_context_get_store:
 * @self: a context
 *
 * Returns: (transfer none): the database
 */
RufStore *
ruf_context_get_store (RufContext *self)
{
  g_return_val_if_fail (RUF_IS_CONTEXT (self), NULL);

  return self->store;
}

/**
 * ruf_context_get_clock:
 * @self: a context
 *
 * Returns: (transfer none): where time comes from
 */
RufClock *
ruf_context_get_clock (RufContext *self)
{
  g_return_val_if_fail (RUF_IS_CONTEXT (self), NULL);

  return self->clock;
}

/**
 * ruf_context_get_zone:
 * @self: a context
 *
 * Returns: (transfer none): the zone in which people write times without one
 */
GTimeZone *
ruf_context_get_zone (RufContext *self)
{
  g_return_val_if_fail (RUF_IS_CONTEXT (self), NULL);

  return self->zone;
}

/**
 * ruf_context_get_now:
 * @self: a context
 *
 * Returns: the clock's time, UTC microseconds
 */
gint64
ruf_context_get_now (RufContext *self)
{
  g_return_val_if_fail (RUF_IS_CONTEXT (self), 0);

  return ruf_clock_get_now (self->clock);
}

/**
 * ruf_context_get_default_path:
 *
 * Returns: (transfer full): where the database lies unless somebody names another place
 */
char *
ruf_context_get_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "rundruf", "rundruf.db", NULL);
}

/**
 * ruf_context_dup_backend:
 * @self: a context
 * @name: the backend's name
 * @id: (out) (optional): room for its id
 * @error: return location
 *
 * Makes the configured backend @name. Its secret comes from the environment variable
 * `RUNDRUF_SECRET_` + name in capitals, else from the keyring. May wait for the keyring.
 *
 * Errors: NOT_FOUND, INVALID naming the setting, DENIED where the keyring does not answer,
 * REFUSED for one that really sends while the clock rehearses.
 *
 * Returns: (transfer full): the backend
 */
RufBackend *
ruf_context_dup_backend (RufContext  *self,
                         const char  *name,
                         gint64      *id,
                         GError     **error)
{
  BackendQuery query = { .name = name };
  RufBackend *backend = NULL;

  g_return_val_if_fail (RUF_IS_CONTEXT (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (ruf_store_read_sync (self->store, read_backend, &query, NULL, error))
    backend = make_backend (self, &query, error);
  if (backend != NULL && id != NULL)
    *id = query.record->id;

  g_clear_pointer (&query.record, ruf_backend_record_free);
  g_free (query.has_secret);
  return backend;
}

/**
 * ruf_context_store_secret:
 * @self: a context
 * @backend: a backend's name
 * @secret: its secret
 * @error: return location
 *
 * Puts @secret into the keyring; the database only notes that it is there.
 *
 * Errors: DENIED where the keyring does not take it.
 *
 * Returns: whether it is there
 */
gboolean
ruf_context_store_secret (RufContext  *self,
                          const char  *backend,
                          const char  *secret,
                          GError     **error)
{
  g_autofree char *label = NULL;
  GError *cause = NULL;

  g_return_val_if_fail (RUF_IS_CONTEXT (self), FALSE);
  g_return_val_if_fail (backend != NULL && secret != NULL, FALSE);

  label = g_strdup_printf (_("Secret of the backend “%s” of Rundruf"), backend);
  if (!secret_password_store_sync (&secret_schema, SECRET_COLLECTION_DEFAULT, label, secret,
                                   NULL, &cause,
                                   "database", ruf_store_get_path (self->store),
                                   "backend", backend, NULL))
    return set_keyring_error (backend, cause, error);

  return ruf_store_write_sync (self->store, mark_secret, (gpointer) backend, NULL, error);
}

static gboolean
read_region (RufDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  char **region = data;
  GError *failure = NULL;

  *region = ruf_setting_get (db, "region", &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * ruf_context_dup_region:
 * @self: the context
 * @error: return location
 *
 * Returns: (transfer full): the ISO country of numbers without a country code, as the user set
 *   it in this database, "DE" unless set; %NULL where the database cannot be read
 */
char *
ruf_context_dup_region (RufContext  *self,
                        GError     **error)
{
  g_autofree char *region = NULL;

  g_return_val_if_fail (RUF_IS_CONTEXT (self), NULL);

  if (!ruf_store_read_sync (self->store, read_region, &region, NULL, error))
    return NULL;

  return region != NULL ? g_steal_pointer (&region) : g_strdup ("DE");
}

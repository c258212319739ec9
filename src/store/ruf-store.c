/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * RufStore owns the database: one exclusive writer thread and two readers, each with a
 * connection of its own. Work reaches them as requests by a queue; a write is one transaction,
 * a read is one snapshot. Answers come back in the context of the caller.
 *
 * Other processes may use the same file. SQLite's locks keep them apart; the writer thread
 * looks every other second whether somebody else has committed.
 */

#include "config.h"

#include "ruf-store.h"

#include <glib/gi18n-lib.h>

#include "ruf-db-private.h"

#define N_READERS 2
#define LOOK_AROUND_INTERVAL (2 * G_TIME_SPAN_SECOND)

/* Outlives the store where an emission is under way; the weak reference decides. */
typedef struct
{
  GWeakRef      store;
  GMainContext *context;
  int           pending;    /* atomic */
} Notifier;

/* One piece of work: for a task, or for a caller who waits with @answered; without func it
 * is the end of work. */
typedef struct
{
  RufStoreFunc  func;
  gpointer      data;
  GCancellable *cancellable;
  GTask        *task;
  gboolean      ok;
  GError       *error;
  gboolean      answered;
  GMutex        lock;
  GCond         wake;
} Request;

struct _RufStore
{
  GObject      parent_instance;

  char        *path;
  Notifier    *notifier;
  GAsyncQueue *writes;      /* Request */
  GAsyncQueue *reads;
  GThread     *threads[1 + N_READERS];
  guint        n_threads;
  Request      quit;        /* ends the thread that takes it */
};

typedef struct
{
  RufDb       *db;
  GAsyncQueue *queue;
  Notifier    *notifier;    /* NULL for readers */
  gint64       data_version;
} Worker;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RufStore, ruf_store, G_TYPE_OBJECT)

static void
notifier_clear (gpointer data)
{
  Notifier *self = data;

  g_weak_ref_clear (&self->store);
  g_main_context_unref (self->context);
}

static void
notifier_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, notifier_clear);
}

static gboolean
emit_changed_cb (gpointer data)
{
  Notifier *self = data;
  g_autoptr (RufStore) store = NULL;

  /* First lowered, then told: a commit meanwhile is told again. */
  g_atomic_int_set (&self->pending, FALSE);
  store = g_weak_ref_get (&self->store);
  if (store != NULL)
    g_signal_emit (store, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
attach (GMainContext   *context,
        GSourceFunc     func,
        gpointer        data,
        GDestroyNotify  data_free)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, data_free);
  g_source_attach (source, context);
}

static void
notify_changed (Notifier *self)
{
  if (g_atomic_int_compare_and_exchange (&self->pending, FALSE, TRUE))
    attach (self->context, emit_changed_cb, g_atomic_rc_box_acquire (self), notifier_release);
}

static void
request_free (gpointer data)
{
  Request *self = data;

  g_clear_object (&self->cancellable);
  g_clear_object (&self->task);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
return_task_cb (gpointer data)
{
  Request *request = data;

  if (request->error != NULL)
    g_task_return_error (request->task, g_steal_pointer (&request->error));
  else
    g_task_return_boolean (request->task, request->ok);
  return G_SOURCE_REMOVE;
}

/* The task is returned and dropped in the caller's context: its last reference may take the
 * store with it, and the store joins this very thread. */
static void
answer (Request *request)
{
  if (request->task != NULL)
    {
      attach (g_task_get_context (request->task), return_task_cb, request, request_free);
      return;
    }

  g_mutex_lock (&request->lock);
  request->answered = TRUE;
  g_cond_signal (&request->wake);
  g_mutex_unlock (&request->lock);
}

static gboolean
run_in_transaction (RufDb       *db,
                    const char  *begin,
                    Request     *request,
                    GError     **error)
{
  gboolean ok;

  if (g_cancellable_set_error_if_cancelled (request->cancellable, error))
    return FALSE;

  ruf_db_set_cancellable (db, request->cancellable);
  ok = ruf_db_exec (db, begin, error) &&
       request->func (db, request->data, request->cancellable, error);

  /* Whoever got this far is not cancelled any more: the commit decides. */
  ruf_db_set_cancellable (db, NULL);
  ok = ok && ruf_db_exec (db, "COMMIT", error);
  if (ruf_db_in_transaction (db))
    ruf_db_exec (db, "ROLLBACK", NULL);
  return ok;
}

static void
handle (Worker  *self,
        Request *request)
{
  gboolean writes = self->notifier != NULL;
  gint64 before = ruf_db_get_total_changes (self->db);

  request->ok = run_in_transaction (self->db, writes ? "BEGIN IMMEDIATE" : "BEGIN",
                                    request, &request->error);
  if (writes && request->ok && ruf_db_get_total_changes (self->db) != before)
    notify_changed (self->notifier);
  answer (request);
}

/* PRAGMA data_version moves when another connection has committed; this one being the only
 * writer in the process, that is another process. */
static void
look_around (Worker *self)
{
  gint64 version;

  if (!ruf_db_get_int (self->db, "PRAGMA data_version", &version, NULL))
    return;
  if (self->data_version != 0 && version != self->data_version)
    notify_changed (self->notifier);
  self->data_version = version;
}

static Request *
next_request (Worker *self)
{
  Request *request;

  if (self->notifier == NULL)
    return g_async_queue_pop (self->queue);

  do
    {
      look_around (self);
      request = g_async_queue_timeout_pop (self->queue, LOOK_AROUND_INTERVAL);
    }
  while (request == NULL);
  return request;
}

static gpointer
work (gpointer data)
{
  Worker *self = data;
  Request *request;

  while ((request = next_request (self))->func != NULL)
    handle (self, request);

  ruf_db_close (self->db);
  g_async_queue_unref (self->queue);
  g_clear_pointer (&self->notifier, notifier_release);
  g_free (self);
  return NULL;
}

static void
start_worker (RufStore    *self,
              const char  *name,
              RufDb       *db,
              GAsyncQueue *queue,
              Notifier    *notifier)
{
  Worker *worker = g_new0 (Worker, 1);

  worker->db = db;
  worker->queue = g_async_queue_ref (queue);
  worker->notifier = notifier != NULL ? g_atomic_rc_box_acquire (notifier) : NULL;
  self->threads[self->n_threads++] = g_thread_new (name, work, worker);
}

static gboolean
start (RufStore  *self,
       GError   **error)
{
  g_autoptr (RufDb) writer = ruf_db_open (self->path, RUF_DB_WRITER, error);

  if (writer == NULL)
    return FALSE;

  for (guint i = 0; i < N_READERS; i++)
    {
      RufDb *reader = ruf_db_open (self->path, RUF_DB_READER, error);

      if (reader == NULL)
        return FALSE;
      start_worker (self, "store-reader", reader, self->reads, NULL);
    }
  start_worker (self, "store-writer", g_steal_pointer (&writer), self->writes, self->notifier);
  return TRUE;
}

static gboolean
run_sync (GAsyncQueue   *queue,
          RufStoreFunc   func,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Request request = { .func = func, .data = data, .cancellable = cancellable };

  g_mutex_init (&request.lock);
  g_cond_init (&request.wake);
  g_async_queue_push (queue, &request);

  g_mutex_lock (&request.lock);
  while (!request.answered)
    g_cond_wait (&request.wake, &request.lock);
  g_mutex_unlock (&request.lock);

  g_mutex_clear (&request.lock);
  g_cond_clear (&request.wake);
  if (request.error != NULL)
    g_propagate_error (error, request.error);
  return request.ok;
}

static void
run_async (RufStore            *self,
           GAsyncQueue         *queue,
           RufStoreFunc         func,
           gpointer             data,
           GDestroyNotify       data_free,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  Request *request = g_new0 (Request, 1);

  request->func = func;
  request->data = data;
  request->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  request->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (request->task, run_async);
  g_task_set_task_data (request->task, data, data_free);
  /* What was committed is done, even where somebody cancelled meanwhile. */
  g_task_set_check_cancellable (request->task, FALSE);
  g_async_queue_push (queue, request);
}

static void
ruf_store_dispose (GObject *object)
{
  RufStore *self = RUF_STORE (object);

  /* The writer ends last: whoever closes the file last takes the journal away, which fails
   * where two do it at once. */
  for (guint i = 0; i < MIN (self->n_threads, N_READERS); i++)
    g_async_queue_push (self->reads, &self->quit);
  for (guint i = 0; i < MIN (self->n_threads, N_READERS); i++)
    g_thread_join (self->threads[i]);
  if (self->n_threads > N_READERS)
    {
      g_async_queue_push (self->writes, &self->quit);
      g_thread_join (self->threads[N_READERS]);
    }
  self->n_threads = 0;

  G_OBJECT_CLASS (ruf_store_parent_class)->dispose (object);
}

static void
ruf_store_finalize (GObject *object)
{
  RufStore *self = RUF_STORE (object);

  g_async_queue_unref (self->reads);
  g_async_queue_unref (self->writes);
  notifier_release (self->notifier);
  g_free (self->path);

  G_OBJECT_CLASS (ruf_store_parent_class)->finalize (object);
}

static void
ruf_store_class_init (RufStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ruf_store_dispose;
  object_class->finalize = ruf_store_finalize;

  /**
   * RufStore::changed:
   * @self: the store
   *
   * Something was committed, here or by another process. Several commits may be told as one.
   */
  signals[CHANGED] = g_signal_new ("changed", RUF_TYPE_STORE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ruf_store_init (RufStore *self)
{
  self->reads = g_async_queue_new ();
  self->writes = g_async_queue_new ();
  self->notifier = g_atomic_rc_box_new0 (Notifier);
  self->notifier->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->notifier->store, self);
}

/**
 * ruf_store_open:
 * @path: the database file
 * @error: return location
 *
 * Opens the database, made where there is none, and starts the threads. ::changed comes in the
 * thread-default main context of the caller. Errors as of ruf_db_open().
 *
 * Returns: (transfer full): the store
 */
RufStore *
ruf_store_open (const char  *path,
                GError     **error)
{
  g_autoptr (RufStore) self = g_object_new (RUF_TYPE_STORE, NULL);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  return start (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * ruf_store_get_path:
 * @self: a store
 *
 * Returns: the database file
 */
const char *
ruf_store_get_path (RufStore *self)
{
  g_return_val_if_fail (RUF_IS_STORE (self), NULL);

  return self->path;
}

/**
 * ruf_store_read_sync:
 * @self: a store
 * @func: what to do with the database
 * @data: for @func
 * @cancellable: (nullable): what may end it
 * @error: return location
 *
 * Runs @func in a reader thread and waits. All of its statements see the same moment.
 * Not to be called from a #RufStoreFunc.
 *
 * Returns: what @func returned
 */
gboolean
ruf_store_read_sync (RufStore      *self,
                     RufStoreFunc   func,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (RUF_IS_STORE (self), FALSE);

  return run_sync (self->reads, func, data, cancellable, error);
}

/**
 * ruf_store_write_sync:
 * @self: a store
 * @func: what to do with the database
 * @data: for @func
 * @cancellable: (nullable): what may end it
 * @error: return location
 *
 * Runs @func in the writer thread, as one transaction, and waits. Where @func fails or is
 * cancelled, the database is as before. Not to be called from a #RufStoreFunc.
 *
 * Returns: whether it was committed
 */
gboolean
ruf_store_write_sync (RufStore      *self,
                      RufStoreFunc   func,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (RUF_IS_STORE (self), FALSE);

  return run_sync (self->writes, func, data, cancellable, error);
}

/**
 * ruf_store_read_async:
 * @self: a store
 * @func: what to do with the database, in a store thread
 * @data: for @func
 * @data_free: (nullable): frees @data in the calling context, after @callback
 * @cancellable: (nullable): what may end it
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * As ruf_store_read_sync(), without waiting.
 */
void
ruf_store_read_async (RufStore            *self,
                      RufStoreFunc         func,
                      gpointer             data,
                      GDestroyNotify       data_free,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (RUF_IS_STORE (self));

  run_async (self, self->reads, func, data, data_free, cancellable, callback, user_data);
}

/**
 * ruf_store_write_async:
 * @self: a store
 * @func: what to do with the database, in the store's writer thread
 * @data: for @func
 * @data_free: (nullable): frees @data in the calling context, after @callback
 * @cancellable: (nullable): what may end it
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * As ruf_store_write_sync(), without waiting.
 */
void
ruf_store_write_async (RufStore            *self,
                       RufStoreFunc         func,
                       gpointer             data,
                       GDestroyNotify       data_free,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (RUF_IS_STORE (self));

  run_async (self, self->writes, func, data, data_free, cancellable, callback, user_data);
}

/**
 * ruf_store_run_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location
 *
 * Finishes ruf_store_read_async() and ruf_store_write_async().
 *
 * Returns: what the function returned and, for writes, whether it was committed
 */
gboolean
ruf_store_run_finish (RufStore      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ruf_store_get_task_data:
 * @result: what the callback was given
 *
 * Returns: (transfer none): the @data of the call; valid inside the callback
 */
gpointer
ruf_store_get_task_data (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_get_task_data (G_TASK (result));
}

/**
 * ruf_store_backup:
 * @self: a store
 * @path: the file to be written; must not exist
 * @cancellable: (nullable): what may end it
 * @error: return location
 *
 * Writes a consistent copy that only its owner can read, while everything else goes on.
 * Blocks; what was written is removed again where it fails.
 *
 * Errors: EXISTS, FULL, IO.
 *
 * Returns: whether the copy is complete and on the disk
 */
gboolean
ruf_store_backup (RufStore      *self,
                  const char    *path,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (RUF_IS_STORE (self), FALSE);

  return ruf_backup_write (self->path, path, cancellable, error);
}

/**
 * ruf_store_restore_file:
 * @backup: a backup
 * @path: the database whose contents it replaces; made where it is not there
 * @error: return location
 *
 * Puts a backup back after checking it. A database too damaged to be opened is kept beside it
 * as `PATH.damaged`. Programs that have @path open go on with what was restored.
 *
 * Errors: DAMAGED, REFUSED, BUSY, FULL, IO; @path is then as before.
 *
 * Returns: whether the database now holds what the backup holds
 */
gboolean
ruf_store_restore_file (const char  *backup,
                        const char  *path,
                        GError     **error)
{
  g_return_val_if_fail (backup != NULL && path != NULL, FALSE);

  return ruf_backup_restore (backup, path, error);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The practice service that the window starts and stops: a sandbox that delivers nothing.
 *
 * One a context: Outbox starts it when somebody sends to it, Preferences switch it on and off,
 * and it ends with the context. */

#include "config.h"

#include "ruf-practice.h"

#include "ruf-sandbox-process.h"

struct _RufPractice
{
  GObject parent_instance;

  RufContext        *context;   /* unowned: it owns us */
  RufSandboxProcess *process;   /* NULL while it does not run */
};

enum
{
  PROP_0,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RufPractice, ruf_practice, G_TYPE_OBJECT)

static void
take_process (RufPractice       *self,
              RufSandboxProcess *process)
{
  g_set_object (&self->process, process);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/* Beside the database, and of its own: it remembers what this database sent to it. */
static char *
get_file (RufContext *context)
{
  const char *path = ruf_store_get_path (ruf_context_get_store (context));
  gsize stem = g_str_has_suffix (path, ".db") ? strlen (path) - strlen (".db") : strlen (path);

  return g_strdup_printf ("%.*s-practice.db", (int) stem, path);
}

static void
start_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      context,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = get_file (context);
  g_autoptr (RufSandboxProcess) process = ruf_sandbox_process_start (file, &error);

  if (process != NULL && ruf_sandbox_process_register (process, context, &error))
    g_task_return_pointer (task, g_steal_pointer (&process), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
ruf_practice_dispose (GObject *object)
{
  ruf_practice_stop (RUF_PRACTICE (object));

  G_OBJECT_CLASS (ruf_practice_parent_class)->dispose (object);
}

static void
ruf_practice_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, ruf_practice_get_running (RUF_PRACTICE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ruf_practice_class_init (RufPracticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ruf_practice_dispose;
  object_class->get_property = ruf_practice_get_property;

  properties[PROP_RUNNING] =
    g_param_spec_boolean ("running", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_practice_init (RufPractice *self)
{
}

/**
 * ruf_practice_get:
 * @context: what the window works on
 *
 * Returns: (transfer none): the practice service of @context, made at the first call
 */
RufPractice *
ruf_practice_get (RufContext *context)
{
  RufPractice *self;

  g_return_val_if_fail (RUF_IS_CONTEXT (context), NULL);

  self = g_object_get_data (G_OBJECT (context), "ruf-practice");
  if (self == NULL)
    {
      self = g_object_new (RUF_TYPE_PRACTICE, NULL);
      self->context = context;
      g_object_set_data_full (G_OBJECT (context), "ruf-practice", self, g_object_unref);
    }

  return self;
}

/**
 * ruf_practice_get_running:
 * @self: the practice service
 *
 * Returns: whether it runs and can be sent to
 */
gboolean
ruf_practice_get_running (RufPractice *self)
{
  g_return_val_if_fail (RUF_IS_PRACTICE (self), FALSE);

  return self->process != NULL;
}

/**
 * ruf_practice_start_async:
 * @self: the practice service
 * @cancellable: (nullable): a cancellable
 * @callback: called when it can be sent to, or could not be started
 * @user_data: for @callback
 *
 * Starts the service on a free port of this computer and keeps its address as the backend
 * RUF_PRACTICE_BACKEND. Done at once where it runs already.
 */
void
ruf_practice_start_async (RufPractice         *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RUF_IS_PRACTICE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ruf_practice_start_async);
  if (self->process != NULL)
    {
      g_task_return_pointer (task, g_object_ref (self->process), g_object_unref);
      return;
    }

  g_task_set_task_data (task, g_object_ref (self->context), g_object_unref);
  g_task_run_in_thread (task, start_in_thread);
}

/**
 * ruf_practice_start_finish:
 * @self: the practice service
 * @result: the result
 * @error: return location; RUF_ERROR_NOT_FOUND where the program is not installed
 *
 * Returns: whether the service runs now
 */
gboolean
ruf_practice_start_finish (RufPractice   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr (RufSandboxProcess) process = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  process = g_task_propagate_pointer (G_TASK (result), error);
  if (process == NULL)
    return FALSE;

  if (self->process == NULL)
    take_process (self, process);

  return TRUE;
}

/**
 * ruf_practice_stop:
 * @self: the practice service
 *
 * Ends it, where it runs. What was sent to it stays in its file.
 */
void
ruf_practice_stop (RufPractice *self)
{
  g_return_if_fail (RUF_IS_PRACTICE (self));

  if (self->process == NULL)
    return;

  ruf_sandbox_process_stop (self->process);
  take_process (self, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sandbox as a child. It listens for the end of its standard input and so ends with us,
 * however we end: a signal at the death of the parent would come with the death of the
 * thread that started it, and the window starts it from a thread that does not live long. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "ruf-campaign-table.h"
#include "ruf-error.h"
#include "ruf-place.h"
#include "ruf-sandbox-process.h"

#define PROGRAM "rundruf-sandbox"
#define GREETING "listening on "
#define BACKEND_NAME "practice"

struct _RufSandboxProcess
{
  GObject      parent_instance;
  GSubprocess *process;
  char        *url;
};

G_DEFINE_FINAL_TYPE (RufSandboxProcess, ruf_sandbox_process, G_TYPE_OBJECT)

static void
ruf_sandbox_process_dispose (GObject *object)
{
  ruf_sandbox_process_stop (RUF_SANDBOX_PROCESS (object));
  G_OBJECT_CLASS (ruf_sandbox_process_parent_class)->dispose (object);
}

static void
ruf_sandbox_process_finalize (GObject *object)
{
  g_free (RUF_SANDBOX_PROCESS (object)->url);
  G_OBJECT_CLASS (ruf_sandbox_process_parent_class)->finalize (object);
}

static void
ruf_sandbox_process_class_init (RufSandboxProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ruf_sandbox_process_dispose;
  G_OBJECT_CLASS (klass)->finalize = ruf_sandbox_process_finalize;
}

static void
ruf_sandbox_process_init (RufSandboxProcess *self)
{
}

/* One that is named; of the tree we run from; beside us; installed. */
static char *
find_program (void)
{
  const char *named = g_getenv ("RUNDRUF_SANDBOX");
  g_autofree char *built = ruf_place_find ("src/sandbox/" PROGRAM, NULL);
  g_autofree char *beside = ruf_place_find (PROGRAM, NULL);
  g_autofree char *installed = g_build_filename (BIN_DIR, PROGRAM, NULL);
  const char *places[] = { named, built, beside, installed };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] != NULL && g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_strdup (places[i]);
  return NULL;
}

static void
set_start_error (GSubprocess  *process,
                 GError      **error)
{
  g_autoptr (GDataInputStream) errors = NULL;
  g_autofree char *line = NULL;

  errors = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  line = g_data_input_stream_read_line (errors, NULL, NULL, NULL);
  g_set_error (error, RUF_ERROR, RUF_ERROR_UNREACHABLE,
               _("The sandbox does not start: %s"),
               line != NULL ? line : _("it ended at once without a word."));
}

/* The first line names the address. */
static char *
read_url (GSubprocess  *process,
          GError      **error)
{
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  if (line != NULL && g_str_has_prefix (line, GREETING))
    return g_strdup (line + strlen (GREETING));
  g_subprocess_force_exit (process);
  set_start_error (process, error);
  return NULL;
}

/**
 * ruf_sandbox_process_start:
 * @db: its file; made where it is missing
 * @error: return location
 *
 * Starts the sandbox and waits until it is ready, a second or so. It ends with the object,
 * and with this program.
 *
 * Returns: (transfer full): the process; %NULL with %RUF_ERROR_NOT_FOUND where the program is
 *   not installed, %RUF_ERROR_UNREACHABLE where it does not start
 */
RufSandboxProcess *
ruf_sandbox_process_start (const char  *db,
                           GError     **error)
{
  g_autoptr (RufSandboxProcess) self = g_object_new (RUF_TYPE_SANDBOX_PROCESS, NULL);
  g_autofree char *program = find_program ();
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (program == NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_NOT_FOUND,
                   _("The program %s is not there. Install it beside Rundruf, or name it in the "
                     "environment variable RUNDRUF_SANDBOX."), PROGRAM);
      return NULL;
    }
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                      | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                                    &cause, program, "--until-eof", "--db", db, NULL);
  if (self->process == NULL)
    {
      g_set_error (error, RUF_ERROR, RUF_ERROR_UNREACHABLE, _("The sandbox does not start: %s"),
                   cause->message);
      return NULL;
    }
  self->url = read_url (self->process, error);
  return self->url != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * ruf_sandbox_process_get_url:
 * @self: a process
 *
 * Returns: (transfer none): its address, for the setting `url`
 */
const char *
ruf_sandbox_process_get_url (RufSandboxProcess *self)
{
  g_return_val_if_fail (RUF_IS_SANDBOX_PROCESS (self), NULL);
  return self->url;
}

/**
 * ruf_sandbox_process_stop:
 * @self: a process
 *
 * Ends it and waits for its end. What it was given stays in its file.
 */
void
ruf_sandbox_process_stop (RufSandboxProcess *self)
{
  g_return_if_fail (RUF_IS_SANDBOX_PROCESS (self));

  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

static gboolean
save_backend (RufDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 id;

  g_hash_table_insert (settings, (char *) "url", data);
  return ruf_backend_table_save (db, BACKEND_NAME, "sandbox", settings, &id, error);
}

/**
 * ruf_sandbox_process_register:
 * @self: a process
 * @context: a context
 * @error: return location
 *
 * Makes the backend "practice", or gives it the address of this process.
 *
 * Returns: %FALSE where the database cannot be written
 */
gboolean
ruf_sandbox_process_register (RufSandboxProcess  *self,
                              RufContext         *context,
                              GError            **error)
{
  g_return_val_if_fail (RUF_IS_SANDBOX_PROCESS (self), FALSE);

  return ruf_store_write_sync (ruf_context_get_store (context), save_backend, self->url,
                               NULL, error);
}

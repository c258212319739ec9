/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page "Reach" reads from the store and brings into it, in a thread. */

#include "config.h"

#include "ruf-reach-figures.h"

typedef struct
{
  gint64 from;
  gint64 to;
} Period;

/**
 * ruf_reach_figures_free:
 * @self: figures
 */
void
ruf_reach_figures_free (RufReachFigures *self)
{
  g_clear_pointer (&self->series, ruf_reach_series_free);
  g_clear_pointer (&self->sentence, g_free);
  g_free (self);
}

/**
 * ruf_reach_import_free:
 * @self: the outcome of an import
 */
void
ruf_reach_import_free (RufReachImport *self)
{
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_anything_known (RufContext      *context,
                   RufReachFigures *figures,
                   GError         **error)
{
  g_autoptr (RufReachReport) report = NULL;

  if (ruf_reach_series_get_n_weeks (figures->series) > 0)
    return TRUE;

  report = ruf_reach_get_report (context, 0, 0, error);
  return report != NULL && report->n_posts + report->n_runs > 0;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Period *period = task_data;
  g_autoptr (RufReachFigures) figures = g_new0 (RufReachFigures, 1);
  g_autoptr (RufReachReport) report = NULL;
  GError *error = NULL;

  figures->series = ruf_reach_get_series (source, period->from, period->to, &error);
  if (figures->series != NULL)
    report = ruf_reach_get_report (source, period->from, period->to, &error);
  if (report != NULL)
    {
      figures->sentence = ruf_reach_report_to_sentence (report);
      figures->has_any = is_anything_known (source, figures, &error);
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&figures),
                           (GDestroyNotify) ruf_reach_figures_free);
}

/**
 * ruf_reach_figures_read_async:
 * @context: where everything is
 * @from: UTC microseconds, 0 = from the beginning
 * @to: UTC microseconds, not included, 0 = without end
 * @cancellable: (nullable): what ends it early
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Reads what the page shows of [@from, @to), in a thread.
 */
void
ruf_reach_figures_read_async (RufContext          *context,
                              gint64               from,
                              gint64               to,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Period *period = g_new (Period, 1);

  *period = (Period) { from, to };
  g_task_set_source_tag (task, ruf_reach_figures_read_async);
  g_task_set_task_data (task, period, g_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * ruf_reach_figures_read_finish:
 * @context: as given to ruf_reach_figures_read_async()
 * @result: the result
 * @error: why it could not be read
 *
 * Returns: (transfer full) (nullable): what the page shows
 */
RufReachFigures *
ruf_reach_figures_read_finish (RufContext    *context,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
import_file (RufContext      *context,
             RufReachImport  *import,
             const char      *path,
             GCancellable    *cancellable,
             GError         **error)
{
  guint changed = 0;
  g_autoptr (RufMetaFile) file = ruf_reach_import (context, path, &changed, cancellable, error);

  if (file == NULL)
    return FALSE;

  import->files++;
  import->posts += file->posts->len;
  import->days += file->days->len;
  import->changed += changed;
  g_ptr_array_extend_and_steal (import->rejects, g_steal_pointer (&file->rejects));
  return TRUE;
}

static void
import_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  const char * const *paths = task_data;
  g_autoptr (RufReachImport) import = g_new0 (RufReachImport, 1);
  GError *error = NULL;

  import->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_reject_free);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      if (!import_file (source, import, paths[i], cancellable, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }

  g_task_return_pointer (task, g_steal_pointer (&import), (GDestroyNotify) ruf_reach_import_free);
}

/**
 * ruf_reach_import_async:
 * @context: where everything is
 * @paths: (array zero-terminated=1): Meta exports
 * @cancellable: (nullable): what ends it early
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Brings exports in, one after another, in a thread. The first that cannot be read ends it;
 * those before it are in.
 */
void
ruf_reach_import_async (RufContext          *context,
                        const char * const  *paths,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);

  g_task_set_source_tag (task, ruf_reach_import_async);
  g_task_set_task_data (task, g_strdupv ((char **) paths), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, import_thread);
}

/**
 * ruf_reach_import_finish:
 * @context: as given to ruf_reach_import_async()
 * @result: the result
 * @error: why a file could not be brought in
 *
 * Returns: (transfer full) (nullable): how it went
 */
RufReachImport *
ruf_reach_import_finish (RufContext    *context,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

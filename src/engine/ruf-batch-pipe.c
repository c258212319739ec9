/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Two queues and a few loads that go round: filled ones to the writing thread, empty ones
 * back. Where none is empty the reading side waits.
 */

#include "config.h"

#include "ruf-batch-pipe.h"

#include "ruf-render.h"

#define N_LOADS       4
#define ROWS_PER_LOAD 1024
#define STRING_BLOCK  65536

typedef struct
{
  RufHandover   rows[ROWS_PER_LOAD];
  guint         n_rows;      /* 0 = the end */
  GStringChunk *strings;     /* what the rows borrow */
} Load;

struct _RufBatchPipe
{
  RufBatchWriter    *writer;
  const RufTemplate *template;
  GThread           *thread;
  GAsyncQueue       *full;
  GAsyncQueue       *empty;
  Load               loads[N_LOADS];
  Load              *load;       /* being filled, or NULL */
  GError            *error;      /* the writing thread's; read once failed is set */
  int                failed;     /* atomic */
};

static gboolean
write_row (RufBatchPipe       *self,
           const RufHandover  *row,
           GError            **error)
{
  g_autofree char *text = ruf_render_handover (self->template, row);
  RufBatchMessage message = {
    .message_id = row->message_id,
    .to = row->address,
    .name = row->name,
    .text = text,
  };

  return ruf_batch_writer_add (self->writer, &message, error);
}

/* After a failure loads still go round, so that nobody waits for ever. */
static gpointer
write_loads (gpointer data)
{
  RufBatchPipe *self = data;
  Load *load;

  while ((load = g_async_queue_pop (self->full))->n_rows > 0)
    {
      for (guint i = 0; i < load->n_rows && self->error == NULL; i++)
        write_row (self, &load->rows[i], &self->error);
      g_atomic_int_set (&self->failed, self->error != NULL);
      load->n_rows = 0;
      g_string_chunk_clear (load->strings);
      g_async_queue_push (self->empty, load);
    }
  g_async_queue_push (self->empty, load);
  return NULL;
}

/**
 * ruf_batch_pipe_new:
 * @writer: where the batch goes; nobody else may use it until the end
 * @template: the message
 *
 * Returns: (transfer full): a pipe whose thread waits for rows
 */
RufBatchPipe *
ruf_batch_pipe_new (RufBatchWriter    *writer,
                    const RufTemplate *template)
{
  RufBatchPipe *self = g_new0 (RufBatchPipe, 1);

  self->writer = writer;
  self->template = template;
  self->full = g_async_queue_new ();
  self->empty = g_async_queue_new ();
  for (guint i = 0; i < N_LOADS; i++)
    {
      self->loads[i].strings = g_string_chunk_new (STRING_BLOCK);
      g_async_queue_push (self->empty, &self->loads[i]);
    }
  self->thread = g_thread_new ("batch-writer", write_loads, self);
  return self;
}

static Load *
get_load (RufBatchPipe *self)
{
  if (self->load == NULL)
    self->load = g_async_queue_pop (self->empty);
  return self->load;
}

static void
pass_load (RufBatchPipe *self)
{
  g_async_queue_push (self->full, g_steal_pointer (&self->load));
}

static const char *
keep (Load       *load,
      const char *text)
{
  return text != NULL ? g_string_chunk_insert (load->strings, text) : NULL;
}

/**
 * ruf_batch_pipe_add:
 * @self: a pipe
 * @row: a message on its way out; copied
 * @error: return location; what went wrong in writing rows before
 *
 * Returns: whether it makes sense to go on
 */
gboolean
ruf_batch_pipe_add (RufBatchPipe       *self,
                    const RufHandover  *row,
                    GError            **error)
{
  Load *load = get_load (self);
  RufHandover *copy = &load->rows[load->n_rows++];

  copy->id = row->id;
  copy->message_id = keep (load, row->message_id);
  copy->address = keep (load, row->address);
  copy->name = keep (load, row->name);
  copy->first_name = keep (load, row->first_name);
  copy->last_name = keep (load, row->last_name);
  copy->organisation = keep (load, row->organisation);
  copy->city = keep (load, row->city);
  if (load->n_rows == ROWS_PER_LOAD)
    pass_load (self);
  return !g_atomic_int_get (&self->failed) || ruf_batch_pipe_finish (self, error);
}

static void
end_thread (RufBatchPipe *self)
{
  if (self->thread == NULL)
    return;

  if (self->load != NULL && self->load->n_rows > 0)
    pass_load (self);
  get_load (self);
  pass_load (self);
  g_thread_join (g_steal_pointer (&self->thread));
}

/**
 * ruf_batch_pipe_finish:
 * @self: a pipe
 * @error: return location
 *
 * Waits until all is written. The writer belongs to the caller again.
 *
 * Returns: whether everything could be written
 */
gboolean
ruf_batch_pipe_finish (RufBatchPipe  *self,
                       GError       **error)
{
  end_thread (self);
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/**
 * ruf_batch_pipe_free:
 * @self: (transfer full): a pipe
 *
 * Ends its thread, after what it holds, and frees it.
 */
void
ruf_batch_pipe_free (RufBatchPipe *self)
{
  end_thread (self);
  for (guint i = 0; i < N_LOADS; i++)
    g_string_chunk_free (self->loads[i].strings);
  g_async_queue_unref (self->full);
  g_async_queue_unref (self->empty);
  g_clear_error (&self->error);
  g_free (self);
}

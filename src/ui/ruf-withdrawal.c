/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Withdraws a person's consent with one click, and says what that did. */

#include "config.h"

#include "ruf-withdrawal.h"

#include <glib/gi18n-lib.h>

#include "ruf-intake.h"
#include "ruf-words.h"

typedef struct
{
  RufContext *context;
  GPtrArray  *addresses;
  RufChannel  channel;
  char       *purpose;
  gint64      rows;
} Withdrawal;

static void
withdrawal_free (Withdrawal *withdrawal)
{
  g_object_unref (withdrawal->context);
  g_ptr_array_unref (withdrawal->addresses);
  g_free (withdrawal->purpose);
  g_free (withdrawal);
}

static void
withdraw_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Withdrawal *withdrawal = task_data;

  for (guint i = 0; i < withdrawal->addresses->len; i++)
    {
      gint64 rows = 0;
      GError *error = NULL;

      if (!ruf_withdraw_consent (withdrawal->context,
                                 g_ptr_array_index (withdrawal->addresses, i),
                                 ruf_channel_to_string (withdrawal->channel),
                                 withdrawal->purpose, NULL, NULL, &rows, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      withdrawal->rows += rows;
    }
  g_task_return_boolean (task, TRUE);
}

static void
withdrawn_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  RufPage *page = RUF_PAGE (source);
  Withdrawal *withdrawal = g_task_get_task_data (G_TASK (result));
  g_autofree char *stream = ruf_words_stream (withdrawal->channel, withdrawal->purpose);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      ruf_page_say_error (page, error);
      return;
    }

  if (withdrawal->rows > 0)
    words = g_strdup_printf (ngettext ("Withdrawn: %s. %d planned message was taken out.",
                                       "Withdrawn: %s. %d planned messages were taken out.",
                                       (gulong) withdrawal->rows),
                             stream, (int) withdrawal->rows);
  else
    words = g_strdup_printf (_("Withdrawn: %s. Nothing was planned."), stream);
  ruf_page_say (page, words);
}

static GPtrArray *
list_addresses (const RufPerson *person,
                RufChannel       channel)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < person->points->len; i++)
    {
      const RufContactPoint *point = g_ptr_array_index (person->points, i);

      if (point->kind == ruf_channel_get_address_kind (channel))
        g_ptr_array_add (addresses, g_strdup (point->address));
    }

  return addresses;
}

/**
 * ruf_withdrawal_start:
 * @page: the page that says what was done
 * @person: whose consent
 * @mark: to what, one of @person's
 *
 * Withdraws on every address that @person has for the channel; messages that wait are taken
 * out with it. What was withdrawn cannot be undone, only given again.
 */
void
ruf_withdrawal_start (RufPage              *page,
                      const RufPerson      *person,
                      const RufConsentMark *mark)
{
  Withdrawal *withdrawal;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RUF_IS_PAGE (page));
  g_return_if_fail (person != NULL && mark != NULL);

  withdrawal = g_new0 (Withdrawal, 1);
  withdrawal->context = g_object_ref (ruf_page_get_context (page));
  withdrawal->addresses = list_addresses (person, mark->channel);
  withdrawal->channel = mark->channel;
  withdrawal->purpose = g_strdup (mark->purpose);

  task = g_task_new (page, NULL, withdrawn_cb, NULL);
  g_task_set_task_data (task, withdrawal, (GDestroyNotify) withdrawal_free);
  g_task_run_in_thread (task, withdraw_thread);
}

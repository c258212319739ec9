/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was not taken, and why.
 */

#include "config.h"

#include "ruf-cli-rejects.h"

#include <glib/gi18n-lib.h>

#include "ruf-reject.h"
#include "ruf-words.h"

#define SPOKEN 20   /* more rows than this nobody reads in a terminal */

static void
write_reject (RufCliOutput    *output,
              const RufReject *reject)
{
  ruf_cli_output_begin_object (output, NULL);
  ruf_cli_output_int (output, "row", reject->row);
  ruf_cli_output_string (output, "column", reject->column);
  ruf_cli_output_string (output, "reason", ruf_reject_reason_to_string (reject->reason));
  ruf_cli_output_string (output, "value", reject->value);
  ruf_cli_output_string (output, "done", ruf_reject_deed_to_string (reject->deed));
  ruf_cli_output_end (output);
}

static void
say_reject (RufCliOutput    *output,
            const char      *path,
            const RufReject *reject)
{
  const char *value = reject->value != NULL && *reject->value != '\0' ? reject->value : "–";
  const char *deed = ruf_words_reject_deed (reject->deed);
  g_autofree char *about = g_strjoin (" ", ruf_words_reject (reject->reason), deed, NULL);

  /* Translators: file, row, column, the cell, a sentence on what is wrong with it, and the
   * word that programs know that by */
  ruf_cli_output_warn (output, _("%s, row %u, column %s: %s. %s (%s)"), path, reject->row,
                       reject->column != NULL ? reject->column : "–", value,
                       about, ruf_reject_reason_to_string (reject->reason));
}

/**
 * ruf_cli_rejects_write:
 * @call: the call; becomes partial (exit code 3) where rows were rejected
 * @path: the file
 * @rejects: (element-type RufReject): what was not taken
 * @n_rejected: how many rows that were, where not all stand in @rejects
 *
 * Writes the member `rejected`, and tells people the first rows on stderr.
 */
void
ruf_cli_rejects_write (RufCliCall *call,
                       const char *path,
                       GPtrArray  *rejects,
                       gint64      n_rejected)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);

  ruf_cli_output_begin_array (output, "rejected");
  for (guint i = 0; i < rejects->len; i++)
    {
      const RufReject *reject = g_ptr_array_index (rejects, i);

      write_reject (output, reject);
      if (i < SPOKEN)
        say_reject (output, path, reject);
    }
  ruf_cli_output_end (output);

  if (rejects->len > SPOKEN)
    ruf_cli_output_warn (output, _("%s: and %u more; --json or --rejects names them all."), path,
                         rejects->len - SPOKEN);

  if (n_rejected > 0)
    ruf_cli_call_set_partial (call);
}

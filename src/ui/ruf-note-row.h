/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUF_TYPE_NOTE_ROW (ruf_note_row_get_type ())
G_DECLARE_FINAL_TYPE (RufNoteRow, ruf_note_row, RUF, NOTE_ROW, AdwPreferencesRow)

GtkWidget *ruf_note_row_new (const char *text,
                             gboolean    blocks);

G_END_DECLS

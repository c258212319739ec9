/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-page.h"

G_BEGIN_DECLS

#define RUF_TYPE_PERSON_DIALOG (ruf_person_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RufPersonDialog, ruf_person_dialog, RUF, PERSON_DIALOG, AdwWindow)

GtkWidget *ruf_person_dialog_new (GtkWindow *parent,
                                  RufPage   *page);

G_END_DECLS

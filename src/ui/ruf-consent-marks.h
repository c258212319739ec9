/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ruf-person-item.h"

G_BEGIN_DECLS

#define RUF_TYPE_CONSENT_MARKS (ruf_consent_marks_get_type ())
G_DECLARE_FINAL_TYPE (RufConsentMarks, ruf_consent_marks, RUF, CONSENT_MARKS, GtkWidget)

void ruf_consent_marks_set_item (RufConsentMarks *self,
                                 RufPersonItem   *item);

G_END_DECLS

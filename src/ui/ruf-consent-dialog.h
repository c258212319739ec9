/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-page.h"
#include "ruf-people-table.h"

G_BEGIN_DECLS

#define RUF_TYPE_CONSENT_DIALOG (ruf_consent_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RufConsentDialog, ruf_consent_dialog, RUF, CONSENT_DIALOG, AdwWindow)

GtkWidget *ruf_consent_dialog_new (GtkWindow       *parent,
                                   RufPage         *page,
                                   const RufPerson *person);

G_END_DECLS

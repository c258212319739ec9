/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-channel.h"
#include "ruf-page.h"

G_BEGIN_DECLS

#define RUF_TYPE_CONTACTS_PAGE (ruf_contacts_page_get_type ())
G_DECLARE_FINAL_TYPE (RufContactsPage, ruf_contacts_page, RUF, CONTACTS_PAGE, RufPage)

void ruf_contacts_page_import       (RufContactsPage *self);
void ruf_contacts_page_import_file  (RufContactsPage *self,
                                     const char      *path);
void ruf_contacts_page_show_consent (RufContactsPage *self,
                                     RufChannel       channel,
                                     const char      *purpose);

G_END_DECLS
